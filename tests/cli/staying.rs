//! `waterbus plan --stay`: what is told of calls that move and services that are no more.

use super::{TOY_PLAN, changed_toy, run};

/// Plans the toy again from its plan after a change of one table, at some moment or none; what was printed after the summary.
fn what_moves(file: &str, from: Option<&str>, change: impl Fn(&str) -> String) -> String {
    let folder = changed_toy(file, change);
    let (instance, plan) = (folder.path().to_str().expect("a UTF-8 path"), folder.path().join("again.json"));
    let start = ["--start", TOY_PLAN, "--stay", "--work-limit", "5"];
    let from: Vec<&str> = from.iter().flat_map(|from| ["--from", from]).collect();
    let (status, out, err) = run(&[&["plan", instance, "-o", plan.to_str().expect("a UTF-8 path")], &start[..], &from].concat());
    assert_eq!(status, 0, "{err}");
    out.split_once("What moves\n").unwrap_or_else(|| panic!("{out}")).1.to_owned()
}

#[test]
fn a_service_whose_vessel_is_lost_is_no_more_and_the_other_stays() {
    let told = what_moves("fleet.csv", None, |fleet| {
        fleet.lines().filter(|row| !row.contains(",S20,")).map(|row| format!("{row}\n")).collect()
    });
    assert!(told.contains("Of 14 calls of the plan before, 0 move and 6 are made no more."), "{told}");
    assert!(told.contains("S02      no more: 6 calls, 240 TEU lifted: PORT has no vessels of class S20 for it"), "{told}");
}

fn close_riv3(terminals: &str) -> String {
    let open = |row: &str| if row.starts_with("RIV3,") { row.replace(",30,0,,,", ",30,0,120,1440,") } else { row.to_owned() };
    terminals.lines().map(|row| open(row) + "\n").collect()
}

/// RIV3 closes at midnight for two hours, in which the first sailing was there: both sailings come three hours earlier, and to RIV2 too,
/// since the way back to the hub leaves no time.
#[test]
fn calls_that_move_are_told_with_times_boxes_and_reason() {
    let told = what_moves("terminals.csv", None, close_riv3);
    assert!(told.contains("Of 14 calls of the plan before, 4 move and 0 are made no more."), "{told}");
    let line =
        told.lines().find(|line| line.starts_with("S01") && line.contains("Thu 00:30")).unwrap_or_else(|| panic!("{told}"));
    assert!(line.contains("Wed 21:30") && line.contains("-3:00") && line.ends_with("closed at that time"), "{told}");
    assert_eq!(told.matches("follows other calls of its service").count(), 3, "{told}");
}

/// The same at three in the afternoon, three hours before the call at RIV2: that one stays though it is worth moving, and others move more. At
/// ten in the evening the call at RIV3 itself is due and cannot stay.
#[test]
fn calls_within_the_freeze_horizon_stay_or_are_told_apart() {
    let told = what_moves("terminals.csv", Some("2026-12-09T15:00"), close_riv3);
    assert!(told.contains("Within the freeze horizon of 4:00: 1 call; all stay."), "{told}");
    assert!(told.contains("RIV3") && !told.contains("RIV2") && !told.contains("was frozen"), "{told}");
    let told = what_moves("terminals.csv", Some("2026-12-09 22:00"), close_riv3);
    assert!(told.contains("Within the freeze horizon of 4:00: 1 call; 1 of them cannot stay."), "{told}");
    let line = told.lines().find(|line| line.contains("was frozen; closed at that time"));
    assert!(line.is_some_and(|line| line.contains("RIV3") && line.contains("Thu 00:30")), "{told}");
}
