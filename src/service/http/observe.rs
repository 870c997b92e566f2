//! What is seen of each request from outside: an identifier, a line in the log, counters, and safe headers on every answer.

use super::problem::HttpProblem;
use super::state::AppState;
use crate::service::store::JobState;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Instant;
use tracing::Instrument;

/// The page has its own scripts and styles, asks this service, and loads nothing from anywhere else. No script or style stands inside a
/// document.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                           frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Other documents have their style inside, and load nothing.
const DOCUMENT_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Swagger UI runs its own scripts and asks this service; it writes styles into its elements.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const COUNT: &str = "waterbus_http_requests_total";
const TIME: &str = "waterbus_http_request_seconds";
const JOBS: &str = "waterbus_jobs";

/// Bounds of the times in which requests are counted, in seconds.
const BUCKETS: [f64; 9] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

/// Counters are those of the process: the first service in it starts them. `None` when another library counts already.
pub fn recorder() -> Option<PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(TIME.to_owned()), &BUCKETS).ok()?;
        builder.install_recorder().ok()
    };
    HANDLE.get_or_init(install).clone()
}

/// Runs a request within its log line and counters.
pub async fn observe(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().to_string();
    let method = known_method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id, method, route);
    let policy = policy_of(&route);
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, elapsed_s) = (response.status(), start.elapsed().as_secs_f64());
    span.in_scope(|| tracing::debug!(status = status.as_u16(), elapsed_s, "answered"));
    metrics::counter!(COUNT, "method" => method, "route" => route.clone(), "status" => status.as_str().to_owned()).increment(1);
    metrics::histogram!(TIME, "method" => method, "route" => route).record(elapsed_s);
    make_safe(&mut response, policy);
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn policy_of(route: &str) -> &'static str {
    match route {
        "/" => PAGE_POLICY,
        _ if route.starts_with("/docs") => DOCS_POLICY,
        _ => DOCUMENT_POLICY,
    }
}

/// Callers may invent methods; counters may not grow with them.
fn known_method(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"];
    KNOWN.into_iter().find(|known| method.as_str() == *known).unwrap_or("OTHER")
}

/// Headers of every answer, errors included.
fn make_safe(response: &mut Response, policy: &'static str) {
    let headers = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // what nobody said may be kept is not kept
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// A handler that panicked: its caller gets an error like any other.
pub fn after_panic(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    HttpProblem::internal(&text.unwrap_or("a handler panicked")).into_response()
}

/// Counters in the text format of Prometheus
///
/// Requests and their times by route, jobs by state. Answers this machine, and holders of an admin key.
#[utoipa::path(get, path = "/metrics", tag = "Running", operation_id = "metrics",
    responses((status = 200, description = "Counters", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(state): State<AppState>) -> Result<Response, HttpProblem> {
    let Some(handle) = &state.metrics else {
        return Err(HttpProblem::unavailable("nothing is counted in this process"));
    };
    let counts = state.store.count_jobs().await?;
    for job_state in JobState::ALL {
        let count = counts.iter().find(|(name, _)| name == job_state.name()).map_or(0, |(_, count)| *count);
        metrics::gauge!(JOBS, "state" => job_state.name()).set(count as f64);
    }
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response())
}
