//! The small real network.

use super::planning::{instance, planned, profit, request};
use waterbus::domain::{Practice, Teu};
use waterbus::optimize::pipeline::Request;

/// Work for a plan: enough for services that pay.
const WORK: u64 = 5;

/// What a planner of the alliance does first: plan the pilot lines, then plan again from that plan. The second answer may not be worse,
/// since the first one is already published.
#[test]
fn a_plan_of_the_delta_carries_cargo_and_a_plan_from_it_is_not_worse() {
    let problem = instance("pearl-delta");
    let first = planned(&problem, &request(WORK));
    assert_eq!(first.report.violations, []);
    assert!(first.report.indicators.carried_teu > Teu(500), "{:?}", first.report.indicators.carried_teu);
    assert!(profit(&first) > 0.0);
    let again = Request { start: Some(first.plan.clone()), seed: 2, ..request(WORK) };
    let second = planned(&problem, &again);
    assert_eq!(second.report.violations, []);
    assert!(profit(&second) >= profit(&first), "{} after {}", profit(&second), profit(&first));
}

/// The practice before the water bus is what every gain is measured against: it must be a plan that keeps its own, narrower rules.
#[test]
fn the_delta_by_separate_trades_passes_the_audit() {
    let problem = instance("pearl-delta");
    let plan = planned(&problem, &Request { practice: Practice::SeparateTrades, ..request(WORK) });
    assert_eq!(plan.report.violations, []);
    assert_eq!(plan.plan.practice, Practice::SeparateTrades);
    assert!(plan.report.indicators.carried_teu > Teu(0));
    assert!(plan.plan.services.iter().all(|service| service.calls.len() == 2 && !service.mixed_direction));
}
