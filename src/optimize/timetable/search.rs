//! Placing services one by one at their best times, then taking some out and placing them again: by dynamic programming one after the
//! other, or together by the MILP.

use super::board::Board;
use super::model;
use super::pattern::{Pattern, best_from, least_from, polished};
use crate::optimize::control::Control;
use crate::optimize::solver::{Limits, solve};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// What the timetable may spend.
#[derive(Clone, Copy, Debug)]
pub struct SearchLimits {
    pub deadline: Option<Instant>,
    /// Rounds of taking out and placing again.
    pub rounds: u64,
    /// Nodes of each MILP.
    pub nodes: u64,
    pub seed: u64,
    /// Services enter in random order instead of by growing slack: for a timetable unlike the first.
    pub shuffled: bool,
}

/// Least waiting of each service alone: berths, locks, connections and late boxes can only add to it.
pub fn alone(board: &Board) -> Vec<f64> {
    let least = |service: usize| {
        let (shape, costs) = (&board.shapes[service], board.call_costs(service));
        shape.firsts(board.slots).filter_map(|first| least_from(shape, &costs, first)).min_by(f64::total_cmp).unwrap_or(0.0)
    };
    (0..board.shapes.len()).map(least).collect()
}

/// Fills the board as well as the limits allow; stops early when every service has a place and the waiting is down to `least`.
pub fn search(board: &mut Board, least: f64, limits: &SearchLimits, control: &Control) {
    let mut rng = ChaCha8Rng::seed_from_u64(limits.seed);
    let mut order: Vec<usize> = (0..board.shapes.len()).collect();
    order.sort_by_key(|service| (board.shapes[*service].slack, *service));
    if limits.shuffled {
        order.shuffle(&mut rng);
    }
    order.sort_by_key(|service| (!board.shapes[*service].is_pinned(), !board.shapes[*service].was_there()));
    for service in order {
        place(board, service, 0);
    }
    tell(board, control, "first timetable");
    for round in 0..limits.rounds {
        if rank(board) <= (0, 0, 0, thousandths(least)) || control.is_over(limits.deadline) {
            break;
        }
        let mut trial = board.clone();
        let free = take_out(&mut trial, &mut rng);
        let all_are_free = free.len() == trial.shapes.len();
        if round % 8 == 7 || all_are_free && round % 2 == 0 {
            place_together(&mut trial, &free, limits, control);
        }
        let missing: Vec<usize> = free.into_iter().filter(|service| trial.patterns[*service].is_none()).collect();
        for (row, service) in missing.iter().enumerate() {
            let dearer = if row + 1 < missing.len() { draw_dearer(&mut rng) } else { 0 };
            place(&mut trial, *service, dearer);
        }
        if rank(&trial) < rank(board) {
            *board = trial;
            tell(board, control, "better timetable");
        }
    }
}

fn tell(board: &Board, control: &Control, note: &str) {
    let missing = board.patterns.iter().filter(|pattern| pattern.is_none()).count();
    control.report("timetable", Some(board.total_cost()), None, format!("{note}, {missing} services without a place"));
}

/// Fewer of the services that stay without a place first, then fewer calls that leave their former times, fewer services without a place,
/// and less waiting, counted in thousandths of a TEU-slot.
fn rank(board: &Board) -> (usize, usize, usize, i64) {
    let missing = || board.patterns.iter().zip(board.shapes).filter(|(pattern, _)| pattern.is_none());
    let pinned = missing().filter(|(_, shape)| shape.is_pinned()).count();
    (pinned, board.moved(), missing().count(), thousandths(board.total_cost()))
}

fn thousandths(cost: f64) -> i64 {
    (cost * 1000.0).round() as i64
}

/// Takes out every service when there are few, else those without a place and up to three others.
fn take_out(board: &mut Board, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let mut free: Vec<usize> = (0..board.shapes.len()).filter(|service| board.patterns[*service].is_none()).collect();
    let mut placed: Vec<usize> = (0..board.shapes.len()).filter(|service| board.patterns[*service].is_some()).collect();
    placed.shuffle(rng);
    let count = rng.random_range(1..=3usize);
    for service in placed.into_iter().take(count) {
        board.remove(service);
        free.push(service);
    }
    free.shuffle(rng);
    free
}

/// The service's patterns, one for each first berthing, cheapest first. Of them `polish` are polished: those that would cost least if no box
/// were late.
fn candidates(board: &Board, service: usize, polish: usize) -> Vec<Pattern> {
    let shape = &board.shapes[service];
    let costs = board.call_costs(service);
    let mut patterns: Vec<(f64, Pattern)> =
        shape.firsts(board.slots).filter_map(|first| best_from(shape, &costs, first)).collect();
    patterns.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let ready = |(row, (_, pattern)): (usize, (f64, Pattern))| {
        let mut pattern = if row < polish { polished(shape, &costs, pattern) } else { pattern };
        pattern.berthing = shape.renumbered(pattern.berthing, board.slots);
        pattern
    };
    let mut patterns: Vec<Pattern> = patterns.into_iter().enumerate().map(ready).collect();
    patterns.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.berthing.cmp(&b.berthing)));
    patterns
}

/// Patterns that are polished of a service placed alone.
const POLISHED: usize = 12;

/// Places a service at the first of its patterns that fits, cheapest first, some of the cheapest last.
fn place(board: &mut Board, service: usize, dearer: usize) {
    let mut patterns = candidates(board, service, POLISHED);
    let cheapest = dearer.min(patterns.len());
    patterns.rotate_left(cheapest);
    for pattern in patterns {
        if board.place(service, pattern) {
            return;
        }
    }
}

/// Most patterns that are passed over for the sake of services that are placed later.
const MOST_DEARER: f64 = 64.0;

/// How many of the cheapest patterns to pass over: often none, few more often than many.
fn draw_dearer(rng: &mut ChaCha8Rng) -> usize {
    let drawn: f64 = rng.random();
    (MOST_DEARER.powf(drawn.mul_add(1.5, -0.5).max(0.0)) - 1.0) as usize
}

/// Patterns of one service offered to the MILP; as many are polished for it.
const OFFERED: usize = 48;

/// Places services together by the MILP; nothing is changed when it finds nothing in time.
fn place_together(board: &mut Board, free: &[usize], limits: &SearchLimits, control: &Control) {
    let patterns: Vec<Vec<Pattern>> =
        free.iter().map(|service| candidates(board, *service, OFFERED).into_iter().take(OFFERED).collect()).collect();
    if patterns.iter().any(Vec::is_empty) {
        return;
    }
    let model = model::build(board, free, &patterns);
    let soon = limits.deadline.map(|end| end.min(Instant::now() + Duration::from_secs(5)));
    let solver = Limits { deadline: soon, nodes: Some(limits.nodes), gap: 1e-6, seed: limits.seed as u32, ..Limits::default() };
    let answer = solve(&model.model, &solver, control, &|_, _| {});
    let Some(values) = answer.found() else { return };
    for ((service, patterns), columns) in free.iter().zip(patterns).zip(&model.takes) {
        let taken = columns.iter().position(|col| values[col.row()] > 0.5);
        if let Some(pattern) = taken.and_then(|at| patterns.into_iter().nth(at)) {
            board.place(*service, pattern);
        }
    }
}
