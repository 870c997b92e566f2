//! Network design for weekly liner services, as the benchmark LINERLIB states it. In: a problem, options, the reins of the run. Out: the
//! best network found, its value and a bound. Guarded here: every service handed out may run, and takes the cheapest way on each leg.

mod bound;
mod ceiling;
mod cost;
mod fleet;
mod market;
mod moves;
mod priced;
mod routes;
mod routing;
mod search;
mod timed;
mod trial;

use crate::domain::liner::{LinerNetwork, LinerProblem};
use crate::optimize::control::Control;
pub use bound::bound;
pub use cost::{Costing, NotAllowed, Sailing, ServiceCost};
pub use routes::{OpenRoute, OpenRoutes, Way, Ways};
use std::sync::OnceLock;
pub use trial::{Loaded, Trial, TriedChange, with_trial};

/// How to search, and which services are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinerOptions {
    /// The same seed, work limit and threads give the same network.
    pub seed: u64,
    pub threads: usize,
    /// Most calls of one service at one port; `None` for any number.
    pub most_visits: Option<u32>,
    /// Longest round trip, and so most vessels of one service; `None` for any.
    pub most_weeks: Option<u32>,
}

/// Share of the time for the bound: beside the search, and before it where there is but one thread.
const BOUND_BESIDE: f64 = 0.24;
const BOUND_BEFORE: f64 = 0.12;
/// The same where the bound may prove the network best. The search of so small a problem needs little time.
const PROOF_BESIDE: f64 = 0.96;
const PROOF_BEFORE: f64 = 0.7;

/// Designs a network until the limit of the run, or until it is proved best; the best so far when it is cancelled.
pub fn design(problem: &LinerProblem, options: &LinerOptions, control: &Control) -> LinerNetwork {
    let is_provable = bound::is_provable(problem);
    let [beside, before] = if is_provable { [PROOF_BESIDE, PROOF_BEFORE] } else { [BOUND_BESIDE, BOUND_BEFORE] };
    let proof = OnceLock::new();
    let ((services, value), bound) = if options.threads > 1 {
        // a bound that takes nearly all of the time has a thread of its own
        let threads = options.threads - usize::from(is_provable);
        let options = LinerOptions { threads, ..*options };
        std::thread::scope(|scope| {
            let bound = scope.spawn(|| *proof.get_or_init(|| bound::bound(problem, beside, control)));
            (search::search(problem, &options, control, &proof), bound.join().unwrap_or(f64::INFINITY))
        })
    } else {
        let bound = *proof.get_or_init(|| bound::bound(problem, before, control));
        (search::search(problem, options, control, &proof), bound)
    };
    control.report("design", Some(value), Some(bound), "loaded from nothing");
    LinerNetwork { services, value, bound }
}

#[cfg(test)]
mod tests;
