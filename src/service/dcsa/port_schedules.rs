//! GET /v1/port-schedules.

use super::answer::{Page, answer};
use super::asked::Asked;
use super::cursor::Cursor;
use super::params::{Mistakes, Params};
use crate::domain::Minutes;
use crate::publish::dcsa::{ErrorResponse, PortSchedule};
use crate::publish::minutes_of;
use crate::service::published::{CurrentPlan, PublishedPlan};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};

/// Days that are answered from the day asked for: every call of a fortnightly plan occurs in them.
const DAYS: i64 = 14;
const DAY: i64 = 24 * 60;

const KNOWN: [&str; 4] = ["UNLocationCode", "date", "limit", "cursor"];

/// What was asked for.
struct Wanted {
    place: String,
    day: NaiveDate,
    limit: usize,
    cursor: Cursor,
}

/// Vessels that call at a place
///
/// For each of the plan's terminals at the place, sorted by terminal, all calls that arrive or depart within 14 days from the day on,
/// sorted by arrival. Terminals without a call in that time are left out; a place that the plan does not know gives an empty list.
#[utoipa::path(
    get,
    path = "/v1/port-schedules",
    tag = "DCSA Commercial Schedules",
    operation_id = "port-schedules",
    params(
        ("UNLocationCode" = String, Query, description = "UN/LOCODE of the place. Several terminals may share one.", pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5, example = "CNNSA"),
        ("date" = chrono::NaiveDate, Query, description = "First local day; 14 days are answered."),
        ("limit" = Option<i32>, Query, description = "Most terminals in the answer; 100 where it is missing.", minimum = 1, maximum = 1000),
        ("cursor" = Option<String>, Query, description = "The Next-Page-Cursor of the page before, with the same filters.", min_length = 1, max_length = 1024),
        ("API-Version" = Option<String>, Header, description = "Major version of the standard: 1.", pattern = "^1$"),
    ),
    responses(
        (status = 200, description = "Schedules, one for each terminal", body = Vec<PortSchedule>, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
            ("Next-Page-Cursor" = Option<String>, description = "Opaque; missing on the last page."),
        )),
        (status = 400, description = "All that is wrong with the request", body = ErrorResponse, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
        )),
    ),
)]
pub(super) async fn port_schedules(State(current): State<CurrentPlan>, asked: Asked) -> Response {
    answer(&current, &asked, read, find)
}

fn read(asked: &Asked, plan: &str, now: DateTime<Utc>) -> Result<Wanted, Mistakes> {
    let mut params = Params::read(asked, &KNOWN);
    let cursor = Cursor::read(&mut params, asked, plan, now);
    params.require("UNLocationCode");
    params.require("date");
    let (place, day) = (params.un_location_code("UNLocationCode"), params.date("date"));
    let limit = params.limit();
    params.finish(Wanted { place: place.unwrap_or_default(), day: day.unwrap_or(cursor.today), limit, cursor })
}

fn find(plan: &PublishedPlan, wanted: &Wanted) -> Page<PortSchedule> {
    let from = minutes_of(wanted.day);
    let mut schedules = plan.dcsa.port_schedules(&wanted.place, from, from + Minutes(DAYS * DAY));
    let end = wanted.cursor.offset.saturating_add(wanted.limit);
    let next = (end < schedules.len()).then(|| wanted.cursor.moved_to(end));
    schedules.truncate(end);
    Page { items: schedules.into_iter().skip(wanted.cursor.offset).collect(), next }
}
