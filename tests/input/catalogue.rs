//! The catalogue of codes against the broken files that prove them.

use crate::{broken_cells, broken_files, broken_linerlib, broken_pesplib, broken_pins, broken_references, broken_values};
use std::collections::BTreeSet;
use waterbus::input::ErrorCode;

/// A code that no broken file brings about may never be reported, or for the wrong reason.
#[test]
fn every_error_code_has_a_broken_file() {
    let cases = [broken_files::cases(), broken_cells::cases(), broken_references::cases(), broken_values::cases()];
    let mut proven: BTreeSet<ErrorCode> = cases.iter().flatten().map(|case| case.code).collect();
    proven.extend(broken_linerlib::codes());
    proven.extend(broken_pesplib::codes());
    proven.extend(broken_pins::codes());
    let unproven: Vec<&str> = ErrorCode::ALL.iter().filter(|code| !proven.contains(code)).map(|code| code.text()).collect();
    assert!(unproven.is_empty(), "without a broken file: {unproven:?}");
}

/// People search for a code: each is one, and says what it means.
#[test]
fn codes_are_distinct_ascending_and_explained() {
    assert!(ErrorCode::ALL.is_sorted_by(|a, b| a.text() < b.text()));
    assert!(ErrorCode::ALL.iter().all(|code| code.text().len() == 4 && code.meaning().ends_with('.')));
}
