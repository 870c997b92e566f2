//! A-GRID, A-SAIL, A-WAIT, A-DWELL, A-VOYAGE, A-HEADWAY: the timetable of each vessel.

use super::book::{Book, Clock, Run};
use super::loads::Loads;
use super::rules::Findings;
use crate::domain::{Problem, Sailing, Terminal};

/// Checks the times of all sailings.
pub(super) fn check_times(book: &Book, loads: &Loads, findings: &mut Findings) {
    for (row, run) in book.runs.iter().enumerate() {
        for (number, sailing) in &run.sailings {
            check_grid(book, run, sailing, findings);
            check_passages(book, run, sailing, findings);
            for call in 0..run.calls.len() {
                let (Some(clock), Some(at)) = (run.clock(book.cycle(), *number, call), run.terminal_at(call)) else { continue };
                let lifted = loads.lifts(row, *number, call).both();
                let place = book.call_place(run, *number, call);
                check_call(book.problem, book.problem.terminal(at), clock, lifted, &place, findings);
            }
            check_next_voyage(book, run, sailing, findings);
        }
        check_headway(book, run, findings);
    }
}

/// A-GRID.
fn check_grid(book: &Book, run: &Run, sailing: &Sailing, findings: &mut Findings) {
    let slot = book.problem.settings.slot.0.max(1);
    for (call, times) in sailing.calls.iter().enumerate() {
        for (word, at) in [("arrival", times.arrival_min), ("berthing", times.berthing_min), ("departure", times.departure_min)] {
            if at.0.rem_euclid(slot) != 0 {
                let message = format!("{word} at minute {} is off the grid of {slot} minutes", at.0);
                findings.add("A-GRID", book.call_place(run, sailing.number, call), message);
            }
        }
    }
    let back = sailing.back_at_min.0;
    if back.rem_euclid(slot) != 0 {
        let place = format!("{} sailing {}", sailing.service, sailing.number);
        findings.add("A-GRID", place, format!("arrival back at minute {back} is off the grid of {slot} minutes"));
    }
    let first = sailing.calls.first().map(|times| i128::from(times.berthing_min.0));
    if let Some(first) = first.filter(|first| !(0..book.cycle()).contains(first)) {
        let message = format!("first berthing at minute {first} lies outside the cycle of {} minutes", book.cycle());
        findings.add("A-GRID", book.call_place(run, sailing.number, 0), message);
    }
}

/// A-SAIL. A leg without a passage is A-WATERWAY's; its arrival must still follow the departure.
fn check_passages(book: &Book, run: &Run, sailing: &Sailing, findings: &mut Findings) {
    let arrivals = sailing.calls.iter().skip(1).map(|times| times.arrival_min).chain(std::iter::once(sailing.back_at_min));
    for (leg, ((times, arrival), passage)) in sailing.calls.iter().zip(arrivals).zip(&run.legs).enumerate() {
        let needed = passage.map_or(0, |passage| i128::from(passage.duration().0));
        let taken = i128::from(arrival.0) - i128::from(times.departure_min.0);
        if taken < needed {
            let message = format!("arrives {taken} minutes after departure; the passage takes {needed} minutes");
            findings.add("A-SAIL", book.leg_place(run, sailing.number, leg), message);
        }
    }
}

/// A-WAIT and A-DWELL.
fn check_call(problem: &Problem, terminal: &Terminal, clock: Clock, lifted: i128, place: &str, findings: &mut Findings) {
    let (waited, wait) = (clock.berthing - clock.arrival, i128::from(terminal.wait.0));
    if waited < wait {
        findings.add("A-WAIT", place, format!("berthed {waited} minutes after arrival; the wait is {wait} minutes"));
    }
    let needed = handling_minutes(problem, terminal, lifted).max(i128::from(problem.settings.min_handling.0));
    let alongside = clock.departure - clock.berthing;
    if alongside < needed {
        let message = format!("departs {alongside} minutes after berthing; {lifted} TEU lifted take {needed} minutes");
        findings.add("A-DWELL", place, message);
    }
}

/// Time to lift a volume, rounded up to a whole minute.
pub(super) fn handling_minutes(problem: &Problem, terminal: &Terminal, teu: i128) -> i128 {
    let teu_per_hour = terminal.moves_per_berth_hour * problem.settings.teu_per_move;
    (60.0 * teu as f64 / teu_per_hour - 1e-9).ceil() as i128
}

/// A-VOYAGE. A next sailing that is not in the plan is A-FREQUENCY's.
fn check_next_voyage(book: &Book, run: &Run, sailing: &Sailing, findings: &mut Findings) {
    let Some((next, later)) = run.next(sailing.number) else { return };
    let (Some(first), Some(at)) = (run.clock(book.cycle(), next, 0), run.terminal_at(0)) else { return };
    let place = format!("{} sailing {}", sailing.service, sailing.number);
    let (back, arrival) = (i128::from(sailing.back_at_min.0), first.arrival + later * book.cycle());
    if arrival != back {
        let message =
            format!("is back at minute {back}, but the vessel's next voyage, sailing {next}, arrives at minute {arrival}");
        findings.add("A-VOYAGE", place.as_str(), message);
    }
    let settings = &book.problem.settings;
    let needed = i128::from(book.problem.terminal(at).wait.0) + i128::from(settings.turnaround_buffer.0);
    let has = first.berthing - first.arrival;
    if has < needed {
        let message =
            format!("sailing {next} berths {has} minutes after the vessel is back; wait and buffer are {needed} minutes");
        findings.add("A-VOYAGE", place, message);
    }
}

/// A-HEADWAY: spacing modulo the cycle, compared in units of one `f`-th minute.
fn check_headway(book: &Book, run: &Run, findings: &mut Findings) {
    let (cycle, frequency) = (book.cycle(), run.frequency());
    let tolerance = i128::from(book.problem.settings.headway_tolerance.0);
    for number in run.sailings.range(..run.service.sailings_per_cycle).map(|(number, _)| *number) {
        let next = (u64::from(number) + 1) % u64::from(run.service.sailings_per_cycle).max(1);
        let Ok(next) = u32::try_from(next) else { continue };
        for call in 0..run.calls.len() {
            let (Some(this), Some(that)) = (run.clock(cycle, number, call), run.clock(cycle, next, call)) else { continue };
            let gap = (that.berthing - this.berthing).rem_euclid(cycle);
            let off = (gap * frequency - cycle).abs();
            if off.min(cycle * frequency - off) > tolerance * frequency {
                let even = cycle / frequency.max(1);
                let message = format!("berthed {gap} minutes before sailing {next}; {even} give or take {tolerance} are even");
                findings.add("A-HEADWAY", book.call_place(run, number, call), message);
            }
        }
    }
}
