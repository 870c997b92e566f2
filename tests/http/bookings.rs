//! Bookings over HTTP: from the search to the papers, who sees whose, and what a publication means for them.

use super::world::{Answer, OTHER_MEMBER, OWN_MEMBER, World, assert_problem};
use axum::body::Body;
use axum::http::header;
use chrono::{Datelike, Days, NaiveDate, Utc};
use serde_json::{Value, json};
use waterbus::domain::{Cents, Tariff};

/// A Monday so many weeks from now; bookings of different weeks never meet.
pub fn week(ahead: u64) -> String {
    let today = Utc::now().date_naive();
    let monday = 21 - u64::from(today.weekday().num_days_from_monday());
    today.checked_add_days(Days::new(monday + 7 * ahead)).unwrap().to_string()
}

/// Ways of a week, as somebody sees them.
async fn ways(world: &World, caller: &str, query: &str) -> Vec<Value> {
    let answer = world.get(&format!("/api/v1/journeys?{query}"), caller).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["items"].as_array().unwrap().clone()
}

/// The first way from RIV1 to RIV2 of a week: three or seventeen open slots, and a member's own.
pub async fn routing(world: &World, ahead: u64) -> String {
    let found = ways(world, "admin", &format!("from=RIV1&to=RIV2&week={}", week(ahead))).await;
    found[0]["itinerary"]["routing_reference"].as_str().unwrap().to_owned()
}

pub fn booking(routing: &str, teu: u32, if_full: &str) -> Value {
    json!({ "routing_reference": routing, "trade": "domestic", "teu": teu, "weight_kg": teu * 9_000, "reference": "PO 4711",
        "if_full": if_full })
}

/// Sends a booking under a key.
pub async fn send(world: &World, caller: &str, key: &str, body: &Value) -> Answer {
    let request = world.request("POST", "/api/v1/bookings", caller).header(header::CONTENT_TYPE, "application/json");
    world.send(request.header("idempotency-key", key).body(Body::from(body.to_string())).unwrap()).await
}

