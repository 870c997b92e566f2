//! Ways for a box, as the command line tells them.

use super::run;
use serde_json::Value;

const PLAN: &str = "tests/http/fixtures/toy-plan.json";

/// Asks for ways through a plan of the toy river.
fn ask(arguments: &[&str]) -> (i32, String, String) {
    run(&[&["journeys", PLAN], arguments].concat())
}

fn ways(arguments: &[&str]) -> Vec<Value> {
    let (status, out, err) = ask(&[arguments, &["--json"]].concat());
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    match serde_json::from_str::<Value>(&out).map(|mut found| found["journeys"].take()) {
        Ok(Value::Array(ways)) => ways,
        other => panic!("no list of journeys but {other:?}: {out}"),
    }
}

// from the timetable, the tariff and the instance: S01 is berthed at minutes 480 and 5520 of the week, 30 km cost 150 and 45 RMB a TEU
#[test]
fn a_way_is_told_with_its_times_room_price_and_emissions() {
    let found = ways(&["--from", "RIV1", "--to", "RIV2", "--week", "2026-12-07", "--teu", "2"]);
    let times: Vec<&str> = found.iter().map(|way| way["hand_over_by"].as_str().unwrap()).collect();
    assert_eq!(times, ["2026-12-07T08:00:00+08:00", "2026-12-10T20:00:00+08:00"]);
    assert_eq!(found[0]["rides"][0]["arrival"], "2026-12-09T18:15:00+08:00");
    assert_eq!(found[0]["fetch_from"], "2026-12-09T21:30:00+08:00");
    assert_eq!((found[0]["free_teu"].as_i64(), found[1]["free_teu"].as_i64()), (Some(17), Some(3)));
    let charges: Vec<(&str, i64)> = found[0]["quote"]["items"].as_array().unwrap().iter().map(charge).collect();
    assert_eq!(charges, [("freight", 39_000), ("document", 5_000)]);
    assert_eq!(found[0]["quote"]["total_cents"], 44_000);
    assert!(found[0]["footprint"]["co2e_g"].as_i64().unwrap() > 0);
    let (status, out, _) = ask(&["--from", "RIV1", "--to", "RIV2", "--week", "2026-12-07", "--teu", "2"]);
    assert_eq!(status, 0);
    for text in ["Toy River Port 1 (RIV1)", "Mon 07 Dec 08:00", "direct, 17 TEU free, 440.00 RMB", "ISO 14083", "Freight S01"] {
        assert!(out.contains(text), "{text}: {out}");
    }
}

fn charge(item: &Value) -> (&str, i64) {
    (item["charge"].as_str().unwrap_or("no charge"), item["amount_cents"].as_i64().unwrap_or(-1))
}

// R10: customs wants the manifest two hours before the barge is berthed
#[test]
fn exports_are_in_the_terminal_before_the_customs_cut_off() {
    let week = ["--from", "RIV1", "--to", "HUB", "--week", "2026-12-07"];
    let (domestic, export) = (ways(&week), ways(&[&week[..], &["--trade", "export"]].concat()));
    let before = |at: &Value| at.as_str().unwrap().parse::<chrono::DateTime<chrono::FixedOffset>>().unwrap();
    assert!(!export.is_empty());
    for way in &export {
        let berthing = before(&way["rides"][0]["berthing"]);
        assert_eq!(berthing - before(&way["hand_over_by"]), chrono::TimeDelta::hours(2));
    }
    assert!(domestic.iter().all(|way| way["hand_over_by"] == way["rides"][0]["berthing"]));
}

// ready after a barge is berthed, the box takes the next one; due before it arrives, it takes the one before
#[test]
fn a_box_is_asked_for_from_a_time_or_until_a_time() {
    let ends = ["--from", "RIV1", "--to", "RIV2"];
    let first = |more: &[&str]| ways(&[&ends[..], more].concat());
    let handed = |way: &Value| way["hand_over_by"].as_str().unwrap().to_owned();
    assert_eq!(handed(&first(&["--depart", "2026-12-07T08:00"])[0]), "2026-12-07T08:00:00+08:00");
    assert_eq!(handed(&first(&["--depart", "2026-12-07T08:01"])[0]), "2026-12-10T20:00:00+08:00");
    let last = |by: &str| handed(first(&["--arrive", by]).last().unwrap());
    assert_eq!(last("2026-12-09T18:15"), "2026-12-07T08:00:00+08:00");
    assert_eq!(last("2026-12-09T18:14"), "2026-12-03T20:00:00+08:00");
    let (status, _, err) = ask(&["--from", "RIV3", "--mother-vessel", "OCEAN", "--trade", "export"]);
    assert_eq!((status, err.as_str()), (0, ""), "the ship says where, and when");
}

// nothing sails: that is an answer, and no error
#[test]
fn where_nothing_sails_the_answer_is_no() {
    let (status, out, err) = ask(&["--from", "RIV1", "--to", "RIV1"]);
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains("Nothing sails that takes these boxes there in that time."), "{out}");
    let (status, out, _) = ask(&["--from", "RIV1", "--to", "RIV1", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, found["journeys"].as_array().map(Vec::len)), (1, Some(0)));
}

// without its instance a plan still says when it sails, and names no price and no emissions
#[test]
fn a_plan_alone_tells_times_and_room() {
    let (folder, plan) = (tempfile::tempdir().unwrap(), std::env::current_dir().unwrap().join(PLAN));
    let plan = plan.to_str().unwrap();
    let arguments = ["journeys", plan, "--from", "RIV1", "--to", "RIV2", "--week", "2026-12-07"];
    let output = super::waterbus(&arguments).current_dir(folder.path()).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && out.contains("17 TEU free") && !out.contains("RMB") && !out.contains("CO2e"), "{out}");
}

#[test]
fn questions_that_cannot_be_asked_are_bad_input() {
    let both = ["--from", "RIV1", "--to", "RIV2"];
    for (arguments, message) in [
        (&["--from", "RIV1"][..], "--to"),
        (&["--from", "NOWHERE", "--to", "RIV1"], "the plan does not call at NOWHERE"),
        (&["--from", "RIV1", "--mother-vessel", "TITANIC"], "no instance at hand knows a mother vessel TITANIC"),
        (&[&both[..], &["--depart", "soon"]].concat(), "`soon` is no time; write it as 2026-12-07T06:00"),
        (&[&both[..], &["--week", "9999-01-01"]].concat(), "9999-01-01 is out of bounds"),
        (&[&both[..], &["--arrive", "+250000-01-01"]].concat(), "out of bounds"),
        (&[&both[..], &["--week", "2026-12-07", "--depart", "2026-12-07"]].concat(), "cannot be used with"),
        (&[&both[..], &["--teu", "0"]].concat(), "--teu"),
        (&[&both[..], &["--trade", "smuggled"]].concat(), "smuggled"),
        (&[&both[..], &["--instance", "instances/pearl-delta"]].concat(), "the plan was made from other data than pearl-delta"),
        (&[&both[..], &["--instance", "instances/nowhere"]].concat(), "I0"),
    ] {
        let (status, out, err) = ask(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
}
