//! A-BERTH, A-WINDOW, A-OPEN, A-LOCK: what vessels share along the way, modulo the cycle.

use super::book::Book;
use super::period::{Span, find_clashes, find_peak};
use super::rules::Findings;
use crate::domain::{LinkIdx, Terminal, TerminalIdx, Window};
use std::collections::BTreeMap;

const DAY: i128 = 24 * 60;

/// A vessel alongside.
struct Stay {
    place: String,
    span: Span,
    berth: u32,
}

/// Checks terminals and locks.
pub(super) fn check_berths(book: &Book, findings: &mut Findings) {
    for (at, stays) in find_stays(book) {
        let terminal = book.problem.terminal(at);
        check_open(terminal, &stays, findings);
        check_terminal(book, terminal, &stays, findings);
        check_berth_numbers(book, terminal, &stays, findings);
    }
    check_locks(book, findings);
}

/// All calls, by terminal.
fn find_stays(book: &Book) -> BTreeMap<TerminalIdx, Vec<Stay>> {
    let mut stays: BTreeMap<TerminalIdx, Vec<Stay>> = BTreeMap::new();
    for run in &book.runs {
        for (number, sailing) in &run.sailings {
            for (call, (at, times)) in run.calls.iter().zip(&sailing.calls).enumerate() {
                let berthing = i128::from(times.berthing_min.0);
                let length = (i128::from(times.departure_min.0) - berthing).max(0);
                let span = Span { start: berthing.rem_euclid(book.cycle()), length };
                let place = book.call_place(run, *number, call);
                stays.entry(*at).or_default().push(Stay { place, span, berth: times.berth });
            }
        }
    }
    stays
}

/// A-OPEN.
fn check_open(terminal: &Terminal, stays: &[Stay], findings: &mut Findings) {
    let Some((from, to)) = terminal.open else { return };
    let (from, to) = (i128::from(from.0), i128::from(to.0));
    for Stay { place, span, .. } in stays {
        let start = span.start.rem_euclid(DAY);
        if start < from || start + span.length > to {
            let message =
                format!("alongside from minute {start} of the day for {} minutes; open from minute {from} to {to}", span.length);
            findings.add("A-OPEN", place.as_str(), message);
        }
    }
}

/// A-WINDOW, and A-BERTH of vessels alongside at once.
fn check_terminal(book: &Book, terminal: &Terminal, stays: &[Stay], findings: &mut Findings) {
    if terminal.windows.is_empty() {
        let spans: Vec<Span> = stays.iter().map(|stay| stay.span).collect();
        check_peak(book, &format!("terminal {}", terminal.code), terminal.berths, &spans, findings);
        return;
    }
    let mut inside: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for stay in stays {
        match find_window(terminal, stay.span) {
            Some((row, _)) => inside.entry(row).or_default().push(stay.span),
            None => {
                let Span { start, length } = stay.span;
                let message = format!("alongside from minute {start} of the cycle for {length} minutes, in no agreed window");
                findings.add("A-WINDOW", stay.place.as_str(), message);
            }
        }
    }
    for (row, spans) in inside {
        let berths = terminal.windows.get(row).map_or(0, |window| window.berths);
        check_peak(book, &format!("terminal {} window {row}", terminal.code), berths, &spans, findings);
    }
}

fn check_peak(book: &Book, place: &str, berths: u32, spans: &[Span], findings: &mut Findings) {
    let (peak, at) = find_peak(spans, book.cycle());
    if peak > i128::from(berths) {
        findings.add(
            "A-BERTH",
            place,
            format!("{peak} vessels alongside at minute {at} of the cycle; there are {berths} berths"),
        );
    }
}

/// The agreed window a call lies in.
fn find_window(terminal: &Terminal, span: Span) -> Option<(usize, &Window)> {
    let lies_in =
        |window: &Window| span.start >= i128::from(window.from.0) && span.start + span.length <= i128::from(window.to.0);
    terminal.windows.iter().enumerate().find(|(_, window)| lies_in(window))
}

/// A-BERTH of berth numbers.
fn check_berth_numbers(book: &Book, terminal: &Terminal, stays: &[Stay], findings: &mut Findings) {
    let mut held: BTreeMap<u32, Vec<&Stay>> = BTreeMap::new();
    for stay in stays {
        let berths = find_window(terminal, stay.span).map_or(terminal.berths, |(_, window)| window.berths);
        if stay.berth >= berths {
            findings.add(
                "A-BERTH",
                stay.place.as_str(),
                format!("at berth {}; the numbers of {berths} berths end below it", stay.berth),
            );
        }
        held.entry(stay.berth).or_default().push(stay);
    }
    for (berth, stays) in held {
        let spans: Vec<Span> = stays.iter().map(|stay| stay.span).collect();
        for (first, second) in find_clashes(&spans, book.cycle()) {
            if let (Some(first), Some(second)) = (stays.get(first), stays.get(second)) {
                let message = format!("at berth {berth} together with {}", first.place);
                findings.add("A-BERTH", second.place.as_str(), message);
            }
        }
    }
}

/// A-LOCK.
fn check_locks(book: &Book, findings: &mut Findings) {
    for (link, lockages) in find_lockages(book) {
        let Some(lock) = book.problem.links.get(link.row()).and_then(|link| link.lock.as_ref()) else { continue };
        let held = (60.0 / lock.vessels_per_hour - 1e-9).ceil() as i128;
        let spans: Vec<Span> = lockages.iter().map(|(_, start)| Span { start: *start, length: held }).collect();
        for (first, second) in find_clashes(&spans, book.cycle()) {
            if let (Some((before, _)), Some((place, start))) = (lockages.get(first), lockages.get(second)) {
                let message =
                    format!("enters lock {} at minute {start} of the cycle, less than {held} minutes from {before}", lock.name);
                findings.add("A-LOCK", place.as_str(), message);
            }
        }
    }
}

/// Entries into each lock, both directions: who and at which minute of the cycle.
fn find_lockages(book: &Book) -> BTreeMap<LinkIdx, Vec<(String, i128)>> {
    let mut lockages: BTreeMap<LinkIdx, Vec<(String, i128)>> = BTreeMap::new();
    for run in &book.runs {
        for (number, sailing) in &run.sailings {
            for (leg, (times, passage)) in sailing.calls.iter().zip(&run.legs).enumerate() {
                for lock in passage.iter().flat_map(|passage| &passage.locks) {
                    let entry = i128::from(times.departure_min.0) + i128::from(lock.entered_after.0);
                    let row = (book.leg_place(run, *number, leg), entry.rem_euclid(book.cycle()));
                    lockages.entry(lock.link).or_default().push(row);
                }
            }
        }
    }
    lockages
}
