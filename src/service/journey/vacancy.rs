//! Which legs have room for a load: as the plan says, and as bookings have changed it since.

use super::index::{JourneyIndex, LegOf};
use std::collections::HashMap;

/// Room of a leg of a sailing of which nothing is booked: before unused allotments return to everybody, and afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Untouched {
    pub before_return: bool,
    pub after_return: bool,
}

/// A leg of one voyage: row of the service, cycle, sailing, call where it starts.
pub type DatedLeg = (u32, i64, u32, u16);

/// Legs with room for one load.
#[derive(Clone, Debug)]
pub struct Vacancy {
    /// By service; in it sailing by sailing, and in that call by call.
    untouched: Vec<Vec<Untouched>>,
    booked: HashMap<DatedLeg, bool>,
    /// Allotments of legs berthed until then have returned.
    returned_until: i64,
}

impl Vacancy {
    /// `untouched` says of each leg of the plan whether the load fits, by row of the service, sailing and call; `booked` of each leg that
    /// has been booked.
    pub fn new(
        index: &JourneyIndex,
        untouched: impl Fn(usize, u32, u16) -> Untouched,
        booked: HashMap<DatedLeg, bool>,
        returned_until: crate::domain::Minutes,
    ) -> Self {
        let of_line = |(row, line): (usize, &super::index::Line)| -> Vec<Untouched> {
            let calls = line.calls.max(1);
            (0..line.berthings.len() as u32).map(|leg| untouched(row, leg / calls, (leg % calls) as u16)).collect()
        };
        Self { untouched: index.lines.iter().enumerate().map(of_line).collect(), booked, returned_until: returned_until.0 }
    }

    pub(super) fn fits(&self, index: &JourneyIndex, line: u32, cycle: i64, leg: LegOf) -> bool {
        if let Some(fits) = self.booked.get(&(line, cycle, leg.sailing, leg.call)) {
            return *fits;
        }
        let of_line = &index.lines[line as usize];
        let row = leg.sailing as usize * of_line.calls as usize + usize::from(leg.call);
        let untouched = self.untouched[line as usize][row];
        match cycle * index.cycle + of_line.berthings[row] <= self.returned_until {
            true => untouched.after_return,
            false => untouched.before_return,
        }
    }
}
