//! Codes to rows: A-INSTANCE, A-CODE, A-RIDE. What cannot be resolved is reported here and left out of the book.

use super::book::{Boarding, Book, Consignment, Run};
use super::rules::Findings;
use crate::domain::{Demand, DemandIdx, LeftBehind, Plan, Problem, Ride, Sailing, Service, ServiceCode, Shipment, TerminalIdx};
use crate::waterway::Waterway;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the plan into a book.
pub(super) fn resolve<'a>(problem: &'a Problem, waterway: &'a Waterway, plan: &'a Plan, findings: &mut Findings) -> Book<'a> {
    check_origin(problem, plan, findings);
    check_names(problem, plan, findings);
    let mut runs = read_runs(problem, waterway, plan, findings);
    read_sailings(plan, &mut runs, findings);
    check_left_behind(problem, &plan.left_behind, findings);
    let mut book = Book { problem, plan, runs, consignments: Vec::new() };
    book.consignments = read_consignments(&book, findings);
    book
}

/// A-INSTANCE.
fn check_origin(problem: &Problem, plan: &Plan, findings: &mut Findings) {
    let (name, hash) = (&plan.made_from.instance, &plan.made_from.instance_hash);
    if *name != problem.settings.name {
        findings.add("A-INSTANCE", "plan", format!("made from instance {name}, not from {}", problem.settings.name));
    }
    if *hash != problem.hash {
        findings.add("A-INSTANCE", "plan", format!("made from tables with hash {hash}, not {}", problem.hash));
    }
    if plan.cycle_min != problem.settings.cycle {
        let (has, cycle) = (plan.cycle_min.0, problem.settings.cycle.0);
        findings.add("A-INSTANCE", "plan", format!("has a cycle of {has} minutes, the instance one of {cycle} minutes"));
    }
}

/// A-CODE of the terminals listed for the reader.
fn check_names(problem: &Problem, plan: &Plan, findings: &mut Findings) {
    let known: BTreeSet<_> = problem.terminals.iter().map(|t| &t.code).collect();
    let mut seen = BTreeSet::new();
    for name in &plan.terminals {
        if !known.contains(&name.terminal) {
            findings.add("A-CODE", format!("terminal {}", name.terminal), "the instance has no such terminal");
        }
        if !seen.insert(&name.terminal) {
            findings.add("A-CODE", format!("terminal {}", name.terminal), "listed more than once");
        }
    }
}

fn read_runs<'a>(problem: &'a Problem, waterway: &'a Waterway, plan: &'a Plan, findings: &mut Findings) -> Vec<Run<'a>> {
    let mut seen = BTreeSet::new();
    let mut runs = Vec::new();
    for service in &plan.services {
        if !seen.insert(&service.service) {
            findings.add("A-CODE", service.service.0.as_str(), "more than one service has this code");
            continue;
        }
        runs.extend(read_run(problem, waterway, service, findings));
    }
    runs
}

fn read_run<'a>(problem: &Problem, waterway: &'a Waterway, service: &'a Service, findings: &mut Findings) -> Option<Run<'a>> {
    let operator = problem.find_operator(&service.operator);
    if operator.is_none() {
        findings.add("A-CODE", service.service.0.as_str(), format!("operator {} does not exist", service.operator));
    }
    let class = problem.find_class(&service.class);
    if class.is_none() {
        findings.add("A-CODE", service.service.0.as_str(), format!("vessel class {} does not exist", service.class));
    }
    let calls = read_calls(problem, service, findings)?;
    let class = class?;
    let ends = calls.iter().zip(calls.iter().cycle().skip(1));
    let legs = ends.map(|(from, to)| waterway.passage(class, *from, *to)).collect();
    Some(Run { service, class, operator, calls, legs, sailings: BTreeMap::new() })
}

