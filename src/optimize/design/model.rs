//! Service selection as a MILP over a pool of rotations: `models/network-design.md`, tag by tag.

use super::owners::{alike, kinds};
use super::rotation::{Rotation, Scene, handling_minutes};
use crate::domain::{Cargo, DemandIdx, FleetIdx, LinkIdx, Lock, TerminalIdx};
use crate::optimize::flow::{GroupIdx, Ride};
use crate::optimize::solver::{Col, Model, Sense};
use std::collections::BTreeMap;

/// The MILP and where its decisions stand.
pub struct DesignModel {
    pub model: Model,
    /// By rotation, by choice: 1 when the service is run.
    pub run: Vec<Vec<Col>>,
    /// By rotation, by ride: TEU a cycle.
    pub ride: Vec<Vec<Col>>,
    /// By rotation, by call: berth minutes a cycle.
    pub berth: Vec<Vec<Col>>,
    /// TEU delivered a cycle, of the demands that some ride reaches.
    pub deliver: BTreeMap<DemandIdx, Col>,
    /// Vessels in use, of each kind and of all: sums of earlier columns.
    pub vessels: Vec<(Col, Vec<(Col, f64)>)>,
}

/// Builds the constraints of one rotation alone, without what it shares: the pricing problem.
pub fn build_alone(scene: &Scene, rotation: &Rotation) -> DesignModel {
    let mut build = empty();
    add_variables(rotation, &mut build);
    add_own_rows(scene, rotation, 0, &mut build);
    build
}

fn empty() -> DesignModel {
    DesignModel {
        model: Model::new(),
        run: Vec::new(),
        ride: Vec::new(),
        berth: Vec::new(),
        deliver: BTreeMap::new(),
        vessels: Vec::new(),
    }
}

fn add_own_rows(scene: &Scene, rotation: &Rotation, row: usize, build: &mut DesignModel) {
    add_leg_rows(scene, rotation, row, build);
    add_berth_rows(scene, rotation, row, build);
    add_call_size_rows(scene, rotation, row, build);
    add_volume_rows(scene, rotation, row, build);
}

/// Builds the model of a pool.
pub fn build(scene: &Scene, pool: &[&Rotation]) -> DesignModel {
    let mut build = empty();
    for rotation in pool {
        add_variables(rotation, &mut build);
    }
    add_deliveries(scene, pool, &mut build);
    for (row, rotation) in pool.iter().enumerate() {
        add_own_rows(scene, rotation, row, &mut build);
    }
    add_fleet_rows(scene, pool, &mut build);
    add_vessel_counts(scene, pool, &mut build);
    add_terminal_rows(scene, pool, &mut build);
    add_lock_rows(scene, pool, &mut build);
    build
}

/// Decisions of a rotation: services run, TEU by ride, berth minutes by call. A ride pays one lift at each end; the freight is paid on delivery.
fn add_variables(rotation: &Rotation, build: &mut DesignModel) {
    let model = &mut build.model;
    build.run.push(rotation.choices.iter().map(|choice| model.add_integer(-choice.cost.units(), 0.0, 1.0)).collect());
    build.ride.push(rotation.ride_costs.iter().map(|cost| model.add_continuous(-cost, 0.0, f64::INFINITY)).collect());
    build.berth.push(rotation.calls.iter().map(|_| model.add_continuous(0.0, 0.0, f64::INFINITY)).collect());
}

/// [ND-1] demand is an upper bound of what is delivered; [ND-2] what rides in to a terminal is delivered there or rides on.
fn add_deliveries(scene: &Scene, pool: &[&Rotation], build: &mut DesignModel) {
    let mut balance: BTreeMap<(GroupIdx, TerminalIdx), Vec<(Col, f64)>> = BTreeMap::new();
    for (rotation, columns) in pool.iter().zip(&build.ride) {
        for (ride, col) in rotation.rides.iter().zip(columns) {
            let at = |position: usize| rotation.calls[position % rotation.calls.len()];
            balance.entry((ride.group, at(ride.to))).or_default().push((*col, 1.0));
            if at(ride.from) != scene.groups.group(ride.group).origin {
                balance.entry((ride.group, at(ride.from))).or_default().push((*col, -1.0));
            }
        }
    }
    for ((group, terminal), mut terms) in balance {
        let deliveries = scene.groups.group(group).deliveries.iter();
        for (_, demand) in deliveries.filter(|(to, _)| *to == terminal) {
            let delivered = add_delivery(scene, *demand, &mut build.model);
            build.deliver.insert(*demand, delivered);
            terms.push((delivered, -1.0));
        }
        build.model.add_row("ND-2", terms, Sense::Equal, 0.0);
    }
}

