//! Tables over the shifts of a part, one number for each slot of the period: what links cost when a part moves, and the best of one part
//! for every shift of another. They only guide the search, so they hold rounded numbers; what a timetable costs is counted in integers.
//! Rows are padded to whole lanes, and the loops are plain enough for the wide registers that the caller's dispatch allows.

use super::contract::Link;

/// Numbers handled at once; rows have a multiple of this.
pub(super) const LANES: usize = 32;

/// What a link costs by its slack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Its weight for each slot; it must keep its span.
    Slack,
    /// Its penalty for each slot outside its span, the shorter way round; nothing within.
    Excess,
}

/// How a table is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Slot k is for k slots more slack.
    Longer,
    /// Slot k is for k slots less.
    Shorter,
}

/// The link under a measure, ready for the loops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Priced {
    pub measure: Measure,
    pub slack: f32,
    pub span: f32,
    pub price: f32,
}

impl Priced {
    pub fn new(link: &Link, slack: i32, measure: Measure, price: f32) -> Self {
        Self { measure, slack: slack as f32, span: link.span as f32, price }
    }
}

/// Row sizes and the numbers of slots.
#[derive(Clone, Debug)]
pub(super) struct Slots {
    pub period: usize,
    /// Numbers of a padded row.
    pub row: usize,
    numbers: Vec<f32>,
}

impl Slots {
    pub fn new(period: usize) -> Self {
        let row = period.next_multiple_of(LANES);
        Self { period, row, numbers: (0..row).map(|slot| slot as f32).collect() }
    }

    /// Adds to a row what a link costs for each shift [TT-13].
    #[inline(always)]
    pub fn add(&self, row: &mut [f32], link: Priced, turn: Turn) {
        let period = self.period as f32;
        let longer = |slot: f32| {
            let slack = link.slack + slot;
            if slack >= period { slack - period } else { slack }
        };
        let shorter = |slot: f32| {
            let slack = link.slack - slot;
            if slack < 0.0 { slack + period } else { slack }
        };
        let cost = |slack: f32| if slack <= link.span { slack * link.price } else { f32::INFINITY };
        let excess = |slack: f32| if slack <= link.span { 0.0 } else { (slack - link.span).min(period - slack) * link.price };
        match (link.measure, turn) {
            (Measure::Slack, Turn::Longer) => self.add_each(row, |slot| cost(longer(slot))),
            (Measure::Slack, Turn::Shorter) => self.add_each(row, |slot| cost(shorter(slot))),
            (Measure::Excess, Turn::Longer) => self.add_each(row, |slot| excess(longer(slot))),
            (Measure::Excess, Turn::Shorter) => self.add_each(row, |slot| excess(shorter(slot))),
        }
    }

    #[inline(always)]
    fn add_each(&self, row: &mut [f32], cost: impl Fn(f32) -> f32) {
        row.iter_mut().zip(&self.numbers).for_each(|(sum, slot)| *sum += cost(*slot));
    }

