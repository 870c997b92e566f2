//! What the planning stages hand to one another: a service before and after it has times. Indices here, codes in [`super::Plan`].

use super::ids::*;
use super::plan::Regime;
use super::problem::Problem;
use super::units::*;

/// A service as the design stage chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Cyclic rotation.
    pub calls: Vec<TerminalIdx>,
    pub fleet: FleetIdx,
    pub regime: Regime,
    /// R6 lifted: exports may be loaded while imports stay on board.
    pub mixed_direction: bool,
    pub vessels: u32,
    /// Sailings a cycle.
    pub sailings: u32,
    /// Planned time at the berth of each call, whole slots.
    pub dwell: Vec<Minutes>,
    /// Crane time that all calls of all sailings of one cycle may use together.
    pub handling: Minutes,
}

impl Line {
    /// Time of one round trip: the vessels share the sailings evenly. Rounded down to the grid.
    pub fn round_trip(&self, problem: &Problem) -> Minutes {
        round_trip(problem, self.vessels, self.sailings)
    }

    /// Terminal at a position that may run on into the vessel's next voyage.
    pub fn terminal_at(&self, position: usize) -> TerminalIdx {
        self.calls[position % self.calls.len()]
    }
}

/// Longest round trip, on the grid, with which `vessels` keep up `sailings` a cycle.
pub fn round_trip(problem: &Problem, vessels: u32, sailings: u32) -> Minutes {
    let slots = problem.slots_per_cycle() * i64::from(vessels) / i64::from(sailings.max(1));
    Minutes(slots * problem.settings.slot.0)
}

/// Boxes that a line brings to their destination, all sailings of a cycle together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delivery {
    pub from: usize,
    /// Position of the discharge, after `from`.
    pub to: usize,
    pub teu: f64,
    /// Longest time from departure to arrival; `None` for boxes that came from another line.
    pub limit: Option<Minutes>,
    /// The mother vessel that they must reach.
    pub mother: Option<MotherIdx>,
}

/// A line with times: one pattern, repeated for every sailing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedLine {
    pub line: Line,
    /// Berthing at each call of sailing 0, minutes from the start of the cycle, growing along the rotation.
    pub berthing: Vec<Minutes>,
    /// Berth held at each call, by sailing and call.
    pub berths: Vec<Vec<u32>>,
}
