//! What is asked for, checked; all that is wrong with it is said at once.

use crate::domain::{Cargo, Kg, Tariff, Teu, Trade};
use crate::publish::{YEARS, minutes_at};
use crate::service::access::{Principal, Role};
use crate::service::http::extract::read_whole;
use crate::service::http::problem::{Fault, HttpProblem};
use crate::service::journey::BoxKind;
use crate::service::ledger::{Detail, IfFull, Load, Order, Terms};
use crate::service::published::PublishedPlan;
use axum::http::HeaderMap;
use chrono::{DateTime, Datelike, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Terms and price list.
type Conditions = (Terms, Option<Tariff>);

/// No barge of this trade carries more at once.
const MOST_TEU: u32 = 10_000;

/// Heaviest gross mass of one TEU in kilograms (ISO 668: 30,480 for a box of 20 feet).
const MOST_KG_PER_TEU: i64 = 30_480;

const LONGEST_REFERENCE: usize = 100;
const LONGEST_ROUTING: usize = 500;

/// A booking to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    /// The way, as a search has named it (`routing_reference`).
    #[schemars(length(min = 1, max = 500))]
    pub routing_reference: String,
    pub trade: Trade,
    #[serde(default = "dry")]
    pub cargo: Cargo,
    /// Slots that the boxes take: one for 20 feet, two for 40.
    #[serde(deserialize_with = "read_whole")]
    #[schemars(range(min = 1, max = 10_000))]
    pub teu: u32,
    /// Gross mass of all boxes together, at most 30,480 kg a TEU.
    #[serde(deserialize_with = "read_whole")]
    #[schemars(range(min = 0, max = 304_800_000))]
    pub weight_kg: u32,
    /// The boxes must arrive by then, also when the timetable changes.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub arrive_by: Option<DateTime<Utc>>,
    /// The shipper's own reference.
    #[serde(default)]
    #[schemars(length(max = 100), regex(pattern = "^[^\\x00-\\x1f\\x7f]*$"))]
    pub reference: String,
    #[serde(default)]
    pub if_full: IfFull,
    /// The member through whom is booked, whose allotment may be used: for the alliance's planners. A member books through itself, a
    /// shipper takes open slots.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-9A-Za-z_.-]{1,40}$"))]
    pub member: Option<String>,
}

/// What a booking shall be instead.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendRequest {
    #[schemars(length(min = 1, max = 500))]
    pub routing_reference: String,
    #[serde(deserialize_with = "read_whole")]
    #[schemars(range(min = 1, max = 10_000))]
    pub teu: u32,
    #[serde(deserialize_with = "read_whole")]
    #[schemars(range(min = 0, max = 304_800_000))]
    pub weight_kg: u32,
    /// For a booking that waits: go on waiting where there is no room.
    #[serde(default)]
    pub if_full: IfFull,
}

fn dry() -> Cargo {
    Cargo::Dry
}

impl BookingRequest {
    /// The order, on the plan that is published now.
    pub fn order(&self, plan: &PublishedPlan, caller: &Principal, conditions: &Conditions) -> Result<Order, HttpProblem> {
        let mut faults = check_load(self.teu, self.weight_kg);
        let fits = |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(|c| c.is_ascii_control());
        if !fits(&self.reference, LONGEST_REFERENCE) {
            faults.push(Fault::field(
                "reference",
                "the reference is too long or has control characters",
                "give one line of at most 100 characters",
            ));
        }
        let member = find_member(self.member.as_deref(), caller).map_err(|fault| faults.push(*fault)).ok().flatten();
        let arrive_by = self.arrive_by.map(minutes_at);
        if self.arrive_by.is_some_and(|at| !YEARS.contains(&at.year())) {
            faults.push(Fault::field("arrive_by", "the time is out of bounds", "give a time of the years 2000 to 2199"));
        }
        refuse(faults)?;
        let detail = |order: &Detail| Detail { reference: self.reference.clone(), arrive_by, ..order.clone() };
        let wanted =
            Wanted { routing: &self.routing_reference, trade: self.trade, cargo: self.cargo, teu: self.teu, kg: self.weight_kg };
        let order = wanted.order(plan, conditions)?;
        let late = order.detail.itinerary.rides.last().zip(arrive_by).is_some_and(|(ride, by)| ride.arrival_min > by);
        if late {
            refuse(vec![Fault::field("arrive_by", "the way arrives later than that", "choose a way that arrives in time")])?;
        }
        let detail = detail(&order.detail);
        Ok(Order { made_by: caller.key.clone(), member, if_full: self.if_full, detail, ..order })
    }
}

