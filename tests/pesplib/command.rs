//! The command, from a file to a file.

use crate::draw;
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use waterbus::domain::event_network::EventNetwork;

pub fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_waterbus")).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

fn write(path: &Path, network: &EventNetwork) {
    let mut text = format!("{} {} {}\n", network.activities.len(), network.events.len(), network.period);
    for (row, activity) in network.activities.iter().enumerate() {
        let [from, to] = [activity.from, activity.to].map(|event| network.events[event.row()]);
        text += &format!("{row}; {from}; {to}; {}; {}; {}\n", activity.least, activity.most, activity.weight);
    }
    fs::write(path, text).expect("a file can be written");
}

#[test]
fn the_command_reads_searches_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    let [file, out] = ["network.txt", "times.txt"].map(|name| folder.path().join(name));
    let network = draw::services(4, 5, 4, 20);
    write(&file, &network);
    let [file, out_text] = [&file, &out].map(|path| path.to_str().unwrap());
    let arguments = ["bench", "pesplib", file, "-o", out_text, "--seed", "3", "--threads", "2", "--work-limit", "30"];
    let (status, text, err) = run(&arguments);
    assert_eq!(status, 0, "{err}");
    let found = crate::timetable(&network, 3, 2, 30);
    let expected = format!(
        "weighted slack {}, 0 of {} activities violated, 40 events, period 20\n",
        found.weighted_slack,
        network.activities.len()
    );
    assert_eq!(text, expected);
    let line = |line: &str| line.split_once("; ").map(|(event, time)| (event.parse().unwrap(), time.parse().unwrap()));
    let written: BTreeMap<i64, i64> = fs::read_to_string(&out).unwrap().lines().map(|text| line(text).unwrap()).collect();
    assert_eq!(written, network.events.iter().copied().zip(found.times).collect());
}

#[test]
fn a_file_without_a_timetable_is_said_to_have_none() {
    let folder = tempfile::tempdir().unwrap();
    let [file, out] = ["network.txt", "times.txt"].map(|name| folder.path().join(name));
    let [file_text, out_text] = [&file, &out].map(|path| path.to_str().unwrap());
    let arguments = ["bench", "pesplib", file_text, "-o", out_text, "--work-limit", "10"];
    // a trip there and back of 6 to 8 slots in a period of 10, and an activity that has nothing to do with it
    fs::write(&file, "3 3 10\n1; 1; 2; 3; 4; 1\n2; 2; 3; 0; 1; 1\n3; 2; 1; 3; 4; 1\n").unwrap();
    let (status, _, err) = run(&arguments);
    let named = "no timetable: around a cycle, these durations cannot add up to whole periods of 10; without any one of them there is no \
                 cycle\n  activity 1: event 1 to 2 in 3 to 4\n  activity 3: event 2 to 1 in 3 to 4\n";
    assert!(status == 1 && err.contains(named), "{status} {err}");
    // any two of the activities allow the same durations, not all three
    fs::write(&file, "3 2 10\n1; 1; 2; 0; 4; 1\n2; 1; 2; 3; 7; 1\n3; 1; 2; 6; 10; 1\n").unwrap();
    let (status, _, err) = run(&arguments);
    assert!(status == 3 && err.contains("1 activities outside their spans"), "{status} {err}");
    fs::write(&file, "2 2 10\n1; 1; 2; 3; 4; 1\n").unwrap();
    let (status, _, err) = run(&arguments);
    assert!(status == 2 && err.contains("I602 network.txt line 1"), "{status} {err}");
    assert!(!out.exists());
}
