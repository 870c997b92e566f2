//! Errors as `application/problem+json` (RFC 9457).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// An answer that is an error.
#[derive(Clone, Debug, Serialize)]
pub struct HttpProblem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
}

impl HttpProblem {
    /// Nothing lies at this address.
    pub fn not_found(detail: String) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found", detail)
    }

    /// The address is right and the method is not: everything here is read-only.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", "this resource is read with GET or HEAD".to_owned())
    }

    fn new(status: StatusCode, title: &'static str, detail: String) -> Self {
        Self { kind: "about:blank", title, status: status.as_u16(), detail }
    }
}

impl IntoResponse for HttpProblem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // four plain fields always become JSON
        let body = serde_json::to_string(&self).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
