//! Vessels that may sail slower than usual, where the timetable leaves time.

use super::planning::{planned, profit, proof, request};
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::pipeline::Request;

const WORK: u64 = 1;

/// Small networks, as they are, and where all vessels may sail at six tenths of their speed.
fn networks() -> impl Iterator<Item = (Problem, Problem)> {
    (1..=2).map(|seed| {
        let size = Size { terminals: 7, hubs: 2, demands: 50, mothers: 2, ..Size::default() };
        let usual = read_tables(&generate(&size, seed)).unwrap_or_else(|errors| panic!("{errors}"));
        let mut slow = usual.clone();
        slow.classes.iter_mut().for_each(|class| class.least_speed_kmh = Some(0.6 * class.speed_kmh));
        (usual, slow)
    })
}

/// The same timetable burns less, and planning anew from it is not worse. The bound of the design, which spends all slack where it saves most,
/// holds for what the auditor counts.
#[test]
fn slower_vessels_earn_more_and_no_more_than_the_bound() {
    for (usual, slow) in networks() {
        let before = planned(&usual, &request(WORK));
        let after = planned(&slow, &Request { start: Some(before.plan.clone()), ..request(WORK) });
        assert_eq!(after.report.violations, []);
        assert!(!before.plan.services.is_empty());
        assert!(profit(&after) > profit(&before), "{} and {} before", profit(&after), profit(&before));
        let anew = planned(&slow, &request(WORK));
        let bound = proof(&anew, Stage::Design).bound;
        assert!(profit(&anew) <= bound + 1e-6, "{} of at most {bound}", profit(&anew));
    }
}