impl AmendRequest {
    /// The order that takes the place of a booking's own.
    pub fn order(&self, plan: &PublishedPlan, before: &Detail, conditions: &Conditions) -> Result<Order, HttpProblem> {
        refuse(check_load(self.teu, self.weight_kg))?;
        let wanted = Wanted {
            routing: &self.routing_reference,
            trade: before.trade,
            cargo: before.cargo,
            teu: self.teu,
            kg: self.weight_kg,
        };
        let order = wanted.order(plan, conditions)?;
        let ends = (&order.detail.origin, &order.detail.destination);
        if ends != (&before.origin, &before.destination) {
            let help = "choose a way between the same terminals, or make a new booking";
            refuse(vec![Fault::field("routing_reference", "the way has other ends than the booking", help)])?;
        }
        let detail = Detail { reference: before.reference.clone(), arrive_by: before.arrive_by, ..order.detail };
        Ok(Order { detail, if_full: self.if_full, ..order })
    }
}

/// Boxes and their way.
struct Wanted<'a> {
    routing: &'a str,
    trade: Trade,
    cargo: Cargo,
    teu: u32,
    kg: u32,
}

impl Wanted<'_> {
    fn order(&self, plan: &PublishedPlan, conditions: &Conditions) -> Result<Order, HttpProblem> {
        let wrong = |message: String| {
            let help = "look for ways and send the `routing_reference` of one of them";
            HttpProblem::unprocessable("the booking has errors", vec![Fault::field("routing_reference", message, help)])
        };
        let reference = Some(self.routing).filter(|text| text.len() <= LONGEST_ROUTING);
        let rides = reference.and_then(|text| plan.dcsa.find_rides(text));
        let rides = rides.ok_or_else(|| wrong("it names no way of the published timetable".to_owned()))?;
        let of = BoxKind { trade: self.trade, reefer: self.cargo == Cargo::Reefer };
        plan.journeys.check(&rides, of).map_err(|fault| wrong(fault.to_string()))?;
        let (terms, tariff) = conditions;
        let way = plan.way(&rides, self.trade, terms).map_err(|fault| wrong(fault.to_string()))?;
        let load = Load::new(Teu(i64::from(self.teu)), Kg(i64::from(self.kg)), self.cargo);
        Ok(plan.order(way, self.trade, self.cargo, load, tariff.as_ref()))
    }
}

fn check_load(teu: u32, weight_kg: u32) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !(1..=MOST_TEU).contains(&teu) {
        faults.push(Fault::field("teu", "the number is out of bounds", format!("give 1 to {MOST_TEU}")));
    }
    if i64::from(weight_kg) > i64::from(teu) * MOST_KG_PER_TEU {
        faults.push(Fault::field("weight_kg", "no box may be as heavy", format!("give at most {MOST_KG_PER_TEU} kg a TEU")));
    }
    faults
}

fn refuse(faults: Vec<Fault>) -> Result<(), HttpProblem> {
    if faults.is_empty() { Ok(()) } else { Err(HttpProblem::unprocessable("the booking has errors", faults)) }
}

/// The member through whom somebody books.
fn find_member(asked: Option<&str>, caller: &Principal) -> Result<Option<String>, Box<Fault>> {
    let wrong = |message: &str, help: &str| Err(Box::new(Fault::field("member", message, help)));
    match (caller.role, &caller.member, asked) {
        (Role::Member, Some(own), Some(asked)) if own != asked => wrong("a member books through itself", "leave `member` out"),
        (Role::Member, own, _) => Ok(own.clone()),
        (Role::Admin | Role::AlliancePlanner, _, asked) => Ok(asked.map(str::to_owned)),
        (_, _, None) => Ok(None),
        _ => wrong("a shipper takes open slots", "leave `member` out; to use a member's allotment, book through that member"),
    }
}

/// The text of the header `Idempotency-Key`: 1 to 255 visible characters, in quotes or not.
pub fn read_key(headers: &HeaderMap) -> Result<String, HttpProblem> {
    let missing = "send a header `Idempotency-Key` of 1 to 255 visible characters, a new one with each booking";
    let value = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(|text| text.trim().trim_matches('"'));
    let good = value.filter(|text| (1..=255).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_graphic()));
    good.map(str::to_owned).ok_or_else(|| HttpProblem::bad_request(missing))
}
