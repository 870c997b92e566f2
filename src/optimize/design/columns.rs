//! Column generation over the pool: a relaxation over few rotations, priced against all others until none earns more.

use super::model::build;
use super::prices::Prices;
use super::rotation::{Rotation, Scene};
use super::search::SearchLimits;
use crate::optimize::control::Control;
use crate::optimize::solver::{Limits, Status, solve};
use std::collections::BTreeSet;
use std::time::Instant;

/// What column generation leaves: the rotations worth looking at, best first, and a bound over the whole pool.
pub struct Generated {
    /// Rows of the pool that the last relaxation uses.
    pub used: BTreeSet<usize>,
    /// Rows of the pool that were in some relaxation.
    pub master: BTreeSet<usize>,
    /// No choice of services from the pool earns more; infinite when the limit came too early.
    pub bound: f64,
}

/// Rotations in the first relaxation.
const FIRST: usize = 40;
/// Rotations added a round.
const ADDED: usize = 30;
/// Rounds at most.
const ROUNDS: usize = 60;
/// Share of the value below which what is left to earn does not matter.
const CLOSE: f64 = 1e-6;

/// Runs column generation until the bound meets the relaxation or `deadline` passes.
pub fn generate(
    scene: &Scene,
    pool: &[Rotation],
    first: &BTreeSet<usize>,
    limits: &SearchLimits,
    deadline: Option<Instant>,
    control: &Control,
) -> Generated {
    let mut master: BTreeSet<usize> = (0..pool.len().min(FIRST)).chain(first.iter().copied()).collect();
    let mut result = Generated { used: BTreeSet::new(), master: BTreeSet::new(), bound: f64::INFINITY };
    for round in 1..=ROUNDS {
        let rows: Vec<usize> = master.iter().copied().collect();
        let chosen: Vec<&Rotation> = rows.iter().map(|row| &pool[*row]).collect();
        let mut design = build(scene, &chosen);
        design.model.relax();
        let answer = solve(&design.model, &Limits { deadline, ..Limits::default() }, control, &|_, _| {});
        if answer.status != Status::Optimal {
            break;
        }
        let in_use = |place: &usize| design.run[*place].iter().any(|col| answer.values[col.row()] > 1e-6);
        result.used = (0..rows.len()).filter(in_use).map(|place| rows[place]).collect();
        result.master = master.clone();
        let prices = Prices::read(&design.shared, &answer.prices);
        let Some(earned) = profits(scene, pool, &prices, limits.threads, deadline, control) else { break };
        let bound = prices.base(scene) + earned.iter().sum::<f64>();
        result.bound = result.bound.min(bound.max(answer.objective));
        control.report(
            "bound",
            Some(answer.objective),
            Some(result.bound),
            format!("round {round}, {} of {} rotations", rows.len(), pool.len()),
        );
        let size = answer.objective.abs().max(1.0);
        let mut better: Vec<usize> = (0..pool.len()).filter(|row| !master.contains(row) && earned[*row] > CLOSE * size).collect();
        if better.is_empty() || result.bound - answer.objective <= CLOSE * size {
            break;
        }
        better.sort_by(|a, b| earned[*b].total_cmp(&earned[*a]).then(a.cmp(b)));
        master.extend(better.into_iter().take(ADDED));
    }
    result
}

/// What each rotation earns at the prices, on all threads. `None` when the limit came first.
fn profits(
    scene: &Scene,
    pool: &[Rotation],
    prices: &Prices,
    threads: usize,
    deadline: Option<Instant>,
    control: &Control,
) -> Option<Vec<f64>> {
    let part = pool.len().div_ceil(threads.max(1)).max(1);
    let price = |rotations: &[Rotation]| -> Option<Vec<f64>> {
        rotations.iter().map(|rotation| prices.profit(scene, rotation, deadline, control)).collect()
    };
    let parts: Vec<Option<Vec<f64>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = pool.chunks(part).map(|rotations| scope.spawn(move || price(rotations))).collect();
        workers.into_iter().map(|worker| worker.join().ok().flatten()).collect()
    });
    parts.into_iter().collect::<Option<Vec<Vec<f64>>>>().map(|parts| parts.concat())
}
