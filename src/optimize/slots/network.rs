//! The timed network of one cycle: where and when each sailing calls.

use crate::domain::{Kg, Line, Minutes, Problem, TerminalIdx, TimedLine};
use crate::waterway::Waterway;

/// The timed services with what each leg can carry.
pub struct Network<'a> {
    pub problem: &'a Problem,
    pub lines: Vec<NetworkLine<'a>>,
}

/// One timed service.
pub struct NetworkLine<'a> {
    pub line: &'a Line,
    berthing: &'a [Minutes],
    /// Shift of each sailing against the first.
    pub shifts: Vec<Minutes>,
    cycle: Minutes,
    pub leg_load: Vec<Kg>,
    waits: Vec<Minutes>,
}

impl<'a> Network<'a> {
    /// Reads the timed services.
    pub fn new(problem: &'a Problem, waterway: &Waterway, timed: &'a [TimedLine]) -> Self {
        Self { problem, lines: timed.iter().map(|timed| NetworkLine::new(problem, waterway, timed)).collect() }
    }
}

impl<'a> NetworkLine<'a> {
    fn new(problem: &'a Problem, waterway: &Waterway, timed: &'a TimedLine) -> Self {
        let line = &timed.line;
        let class = problem.fleet(line.fleet).class;
        let count = line.calls.len();
        let load = |leg: usize| {
            let passage = waterway.passage(class, line.calls[leg], line.calls[(leg + 1) % count]);
            passage.map_or(Kg(0), |passage| passage.max_load.min(problem.class(class).deadweight))
        };
        Self {
            line,
            berthing: &timed.berthing,
            shifts: sailing_shifts(problem, line.sailings),
            cycle: problem.settings.cycle,
            leg_load: (0..count).map(load).collect(),
            waits: line.calls.iter().enumerate().map(|(call, at)| grid_wait(problem, *at, call == 0)).collect(),
        }
    }

    pub fn calls(&self) -> usize {
        self.line.calls.len()
    }

    pub fn sailings(&self) -> usize {
        self.shifts.len()
    }

    /// Sailing and call that a position of a sailing stands for, and the cycles that lie between.
    pub fn resolve(&self, sailing: usize, position: usize) -> (usize, usize, i64) {
        if position < self.calls() {
            return (sailing, position, 0);
        }
        let next = sailing + self.line.vessels as usize;
        (next % self.sailings(), position - self.calls(), (next / self.sailings()) as i64)
    }

    /// Berthing at a position of a sailing, from the start of the cycle of its first call.
    pub fn berthing(&self, sailing: usize, position: usize) -> Minutes {
        let (at, call, cycles) = self.resolve(sailing, position);
        self.berthing[call] + self.shifts[at] + self.cycle * cycles
    }

    pub fn departure(&self, sailing: usize, position: usize) -> Minutes {
        self.berthing(sailing, position) + self.line.dwell[position % self.calls()]
    }

    /// Arrival off the terminal: the buffer before the berthing.
    pub fn arrival(&self, sailing: usize, position: usize) -> Minutes {
        self.berthing(sailing, position) - self.waits[position % self.calls()]
    }
}

/// Shift of each sailing against the first: evenly over the cycle, rounded down to the grid.
pub fn sailing_shifts(problem: &Problem, sailings: u32) -> Vec<Minutes> {
    let slots = problem.slots_per_cycle();
    (0..i64::from(sailings)).map(|k| problem.settings.slot * (k * slots / i64::from(sailings))).collect()
}

/// The wait before berthing on the grid; before the first call of a voyage also the turnaround buffer.
fn grid_wait(problem: &Problem, at: TerminalIdx, first: bool) -> Minutes {
    let turnaround = if first { problem.on_grid(problem.settings.turnaround_buffer) } else { Minutes(0) };
    problem.on_grid(problem.terminal(at).wait) + turnaround
}
