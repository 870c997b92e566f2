//! Which calls of the plan before moved, how far and why.

use super::*;
use crate::publish::CallKey;
use crate::publish::loads::build_loads;

/// Lists the calls of the plan before that a new plan makes at other times, with the boxes that they lifted and what stands at the former time
/// now; then the services that are sailed no more, with the reason why they could not go on, where there is one. Where planning has a moment, in
/// minutes from the start of some cycle, the calls that were frozen then are told apart.
pub fn moved_calls(
    problem: &Problem,
    before: &Plan,
    now: &Plan,
    refused: &[(ServiceCode, String)],
    from: Option<Minutes>,
    clock: Clock,
) -> String {
    let all: usize = before.sailings.iter().map(|sailing| sailing.calls.len()).sum();
    let (moved, gone): (Vec<MovedCall>, Vec<MovedCall>) =
        before.calls_moved_by(now).into_iter().partition(|call| call.later_min.is_some());
    let mut text = titled("What moves", '-');
    text += &format!("Of {all} calls of the plan before, {} move and {} are made no more.\n", moved.len(), gone.len());
    let settings = &problem.settings;
    let is_frozen = |berthing, departure| from.is_some_and(|from| settings.is_frozen(berthing, departure, from));
    if from.is_some() {
        let calls = before.sailings.iter().flat_map(|sailing| &sailing.calls);
        let frozen = calls.filter(|call| is_frozen(call.berthing_min, call.departure_min)).count();
        let leave = moved.iter().chain(&gone).filter(|call| is_frozen(call.berthing_min, call.departure_min)).count();
        let stay = if leave == 0 { "all stay".to_owned() } else { format!("{leave} of them cannot stay") };
        let (horizon, calls) = (figures::duration(settings.freeze), figures::counted(frozen as u32, "call"));
        text += &format!("Within the freeze horizon of {horizon}: {calls}; {stay}.\n");
    }
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
            let frozen = if is_frozen(call.berthing_min, call.departure_min) { "was frozen; " } else { "" };
            text += &hanging(&lead, &format!("{frozen}{}", why(problem, now, call)));
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
    let cycle = problem.settings.cycle;
    let from = Minutes(call.berthing_min.0.rem_euclid(cycle.0));
    let stay = call.departure_min - call.berthing_min;
    let Some(berths) = terminal.berths_for(from, stay) else {
        return "closed at that time".to_owned();
    };
    let others = others_at(now, call);
    let there = most_beside((from, from + stay), &others, cycle);
    if there.len() < berths as usize {
        return "follows other calls of its service".to_owned();
    }
    let names: Vec<&str> = there.iter().map(|code| code.0.as_str()).collect();
    format!("{} taken by {}", if berths == 1 { "the berth is" } else { "the berths are" }, names.join(", "))
}

/// Stays of a plan at the terminal of a call, those of its own service left out.
fn others_at<'a>(now: &'a Plan, call: &MovedCall) -> Vec<(Stay, &'a ServiceCode)> {
    let mut others = Vec::new();
    for sailing in now.sailings.iter().filter(|sailing| sailing.service != call.service) {
        let Some(service) = now.find_service(&sailing.service) else { continue };
        let here = service.calls.iter().zip(&sailing.calls).filter(|(at, _)| **at == call.terminal);
        others.extend(here.map(|(_, times)| ((times.berthing_min, times.departure_min), &sailing.service)));
    }
    others
}
