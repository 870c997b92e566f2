//! The search over a pool: column generation for the bound, a MIP over the rotations it uses, then neighbourhoods of the best plan on one
//! thread while the other proves over all rotations that column generation looked at.

use super::columns;
use super::greedy;
use super::model::{DesignModel, build};
use super::rotation::{Rotation, Scene};
use crate::optimize::control::Control;
use crate::optimize::solver::{Answer, Limits, Status, solve};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::time::Instant;

/// What the search may spend.
#[derive(Clone, Copy, Debug)]
pub struct SearchLimits {
    pub deadline: Option<Instant>,
    /// Branch-and-bound nodes of the final MIP; also the number of neighbourhoods. `None`: until the deadline.
    pub work: Option<u64>,
    pub seed: u64,
    pub threads: usize,
}

/// The best design found and the bound over the pool.
pub struct Found {
    /// Rows of the pool that the model covers.
    pub rows: Vec<usize>,
    pub design: DesignModel,
    pub values: Vec<f64>,
    pub value: f64,
    pub bound: f64,
}

/// Relative gap at which a design counts as proved.
const PROVED: f64 = 1e-6;
/// Rotations of the relaxation that join the first network in the first MIP.
const TOP_ROTATIONS: usize = 12;
/// Pools up to this size are proved as a whole.
const SMALL_POOL: usize = 900;

/// Searches the pool. `None` when not even a bound could be stated in time.
pub fn search(scene: &Scene, pool: &[Rotation], limits: &SearchLimits, control: &Control) -> Option<Found> {
    let now = Instant::now();
    let share = |share: f64| limits.deadline.map(|end| now + end.saturating_duration_since(now).mul_f64(share));
    let greedy = greedy::services(scene, pool, share(0.2), control);
    let value: f64 = greedy.iter().map(|(_, alone)| alone.profit).sum();
    control.report("design", Some(value), None, format!("{} services one by one", greedy.len()));
    let first: BTreeSet<usize> = greedy.iter().map(|(row, _)| *row).collect();
    let generated = columns::generate(scene, pool, greedy, limits, share(0.22), control);
    let covers_all = pool.len() <= SMALL_POOL;
    let rows: Vec<usize> =
        if covers_all { (0..pool.len()).collect() } else { generated.seen.union(&first).copied().collect() };
    let chosen: Vec<&Rotation> = rows.iter().map(|row| &pool[*row]).collect();
    let design = build(scene, &chosen);
    control.report("design", None, Some(generated.bound), format!("{} rotations, {} columns, {} rows", rows.len(), design.model.columns(), design.model.rows()));
    let mut best = Best::nothing(&design);
    let top: BTreeSet<usize> = generated.used.iter().copied().take(TOP_ROTATIONS).collect();
    let both = first.union(&top).copied().collect();
    for allowed in [&first, &both] {
        let allowed = places(&rows, allowed);
        let nodes = limits.work.map(|work| work / 2 + 1);
        best.improve(&restricted(&design, &allowed, &best, limits, control, 0.2, nodes, 0), control, generated.bound);
    }
    let proved = parallel(&design, &mut best, generated.bound, limits, control);
    let bound = if covers_all { proved.min(generated.bound) } else { generated.bound };
    let value = best.value;
    bound.is_finite().then(|| Found { rows, values: best.values, value, bound: bound.max(value), design })
}

/// Places in `rows` of some pool rows.
fn places(rows: &[usize], wanted: &BTreeSet<usize>) -> BTreeSet<usize> {
    (0..rows.len()).filter(|place| wanted.contains(&rows[*place])).collect()
}

/// The best values so far.
struct Best {
    values: Vec<f64>,
    value: f64,
}

impl Best {
    /// Running no service is always possible and earns nothing.
    fn nothing(design: &DesignModel) -> Self {
        Self { values: vec![0.0; design.model.columns()], value: 0.0 }
    }

    fn improve(&mut self, answer: &Answer, control: &Control, bound: f64) -> bool {
        let Some(values) = answer.found().filter(|_| answer.objective > self.value + 1e-6) else { return false };
        self.values = values.to_vec();
        self.value = answer.objective;
        control.report("design", Some(self.value), Some(bound), "better network");
        true
    }
}

