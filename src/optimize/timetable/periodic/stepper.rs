//! Single steps of the search, for those who measure their speed.

use super::contract::{Contracted, contract};
use super::contradiction::find_contradiction;
use super::feasible::find_feasible;
use super::grouping::Grouping;
use super::sweep::Prices;
use super::worker::Worker;
use crate::domain::event_network::EventNetwork;

/// Steps tried for a first timetable.
const MOST_STEPS: u32 = 10_000;

/// Steps of one kind on one network, under a moderate heat.
pub struct Stepper {
    contracted: Contracted,
    times: Vec<i32>,
    grouping: Grouping,
    seed: u64,
}

impl Stepper {
    /// Kinds of steps: how parts are drawn.
    pub const KINDS: [&'static str; 3] = ["nodes", "services", "regions"];

    /// Starts from a timetable; `None` when none is found or the kind is unknown.
    pub fn new(network: &EventNetwork, kind: &str, seed: u64) -> Option<Self> {
        let groupings = [Grouping::Nodes, Grouping::Services, Grouping::Regions];
        let grouping = groupings[Self::KINDS.iter().position(|name| *name == kind)?];
        if find_contradiction(network).is_some() {
            return None;
        }
        let contracted = contract(network);
        let mut steps = 0;
        let times = find_feasible(&mut Worker::new(&contracted.core, seed), |_| {
            steps += 1;
            steps > MOST_STEPS
        });
        Some(Self { times: times.ok()?, contracted, grouping, seed })
    }

    /// Hands a stepping function to `run`, which may call it any number of times; each call returns its work.
    pub fn with_steps<T>(&mut self, run: impl FnOnce(&mut dyn FnMut() -> u64) -> T) -> T {
        let core = &self.contracted.core;
        let mut worker = Worker::new(core, self.seed);
        let (heat, grouping, times) = (core.average_weight(), self.grouping, &mut self.times);
        run(&mut || worker.step(grouping, Prices::Weights, heat, times))
    }
}
