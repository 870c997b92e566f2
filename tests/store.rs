//! The store and its queue of jobs: the same cases on SQLite and on a real PostgreSQL, which the tests start themselves. Where no
//! PostgreSQL is installed its half is left out with a line that says so, unless `WATERBUS_NEEDS_POSTGRES` is set.

#![expect(clippy::unwrap_used, reason = "the cases are tests, but clippy sees functions that the tests of both engines call")]

#[path = "store/backup.rs"]
mod backup;
#[path = "store/command.rs"]
mod command;
#[path = "store/engines.rs"]
mod engines;
#[path = "store/guards.rs"]
mod guards;
#[path = "store/killed.rs"]
mod killed;
#[path = "store/postgres.rs"]
mod postgres;
#[path = "store/queue.rs"]
mod queue;
#[path = "store/rows.rs"]
mod rows;
#[path = "store/sample.rs"]
mod sample;
#[path = "store/verify.rs"]
mod verify;
#[path = "store/workers.rs"]
mod workers;
