//! Timetables that no vessel, berth or lock could keep.

use super::*;

pub const FAULTS: &[Fault] = &[
    ("a berthing is off the grid", "A-GRID", |_, plan| call(plan, "S1", 0, 1).berthing_min.0 += 7),
    ("the arrival back is off the grid", "A-GRID", |_, plan| sailing(plan, "S4", 0).back_at_min.0 += 1),
    ("a sailing starts in the week after", "A-GRID", |_, plan| shift(plan, "S4", 0, 10_080)),
    ("a sailing starts in the week before", "A-GRID", |_, plan| shift(plan, "S4", 0, -10_080)),
    ("a vessel arrives too early for its speed", "A-SAIL", |_, plan| call(plan, "S1", 0, 2).arrival_min.0 -= 15),
    ("a vessel is back too early for its speed", "A-SAIL", |_, plan| sailing(plan, "S4", 0).back_at_min.0 -= 15),
    ("the lock takes longer than planned", "A-SAIL", |problem, _| {
        link(problem, "L1").lock.as_mut().unwrap().wait = Minutes(45);
    }),
    ("customs stops every vessel longer", "A-SAIL", |problem, _| problem.settings.border_sealing = Minutes(30)),
    ("upstream takes longer against the current", "A-SAIL", |problem, _| link(problem, "L5").current_kmh = 6.0),
    ("a vessel berths without waiting", "A-WAIT", |_, plan| call(plan, "S1", 0, 1).berthing_min.0 -= 15),
    ("a vessel berths before it arrives", "A-WAIT", |_, plan| call(plan, "S4", 0, 1).berthing_min.0 -= 60),
    ("the stay is too short for the boxes", "A-DWELL", |_, plan| call(plan, "S2", 0, 1).departure_min.0 -= 30),
    ("the stay is shorter than any stay", "A-DWELL", |_, plan| call(plan, "S5", 0, 1).departure_min.0 -= 15),
    ("boxes of the voyage before take crane time too", "A-DWELL", |problem, _| {
        // 8 loaded and 20 discharged by the next sailing's vessel: 28 x 5 min > 120 min, while 20 x 5 min would fit
        terminal(problem, "UPR").moves_per_berth_hour = 8.0;
    }),
    ("a vessel departs before it berths", "A-DWELL", |_, plan| call(plan, "S4", 0, 0).departure_min.0 = 585),
    ("the next voyage starts before the last one ends", "A-VOYAGE", |_, plan| call(plan, "S1", 0, 0).arrival_min.0 -= 15),
    ("the next voyage starts weeks later", "A-VOYAGE", |_, plan| call(plan, "S4", 0, 0).arrival_min.0 -= 10_080),
    ("two vessels need two weeks, and the plan gives one", "A-VOYAGE", |_, plan| service(plan, "S5").vessels = 2),
    ("the buffer between two voyages is cut", "A-VOYAGE", |problem, _| {
        // S1 is back 3600 min before its next berthing, of which 30 min are the wait
        problem.settings.turnaround_buffer = Minutes(3571);
    }),
    ("sailings bunch", "A-HEADWAY", |_, plan| shift(plan, "S1", 1, 135)),
    ("both sailings go at once", "A-HEADWAY", |_, plan| shift(plan, "S1", 1, -5040)),
    ("no slack in the spacing", "A-HEADWAY", |problem, plan| {
        problem.settings.headway_tolerance = Minutes(0);
        call(plan, "S1", 1, 3).berthing_min.0 += 15;
    }),
    ("two vessels lie at one berth", "A-BERTH", |_, plan| call(plan, "S4", 0, 1).berth = 0),
    ("more vessels than berths", "A-BERTH", |problem, _| terminal(problem, "MID").berths = 1),
    ("the terminal has no such berth", "A-BERTH", |_, plan| call(plan, "S5", 0, 1).berth = 1),
    ("the window has no such berth", "A-BERTH", |_, plan| call(plan, "S1", 0, 2).berth = 1),
    ("the window has fewer berths than the terminal", "A-BERTH", |problem, plan| {
        // the terminal's own number does not count inside a window
        let hub = terminal(problem, "HUB");
        hub.berths = 5;
        hub.windows[2].berths = 1;
        call(plan, "S3", 0, 1).berth = 1;
    }),
    ("two vessels meet a week apart on paper", "A-BERTH", |_, plan| {
        // S3 at TWN stays for more than a week and meets itself
        call(plan, "S3", 0, 0).departure_min.0 += 10_080;
    }),
    ("a call lies in no agreed window", "A-WINDOW", |problem, _| {
        terminal(problem, "HUB").windows.pop();
    }),
    ("a call ends after its window", "A-WINDOW", |_, plan| call(plan, "S3", 0, 1).departure_min.0 += 45),
    ("a call spans two windows that only touch", "A-WINDOW", |problem, _| {
        let windows = &mut terminal(problem, "HUB").windows;
        windows[0].to = Minutes(1290);
        windows.insert(1, Window { from: Minutes(1290), to: Minutes(1440), berths: 1 });
    }),
    ("the terminal closes while the vessel is alongside", "A-OPEN", |problem, _| {
        terminal(problem, "UPR").open = Some((Minutes(360), Minutes(1319)))
    }),
    ("the terminal opens after the vessel berths", "A-OPEN", |problem, _| {
        terminal(problem, "UPR").open = Some((Minutes(495), Minutes(1320)))
    }),
    ("a call runs past midnight", "A-OPEN", |problem, plan| {
        terminal(problem, "DOM").open = Some((Minutes(0), Minutes(1440)));
        shift(plan, "S4", 0, 825);
    }),
    ("two vessels are in the lock at once", "A-LOCK", |_, plan| {
        // upstream entry at 1770 is brought to 630, when the downstream one is in the lock
        call(plan, "S1", 0, 3).departure_min.0 = 600;
    }),
    ("the lock is slower than the vessels follow", "A-LOCK", |problem, _| {
        // entries at 630 and 1770, 1140 min apart
        link(problem, "L1").lock.as_mut().unwrap().vessels_per_hour = 60.0 / 1141.0;
    }),
    ("vessels of two weeks meet in the lock", "A-LOCK", |_, plan| {
        // departs a week late and enters at 1755 of the cycle, when sailing 0 is about to enter at 1770
        call(plan, "S1", 1, 0).departure_min.0 = 10_080 + 1725;
    }),
];

/// The lock serves the next vessel in the very minute it has served the one before.
#[test]
fn lockages_that_only_touch_are_sound() {
    let mut problem = problem();
    let plan = plan(&problem);
    link(&mut problem, "L1").lock.as_mut().unwrap().vessels_per_hour = 60.0 / 1140.0;
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}

/// A buffer that is just kept is kept.
#[test]
fn a_vessel_may_start_its_next_voyage_on_the_last_minute_of_the_buffer() {
    let mut problem = problem();
    let plan = plan(&problem);
    problem.settings.turnaround_buffer = Minutes(3570);
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}

/// The tolerance is part of what is allowed.
#[test]
fn sailings_may_be_off_even_spacing_by_the_tolerance() {
    let problem = problem();
    let mut plan = plan(&problem);
    shift(&mut plan, "S1", 1, 120);
    assert!(audited(&problem, &plan).violations.iter().all(|found| found.rule != "A-HEADWAY"));
}
