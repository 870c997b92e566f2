//! Cargo, mother vessels and cross-border paths of a generated instance.

use super::river::Place;
use super::vessels::operator_code;
use super::{LINES_PER_TERMINAL, Size, Tables, row, table};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

const DEMAND_HEADER: &str = "demand,origin,destination,trade,cargo,teu_per_week,tonnes_per_teu,rate_rmb_per_teu,max_transit_h,\
     mother_vessel,member";

/// A mother vessel and the hub it berths at.
struct Mother {
    code: String,
    hub: String,
}

pub(super) fn tables(size: &Size, terminals: &[Place], random: &mut ChaCha8Rng) -> Tables {
    let mothers = mothers(size, terminals);
    let path = find_path(terminals);
    let demands = table(DEMAND_HEADER, demands(size, terminals, &mothers, path.as_ref(), random));
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

/// Most TEU a week of a usual line of cargo, and of a further one where there are more than [`LINES_PER_TERMINAL`].
const USUAL_VOLUME: u32 = 40;
const FURTHER_VOLUME: u32 = 12;
/// What a further line pays more for each terminal between its ends, RMB a TEU: about what a vessel of middle size costs a TEU over the
/// usual distance from one terminal to the next. Usual lines pay alike for all distances.
const RATE_PER_TERMINAL: u32 = 8;
/// Draws after which a further line may be like one that there is.
const DRAWS: usize = 100;

fn demands(
    size: &Size,
    terminals: &[Place],
    mothers: &[Mother],
    path: Option<&[&Place; 3]>,
    random: &mut ChaCha8Rng,
) -> Vec<String> {
    let usual = size.terminals * LINES_PER_TERMINAL;
    let mut seen = BTreeSet::new();
    let row = |number: usize| {
        let line = if number < usual {
            demand(terminals, mothers, path, 3..=USUAL_VOLUME, random)
        } else {
            further_demand(terminals, mothers, path, &seen, random)
        };
        seen.insert(line.key());
        line.row(number, &operator_code(number % size.operators))
    };
    (0..size.demands).map(row).collect()
}

/// A line that differs from all `seen` ones in more than rate, volume and transit time, as far as the draws lead to one.
fn further_demand(
    terminals: &[Place],
    mothers: &[Mother],
    path: Option<&[&Place; 3]>,
    seen: &BTreeSet<Key>,
    random: &mut ChaCha8Rng,
) -> Line {
    let mut line = demand(terminals, mothers, path, 1..=FURTHER_VOLUME, random);
    for _ in 1..DRAWS {
        if !seen.contains(&line.key()) {
            break;
        }
        line = demand(terminals, mothers, path, 1..=FURTHER_VOLUME, random);
    }
    line.rate += RATE_PER_TERMINAL * line.apart;
    line
}

/// What tells a line of cargo apart: ends, trade, cargo, mother vessel.
type Key = ([String; 2], &'static str, &'static str, String);

/// A line of cargo.
struct Line {
    ends: [String; 2],
    /// Terminals from one end to the other as the river grew; hubs lie together at its mouth.
    apart: u32,
    trade: &'static str,
    cargo: &'static str,
    volume: u32,
    tonnes: &'static str,
    rate: u32,
    hours: u32,
    mother: String,
}

impl Line {
    fn key(&self) -> Key {
        (self.ends.clone(), self.trade, self.cargo, self.mother.clone())
    }

    /// The row with its number and the member that brings it: the members take turns.
    fn row(&self, number: usize, member: &str) -> String {
        let [origin, destination] = &self.ends;
        let Self { trade, cargo, volume, tonnes, rate, hours, mother, .. } = self;
        row![format!("D{}", number + 1), origin, destination, trade, cargo, volume, tonnes, rate, hours, mother, member]
    }
}

fn demand(
    terminals: &[Place],
    mothers: &[Mother],
    path: Option<&[&Place; 3]>,
    volumes: RangeInclusive<u32>,
    random: &mut ChaCha8Rng,
) -> Line {
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
    let volume = random.random_range(volumes);
    let ends = [origin, destination].map(|place| place.code.clone());
    let apart = from_mouth(terminals, origin).abs_diff(from_mouth(terminals, destination));
    Line { ends, apart, trade, cargo, volume, tonnes, rate, hours, mother: mother.to_owned() }
}

/// Terminals from the mouth of the river, about.
fn from_mouth(terminals: &[Place], place: &Place) -> u32 {
    let river = terminals.iter().filter(|other| !other.hub);
    river.take_while(|other| other.code != place.code).count() as u32 * u32::from(!place.hub)
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
