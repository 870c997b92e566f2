//! Planning a claimed job, on a thread of its own. In: claim and store. Out: an audited plan, or why there is none. On the way the best
//! audited plan and the last progress lie on the desk, where whoever tends the job finds them.

use super::claim::Claim;
use super::held::Ending;
use crate::audit::audit;
use crate::domain::{Cents, Limit, Plan, Problem, Report, Weights};
use crate::optimize::control::{Control, Progress};
use crate::optimize::pipeline::{self, Auditor, Outcome, Request};
use crate::publish::{PlanDocument, minutes_at};
use crate::service::AuditedPlan;
use crate::service::store::{Store, StoreError};
use crate::waterway::Waterway;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;

/// Makes a plan: [`crate::optimize::pipeline::plan`], or a stand-in where a test is about the queue alone.
pub type Planner = dyn Fn(&Problem, &Waterway, &Request, &Auditor, &Control) -> Outcome + Send + Sync;

/// What planning has not told yet.
#[derive(Default)]
pub struct News {
    pub progress: Option<Progress>,
    pub best: Option<PlanDocument>,
}

/// What the planning thread shares with whoever tends the job.
pub struct Desk {
    pub control: Control,
    shown: Arc<Mutex<News>>,
    weights: Weights,
    /// Worth and number of proofs of the best plan so far.
    best: Mutex<Option<(Cents, usize)>>,
}

impl Desk {
    /// Starts the clock of a claim.
    pub fn new(claim: &Claim) -> Self {
        let shown: Arc<Mutex<News>> = Arc::default();
        let news = Arc::clone(&shown);
        let watcher = Box::new(move |progress: &Progress| lock(&news).progress = Some(progress.clone()));
        let weights = claim.request.weights;
        Self { control: Control::new(time_left(claim), watcher), shown, weights, best: Mutex::default() }
    }

    /// All that is new since the last look.
    pub fn take_news(&self) -> News {
        std::mem::take(&mut *lock(&self.shown))
    }

    /// Keeps a plan that the auditor passed when it is worth more than those before, or as much with more proofs.
    fn consider(&self, plan: &Plan, report: &Report) {
        let worth = (self.weights.worth(report), plan.proofs.len());
        let mut best = lock(&self.best);
        if report.violations.is_empty() && best.is_none_or(|known| worth > known) {
            *best = Some(worth);
            lock(&self.shown).best = Some(PlanDocument { plan: plan.clone(), report: report.clone() });
        }
    }
}

/// What lies there is whole at any moment, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A time limit counts the attempts before, whose best plan is kept; without such a plan it starts anew.
fn time_left(claim: &Claim) -> Limit {
    match claim.request.limit {
        Limit::TimeS(seconds) if claim.best.is_some() => Limit::TimeS(seconds.saturating_sub(claim.worked.as_secs()).max(1)),
        limit => limit,
    }
}

/// The time of the attempts before was all the time there is, and they left a plan.
fn is_used_up(claim: &Claim) -> bool {
    let all = matches!(claim.request.limit, Limit::TimeS(seconds) if claim.worked >= Duration::from_secs(seconds));
    all && claim.best.is_some()
}

/// Plans a job from its best plan so far, or only audits that plan when nothing else is left to do.
///
/// # Errors
/// When the database fails.
pub fn plan_job(
    store: &Store,
    runtime: &Handle,
    claim: &Claim,
    desk: &Desk,
    planner: &Planner,
    threads: usize,
) -> Result<Ending, StoreError> {
    let problem = match runtime.block_on(store.read_problem(&claim.instance_id)) {
        Err(StoreError::Damaged(reason)) => return Ok(Ending::NoPlan { reason }),
        problem => problem?,
    };
    let waterway = Waterway::new(&problem);
    let best = claim.best.as_deref().and_then(|text| serde_json::from_str::<PlanDocument>(text).ok());
    let start = match &claim.request.start_plan {
        Some(start) if best.is_none() || claim.request.stay => Some(runtime.block_on(store.read_plan(start))?.plan),
        _ => None,
    };
    let before = start.clone().filter(|_| claim.request.stay);
    let best = best.map(|best| best.plan).or(start);
    if claim.only_keeps_best() || is_used_up(claim) {
        return Ok(best.map_or_else(no_plan, |best| ending(&problem, &waterway, best)));
    }
    let pins = match best.as_ref().map(|best| best.pins(&claim.request.pins)) {
        Some(Ok(pins)) => pins,
        None => Vec::new(),
        Some(Err(faults)) => {
            let reasons: Vec<String> = faults.iter().map(|fault| fault.why.what()).collect();
            return Ok(Ending::NoPlan { reason: reasons.join("; ") });
        }
    };
    let pins = match (&before, claim.request.from) {
        (Some(before), Some(from)) => {
            let practice = claim.request.practice;
            let (pins, moved) = pipeline::freeze(&problem, &waterway, practice, &pins, before, minutes_at(from));
            moved.iter().for_each(|call| desk.control.report("freeze", None, None, call.to_string()));
            pins
        }
        _ => pins,
    };
    let request = Request {
        practice: claim.request.practice,
        seed: claim.request.seed,
        limit: desk.control.limit(),
        threads,
        start: best,
        pins,
        before,
        weights: claim.request.weights,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let auditor = |plan: &Plan| {
        let report = audit(&problem, &waterway, plan);
        desk.consider(plan, &report);
        report
    };
    Ok(match planner(&problem, &waterway, &request, &auditor, &desk.control) {
        Outcome::Plan(plan, _) => ending(&problem, &waterway, *plan),
        Outcome::NoPlan { reason } if reason.is_empty() => no_plan(),
        Outcome::NoPlan { reason } => Ending::NoPlan { reason },
    })
}

fn no_plan() -> Ending {
    Ending::NoPlan { reason: "the search ended before it had a plan".to_owned() }
}

fn ending(problem: &Problem, waterway: &Waterway, plan: Plan) -> Ending {
    match AuditedPlan::new(problem, waterway, plan) {
        Ok(plan) => Ending::Plan(Box::new(plan)),
        Err(report) => {
            Ending::NoPlan { reason: format!("the auditor rejected the plan: {} violations", report.violations.len()) }
        }
    }
}