/// A booking that is made.
pub async fn make(world: &World, caller: &str, body: &Value) -> Value {
    static NUMBER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let key = format!("test-{}", NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    let answer = send(world, caller, &key, body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

pub async fn act(world: &World, caller: &str, booking: &Value, act: &str) -> Answer {
    let path = format!("/api/v1/bookings/{}/{act}", booking["id"].as_str().unwrap());
    world.send(world.request("POST", &path, caller).body(Body::empty()).unwrap()).await
}

async fn look(world: &World, caller: &str, booking: &Value) -> Value {
    world.get(&format!("/api/v1/bookings/{}", booking["id"].as_str().unwrap()), caller).await.json()
}

/// The open slots of the leg of a way.
async fn open_slots(world: &World, routing: &str, caller: &str, field: &str) -> i64 {
    let found: Vec<i64> = {
        let mut free = Vec::new();
        for ahead in 0..40 {
            let all = ways(world, caller, &format!("from=RIV1&to=RIV2&week={}", week(ahead))).await;
            free.extend(
                all.iter().filter(|way| way["itinerary"]["routing_reference"] == routing).map(|way| way[field].as_i64().unwrap()),
            );
        }
        free
    };
    found[0]
}

/// A list as the toy could have.
pub fn tariff() -> Tariff {
    Tariff {
        currency: "RMB".to_owned(),
        freight_cents_per_teu: Cents(15_000),
        freight_cents_per_teu_km: Cents(150),
        empty_freight_percent: 60,
        document_cents: Cents(5_000),
        ..Tariff::default()
    }
}

async fn put(world: &World, path: &str, caller: &str, if_match: Option<&str>, body: &Value) -> Answer {
    let request = world.request("PUT", path, caller).header(header::CONTENT_TYPE, "application/json");
    let request = if_match.map_or(world.request("PUT", path, caller), |tag| request.header(header::IF_MATCH, tag));
    world.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()).await
}

/// The whole way of a shipper: what sails, is there room, what does it cost, have it, hold the papers, give it back.
#[tokio::test]
async fn a_shipper_finds_a_way_books_it_and_holds_its_papers() {
    let world = World::new().await;
    let list = serde_json::to_value(tariff()).unwrap();
    assert_eq!(put(&world, "/api/v1/tariff", "alliance_planner", None, &list).await.status, 200);
    let found = ways(&world, "shipper", &format!("from=RIV1&to=RIV2&week={}&teu=2&weight_kg=20000", week(0))).await;
    let way = &found[0];
    assert_eq!((way["transshipments"].as_i64(), way["has_room"].as_bool()), (Some(0), Some(true)), "{way}");
    let free = way["free_teu"].as_i64().unwrap();
    // 30 km: 150 RMB and 30 times 1.5 RMB a TEU, and the papers
    assert_eq!(way["quote"]["total_cents"], 2 * (15_000 + 30 * 150) + 5_000);
    assert!(way["footprint"]["co2e_g"].as_i64().unwrap() > 0);
    let routing = way["itinerary"]["routing_reference"].as_str().unwrap();
    let answer = send(&world, "shipper", "first", &booking(routing, 2, "refuse")).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let booked = answer.json();
    assert_eq!((booked["state"].as_str(), booked["version"].as_i64()), (Some("CONFIRMED"), Some(1)));
    assert_eq!(booked["quote"], way["quote"]);
    assert_eq!(booked["itinerary"], way["itinerary"]);
    assert_eq!(answer.header("location"), format!("/api/v1/bookings/{}", booked["id"].as_str().unwrap()));
    assert_eq!(open_slots(&world, routing, "shipper", "free_teu").await, free - 2);
    let path = answer.header("location").to_owned();
    let calendar = world.get(&format!("{path}/calendar.ics"), "shipper").await.text();
    assert!(calendar.contains("Toy River Port 1") && calendar.contains("STATUS:CONFIRMED"), "{calendar}");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 3);
    let page = world.get(&format!("{path}/confirmation"), "shipper").await.text();
    for text in ["CONFIRMED", "PO 4711", "Toy River Port 2", "440.00", "Freight S01"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let cancelled = act(&world, "shipper", &booked, "cancel").await;
    assert_eq!(cancelled.json()["state"], "CANCELLED");
    assert_eq!(open_slots(&world, routing, "shipper", "free_teu").await, free);
    let events = world.get(&format!("{path}/events"), "shipper").await.json();
    let acts: Vec<&str> = events["events"].as_array().unwrap().iter().map(|event| event["act"].as_str().unwrap()).collect();
    assert_eq!(acts, ["book", "cancel"]);
    assert_problem(&act(&world, "shipper", &booked, "cancel").await, 409);
    assert_eq!(world.state.store.verify().await.unwrap(), []);
}

/// A lost answer is asked for again; nothing is booked twice, and a key is never taken for another request.
#[tokio::test]
async fn the_same_key_gets_the_same_bytes() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let body = booking(&routing, 1, "refuse");
    let request = world.request("POST", "/api/v1/bookings", "shipper").header(header::CONTENT_TYPE, "application/json");
    assert_problem(&world.send(request.body(Body::from(body.to_string())).unwrap()).await, 400);
    let first = send(&world, "shipper", "key-1", &body).await;
    let again = send(&world, "shipper", "key-1", &body).await;
    assert_eq!((first.status, &first.body), (again.status, &again.body));
    // the same request with its fields in another order
    let turned = json!({ "if_full": "refuse", "weight_kg": 9_000, "teu": 1.0, "reference": "PO 4711", "trade": "domestic",
        "routing_reference": routing, "cargo": "dry" });
    assert_eq!(send(&world, "shipper", "key-1", &turned).await.body, first.body);
    let other = assert_problem(&send(&world, "shipper", "key-1", &booking(&routing, 2, "refuse")).await, 422);
    assert_eq!(other["errors"][0]["code"], "H-KEY");
    assert_ne!(send(&world, "member", "key-1", &body).await.body, first.body, "another caller's key");
    let listed = world.get("/api/v1/bookings", "shipper").await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let full = send(&world, "shipper", "key-2", &booking(&routing, 500, "refuse")).await;
    assert_eq!(assert_problem(&full, 409)["errors"][0]["code"], "H-FULL");
    assert_eq!(send(&world, "shipper", "key-2", &booking(&routing, 500, "refuse")).await.body, full.body);
    // an answer stands, also when its plan is no longer published
    world.state.store.withdraw_plan(&world.published, "", "test").await.unwrap();
    world.state.refresh().await.unwrap();
    assert_eq!(send(&world, "shipper", "key-1", &body).await.body, first.body);
    assert_problem(&send(&world, "shipper", "key-3", &body).await, 404);
}

/// Whoever waits is served in order when slots come free, and says yes or no.
#[tokio::test]
async fn whoever_waits_is_offered_what_comes_free() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let free = u32::try_from(open_slots(&world, &routing, "shipper", "free_teu").await).unwrap();
    let holder = make(&world, "admin", &booking(&routing, free, "refuse")).await;
    let waiting = make(&world, "shipper", &booking(&routing, free, "wait")).await;
    let second = make(&world, "shipper", &booking(&routing, 1, "wait")).await;
    assert_eq!((waiting["state"].as_str(), second["state"].as_str()), (Some("RECEIVED"), Some("RECEIVED")));
    let path = format!("/api/v1/bookings/{}/events", second["id"].as_str().unwrap());
    assert_eq!(world.get(&path, "shipper").await.json()["waiting_before"], 1);
    assert_problem(&act(&world, "shipper", &waiting, "accept").await, 409);
    act(&world, "admin", &holder, "cancel").await;
    let offered = look(&world, "shipper", &waiting).await;
    assert_eq!(offered["state"], "PENDING_UPDATE");
    assert!(offered["offer_until"].as_str() <= offered["closes_at"].as_str());
    assert_eq!(act(&world, "shipper", &waiting, "decline").await.json()["state"], "REJECTED");
    assert_eq!(look(&world, "shipper", &second).await["state"], "PENDING_UPDATE");
    assert_eq!(act(&world, "shipper", &second, "accept").await.json()["state"], "CONFIRMED");
}

