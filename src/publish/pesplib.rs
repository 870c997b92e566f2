//! The timetable of an event network as the file that evaluators of PESPlib read.

use super::document::{PublishError, write_text};
use crate::audit::TensionReport;
use crate::domain::event_network::EventNetwork;
use std::fmt::Write;
use std::path::Path;

/// A line `event; time` for every event: the same bytes for the same timetable.
pub fn times_text(network: &EventNetwork, times: &[i64]) -> String {
    network.events.iter().zip(times).fold(String::new(), |mut text, (event, time)| {
        // writing to a text cannot fail
        let _ = writeln!(text, "{event}; {time}");
        text
    })
}

/// Writes the times, whole or not at all.
///
/// # Errors
/// When the folder is missing, full or may not be written.
pub fn write_times(path: &Path, network: &EventNetwork, times: &[i64]) -> Result<(), PublishError> {
    write_text(path, &times_text(network, times))
}

/// A timetable in a line: what the auditor counted.
pub fn times_summary(network: &EventNetwork, report: &TensionReport) -> String {
    format!(
        "weighted slack {}, {} of {} activities violated, {} events, period {}\n",
        report.weighted_slack,
        report.violated.len(),
        network.activities.len(),
        network.events.len(),
        network.period,
    )
}

/// Activities, by row, of which no durations add up to whole periods.
pub fn contradiction_text(network: &EventNetwork, activities: &[usize]) -> String {
    let mut text = format!(
        "no timetable: around a cycle, these durations cannot add up to whole periods of {}; without any one of them there is no cycle",
        network.period
    );
    for row in activities {
        let activity = &network.activities[*row];
        let [from, to] = [activity.from, activity.to].map(|event| network.events[event.row()]);
        // writing to a text cannot fail
        let _ = write!(text, "\n  activity {}: event {from} to {to} in {} to {}", row + 1, activity.least, activity.most);
    }
    text
}
