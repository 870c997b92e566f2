//! One leg of the search on one thread: steps under a falling heat, and the best times met.

use super::grouping::Grouping;
use super::sweep::Prices;
use super::worker::Worker;
use crate::optimize::control::Control;
use std::time::Instant;

/// Until when a leg goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// Work of the steps.
    Work(u64),
    By(Instant),
}

/// What is searched, and how hot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg<'a> {
    /// At the start and at the end, in cost.
    pub heats: [f32; 2],
    /// How much hotter steps of whole services and regions are than those of nodes, at the start; by the end they are no hotter.
    pub bolder: f32,
    /// Taken in turn.
    pub groupings: &'a [Grouping],
    pub end: End,
}

/// Times that keep all spans, and their weighted slack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Solution {
    pub cost: i64,
    pub times: Vec<i32>,
}

/// Goes from times that keep all spans to others that do; the best on the way, so never worse.
pub(super) fn anneal(worker: &mut Worker, start: &Solution, leg: &Leg, control: &Control) -> Solution {
    let (core, begun) = (worker.core, Instant::now());
    let (mut best, mut times) = (start.clone(), start.times.clone());
    let mut work = 0;
    for grouping in leg.groupings.iter().cycle() {
        let gone = match leg.end {
            End::Work(most) => work as f64 / most.max(1) as f64,
            End::By(end) => begun.elapsed().as_secs_f64() / end.saturating_duration_since(begun).as_secs_f64().max(1e-9),
        };
        if gone >= 1.0 || best.cost == 0 || control.is_cancelled() {
            break;
        }
        let bolder = if *grouping == Grouping::Nodes { 1.0 } else { leg.bolder.powf(1.0 - gone as f32) };
        let heat = bolder * leg.heats[0] * (leg.heats[1] / leg.heats[0]).powf(gone as f32);
        work += worker.step(*grouping, Prices::Weights, heat, &mut times);
        let cost = core.cost(&times);
        if cost < best.cost {
            best.cost = cost;
            best.times.copy_from_slice(&times);
        }
    }
    best
}

/// Moves everything about as far as the spans allow, whatever it costs. Returns the work it took, too.
pub(super) fn shake(worker: &mut Worker, start: &Solution, steps: usize) -> (Solution, u64) {
    let mut times = start.times.clone();
    let groupings = [Grouping::Nodes, Grouping::Services, Grouping::Regions].into_iter().cycle().take(steps);
    let work = groupings.map(|grouping| worker.step(grouping, Prices::Weights, HOT, &mut times)).sum();
    (Solution { cost: worker.core.cost(&times), times }, work)
}

/// So hot that no cost matters, and far from what a number holds.
const HOT: f32 = 1e25;
