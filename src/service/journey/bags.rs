//! Labels of one search: what it takes to be at a terminal, and which of them are worth following.

use super::search::MOST_TRANSSHIPMENTS;

pub(super) const MOST_RIDES: usize = MOST_TRANSSHIPMENTS + 1;

/// No label: the ride starts at an origin.
pub(super) const NOTHING: u32 = u32::MAX;

/// A ride: where it was boarded, and how many calls later it ends, from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub boarding: u32,
    pub cycle: i64,
    pub calls: u32,
}

/// How a box came to a terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    /// When it can be loaded again; at a destination, the arrival.
    pub at: i64,
    pub fare: i64,
    pub co2e_g: i64,
    pub rides: usize,
    pub departure: i64,
    pub place: u32,
    pub step: Step,
    /// The label before, or [`NOTHING`].
    pub before: u32,
}

impl Label {
    /// No later, no dearer, no dirtier.
    fn is_as_good_as(&self, other: &Self) -> bool {
        self.at <= other.at && self.fare <= other.fare && self.co2e_g <= other.co2e_g
    }
}

/// Labels by terminal and rides, and those of the destination. What later departures reached stays: an earlier one is worth following
/// only where it is better.
pub(super) struct Bags {
    pub labels: Vec<Label>,
    /// By place, then rides.
    reached: Vec<Vec<u32>>,
    delivered: Vec<u32>,
    /// Labels to go on from in the next round.
    pub marked: Vec<u32>,
}

impl Bags {
    pub fn new(places: usize) -> Self {
        Self {
            labels: Vec::with_capacity(64),
            reached: vec![Vec::new(); places * (MOST_RIDES + 1)],
            delivered: Vec::new(),
            marked: Vec::with_capacity(16),
        }
    }

    fn bag(place: u32, rides: usize) -> usize {
        place as usize * (MOST_RIDES + 1) + rides
    }

    /// Keeps a label at a terminal on the way, unless another is as good with as few rides, or a destination was reached as well with at
    /// most one ride more.
    pub fn reach(&mut self, label: Label) {
        let labels = &self.labels;
        let beaten = |bag: &[u32]| bag.iter().any(|known| labels[*known as usize].is_as_good_as(&label));
        let here = Self::bag(label.place, 0);
        let arrived = self.delivered.iter().map(|known| &labels[*known as usize]);
        if self.reached[here..=here + label.rides].iter().any(|bag| beaten(bag))
            || arrived.into_iter().any(|known| known.rides <= label.rides + 1 && known.is_as_good_as(&label))
        {
            return;
        }
        let bag = &mut self.reached[Self::bag(label.place, label.rides)];
        bag.retain(|known| !label.is_as_good_as(&labels[*known as usize]));
        let row = self.labels.len() as u32;
        bag.push(row);
        self.marked.push(row);
        self.labels.push(label);
    }

    /// Whether a label has not been beaten since it was marked.
    pub fn still_stands(&self, row: u32) -> bool {
        let label = &self.labels[row as usize];
        self.reached[Self::bag(label.place, label.rides)].contains(&row)
    }

    /// Keeps a label at a destination. Departures come from the latest to the earliest, so only one of the same departure can be beaten.
    pub fn deliver(&mut self, label: Label) {
        let labels = &self.labels;
        let as_good = |a: &Label, b: &Label| a.rides <= b.rides && a.is_as_good_as(b);
        if self.delivered.iter().any(|known| as_good(&labels[*known as usize], &label)) {
            return;
        }
        self.delivered.retain(|known| {
            let known = &labels[*known as usize];
            known.departure != label.departure || !as_good(&label, known)
        });
        self.delivered.push(self.labels.len() as u32);
        self.labels.push(label);
    }

    /// The rides that lead to each label of the destination.
    pub fn ways(&self) -> impl Iterator<Item = (&Label, Vec<Step>)> {
        self.delivered.iter().map(|row| {
            let last = &self.labels[*row as usize];
            let mut steps = vec![last.step];
            let mut before = last.before;
            while before != NOTHING {
                let label = &self.labels[before as usize];
                steps.push(label.step);
                before = label.before;
            }
            steps.reverse();
            (last, steps)
        })
    }
}
