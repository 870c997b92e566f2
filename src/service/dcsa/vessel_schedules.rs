//! GET /v1/vessel-schedules.

use super::answer::{Page, answer};
use super::asked::Asked;
use super::cursor::Cursor;
use super::params::{Kind, Mistakes, Params};
use crate::domain::Minutes;
use crate::publish::dcsa::{CallFilter, ErrorResponse, ServiceSchedule};
use crate::publish::minutes_of;
use crate::service::published::{CurrentPlan, PublishedPlan};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Months, NaiveDate, Utc};

/// Where the request does not say: from three months back to six months ahead, as the standard has it.
const MONTHS_BACK: Months = Months::new(3);
const MONTHS_AHEAD: Months = Months::new(6);
/// Most days that one request may ask for.
const MOST_DAYS: i64 = 366;
/// A page ends after the service with which it holds so many transport calls.
const MOST_CALLS: usize = 2_000;
const DAY: i64 = 24 * 60;

/// Parameters of which one must be given: days alone would ask for everything.
const FILTERS: [&str; 9] = [
    "vesselIMONumber",
    "vesselName",
    "carrierServiceCode",
    "universalServiceReference",
    "carrierVoyageNumber",
    "universalVoyageReference",
    "UNLocationCode",
    "facilitySMDGCode",
    "vesselOperatorCarrierCode",
];

const OTHERS: [&str; 5] = ["startDate", "endDate", "responseScope", "limit", "cursor"];

/// What was asked for.
struct Wanted {
    service: Option<String>,
    operator: Option<String>,
    /// Asks for something that no schedule has before vessels are assigned.
    impossible: bool,
    calls: CallFilter,
    limit: usize,
    cursor: Cursor,
}

/// Timetables of services, vessel by vessel
///
/// For each service the calls of its vessels, by time. A voyage of which one call matches is answered whole, unless `responseScope` says
/// otherwise; the call that ends a voyage, where the next one starts, belongs to both. No barge is assigned when a plan is published:
/// filters by IMO number or name give an empty list, as does a universal service reference, which no service has.
#[utoipa::path(
    get,
    path = "/v1/vessel-schedules",
    tag = "DCSA Commercial Schedules",
    operation_id = "vessel-schedules",
    params(
        ("vesselIMONumber" = Option<String>, Query, description = "IMO number of a vessel; none is assigned, so nothing matches.", pattern = r"^\d{7,8}$", min_length = 7, max_length = 8),
        ("vesselName" = Option<String>, Query, description = "Name of a vessel; none is assigned, so nothing matches.", pattern = r"^\S(?:.*\S)?$", max_length = 50),
        ("carrierServiceCode" = Option<String>, Query, description = "Code of a service.", pattern = r"^\S(?:.*\S)?$", max_length = 11, example = "S01"),
        ("universalServiceReference" = Option<String>, Query, description = "Reference given out by DCSA; no service has one, so nothing matches.", pattern = r"^SR\d{5}[A-Z]$", min_length = 8, max_length = 8),
        ("carrierVoyageNumber" = Option<String>, Query, description = "Import or export voyage, such as 2603R: year, place of the voyage in the service's year in base 36, R for a round trip.", pattern = r"^\S(?:.*\S)?$", max_length = 50),
        ("universalVoyageReference" = Option<String>, Query, description = "Import or export voyage; the alliance's voyage numbers are also its universal references.", pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$", max_length = 5),
        ("UNLocationCode" = Option<String>, Query, description = "UN/LOCODE of a place that is called at.", pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5),
        ("facilitySMDGCode" = Option<String>, Query, description = "The alliance's own code of a terminal that is called at.", pattern = r"^\S(?:.*\S)?$", max_length = 6),
        ("vesselOperatorCarrierCode" = Option<String>, Query, description = "Code of the member that sails the service.", pattern = r"^\S(?:.*\S)?$", max_length = 10),
        ("startDate" = Option<chrono::NaiveDate>, Query, description = "First local day of arrival or departure at a call; three months back where it is missing. At most 366 days."),
        ("endDate" = Option<chrono::NaiveDate>, Query, description = "Last local day of arrival or departure at a call; six months ahead where it is missing."),
        ("responseScope" = Option<String>, Query, description = "`FULL_VOYAGE`, which is the default, or `MATCHED_CALLS`.", pattern = "^(FULL_VOYAGE|MATCHED_CALLS)$"),
        ("limit" = Option<i32>, Query, description = "Most services in the answer; 100 where it is missing. A page also ends with the service that brings it to 2,000 transport calls.", minimum = 1, maximum = 1000),
        ("cursor" = Option<String>, Query, description = "The Next-Page-Cursor of the page before, with the same filters.", min_length = 1, max_length = 1024),
        ("API-Version" = Option<String>, Header, description = "Major version of the standard: 1.", pattern = "^1$"),
    ),
    responses(
        (status = 200, description = "Schedules, one for each service", body = Vec<ServiceSchedule>, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
            ("Next-Page-Cursor" = Option<String>, description = "Opaque; missing on the last page."),
        )),
        (status = 400, description = "All that is wrong with the request", body = ErrorResponse, headers(
            ("API-Version" = String, description = "Version of the standard that is spoken."),
        )),
    ),
)]
pub(super) async fn vessel_schedules(State(current): State<CurrentPlan>, asked: Asked) -> Response {
    answer(&current, &asked, read, find)
}

