//! Arguments and files that are wrong end with status 2 and say what is wrong.

use super::run;

#[test]
fn help_lists_the_commands_and_the_exit_status() {
    let (status, out, err) = run(&["--help"]);
    assert_eq!((status, err.as_str()), (0, ""));
    for command in
        ["check", "plan", "audit", "show", "compare", "serve", "worker", "db", "key", "generate", "bench", "Exit status"]
    {
        assert!(out.contains(command), "{command}");
    }
    let (status, out, _) = run(&["plan", "--help"]);
    assert_eq!(status, 0);
    for option in
        ["--output", "--time-limit", "--work-limit", "--seed", "--threads", "--start", "--pin", "--weigh-co2", "separate-trades"]
    {
        assert!(out.contains(option), "{option}");
    }
}

#[test]
fn wrong_arguments_are_bad_input() {
    for arguments in [
        &["sail"][..],
        &["plan", "instances/pearl-delta"],
        &["plan", "x", "-o", "y", "--time-limit", "soon"],
        &["plan", "x", "-o", "y", "--time-limit", "1s", "--work-limit", "1"],
        &["plan", "x", "-o", "y", "--threads", "0"],
        &["plan", "x", "-o", "y", "--start", "z", "--from", "2026-12-09"],
        &["plan", "x", "-o", "y", "--start", "z", "--stay", "--from", "1999-12-09"],
        &["plan", "x", "-o", "y", "--weigh-co2", "much"],
        &["plan", "x", "-o", "y", "--weigh-transit", "-1"],
        &["plan", "x", "-o", "y", "--weigh-carried", "10000.01"],
        &["serve", "--jobs", "many"],
        &["serve", "--demo", "--requests-per-second", "0"],
        &["worker", "--threads", "0"],
        &["key", "create", "--role", "captain"],
        &["db", "verify", "--database", "mysql://nowhere"],
        &["serve", "--demo", "--plan", "a", "b"],
        &["show", "x", "--from-date", "yesterday"],
        &["bench"],
        &["bench", "linerlib", "x", "y"],
        &["bench", "pesplib", "x"],
    ] {
        let (status, out, err) = run(arguments);
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(!err.is_empty(), "{arguments:?}");
    }
}

// an instance that is not there is reported with its code, and no search starts
#[test]
fn a_missing_instance_is_bad_input_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan.json");
    let out = out.to_str().unwrap();
    for arguments in [
        &["plan", "instances/nowhere", "-o", out][..],
        &["audit", "instances/nowhere", "tests/cli/fixtures/plan-a.json"],
        &["compare", "instances/nowhere", "a", "b"],
        &["serve", "--demo", "--instance", "instances/nowhere", "--listen", "127.0.0.1:0"],
    ] {
        let (status, _, err) = run(arguments);
        assert_eq!(status, 2, "{arguments:?}");
        assert!(err.starts_with("I0"), "{arguments:?}: {err}");
    }
    let (status, text, _) = run(&["check", "instances/nowhere"]);
    assert!(status == 2 && text.starts_with("I0"), "{text}");
    let (status, text, _) = run(&["check", "instances/nowhere", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(status == 2 && !found["errors"].as_array().unwrap().is_empty());
    assert!(!std::path::Path::new(out).exists());
}

// what has to stay is checked before the search: the file, what the start plan lacks, and what the instance does not allow
#[test]
fn pins_that_make_no_sense_are_bad_input_all_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (pins, out) = (folder.path().join("pins.json"), folder.path().join("plan.json"));
    let (pins, out) = (pins.to_str().unwrap(), out.to_str().unwrap());
    let start = "tests/cli/fixtures/plan-a.json";
    let with = |text: &str| {
        std::fs::write(pins, text).unwrap();
        run(&["plan", "instances/toy", "-o", out, "--start", start, "--pin", pins, "--time-limit", "1h"])
    };
    let (status, _, err) = run(&["plan", "instances/toy", "-o", out, "--start", start, "--pin", "nowhere.json"]);
    assert!(status == 2 && err.starts_with("I701 nowhere.json: "), "{err}");
    let (status, _, err) = with("[{\"service\": \"S01\",\n\"hours\": 3}]");
    assert!(status == 2 && err.starts_with(&format!("I701 {pins} line 2: ")), "{err}");
    let (status, _, err) = with("[{\"service\": \"S99\"}, {\"service\": \"S01\", \"calls\": [77]}]");
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!((status, lines.len()), (2, 2), "{err}");
    assert!(lines[0].starts_with(&format!("I702 {pins}, [0].service: service S99 is not in the plan; ")), "{err}");
    assert!(lines[1].starts_with(&format!("I704 {pins}, [1].calls: the service has no call 77; ")), "{err}");
    let (status, _, err) = with("[{\"service\": \"S01\"}]");
    assert!(
        status == 2 && err.starts_with(&format!("I707 {pins}, S01: service S01 cannot stay as it is: no terminal ")),
        "{err}"
    );
    let (status, _, err) = run(&["plan", "instances/toy", "-o", out, "--pin", pins]);
    assert!(status == 2 && err.contains("--start"), "{err}");
    assert!(!std::path::Path::new(out).exists());
}

