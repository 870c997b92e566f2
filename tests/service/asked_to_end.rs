//! A server that is asked to end does so within its bound, whatever its clients and its worker are at, and loses nothing it promised.

use super::server::{Server, create_key};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

/// The bound, and room for a busy machine to start and end programs.
const BOUND: Duration = Duration::from_secs(5 + 3);

/// Clients that neither go on nor go away: each alone would hold up a server that waits for its clients.
#[test]
fn clients_that_linger_do_not_hold_the_end_up() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("waterbus.db");
    let key = create_key(&database, "admin");
    let server = Server::start(&database, &["--jobs", "0"]);
    let mut unused = connect(&server);
    let mut kept_alive = connect(&server);
    send(&mut kept_alive, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut status = [0; 12];
    kept_alive.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    let mut half_a_head = connect(&server);
    send(&mut half_a_head, "GET /healthz HT");
    let mut half_a_body = connect(&server);
    let head = format!("POST /api/v1/members HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n");
    send(&mut half_a_body, &format!("{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
    let mut slow_reader = connect(&server);
    for _ in 0..64 {
        send(&mut slow_reader, "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    let took = server.terminate();
    assert!(took < BOUND, "{took:?}");
    assert_eq!(unused.read(&mut [0; 1]).unwrap_or(0), 0, "the connection is closed");
}

/// A search that runs is given back to the queue, a watcher's stream ends, and the job is taken up again by the next server.
#[test]
fn a_running_search_is_given_back_and_taken_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("waterbus.db");
    let key = create_key(&database, "admin");
    let server = Server::start(&database, &["--threads", "1"]);
    let job = ask_for_a_plan(&server, &key);
    let mut watcher = connect(&server);
    send(&mut watcher, &format!("GET {job}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n\r\n"));
    let mut events = BufReader::new(watcher);
    read_until(&mut events, "running");
    let took = server.terminate();
    assert!(took < BOUND, "{took:?}");
    let mut rest = String::new();
    // cut off or ended well: the stream is over
    let _ = events.read_to_string(&mut rest);

    let server = Server::start(&database, &["--jobs", "0"]);
    assert_eq!(read_job(&server, &key, &job)["state"], "queued");
    server.kill();
    let server = Server::start(&database, &["--threads", "1"]);
    let mut watcher = connect(&server);
    send(&mut watcher, &format!("GET {job}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key}\r\n\r\n"));
    read_until(&mut BufReader::new(watcher), "\"attempt\":2");
    assert_eq!(read_job(&server, &key, &job)["state"], "running");
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket has a timeout");
    stream
}

fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).expect("the server reads");
}

/// A search of many minutes; the address of its job.
fn ask_for_a_plan(server: &Server, key: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/pearl-delta");
    let files = std::fs::read_dir(folder).expect("the instance is there").map(|file| file.expect("a file").path());
    let tables: serde_json::Map<String, serde_json::Value> = files
        .filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "toml"))
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a table is text").into())
        })
        .collect();
    let body = serde_json::json!({ "tables": tables }).to_string();
    let answer = server.ask("POST", "/api/v1/instances", key, &body).expect("an answer");
    assert_eq!(answer.status, 201, "{answer:?}");
    let instance: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let body = serde_json::json!({ "instance_id": instance["instance"]["id"], "time_limit_s": 900 }).to_string();
    let answer = server.ask("POST", "/api/v1/plans", key, &body).expect("an answer");
    assert_eq!(answer.status, 202, "{answer:?}");
    let job: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    format!("/api/v1/jobs/{}", job["id"].as_str().expect("an identifier"))
}

fn read_job(server: &Server, key: &str, job: &str) -> serde_json::Value {
    let answer = server.ask("GET", job, key, "").expect("an answer");
    serde_json::from_str(&answer.body).expect("JSON")
}

/// Reads events until one holds the text.
fn read_until(events: &mut impl BufRead, text: &str) {
    let mut seen = String::new();
    while !seen.contains(text) {
        assert!(events.read_line(&mut seen).expect("the stream goes on") > 0, "the stream ended:\n{seen}");
    }
}
