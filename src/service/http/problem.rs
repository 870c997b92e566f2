//! Errors as `application/problem+json` (RFC 9457), whoever raised them: one shape for all.

use crate::input::{InputError, InputErrors};
use crate::service::store::StoreError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Media type of an error.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// An answer that is an error.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HttpProblem {
    /// `about:blank`: the status says what kind of error it is.
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    /// What is wrong with this request.
    detail: String,
    /// Everything that is wrong with what was sent, one by one; left out where `detail` says it all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
    /// Seconds after which it makes sense to come again.
    #[serde(skip)]
    retry_after_s: Option<u64>,
}

/// One thing that is wrong with what was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// Stable code: of `input` (`I...`), of the auditor (`A-...`), or `H-...` of this interface.
    pub code: String,
    /// Table of an instance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line of the table, the header being line 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Column of the table, setting, or field of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Fault {
    /// A field of a request that cannot be taken.
    pub fn field(field: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), help: Some(help.into()), ..Self::new("H-FIELD", message) }
    }

    /// A file of an upload that cannot be taken.
    pub fn file(file: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { file: Some(file.to_owned()), help: Some(help.into()), ..Self::new("H-UPLOAD", message) }
    }

    /// Something with a code and no place.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), file: None, line: None, field: None, message: message.into(), help: None }
    }
}

impl From<InputError> for Fault {
    fn from(error: InputError) -> Self {
        Self {
            code: error.code.text().to_owned(),
            file: Some(error.file),
            line: error.line,
            field: error.field,
            message: error.what,
            help: Some(error.do_this),
        }
    }
}

impl HttpProblem {
    /// An error whose kind its status says.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Error");
        let detail = detail.into();
        Self { kind: "about:blank", title, status: status.as_u16(), detail, errors: Vec::new(), retry_after_s: None }
    }

    /// The request cannot be understood.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// Nothing lies at this address, or nothing that the caller may know of.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// There is no key, or one that opens nothing.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    /// The key is good and the role is not.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// The request was understood and its content cannot be taken, for all these reasons.
    pub fn unprocessable(detail: impl Into<String>, errors: Vec<Fault>) -> Self {
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }

    /// The caller asks too often.
    pub fn too_many(retry_after_s: u64) -> Self {
        let detail = "too many requests from this caller; come again later";
        Self { retry_after_s: Some(retry_after_s), ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail) }
    }

    /// The request contradicts what is so now, for this reason.
    pub fn conflict(detail: &str, fault: Fault) -> Self {
        Self { errors: vec![fault], ..Self::new(StatusCode::CONFLICT, detail) }
    }

    /// The service cannot answer now.
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self { retry_after_s: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }

    /// Something broke. The cause is logged and not sent.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the request failed; its cause is in the log of the service")
    }
}

impl From<InputErrors> for HttpProblem {
    fn from(errors: InputErrors) -> Self {
        let more = if errors.more > 0 { format!(", and {} more", errors.more) } else { String::new() };
        let detail = format!("the instance has errors: {} are listed{more}", errors.errors.len());
        Self::unprocessable(detail, errors.errors.into_iter().map(Fault::from).collect())
    }
}

impl From<StoreError> for HttpProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } => Self::not_found(error.to_string()),
            StoreError::Conflict(detail) => Self::new(StatusCode::CONFLICT, detail),
            StoreError::Busy => Self::unavailable("the database is busy"),
            other => Self::internal(&other),
        }
    }
}

impl IntoResponse for HttpProblem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // plain fields always become JSON
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CACHE_CONTROL, "no-store")], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"waterbus\""));
        }
        response
    }
}
