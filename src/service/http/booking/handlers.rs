//! Bookings: made, listed, looked at, changed.

use super::bodies::{BookingBody, BookingRows, EventBody, EventRows};
use super::request::{AmendRequest, BookingRequest, read_key};
use super::{find_seen, now, seen_by};
use crate::service::access::Principal;
use crate::service::http::extract::{Asked, Name, Paging, Rows, Sent};
use crate::service::http::guard::Caller;
use crate::service::http::plans::nothing_published;
use crate::service::http::problem::HttpProblem;
use crate::service::http::state::AppState;
use crate::service::ledger::{Answer, Booking, Change, Key, ListFilter, State};
use axum::Json;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

/// Makes a booking
///
/// On every leg of the way or on none. The same `Idempotency-Key` with the same body is answered the same for at least seven days, so a
/// request whose answer was lost can be sent again. With `"if_full": "wait"` a booking for which there is no room joins the waiting list
/// (`RECEIVED`); slots that come free are kept for the first who fits, and offered until a time (`PENDING_UPDATE`).
#[utoipa::path(post, path = "/api/v1/bookings", tag = "Bookings", operation_id = "create-booking", request_body = BookingRequest,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible characters, a new one with each booking", min_length = 1, max_length = 255, pattern = "^[!#-~]+$")),
    responses(
        (status = 201, description = "The booking, `CONFIRMED` or on the waiting list", body = BookingBody,
            headers(("Location" = String, description = "The booking"), ("ETag" = String, description = "Its version"))),
        (status = 400, description = "The key or the body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is published", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "There is no room, the cut-off has passed, another plan was published since, or the first request with this key is not answered yet", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The booking has errors: all of them; or the key was used for another request", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn create(
    Shared(state): Shared<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Sent(asked): Sent<BookingRequest>,
) -> Result<Response, HttpProblem> {
    let principal = caller.principal().ok_or_else(|| HttpProblem::unauthorized("this needs a key"))?;
    let text = read_key(&headers)?;
    // one text for one request, whatever the order of its fields
    let body = serde_json::to_string(&asked).map_err(|error| HttpProblem::internal(&error))?;
    let key = Key::new(&principal.key, &text, &body);
    match order(&state, &asked, principal).await {
        Ok(order) => answered(state.ledger.book(order, Some(key), now(&state)).await?),
        // an answer that was given stands, also when the timetable has changed since
        Err(problem) => answered(state.ledger.find_answer(&key).await?.ok_or(problem)?),
    }
}

async fn order(
    state: &AppState,
    asked: &BookingRequest,
    caller: &Principal,
) -> Result<crate::service::ledger::Order, HttpProblem> {
    let plan = state.current.load().ok_or_else(nothing_published)?;
    let order = asked.order(&plan, caller, &state.ledger.conditions().await?)?;
    if let Some(member) = &order.member
        && !state.store.has_member(member).await?
    {
        return Err(HttpProblem::not_found(format!("member {member} is not known")));
    }
    Ok(order)
}

fn answered(answer: Answer) -> Result<Response, HttpProblem> {
    match answer {
        Answer::Booked(booking) => {
            let location = [(header::LOCATION, format!("/api/v1/bookings/{}", booking.id))];
            Ok((StatusCode::CREATED, location, shown(&booking)).into_response())
        }
        Answer::Refused(refusal) => Err(refusal.into()),
    }
}

/// A booking with its version as ETag.
fn shown(booking: &Booking) -> Response {
    let mut response = Json(BookingBody::from(booking)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag(booking));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

fn etag(booking: &Booking) -> HeaderValue {
    // digits and quotes are visible characters
    HeaderValue::try_from(format!("\"{}\"", booking.version)).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Which bookings are listed.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BookingQuery {
    /// Only bookings in this state.
    #[param(pattern = "^(RECEIVED|PENDING_UPDATE|CONFIRMED|PENDING_AMENDMENT|REJECTED|DECLINED|CANCELLED|COMPLETED)$")]
    state: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,64}$")]
    cursor: Option<String>,
}

/// Bookings, newest first
///
/// The alliance's planners see all, a member those booked through it, a shipper its own.
#[utoipa::path(get, path = "/api/v1/bookings", tag = "Bookings", operation_id = "list-bookings", params(BookingQuery),
    responses(
        (status = 200, description = "A page of bookings", body = BookingRows),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn list(
    Shared(state): Shared<AppState>,
    caller: Caller,
    Asked(query): Asked<BookingQuery>,
) -> Result<Response, HttpProblem> {
    let wanted = query.state.clone().map(State::try_from).transpose().map_err(HttpProblem::bad_request)?;
    let paging = Paging { limit: query.limit, cursor: query.cursor };
    let filter = ListFilter { seen: seen_by(&caller), state: wanted };
    let bookings = state.ledger.list(&paging.page()?, &filter).await?;
    let rows: Vec<BookingBody> = bookings.iter().map(BookingBody::from).collect();
    let rest = wanted.map_or(String::new(), |state| format!("&state={}", state.name()));
    Ok(Rows::new(rows, &paging, |row| row.id.clone()).answer("/api/v1/bookings", &paging, &rest))
}

/// A booking
#[utoipa::path(get, path = "/api/v1/bookings/{id}", tag = "Bookings", operation_id = "get-booking",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The booking", body = BookingBody, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "The caller holds this version already"),
        (status = 404, description = "No such booking, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn one(
    Shared(state): Shared<AppState>,
    caller: Caller,
    Name(id): Name,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let booking = find_seen(&state, &caller, &id).await?;
    let held = headers.get(header::IF_NONE_MATCH).is_some_and(|held| *held == etag(&booking));
    match held {
        true => Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag(&booking))]).into_response()),
        false => Ok(shown(&booking)),
    }
}

