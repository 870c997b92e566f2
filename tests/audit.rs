//! The auditor against a plan whose truth was worked out by hand, and against the same plan with faults planted in it.

#[path = "audit/fixture.rs"]
mod fixture;
#[path = "audit/sound.rs"]
mod sound;
#[path = "audit/tables.rs"]
mod tables;
