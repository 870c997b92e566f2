//! A server that is killed in the middle of its work loses nothing that it has acknowledged.

use super::server::{Server, create_key};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Rounds of kills; before a release `WATERBUS_KILL_ROUNDS=50`.
const ROUNDS: u32 = 5;

/// Writers at once.
const WRITERS: u32 = 8;

/// What was written before the kill and answered is there afterwards, and the hash chains of the database are whole.
#[test]
fn no_acknowledged_write_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("waterbus.db");
    let key = create_key(&database, "admin");
    let rounds = std::env::var("WATERBUS_KILL_ROUNDS").ok().map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"));
    let next = AtomicU32::new(0);
    let (mut acknowledged, mut slowest) = (Vec::new(), Duration::ZERO);
    for round in 0..rounds {
        let begun = Instant::now();
        let server = Server::start(&database, &["--jobs", "0"]);
        assert_eq!(server.ask("GET", "/readyz", &key, "").expect("a server that listens is ready").status, 200);
        slowest = slowest.max(begun.elapsed());
        acknowledged.extend(write_until_killed(server, &key, &next, Duration::from_millis(200 + u64::from(round * 137 % 600))));
        check_chains(&database);
    }
    let server = Server::start(&database, &["--jobs", "0"]);
    let known = list_members(&server, &key);
    let lost: Vec<_> = acknowledged.iter().filter(|code| !known.contains(*code)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert!(acknowledged.len() > rounds as usize, "too few writes for a test: {}", acknowledged.len());
    println!(
        "{rounds} kills, {} writes acknowledged, {} stored, ready after at most {slowest:?}",
        acknowledged.len(),
        known.len()
    );
}

/// Codes of the members whose adding was answered with 201 before the server died.
fn write_until_killed(server: Server, key: &str, next: &AtomicU32, after: Duration) -> Vec<String> {
    let written = Mutex::new(Vec::new());
    let address = server.address().to_owned();
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                loop {
                    let code = format!("M{}", next.fetch_add(1, Ordering::Relaxed));
                    let body = format!(r#"{{"code":"{code}","name":"Member","name_zh":"成员"}}"#);
                    match super::server::ask(&address, "POST", "/api/v1/members", key, &body) {
                        Ok(Some(answer)) if answer.status == 201 => written.lock().expect("no writer panicked").push(code),
                        Ok(Some(answer)) => panic!("{answer:?}"),
                        Ok(None) | Err(_) => break,
                    }
                }
            });
        }
        std::thread::sleep(after);
        server.kill();
    });
    written.into_inner().expect("no writer panicked")
}

fn check_chains(database: &Path) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_waterbus"))
        .args(["db", "verify", "--database", &format!("sqlite://{}", database.display())])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}

/// All members, page by page.
fn list_members(server: &Server, key: &str) -> std::collections::BTreeSet<String> {
    let mut known = std::collections::BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let answer = server.ask("GET", &format!("/api/v1/members?limit=200{cursor}"), key, "").expect("an answer");
        let page: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let members = page["items"].as_array().expect("a list of members");
        known.extend(members.iter().map(|member| member["code"].as_str().expect("a code").to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return known,
        }
    }
}
