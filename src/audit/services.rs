//! A-ROTATION, A-FREQUENCY, A-ROUNDTRIP, A-FLEET, A-WATERWAY, A-RANGE: what a service is, before it has times.

use super::book::{Book, Run};
use super::rules::Findings;
use crate::domain::Energy;
use std::collections::BTreeMap;

/// Checks rotations, frequencies, vessels and legs.
pub(super) fn check_services(book: &Book, findings: &mut Findings) {
    for run in &book.runs {
        check_rotation(book, run, findings);
        check_frequency(book, run, findings);
        check_round_trip(book, run, findings);
        check_range(book, run, findings);
        check_legs(book, run, findings);
    }
    check_fleets(book, findings);
}

/// A-ROTATION.
fn check_rotation(book: &Book, run: &Run, findings: &mut Findings) {
    let settings = &book.problem.settings;
    let (place, calls) = (&run.service.service.0, run.calls.len());
    if calls < 2 || calls > settings.most_calls {
        findings.add("A-ROTATION", place, format!("has {calls} calls; 2 to {} are allowed", settings.most_calls));
    }
    let mut visits = BTreeMap::new();
    for at in &run.calls {
        *visits.entry(*at).or_insert(0_usize) += 1;
    }
    for (at, count) in visits.into_iter().filter(|(_, count)| *count > settings.most_visits) {
        let code = &book.problem.terminal(at).code;
        findings.add("A-ROTATION", place, format!("calls {count} times at {code}; {} are allowed", settings.most_visits));
    }
    for position in (0..calls).filter(|position| run.terminal_at(*position) == run.terminal_at(position + 1)) {
        findings.add("A-ROTATION", book.position_place(run, position), "is followed by a call at the same terminal");
    }
}

/// A-FREQUENCY.
fn check_frequency(book: &Book, run: &Run, findings: &mut Findings) {
    let settings = &book.problem.settings;
    let (place, frequency) = (&run.service.service.0, run.service.sailings_per_cycle);
    if !settings.frequencies.contains(&frequency) {
        let message = format!("{frequency} sailings a cycle; allowed are {:?}", settings.frequencies);
        findings.add("A-FREQUENCY", place, message);
    }
    if frequency < settings.least_sailings {
        findings.add(
            "A-FREQUENCY",
            place,
            format!("{frequency} sailings a cycle; at least {} are needed", settings.least_sailings),
        );
    }
    for number in run.sailings.keys().filter(|number| **number >= frequency) {
        findings.add(
            "A-FREQUENCY",
            format!("{place} sailing {number}"),
            format!("the numbers of {frequency} sailings end below it"),
        );
    }
    let there = run.sailings.range(..frequency).count();
    if i128::try_from(there).unwrap_or(i128::MAX) != run.frequency() {
        findings.add("A-FREQUENCY", place, format!("{there} of its {frequency} sailings are in the plan"));
    }
}

/// A-ROUNDTRIP.
fn check_round_trip(book: &Book, run: &Run, findings: &mut Findings) {
    let longest = i128::from(book.problem.settings.longest_round_trip.0);
    let (vessels, frequency) = (run.vessels(), run.frequency());
    if frequency > 0 && vessels * book.cycle() > longest * frequency {
        let minutes = vessels * book.cycle() / frequency;
        findings.add(
            "A-ROUNDTRIP",
            &run.service.service.0,
            format!("a round trip takes {minutes} minutes; {longest} are allowed"),
        );
    }
}

/// A-WATERWAY. The waterway joins no terminal to itself; such a leg is A-ROTATION's.
fn check_legs(book: &Book, run: &Run, findings: &mut Findings) {
    let class = book.class(run);
    for (leg, passage) in run.legs.iter().enumerate() {
        if passage.is_none() && run.terminal_at(leg) != run.terminal_at(leg + 1) {
            let (from, to) = (book.name_at(run, leg), book.name_at(run, leg + 1));
            let place = format!("{} leg {leg} ({from} to {to})", run.service.service);
            findings.add("A-WATERWAY", place, format!("class {} has no passage", class.code));
        }
    }
}

/// A-RANGE: from each call with charging to the next, round the rotation. Legs without a passage count nothing.
fn check_range(book: &Book, run: &Run, findings: &mut Findings) {
    let class = book.class(run);
    let Some(range) = class.range.filter(|_| class.energy == Energy::Electric) else { return };
    let count = run.calls.len();
    let is_charged = |position: usize| book.problem.terminal(run.calls[position % count]).charging;
    let charged: Vec<usize> = (0..count).filter(|call| is_charged(*call)).collect();
    if charged.is_empty() && count > 0 {
        findings.add("A-RANGE", &run.service.service.0, format!("class {} is charged at none of the calls", class.code));
    }
    for from in charged {
        let to = (from + 1..=from + count).find(|position| is_charged(*position)).unwrap_or(from + count);
        let passages = (from..to).filter_map(|leg| run.legs[leg % count]);
        let way: i64 = passages.map(|passage| passage.distance.0).sum();
        if way > range.0 {
            let ends = (book.name_at(run, from), book.name_at(run, to % count));
            let place = format!("{} call {from} ({} to {})", run.service.service, ends.0, ends.1);
            let message = format!("is {way} m without charging; the range of class {} is {} m", class.code, range.0);
            findings.add("A-RANGE", place, message);
        }
    }
}

/// A-FLEET.
fn check_fleets(book: &Book, findings: &mut Findings) {
    let mut used = BTreeMap::new();
    for run in &book.runs {
        if run.service.vessels == 0 {
            findings.add("A-FLEET", &run.service.service.0, "has no vessel");
        }
        if let Some(operator) = run.operator {
            *used.entry((operator, run.class, run.service.registered)).or_insert(0_i128) += run.vessels();
        }
    }
    for ((operator, class, registered), vessels) in used {
        let fleets = book.problem.fleets.iter();
        let own = fleets.filter(|f| f.operator == operator && f.class == class && f.registered == registered);
        let has: i128 = own.map(|fleet| i128::from(fleet.vessels)).sum();
        if vessels > has {
            let (operator, class) = (&book.problem.operator(operator).code, &book.problem.class(class).code);
            let kind = if registered { "registered" } else { "not registered" };
            findings.add(
                "A-FLEET",
                format!("{operator} {class}"),
                format!("{vessels} vessels used, {has} there are ({kind} for Hong Kong and Macau)"),
            );
        }
    }
}
