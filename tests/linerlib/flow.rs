//! The flow after a change of a network, against the flow from nothing.

use crate::evaluator::{find_data, find_instances};
use crate::{read, tiny_folder};
use waterbus::domain::Limit;
use waterbus::domain::liner::Case;
use waterbus::optimize::control::Control;
use waterbus::optimize::design::liner::{LinerOptions, design, with_trial};

/// Work of the search that makes the network on which changes are tried, and how many are tried.
const WORK: u64 = 4;
const CHANGES: usize = 40;
/// Pivots from nothing for each pivot after a change, on networks so large that the flow is what the search waits for.
const LARGE_PIVOTS: u64 = 10_000;
const LEAST_RATIO: f64 = 8.0;

/// On every public instance the flow that goes on from where it stood is worth what the flow from nothing is, to 1e-7, and on large
/// networks it takes far fewer pivots.
#[test]
fn a_warm_flow_is_worth_what_a_cold_one_is_for_far_fewer_pivots() {
    for folder in [Some(tiny_folder()), find_data()].into_iter().flatten() {
        for instance in find_instances(&folder) {
            let problem = read(&folder, &instance, Case::Base, false);
            let options = LinerOptions { seed: 3, threads: 2, most_visits: None, most_weeks: None };
            let network = design(&problem, &options, &Control::silent(Limit::Work(WORK)));
            with_trial(&problem, &options, &network.services, |trial| {
                let (mut warm_pivots, mut cold_pivots) = (0, 0);
                for change in 0..CHANGES {
                    let Some(tried) = trial.draw() else { break };
                    let (warm, cold) = (trial.reload(&tried), trial.load_from_nothing(&tried));
                    let close = (warm.value - cold.value).abs() <= 1e-7 * (1.0 + cold.value.abs());
                    assert!(close, "{instance}, change {change}: {} warm, {} cold", warm.value, cold.value);
                    warm_pivots += warm.pivots;
                    cold_pivots += cold.pivots;
                }
                let ratio = cold_pivots as f64 / warm_pivots.max(1) as f64;
                println!(
                    "{instance}: {} pivots from nothing, {ratio:.1} times those after a change",
                    cold_pivots / CHANGES as u64
                );
                if cold_pivots / CHANGES as u64 > LARGE_PIVOTS {
                    assert!(ratio > LEAST_RATIO, "{instance}: {ratio}");
                }
            });
        }
    }
}
