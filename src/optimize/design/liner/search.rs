//! Designs a network on all threads: each anneals by itself for a while, then the one that stands worst goes on from the best.

use super::LinerOptions;
use super::cost::Costing;
use super::market::{Liner, Service};
use super::moves::Charts;
use crate::domain::Limit;
use crate::domain::liner::{LinerProblem, LinerService};
use crate::optimize::control::Control;
use crate::optimize::design::anneal::{Annealed, Boldness, Schedule, Session, falling};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Parts of the search between which threads exchange what they found.
const ROUNDS: u32 = 12;
/// Networks tried for each unit of a work limit, in each round.
const TRIES: u64 = 20;
/// Shares of all networks tried that are kept, at the start and at the end.
const KEPT: [f64; 2] = [0.06, 0.003];
/// Hottest heat, in what one vessel costs a week on average.
const HOTTEST: f64 = 0.75;
/// Rounds after which the thread that stands worst goes on from the best network.
const EXCHANGES: [u32; 4] = [3, 5, 7, 9];
/// Gap between bound and best network that is rounding.
const PROVED: f64 = 1e-5;
/// Time and share of the time kept back for what comes after the search.
const AFTER: Duration = Duration::from_millis(200);
const AFTER_SHARE: f64 = 0.03;

/// What the search works on, and until when.
struct Search<'a> {
    problem: &'a LinerProblem,
    costing: &'a Costing<'a>,
    charts: &'a Charts,
    options: &'a LinerOptions,
    control: &'a Control,
    begun: Instant,
    deadline: Option<Instant>,
    proof: &'a OnceLock<f64>,
}

/// The services of the best network found, and its value in USD a week, counted once more from nothing. Ends when `proof`, a value that no
/// network exceeds, says that there is no better one.
pub fn search(
    problem: &LinerProblem,
    options: &LinerOptions,
    control: &Control,
    proof: &OnceLock<f64>,
) -> (Vec<LinerService>, f64) {
    let costing = Costing::new(problem);
    let charts = Charts::new(&costing);
    let begun = Instant::now();
    let kept_back = |end: Instant| (end.saturating_duration_since(begun)).mul_f64(AFTER_SHARE) + AFTER;
    let deadline = control.deadline(1.0).map(|end| end.checked_sub(kept_back(end)).unwrap_or(end));
    let search = Search { problem, costing: &costing, charts: &charts, options, control, begun, deadline, proof };
    let services = search.run();
    // the flow that a long search ends with is not trusted: the best network is loaded once more from nothing
    let value = search.session(services.clone()).stands_on().0;
    (written(&costing, &charts, options, &services), value)
}

impl<'a> Search<'a> {
    fn session(&self, services: Vec<Service>) -> Session<Liner<'a>> {
        let (liner, lp) = Liner::new(self.costing, self.charts, self.options);
        Session::new(liner, lp, services)
    }

    /// The services of the best network found.
    fn run(&self) -> Vec<Service> {
        let mut best: (f64, Vec<Service>) = (self.problem.empty_usd(), Vec::new());
        let mut threads: Vec<Session<Liner>> = (0..self.options.threads.max(1)).map(|_| self.session(Vec::new())).collect();
        for round in 0..ROUNDS {
            let ends: Vec<Annealed<Liner>> = std::thread::scope(|scope| {
                let workers = threads.iter_mut().enumerate();
                let workers: Vec<_> =
                    workers.map(|(row, session)| scope.spawn(move || self.anneal(session, round, row))).collect();
                workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
            });
            let tried: u64 = ends.iter().map(|end| end.tries).sum();
            for end in ends {
                if end.value > best.0 {
                    best = (end.value, end.services);
                }
            }
            let note = format!("{} services, {tried} networks tried", best.1.len());
            self.control.report("design", Some(best.0), None, note);
            if self.control.is_over(self.deadline) || self.is_proved(best.0) {
                break;
            }
            if threads.len() > 1 && EXCHANGES.contains(&round) {
                let worst = threads.iter_mut().min_by(|a, b| a.stands_on().0.total_cmp(&b.stands_on().0));
                worst.into_iter().for_each(|worst| worst.start_from(best.1.clone()));
            }
        }
        best.1
    }

    /// No network is better by more than rounding. Under a work limit the search does all its work, for the proof comes when it comes.
    fn is_proved(&self, value: f64) -> bool {
        self.deadline.is_some() && self.proof.get().is_some_and(|bound| bound - value <= PROVED * bound.abs())
    }

    /// A part of the search on one thread.
    fn anneal(&self, session: &mut Session<Liner<'a>>, round: u32, row: usize) -> Annealed<Liner<'a>> {
        let tries = match self.control.limit() {
            Limit::Work(work) => work * TRIES,
            Limit::TimeS(_) => u64::MAX,
        };
        let kept = |round: u32| falling(KEPT[0], KEPT[1], f64::from(round) / f64::from(ROUNDS));
        let hottest = HOTTEST * vessel_usd(self.problem);
        let schedule = Schedule {
            deadline: self.round_end(round),
            tries,
            seed: self.options.seed.wrapping_mul(7919).wrapping_add(u64::from(round) * 1009 + row as u64),
            boldness: Boldness::Steered { first: kept(round), last: kept(round + 1), hottest },
        };
        session.run(&schedule, self.control, &mut |_, _| {})
    }

    fn round_end(&self, round: u32) -> Option<Instant> {
        let by = |end: Instant| end.saturating_duration_since(self.begun).mul_f64(f64::from(round + 1) / f64::from(ROUNDS));
        self.deadline.map(|end| self.begun + by(end))
    }
}

/// What a vessel costs a week on average; something, where vessels cost nothing.
fn vessel_usd(problem: &LinerProblem) -> f64 {
    let vessels: u32 = problem.classes.iter().map(|class| class.vessels).sum();
    let charter: f64 = problem.classes.iter().map(|class| 7.0 * class.charter_usd_per_day * f64::from(class.vessels)).sum();
    (charter / f64::from(vessels.max(1))).max(1.0)
}

/// Services with their vessels, ways and speeds.
fn written(costing: &Costing, charts: &Charts, options: &LinerOptions, services: &[Service]) -> Vec<LinerService> {
    let (liner, _) = Liner::new(costing, charts, options);
    let vessels = liner.allot_all(services).map(|(_, vessels)| vessels).unwrap_or_default();
    let run = services.iter().zip(vessels).filter_map(|(service, vessels)| {
        let cost = costing.cost(service.class, &service.calls, vessels).ok()?;
        Some(cost.service(service.calls.to_vec()))
    });
    run.collect()
}
