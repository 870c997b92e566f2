//! The stages in a row. In: problem, waterway, request. Out: the best plan that the auditor passes, or the reason why there is none. What a
//! later stage learns goes back: a service without berths or with calls that are too small is dropped and the rest is planned again.

mod assemble;

use super::control::Control;
use super::design::{self, Design, PoolSize};
use super::slots::{self, SlotLimits, SlotPlan};
use super::timetable::{self, Connection, Expected, Timetable};
use crate::domain::*;
use crate::waterway::Waterway;
use std::time::{Duration, Instant};

/// What a planner asks for.
#[derive(Clone, Debug)]
pub struct Request {
    pub practice: Practice,
    pub seed: u64,
    pub limit: Limit,
    pub threads: usize,
    /// The answer is never worse than this plan, if the auditor passes it.
    pub start: Option<Plan>,
    pub program_version: String,
}

/// How planning ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    Plan(Box<Plan>, Box<Report>),
    NoPlan { reason: String },
}

/// Shares of the time after which a stage has to end.
const DESIGN_ENDS: f64 = 0.84;
const TIMETABLE_ENDS: f64 = 0.89;
const SLOTS_END: f64 = 0.95;
/// Rotations that the design's bound covers.
const POOL: usize = 40;

/// The independent checker, handed in by the caller: planning rooms do not know it.
pub type Auditor<'a> = dyn Fn(&Plan) -> Report + 'a;

/// Plans. Ends by the limit, or soon after a cancel, with the best audited plan.
pub fn plan(problem: &Problem, waterway: &Waterway, request: &Request, auditor: &Auditor, control: &Control) -> Outcome {
    let mut best = Best::default();
    if let Some(start) = &request.start {
        best.consider(start.clone(), auditor(start));
    }
    let size = PoolSize::for_network(problem.terminals.len());
    let work = match request.limit {
        Limit::TimeS(_) => None,
        Limit::Work(work) => Some(work),
    };
    let limits = design::SearchLimits {
        deadline: control.deadline(DESIGN_ENDS),
        work,
        seed: request.seed,
        threads: request.threads,
        pool: POOL,
    };
    let design = design::design(problem, waterway, request.practice, &size, &limits, control);
    realise(problem, waterway, request, &design, &mut best, auditor, control);
    if best.plan.as_ref().is_none_or(|(_, report)| report.ledger.profit_cents < Cents(0)) {
        let idle = Design { lines: Vec::new(), aboard: Vec::new(), transfers: Vec::new(), ..design };
        realise(problem, waterway, request, &idle, &mut best, auditor, control);
    }
    match best.plan {
        Some((plan, report)) => Outcome::Plan(Box::new(plan), Box::new(report)),
        None => Outcome::NoPlan { reason: best.reason },
    }
}

/// The best audited plan so far, or why there is none.
#[derive(Default)]
struct Best {
    plan: Option<(Plan, Report)>,
    reason: String,
}

impl Best {
    fn consider(&mut self, plan: Plan, report: Report) {
        if let Some(violation) = report.violations.first() {
            self.reason = format!(
                "the auditor rejected the plan: {} violations, first {} {}: {}",
                report.violations.len(),
                violation.rule,
                violation.place,
                violation.message
            );
            return;
        }
        let known = self.plan.as_ref().map(|(_, known)| known.ledger.profit_cents);
        if known.is_none_or(|known| report.ledger.profit_cents > known) {
            self.plan = Some((plan, report));
        }
    }
}

