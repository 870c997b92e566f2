//! A-ALLOT: what belongs to members on a leg.

use super::book::{Book, Run};
use super::rules::Findings;
use super::trade::is_listed;
use crate::domain::*;
use std::collections::BTreeMap;

/// Rounding noise in a share times a capacity.
const NOISE: f64 = 1e-9;

/// Allotments name members once, add up, follow the committed shares, and give nothing to a member that cannot use it.
pub(super) fn check_allotments(book: &Book, run: &Run, slots: &LegSlots, place: &str, findings: &mut Findings) {
    let problem = book.problem;
    let mut given: BTreeMap<&OperatorCode, &Allotment> = BTreeMap::new();
    for allotment in &slots.allotments {
        let (member, volume) = (&allotment.member, allotment.volume_teu.0);
        if problem.find_operator(member).is_none() {
            findings.add("A-ALLOT", place, format!("{volume} TEU allotted to {member}, who is no member"));
        }
        if given.insert(member, allotment).is_some() {
            findings.add("A-ALLOT", place, format!("more than one allotment of {member}"));
        }
    }
    let class = book.class(run);
    let kg = run.kg_capacity(problem, slots.leg.row());
    check_total("TEU", class.teu.0.into(), slots, |own| own.volume_teu.0, place, findings);
    check_shares(book, run, &given, place, findings);
    let states_more = |own: &Allotment| own.mass_kg.0 != 0 || own.reefer_plugs.0 != 0 || own.dangerous_teu.0 != 0;
    if slots.allotments.iter().any(states_more) {
        check_following("kg", kg, slots, |own| own.mass_kg.0, place, findings);
        check_following("plugs", class.reefer_plugs.0.into(), slots, |own| own.reefer_plugs.0, place, findings);
        check_following("dangerous TEU", class.dangerous.0.into(), slots, |own| own.dangerous_teu.0, place, findings);
    }
}

fn check_total(unit: &str, capacity: i128, slots: &LegSlots, of: fn(&Allotment) -> i64, place: &str, findings: &mut Findings) {
    let total: i128 = slots.allotments.iter().map(|own| i128::from(of(own))).sum();
    if total != capacity {
        findings.add("A-ALLOT", place, format!("allotments add up to {total} {unit} of {capacity} {unit}"));
    }
    for own in slots.allotments.iter().filter(|own| of(own) < 0) {
        findings.add("A-ALLOT", place, format!("{} {unit} allotted to {}", of(own), own.member));
    }
}

/// Mass, plugs and slots for dangerous goods follow the slots.
fn check_following(
    unit: &str,
    capacity: i128,
    slots: &LegSlots,
    of: fn(&Allotment) -> i64,
    place: &str,
    findings: &mut Findings,
) {
    check_total(unit, capacity, slots, of, place, findings);
    let all: i128 = slots.allotments.iter().map(|own| i128::from(own.volume_teu.0)).sum();
    for own in slots.allotments.iter().filter(|_| all > 0) {
        let share = capacity as f64 * own.volume_teu.0 as f64 / all as f64;
        if (of(own) as f64 - share).abs() >= 1.0 - NOISE {
            let message = format!("{} {unit} allotted to {}; its slots stand for {share:.2} {unit}", of(own), own.member);
            findings.add("A-ALLOT", place, message);
        }
    }
}

/// Slots by committed share among the members that may use them; all the operator's where there are none.
fn check_shares(book: &Book, run: &Run, given: &BTreeMap<&OperatorCode, &Allotment>, place: &str, findings: &mut Findings) {
    let problem = book.problem;
    let capacity = book.class(run).teu.0 as f64;
    let members = || (0..problem.operators.len()).map(OperatorIdx::from);
    let lawful: Vec<bool> = members().map(|member| may_use(book, run, member)).collect();
    let share = |member: OperatorIdx| if lawful[member.row()] { problem.operator(member).committed_share } else { 0.0 };
    let all: f64 = members().map(share).sum();
    for member in members() {
        let code = &problem.operator(member).code;
        let volume = given.get(code).map_or(0, |own| own.volume_teu.0);
        let right = match all > 0.0 {
            true => capacity * share(member) / all,
            false => capacity * f64::from(u8::from(run.operator == Some(member))),
        };
        if volume > 0 && right == 0.0 {
            let why = if lawful[member.row()] { "has no committed share" } else { "brings no cargo that may ride this service" };
            findings.add("A-ALLOT", place, format!("{volume} TEU allotted to {code}, which {why}"));
        } else if (volume as f64 - right).abs() >= 1.0 - NOISE {
            findings.add(
                "A-ALLOT",
                place,
                format!("{volume} TEU allotted to {code}; its part by committed share is {right:.2} TEU"),
            );
        }
    }
}

/// Whether some cargo that a member brings may ride a service: its regime, R1 with R8's list, and R4 at two of its terminals.
fn may_use(book: &Book, run: &Run, member: OperatorIdx) -> bool {
    let problem = book.problem;
    let rows = problem.demands.iter().filter(|demand| match demand.member {
        Some(owner) => owner == member,
        None => problem.operator(member).committed_share > 0.0,
    });
    rows.into_iter().any(|demand| may_ride(book, run, demand))
}

/// The rules of trade for cargo anywhere on a service.
pub(super) fn may_ride(book: &Book, run: &Run, demand: &Demand) -> bool {
    let (foreign, domestic) = (demand.trade.is_foreign(), demand.trade.is_domestic());
    let refused = match run.service.regime {
        Regime::Foreign => domestic,
        Regime::Domestic => foreign,
        Regime::Mixed => false,
    };
    let mut outside = run.calls.iter().filter(|at| book.problem.terminal(**at).region.is_outside()).peekable();
    let barred = domestic && outside.peek().is_some() && !outside.any(|at| is_listed(book, demand, *at));
    let lifts = |at: &TerminalIdx| {
        let terminal = book.problem.terminal(*at);
        (!foreign || terminal.foreign_trade) && (!domestic || terminal.domestic_trade)
    };
    let lifting: std::collections::BTreeSet<&TerminalIdx> = run.calls.iter().filter(|at| lifts(at)).collect();
    !refused && !barred && lifting.len() > 1
}
