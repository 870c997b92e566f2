//! Role x endpoint x own or other object, walked along the API description: nothing that is described is left out, and nothing that is
//! served is undescribed.

use super::bookings::{act, booking, make, routing};
use super::contract::{Description, check_answer};
use super::world::{Answer, CALLERS, OTHER_MEMBER, OWN_MEMBER, World, toy_plan};
use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use waterbus::service::access::RULES;

/// Who may do what, as the alliance agreed: public, Admin, alliance planner, port planner, member, shipper. `d`: on drafts too. `o`: on what
/// is its own; what is another's does not exist.
const EXPECTED: &[(&str, [char; 6])] = &[
    ("GET /", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /healthz", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /readyz", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /metrics", ['-', 'y', '-', '-', '-', '-']),
    ("GET /openapi.json", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /v1/point-to-point-routes", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /v1/port-schedules", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /v1/vessel-schedules", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/instances", ['-', 'y', 'y', '-', '-', '-']),
    ("POST /api/v1/instances", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/instances/{id}", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/plans", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("POST /api/v1/plans", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/plans/{id}", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/record", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/text", ['-', 'd', 'd', 'd', '-', '-']),
    ("GET /api/v1/plans/{id}/services", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/timetable", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/timetable.csv", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/timetable.xlsx", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/slots", ['-', 'd', 'd', 'd', 'y', '-']),
    ("GET /api/v1/plans/{id}/slots.csv", ['-', 'd', 'd', 'd', 'y', '-']),
    ("GET /api/v1/plans/{id}/settlement", ['-', 'd', 'd', 'd', 'y', '-']),
    ("GET /api/v1/plans/{id}/berths", ['-', 'd', 'd', 'd', '-', '-']),
    ("GET /api/v1/plans/{id}/berths.csv", ['-', 'd', 'd', 'd', '-', '-']),
    ("GET /api/v1/plans/{id}/load-lists", ['-', 'd', 'd', 'd', '-', '-']),
    ("GET /api/v1/plans/{id}/ledger", ['-', 'd', 'd', 'd', '-', '-']),
    ("GET /api/v1/plans/{id}/network", ['y', 'd', 'd', 'd', 'y', 'y']),
    ("GET /api/v1/plans/{id}/compare/{other}", ['-', 'd', 'd', 'd', '-', '-']),
    ("POST /api/v1/plans/{id}/publish", ['-', 'd', 'd', '-', '-', '-']),
    ("POST /api/v1/plans/{id}/withdraw", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/plans/{id}/carried-bookings", ['-', 'd', 'd', '-', 'y', 'y']),
    ("GET /api/v1/jobs", ['-', 'y', 'y', 'y', '-', '-']),
    ("GET /api/v1/jobs/{id}", ['-', 'y', 'y', 'y', '-', '-']),
    ("DELETE /api/v1/jobs/{id}", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/jobs/{id}/events", ['-', 'y', 'y', 'y', '-', '-']),
    ("GET /api/v1/services", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/services/{id}", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/services/{id}/calendar.ics", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/terminals", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/terminals/{code}", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/terminals/{code}/calendar.ics", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/availability", ['-', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/journeys", ['-', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/tariff", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("PUT /api/v1/tariff", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/bookings", ['-', 'y', 'y', '-', 'y', 'y']),
    ("POST /api/v1/bookings", ['-', 'y', 'y', '-', 'y', 'y']),
    ("GET /api/v1/bookings/{id}", ['-', 'y', 'y', '-', 'o', 'o']),
    ("PUT /api/v1/bookings/{id}", ['-', 'y', 'y', '-', 'o', 'o']),
    ("POST /api/v1/bookings/{id}/cancel", ['-', 'y', 'y', '-', 'o', 'o']),
    ("POST /api/v1/bookings/{id}/accept", ['-', 'y', 'y', '-', 'o', 'o']),
    ("POST /api/v1/bookings/{id}/decline", ['-', 'y', 'y', '-', 'o', 'o']),
    ("GET /api/v1/bookings/{id}/events", ['-', 'y', 'y', '-', 'o', 'o']),
    ("GET /api/v1/bookings/{id}/calendar.ics", ['-', 'y', 'y', '-', 'o', 'o']),
    ("GET /api/v1/bookings/{id}/confirmation", ['-', 'y', 'y', '-', 'o', 'o']),
    ("GET /api/v1/booking-terms", ['-', 'y', 'y', 'y', 'y', 'y']),
    ("PUT /api/v1/booking-terms", ['-', 'y', 'y', '-', '-', '-']),
    ("GET /api/v1/members", ['-', 'y', '-', '-', '-', '-']),
    ("POST /api/v1/members", ['-', 'y', '-', '-', '-', '-']),
    ("GET /api/v1/keys", ['-', 'y', '-', '-', '-', '-']),
    ("POST /api/v1/keys", ['-', 'y', '-', '-', '-', '-']),
    ("DELETE /api/v1/keys/{id}", ['-', 'y', '-', '-', '-', '-']),
    ("GET /api/v1/session", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("POST /api/v1/session", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("DELETE /api/v1/session", ['y', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/me", ['-', 'y', 'y', 'y', 'y', 'y']),
    ("GET /api/v1/audit-trail", ['-', 'y', '-', '-', '-', '-']),
];

fn expected(operation: &str) -> [char; 6] {
    let row = EXPECTED.iter().find(|(name, _)| *name == operation);
    row.unwrap_or_else(|| panic!("{operation} is described, and nobody said who may do it")).1
}

/// A request that would succeed for who may make it, on the given plan or on a booking of its own.
async fn request(world: &World, method: &str, path: &str, caller: &str, plan: &str) -> Request<Body> {
    let booker = if matches!(caller, "public" | "port_planner") { "admin" } else { caller };
    let object = bookings_for(world, path, booker).await;
    request_on(world, method, path, caller, plan, &object)
}

/// A booking in the state that the operation is for, made by `booker`, each in a week of its own; nothing where none is needed.
async fn bookings_for(world: &World, path: &str, booker: &str) -> Object {
    static WEEK: AtomicU64 = AtomicU64::new(0);
    if !path.starts_with("/api/v1/bookings") {
        return Object::default();
    }
    let routing = routing(world, 1 + WEEK.fetch_add(1, Ordering::Relaxed) % 200).await;
    if path == "/api/v1/bookings" {
        return Object { routing, booking: String::new() };
    }
    let made = match path.ends_with("/accept") || path.ends_with("/decline") {
        false => make(world, booker, &booking(&routing, 1, "refuse")).await,
        true => offered(world, booker, &routing).await,
    };
    Object { routing, booking: made["id"].as_str().unwrap().to_owned() }
}

/// A booking of the waiting list for which slots have come free.
async fn offered(world: &World, booker: &str, routing: &str) -> Value {
    // whatever is left is taken first, open slots and the member's own
    for (row, teu) in [43, 32, 17, 16, 8, 4, 3, 2, 1, 1].into_iter().enumerate() {
        for caller in ["member", "admin"] {
            super::bookings::send(world, caller, &format!("{routing}-{row}-{booker}"), &booking(routing, teu, "refuse")).await;
        }
    }
    let waits = make(world, booker, &booking(routing, 1, "wait")).await;
    assert_eq!(waits["state"], "RECEIVED");
    let confirmed = world.get("/api/v1/bookings?state=CONFIRMED&limit=200", "admin").await.json();
    for holder in confirmed["items"].as_array().unwrap().iter().filter(|row| row["itinerary"]["routing_reference"] == routing) {
        act(world, "admin", holder, "cancel").await;
    }
    waits
}

/// What an operation on bookings works on.
#[derive(Default)]
struct Object {
    routing: String,
    booking: String,
}

fn request_on(world: &World, method: &str, path: &str, caller: &str, plan: &str, object: &Object) -> Request<Body> {
    let id = match path {
        _ if path.contains("/bookings/") => &object.booking,
        _ if path.contains("/plans/") => plan,
        _ if path.contains("/jobs/") => &world.job,
        _ if path.contains("/instances/") => &world.instance,
        _ if path.contains("/keys/") => &world.keys["shipper"].0,
        _ => "S01",
    };
    let uri = path.replace("{id}", id).replace("{other}", &world.published).replace("{code}", "HUB");
    let query = match path {
        "/v1/point-to-point-routes" => "?placeOfReceipt=CNAAA&placeOfDelivery=CNBBB",
        "/v1/vessel-schedules" => "?UNLocationCode=CNRIA",
        "/v1/port-schedules" => "?UNLocationCode=CNAAA&date=2026-12-07",
        "/api/v1/journeys" => "?from=HUB&to=RIV1",
        _ => "",
    };
    let body = match (method, path) {
        ("POST", "/api/v1/instances") => {
            let tables: BTreeMap<_, _> =
                super::world::toy_tables().into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
            json!({ "tables": tables })
        }
        ("POST", "/api/v1/plans") => json!({ "instance_id": world.instance }),
        ("POST", "/api/v1/members") => json!({ "code": "OP9", "name": "Ninth" }),
        ("POST", "/api/v1/keys") => json!({ "role": "shipper", "label": "another" }),
        ("POST", "/api/v1/session") => json!({ "key": world.keys["shipper"].1 }),
        ("POST", "/api/v1/bookings") => booking(&object.routing, 1, "refuse"),
        ("PUT", "/api/v1/bookings/{id}") => json!({ "routing_reference": object.routing, "teu": 1, "weight_kg": 5 }),
        ("PUT", "/api/v1/booking-terms") => {
            json!({ "box_cut_off_h": 2, "customs_cut_off_h": 2, "return_h": 48, "offer_h": 12, "overbooking_percent": 0 })
        }
        ("PUT", "/api/v1/tariff") => serde_json::to_value(super::bookings::tariff()).unwrap(),
        ("POST", path) if path.starts_with("/api/v1/bookings/") => Value::Null,
        ("POST", _) => json!({ "note": "" }),
        _ => Value::Null,
    };
    let mut request = world.request(method, &format!("{uri}{query}"), caller);
    if path.starts_with("/api/v1/bookings") {
        request = request.header("idempotency-key", format!("{caller}-{}", object.routing)).header(header::IF_MATCH, "*");
    }
    match body {
        Value::Null => request.body(Body::empty()).unwrap(),
        body => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap(),
    }
}

/// Operations of the description, those that change least first.
fn operations(description: &Description) -> Vec<(String, String)> {
    let order = |method: &str| ["PUT", "GET", "POST", "DELETE"].iter().position(|known| *known == method).unwrap();
    let mut operations = description.operations();
    operations.sort_by_key(|(method, path)| (order(method), path.ends_with("/withdraw"), path.clone()));
    operations
}

/// The whole matrix: every operation, by everybody, on a published plan and on a draft. A role that may not is told so before anything is
/// looked up; one that may gets an answer that the description promises; a draft does not exist for who may not see it.
#[tokio::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let mut asked = 0;
    for (column, caller) in CALLERS.iter().enumerate() {
        // a stream of a job that nobody works on would stay open
        let world = World::with(|settings| settings.limits.stream_time = std::time::Duration::ZERO).await;
        let description = Description::read(&world).await;
        for (method, path) in operations(&description) {
            let name = format!("{method} {path}");
            let says = expected(&name)[column];
            let plans: &[&String] =
                if path.contains("/plans/{id}") { &[&world.published, &world.draft] } else { &[&world.published] };
            for plan in plans {
                let answer = world.send(request(&world, &method, &path, caller, plan).await).await;
                let is_draft = *plan == &world.draft;
                check_place(&name, caller, says, is_draft, &answer);
                check_answer(&description, &method, &path, &answer);
                asked += 1;
            }
        }
    }
    let on_plans = EXPECTED.iter().filter(|(name, _)| name.contains("/plans/{id}")).count();
    assert_eq!(asked, CALLERS.len() * (EXPECTED.len() + on_plans), "every operation by every caller; those on plans twice");
}

fn check_place(name: &str, caller: &str, says: char, is_draft: bool, answer: &Answer) {
    let status = answer.status.as_u16();
    let place = format!("{name} by {caller}, draft {is_draft}: {status} {}", answer.text().chars().take(300).collect::<String>());
    match says {
        '-' if caller == "public" => assert_eq!(status, 401, "{place}"),
        '-' => assert_eq!(status, 403, "{place}"),
        'y' if is_draft && name.contains("/withdraw") => assert!(matches!(status, 200 | 409), "{place}"),
        'y' if is_draft => assert_eq!(status, 404, "{place}"),
        _ => assert!((200..300).contains(&status), "{place}"),
    }
}

/// What is another's does not exist for who sees its own only: every operation on a booking, on one that somebody else made.
#[tokio::test]
async fn what_is_anothers_does_not_exist() {
    let world = World::new().await;
    let description = Description::read(&world).await;
    let mut asked = 0;
    for (column, caller) in CALLERS.iter().enumerate() {
        for (method, path) in operations(&description).into_iter().filter(|(_, path)| path.contains("/bookings/{id}")) {
            let others = bookings_for(&world, &path, "alliance_planner").await;
            let answer = world.send(request_on(&world, &method, &path, caller, &world.published, &others)).await;
            let (name, says) = (format!("{method} {path}"), expected(&format!("{method} {path}"))[column]);
            match says {
                'o' => assert_eq!(answer.status, 404, "{name} by {caller}: {}", answer.text()),
                says => check_place(&name, caller, says, false, &answer),
            }
            check_answer(&description, &method, &path, &answer);
            asked += 1;
        }
    }
    assert_eq!(asked, 6 * 8);
}

/// The table that the guard reads, the description that programs read, and the table that people agreed on are one.
#[tokio::test]
async fn the_description_names_the_roles_of_the_table() {
    let world = World::new().await;
    let description = Description::read(&world).await;
    let described: BTreeSet<String> = description.operations().iter().map(|(method, path)| format!("{method} {path}")).collect();
    let ruled: BTreeSet<String> = RULES.iter().map(|rule| format!("{} {}", rule.method, rule.path)).collect();
    let undescribed: Vec<&String> = ruled.difference(&described).collect();
    assert_eq!(
        undescribed,
        ["GET /assets/{file}", "GET /docs", "GET /docs/", "GET /docs/{*rest}"],
        "everything else is described"
    );
    assert!(described.is_subset(&ruled), "{:?}", described.difference(&ruled));
    assert_eq!(described.len(), EXPECTED.len());
    for (method, path) in description.operations() {
        let says = expected(&format!("{method} {path}"));
        let roles = description.operation(&method, &path)["x-roles"].clone();
        let named: Vec<&str> = CALLERS.iter().zip(says).filter(|(_, says)| *says != '-').map(|(caller, _)| *caller).collect();
        let listed: Vec<&str> =
            roles.as_array().unwrap().iter().map(|role| role.as_str().unwrap()).filter(|role| *role != "machine").collect();
        assert_eq!(listed, named, "{method} {path}");
    }
}

/// Customers stay with the alliance's planners: no answer to anybody else names a demand, or what another member was allotted. A member's
/// settlement names its own cargo, and of the others what they get in all.
#[tokio::test]
async fn no_customer_and_no_rival_shows_in_any_answer() {
    let world = World::with(|settings| settings.limits.stream_time = std::time::Duration::ZERO).await;
    let description = Description::read(&world).await;
    let plan = toy_plan("toy-plan.json").plan;
    let demands: BTreeSet<String> = plan.shipments.iter().map(|shipment| shipment.demand.to_string()).collect();
    assert!(demands.len() > 2);
    let settled = plan.settlement.expect("a plan is settled").demands;
    let own = settled.iter().filter(|demand| demand.member.as_ref().is_some_and(|member| member.0 == OWN_MEMBER));
    let own: BTreeSet<String> = own.map(|demand| demand.demand.to_string()).collect();
    let mut seen_by_planners = 0;
    for caller in CALLERS {
        // a workbook is packed: its sheets are made as those of CSV are
        let read = description.operations().into_iter().filter(|(method, path)| method == "GET" && !path.ends_with(".xlsx"));
        for (method, path) in read {
            let text = world.send(request(&world, &method, &path, caller, &world.published).await).await.text();
            let may_name_own = caller == "member" && path.ends_with("/settlement");
            let customers = demands.iter().filter(|demand| !may_name_own || !own.contains(*demand));
            let named = customers.filter(|demand| text.contains(*demand)).count();
            match caller {
                "admin" | "alliance_planner" => seen_by_planners += named,
                _ => assert_eq!(named, 0, "{path} by {caller}"),
            }
            let text = if may_name_own { without_shares(&text) } else { text };
            let shows_rival =
                text.contains(&format!("\"member\":\"{OTHER_MEMBER}\"")) || text.contains(&format!("allotment_{OTHER_MEMBER}"));
            let may_show = matches!(caller, "admin" | "alliance_planner" | "port_planner");
            assert!(may_show || !shows_rival, "{path} by {caller}");
        }
    }
    assert!(seen_by_planners > 0, "the check would see a demand");
    let own = world.get("/api/v1/plans/current/slots", "member").await.json();
    assert_eq!(own["slots"][0]["allotments"][0]["member"], OWN_MEMBER);
    assert_eq!(own["slots"][0]["allotments"].as_array().unwrap().len(), 1);
}

fn without_shares(settlement: &str) -> String {
    let mut settlement: serde_json::Value = serde_json::from_str(settlement).expect("a settlement is JSON");
    settlement.as_object_mut().map(|parts| parts.remove("shares"));
    settlement.to_string()
}

/// What the public reads of a plan is the timetable: no money, no slot, no cargo.
#[tokio::test]
async fn the_public_reads_services_sailings_and_terminals_only() {
    let world = World::new().await;
    let plan = world.get(&format!("/api/v1/plans/{}", world.published), "public").await.json();
    let fields: Vec<&String> = plan["plan"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["cycle_min", "format", "made_from", "practice", "sailings", "services", "terminals"]);
    assert_eq!(plan.as_object().unwrap().len(), 1);
    let network = world.get("/api/v1/plans/current/network", "public").await.json();
    assert!(network["terminals"][0].get("berths").is_none() && network["terminals"][0].get("windows").is_none());
    let network = world.get("/api/v1/plans/current/network", "port_planner").await.json();
    assert!(network["terminals"][0]["berths"].is_i64() && network["terminals"][0]["windows"].is_array());
    let service = world.get("/api/v1/services/S01", "public").await.json();
    assert!(service["sailings"][0]["calls"][0].get("free_teu").is_none());
    let service = world.get("/api/v1/services/S01", "shipper").await.json();
    assert!(service["sailings"][0]["calls"][0]["free_teu"].is_i64());
    assert!(service["sailings"][0]["calls"][0].get("loaded_teu").is_none());
}
