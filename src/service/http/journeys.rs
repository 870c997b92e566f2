//! Ways for boxes: when they sail, whether there is room, what they cost and emit.

use super::booking::{ItineraryBody, now, utc};
use super::extract::{Asked, Paging, Rows};
use super::guard::Caller;
use super::plans::nothing_published;
use super::problem::{Fault, HttpProblem};
use super::state::AppState;
use crate::domain::*;
use crate::publish::{YEARS, minutes_at, minutes_of};
use crate::service::asking::{Offer, When, Wish};
use crate::service::journey::{Footprint, MOST_TRANSSHIPMENTS, Quote};
use crate::service::ledger::{LegKey, LegRow, Load, Terms};
use crate::service::published::PublishedPlan;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::IntoParams;

/// What is asked for. One of `depart`, `arrive`, `week` and `mother_vessel` says when; without any, departures from now on.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct JourneyQuery {
    /// Terminal of origin, as `/api/v1/terminals` names it.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    from: String,
    /// Terminal of destination; that of the mother vessel where it is missing.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    to: Option<String>,
    /// The boxes can be handed over from then on (RFC 3339).
    depart: Option<DateTime<Utc>>,
    /// They must arrive by then (RFC 3339), a second customs clearance included.
    arrive: Option<DateTime<Utc>>,
    /// All departures of the seven days from this day on, in Asia/Shanghai.
    week: Option<NaiveDate>,
    /// They must arrive by the next barge cut-off of this mother vessel.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,40}$")]
    mother_vessel: Option<String>,
    /// Customs status; `domestic` where it is missing.
    #[param(pattern = "^(export|import|transit|domestic|cross_border_domestic|empty)$")]
    trade: Option<String>,
    /// `dry` where it is missing.
    #[param(pattern = "^(dry|reefer|dangerous)$")]
    cargo: Option<String>,
    /// Slots that the boxes take; 1 where it is missing.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    teu: Option<u32>,
    /// Gross mass of all boxes together; 0 where it is missing.
    #[param(minimum = 0, maximum = 304_800_000, default = 0)]
    weight_kg: Option<u32>,
    /// Most changes from barge to barge.
    #[param(minimum = 0, maximum = 3, default = 3)]
    transshipments: Option<u32>,
    /// `room`: only ways with room for these boxes on every leg. `all`, the default: also full ones, which say so.
    #[param(pattern = "^(all|room)$")]
    show: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,64}$")]
    cursor: Option<String>,
}

/// Ways, by departure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JourneyRows {
    pub items: Vec<JourneyBody>,
    /// Names the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// A way for boxes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JourneyBody {
    pub itinerary: ItineraryBody,
    pub transshipments: usize,
    /// When the barge leaves, and when the last one arrives.
    pub departure: String,
    pub arrival: String,
    /// When customs is done with the boxes at the destination, where they are cleared a second time there (R9).
    pub cleared: Option<String>,
    /// Nothing is booked on it from then on.
    pub closes_at: String,
    /// There is room for these boxes on every leg, as of a moment ago.
    pub has_room: bool,
    /// Slots that the caller could book on every leg: open ones, or of its own allotment.
    pub free_teu: Teu,
    /// For these boxes; `null` where no price list is published.
    pub quote: Option<Quote>,
    pub footprint: Option<Footprint>,
}

/// Ways for boxes between two terminals
///
/// Every way that no other one beats in departure, arrival, changes of barges, price and emissions alike, with its cut-offs, the room left,
/// the price item by item and the emissions. Rules of trade, customs, opening hours and the least time between two barges are kept.
#[utoipa::path(get, path = "/api/v1/journeys", tag = "Bookings", operation_id = "find-journeys", params(JourneyQuery),
    responses(
        (status = 200, description = "A page of ways", body = JourneyRows),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is published", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The question has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn journeys(
    State(state): State<AppState>,
    caller: Caller,
    Asked(query): Asked<JourneyQuery>,
) -> Result<Response, HttpProblem> {
    let plan = state.current.load().ok_or_else(nothing_published)?;
    let paging = Paging { limit: query.limit, cursor: query.cursor.clone() };
    let first: usize = paging
        .page()?
        .after
        .map_or(Ok(0), |after| after.parse())
        .map_err(|_| HttpProblem::bad_request("cursor is the next_cursor of the page before"))?;
    let now = now(&state);
    let wish = query.wish(&plan, now)?;
    let (terms, tariff) = state.ledger.conditions().await?;
    let rooms = state.rooms(&plan).await?;
    let member = caller.principal().and_then(|principal| principal.member.clone());
    let looked = Looked { plan: &plan, terms: &terms, booked: &rooms.rows, member: member.as_deref(), now };
    let room = (query.show.as_deref() == Some("room")).then(|| plan.vacancy(&rooms.rows, &wish.load, looked.member, &terms, now));
    let mut offers = plan.offers(&wish, &terms, tariff.as_ref(), room).map_err(|fault| HttpProblem::internal(&fault))?;
    offers.retain(|offer| offer.way.closes > now || matches!(wish.when, When::Week(_)));
    let shown = offers.into_iter().skip(first).take(query.limit.unwrap_or(50) as usize + 1);
    let rows: Vec<(usize, JourneyBody)> =
        shown.enumerate().map(|(row, offer)| (first + row + 1, looked.tell(offer, &wish))).collect();
    Ok(query.page(rows, &paging))
}

