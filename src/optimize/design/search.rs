//! The search: services chosen one by one, then, where there are more candidates than the pool holds, annealing on all threads, which may
//! leave the candidates. What it found becomes the pool; one thread proves over it while the other goes on improving within it.

use super::anneal::{Market, Session};
use super::decode::has_owners;
use super::greedy;
use super::model::{DesignModel, build};
use super::pinned;
use super::river::{River, Service};
use super::rotation::{Rotation, Scene};
use super::rounds::{self, Rounds};
use crate::domain::{DemandIdx, Fleet, Problem, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::solver::{Answer, Col, Limits, Status, Talk, solve, solve_with_news};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What the search may spend.
#[derive(Clone, Copy, Debug)]
pub struct SearchLimits {
    pub deadline: Option<Instant>,
    /// Branch-and-bound nodes of the MIP over the whole pool, number of neighbourhoods, and a share of the networks that annealing tries.
    /// `None`: until the deadline.
    pub work: Option<u64>,
    pub seed: u64,
    pub threads: usize,
    /// Rotations that the bound covers.
    pub pool: usize,
}

/// The best design found and the bound over the pool.
#[derive(Clone, Debug)]
pub struct Found {
    pub network: Network,
    pub bound: f64,
    /// Rows of the candidates that the bound covers.
    pub pool: Vec<usize>,
    /// All rotations looked at.
    pub candidates: Vec<Rotation>,
    /// Services that are run in every network.
    pub pinned: Vec<pinned::Row>,
}

/// Services and cargo, by row of the pool; rotations without a service are left out.
#[derive(Clone, Debug, Default)]
pub struct Network {
    pub value: f64,
    pub parts: BTreeMap<usize, Part>,
    /// TEU a cycle.
    pub delivered: BTreeMap<DemandIdx, f64>,
}

/// A rotation's share of a network.
#[derive(Clone, Debug)]
pub struct Part {
    /// By choice: 1 when it is run.
    pub run: Vec<f64>,
    /// By ride, TEU a cycle.
    pub ride: Vec<f64>,
    berth: Vec<f64>,
}

/// Shares of the stage's time after which its steps end.
const GREEDY_ENDS: f64 = 0.25;
const EXPLORING_ENDS: f64 = 0.3;
/// As much more of the time for each terminal: annealing a large network still gains when the proof has little to add.
const LONGER_BY_TERMINAL: f64 = 0.003;
const EXPLORING_ENDS_AT_MOST: f64 = 0.7;
/// Relative gap at which a design counts as proved.
const PROVED: f64 = 1e-6;
/// Shares of all networks tried that annealing keeps, at its start and at its end.
const KEPT: [f64; 2] = [0.06, 0.01];
/// Hottest heat of annealing, in what one vessel costs a cycle on average.
const HOTTEST: f64 = 2.0;
/// Networks tried in a round of annealing for each unit of a work limit, and at most for each terminal.
const TRIES: u64 = 25;
const TRIES_PER_TERMINAL: u64 = 2_000;
/// Nodes, gap and time of one neighbourhood.
const NEAR_NODES: u64 = 40;
const NEAR_GAP: f64 = 2e-3;
const NEAR_TIME: Duration = Duration::from_secs(6);

/// Searches the candidates, and beyond them where they are too many to be the pool. `pinned` services are run in every network.
pub fn search(
    scene: &Scene,
    mut candidates: Vec<Rotation>,
    pinned: Vec<pinned::Row>,
    limits: &SearchLimits,
    control: &Control,
) -> Found {
    let now = Instant::now();
    let by = |share: f64| limits.deadline.map(|end| now + end.saturating_duration_since(now).mul_f64(share));
    let (greedy, offers) = greedy::services(scene, &candidates, limits.threads, by(GREEDY_ENDS), control);
    let value: f64 = greedy.iter().map(|(_, alone)| alone.profit).sum();
    control.report("design", Some(value), None, format!("{} services one by one", greedy.len()));
    // no services at all are worth nothing, but they are no answer where some have to be run
    let idle = if pinned.is_empty() { 0.0 } else { f64::NEG_INFINITY };
    let mut best = Network { value: idle, ..Network::default() };
    let mut pool: Vec<usize> = (0..candidates.len()).collect();
    let field = |candidates| Field { scene, candidates, pinned: &pinned, limits, control };
    if candidates.len() > limits.pool {
        let start = first_network(scene, &candidates, &pinned, &greedy);
        let schedule = SearchLimits { deadline: by(exploring_ends(scene.problem.terminals.len())), ..*limits };
        let seen = explore(scene, &candidates, start, &schedule, control);
        let visited = join(&mut candidates, &seen);
        if let Some(found) = seen.first() {
            best = field(&candidates).settle(found).unwrap_or(best);
        }
        pool = pool_of(limits.pool, &best, &visited, &offers, &pinned);
    } else {
        let rows = greedy.iter().map(|(row, _)| *row).chain(pinned.iter().map(|(row, _)| *row));
        let first: Vec<usize> = rows.collect::<BTreeSet<usize>>().into_iter().collect();
        let none = Network::default();
        improve(&mut best, field(&candidates).solve_part(&first, &none, &none), control);
    }
    let whole = field(&candidates).parallel(&pool, &mut best);
    let proved = match whole.status {
        Status::Optimal | Status::Feasible | Status::NothingFound => whole.bound,
        _ => f64::INFINITY,
    };
    Found { bound: proved.min(all_cargo(scene)).max(best.value), network: best, pool, candidates, pinned }
}

/// Share of the stage's time after which annealing ends.
fn exploring_ends(terminals: usize) -> f64 {
    let longer = terminals as f64 * LONGER_BY_TERMINAL;
    (EXPLORING_ENDS + longer).min(EXPLORING_ENDS_AT_MOST)
}

/// The network without one of its services, given by the rows of its rotation and choice, and with what from the other rotations of the
/// pool is best beside the rest.
pub fn without(scene: &Scene, found: &Found, gone: (usize, usize), limits: &SearchLimits, control: &Control) -> Option<Network> {
    let mut kept = found.network.clone();
    kept.parts.get_mut(&gone.0)?.run[gone.1] = 0.0;
    let rows: BTreeSet<usize> = kept.parts.keys().chain(&found.pool).copied().collect();
    let rows: Vec<usize> = rows.into_iter().collect();
    let field = Field { scene, candidates: &found.candidates, pinned: &found.pinned, limits, control };
    field.solve_part(&rows, &Network::default(), &kept)
}

/// The services that stay, and of those chosen one by one the ones that vessels are left for.
fn first_network(
    scene: &Scene,
    candidates: &[Rotation],
    pinned: &[pinned::Row],
    greedy: &[(usize, greedy::Alone)],
) -> Vec<Service> {
    let service =
        |(row, choice): pinned::Row, pinned: bool| Service { rotation: Arc::new(candidates[row].clone()), choice, pinned };
    let (river, _) = River::new(scene, Vec::new());
    let mut services: Vec<Service> = pinned.iter().map(|row| service(*row, true)).collect();
    for (row, alone) in greedy {
        let choice = alone.run.iter().position(|run| *run > 0.5).unwrap_or(0);
        services.push(service((*row, choice), false));
        if river.running_cost(&services).is_none() {
            services.pop();
        }
    }
    services
}

/// What the MILPs over rotations are built from.
#[derive(Clone, Copy)]
struct Field<'a> {
    scene: &'a Scene<'a>,
    candidates: &'a [Rotation],
    pinned: &'a [pinned::Row],
    limits: &'a SearchLimits,
    control: &'a Control,
}

