//! A first network: one service after the other, each time the one that earns most a vessel with the cargo and vessels that are left.

use super::model::build_alone;
use super::owners::alike;
use super::rotation::{Rotation, Scene};
use crate::domain::{ClassIdx, DemandIdx, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::flow::GroupIdx;
use crate::optimize::solver::{Col, Limits, Sense, Status, solve};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::time::Instant;

/// A rotation run by itself.
#[derive(Clone, Debug)]
pub struct Alone {
    pub profit: f64,
    /// By choice: 1 when it is run.
    pub run: Vec<f64>,
    /// By ride, TEU a cycle.
    pub ride: Vec<f64>,
}

/// What is left to carry and to carry it with.
struct Rest {
    demand: Vec<f64>,
    /// By kind of vessel.
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

/// Chooses services until none earns anything; direct cargo only. What a rotation earned when it was last looked at is a ceiling of what
/// it earns now, since what is left only shrinks. Returns the services and every rotation's first offer, money a vessel.
pub fn services(
    scene: &Scene,
    pool: &[Rotation],
    threads: usize,
    deadline: Option<Instant>,
    control: &Control,
) -> (Vec<(usize, Alone)>, Vec<f64>) {
    let mut rest = Rest {
        demand: scene.problem.demands.iter().map(|demand| demand.volume.0 as f64).collect(),
        vessels: (0..scene.problem.fleets.len())
            .map(|kind| alike(scene.problem, kind.into()).map(|(_, own)| own).sum())
            .collect(),
    };
    let offers = first_offers(scene, pool, &rest, threads, deadline, control);
    let rows = offers.iter().enumerate();
    let mut heap: BinaryHeap<Offer> =
        rows.map(|(rotation, per_vessel)| Offer { per_vessel: *per_vessel, rotation, age: usize::MAX }).collect();
    let mut chosen: Vec<(usize, Alone)> = Vec::new();
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
    (chosen, offers)
}

/// What each rotation earns a vessel with all cargo before it, on all threads; unknown ones count as the best there could be.
fn first_offers(
    scene: &Scene,
    pool: &[Rotation],
    rest: &Rest,
    threads: usize,
    deadline: Option<Instant>,
    control: &Control,
) -> Vec<f64> {
    let offer = |rotation: &Rotation| {
        if control.is_over(deadline) {
            return 0.0;
        }
        best_service(scene, rotation, rest, control).map_or(0.0, |(per_vessel, _)| per_vessel)
    };
    let part = pool.len().div_ceil(threads.max(1)).max(1);
    let work = |rotations: &[Rotation]| rotations.iter().map(offer).collect::<Vec<f64>>();
    let work = &work;
    std::thread::scope(|scope| {
        let workers: Vec<_> = pool.chunks(part).map(|rotations| scope.spawn(move || work(rotations))).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}

/// The choice of a rotation that earns most a vessel with what is left.
fn best_service(scene: &Scene, rotation: &Rotation, rest: &Rest, control: &Control) -> Option<(f64, Alone)> {
    let mut best: Option<(f64, Alone)> = None;
    for place in worth_trying(scene, rotation, rest) {
        let Some(alone) = loaded(scene, rotation, place, rest, control) else { continue };
        let per_vessel = alone.profit / f64::from(rotation.choices[place].vessels);
        if best.as_ref().is_none_or(|(known, _)| per_vessel > *known) {
            best = Some((per_vessel, alone));
        }
    }
    best
}

/// Of each class the choice with the most sailings of one vessel and the one with the cheapest sailings, as far as vessels are left.
fn worth_trying(scene: &Scene, rotation: &Rotation, rest: &Rest) -> BTreeSet<usize> {
    let mut single: BTreeMap<ClassIdx, usize> = BTreeMap::new();
    let mut cheapest: BTreeMap<ClassIdx, usize> = BTreeMap::new();
    let per_sailing = |place: usize| rotation.choices[place].cost.units() / f64::from(rotation.choices[place].sailings);
    for (place, choice) in rotation.choices.iter().enumerate() {
        if choice.vessels > rest.vessels[choice.fleet.row()] {
            continue;
        }
        let class = scene.problem.fleet(choice.fleet).class;
        let known = cheapest.entry(class).or_insert(place);
        if per_sailing(place) < per_sailing(*known) {
            *known = place;
        }
        if choice.vessels == 1 {
            let known = single.entry(class).or_insert(place);
            if choice.sailings > rotation.choices[*known].sailings {
                *known = place;
            }
        }
    }
    single.into_values().chain(cheapest.into_values()).collect()
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
    })
}

/// Takes a service's vessels and cargo out of the rest; the dearest demand of a lane first.
fn take(scene: &Scene, rotation: &Rotation, alone: &Alone, rest: &mut Rest) {
    for (choice, _) in rotation.choices.iter().zip(&alone.run).filter(|(_, run)| **run > 0.5) {
        let left = &mut rest.vessels[choice.fleet.row()];
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
