//! Prices of what rotations share, and what a rotation earns at them: the pricing problem and the bound of column generation.
//! Formulation: `models/network-design.md`, section "Bound".

use super::model::{DesignModel, SharedRows, berth_minutes, build_alone, lockages};
use super::rotation::{Rotation, Scene};
use crate::domain::{FleetIdx, LinkIdx, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::flow::GroupIdx;
use crate::optimize::solver::{Col, Limits, Status, solve};
use std::collections::BTreeMap;
use std::time::Instant;

/// Prices of shared things: cargo at a terminal, a vessel, a berth minute, a lockage.
#[derive(Clone, Debug)]
pub struct Prices {
    cargo: BTreeMap<(GroupIdx, TerminalIdx), f64>,
    fleet: BTreeMap<FleetIdx, f64>,
    berth: BTreeMap<TerminalIdx, f64>,
    lock: BTreeMap<LinkIdx, f64>,
}

/// A rotation run by itself at given prices.
#[derive(Clone, Debug)]
pub struct Alone {
    pub profit: f64,
    /// By choice, 0 to 1.
    pub run: Vec<f64>,
    /// By ride, TEU a cycle.
    pub ride: Vec<f64>,
    /// By call, minutes a cycle.
    pub berth: Vec<f64>,
}

/// Share of the dearest freight that cargo is thought to be worth where no price is known yet.
const GUESS: f64 = 0.5;

impl Prices {
    /// Every TEU is worth its freight where it is delivered and everything else is free: the prices before anything is known.
    pub fn unknown() -> Self {
        Self { cargo: BTreeMap::new(), fleet: BTreeMap::new(), berth: BTreeMap::new(), lock: BTreeMap::new() }
    }

    /// Reads the duals of a solved master problem.
    pub fn read(rows: &SharedRows, duals: &[f64]) -> Self {
        let positive = |row: &usize| duals[*row].max(0.0);
        Self {
            // Cargo that arrives relaxes the balance from below: its worth is the negative dual.
            cargo: rows.balance.iter().map(|(place, row)| (*place, (-duals[*row]).max(0.0))).collect(),
            fleet: rows.fleet.iter().map(|(fleet, row)| (*fleet, positive(row))).collect(),
            berth: rows.terminal.iter().map(|(terminal, row)| (*terminal, positive(row))).collect(),
            lock: rows.lock.iter().map(|(link, row)| (*link, positive(row))).collect(),
        }
    }

    /// Worth of a TEU of a group at a terminal.
    fn cargo(&self, scene: &Scene, group: GroupIdx, at: TerminalIdx) -> f64 {
        if let Some(price) = self.cargo.get(&(group, at)) {
            return *price;
        }
        let deliveries = &scene.groups.group(group).deliveries;
        let rate = |here: bool| {
            let rows = deliveries.iter().filter(move |(to, _)| !here || *to == at);
            rows.map(|(_, demand)| scene.problem.demand(*demand).rate.units())
                .fold(None, |best: Option<f64>, rate| Some(best.map_or(rate, |best| best.max(rate))))
        };
        rate(true).or_else(|| rate(false).map(|best| GUESS * best)).unwrap_or(0.0)
    }

    /// The best a rotation earns when it buys cargo, vessels, berths and lockages at these prices; at least 0, by running nothing. `None` when
    /// the limit came first.
    pub fn best_plan(&self, scene: &Scene, rotation: &Rotation, deadline: Option<Instant>, control: &Control) -> Option<Alone> {
        let mut alone = build_alone(scene, rotation);
        alone.model.relax();
        self.charge(scene, rotation, &mut alone);
        let answer = solve(&alone.model, &Limits { deadline, ..Limits::default() }, control, &|_, _| {});
        let read = |columns: &[Col]| columns.iter().map(|col| answer.values[col.row()]).collect();
        (answer.status == Status::Optimal).then(|| Alone {
            profit: answer.objective.max(0.0),
            run: read(&alone.run[0]),
            ride: read(&alone.ride[0]),
            berth: read(&alone.berth[0]),
        })
    }

    fn charge(&self, scene: &Scene, rotation: &Rotation, alone: &mut DesignModel) {
        let calls = &rotation.calls;
        for (ride, col) in rotation.rides.iter().zip(&alone.ride[0]) {
            let (from, to) = (calls[ride.from], calls[ride.to % calls.len()]);
            let bought = if from == scene.groups.group(ride.group).origin { 0.0 } else { self.cargo(scene, ride.group, from) };
            alone.model.add_value(*col, self.cargo(scene, ride.group, to) - bought);
        }
        for (choice, col) in rotation.choices.iter().zip(&alone.run[0]) {
            let vessels = self.fleet.get(&choice.fleet).copied().unwrap_or(0.0) * f64::from(choice.vessels);
            let locks: f64 =
                choice.lockages.iter().map(|(link, count)| self.lock.get(link).copied().unwrap_or(0.0) * f64::from(*count)).sum();
            alone.model.add_value(*col, -vessels - locks);
        }
        for (call, col) in calls.iter().zip(&alone.berth[0]) {
            alone.model.add_value(*col, -self.berth.get(call).copied().unwrap_or(0.0));
        }
    }

    /// What is earned without any rotation: cargo sold at less than its freight, and everything shared sold at its price.
    pub fn base(&self, scene: &Scene) -> f64 {
        let mut base = 0.0;
        for (row, group) in scene.groups.all.iter().enumerate() {
            for (to, demand) in &group.deliveries {
                let demand = scene.problem.demand(*demand);
                let margin = demand.rate.units() - self.cargo(scene, GroupIdx(row), *to);
                base += demand.volume.0 as f64 * margin.max(0.0);
            }
        }
        let vessels = |(fleet, price): (&FleetIdx, &f64)| price * f64::from(scene.problem.fleet(*fleet).vessels);
        let berths = |(terminal, price): (&TerminalIdx, &f64)| price * berth_minutes(scene, *terminal);
        let locks = |(link, price): (&LinkIdx, &f64)| {
            scene.problem.links[link.row()].lock.as_ref().map_or(0.0, |lock| price * lockages(scene, lock))
        };
        base + self.fleet.iter().map(vessels).sum::<f64>()
            + self.berth.iter().map(berths).sum::<f64>()
            + self.lock.iter().map(locks).sum::<f64>()
    }
}
