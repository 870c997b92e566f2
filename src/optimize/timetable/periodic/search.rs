//! The search on all threads. First each thread anneals one timetable after the other, each quickly and from a fresh start. Then pairs of
//! timetables are merged: nodes stay together where the two agree, and what is between is annealed again, from the better one. Last, the best
//! one is cooled down. Threads meet after every leg, so the same work gives the same timetable.

use super::PeriodicOptions;
use super::anneal::{End, Leg, Solution, anneal, shake};
use super::contract::Core;
use super::feasible::find_feasible;
use super::grouping::Grouping;
use super::merger::Merger;
use super::worker::Worker;
use crate::domain::Limit;
use crate::optimize::control::Control;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// Share of the search for fresh timetables, and for cooling down the best one.
const FRESH_SHARE: f64 = 0.33;
const COOLING_SHARE: f64 = 0.06;
/// Times every node is moved, on average, for a fresh timetable and for a merger: a longer anneal gains less than another one.
const FRESH_PASSES: f64 = 2000.0;
const MERGER_PASSES: f64 = 800.0;
/// Most fresh timetables of a thread.
const MOST_FRESH: f64 = 16.0;

/// How hot a leg is, in the average weight, and how much hotter its bold steps are at first.
#[derive(Clone, Copy, Debug)]
struct Heat {
    nodes: [f32; 2],
    bolder: f32,
    groupings: &'static [Grouping],
}

/// Hot enough to move whole services; then for what two timetables leave open; last down to the single slot.
const FRESH: Heat = Heat { nodes: [3.0, 0.6], bolder: 10.0, groupings: &[Grouping::Nodes, Grouping::Services] };
const MERGER: Heat =
    Heat { nodes: [1.2, 0.5], bolder: 1.0, groupings: &[Grouping::Nodes, Grouping::Services, Grouping::Regions] };
const COOLING: Heat = Heat { nodes: [0.7, 0.02], ..MERGER };
/// Steps that make a fresh start.
const SHAKES: usize = 30;
/// Time kept back for what comes after the search.
const AFTER: Duration = Duration::from_millis(150);

/// What the search works on, and until when.
pub(super) struct Search<'a> {
    pub core: &'a Core,
    pub options: &'a PeriodicOptions,
    pub control: &'a Control,
    /// What the timetable costs beside the core.
    pub beside: i64,
}

/// How the search is divided.
#[derive(Clone, Copy, Debug)]
struct Plan {
    /// Timetables that each thread anneals from a fresh start.
    fresh: u64,
    /// Share of the search that takes.
    fresh_share: f64,
    /// Pairs that each thread merges.
    mergers: u64,
}

/// Ends of the legs: shares of the work, or of the time from some moment on.
#[derive(Clone, Copy, Debug)]
enum Budget {
    Work(f64),
    Time { from: Instant, until: Instant },
}

impl Budget {
    /// The end of a leg that takes the search from one share to another.
    fn end(self, from_share: f64, to_share: f64) -> End {
        match self {
            Self::Work(all) => End::Work((all * (to_share - from_share)) as u64),
            Self::Time { from, until } => End::By(from + until.saturating_duration_since(from).mul_f64(to_share.clamp(0.0, 1.0))),
        }
    }
}

impl<'a> Search<'a> {
    /// The best times found, or the fewest links outside their spans when the limit came first.
    pub fn run(&self) -> Result<Solution, usize> {
        let deadline = self.control.deadline(1.0).map(|end| end.checked_sub(AFTER).unwrap_or(end));
        let mut workers: Vec<Worker> = (0..self.options.threads.max(1)).map(|row| self.worker(row)).collect();
        let starts = self.find_starts(&mut workers, deadline)?;
        let begun = Instant::now();
        let shaken = self.on_all(&mut workers, |worker, row| shake(worker, &starts[row], SHAKES));
        let work: u64 = shaken.iter().map(|(_, work)| work).sum();
        let work_per_s = work as f64 / shaken.len() as f64 / begun.elapsed().as_secs_f64().max(1e-6);
        let nodes = self.core.nodes as f64;
        let (budget, passes) = match (self.control.limit(), deadline) {
            (Limit::Work(work), _) => (Budget::Work(work as f64 * nodes), work as f64),
            (Limit::TimeS(_), until) => {
                let (from, until) = (Instant::now(), until.unwrap_or(begun));
                let left_s = until.saturating_duration_since(from).as_secs_f64();
                (Budget::Time { from, until }, left_s * work_per_s / nodes)
            }
        };
        let plan = Plan::new(passes, workers.len());
        let fresh: Vec<Solution> = shaken.into_iter().map(|(start, _)| start).collect();
        let mut pool = self.anneal_fresh(&mut workers, &fresh, plan, budget);
        pool.extend(starts);
        let pool = self.merge(&mut workers, pool, plan, budget);
        Ok(self.cool_down(&mut workers, &pool[0], budget))
    }