#[tokio::test]
async fn an_amendment_names_the_version_it_changes() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let booked = make(&world, "shipper", &booking(&routing, 1, "refuse")).await;
    let path = format!("/api/v1/bookings/{}", booked["id"].as_str().unwrap());
    let more = json!({ "routing_reference": routing, "teu": 2, "weight_kg": 1000 });
    assert_problem(&put(&world, &path, "shipper", None, &more).await, 428);
    assert_problem(&put(&world, &path, "shipper", Some("\"7\""), &more).await, 412);
    let amended = put(&world, &path, "shipper", Some("\"1\""), &more).await;
    assert_eq!(amended.status, 200, "{}", amended.text());
    assert_eq!((amended.json()["teu"].as_i64(), amended.header("etag")), (Some(2), "\"2\""));
    assert_problem(
        &put(&world, &path, "shipper", Some("\"2\""), &json!({ "routing_reference": routing, "teu": 900, "weight_kg": 0 })).await,
        409,
    );
    let elsewhere = ways(&world, "member", &format!("from=HUB&to=RIV1&week={}&trade=import", week(0))).await;
    let elsewhere = &elsewhere[0]["itinerary"]["routing_reference"];
    let other_ends = json!({ "routing_reference": elsewhere, "teu": 1, "weight_kg": 0 });
    assert_problem(&put(&world, &path, "shipper", Some("\"2\""), &other_ends).await, 422);
    let held = world
        .send(world.request("GET", &path, "shipper").header(header::IF_NONE_MATCH, "\"2\"").body(Body::empty()).unwrap())
        .await;
    assert_eq!(held.status, 304);
}

