//! Parts, steps and mergers on drawn networks, against their definitions.

use super::anneal::Solution;
use super::contract::{Core, Link};
use super::merger::Merger;
use super::partition::{FreeParts, Joined, Partition};
use super::sweep::{Prices, Step, Sweeper};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// A network whose links all hold in the times that come with it.
fn draw(rng: &mut ChaCha8Rng, nodes: u32, period: i32) -> (Core, Vec<i32>) {
    let times: Vec<i32> = (0..nodes).map(|_| rng.random_range(0..period)).collect();
    let links = (0..2 * nodes).map(|_| {
        let from = rng.random_range(0..nodes);
        let to = (from + rng.random_range(1..nodes)) % nodes;
        let [span, weight] = [period, 20].map(|most| rng.random_range(0..most));
        let slack = rng.random_range(0..=span);
        let least = (times[to as usize] - times[from as usize] - slack).rem_euclid(period);
        Link { from, to, least, span, weight: weight.into() }
    });
    (Core::new(period, nodes as usize, links.collect()), times)
}

/// A few random joints.
fn draw_parts(rng: &mut ChaCha8Rng, core: &Core) -> Partition {
    let mut joined = Joined::apart(core.nodes);
    for _ in 0..core.nodes / 3 {
        let [a, b] = [0; 2].map(|_| rng.random_range(0..core.nodes as u32));
        joined.join(a, b);
    }
    let mut partition = Partition::default();
    partition.fill(&mut joined);
    partition
}

fn choose(rng: &mut ChaCha8Rng, core: &Core, partition: &Partition, most: usize) -> FreeParts {
    let mut candidates: Vec<u32> = (0..partition.len() as u32).collect();
    candidates.shuffle(rng);
    let mut free = FreeParts::default();
    free.choose(core, partition, &candidates, most);
    free
}

/// Pairs of parts that links join, each once.
fn pairs(core: &Core, partition: &Partition) -> BTreeSet<[u32; 2]> {
    let ends = core.links.iter().map(|link| [link.from, link.to].map(|node| partition.part[node as usize]));
    ends.filter(|[a, b]| a != b).map(|[a, b]| [a.min(b), a.max(b)]).collect()
}

/// True when the pairs among these parts close no cycle.
fn is_forest(pairs: &BTreeSet<[u32; 2]>, parts: usize, among: &[u32]) -> bool {
    let mut trees = Joined::apart(parts);
    pairs.iter().filter(|pair| pair.iter().all(|part| among.contains(part))).all(|[a, b]| trees.join(*a, *b))
}

#[test]
fn free_parts_form_a_forest_that_no_other_part_could_join() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..200 {
        let (core, _) = draw(&mut rng, 12, 7);
        let partition = draw_parts(&mut rng, &core);
        let free = choose(&mut rng, &core, &partition, usize::MAX);
        let pairs = pairs(&core, &partition);
        assert!(is_forest(&pairs, partition.len(), &free.chosen));
        for part in (0..partition.len() as u32).filter(|part| !free.chosen.contains(part)) {
            let more: Vec<u32> = free.chosen.iter().copied().chain([part]).collect();
            assert!(!is_forest(&pairs, partition.len(), &more), "part {part} is left out without need");
        }
    }
}

/// All shifts of up to four parts, one after the other.
#[test]
fn a_step_without_heat_finds_the_best_of_all_shifts() {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..200 {
        let period = rng.random_range(1..6);
        let (core, times) = draw(&mut rng, 8, period);
        let partition = draw_parts(&mut rng, &core);
        let free = choose(&mut rng, &core, &partition, 4);
        let mut best = i64::MAX;
        for code in 0..period.pow(free.chosen.len() as u32) {
            let mut shifted = times.clone();
            let mut rest = code;
            for part in &free.chosen {
                partition.members(*part).iter().for_each(|node| shifted[*node as usize] += rest % period);
                rest /= period;
            }
            shifted.iter_mut().for_each(|time| *time %= period);
            if core.links.iter().all(|link| core.excess(&shifted, link) == 0) {
                best = best.min(core.cost(&shifted));
            }
        }
        let mut found = times.clone();
        let step = Step { core: &core, partition: &partition, free: &free, prices: Prices::Weights, heat: 0.0 };
        Sweeper::new(&core).sweep(&step, &mut rng, &mut found);
        assert!(core.links.iter().all(|link| core.excess(&found, link) == 0));
        assert_eq!(core.cost(&found), best);
    }
}

/// However hot, spans hold; and what stands, stands.
#[test]
fn a_hot_step_keeps_spans_and_moves_free_parts_alone() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for round in 0..200 {
        let (core, times) = draw(&mut rng, 12, 9);
        let partition = draw_parts(&mut rng, &core);
        let free = choose(&mut rng, &core, &partition, usize::MAX);
        let mut found = times.clone();
        let heat = 10f32.powi(round % 20);
        let step = Step { core: &core, partition: &partition, free: &free, prices: Prices::Weights, heat };
        Sweeper::new(&core).sweep(&step, &mut rng, &mut found);
        assert!(core.links.iter().all(|link| core.excess(&found, link) == 0));
        for node in 0..core.nodes {
            assert!(free.is_free[partition.part[node] as usize] || found[node] == times[node]);
        }
    }
}

/// The other timetable is a choice of shifts, and costs differ by as much as in the whole network.
#[test]
fn both_timetables_are_within_their_merger() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    for _ in 0..200 {
        let (core, times) = draw(&mut rng, 12, 6);
        let mut other = times.clone();
        for _ in 0..rng.random_range(0..5) {
            other[rng.random_range(0..12)] = rng.random_range(0..6);
        }
        let [a, b] = [times, other].map(|times| Solution { cost: core.cost(&times), times });
        let merger = Merger::new(&core, &a, &b);
        let start = merger.start();
        assert_eq!(merger.lift(&start), a);
        let shifts: Vec<i32> = (0..core.nodes).map(|node| (b.times[node] - a.times[node]).rem_euclid(6)).collect();
        let mut merged = start.clone();
        for (node, part) in merger.partition.part.iter().enumerate() {
            merged.times[*part as usize] = shifts[node];
        }
        merged.cost = merger.core.cost(&merged.times);
        assert_eq!(merger.lift(&merged), b);
        assert_eq!(merged.cost - start.cost, b.cost - a.cost);
    }
}
