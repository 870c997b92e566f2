//! The proof that a plan may be published.

use crate::audit::audit;
use crate::domain::{Plan, Problem, Report};
use crate::publish::PlanDocument;
use crate::waterway::Waterway;

/// A plan in which the auditor found no violation. There is no other way to make one, so whoever holds it may publish it.
#[derive(Clone, Debug)]
pub struct AuditedPlan(PlanDocument);

impl AuditedPlan {
    /// Audits a plan against its instance.
    ///
    /// # Errors
    /// The auditor's report, when it lists violations.
    pub fn new(problem: &Problem, waterway: &Waterway, plan: Plan) -> Result<Self, Box<Report>> {
        let report = audit(problem, waterway, &plan);
        if report.violations.is_empty() { Ok(Self(PlanDocument { plan, report })) } else { Err(Box::new(report)) }
    }

    /// The plan with the auditor's report.
    pub fn document(&self) -> &PlanDocument {
        &self.0
    }
}
