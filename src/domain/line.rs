//! What the planning stages hand to one another: a service before and after it has times. Indices here, codes in [`super::Plan`].

use super::ids::*;
use super::plan::Regime;
use super::problem::Problem;
use super::units::*;
use serde::Serialize;

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

/// A time alongside, from and to, in minutes of a cycle or of any before or after it.
pub type Stay = (Minutes, Minutes);

/// Of stays at a terminal that repeat every cycle, those that are alongside together with one more when most of them are.
pub fn most_beside<T>(stay: Stay, others: &[(Stay, T)], cycle: Minutes) -> Vec<&T> {
    let holds = |(from, to): Stay, time: Minutes| (time - from).0.rem_euclid(cycle.0) < (to - from).0;
    // the number only grows where a stay begins
    let begins = others.iter().map(|(other, _)| other.0).filter(|time| holds(stay, *time));
    let together =
        |time: Minutes| others.iter().filter(|(other, _)| holds(*other, time)).map(|(_, own)| own).collect::<Vec<&T>>();
    std::iter::once(stay.0).chain(begins).map(together).max_by_key(Vec::len).unwrap_or_default()
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

/// Boxes that change from a call of one line to a call of another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Transfer {
    pub from: usize,
    pub from_call: usize,
    pub to: usize,
    pub to_call: usize,
    /// A cycle.
    pub teu: f64,
}

/// Cargo on lines, as far as their times matter to it.
#[derive(Clone, Debug, Default)]
pub struct Loads {
    /// By line and leg: TEU on board of all its sailings of a cycle. What the design expects counts boxes in a hurry several times.
    pub aboard: Vec<Vec<f64>>,
    /// By line: boxes that it brings to their destination.
    pub deliveries: Vec<Vec<Delivery>>,
    /// Boxes that change vessels.
    pub transfers: Vec<Transfer>,
}

impl Loads {
    /// The cargo of some of the lines, which take new numbers; boxes that change to or from others are left out.
    #[must_use]
    pub fn of(&self, lines: &[usize]) -> Self {
        let place = |line: usize| lines.iter().position(|other| *other == line);
        let among = |transfer: &Transfer| Some(Transfer { from: place(transfer.from)?, to: place(transfer.to)?, ..*transfer });
        Self {
            aboard: lines.iter().map(|line| self.aboard[*line].clone()).collect(),
            deliveries: lines.iter().map(|line| self.deliveries[*line].clone()).collect(),
            transfers: self.transfers.iter().filter_map(among).collect(),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One stay ends before the other begins, so never more than one of them is beside a stay that meets both; a third that spans them is,
    /// also when it is told of another cycle.
    #[test]
    fn stays_count_when_they_are_alongside_at_once() {
        let at = |from: i64, to: i64, name: &'static str| ((Minutes(from), Minutes(to)), name);
        let beside = |others: &[(Stay, &'static str)]| -> Vec<&str> {
            most_beside((Minutes(80), Minutes(120)), others, Minutes(1_000)).into_iter().copied().collect()
        };
        let (early, late) = (at(70, 90, "early"), at(110, 130, "late"));
        assert_eq!(beside(&[early, late]).len(), 1);
        assert_eq!(beside(&[early, late, at(1_060, 1_140, "long")]).len(), 2);
        assert_eq!(beside(&[at(60, 80, "before"), at(120, 130, "after")]), Vec::<&str>::new());
        assert_eq!(beside(&[at(-990, 90, "longer than a cycle")]), ["longer than a cycle"]);
    }
}
