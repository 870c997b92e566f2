//! The alliance's terms of booking and its price list.

use super::now;
use crate::domain::Tariff;
use crate::service::http::extract::{Sent, Whole};
use crate::service::http::guard::Caller;
use crate::service::http::problem::{Fault, HttpProblem};
use crate::service::http::state::AppState;
use crate::service::ledger::Terms;
use axum::Json;
use axum::extract::State;

/// No charge for one unit is as high: 100,000 in whole currency.
const MOST_CENTS: i64 = 10_000_000;

/// The terms of booking
///
/// Cut-offs, the return of unused allotments, how long offers stand, and what may be booked beyond a vessel's capacity.
#[utoipa::path(get, path = "/api/v1/booking-terms", tag = "Bookings", operation_id = "get-booking-terms",
    responses((status = 200, description = "The terms", body = Terms)))]
pub async fn read_terms(State(state): State<AppState>) -> Result<Json<Terms>, HttpProblem> {
    Ok(Json(state.ledger.terms().await?))
}

/// Sets the terms of booking
///
/// From now on. Bookings keep the cut-offs they were made with; overbooking changes the limit of all legs that are not berthed yet, never
/// below what is booked.
#[utoipa::path(put, path = "/api/v1/booking-terms", tag = "Bookings", operation_id = "set-booking-terms", request_body = Terms,
    responses(
        (status = 200, description = "The terms", body = Terms),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The terms have errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn write_terms(
    State(state): State<AppState>,
    caller: Caller,
    Sent(Whole(terms)): Sent<Whole<Terms>>,
) -> Result<Json<Terms>, HttpProblem> {
    check(&terms)?;
    state.ledger.set_terms(terms, now(&state)).await?;
    state.store.write_down(caller.key(), "booking_terms.set", "", &format!("{terms:?}")).await?;
    Ok(Json(terms))
}

fn check(terms: &Terms) -> Result<(), HttpProblem> {
    let bounds = [
        ("box_cut_off_h", terms.box_cut_off_h, 0, 168),
        ("customs_cut_off_h", terms.customs_cut_off_h, 0, 168),
        ("return_h", terms.return_h, 0, 672),
        ("offer_h", terms.offer_h, 1, 168),
        ("overbooking_percent", terms.overbooking_percent, 0, 50),
    ];
    let wrong = bounds.into_iter().filter(|(_, value, least, most)| !(*least..=*most).contains(value));
    let faults: Vec<Fault> = wrong
        .map(|(field, _, least, most)| Fault::field(field, "the number is out of bounds", format!("give {least} to {most}")))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(HttpProblem::unprocessable("the terms have errors", faults)) }
}

/// The published price list
///
/// Every charge of a quote is on it.
#[utoipa::path(get, path = "/api/v1/tariff", tag = "Bookings", operation_id = "get-tariff",
    responses(
        (status = 200, description = "The list", body = Tariff),
        (status = 404, description = "No list is published", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn read_tariff(State(state): State<AppState>) -> Result<Json<Tariff>, HttpProblem> {
    let tariff = state.ledger.conditions().await?.1;
    tariff.map(Json).ok_or_else(|| HttpProblem::not_found("no price list is published"))
}

/// Publishes a price list
///
/// For bookings from now on; those that are made keep their prices.
#[utoipa::path(put, path = "/api/v1/tariff", tag = "Bookings", operation_id = "set-tariff", request_body = Tariff,
    responses(
        (status = 200, description = "The list", body = Tariff),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The list has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn write_tariff(
    State(state): State<AppState>,
    caller: Caller,
    Sent(Whole(tariff)): Sent<Whole<Tariff>>,
) -> Result<Json<Tariff>, HttpProblem> {
    check_tariff(&tariff)?;
    state.ledger.set_tariff(&tariff).await?;
    state.store.write_down(caller.key(), "tariff.published", "", &format!("{tariff:?}")).await?;
    Ok(Json(tariff))
}

fn check_tariff(tariff: &Tariff) -> Result<(), HttpProblem> {
    let charges = [
        ("freight_cents_per_teu", tariff.freight_cents_per_teu.0),
        ("freight_cents_per_teu_km", tariff.freight_cents_per_teu_km.0),
        ("transshipment_cents_per_teu", tariff.transshipment_cents_per_teu.0),
        ("reefer_cents_per_teu", tariff.reefer_cents_per_teu.0),
        ("dangerous_cents_per_teu", tariff.dangerous_cents_per_teu.0),
        ("document_cents", tariff.document_cents.0),
    ];
    let wrong = charges.into_iter().filter(|(_, cents)| !(0..=MOST_CENTS).contains(cents));
    let mut faults: Vec<Fault> = wrong
        .map(|(field, _)| Fault::field(field, "the charge is out of bounds", format!("give 0 to {MOST_CENTS} hundredths")))
        .collect();
    if !(0..=100).contains(&tariff.empty_freight_percent) {
        faults.push(Fault::field("empty_freight_percent", "the share is out of bounds", "give 0 to 100"));
    }
    if !(1..=10).contains(&tariff.currency.len()) || !tariff.currency.bytes().all(|c| c.is_ascii_alphanumeric()) {
        faults.push(Fault::field("currency", "this names no currency", "give 1 to 10 letters, such as RMB"));
    }
    if faults.is_empty() { Ok(()) } else { Err(HttpProblem::unprocessable("the price list has errors", faults)) }
}
