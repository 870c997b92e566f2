//! The problem that is made of the small instance: every column ends where it belongs.

use crate::fixture::Tables;
use waterbus::domain::*;

/// Codes become rows, units become quantities.
#[test]
fn terminals_carry_their_rules_prices_and_windows() {
    let problem = Tables::valid().problem();
    let upper = &problem.terminals[1];
    assert_eq!(upper.code, TerminalCode::from("UP"));
    assert_eq!((upper.region, upper.role, upper.border_station), (Region::Guangdong, Role::Feeder, BorderStation::Dachan));
    assert_eq!(upper.one_clearance, [TerminalIdx(0)]);
    assert_eq!(upper.open, Some((Minutes(360), Minutes(1320))));
    assert_eq!(
        (upper.wait, upper.handling, upper.call_cost, upper.min_call),
        (Minutes(15), Cents(11_000), Cents(25_000), Teu(4))
    );
    assert!(!problem.terminals[2].foreign_trade && problem.terminals[2].unlocode.is_none());
    let windows: Vec<_> = problem.terminals[3].windows.iter().map(|window| (window.from.0, window.to.0, window.berths)).collect();
    assert_eq!(windows, [(360, 1320, 2), (1800, 2760, 2)]);
}

/// Terminals first, then junctions; low water limits the depth; a lock comes with its times.
#[test]
fn links_join_terminals_and_junctions() {
    let problem = Tables::valid().problem();
    let nodes: Vec<&str> = problem.nodes.iter().map(|node| node.code.as_str()).collect();
    assert_eq!(nodes, ["HUB", "UP", "MID", "HKG", "J1"]);
    let [upper, lower, _, sound] = problem.links.as_slice() else { panic!("four links") };
    assert_eq!((upper.from, upper.to, upper.length, upper.depth_m), (NodeIdx(1), NodeIdx(2), Metres(60_500), 4.1));
    let lock = upper.lock.as_ref().expect("a lock");
    assert_eq!((lock.name.as_str(), lock.transit, lock.wait, lock.vessels_per_hour), ("Gate", Minutes(72), Minutes(180), 1.0));
    assert_eq!((lower.to, lower.depth_m, lower.through_traffic, lower.lock.is_none()), (NodeIdx(4), 3.8, true, true));
    assert!(sound.border && sound.class == WaterwayClass::Sea && !upper.border);
}

/// A channel shallower than its bar at low water keeps its own depth.
#[test]
fn a_tide_never_deepens_a_channel() {
    let mut tables = Tables::valid();
    tables.set("tides.csv", 2, "low_water_depth_m", "7");
    assert_eq!(tables.problem().links[1].depth_m, 4.5);
}

/// Vessels with their energy, members with their shares, fleets with their registration.
#[test]
fn vessels_belong_to_members() {
    let problem = Tables::valid().problem();
    let [diesel, electric] = problem.classes.as_slice() else { panic!("two classes") };
    assert_eq!((diesel.deadweight, diesel.fixed_per_day, diesel.range), (Kg(1_000_000), Cents(424_000), None));
    assert_eq!((diesel.fuel_kg_per_h_sailing, diesel.min_waterway_class), (45.0, WaterwayClass::III));
    assert_eq!((diesel.least_speed_kmh, electric.least_speed_kmh), (Some(12.0), None));
    assert_eq!((electric.energy, electric.kwh_per_km, electric.range), (Energy::Electric, 12.0, Some(Metres(150_000))));
    assert_eq!((problem.operators[0].home, problem.operators[1].home), (Some(TerminalIdx(1)), None));
    let fleets: Vec<_> =
        problem.fleets.iter().map(|fleet| (fleet.operator.0, fleet.class.0, fleet.vessels, fleet.registered)).collect();
    assert_eq!(fleets, [(0, 0, 2, true), (0, 0, 1, false), (1, 1, 1, false)]);
}

/// Cargo with its mother vessel, paths and prices.
#[test]
fn cargo_and_prices_are_in_typed_units() {
    let problem = Tables::valid().problem();
    let export = &problem.demands[0];
    assert_eq!((export.origin, export.destination, export.mother), (TerminalIdx(1), TerminalIdx(0), Some(MotherIdx(0))));
    assert_eq!(
        (export.volume, export.kg_per_teu, export.rate, export.max_transit),
        (Teu(40), Kg(11_000), Cents(27_050), Minutes(5760))
    );
    assert_eq!(problem.demands[3].kg_per_teu, Kg(2200));
    let mother = &problem.mothers[0];
    assert_eq!((mother.berthing, mother.barge_cut_off, mother.longest_wait), (Minutes(1200), Minutes(2160), Minutes(7200)));
    assert_eq!(problem.cross_border, [[TerminalIdx(1), TerminalIdx(3), TerminalIdx(0)]]);
    let settings = &problem.settings;
    assert_eq!((settings.cycle, settings.slot, settings.second_clearance), (Minutes(10_080), Minutes(15), Minutes(1440)));
    assert_eq!(
        (settings.diesel_cents_per_t, settings.lng_fuel_factor, settings.electricity_cents_per_kwh),
        (Cents(750_000), 0.8, 80.0)
    );
    assert_eq!((settings.most_calls, settings.most_visits, settings.frequencies.as_slice()), (6, 2, [1, 2, 3].as_slice()));
}
