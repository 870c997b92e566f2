//! The stages in a row. In: problem, waterway, request. Out: the best plan that the auditor passes, or the reason why there is none. What a
//! later stage learns goes back: a service without times gets another in its place, one with calls that are too small is dropped.

mod assemble;
mod pinning;
mod redesign;
mod rerouting;
mod retiming;
mod settling;
mod staying;
mod weighing;

use super::control::Control;
use super::design::{self, Design, Kept, PoolSize, Wanted};
use super::slots::{self, SlotLimits, SlotPlan};
use super::timetable::{self, Expected, Timetable};
use crate::domain::*;
use crate::waterway::Waterway;
pub use pinning::read_pinned;
pub use redesign::{AuditorOf, Redesign, redesign};
pub use retiming::retime;
pub use staying::{freeze, going_on};
use std::cmp::Reverse;
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
    /// What stays as it is, such as services of the plan that the start is.
    pub pins: Vec<Pin>,
    /// Services and times of this plan go on as far as the task still lets them: as few of its calls as possible move.
    pub before: Option<Plan>,
    /// What counts beside money.
    pub weights: Weights,
    pub program_version: String,
}

impl Request {
    /// A plan of the water bus from nothing, with the first seed and all services free.
    pub fn new(limit: Limit, threads: usize, program_version: &str) -> Self {
        let (practice, program_version) = (Practice::WaterBus, program_version.to_owned());
        Self {
            practice,
            seed: 1,
            limit,
            threads,
            start: None,
            pins: Vec::new(),
            before: None,
            weights: Weights::default(),
            program_version,
        }
    }
}

/// How planning ended.
#[derive(Clone, Debug)]
pub enum Outcome {
    Plan(Box<Plan>, Box<Report>),
    NoPlan { reason: String },
}

/// Shares of the time after which a stage has to end, of what the settlement leaves.
const DESIGN_ENDS: f64 = 0.86;
const TIMETABLE_ENDS: f64 = 0.92;
const SLOTS_END: f64 = 0.94;
/// Seconds for each demand that the first timetable and its cargo may need: where these shares leave less, the stages before end sooner.
const FIRST_PLAN_S: f64 = 0.003;
/// Share of it for the cargo.
const CARGO_SHARE: f64 = 0.5;
/// Share of the time that is left for the design all the same.
const LEAST_DESIGN: f64 = 0.4;
/// Rounds of the first of every four timetables; the other three have two, three and four times as many.
const ROUNDS: u64 = 40;
/// Units of a work limit for each further timetable, and most of those.
const WORK_PER_TIMETABLE: u64 = 25;
const MOST_TIMETABLES: u64 = 7;
/// Timetables in a row that give no better plan, after which no more are made.
const MOST_IN_VAIN: u32 = 12;
/// Rotations that the design's bound covers.
const POOL: usize = 40;

/// The independent checker, handed in by the caller: planning rooms do not know it.
pub type Auditor<'a> = dyn Fn(&Plan) -> Report + 'a;

/// Plans and settles. Ends by the limit, or soon after a cancel, with the best audited plan.
pub fn plan(problem: &Problem, waterway: &Waterway, request: &Request, auditor: &Auditor, control: &Control) -> Outcome {
    let settling = settling::share_of_time(problem, request.limit, request.threads).unwrap_or(0.0);
    match plan_unsettled(problem, waterway, request, 1.0 - settling, auditor, control) {
        Outcome::Plan(plan, report) => {
            let (plan, report) = settling::settled(problem, waterway, (*plan, *report), request.threads, auditor, control);
            Outcome::Plan(Box::new(plan), Box::new(report))
        }
        nothing => nothing,
    }
}

