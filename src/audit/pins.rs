//! A-PIN: what the planner wanted to stay has stayed.

use super::book::Book;
use super::rules::Findings;
use crate::domain::{Pin, Sailing, Service};

/// Checks the pins that a plan names against its services and sailings.
pub(super) fn check_pins(book: &Book, findings: &mut Findings) {
    for pin in &book.plan.made_from.pins {
        let place = &pin.service.service.0;
        match book.plan.services.iter().find(|service| service.service == pin.service.service) {
            None => findings.add("A-PIN", place, "had to stay and is not in the plan"),
            Some(now) if *now != pin.service => {
                findings.add("A-PIN", place, format!("had to stay as it was; it differs in {}", differences(&pin.service, now)));
            }
            Some(_) => {
                check_times(book, pin, findings);
                check_meetings(book, pin, findings);
            }
        }
    }
}

fn differences(was: &Service, now: &Service) -> String {
    let fields = [
        ("operator", was.operator != now.operator),
        ("class", was.class != now.class),
        ("registration", was.registered != now.registered),
        ("regime", was.regime != now.regime),
        ("mixed directions", was.mixed_direction != now.mixed_direction),
        ("vessels", was.vessels != now.vessels),
        ("sailings", was.sailings_per_cycle != now.sailings_per_cycle),
        ("calls", was.calls != now.calls),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// Some sailing has all the times that had to stay, in every cycle.
fn check_times(book: &Book, pin: &Pin, findings: &mut Findings) {
    let own = book.plan.sailings.iter().filter(|sailing| sailing.service == pin.service.service);
    let most = own.map(|sailing| (kept_times(book, pin, sailing), sailing.number)).max_by_key(|(kept, _)| *kept);
    let (kept, number) = most.unwrap_or_default();
    if kept < pin.calls.len() {
        let place = format!("{} sailing {number}", pin.service.service.0);
        let message = format!("keeps the times of {kept} of the {} calls whose times had to stay", pin.calls.len());
        findings.add("A-PIN", place, message);
    }
}

/// Each ship that had to be met is: some sailing arrives at its terminal by the cut-off, and not too long before.
fn check_meetings(book: &Book, pin: &Pin, findings: &mut Findings) {
    for meeting in &pin.meets {
        let mother = book.problem.mothers.iter().find(|mother| mother.code == meeting.mother_vessel);
        let own = book.plan.sailings.iter().filter(|sailing| sailing.service == pin.service.service);
        let mut arrivals =
            own.filter_map(|sailing| sailing.calls.get(meeting.call.row())).map(|call| i128::from(call.arrival_min.0));
        let at = pin.service.calls.get(meeting.call.row()).and_then(|code| book.problem.find_terminal(code));
        let is_met = mother.filter(|mother| at == Some(mother.terminal)).is_some_and(|mother| {
            let cut_off = i128::from(mother.berthing.0) - i128::from(mother.barge_cut_off.0);
            arrivals.any(|arrival| (cut_off - arrival).rem_euclid(book.cycle()) <= i128::from(mother.longest_wait.0))
        });
        if !is_met {
            let message = format!("had to reach {} with its call {}, and no sailing does", meeting.mother_vessel, meeting.call.0);
            findings.add("A-PIN", &pin.service.service.0, message);
        }
    }
}

fn kept_times(book: &Book, pin: &Pin, sailing: &Sailing) -> usize {
    let at = |minutes: i64| i128::from(minutes);
    let is_kept = |pinned: &&crate::domain::PinnedCall| {
        sailing.calls.get(pinned.call.row()).is_some_and(|now| {
            let moved = at(now.berthing_min.0) - at(pinned.berthing_min.0);
            let stay = at(now.departure_min.0) - at(now.berthing_min.0);
            moved.rem_euclid(book.cycle()) == 0 && stay == at(pinned.departure_min.0) - at(pinned.berthing_min.0)
        })
    };
    pin.calls.iter().filter(is_kept).count()
}
