//! A-PRICE: the bid prices as a proof. No cargo may earn more on its way than the way's prices and its own worth: then, by weak duality, no set
//! of members can earn more than its slots and its cargo are worth. Checked for all ways that the plan uses and for every direct way.

use super::allotments::may_ride;
use super::book::{Boarding, Book, Consignment, Run, Stop};
use super::journey::{find_journey, find_wait_for_mother};
use super::rules::Findings;
use super::settlement::Deal;
use super::times::handling_minutes;
use super::trade::is_listed;
use crate::domain::*;
use std::collections::BTreeMap;

/// Prices are stated in millionths; a way has some dozens of them.
const NOISE: f64 = 1e-3;

/// The prices of a settlement, by place.
pub(super) struct PriceList<'a> {
    pub rows: BTreeMap<Stop, &'a LegAccount>,
    calls: BTreeMap<Stop, (f64, f64)>,
    demands: BTreeMap<DemandIdx, f64>,
}

impl<'a> PriceList<'a> {
    /// Reads the prices; what cannot be placed is reported.
    pub fn read(book: &Book, settlement: &'a Settlement, findings: &mut Findings) -> Self {
        let mut list = Self { rows: BTreeMap::new(), calls: BTreeMap::new(), demands: BTreeMap::new() };
        for row in &settlement.legs {
            let place = format!("{} sailing {} leg {}", row.service, row.sailing, row.leg.0);
            match find_stop(book, &row.service, row.sailing, row.leg) {
                Some(stop) if list.rows.insert(stop, row).is_none() => {}
                _ => findings.add("A-PRICE", place.as_str(), "priced twice, or there is no such leg"),
            }
            let prices = [row.price_per_teu, row.price_per_tonne, row.price_per_plug, row.price_per_dangerous_teu];
            if prices.iter().any(|price| !price.is_finite() || *price < 0.0) {
                findings.add("A-PRICE", place, "a price is negative");
            }
        }
        for call in &settlement.calls {
            list.read_call(book, call, findings);
        }
        for demand in &settlement.demands {
            let found = book.problem.find_demand(&demand.demand).filter(|row| is_as_stated(book, *row, demand));
            let fresh = found.is_some_and(|row| list.demands.insert(row, demand.price_per_teu).is_none());
            if !fresh || !demand.price_per_teu.is_finite() || demand.price_per_teu < 0.0 {
                findings.add("A-PRICE", demand.demand.0.as_str(), "priced twice, below zero, or not as the instance has it");
            }
        }
        for (row, run) in book.runs.iter().enumerate() {
            let legs = run.sailings.keys().flat_map(|sailing| (0..run.calls.len()).map(move |call| (*sailing, call)));
            for (sailing, call) in
                legs.filter(|(sailing, call)| !list.rows.contains_key(&Stop { run: row, sailing: *sailing, call: *call }))
            {
                findings.add("A-PRICE", book.leg_place(run, sailing, call), "has no prices");
            }
        }
        list
    }

    fn read_call(&mut self, book: &Book, call: &CallPrice, findings: &mut Findings) {
        let place = format!("{} sailing {} call {}", call.service, call.sailing, call.call.0);
        let Some(stop) = find_stop(book, &call.service, call.sailing, call.call) else {
            findings.add("A-PRICE", place, "there is no such call");
            return;
        };
        let fits = |teu: i64| book.runs.get(stop.run).is_some_and(|run| lifts_fit(book, run, stop, teu.into()));
        if !fits(call.lifts_teu.0) || fits(call.lifts_teu.0.saturating_add(1)) {
            findings.add("A-PRICE", place.as_str(), format!("the stay does not leave time for just {} lifts", call.lifts_teu.0));
        }
        let priced = call.price_per_lift.is_finite() && call.price_per_lift >= 0.0;
        if self.calls.insert(stop, (call.price_per_lift, call.lifts_teu.0 as f64)).is_some() || !priced {
            findings.add("A-PRICE", place, "priced twice, or below zero");
        }
    }

