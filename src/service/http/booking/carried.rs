//! What became of bookings when a plan was published.

use super::seen_by;
use crate::service::http::extract::{Asked, Name, Paging, Rows};
use crate::service::http::guard::Caller;
use crate::service::http::plans::find_shown;
use crate::service::http::problem::HttpProblem;
use crate::service::http::state::AppState;
use crate::service::http::view::View;
use crate::service::ledger::CarriedRow;
use axum::extract::State;
use axum::response::Response;

/// What became of bookings when a plan was published
///
/// Every booking that was not loaded yet is listed: carried unchanged, moved to another way that keeps what was promised, back on the
/// waiting list, or stranded with the reason. The booking itself names the best other way.
#[utoipa::path(get, path = "/api/v1/plans/{id}/carried-bookings", tag = "Bookings", operation_id = "list-carried-bookings",
    params(("id" = String, Path, description = "Identifier of the plan, or `current`", pattern = "^(current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"), Paging),
    responses(
        (status = 200, description = "A page of bookings that the caller may see", body = Rows<CarriedRow>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such plan, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub async fn list_carried(
    State(state): State<AppState>,
    caller: Caller,
    Name(plan): Name,
    Asked(paging): Asked<Paging>,
) -> Result<Response, HttpProblem> {
    let id = find_shown(&state, &View::of(&caller), &plan).await?;
    let rows = state.ledger.list_carried(&id, &seen_by(&caller), &paging.page()?).await?;
    let path = format!("/api/v1/plans/{id}/carried-bookings");
    Ok(Rows::new(rows, &paging, |row| row.booking_id.clone()).answer(&path, &paging, ""))
}
