//! Games and plans that several tests need.

use std::path::PathBuf;
use waterbus::audit::audit;
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_instance, read_tables};
use waterbus::optimize::alliance::{Terms, settle};
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::waterway::Waterway;

/// An instance of the repository.
pub fn instance(name: &str) -> Problem {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A generated problem.
pub fn generated(size: &Size, seed: u64) -> Problem {
    read_tables(&generate(size, seed)).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The plan and the auditor's report of it.
pub fn planned(problem: &Problem, work: u64) -> (Plan, Report) {
    let waterway = Waterway::new(problem);
    let limit = Limit::Work(work);
    let request = Request::new(limit, 2, "test");
    let auditor = |plan: &Plan| audit(problem, &waterway, plan);
    match plan(problem, &waterway, &request, &auditor, &Control::silent(limit)) {
        Outcome::Plan(plan, report) => (*plan, *report),
        Outcome::NoPlan { reason } => panic!("{}: no plan: {reason}", problem.settings.name),
    }
}

/// The plan settled by a rule, with the auditor's report of both.
pub fn settled(problem: &Problem, plan: &Plan, rule: SharingRule) -> (Plan, Report) {
    let waterway = Waterway::new(problem);
    let plan = Plan { settlement: None, ..plan.clone() };
    let report = audit(problem, &waterway, &plan);
    let terms = Terms { rule, threads: 2, deadline: None };
    let control = Control::silent(Limit::Work(1));
    let settlement = settle(problem, &waterway, &plan, &report, &terms, &control).unwrap_or_else(|why| panic!("{why}"));
    let plan = Plan { settlement: Some(settlement), ..plan };
    let report = audit(problem, &waterway, &plan);
    (plan, report)
}

/// The settlement of a plan that has one.
pub fn settlement(plan: &Plan) -> &Settlement {
    plan.settlement.as_ref().unwrap_or_else(|| panic!("the plan is not settled"))
}
