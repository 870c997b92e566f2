//! The timetable: when every sailing calls. In: the chosen services, the cargo the design expects on them. Out: timed services, those that
//! found no place with the reason, and a proof. Rules guarded: berths, opening hours and windows, locks, even headways, round trips that
//! close. Formulation: `models/timetable.md`.

mod board;
mod case;
mod clash;
mod model;
mod pattern;
pub mod periodic;
mod resources;
mod search;
mod shape;
mod speeds;

use crate::domain::{Delivery, Line, Loads, Minutes, MotherIdx, Problem, TimedLine, TimetableCase, Transfer};
use crate::optimize::control::Control;
use crate::waterway::Waterway;
use board::{Board, CutOff};
pub use search::SearchLimits;
use shape::{Shape, Ship, TooTight};
use std::collections::BTreeMap;

/// A box that must stay behind, since it would be late or none of its service's sailings meets its ship, counts as one that waits so many
/// cycles: the money of its freight is lost.
const LOST_CYCLES: f64 = 4.0;

/// What the timetable needs to know beside the services.
#[derive(Clone, Debug)]
pub struct Expected {
    pub loads: Loads,
    /// By service, calls whose times stay: position, and berthing of the first sailing.
    pub pinned: Vec<Vec<(usize, Minutes)>>,
    /// By service, ships that some sailing must reach: position of the call, and the ship.
    pub meets: Vec<Vec<(usize, MotherIdx)>>,
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
    let Task { rows, shapes, cut_offs, connections, mut unplaced } = Task::new(problem, waterway, lines, expected);
    let (board, bound) = made(problem, &shapes, &cut_offs, &connections, limits, control);
    let hour = 60.0 / problem.settings.slot.0 as f64;
    let (value, bound) = (board.total_cost() / hour, bound / hour);
    let mut timed = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        match &board.patterns[place] {
            Some(pattern) => timed.push((*row, timed_line(problem, &lines[*row], &pattern.berthing, &board.berths[place]))),
            None => unplaced.push(Unplaced { line: *row, reason: explain(problem, &board, place) }),
        }
    }
    Timetable { lines: timed, unplaced, value, bound: bound.min(value) }
}

/// Makes the timetable, and states the problem and the answer in numbers. Lines whose round trip is too short are left out.
pub fn solve_case(
    problem: &Problem,
    waterway: &Waterway,
    lines: &[Line],
    expected: &Expected,
    limits: &SearchLimits,
    control: &Control,
) -> TimetableCase {
    let Task { shapes, cut_offs, connections, .. } = Task::new(problem, waterway, lines, expected);
    let (board, bound) = made(problem, &shapes, &cut_offs, &connections, limits, control);
    case::read(&board, bound.min(board.total_cost()))
}

/// Searches, and bounds the waiting of the services that found times from below.
fn made<'a>(
    problem: &Problem,
    shapes: &'a [Shape],
    cut_offs: &'a [Vec<CutOff>],
    connections: &'a [Transfer],
    limits: &SearchLimits,
    control: &Control,
) -> (Board<'a>, f64) {
    let mut board = Board::new(problem, shapes, cut_offs, connections);
    // what moving calls costs is no waiting
    let free: Vec<Shape> = shapes.iter().cloned().map(Shape::without_former).collect();
    let alone = search::alone(&Board::new(problem, &free, cut_offs, connections));
    search::search(&mut board, alone.iter().sum(), limits, control);
    let placed = board.patterns.iter().zip(&alone).filter(|(pattern, _)| pattern.is_some());
    let bound = placed.map(|(_, cost)| cost).sum();
    (board, bound)
}

/// What is searched: the lines that have times at all, in slots.
struct Task {
    /// Row of each among the lines.
    rows: Vec<usize>,
    shapes: Vec<Shape>,
    cut_offs: Vec<Vec<CutOff>>,
    connections: Vec<Transfer>,
    unplaced: Vec<Unplaced>,
}

impl Task {
    fn new(problem: &Problem, waterway: &Waterway, lines: &[Line], expected: &Expected) -> Self {
        let slot = problem.settings.slot;
        let (mut rows, mut shapes, mut unplaced) = (Vec::new(), Vec::new(), Vec::new());
        for (row, line) in lines.iter().enumerate() {
            match Shape::new(problem, waterway, line, expected.loads.aboard[row].clone()) {
                Ok(shape) => {
                    rows.push(row);
                    let shape = shape.with_urgent(&expected.loads.deliveries[row], slot).with_pinned(&expected.pinned[row], slot);
                    shapes.push(shape.with_meetings(problem, &expected.meets[row]).with_former(&expected.former[row], slot));
                }
                Err(tight) => unplaced.push(Unplaced { line: row, reason: too_tight(problem, &tight) }),
            }
        }
        let loads = expected.loads.of(&rows);
        let cut_offs =
            rows.iter().zip(&loads.deliveries).map(|(row, brought)| cut_offs(problem, &lines[*row], brought)).collect();
        Self { rows, shapes, cut_offs, connections: loads.transfers, unplaced }
    }
}

/// Cargo with a mother vessel that a service brings, by call and ship.
fn cut_offs(problem: &Problem, line: &Line, deliveries: &[Delivery]) -> Vec<CutOff> {
    let mut teu: BTreeMap<(usize, MotherIdx), f64> = BTreeMap::new();
    for cargo in deliveries {
        if let Some(mother) = cargo.mother {
            *teu.entry((cargo.to % line.calls.len(), mother)).or_default() += cargo.teu;
        }
    }
    teu.into_iter().map(|((call, mother), teu)| CutOff { ship: Ship::new(problem, call, mother), teu }).collect()
}

fn timed_line(problem: &Problem, line: &Line, berthing: &[i64], berths: &[Vec<usize>]) -> TimedLine {
    let slot = problem.settings.slot.0;
    TimedLine {
        line: line.clone(),
        berthing: berthing.iter().map(|at| Minutes(at * slot)).collect(),
        berths: berths.iter().map(|sailing| sailing.iter().map(|berth| *berth as u32).collect()).collect(),
    }
}

/// Why a service of the last board has no place.
fn explain(problem: &Problem, board: &Board, place: usize) -> String {
    clash::clash(problem, board, place)
        .unwrap_or_else(|| "its own sailings meet at a berth or lock at all times that were tried".to_owned())
}

fn too_tight(problem: &Problem, tight: &TooTight) -> String {
    format!("its round trip is {} minutes too short for its calls", tight.missing_slots * problem.settings.slot.0)
}

/// Why the times that the planner asks of a service leave it none, even when it is alone; `None` when there are some.
pub fn why_no_times(
    problem: &Problem,
    waterway: &Waterway,
    line: &Line,
    pinned: &[(usize, Minutes)],
    meets: &[(usize, MotherIdx)],
) -> Option<String> {
    match Shape::new(problem, waterway, line, vec![0.0; line.calls.len()]) {
        Ok(shape) => {
            let no_ships = [Vec::new()];
            let shapes = [shape.with_pinned(pinned, problem.settings.slot).with_meetings(problem, meets)];
            clash::clash(problem, &Board::new(problem, &shapes, &no_ships, &[]), 0)
        }
        Err(tight) => Some(too_tight(problem, &tight)),
    }
}
