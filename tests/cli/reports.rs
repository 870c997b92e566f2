//! What is shown of a finished plan.

use super::{fixture, run, waterbus};
use std::io::Read;
use std::process::{Command, Stdio};

fn show(arguments: &[&str]) -> (i32, String, String) {
    let plan = fixture("plan-a.json");
    run(&[&["show", plan.to_str().expect("a UTF-8 path")], arguments].concat())
}

#[test]
fn a_plan_is_shown_alone_without_its_instance() {
    let (status, out, err) = show(&[]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("Water bus timetable of pearl-delta\n") && out.contains("\nS02  Huangpu Old Port"), "{out}");
}

#[test]
fn a_service_a_terminal_and_dates_can_be_asked_for() {
    let (_, out, _) = show(&["--service", "S02", "--from-date", "2026-12-07"]);
    assert!(out.starts_with("S02") && out.contains("Thu 10 Dec 01:45"), "{out}");
    let (_, out, _) = show(&["--terminal", "NSA"]);
    assert!(out.starts_with("NSA  Nansha (Longxue Island): 6 calls a week\n"), "{out}");
    for (arguments, message) in [
        (&["--service", "S99"], "the plan has no service S99; it has S01 S02"),
        (&["--terminal", "XXX"], "the plan has no terminal XXX; it has NSA HOP SHK HKKT BIJ ROQ"),
        (&["--from-date", "2026-12-08"], "2026-12-08 is no Monday"),
    ] {
        let (status, out, err) = show(arguments);
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.starts_with(message), "{err}");
    }
}

// the document that is shown as JSON is the one in the file, byte for byte
#[test]
fn a_plan_shown_as_json_is_the_plan() {
    let (status, out, _) = show(&["--json"]);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let file = std::fs::read_to_string(fixture("plan-a.json")).unwrap();
    assert_eq!((status, document), (0, serde_json::from_str(&file).unwrap()));
}

#[test]
fn a_file_that_is_no_plan_is_refused_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    std::fs::write(&file, "{\n  \"plan\": {},\n").unwrap();
    let (status, _, err) = run(&["show", file.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(err.contains("plan.json line 2 column 12: missing field `format`"), "{err}");
    let (status, _, err) = run(&["show", "tests/cli/fixtures/none.json"]);
    assert!(status == 2 && err.contains("none.json: cannot be read"), "{err}");
}

// `waterbus show ... | head` is how people look at a plan
#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waterbus"))
        .args(["show", "--json"])
        .arg(fixture("plan-a.json"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    waterbus(&["--version"]).assert().success();
}
