//! Cargo, mother vessels and cross-border paths of a generated instance.

use super::river::Place;
use super::{Size, Tables, row, table};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

const DEMAND_HEADER: &str = "demand,origin,destination,trade,cargo,teu_per_week,tonnes_per_teu,rate_rmb_per_teu,max_transit_h,\
     mother_vessel";

/// A mother vessel and the hub it berths at.
struct Mother {
    code: String,
    hub: String,
}

pub(super) fn tables(size: &Size, terminals: &[Place], random: &mut ChaCha8Rng) -> Tables {
    let mothers = mothers(size, terminals);
    let path = find_path(terminals);
    let demands = (0..size.demands).map(|number| demand(number, terminals, &mothers, path.as_ref(), random));
    let demands = table(DEMAND_HEADER, demands.collect());
    let path_row = path.map(|path| path.map(|place| place.code.clone()).join(","));
    let mother_rows = mothers.iter().map(|mother| mother_row(mother, random)).collect();
    Tables::from([
        ("demand.csv", demands),
        ("mother_vessels.csv", table("mother_vessel,terminal,name,berthing_min,barge_cut_off_h,longest_wait_h", mother_rows)),
        ("cross_border.csv", table("origin,via,destination", path_row.into_iter().collect())),
    ])
}

/// Berthings at the hubs by turns.
fn mothers(size: &Size, terminals: &[Place]) -> Vec<Mother> {
    let hubs = terminals.iter().filter(|place| place.hub).cycle().take(size.mothers);
    hubs.enumerate().map(|(number, hub)| Mother { code: format!("M{}", number + 1), hub: hub.code.clone() }).collect()
}

fn mother_row(mother: &Mother, random: &mut ChaCha8Rng) -> String {
    let berthing = random.random_range(0..168_u32) * 60;
    let cut_off = random.random_range(6..=36_u32);
    row![mother.code, mother.hub, format!("Weekly {}", mother.code), berthing, cut_off, 120]
}

/// A path of domestic cargo over the outside hub, between the first and the last domestic terminal (R8).
fn find_path(terminals: &[Place]) -> Option<[&Place; 3]> {
    let via = terminals.iter().find(|place| place.outside)?;
    let origin = terminals.iter().find(|place| place.domestic)?;
    let destination = terminals.iter().rev().find(|place| place.domestic)?;
    (origin.code != destination.code).then_some([origin, via, destination])
}

fn demand(number: usize, terminals: &[Place], mothers: &[Mother], path: Option<&[&Place; 3]>, random: &mut ChaCha8Rng) -> String {
    let [origin, destination] = choose_pair(terminals, random);
    let trade = choose_trade(origin, destination, path, random);
    let cargo = choose_cargo(trade, random);
    let (tonnes, rate) = match (trade, cargo) {
        ("empty", _) => ("2.2", random.random_range(100..=220_u32)),
        ("domestic" | "cross_border_domestic", _) => ("17", random.random_range(140..=420)),
        (_, "dry") => ("11", random.random_range(160..=520)),
        _ => ("15", random.random_range(300..=700)),
    };
    let hours = [72, 96, 120, 168].choose(random).copied().unwrap_or(168);
    let mother = if trade == "export" { choose_mother(destination, mothers, random) } else { "" };
    let volume = random.random_range(3..=40_u32);
    row![format!("D{}", number + 1), origin.code, destination.code, trade, cargo, volume, tonnes, rate, hours, mother]
}

/// Two terminals; mostly one of them is a hub.
fn choose_pair<'a>(terminals: &'a [Place], random: &mut ChaCha8Rng) -> [&'a Place; 2] {
    let hubs = terminals.iter().filter(|place| place.hub).count() as u32;
    let all = terminals.len() as u32;
    let first = if random.random_ratio(3, 4) { random.random_range(0..hubs) } else { random.random_range(0..all) };
    let second = (first + random.random_range(1..all)) % all;
    let pair = [first, second].map(|row| &terminals[row as usize]);
    if random.random_bool(0.5) { pair } else { [pair[1], pair[0]] }
}

/// A trade that both terminals handle. Empty boxes may always be moved.
fn choose_trade(from: &Place, to: &Place, path: Option<&[&Place; 3]>, random: &mut ChaCha8Rng) -> &'static str {
    let foreign = match (from.hub, to.hub) {
        (false, true) => "export",
        (true, false) => "import",
        _ => "transit",
    };
    let mut choices = vec!["empty"];
    if from.foreign && to.foreign {
        choices.extend([foreign; 4]);
    }
    if from.domestic && to.domestic {
        choices.extend(["domestic"; 3]);
    }
    if path.is_some_and(|[origin, _, destination]| origin.code == from.code && destination.code == to.code) {
        choices.extend(["cross_border_domestic"; 3]);
    }
    choices.choose(random).copied().unwrap_or("empty")
}

fn choose_cargo(trade: &str, random: &mut ChaCha8Rng) -> &'static str {
    match random.random_range(0..20_u32) {
        _ if trade == "empty" => "dry",
        0..=1 => "reefer",
        2 => "dangerous",
        _ => "dry",
    }
}

/// Every other export is bound for a mother vessel, if one berths at its hub.
fn choose_mother<'a>(hub: &Place, mothers: &'a [Mother], random: &mut ChaCha8Rng) -> &'a str {
    let here: Vec<&Mother> = mothers.iter().filter(|mother| mother.hub == hub.code).collect();
    let chosen = if random.random_bool(0.5) { here.choose(random) } else { None };
    chosen.map_or("", |mother| &mother.code)
}
