//! A-R1, A-R4 to A-R8, A-REGIME, A-PRACTICE: customs rules and the practice of separate trades.

use super::book::{Boarding, Book, Consignment, Run, Stop};
use super::rules::Findings;
use crate::domain::{Demand, Practice, Regime, Role, Terminal, TerminalIdx, Trade};
use std::collections::BTreeSet;

/// Checks services and cargo against the rules of trade.
pub(super) fn check_trade(book: &Book, findings: &mut Findings) {
    for run in &book.runs {
        check_vessels(book, run, findings);
        check_mixing(book, run, findings);
        if book.plan.practice == Practice::SeparateTrades {
            check_practice(book, run, findings);
        }
    }
    for cargo in &book.consignments {
        let demand = book.problem.demand(cargo.demand);
        for (row, ride) in cargo.rides.iter().enumerate() {
            if let Some(run) = book.runs.get(ride.run) {
                let place = format!("{} ride {row} ({})", cargo.place, run.service.service);
                check_boarding(book, run, &place, demand, findings);
                check_lifts(book, run, ride, &place, demand, findings);
            }
        }
        check_border(book, cargo, demand, findings);
    }
    check_directions(book, findings);
}

fn terminals<'a>(book: &'a Book, run: &'a Run) -> impl Iterator<Item = (usize, &'a Terminal)> {
    run.calls.iter().map(|at| book.problem.terminal(*at)).enumerate()
}

/// R1, R4, R5 of a service.
fn check_vessels(book: &Book, run: &Run, findings: &mut Findings) {
    let place = &run.service.service.0;
    if run.service.registered && run.service.regime == Regime::Mixed {
        findings.add("A-R1", place, "vessels registered for Hong Kong and Macau may not mix domestic and foreign cargo");
    }
    if !book.calls_outside(run) {
        return;
    }
    if !run.service.registered {
        findings.add("A-R5", place, "calls at Hong Kong or Macau with vessels not registered for it");
    }
    for (position, _) in terminals(book, run).filter(|(_, terminal)| !terminal.foreign_trade) {
        let message = "has no foreign trade, and the service calls at Hong Kong or Macau";
        findings.add("A-R4", book.position_place(run, position), message);
    }
}

/// R6, R7 of a service.
fn check_mixing(book: &Book, run: &Run, findings: &mut Findings) {
    for (position, terminal) in terminals(book, run) {
        if run.service.mixed_direction && !terminal.mixed_direction {
            let message = "does not allow exports to be loaded with imports on board, and the service does so";
            findings.add("A-R6", book.position_place(run, position), message);
        }
        if run.service.regime == Regime::Mixed && !terminal.mixed_trade {
            let message = "does not allow domestic and foreign cargo on one vessel, and the service is mixed";
            findings.add("A-R7", book.position_place(run, position), message);
        }
    }
}

/// A-PRACTICE.
fn check_practice(book: &Book, run: &Run, findings: &mut Findings) {
    let place = &run.service.service.0;
    if run.calls.len() != 2 || !terminals(book, run).any(|(_, terminal)| terminal.role == Role::Hub) {
        findings.add("A-PRACTICE", place, "is no hub shuttle: two calls, one of them a hub");
    }
    if run.service.regime == Regime::Mixed {
        findings.add("A-PRACTICE", place, "mixes domestic and foreign cargo in a plan of separate trades");
    }
    if run.service.mixed_direction {
        findings.add("A-PRACTICE", place, "mixes exports and imports in a plan of separate trades");
    }
}

/// A-REGIME and R1 of cargo on board of a service.
fn check_boarding(book: &Book, run: &Run, place: &str, demand: &Demand, findings: &mut Findings) {
    match run.service.regime {
        Regime::Foreign if demand.trade.is_domestic() => {
            findings.add("A-REGIME", place, "domestic cargo on a service for foreign cargo");
        }
        Regime::Domestic if demand.trade.is_foreign() => {
            findings.add("A-REGIME", place, "foreign cargo on a service for domestic cargo");
        }
        _ => {}
    }
    let mut outside = run.calls.iter().filter(|at| book.problem.terminal(**at).region.is_outside()).peekable();
    let barred = demand.trade.is_domestic() && outside.peek().is_some() && !outside.any(|at| is_listed(book, demand, *at));
    if barred {
        findings.add("A-R1", place, "domestic cargo on a service that calls at Hong Kong or Macau");
    }
}

/// R8: the path of cross-border domestic cargo by a terminal in Hong Kong or Macau is listed.
pub(super) fn is_listed(book: &Book, demand: &Demand, via: TerminalIdx) -> bool {
    let path = [demand.origin, via, demand.destination];
    demand.trade == Trade::CrossBorderDomestic && book.problem.cross_border.contains(&path)
}

/// R4 of the two ends of a ride.
fn check_lifts(book: &Book, run: &Run, ride: &Boarding, place: &str, demand: &Demand, findings: &mut Findings) {
    for (word, position) in [("loaded", ride.from), ("discharged", ride.to)] {
        let Some(terminal) = run.terminal_at(position).map(|at| book.problem.terminal(at)) else { continue };
        if demand.trade.is_foreign() && !terminal.foreign_trade {
            findings.add("A-R4", place, format!("foreign cargo {word} at {}, which has no foreign trade", terminal.code));
        }
        if demand.trade.is_domestic() && !terminal.domestic_trade {
            findings.add("A-R4", place, format!("domestic cargo {word} at {}, which has no domestic trade", terminal.code));
        }
    }
}

/// R8.
fn check_border(book: &Book, cargo: &Consignment, demand: &Demand, findings: &mut Findings) {
    let ends = [demand.origin, demand.destination];
    if ends.iter().any(|at| book.problem.terminal(*at).region.is_outside()) {
        return;
    }
    let last = cargo.rides.len().saturating_sub(1);
    let mut passed = BTreeSet::new();
    for (row, ride) in cargo.rides.iter().enumerate() {
        let Some(run) = book.runs.get(ride.run) else { continue };
        let first_position = if row == 0 { ride.from + 1 } else { ride.from };
        let after_last = if row == last { ride.to } else { ride.to + 1 };
        passed.extend((first_position..after_last).filter_map(|position| run.terminal_at(position)));
    }
    for at in passed.into_iter().filter(|at| book.problem.terminal(*at).region.is_outside()) {
        if !is_listed(book, demand, at) {
            let code = &book.problem.terminal(at).code;
            findings.add("A-R8", &cargo.place, format!("passes {code} between two mainland terminals; no such path is listed"));
        }
    }
}

/// R6 of cargo: exports loaded at a call at which imports stay on board.
fn check_directions(book: &Book, findings: &mut Findings) {
    let (mut loading, mut staying) = (BTreeSet::new(), BTreeSet::new());
    for cargo in &book.consignments {
        for ride in &cargo.rides {
            match book.problem.demand(cargo.demand).trade {
                Trade::Export => loading.extend(book.stop(ride, ride.from)),
                Trade::Import => staying.extend((ride.from + 1..ride.to).filter_map(|position| book.stop(ride, position))),
                _ => {}
            }
        }
    }
    for Stop { run, sailing, call } in loading.intersection(&staying) {
        if let Some(run) = book.runs.get(*run).filter(|run| !run.service.mixed_direction) {
            findings.add("A-R6", book.call_place(run, *sailing, *call), "exports are loaded while imports stay on board");
        }
    }
}
