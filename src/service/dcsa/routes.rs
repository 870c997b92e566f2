//! GET /v1/point-to-point-routes.

use super::answer::{Page, answer};
use super::asked::Asked;
use super::cursor::Cursor;
use super::params::{Mistakes, Params};
use crate::domain::{Minutes, TerminalCode, Trade};
use crate::publish::dcsa::{ErrorResponse, PointToPoint};
use crate::publish::minutes_of;
use crate::service::journey::{Journey, MOST_TRANSSHIPMENTS, Query, Window};
use crate::service::published::{CurrentPlan, PublishedPlan};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Days of departures or arrivals where a request names one end of them or none.
const DEFAULT_DAYS: i64 = 28;
/// Most days that one request may ask for.
const MOST_DAYS: i64 = 92;
const DAY: i64 = 24 * 60;

const KNOWN: [&str; 12] = [
    "placeOfReceipt",
    "placeOfDelivery",
    "departureStartDate",
    "departureEndDate",
    "arrivalStartDate",
    "arrivalEndDate",
    "maxTranshipment",
    "receiptTypeAtOrigin",
    "deliveryTypeAtDestination",
    "cargoType",
    "limit",
    "cursor",
];

/// What was asked for.
struct Wanted {
    from: String,
    to: String,
    departure: Option<Window>,
    arrival: Option<Window>,
    most_transshipments: usize,
    /// Yard to yard; the alliance offers nothing else.
    offered: bool,
    reefer: bool,
    limit: usize,
    cursor: Cursor,
}

/// Ways for a box from place to place
///
/// Every best way through the published timetable for foreign cargo and for domestic cargo, since a request does not tell the customs
/// status: no other way for the same cargo leaves as late, arrives as early and changes barges as seldom. Sorted by departure. Times are planned local times; a way is never longer than 28 days. Places that the plan does not know give
/// an empty list.
#[utoipa::path(
    get,
    path = "/v1/point-to-point-routes",
    tag = "DCSA Commercial Schedules",
    operation_id = "point-to-point-routes",
    params(
        ("placeOfReceipt" = String, Query, description = "UN/LOCODE of the place where the box is handed over. All of the plan's terminals there count.", pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5, example = "CNNSA"),
        ("placeOfDelivery" = String, Query, description = "UN/LOCODE of the place where the box is fetched. All of the plan's terminals there count.", pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5, example = "HKHKG"),
        ("departureStartDate" = Option<chrono::NaiveDate>, Query, description = "First local day of departure. Where one of the two days is missing, 28 days are answered; where no day at all is given, departures of 28 days from today. At most 92 days."),
        ("departureEndDate" = Option<chrono::NaiveDate>, Query, description = "Last local day of departure."),
        ("arrivalStartDate" = Option<chrono::NaiveDate>, Query, description = "First local day of arrival. Where one of the two days is missing, 28 days are answered. At most 92 days."),
        ("arrivalEndDate" = Option<chrono::NaiveDate>, Query, description = "Last local day of arrival."),
        ("maxTranshipment" = Option<i32>, Query, description = "Most changes from barge to barge; 3 where it is missing, and never more than 3. The standard counts moves between ocean vessels only; this network sails barges only, so here every move from one barge to another counts.", minimum = 0, example = 1),
        ("receiptTypeAtOrigin" = Option<String>, Query, description = "`CY` container yard, `SD` store door or `CFS` container freight station. The alliance works from yard to yard: other types give an empty list.", pattern = "^(CY|SD|CFS)$"),
        ("deliveryTypeAtDestination" = Option<String>, Query, description = "As receiptTypeAtOrigin.", pattern = "^(CY|SD|CFS)$"),
        ("cargoType" = Option<String>, Query, description = "`DRY`, which is the default, or `REEFER`: only barges with plugs.", pattern = "^(DRY|REEFER)$"),
        ("limit" = Option<i32>, Query, description = "Most routes in the answer; 100 where it is missing.", minimum = 1, maximum = 1000),
        ("cursor" = Option<String>, Query, description = "The Next-Page-Cursor of the page before, with the same filters.", min_length = 1, max_length = 1024),
        ("API-Version" = Option<String>, Header, description = "Major version of the standard: 1.", pattern = "^1$"),
    ),
    responses(
        (status = 200, description = "Routes", body = Vec<PointToPoint>, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
            ("Next-Page-Cursor" = Option<String>, description = "Opaque; missing on the last page."),
        )),
        (status = 400, description = "All that is wrong with the request", body = ErrorResponse, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
        )),
    ),
)]
pub(super) async fn point_to_point_routes(State(current): State<CurrentPlan>, asked: Asked) -> Response {
    answer(&current, &asked, read, find)
}