/// The best audited plan, without a settlement, in a share of the time.
fn plan_unsettled(
    problem: &Problem,
    waterway: &Waterway,
    request: &Request,
    planning: f64,
    auditor: &Auditor,
    control: &Control,
) -> Outcome {
    let weighed = weighing::weigh(problem, request.weights);
    let problem = weighed.as_ref();
    let kept = match &request.before {
        Some(before) => going_on(problem, waterway, request.practice, &request.pins, before).0,
        None => request.pins.iter().cloned().map(Kept::from).collect(),
    };
    let pinned = match read_pinned(problem, waterway, request.practice, &kept) {
        Ok(pinned) => pinned,
        Err(faults) => {
            let reasons: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Outcome::NoPlan { reason: reasons.join("; ") };
        }
    };
    let wanted = Wanted { practice: request.practice, pinned };
    let best =
        Best { plan: None, improvements: 0, reason: String::new(), weights: request.weights, before: request.before.as_ref() };
    let mut run = Run { problem, waterway, request, kept, wanted, auditor, control, planning, best, rerouted: None };
    if let Some(start) = &request.start {
        run.best.consider(start.clone(), auditor(start), f64::INFINITY);
    }
    let size = PoolSize::for_network(problem.terminals.len());
    let work = match request.limit {
        Limit::TimeS(_) => None,
        Limit::Work(work) => Some(work),
    };
    let limits = design::SearchLimits {
        deadline: run.by_at_least(DESIGN_ENDS, 1.0),
        work,
        seed: request.seed,
        threads: request.threads,
        pool: POOL,
    };
    let design = design::design(problem, waterway, &run.wanted, &size, &limits, control);
    let design = run.realise_in_turn(design, &limits);
    let may_be_idle = request.pins.is_empty();
    if may_be_idle && run.best.plan.as_ref().is_none_or(|(_, report, _)| request.weights.worth(report) < Cents(0)) {
        run.realise(&design.idle(), 0, false);
    }
    match run.best.plan {
        Some((plan, report, _)) => Outcome::Plan(Box::new(plan), Box::new(report)),
        None => Outcome::NoPlan { reason: run.best.reason },
    }
}

/// The best audited plan so far with its waiting, or why there is none.
struct Best<'a> {
    plan: Option<(Plan, Report, f64)>,
    /// Plans that were the best when they came.
    improvements: u64,
    reason: String,
    weights: Weights,
    /// The plan whose calls should stay.
    before: Option<&'a Plan>,
}

impl Best<'_> {
    /// Keeps the plan that moves fewer calls; of those the one that is worth more, and of two that are worth the same, the one on whose
    /// timetable boxes wait less.
    fn consider(&mut self, plan: Plan, report: Report, waiting: f64) {
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
        let moved = |plan: &Plan| self.before.map_or(0, |before| before.calls_moved_by(plan).len());
        let rank = |plan: &Plan, report: &Report| (Reverse(moved(plan)), self.weights.worth(report));
        let own = rank(&plan, &report);
        let better = |(known, known_report, known_waiting): &(Plan, Report, f64)| {
            let known = rank(known, known_report);
            own > known || (own == known && waiting < *known_waiting)
        };
        if self.plan.as_ref().is_none_or(better) {
            self.plan = Some((plan, report, waiting));
            self.improvements += 1;
        }
    }
}

/// What one request is planned from, and what came of it so far.
struct Run<'a> {
    problem: &'a Problem,
    waterway: &'a Waterway,
    request: &'a Request,
    /// The pins of the request, then services that go on from the plan before.
    kept: Vec<Kept>,
    wanted: Wanted,
    auditor: &'a Auditor<'a>,
    control: &'a Control,
    /// Share of the time for all that comes before a settlement.
    planning: f64,
    best: Best<'a>,
    /// What rides on the best plan of the design at hand.
    rerouted: Option<Loads>,
}

