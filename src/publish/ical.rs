//! The timetable as iCalendar (RFC 5545), per terminal or service: an event is a call, from berthing to departure.
//!
//! Times are written in UTC, so that a calendar is right whatever zones its reader knows; Asia/Shanghai has kept one offset since 1991, so
//! a call that repeats every cycle repeats in UTC as well. The zone is named for display. Nothing depends on the clock: the time stamp
//! of every event is the publication of the plan.

use super::document::PlanDocument;
use super::rollout::{Rollout, Voyage, minutes_of, shown_at};
use crate::domain::*;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use std::sync::Arc;

const DAY: i64 = 24 * 60;

/// At most a year of dated events; longer than that a calendar repeats.
const MOST_WEEKS: u32 = 53;

/// Which weeks a calendar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weeks {
    /// Every call once, repeated each cycle, from the cycle that this day lies in.
    Every(NaiveDate),
    /// Every call of some weeks, at most 53, as an event of its own, from this day.
    Dated { from: NaiveDate, weeks: u32 },
}

/// A call as an event.
struct Entry {
    voyage: Voyage,
    position: usize,
    times: CallTimes,
}

/// The calls of a service; `None` when the plan has no such service.
pub fn service_calendar(
    document: &Arc<PlanDocument>,
    service: &ServiceCode,
    published_at: DateTime<Utc>,
    weeks: Weeks,
) -> Option<String> {
    let plan = &document.plan;
    let row = plan.services.iter().position(|known| known.service == *service)?;
    let rollout = Rollout::new(Arc::clone(document));
    let entries = entries(&rollout, weeks, |at, _| at == row);
    Some(calendar(&rollout, &format!("Waterbus {service}"), &entries, published_at, weeks))
}

/// The calls at a terminal; `None` when the plan neither names the terminal nor calls there.
pub fn terminal_calendar(
    document: &Arc<PlanDocument>,
    terminal: &TerminalCode,
    published_at: DateTime<Utc>,
    weeks: Weeks,
) -> Option<String> {
    let plan = &document.plan;
    let rollout = Rollout::new(Arc::clone(document));
    let is_known = rollout.name(terminal).is_some() || plan.services.iter().any(|service| service.calls.contains(terminal));
    let entries = entries(&rollout, weeks, |row, position| plan.services[row].calls[position] == *terminal);
    is_known.then(|| calendar(&rollout, &format!("Waterbus {}", name(&rollout, terminal)), &entries, published_at, weeks))
}

/// Calls that the calendar shows, in the order of berthing.
fn entries(rollout: &Rollout, weeks: Weeks, is_shown: impl Fn(usize, usize) -> bool) -> Vec<Entry> {
    let (from, until) = span(rollout.plan(), weeks);
    let mut entries = Vec::new();
    for (row, service) in rollout.plan().services.iter().enumerate() {
        for voyage in rollout.voyages(row, from, until) {
            let calls = (0..service.calls.len()).filter(|position| is_shown(row, *position));
            entries.extend(calls.filter_map(|position| Some(Entry { voyage, position, times: rollout.call(voyage, position)? })));
        }
    }
    entries.retain(|entry| from <= entry.times.berthing_min && entry.times.berthing_min < until);
    entries.sort_by_key(|entry| (entry.times.berthing_min, entry.voyage, entry.position));
    entries
}

/// The time in which calls are shown: for repeated ones the cycle around the day.
fn span(plan: &Plan, weeks: Weeks) -> (Minutes, Minutes) {
    match weeks {
        Weeks::Every(day) => {
            let cycle = plan.cycle_min.0.max(1);
            let start = minutes_of(day).0.div_euclid(cycle) * cycle;
            (Minutes(start), Minutes(start + cycle))
        }
        Weeks::Dated { from, weeks } => {
            let start = minutes_of(from);
            (start, start + Minutes(7 * DAY * i64::from(weeks.min(MOST_WEEKS))))
        }
    }
}

fn calendar(rollout: &Rollout, title: &str, entries: &[Entry], published_at: DateTime<Utc>, weeks: Weeks) -> String {
    calendar_of(title, entries.iter().map(|entry| event(rollout, entry, published_at, weeks)))
}

