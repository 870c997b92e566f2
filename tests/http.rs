//! The service over HTTP, asked without a socket: who may do what, what each answer says, and what it refuses. On SQLite, or on the engine
//! that `WATERBUS_TEST_ENGINE` names.

#![expect(clippy::unwrap_used, reason = "helpers of tests too: what cannot be set up fails the test, at its place")]

#[path = "store/engines.rs"]
#[expect(dead_code, unused_macros, unused_imports, reason = "the store's tests use the rest")]
mod engines;
#[path = "store/postgres.rs"]
mod postgres;

mod http {
    mod bookings;
    mod contract;
    mod jobs;
    mod limits;
    mod people;
    mod plans;
    mod roles;
    mod server;
    mod uploads;
    mod world;
}
