//! The door: who calls, how often, and whether the table lets them in. Nothing behind it asks for a role again; what of a plan is shown is
//! the view's decision.

use super::problem::HttpProblem;
use super::state::AppState;
use crate::service::access::{Principal, Role, Rule, Who, allowed_methods, find_rule};
use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, SameSite, SignedCookieJar};
use chrono::Utc;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Name of the session's cookie.
pub const SESSION_COOKIE: &str = "waterbus_session";

/// A session ends after half a day.
const SESSION_S: i64 = 12 * 3600;

/// Who sent a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    Public,
    Holder(Principal),
}

impl Caller {
    /// The holder of a key, if there is one.
    pub fn principal(&self) -> Option<&Principal> {
        match self {
            Self::Public => None,
            Self::Holder(principal) => Some(principal),
        }
    }

    /// Identifier of the key, written down with whatever is done.
    pub fn key(&self) -> &str {
        self.principal().map_or("", |principal| &principal.key)
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    /// The guard has put it there; without a guard everybody is the public.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Public))
    }
}

/// Lets a request pass to its handler when the table says so.
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    match check_request(&state, &head).await {
        Ok(caller) => {
            head.extensions.insert(caller);
            next.run(Request::from_parts(head, body)).await
        }
        Err(response) => response,
    }
}

async fn check_request(state: &AppState, request: &Parts) -> Result<Caller, Response> {
    let path = path(request);
    let rule = find_rule(request.method.as_str(), path);
    if rule.is_none() && !path.is_empty() {
        return Err(method_not_allowed(path));
    }
    let caller = identify(state, request).await.map_err(IntoResponse::into_response)?;
    // no rule: nothing lies here, and the fallback says so
    let permitted = rule.map_or(Ok(()), |rule| check_rule(state, rule, &caller, request));
    permitted.map_err(IntoResponse::into_response)?;
    Ok(caller)
}

/// The path has other methods than this one. Also what an endpoint answers that is not in the table.
fn method_not_allowed(path: &str) -> Response {
    let allowed = allowed_methods(path);
    let detail = format!("this address takes {}", if allowed.is_empty() { "no method" } else { &allowed });
    let mut response = HttpProblem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
    // names of methods are visible characters
    response.headers_mut().insert(header::ALLOW, HeaderValue::try_from(allowed).unwrap_or(HeaderValue::from_static("")));
    response
}

/// Finds the caller by key or cookie, and counts the request. A key that opens nothing is refused wherever it is shown; a session that
/// is over makes its holder the public, since browsers send cookies unasked.
async fn identify(state: &AppState, request: &Parts) -> Result<Caller, HttpProblem> {
    let headers = &request.headers;
    let found = match (bearer(headers), session_key(state, headers)) {
        (Some(secret), _) => Some(state.store.find_principal(secret?).await?),
        (None, Some(key)) => {
            check_same_origin(&request.method, headers)?;
            state.store.find_principal_by_key(&key).await?.map(Some)
        }
        (None, None) => None,
    };
    match found {
        Some(Some(principal)) => {
            state.rates.check_key(&principal.key)?;
            Ok(Caller::Holder(principal))
        }
        Some(None) => {
            count_address(state, request)?;
            Err(HttpProblem::unauthorized("the key opens nothing, or no longer"))
        }
        None => {
            count_address(state, request)?;
            Ok(Caller::Public)
        }
    }
}

/// The secret in `Authorization`; other schemes than `Bearer` open nothing.
fn bearer(headers: &HeaderMap) -> Option<Result<&str, HttpProblem>> {
    let value = headers.get(header::AUTHORIZATION)?;
    let secret =
        value.to_str().ok().and_then(|text| text.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Some(secret.map(|(_, secret)| secret.trim()).ok_or_else(|| HttpProblem::unauthorized("write `Authorization: Bearer KEY`")))
}

/// The key that a session's cookie names. A cookie that is not ours, or too old, is no cookie.
fn session_key(state: &AppState, headers: &HeaderMap) -> Option<String> {
    if !headers.contains_key(header::COOKIE) {
        return None;
    }
    let cookie = SignedCookieJar::from_headers(headers, state.cookie_key.clone()).get(SESSION_COOKIE)?;
    let (key, since) = cookie.value().split_once('.')?;
    let age_s = Utc::now().timestamp() - since.parse::<i64>().ok()?;
    (0..SESSION_S).contains(&age_s).then(|| key.to_owned())
}

/// The cookie that opens a session for the holder of a key.
pub fn session_cookie(state: &AppState, key: &str) -> Cookie<'static> {
    let value = format!("{key}.{}", Utc::now().timestamp());
    let cookie = Cookie::build((SESSION_COOKIE, value)).path("/").http_only(true).same_site(SameSite::Strict);
    cookie.secure(!state.settings.plain_cookies).build()
}

/// A browser sends cookies with requests that other pages make it send. What changes something must come from our own page.
fn check_same_origin(method: &Method, headers: &HeaderMap) -> Result<(), HttpProblem> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let is_ours = match headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        Some(site) => site == "same-origin",
        None => {
            let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
            origin.is_some() && origin == text(header::HOST)
        }
    };
    match method.is_safe() || is_ours {
        true => Ok(()),
        false => Err(HttpProblem::forbidden(
            "a session changes nothing from another page; send the key as `Authorization: Bearer KEY`",
        )),
    }
}

fn check_rule(state: &AppState, rule: &Rule, caller: &Caller, request: &Parts) -> Result<(), HttpProblem> {
    match rule.who {
        Who::Everybody => Ok(()),
        Who::Roles(roles) => check_role(roles, caller),
        Who::Machine(_) if state.settings.open_metrics || is_on_this_machine(request) => Ok(()),
        Who::Machine(roles) => check_role(roles, caller),
    }
}

fn check_role(roles: &[Role], caller: &Caller) -> Result<(), HttpProblem> {
    match caller {
        Caller::Public => Err(HttpProblem::unauthorized("this needs a key: `Authorization: Bearer KEY`")),
        Caller::Holder(principal) if roles.contains(&principal.role) => Ok(()),
        Caller::Holder(principal) => Err(HttpProblem::forbidden(format!("the role {} may not do this", principal.role.name()))),
    }
}

/// A request that came over loopback and was not passed on by a proxy.
fn is_on_this_machine(request: &Parts) -> bool {
    let passed_on = ["forwarded", "x-forwarded-for", "via"].iter().any(|name| request.headers.contains_key(*name));
    !passed_on && peer(request).is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}

fn peer(request: &Parts) -> Option<SocketAddr> {
    request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)
}

/// Counts a request without a good key. A watcher hears that the process lives however greedy its neighbours are.
fn count_address(state: &AppState, request: &Parts) -> Result<(), HttpProblem> {
    match path(request) {
        "/healthz" => Ok(()),
        _ => state.rates.check_address(address(request, state.settings.behind_proxy)),
    }
}

/// Template of the path, as the table writes it.
fn path(request: &Parts) -> &str {
    request.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

/// Where a request comes from; those without a socket, as in tests, come from nowhere. Behind a proxy it is the address the proxy wrote
/// last: what stands before it was written by the client, who may write anything.
fn address(request: &Parts, behind_proxy: bool) -> IpAddr {
    let passed_on = request.headers.get_all("x-forwarded-for").iter().next_back().filter(|_| behind_proxy);
    let written = passed_on.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    written.or_else(|| peer(request).map(|peer| peer.ip())).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}
