//! Planning as the command line does it, with the auditor at hand.

use std::path::PathBuf;
use waterbus::audit::audit;
use waterbus::domain::{Limit, Plan, Problem, Proof, Stage};
use waterbus::input::read_instance;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::publish::PlanDocument;
use waterbus::waterway::Waterway;

/// An instance of the repository.
pub fn instance(name: &str) -> Problem {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A request with a work limit, which gives the same plan every time.
pub fn request(work: u64) -> Request {
    Request::new(Limit::Work(work), 2, "test")
}

/// The plan and the auditor's report of it; a problem without a plan is a failure, since doing nothing is one.
pub fn planned(problem: &Problem, request: &Request) -> PlanDocument {
    let waterway = Waterway::new(problem);
    let auditor = |plan: &Plan| audit(problem, &waterway, plan);
    match plan(problem, &waterway, request, &auditor, &Control::silent(request.limit)) {
        Outcome::Plan(plan, report) => PlanDocument { plan: *plan, report: *report },
        Outcome::NoPlan { reason } => panic!("{}: no plan: {reason}", problem.settings.name),
    }
}

/// What the plan states about one stage.
pub fn proof(document: &PlanDocument, stage: Stage) -> &Proof {
    document.plan.proofs.iter().find(|proof| proof.stage == stage).unwrap_or_else(|| panic!("no proof of {stage:?}"))
}

/// Audited profit in whole currency units.
pub fn profit(document: &PlanDocument) -> f64 {
    document.report.ledger.profit_cents.units()
}