/// Times and cargo for the designed services; dropped services are left out and the rest is tried again.
fn realise(
    problem: &Problem,
    waterway: &Waterway,
    request: &Request,
    design: &Design,
    best: &mut Best,
    auditor: &Auditor,
    control: &Control,
) {
    let mut kept: Vec<usize> = (0..design.lines.len()).collect();
    for _ in 0..=design.lines.len() {
        let lines: Vec<Line> = kept.iter().map(|line| design.lines[*line].clone()).collect();
        let table = timetable::timetable(
            problem,
            waterway,
            &lines,
            &expected(design, &kept),
            &timetable_limits(request, control),
            control,
        );
        for unplaced in &table.unplaced {
            control.report("timetable", None, None, format!("service dropped: {}", unplaced.reason));
        }
        let timed: Vec<TimedLine> = table.lines.iter().map(|(_, timed)| timed.clone()).collect();
        let Some(cargo) = load(problem, waterway, request, &timed, control) else {
            best.reason = "the limit was reached before cargo was loaded".to_owned();
            return;
        };
        let placed: Vec<usize> = table.lines.iter().map(|(row, _)| kept[*row]).collect();
        if let Some(short) = cargo.too_small.first() {
            control.report("slots", None, None, "service dropped: one of its calls is below the terminal's smallest");
            kept = placed.iter().enumerate().filter(|(row, _)| row != short).map(|(_, line)| *line).collect();
            continue;
        }
        let mut plan = assemble::plan(problem, waterway, request, &timed, &cargo);
        let profit = auditor(&plan).ledger.profit_cents.units();
        plan.proofs = proofs(design, &table, &cargo, profit);
        let report = auditor(&plan);
        control.report("audit", Some(profit), Some(design.bound), format!("{} violations", report.violations.len()));
        best.consider(plan, report);
        return;
    }
}

/// The design's cargo, for the services that are kept.
fn expected(design: &Design, kept: &[usize]) -> Expected {
    let place = |line: usize| kept.iter().position(|other| *other == line);
    let connections = design.transfers.iter().filter_map(|transfer| {
        let (from, to) = (place(transfer.from)?, place(transfer.to)?);
        Some(Connection { from, from_call: transfer.from_call, to, to_call: transfer.to_call, teu: transfer.teu })
    });
    Expected { aboard: kept.iter().map(|line| design.aboard[*line].clone()).collect(), connections: connections.collect() }
}

fn timetable_limits(request: &Request, control: &Control) -> timetable::SearchLimits {
    let (rounds, nodes) = match request.limit {
        Limit::TimeS(_) => (10_000, 2_000),
        Limit::Work(work) => (20 + work.min(1_000), 50),
    };
    timetable::SearchLimits { deadline: control.deadline(TIMETABLE_ENDS), rounds, nodes, seed: request.seed }
}

/// Loads cargo. A cancelled run still gets this far: it finishes with its own clock.
fn load(problem: &Problem, waterway: &Waterway, request: &Request, timed: &[TimedLine], control: &Control) -> Option<SlotPlan> {
    let nodes = match request.limit {
        Limit::TimeS(_) => 2_000,
        Limit::Work(work) => work.min(200),
    };
    let limits = SlotLimits { deadline: control.deadline(SLOTS_END), nodes, seed: request.seed };
    if !control.is_cancelled() {
        let answer = slots::slots(problem, waterway, timed, &limits, control);
        if answer.is_some() {
            return answer;
        }
    }
    let finishing = Control::silent(request.limit);
    let soon = SlotLimits { deadline: Some(Instant::now() + Duration::from_secs(FINISHING_S)), ..limits };
    slots::slots(problem, waterway, timed, &soon, &finishing)
}

/// Seconds that a cancelled or late run may take to load its cargo.
const FINISHING_S: u64 = 6;

fn proofs(design: &Design, table: &Timetable, cargo: &SlotPlan, profit: f64) -> Vec<Proof> {
    let pool = format!(
        "{} rotations in the pool, {} ways to run them, under the design's planning times; services outside the pool are not covered",
        design.rotations, design.choices
    );
    let times = "the chosen services, sailings evenly spaced; berths, locks and connections left out of the bound";
    let ways = "the cargo on this timetable, at most one transshipment a box, parts of boxes allowed in the bound";
    vec![
        Proof::new(Stage::Design, pool.clone(), design.value, design.bound),
        Proof::new(Stage::Timetable, times.to_owned(), table.value, table.bound),
        Proof::new(Stage::Slots, ways.to_owned(), cargo.value, cargo.bound),
        Proof::new(Stage::Plan, pool, profit, design.bound.max(profit)),
    ]
}
