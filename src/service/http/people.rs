//! Members, keys, sessions, and the record of who did what.

use super::extract::{Asked, Id, Paging, Rows, Sent};
use super::guard::{Caller, SESSION_COOKIE, session_cookie};
use super::problem::{Fault, HttpProblem};
use super::state::AppState;
use crate::service::access::{Principal, Role};
use crate::service::store::{KeyRow, MemberRow, NewKey, TrailRow};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, SignedCookieJar};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest name or label, in characters.
const LONGEST_NAME: usize = 100;

/// Longest code, as in instances.
const LONGEST_CODE: usize = 40;

/// Members of the alliance, by code
#[utoipa::path(get, path = "/api/v1/members", tag = "People", operation_id = "list-members", params(Paging),
    responses(
        (status = 200, description = "A page of members", body = Rows<MemberRow>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn members(State(state): State<AppState>, Asked(paging): Asked<Paging>) -> Result<Response, HttpProblem> {
    let rows = state.store.list_members(&paging.page()?).await?;
    Ok(Rows::new(rows, &paging, |row| row.code.clone()).answer("/api/v1/members", &paging, ""))
}

/// A company to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMember {
    /// As instances name the operator.
    #[schema(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    code: String,
    #[schema(min_length = 1, max_length = 100, pattern = "^[^\\x00-\\x1f\\x7f]+$")]
    name: String,
    #[serde(default)]
    #[schema(max_length = 100, pattern = "^[^\\x00-\\x1f\\x7f]*$")]
    name_zh: String,
}

/// Adds a member
#[utoipa::path(post, path = "/api/v1/members", tag = "People", operation_id = "add-member", request_body = NewMember,
    responses(
        (status = 201, description = "The member", body = MemberRow),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The code is taken", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The member has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn add_member(
    State(state): State<AppState>,
    caller: Caller,
    Sent(new): Sent<NewMember>,
) -> Result<Response, HttpProblem> {
    let is_code = |code: &str| code.bytes().all(|c| c.is_ascii_alphanumeric() || b"_.-".contains(&c));
    let mut faults = Vec::new();
    if !(1..=LONGEST_CODE).contains(&new.code.len()) || !is_code(&new.code) {
        faults.push(Fault::field("code", "this is no code", "give 1 to 40 letters, digits, '-', '_' or '.'"));
    }
    check_name("name", &new.name, 1, &mut faults);
    check_name("name_zh", &new.name_zh, 0, &mut faults);
    refuse("the member cannot be added", faults)?;
    let row = state.store.add_member(&new.code, &new.name, &new.name_zh, caller.key()).await?;
    Ok((StatusCode::CREATED, Json(row)).into_response())
}

fn check_name(field: &str, name: &str, least: usize, faults: &mut Vec<Fault>) {
    if !(least..=LONGEST_NAME).contains(&name.chars().count()) || name.chars().any(|c| c.is_ascii_control()) {
        let help = format!("give {least} to {LONGEST_NAME} characters in one line");
        faults.push(Fault::field(field, "too short, too long, or with control characters", help));
    }
}

fn refuse(detail: &str, faults: Vec<Fault>) -> Result<(), HttpProblem> {
    if faults.is_empty() { Ok(()) } else { Err(HttpProblem::unprocessable(detail, faults)) }
}

/// Keys without their secrets, newest first
#[utoipa::path(get, path = "/api/v1/keys", tag = "People", operation_id = "list-keys", params(Paging),
    responses(
        (status = 200, description = "A page of keys", body = Rows<KeyRow>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn keys(State(state): State<AppState>, Asked(paging): Asked<Paging>) -> Result<Response, HttpProblem> {
    let rows = state.store.list_keys(&paging.page()?).await?;
    Ok(Rows::new(rows, &paging, |row| row.id.clone()).answer("/api/v1/keys", &paging, ""))
}

/// A key to make.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRequest {
    role: Role,
    /// The company, for the role `member` and no other.
    #[schema(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    member: Option<String>,
    /// Who will hold it.
    #[schema(min_length = 1, max_length = 100, pattern = "^[^\\x00-\\x1f\\x7f]+$")]
    label: String,
}

/// A key with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
pub struct NewKeyBody {
    key: KeyRow,
    /// To be sent as `Authorization: Bearer`. It cannot be read again.
    secret: String,
}

/// Makes a key
#[utoipa::path(post, path = "/api/v1/keys", tag = "People", operation_id = "create-key", request_body = KeyRequest,
    responses(
        (status = 201, description = "The key and its secret", body = NewKeyBody),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such member", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The role needs a member and there is none, or the other way round", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The key has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn create_key(
    State(state): State<AppState>,
    caller: Caller,
    Sent(new): Sent<KeyRequest>,
) -> Result<Response, HttpProblem> {
    let mut faults = Vec::new();
    check_name("label", &new.label, 1, &mut faults);
    if new.member.as_ref().is_some_and(|member| member.len() > LONGEST_CODE || member.chars().any(char::is_control)) {
        faults.push(Fault::field("member", "this is no code", "give the code of a member"));
    }
    refuse("the key cannot be made", faults)?;
    let new = NewKey { role: new.role, member: new.member.as_deref(), label: &new.label, made_by: caller.key() };
    let (key, secret) = state.store.create_key(new).await?;
    Ok((StatusCode::CREATED, Json(NewKeyBody { key, secret: secret.reveal().to_owned() })).into_response())
}

/// Revokes a key
///
/// It opens nothing from the next request on. Revoked already is no error.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "People", operation_id = "revoke-key", params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The key, revoked", body = KeyRow),
        (status = 404, description = "No such key", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn revoke_key(State(state): State<AppState>, caller: Caller, Id(id): Id) -> Result<Json<KeyRow>, HttpProblem> {
    Ok(Json(state.store.revoke_key(&id, caller.key()).await?))
}

/// A session, or none.
#[derive(Serialize, ToSchema)]
pub struct SessionBody {
    /// Who the caller is; `null` for the public.
    principal: Option<Principal>,
}

/// Whether the caller has a session
///
/// The public is told so, and not refused: a page asks this first.
#[utoipa::path(get, path = "/api/v1/session", tag = "People", operation_id = "get-session",
    responses((status = 200, description = "Who the caller is, if anybody", body = SessionBody)))]
pub(super) async fn session(caller: Caller) -> Json<SessionBody> {
    Json(SessionBody { principal: caller.principal().cloned() })
}

/// The secret of a key, to open a session.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionRequest {
    #[schema(max_length = 200)]
    key: String,
}

/// Opens a session for the page
///
/// Sets a signed cookie that no script can read and no other site can send. It lasts 12 hours, and no longer than its key.
#[utoipa::path(post, path = "/api/v1/session", tag = "People", operation_id = "open-session", request_body = SessionRequest,
    responses(
        (status = 200, description = "Who the caller is", body = Principal, headers(("Set-Cookie" = String, description = "The session"))),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The body has not the shape of this request", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn open_session(
    State(state): State<AppState>,
    Sent(asked): Sent<SessionRequest>,
) -> Result<Response, HttpProblem> {
    let found = state.store.find_principal(&asked.key).await?;
    let principal = found.ok_or_else(|| HttpProblem::unauthorized("the key opens nothing"))?;
    let jar = SignedCookieJar::new(state.cookie_key.clone()).add(session_cookie(&state, &principal.key));
    Ok((jar, Json(principal)).into_response())
}

/// Ends the session
#[utoipa::path(delete, path = "/api/v1/session", tag = "People", operation_id = "end-session",
    responses((status = 204, description = "The cookie is taken back")))]
