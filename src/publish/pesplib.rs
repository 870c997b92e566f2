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
