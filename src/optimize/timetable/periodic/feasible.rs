//! The first timetable. Links outside their spans cost a penalty for each slot, and the penalty of a link grows as long as it stays outside.

use super::contract::Core;
use super::grouping::Grouping;
use super::sweep::Prices;
use super::worker::Worker;
use rand::RngExt;

/// What the penalty of a link grows by after each step in which it is outside its span.
const GROWTH: f32 = 0.2;
const TURNS: [Grouping; 3] = [Grouping::Nodes, Grouping::Services, Grouping::Regions];

/// Times that keep all spans, or those with the fewest links outside and how many these are, once `is_over` says so after a step, of which it
/// is told the work.
pub(super) fn find_feasible(worker: &mut Worker, mut is_over: impl FnMut(u64) -> bool) -> Result<Vec<i32>, usize> {
    let core = worker.core;
    let mut times: Vec<i32> = (0..core.nodes).map(|_| worker.rng.random_range(0..core.period)).collect();
    let mut penalties = vec![1.0; core.links.len()];
    let mut fewest = outside(core, &times);
    for turn in TURNS.into_iter().cycle() {
        if fewest == 0 {
            return Ok(times);
        }
        let work = worker.step(turn, Prices::Penalties(&penalties), 0.0, &mut times);
        for (link, penalty) in core.links.iter().zip(&mut penalties) {
            *penalty += if core.excess(&times, link) > 0 { GROWTH } else { 0.0 };
        }
        fewest = fewest.min(outside(core, &times));
        if fewest > 0 && is_over(work) {
            break;
        }
    }
    Err(fewest)
}

/// Links outside their spans.
fn outside(core: &Core, times: &[i32]) -> usize {
    core.links.iter().filter(|link| core.excess(times, link) > 0).count()
}
