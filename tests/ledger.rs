//! The ledger of bookings: its rules case by case on both engines, crowds that try to oversell it, and whole histories with crashes held
//! against a reference model.

#![expect(clippy::unwrap_used, reason = "the cases are tests, but clippy sees functions that the tests of both engines call")]
#![expect(clippy::print_stdout, reason = "the seed of a failure, and the size of what was tried")]

#[path = "store/engines.rs"]
#[expect(dead_code, reason = "the store's tests use the rest")]
mod engines;
#[path = "store/postgres.rs"]
mod postgres;

#[path = "ledger/cases.rs"]
mod cases;
#[path = "ledger/crowd.rs"]
mod crowd;
#[path = "ledger/damage.rs"]
mod damage;
#[path = "ledger/model.rs"]
mod model;
#[path = "ledger/oversell.rs"]
mod oversell;
#[path = "ledger/simulation.rs"]
mod simulation;
#[path = "ledger/world.rs"]
mod world;