fn read(asked: &Asked, plan: &str, now: DateTime<Utc>) -> Result<Wanted, Mistakes> {
    let mut params = Params::read(asked, &KNOWN);
    let cursor = Cursor::read(&mut params, asked, plan, now);
    params.require("placeOfReceipt");
    params.require("placeOfDelivery");
    let (from, to) = (params.un_location_code("placeOfReceipt"), params.un_location_code("placeOfDelivery"));
    let departure = days(params.period("departureStartDate", "departureEndDate", MOST_DAYS));
    let arrival = days(params.period("arrivalStartDate", "arrivalEndDate", MOST_DAYS));
    let today = days((Some(cursor.today), None)).filter(|_| arrival.is_none());
    let types = ["receiptTypeAtOrigin", "deliveryTypeAtDestination"].map(|name| params.word(name, &["CY", "SD", "CFS"]));
    let wanted = Wanted {
        from: from.unwrap_or_default(),
        to: to.unwrap_or_default(),
        departure: departure.or(today),
        arrival,
        most_transshipments: params
            .number("maxTranshipment", 0, i32::MAX as u32)
            .map_or(MOST_TRANSSHIPMENTS, |most| (most as usize).min(MOST_TRANSSHIPMENTS)),
        offered: types.iter().flatten().all(|kind| kind == "CY"),
        reefer: params.word("cargoType", &["DRY", "REEFER"]).is_some_and(|kind| kind == "REEFER"),
        limit: params.limit(),
        cursor,
    };
    params.finish(wanted)
}

/// Whole local days; an end that is missing lies 28 days from the other one.
fn days((first, last): (Option<NaiveDate>, Option<NaiveDate>)) -> Option<Window> {
    let length = TimeDelta::days(DEFAULT_DAYS - 1);
    let (first, last) = match (first, last) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => (first, first.checked_add_signed(length)?),
        (None, Some(last)) => (last.checked_sub_signed(length)?, last),
        (None, None) => return None,
    };
    Some(Window { from: minutes_of(first), until: minutes_of(last) + Minutes(DAY) })
}

fn find(plan: &PublishedPlan, wanted: &Wanted) -> Page<PointToPoint> {
    if !wanted.offered {
        return Page::empty();
    }
    let journeys = journeys(plan, wanted);
    let offset = wanted.cursor.offset;
    let page = journeys.iter().enumerate().skip(offset).take(wanted.limit);
    let route = |(row, journey): (usize, &Journey)| plan.dcsa.point_to_point(&journey.rides, i32::try_from(row + 1).ok()?);
    let end = offset.saturating_add(wanted.limit);
    Page { items: page.filter_map(route).collect(), next: (end < journeys.len()).then(|| wanted.cursor.moved_to(end)) }
}

/// The standard asks without a customs status. A way must be open from end to end to one kind of cargo, so foreign and domestic cargo are
/// asked for one by one; a way that is best for both stands once.
fn journeys(plan: &PublishedPlan, wanted: &Wanted) -> Vec<Journey> {
    let terminals = |place: &str| plan.dcsa.terminals_at(place).into_iter().cloned().collect::<Vec<TerminalCode>>();
    let mut query = Query {
        origins: terminals(&wanted.from),
        destinations: terminals(&wanted.to),
        departure: wanted.departure,
        arrival: wanted.arrival,
        most_transshipments: wanted.most_transshipments,
        reefer: wanted.reefer,
        ..Query::default()
    };
    let mut journeys = Vec::new();
    for trade in [Trade::Transit, Trade::Domestic] {
        query.trade = Some(trade);
        journeys.extend(plan.journeys.find(&query));
    }
    journeys.sort_by(|a, b| (a.departure, a.arrival, &a.rides).cmp(&(b.departure, b.arrival, &b.rides)));
    journeys.dedup();
    journeys
}
