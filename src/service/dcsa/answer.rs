//! Answers and error bodies.

use super::API_VERSION;
use super::asked::Asked;
use super::params::Mistakes;
use crate::publish::dcsa::ErrorResponse;
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

/// The page, or everything that was wrong with the request.
pub(super) fn answer<T: Serialize>(asked: &Asked, now: DateTime<Utc>, result: Result<Page<T>, Mistakes>) -> Response {
    let mut response = match result {
        Ok(page) => page_response(page),
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
