//! DCSA Commercial Schedules 1.0 over HTTP. In: the plan that is published now. Out: a router with the three endpoints of the standard.
//! Rules guarded: every parameter is read strictly, and all that is wrong with a request is said at once in the standard's error body; a
//! page's cursor belongs to one plan and one set of filters; windows and pages are bounded, so that no request can hold the server.

mod answer;
mod asked;
mod cursor;
mod params;
mod port_schedules;
mod routes;
mod vessel_schedules;

use super::published::CurrentPlan;
use axum::extract::FromRef;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Version of the standard that is spoken.
pub const API_VERSION: &str = "1.0.3";

/// The three endpoints with their description. With no plan published they answer with empty lists.
pub fn router<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    CurrentPlan: FromRef<S>,
{
    OpenApiRouter::default()
        .routes(routes!(routes::point_to_point_routes))
        .routes(routes!(port_schedules::port_schedules))
        .routes(routes!(vessel_schedules::vessel_schedules))
}
