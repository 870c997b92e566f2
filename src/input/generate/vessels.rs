//! Vessel classes, members and fleets of a generated instance.

use super::river::Place;
use super::{Size, Tables, row, table, yes_no};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

const CLASS_HEADER: &str = "class,name,teu,dwt_t,draft_full_m,draft_light_m,air_draft_m,speed_kmh,energy,fuel_kg_per_h_sailing,\
     fuel_kg_per_h_port,kwh_per_km,range_km,reefer_plugs,dangerous_teu,fixed_rmb_per_day,min_waterway_class";

/// Classes by turns; the first sails almost everywhere. Fixed costs are below real ones, so that the few rows of demand of a small
/// instance pay for a vessel or two, and not for all.
const KINDS: [&str; 5] = [
    "48,700,2.5,1.0,7.5,14,diesel,35,2,,,4,4,1400,IV",
    "90,1500,3.1,1.3,8.0,16,diesel,65,3,,,12,8,2300,III",
    "64,1000,2.7,1.1,8.0,14,electric,,,12,150,6,0,2400,III",
    "150,3000,3.6,1.5,9.0,16,lng,90,5,,,20,12,3600,I",
    "30,450,2.1,0.9,7.0,13,diesel,28,2,,,2,2,1100,IV",
];

pub(super) fn tables(size: &Size, terminals: &[Place], random: &mut ChaCha8Rng) -> Tables {
    let classes = (0..size.classes).map(|class| row![class_code(class), "Barge", KINDS[class % KINDS.len()]]);
    Tables::from([
        ("vessel_classes.csv", table(CLASS_HEADER, classes.collect())),
        ("operators.csv", table("operator,name,kind,home_terminal,committed_share", operators(size, terminals, random))),
        ("fleet.csv", table("operator,class,vessels,hk_mo_registered", fleet(size, random))),
        ("charges.csv", table("charge,value,unit", charges())),
    ])
}

fn class_code(class: usize) -> String {
    format!("C{}", class + 1)
}

pub(super) fn operator_code(operator: usize) -> String {
    format!("OP{}", operator + 1)
}

/// Shares in thousandths, the rest to the last member.
fn operators(size: &Size, terminals: &[Place], random: &mut ChaCha8Rng) -> Vec<String> {
    let weights: Vec<u32> = (0..size.operators).map(|_| random.random_range(1..=5)).collect();
    let total: u32 = weights.iter().sum();
    let mut rest = 1000;
    let mut row = |(operator, weight): (usize, &u32)| {
        let share = if operator + 1 == size.operators { rest } else { 1000 * weight / total };
        rest -= share;
        let home = &terminals[random.random_range(0..terminals.len() as u32) as usize].code;
        let share = format!("{}.{:03}", share / 1000, share % 1000);
        row![operator_code(operator), format!("Member {}", operator + 1), "barge operator", home, share]
    };
    weights.iter().enumerate().map(&mut row).collect()
}

/// One to three rows for each member. The first vessels are those of the first class, registered if there is a hub to need it.
fn fleet(size: &Size, random: &mut ChaCha8Rng) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for operator in 0..size.operators {
        for turn in 0..random.random_range(1..=3_u32) {
            let first = operator == 0 && turn == 0;
            let class = if first { 0 } else { random.random_range(0..size.classes as u32) as usize };
            let registered = if first { size.outside_hub } else { random.random_ratio(1, 3) };
            let vessels = random.random_range(1..=3_u32);
            if seen.insert((operator, class, registered)) {
                rows.push(row![operator_code(operator), class_code(class), vessels, yes_no(registered)]);
            }
        }
    }
    rows
}

fn charges() -> Vec<String> {
    ["diesel,7500,RMB/t", "lng_fuel_factor,0.8,share of the diesel cost", "electricity,0.8,RMB/kWh"].map(str::to_owned).to_vec()
}
