//! Passages between terminals.

use crate::domain::{ClassIdx, Kg, LinkIdx, Metres, Minutes, Problem, TerminalIdx};

/// All passages of all classes between all terminals.
#[derive(Clone, Debug)]
pub struct Waterway {
    terminals: usize,
    /// By class, origin, destination.
    passages: Vec<Option<Passage>>,
}

/// The fastest way of a vessel class between two terminals.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// In sailing order; true when sailed downstream.
    pub links: Vec<(LinkIdx, bool)>,
    pub distance: Metres,
    /// Under way, with the current; locks and border not included. Rounded up to a whole minute for the passage as a whole.
    pub sailing: Minutes,
    /// Lock passages and the expected waits before them.
    pub locks_time: Minutes,
    /// R2 stop and R3 allowance.
    pub border: Minutes,
    /// Fuel burnt under way, grams; 0 for electric vessels.
    pub fuel_g: i64,
    /// Electricity used, watt-hours; 0 for others.
    pub energy_wh: i64,
    /// Cargo mass that the shallowest stretch allows, at most the class's deadweight.
    pub max_load: Kg,
    /// In sailing order.
    pub locks: Vec<LockPassage>,
}

/// A lock on a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockPassage {
    pub link: LinkIdx,
    /// From departure until the vessel enters the lock (after the expected wait).
    pub entered_after: Minutes,
}

impl Passage {
    /// Departure to arrival.
    pub fn duration(&self) -> Minutes {
        self.sailing + self.locks_time + self.border
    }
}

impl Waterway {
    /// Finds all passages.
    pub fn new(problem: &Problem) -> Self {
        let terminals = problem.terminals.len();
        Self { terminals, passages: vec![None; problem.classes.len() * terminals * terminals] }
    }

    /// The passage of a class, or `None` where no admissible way exists (also from a terminal to itself).
    pub fn passage(&self, class: ClassIdx, from: TerminalIdx, to: TerminalIdx) -> Option<&Passage> {
        self.passages[(class.row() * self.terminals + from.row()) * self.terminals + to.row()].as_ref()
    }
}
