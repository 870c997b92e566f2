//! Many errors in one reading.

use crate::fixture::Tables;
use waterbus::input::ErrorCode;
use waterbus::input::ErrorCode::*;

/// A planner corrects a folder in one go: mistakes of all kinds are reported together, in the order of files and lines.
#[test]
fn errors_of_all_kinds_are_reported_together_in_order() {
    let mut tables = Tables::valid();
    tables.put("notes.csv", "note\n");
    tables.set("demand.csv", 5, "destination", "NLXXX");
    tables.set("demand.csv", 2, "teu_per_week", "many");
    tables.set("demand.csv", 2, "rate_rmb_per_teu", "-3");
    tables.set("links.csv", 2, "waterway_class", "X");
    tables.set("operators.csv", 3, "committed_share", "0.3");
    tables.replace("instance.toml", "slot_min = 15", "slot_min = 11");
    tables.set("terminals.csv", 4, "facility", "MID");
    tables.remove("fleet.csv");
    let errors = tables.errors();
    let found: Vec<(ErrorCode, &str, Option<u64>)> =
        errors.iter().map(|error| (error.code, error.file.as_str(), error.line)).collect();
    let expected = [
        (CycleNotWhole, "instance.toml", None),
        (BadFacility, "terminals.csv", Some(4)),
        (UnknownWord, "links.csv", Some(2)),
        (SharesNotOne, "operators.csv", None),
        (FileMissing, "fleet.csv", None),
        (NotANumber, "demand.csv", Some(2)),
        (OutOfRange, "demand.csv", Some(2)),
        (UnknownTerminal, "demand.csv", Some(5)),
        (UnknownFile, "notes.csv", None),
    ];
    assert_eq!(found, expected);
}

/// A folder of other people's tables must not bury the reader: the first thousand errors are listed, the rest counted.
#[test]
fn errors_beyond_a_thousand_are_counted() {
    let mut tables = Tables::valid();
    for number in 0..1200 {
        tables.add("fleet.csv", &format!("X{number},B64,1,no"));
    }
    let errors = tables.read().expect_err("the operators are unknown");
    assert_eq!((errors.errors.len(), errors.more), (1000, 200));
    let shown = errors.to_string();
    assert_eq!(shown.lines().count(), 1001);
    assert!(shown.ends_with("and 200 more errors"));
}

/// A page or a script reads errors as JSON; the code is its text.
#[test]
fn errors_serialize_with_their_code() {
    let mut tables = Tables::valid();
    tables.set("fleet.csv", 2, "class", "B65");
    let errors = tables.read().expect_err("the class is unknown");
    let json = serde_json::to_value(&errors).expect("errors are plain data");
    assert_eq!(json["errors"][0]["code"], "I207");
    assert_eq!(json["errors"][0]["line"], 2);
    assert_eq!(json["errors"][0]["field"], "class");
}

/// What a file holds is shown short and in one line, so that one error stays one line.
#[test]
fn foreign_text_never_breaks_the_line_of_an_error() {
    let mut tables = Tables::valid();
    tables.set("fleet.csv", 2, "class", &format!("\"B\u{7}\n{}\"", "x".repeat(500)));
    let errors = tables.read().expect_err("the class is unknown");
    assert_eq!(errors.to_string().lines().count(), 1);
    assert!(errors.to_string().len() < 300);
}
