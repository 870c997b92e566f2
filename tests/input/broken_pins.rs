//! Broken files of pins: codes I7xx. The plan is the one that the command line's tests show.

use std::collections::BTreeSet;
use std::path::Path;
use waterbus::domain::{Plan, Practice};
use waterbus::input::ErrorCode::{self, *};
use waterbus::input::{InputErrors, pins_not_allowed, read_instance, read_pins};
use waterbus::optimize::design::{Kept, Pinned};
use waterbus::publish::read_plan;
use waterbus::waterway::Waterway;

fn in_tree(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn plan() -> Plan {
    read_plan(&in_tree("tests/cli/fixtures/plan-a.json")).unwrap_or_else(|error| panic!("{error}")).plan
}

/// What is wrong with a file of this text; with a plan that lost its sailings, where it says so.
fn errors_of(text: &str, has_sailings: bool) -> Vec<(ErrorCode, Option<String>)> {
    let folder = tempfile::tempdir().expect("there is a place for files");
    let file = folder.path().join("pins.json");
    std::fs::write(&file, text).expect("the file can be written");
    let mut plan = plan();
    if !has_sailings {
        plan.sailings.clear();
    }
    listed(read_pins(&file, &plan).expect_err("the file is broken"))
}

fn listed(errors: InputErrors) -> Vec<(ErrorCode, Option<String>)> {
    errors.errors.into_iter().map(|error| (error.code, error.field)).collect()
}

/// A service of another network, on an instance that has none of its terminals.
fn elsewhere() -> Vec<(ErrorCode, Option<String>)> {
    let problem = read_instance(&in_tree("instances/toy")).unwrap_or_else(|errors| panic!("{errors}"));
    let plan = plan();
    let wish = waterbus::domain::PinWish {
        service: plan.services[0].service.clone(),
        times: false,
        calls: Vec::new(),
        meets: Vec::new(),
    };
    let pins = plan.pins(&[wish]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let kept: Vec<Kept> = pins.into_iter().map(Kept::from).collect();
    let faults =
        Pinned::read(&problem, &Waterway::new(&problem), Practice::WaterBus, &kept).expect_err("it has no such terminals");
    listed(pins_not_allowed(Path::new("pins.json"), faults.into_iter().map(|fault| (fault.service.clone(), fault.to_string()))))
}

type Case = (ErrorCode, &'static str, Vec<(ErrorCode, Option<String>)>);

fn cases() -> Vec<Case> {
    vec![
        (PinsUnreadable, "", errors_of("{}", true)),
        (PinOfNoService, "[0].service", errors_of(r#"[{"service": "S99"}]"#, true)),
        (RepeatedPin, "[1].service", errors_of(r#"[{"service": "S01"}, {"service": "S01", "times": true}]"#, true)),
        (PinOfNoCall, "[0].calls", errors_of(r#"[{"service": "S01", "calls": [0, 600]}]"#, true)),
        (PinOfAllAndSome, "[0].times", errors_of(r#"[{"service": "S01", "calls": [0], "times": true}]"#, true)),
        (PinWithoutTimes, "[0].times", errors_of(r#"[{"service": "S01", "times": true}]"#, false)),
        (PinNotAllowed, "S01", elsewhere()),
    ]
}

/// Codes that these cases prove.
pub fn codes() -> BTreeSet<ErrorCode> {
    cases().into_iter().map(|(code, _, _)| code).collect()
}

/// Each file has one error, at its place.
#[test]
fn broken_pins_are_reported_where_they_are() {
    for (code, field, found) in cases() {
        let field = Some(field.to_owned()).filter(|field| !field.is_empty());
        assert_eq!(found, [(code, field)]);
    }
}
