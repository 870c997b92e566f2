//! One thread's search: steps drawn from its own random numbers, on its own room.

use super::contract::Core;
use super::grouping::{Grouping, group};
use super::partition::{FreeParts, Joined, Partition};
use super::sweep::{Prices, Step, Sweeper};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Cells of the largest tables and steps of the longest loop in one sweep, roughly: what bounds a step's time for long periods.
const MOST_CELLS: usize = 40_000_000;

/// Links that take about the time of one part.
const LINKS_A_PART: usize = 12;

/// A thread's means.
#[derive(Clone, Debug)]
pub(super) struct Worker<'a> {
    pub core: &'a Core,
    pub rng: ChaCha8Rng,
    joined: Joined,
    partition: Partition,
    free: FreeParts,
    candidates: Vec<u32>,
    sweeper: Sweeper,
}

impl<'a> Worker<'a> {
    pub fn new(core: &'a Core, seed: u64) -> Self {
        Self {
            core,
            rng: ChaCha8Rng::seed_from_u64(seed),
            joined: Joined::default(),
            partition: Partition::default(),
            free: FreeParts::default(),
            candidates: Vec::new(),
            sweeper: Sweeper::new(core),
        }
    }

    /// Draws parts, and moves as many of them as can be moved at once. Returns the work: parts moved, and something for all links, which
    /// are looked at in each step.
    pub fn step(&mut self, grouping: Grouping, prices: Prices, heat: f32, times: &mut [i32]) -> u64 {
        self.joined.reset_apart(self.core.nodes);
        group(grouping, self.core, times, &mut self.joined, &mut self.rng);
        self.partition.fill(&mut self.joined);
        self.candidates.clear();
        self.candidates.extend(0..self.partition.len() as u32);
        self.candidates.shuffle(&mut self.rng);
        let period = self.core.period as usize;
        let most = (MOST_CELLS / (period * period)).max(1);
        self.free.choose(self.core, &self.partition, &self.candidates, most);
        let step = Step { core: self.core, partition: &self.partition, free: &self.free, prices, heat };
        self.sweeper.sweep(&step, &mut self.rng, times);
        (self.free.chosen.len() + self.core.links.len() / LINKS_A_PART) as u64 + 1
    }
}