fn add_delivery(scene: &Scene, demand: DemandIdx, model: &mut Model) -> Col {
    let demand = scene.problem.demand(demand);
    model.add_continuous(demand.rate.units(), 0.0, demand.volume.0 as f64)
}

/// What a TEU of cargo takes of a vessel, and what the vessel has.
struct Resource {
    tag: &'static str,
    used: fn(&Scene, GroupIdx) -> f64,
    offered: fn(&Scene, &Rotation, usize, usize) -> f64,
}

/// [ND-3] slots, [ND-4] mass that the depth allows, in tonnes, [ND-5] reefer plugs and [ND-6] dangerous-goods slots.
const RESOURCES: [Resource; 4] = [
    Resource { tag: "ND-3", used: |_, _| 1.0, offered: |scene, rotation, choice, _| class_teu(scene, rotation, choice) },
    Resource {
        tag: "ND-4",
        used: |scene, group| scene.groups.group(group).kg_per_teu.0 as f64 / 1000.0,
        offered: |_, rotation, choice, leg| rotation.choices[choice].leg_load[leg].0 as f64 / 1000.0,
    },
    Resource {
        tag: "ND-5",
        used: |scene, group| f64::from(u8::from(scene.groups.group(group).cargo == Cargo::Reefer)),
        offered: |scene, rotation, choice, _| fleet_class(scene, rotation.choices[choice].fleet).reefer_plugs.0 as f64,
    },
    Resource {
        tag: "ND-6",
        used: |scene, group| f64::from(u8::from(scene.groups.group(group).cargo == Cargo::Dangerous)),
        offered: |scene, rotation, choice, _| fleet_class(scene, rotation.choices[choice].fleet).dangerous.0 as f64,
    },
];

fn fleet_class<'a>(scene: &Scene<'a>, fleet: FleetIdx) -> &'a crate::domain::VesselClass {
    scene.problem.class(scene.problem.fleet(fleet).class)
}

fn class_teu(scene: &Scene, rotation: &Rotation, choice: usize) -> f64 {
    fleet_class(scene, rotation.choices[choice].fleet).teu.0 as f64
}

/// Cargo on board of each leg fits the sailings that are run. A row that the slots alone imply is left out.
fn add_leg_rows(scene: &Scene, rotation: &Rotation, row: usize, build: &mut DesignModel) {
    let legs = rotation.calls.len();
    for resource in &RESOURCES {
        for leg in 0..legs {
            let aboard = |ride: &Ride| (ride.from..ride.to).any(|position| position % legs == leg);
            let riders: Vec<(GroupIdx, Col, f64)> = rotation
                .rides
                .iter()
                .zip(&build.ride[row])
                .filter(|(ride, _)| aboard(ride))
                .map(|(ride, col)| (ride.group, *col, (resource.used)(scene, ride.group)))
                .filter(|(_, _, used)| *used > 0.0)
                .collect();
            if riders.is_empty() || is_implied(scene, rotation, resource, leg, &riders) {
                continue;
            }
            let mut terms: Vec<(Col, f64)> = riders.iter().map(|(_, col, used)| (*col, *used)).collect();
            for (choice, col) in build.run[row].iter().enumerate() {
                let offered = (resource.offered)(scene, rotation, choice, leg);
                terms.push((*col, -offered * f64::from(rotation.choices[choice].sailings)));
            }
            build.model.add_row(resource.tag, terms, Sense::AtMost, 0.0);
        }
    }
}

/// True when every choice offers enough even for slots full of the neediest cargo, or for all such cargo of the cycle on one sailing.
fn is_implied(scene: &Scene, rotation: &Rotation, resource: &Resource, leg: usize, riders: &[(GroupIdx, Col, f64)]) -> bool {
    if resource.tag == "ND-3" {
        return false;
    }
    let neediest = riders.iter().map(|(_, _, used)| *used).fold(0.0, f64::max);
    let groups: BTreeMap<GroupIdx, f64> = riders.iter().map(|(group, _, used)| (*group, *used)).collect();
    let volume = |group: &GroupIdx| -> f64 {
        let deliveries = scene.groups.group(*group).deliveries.iter();
        deliveries.map(|(_, demand)| scene.problem.demand(*demand).volume.0 as f64).sum()
    };
    let all: f64 = groups.iter().map(|(group, used)| volume(group) * used).sum();
    (0..rotation.choices.len()).all(|choice| {
        let offered = (resource.offered)(scene, rotation, choice, leg);
        offered >= all || offered >= neediest * class_teu(scene, rotation, choice)
    })
}

