//! The board of one terminal: its calls in the order of berthing, with what is discharged and loaded.

use super::*;
use crate::publish::CallKey;
use crate::publish::loads::{build_loads, in_words};

/// A call as the terminal sees it.
struct Entry<'a> {
    service: &'a Service,
    sailing: u32,
    call: usize,
    times: CallTimes,
}

/// Arrivals and departures of a terminal in a cycle, by berthing, with the load list of each call; `None` when the plan neither names the
/// terminal nor calls there.
pub fn board(document: &PlanDocument, terminal: &TerminalCode, clock: Clock) -> Option<String> {
    let plan = &document.plan;
    let view = View::new(plan);
    let entries = entries(&view, terminal);
    if entries.is_empty() && plan.terminals.iter().all(|t| t.terminal != *terminal) {
        return None;
    }
    let name = plan.terminals.iter().find(|t| t.terminal == *terminal).map_or(terminal.0.as_str(), |t| t.name.as_str());
    let title =
        format!("{terminal}  {name}: {} {}", figures::counted(entries.len() as u32, "call"), figures::per_cycle(plan.cycle_min));
    let loads = build_loads(plan);
    let mut text = titled(&cut(&title, WIDTH), '=');
    let width = clock.width();
    text += &format!(
        "{:<width$}  {:<width$}  {:<width$}  Berth  Service, sailing, from and to\n",
        "Arrival", "Berthing", "Departure"
    );
    for entry in &entries {
        text += &line(&view, entry, clock);
        let key = CallKey { service: entry.service.service.clone(), sailing: entry.sailing, call: CallPos(entry.call as u16) };
        if let Some(lists) = loads.get(&key) {
            text += &handled("discharge", lists.discharged(), &in_words(&lists.discharge));
            text += &handled("load", lists.loaded(), &in_words(&lists.load));
        }
    }
    Some(clean(text))
}

/// All calls at a terminal, moved into the cycle by their berthing and in its order.
fn entries<'a>(view: &View<'a>, terminal: &TerminalCode) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for service in &view.plan.services {
        for sailing in view.sailings(service) {
            for (call, (code, times)) in service.calls.iter().zip(&sailing.calls).enumerate() {
                if code == terminal {
                    entries.push(Entry {
                        service,
                        sailing: sailing.number,
                        call,
                        times: within_cycle(*times, view.plan.cycle_min),
                    });
                }
            }
        }
    }
    entries.sort_by_key(|e| (e.times.berthing_min, e.times.departure_min, &e.service.service, e.sailing, e.call));
    entries
}

fn within_cycle(times: CallTimes, cycle: Minutes) -> CallTimes {
    let shift = Minutes(times.berthing_min.0.rem_euclid(cycle.0.max(1)) - times.berthing_min.0);
    CallTimes {
        arrival_min: times.arrival_min + shift,
        berthing_min: times.berthing_min + shift,
        departure_min: times.departure_min + shift,
        berth: times.berth,
    }
}

fn line(view: &View, entry: &Entry, clock: Clock) -> String {
    let width = clock.width();
    let Entry { service, sailing, call, times } = entry;
    let code = |code: Option<&TerminalCode>| code.map_or(UNKNOWN.to_owned(), |code| code.0.clone());
    let from = code(view.previous_call(service, *call));
    let to = code(view.next_call(service, *call));
    let lead = format!(
        "{:<width$}  {:<width$}  {:<width$}  {:>5}  ",
        clock.show(times.arrival_min),
        clock.show(times.berthing_min),
        clock.show(times.departure_min),
        times.berth
    );
    hanging(&lead, &format!("{} sailing {sailing}, from {from} to {to}", service.service))
}

fn handled(what: &str, total: Teu, words: &str) -> String {
    if total.0 == 0 {
        return String::new();
    }
    hanging(&format!("    {what:<9} {:>4} TEU: ", total.0), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_sees_its_calls_in_time_order_with_their_loads() {
        let document: PlanDocument = serde_json::from_str(include_str!("../../../tests/cli/fixtures/plan-a.json")).unwrap();
        insta::assert_snapshot!(board(&document, &"HOP".into(), Clock::Weekdays).unwrap());
        assert_eq!(board(&document, &"XXX".into(), Clock::Weekdays), None);
    }
}
