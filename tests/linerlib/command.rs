//! The command, from files to a file.

use crate::tiny_folder;
use assert_cmd::Command;
use std::fs;
use waterbus::domain::ClassIdx;
use waterbus::domain::liner::LinerNetwork;
use waterbus::optimize::design::liner::Costing;
use waterbus::publish::services_json;

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_waterbus")).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

fn bench(more: &[&str]) -> (i32, String, String) {
    let folder = tiny_folder();
    run(&[&["bench", "linerlib", folder.to_str().expect("the path is text")], more].concat())
}

#[test]
fn the_command_reads_designs_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("services.json");
    let limits = ["--max-visits", "2", "--max-weeks", "8", "--time-limit", "1s", "--seed", "3", "--case", "low"];
    let (status, text, err) = bench(&[&["Tiny", "-o", out.to_str().unwrap()][..], &limits].concat());
    assert_eq!(status, 0, "{err}");
    assert!(text.starts_with("Tiny (low case, no transit times): "), "{text}");
    assert!(text.contains("of 13 vessels, 1235 FFE a week in demand from Demand_Tiny.csv"), "{text}");
    let written: serde_json::Value = serde_json::from_slice(&fs::read(&out).unwrap()).unwrap();
    assert_eq!((&written["instance"], &written["case"]), (&"Tiny".into(), &"low".into()));
    assert!(written["services"].is_array());
    let (value, bound) = (written["value_usd_per_week"].as_f64().unwrap(), written["bound_usd_per_week"].as_f64().unwrap());
    assert!(value >= -1_235_000.0 && value <= bound, "{value} {bound}");
}

/// The names of the evaluators' format, and every service with its speed and ways.
#[test]
fn services_are_written_as_evaluators_read_them() {
    let problem = crate::tiny();
    let ends = crate::calls(&problem, &["XXEST", "XXWST"]);
    let service = Costing::new(&problem).cost(ClassIdx(0), &ends, 8).unwrap().service(ends);
    let network = LinerNetwork { services: vec![service], value: -1.5, bound: f64::INFINITY };
    let written: serde_json::Value = serde_json::from_str(&services_json(&problem, &network)).unwrap();
    let expected = serde_json::json!({
        "instance": "Tiny",
        "case": "base",
        "demand_file": "Demand_Tiny.csv",
        "limits_transit": false,
        "value_usd_per_week": -1.5,
        "services": [{
            "vessel_class": "Small_100",
            "n_vessels": 8,
            "speed": 16_800.0 / 1296.0,
            "ports": ["XXEST", "XXWST"],
            "legs": ["suez", "suez"],
        }],
    });
    assert_eq!(written, expected);
}

#[test]
fn wrong_arguments_and_data_are_bad_input() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("services.json");
    let out = out.to_str().unwrap();
    let (status, _, err) = bench(&["Tinny", "-o", out]);
    assert!(status == 2 && err.starts_with("I002 Demand_Tinny.csv"), "{err}");
    assert!(err.contains("Mended, Tiny"), "the instances there are: {err}");
    for more in [&["Tiny"][..], &["Tiny", "-o", out, "--max-weeks", "0"], &["Tiny", "-o", out, "--case", "worst"]] {
        assert_eq!(bench(more).0, 2, "{more:?}");
    }
    assert!(!folder.path().join("services.json").exists());
}