/// The version that `If-Match` names; without the header any version will do.
fn wanted_version(headers: &HeaderMap) -> Result<Option<i64>, HttpProblem> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().ok().map(str::trim).filter(|text| *text != "*");
    match text.map(|text| text.trim_matches('"').parse()) {
        None => Ok(None),
        Some(Ok(version)) => Ok(Some(version)),
        Some(Err(_)) => Err(HttpProblem::new(StatusCode::PRECONDITION_FAILED, "`If-Match` names no version of this booking")),
    }
}

/// Amends a booking
///
/// Another way between the same terminals, more boxes or fewer: if there is room for that, and otherwise everything stays as it is.
/// `If-Match` must name the version that is amended.
#[utoipa::path(put, path = "/api/v1/bookings/{id}", tag = "Bookings", operation_id = "amend-booking", request_body = AmendRequest,
    params(("id" = String, Path, format = "uuid"), ("If-Match" = Option<String>, Header, description = "ETag of the booking as it was read; without it the answer is 428", pattern = "^\"[0-9]{1,9}\"$")),
    responses(
        (status = 200, description = "The booking, amended", body = BookingBody, headers(("ETag" = String, description = "Its version"))),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such booking, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "There is no room, the cut-off has passed, or the booking has ended", body = HttpProblem, content_type = "application/problem+json"),
        (status = 412, description = "The booking has changed since", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The request has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn amend(
    Shared(state): Shared<AppState>,
    caller: Caller,
    Name(id): Name,
    headers: HeaderMap,
    Sent(asked): Sent<AmendRequest>,
) -> Result<Response, HttpProblem> {
    let booking = find_seen(&state, &caller, &id).await?;
    if !headers.contains_key(header::IF_MATCH) {
        return Err(HttpProblem::new(StatusCode::PRECONDITION_REQUIRED, "send the booking's ETag as `If-Match`"));
    }
    let version = wanted_version(&headers)?;
    let plan = state.current.load().ok_or_else(nothing_published)?;
    let order = asked.order(&plan, &booking.detail, &state.ledger.conditions().await?)?;
    change(&state, &booking, version, Change::Amend(Box::new(order)), &caller).await
}

async fn change(
    state: &AppState,
    booking: &Booking,
    version: Option<i64>,
    what: Change,
    caller: &Caller,
) -> Result<Response, HttpProblem> {
    Ok(shown(&state.ledger.change(&booking.id, version, what, caller.key(), now(state)).await?))
}

/// An endpoint for an act without a body.
macro_rules! act_on_a_booking {
    ($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $change:expr) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "Bookings", operation_id = $operation,
            params(("id" = String, Path, format = "uuid"), ("If-Match" = Option<String>, Header, description = "ETag of the booking as it was read", pattern = "^\"[0-9]{1,9}\"$")),
            responses(
                (status = 200, description = "The booking", body = BookingBody, headers(("ETag" = String, description = "Its version"))),
                (status = 404, description = "No such booking, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
                (status = 409, description = "The booking is not in a state for this, or it is too late", body = HttpProblem, content_type = "application/problem+json"),
                (status = 412, description = "The booking has changed since", body = HttpProblem, content_type = "application/problem+json"),
            ))]
        pub async fn $name(
            Shared(state): Shared<AppState>,
            caller: Caller,
            Name(id): Name,
            headers: HeaderMap,
        ) -> Result<Response, HttpProblem> {
            let booking = find_seen(&state, &caller, &id).await?;
            change(&state, &booking, wanted_version(&headers)?, $change, &caller).await
        }
    };
}

act_on_a_booking!(
    /// Cancels a booking
    ///
    /// Until the first barge is berthed. Its slots are offered to the first of the waiting list who fits.
    cancel, "/api/v1/bookings/{id}/cancel", "cancel-booking", Change::Cancel
);
act_on_a_booking!(
    /// Takes slots that have come free
    ///
    /// For a booking of the waiting list whose slots are kept (`PENDING_UPDATE`), until `offer_until`.
    accept, "/api/v1/bookings/{id}/accept", "accept-booking-offer", Change::Accept
);
act_on_a_booking!(
    /// Leaves slots that have come free to the next of the waiting list
    decline, "/api/v1/bookings/{id}/decline", "decline-booking-offer", Change::DeclineOffer
);

/// What became of a booking, oldest first
///
/// Each record carries the hash of the one before of the same booking.
#[utoipa::path(get, path = "/api/v1/bookings/{id}/events", tag = "Bookings", operation_id = "list-booking-events",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "All records", body = EventRows),
        (status = 404, description = "No such booking, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn events(Shared(state): Shared<AppState>, caller: Caller, Name(id): Name) -> Result<Json<EventRows>, HttpProblem> {
    let booking = find_seen(&state, &caller, &id).await?;
    let events = state.ledger.events(&id).await?;
    let waiting_before = state.ledger.place_in_line(&booking).await?;
    Ok(Json(EventRows { events: events.into_iter().map(EventBody::from).collect(), waiting_before }))
}
