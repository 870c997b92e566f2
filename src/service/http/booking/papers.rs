//! The papers of a booking.

use super::find_seen;
use crate::domain::Cents;
use crate::publish::{BookingPaper, PaperItem, PaperRide, booking_calendar, confirmation};
use crate::service::http::extract::Name;
use crate::service::http::guard::Caller;
use crate::service::http::problem::HttpProblem;
use crate::service::http::state::AppState;
use crate::service::ledger::{Booking, State};
use axum::extract::State as Shared;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};

/// An endpoint for a paper of a booking.
macro_rules! paper_of_a_booking {
    ($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $media:literal, $make:expr) => {
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = "Bookings", operation_id = $operation, params(("id" = String, Path, format = "uuid")),
            responses(
                (status = 200, description = "The paper", body = String, content_type = $media),
                (status = 404, description = "No such booking, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
            ))]
        pub async fn $name(Shared(state): Shared<AppState>, caller: Caller, Name(id): Name) -> Result<Response, HttpProblem> {
            let booking = find_seen(&state, &caller, &id).await?;
            let headers = [(header::CONTENT_TYPE, concat!($media, "; charset=utf-8")), (header::CACHE_CONTROL, "private, no-cache")];
            Ok((headers, $make(&paper(&booking))).into_response())
        }
    };
}

paper_of_a_booking!(
    /// The dates of a booking as a calendar
    calendar, "/api/v1/bookings/{id}/calendar.ics", "get-booking-calendar", "text/calendar", booking_calendar
);
paper_of_a_booking!(
    /// The confirmation of a booking, to print
    confirmation_page, "/api/v1/bookings/{id}/confirmation", "get-booking-confirmation", "text/html", confirmation
);

fn paper(booking: &Booking) -> BookingPaper {
    let detail = &booking.detail;
    let quote = detail.quote.clone().unwrap_or_default();
    let trade = format!("{:?}", detail.trade).to_lowercase();
    let cargo = format!("{:?}", detail.cargo).to_lowercase();
    BookingPaper {
        id: booking.id.clone(),
        version: booking.version,
        state: booking.state.name().to_owned(),
        state_text: state_text(booking),
        reference: detail.reference.clone(),
        cargo: format!("{} TEU, {} kg, {trade}, {cargo}", booking.load.teu.0, booking.load.kg.0),
        changed_at: DateTime::parse_from_rfc3339(&booking.changed_at).map_or(DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc)),
        hand_over: detail.itinerary.hand_over_min,
        fetch: detail.itinerary.fetch_min,
        rides: detail.itinerary.rides.iter().map(paper_ride).collect(),
        items: quote.items.iter().map(paper_item).collect(),
        currency: quote.currency,
        total: quote.total_cents,
        footprint: detail.footprint.as_ref().map(|it| format!("{:.1} kg CO2e. {}", it.co2e_g as f64 / 1000.0, it.method)),
    }
}

fn paper_ride(ride: &crate::service::ledger::BookedRide) -> PaperRide {
    PaperRide {
        service: ride.service.0.clone(),
        voyage: ride.voyage.clone(),
        from: ride.from_name.clone(),
        to: ride.to_name.clone(),
        berthing: ride.berthing_min,
        departure: ride.departure_min,
        arrival: ride.arrival_min,
        ashore: ride.ashore_min,
    }
}

fn paper_item(item: &crate::service::journey::QuoteItem) -> PaperItem {
    PaperItem {
        text: item.text.clone(),
        quantity: format!("{} {}", item.quantity, item.unit),
        rate: Cents(item.rate_cents.0),
        amount: item.amount_cents,
    }
}

fn state_text(booking: &Booking) -> String {
    let text = match booking.state {
        State::Received => "On the waiting list: no slots are held yet.",
        State::PendingUpdate => "Slots have come free and are kept for your answer.",
        State::Confirmed => "Slots are held on every leg.",
        State::PendingAmendment => "The timetable has changed and does not carry this booking: choose another way or cancel.",
        State::Rejected => "Not booked.",
        State::Declined => "Ended: no other way was taken in time after the timetable changed.",
        State::Cancelled => "Cancelled.",
        State::Completed => "Carried.",
    };
    text.to_owned()
}
