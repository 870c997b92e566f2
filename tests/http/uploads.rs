//! Instances on their way in.

use super::world::{Answer, World, assert_problem, toy_tables};
use axum::body::Body;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(folder: &str, tables: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in tables {
        writer.start_file(format!("{folder}{name}"), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn as_json(tables: &BTreeMap<String, Vec<u8>>) -> Value {
    let texts: BTreeMap<_, _> = tables.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes))).collect();
    json!({ "tables": texts })
}

async fn send(world: &World, media: &str, body: Vec<u8>) -> Answer {
    let request = world.request("POST", "/api/v1/instances", "alliance_planner").header("content-type", media);
    world.send(request.body(Body::from(body)).unwrap()).await
}

/// Another instance than the world's: the same tables under another title.
fn others() -> BTreeMap<String, Vec<u8>> {
    let mut tables = toy_tables();
    let settings = String::from_utf8(tables["instance.toml"].clone()).unwrap();
    let renamed = settings.lines().map(|line| if line.starts_with("title") { "title = \"Another toy\"" } else { line });
    tables.insert("instance.toml".to_owned(), renamed.collect::<Vec<_>>().join("\n").into_bytes());
    tables
}

#[tokio::test]
async fn an_instance_comes_as_zip_or_json_and_is_known_the_second_time() {
    let world = World::new().await;
    let mut folder = others();
    folder.insert("README.md".to_owned(), b"hello".to_vec());
    let first = send(&world, "application/zip", zipped("toy/", &folder)).await;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!((&first.json()["left_out"], &first.json()["instance"]["title"]), (&json!(["README.md"]), &json!("Another toy")));
    let again = world.post("/api/v1/instances", "admin", &as_json(&others())).await;
    assert_eq!((again.status.as_u16(), &again.json()["instance"]), (200, &first.json()["instance"]));
    let found = world.get(again.header("location"), "admin").await;
    assert_eq!(found.json(), first.json()["instance"]);
    let listed = world.get("/api/v1/instances?limit=1", "admin").await.json();
    assert_eq!((&listed["items"][0], listed["next_cursor"].is_string()), (&first.json()["instance"], true));
}

// a planner mends a file once, not error by error: each has its code, place and way out
#[tokio::test]
async fn all_errors_of_an_instance_come_back_at_once() {
    let world = World::new().await;
    let mut tables = toy_tables();
    let demand = String::from_utf8(tables["demand.csv"].clone()).unwrap();
    tables.insert(
        "demand.csv".to_owned(),
        demand.replace("EX3,RIV3,HUB", "EX3,RIV9,HUB").replace("dry,20,10,280", "dry,x,10,280").into_bytes(),
    );
    tables.remove("links.csv");
    tables.insert("boats.csv".to_owned(), b"a,b\n".to_vec());
    for answer in [
        send(&world, "application/zip", zipped("", &tables)).await,
        world.post("/api/v1/instances", "admin", &as_json(&tables)).await,
    ] {
        let problem = assert_problem(&answer, 422);
        let errors = problem["errors"].as_array().unwrap();
        let files: Vec<&str> = errors.iter().map(|error| error["file"].as_str().unwrap()).collect();
        assert!(files.contains(&"links.csv") && files.contains(&"demand.csv") && files.contains(&"boats.csv"), "{files:?}");
        let cell = errors.iter().find(|error| error["field"] == "teu_per_week").unwrap();
        assert!(cell["code"].as_str().unwrap().starts_with('I') && cell["line"] == 5 && cell["help"].is_string(), "{cell}");
    }
    assert_eq!(world.get("/api/v1/instances", "admin").await.json()["items"].as_array().unwrap().len(), 1, "nothing is kept");
}

#[tokio::test]
async fn what_is_no_instance_is_refused_with_its_reason() {
    let world = World::with(|settings| {
        settings.limits.upload_bytes = 20_000;
        settings.limits.unpacked_bytes = 30_000;
    })
    .await;
    assert_problem(&send(&world, "text/csv", b"a,b".to_vec()).await, 415);
    assert_problem(&send(&world, "", b"a,b".to_vec()).await, 415);
    assert_problem(&send(&world, "application/json", b"{".to_vec()).await, 400);
    assert_problem(&send(&world, "application/json", b"{\"tables\": 7}".to_vec()).await, 422);
    assert_problem(&send(&world, "application/json", b"{\"tables\": {\"../a.csv\": \"\"}}".to_vec()).await, 422);
    assert_problem(&send(&world, "application/json", b"{\"tables\": {}, \"more\": 1}".to_vec()).await, 422);
    assert_problem(&send(&world, "application/zip", b"PK, not quite".to_vec()).await, 422);
    assert_problem(&send(&world, "application/zip", vec![b'x'; 20_001]).await, 413);
    assert_problem(&send(&world, "application/json", vec![b' '; 20_001]).await, 413);
    let bomb = zipped("", &BTreeMap::from([("demand.csv".to_owned(), vec![b'0'; 10_000_000])]));
    assert!(bomb.len() < 20_000);
    let problem = assert_problem(&send(&world, "application/zip", bomb).await, 422);
    assert!(problem["errors"][0]["message"].as_str().unwrap().contains("more than 30000 bytes"), "{problem}");
}

#[tokio::test]
async fn only_so_many_instances_are_read_at_once() {
    let world = World::with(|settings| settings.limits.uploads_at_once = 0).await;
    let answer = send(&world, "application/zip", zipped("", &toy_tables())).await;
    assert_problem(&answer, 503);
    assert_eq!(answer.header("retry-after"), "1");
}