    /// By member, what slots and cargo are worth at the prices, currency units.
    pub fn worths(&self, book: &Book, deal: &Deal) -> Vec<f64> {
        let mut worths = vec![0.0; book.problem.operators.len()];
        for (stop, row) in &self.rows {
            let prices = [row.price_per_teu, row.price_per_tonne, row.price_per_plug, row.price_per_dangerous_teu];
            for (worth, held) in worths.iter_mut().zip(deal.held.get(stop).into_iter().flatten()) {
                *worth += held.iter().zip(prices).map(|(held, price)| held * price).sum::<f64>();
            }
        }
        for (stop, (price, lifts)) in &self.calls {
            let Some(held) = deal.held.get(stop) else { continue };
            let all: f64 = held.iter().map(|own| own[0]).sum();
            for (worth, own) in worths.iter_mut().zip(held).filter(|_| all > 0.0) {
                *worth += price * lifts * own[0] / all;
            }
        }
        for (demand, price) in &self.demands {
            let volume = book.problem.demand(*demand).volume.0 as f64;
            for (member, worth) in worths.iter_mut().enumerate() {
                *worth += price * volume * book.problem.brought_by(member.into(), *demand);
            }
        }
        worths
    }

    /// What a TEU of a demand is charged on a ride.
    fn charge(&self, book: &Book, demand: &Demand, ride: &Boarding) -> f64 {
        let tonnes = demand.kg_per_teu.0 as f64 / 1000.0;
        let legs = (ride.from..ride.to).filter_map(|position| book.stop(ride, position));
        let of_leg = |stop: Stop| {
            self.rows.get(&stop).map_or(0.0, |row| {
                let kind = match demand.cargo {
                    Cargo::Dry => 0.0,
                    Cargo::Reefer => row.price_per_plug,
                    Cargo::Dangerous => row.price_per_dangerous_teu,
                };
                row.price_per_teu + tonnes * row.price_per_tonne + kind
            })
        };
        let ends = [ride.from, ride.to].into_iter().filter_map(|position| book.stop(ride, position));
        let lifts: f64 = ends.filter_map(|stop| self.calls.get(&stop)).map(|(price, _)| price).sum();
        legs.map(of_leg).sum::<f64>() + lifts
    }

    /// What a TEU earns above all it is charged, its own worth among it.
    fn gain(&self, book: &Book, cargo: &Consignment) -> f64 {
        let demand = book.problem.demand(cargo.demand);
        let lift = |at: TerminalIdx| book.problem.terminal(at).handling.units();
        let transfers = cargo.rides.iter().take(cargo.rides.len().saturating_sub(1));
        let changes = transfers.filter_map(|ride| book.runs.get(ride.run)?.terminal_at(ride.to)).map(|at| 2.0 * lift(at));
        let margin = demand.rate.units() - lift(demand.origin) - lift(demand.destination) - changes.sum::<f64>();
        let charge: f64 = cargo.rides.iter().map(|ride| self.charge(book, demand, ride)).sum();
        margin - charge - self.demands.get(&cargo.demand).copied().unwrap_or_default()
    }
}

/// Volume and member of a demand are those of the instance.
fn is_as_stated(book: &Book, row: DemandIdx, stated: &DemandPrice) -> bool {
    let demand = book.problem.demand(row);
    let member = demand.member.map(|member| &book.problem.operator(member).code);
    demand.volume == stated.volume_teu && member == stated.member.as_ref()
}

fn find_stop(book: &Book, service: &ServiceCode, sailing: u32, call: CallPos) -> Option<Stop> {
    let run = book.runs.iter().position(|run| run.service.service == *service)?;
    let found = book.runs.get(run).filter(|run| run.sailings.contains_key(&sailing) && call.row() < run.calls.len());
    found.map(|_| Stop { run, sailing, call: call.row() })
}

fn lifts_fit(book: &Book, run: &Run, stop: Stop, teu: i128) -> bool {
    let clock = run.clock(book.cycle(), stop.sailing, stop.call);
    let terminal = run.terminal_at(stop.call).map(|at| book.problem.terminal(at));
    clock.zip(terminal).is_some_and(|(clock, terminal)| {
        teu >= 0 && handling_minutes(book.problem, terminal, teu) <= clock.departure - clock.berthing
    })
}

