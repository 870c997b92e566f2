//! What vessels must share in time: berths inside opening hours or agreed windows, and lock chambers. All in whole slots, modulo the cycle.

use crate::domain::{Interval, Problem, TerminalIdx};

/// A terminal's berths or a lock's chamber, with what is already taken.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Empty: open all the time.
    intervals: Vec<Interval>,
    /// By berth, by slot: taken.
    taken: Vec<Vec<bool>>,
    /// By berth, by slot: free slots from here on.
    free_run: Vec<Vec<usize>>,
}

impl Resource {
    /// The berths of a terminal that the alliance may hold [TT-5], [TT-6].
    pub fn berths(problem: &Problem, at: TerminalIdx) -> Self {
        let terminal = problem.terminal(at);
        let slot = problem.settings.slot.0;
        let intervals: Vec<Interval> = if !terminal.windows.is_empty() {
            let windows = terminal.windows.iter();
            windows.map(|window| interval(window.from.0, window.to.0, slot, window.berths)).collect()
        } else if let Some((from, to)) = terminal.open {
            let days = problem.settings.cycle.0 / (24 * 60);
            let day = |number: i64| interval(number * 1440 + from.0, number * 1440 + to.0, slot, terminal.berths);
            (0..days).map(day).collect()
        } else {
            Vec::new()
        };
        let most = intervals.iter().map(|interval| interval.berths).max().unwrap_or(terminal.berths as usize);
        Self::new(intervals, most, problem.slots_per_cycle() as usize)
    }

    /// The same berths without hours or windows.
    pub fn always_open(problem: &Problem, at: TerminalIdx) -> Self {
        Self { intervals: Vec::new(), ..Self::berths(problem, at) }
    }

    /// A lock: one lockage at a time [TT-7].
    pub fn chamber(problem: &Problem) -> Self {
        Self::new(Vec::new(), 1, problem.slots_per_cycle() as usize)
    }

    fn new(intervals: Vec<Interval>, berths: usize, slots: usize) -> Self {
        Self { intervals, taken: vec![vec![false; slots]; berths], free_run: vec![vec![usize::MAX; slots]; berths] }
    }

    /// The lowest berth that is free for `length` slots from `start`, if the terminal is open then.
    pub fn find_berth(&self, start: i64, length: usize) -> Option<usize> {
        let slots = self.taken.first()?.len();
        let start = start.rem_euclid(slots as i64) as usize;
        let berths = self.open_berths(start, length, slots)?;
        (0..berths.min(self.taken.len())).find(|berth| self.free_run[*berth][start] >= length)
    }

    fn open_berths(&self, start: usize, length: usize, slots: usize) -> Option<usize> {
        if self.intervals.is_empty() {
            return (length <= slots).then_some(self.taken.len());
        }
        let inside = |interval: &&Interval| interval.from <= start && start + length <= interval.to;
        self.intervals.iter().find(inside).map(|interval| interval.berths)
    }

    /// Takes or gives back a berth.
    pub fn set(&mut self, berth: usize, start: i64, length: usize, taken: bool) {
        let slots = self.taken[berth].len();
        for step in 0..length as i64 {
            self.taken[berth][(start + step).rem_euclid(slots as i64) as usize] = taken;
        }
        self.free_run[berth] = free_run(&self.taken[berth]);
    }

    /// Stretches of the cycle in which berths may be held; empty when they may be all the time.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    pub fn berth_count(&self) -> usize {
        self.taken.len()
    }

    /// Most berths that can be held in a slot.
    pub fn capacity(&self, slot: usize) -> usize {
        if self.intervals.is_empty() {
            return self.taken.len();
        }
        let covering = self.intervals.iter().find(|interval| interval.from <= slot && slot < interval.to);
        covering.map_or(0, |interval| interval.berths)
    }

    /// Berths held in a slot.
    pub fn held(&self, slot: usize) -> usize {
        self.taken.iter().filter(|berth| berth[slot]).count()
    }
}

fn interval(from: i64, to: i64, slot: i64, berths: u32) -> Interval {
    Interval { from: ((from + slot - 1) / slot) as usize, to: (to / slot) as usize, berths: berths as usize }
}

/// Free slots from each slot on, around the end of the cycle.
fn free_run(taken: &[bool]) -> Vec<usize> {
    let slots = taken.len();
    let mut run = vec![0; slots];
    if !taken.iter().any(|slot| *slot) {
        return vec![usize::MAX; slots];
    }
    let mut length = 0;
    for step in (0..2 * slots).rev() {
        length = if taken[step % slots] { 0 } else { length + 1 };
        run[step % slots] = length;
    }
    run
}
