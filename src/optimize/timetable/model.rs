//! Times of several services at once as a MILP: each takes one of its patterns, berths and locks hold, connections cost their wait.
//! Formulation: `models/timetable.md`.

use super::board::Board;
use super::pattern::Pattern;
use crate::optimize::solver::{Col, Model, Sense};
use std::collections::BTreeMap;

/// The MILP over the patterns of the services that are free; the others stay.
pub struct TimetableModel {
    pub model: Model,
    /// By free service, by pattern.
    pub takes: Vec<Vec<Col>>,
}

/// Builds the model. `free` lists services without a pattern on the board, `patterns` what each may take: one of them [TT-11].
pub fn build(board: &Board, free: &[usize], patterns: &[Vec<Pattern>]) -> TimetableModel {
    let mut model = Model::new();
    let takes: Vec<Vec<Col>> = patterns
        .iter()
        .map(|patterns| patterns.iter().map(|pattern| model.add_integer(-pattern.cost, 0.0, 1.0)).collect())
        .collect();
    for columns in &takes {
        let terms = columns.iter().map(|col| (*col, 1.0)).collect();
        model.add_row("TT-11", terms, Sense::Equal, 1.0);
    }
    add_holds(board, free, patterns, &takes, &mut model);
    add_connections(board, free, patterns, &takes, &mut model);
    TimetableModel { model, takes }
}

/// [TT-5] berths and [TT-7] locks: vessels at once are at most what the fixed services leave.
fn add_holds(board: &Board, free: &[usize], patterns: &[Vec<Pattern>], takes: &[Vec<Col>], model: &mut Model) {
    let mut use_of: BTreeMap<(bool, usize, usize), BTreeMap<Col, f64>> = BTreeMap::new();
    for ((service, patterns), columns) in free.iter().zip(patterns).zip(takes) {
        for (pattern, col) in patterns.iter().zip(columns) {
            for (lock, resource, slot) in board.slots_held(*service, pattern) {
                *use_of.entry((lock, resource, slot)).or_default().entry(*col).or_default() += 1.0;
            }
        }
    }
    for ((lock, resource, slot), terms) in use_of {
        let room = board.room(lock, resource, slot) as f64;
        if terms.values().sum::<f64>() > room {
            let tag = if lock { "TT-7" } else { "TT-5" };
            model.add_row(tag, terms.into_iter().collect(), Sense::AtMost, room);
        }
    }
}

/// [TT-10] between two free services: the wait of the pair of patterns that is taken.
fn add_connections(board: &Board, free: &[usize], patterns: &[Vec<Pattern>], takes: &[Vec<Col>], model: &mut Model) {
    for connection in board.connections() {
        let place = |service: usize| free.iter().position(|other| *other == service);
        let (Some(from), Some(to)) = (place(connection.from), place(connection.to)) else { continue };
        if from == to {
            continue;
        }
        let wait = model.add_continuous(-1.0, 0.0, f64::INFINITY);
        for (first, taken) in patterns[from].iter().zip(&takes[from]) {
            let costs: Vec<f64> = patterns[to].iter().map(|second| board.pair_cost(connection, first, second)).collect();
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
            let most = costs.iter().copied().fold(0.0, f64::max);
            let mut terms: Vec<(Col, f64)> = costs.iter().zip(&takes[to]).map(|(cost, col)| (*col, *cost)).collect();
            terms.push((wait, -1.0));
            terms.push((*taken, most));
            if least.is_finite() {
                model.add_row("TT-10", terms, Sense::AtMost, most);
            }
        }
    }
}
