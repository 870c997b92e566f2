//! Bookings survive the death of the server: what was confirmed is there, and every request that is sent again gets its first answer.

use super::server::{Server, ask_with, create_key};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Rounds of kills; before a release `WATERBUS_KILL_ROUNDS=50`.
const ROUNDS: u32 = 3;

/// Bookers at once.
const BOOKERS: u32 = 8;

/// An answer as it was acknowledged, by its idempotency key.
type Acknowledged = BTreeMap<String, (String, u16, String)>;

/// Kill after kill under a load of bookings: nothing that was acknowledged is lost, by key everything is answered as it was, and the
/// ledger adds up.
#[test]
fn no_acknowledged_booking_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("waterbus.db");
    let key = create_key(&database, "admin");
    let rounds = std::env::var("WATERBUS_KILL_ROUNDS").ok().map_or(ROUNDS, |rounds| rounds.parse().expect("a number of rounds"));
    let plan = ["--jobs", "0", "--plan", "instances/toy", "tests/http/fixtures/toy-plan.json"];
    let server = Server::start(&database, &plan);
    let routings = find_routings(&server, &key);
    let next = AtomicU32::new(0);
    let mut acknowledged = Acknowledged::new();
    let mut server = Some(server);
    for round in 0..rounds {
        let running = server.take().unwrap_or_else(|| Server::start(&database, &["--jobs", "0"]));
        let after = Duration::from_millis(300 + u64::from(round * 137 % 600));
        acknowledged.extend(book_until_killed(running, &key, &routings, &next, after));
        verify(&database);
    }
    let server = Server::start(&database, &["--jobs", "0"]);
    let confirmed = acknowledged.values().filter(|(_, status, _)| *status == 201).count();
    for (text, (body, status, answer)) in &acknowledged {
        let again = ask_with(server.address(), "POST", "/api/v1/bookings", &key, body, &[("Idempotency-Key", text)]);
        let again = again.expect("the server answers").expect("in full");
        assert_eq!((again.status, &again.body), (*status, answer), "the key {text}");
    }
    let stored = count_bookings(&server, &key);
    assert!(stored >= confirmed, "{confirmed} confirmed, {stored} stored");
    assert!(confirmed > rounds as usize, "too few bookings for a test: {confirmed}");
    verify(&database);
    println!("{rounds} kills, {} answers acknowledged, {confirmed} of them bookings, {stored} stored", acknowledged.len());
}

/// Ways of some weeks, on which the crowd meets.
fn find_routings(server: &Server, key: &str) -> Vec<String> {
    let today = chrono::Utc::now().date_naive();
    let mut routings = Vec::new();
    for week in 2..40 {
        let day = today + chrono::Days::new(7 * week);
        let path = format!("/api/v1/journeys?from=RIV1&to=RIV2&week={day}");
        let answer = server.ask("GET", &path, key, "").expect("an answer");
        let page: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        let items = page["items"].as_array().expect("ways");
        routings.extend(items.iter().map(|way| way["itinerary"]["routing_reference"].as_str().expect("a way").to_owned()));
    }
    assert!(routings.len() > 40);
    routings
}

fn book_until_killed(server: Server, key: &str, routings: &[String], next: &AtomicU32, after: Duration) -> Acknowledged {
    let acknowledged = Mutex::new(Acknowledged::new());
    let address = server.address().to_owned();
    std::thread::scope(|scope| {
        for _ in 0..BOOKERS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let routing = &routings[number as usize * 7 % routings.len()];
                    let if_full = if number.is_multiple_of(3) { "wait" } else { "refuse" };
                    let body = format!(
                        r#"{{"routing_reference":"{routing}","trade":"domestic","teu":1,"weight_kg":9000,"if_full":"{if_full}"}}"#
                    );
                    let text = format!("booking-{number}");
                    match ask_with(&address, "POST", "/api/v1/bookings", key, &body, &[("Idempotency-Key", &text)]) {
                        Ok(Some(answer)) if matches!(answer.status, 201 | 409) => {
                            let known = (body, answer.status, answer.body);
                            acknowledged.lock().expect("no booker panicked").insert(text, known);
                        }
                        Ok(Some(answer)) => panic!("{answer:?}"),
                        Ok(None) | Err(_) => break,
                    }
                }
            });
        }
        std::thread::sleep(after);
        server.kill();
    });
    acknowledged.into_inner().expect("no booker panicked")
}

fn count_bookings(server: &Server, key: &str) -> usize {
    let (mut count, mut cursor) = (0, String::new());
    loop {
        let answer = server.ask("GET", &format!("/api/v1/bookings?limit=200{cursor}"), key, "").expect("an answer");
        let page: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        count += page["items"].as_array().expect("bookings").len();
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return count,
        }
    }
}

/// Every hash and every sum of the database.
fn verify(database: &Path) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_waterbus"))
        .args(["db", "verify", "--database", &format!("sqlite://{}", database.display())])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
}
