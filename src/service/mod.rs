//! The service: plans requested, computed, compared and published over HTTP. In: requests, and a database. Out: an axum app, and a server
//! that stops when told to. Rules guarded: only a plan without violations is published; a published plan has one ETag for ever; who may do
//! what stands in one table; errors have one shape; no client can hold the server up.

pub mod access;
mod asking;
mod audited;
pub mod dcsa;
pub mod http;
pub mod jobs;
pub mod journey;
pub mod ledger;
mod published;
mod serve;
pub mod store;
mod ways;

pub use asking::{Offer, When, Wish};
pub use audited::AuditedPlan;
pub use http::{AppState, Limits, Settings, app, open};
pub use published::{CurrentPlan, PublishedPlan};
pub use serve::serve;
pub use ways::Way;
