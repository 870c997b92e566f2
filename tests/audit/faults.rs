//! Planting faults: each names the rule it breaks, and every other rule that must speak up because of it. Nothing else may.

use super::network::problem;
use super::plan::{plan, report};
use super::{cargo_faults, service_faults, time_faults, trade_faults};
use std::collections::BTreeSet;
use waterbus::audit::RULES;
use waterbus::domain::*;

/// One thing gone wrong: what, the rule broken and the rules that follow from it, and the change that does it.
pub type Fault = (&'static str, &'static [&'static str], fn(&mut Problem, &mut Plan));

const TABLES: [&[Fault]; 4] = [service_faults::FAULTS, trade_faults::FAULTS, time_faults::FAULTS, cargo_faults::FAULTS];

/// Too little said hides a fault, too much sends the planner the wrong way.
#[test]
fn each_fault_is_named_by_its_rules_and_by_no_other() {
    let complaints: Vec<String> = TABLES.concat().iter().filter_map(find_complaint).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What the auditor says too little or too much of a fault.
pub fn find_complaint((what, expected, plant): &Fault) -> Option<String> {
    let (mut problem, mut plan) = (problem(), plan());
    plant(&mut problem, &mut plan);
    let report = report(&problem, &plan);
    let found: BTreeSet<&str> = report.violations.iter().map(|v| v.rule.as_str()).collect();
    let expected: BTreeSet<&str> = expected.iter().copied().collect();
    (found != expected).then(|| format!("{what}: expected {expected:?}, found {found:?}\n{:#?}", report.violations))
}

/// A rule that nothing can break guards nothing.
#[test]
fn every_rule_has_a_fault_that_breaks_it() {
    let broken: BTreeSet<&str> = TABLES.concat().iter().filter_map(|(_, rules, _)| rules.first().copied()).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|(code, _)| *code).collect();
    assert_eq!(broken, rules);
}

/// A fault is found by place: the words must lead there, with the numbers that disagree.
#[test]
fn a_violation_says_where_and_by_how_much() {
    let mut plan = plan();
    plan.sailings[0].calls[1].arrival_min = Minutes(375);
    let found = report(&problem(), &plan).violations;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "S01 sailing 0 leg 0 (UPP to RIV)");
    assert!(found[0].message.contains("150 minutes") && found[0].message.contains("160 minutes"), "{}", found[0].message);
}
