//! The service over HTTP, asked without a socket: who may do what, what each answer says, and what it refuses.

#![expect(clippy::unwrap_used, reason = "helpers of tests too: what cannot be set up fails the test, at its place")]

mod http {
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
