//! How much the service takes: requests a second of each caller, requests at once, time.

use super::problem::HttpProblem;
use super::settings::Limits;
use super::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// Addresses that answer even when there is no room: whoever watches the service must see that it is full, not dead.
const ALWAYS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

type Limiter<Key> = Option<DefaultKeyedRateLimiter<Key>>;

/// Requests a second, by key and by address.
pub struct Rates {
    by_key: Limiter<String>,
    by_address: Limiter<IpAddr>,
}

impl Rates {
    pub fn new(limits: &Limits) -> Self {
        Self { by_key: limiter(limits.per_key), by_address: limiter(limits.per_address) }
    }

    /// Counts a request of a key.
    ///
    /// # Errors
    /// When it asks too often.
    pub fn check_key(&self, key: &str) -> Result<(), HttpProblem> {
        check(&self.by_key, &key.to_owned())
    }

    /// Counts a request of an address without a good key; a network of IPv6 (64 bits) is one address.
    ///
    /// # Errors
    /// When it asks too often.
    pub fn check_address(&self, address: IpAddr) -> Result<(), HttpProblem> {
        check(&self.by_address, &network(address))
    }

    /// Forgets callers that have not asked for a while.
    pub fn forget_idle(&self) {
        self.by_key.iter().for_each(|limiter| limiter.retain_recent());
        self.by_address.iter().for_each(|limiter| limiter.retain_recent());
    }
}

fn limiter<Key: Clone + Eq + Hash>(per_second: Option<NonZeroU32>) -> Limiter<Key> {
    per_second.map(|rate| {
        RateLimiter::keyed(Quota::per_second(rate).allow_burst(rate.saturating_mul(NonZeroU32::MIN.saturating_add(1))))
    })
}

fn check<Key: Clone + Eq + Hash>(limiter: &Limiter<Key>, key: &Key) -> Result<(), HttpProblem> {
    let Some(limiter) = limiter else {
        return Ok(());
    };
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        HttpProblem::too_many(wait.as_secs() + 1)
    })
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}

/// Lets a request in when there is room, and gives it up after its time.
pub async fn admit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if ALWAYS.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let Ok(_room) = state.requests.try_acquire() else {
        return HttpProblem::unavailable("the service is full; come again later").into_response();
    };
    match tokio::time::timeout(state.settings.limits.request_time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => HttpProblem::unavailable("the request took too long and was given up").into_response(),
    }
}