/// Anneals on all threads. Every network that was the best of its thread in a round, best first.
fn explore(
    scene: &Scene,
    candidates: &[Rotation],
    start: Vec<Service>,
    limits: &SearchLimits,
    control: &Control,
) -> Vec<Vec<Service>> {
    let seeds: Vec<Vec<TerminalIdx>> = candidates.iter().map(|rotation| rotation.calls.clone()).collect();
    let session = |_| {
        let (river, lp) = River::new(scene, seeds.clone());
        Session::new(river, lp, start.clone())
    };
    let mut threads: Vec<Session<River>> = (0..limits.threads.max(1)).map(session).collect();
    let most = TRIES_PER_TERMINAL * scene.problem.terminals.len() as u64;
    let rounds = Rounds {
        begun: Instant::now(),
        deadline: limits.deadline,
        tries: limits.work.map_or(most, |work| most.min(work * TRIES)),
        seed: limits.seed,
        kept: KEPT,
        hottest: HOTTEST * vessel_cost(scene.problem),
    };
    let found: Vec<_> = threads.iter().map(|_| Mutex::new(Vec::new())).collect();
    let improved = |row: usize, value: f64, services: &[Service]| {
        found[row].lock().unwrap_or_else(PoisonError::into_inner).push((value, services.to_vec()));
    };
    // a thread that goes on from the best before there is one goes on from the start, which has all services that stay
    rounds::search((f64::NEG_INFINITY, start.clone()), &mut threads, &rounds, control, &improved, &|_| true);
    let found = found.into_iter().flat_map(|own| own.into_inner().unwrap_or_else(PoisonError::into_inner));
    let mut found: Vec<(f64, Vec<Service>)> = found.collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, services)| services).collect()
}

