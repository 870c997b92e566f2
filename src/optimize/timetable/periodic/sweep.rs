//! One step of the search: parts that form a forest move at once, each by its own shift, the rest stays. Going up the trees, every part learns
//! what each of its shifts costs at best with all that hangs below it; going down, it takes a shift for the one its parent took: the best one
//! where there is no heat, else one drawn by what it costs. Formulation: `models/timetable.md`.

use super::contract::Core;
use super::partition::{FreeParts, Partition};
use super::tables::{Measure, Priced, Room, Slots, Turn};
use pulp::Arch;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Costs above the least by more than so many heats are not drawn.
const COLDEST: f32 = 12.0;

/// How links are counted in a sweep.
#[derive(Clone, Copy, Debug)]
pub(super) enum Prices<'a> {
    /// Weights; no link may leave its span.
    Weights,
    /// Penalties of links outside their spans.
    Penalties(&'a [f32]),
}

/// What moves, how it is counted, and how hot it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'a> {
    pub core: &'a Core,
    pub partition: &'a Partition,
    pub free: &'a FreeParts,
    pub prices: Prices<'a>,
    /// In cost; none for the best shifts.
    pub heat: f32,
}

/// Room for sweeps over one core, kept from one to the next.
#[derive(Clone, Debug)]
pub(super) struct Sweeper {
    arch: Arch,
    slots: Slots,
    /// Parts in the order in which trees are gone down.
    order: Vec<u32>,
    /// By place in the order: place of the parent; itself for a root.
    parents: Vec<u32>,
    /// By part: its place in the order.
    places: Vec<u32>,
    /// Row by place: what each shift costs, with all that hangs below.
    own: Vec<f32>,
    /// Row by place: what the links with the parent cost for each shift beyond that of the parent.
    between: Vec<f32>,
    shifts: Vec<usize>,
    best: Vec<f32>,
    room: Room,
    drawn: Vec<(usize, f32)>,
}

/// Parts not placed yet.
const NOWHERE: u32 = u32::MAX;

impl Sweeper {
    pub fn new(core: &Core) -> Self {
        let slots = Slots::new(core.period as usize);
        let best = vec![0.0; slots.row];
        Self {
            arch: Arch::new(),
            slots,
            order: Vec::new(),
            parents: Vec::new(),
            places: Vec::new(),
            own: Vec::new(),
            between: Vec::new(),
            shifts: Vec::new(),
            best,
            room: Room::default(),
            drawn: Vec::new(),
        }
    }

    /// Moves the free parts. Where weights count, times that keep all spans keep them afterwards.
    pub fn sweep(&mut self, step: &Step, rng: &mut ChaCha8Rng, times: &mut [i32]) {
        let arch = self.arch;
        arch.dispatch(
            #[inline(always)]
            || {
                self.set_tables(step, times);
                self.go_up();
                self.go_down(step.heat, rng);
            },
        );
        for (part, shift) in self.order.iter().zip(&self.shifts).filter(|(_, shift)| **shift > 0) {
            for node in step.partition.members(*part) {
                let time = &mut times[*node as usize];
                *time += *shift as i32;
                *time -= if *time >= step.core.period { step.core.period } else { 0 };
            }
        }
    }

    /// Orders the trees and sets the rows of all free parts.
    #[inline(always)]
    fn set_tables(&mut self, step: &Step, times: &[i32]) {
        self.order.clear();
        self.parents.clear();
        self.places.clear();
        self.places.resize(step.partition.len(), NOWHERE);
        for rows in [&mut self.own, &mut self.between] {
            rows.clear();
            rows.resize(step.free.chosen.len() * self.slots.row, 0.0);
        }
        let mut place = 0;
        for root in &step.free.chosen {
            if self.places[*root as usize] != NOWHERE {
                continue;
            }
            self.append(*root, self.order.len() as u32);
            while place < self.order.len() {
                self.set_rows(place, step, times);
                place += 1;
            }
        }
    }

    fn append(&mut self, part: u32, parent: u32) {
        self.places[part as usize] = self.order.len() as u32;
        self.order.push(part);
        self.parents.push(parent);
    }

    /// Sets the rows of the part at a place, and appends its children.
    #[inline(always)]
    fn set_rows(&mut self, place: usize, step: &Step, times: &[i32]) {
        let Step { core, partition, free, prices, .. } = *step;
        let (part, parent) = (self.order[place], self.parents[place]);
        let rows = place * self.slots.row..(place + 1) * self.slots.row;
        for node in partition.members(part) {
            for row in core.at(*node as usize) {
                let link = &core.links[*row as usize];
                let other = partition.part[link.other(*node as usize)];
                if other == part {
                    continue;
                }
                let rows_of = match (free.is_free[other as usize], self.places[other as usize]) {
                    (false, _) => &mut self.own,
                    (true, at) if at == parent && at != place as u32 => &mut self.between,
                    (true, at) => {
                        if at == NOWHERE {
                            self.append(other, place as u32);
                        }
                        // the child's rows hold the link
                        continue;
                    }
                };
                let (measure, price) = match prices {
                    Prices::Weights => (Measure::Slack, link.weight as f32),
                    Prices::Penalties(penalties) => (Measure::Excess, penalties[*row as usize]),
                };
                let turn = if link.to == *node { Turn::Longer } else { Turn::Shorter };
                let priced = Priced::new(link, core.slack(times, link), measure, price);
                self.slots.add(&mut rows_of[rows.clone()], priced, turn);
            }
        }
    }

    #[inline(always)]
    fn go_up(&mut self) {
        let row = self.slots.row;
        for place in (0..self.order.len()).rev() {
            let parent = self.parents[place] as usize;
            if parent != place {
                let (above, own) = self.own.split_at_mut(place * row);
                let between = &self.between[place * row..(place + 1) * row];
                self.slots.best_for_each(&mut self.best, &own[..row], between, &mut self.room);
                let above = above[parent * row..(parent + 1) * row].iter_mut();
                above.zip(&self.best).for_each(|(sum, best)| *sum += best);
            }
        }
    }

    #[inline(always)]
    fn go_down(&mut self, heat: f32, rng: &mut ChaCha8Rng) {
        let row = self.slots.row;
        self.shifts.clear();
        for place in 0..self.order.len() {
            let parent = self.parents[place] as usize;
            let own = &mut self.own[place * row..(place + 1) * row];
            if parent != place {
                self.slots.add_turned(own, &self.between[place * row..(place + 1) * row], self.shifts[parent]);
            }
            let least = self.slots.least(own);
            self.shifts.push(draw(&own[..self.slots.period], least, heat, rng, &mut self.drawn));
        }
    }
}

/// A shift that costs no more than the least, or a few heats more: the likelier the less it costs.
#[inline(always)]
fn draw(costs: &[f32], least: f32, heat: f32, rng: &mut ChaCha8Rng, drawn: &mut Vec<(usize, f32)>) -> usize {
    drawn.clear();
    let dearest = least + COLDEST * heat;
    let mut sum = 0.0;
    for (shift, cost) in costs.iter().enumerate().filter(|(_, cost)| **cost <= dearest) {
        sum += if *cost > least { ((least - cost) / heat).exp() } else { 1.0 };
        drawn.push((shift, sum));
    }
    let at = if drawn.len() > 1 { rng.random::<f32>() * sum } else { 0.0 };
    let last = drawn.last().map_or(0, |(shift, _)| *shift);
    drawn.iter().find(|(_, sum)| at < *sum).map_or(last, |(shift, _)| *shift)
}
