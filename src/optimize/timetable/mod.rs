//! The timetable: when every sailing calls. In: the chosen services, the cargo the design expects on them. Out: timed services, those that
//! found no place with the reason, and a proof. Rules guarded: berths, opening hours and windows, locks, even headways, round trips that
//! close. Formulation: `models/timetable.md`.

mod board;
mod model;
mod pattern;
pub mod periodic;
mod resources;
mod search;

use crate::domain::{Delivery, Line, Minutes, MotherIdx, Problem, TimedLine};
use crate::optimize::control::Control;
use crate::waterway::Waterway;
use board::{Board, CutOff};
use pattern::Shape;
pub use search::SearchLimits;
use std::collections::BTreeMap;

/// A box that must stay behind, since it would be late or none of its service's sailings meets its ship, counts as one that waits so many
/// cycles: the money of its freight is lost.
const LOST_CYCLES: f64 = 4.0;

/// Boxes that change from one service to another, as the design expects them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Connection {
    pub from: usize,
    pub from_call: usize,
    pub to: usize,
    pub to_call: usize,
    pub teu: f64,
}

/// What the timetable needs to know of the cargo.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// By service and leg: TEU on board of all its sailings of a cycle.
    pub aboard: Vec<Vec<f64>>,
    /// By service: cargo that it brings to its destination.
    pub deliveries: Vec<Vec<Delivery>>,
    pub connections: Vec<Connection>,
    /// By service, calls whose times stay: position, and berthing of the first sailing.
    pub pinned: Vec<Vec<(usize, Minutes)>>,
    /// By service, calls of the plan before: position, and berthing of the first sailing. As few of them as possible move.
    pub former: Vec<Vec<(usize, Minutes)>>,
}

/// A service without a place, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    pub line: usize,
    pub reason: String,
}

/// A timetable of all services that found a place.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// Row of the input and its times.
    pub lines: Vec<(usize, TimedLine)>,
    pub unplaced: Vec<Unplaced>,
    /// Weighted waiting, TEU-hours a cycle.
    pub value: f64,
    /// No timetable of the placed services waits less, with evenly spaced sailings that start within the first headway of the cycle.
    pub bound: f64,
}

/// Makes the timetable.
pub fn timetable(
    problem: &Problem,
    waterway: &Waterway,
    lines: &[Line],
    expected: &Expected,
    limits: &SearchLimits,
    control: &Control,
) -> Timetable {
    let mut rows = Vec::new();
    let mut shapes = Vec::new();
    let mut unplaced = Vec::new();
    for (row, line) in lines.iter().enumerate() {
        match Shape::new(problem, waterway, line, expected.aboard[row].clone()) {
            Ok(shape) => {
                rows.push(row);
                let shape = shape.with_urgent(&expected.deliveries[row], problem.settings.slot);
                let shape = shape.with_pinned(&expected.pinned[row], problem.settings.slot);
                shapes.push(shape.with_former(&expected.former[row], problem.settings.slot));
            }
            Err(tight) => {
                let missing = Minutes(tight.missing_slots * problem.settings.slot.0).0;
                unplaced
                    .push(Unplaced { line: row, reason: format!("its round trip is {missing} minutes too short for its calls") });
            }
        }
    }
    let cut_offs: Vec<Vec<CutOff>> = rows.iter().map(|row| cut_offs(problem, &lines[*row], &expected.deliveries[*row])).collect();
    let connections = renumbered(&expected.connections, &rows);
    let mut board = Board::new(problem, &shapes, &cut_offs, &connections);
    // what moving calls costs is no waiting
    let free: Vec<Shape> = shapes.iter().cloned().map(Shape::without_former).collect();
    let alone = search::alone(&Board::new(problem, &free, &cut_offs, &connections));
    search::search(&mut board, alone.iter().sum(), limits, control);
    let hour = 60.0 / problem.settings.slot.0 as f64;
    let placed = board.patterns.iter().zip(&alone).filter(|(pattern, _)| pattern.is_some());
    let bound: f64 = placed.map(|(_, cost)| cost).sum();
    let (value, bound) = (board.total_cost() / hour, bound / hour);
    let mut timed = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match &board.patterns[place] {
            Some(pattern) => timed.push((*row, timed_line(problem, &lines[*row], &pattern.berthing, &board.berths[place]))),
            None => unplaced.push(Unplaced { line: *row, reason: explain(problem, &mut board.clone(), place) }),
        }
    }
    Timetable { lines: timed, unplaced, value, bound: bound.min(value) }
}

fn renumbered(connections: &[Connection], rows: &[usize]) -> Vec<Connection> {
    let place = |row: usize| rows.iter().position(|other| *other == row);
    connections
        .iter()
        .filter_map(|connection| Some(Connection { from: place(connection.from)?, to: place(connection.to)?, ..*connection }))
        .collect()
}

/// Cargo with a mother vessel that a service brings, by call and ship.
fn cut_offs(problem: &Problem, line: &Line, deliveries: &[Delivery]) -> Vec<CutOff> {
    let slot = problem.settings.slot.0;
    let mut teu: BTreeMap<(usize, MotherIdx), f64> = BTreeMap::new();
    for cargo in deliveries {
        if let Some(mother) = cargo.mother {
            *teu.entry((cargo.to % line.calls.len(), mother)).or_default() += cargo.teu;
        }
    }
    let cut_off = |((call, mother), teu): ((usize, MotherIdx), f64)| {
        let ship = &problem.mothers[mother.row()];
        let by = (ship.berthing.0 - ship.barge_cut_off.0).div_euclid(slot);
        CutOff { call, slot: by, longest_wait: ship.longest_wait.0 / slot, teu }
    };
    teu.into_iter().map(cut_off).collect()
}

fn timed_line(problem: &Problem, line: &Line, berthing: &[i64], berths: &[Vec<usize>]) -> TimedLine {
    let slot = problem.settings.slot.0;
    TimedLine {
        line: line.clone(),
        berthing: berthing.iter().map(|at| Minutes(at * slot)).collect(),
        berths: berths.iter().map(|sailing| sailing.iter().map(|berth| *berth as u32).collect()).collect(),
    }
}

/// Names the call that blocks a service and who holds its berths: each of those services and this one cannot all stay.
fn explain(problem: &Problem, board: &mut Board, place: usize) -> String {
    let (call, open) = board.tightest_call(place);
    let terminal = board.shapes[place].calls[call];
    let code = &problem.terminal(terminal).code;
    let holders = (0..board.shapes.len())
        .filter(|other| board.patterns[*other].is_some() && board.shapes[*other].calls.contains(&terminal))
        .count();
    format!(
        "no berth or lock left for its call at {code}: {open} of {} starts are free beside the {holders} other services there",
        board.slots
    )
}
