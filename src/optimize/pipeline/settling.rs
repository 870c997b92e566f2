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
/// Core seconds that one set of members takes for each demand: twice what a plan of pearl-river's of 12 services needs on a slow machine, for
/// not all of it runs on all cores.
const SET_S: f64 = 3e-4;
/// Largest share of the time that is kept for the settlement; where it needs more there is none.
const MOST_SHARE: f64 = 0.4;

/// Share of a plan's time to keep for its settlement; `None` where that is not enough, so that the plan ends without one.
pub fn share_of_time(problem: &Problem, limit: Limit, threads: usize) -> Option<f64> {
    let members = problem.operators.len();
    if members > MOST_MEMBERS {
        return None;
    }
    let Limit::TimeS(seconds) = limit else { return Some(0.0) };
    let core_s = SET_S * problem.demands.len() as f64 * (1_u64 << members) as f64;
    let share = core_s / threads.max(1) as f64 / seconds.max(1) as f64;
    (share <= MOST_SHARE).then_some(share)
}

/// The plan with its settlement, audited again; without one when the members are too many or the time is over.
pub fn settled(
    problem: &Problem,
    waterway: &Waterway,
    (plan, report): (Plan, Report),
    threads: usize,
    auditor: &Auditor,
    control: &Control,
) -> (Plan, Report) {
    if share_of_time(problem, control.limit(), threads).is_none() {
        let members = problem.operators.len();
        control.report(
            "settlement",
            None,
            None,
            format!("left to `waterbus settle`: {members} members take longer than there is"),
        );
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
