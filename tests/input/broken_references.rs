//! Broken keys and references: codes I2xx.

use crate::fixture::{Case, Tables, case};
use waterbus::input::ErrorCode::*;

pub fn cases() -> Vec<Case> {
    let mut cases = keys();
    cases.extend(references());
    cases
}

fn keys() -> Vec<Case> {
    vec![
        case(DuplicateKey, "demand.csv", 4, "demand", |tables| tables.set("demand.csv", 4, "demand", "D2")),
        case(DuplicateKey, "links.csv", 4, "link", |tables| tables.set("links.csv", 4, "link", "W1")),
        case(DuplicateKey, "operators.csv", 3, "operator", |tables| {
            tables.set("operators.csv", 3, "operator", "OP1");
            tables.set("fleet.csv", 4, "operator", "OP1");
            tables.set("demand.csv", 3, "member", "OP1");
            tables.set("demand.csv", 5, "member", "OP1");
        }),
        case(DuplicateKey, "vessel_classes.csv", 3, "class", |tables| {
            tables.set("vessel_classes.csv", 3, "class", "B64");
            tables.set("fleet.csv", 4, "class", "B64");
        }),
        case(DuplicateKey, "mother_vessels.csv", 3, "mother_vessel", |tables| {
            tables.add("mother_vessels.csv", "M1,HUB,Again,2400,36,120");
        }),
        case(DuplicateKey, "junctions.csv", 3, "junction", |tables| tables.add("junctions.csv", "J1,Again,22,113")),
        case(DuplicateKey, "charges.csv", 5, "charge", |tables| tables.add("charges.csv", "diesel,7000,RMB/t")),
        case(DuplicateKey, "terminals.csv", 6, "terminal", |tables| {
            tables.add("terminals.csv", "UP,CNUPX,CNUPX-UP,Other,GD,feeder,23,112,yes,yes,,yes,yes,,no,1,18,0,,,110,250,4,");
        }),
        case(JunctionIsTerminal, "junctions.csv", 3, "junction", |tables| tables.add("junctions.csv", "MID,Middle,23,113")),
        case(DuplicateFleet, "fleet.csv", 3, "operator", |tables| tables.set("fleet.csv", 3, "hk_mo_registered", "yes")),
        case(DuplicatePath, "cross_border.csv", 3, "origin", |tables| tables.add("cross_border.csv", "UP,HKG,HUB")),
    ]
}

fn references() -> Vec<Case> {
    vec![
        case(UnknownTerminal, "demand.csv", 3, "destination", |tables| tables.set("demand.csv", 3, "destination", "NLXXX")),
        case(UnknownTerminal, "demand.csv", 4, "origin", |tables| tables.set("demand.csv", 4, "origin", "J1")),
        case(UnknownTerminal, "terminals.csv", 3, "one_clearance", |tables| {
            tables.set("terminals.csv", 3, "one_clearance", "HUB; HUP");
        }),
        case(UnknownTerminal, "operators.csv", 2, "home_terminal", |tables| {
            tables.set("operators.csv", 2, "home_terminal", "XX")
        }),
        case(UnknownTerminal, "mother_vessels.csv", 3, "terminal", |tables| {
            tables.add("mother_vessels.csv", "M2,XX,Weekly,1200,36,120");
        }),
        case(UnknownTerminal, "windows.csv", 2, "terminal", |tables| tables.set("windows.csv", 2, "terminal", "XX")),
        case(UnknownTerminal, "cross_border.csv", 3, "via", |tables| tables.add("cross_border.csv", "UP,XX,HUB")),
        case(UnknownNode, "links.csv", 3, "to", |tables| tables.set("links.csv", 3, "to", "J9")),
        case(UnknownLink, "tides.csv", 2, "link", |tables| tables.set("tides.csv", 2, "link", "W9")),
        case(UnknownClass, "fleet.csv", 4, "class", |tables| tables.set("fleet.csv", 4, "class", "E65")),
        case(UnknownOperator, "fleet.csv", 4, "operator", |tables| tables.set("fleet.csv", 4, "operator", "OP9")),
        case(UnknownOperator, "demand.csv", 2, "member", |tables| tables.set("demand.csv", 2, "member", "OP9")),
        case(UnknownMother, "demand.csv", 2, "mother_vessel", |tables| tables.set("demand.csv", 2, "mother_vessel", "M9")),
        case(UnknownCharge, "charges.csv", 5, "charge", |tables| tables.add("charges.csv", "methanol,3000,RMB/t")),
        case(MissingCharge, "charges.csv", 0, "charge", |tables| tables.replace("charges.csv", "electricity,0.8,RMB/kWh\n", "")),
    ]
}

/// A code that leads nowhere, or in two directions, is reported where it stands.
#[test]
fn a_reference_that_leads_nowhere_is_reported_at_its_place() {
    cases().iter().for_each(Case::check);
}

/// The wording of the README.
#[test]
fn an_error_reads_as_where_what_and_what_to_do() {
    let mut tables = Tables::valid();
    tables.set("demand.csv", 3, "destination", "NLXXX");
    let expected =
        "I204 demand.csv line 3, destination: NLXXX is not in terminals.csv; add it to terminals.csv or correct the code";
    assert_eq!(tables.errors()[0].to_string(), expected);
}

/// When a row of terminals cannot be read, its code may have stood there: demands that name it are not blamed.
#[test]
fn a_table_that_is_not_whole_hides_what_would_follow_from_it() {
    let mut tables = Tables::valid();
    tables.replace("terminals.csv", "UP,CNUPP,", "UP,");
    let errors = tables.errors();
    assert_eq!(errors.len(), 1, "{errors:?}");
    tables.remove("terminals.csv");
    assert_eq!(tables.errors().len(), 1);
}
