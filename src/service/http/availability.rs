//! What is left to sell, leg by leg on their dates.

use super::body::Prepared;
use super::booking::{now, utc};
use super::extract::Asked;
use super::guard::Caller;
use super::plans::nothing_published;
use super::problem::HttpProblem;
use super::rooms::BookedRooms;
use super::state::AppState;
use crate::domain::*;
use crate::publish::{Clock, Voyage, YEARS, minutes_of};
use crate::service::ledger::{Leg, Terms};
use crate::service::published::PublishedPlan;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

/// Which legs are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AvailabilityQuery {
    /// A day of the cycle, in Asia/Shanghai; today where it is missing.
    date: Option<NaiveDate>,
    /// Only this service.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    service: Option<String>,
}

fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

/// What is left to sell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Availability {
    pub plan_id: String,
    pub cycle_min: Minutes,
    /// The cycle whose voyages are shown, counted from Monday 1 January 2024.
    pub cycle: i64,
    /// What the alliance lets be booked beyond a vessel's capacity, in hundredths of it.
    pub overbooking_percent: i64,
    pub legs: Vec<FreeLeg>,
}

/// Room of one leg of one voyage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FreeLeg {
    pub service: ServiceCode,
    pub sailing: u32,
    pub leg: CallPos,
    pub from: TerminalCode,
    pub to: TerminalCode,
    pub departure_min: Minutes,
    /// Weekday and local time in Asia/Shanghai.
    pub departure: String,
    /// RFC 3339 in UTC.
    pub departs_at: String,
    /// Slots open to everybody.
    pub free_teu: Teu,
    /// Slots free in the caller's own allotment, for members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_free_teu: Option<Teu>,
    pub free_kg: Kg,
    /// Reefer plugs that are free.
    pub free_plugs: Teu,
    /// Slots for dangerous goods that are free.
    pub free_dangerous_teu: Teu,
    /// Unused allotments have gone back to everybody.
    pub allotments_returned: bool,
}

/// Room on the current plan
///
/// Free slots, tonnes, plugs and slots for dangerous goods of every leg of the voyages of one cycle, as bookings have left them at most a
/// tenth of a second ago. Members see what is free of their own allotment too.
#[utoipa::path(get, path = "/api/v1/availability", tag = "Bookings", operation_id = "get-availability", params(AvailabilityQuery),
    responses(
        (status = 200, description = "All legs", body = Availability, headers(("ETag" = String, description = "Names these bytes for ever"))),
        (status = 304, description = "The caller holds it already"),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is published", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn availability(
    State(state): State<AppState>,
    caller: Caller,
    Asked(query): Asked<AvailabilityQuery>,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let plan = state.current.load().ok_or_else(nothing_published)?;
    if query.date.is_some_and(|date| !YEARS.contains(&date.year())) {
        return Err(HttpProblem::bad_request("date is a day of the years 2000 to 2199"));
    }
    if query.service.as_deref().is_some_and(|service| !is_code(service)) {
        return Err(HttpProblem::bad_request("service is 1 to 40 letters, digits, dots, dashes and underscores"));
    }
    let at = query.date.map_or_else(|| now(&state), minutes_of);
    let cycle = at.0.div_euclid(plan.document.plan.cycle_min.0.max(1));
    let member = caller.principal().and_then(|principal| principal.member.clone());
    let rooms = state.rooms(&plan).await?;
    let place = (plan.id.clone(), rooms.number, cycle, query.service.clone(), member.clone());
    if let Some(body) = state.free_legs.get(&place) {
        return Ok(body.answer(&headers, "private, no-cache"));
    }
    let terms = state.ledger.terms().await?;
    let shown = Shown { plan: &plan, rooms: &rooms, terms: &terms, member: member.as_deref(), now: now(&state) };
    let body = Prepared::json(&shown.cycle(cycle, query.service.as_deref()));
    state.free_legs.insert(place, body.clone());
    Ok(body.answer(&headers, "private, no-cache"))
}

/// What legs are shown from.
struct Shown<'a> {
    plan: &'a PublishedPlan,
    rooms: &'a BookedRooms,
    terms: &'a Terms,
    member: Option<&'a str>,
    now: Minutes,
}

impl Shown<'_> {
    fn cycle(&self, cycle: i64, only: Option<&str>) -> Availability {
        let plan = &self.plan.document.plan;
        let row = |service: &ServiceCode| plan.services.iter().position(|known| known.service == *service);
        let wanted = plan.slots.iter().filter(|slots| only.is_none_or(|only| slots.service.0 == only));
        let leg = |slots: &LegSlots| {
            let voyage = Voyage { service: row(&slots.service)?, cycle, sailing: slots.sailing };
            self.leg(voyage, &self.plan.leg(voyage, slots.leg.row())?)
        };
        Availability {
            plan_id: self.plan.id.clone(),
            cycle_min: plan.cycle_min,
            cycle,
            overbooking_percent: self.terms.overbooking_percent,
            legs: wanted.filter_map(leg).collect(),
        }
    }

    fn leg(&self, voyage: Voyage, leg: &Leg) -> Option<FreeLeg> {
        let plan = &self.plan.document.plan;
        let service = plan.find_service(&leg.service)?;
        let times = self.plan.rollout().call(voyage, leg.leg.row())?;
        let departure_min = times.departure_min - Minutes(voyage.cycle * plan.cycle_min.0);
        let key = (leg.service.0.clone(), leg.cycle, leg.sailing, leg.leg.0);
        let room = self.terms.room(leg, self.rooms.rows.get(&key), self.now);
        Some(FreeLeg {
            service: leg.service.clone(),
            sailing: leg.sailing,
            leg: leg.leg,
            from: service.calls.get(leg.leg.row())?.clone(),
            to: service.calls.get((leg.leg.row() + 1) % service.calls.len().max(1))?.clone(),
            departure_min,
            departure: Clock::Weekdays.show(departure_min),
            departs_at: utc(times.departure_min),
            free_teu: room.open(),
            own_free_teu: self.member.map(|member| room.own(member)),
            free_kg: room.free_kg(),
            free_plugs: room.free_plugs(),
            free_dangerous_teu: room.free_dangerous(),
            allotments_returned: room.returned,
        })
    }
}