// an hour of search is not thrown away for a folder that is not there
#[test]
fn a_plan_that_could_not_be_written_is_not_searched() {
    let (status, _, err) = run(&["plan", "instances/pearl-delta", "-o", "nowhere/plan.json", "--time-limit", "1h"]);
    assert_eq!(status, 2);
    assert!(err.contains("nowhere/plan.json: cannot be written"), "{err}");
}

#[test]
fn a_sound_instance_is_checked_without_errors() {
    let (status, out, _) = run(&["check", "instances/pearl-delta"]);
    assert!(status == 0 && out.starts_with("pearl-delta: no errors\n12 terminals"), "{out}");
    let (status, out, _) = run(&["check", "instances/pearl-delta", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((status, &found["terminals"]), (0, &12.into()));
}

// a generated instance is sound, the same for the same seed, and never written over something else
#[test]
fn a_generated_instance_passes_the_check_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    for out in [&one, &two] {
        let (status, _, err) = run(&["generate", out.to_str().unwrap(), "--terminals", "20", "--seed", "7"]);
        assert_eq!((status, err.as_str()), (0, ""));
    }
    for entry in std::fs::read_dir(&one).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(std::fs::read(entry.path()).unwrap(), std::fs::read(two.join(entry.file_name())).unwrap());
    }
    let (status, out, _) = run(&["check", one.to_str().unwrap()]);
    assert!(status == 0 && out.contains("20 terminals"), "{out}");
    let (status, _, err) = run(&["generate", one.to_str().unwrap()]);
    assert!(status == 2 && err.contains("not empty"), "{err}");
}

// more cargo brings more vessels; with the usual number of rows nothing changes; a number beyond reason is bad input
#[test]
fn a_generated_instance_has_as_much_cargo_as_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let generated = |name: &str, demands: Option<&str>| {
        let out = folder.path().join(name).to_str().unwrap().to_owned();
        let mut arguments = vec!["generate", &out, "--terminals", "20"];
        arguments.extend(demands.iter().flat_map(|demands| ["--demands", demands]));
        (run(&arguments), out)
    };
    let ((_, usual), (_, named)) = (generated("usual", None), generated("named", Some("160")));
    for entry in std::fs::read_dir(&usual).unwrap() {
        let name = entry.unwrap().file_name();
        let read = |folder: &str| std::fs::read(std::path::Path::new(folder).join(&name)).unwrap();
        assert!(read(&usual) == read(&named), "{name:?}");
    }
    let checked = |out: &str| {
        let (status, text, _) = run(&["check", out, "--json"]);
        let found: serde_json::Value = serde_json::from_str(&text).unwrap();
        (status, found["demands"].as_u64().unwrap(), found["vessels"].as_u64().unwrap())
    };
    let ((status, _, _), many) = generated("many", Some("1000"));
    let (few, many) = (checked(&usual), checked(&many));
    assert_eq!((status, few.0, few.1, many.0, many.1), (0, 0, 160, 0, 1000));
    assert!(many.2 > few.2 + 10, "{} vessels, {} with more cargo", few.2, many.2);
    for (name, demands, told) in [("none", "0", "0 is not in"), ("much", "3041", "at most 3040")] {
        let ((status, out, err), folder) = generated(name, Some(demands));
        assert!((status, out.as_str()) == (2, "") && err.contains(told), "{status} {err}");
        assert!(!std::path::Path::new(&folder).exists());
    }
}