/// What a vessel costs a cycle on average; something, where vessels cost nothing.
fn vessel_cost(problem: &Problem) -> f64 {
    let days = problem.settings.cycle.0 as f64 / (24.0 * 60.0);
    let vessels: u32 = problem.fleets.iter().map(|fleet| fleet.vessels).sum();
    let cost = |fleet: &Fleet| problem.class(fleet.class).fixed_per_day.units() * days * f64::from(fleet.vessels);
    (problem.fleets.iter().map(cost).sum::<f64>() / f64::from(vessels.max(1))).max(1.0)
}

/// Adds rotations that the candidates lack. Rows of all rotations of the networks, those of the best network first.
fn join(candidates: &mut Vec<Rotation>, networks: &[Vec<Service>]) -> Vec<usize> {
    let owned = |rotation: &Rotation| (rotation.calls.clone(), rotation.regime);
    let mut rows: BTreeMap<_, usize> = candidates.iter().enumerate().map(|(row, rotation)| (owned(rotation), row)).collect();
    let mut visited = Vec::new();
    for service in networks.iter().flatten() {
        let row = *rows.entry(owned(&service.rotation)).or_insert_with(|| {
            candidates.push(Rotation::clone(&service.rotation));
            candidates.len() - 1
        });
        if !visited.contains(&row) {
            visited.push(row);
        }
    }
    visited
}

