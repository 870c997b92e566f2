//! Designs a network on all threads: each anneals by itself for a while, then the one that stands worst goes on from the best.

use super::cost::Costing;
use super::market::{Liner, Service};
use super::moves::Charts;
use super::{LinerOptions, simple_bound};
use crate::domain::liner::{LinerNetwork, LinerProblem};
use crate::optimize::control::Control;
use crate::optimize::design::anneal::{Annealed, Schedule, anneal};
use std::time::{Duration, Instant};

/// Parts of the search between which threads exchange what they found.
const ROUNDS: u32 = 12;
/// Networks tried for each unit of a work limit, in each round.
const TRIES: u64 = 20;
/// Share of what one vessel costs a week on average that a loss may come to in one of `e` cases, at the start and at the end.
const HOT: f64 = 0.25;
const COLD: f64 = 0.004;
/// Time kept back for what comes after the search.
const AFTER: Duration = Duration::from_millis(200);

struct Thread {
    services: Vec<Service>,
    value: f64,
}

/// The best network found.
pub fn search(problem: &LinerProblem, options: &LinerOptions, control: &Control) -> LinerNetwork {
    let costing = Costing::new(problem);
    let charts = Charts::new(&costing);
    let begun = Instant::now();
    let deadline = control.deadline(1.0).map(|end| end.checked_sub(AFTER).unwrap_or(end));
    let mut best = (problem.empty_usd(), Vec::new());
    let mut threads: Vec<Thread> =
        (0..options.threads.max(1)).map(|_| Thread { services: Vec::new(), value: problem.empty_usd() }).collect();
    let vessels: u32 = problem.classes.iter().map(|class| class.vessels).sum();
    let charter: f64 = problem.classes.iter().map(|class| 7.0 * class.charter_usd_per_day * f64::from(class.vessels)).sum();
    let scale = charter / f64::from(vessels.max(1));
    let heat = |round: u32| scale * HOT * (COLD / HOT).powf(f64::from(round) / f64::from(ROUNDS));
    for round in 0..ROUNDS {
        let end = deadline.map(|end| begun + end.saturating_duration_since(begun).mul_f64(f64::from(round + 1) / f64::from(ROUNDS)));
        let ends: Vec<Annealed<Liner>> = std::thread::scope(|scope| {
            let workers: Vec<_> = threads.iter().enumerate().map(|(row, thread)| {
                let (costing, charts) = (&costing, &charts);
                let schedule = Schedule {
                    deadline: end,
                    tries: match control.limit() {
                        crate::domain::Limit::Work(work) => Some(work * TRIES),
                        crate::domain::Limit::TimeS(_) => None,
                    },
                    seed: options.seed.wrapping_mul(7919).wrapping_add(u64::from(round) * 1009 + row as u64),
                    hot: heat(round),
                    cold: heat(round + 1),
                };
                scope.spawn(move || {
                    let (mut liner, lp) = Liner::new(costing, charts, options);
                    anneal(&mut liner, lp, thread.services.clone(), &schedule, control, &mut |_, _| {})
                })
            }).collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let mut tries = 0;
        for (thread, end) in threads.iter_mut().zip(ends) {
            tries += end.tries;
            if end.value > best.0 {
                best = (end.value, end.services);
            }
            *thread = Thread { services: end.last, value: end.last_value };
        }
        control.report("design", Some(best.0), None, format!("{} services, {tries} networks tried", best.1.len()));
        if 3 * round >= ROUNDS {
            let worst = threads.iter_mut().min_by(|a, b| a.value.total_cmp(&b.value));
            if let Some(worst) = worst.filter(|worst| worst.value < best.0) {
                *worst = Thread { services: best.1.clone(), value: best.0 };
            }
        }
        if control.is_over(deadline) {
            break;
        }
    }
    let (liner, _) = Liner::new(&costing, &charts, options);
    let vessels = liner.allot_all(&best.1).map(|(_, vessels)| vessels).unwrap_or_default();
    let written = best.1.iter().zip(vessels).filter_map(|(service, vessels)| {
        let cost = costing.cost(service.class, &service.calls, vessels).ok()?;
        Some(cost.service(service.calls.to_vec()))
    });
    LinerNetwork { services: written.collect(), value: best.0, bound: simple_bound(problem).max(best.0) }
}
