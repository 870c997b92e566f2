//! Parts of plans as endpoints: each finds the plan, picks the part and hands it out.

use super::extract::Name;
use super::guard::Caller;
use super::network::Network;
use super::parts::*;
use super::plans::{find_shown, nothing_published, show};
use super::problem::HttpProblem;
use super::state::AppState;
use super::view::{PlanBody, ShownSettlement, View};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// An endpoint for a part of the plan that the path names.
macro_rules! part_of_a_plan {
    ($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $part:expr, $media:literal, $body:ty) => {
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = "Plans", operation_id = $operation,
            params(("id" = String, Path, description = "Identifier of the plan, or `current`",
                pattern = "^(current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")),
            responses(
                (status = 200, description = "As far as the caller may see it", body = $body, content_type = $media,
                    headers(("ETag" = String, description = "Names these bytes for ever"))),
                (status = 304, description = "The caller holds it already"),
                (status = 404, description = "No such plan, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
            ))]
        pub(super) async fn $name(
            State(state): State<AppState>,
            caller: Caller,
            Name(plan): Name,
            headers: HeaderMap,
        ) -> Result<Response, HttpProblem> {
            let view = View::of(&caller);
            let id = find_shown(&state, &view, &plan).await?;
            show(&state, id, view, $part, &headers).await
        }
    };
}

part_of_a_plan!(
    /// A plan
    ///
    /// The whole document for the alliance's planners, whose ETag is the plan's content hash; others see it reduced.
    plan, "/api/v1/plans/{id}", "get-plan", Part::Whole, "application/json", PlanBody
);
part_of_a_plan!(
    /// The timetable as text, with money and slots
    plan_text, "/api/v1/plans/{id}/text", "get-plan-text", Part::Text, "text/plain", String
);
part_of_a_plan!(
    /// The services of a plan
    plan_services, "/api/v1/plans/{id}/services", "get-plan-services", Part::Services, "application/json", Services
);
part_of_a_plan!(
    /// All sailings of a plan with their calls
    plan_timetable, "/api/v1/plans/{id}/timetable", "get-plan-timetable", Part::Timetable, "application/json", Timetable
);
part_of_a_plan!(
    /// The timetable as CSV
    timetable_csv, "/api/v1/plans/{id}/timetable.csv", "get-plan-timetable-csv", Part::TimetableCsv, "text/csv", String
);
part_of_a_plan!(
    /// The timetable as a workbook
    ///
    /// With sheets of berths and slots for who may see them.
    timetable_xlsx, "/api/v1/plans/{id}/timetable.xlsx", "get-plan-timetable-xlsx", Part::TimetableXlsx,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Vec<u8>
);
part_of_a_plan!(
    /// Slots of every leg
    ///
    /// A member finds its own allotments alone.
    plan_slots, "/api/v1/plans/{id}/slots", "get-plan-slots", Part::Slots, "application/json", Slots
);
part_of_a_plan!(
    /// Slots of every leg as CSV
    ///
    /// A member finds its own allotments alone.
    slots_csv, "/api/v1/plans/{id}/slots.csv", "get-plan-slots-csv", Part::SlotsCsv, "text/csv", String
);
part_of_a_plan!(
    /// Who brings, uses, receives and pays what
    ///
    /// Planners see all members' accounts, those of ports without customers' cargo. A member finds its own account and cargo, all shares, and the
    /// proof: what each set that it belongs to would earn alone, and the bid prices.
    plan_settlement, "/api/v1/plans/{id}/settlement", "get-plan-settlement", Part::Settlement, "application/json", ShownSettlement
);
part_of_a_plan!(
    /// Who holds which berth when
    plan_berths, "/api/v1/plans/{id}/berths", "get-plan-berths", Part::Berths, "application/json", Berths
);
part_of_a_plan!(
    /// The berth plan as CSV
    berths_csv, "/api/v1/plans/{id}/berths.csv", "get-plan-berths-csv", Part::BerthsCsv, "text/csv", String
);
part_of_a_plan!(
    /// What is loaded and discharged at each call
    ///
    /// Demands are named to the alliance's planners; others see the boxes of all customers with the same ends together.
    plan_load_lists, "/api/v1/plans/{id}/load-lists", "get-plan-load-lists", Part::LoadLists, "application/json", LoadLists
);
part_of_a_plan!(
    /// Money, indicators, bounds and gaps
    plan_ledger, "/api/v1/plans/{id}/ledger", "get-plan-ledger", Part::Ledger, "application/json", Account
);