/// [ND-7] berth time covers crane time, [ND-8] and the shortest stays; [ND-17] it fits windows and opening hours, [ND-9] all of it the round
/// trips.
fn add_berth_rows(scene: &Scene, rotation: &Rotation, row: usize, build: &mut DesignModel) {
    let shortest = scene.problem.settings.min_handling.0 as f64;
    let sailings = |choice: usize| f64::from(rotation.choices[choice].sailings);
    for (call, berth) in build.berth[row].iter().enumerate() {
        let minutes = handling_minutes(scene.problem, rotation.calls[call]);
        let mut crane = lifts_at(rotation, &build.ride[row], call, minutes);
        crane.push((*berth, -1.0));
        build.model.add_row("ND-7", crane, Sense::AtMost, 0.0);
        let mut stay: Vec<(Col, f64)> =
            build.run[row].iter().enumerate().map(|(choice, col)| (*col, shortest * sailings(choice))).collect();
        stay.push((*berth, -1.0));
        build.model.add_row("ND-8", stay, Sense::AtMost, 0.0);
    }
    for (call, berth) in build.berth[row].iter().enumerate() {
        let mut hours = vec![(*berth, 1.0)];
        for (choice, col) in rotation.choices.iter().zip(&build.run[row]) {
            hours.push((*col, -(choice.longest_stay[call].0 as f64) * f64::from(choice.sailings)));
        }
        if rotation.choices.iter().any(|choice| choice.longest_stay[call] < choice.berth_time) {
            build.model.add_row("ND-17", hours, Sense::AtMost, 0.0);
        }
    }
    let mut trip: Vec<(Col, f64)> = build.berth[row].iter().map(|berth| (*berth, 1.0)).collect();
    for (choice, col) in rotation.choices.iter().zip(&build.run[row]) {
        trip.push((*col, -choice.berth_time.0 as f64));
    }
    build.model.add_row("ND-9", trip, Sense::AtMost, 0.0);
}

/// TEU loaded and discharged at a call, each times `factor`.
fn lifts_at(rotation: &Rotation, columns: &[Col], call: usize, factor: f64) -> Vec<(Col, f64)> {
    let calls = rotation.calls.len();
    let touches = rotation.rides.iter().zip(columns).filter(|(ride, _)| ride.from == call || ride.to % calls == call);
    touches.map(|(_, col)| (*col, factor)).collect()
}

/// [ND-10] the mean call is at least the terminal's smallest.
fn add_call_size_rows(scene: &Scene, rotation: &Rotation, row: usize, build: &mut DesignModel) {
    for (call, terminal) in rotation.calls.iter().enumerate() {
        let least = scene.problem.terminal(*terminal).min_call.0 as f64;
        if least <= 0.0 {
            continue;
        }
        let mut terms = lifts_at(rotation, &build.ride[row], call, 1.0);
        for (choice, col) in rotation.choices.iter().zip(&build.run[row]) {
            terms.push((*col, -least * f64::from(choice.sailings)));
        }
        build.model.add_row("ND-10", terms, Sense::AtLeast, 0.0);
    }
}

/// [ND-15] what a service carries of a group to a terminal is at most what there is to carry, and at most its slots, if it is run at all.
/// Implied for whole services; it keeps a small part of a service from filling up with the best cargo alone.
fn add_volume_rows(scene: &Scene, rotation: &Rotation, row: usize, build: &mut DesignModel) {
    let calls = &rotation.calls;
    let mut carried: BTreeMap<(GroupIdx, TerminalIdx), Vec<(Col, f64)>> = BTreeMap::new();
    for (ride, col) in rotation.rides.iter().zip(&build.ride[row]) {
        carried.entry((ride.group, calls[ride.to % calls.len()])).or_default().push((*col, 1.0));
    }
    for ((group, to), mut terms) in carried {
        let onward = scene.groups.may_transfer(group, to);
        let deliveries = scene.groups.group(group).deliveries.iter().filter(|(at, _)| onward || *at == to);
        let volume: f64 = deliveries.map(|(_, demand)| scene.problem.demand(*demand).volume.0 as f64).sum();
        let rides = terms.len() as f64;
        let slots = |choice: usize| class_teu(scene, rotation, choice) * f64::from(rotation.choices[choice].sailings) * rides;
        if (0..rotation.choices.len()).all(|choice| slots(choice) <= volume) {
            continue;
        }
        for (choice, col) in build.run[row].iter().enumerate() {
            terms.push((*col, -volume.min(slots(choice))));
        }
        build.model.add_row("ND-15", terms, Sense::AtMost, 0.0);
    }
}