    fn worker(&self, row: usize) -> Worker<'a> {
        Worker::new(self.core, self.options.seed.wrapping_mul(7919).wrapping_add(row as u64))
    }

    /// Does the same on all threads, and lists what they found in the order of the threads.
    fn on_all<T: Send>(&self, workers: &mut [Worker<'a>], run: impl Fn(&mut Worker<'a>, usize) -> T + Sync) -> Vec<T> {
        std::thread::scope(|scope| {
            let run = &run;
            let threads = workers.iter_mut().enumerate();
            let threads: Vec<_> = threads.map(|(row, worker)| scope.spawn(move || run(worker, row))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    /// Times that keep all spans, for every thread. A thread that finds none goes on from those of another.
    fn find_starts(&self, workers: &mut [Worker<'a>], deadline: Option<Instant>) -> Result<Vec<Solution>, usize> {
        let most = match self.control.limit() {
            Limit::Work(work) => work.saturating_mul(self.core.nodes as u64),
            Limit::TimeS(_) => u64::MAX,
        };
        let found = self.on_all(workers, |worker, _| {
            let mut done = 0u64;
            find_feasible(worker, |work| {
                done = done.saturating_add(work);
                done >= most || self.control.is_over(deadline)
            })
        });
        let Some(first) = found.iter().find_map(|times| times.as_ref().ok()).cloned() else {
            return Err(found.into_iter().filter_map(Result::err).min().unwrap_or_default());
        };
        let solution = |times: Vec<i32>| Solution { cost: self.core.cost(&times), times };
        let starts: Vec<Solution> = found.into_iter().map(|times| solution(times.unwrap_or_else(|_| first.clone()))).collect();
        starts.iter().for_each(|start| self.report(start, "first timetable"));
        Ok(starts)
    }

    fn leg(&self, heat: &Heat, end: End) -> Leg<'static> {
        let unit = self.core.average_weight();
        Leg { heats: heat.nodes.map(|heat| heat * unit), bolder: heat.bolder, groupings: heat.groupings, end }
    }

    /// Each thread anneals some timetables, one after the other.
    fn anneal_fresh(&self, workers: &mut [Worker<'a>], starts: &[Solution], plan: Plan, budget: Budget) -> Vec<Solution> {
        let share = |leg: u64| plan.fresh_share * leg as f64 / plan.fresh as f64;
        let mut pool = Vec::new();
        for leg in 0..plan.fresh {
            let leg = self.leg(&FRESH, budget.end(share(leg), share(leg + 1)));
            let found = self.on_all(workers, |worker, row| anneal(worker, &starts[row], &leg, self.control));
            pool.extend(found);
            sort(&mut pool);
            self.report(&pool[0], format!("{} timetables annealed", pool.len()));
        }
        pool
    }

    /// Merges pairs of the pool until its share of the work is done, and returns the pool, best first.
    fn merge(&self, workers: &mut [Worker<'a>], mut pool: Vec<Solution>, plan: Plan, budget: Budget) -> Vec<Solution> {
        sort(&mut pool);
        let share = |round: u64| {
            let gone = round as f64 / plan.mergers as f64;
            plan.fresh_share + (1.0 - COOLING_SHARE - plan.fresh_share) * gone
        };
        let mut rng = ChaCha8Rng::seed_from_u64(self.options.seed);
        for round in 0..plan.mergers {
            let pairs: Vec<[usize; 2]> = workers.iter().map(|_| draw_pair(pool.len(), &mut rng)).collect();
            let end = budget.end(share(round), share(round + 1));
            let children = self.on_all(workers, |worker, row| {
                let [better, worse] = pairs[row].map(|place| &pool[place]);
                let merger = Merger::new(self.core, better, worse);
                let mut merging = Worker::new(&merger.core, worker.rng.random());
                merger.lift(&anneal(&mut merging, &merger.start(), &self.leg(&MERGER, end), self.control))
            });
            let worth: Vec<i64> = pool.iter().map(|solution| solution.cost).collect();
            for (child, [better, worse]) in children.into_iter().zip(pairs) {
                if child.cost < worth[better] && pool.iter().all(|other| other.cost != child.cost) {
                    pool[worse] = child;
                }
            }
            sort(&mut pool);
            self.report(&pool[0], format!("{} of {} mergers", round + 1, plan.mergers));
            if pool[0].cost == 0 || self.control.is_cancelled() {
                break;
            }
        }
        pool
    }

    fn cool_down(&self, workers: &mut [Worker<'a>], best: &Solution, budget: Budget) -> Solution {
        let leg = self.leg(&COOLING, budget.end(1.0 - COOLING_SHARE, 1.0));
        let mut found = self.on_all(workers, |worker, _| anneal(worker, best, &leg, self.control));
        sort(&mut found);
        self.report(&found[0], "cooled down");
        found.swap_remove(0)
    }

    fn report(&self, solution: &Solution, note: impl Into<String>) {
        self.control.report("timetable", Some((solution.cost + self.beside) as f64), None, note);
    }
}

impl Plan {
    /// Divides so many moves of every node.
    fn new(passes: f64, threads: usize) -> Self {
        let fresh = (passes * FRESH_SHARE / FRESH_PASSES).round().clamp(1.0, MOST_FRESH) as u64;
        let fresh_share = if threads == 1 && fresh == 1 { 1.0 - COOLING_SHARE } else { FRESH_SHARE };
        let mergers = (passes * (1.0 - COOLING_SHARE - fresh_share) / MERGER_PASSES).clamp(1.0, 1e6) as u64;
        Self { fresh, fresh_share, mergers }
    }
}

/// Best first; of equal ones that with the earlier times.
fn sort(pool: &mut [Solution]) {
    pool.sort_by(|a, b| a.cost.cmp(&b.cost).then_with(|| a.times.cmp(&b.times)));
}

/// Two places of a pool, the better one first.
fn draw_pair(pool: usize, rng: &mut ChaCha8Rng) -> [usize; 2] {
    let first = rng.random_range(0..pool);
    let second = (first + rng.random_range(1..pool)) % pool;
    [first.min(second), first.max(second)]
}
