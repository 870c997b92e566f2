//! Designs a network on all threads.

use super::LinerOptions;
use super::cost::Costing;
use super::market::{Liner, Service};
use super::moves::Charts;
use crate::domain::Limit;
use crate::domain::liner::{LinerProblem, LinerService};
use crate::optimize::control::Control;
use crate::optimize::design::anneal::Session;
use crate::optimize::design::rounds::{self, Rounds};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Networks tried for each unit of a work limit, in each round.
const TRIES: u64 = 20;
/// Shares of all networks tried that are kept, at the start and at the end.
const KEPT: [f64; 2] = [0.06, 0.003];
/// Hottest heat, in what one vessel costs a week on average.
const HOTTEST: f64 = 0.75;
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
        let mut threads: Vec<Session<Liner>> = (0..self.options.threads.max(1)).map(|_| self.session(Vec::new())).collect();
        let tries = match self.control.limit() {
            Limit::Work(work) => work * TRIES,
            Limit::TimeS(_) => u64::MAX,
        };
        let hottest = HOTTEST * vessel_usd(self.problem);
        let rounds = Rounds { begun: self.begun, deadline: self.deadline, tries, seed: self.options.seed, kept: KEPT, hottest };
        let empty = (self.problem.empty_usd(), Vec::new());
        let go_on = |value: f64| !self.is_proved(value);
        rounds::search(empty, &mut threads, &rounds, self.control, &|_, _, _| (), &go_on).1
    }

    /// No network is better by more than rounding. Under a work limit the search does all its work, for the proof comes when it comes.
    fn is_proved(&self, value: f64) -> bool {
        self.deadline.is_some() && self.proof.get().is_some_and(|bound| bound - value <= PROVED * bound.abs())
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
