//! A timetable problem in whole slots, with the answer found for it: all that a solver needs which knows nothing of rivers. The formulation
//! is that of `models/timetable.md`.

use super::line::Transfer;
use serde::Serialize;

/// Services to be given times in a cycle, what they share, and the times found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimetableCase {
    /// Slots of the cycle.
    pub slots: i64,
    /// Least slots between a discharge and the next berthing of boxes that change vessels.
    pub transfer: i64,
    /// Slots that a lost box counts for.
    pub lost: f64,
    pub services: Vec<CaseService>,
    pub terminals: Vec<CaseTerminal>,
    pub connections: Vec<Transfer>,
    /// Weighted waiting of the times found, TEU-slots.
    pub value: f64,
    /// No times wait less.
    pub bound: f64,
}

/// A service; lists run along its rotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseService {
    /// Rows of [`TimetableCase::terminals`].
    pub calls: Vec<usize>,
    pub dwell: Vec<i64>,
    /// Departure to the earliest next berthing, with the wait before it.
    pub run: Vec<i64>,
    /// Arrival to berthing.
    pub wait: Vec<i64>,
    /// Shift of each sailing against the first, which is first berthed within the first headway.
    pub shifts: Vec<i64>,
    /// Free slots of a round trip.
    pub slack: i64,
    /// TEU on board of each leg.
    pub aboard: Vec<f64>,
    /// Speeds of each leg, from the usual one down.
    pub speeds: Vec<Vec<Speed>>,
    /// Passages of locks on each leg.
    pub locks: Vec<Vec<CaseLock>>,
    pub ships: Vec<CaseShip>,
    pub urgent: Vec<Urgent>,
    /// Berthings of the first sailing; `None` when the service found none.
    pub berthings: Option<Vec<i64>>,
}

/// A speed on a leg.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Speed {
    /// Slack on the leg from which there is time for it.
    pub slack: i64,
    /// What its energy costs, all sailings of a cycle together, beyond that of the slowest speed: in TEU-slots.
    pub cost: f64,
}

/// A lock is held by one vessel at a time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseLock {
    pub lock: usize,
    /// Slots from departure.
    pub after: i64,
    pub holds: i64,
}

/// Boxes that should reach a mother vessel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseShip {
    pub call: usize,
    /// Slot by which the barge arrives, and how long before it may be there.
    pub cut_off: i64,
    pub longest_wait: i64,
    pub teu: f64,
}

/// Boxes that are late, and lost, when more slack than they can spare is spent on their way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Urgent {
    /// Positions in the rotation; `to` may run on into the next voyage.
    pub from: usize,
    pub to: usize,
    /// Slots of slack with which they are still in time.
    pub spare: i64,
    pub teu: f64,
}

/// A terminal: stays lie inside one interval and use its berths; without intervals all berths are there all the time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseTerminal {
    pub berths: usize,
    pub open: Vec<Interval>,
}

/// A stretch of the cycle, in slots, in which a number of berths may be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    pub from: usize,
    pub to: usize,
    pub berths: usize,
}
