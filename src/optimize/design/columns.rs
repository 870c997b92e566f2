//! Column generation over the pool (Dantzig and Wolfe): a column is a rotation with the services it runs and the cargo it carries in a
//! cycle. The master problem shares out cargo, vessels, berths and locks; at its prices every rotation answers with its best column.

use super::model::{SharedRows, berth_minutes, lockages};
use super::prices::{Alone, Prices};
use super::rotation::{Rotation, Scene};
use super::search::SearchLimits;
use crate::domain::{FleetIdx, LinkIdx, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::flow::GroupIdx;
use crate::optimize::solver::{Answer, Col, Limits, Model, Sense, Status, solve};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// What column generation leaves behind.
pub struct Generated {
    /// Rows of the pool that the last master problem uses, by falling use.
    pub used: Vec<usize>,
    /// Rows of the pool that the master used in any round.
    pub seen: BTreeSet<usize>,
    /// No choice of services from the pool earns more; infinite when the limit came too early.
    pub bound: f64,
}

/// Rounds at most.
const ROUNDS: usize = 80;
/// Share of the value below which what is left to earn does not matter.
const CLOSE: f64 = 1e-4;

/// A column of the master problem.
struct Pattern {
    rotation: usize,
    /// Money of the cycle without freight.
    value: f64,
    /// TEU that arrive at a terminal less those that leave it again.
    cargo: BTreeMap<(GroupIdx, TerminalIdx), f64>,
    vessels: BTreeMap<FleetIdx, f64>,
    berth: BTreeMap<TerminalIdx, f64>,
    lock: BTreeMap<LinkIdx, f64>,
}

/// Runs column generation until the bound meets the master problem or `deadline` passes.
pub fn generate(
    scene: &Scene,
    pool: &[Rotation],
    first: Vec<(usize, Alone)>,
    limits: &SearchLimits,
    deadline: Option<Instant>,
    control: &Control,
) -> Generated {
    let mut patterns: Vec<Pattern> = first.iter().map(|(row, alone)| pattern(scene, pool, *row, alone)).collect();
    let mut result = Generated { used: Vec::new(), seen: BTreeSet::new(), bound: f64::INFINITY };
    for round in 1..=ROUNDS {
        let master = Master::build(scene, &patterns);
        let answer = solve(&master.model, &Limits { deadline, ..Limits::default() }, control, &|_, _| {});
        if answer.status != Status::Optimal {
            break;
        }
        result.used = master.used(&patterns, &answer);
        result.seen.extend(result.used.iter().copied());
        let prices = Prices::read(&master.shared, &answer.prices);
        let Some(plans) = best_plans(scene, pool, &prices, limits.threads, deadline, control) else { break };
        let bound = prices.base(scene) + plans.iter().map(|plan| plan.profit).sum::<f64>();
        result.bound = result.bound.min(bound.max(answer.objective));
        let note = format!("round {round}, {} columns of {} rotations", patterns.len(), pool.len());
        control.report("bound", Some(answer.objective), Some(result.bound), note);
        let close = CLOSE * answer.objective.abs().max(1.0);
        if result.bound - answer.objective <= close {
            break;
        }
        let before = patterns.len();
        for (row, plan) in plans.iter().enumerate() {
            let paid = master.convexity.get(&row).map_or(0.0, |number| answer.prices[*number]);
            if plan.profit > paid + close / pool.len() as f64 {
                patterns.push(pattern(scene, pool, row, plan));
            }
        }
        if patterns.len() == before {
            break;
        }
    }
    result
}

fn pattern(scene: &Scene, pool: &[Rotation], row: usize, alone: &Alone) -> Pattern {
    let rotation = &pool[row];
    let calls = &rotation.calls;
    let mut column = Pattern {
        rotation: row,
        value: 0.0,
        cargo: BTreeMap::new(),
        vessels: BTreeMap::new(),
        berth: BTreeMap::new(),
        lock: BTreeMap::new(),
    };
    for (choice, run) in rotation.choices.iter().zip(&alone.run) {
        column.value -= choice.cost.units() * run;
        *column.vessels.entry(choice.fleet).or_default() += f64::from(choice.vessels) * run;
        for (link, count) in &choice.lockages {
            *column.lock.entry(*link).or_default() += f64::from(*count) * run;
        }
    }
    for (ride, teu) in rotation.rides.iter().zip(&alone.ride).filter(|(_, teu)| **teu > 1e-9) {
        let (from, to) = (calls[ride.from], calls[ride.to % calls.len()]);
        let lifts = scene.problem.terminal(from).handling + scene.problem.terminal(to).handling;
        column.value -= lifts.units() * teu;
        *column.cargo.entry((ride.group, to)).or_default() += teu;
        if from != scene.groups.group(ride.group).origin {
            *column.cargo.entry((ride.group, from)).or_default() -= teu;
        }
    }
    for (call, minutes) in calls.iter().zip(&alone.berth) {
        *column.berth.entry(*call).or_default() += minutes;
    }
    column
}

/// The master problem and where its rows stand.
struct Master {
    model: Model,
    columns: Vec<Col>,
    shared: SharedRows,
    /// By rotation: the row that lets it run once.
    convexity: BTreeMap<usize, usize>,
}

impl Master {
    fn build(scene: &Scene, patterns: &[Pattern]) -> Self {
        let mut model = Model::new();
        let columns: Vec<Col> = patterns.iter().map(|pattern| model.add_continuous(pattern.value, 0.0, f64::INFINITY)).collect();
        let mut master = Self { model, columns, shared: SharedRows::default(), convexity: BTreeMap::new() };
        master.add_balance(scene, patterns);
        master.add_limits(scene, patterns);
        let rotations: BTreeSet<usize> = patterns.iter().map(|pattern| pattern.rotation).collect();
        for rotation in rotations {
            let terms = master.terms(patterns, |pattern| f64::from(u8::from(pattern.rotation == rotation)));
            if let Some(row) = master.model.add_row("ND-16", terms, Sense::AtMost, 1.0) {
                master.convexity.insert(rotation, row);
            }
        }
        master
    }

    fn terms(&self, patterns: &[Pattern], factor: impl Fn(&Pattern) -> f64) -> Vec<(Col, f64)> {
        let all = self.columns.iter().zip(patterns).map(|(col, pattern)| (*col, factor(pattern)));
        all.filter(|(_, factor)| *factor != 0.0).collect()
    }

    /// Cargo at a terminal covers what is delivered there and what rides on.
    fn add_balance(&mut self, scene: &Scene, patterns: &[Pattern]) {
        let mut places: BTreeMap<(GroupIdx, TerminalIdx), Vec<(Col, f64)>> = BTreeMap::new();
        for (col, pattern) in self.columns.iter().zip(patterns) {
            for (place, teu) in &pattern.cargo {
                places.entry(*place).or_default().push((*col, *teu));
            }
        }
        for ((group, terminal), mut terms) in places {
            for (_, demand) in scene.groups.group(group).deliveries.iter().filter(|(to, _)| *to == terminal) {
                let demand = scene.problem.demand(*demand);
                terms.push((self.model.add_continuous(demand.rate.units(), 0.0, demand.volume.0 as f64), -1.0));
            }
            if let Some(row) = self.model.add_row("ND-2", terms, Sense::AtLeast, 0.0) {
                self.shared.balance.insert((group, terminal), row);
            }
        }
    }

    /// Vessels, berths and locks.
    fn add_limits(&mut self, scene: &Scene, patterns: &[Pattern]) {
        for (row, fleet) in scene.problem.fleets.iter().enumerate() {
            let key = FleetIdx::from(row);
            let terms = self.terms(patterns, |pattern| pattern.vessels.get(&key).copied().unwrap_or(0.0));
            let added = self.model.add_row("ND-12", terms, Sense::AtMost, f64::from(fleet.vessels));
            self.shared.fleet.extend(added.map(|number| (key, number)));
        }
        for key in (0..scene.problem.terminals.len()).map(TerminalIdx::from) {
            let terms = self.terms(patterns, |pattern| pattern.berth.get(&key).copied().unwrap_or(0.0));
            let added = self.model.add_row("ND-13", terms, Sense::AtMost, berth_minutes(scene, key));
            self.shared.terminal.extend(added.map(|number| (key, number)));
        }
        for (row, link) in scene.problem.links.iter().enumerate() {
            let Some(lock) = &link.lock else { continue };
            let key = LinkIdx::from(row);
            let terms = self.terms(patterns, |pattern| pattern.lock.get(&key).copied().unwrap_or(0.0));
            let added = self.model.add_row("ND-14", terms, Sense::AtMost, lockages(scene, lock));
            self.shared.lock.extend(added.map(|number| (key, number)));
        }
    }

    fn used(&self, patterns: &[Pattern], answer: &Answer) -> Vec<usize> {
        let mut weight: BTreeMap<usize, f64> = BTreeMap::new();
        for (col, pattern) in self.columns.iter().zip(patterns) {
            let vessels: f64 = pattern.vessels.values().sum();
            *weight.entry(pattern.rotation).or_default() += answer.values[col.row()] * vessels;
        }
        let mut used: Vec<(usize, f64)> = weight.into_iter().filter(|(_, weight)| *weight > 1e-6).collect();
        used.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        used.into_iter().map(|(row, _)| row).collect()
    }
}

/// What each rotation would run and carry at the prices, on all threads. `None` when the limit came first.
fn best_plans(
    scene: &Scene,
    pool: &[Rotation],
    prices: &Prices,
    threads: usize,
    deadline: Option<Instant>,
    control: &Control,
) -> Option<Vec<Alone>> {
    let part = pool.len().div_ceil(threads.max(1)).max(1);
    let price = |rotations: &[Rotation]| -> Option<Vec<Alone>> {
        rotations.iter().map(|rotation| prices.best_plan(scene, rotation, deadline, control)).collect()
    };
    let parts: Vec<Option<Vec<Alone>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = pool.chunks(part).map(|rotations| scope.spawn(|| price(rotations))).collect();
        workers.into_iter().map(|worker| worker.join().ok().flatten()).collect()
    });
    parts.into_iter().collect::<Option<Vec<Vec<Alone>>>>().map(|parts| parts.concat())
}