/// Checks that the prices leave no cargo unpriced, and what they prove.
pub(super) fn check_prices(book: &Book, deal: &Deal, prices: &PriceList, findings: &mut Findings) {
    for cargo in &book.consignments {
        check_gain(book, prices, cargo, &cargo.place, findings);
    }
    for (row, demand) in book.problem.demands.iter().enumerate() {
        for (number, run) in book.runs.iter().enumerate().filter(|(_, run)| may_ride(book, run, demand)) {
            for cargo in direct_ways(book, row.into(), number, run) {
                check_gain(book, prices, &cargo, &cargo.place, findings);
            }
        }
    }
    let costs: f64 = deal.borne.iter().sum();
    let bound = prices.worths(book, deal).iter().sum::<f64>() * 100.0 - costs;
    let stated = deal.settlement.bound_cents.0 as f64;
    if (stated - bound).abs() > 2.0 {
        findings.add("A-PRICE", "settlement", format!("states a bound of {stated} hundredths; the prices give {bound:.0}"));
    }
    if i128::from(deal.settlement.profit_cents.0) > i128::from(deal.settlement.bound_cents.0) + 2 {
        findings.add("A-PRICE", "settlement", "the profit is above the bound of the prices");
    }
}

fn check_gain(book: &Book, prices: &PriceList, cargo: &Consignment, place: &str, findings: &mut Findings) {
    let gain = prices.gain(book, cargo);
    if cargo.whole && gain > NOISE {
        findings.add("A-PRICE", place, format!("a TEU earns {gain:.3} more than its way and its own worth are priced at"));
    }
}

/// Rides from the origin of a demand to its destination on one service, in time and by the rules of trade. Imports and exports of services
/// that may not mix them are left out: whether they may ride depends on what else is on board.
fn direct_ways<'a>(book: &'a Book, demand: DemandIdx, number: usize, run: &'a Run) -> impl Iterator<Item = Consignment> + 'a {
    let row = book.problem.demand(demand);
    let depends = !run.service.mixed_direction && matches!(row.trade, Trade::Export | Trade::Import);
    let calls = run.calls.len();
    let ends = (0..calls).flat_map(move |from| (from + 1..from + calls).map(move |to| (from, to)));
    let at = |position: usize| run.terminal_at(position);
    let joins = move |(from, to): &(usize, usize)| {
        let passes = |between: usize| at(between) != Some(row.origin) && at(between) != Some(row.destination);
        at(*from) == Some(row.origin) && at(*to) == Some(row.destination) && (from + 1..*to).all(passes)
    };
    let stays = move |(from, to): &(usize, usize)| {
        let outside = |at: TerminalIdx| book.problem.terminal(at).region.is_outside();
        let mut passed = (from + 1..*to).filter_map(at).filter(|at| outside(*at));
        outside(row.origin) || outside(row.destination) || passed.all(|at| is_listed(book, row, at))
    };
    let lifts = move |at: TerminalIdx| {
        let terminal = book.problem.terminal(at);
        (!row.trade.is_foreign() || terminal.foreign_trade) && (!row.trade.is_domestic() || terminal.domestic_trade)
    };
    let open = !depends && row.volume.0 > 0 && lifts(row.origin) && lifts(row.destination);
    let way = move |(from, to): (usize, usize), sailing: u32| Consignment {
        place: format!("{} on {} sailing {sailing} from call {from} to {to}", row.code, run.service.service),
        demand,
        volume: 1,
        rides: vec![Boarding { run: number, sailing, from, to }],
        whole: true,
    };
    let rides = ends.filter(move |ends| open && joins(ends) && stays(ends));
    rides.flat_map(move |ends| run.sailings.keys().map(move |sailing| way(ends, *sailing))).filter(|cargo| arrives(book, cargo))
}

/// In time, and at its mother vessel.
fn arrives(book: &Book, cargo: &Consignment) -> bool {
    let demand = book.problem.demand(cargo.demand);
    let Some(journey) = find_journey(book, cargo) else { return false };
    let mother = demand.mother.and_then(|mother| book.problem.mothers.get(mother.row()));
    let waits = find_wait_for_mother(book, demand, journey.arrival);
    let meets = mother.zip(waits).is_none_or(|(mother, wait)| wait <= i128::from(mother.longest_wait.0));
    journey.transit <= i128::from(demand.max_transit.0) && meets
}
