//! Plans: validators, pages, publishing, comparing, files.

use super::world::{Answer, World, assert_problem, toy_plan};
use axum::body::Body;
use flate2::read::GzDecoder;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::io::Read;

async fn holding(world: &World, path: &str, tag: &str) -> Answer {
    world.send(world.request("GET", path, "public").header("if-none-match", tag).body(Body::empty()).unwrap()).await
}

// the whole document is the stored one: its bytes are those whose hash the chain of plans carries
#[tokio::test]
async fn the_whole_plan_is_the_stored_document_under_its_content_hash() {
    let world = World::new().await;
    let answer = world.get(&format!("/api/v1/plans/{}", world.published), "alliance_planner").await;
    let digest: String = Sha256::digest(&answer.body).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(answer.header("etag"), format!("\"{digest}\""));
    let record = world.get("/api/v1/plans/current/record", "alliance_planner").await.json();
    assert_eq!(record["plan"]["content_hash"], digest);
    assert_eq!(record["publications"][0]["action"], "published");
    let document: waterbus::publish::PlanDocument = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(document.plan, toy_plan("toy-plan.json").plan);
}

#[tokio::test]
async fn a_plan_that_the_client_holds_is_not_sent_again() {
    let world = World::new().await;
    let paths = [
        "/api/v1/plans/current",
        "/api/v1/services",
        "/api/v1/services/S01",
        "/api/v1/plans/current/timetable.csv",
        "/",
        "/openapi.json",
    ];
    for path in paths {
        let first = world.get(path, "public").await;
        let tag = first.header("etag").to_owned();
        assert_eq!((tag.len(), first.header("cache-control")), (66, "public, no-cache"), "{path}");
        for held in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
            let again = holding(&world, path, &held).await;
            assert_eq!((again.status.as_u16(), again.header("etag"), again.body.len()), (304, &*tag, 0), "{path}");
            assert_eq!(again.header("x-content-type-options"), "nosniff");
        }
        assert_eq!(holding(&world, path, "\"other\"").await.status, 200);
        let head = world.send(world.request("HEAD", path, "public").body(Body::empty()).unwrap()).await;
        assert_eq!((head.status.as_u16(), head.header("etag"), head.body.len()), (200, &*tag, 0), "{path}");
    }
    let private = world.get("/api/v1/plans/current", "admin").await;
    assert_eq!(private.header("cache-control"), "private, no-cache", "what a planner sees is not for shared caches");
    assert!(private.header("vary").contains("authorization"));
}

#[tokio::test]
async fn a_packed_answer_unpacks_to_the_plain_one_and_has_its_own_tag() {
    let world = World::new().await;
    for path in ["/api/v1/plans/current", "/api/v1/plans", "/openapi.json"] {
        let plain = world.get(path, "admin").await;
        let request = world.request("GET", path, "admin").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let packed = world.send(request).await;
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(packed.header("etag") != plain.header("etag") || plain.header("etag").is_empty());
        let mut text = Vec::new();
        GzDecoder::new(&packed.body[..]).read_to_end(&mut text).unwrap();
        assert_eq!(text, plain.body, "{path}");
    }
}