/// A calendar of these events.
pub(super) fn calendar_of(title: &str, events: impl IntoIterator<Item = Event>) -> String {
    let mut calendar = Calendar::empty();
    let title = plain(title);
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Waterbus//Timetable//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", &title),
        ("X-WR-CALNAME", &title),
        ("X-WR-TIMEZONE", "Asia/Shanghai"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    for event in events {
        calendar.push(event);
    }
    calendar.to_string()
}

fn event(rollout: &Rollout, entry: &Entry, published_at: DateTime<Utc>, weeks: Weeks) -> Event {
    let service = rollout.service(entry.voyage);
    let (here, next) = (&service.calls[entry.position], &service.calls[(entry.position + 1) % service.calls.len()]);
    let mut event = Event::new();
    event
        .uid(&uid(rollout, entry, weeks))
        .timestamp(published_at)
        .summary(&format!("{}: {} to {}", plain(&service.service.0), name(rollout, here), name(rollout, next)))
        .location(&name(rollout, here))
        .description(&description(rollout, entry));
    let moments = [("DTSTART", entry.times.berthing_min), ("DTEND", entry.times.departure_min)];
    for (key, at) in moments {
        if let Some(time) = shown_at(at) {
            event.append_property(Property::new(key, time.with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string()));
        }
    }
    if matches!(weeks, Weeks::Every(_)) {
        event.append_property(Property::new("RRULE", repetition(rollout.plan().cycle_min)));
    }
    event.done()
}

/// The same call has the same identity in every version of the plan, so that a calendar program moves the event it has.
fn uid(rollout: &Rollout, entry: &Entry, weeks: Weeks) -> String {
    let (plan, service) = (rollout.plan(), &rollout.service(entry.voyage).service);
    let sailing = match weeks {
        Weeks::Every(_) => entry.voyage.sailing.to_string(),
        Weeks::Dated { .. } => rollout.voyage_number(entry.voyage),
    };
    let text = format!("{service}-{sailing}-{}.{}", entry.position + 1, plan.made_from.instance);
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '.' { c } else { '_' };
    format!("{}@waterbus", text.chars().map(keep).collect::<String>())
}

/// What a reader at the quay needs, in local time.
fn description(rollout: &Rollout, entry: &Entry) -> String {
    let local = |at: Minutes| shown_at(at).map_or(String::new(), |time| time.format("%a %H:%M").to_string());
    let service = rollout.service(entry.voyage);
    format!(
        "Operator {}, class {}. Sailing {}, call {} of {}. Arrival {}, berthing {}, departure {} (Asia/Shanghai). Berth {}.",
        plain(&service.operator.0),
        plain(&service.class.0),
        entry.voyage.sailing,
        entry.position + 1,
        service.calls.len(),
        local(entry.times.arrival_min),
        local(entry.times.berthing_min),
        local(entry.times.departure_min),
        entry.times.berth,
    )
}

/// How the cycle repeats, in the largest unit that fits.
fn repetition(cycle: Minutes) -> String {
    match cycle.0 {
        minutes if minutes % (7 * DAY) == 0 => format!("FREQ=WEEKLY;INTERVAL={}", minutes / (7 * DAY)),
        minutes if minutes % DAY == 0 => format!("FREQ=DAILY;INTERVAL={}", minutes / DAY),
        minutes => format!("FREQ=MINUTELY;INTERVAL={minutes}"),
    }
}

fn name(rollout: &Rollout, terminal: &TerminalCode) -> String {
    plain(rollout.name(terminal).map_or(terminal.0.as_str(), |name| name.name.as_str()))
}

/// Names come from instance data: what could end a line or split a value of the calendar is a blank here.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, ';' | ',' | '\\') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::FIRST_CYCLE;

    fn document() -> Arc<PlanDocument> {
        Arc::new(serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap())
    }

    fn published() -> DateTime<Utc> {
        "2026-11-20T02:00:00Z".parse().unwrap()
    }

    /// Content lines with the folds undone.
    fn lines(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    fn all(text: &str, key: &str) -> Vec<String> {
        lines(text).into_iter().filter_map(|line| line.strip_prefix(key).map(str::to_owned)).collect()
    }

    // every call of the cycle once, from berthing to departure, repeated each week
    #[test]
    fn a_service_repeats_every_cycle_from_the_cycle_of_a_day() {
        let (document, monday) = (document(), NaiveDate::from_ymd_opt(2026, 12, 7).unwrap());
        let service = &document.plan.services[0];
        let text = service_calendar(&document, &service.service, published(), Weeks::Every(monday)).unwrap();
        let calls = service.calls.len() * service.sailings_per_cycle as usize;
        assert_eq!(all(&text, "DTSTART:").len(), calls);
        assert!(all(&text, "RRULE:").iter().all(|rule| rule == "FREQ=WEEKLY;INTERVAL=1"));
        assert_eq!(all(&text, "UID:").iter().collect::<std::collections::BTreeSet<_>>().len(), calls);
        assert!(all(&text, "DTSTAMP:").iter().all(|stamp| stamp == "20261120T020000Z"));
        let mut expected: Vec<i64> = document
            .plan
            .sailings
            .iter()
            .filter(|s| s.service == service.service)
            .flat_map(|s| s.calls.iter().map(|c| c.berthing_min.0.rem_euclid(document.plan.cycle_min.0)))
            .collect();
        expected.sort_unstable();
        let cycle = minutes_of(monday);
        let starts: Vec<String> = expected
            .iter()
            .map(|at| shown_at(cycle + Minutes(*at)).unwrap().with_timezone(&Utc).format("%Y%m%dT%H%M%SZ").to_string())
            .collect();
        assert_eq!(all(&text, "DTSTART:"), starts);
    }

    // the same events as the repeated ones, dated: three weeks have three times as many, each with its voyage
    #[test]
    fn a_terminal_shows_each_call_of_the_weeks_asked_for() {
        let (document, monday) = (document(), NaiveDate::from_ymd_opt(2026, 12, 7).unwrap());
        let terminal = document.plan.services[0].calls[0].clone();
        let every = terminal_calendar(&document, &terminal, published(), Weeks::Every(monday)).unwrap();
        let dated = terminal_calendar(&document, &terminal, published(), Weeks::Dated { from: monday, weeks: 3 }).unwrap();
        let (once, thrice) = (all(&every, "DTSTART:"), all(&dated, "DTSTART:"));
        assert_eq!(thrice.len(), 3 * once.len());
        assert_eq!(thrice[..once.len()], once);
        assert!(all(&dated, "RRULE:").is_empty());
        assert_eq!(all(&dated, "UID:").iter().collect::<std::collections::BTreeSet<_>>().len(), thrice.len());
    }

    #[test]
    fn lines_are_folded_and_the_same_plan_gives_the_same_bytes() {
        let (document, monday) = (document(), NaiveDate::from_ymd_opt(2026, 12, 7).unwrap());
        let terminal = document.plan.services[0].calls[0].clone();
        let calendar = || terminal_calendar(&document, &terminal, published(), Weeks::Every(monday)).unwrap();
        assert_eq!(calendar(), calendar());
        assert!(calendar().split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        assert!(terminal_calendar(&document, &"NOWHERE".into(), published(), Weeks::Every(monday)).is_none());
    }

    // a name may not smuggle lines or events into a calendar
    #[test]
    fn names_cannot_break_out_of_their_line() {
        let mut document = PlanDocument::clone(&document());
        document.plan.terminals[0].name = "Quay\r\nEND:VEVENT\r\nX;A=1,\\B".to_owned();
        let terminal = document.plan.terminals[0].terminal.clone();
        let (document, monday) = (Arc::new(document), NaiveDate::from_ymd_opt(2026, 12, 7).unwrap());
        let text = terminal_calendar(&document, &terminal, published(), Weeks::Every(monday)).unwrap();
        assert_eq!(all(&text, "END:VEVENT").len(), all(&text, "BEGIN:VEVENT").len());
        assert_eq!(all(&text, "NAME:"), ["Waterbus Quay  END:VEVENT  X A=1  B"]);
    }

    #[test]
    fn a_cycle_repeats_in_the_largest_unit_that_fits() {
        assert_eq!(repetition(Minutes(14 * DAY)), "FREQ=WEEKLY;INTERVAL=2");
        assert_eq!(repetition(Minutes(10 * DAY)), "FREQ=DAILY;INTERVAL=10");
        assert_eq!(repetition(Minutes(90)), "FREQ=MINUTELY;INTERVAL=90");
        assert_eq!(span(&document().plan, Weeks::Every(FIRST_CYCLE)).0, Minutes(0));
    }
}