impl Run<'_> {
    /// The moment by which a share of the planning time has gone; `None` under a work limit.
    fn by(&self, share: f64) -> Option<Instant> {
        self.control.deadline(share * self.planning)
    }

    /// The same, but not later than a part of the first plan's time before the end.
    fn by_at_least(&self, share: f64, part: f64) -> Option<Instant> {
        let Limit::TimeS(seconds) = self.request.limit else { return None };
        let all = seconds as f64 * self.planning;
        let first_plan = (FIRST_PLAN_S * self.problem.demands.len() as f64).min(all * (1.0 - LEAST_DESIGN));
        self.by(share.min(1.0 - first_plan * part / all.max(1.0)))
    }

    /// Several timetables of a design: which cargo finds room and meets its mother vessel is only known once it is loaded. Where a service
    /// finds no times, its stays are cut to what its load needs; where it still finds none, the design takes another in its place.
    fn realise_in_turn(&mut self, mut design: Design, limits: &design::SearchLimits) -> Design {
        let timetables = match self.request.limit {
            Limit::TimeS(_) => u64::MAX,
            Limit::Work(work) => 1 + (work / WORK_PER_TIMETABLE).min(MOST_TIMETABLES),
        };
        let ends = self.by_at_least(TIMETABLE_ENDS, CARGO_SHARE);
        let mut longest = Duration::ZERO;
        let mut all_have_times = false;
        let mut in_vain = 0;
        for turn in 0..timetables {
            let (begun, before) = (Instant::now(), self.best.improvements);
            let enough = self.by(SLOTS_END).map(|end| end - longest).min(ends);
            if turn > 0 && (self.control.is_over(enough) || in_vain == MOST_IN_VAIN) {
                break;
            }
            let without_times = self.realise(&design, turn, all_have_times);
            longest = longest.max(begun.elapsed());
            in_vain = if self.best.improvements > before { 0 } else { in_vain + 1 };
            let free = without_times.into_iter().find(|line| design.pinned[*line].is_none());
            let Some(line) = free.filter(|_| !all_have_times) else {
                all_have_times = true;
                continue;
            };
            self.rerouted = None;
            if design.lines[line].dwell != design.shortest_stays[line] {
                design.lines[line].dwell = design.shortest_stays[line].clone();
                continue;
            }
            let limits = design::SearchLimits { deadline: ends, ..*limits };
            let other = design.without(self.problem, self.waterway, &self.wanted, line, &limits, self.control);
            if let Some(other) = other.filter(|other| other.value > 0.0) {
                self.control.report("design", Some(other.value), Some(other.bound), "another service for one without times");
                design = other;
            }
        }
        design
    }

    /// Times and cargo for the designed services; dropped services are left out and the rest is tried again. Returns the services that
    /// found no times beside all others.
    fn realise(&mut self, design: &Design, turn: u64, shuffled: bool) -> Vec<usize> {
        let Self { problem, waterway, request, control, .. } = *self;
        let mut without_times = Vec::new();
        let mut kept: Vec<usize> = (0..design.lines.len()).collect();
        for _ in 0..=design.lines.len() {
            let lines: Vec<Line> = kept.iter().map(|line| design.lines[*line].clone()).collect();
            let limits = self.timetable_limits(turn, shuffled);
            let rerouted = self.rerouted.as_ref().filter(|_| turn % 2 == 1);
            let expected = self.expected(design, rerouted.unwrap_or(&design.loads), &kept);
            let table = timetable::timetable(problem, waterway, &lines, &expected, &limits, control);
            for unplaced in &table.unplaced {
                control.report("timetable", None, None, format!("service dropped: {}", unplaced.reason));
                without_times.push(kept[unplaced.line]);
            }
            if let Some(reason) = self.lacks_pinned(design, &kept, &table) {
                self.best.reason = reason;
                break;
            }
            let timed: Vec<TimedLine> = table.lines.iter().map(|(_, timed)| timed.clone()).collect();
            let Some(cargo) = self.load(&timed) else {
                self.best.reason = "the limit was reached before cargo was loaded".to_owned();
                break;
            };
            let placed: Vec<usize> = table.lines.iter().map(|(row, _)| kept[*row]).collect();
            let is_free = |row: &&usize| self.kept(design, placed[**row]).is_none_or(|kept| !kept.must);
            if let Some(short) = cargo.too_small.iter().find(is_free) {
                control.report("slots", None, None, "service dropped: one of its calls is below the terminal's smallest");
                kept = placed.iter().enumerate().filter(|(row, _)| row != short).map(|(_, line)| *line).collect();
                continue;
            }
            let pins: Vec<Option<&Pin>> = placed.iter().map(|line| self.kept(design, *line).map(|kept| &kept.pin)).collect();
            let mut plan = assemble::plan(problem, waterway, request, &timed, &pins, &cargo);
            let worth = request.weights.worth(&(self.auditor)(&plan)).units();
            plan.proofs = proofs(design, &table, &cargo, worth);
            let report = (self.auditor)(&plan);
            control.report("audit", Some(worth), Some(design.bound), format!("{} violations", report.violations.len()));
            let before = self.best.improvements;
            self.best.consider(plan, report, table.value);
            if self.best.improvements > before {
                self.rerouted = Some(rerouting::loads(problem, &design.lines, &placed, &cargo.carried));
            }
            break;
        }
        without_times
    }

    /// What a service of the design keeps.
    fn kept(&self, design: &Design, line: usize) -> Option<&Kept> {
        design.pinned[line].map(|row| &self.kept[row])
    }

    /// Why a service that must stay has no times, if one has none.
    fn lacks_pinned(&self, design: &Design, lines: &[usize], table: &Timetable) -> Option<String> {
        table.unplaced.iter().find_map(|unplaced| {
            let kept = self.kept(design, lines[unplaced.line]).filter(|kept| kept.must)?;
            Some(format!("service {} cannot stay as it is: {}", kept.pin.service.service, unplaced.reason))
        })
    }

    /// Cargo and the times to keep, for some lines of the design.
    fn expected(&self, design: &Design, loads: &Loads, lines: &[usize]) -> Expected {
        let times = |calls: &dyn Fn(&Kept) -> &[PinnedCall]| -> Vec<Vec<(usize, Minutes)>> {
            let of = |line: &usize| self.kept(design, *line).map_or(Vec::new(), |kept| pinning::times(calls(kept)));
            lines.iter().map(of).collect()
        };
        let ships =
            |line: &usize| design.pinned[*line].map_or(Vec::new(), |row| self.wanted.pinned.services()[row].meets.clone());
        Expected {
            loads: loads.of(lines),
            pinned: times(&|kept| &kept.pin.calls),
            meets: lines.iter().map(ships).collect(),
            former: times(&|kept| &kept.wished),
        }
    }

    fn timetable_limits(&self, turn: u64, shuffled: bool) -> timetable::SearchLimits {
        let (rounds, nodes) = match self.request.limit {
            Limit::TimeS(_) => (ROUNDS * (1 + turn % 4), 200),
            Limit::Work(work) => (20 + work.min(1_000), 50),
        };
        let seed = self.request.seed.wrapping_add(turn);
        timetable::SearchLimits { deadline: self.by_at_least(TIMETABLE_ENDS, CARGO_SHARE), rounds, nodes, seed, shuffled }
    }

    /// Loads cargo. A cancelled run still gets this far: it finishes with its own clock.
    fn load(&self, timed: &[TimedLine]) -> Option<SlotPlan> {
        let Self { problem, waterway, request, control, .. } = *self;
        let nodes = match request.limit {
            Limit::TimeS(_) => 2_000,
            Limit::Work(work) => work.min(200),
        };
        let limits = SlotLimits { deadline: self.by(SLOTS_END), nodes, seed: request.seed };
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
}

/// Seconds that a cancelled or late run may take to load its cargo.
const FINISHING_S: u64 = 6;

fn proofs(design: &Design, table: &Timetable, cargo: &SlotPlan, worth: f64) -> Vec<Proof> {
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
        Proof::new(Stage::Plan, pool, worth, design.bound.max(worth)),
    ]
}
