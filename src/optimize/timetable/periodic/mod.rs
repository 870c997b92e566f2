//! Periodic event scheduling for networks of any kind: times for events that recur every period, such that every activity keeps its span and
//! the weighted slack is small. In: an event network, options, the reins of the run. Out: the best timetable found. Guarded here: spans hold
//! in every timetable handed out, and the same seed, threads and work give the same one. Formulation: `models/timetable.md`.

mod anneal;
mod contract;
mod contradiction;
mod feasible;
mod grouping;
mod merger;
mod partition;
mod search;
mod stepper;
mod sweep;
mod tables;
mod worker;

use crate::domain::event_network::{EventNetwork, PeriodicTimetable};
use crate::optimize::control::Control;
use contract::contract;
use contradiction::find_contradiction;
use search::Search;
pub use stepper::Stepper;

/// How to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodicOptions {
    /// The same seed, threads and work limit give the same timetable.
    pub seed: u64,
    pub threads: usize,
}

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Timetable(PeriodicTimetable),
    /// The limit came first: so many activities were outside their spans at best. There may be a timetable all the same.
    NothingFound {
        violated: usize,
    },
    /// There is no timetable: no durations within their spans close the cycle of the activities in these rows, ascending. Without any one of
    /// them there are such durations.
    Contradiction {
        activities: Vec<usize>,
    },
}

/// Makes a timetable until the limit of the run; the best so far when it is cancelled.
pub fn schedule(network: &EventNetwork, options: &PeriodicOptions, control: &Control) -> Outcome {
    if let Some(activities) = find_contradiction(network) {
        return Outcome::Contradiction { activities };
    }
    let contracted = contract(network);
    let core = &contracted.core;
    let still = vec![0; core.nodes];
    let beside = contracted.lift(network, &still).weighted_slack - core.cost(&still);
    match (Search { core, options, control, beside }).run() {
        Ok(best) => Outcome::Timetable(contracted.lift(network, &best.times)),
        Err(violated) => Outcome::NothingFound { violated },
    }
}

#[cfg(test)]
mod tests;