impl Field<'_> {
    /// A network of services with its cargo, solved from nothing.
    fn settle(&self, services: &[Service]) -> Option<Network> {
        let mut kept = Network::default();
        for service in services {
            let row = self.candidates.iter().position(|rotation| rotation.key() == service.rotation.key())?;
            let rotation = &self.candidates[row];
            let blank = || Part { run: vec![0.0; rotation.choices.len()], ride: Vec::new(), berth: Vec::new() };
            kept.parts.entry(row).or_insert_with(blank).run[service.choice] = 1.0;
        }
        let rows: Vec<usize> = kept.parts.keys().copied().collect();
        self.solve_part(&rows, &Network::default(), &kept)
    }

    /// One thread proves over the pool, the other improves the best network within it; in turn when there is one thread.
    fn parallel(&self, pool: &[usize], best: &mut Network) -> Answer {
        let Self { limits, control, .. } = *self;
        let start = best.clone();
        let is_best = AtomicBool::new(false);
        // under a work limit the neighbourhoods are counted: the same number in every run
        let go_on = || limits.work.is_some() || !is_best.load(Ordering::Relaxed);
        let found = Mutex::new(None);
        let tell = |better: &Network| {
            if limits.work.is_none() {
                *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(better.clone());
            }
        };
        let news = || found.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (near, proved) = if limits.threads > 1 {
            std::thread::scope(|scope| {
                let prover = scope.spawn(|| {
                    let proved = self.prove(pool, &start, &news);
                    is_best.store(proved.0.status == Status::Optimal, Ordering::Relaxed);
                    proved
                });
                (self.neighbourhoods(pool, start.clone(), &go_on, &tell), prover.join().ok())
            })
        } else {
            let half = SearchLimits { deadline: limits.deadline.map(halfway), ..*limits };
            let near = Field { limits: &half, ..*self }.neighbourhoods(pool, start, &go_on, &|_| ());
            let proved = self.prove(pool, &near, &|| None);
            (near, Some(proved))
        };
        *best = near;
        let Some((answer, network)) = proved else { return Answer::failed("the proving thread panicked") };
        improve(best, network, control);
        control.report("design", Some(best.value), Some(answer.bound), "bound over the pool");
        answer
    }

    /// The MIP over the pool, started from a network; `news` may bring better ones meanwhile.
    fn prove(&self, pool: &[usize], from: &Network, news: &(dyn Fn() -> Option<Network> + Sync)) -> (Answer, Option<Network>) {
        let Self { scene, candidates, limits, control, .. } = *self;
        let mut design = self.model(pool);
        let whole = design.model.clone();
        let root = leave_out_unpriced(&mut design, limits, control);
        let size = format!("pool of {} rotations, {} columns, {} rows", pool.len(), design.model.columns(), design.model.rows());
        control.report("design", Some(from.value), None, size);
        let start = write(&design, pool, from);
        let solver = Limits {
            deadline: limits.deadline,
            nodes: limits.work,
            gap: PROVED,
            start: (from.value > 0.0).then_some(start.as_slice()),
            prove: from.value > 0.0,
            seed: limits.seed as u32,
        };
        let watch = |incumbent: f64, bound: f64| {
            control.report("design", Some(incumbent).filter(|value| value.is_finite()), Some(bound), "whole pool");
        };
        let news = || news().map(|better| write(&design, pool, &better));
        let mut answer = solve_with_news(&design.model, &solver, control, Talk { watch: &watch, news: &news });
        answer.bound = answer.bound.min(root);
        let found = read(&design, pool, &answer).filter(|network| network.value > from.value + 1e-6);
        let owned = found.filter(|network| has_owners(scene, candidates, self.pinned, network));
        let network = owned.and_then(|network| {
            if whole.is_kept(&answer.values) {
                return Some(network);
            }
            let rows: Vec<usize> = network.parts.keys().copied().collect();
            self.solve_part(&rows, &Network::default(), &network)
        });
        (answer, network)
    }

    /// Frees a few services of the best network together with rotations of `rows` near them, again and again while `go_on`; `tell` hears
    /// of each better network.
    fn neighbourhoods(&self, rows: &[usize], start: Network, go_on: &dyn Fn() -> bool, tell: &dyn Fn(&Network)) -> Network {
        let Self { candidates, limits, control, .. } = *self;
        let mut rng = ChaCha8Rng::seed_from_u64(limits.seed);
        let mut best = start;
        let mut turns = 0;
        for turn in 1..=limits.work.unwrap_or(u64::MAX) {
            if control.is_over(limits.deadline) || rows.is_empty() || !go_on() {
                break;
            }
            let (near, kept) = neighbourhood(candidates, rows, &best, &mut rng);
            let own = SearchLimits { seed: limits.seed.wrapping_add(turn), ..*limits };
            let found = Field { limits: &own, ..*self }.solve_part(&near, &best, &kept);
            turns = turn;
            if improve(&mut best, found, control) {
                tell(&best);
            }
        }
        control.report("design", Some(best.value), None, format!("{turns} neighbourhoods searched"));
        best
    }

    /// The MIP over some rotations, started from the best network; services of `kept` run as they do there, their cargo is free.
    fn solve_part(&self, rows: &[usize], best: &Network, kept: &Network) -> Option<Network> {
        let Self { scene, candidates, limits, control, .. } = *self;
        let mut design = self.model(rows);
        for (place, row) in rows.iter().enumerate() {
            if let Some(part) = kept.parts.get(row) {
                for (col, run) in design.run[place].iter().zip(&part.run) {
                    design.model.fix(*col, run.round());
                }
            }
        }
        let start = write(&design, rows, best);
        let solver = Limits {
            deadline: limits.deadline.map(|end| end.min(Instant::now() + NEAR_TIME)),
            nodes: Some(NEAR_NODES),
            gap: NEAR_GAP,
            start: (best.value > 0.0).then_some(start.as_slice()),
            prove: false,
            seed: limits.seed as u32,
        };
        let answer = solve(&design.model, &solver, control, &|_, _| {});
        read(&design, rows, &answer).filter(|network| has_owners(scene, candidates, self.pinned, network))
    }

    /// The MIP over some rotations; services that stay are run [ND-19].
    fn model(&self, rows: &[usize]) -> DesignModel {
        let rotations: Vec<&Rotation> = rows.iter().map(|row| &self.candidates[*row]).collect();
        let mut design = build(self.scene, &rotations);
        for (row, choice) in self.pinned {
            if let Some(place) = rows.iter().position(|own| own == row) {
                design.model.fix(design.run[place][*choice], 1.0);
            }
        }
        design
    }
}

/// What all cargo would earn above its lifts if vessels cost nothing: a bound that needs no search.
fn all_cargo(scene: &Scene) -> f64 {
    let problem = scene.problem;
    let worth = |demand: &crate::domain::Demand| {
        let lifts = problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling;
        (demand.rate - lifts).units().max(0.0) * demand.volume.0 as f64
    };
    problem.demands.iter().map(worth).sum()
}

/// The rotations of services that stay and of the best network, then those of networks found on the way to it, then those with the best first
/// offers.
fn pool_of(size: usize, best: &Network, visited: &[usize], offers: &[f64], pinned: &[pinned::Row]) -> Vec<usize> {
    let mut by_offer: Vec<usize> = (0..offers.len()).collect();
    by_offer.sort_by(|a, b| offers[*b].total_cmp(&offers[*a]).then(a.cmp(b)));
    let on_the_way = visited.iter().take(size / 2);
    let mut pool: Vec<usize> = Vec::new();
    let has_to_be = |row: &usize| best.parts.contains_key(row) || pinned.iter().any(|(stays, _)| stays == row);
    let first = pinned.iter().map(|(row, _)| row).chain(best.parts.keys());
    for row in first.chain(on_the_way).chain(&by_offer) {
        if (pool.len() < size || has_to_be(row)) && !pool.contains(row) {
            pool.push(*row);
        }
    }
    pool.sort_unstable();
    pool
}

