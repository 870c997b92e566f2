//! Slots: which cargo rides which sailing and leg. In: timed services. Out: shipments in whole TEU, the reason for what stays, and a proof.
//! Rules guarded: slots, tonnes by depth, plugs, dangerous goods, crane time of each call, transit times, mother vessels. Formulation:
//! `models/slots.md`.

mod model;
mod reasons;

use crate::domain::{DemandIdx, Problem, Reason, Teu, TimedLine};
use crate::optimize::control::Control;
use crate::optimize::flow::{Groups, Hop, Network, Path, Ways, find_ways};
use crate::optimize::solver::{Answer, Limits, solve};
use crate::waterway::Waterway;
use model::SlotModel;
use std::time::Instant;

/// What the stage may spend.
#[derive(Clone, Copy, Debug)]
pub struct SlotLimits {
    pub deadline: Option<Instant>,
    /// Nodes of the search for whole boxes.
    pub nodes: u64,
    pub seed: u64,
}

/// Cargo of one demand on one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub demand: DemandIdx,
    pub hops: Vec<Hop>,
    pub volume: Teu,
}

/// The answer of the stage.
#[derive(Clone, Debug)]
pub struct SlotPlan {
    pub carried: Vec<Carried>,
    pub left: Vec<(DemandIdx, Teu, Reason)>,
    /// Freight less lifts, money a cycle.
    pub value: f64,
    /// No cargo plan on this timetable with at most one transshipment a box earns more.
    pub bound: f64,
    /// Lines with a call that stays below the terminal's smallest.
    pub too_small: Vec<usize>,
}

/// Routes cargo on timed services. `None` when the limit was reached before anything was found.
pub fn slots(
    problem: &Problem,
    waterway: &Waterway,
    timed: &[TimedLine],
    limits: &SlotLimits,
    control: &Control,
) -> Option<SlotPlan> {
    let network = Network::new(problem, waterway, timed);
    let groups = Groups::new(problem, waterway);
    let ways = find_ways(&network, &groups);
    control.report("slots", None, None, format!("{} ways for {} demands", ways.paths.len(), problem.demands.len()));
    let relaxed = model::build(&network, &ways.paths, false);
    let solver = Limits { deadline: limits.deadline, ..Limits::default() };
    let answer = solve(&relaxed.model, &solver, control, &|_, _| {});
    let values = answer.found()?;
    let used: Vec<Path> =
        ways.paths.iter().zip(&relaxed.ways).filter(|(_, col)| values[col.row()] > 1e-7).map(|(path, _)| path.clone()).collect();
    let (whole, volumes) = whole_boxes(&network, used, &answer, &relaxed, &ways, limits, control);
    let mut too_small: Vec<usize> = short_lines(&network, &whole, &volumes);
    too_small.dedup();
    let value = whole.iter().zip(&volumes).map(|(path, teu)| path.margin.units() * *teu as f64).sum();
    control.report("slots", Some(value), Some(answer.bound), "whole boxes");
    let carried: Vec<Carried> = whole
        .iter()
        .zip(&volumes)
        .filter(|(_, teu)| **teu > 0)
        .map(|(path, teu)| Carried { demand: path.demand, hops: path.hops.clone(), volume: Teu(*teu) })
        .collect();
    let left = reasons::left_behind(problem, waterway, &carried, &ways.reach);
    let bound = if answer.bound.is_finite() { answer.bound.max(value) } else { value };
    Some(SlotPlan { carried, left, value, bound, too_small })
}

/// Whole TEU on the ways that the LP uses: by a MIP, or by rounding down where it finds nothing in time; then what still fits is added.
fn whole_boxes(
    network: &Network,
    used: Vec<Path>,
    relaxed: &Answer,
    lp: &SlotModel,
    ways: &Ways,
    limits: &SlotLimits,
    control: &Control,
) -> (Vec<Path>, Vec<i64>) {
    let whole = model::build(network, &used, true);
    let solver =
        Limits { deadline: limits.deadline, nodes: Some(limits.nodes), gap: 1e-4, seed: limits.seed as u32, ..Limits::default() };
    let answer = solve(&whole.model, &solver, control, &|_, _| {});
    let volumes: Vec<i64> = match answer.found() {
        Some(values) => whole.ways.iter().map(|col| values[col.row()].round() as i64).collect(),
        None => {
            let lp_values =
                ways.paths.iter().zip(&lp.ways).map(|(_, col)| relaxed.values[col.row()]).filter(|value| *value > 1e-7);
            lp_values.map(|value| (value + 1e-7).floor() as i64).collect()
        }
    };
    top_up(network, used, volumes, ways)
}

/// Adds TEU on every way that still has room, dearest first.
fn top_up(network: &Network, used: Vec<Path>, volumes: Vec<i64>, ways: &Ways) -> (Vec<Path>, Vec<i64>) {
    let mut room = reasons::Room::new(network);
    for (path, teu) in used.iter().zip(&volumes) {
        room.take(network, path, *teu);
    }
    let mut paths = used;
    let mut amounts = volumes;
    let mut order: Vec<&Path> = ways.paths.iter().collect();
    order.sort_by(|a, b| b.margin.cmp(&a.margin).then_with(|| (a.demand, &a.hops).cmp(&(b.demand, &b.hops))));
    for path in order {
        let teu = room.fits(network, path);
        if teu > 0 {
            room.take(network, path, teu);
            paths.push(path.clone());
            amounts.push(teu);
        }
    }
    merge(paths, amounts)
}

/// One entry for each way.
fn merge(paths: Vec<Path>, amounts: Vec<i64>) -> (Vec<Path>, Vec<i64>) {
    let mut rows: Vec<(Path, i64)> = paths.into_iter().zip(amounts).filter(|(_, teu)| *teu > 0).collect();
    rows.sort_by(|a, b| (a.0.demand, &a.0.hops).cmp(&(b.0.demand, &b.0.hops)));
    let mut merged: Vec<(Path, i64)> = Vec::new();
    for (path, teu) in rows {
        match merged.last_mut().filter(|(known, _)| known.demand == path.demand && known.hops == path.hops) {
            Some((_, known)) => *known += teu,
            None => merged.push((path, teu)),
        }
    }
    merged.into_iter().unzip()
}

/// Lines on which some call stays below the smallest.
fn short_lines(network: &Network, paths: &[Path], volumes: &[i64]) -> Vec<usize> {
    let mut lifted: std::collections::BTreeMap<(usize, usize), i64> = Default::default();
    for (path, teu) in paths.iter().zip(volumes) {
        for (line, _, call) in path.hops.iter().flat_map(|hop| network.lifts_of(hop)) {
            *lifted.entry((line, call)).or_default() += teu;
        }
    }
    let is_short = |row: usize| {
        let line = &network.lines[row];
        line.line.calls.iter().enumerate().any(|(call, at)| {
            let least = network.problem.terminal(*at).min_call.0 * line.sailings() as i64;
            lifted.get(&(row, call)).copied().unwrap_or(0) < least
        })
    };
    (0..network.lines.len()).filter(|row| is_short(*row)).collect()
}
