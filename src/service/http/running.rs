//! Whether the service runs, and its description.

use super::problem::HttpProblem;
use super::state::AppState;
use axum::Json;
use axum::extract::Path;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::{Arc, OnceLock};
use utoipa::ToSchema;
use utoipa_swagger_ui::Config;

/// That the service runs, and what it has.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Health {
    /// `ok` or `ready`.
    status: &'static str,
    /// The plan that is published now.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<String>,
}

/// Whether the process answers
#[utoipa::path(get, path = "/healthz", tag = "Running", operation_id = "health",
    responses((status = 200, description = "It does", body = Health)))]
pub(super) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok", plan: None })
}

/// Whether requests can be served
///
/// The database answers, and the worker in this process runs where one is promised.
#[utoipa::path(get, path = "/readyz", tag = "Running", operation_id = "readiness",
    responses((status = 200, description = "They can", body = Health)))]
pub(super) async fn readyz(State(state): State<AppState>) -> Result<Json<Health>, HttpProblem> {
    if let Err(error) = state.store.check_ready().await {
        tracing::error!(%error, "the database does not answer");
        return Err(HttpProblem::unavailable("the database does not answer"));
    }
    match state.has_its_worker() {
        true => Ok(Json(Health { status: "ready", plan: state.current.load().map(|plan| plan.id.clone()) })),
        false => Err(HttpProblem::unavailable("the worker does not run")),
    }
}

/// The description of this interface
#[utoipa::path(get, path = "/openapi.json", tag = "Running", operation_id = "describe",
    responses(
        (status = 200, description = "OpenAPI 3.1", body = serde_json::Value, content_type = "application/json"),
        (status = 304, description = "The caller holds it already"),
    ))]
pub(super) async fn description(State(state): State<AppState>, headers: HeaderMap) -> Response {
    state.description.answer(&headers, "public, no-cache")
}

/// `/docs` is a folder.
pub(super) async fn docs() -> Response {
    axum::response::Redirect::permanent("/docs/").into_response()
}

/// The start page of Swagger UI.
pub(super) async fn docs_index() -> Result<Response, HttpProblem> {
    docs_file("index.html")
}

/// A file of Swagger UI, which is built in.
pub(super) async fn docs_rest(Path(file): Path<String>) -> Result<Response, HttpProblem> {
    docs_file(&file)
}

fn docs_file(name: &str) -> Result<Response, HttpProblem> {
    static CONFIG: OnceLock<Arc<Config<'static>>> = OnceLock::new();
    let config = CONFIG.get_or_init(|| Arc::new(Config::from("/openapi.json")));
    let file = utoipa_swagger_ui::serve(name, Arc::clone(config)).map_err(|error| HttpProblem::internal(&error))?;
    let file = file.ok_or_else(|| HttpProblem::not_found("the documentation has no such file"))?;
    let headers = [(header::CONTENT_TYPE, file.content_type), (header::CACHE_CONTROL, "public, max-age=3600".to_owned())];
    Ok((headers, file.bytes.into_owned()).into_response())
}
