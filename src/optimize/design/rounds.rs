//! Annealing on all threads: each searches by itself for a while, then the one that stands worst goes on from the best.

use super::anneal::{Annealed, Market, Schedule, Session, falling};
use crate::optimize::control::Control;
use std::time::Instant;

/// Parts of the search between which threads may exchange what they found.
const ROUNDS: u32 = 12;
/// Rounds after which the thread that stands worst goes on from the best network.
const EXCHANGES: [u32; 4] = [3, 5, 7, 9];

/// What all rounds together may spend.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    pub begun: Instant,
    pub deadline: Option<Instant>,
    /// Networks tried by each thread in a round, at most.
    pub tries: u64,
    pub seed: u64,
    /// Shares of all networks tried that are kept, at the start and at the end.
    pub kept: [f64; 2],
    /// Most money of a loss that is kept in one of `e` cases.
    pub hottest: f64,
}

/// Hears of a network that is the best so far of a thread, given by its row, in a round.
pub type Improved<'a, S> = dyn Fn(usize, f64, &[S]) + Sync + 'a;

/// The best network found and its value, from `best` and one session for each thread. `go_on` hears of the best after each round.
pub fn search<M: Market>(
    mut best: (f64, Vec<M::Service>),
    threads: &mut [Session<M>],
    rounds: &Rounds,
    control: &Control,
    improved: &Improved<M::Service>,
    go_on: &dyn Fn(f64) -> bool,
) -> (f64, Vec<M::Service>) {
    for round in 0..ROUNDS {
        let ends: Vec<Annealed<M>> = std::thread::scope(|scope| {
            let work = |(row, session): (usize, &mut Session<M>)| {
                session.run(&rounds.schedule(round, row), control, &mut |value, services| improved(row, value, services))
            };
            let workers: Vec<_> = threads.iter_mut().enumerate().map(|own| scope.spawn(move || work(own))).collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let tried: u64 = ends.iter().map(|end| end.tries).sum();
        for end in ends {
            if end.value > best.0 {
                best = (end.value, end.services);
            }
        }
        let value = Some(best.0).filter(|value| value.is_finite());
        control.report("design", value, None, format!("{} services, {tried} networks tried", best.1.len()));
        if control.is_over(rounds.deadline) || !go_on(best.0) {
            break;
        }
        if threads.len() > 1 && EXCHANGES.contains(&round) {
            let worst = threads.iter_mut().min_by(|a, b| a.stands_on().0.total_cmp(&b.stands_on().0));
            worst.into_iter().for_each(|worst| worst.start_from(best.1.clone()));
        }
    }
    best
}

impl Rounds {
    /// A round on one thread: the share of networks kept falls from round to round.
    fn schedule(&self, round: u32, row: usize) -> Schedule {
        let kept = |round: u32| falling(self.kept[0], self.kept[1], f64::from(round) / f64::from(ROUNDS));
        let passed = f64::from(round + 1) / f64::from(ROUNDS);
        let ends = |end: Instant| self.begun + end.saturating_duration_since(self.begun).mul_f64(passed);
        Schedule {
            deadline: self.deadline.map(ends),
            tries: self.tries,
            seed: self.seed.wrapping_mul(7919).wrapping_add(u64::from(round) * 1009 + row as u64),
            first: kept(round),
            last: kept(round + 1),
            hottest: self.hottest,
        }
    }
}
