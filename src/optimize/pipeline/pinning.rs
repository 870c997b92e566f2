//! What a planner keeps, read once for all stages. In: pins, the task. Out: the services that stay, or everything that cannot. Whether a service
//! is allowed is the design's to say, whether the times asked of it leave it any the timetable's.

use crate::domain::{Minutes, Pin, Practice, Problem};
use crate::optimize::design::{CannotStay, Pinned, PinnedService};
use crate::optimize::timetable::why_no_times;
use crate::waterway::Waterway;

/// Reads pins. The first `fixed` of them keep the times of their calls and meet their ships; the others keep their stays.
///
/// # Errors
/// Every service that cannot stay, and why.
pub fn read_pinned(
    problem: &Problem,
    waterway: &Waterway,
    practice: Practice,
    pins: &[Pin],
    fixed: usize,
) -> Result<Pinned, Vec<CannotStay>> {
    let pinned = Pinned::read(problem, waterway, practice, pins, fixed)?;
    let clash = |(pin, service): (&Pin, &PinnedService)| {
        let line = service.line(problem);
        let reason = why_no_times(problem, waterway, &line, &times(pin), &service.meets)?;
        Some(CannotStay { service: pin.service.service.clone(), reason })
    };
    let faults: Vec<CannotStay> = pins.iter().zip(pinned.services()).take(fixed).filter_map(clash).collect();
    if faults.is_empty() { Ok(pinned) } else { Err(faults) }
}

/// Calls whose times stay: position, and berthing of the first sailing.
pub(super) fn times(pin: &Pin) -> Vec<(usize, Minutes)> {
    pin.calls.iter().map(|pinned| (pinned.call.row(), pinned.berthing_min)).collect()
}
