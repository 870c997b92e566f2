//! Faults of the timetable and of what vessels share: berths, windows, opening hours, locks.

use super::faults::Fault;
use super::network::{GATE, HKT, HUB, LOWER, RIV};
use super::plan::{S01_0, S01_1, S02_0, S03, S03_0};
use waterbus::domain::*;

pub const FAULTS: &[Fault] = &[
    ("a berthing off the grid", &["A-GRID"], |_, plan| plan.sailings[S01_0].calls[3].berthing_min = Minutes(1141)),
    ("an arrival back off the grid", &["A-GRID"], |_, plan| {
        plan.sailings[S01_0].back_at_min = Minutes(1411);
        plan.sailings[S01_1].calls[0].arrival_min = Minutes(1411);
    }),
    ("a sailing that starts in the next cycle", &["A-GRID"], |problem, plan| {
        let cycle = problem.settings.cycle;
        let sailing = &mut plan.sailings[S02_0];
        sailing.back_at_min += cycle;
        for call in &mut sailing.calls {
            call.arrival_min += cycle;
            call.berthing_min += cycle;
            call.departure_min += cycle;
        }
    }),
    ("a vessel faster than it can sail", &["A-SAIL"], |_, plan| plan.sailings[S01_0].calls[1].arrival_min = Minutes(375)),
    ("a way back faster than it can be sailed", &["A-SAIL"], |_, plan| {
        plan.sailings[S02_0].back_at_min = Minutes(2070);
        plan.sailings[S02_0].calls[0].arrival_min = Minutes(-8010);
    }),
    ("a border stop forgotten", &["A-SAIL"], |problem, _| problem.settings.border_sealing = Minutes(30)),
    ("a wait before the lock forgotten", &["A-SAIL"], |problem, _| {
        problem.links[GATE].lock.iter_mut().for_each(|lock| lock.wait = Minutes(45));
    }),
    // and the fuel of the longer way up is not in the profit
    ("a current forgotten", &["A-SAIL", "A-PROOF"], |problem, _| problem.links[LOWER].current_kmh = 4.0),
    ("a berthing without the terminal's wait", &["A-WAIT"], |_, plan| {
        plan.sailings[S03_0].calls[1].berthing_min = Minutes(555);
    }),
    // 20 TEU at 15 an hour take 80 minutes
    ("a departure before all is lifted", &["A-DWELL"], |_, plan| plan.sailings[S01_0].calls[0].departure_min = Minutes(210)),
    ("a call shorter than any", &["A-DWELL"], |_, plan| plan.sailings[S01_0].calls[3].departure_min = Minutes(1155)),
    ("cranes slower than planned", &["A-DWELL"], |problem, _| problem.terminals[HUB].moves_per_berth_hour = 18.0),
    ("a vessel that is back in two places", &["A-VOYAGE"], |_, plan| {
        plan.sailings[S01_1].calls[0].arrival_min = Minutes(1425);
    }),
    // 3765 minutes lie between the voyages of S01, 15 of them are the wait
    ("no buffer between voyages", &["A-VOYAGE"], |problem, _| problem.settings.turnaround_buffer = Minutes(3751)),
    // with one vessel sailing 0 would go on with 1 instead of 2; it also costs less
    ("one vessel where two are needed", &["A-VOYAGE", "A-PROOF"], |_, plan| plan.services[S03].vessels = 1),
    // 3360 minutes are even; S03 has 3300 and 3420
    ("sailings in bunches", &["A-HEADWAY"], |problem, _| problem.settings.headway_tolerance = Minutes(59)),
    ("two vessels at one berth", &["A-BERTH"], |_, plan| plan.sailings[S03_0].calls[1].berth = 0),
    ("a berth that is not there", &["A-BERTH"], |_, plan| plan.sailings[S01_0].calls[2].berth = 2),
    ("more vessels than berths", &["A-BERTH"], |problem, _| problem.terminals[HUB].berths = 1),
    ("a berth taken before it is free", &["A-BERTH"], |problem, plan| {
        problem.terminals[RIV].wait = Minutes(15);
        plan.sailings[S01_0].calls[1].berthing_min = Minutes(405);
    }),
    ("a window without a berth", &["A-BERTH"], |problem, _| problem.terminals[HKT].windows[0].berths = 0),
    ("a window that opens later", &["A-WINDOW"], |problem, _| problem.terminals[HKT].windows[0].from = Minutes(1815)),
    ("a window that closes before departure", &["A-WINDOW"], |problem, _| {
        problem.terminals[HKT].windows[0].to = Minutes(1859);
    }),
    ("a terminal that opens later", &["A-OPEN"], |problem, _| {
        problem.terminals[RIV].open = Some((Minutes(361), Minutes(1320)));
    }),
    ("a terminal that closes before departure", &["A-OPEN"], |problem, _| {
        problem.terminals[RIV].open = Some((Minutes(360), Minutes(1319)));
    }),
    // S01 enters at 225 + 64 on the way down and at 1200 + 30 on the way up, 941 minutes later; 0.0637 an hour hold it for 942
    ("two vessels in one lock", &["A-LOCK"], |problem, _| {
        problem.links[GATE].lock.iter_mut().for_each(|lock| lock.vessels_per_hour = 0.0637);
    }),
];