/// Keeps the better of two networks; whether that is the new one.
fn improve(best: &mut Network, found: Option<Network>, control: &Control) -> bool {
    let Some(found) = found.filter(|found| found.value > best.value + 1e-6) else { return false };
    *best = found;
    control.report("design", Some(best.value), None, format!("{} rotations in use", best.parts.len()));
    true
}

fn halfway(end: Instant) -> Instant {
    let now = Instant::now();
    now + end.saturating_duration_since(now) / 2
}

/// Leaves out the rows [ND-15] that have no price in the relaxation: whole services keep them anyway, and without them the solver is
/// twice as fast. The relaxation's value, a bound.
fn leave_out_unpriced(design: &mut DesignModel, limits: &SearchLimits, control: &Control) -> f64 {
    let mut relaxed = design.model.clone();
    relaxed.relax();
    let solver = Limits { deadline: limits.deadline, seed: limits.seed as u32, ..Limits::default() };
    let answer = solve(&relaxed, &solver, control, &|_, _| {});
    if answer.status != Status::Optimal {
        return f64::INFINITY;
    }
    design.model.leave_out_unpriced("ND-15", &answer.prices);
    answer.bound
}

/// Rotations of a neighbourhood: those in use and some that share terminals with the services that are freed; and the services that stay.
fn neighbourhood(candidates: &[Rotation], rows: &[usize], best: &Network, rng: &mut ChaCha8Rng) -> (Vec<usize>, Network) {
    let mut used: Vec<usize> = best.parts.keys().copied().collect();
    used.shuffle(rng);
    let freed: BTreeSet<usize> = used.iter().copied().take(rng.random_range(0..=3usize)).collect();
    let kept = best.parts.iter().filter(|(row, _)| !freed.contains(row));
    let kept = Network { parts: kept.map(|(row, part)| (*row, part.clone())).collect(), ..Network::default() };
    let centre: BTreeSet<_> = freed.iter().flat_map(|row| candidates[*row].calls.iter().copied()).collect();
    let mut others: Vec<usize> = rows.iter().copied().filter(|row| !best.parts.contains_key(row)).collect();
    others.shuffle(rng);
    let near = |row: &usize| candidates[*row].calls.iter().filter(|call| centre.contains(call)).count();
    others.sort_by_cached_key(|row| std::cmp::Reverse(near(row).min(rng.random_range(0..=4usize))));
    let count = rng.random_range(6..=16usize);
    let near: BTreeSet<usize> = best.parts.keys().copied().chain(others.into_iter().take(count)).collect();
    (near.into_iter().collect(), kept)
}

fn values(columns: &[Col], answer: &Answer) -> Vec<f64> {
    columns.iter().map(|col| answer.values[col.row()]).collect()
}

fn read(design: &DesignModel, rows: &[usize], answer: &Answer) -> Option<Network> {
    answer.found()?;
    let mut network = Network { value: answer.objective, ..Network::default() };
    for (place, row) in rows.iter().enumerate() {
        let run: Vec<f64> = values(&design.run[place], answer);
        if run.iter().any(|run| *run > 0.5) {
            let part = Part { run, ride: values(&design.ride[place], answer), berth: values(&design.berth[place], answer) };
            network.parts.insert(*row, part);
        }
    }
    network.delivered = design.deliver.iter().map(|(demand, col)| (*demand, answer.values[col.row()])).collect();
    Some(network)
}

/// A network as values of a model that covers its rotations.
fn write(design: &DesignModel, rows: &[usize], network: &Network) -> Vec<f64> {
    let mut start = vec![0.0; design.model.columns()];
    for (place, row) in rows.iter().enumerate() {
        let Some(part) = network.parts.get(row) else { continue };
        let pairs = [(&design.run[place], &part.run), (&design.ride[place], &part.ride), (&design.berth[place], &part.berth)];
        for (columns, values) in pairs {
            columns.iter().zip(values).for_each(|(col, value)| start[col.row()] = *value);
        }
    }
    for (demand, col) in &design.deliver {
        start[col.row()] = network.delivered.get(demand).copied().unwrap_or(0.0);
    }
    for (count, terms) in &design.vessels {
        start[count.row()] = terms.iter().map(|(col, factor)| factor * start[col.row()]).sum();
    }
    start
}
