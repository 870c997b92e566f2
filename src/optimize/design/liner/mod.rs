//! Network design for weekly liner services, as the benchmark LINERLIB states it. In: a problem, options, the reins of the run. Out: the
//! best network found, its value and a bound. Guarded here: every service handed out may run, and takes the cheapest way on each leg.

mod ceiling;
mod cost;
mod fleet;
mod market;
mod moves;
mod routes;
mod routing;
mod search;
mod timed;
mod trial;

use crate::domain::liner::{LinerNetwork, LinerProblem, WEEK_H};
use crate::optimize::control::Control;
pub use cost::{Costing, NotAllowed, Sailing, ServiceCost};
pub use routes::{OpenRoute, OpenRoutes, Way, Ways};
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

/// Designs a network until the limit of the run; the best so far when it is cancelled.
pub fn design(problem: &LinerProblem, options: &LinerOptions, control: &Control) -> LinerNetwork {
    search::search(problem, options, control)
}

/// No network is worth more: all cargo that pays for its handling is carried, at no cost but that, and every vessel calls all the time at
/// the port that pays most for calls, if one does.
pub fn simple_bound(problem: &LinerProblem) -> f64 {
    let margin = |rate: f64, ends: f64| (rate - ends).max(-problem.rules.rejection_usd_per_ffe);
    let cargo = problem.demands.iter().map(|demand| {
        let ends = [demand.origin, demand.destination].map(|port| problem.port(port).handling_usd_per_ffe);
        demand.ffe_per_week * margin(demand.rate_usd_per_ffe, ends.iter().sum())
    });
    let gain = problem.ports.iter().map(|port| -port.call_usd).fold(0.0, f64::max);
    let vessels: f64 = problem.classes.iter().map(|class| f64::from(class.vessels)).sum();
    cargo.sum::<f64>() + gain * vessels * WEEK_H / problem.rules.stay_h
}

#[cfg(test)]
mod tests;