part_of_a_plan!(
    /// The waterway that a plan was made for
    ///
    /// Terminals, channels and land for a map, and the way of every leg. Berths and agreed windows are shown to planners.
    plan_network, "/api/v1/plans/{id}/network", "get-plan-network", Part::Network, "application/json", Network
);

/// An endpoint for a part of the current plan.
macro_rules! part_of_the_current_plan {
    ($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $part:expr, $body:ty) => {
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = "Timetable", operation_id = $operation,
            responses(
                (status = 200, description = "As far as the caller may see it", body = $body, content_type = "application/json",
                    headers(("ETag" = String, description = "Names these bytes for ever"))),
                (status = 304, description = "The caller holds it already"),
                (status = 404, description = "Nothing is published", body = HttpProblem, content_type = "application/problem+json"),
            ))]
        pub(super) async fn $name(State(state): State<AppState>, caller: Caller, headers: HeaderMap) -> Result<Response, HttpProblem> {
            show_current(&state, &caller, $part, &headers).await
        }
    };
}

part_of_the_current_plan!(
    /// Services of the current plan
    services, "/api/v1/services", "list-services", Part::Services, Services
);
part_of_the_current_plan!(
    /// Terminals of the current plan
    terminals, "/api/v1/terminals", "list-terminals", Part::Terminals, Terminals
);
/// An endpoint for a service or terminal of the current plan.
macro_rules! named_in_the_current_plan {
    ($(#[$doc:meta])* $name:ident, $path:literal, $operation:literal, $key:literal, $part:expr, $media:literal, $body:ty) => {
        $(#[$doc])*
        #[utoipa::path(get, path = $path, tag = "Timetable", operation_id = $operation, params(($key = String, Path)),
            responses(
                (status = 200, description = "As far as the caller may see it", body = $body, content_type = $media,
                    headers(("ETag" = String, description = "Names these bytes for ever"))),
                (status = 304, description = "The caller holds it already"),
                (status = 404, description = "Nothing is published, or the current plan does not know it", body = HttpProblem, content_type = "application/problem+json"),
            ))]
        pub(super) async fn $name(
            State(state): State<AppState>,
            caller: Caller,
            Name(code): Name,
            headers: HeaderMap,
        ) -> Result<Response, HttpProblem> {
            show_current(&state, &caller, $part(code), &headers).await
        }
    };
}

named_in_the_current_plan!(
    /// A service of the current plan with its timetable
    ///
    /// With slots for holders of a key, and loads for planners.
    service, "/api/v1/services/{id}", "get-service", "id", Part::Service, "application/json", ServiceDetail
);
named_in_the_current_plan!(
    /// A terminal of the current plan with its calls
    terminal, "/api/v1/terminals/{code}", "get-terminal", "code", Part::Terminal, "application/json", TerminalDetail
);
named_in_the_current_plan!(
    /// Calls of a service as a calendar
    service_calendar, "/api/v1/services/{id}/calendar.ics", "get-service-calendar", "id", Part::ServiceCalendar, "text/calendar", String
);
named_in_the_current_plan!(
    /// Calls at a terminal as a calendar
    terminal_calendar, "/api/v1/terminals/{code}/calendar.ics", "get-terminal-calendar", "code", Part::TerminalCalendar, "text/calendar", String
);

/// A part of the plan that is published now.
pub async fn show_current(state: &AppState, caller: &Caller, part: Part, headers: &HeaderMap) -> Result<Response, HttpProblem> {
    let id = state.current.load().map(|plan| plan.id.clone()).ok_or_else(nothing_published)?;
    show(state, id, View::of(caller), part, headers).await
}
