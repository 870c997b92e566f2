//! Instances: brought once, known by the hash of what they say.

use super::extract::{Asked, Id, Paging, Rows, Sent, refuse_bytes};
use super::guard::Caller;
use super::problem::HttpProblem;
use super::state::{AppState, compute};
use super::upload::{JsonInstance, Upload, take_json, unpack};
use crate::input::read_tables;
use crate::service::store::{InstanceRow, NewInstance};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// An instance that was brought.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Brought {
    pub instance: InstanceRow,
    /// Files of the archive that are no tables, such as a README: they are not kept.
    pub left_out: Vec<String>,
}

/// Brings an instance
///
/// A zipped folder, or the tables as JSON. All that is wrong with it is said at once. The same tables again are the instance that is there
/// already.
#[utoipa::path(post, path = "/api/v1/instances", tag = "Instances", operation_id = "bring-instance",
    request_body(description = "The instance's tables", content((JsonInstance = "application/json"), (Vec<u8> = "application/zip"))),
    responses(
        (status = 201, description = "The instance is new", body = Brought, headers(("Location" = String, description = "The instance"))),
        (status = 200, description = "The instance was known already", body = Brought, headers(("Location" = String, description = "The instance"))),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "Neither a zip archive nor JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The upload or the instance has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn bring(State(state): State<AppState>, caller: Caller, request: Request) -> Result<Response, HttpProblem> {
    let _room =
        state.uploads.try_acquire().map_err(|_| HttpProblem::unavailable("other instances are being read; come again"))?;
    let upload = receive(&state, request).await?;
    let (problem, upload) = compute(move || read_tables(&upload.tables).map(|problem| (problem, upload))).await??;
    let new = NewInstance { problem: &problem, tables: &upload.tables, made_by: caller.key() };
    let (instance, is_new) = state.store.add_instance(new).await?;
    let location = [(header::LOCATION, format!("/api/v1/instances/{}", instance.id))];
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, location, Json(Brought { instance, left_out: upload.left_out })).into_response())
}

async fn receive(state: &AppState, request: Request) -> Result<Upload, HttpProblem> {
    match media_type(request.headers()).as_str() {
        "application/json" => take_json(Sent::<JsonInstance>::from_request(request, state).await?.0),
        "application/zip" | "application/x-zip-compressed" => {
            let bytes = Bytes::from_request(request, state).await.map_err(|rejection| refuse_bytes(&rejection))?;
            let most = state.settings.limits.unpacked_bytes;
            compute(move || unpack(&bytes, most)).await?
        }
        _ => Err(HttpProblem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send application/zip or application/json")),
    }
}

/// The media type of a body, without its parameters.
fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Instances, newest first
#[utoipa::path(get, path = "/api/v1/instances", tag = "Instances", operation_id = "list-instances", params(Paging),
    responses(
        (status = 200, description = "A page of instances", body = Rows<InstanceRow>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(State(state): State<AppState>, Asked(paging): Asked<Paging>) -> Result<Response, HttpProblem> {
    let rows = state.store.list_instances(&paging.page()?).await?;
    Ok(Rows::new(rows, &paging, |row| row.id.clone()).answer("/api/v1/instances", &paging, ""))
}

/// One instance
#[utoipa::path(get, path = "/api/v1/instances/{id}", tag = "Instances", operation_id = "get-instance",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The instance, without its tables", body = InstanceRow),
        (status = 304, description = "The caller holds it already"),
        (status = 404, description = "No such instance", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(State(state): State<AppState>, Id(id): Id, headers: HeaderMap) -> Result<Response, HttpProblem> {
    let row = state.store.find_instance(&id).await?;
    Ok(super::body::Prepared::json(&row).answer(&headers, "private, no-cache"))
}
