//! The independent checker. In: problem, waterway and plan. Out: a [`Report`] with ledger, indicators and every violation. It knows no
//! solver and shares no logic with the optimizer; the rules stand in `models/audit.md`. It answers for any plan that can be read,
//! however wrong: what cannot be understood is a violation, never a panic.

mod allotments;
mod berths;
mod book;
mod cargo;
mod game;
mod indicators;
mod journey;
mod ledger;
mod loads;
mod period;
mod pins;
mod prices;
mod proofs;
mod resolve;
mod rules;
mod services;
mod settlement;
mod slots;
mod tension;
#[cfg(test)]
mod tests;
mod times;
mod trade;

pub use rules::RULES;
pub use tension::{TensionReport, check_tensions};

use crate::domain::{Plan, Problem, Report};
use crate::waterway::Waterway;
use loads::Loads;
use rules::Findings;

/// Recomputes money, indicators and violations of a plan. A plan may be published when there are no violations.
pub fn audit(problem: &Problem, waterway: &Waterway, plan: &Plan) -> Report {
    let mut findings = Findings::default();
    let book = resolve::resolve(problem, waterway, plan, &mut findings);
    let loads = Loads::new(&book);
    services::check_services(&book, &mut findings);
    pins::check_pins(&book, &mut findings);
    trade::check_trade(&book, &mut findings);
    times::check_times(&book, &loads, &mut findings);
    berths::check_berths(&book, &mut findings);
    cargo::check_cargo(&book, &loads, &mut findings);
    slots::check_slots(&book, &loads, &mut findings);
    let ledger = ledger::count_money(&book);
    let services = ledger::count_services(&book);
    settlement::check_settlement(&book, &ledger, &services, &mut findings);
    let mut report = Report { ledger, indicators: indicators::measure(&book, &loads), services, violations: Vec::new() };
    proofs::check_proofs(plan, &report, &mut findings);
    report.violations = findings.sorted();
    report
}
