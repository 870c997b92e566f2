//! Answers and error bodies.

use super::API_VERSION;
use super::asked::Asked;
use super::params::Mistakes;
use crate::publish::dcsa::ErrorResponse;
use crate::service::published::{CurrentPlan, PublishedPlan};
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use chrono_tz::Asia::Shanghai;
use serde::Serialize;

const VERSION: HeaderName = HeaderName::from_static("api-version");
const NEXT_PAGE: HeaderName = HeaderName::from_static("next-page-cursor");

/// One page of a list.
pub(super) struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page starts, when there is one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Nothing found.
    pub fn empty() -> Self {
        Self { items: Vec::new(), next: None }
    }
}

/// What a request asks of the published plan, or everything that was wrong with the request. `read` is given the plan's identifier, empty
/// where nothing is published: then nothing is found.
pub(super) fn answer<Wanted, T: Serialize>(
    current: &CurrentPlan,
    asked: &Asked,
    read: impl FnOnce(&Asked, &str, DateTime<Utc>) -> Result<Wanted, Mistakes>,
    find: impl FnOnce(&PublishedPlan, &Wanted) -> Page<T>,
) -> Response {
    let (plan, now) = (current.load(), current.now());
    let mut response = match read(asked, plan.as_ref().map_or("", |plan| &plan.id), now) {
        Ok(wanted) => page_response(plan.map_or_else(Page::empty, |plan| find(&plan, &wanted))),
        Err(mistakes) => bad_request(asked, now, mistakes),
    };
    response.headers_mut().insert(VERSION, HeaderValue::from_static(API_VERSION));
    response
}

fn page_response<T: Serialize>(page: Page<T>) -> Response {
    let mut response = Json(page.items).into_response();
    if let Some(cursor) = page.next.and_then(|cursor| HeaderValue::try_from(cursor).ok()) {
        response.headers_mut().insert(NEXT_PAGE, cursor);
    }
    response
}

fn bad_request(asked: &Asked, now: DateTime<Utc>, mistakes: Mistakes) -> Response {
    let status = StatusCode::BAD_REQUEST;
    let body = ErrorResponse {
        http_method: asked.method.to_string(),
        request_uri: asked.uri.path_and_query().map_or(String::new(), ToString::to_string),
        status_code: status.as_u16(),
        status_code_text: "Bad Request".to_owned(),
        status_code_message: Some("All that is wrong with the request is listed in errors.".to_owned()),
        error_date_time: now.with_timezone(&Shanghai).fixed_offset(),
        errors: mistakes.into_errors(),
    };
    (status, Json(body)).into_response()
}
