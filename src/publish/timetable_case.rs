//! A timetable problem with its answer as JSON, for another solver.

use super::document::{PublishError, pretty, write_text};
use crate::domain::TimetableCase;
use std::path::Path;

/// Writes problem and answer, whole or not at all.
///
/// # Errors
/// When the folder is missing, full or may not be written.
pub fn write_case(path: &Path, case: &TimetableCase) -> Result<(), PublishError> {
    write_text(path, &pretty(case))
}

/// What was found, in a line.
pub fn case_summary(case: &TimetableCase) -> String {
    let timed = case.services.iter().filter(|service| service.berthings.is_some()).count();
    format!(
        "{timed} of {} services have times; boxes wait {} TEU-slots, at least {} in any timetable of these services\n",
        case.services.len(),
        case.value,
        case.bound
    )
}
