//! `waterbus bench timetable`: a plan's services timed anew, with the problem in numbers.

use super::{TOY, TOY_PLAN, run};
use serde_json::Value;

fn timed(plan: &str) -> (i32, String, Value) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let case = folder.path().join("case.json");
    let (status, _, err) =
        run(&["bench", "timetable", TOY, plan, "-o", case.to_str().expect("a UTF-8 path"), "--work-limit", "20"]);
    (status, err, std::fs::read(&case).map(|text| serde_json::from_slice(&text).expect("a case is JSON")).unwrap_or_default())
}

/// The toy's plan is proved to wait least for the cargo that the design expects, which is what it carries.
#[test]
fn the_case_of_a_proved_plan_waits_as_long_as_the_plan() {
    let (status, err, case) = timed(TOY_PLAN);
    assert_eq!(status, 0, "{err}");
    let document: Value = serde_json::from_slice(&std::fs::read(TOY_PLAN).unwrap()).unwrap();
    let proof = document["plan"]["proofs"].as_array().unwrap().iter().find(|proof| proof["stage"] == "timetable").unwrap();
    let slots_an_hour = 4.0;
    let waits = proof["value"].as_f64().unwrap() * slots_an_hour;
    for number in ["value", "bound"] {
        assert!((case[number].as_f64().unwrap() - waits).abs() < 1e-6, "{number} {} of {waits}", case[number]);
    }
    let services = case["services"].as_array().unwrap();
    let lists = services.iter().map(|service| [&service["calls"], &service["dwell"], &service["run"], &service["berthings"]]);
    let lengths: Vec<[usize; 4]> = lists.map(|lists| lists.map(|list| list.as_array().unwrap().len())).collect();
    assert_eq!(lengths, [[4; 4], [2; 4]]);
}

/// A departure of the plan is moved by an hour: the auditor finds it, and nothing is made of the plan.
#[test]
fn a_plan_with_violations_is_not_timed() {
    let mut document: Value = serde_json::from_slice(&std::fs::read(TOY_PLAN).unwrap()).unwrap();
    document["plan"]["sailings"][0]["calls"][0]["departure_min"] = 360.into();
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.json");
    std::fs::write(&plan, document.to_string()).unwrap();
    let (status, err, case) = timed(plan.to_str().unwrap());
    assert!(status == 1 && err.contains("the auditor finds"), "{err}");
    assert_eq!(case, Value::Null);
}
