//! Requests to values: query, body and path, every refusal as a problem.

use super::problem::{Fault, HttpProblem};
use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page where the request names no number.
const USUAL_ROWS: u32 = 50;

/// Rows of a page at most.
const MOST_ROWS: u32 = 200;

/// Longest cursor that was ever handed out.
const LONGEST_CURSOR: usize = 64;

/// The query of a request.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, HttpProblem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(HttpProblem::bad_request(rejection.body_text())),
        }
    }
}

/// A whole number as JSON may write it: `54.0` is one (JSON Schema 2020-12, 6.1.1).
///
/// # Errors
/// When it is no whole number that is not negative, or too large.
pub fn read_whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(deserializer: D) -> Result<T, D::Error> {
    let number = serde_json::Number::deserialize(deserializer)?;
    let float =
        || number.as_f64().filter(|value| value.fract() == 0.0 && (0.0..=9.0e15).contains(value)).map(|value| value as u64);
    let whole = number.as_u64().or_else(float).and_then(|value| T::try_from(value).ok());
    whole.ok_or_else(|| D::Error::custom(format!("{number} is no whole number, negative, or too large")))
}

/// The same where there may be none.
///
/// # Errors
/// As [`read_whole`].
pub fn read_whole_or_none<'de, D: Deserializer<'de>, T: TryFrom<u64>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let number = Option::<serde_json::Number>::deserialize(deserializer)?;
    number.map(|number| read_whole(number).map_err(D::Error::custom)).transpose()
}

/// A value whose numbers are all whole, so that `54.0` is read as `54` wherever it stands.
pub struct Whole<T>(pub T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Whole<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = serde_json::Map::deserialize(deserializer)?;
        for value in fields.values_mut().filter(|value| value.is_f64()) {
            *value = read_whole::<_, u64>(value.take()).map_err(D::Error::custom)?.into();
        }
        serde_json::from_value(fields.into()).map(Self).map_err(D::Error::custom)
    }
}

/// The JSON body of a request.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = HttpProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, HttpProblem> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refuse(&rejection)),
        }
    }
}

fn refuse(rejection: &JsonRejection) -> HttpProblem {
    match rejection {
        JsonRejection::JsonDataError(_) => HttpProblem::unprocessable(
            "the body has not the shape of this request",
            vec![Fault::new("H-SHAPE", rejection.body_text())],
        ),
        JsonRejection::JsonSyntaxError(_) => HttpProblem::bad_request(rejection.body_text()),
        JsonRejection::MissingJsonContentType(_) => {
            HttpProblem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the body as `Content-Type: application/json`")
        }
        JsonRejection::BytesRejection(bytes) => refuse_bytes(bytes),
        _ => HttpProblem::bad_request("the body cannot be read"),
    }
}

/// A body that did not come in whole.
pub fn refuse_bytes(rejection: &BytesRejection) -> HttpProblem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            HttpProblem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is larger than this request may be")
        }
        _ => HttpProblem::bad_request("the body broke off"),
    }
}

/// The identifier of a row, from the path: a UUID as we write it. Anything else names nothing.
pub struct Id(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpProblem> {
        let id = Name::from_request_parts(parts, state).await?.0;
        match is_id(&id) {
            true => Ok(Self(id)),
            false => Err(HttpProblem::not_found("the address names nothing; identifiers are UUIDs")),
        }
    }
}

/// Whether a text is an identifier as we write it.
pub fn is_id(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok_and(|id| id.to_string() == text)
}

/// The one name in a path.
pub struct Name(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpProblem> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => Err(HttpProblem::not_found("the address is no text")),
        }
    }
}

/// The two names in a path.
pub struct Names(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for Names {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HttpProblem> {
        match Path::<(String, String)>::from_request_parts(parts, state).await {
            Ok(Path((first, second))) => Ok(Self(first, second)),
            Err(_) => Err(HttpProblem::not_found("the address is no text")),
        }
    }
}

/// Which page of a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// Most rows of the answer.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,64}$")]
    pub cursor: Option<String>,
}

impl Paging {
    /// The page for the store: one row more than is shown tells whether another page follows.
    ///
    /// # Errors
    /// When limit or cursor are out of bounds.
    pub fn page(&self) -> Result<crate::service::store::Page, HttpProblem> {
        let limit = self.limit.unwrap_or(USUAL_ROWS);
        let known = |c: u8| c.is_ascii_alphanumeric() || b"_.-".contains(&c);
        let good = |cursor: &String| (1..=LONGEST_CURSOR).contains(&cursor.len()) && cursor.bytes().all(known);
        match (1..=MOST_ROWS).contains(&limit) && self.cursor.iter().all(good) {
            true => Ok(crate::service::store::Page { limit: i64::from(limit) + 1, after: self.cursor.clone() }),
            false => {
                Err(HttpProblem::bad_request(format!("limit is 1 to {MOST_ROWS}; cursor is the next_cursor of the page before")))
            }
        }
    }

    /// Rows that are shown.
    fn shown(&self) -> usize {
        self.limit.unwrap_or(USUAL_ROWS) as usize
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rows<T> {
    pub items: Vec<T>,
    /// Names the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

impl<T: Serialize> Rows<T> {
    /// Cuts the row too many off; `cursor` names the row after which the next page starts.
    pub fn new(mut items: Vec<T>, paging: &Paging, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > paging.shown();
        items.truncate(paging.shown());
        let next_cursor = items.last().filter(|_| more).map(cursor);
        Self { items, next_cursor }
    }

    /// The page, with a `Link` to the next one. `query` is the rest of the request's query.
    pub fn answer(self, path: &str, paging: &Paging, query: &str) -> Response {
        let link = self.next_cursor.as_ref().map(|cursor| {
            let limit = paging.shown();
            format!("<{path}?limit={limit}{query}&cursor={cursor}>; rel=\"next\"")
        });
        let mut response = Json(self).into_response();
        if let Some(link) = link.and_then(|link| link.parse().ok()) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}