/// Rotations with a service in use, wholly or in part.
fn support(design: &DesignModel, values: &[f64]) -> BTreeSet<usize> {
    let used = |columns: &Vec<crate::optimize::solver::Col>| columns.iter().any(|col| values[col.row()] > 1e-4);
    design.run.iter().enumerate().filter(|(_, columns)| used(columns)).map(|(row, _)| row).collect()
}

/// The MIP with only some rotations allowed, started from the best plan.
#[expect(clippy::too_many_arguments, reason = "the call states all limits of one small solve")]
fn restricted(
    design: &DesignModel,
    allowed: &BTreeSet<usize>,
    best: &Best,
    limits: &SearchLimits,
    control: &Control,
    share: f64,
    nodes: Option<u64>,
    turn: u64,
) -> Answer {
    let mut model = design.model.clone();
    for row in (0..design.run.len()).filter(|row| !allowed.contains(row)) {
        for col in design.run[row].iter().chain(&design.ride[row]).chain(&design.berth[row]) {
            model.fix(*col, 0.0);
        }
    }
    let now = Instant::now();
    let deadline = limits.deadline.map(|end| now + end.saturating_duration_since(now).mul_f64(share));
    let start = (best.value > 0.0).then_some(best.values.as_slice());
    let seed = limits.seed.wrapping_add(turn) as u32;
    solve(&model, &Limits { deadline, nodes, gap: 1e-4, start, seed }, control, &|_, _| {})
}

/// One thread proves over the whole pool, the other improves the best plan; in turn when there is one thread. Returns the bound.
fn parallel(design: &DesignModel, best: &mut Best, ceiling: f64, limits: &SearchLimits, control: &Control) -> f64 {
    if (ceiling - best.value).abs() <= PROVED * ceiling.abs().max(1.0) {
        return ceiling;
    }
    let start = Best { values: best.values.clone(), value: best.value };
    let (whole, near) = if limits.threads > 1 {
        std::thread::scope(|scope| {
            let prover = scope.spawn(|| prove(design, &start, limits, control));
            let near = neighbourhoods(design, &start, ceiling, limits, control);
            (prover.join().ok(), near)
        })
    } else {
        let near = neighbourhoods(design, &start, ceiling, limits, control);
        (Some(prove(design, &start, limits, control)), near)
    };
    if near.value > best.value {
        *best = near;
    }
    let Some(whole) = whole else { return ceiling };
    best.improve(&whole, control, ceiling);
    match whole.status {
        Status::Optimal | Status::Feasible | Status::NothingFound => whole.bound.min(ceiling),
        _ => ceiling,
    }
}

fn prove(design: &DesignModel, start: &Best, limits: &SearchLimits, control: &Control) -> Answer {
    let from = (start.value > 0.0).then_some(start.values.as_slice());
    let solver = Limits { deadline: limits.deadline, nodes: limits.work, gap: PROVED, start: from, seed: limits.seed as u32 };
    solve(&design.model, &solver, control, &|incumbent, bound| {
        control.report("design", Some(incumbent).filter(|value| value.is_finite()), Some(bound), "whole pool");
    })
}

/// Frees a few services of the best plan and everything near them, again and again.
fn neighbourhoods(design: &DesignModel, start: &Best, ceiling: f64, limits: &SearchLimits, control: &Control) -> Best {
    let mut rng = ChaCha8Rng::seed_from_u64(limits.seed);
    let mut best = Best { values: start.values.clone(), value: start.value };
    let turns = limits.work.unwrap_or(u64::MAX);
    for turn in 1..=turns.min(10_000) {
        if control.is_over(limits.deadline) {
            break;
        }
        let mut allowed = support(design, &best.values);
        let mut others: Vec<usize> = (0..design.run.len()).filter(|row| !allowed.contains(row)).collect();
        others.shuffle(&mut rng);
        let extra = rng.random_range(20..=60usize);
        allowed.extend(others.into_iter().take(extra));
        let answer = restricted(design, &allowed, &best, limits, control, 0.25, Some(50), turn);
        best.improve(&answer, control, ceiling);
    }
    best
}