/// [ND-12] the vessels of a class and registration, whoever owns them; and no more services of several vessels than owners can run.
fn add_fleet_rows(scene: &Scene, pool: &[&Rotation], build: &mut DesignModel) {
    for kind in kinds(scene.problem) {
        let owned: Vec<u32> = alike(scene.problem, kind).map(|(_, vessels)| vessels).collect();
        for least in 1..=owned.iter().copied().max().unwrap_or(0) {
            let weight = |vessels: u32| f64::from(if least == 1 { vessels } else { vessels / least });
            let mut terms = Vec::new();
            for (rotation, columns) in pool.iter().zip(&build.run) {
                let own =
                    rotation.choices.iter().zip(columns).filter(|(choice, _)| choice.fleet == kind && choice.vessels >= least);
                terms.extend(own.map(|(choice, col)| (*col, weight(choice.vessels))));
            }
            let most = owned.iter().map(|vessels| weight(*vessels)).sum();
            build.model.add_row("ND-12", terms, Sense::AtMost, most);
        }
    }
}

/// [ND-18] the vessels in use, of each kind and of all, are whole numbers. That follows for whole services; the solver may branch on it.
fn add_vessel_counts(scene: &Scene, pool: &[&Rotation], build: &mut DesignModel) {
    let mut all = Vec::new();
    for kind in kinds(scene.problem) {
        let offered = pool.iter().zip(&build.run).flat_map(|(rotation, columns)| rotation.choices.iter().zip(columns));
        let own = offered.filter(|(choice, _)| choice.fleet == kind);
        let terms: Vec<(Col, f64)> = own.map(|(choice, col)| (*col, f64::from(choice.vessels))).collect();
        if !terms.is_empty() {
            all.push((add_count(terms, build), 1.0));
        }
    }
    if all.len() > 1 {
        add_count(all, build);
    }
}

/// A whole number that is a sum of columns.
fn add_count(terms: Vec<(Col, f64)>, build: &mut DesignModel) -> Col {
    let count = build.model.add_integer(0.0, 0.0, f64::INFINITY);
    let row = terms.iter().copied().chain([(count, -1.0)]).collect();
    build.model.add_row("ND-18", row, Sense::Equal, 0.0);
    build.vessels.push((count, terms));
    count
}

/// [ND-13] berth hours of a terminal.
fn add_terminal_rows(scene: &Scene, pool: &[&Rotation], build: &mut DesignModel) {
    for terminal in (0..scene.problem.terminals.len()).map(TerminalIdx::from) {
        let mut terms = Vec::new();
        for (rotation, columns) in pool.iter().zip(&build.berth) {
            let here = rotation.calls.iter().zip(columns).filter(|(call, _)| **call == terminal);
            terms.extend(here.map(|(_, col)| (*col, 1.0)));
        }
        build.model.add_row("ND-13", terms, Sense::AtMost, berth_minutes(scene, terminal));
    }
}

/// Berth minutes that the alliance may use in a cycle.
pub fn berth_minutes(scene: &Scene, at: TerminalIdx) -> f64 {
    let terminal = scene.problem.terminal(at);
    let cycle = scene.problem.settings.cycle.0;
    let minutes: i64 = if !terminal.windows.is_empty() {
        terminal.windows.iter().map(|window| (window.to.0 - window.from.0) * i64::from(window.berths)).sum()
    } else {
        let (from, to) = terminal.open.map_or((0, 24 * 60), |(from, to)| (from.0, to.0));
        (to - from) * (cycle / (24 * 60)) * i64::from(terminal.berths)
    };
    minutes as f64
}

/// [ND-14] lockages that the alliance may claim.
fn add_lock_rows(scene: &Scene, pool: &[&Rotation], build: &mut DesignModel) {
    for (row, link) in scene.problem.links.iter().enumerate() {
        let Some(lock) = &link.lock else { continue };
        let mut terms = Vec::new();
        for (choice, col) in pool.iter().zip(&build.run).flat_map(|(rotation, columns)| rotation.choices.iter().zip(columns)) {
            if let Some(count) = choice.lockages.get(&LinkIdx::from(row)) {
                terms.push((*col, f64::from(*count)));
            }
        }
        build.model.add_row("ND-14", terms, Sense::AtMost, lockages(scene, lock));
    }
}

/// Lockages of a cycle, one vessel at a time.
pub fn lockages(scene: &Scene, lock: &Lock) -> f64 {
    let holds = (60.0 / lock.vessels_per_hour).ceil();
    (scene.problem.settings.cycle.0 as f64 / holds).floor()
}
