//! What the caller of the service may set: where it keeps things, and how much it takes from whom.

use std::num::NonZeroU32;
use std::time::Duration;

/// Settings of a service.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address of the database, such as `sqlite://waterbus.db` or `postgres://USER@HOST/NAME`.
    pub database: String,
    /// Cookies travel over plain HTTP too: for a service that is reached on this machine only.
    pub plain_cookies: bool,
    /// `/metrics` answers everybody. Otherwise it answers this machine, and holders of an admin key.
    pub open_metrics: bool,
    /// All requests come through a proxy that adds the client's address to `X-Forwarded-For`: rates count by that address.
    pub behind_proxy: bool,
    /// A worker runs in this process, so that readiness asks for it.
    pub worker_inside: bool,
    pub limits: Limits,
}

impl Settings {
    /// The usual settings on a database.
    pub fn new(database: impl Into<String>) -> Self {
        Self {
            database: database.into(),
            plain_cookies: false,
            open_metrics: false,
            behind_proxy: false,
            worker_inside: false,
            limits: Limits::default(),
        }
    }
}

/// What a service takes at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Requests a second of one key, a short burst of twice as many being let through; none for no limit.
    pub per_key: Option<NonZeroU32>,
    /// The same for one address without a good key.
    pub per_address: Option<NonZeroU32>,
    /// Requests at work at once; more are told to come again.
    pub at_once: usize,
    /// A request that takes longer is given up.
    pub request_time: Duration,
    /// Bytes of a request body.
    pub body_bytes: usize,
    /// Bytes of an uploaded instance as it is sent.
    pub upload_bytes: usize,
    /// Bytes of an uploaded instance unpacked.
    pub unpacked_bytes: u64,
    /// Instances that are read at once: each may hold its unpacked bytes in memory.
    pub uploads_at_once: usize,
    /// Streams of events at once.
    pub streams_at_once: usize,
    /// A stream ends after this time; the client comes again and goes on where it was.
    pub stream_time: Duration,
    /// How often a stream looks for new events.
    pub stream_pause: Duration,
    /// Free slots are told as they were at most so long ago.
    pub room_age: Duration,
    /// Memory for answers that are kept ready.
    pub shelf_bytes: u64,
    /// The longest search that may be asked for, in seconds.
    pub most_time_s: u64,
    /// The most work that may be asked for.
    pub most_work: u64,
    /// The most seeds of one request.
    pub most_seeds: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_key: NonZeroU32::new(200),
            per_address: NonZeroU32::new(100),
            at_once: 256,
            request_time: Duration::from_secs(30),
            body_bytes: 64 * 1024,
            upload_bytes: 16 * 1024 * 1024,
            unpacked_bytes: 48 * 1024 * 1024,
            uploads_at_once: 2,
            streams_at_once: 256,
            stream_time: Duration::from_secs(600),
            stream_pause: Duration::from_millis(250),
            room_age: Duration::from_millis(100),
            shelf_bytes: 64 * 1024 * 1024,
            most_time_s: 3600,
            most_work: 1_000_000_000,
            most_seeds: 64,
        }
    }
}
