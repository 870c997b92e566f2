//! Published plans over HTTP. In: audited plans. Out: an axum app with the timetable page and the public read-only API, and a server that
//! stops when told to. Rules guarded: only a plan without violations is served; a published plan has one ETag for ever; errors have one
//! shape; no client can hold the server up.

pub mod access;
mod app;
mod audited;
mod bodies;
pub mod jobs;
mod problem;
mod serve;
pub mod store;

pub use app::app;
pub use audited::AuditedPlan;
pub use serve::serve;

#[cfg(test)]
mod tests;
