//! The description of the endpoints says what they do.

use super::asking::{ask, service, toy};
use super::specification::parameters;
use serde_json::Value;
use std::collections::BTreeSet;
use waterbus::service::{CurrentPlan, dcsa};

const PATHS: [&str; 3] = ["/v1/point-to-point-routes", "/v1/port-schedules", "/v1/vessel-schedules"];

fn description() -> Value {
    serde_json::to_value(dcsa::router::<CurrentPlan>().into_openapi()).expect("the description lists it")
}

fn described(path: &str, place: &str) -> BTreeSet<String> {
    let all = description()["paths"][path]["get"]["parameters"].clone();
    let of_place = |p: &&Value| p["in"] == place;
    all.as_array()
        .expect("the description lists it")
        .iter()
        .filter(of_place)
        .map(|p| p["name"].as_str().expect("the description lists it").to_owned())
        .collect()
}

/// A parameter that is described but unknown, or known but not described, misleads every caller.
#[tokio::test]
async fn the_parameters_described_are_those_that_are_known() {
    let service = service(Some(toy()));
    for path in PATHS {
        let answer = ask(&service, &format!("{path}?surprise=1")).await;
        let message = answer.body["errors"].as_array().unwrap().iter().find(|e| e["errorCode"] == 7001).unwrap();
        let known = message["errorCodeMessage"].as_str().unwrap().rsplit("known are ").next().unwrap().to_owned();
        assert_eq!(known.split(", ").map(str::to_owned).collect::<BTreeSet<_>>(), described(path, "query"), "{path}");
    }
}

/// Every parameter of the standard, by its name, its place and whether it is required; and no other.
#[test]
fn the_parameters_are_those_of_the_standard() {
    for path in PATHS {
        let Some(standard) = parameters(path) else { return };
        let ours = description()["paths"][path]["get"]["parameters"].as_array().unwrap().clone();
        let names: BTreeSet<String> = described(path, "query").union(&described(path, "header")).cloned().collect();
        let mut expected: BTreeSet<String> = standard.keys().cloned().collect();
        expected.insert("API-Version".to_owned());
        assert_eq!(names, expected, "{path}");
        for parameter in ours {
            let Some(theirs) = standard.get(parameter["name"].as_str().unwrap()) else { continue };
            assert_eq!(parameter["required"] == true, theirs["required"] == true, "{parameter}");
            if let Some(pattern) = theirs["schema"]["pattern"].as_str().filter(|_| parameter["name"] != "date") {
                assert_eq!(parameter["schema"]["pattern"], pattern, "{parameter}");
            }
        }
    }
}

/// A caller learns from the description how changes from barge to barge count.
#[test]
fn the_description_says_how_changes_of_barges_count() {
    let text = description().to_string();
    assert!(text.contains("every move from one barge to another counts"));
    assert!(description()["components"]["schemas"]["PointToPoint"].is_object());
    assert!(description()["components"]["schemas"]["ErrorResponse"].is_object());
}