pub(super) async fn end_session(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let jar = SignedCookieJar::from_headers(&headers, state.cookie_key.clone());
    (StatusCode::NO_CONTENT, jar.remove(Cookie::build(SESSION_COOKIE).path("/"))).into_response()
}

/// Who the caller is
#[utoipa::path(get, path = "/api/v1/me", tag = "People", operation_id = "get-me",
    responses((status = 200, description = "The holder of the key", body = Principal)))]
pub(super) async fn me(caller: Caller) -> Result<Json<Principal>, HttpProblem> {
    let principal = caller.principal().cloned();
    principal.map(Json).ok_or_else(|| HttpProblem::unauthorized("this needs a key"))
}

/// Who did what, newest first
#[utoipa::path(get, path = "/api/v1/audit-trail", tag = "People", operation_id = "list-audit-trail", params(Paging),
    responses(
        (status = 200, description = "A page of acts, each with the hash of the one before", body = Rows<TrailRow>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn audit_trail(State(state): State<AppState>, Asked(paging): Asked<Paging>) -> Result<Response, HttpProblem> {
    let rows = state.store.list_trail(&paging.page()?).await?;
    Ok(Rows::new(rows, &paging, |row| row.seq.to_string()).answer("/api/v1/audit-trail", &paging, ""))
}
