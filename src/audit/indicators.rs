//! Measures of a plan, as [`Indicators`] documents them. Shares and means of nothing are 0.

use super::book::{Book, Run};
use super::journey::{find_journey, find_wait_for_mother};
use super::ledger::minutes_not_sailing;
use super::loads::{Lifts, Loads};
use crate::domain::{CO2_DIESEL, CO2_KWH, CO2_LNG, CallPos, Energy, Indicators, LegUse, Role, TerminalIdx, TerminalUse, Teu};
use std::collections::BTreeMap;

/// Recomputes all indicators.
pub(super) fn measure(book: &Book, loads: &Loads) -> Indicators {
    let demand: i128 = book.problem.demands.iter().map(|demand| i128::from(demand.volume.0)).sum();
    let carried: i128 = book.consignments.iter().map(|cargo| cargo.volume).sum();
    let moved = book.consignments.iter().map(|cargo| cargo.volume * cargo.rides.len().saturating_sub(1) as i128);
    let vessels: i128 = book.runs.iter().map(Run::vessels).sum();
    let vessel_days = (vessels * book.cycle()) as f64 / (24.0 * 60.0);
    let (teu_m, slot_m) = transport(book, loads);
    let means = mean_times(book);
    let time = vessel_time(book);
    Indicators {
        demand_teu: teu(demand),
        carried_teu: teu(carried),
        carried_share: ratio(carried as f64, demand as f64),
        transshipped_teu: teu(moved.sum()),
        services: count(book.plan.services.len() as i128),
        sailings: count(book.plan.sailings.len() as i128),
        vessels: count(vessels),
        vessel_days,
        teu_per_vessel_day: ratio(carried as f64, vessel_days),
        teu_km_per_vessel_day: ratio(teu_m / 1e6, vessel_days),
        utilisation: ratio(teu_m, slot_m),
        legs: book.runs.iter().enumerate().flat_map(|(row, run)| leg_uses(book, loads, row, run)).collect(),
        mean_transit_h: means[0],
        mean_transfer_h: means[1],
        mean_hub_dwell_h: means[2],
        sailing_share: time[0],
        berth_share: time[1],
        waiting_share: time[2],
        two_way_balance: two_way_balance(book),
        terminals: terminal_uses(book, loads),
        co2_t: book.runs.iter().map(|run| co2_kg(book, run)).fold(0.0, |all, own| all + own) / 1000.0,
    }
}

