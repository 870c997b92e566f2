//! Faults planted in the sound plan or in the problem it was made for. Each must be reported under the rule it breaks; others may be
//! reported with it, as a box on the wrong vessel upsets more than one thing.

use super::fixture::{audited, plan, problem};
use std::collections::BTreeSet;
use waterbus::domain::*;

#[path = "faults/cargo.rs"]
mod cargo;
#[path = "faults/paper.rs"]
mod paper;
#[path = "faults/services.rs"]
mod services;
#[path = "faults/sharing.rs"]
mod sharing;
#[path = "faults/times.rs"]
mod times;
#[path = "faults/trade.rs"]
mod trade;

/// What was done to the plan, the rule that it breaks, and how it is done.
type Fault = (&'static str, &'static str, fn(&mut Problem, &mut Plan));

fn all_faults() -> Vec<&'static Fault> {
    [services::FAULTS, trade::FAULTS, times::FAULTS, cargo::FAULTS, paper::FAULTS, sharing::FAULTS]
        .into_iter()
        .flatten()
        .collect()
}

/// Nothing planted stays hidden.
#[test]
fn every_planted_fault_is_reported_under_its_rule() {
    let problem = problem();
    let plan = plan(&problem);
    let missed: Vec<String> = all_faults().into_iter().filter_map(|fault| miss(&problem, &plan, fault)).collect();
    assert!(missed.is_empty(), "\n{}\n", missed.join("\n"));
}

/// What to say of a fault that is not reported.
fn miss(problem: &Problem, plan: &Plan, (name, rule, plant): &Fault) -> Option<String> {
    let (mut problem, mut plan) = (problem.clone(), plan.clone());
    plant(&mut problem, &mut plan);
    let found: BTreeSet<String> = audited(&problem, &plan).violations.into_iter().map(|violation| violation.rule).collect();
    (!found.contains(*rule)).then(|| format!("{name}: {rule} expected, found {found:?}"))
}

/// A rule that no fault tries may as well not be checked.
#[test]
fn every_rule_of_the_list_has_a_planted_fault() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/models/audit.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| A-"));
    let rules: BTreeSet<&str> = rows.flat_map(|row| row.split('|').nth(1).unwrap().split(',').map(str::trim)).collect();
    let tried: BTreeSet<&str> = all_faults().into_iter().map(|(_, rule, _)| *rule).collect();
    assert_eq!(tried, rules);
}

/// A fault is known by its name.
#[test]
fn no_two_faults_have_one_name() {
    let names: BTreeSet<&str> = all_faults().into_iter().map(|(name, _, _)| *name).collect();
    assert_eq!(names.len(), all_faults().len());
}

/// Hong Kong is passed by the path the list allows, and by no other: the same cargo with and without its entry.
#[test]
fn a_listed_path_past_hong_kong_breaks_neither_r1_nor_r8() {
    let mut problem = problem();
    let plan = plan(&problem);
    let is_border = |rule: &str| rule == "A-R1" || rule == "A-R8";
    let count = |problem: &Problem| audited(problem, &plan).violations.iter().filter(|found| is_border(&found.rule)).count();
    assert_eq!(count(&problem), 0);
    problem.cross_border.clear();
    assert_eq!(count(&problem), 2);
}

fn terminal<'a>(problem: &'a mut Problem, code: &str) -> &'a mut Terminal {
    problem.terminals.iter_mut().find(|terminal| terminal.code.0 == code).unwrap()
}

fn class<'a>(problem: &'a mut Problem, code: &str) -> &'a mut VesselClass {
    problem.classes.iter_mut().find(|class| class.code.0 == code).unwrap()
}

fn link<'a>(problem: &'a mut Problem, code: &str) -> &'a mut Link {
    problem.links.iter_mut().find(|link| link.code == code).unwrap()
}

fn demand<'a>(problem: &'a mut Problem, code: &str) -> &'a mut Demand {
    problem.demands.iter_mut().find(|demand| demand.code.0 == code).unwrap()
}

fn service<'a>(plan: &'a mut Plan, code: &str) -> &'a mut Service {
    plan.services.iter_mut().find(|service| service.service.0 == code).unwrap()
}

fn sailing<'a>(plan: &'a mut Plan, service: &str, number: u32) -> &'a mut Sailing {
    plan.sailings.iter_mut().find(|sailing| sailing.service.0 == service && sailing.number == number).unwrap()
}

fn call<'a>(plan: &'a mut Plan, service: &str, number: u32, call: usize) -> &'a mut CallTimes {
    &mut sailing(plan, service, number).calls[call]
}

fn shipment<'a>(plan: &'a mut Plan, demand: &str) -> &'a mut Shipment {
    plan.shipments.iter_mut().find(|shipment| shipment.demand.0 == demand).unwrap()
}

/// Moves a whole sailing in time.
fn shift(plan: &mut Plan, service: &str, number: u32, minutes: i64) {
    let sailing = sailing(plan, service, number);
    for times in &mut sailing.calls {
        times.arrival_min.0 += minutes;
        times.berthing_min.0 += minutes;
        times.departure_min.0 += minutes;
    }
    sailing.back_at_min.0 += minutes;
}
