//! The specification as its publisher wrote it. It is not part of this project: `WATERBUS_DCSA` names the file.

use super::asking::Answer;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

#[expect(clippy::print_stdout, reason = "a test that proves nothing must say so")]
fn tell_skipped(why: &str) {
    println!("skipped: {why}");
}

/// The specification, when it is at hand. Where nothing may be skipped, as in CI with `WATERBUS_SKIP_NOTHING` set, it must be.
pub fn find() -> Option<&'static Value> {
    static TEXT: OnceLock<Option<Value>> = OnceLock::new();
    TEXT.get_or_init(|| {
        let Some(path) = std::env::var_os("WATERBUS_DCSA") else {
            assert!(std::env::var_os("WATERBUS_SKIP_NOTHING").is_none(), "WATERBUS_DCSA must name CS_v1.0.3.yaml");
            tell_skipped("WATERBUS_DCSA does not name the specification CS_v1.0.3.yaml");
            return None;
        };
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Some(yaml_serde::from_str(&text).expect("the specification is whole"))
    })
    .as_ref()
}

/// Paths of the specification with their parameters by name.
pub fn parameters(path: &str) -> Option<BTreeMap<String, Value>> {
    let all = &find()?["paths"][path]["get"]["parameters"];
    let named = |p: &Value| Some((p["name"].as_str()?.to_owned(), p.clone()));
    Some(all.as_array().expect("the specification is whole").iter().filter_map(named).collect())
}

/// Holds an answer against the schema for its address and status.
pub fn check(path_and_query: &str, answer: &Answer) {
    let path = path_and_query.split('?').next().expect("the specification is whole");
    assert_eq!(answer.version, "1.0.3");
    assert!(answer.next.as_ref().is_none_or(|cursor| cursor.len() <= 1024));
    let name = format!("{path} {}", answer.status.as_u16());
    let Some(validator) = validators().and_then(|all| all.get(&name)) else {
        assert!(find().is_none(), "the specification has no answer {name}");
        return;
    };
    let faults: Vec<String> =
        validator.iter_errors(&answer.body).map(|e| format!("{}: {e}", e.instance_path())).take(5).collect();
    assert!(faults.is_empty(), "{path_and_query}\n{}", faults.join("\n"));
}

/// One validator for each path and status.
fn validators() -> Option<&'static BTreeMap<String, Validator>> {
    static ALL: OnceLock<Option<BTreeMap<String, Validator>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let specification = find()?;
        let mut all = BTreeMap::new();
        for (path, operations) in specification["paths"].as_object().expect("the specification is whole") {
            for (status, response) in operations["get"]["responses"].as_object().expect("the specification is whole") {
                let schema = &response["content"]["application/json"]["schema"];
                all.insert(format!("{path} {status}"), validator(specification, schema));
            }
        }
        Some(all)
    })
    .as_ref()
}

/// OpenAPI 3.0 schemas are JSON Schema here but for `example`, which says nothing. Formats count. What the standard does not name is a
/// mistake of ours, so nothing else may stand in an object.
fn validator(specification: &Value, schema: &Value) -> Validator {
    let mut schemas = specification["components"]["schemas"].clone();
    close(&mut schemas);
    let whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [schema],
        "components": { "schemas": schemas },
    });
    jsonschema::options().should_validate_formats(true).build(&whole).expect("the specification is whole")
}

/// Closes every object that lists its properties.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") && fields.get("type").is_some_and(|kind| kind == "object") {
                fields.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// The check itself is checked: an answer with a name that the standard does not know, or a time without offset, must not pass.
#[test]
fn answers_that_are_not_of_the_standard_are_found() {
    let Some(validators) = validators() else { return };
    let validator = &validators["/v1/port-schedules 200"];
    let good = json!([{ "location": { "UNLocationCode": "CNNSA", "facilitySMDGCode": "NSA" }, "vesselSchedules": [{
        "servicePartners": [{ "carrierServiceName": "A", "carrierServiceCode": "B", "carrierImportVoyageNumber": "C", "carrierExportVoyageNumber": "D" }],
        "isDummyVessel": true,
        "timestamps": [{ "eventTypeCode": "ARRI", "eventClassifierCode": "PLN", "eventDateTime": "2026-11-20T10:00:00+08:00" }],
    }] }]);
    assert!(validator.is_valid(&good), "{:?}", validator.iter_errors(&good).next());
    let changes = [
        ("/0/location/UNLocationCode", json!("cnnsa")),
        ("/0/location/facilitySMDGCode", json!("TOOLONG")),
        ("/0/vesselSchedules/0/isDummyVessel", json!("yes")),
        ("/0/vesselSchedules/0/timestamps", json!([])),
        ("/0/vesselSchedules/0/timestamps/0/eventDateTime", json!("2026-11-20T10:00:00")),
        ("/0/vesselSchedules/0/timestamps/0/eventTypeCode", json!("ARRIVES")),
        ("/0/vesselSchedules/0", json!({ "surprise": 1 })),
    ];
    for (place, value) in changes {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(!validator.is_valid(&bad), "{place}");
    }
}
