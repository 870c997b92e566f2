//! The independent checker. In: problem, waterway and plan. Out: a [`Report`] with ledger, indicators and every violation. It knows no
//! solver and shares no logic with the optimizer; the rules stand in `models/audit.md`.

use crate::domain::{Plan, Problem, Report};
use crate::waterway::Waterway;

/// Recomputes money, indicators and violations of a plan.
pub fn audit(_problem: &Problem, _waterway: &Waterway, _plan: &Plan) -> Report {
    unreachable!("filled in by the next commit")
}
