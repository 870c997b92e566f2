//! The addresses and what lies there.

use super::audited::AuditedPlan;
use super::bodies::{Bodies, Body};
use super::problem::HttpProblem;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// The page has its style inside, and nothing else of it is loaded from anywhere.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Published plans stay as they are, but the current plan may be another one tomorrow: caches ask each time.
const CACHING: &str = "no-cache";

/// The app that shows one published plan. The caller binds an address and serves it.
pub fn app(current: &AuditedPlan) -> Router {
    let bodies = Arc::new(Bodies::new(current.document()));
    let fixed = |pick: fn(&Bodies) -> &Body| {
        get(move |State(bodies): State<Arc<Bodies>>, headers: HeaderMap| async move { answer(pick(&bodies), &headers) })
    };
    Router::new()
        .route("/", fixed(|bodies| &bodies.page))
        .route("/api/v1/plans/current", fixed(|bodies| &bodies.plan))
        .route("/api/v1/plans/current/text", fixed(|bodies| &bodies.text))
        .route("/api/v1/services", fixed(|bodies| &bodies.services))
        .route("/api/v1/services/{id}", get(service))
        .route("/api/v1/terminals", fixed(|bodies| &bodies.terminals))
        .route("/healthz", get(async || ([(header::CONTENT_TYPE, "application/json")], r#"{"status":"ok"}"#)))
        .route("/readyz", fixed(|bodies| &bodies.ready))
        .fallback(nothing_here)
        .method_not_allowed_fallback(async || HttpProblem::method_not_allowed())
        .layer(middleware::from_fn(guard))
        .with_state(bodies)
}

async fn service(
    State(bodies): State<Arc<Bodies>>,
    id: Result<Path<String>, axum::extract::rejection::PathRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Path(id)) = id else {
        return HttpProblem::not_found("the address is no text".to_owned()).into_response();
    };
    match bodies.service.get(&id) {
        Some(body) => answer(body, &headers),
        None => {
            HttpProblem::not_found("the current plan has no such service; /api/v1/services lists them".to_owned()).into_response()
        }
    }
}

async fn nothing_here(uri: Uri) -> HttpProblem {
    HttpProblem::not_found(format!("nothing lies at {}", uri.path()))
}

/// The body, or 304 when the client holds it already.
fn answer(body: &Body, headers: &HeaderMap) -> Response {
    let known = [(header::ETAG, body.etag.clone()), (header::CACHE_CONTROL, CACHING.to_owned())];
    if holds(headers, &body.etag) {
        return (StatusCode::NOT_MODIFIED, known).into_response();
    }
    (known, [(header::CONTENT_TYPE, body.content_type)], body.bytes.clone()).into_response()
}

/// Whether `If-None-Match` names the tag; a weak tag of the same text counts (RFC 9110, 13.1.2).
fn holds(headers: &HeaderMap, etag: &str) -> bool {
    let values = headers.get_all(header::IF_NONE_MATCH);
    let tags = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    tags.map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// Headers of every answer, errors included.
async fn guard(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
