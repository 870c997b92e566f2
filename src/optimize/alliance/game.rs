//! A game of sharing: what every set of members earns alone. A set is a number whose bit `i` stands for member `i`.

use super::number::Number;
use crate::domain::members_of;

/// Values of all sets, the empty one first; it earns nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Game<T = f64> {
    members: usize,
    values: Vec<T>,
}

impl<T: Number> Game<T> {
    /// # Panics
    /// When there are not as many values as sets: a programmer's mistake.
    pub fn new(values: Vec<T>) -> Self {
        assert!(values.len().is_power_of_two(), "one value for each set of members");
        Self { members: values.len().trailing_zeros() as usize, values }
    }

    /// A game of which a function tells the value of each set.
    pub fn of(members: usize, value: impl Fn(usize) -> T) -> Self {
        Self::new((0..1 << members).map(|set| if set == 0 { T::zero() } else { value(set) }).collect())
    }

    pub fn members(&self) -> usize {
        self.members
    }

    pub fn values(&self) -> &[T] {
        &self.values
    }

    pub fn value(&self, set: usize) -> &T {
        &self.values[set]
    }

    pub fn alone(&self, member: usize) -> &T {
        &self.values[1 << member]
    }

    /// The set of all members.
    pub fn everybody(&self) -> usize {
        self.values.len() - 1
    }

    pub fn total(&self) -> &T {
        &self.values[self.everybody()]
    }

    /// Sets that are neither empty nor whole.
    pub fn proper(&self) -> std::ops::Range<usize> {
        1..self.everybody()
    }

    /// By set, what its members get together.
    pub fn sums(&self, shares: &[T]) -> Vec<T> {
        let mut sums = vec![T::zero(); self.values.len()];
        for set in 1..sums.len() {
            sums[set] = sums[set & (set - 1)].clone() + shares[set.trailing_zeros() as usize].clone();
        }
        sums
    }

    /// By set, what it would earn more alone than it gets.
    pub fn excesses(&self, shares: &[T]) -> Vec<T> {
        self.values.iter().zip(self.sums(shares)).map(|(value, sum)| value.clone() - sum).collect()
    }

    /// Everybody can get as much as it earns alone.
    pub fn can_please_each(&self) -> bool {
        let alone = (0..self.members).fold(T::zero(), |sum, member| sum + self.alone(member).clone());
        !alone.is_above(self.total())
    }
}

impl Game<f64> {
    /// The same game with values of a size of about 1, and what to multiply its shares with.
    pub fn scaled(&self) -> (Self, f64) {
        let size = self.values.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
        let size = if size > 0.0 { size } else { 1.0 };
        (Self::new(self.values.iter().map(|value| value / size).collect()), size)
    }

    /// Largest excess of a set that is neither empty nor whole; `None` for an alliance of one.
    pub fn worst(&self, shares: &[f64]) -> Option<f64> {
        let excesses = self.excesses(shares);
        self.proper().map(|set| excesses[set]).max_by(f64::total_cmp)
    }

    /// No set would do better alone, up to rounding.
    pub fn is_in_core(&self, shares: &[f64]) -> bool {
        let (_, size) = self.scaled();
        self.worst(shares).is_none_or(|worst| worst <= 1e-9 * size)
    }

    /// The Shapley value: a member's contribution to those before it, averaged over all orders [AL-6].
    pub fn shapley(&self) -> Vec<f64> {
        let weights = self.order_weights();
        let mut shares = vec![0.0; self.members];
        for set in 1..self.values.len() {
            let others = set.count_ones() as usize - 1;
            for member in members_of(set) {
                shares[member] += weights[others] * (self.values[set] - self.values[set & !(1 << member)]);
            }
        }
        shares
    }

    /// By number of members that came before: the share of all orders in which just these did.
    fn order_weights(&self) -> Vec<f64> {
        let mut weights = vec![1.0 / self.members.max(1) as f64];
        for before in 1..self.members {
            let last = weights[before - 1];
            weights.push(last * before as f64 / (self.members - before) as f64);
        }
        weights
    }
}