impl JourneyQuery {
    fn page(&self, rows: Vec<(usize, JourneyBody)>, paging: &Paging) -> Response {
        let ends: Vec<usize> = rows.iter().map(|(end, _)| *end).collect();
        let count = self.limit.unwrap_or(50) as usize;
        let last = ends.get(count.min(ends.len()).saturating_sub(1)).copied().unwrap_or_default();
        let items = rows.into_iter().map(|(_, row)| row).collect();
        Rows::new(items, paging, |_: &JourneyBody| last.to_string()).answer("/api/v1/journeys", paging, &self.rest())
    }

    /// The query of the next page, but for its place.
    fn rest(&self) -> String {
        let mut rest = format!("&from={}", self.from);
        let instant = |at: &DateTime<Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let named = [
            ("to", self.to.clone()),
            ("depart", self.depart.as_ref().map(instant)),
            ("arrive", self.arrive.as_ref().map(instant)),
            ("week", self.week.map(|day| day.to_string())),
            ("mother_vessel", self.mother_vessel.clone()),
            ("trade", self.trade.clone()),
            ("cargo", self.cargo.clone()),
            ("teu", self.teu.map(|teu| teu.to_string())),
            ("weight_kg", self.weight_kg.map(|kg| kg.to_string())),
            ("transshipments", self.transshipments.map(|most| most.to_string())),
            ("show", self.show.clone()),
        ];
        for (name, value) in named {
            rest.extend(value.map(|value| format!("&{name}={value}")));
        }
        rest
    }

    /// The question, or all that is wrong with it.
    fn wish(&self, plan: &PublishedPlan, now: Minutes) -> Result<Wish, HttpProblem> {
        let mut faults = Vec::new();
        let (trade, cargo) = (
            self.word("trade", self.trade.as_deref(), Trade::Domestic, &mut faults),
            self.word("cargo", self.cargo.as_deref(), Cargo::Dry, &mut faults),
        );
        let mut bound = |field: &str, value: Option<u32>, least: u32, most: u32| {
            if value.is_some_and(|value| !(least..=most).contains(&value)) {
                faults.push(Fault::field(field, "the number is out of bounds", format!("give {least} to {most}")));
            }
        };
        bound("teu", self.teu, 1, 10_000);
        bound("weight_kg", self.weight_kg, 0, 304_800_000);
        bound("transshipments", self.transshipments, 0, MOST_TRANSSHIPMENTS as u32);
        if self.show.as_deref().is_some_and(|show| show != "all" && show != "room") {
            faults.push(Fault::field("show", "this is not shown", "give `all` or `room`"));
        }
        let (when, ship) = self.when(plan, now, &mut faults);
        let to = self.to.clone().map(TerminalCode).or(ship);
        if to.is_none() {
            faults.push(Fault::field("to", "the destination is missing", "give a terminal or a mother vessel"));
        }
        for (field, terminal) in [("from", Some(&TerminalCode(self.from.clone()))), ("to", to.as_ref())] {
            if terminal.is_some_and(|terminal| !plan.journeys.knows(terminal)) {
                faults.push(Fault::field(field, "the plan does not call there", "give a terminal of `/api/v1/terminals`"));
            }
        }
        if !faults.is_empty() {
            return Err(HttpProblem::unprocessable("the question has errors", faults));
        }
        let load = Load::new(Teu(i64::from(self.teu.unwrap_or(1))), Kg(i64::from(self.weight_kg.unwrap_or(0))), cargo);
        let most_transshipments = self.transshipments.map_or(MOST_TRANSSHIPMENTS, |most| most as usize);
        Ok(Wish {
            from: TerminalCode(self.from.clone()),
            to: to.unwrap_or_else(|| "".into()),
            when,
            trade,
            cargo,
            load,
            most_transshipments,
        })
    }