fn read(asked: &Asked, plan: &str, now: DateTime<Utc>) -> Result<Wanted, Mistakes> {
    let known: Vec<&str> = FILTERS.into_iter().chain(OTHERS).collect();
    let mut params = Params::read(asked, &known);
    let cursor = Cursor::read(&mut params, asked, plan, now);
    if !params.given().iter().any(|(name, _)| FILTERS.contains(&name.as_str())) {
        params.mistake(Kind::MissingFilter, FILTERS[2], None, &format!("give at least one of {}", FILTERS.join(", ")));
    }
    let assigned = [params.digits("vesselIMONumber", 7..=8), params.text("vesselName", 50)];
    let reference = params.service_reference("universalServiceReference");
    let numbers = [params.text("carrierVoyageNumber", 50), params.voyage_reference("universalVoyageReference")];
    let wanted = Wanted {
        service: params.text("carrierServiceCode", 11),
        operator: params.text("vesselOperatorCarrierCode", 10),
        impossible: assigned.iter().any(Option::is_some) || reference.is_some() || contradict(&numbers),
        calls: read_calls(&mut params, numbers, cursor.today),
        limit: params.limit(),
        cursor,
    };
    params.finish(wanted)
}

/// The two names of a voyage are one here: asked for with different values nothing can match.
fn contradict(numbers: &[Option<String>; 2]) -> bool {
    matches!(numbers, [Some(carrier), Some(universal)] if carrier != universal)
}

fn read_calls(params: &mut Params, numbers: [Option<String>; 2], today: NaiveDate) -> CallFilter {
    let (first, last) = params.period("startDate", "endDate", MOST_DAYS);
    let back = today.checked_sub_months(MONTHS_BACK).unwrap_or(today);
    let ahead = today.checked_add_months(MONTHS_AHEAD).unwrap_or(today);
    // with one day given that lies beyond the other's default, the longest window from it
    let longest = chrono::TimeDelta::days(MOST_DAYS - 1);
    let first = first.unwrap_or_else(|| last.map_or(back, |last| back.clamp(last - longest, last)));
    let last = last.unwrap_or_else(|| ahead.clamp(first, first + longest));
    let [carrier, universal] = numbers;
    CallFilter {
        un_location_code: params.un_location_code("UNLocationCode"),
        facility_code: params.text("facilitySMDGCode", 6),
        voyage_number: carrier.or(universal),
        from: minutes_of(first),
        until: minutes_of(last) + Minutes(DAY),
        matched_only: params
            .word("responseScope", &["FULL_VOYAGE", "MATCHED_CALLS"])
            .is_some_and(|scope| scope == "MATCHED_CALLS"),
    }
}

/// Services from the cursor on, until the page is full; the next page starts at the next service that has something to show.
fn find(plan: &PublishedPlan, wanted: &Wanted) -> Page<ServiceSchedule> {
    if wanted.impossible {
        return Page::empty();
    }
    let services = plan.dcsa.services(wanted.service.as_deref(), wanted.operator.as_deref());
    let (mut items, mut calls) = (Vec::new(), 0);
    for (offset, service) in services.into_iter().enumerate().skip(wanted.cursor.offset) {
        if items.len() == wanted.limit || calls >= MOST_CALLS {
            if plan.dcsa.has_calls(service, &wanted.calls) {
                return Page { items, next: Some(wanted.cursor.moved_to(offset)) };
            }
        } else if let Some(schedule) = plan.dcsa.service_schedule(service, &wanted.calls) {
            calls += schedule.vessel_schedules.iter().map(|vessel| vessel.transport_calls.len()).sum::<usize>();
            items.push(schedule);
        }
    }
    Page { items, next: None }
}
