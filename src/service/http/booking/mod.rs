//! Bookings over HTTP: made, listed, looked at, changed; their papers; the alliance's terms; and what became of bookings when a plan was
//! published. Whose bookings a caller sees is decided in one place.

mod bodies;
pub mod carried;
pub mod handlers;
pub mod papers;
mod request;
pub mod terms;

pub use bodies::{BookingBody, BookingRows, EventRows, ItineraryBody};
pub use request::{AmendRequest, BookingRequest};

use super::extract::is_id;
use super::guard::Caller;
use super::problem::{Fault, HttpProblem};
use super::state::AppState;
use crate::domain::Minutes;
use crate::publish::{minutes_at, shown_at};
use crate::service::access::Role;
use crate::service::ledger::{Booking, LedgerError, Refusal, Seen};
use axum::http::StatusCode;
use chrono::{SecondsFormat, Utc};

/// Whose bookings a caller sees: planners of the alliance all, a member those booked through it, a shipper its own.
pub fn seen_by(caller: &Caller) -> Seen {
    let maker = || Seen::Maker(caller.key().to_owned());
    match caller.principal() {
        Some(principal) => match (principal.role, &principal.member) {
            (Role::Admin | Role::AlliancePlanner, _) => Seen::All,
            (Role::Member, Some(member)) => Seen::Member(member.clone()),
            _ => maker(),
        },
        None => maker(),
    }
}

/// A booking that the caller may see; others are as good as not there.
async fn find_seen(state: &AppState, caller: &Caller, id: &str) -> Result<Booking, HttpProblem> {
    let unknown = || HttpProblem::not_found(format!("booking {id} is not known"));
    if !is_id(id) {
        return Err(HttpProblem::not_found("the address names no booking; identifiers are UUIDs"));
    }
    let booking = state.ledger.find(id).await?;
    if seen_by(caller).sees(&booking) { Ok(booking) } else { Err(unknown()) }
}

/// Now, as the timetable counts.
pub(in crate::service::http) fn now(state: &AppState) -> Minutes {
    minutes_at(state.current.now())
}

/// A time of the timetable as RFC 3339 in UTC; empty beyond the calendar.
pub(in crate::service::http) fn utc(at: Minutes) -> String {
    shown_at(at).map_or(String::new(), |time| time.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Secs, true))
}

impl From<LedgerError> for HttpProblem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Store(error) => error.into(),
            LedgerError::Refused(refusal) => refusal.into(),
            LedgerError::KeyReused => Self::unprocessable(
                "the idempotency key was used for another request",
                vec![Fault::new("H-KEY", "send a key of its own with each booking")],
            ),
            LedgerError::InFlight => Self::conflict(
                "a request with this idempotency key is being answered; ask again",
                Fault::new("H-IN-FLIGHT", "not answered yet"),
            ),
        }
    }
}

impl From<Refusal> for HttpProblem {
    fn from(refusal: Refusal) -> Self {
        let text = refusal.to_string();
        let code = match refusal {
            Refusal::Full { .. } => "H-FULL",
            Refusal::Closed => "H-CLOSED",
            Refusal::OfferOver => "H-OFFER-OVER",
            Refusal::NotNow { .. } => "H-STATE",
            Refusal::PlanChanged => "H-PLAN",
            Refusal::Carrying => return Self::unavailable(text),
            Refusal::Version { .. } => return Self::new(StatusCode::PRECONDITION_FAILED, text),
        };
        Self::conflict(&text, Fault::new(code, text.clone()))
    }
}
