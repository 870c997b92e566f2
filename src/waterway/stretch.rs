//! What one link means to one vessel class: whether it may sail there, how fast, and how deep it may be loaded.

use crate::domain::{Link, Lock, Problem, VesselClass};

/// A vessel that cannot carry this share of its deadweight does not sail: nothing useful is left to earn.
const LEAST_USEFUL_LOAD: f64 = 0.1;
/// At or below this speed over ground a vessel makes no headway worth planning.
const LEAST_GROUND_SPEED_KMH: f64 = 1.0;

/// Share of the deadweight that the link's depth allows under the instance's keel clearance: 0 when the empty vessel would touch, 1 at
/// full draught and deeper.
pub fn load_share(problem: &Problem, link: &Link, class: &VesselClass) -> f64 {
    let draft_m = link.depth_m - problem.settings.under_keel_m;
    let draft_range_m = class.draft_full_m - class.draft_light_m;
    if draft_m <= class.draft_light_m {
        0.0
    } else if draft_range_m <= 0.0 {
        1.0
    } else {
        ((draft_m - class.draft_light_m) / draft_range_m).clamp(0.0, 1.0)
    }
}

/// The class fits the link: waterway class, air draught (equal passes) and depth for a useful load.
pub fn is_admissible(problem: &Problem, link: &Link, class: &VesselClass) -> bool {
    link.class >= class.min_waterway_class
        && class.air_draft_m <= link.air_draft_m
        && load_share(problem, link, class) >= LEAST_USEFUL_LOAD
}

/// Speed over ground with or against the current, at most the speed limit; `None` when the vessel would hardly move.
pub fn ground_speed_kmh(link: &Link, class: &VesselClass, downstream: bool) -> Option<f64> {
    let current_kmh = if downstream { link.current_kmh } else { -link.current_kmh };
    let speed_kmh = (class.speed_kmh + current_kmh).min(link.speed_limit_kmh);
    (speed_kmh > LEAST_GROUND_SPEED_KMH).then_some(speed_kmh)
}

/// Hours under way on the link, locks not included.
pub fn sailing_hours(link: &Link, class: &VesselClass, downstream: bool) -> Option<f64> {
    ground_speed_kmh(link, class, downstream).map(|speed_kmh| link.length.0 as f64 / 1000.0 / speed_kmh)
}

/// Minutes a lock costs a passage: expected wait and lockage.
pub fn lock_minutes(lock: &Lock) -> i64 {
    lock.wait.0 + lock.transit.0
}