fn teu(volume: i128) -> Teu {
    Teu(volume.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
}

fn count(number: i128) -> u32 {
    number.clamp(0, i128::from(u32::MAX)) as u32
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// TEU-metres carried and slot-metres offered.
fn transport(book: &Book, loads: &Loads) -> (f64, f64) {
    let (mut carried, mut offered) = (0.0, 0.0);
    for (row, run) in book.runs.iter().enumerate() {
        let slots = book.class(run).teu.0 as f64;
        for number in run.sailings.keys() {
            for (leg, passage) in run.legs.iter().enumerate() {
                let metres = passage.map_or(0.0, |passage| passage.distance.0 as f64);
                carried += loads.leg(row, *number, leg).teu as f64 * metres;
                offered += slots * metres;
            }
        }
    }
    (carried, offered)
}

fn leg_uses(book: &Book, loads: &Loads, row: usize, run: &Run) -> Vec<LegUse> {
    let slots = book.class(run).teu.0 as f64 * run.sailings.len() as f64;
    let code = |position| book.name_at(run, position).into();
    let used = |leg| run.sailings.keys().map(|number| loads.leg(row, *number, leg).teu).sum::<i128>() as f64;
    let legs = (0..run.calls.len()).filter_map(|leg| u16::try_from(leg).ok().map(|pos| (leg, CallPos(pos))));
    let service = &run.service.service;
    legs.map(|(leg, pos)| LegUse {
        service: service.clone(),
        leg: pos,
        from: code(leg),
        to: code(leg + 1),
        utilisation: ratio(used(leg), slots),
    })
    .collect()
}

/// Mean hours by volume: transit, transshipment, wait for the mother vessel (cut-off included).
fn mean_times(book: &Book) -> [f64; 3] {
    let mut sums = [(0_i128, 0_i128); 3];
    let mut add = |which: usize, minutes: i128, volume: i128| {
        if let Some((sum, boxes)) = sums.get_mut(which) {
            *sum = sum.saturating_add(minutes.saturating_mul(volume));
            *boxes += volume;
        }
    };
    for cargo in &book.consignments {
        let Some(journey) = find_journey(book, cargo) else { continue };
        let demand = book.problem.demand(cargo.demand);
        add(0, journey.transit, cargo.volume);
        for wait in journey.transfers {
            add(1, wait, cargo.volume);
        }
        let mother = demand.mother.and_then(|mother| book.problem.mothers.get(mother.row()));
        if let (Some(mother), Some(wait)) = (mother, find_wait_for_mother(book, demand, journey.arrival)) {
            add(2, wait + i128::from(mother.barge_cut_off.0), cargo.volume);
        }
    }
    sums.map(|(sum, boxes)| ratio(sum as f64 / 60.0, boxes as f64))
}

/// Shares of the vessels' time: under way (locks and border stops included), alongside, and the rest.
fn vessel_time(book: &Book) -> [f64; 3] {
    let (mut all, mut sailing, mut alongside) = (0_i128, 0_i128, 0_i128);
    for run in &book.runs {
        all += run.vessels() * book.cycle();
        let round: i128 = run.legs.iter().flatten().map(|passage| i128::from(passage.duration().0)).sum();
        sailing += run.frequency() * round;
        let calls = run.sailings.values().flat_map(|sailing| &sailing.calls);
        alongside += calls.map(|at| (i128::from(at.departure_min.0) - i128::from(at.berthing_min.0)).max(0)).sum::<i128>();
    }
    let waiting = (all - sailing - alongside).max(0);
    [sailing, alongside, waiting].map(|minutes| ratio(minutes as f64, all as f64))
}

/// Cargo between two hubs goes neither towards nor from them.
fn two_way_balance(book: &Book) -> f64 {
    let is_hub = |at: TerminalIdx| book.problem.terminal(at).role == Role::Hub;
    let (mut to, mut from) = (0_i128, 0_i128);
    for cargo in &book.consignments {
        let demand = book.problem.demand(cargo.demand);
        match (is_hub(demand.origin), is_hub(demand.destination)) {
            (false, true) => to += cargo.volume,
            (true, false) => from += cargo.volume,
            _ => {}
        }
    }
    if to == 0 && from == 0 { 1.0 } else { ratio(to.min(from) as f64, to.max(from) as f64) }
}

#[derive(Default)]
struct Visits {
    calls: i128,
    minutes: i128,
    lifts: Lifts,
}

/// Terminals that are called at, in the order of the instance.
fn terminal_uses(book: &Book, loads: &Loads) -> Vec<TerminalUse> {
    let mut visits: BTreeMap<TerminalIdx, Visits> = BTreeMap::new();
    for (row, run) in book.runs.iter().enumerate() {
        for (number, sailing) in &run.sailings {
            for (call, (at, times)) in run.calls.iter().zip(&sailing.calls).enumerate() {
                let visit = visits.entry(*at).or_default();
                let lifts = loads.lifts(row, *number, call);
                visit.calls += 1;
                visit.minutes += (i128::from(times.departure_min.0) - i128::from(times.berthing_min.0)).max(0);
                visit.lifts.loaded += lifts.loaded;
                visit.lifts.discharged += lifts.discharged;
            }
        }
    }
    visits.into_iter().map(|(at, visit)| terminal_use(book, at, &visit)).collect()
}

fn terminal_use(book: &Book, at: TerminalIdx, visit: &Visits) -> TerminalUse {
    let terminal = book.problem.terminal(at);
    TerminalUse {
        terminal: terminal.code.clone(),
        calls: count(visit.calls),
        calls_per_berth: ratio(visit.calls as f64, f64::from(terminal.berths)),
        berth_hours: visit.minutes as f64 / 60.0,
        loaded_teu: teu(visit.lifts.loaded),
        discharged_teu: teu(visit.lifts.discharged),
    }
}

/// Emissions of a service in a cycle: under way and at other times.
fn co2_kg(book: &Book, run: &Run) -> f64 {
    let class = book.class(run);
    let fuel_g = run.over_legs(book.cycle(), |steaming| i128::from(steaming.fuel_g));
    let energy_wh = run.over_legs(book.cycle(), |steaming| i128::from(steaming.energy_wh));
    let port_kg = class.fuel_kg_per_h_port * minutes_not_sailing(book, run) as f64 / 60.0;
    let fuel_factor = if class.energy == Energy::Lng { CO2_LNG } else { CO2_DIESEL };
    (fuel_g as f64 / 1000.0 + port_kg) * fuel_factor + energy_wh as f64 / 1000.0 * CO2_KWH
}
