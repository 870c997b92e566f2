//! The service over HTTP. In: a state with its store. Out: a router with our own resources below `/api/v1`, the schedules of DCSA below
//! `/v1`, the page, and what operators need. Handlers translate and delegate. Rules guarded: one table says who may do what, for the guard,
//! the description and the test alike; what of a plan a role sees is decided in one place; every refusal is a problem document; nothing
//! is unbounded.

mod availability;
mod body;
mod booking;
mod describe;
mod extract;
mod guard;
mod instances;
mod jobs;
mod journeys;
mod ledger_clock;
mod limits;
mod network;
mod observe;
mod page;
mod parts;
mod people;
mod plans;
mod problem;
mod rooms;
mod running;
mod settings;
mod shelf;
mod shown;
mod state;
mod upload;
mod view;

pub use settings::{Limits, Settings};
pub use state::{AppState, Shared, open};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, StatusCode, Uri, Version, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use problem::HttpProblem;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The app. The caller binds an address and serves it; a server tells each request's peer as `ConnectInfo<SocketAddr>`.
pub fn app(state: AppState) -> Router {
    let limits = &state.settings.limits;
    let (described, _) = routes().split_for_parts();
    let (uploads, _) = upload_routes().split_for_parts();
    let uploads = uploads.layer(DefaultBodyLimit::max(limits.upload_bytes));
    described
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .merge(uploads)
        .route("/assets/{file}", get(page::asset))
        .route("/docs", get(running::docs))
        .route("/docs/", get(running::docs_index))
        .route("/docs/{*rest}", get(running::docs_rest))
        .fallback(nothing_here)
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_unpacked)))
        .layer(from_fn_with_state(state.clone(), guard::guard))
        .layer(from_fn_with_state(state.clone(), limits::admit))
        .layer(CatchPanicLayer::custom(observe::after_panic))
        .layer(from_fn(observe::observe))
        .with_state(state)
}

/// Bodies with a validator come packed already where that helps; packed once more they would be other bytes under the same name.
fn is_unpacked(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ETAG)
}

/// All endpoints that are described.
fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(page::page))
        .routes(routes!(running::healthz))
        .routes(routes!(running::readyz))
        .routes(routes!(running::description))
        .routes(routes!(observe::metrics))
        .routes(routes!(instances::list))
        .routes(routes!(instances::one))
        .routes(routes!(plans::request, plans::list))
        .routes(routes!(plans::record))
        .routes(routes!(plans::compare))
        .routes(routes!(plans::publish))
        .routes(routes!(plans::withdraw))
        .routes(routes!(shown::plan))
        .routes(routes!(shown::plan_text))
        .routes(routes!(shown::plan_services))
        .routes(routes!(shown::plan_timetable))
        .routes(routes!(shown::timetable_csv))
        .routes(routes!(shown::timetable_xlsx))
        .routes(routes!(shown::plan_slots))
        .routes(routes!(shown::slots_csv))
        .routes(routes!(shown::plan_settlement))
        .routes(routes!(shown::plan_berths))
        .routes(routes!(shown::berths_csv))
        .routes(routes!(shown::plan_load_lists))
        .routes(routes!(shown::plan_ledger))
        .routes(routes!(shown::plan_network))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::one, jobs::cancel))
        .routes(routes!(jobs::events))
        .routes(routes!(shown::services))
        .routes(routes!(shown::service))
        .routes(routes!(shown::service_calendar))
        .routes(routes!(shown::terminals))
        .routes(routes!(shown::terminal))
        .routes(routes!(shown::terminal_calendar))
        .routes(routes!(availability::availability))
        .routes(routes!(people::members, people::add_member))
        .routes(routes!(people::keys, people::create_key))
        .routes(routes!(people::revoke_key))
        .routes(routes!(people::session, people::open_session, people::end_session))
        .routes(routes!(people::me))
        .routes(routes!(people::audit_trail))
        .routes(routes!(journeys::journeys))
        .routes(routes!(booking::terms::read_tariff, booking::terms::write_tariff))
        .routes(routes!(booking::handlers::list, booking::handlers::create))
        .routes(routes!(booking::handlers::one, booking::handlers::amend))
        .routes(routes!(booking::handlers::cancel))
        .routes(routes!(booking::handlers::accept))
        .routes(routes!(booking::handlers::decline))
        .routes(routes!(booking::handlers::events))
        .routes(routes!(booking::papers::calendar))
        .routes(routes!(booking::papers::confirmation_page))
        .routes(routes!(booking::carried::list_carried))
        .routes(routes!(booking::terms::read_terms, booking::terms::write_terms))
        .merge(super::dcsa::router())
}

/// Endpoints with large bodies.
fn upload_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(instances::bring))
}

async fn nothing_here(uri: Uri) -> HttpProblem {
    HttpProblem::not_found(format!("nothing lies at {}", uri.path()))
}
