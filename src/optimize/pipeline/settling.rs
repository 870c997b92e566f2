//! The settlement of the plan that is handed out.

use super::{Auditor, FINISHING_S};
use crate::domain::*;
use crate::optimize::alliance::{self, Terms};
use crate::optimize::control::Control;
use crate::waterway::Waterway;
use std::time::{Duration, Instant};

/// Share of the time by which the settlement has to be there.
const SETTLED_BY: f64 = 0.99;
/// Members up to which a plan is settled at once; more take longer than a planner waits, and `waterbus settle` does it.
const MOST_MEMBERS: usize = 12;

/// The plan with its settlement, audited again; without one when the members are too many or the time is over.
pub fn settled(
    problem: &Problem,
    waterway: &Waterway,
    (plan, report): (Plan, Report),
    threads: usize,
    auditor: &Auditor,
    control: &Control,
) -> (Plan, Report) {
    if problem.operators.len() > MOST_MEMBERS {
        let note = format!("left to `waterbus settle`: more than {MOST_MEMBERS} members");
        control.report("settlement", None, None, note);
        return (Plan { settlement: None, ..plan }, report);
    }
    // a cancelled run still settles, with its own clock
    let finishing = Control::silent(control.limit());
    let (control_of, deadline) = match control.is_cancelled() {
        true => (&finishing, Some(Instant::now() + Duration::from_secs(FINISHING_S))),
        false => (control, control.deadline(SETTLED_BY)),
    };
    let plan = Plan { settlement: None, ..plan };
    let terms = Terms { rule: SharingRule::Fair, threads, deadline };
    match alliance::settle(problem, waterway, &plan, &report, &terms, control_of) {
        Ok(settlement) => keep_sound((plan, report), settlement, auditor, control),
        Err(reason) => {
            control.report("settlement", None, None, reason.to_string());
            (plan, report)
        }
    }
}

/// Never lets a settlement that the auditor refuses spoil a plan.
fn keep_sound((plan, report): (Plan, Report), settlement: Settlement, auditor: &Auditor, control: &Control) -> (Plan, Report) {
    let settled = Plan { settlement: Some(settlement), ..plan.clone() };
    let found = auditor(&settled);
    match found.violations.first() {
        None => (settled, found),
        Some(violation) => {
            let note = format!("refused by the auditor: {} {}: {}", violation.rule, violation.place, violation.message);
            control.report("settlement", None, None, note);
            (plan, report)
        }
    }
}
