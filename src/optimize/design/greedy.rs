//! A first network: one service after the other, each time the one that earns most a vessel with the cargo and vessels that are left.

use super::model::build_alone;
use super::prices::Alone;
use super::rotation::{Rotation, Scene};
use crate::domain::{DemandIdx, FleetIdx, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::flow::GroupIdx;
use crate::optimize::solver::{Col, Limits, Sense, Status, solve};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::time::Instant;

/// What is left to carry and to carry it with.
struct Rest {
    demand: Vec<f64>,
    vessels: Vec<u32>,
}

/// A rotation with the most it could earn a vessel when last looked at.
struct Offer {
    per_vessel: f64,
    rotation: usize,
    /// Services chosen when it was looked at.
    age: usize,
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Offer {}
impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.per_vessel.total_cmp(&other.per_vessel).then(other.rotation.cmp(&self.rotation))
    }
}

/// Chooses services until none earns anything. Direct cargo only. Rotations that were looked at once keep their old value as a ceiling,
/// since what is left only shrinks.
pub fn services(scene: &Scene, pool: &[Rotation], deadline: Option<Instant>, control: &Control) -> Vec<(usize, Alone)> {
    let mut rest = Rest {
        demand: scene.problem.demands.iter().map(|demand| demand.volume.0 as f64).collect(),
        vessels: scene.problem.fleets.iter().map(|fleet| fleet.vessels).collect(),
    };
    let mut chosen: Vec<(usize, Alone)> = Vec::new();
    let mut heap: BinaryHeap<Offer> =
        (0..pool.len()).map(|rotation| Offer { per_vessel: f64::INFINITY, rotation, age: usize::MAX }).collect();
    while let Some(offer) = heap.pop() {
        if control.is_over(deadline) || offer.per_vessel <= 0.0 {
            break;
        }
        let rotation = &pool[offer.rotation];
        let Some((per_vessel, alone)) = best_service(scene, rotation, &rest, control) else { continue };
        let next = heap.peek().map_or(0.0, |next| next.per_vessel);
        if per_vessel > 0.0 && (per_vessel >= next || offer.age == chosen.len()) {
            take(scene, rotation, &alone, &mut rest);
            chosen.push((offer.rotation, alone));
            heap.push(Offer { per_vessel, rotation: offer.rotation, age: usize::MAX });
        } else if per_vessel > 0.0 {
            heap.push(Offer { per_vessel, rotation: offer.rotation, age: chosen.len() });
        }
    }
    chosen
}

/// The choice of a rotation that earns most a vessel with what is left.
fn best_service(scene: &Scene, rotation: &Rotation, rest: &Rest, control: &Control) -> Option<(f64, Alone)> {
    let mut best: Option<(f64, Alone)> = None;
    let mut tried: Vec<(crate::domain::ClassIdx, u32, u32)> = Vec::new();
    for (place, choice) in rotation.choices.iter().enumerate() {
        let key = (scene.problem.fleet(choice.fleet).class, choice.sailings, choice.vessels);
        if choice.vessels > rest.vessels[choice.fleet.row()] || tried.contains(&key) {
            continue;
        }
        tried.push(key);
        let Some(alone) = loaded(scene, rotation, place, rest, control) else { continue };
        let per_vessel = alone.profit / f64::from(choice.vessels);
        if best.as_ref().is_none_or(|(known, _)| per_vessel > *known) {
            best = Some((per_vessel, alone));
        }
    }
    best
}

/// One service with the best direct cargo that is left.
fn loaded(scene: &Scene, rotation: &Rotation, place: usize, rest: &Rest, control: &Control) -> Option<Alone> {
    let mut alone = build_alone(scene, rotation);
    for (other, col) in alone.run[0].iter().enumerate() {
        alone.model.fix(*col, if other == place { 1.0 } else { 0.0 });
    }
    let mut arriving: BTreeMap<(GroupIdx, TerminalIdx), Vec<(Col, f64)>> = BTreeMap::new();
    for (ride, col) in rotation.rides.iter().zip(&alone.ride[0]) {
        let (from, to) = (rotation.calls[ride.from], rotation.calls[ride.to % rotation.calls.len()]);
        if from == scene.groups.group(ride.group).origin {
            arriving.entry((ride.group, to)).or_default().push((*col, 1.0));
        } else {
            alone.model.fix(*col, 0.0);
        }
    }
    for ((group, to), mut terms) in arriving {
        for (_, demand) in scene.groups.group(group).deliveries.iter().filter(|(at, _)| *at == to) {
            let rate = scene.problem.demand(*demand).rate.units();
            terms.push((alone.model.add_continuous(rate, 0.0, rest.demand[demand.row()].max(0.0)), -1.0));
        }
        alone.model.add_row("ND-2", terms, Sense::Equal, 0.0);
    }
    alone.model.relax();
    let answer = solve(&alone.model, &Limits::default(), control, &|_, _| {});
    let read = |columns: &[Col]| columns.iter().map(|col| answer.values[col.row()]).collect();
    (answer.status == Status::Optimal).then(|| Alone {
        profit: answer.objective,
        run: read(&alone.run[0]),
        ride: read(&alone.ride[0]),
        berth: read(&alone.berth[0]),
    })
}

/// Takes a service's vessels and cargo out of the rest; the dearest demand of a lane first.
fn take(scene: &Scene, rotation: &Rotation, alone: &Alone, rest: &mut Rest) {
    for (choice, run) in rotation.choices.iter().zip(&alone.run).filter(|(_, run)| **run > 0.5) {
        let _: &f64 = run;
        let left = &mut rest.vessels[FleetIdx::row(choice.fleet)];
        *left = left.saturating_sub(choice.vessels);
    }
    for (ride, teu) in rotation.rides.iter().zip(&alone.ride) {
        let to = rotation.calls[ride.to % rotation.calls.len()];
        let mut rows: Vec<DemandIdx> =
            scene.groups.group(ride.group).deliveries.iter().filter(|(at, _)| *at == to).map(|(_, demand)| *demand).collect();
        rows.sort_by_key(|demand| std::cmp::Reverse(scene.problem.demand(*demand).rate));
        let mut teu = *teu;
        for demand in rows {
            let part = teu.min(rest.demand[demand.row()]);
            rest.demand[demand.row()] -= part;
            teu -= part;
        }
    }
}
