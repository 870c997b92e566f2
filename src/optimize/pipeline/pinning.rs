//! What a planner keeps, read once for all stages. In: pins, the task. Out: the services that stay, or everything that cannot. Whether a service
//! is allowed is the design's to say, whether the times asked of it leave it any the timetable's.

use crate::domain::{Minutes, PinnedCall, Practice, Problem};
use crate::optimize::design::{CannotStay, Kept, Pinned, PinnedService};
use crate::optimize::timetable::why_no_times;
use crate::waterway::Waterway;

/// Reads what stays, and looks at the times of what must.
///
/// # Errors
/// Every service that cannot stay, and why.
pub fn read_pinned(problem: &Problem, waterway: &Waterway, practice: Practice, kept: &[Kept]) -> Result<Pinned, Vec<CannotStay>> {
    let pinned = Pinned::read(problem, waterway, practice, kept)?;
    let clash = |(kept, service): (&Kept, &PinnedService)| {
        let line = service.line(problem);
        let reason = why_no_times(problem, waterway, &line, &times(&kept.pin.calls), &service.meets)?;
        Some(CannotStay { service: kept.pin.service.service.clone(), reason })
    };
    let must = kept.iter().zip(pinned.services()).filter(|(kept, _)| kept.must);
    let faults: Vec<CannotStay> = must.filter_map(clash).collect();
    if faults.is_empty() { Ok(pinned) } else { Err(faults) }
}

/// Calls with their times: position, and berthing of the first sailing.
pub(super) fn times(calls: &[PinnedCall]) -> Vec<(usize, Minutes)> {
    calls.iter().map(|pinned| (pinned.call.row(), pinned.berthing_min)).collect()
}
