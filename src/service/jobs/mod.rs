//! The queue of planning jobs, and the workers who take them. In: requests for plans, as rows of the store. Out: plans, or the reason why
//! there is none. Rules guarded: each job ends once; a worker that lost its lease writes nothing; a job's end and the plan it made are one
//! transaction; a job that was cancelled never gets a plan; one request gets at most one plan, however many seeds it searches from.
//!
//! Locks are always taken in one order, so that no two ever wait for each other: parent, part, chains.

mod claim;
mod held;
mod parts;
mod planning;
mod worker;

pub use claim::Claim;
pub use held::{Ending, Signal};
pub use planning::Planner;
pub use worker::{WorkerSettings, run_worker};
