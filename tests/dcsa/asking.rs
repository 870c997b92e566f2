//! Plans to ask for, and asking without a socket.

use super::specification;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tower::ServiceExt;
use waterbus::domain::Problem;
use waterbus::input::read_instance;
use waterbus::publish::PlanDocument;
use waterbus::service::{CurrentPlan, PublishedPlan, dcsa};

/// A Friday.
pub fn now() -> DateTime<Utc> {
    "2026-11-20T02:00:00Z".parse().expect("the service answers as it should")
}

/// An answer, its headers and what it was asked by.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub version: String,
    pub next: Option<String>,
    pub body: Value,
}

impl Answer {
    /// Entries of a list.
    pub fn items(&self) -> &Vec<Value> {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body.as_array().expect("the service answers as it should")
    }

    /// Codes and properties of all mistakes.
    pub fn mistakes(&self) -> Vec<(u64, String)> {
        assert_eq!(self.status, StatusCode::BAD_REQUEST, "{}", self.body);
        let text = |error: &Value| error["property"].as_str().expect("the service answers as it should").to_owned();
        self.body["errors"]
            .as_array()
            .expect("the service answers as it should")
            .iter()
            .map(|e| (e["errorCode"].as_u64().expect("the service answers as it should"), text(e)))
            .collect()
    }
}

/// The service with a plan of this repository published, or with nothing.
pub fn service(plan: Option<PublishedPlan>) -> Router {
    let current = CurrentPlan::with_clock(now);
    current.replace(plan.map(Arc::new));
    dcsa::router().with_state(current).into()
}

/// The plan of the delta's pilot lines that the tests of the command line use.
pub fn delta() -> PublishedPlan {
    let document = serde_json::from_str(include_str!("../cli/fixtures/plan-a.json")).expect("the service answers as it should");
    published("delta-1", document, "pearl-delta")
}

/// Two shuttles that meet at the middle of the toy's river, where boxes may change barges here; made by hand.
pub fn toy() -> PublishedPlan {
    published("toy-1", serde_json::from_str(include_str!("toy-plan.json")).expect("the service answers as it should"), "toy")
}

/// A plan published with its instance, in which boxes may change barges everywhere.
pub fn published(id: &str, document: PlanDocument, instance: &str) -> PublishedPlan {
    let mut problem = instance_of(instance);
    problem.terminals.iter_mut().for_each(|terminal| terminal.transshipment = true);
    PublishedPlan::new(id.to_owned(), now(), Arc::new(document), Some(Arc::new(problem)))
}

fn instance_of(name: &str) -> Problem {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Asks, and holds the answer against the specification.
pub async fn ask(service: &Router, path_and_query: &str) -> Answer {
    ask_version(service, path_and_query, None).await
}

/// Asks for a version of the standard.
pub async fn ask_version(service: &Router, path_and_query: &str, version: Option<&str>) -> Answer {
    let mut request = Request::builder().uri(path_and_query);
    if let Some(version) = version {
        request = request.header("API-Version", version);
    }
    let response = service
        .clone()
        .oneshot(request.body(Body::empty()).expect("the service answers as it should"))
        .await
        .expect("the service answers as it should");
    let header = |name: &str| {
        response.headers().get(name).map(|value| value.to_str().expect("the service answers as it should").to_owned())
    };
    assert_eq!(header("content-type").expect("the service answers as it should"), "application/json", "{path_and_query}");
    let (status, version, next) =
        (response.status(), header("api-version").expect("the service answers as it should"), header("next-page-cursor"));
    let bytes = response.into_body().collect().await.expect("the service answers as it should").to_bytes();
    let answer =
        Answer { status, version, next, body: serde_json::from_slice(&bytes).expect("the service answers as it should") };
    specification::check(path_and_query, &answer);
    answer
}