/// All that is wrong with a request is said, in one answer.
#[tokio::test]
async fn wrong_bookings_and_questions_are_refused_with_their_faults() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let wrong = json!({ "routing_reference": routing, "trade": "domestic", "teu": 0, "weight_kg": 1_000_000, "reference": "a\nb",
        "member": OTHER_MEMBER });
    let problem = assert_problem(&send(&world, "shipper", "k", &wrong).await, 422);
    let fields: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["teu", "weight_kg", "reference", "member"]);
    for (caller, member, status) in [
        ("member", OTHER_MEMBER, 422),
        ("member", OWN_MEMBER, 201),
        ("admin", "NOBODY", 404),
        ("alliance_planner", OTHER_MEMBER, 201),
    ] {
        let mut body = booking(&routing, 1, "refuse");
        body["member"] = json!(member);
        assert_eq!(send(&world, caller, &format!("{caller}{member}"), &body).await.status, status, "{caller} {member}");
    }
    for way in ["", "S01", "S01-2601R-1-2-3", "S99-2601R-1-2", "S01-2601R-2-2", &format!("{routing}+{routing}")] {
        assert_problem(&send(&world, "shipper", &format!("way{way}"), &booking(way, 1, "refuse")).await, 422);
    }
    let past = booking("S01-2501R-2-3", 1, "refuse");
    assert_eq!(assert_problem(&send(&world, "shipper", "past", &past).await, 409)["errors"][0]["code"], "H-CLOSED");
    for (query, status) in [
        ("from=RIV1&to=NOWHERE", 422),
        ("from=RIV1", 422),
        ("from=RIV1&to=RIV2&teu=0", 422),
        ("from=RIV1&to=RIV2&trade=smuggled", 422),
        ("from=RIV1&to=RIV2&week=2026-12-07&depart=2026-12-07T00:00:00Z", 422),
        ("from=RIV1&mother_vessel=TITANIC", 422),
        ("from=RIV1&to=RIV2&week=9999-01-01", 422),
        ("from=RIV1&to=RIV2&depart=soon", 400),
        ("from=RIV1&to=RIV2&limit=0", 400),
        ("from=RIV1&to=RIV2&color=red", 400),
    ] {
        assert_problem(&world.get(&format!("/api/v1/journeys?{query}"), "shipper").await, status);
    }
    let terms = json!({ "box_cut_off_h": -1, "customs_cut_off_h": 0, "return_h": 9999, "offer_h": 1, "overbooking_percent": 51 });
    let problem = assert_problem(&put(&world, "/api/v1/booking-terms", "admin", None, &terms).await, 422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
    // a whole number is one however it is written (JSON Schema 2020-12, 6.1.1), and a half is none
    let mut terms =
        json!({ "box_cut_off_h": 4, "customs_cut_off_h": 0.0, "return_h": 156.0, "offer_h": 1, "overbooking_percent": 0 });
    let answer = put(&world, "/api/v1/booking-terms", "admin", None, &terms).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["return_h"]), (200, &json!(156)), "{}", answer.text());
    terms["return_h"] = json!(156.5);
    assert_problem(&put(&world, "/api/v1/booking-terms", "admin", None, &terms).await, 422);
    let mut list = serde_json::to_value(tariff()).unwrap();
    list["document_cents"] = json!(4_000.0);
    let answer = put(&world, "/api/v1/tariff", "admin", None, &list).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["document_cents"]), (200, &json!(4_000)), "{}", answer.text());
    list["document_cents"] = json!(-1);
    assert_problem(&put(&world, "/api/v1/tariff", "admin", None, &list).await, 422);
}