    /// For each shift y of a part, the least of `own[x] + between[x - y]` over the shifts x of the other, differences taken modulo the
    /// period.
    #[inline(always)]
    pub fn best_for_each(&self, best: &mut [f32], own: &[f32], between: &[f32], room: &mut Room) {
        room.twice.resize(self.period + self.row, 0.0);
        room.twice[..self.period].copy_from_slice(&own[..self.period]);
        room.twice[self.period..].copy_from_slice(own);
        room.finite.clear();
        let finite = between[..self.period].iter().enumerate().filter(|(_, cost)| **cost < f32::INFINITY);
        room.finite.extend(finite.map(|(apart, cost)| (apart, *cost)));
        for (place, best) in best.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut least = [f32::INFINITY; LANES];
            for (apart, cost) in &room.finite {
                let own = room.twice[apart + place * LANES..].first_chunk::<LANES>();
                let own = own.expect("the room holds a period and a row, and no difference reaches the period");
                for (least, own) in least.iter_mut().zip(own) {
                    let sum = own + cost;
                    *least = if sum < *least { sum } else { *least };
                }
            }
            *best = least;
        }
    }

    /// Adds a row to another whose slot `first` stands at its start.
    #[inline(always)]
    pub fn add_turned(&self, sum: &mut [f32], row: &[f32], first: usize) {
        let (before, after) = sum[..self.period].split_at_mut(first);
        after.iter_mut().zip(row).for_each(|(sum, cost)| *sum += cost);
        before.iter_mut().zip(&row[self.period - first..self.period]).for_each(|(sum, cost)| *sum += cost);
    }

    /// The least number of a row.
    #[inline(always)]
    pub fn least(&self, row: &[f32]) -> f32 {
        let (chunks, rest) = row[..self.period].as_chunks::<8>();
        let mut least = [f32::INFINITY; 8];
        for chunk in chunks {
            for (least, cost) in least.iter_mut().zip(chunk) {
                *least = if *cost < *least { *cost } else { *least };
            }
        }
        least.iter().chain(rest).copied().fold(f32::INFINITY, f32::min)
    }
}

/// Room for [`Slots::best_for_each`].
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    /// A row, and again from its start.
    twice: Vec<f32>,
    /// Differences that are possible, with their costs.
    finite: Vec<(usize, f32)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn link(rng: &mut ChaCha8Rng, period: i32) -> Link {
        let [least, span] = [0; 2].map(|_| rng.random_range(0..period));
        Link { from: 0, to: 1, least, span, weight: rng.random_range(0..1000) }
    }

    /// Every table against its definition, for periods around the width of a row.
    #[test]
    fn a_table_holds_what_a_link_costs_after_each_shift() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        for period in [1, 2, 7, 31, 32, 33, 60, 100] {
            let slots = Slots::new(period as usize);
            for _ in 0..20 {
                let link = link(&mut rng, period);
                let slack = rng.random_range(0..period);
                for (turn, sign) in [(Turn::Longer, 1), (Turn::Shorter, -1)] {
                    for measure in [Measure::Slack, Measure::Excess] {
                        let mut row = vec![0.0; slots.row];
                        slots.add(&mut row, Priced::new(&link, slack, measure, link.weight as f32), turn);
                        for shift in 0..period {
                            let slack = (slack + sign * shift).rem_euclid(period);
                            let beyond = (slack - link.span).min(period - slack);
                            let expected = match measure {
                                Measure::Slack if slack > link.span => f32::INFINITY,
                                Measure::Slack => (i64::from(slack) * link.weight) as f32,
                                Measure::Excess if slack > link.span => (i64::from(beyond) * link.weight) as f32,
                                Measure::Excess => 0.0,
                            };
                            assert_eq!(row[shift as usize], expected, "{link:?} {measure:?} {turn:?} {shift}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_best_of_a_part_is_found_for_each_shift_of_another() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        for period in [1usize, 5, 32, 60, 65] {
            let slots = Slots::new(period);
            let mut drawn = || -> Vec<f32> {
                let cost = |_| if rng.random_bool(0.3) { f32::INFINITY } else { rng.random_range(0..100) as f32 };
                (0..slots.row).map(cost).collect()
            };
            let (own, between) = (drawn(), drawn());
            let (mut best, mut room) = (vec![0.0; slots.row], Room::default());
            slots.best_for_each(&mut best, &own, &between, &mut room);
            for y in 0..period {
                let costs = (0..period).map(|x| own[x] + between[(x + period - y) % period]);
                let least = costs.clone().fold(f32::INFINITY, f32::min);
                assert_eq!(best[y], least);
                let mut sums = own.clone();
                slots.add_turned(&mut sums, &between, y);
                assert_eq!(sums[..period], costs.collect::<Vec<f32>>());
                assert_eq!(slots.least(&sums), least);
            }
        }
    }
}
