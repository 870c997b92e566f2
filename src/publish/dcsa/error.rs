//! The error body of the standard.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not answered: all that is wrong with it at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorResponse {
    pub http_method: String,
    /// Path and query as they were asked.
    pub request_uri: String,
    pub status_code: u16,
    pub status_code_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code_message: Option<String>,
    pub error_date_time: DateTime<FixedOffset>,
    /// At least one.
    #[schema(min_items = 1)]
    pub errors: Vec<DetailedError>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DetailedError {
    /// What kind of mistake it is, from 7000 to 9999; the meanings are ours.
    #[schema(minimum = 7000, maximum = 9999)]
    pub error_code: u16,
    /// The parameter or header at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub property: Option<String>,
    /// Its value as it was asked, cut at 500 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub value: Option<String>,
    /// The mistake in a word.
    #[schema(max_length = 100)]
    pub error_code_text: String,
    /// What is wrong and what to do.
    #[schema(max_length = 5000)]
    pub error_code_message: String,
}
