//! Values that contradict each other and networks that fall apart: codes I3xx and I4xx.

use crate::fixture::{Case, Tables, case};
use waterbus::input::ErrorCode::*;

pub fn cases() -> Vec<Case> {
    let mut cases = settings();
    cases.extend(terminals());
    cases.extend(vessels());
    cases.extend(cargo());
    cases.extend(network());
    cases
}

fn settings() -> Vec<Case> {
    const FILE: &str = "instance.toml";
    vec![
        case(BadFrequencies, FILE, 0, "service_rules.frequencies", |tables| tables.replace(FILE, "[1, 2, 3]", "[]")),
        case(BadFrequencies, FILE, 0, "service_rules.frequencies", |tables| tables.replace(FILE, "[1, 2, 3]", "[1, 3, 2]")),
        case(BadFrequencies, FILE, 0, "service_rules.frequencies", |tables| tables.replace(FILE, "[1, 2, 3]", "[1, 1]")),
        case(NoFrequencyLeft, FILE, 0, "service_rules.least_sailings", |tables| {
            tables.replace(FILE, "least_sailings = 1", "least_sailings = 4");
        }),
        case(CycleNotWhole, FILE, 0, "cycle_h", |tables| tables.replace(FILE, "slot_min = 15", "slot_min = 11")),
        case(CycleNotWhole, FILE, 0, "cycle_h", |tables| tables.replace(FILE, "cycle_h = 168", "cycle_h = 180")),
        case(WrongUnit, "charges.csv", 2, "unit", |tables| tables.set("charges.csv", 2, "unit", "RMB/kg")),
        case(SharesNotOne, "operators.csv", 0, "committed_share", |tables| {
            tables.set("operators.csv", 2, "committed_share", "0.600002");
        }),
    ]
}

fn terminals() -> Vec<Case> {
    vec![
        case(BadOpeningHours, "terminals.csv", 3, "open_from_min", |tables| tables.set("terminals.csv", 3, "open_to_min", "360")),
        case(BadOpeningHours, "terminals.csv", 3, "open_from_min", |tables| tables.set("terminals.csv", 3, "open_to_min", "")),
        case(BadFacility, "terminals.csv", 3, "facility", |tables| tables.set("terminals.csv", 3, "facility", "CNUPP-MID")),
        case(BadFacility, "terminals.csv", 4, "facility", |tables| tables.set("terminals.csv", 4, "facility", "MID")),
        case(BadClearance, "terminals.csv", 3, "one_clearance", |tables| {
            tables.set("terminals.csv", 3, "one_clearance", "HUB;MID")
        }),
        case(BadClearance, "terminals.csv", 3, "one_clearance", |tables| {
            tables.set("terminals.csv", 3, "one_clearance", "HUB;HUB")
        }),
        case(BadClearance, "terminals.csv", 2, "one_clearance", |tables| tables.set("terminals.csv", 2, "one_clearance", "HUB")),
        case(WindowOutsideCycle, "windows.csv", 3, "to_min", |tables| tables.set("windows.csv", 3, "to_min", "10081")),
        case(WindowOutsideCycle, "windows.csv", 3, "to_min", |tables| tables.set("windows.csv", 3, "to_min", "1800")),
        case(WindowsOverlap, "windows.csv", 3, "from_min", |tables| tables.set("windows.csv", 3, "from_min", "1319")),
        case(BadPath, "cross_border.csv", 3, "via", |tables| tables.add("cross_border.csv", "UP,MID,HUB")),
        case(BadPath, "cross_border.csv", 3, "origin", |tables| tables.add("cross_border.csv", "HKG,HKG,HUB")),
        case(BadPath, "cross_border.csv", 3, "destination", |tables| tables.add("cross_border.csv", "UP,HKG,UP")),
        case(LockIncomplete, "links.csv", 2, "lock_wait_h", |tables| tables.set("links.csv", 2, "lock_wait_h", "")),
        case(LockIncomplete, "links.csv", 3, "lock_vessels_per_h", |tables| {
            tables.set("links.csv", 3, "lock_vessels_per_h", "2")
        }),
    ]
}