/// Arriving by a mother vessel's cut-off; and page by page the same ways as at once.
#[tokio::test]
async fn ways_meet_the_mother_vessel_and_come_in_pages() {
    let world = World::new().await;
    // the ship is berthed at minute 5760 of the week, and barges are there 12 hours before: Thursday 12:00 in Asia/Shanghai
    let cut_off = |monday: &str| format!("{}T04:00:00Z", monday.parse::<NaiveDate>().unwrap() + Days::new(3));
    let arrive = format!("from=RIV3&to=HUB&trade=export&arrive={}", cut_off(&week(0)));
    let found = ways(&world, "shipper", &arrive).await;
    assert!(found.len() > 1, "two sailings a week, for two weeks and more");
    for way in &found {
        assert!(way["arrival"].as_str().unwrap() <= cut_off(&week(0)).as_str(), "{way}");
        assert!(way["itinerary"]["hand_over_by"].as_str().unwrap() >= Utc::now().format("%FT%TZ").to_string().as_str(), "{way}");
        assert_eq!(way["cleared"], Value::Null, "one clearance with the hub");
    }
    let today = Utc::now() + chrono::TimeDelta::hours(8);
    let monday = today.date_naive() - Days::new(u64::from(today.weekday().num_days_from_monday()));
    let next = [monday, monday + Days::new(7)].map(|monday| cut_off(&monday.to_string()));
    let next = next.iter().find(|at| **at > Utc::now().format("%FT%TZ").to_string()).unwrap();
    let by_time = ways(&world, "shipper", &format!("from=RIV3&to=HUB&trade=export&arrive={next}")).await;
    assert_eq!(ways(&world, "shipper", "from=RIV3&mother_vessel=OCEAN&trade=export").await, by_time, "the ship that comes next");
    let all = ways(&world, "shipper", &format!("from=RIV1&to=RIV2&depart={}T00:00:00Z", week(0))).await;
    assert!(all.len() > 2);
    let (mut paged, mut next) =
        (Vec::new(), Some(format!("/api/v1/journeys?from=RIV1&to=RIV2&depart={}T00:00:00Z&limit=1", week(0))));
    while let Some(path) = next {
        let answer = world.get(&path, "shipper").await;
        paged.extend(answer.json()["items"].as_array().unwrap().clone());
        next = answer.header("link").strip_prefix('<').map(|link| link.split('>').next().unwrap().to_owned());
    }
    assert_eq!(paged, all);
}

/// No field of another's booking is ever told, nor that there is one.
#[tokio::test]
async fn nobody_sees_anothers_bookings() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let mut of_other_member = booking(&routing, 1, "refuse");
    of_other_member["member"] = json!(OTHER_MEMBER);
    let others = [make(&world, "admin", &of_other_member).await, make(&world, "admin", &booking(&routing, 1, "refuse")).await];
    for caller in ["member", "shipper"] {
        for other in &others {
            let id = other["id"].as_str().unwrap();
            for path in ["", "/events", "/calendar.ics", "/confirmation"] {
                assert_problem(&world.get(&format!("/api/v1/bookings/{id}{path}"), caller).await, 404);
            }
            for what in ["cancel", "accept", "decline"] {
                assert_problem(&act(&world, caller, other, what).await, 404);
            }
            let body = json!({ "routing_reference": routing, "teu": 1, "weight_kg": 0 });
            assert_problem(&put(&world, &format!("/api/v1/bookings/{id}"), caller, Some("\"1\""), &body).await, 404);
        }
        assert_eq!(world.get("/api/v1/bookings", caller).await.json()["items"], json!([]));
        let own = make(&world, caller, &booking(&routing, 1, "refuse")).await;
        let listed = world.get("/api/v1/bookings?state=CONFIRMED", caller).await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        assert_eq!(listed["items"][0]["id"], own["id"]);
    }
    let all = world.get("/api/v1/bookings?limit=3", "alliance_planner").await;
    assert_eq!(all.json()["items"].as_array().unwrap().len(), 3);
    let next = all.header("link").split(['<', '>']).nth(1).unwrap().to_owned();
    assert_eq!(world.get(&next, "alliance_planner").await.json()["items"].as_array().unwrap().len(), 1);
    // a member finds what was booked through it, whoever did that
    let mut through = booking(&routing, 1, "refuse");
    through["member"] = json!(OWN_MEMBER);
    let through = make(&world, "alliance_planner", &through).await;
    assert_eq!(look(&world, "member", &through).await["member"], OWN_MEMBER);
}

/// Members find their own allotment; what the plan leaves free is everybody's.
#[tokio::test]
async fn free_slots_are_those_of_the_ledger() {
    let world = World::new().await;
    let routing = routing(&world, 0).await;
    let path = format!("/api/v1/availability?date={}&service=S01", week(0));
    let leg = async |caller: &str| {
        let legs = world.get(&path, caller).await.json()["legs"].as_array().unwrap().clone();
        legs.into_iter().find(|leg| leg["from"] == "RIV1" && leg["free_teu"].as_i64() != Some(0)).unwrap()
    };
    let before = leg("member").await;
    assert!(before["own_free_teu"].as_i64().unwrap() > 20);
    assert!(leg("shipper").await.get("own_free_teu").is_none());
    make(&world, "member", &booking(&routing, 4, "refuse")).await;
    let all = world.get(&path, "member").await.json();
    let after = leg("member").await;
    let own = |leg: &Value| leg["own_free_teu"].as_i64().unwrap();
    assert_eq!((own(&after), &after["free_teu"]), (own(&before) - 4, &before["free_teu"]), "of its own, and no open ones");
    assert_eq!(all["overbooking_percent"], 0);
}

