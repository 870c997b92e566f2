//! Generated networks with many members and lines of cargo.

use super::planning::{planned, profit, request};
use waterbus::domain::Teu;
use waterbus::input::{Size, generate, read_tables};

/// Thirty members with a few vessels each, as in a large alliance: which of them runs which service must not take the search's time.
/// Without a limit on time the plan is found all the same, carries cargo and earns money.
#[test]
fn a_large_alliance_gets_a_plan_that_earns_money() {
    let size = Size { terminals: 30, hubs: 3, outside_hub: true, classes: 2, operators: 30, demands: 900, mothers: 6 };
    let problem = read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    let plan = planned(&problem, &request(1));
    assert_eq!(plan.report.violations, []);
    assert!(plan.plan.services.len() > 5, "{} services", plan.plan.services.len());
    assert!(plan.report.indicators.carried_teu > Teu(1000), "{:?}", plan.report.indicators.carried_teu);
    assert!(profit(&plan) > 0.0);
}