/// Terminals of a rotation; `None` when one of them does not exist.
fn read_calls(problem: &Problem, service: &Service, findings: &mut Findings) -> Option<Vec<TerminalIdx>> {
    let mut calls = Vec::with_capacity(service.calls.len());
    for (position, code) in service.calls.iter().enumerate() {
        match problem.find_terminal(code) {
            Some(at) => calls.push(at),
            None => {
                findings.add("A-CODE", format!("{} call {position}", service.service), format!("terminal {code} does not exist"))
            }
        }
    }
    (calls.len() == service.calls.len()).then_some(calls)
}

fn read_sailings<'a>(plan: &'a Plan, runs: &mut [Run<'a>], findings: &mut Findings) {
    let named: BTreeSet<&ServiceCode> = plan.services.iter().map(|s| &s.service).collect();
    let rows: BTreeMap<&ServiceCode, usize> = runs.iter().enumerate().map(|(row, run)| (&run.service.service, row)).collect();
    for sailing in &plan.sailings {
        match rows.get(&sailing.service).and_then(|row| runs.get_mut(*row)) {
            Some(run) => read_sailing(run, sailing, findings),
            None if named.contains(&sailing.service) => {}
            None => findings.add("A-CODE", sailing_place(sailing), format!("service {} does not exist", sailing.service)),
        }
    }
}

fn read_sailing<'a>(run: &mut Run<'a>, sailing: &'a Sailing, findings: &mut Findings) {
    let (has, calls) = (sailing.calls.len(), run.calls.len());
    if has != calls {
        findings.add("A-CODE", sailing_place(sailing), format!("has times for {has} calls, the rotation has {calls}"));
        return;
    }
    match run.sailings.entry(sailing.number) {
        Entry::Vacant(free) => {
            free.insert(sailing);
        }
        Entry::Occupied(_) => findings.add("A-CODE", sailing_place(sailing), "more than one sailing has this number"),
    }
}

fn sailing_place(sailing: &Sailing) -> String {
    format!("{} sailing {}", sailing.service, sailing.number)
}

/// A-CODE of cargo left behind: known demands, one row for each reason.
fn check_left_behind(problem: &Problem, rows: &[LeftBehind], findings: &mut Findings) {
    let known: BTreeSet<_> = problem.demands.iter().map(|d| &d.code).collect();
    let mut seen = BTreeSet::new();
    for row in rows {
        if !known.contains(&row.demand) {
            findings.add("A-CODE", row.demand.0.as_str(), "cargo left behind of a demand that does not exist");
        }
        if !seen.insert((&row.demand, row.reason)) {
            findings.add("A-CODE", row.demand.0.as_str(), "left behind more than once for one reason");
        }
    }
}

fn read_consignments(book: &Book, findings: &mut Findings) -> Vec<Consignment> {
    let demands: BTreeMap<_, _> =
        book.problem.demands.iter().enumerate().map(|(row, d)| (&d.code, DemandIdx::from(row))).collect();
    let runs = book.runs.iter().enumerate().map(|(row, run)| (&run.service.service, row)).collect();
    let mut found = Vec::new();
    for (row, shipment) in book.plan.shipments.iter().enumerate() {
        let place = format!("{} shipment {row}", shipment.demand);
        match demands.get(&shipment.demand) {
            Some(demand) => found.extend(read_consignment(book, &runs, place, *demand, shipment, findings)),
            None => findings.add("A-CODE", place, format!("demand {} does not exist", shipment.demand)),
        }
    }
    found
}

/// A-RIDE of one shipment; `None` when it carries nothing.
fn read_consignment(
    book: &Book,
    runs: &BTreeMap<&ServiceCode, usize>,
    place: String,
    demand: DemandIdx,
    shipment: &Shipment,
    findings: &mut Findings,
) -> Option<Consignment> {
    let fits = check_labels(book.problem, &place, book.problem.demand(demand), shipment, findings);
    let mut rides = Vec::with_capacity(shipment.rides.len());
    for (row, ride) in shipment.rides.iter().enumerate() {
        match read_ride(book, runs, ride) {
            Ok(boarding) => rides.push(boarding),
            Err((rule, message)) => findings.add(rule, format!("{place} ride {row}"), message),
        }
    }
    let complete = rides.len() == shipment.rides.len();
    let joined = complete && check_joints(book, &place, book.problem.demand(demand), &rides, findings);
    let volume = i128::from(shipment.volume_teu.0);
    if volume <= 0 {
        findings.add("A-RIDE", place, format!("carries {volume} TEU; a shipment carries at least 1 TEU"));
        return None;
    }
    Some(Consignment { place, demand, volume, rides, whole: fits && joined })
}