/// Bookings follow to the timetable that is published: by the same times, by another way that keeps the promise, or they are told why not.
#[tokio::test]
async fn bookings_follow_to_the_new_timetable_and_nobody_is_dropped_silently() {
    let world = World::new().await;
    let import = ways(&world, "member", &format!("from=HUB&to=RIV1&week={}&trade=import", week(0))).await;
    let import =
        json!({ "routing_reference": import[0]["itinerary"]["routing_reference"], "trade": "import", "teu": 2, "weight_kg": 0 });
    let moves = make(&world, "member", &import).await;
    let routing = routing(&world, 0).await;
    let strands = make(&world, "shipper", &booking(&routing, 1, "refuse")).await;
    let waits = make(&world, "shipper", &booking(&routing, 60, "wait")).await;
    let publish = format!("/api/v1/plans/{}/publish", world.draft);
    assert_eq!(world.post(&publish, "alliance_planner", &json!({})).await.status, 200);
    let moved = look(&world, "member", &moves).await;
    assert_eq!((moved["state"].as_str(), moved["plan_id"].as_str()), (Some("CONFIRMED"), Some(world.draft.as_str())));
    assert_eq!(moved["itinerary"]["rides"][0]["service"], "S03", "another service at the times that were promised");
    assert_eq!(moved["itinerary"]["rides"][0]["departure"], moves["itinerary"]["rides"][0]["departure"]);
    let stranded = look(&world, "shipper", &strands).await;
    assert_eq!((stranded["state"].as_str(), stranded["reason"].as_str()), (Some("PENDING_AMENDMENT"), Some("no_way")));
    assert_eq!(look(&world, "shipper", &waits).await["state"], "REJECTED");
    let carried = world.get(&format!("/api/v1/plans/{}/carried-bookings", world.draft), "alliance_planner").await.json();
    let outcomes: Vec<(&str, &str)> = carried["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["booking_id"].as_str().unwrap(), row["outcome"].as_str().unwrap()))
        .collect();
    let expected = [(&moves, "moved"), (&strands, "stranded"), (&waits, "stranded")]
        .map(|(it, outcome)| (it["id"].as_str().unwrap(), outcome));
    assert_eq!(outcomes, expected);
    let own = world.get(&format!("/api/v1/plans/{}/carried-bookings", world.draft), "member").await.json();
    assert_eq!(own["items"].as_array().unwrap().len(), 1, "a member is told of its own");
    // the old way is refused, whoever has it in hand
    assert_problem(&send(&world, "shipper", "late", &booking(&routing, 1, "refuse")).await, 422);
    // taken back, everything is as it was
    let withdraw = format!("/api/v1/plans/{}/withdraw", world.draft);
    assert_eq!(world.post(&withdraw, "alliance_planner", &json!({})).await.status, 200);
    let back = look(&world, "shipper", &strands).await;
    assert_eq!(
        (back["state"].as_str(), &back["reason"], &back["itinerary"]),
        (Some("CONFIRMED"), &Value::Null, &strands["itinerary"])
    );
    assert_eq!(look(&world, "member", &moves).await["itinerary"]["rides"][0]["service"], "S02");
    // and with nothing published nobody sails, and is told so
    world.state.store.withdraw_plan(&world.published, "", "test").await.unwrap();
    world.state.refresh().await.unwrap();
    let nothing = look(&world, "shipper", &strands).await;
    assert_eq!((nothing["state"].as_str(), nothing["reason"].as_str()), (Some("PENDING_AMENDMENT"), Some("nothing_published")));
    assert_eq!(act(&world, "shipper", &strands, "cancel").await.json()["state"], "CANCELLED");
    assert_eq!(world.state.store.verify().await.unwrap(), []);
}
