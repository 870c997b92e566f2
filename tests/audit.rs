//! The auditor against a plan whose truth was worked out by hand, and against the same plan with faults planted in it.

#![expect(
    clippy::unwrap_used,
    reason = "clippy.toml frees the tests themselves; their helpers and faults stop a test just the same"
)]

#[path = "audit/edges.rs"]
mod edges;
#[path = "audit/faults.rs"]
mod faults;
#[path = "audit/fixture.rs"]
mod fixture;
#[path = "audit/nonsense.rs"]
mod nonsense;
#[path = "audit/sound.rs"]
mod sound;
#[path = "audit/tables.rs"]
mod tables;
