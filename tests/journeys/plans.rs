//! Instances, and plans of them that are made the same way every time.

use std::path::PathBuf;
use waterbus::audit::audit;
use waterbus::domain::{Limit, Plan, Problem};
use waterbus::input::read_instance;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::waterway::Waterway;

/// An instance of the repository.
pub fn instance(name: &str) -> Problem {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A plan made within a work limit.
pub fn planned(problem: &Problem, work: u64) -> Plan {
    let waterway = Waterway::new(problem);
    let limit = Limit::Work(work);
    let auditor = |plan: &Plan| audit(problem, &waterway, plan);
    let request = Request::new(limit, 2, "test");
    match plan(problem, &waterway, &request, &auditor, &Control::silent(limit)) {
        Outcome::Plan(plan, report) => {
            assert_eq!(report.violations, []);
            *plan
        }
        Outcome::NoPlan { reason } => panic!("{}: no plan: {reason}", problem.settings.name),
    }
}