fn vessels() -> Vec<Case> {
    const FILE: &str = "vessel_classes.csv";
    vec![
        case(EnergyMismatch, FILE, 2, "fuel_kg_per_h_port", |tables| tables.set(FILE, 2, "fuel_kg_per_h_port", "")),
        case(SlowestAboveUsual, FILE, 2, "least_speed_kmh", |tables| tables.set(FILE, 2, "least_speed_kmh", "50")),
        case(EnergyMismatch, FILE, 2, "range_km", |tables| tables.set(FILE, 2, "range_km", "150")),
        case(EnergyMismatch, FILE, 3, "kwh_per_km", |tables| tables.set(FILE, 3, "kwh_per_km", "")),
        case(EnergyMismatch, FILE, 3, "range_km", |tables| tables.set(FILE, 3, "range_km", "")),
        case(DraftsReversed, FILE, 2, "draft_light_m", |tables| tables.set(FILE, 2, "draft_light_m", "2.8")),
        case(MotherOutsideCycle, "mother_vessels.csv", 2, "berthing_min", |tables| {
            tables.set("mother_vessels.csv", 2, "berthing_min", "10080");
        }),
    ]
}

fn cargo() -> Vec<Case> {
    const FILE: &str = "demand.csv";
    vec![
        case(SameTerminal, FILE, 4, "destination", |tables| tables.set(FILE, 4, "destination", "UP")),
        case(TradeNotHandled, FILE, 3, "destination", |tables| tables.set(FILE, 3, "destination", "MID")),
        case(TradeNotHandled, FILE, 4, "destination", |tables| tables.set("terminals.csv", 4, "domestic_trade", "no")),
        case(DomesticOutside, FILE, 4, "destination", |tables| tables.set(FILE, 4, "destination", "HKG")),
        case(NoPath, FILE, 6, "trade", |tables| tables.keep_header("cross_border.csv")),
        case(NoPath, FILE, 6, "trade", |tables| tables.remove("cross_border.csv")),
        case(EmptyNotDry, FILE, 5, "cargo", |tables| tables.set(FILE, 5, "cargo", "reefer")),
        case(MotherElsewhere, FILE, 2, "mother_vessel", |tables| tables.set(FILE, 2, "destination", "HKG")),
        case(MemberMissing, FILE, 4, "member", |tables| tables.set(FILE, 4, "member", "")),
        case(MotherNotExport, FILE, 3, "mother_vessel", |tables| tables.set(FILE, 3, "mother_vessel", "M1")),
    ]
}

fn network() -> Vec<Case> {
    vec![
        case(SelfLoop, "links.csv", 6, "to", |tables| tables.add("links.csv", "W5,HUB,HUB,Round,1,sea,9,30,0,20,,,,,,")),
        case(CutOff, "terminals.csv", 5, "terminal", |tables| tables.replace("links.csv", "W4,J1,HKG", "W4,J1,HUB")),
        case(CutOff, "terminals.csv", 3, "terminal", |tables| tables.replace("links.csv", "W1,UP,MID", "W1,J1,MID")),
        case(LooseJunction, "junctions.csv", 3, "junction", |tables| tables.add("junctions.csv", "J2,Nowhere,22,113")),
    ]
}

/// Each cell is fine for itself, together they are not; exactly one error says so.
#[test]
fn values_that_contradict_each_other_are_reported_at_their_place() {
    cases().iter().for_each(Case::check);
}

/// Shares are decimal fractions: a rounding error is not a mistake.
#[test]
fn shares_may_be_off_by_a_millionth() {
    let mut tables = Tables::valid();
    tables.set("operators.csv", 2, "committed_share", "0.6000009");
    assert!(tables.read().is_ok());
}

/// Every terminal of the smaller part is named, not the part alone.
#[test]
fn all_terminals_that_are_cut_off_are_named() {
    let mut tables = Tables::valid();
    tables.replace("links.csv", "W4,J1,HKG", "W4,J1,HUB");
    tables.replace("links.csv", "W1,UP,MID", "W1,J1,MID");
    let errors = tables.errors();
    let named: Vec<&str> = errors.iter().map(|error| error.what.split(' ').next().unwrap_or_default()).collect();
    assert!(errors.iter().all(|error| error.code == CutOff));
    assert_eq!(named, ["UP", "HKG"]);
}