/// A shipment repeats its demand's ends, trade and cargo for the reader; they must be the demand's.
fn check_labels(problem: &Problem, place: &str, demand: &Demand, shipment: &Shipment, findings: &mut Findings) -> bool {
    let mut fits = true;
    for (label, code, at) in
        [("origin", &shipment.origin, demand.origin), ("destination", &shipment.destination, demand.destination)]
    {
        let expected = &problem.terminal(at).code;
        if problem.find_terminal(code).is_none() {
            findings.add("A-CODE", place, format!("{label} {code} does not exist"));
        } else if code != expected {
            findings.add("A-RIDE", place, format!("{label} is {code}, the demand's is {expected}"));
        }
        fits &= code == expected;
    }
    if shipment.trade != demand.trade || shipment.cargo != demand.cargo {
        let (has, wants) = ((shipment.trade, shipment.cargo), (demand.trade, demand.cargo));
        findings.add("A-RIDE", place, format!("trade and cargo are {has:?}, the demand's are {wants:?}"));
    }
    fits
}

fn read_ride(book: &Book, runs: &BTreeMap<&ServiceCode, usize>, ride: &Ride) -> Result<Boarding, (&'static str, String)> {
    let known = runs.get(&ride.service).and_then(|row| book.runs.get(*row).map(|run| (*row, run)));
    let Some((row, run)) = known else {
        return Err(("A-CODE", format!("service {} does not exist or cannot be read", ride.service)));
    };
    if !run.sailings.contains_key(&ride.sailing) {
        return Err(("A-CODE", format!("sailing {} of {} does not exist or cannot be read", ride.sailing, ride.service)));
    }
    let (calls, from, to) = (run.calls.len(), ride.from_call.row(), ride.to_call.row());
    if from >= calls || to <= from || to > from + calls {
        return Err(("A-RIDE", format!("from call {from} to call {to} is no ride on a rotation of {calls} calls")));
    }
    if run.stop(ride.sailing, to).is_none() {
        return Err(("A-RIDE", format!("call {to} lies in the vessel's next voyage, which is not in the plan")));
    }
    Ok(Boarding { run: row, sailing: ride.sailing, from, to })
}

/// The rides start at the origin, end at the destination and meet at transshipment terminals.
fn check_joints(book: &Book, place: &str, demand: &Demand, rides: &[Boarding], findings: &mut Findings) -> bool {
    let at = |ride: &Boarding, position| book.runs.get(ride.run).and_then(|run| run.terminal_at(position));
    let name = |at: Option<TerminalIdx>| at.map_or("?", |at| book.problem.terminal(at).code.0.as_str());
    let starts = std::iter::once(Some(demand.origin)).chain(rides.iter().map(|ride| at(ride, ride.to)));
    let ends = rides.iter().map(|ride| at(ride, ride.from)).chain(std::iter::once(Some(demand.destination)));
    let mut joined = true;
    if rides.is_empty() {
        findings.add("A-RIDE", place, "has no rides");
        return false;
    }
    for (row, (cargo_at, needed)) in starts.zip(ends).enumerate() {
        if cargo_at != needed {
            joined = false;
            let (cargo_at, needed) = (name(cargo_at), name(needed));
            findings.add(
                "A-RIDE",
                format!("{place} ride {row}"),
                format!("the cargo is at {cargo_at}, the next step starts at {needed}"),
            );
        }
    }
    joined
}
