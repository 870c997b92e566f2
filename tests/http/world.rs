//! A service with something of everything: two plans of the toy instance, one of them published, a job, two members, and a key for
//! each role.

use crate::engines::{Database, Engine};
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tower::ServiceExt;
use waterbus::domain::{Limit, Practice, Problem, Weights};
use waterbus::input::read_tables;
use waterbus::publish::{PlanDocument, read_plan};
use waterbus::service::access::Role;
use waterbus::service::store::{JobRequest, NewInstance, NewJob, NewKey, NewPlan};
use waterbus::service::{AppState, AuditedPlan, Settings, app, open};
use waterbus::waterway::Waterway;

/// Who made what the world starts with.
const MAKER: &str = "the test";

/// A member of the toy alliance, and the one that holds the member's key.
pub const OWN_MEMBER: &str = "OP1";
pub const OTHER_MEMBER: &str = "PORT";

/// Who asks: nobody in particular, or the holder of a key.
pub const CALLERS: [&str; 6] = ["public", "admin", "alliance_planner", "port_planner", "member", "shipper"];

/// A service on a database of its own.
pub struct World {
    pub state: AppState,
    /// Identifiers of the secrets' keys and the secrets, by role.
    pub keys: BTreeMap<&'static str, (String, String)>,
    pub instance: String,
    pub published: String,
    pub draft: String,
    pub job: String,
    _database: Database,
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The tables of the toy instance.
pub fn toy_tables() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/toy");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tables = files.filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "toml"));
    tables.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap())).collect()
}

/// A plan of the toy instance.
pub fn toy_plan(file: &str) -> PlanDocument {
    read_plan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/fixtures").join(file)).unwrap()
}

fn audited(problem: &Problem, file: &str) -> AuditedPlan {
    AuditedPlan::new(problem, &Waterway::new(problem), toy_plan(file).plan)
        .unwrap_or_else(|report| panic!("{:?}", report.violations))
}

/// The engine that `WATERBUS_TEST_ENGINE` names: the whole suite runs once on each.
fn engine() -> Engine {
    match std::env::var("WATERBUS_TEST_ENGINE").as_deref() {
        Err(_) | Ok("sqlite") => Engine::Sqlite,
        Ok("postgres") => Engine::Postgres,
        Ok(other) => panic!("WATERBUS_TEST_ENGINE is {other}: write sqlite or postgres"),
    }
}

impl World {
    /// The usual world, without limits on rates.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world with other settings.
    pub async fn with(set: impl FnOnce(&mut Settings)) -> Self {
        let database = Database::new(engine()).await.expect("the engine is installed");
        let mut settings = Settings::new(&database.url);
        settings.limits.per_key = None;
        settings.limits.per_address = None;
        // what was booked is seen at once
        settings.limits.room_age = std::time::Duration::ZERO;
        set(&mut settings);
        let state = open(settings).await.unwrap();
        let store = &state.store;
        let tables = toy_tables();
        let problem = read_tables(&tables).unwrap();
        let instance = store.add_instance(NewInstance { problem: &problem, tables: &tables, made_by: MAKER }).await.unwrap().0.id;
        let mut plans = Vec::new();
        for file in ["toy-plan.json", "toy-other.json"] {
            let plan = NewPlan { instance_id: &instance, plan: &audited(&problem, file), job_id: None, made_by: MAKER };
            plans.push(store.add_plan(plan).await.unwrap().id);
        }
        let request = JobRequest {
            practice: Practice::WaterBus,
            seed: 1,
            limit: Limit::Work(1),
            start_plan: None,
            pins: Vec::new(),
            stay: false,
            from: None,
            weights: Weights::default(),
            seeds: 1,
        };
        let job = store.add_job(NewJob { instance_id: &instance, request: &request, made_by: MAKER }).await.unwrap().id;
        for code in [OWN_MEMBER, OTHER_MEMBER] {
            store.add_member(code, code, "", MAKER).await.unwrap();
        }
        let mut keys = BTreeMap::new();
        for role in Role::ALL {
            let member = (role == Role::Member).then_some(OWN_MEMBER);
            let (row, secret) = store.create_key(NewKey { role, member, label: role.name(), made_by: MAKER }).await.unwrap();
            keys.insert(role.name(), (row.id, secret.reveal().to_owned()));
        }
        state.ledger.set_tariff(&super::bookings::tariff()).await.unwrap();
        store.publish_plan(&plans[0], "", MAKER).await.unwrap();
        state.refresh().await.unwrap();
        Self { state, keys, instance, published: plans[0].clone(), draft: plans[1].clone(), job, _database: database }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = app(self.state.clone()).oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        Answer { status: head.status, headers: head.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    }

    /// A request of a caller, without a body.
    pub fn request(&self, method: &str, path: &str, caller: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        match self.keys.get(caller) {
            Some((_, secret)) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
            None => request,
        }
    }

    /// Reads as a caller.
    pub async fn get(&self, path: &str, caller: &str) -> Answer {
        self.send(self.request("GET", path, caller).body(Body::empty()).unwrap()).await
    }

    /// Sends JSON as a caller.
    pub async fn post(&self, path: &str, caller: &str, body: &Value) -> Answer {
        let request = self.request("POST", path, caller).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

/// Every error has this shape, wherever it was raised.
pub fn assert_problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["type"], "about:blank");
    assert!(!problem["title"].as_str().unwrap().is_empty() && !problem["detail"].as_str().unwrap().is_empty());
    problem
}
