//! Bookings as they are told.

use super::utc;
use crate::domain::{Cargo, TerminalCode, Teu, Trade};
use crate::service::journey::{Footprint, Quote};
use crate::service::ledger::{BookedRide, Booking, Event, Itinerary, State};
use schemars::JsonSchema;
use serde::Serialize;

/// A booking.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BookingBody {
    pub id: String,
    pub state: State,
    /// One more with each change; the ETag.
    pub version: i64,
    /// The published plan that it sails by.
    pub plan_id: String,
    /// The member through whom it was booked.
    pub member: Option<String>,
    pub reference: String,
    pub origin: TerminalCode,
    pub destination: TerminalCode,
    pub trade: Trade,
    pub cargo: Cargo,
    pub teu: Teu,
    pub weight_kg: i64,
    pub itinerary: ItineraryBody,
    pub quote: Option<Quote>,
    pub footprint: Option<Footprint>,
    pub arrive_by: Option<String>,
    /// Nothing can be changed from then on.
    pub closes_at: String,
    /// Slots are kept until then for the shipper to accept.
    pub offer_until: Option<String>,
    /// Why it is not carried, where it is not.
    pub reason: Option<String>,
    /// The best other way, where the timetable published since does not carry the booking.
    pub alternative: Option<ItineraryBody>,
    pub created_at: String,
    pub changed_at: String,
}

/// A way on its dates.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ItineraryBody {
    /// Names the way, for a booking.
    pub routing_reference: String,
    /// The boxes must be in the terminal by then.
    pub hand_over_by: String,
    /// They can be fetched from then on.
    pub fetch_from: String,
    pub rides: Vec<RideBody>,
}

/// A stay on board of one barge. Times are planned.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RideBody {
    pub service: String,
    pub voyage: String,
    pub from: TerminalCode,
    pub from_name: String,
    pub to: TerminalCode,
    pub to_name: String,
    pub berthing: String,
    pub departure: String,
    pub arrival: String,
    /// The barge leaves the terminal of discharge.
    pub ashore: String,
}

impl From<&Itinerary> for ItineraryBody {
    fn from(itinerary: &Itinerary) -> Self {
        Self {
            routing_reference: itinerary.routing_reference.clone(),
            hand_over_by: utc(itinerary.hand_over_min),
            fetch_from: utc(itinerary.fetch_min),
            rides: itinerary.rides.iter().map(RideBody::from).collect(),
        }
    }
}

impl From<&BookedRide> for RideBody {
    fn from(ride: &BookedRide) -> Self {
        Self {
            service: ride.service.0.clone(),
            voyage: ride.voyage.clone(),
            from: ride.from.clone(),
            from_name: ride.from_name.clone(),
            to: ride.to.clone(),
            to_name: ride.to_name.clone(),
            berthing: utc(ride.berthing_min),
            departure: utc(ride.departure_min),
            arrival: utc(ride.arrival_min),
            ashore: utc(ride.ashore_min),
        }
    }
}

impl From<&Booking> for BookingBody {
    fn from(booking: &Booking) -> Self {
        let detail = &booking.detail;
        Self {
            id: booking.id.clone(),
            state: booking.state,
            version: booking.version,
            plan_id: booking.plan_id.clone(),
            member: booking.member.clone(),
            reference: detail.reference.clone(),
            origin: detail.origin.clone(),
            destination: detail.destination.clone(),
            trade: detail.trade,
            cargo: detail.cargo,
            teu: booking.load.teu,
            weight_kg: booking.load.kg.0,
            itinerary: (&detail.itinerary).into(),
            quote: detail.quote.clone(),
            footprint: detail.footprint.clone(),
            arrive_by: detail.arrive_by.map(utc),
            closes_at: utc(booking.closes_min),
            offer_until: booking.offer_until_min.map(utc),
            reason: booking.reason.clone(),
            alternative: detail.alternative.as_ref().map(ItineraryBody::from),
            created_at: booking.created_at.clone(),
            changed_at: booking.changed_at.clone(),
        }
    }
}

/// A page of bookings.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BookingRows {
    pub items: Vec<BookingBody>,
    /// Names the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// The record of a booking, oldest first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventRows {
    pub events: Vec<EventBody>,
    /// Waiting bookings before this one on one of its legs, while it waits.
    pub waiting_before: Option<i64>,
}

/// A change of a booking.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EventBody {
    /// The booking's version afterwards.
    pub version: i64,
    pub at: String,
    pub act: String,
    pub state: Option<State>,
    pub record_hash: String,
}

impl From<Event> for EventBody {
    fn from(event: Event) -> Self {
        let booking: Option<Booking> = serde_json::from_str(&event.booking).ok();
        Self {
            version: event.seq,
            at: event.at,
            act: event.act,
            state: booking.map(|booking| booking.state),
            record_hash: event.record_hash,
        }
    }
}
