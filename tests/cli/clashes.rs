//! `waterbus plan --pin`: what cannot be kept is refused with exactly the rules that clash, in words.

use super::{TOY_PLAN, changed_toy, run};
use serde_json::Value;
use std::path::Path;

/// Plans a toy from its plan with pins: exit status, standard error, and the plan's sailings where there is one.
fn pinned(instance: &Path, pins: &str) -> (i32, String, Value) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let [file, plan] = ["pins.json", "plan.json"].map(|name| folder.path().join(name));
    std::fs::write(&file, pins).expect("the pins can be written");
    let [instance, file, out] = [instance, &file, &plan].map(|path| path.to_str().expect("a UTF-8 path"));
    let (status, _, err) = run(&["plan", instance, "-o", out, "--start", TOY_PLAN, "--pin", file, "--work-limit", "3"]);
    let document: Value =
        std::fs::read(&plan).map(|bytes| serde_json::from_slice(&bytes).expect("a plan is JSON")).unwrap_or_default();
    (status, err, document["plan"]["sailings"].clone())
}

/// The toy's ship at the hub takes barges in the hour before a cut-off, twelve hours before it berths.
fn ship(berthing_min: u32) -> impl Fn(&str) -> String {
    move |table| {
        let head = table.lines().next().expect("the table has a head");
        format!("{head}\nOCEAN,HUB,Ocean weekly,{berthing_min},12,1\n")
    }
}

const MEETS: &str = r#"[{"service": "S01", "calls": [3], "meets": [{"call": 0, "mother_vessel": "OCEAN"}]}]"#;

/// S01 leaves RIV3 on Thu 03:00 and is nine hours later at the hub, on Thu 12:00: in time for a cut-off then, too late for one a quarter of
/// an hour before, and its other sailing is there half a week later.
#[test]
fn a_cut_off_before_the_earliest_arrival_is_refused_with_the_time_that_stays() {
    let (status, err, _) = pinned(changed_toy("mother_vessels.csv", ship(5_760)).path(), MEETS);
    assert_eq!(status, 0, "{err}");
    let (status, err, _) = pinned(changed_toy("mother_vessels.csv", ship(5_745)).path(), MEETS);
    assert_eq!(status, 2);
    let clash = "service S01 cannot stay as it is: no times keep all of this: its call 3 at RIV3 stays on Thu 00:30; its call 0 at HUB \
                 arrives for OCEAN from Thu 10:45 to Thu 11:45, the cut-off for barges; from berthing at call 0 to berthing at call 3 it \
                 takes 10:30 h to 72:30 h";
    assert!(err.contains(clash), "{err}");
    assert_eq!(err.matches("cannot stay").count(), 1, "{err}");
}

/// S02 is at the hub every 56 hours, four hours before the cut-off at best; asked to meet the ship, it comes later.
#[test]
fn a_ship_that_must_be_met_is_met() {
    let met = |sailings: &Value| {
        let own = sailings.as_array().unwrap().iter().filter(|sailing| sailing["service"] == "S02");
        let arrivals = own.map(|sailing| sailing["calls"][0]["arrival_min"].as_i64().unwrap());
        arrivals.map(|arrival| (3_600 - arrival).rem_euclid(10_080)).any(|wait| wait <= 60)
    };
    let toy = changed_toy("mother_vessels.csv", ship(4_320));
    let (status, err, sailings) = pinned(toy.path(), r#"[{"service": "S02"}]"#);
    assert!(status == 0 && !met(&sailings), "{err}{sailings}");
    let (status, err, sailings) = pinned(toy.path(), &MEETS.replace(r#""S01", "calls": [3]"#, r#""S02""#));
    assert!(status == 0 && met(&sailings), "{err}{sailings}");
}

/// Only the bar between RIV1 and RIV2 is named, though what lies behind it is as shallow.
#[test]
fn a_tide_that_never_allows_the_draught_is_refused_with_the_bar_and_the_depths() {
    let bars = |depth: &'static str| {
        move |_: &str| format!("point,link,mean_range_m,low_water_depth_m\nToy bar,W2,2,{depth}\nUpper bar,W3,2,{depth}\n")
    };
    let pins = r#"[{"service": "S01", "times": true}]"#;
    let (status, err, _) = pinned(changed_toy("tides.csv", bars("1.6")).path(), pins);
    assert_eq!(status, 0, "{err}");
    let (status, err, _) = pinned(changed_toy("tides.csv", bars("1.4")).path(), pins);
    assert_eq!(status, 2);
    let clash = "service S01 cannot stay as it is: B60 may not sail from RIV1 to RIV2: W2 Toy River is 1.4 m deep at low water at Toy bar: \
                 less 0.3 m under the keel, B60 (1 m light, 3 m full) floats no useful load";
    assert!(err.contains(clash), "{err}");
    assert!(!err.contains("Upper bar"), "{err}");
}

#[test]
fn a_ship_that_does_not_berth_there_cannot_be_met() {
    let toy = changed_toy("README.md", str::to_owned);
    let meets =
        |call: u32, ship: &str| format!(r#"[{{"service": "S01", "meets": [{{"call": {call}, "mother_vessel": "{ship}"}}]}}]"#);
    for (call, ship, reason) in [
        (1, "OCEAN", "OCEAN berths at HUB, and its call 1 is at RIV1"),
        (0, "PACIFIC", "no mother vessel PACIFIC"),
        (9, "OCEAN", "[0].meets: the service has no call 9"),
    ] {
        let (status, err, _) = pinned(toy.path(), &meets(call, ship));
        assert!(status == 2 && err.contains(reason), "{err}");
    }
}
