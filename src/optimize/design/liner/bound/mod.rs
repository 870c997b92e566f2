//! A value that no network exceeds. In: a problem and the reins of the run. Out: USD a week. Two relaxations, both in
//! `models/liner.md`: one priced and sailed class by class, which is fast and ends at any time, and for small problems the same with
//! whole sailings and whole vessels.

mod cycles;
mod descent;
mod relaxed;
mod ways;
mod whole;

use super::cost::Costing;
use crate::domain::Limit;
use crate::domain::liner::LinerProblem;
use crate::optimize::control::Control;
use crate::optimize::solver::Limits;
use descent::lower;
use relaxed::Relaxed;
use std::time::Instant;
use whole::Whole;

/// Flows beyond which the program with whole sailings is too large to be of use.
const MOST_FLOWS: usize = 20_000;
/// Flows up to which the program is likely to be solved to its end: the bound is worth most of the time then.
const PROVABLE_FLOWS: usize = 5_000;
/// Share of the time that goes to the first relaxation when the second follows, and when that is likely to be solved.
const FIRST_SHARE: f64 = 0.15;
const PROVABLE_FIRST_SHARE: f64 = 0.03;
/// Steps of the first relaxation, nodes of the second, for each unit of a work limit.
const STEPS: u64 = 20;
const NODES: u64 = 1;
/// Times that broken links are added before the program is branched on.
const ROUNDS: usize = 12;
/// What rounding and the tolerances of a solver may hide, as a share of all freight.
const ROUNDING: f64 = 1e-7;

/// Whether the bound of a problem of this size is likely to come down to its best network.
pub fn is_provable(problem: &LinerProblem) -> bool {
    Whole::size(problem) <= PROVABLE_FLOWS
}

/// No network of services is worth more, with transit times or without. Takes `share` of the time from now to the end of the run.
pub fn bound(problem: &LinerProblem, share: f64, control: &Control) -> f64 {
    let costing = Costing::new(problem);
    let begun = Instant::now();
    let by = |part: f64| control.deadline(1.0).map(|end| begun + end.saturating_duration_since(begun).mul_f64(share * part));
    let is_small = Whole::size(problem) <= MOST_FLOWS;
    let first_end = by(match is_provable(problem) {
        true => PROVABLE_FIRST_SHARE,
        false if is_small => FIRST_SHARE,
        false => 1.0,
    });
    let done = |steps: u64| match (control.limit(), first_end) {
        _ if control.is_cancelled() => 1.0,
        (Limit::Work(work), _) => steps as f64 / (work * STEPS).max(1) as f64,
        (Limit::TimeS(_), end) => {
            let whole = end.map_or(0.0, |end| end.saturating_duration_since(begun).as_secs_f64());
            begun.elapsed().as_secs_f64() / whole.max(1e-3)
        }
    };
    let lowest = lower(&mut Relaxed::new(&costing), done);
    let mut bound = lowest.bound;
    if is_small && !control.is_over(by(1.0)) {
        let nodes = match control.limit() {
            Limit::Work(work) => Some(work * NODES),
            Limit::TimeS(_) => None,
        };
        let limits = Limits { deadline: by(1.0), nodes, ..Limits::default() };
        let mut whole = Whole::new(&costing);
        lowest.links.into_iter().for_each(|link| whole.add_link(link));
        if whole.add_broken(ROUNDS, &limits, control) {
            bound = bound.min(whole.bound(&limits, control));
        }
    }
    let freight = problem.demands.iter().map(|demand| demand.ffe_per_week * problem.margin_usd(demand).abs());
    bound + ROUNDING * freight.sum::<f64>()
}

#[cfg(test)]
mod tests;
