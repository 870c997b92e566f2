//! From the MILP's values to services with planned stays.

use super::Transfer;
use super::model::DesignModel;
use super::rotation::{Choice, Rotation, Scene, handling_minutes};
use crate::domain::{Line, Minutes, Problem, TerminalIdx, round_trip};
use crate::optimize::flow::GroupIdx;
use std::collections::BTreeMap;

/// The services that are run, in pool order, with the rotation each comes from.
pub fn lines(problem: &Problem, pool: &[&Rotation], design: &DesignModel, values: &[f64]) -> (Vec<Line>, Vec<usize>) {
    let mut lines = Vec::new();
    let mut origin = Vec::new();
    for (row, rotation) in pool.iter().enumerate() {
        let run: Vec<&Choice> = rotation
            .choices
            .iter()
            .zip(&design.run[row])
            .filter(|(_, col)| values[col.row()] > 0.5)
            .map(|(choice, _)| choice)
            .collect();
        let crane = crane_minutes(problem, rotation, design, row, values);
        let all: f64 = run.iter().map(|choice| choice.berth_time.0 as f64).sum();
        for choice in run {
            let share = choice.berth_time.0 as f64 / all.max(1.0);
            lines.push(line(problem, rotation, choice, &crane, share));
            origin.push(row);
        }
    }
    (lines, origin)
}

/// Mean TEU on board of a sailing, by line and leg. Lines of one rotation share its cargo.
pub fn aboard(pool: &[&Rotation], design: &DesignModel, values: &[f64], origin: &[usize]) -> Vec<Vec<f64>> {
    origin
        .iter()
        .map(|row| {
            let rotation = pool[*row];
            let legs = rotation.calls.len();
            let run = rotation.choices.iter().zip(&design.run[*row]).filter(|(_, col)| values[col.row()] > 0.5);
            let sailings: u32 = run.map(|(choice, _)| choice.sailings).sum();
            let mut teu = vec![0.0; legs];
            for (ride, col) in rotation.rides.iter().zip(&design.ride[*row]) {
                (ride.from..ride.to).for_each(|position| teu[position % legs] += values[col.row()] / f64::from(sailings.max(1)));
            }
            teu
        })
        .collect()
}

/// A ride of a group at a terminal: line, call, TEU.
type Stub = (usize, usize, f64);

/// Boxes that change vessels: what rides on from a terminal is shared out over what came in.
pub fn transfers(scene: &Scene, pool: &[&Rotation], design: &DesignModel, values: &[f64], origin: &[usize]) -> Vec<Transfer> {
    let mut into: BTreeMap<(GroupIdx, TerminalIdx), Vec<Stub>> = BTreeMap::new();
    let mut onward: BTreeMap<(GroupIdx, TerminalIdx), Vec<Stub>> = BTreeMap::new();
    for (line, row) in origin.iter().enumerate() {
        if origin[..line].contains(row) {
            continue;
        }
        let calls = &pool[*row].calls;
        for (ride, col) in pool[*row].rides.iter().zip(&design.ride[*row]) {
            let teu = values[col.row()];
            if teu < 1e-6 {
                continue;
            }
            let (from, to) = (ride.from, ride.to % calls.len());
            into.entry((ride.group, calls[to])).or_default().push((line, to, teu));
            if calls[from] != scene.groups.group(ride.group).origin {
                onward.entry((ride.group, calls[from])).or_default().push((line, from, teu));
            }
        }
    }
    let mut total: BTreeMap<[usize; 4], f64> = BTreeMap::new();
    for (place, out) in &onward {
        let sources = into.get(place).map(Vec::as_slice).unwrap_or_default();
        let arriving: f64 = sources.iter().map(|source| source.2).sum();
        for (to, to_call, teu) in out {
            for (from, from_call, part) in sources {
                *total.entry([*from, *from_call, *to, *to_call]).or_default() += teu * part / arriving.max(1e-9);
            }
        }
    }
    total.into_iter().map(|([from, from_call, to, to_call], teu)| Transfer { from, from_call, to, to_call, teu }).collect()
}

/// Crane minutes a cycle at each call of a rotation.
fn crane_minutes(problem: &Problem, rotation: &Rotation, design: &DesignModel, row: usize, values: &[f64]) -> Vec<f64> {
    let calls = rotation.calls.len();
    let mut crane = vec![0.0; calls];
    for (ride, col) in rotation.rides.iter().zip(&design.ride[row]) {
        for call in [ride.from, ride.to % calls] {
            crane[call] += values[col.row()] * handling_minutes(problem, rotation.calls[call]);
        }
    }
    crane
}

/// A service with its share of the rotation's crane time as planned stays, cut back where the grid's rounding would break the round trip.
fn line(problem: &Problem, rotation: &Rotation, choice: &Choice, crane: &[f64], share: f64) -> Line {
    let slot = problem.settings.slot.0;
    let grid = |minutes: f64| ((minutes - 1e-6) / slot as f64).ceil() as i64 * slot;
    let shortest = grid(problem.settings.min_handling.0 as f64);
    let stay = |minutes: &f64| grid(minutes * share / f64::from(choice.sailings)).max(shortest);
    let mut dwell: Vec<i64> = crane.iter().map(stay).collect();
    let room = choice.berth_time.0 / i64::from(choice.sailings) + slot * dwell.len() as i64;
    while dwell.iter().sum::<i64>() > room {
        let Some(longest) = dwell.iter_mut().max().filter(|longest| **longest > shortest) else { break };
        *longest -= slot;
    }
    debug_assert!(round_trip(problem, choice.vessels, choice.sailings).0 >= dwell.iter().sum());
    Line {
        calls: rotation.calls.clone(),
        fleet: choice.fleet,
        regime: rotation.regime,
        mixed_direction: rotation.mixed_direction,
        vessels: choice.vessels,
        sailings: choice.sailings,
        dwell: dwell.into_iter().map(Minutes).collect(),
        handling: choice.berth_time,
    }
}