#[tokio::test]
async fn plans_are_listed_page_by_page_without_gap_or_repetition() {
    let world = World::new().await;
    let (mut path, mut ids) = ("/api/v1/plans?limit=1".to_owned(), Vec::new());
    loop {
        let answer = world.get(&path, "admin").await;
        let page = answer.json();
        ids.extend(page["items"].as_array().unwrap().iter().map(|plan| plan["id"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert_eq!(answer.header("link"), "");
            break;
        };
        let link = answer.header("link");
        assert!(link.contains(cursor) && link.ends_with("rel=\"next\""), "{link}");
        path = link.split(['<', '>']).nth(1).unwrap().to_owned();
    }
    assert_eq!(ids, [world.draft.clone(), world.published.clone()], "newest first");
    let listed = async |query: &str, caller: &str| -> Vec<String> {
        let page = world.get(&format!("/api/v1/plans?{query}"), caller).await.json();
        page["items"].as_array().unwrap().iter().map(|plan| plan["status"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(listed("status=draft", "port_planner").await, ["draft"]);
    assert_eq!(listed("status=draft", "member").await, Vec::<String>::new());
    assert_eq!(listed("", "public").await, ["published"]);
    assert_eq!(listed(&format!("instance={}&status=published", world.instance), "admin").await, ["published"]);
    assert_eq!(listed("instance=00000000-0000-7000-8000-000000000000", "admin").await, Vec::<String>::new());
    for wrong in ["limit=0", "limit=201", "limit=x", "cursor=", "cursor=a%20b", "status=old", "instance=7", "surprise=1"] {
        assert_problem(&world.get(&format!("/api/v1/plans?{wrong}"), "admin").await, 400);
    }
}

#[tokio::test]
async fn a_published_plan_is_current_at_once_and_a_withdrawn_one_gives_way() {
    let world = World::new().await;
    let current =
        async || world.get("/api/v1/plans/current/record", "admin").await.json()["plan"]["id"].as_str().map(str::to_owned);
    let act = async |plan: &str, what: &str| {
        world.post(&format!("/api/v1/plans/{plan}/{what}"), "alliance_planner", &json!({ "note": "n" })).await
    };
    assert_eq!(current().await.as_ref(), Some(&world.published));
    let published = act(&world.draft, "publish").await;
    assert_eq!((published.status.as_u16(), &published.json()["status"]), (200, &json!("published")), "{}", published.text());
    assert_eq!(current().await.as_ref(), Some(&world.draft));
    assert_eq!(act(&world.draft, "publish").await.status, 200, "published already is no error");
    assert_eq!(act(&world.draft, "withdraw").await.json()["status"], "withdrawn");
    assert_eq!(current().await.as_ref(), Some(&world.published));
    assert_problem(&act(&world.draft, "publish").await, 409);
    assert_problem(&world.get(&format!("/api/v1/plans/{}", world.draft), "shipper").await, 404);
    assert_eq!(act(&world.published, "withdraw").await.status, 200);
    for path in ["/api/v1/plans/current", "/api/v1/services", "/api/v1/terminals/HUB", "/api/v1/services/S01/calendar.ics"] {
        assert_problem(&world.get(path, "public").await, 404);
    }
    let note = json!({ "note": "x".repeat(501) });
    assert_problem(&world.post(&format!("/api/v1/plans/{}/withdraw", world.published), "admin", &note).await, 422);
}

// another server on the same database may publish: this one shows it after its next look
#[tokio::test]
async fn a_plan_that_another_server_published_is_shown_after_a_look() {
    let world = World::new().await;
    world.state.store.publish_plan(&world.draft, "", "another").await.unwrap();
    let (looking, closing) = (tokio::spawn(world.state.clone().keep_fresh()), world.state.clone());
    let mut looks = 0;
    while world.state.current.load().is_none_or(|plan| plan.id != world.draft) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        looks += 1;
        assert!(looks < 1000);
    }
    closing.close();
    looking.await.unwrap();
}

#[tokio::test]
async fn a_request_for_a_plan_is_a_job_and_all_its_errors_are_said_at_once() {
    let world = World::new().await;
    let asked = json!({ "instance_id": world.instance, "seed": 7, "work_limit": 20, "seeds": 2, "start_plan": world.published });
    let answer = world.post("/api/v1/plans", "alliance_planner", &asked).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let job = answer.json();
    assert_eq!(answer.header("location"), format!("/api/v1/jobs/{}", job["id"].as_str().unwrap()));
    assert_eq!((&job["state"], &job["limit"], &job["seeds"]), (&json!("waiting"), &json!({ "work": 20 }), &json!(2)));
    assert_eq!(job["made_by"], world.keys["alliance_planner"].0);
    let wrong =
        json!({ "instance_id": "x", "seed": 1_u64 << 53, "time_limit_s": 0, "work_limit": 0, "seeds": 65, "start_plan": "y" });
    let problem = assert_problem(&world.post("/api/v1/plans", "admin", &wrong).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["seed", "time_limit_s", "work_limit", "seeds", "work_limit", "instance_id", "start_plan"]);
    let unknown = json!({ "instance_id": "00000000-0000-7000-8000-000000000000" });
    assert_problem(&world.post("/api/v1/plans", "admin", &unknown).await, 404);
    assert_problem(&world.post("/api/v1/plans", "admin", &json!({ "instance_id": world.instance, "surprise": 1 })).await, 422);
}

#[tokio::test]
async fn a_job_knows_what_of_its_start_plan_stays_and_refuses_what_the_plan_lacks() {
    let world = World::new().await;
    let asked = |pins: serde_json::Value, start: Option<&String>| json!({ "instance_id": world.instance, "work_limit": 1, "start_plan": start, "pins": pins });
    let pins = json!([{ "service": "S01", "times": true, "calls": [], "meets": [{ "call": 0, "mother_vessel": "OCEAN" }] }]);
    let answer = world.post("/api/v1/plans", "alliance_planner", &asked(pins.clone(), Some(&world.published))).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert_eq!(answer.json()["pins"], pins);
    let without_start = assert_problem(&world.post("/api/v1/plans", "admin", &asked(pins, None)).await, 422);
    assert_eq!(without_start["errors"][0]["field"], "pins");
    let wrong = json!([{ "service": "S99" }, { "service": "S01", "times": true, "calls": [0, 999] }]);
    let problem = assert_problem(&world.post("/api/v1/plans", "admin", &asked(wrong, Some(&world.published))).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["pins[0].service", "pins[1].times", "pins[1].calls"]);
}

#[tokio::test]
async fn a_job_knows_what_counts_beside_money_and_refuses_weights_without_meaning() {
    let world = World::new().await;
    let asked = |weights: serde_json::Value| json!({ "instance_id": world.instance, "work_limit": 1, "weights": weights });
    let some = json!({ "co2_cents_per_t": 50_000.0, "carried_cents_per_teu": 1_000 });
    let answer = world.post("/api/v1/plans", "alliance_planner", &asked(some)).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let all = json!({ "co2_cents_per_t": 50_000, "transit_cents_per_teu_day": 0, "carried_cents_per_teu": 1_000 });
    assert_eq!(answer.json()["weights"], all);
    let wrong = json!({ "co2_cents_per_t": -1, "transit_cents_per_teu_day": 1_000_001, "carried_cents_per_teu": 1_000_000 });
    let problem = assert_problem(&world.post("/api/v1/plans", "admin", &asked(wrong)).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["weights.co2_cents_per_t", "weights.transit_cents_per_teu_day"]);
    for unread in [json!({ "co2": 1 }), json!({ "co2_cents_per_t": 0.5 }), json!(null)] {
        assert_problem(&world.post("/api/v1/plans", "admin", &asked(unread)).await, 422);
    }
}

#[tokio::test]
async fn a_plan_whose_calls_should_stay_has_to_be_named_and_is_asked_for_once() {
    let world = World::new().await;
    let asked = |more: serde_json::Value| {
        let mut body = json!({ "instance_id": world.instance, "work_limit": 1, "stay": true });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let answer = world.post("/api/v1/plans", "alliance_planner", &asked(json!({ "start_plan": world.published }))).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    assert_eq!(answer.json()["stay"], true);
    assert!(answer.json()["from"].as_str().is_some_and(|from| from.ends_with('Z')), "now, where no moment is given");
    let monday = json!({ "start_plan": world.published, "from": "2026-12-07T06:00:00+08:00" });
    let answer = world.post("/api/v1/plans", "alliance_planner", &asked(monday)).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["from"]), (202, &json!("2026-12-06T22:00:00Z")));
    let problem = assert_problem(&world.post("/api/v1/plans", "admin", &asked(json!({ "seeds": 2 }))).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["stay", "seeds"]);
    let free = json!({ "start_plan": world.published, "stay": false, "from": "1999-12-07T06:00:00Z" });
    let problem = assert_problem(&world.post("/api/v1/plans", "admin", &asked(free)).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["from", "from"]);
}

#[tokio::test]
async fn two_plans_are_compared_and_customers_shown_to_the_alliance_only() {
    let world = World::new().await;
    let path = format!("/api/v1/plans/{}/compare/{}", world.published, world.draft);
    let whole = world.get(&path, "alliance_planner").await.json();
    assert!(!whole["cargo_lost"].as_array().unwrap().is_empty());
    let ports = world.get(&path, "port_planner").await.json();
    assert_eq!((&ports["cargo_lost"], &ports["money"]), (&json!([]), &whole["money"]));
    assert_problem(&world.get(&format!("/api/v1/plans/{}/compare/x", world.published), "admin").await, 404);
}

#[tokio::test]
async fn files_say_what_they_are() {
    let world = World::new().await;
    let files = [
        ("timetable.csv", "text/csv; charset=utf-8", &b"service,"[..]),
        ("timetable.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &b"PK"[..]),
        ("slots.csv", "text/csv; charset=utf-8", &b"service,"[..]),
        ("berths.csv", "text/csv; charset=utf-8", &b"terminal,"[..]),
        ("text", "text/plain; charset=utf-8", &b"Water bus"[..]),
    ];
    for (file, media, start) in files {
        let answer = world.get(&format!("/api/v1/plans/current/{file}"), "admin").await;
        assert_eq!(answer.header("content-type"), media);
        assert!(answer.body.starts_with(start), "{file}");
        let again = world.get(&format!("/api/v1/plans/{}/{file}", world.published), "admin").await;
        assert_eq!(again.body, answer.body, "{file}: the same bytes, however it is asked for");
    }
    let calendar = world.get("/api/v1/terminals/HUB/calendar.ics", "public").await;
    assert!(
        calendar.header("content-type").starts_with("text/calendar") && calendar.text().starts_with("BEGIN:VCALENDAR"),
        "{}",
        calendar.text()
    );
    assert!(world.get("/api/v1/services/S01/calendar.ics", "public").await.text().contains("BEGIN:VEVENT"));
}