    fn word<T: serde::de::DeserializeOwned>(&self, field: &str, text: Option<&str>, usual: T, faults: &mut Vec<Fault>) -> T {
        let Some(text) = text else { return usual };
        serde_json::from_value(serde_json::Value::from(text)).unwrap_or_else(|_| {
            faults.push(Fault::field(field, "there is no such word", "see the description of this parameter"));
            usual
        })
    }

    /// When, and where the mother vessel lies.
    fn when(&self, plan: &PublishedPlan, now: Minutes, faults: &mut Vec<Fault>) -> (When, Option<TerminalCode>) {
        let given = [self.depart.is_some(), self.arrive.is_some(), self.week.is_some(), self.mother_vessel.is_some()];
        if given.iter().filter(|given| **given).count() > 1 {
            faults.push(Fault::field("depart", "the time is said twice", "give one of depart, arrive, week and mother_vessel"));
        }
        let years = [self.depart.map(|at| at.year()), self.arrive.map(|at| at.year()), self.week.map(|day| day.year())];
        if years.into_iter().flatten().any(|year| !YEARS.contains(&year)) {
            faults.push(Fault::field("depart", "the time is out of bounds", "give a time of the years 2000 to 2199"));
            return (When::DepartFrom(now), None);
        }
        match (self.depart, self.arrive, self.week, &self.mother_vessel) {
            (Some(at), ..) => (When::DepartFrom(minutes_at(at)), None),
            (_, Some(at), ..) => (When::ArriveBy { by: minutes_at(at), ready: Some(now) }, None),
            (_, _, Some(day), _) => (When::Week(minutes_of(day)), None),
            (_, _, _, Some(ship)) => match plan.mother_cut_off(&MotherCode(ship.clone()), now) {
                Some((terminal, by)) => (When::ArriveBy { by, ready: Some(now) }, Some(terminal)),
                None => {
                    faults.push(Fault::field(
                        "mother_vessel",
                        "the instance knows no such ship",
                        "give the code of a mother vessel",
                    ));
                    (When::DepartFrom(now), None)
                }
            },
            _ => (When::DepartFrom(now), None),
        }
    }
}

/// What ways are told from.
struct Looked<'a> {
    plan: &'a PublishedPlan,
    terms: &'a Terms,
    booked: &'a HashMap<LegKey, LegRow>,
    member: Option<&'a str>,
    now: Minutes,
}

impl Looked<'_> {
    fn tell(&self, offer: Offer, wish: &Wish) -> JourneyBody {
        let rides = &offer.way.itinerary.rides;
        let arrival = rides.last().map_or(Minutes(0), |ride| ride.arrival_min);
        let delay = self.plan.second_clearance(&wish.from, &wish.to, wish.trade);
        let (free_teu, has_room) = self.room(&offer, &wish.load);
        JourneyBody {
            itinerary: (&offer.way.itinerary).into(),
            transshipments: rides.len().saturating_sub(1),
            departure: rides.first().map_or(String::new(), |ride| utc(ride.departure_min)),
            arrival: utc(arrival),
            cleared: (delay > Minutes(0)).then(|| utc(arrival + delay)),
            closes_at: utc(offer.way.closes),
            has_room,
            free_teu,
            quote: offer.quote,
            footprint: offer.footprint,
        }
    }

    /// Slots on every leg, and whether the load fits on all of them.
    fn room(&self, offer: &Offer, load: &Load) -> (Teu, bool) {
        let rooms = offer.way.legs.iter().map(|leg| {
            let key = (leg.service.0.clone(), leg.cycle, leg.sailing, leg.leg.0);
            self.terms.room(leg, self.booked.get(&key), self.now)
        });
        rooms.fold((Teu(i64::MAX), true), |(free, fits), room| {
            let slots = room.open().max(self.member.map_or(Teu(0), |member| room.own(member)));
            (free.min(slots), fits && room.find_account(load, self.member).is_ok())
        })
    }
}
