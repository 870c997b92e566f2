//! Jobs: watched, resumed, cancelled.

use super::world::{Answer, World, assert_problem};
use axum::body::Body;
use serde_json::json;
use std::time::Duration;

/// Identifiers and kinds of the events of a stream that ended.
fn events(answer: &Answer) -> Vec<(u32, String)> {
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/event-stream"));
    let blocks = answer.text();
    let field =
        |block: &str, name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
    let event = |block: &str| Some((field(block, "id:")?.parse().unwrap(), field(block, "event:")?));
    blocks.split("\n\n").filter_map(event).collect()
}

async fn watch(world: &World, after: Option<&str>) -> Answer {
    let request = world.request("GET", &format!("/api/v1/jobs/{}/events", world.job), "port_planner");
    let request = after.iter().fold(request, |request, after| request.header("last-event-id", *after));
    world.send(request.body(Body::empty()).unwrap()).await
}

async fn cancel(world: &World) -> Answer {
    world.send(world.request("DELETE", &format!("/api/v1/jobs/{}", world.job), "admin").body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_watcher_sees_the_job_end_and_goes_on_where_it_was() {
    let world = World::new().await;
    let watching = async { watch(&world, None).await };
    let cancelling = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        cancel(&world).await
    };
    let (seen, cancelled) = tokio::join!(watching, cancelling);
    assert_eq!((cancelled.status.as_u16(), &cancelled.json()["state"]), (202, &json!("cancelled")), "{}", cancelled.text());
    assert_eq!(events(&seen), [(1, "state".to_owned()), (2, "state".to_owned())]);
    assert!(seen.text().contains("cancelled"));
    assert_eq!(events(&watch(&world, Some("1")).await), [(2, "state".to_owned())]);
    assert_eq!(events(&watch(&world, Some("2")).await), []);
    assert_problem(&watch(&world, Some("x")).await, 400);
    assert_problem(&watch(&world, Some("1234567890123456789")).await, 400);
    assert_eq!(cancel(&world).await.json()["state"], "cancelled", "through already is no error");
}

#[tokio::test]
async fn a_stream_ends_after_its_time_and_when_the_service_closes() {
    let world = World::with(|settings| settings.limits.stream_time = Duration::from_millis(300)).await;
    assert_eq!(events(&watch(&world, None).await), [(1, "state".to_owned())]);
    let world = World::new().await;
    world.state.close();
    assert_eq!(events(&watch(&world, None).await), [(1, "state".to_owned())]);
}

#[tokio::test]
async fn only_so_many_watch_at_once() {
    let world = World::with(|settings| settings.limits.streams_at_once = 0).await;
    assert_problem(&watch(&world, None).await, 503);
}

#[tokio::test]
async fn a_request_of_several_seeds_is_cancelled_with_its_parts() {
    let world = World::new().await;
    let asked = json!({ "instance_id": world.instance, "work_limit": 1, "seeds": 3 });
    let job = world.post("/api/v1/plans", "admin", &asked).await.json();
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    let states = async |state: &str| {
        let page = world.get(&format!("/api/v1/jobs?state={state}"), "admin").await.json();
        page["items"].as_array().unwrap().len()
    };
    assert_eq!((states("waiting").await, states("queued").await), (1, 4));
    world.send(world.request("DELETE", &path, "admin").body(Body::empty()).unwrap()).await;
    assert_eq!((states("waiting").await, states("queued").await, states("cancelled").await), (0, 1, 4));
    assert_problem(&world.get("/api/v1/jobs?state=late", "admin").await, 400);
    assert_problem(&world.get("/api/v1/jobs/00000000-0000-7000-8000-000000000000", "admin").await, 404);
    assert_problem(&world.get("/api/v1/jobs/NOTHING", "admin").await, 404);
}
