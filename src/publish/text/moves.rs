//! Which calls of the plan before moved, how far and why.

use super::*;
use crate::publish::CallKey;
use crate::publish::loads::build_loads;

/// Lists the calls of the plan before that a new plan makes at other times, with the boxes that they lifted and what stands at the former time
/// now; then the services that are sailed no more, with the reason why they could not go on, where there is one.
pub fn moved_calls(problem: &Problem, before: &Plan, now: &Plan, refused: &[(ServiceCode, String)], clock: Clock) -> String {
    let all: usize = before.sailings.iter().map(|sailing| sailing.calls.len()).sum();
    let (moved, gone): (Vec<MovedCall>, Vec<MovedCall>) =
        before.calls_moved_by(now).into_iter().partition(|call| call.later_min.is_some());
    let mut text = titled("What moves", '-');
    text += &format!("Of {all} calls of the plan before, {} move and {} are made no more.\n", moved.len(), gone.len());
    let loads = build_loads(before);
    let lifted = |call: &MovedCall| {
        let key = CallKey { service: call.service.clone(), sailing: call.sailing, call: call.call };
        loads.get(&key).map_or(Teu(0), |lists| lists.discharged() + lists.loaded())
    };
    if !moved.is_empty() {
        let width = clock.width();
        text += &format!(
            "\n{:<8} {:>7}  {:<8} {:<width$} {:<width$} {:>7} {:>6}  Why\n",
            "Service", "Sailing", "Terminal", "Was", "Now", "Later", "Lifted"
        );
        for call in &moved {
            let later = call.later_min.unwrap_or_default();
            let lead = format!(
                "{:<8} {:>7}  {:<8} {:<width$} {:<width$} {:>7} {:>6}  ",
                call.service,
                call.sailing,
                call.terminal,
                clock.show(call.berthing_min),
                clock.show(call.berthing_min + later),
                figures::duration(later),
                figures::whole(lifted(call).0),
            );
            text += &hanging(&lead, &why(problem, now, call));
        }
    }
    let mut services: Vec<&ServiceCode> = gone.iter().map(|call| &call.service).collect();
    services.dedup();
    for service in services {
        let own = || gone.iter().filter(|call| call.service == *service);
        let teu: Teu = own().map(lifted).sum();
        let reason = refused
            .iter()
            .find(|(code, _)| code == service)
            .map_or("its sailings are fewer now, or others earn more", |(_, reason)| reason);
        let what = format!("{}, {} TEU lifted: {reason}", figures::counted(own().count() as u32, "call"), figures::whole(teu.0));
        text += &format!("\n{}", hanging(&format!("{service:<8} no more: "), &what));
    }
    clean(text)
}

/// What stands at the former time of a call now.
fn why(problem: &Problem, now: &Plan, call: &MovedCall) -> String {
    let Some(terminal) = problem.find_terminal(&call.terminal).map(|at| problem.terminal(at)) else {
        return "the terminal is no more".to_owned();
    };
    let Some(berths) = berths_open(problem, terminal, call) else {
        return "closed at that time".to_owned();
    };
    let there = alongside(now, call);
    if there.len() >= berths as usize {
        let names: Vec<&str> = there.iter().map(|code| code.0.as_str()).collect();
        return format!("{} taken by {}", if berths == 1 { "the berth is" } else { "the berths are" }, names.join(", "));
    }
    "follows other calls of its service".to_owned()
}

/// Berths at the former time of a call, if the terminal is open for all of its stay.
fn berths_open(problem: &Problem, terminal: &Terminal, call: &MovedCall) -> Option<u32> {
    let from = call.berthing_min.0.rem_euclid(problem.settings.cycle.0);
    let to = from + (call.departure_min - call.berthing_min).0;
    if !terminal.windows.is_empty() {
        let window = terminal.windows.iter().find(|window| window.from.0 <= from && to <= window.to.0);
        return window.map(|window| window.berths);
    }
    let day = 24 * 60;
    let is_open = terminal.open.is_none_or(|(opens, closes)| opens.0 <= from % day && from % day + to - from <= closes.0);
    is_open.then_some(terminal.berths)
}

/// Services of a plan that are alongside at the former time of a call.
fn alongside<'a>(now: &'a Plan, call: &MovedCall) -> Vec<&'a ServiceCode> {
    let cycle = now.cycle_min.0.max(1);
    let stay = (call.departure_min - call.berthing_min).0;
    let mut there = Vec::new();
    for sailing in &now.sailings {
        let Some(service) = now.find_service(&sailing.service) else { continue };
        for (at, times) in service.calls.iter().zip(&sailing.calls) {
            let ahead = (times.berthing_min - call.berthing_min).0.rem_euclid(cycle);
            let behind = (call.berthing_min - times.berthing_min).0.rem_euclid(cycle);
            if *at == call.terminal && (ahead < stay || behind < (times.departure_min - times.berthing_min).0) {
                there.push(&sailing.service);
            }
        }
    }
    there
}
