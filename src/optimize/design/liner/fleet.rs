//! Vessels for services: which of a class's vessels sail where. More vessels let a service sail slower and burn less.

use super::cost::Costing;
use crate::domain::ClassIdx;
use crate::domain::liner::PortIdx;

/// What a rotation costs a week with each number of vessels that is of use.
#[derive(Clone, Debug, PartialEq)]
pub struct VesselCosts {
    /// Fewest vessels with which it can be sailed.
    pub fewest: u32,
    /// USD a week with the fewest vessels, one more, and so on.
    pub weekly_usd: Vec<f64>,
}

impl VesselCosts {
    /// The table of a rotation; `None` when it may not be sailed with `most` vessels.
    pub fn new(costing: &Costing, class: ClassIdx, calls: &[PortIdx], most: u32) -> Option<Self> {
        let (fewest, weekly_usd) = costing.weekly_by_vessels(class, calls, most)?;
        Some(Self { fewest, weekly_usd })
    }

    /// USD a week with a number of vessels, if that is one of the table.
    pub fn usd(&self, vessels: u32) -> Option<f64> {
        self.weekly_usd.get(vessels.checked_sub(self.fewest)? as usize).copied()
    }

    /// The number of vessels up to `most` that costs least, and what that costs; `None` when so few are too few.
    pub fn cheapest_within(&self, most: u32) -> Option<(u32, f64)> {
        let affordable = (self.fewest..=most).zip(self.weekly_usd.iter().copied());
        affordable.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Vessels beyond the fewest that cost least, and what that costs.
    fn cheapest(&self) -> (usize, f64) {
        let places = self.weekly_usd.iter().copied().enumerate();
        places.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, f64::INFINITY))
    }
}

/// Shares the vessels of one class out among its services at least cost: USD a week, and vessels by service. `None` when they do not suffice.
/// Exact, for a further vessel may save more than the one before it.
pub fn allot(tables: &[&VesselCosts], vessels: u32) -> Option<(f64, Vec<u32>)> {
    let spare = vessels.checked_sub(tables.iter().map(|table| table.fewest).sum())? as usize;
    let wanted: Vec<(usize, f64)> = tables.iter().map(|table| table.cheapest()).collect();
    if wanted.iter().map(|(more, _)| more).sum::<usize>() <= spare {
        let vessels = tables.iter().zip(&wanted).map(|(table, (more, _))| table.fewest + *more as u32).collect();
        return Some((wanted.iter().map(|(_, usd)| usd).sum(), vessels));
    }
    let width = spare + 1;
    // by service, then vessels shared out so far: least cost, and what the service takes of them
    let mut least = vec![0.0; width];
    let mut takes = vec![0_u32; tables.len() * width];
    for (row, table) in tables.iter().enumerate() {
        let before = least.clone();
        for out in 0..width {
            let by_more = |more: usize| before[out - more] + table.weekly_usd[more];
            let mores = 0..table.weekly_usd.len().min(out + 1);
            let best = mores.min_by(|a, b| by_more(*a).total_cmp(&by_more(*b))).unwrap_or(0);
            least[out] = by_more(best);
            takes[row * width + out] = best as u32;
        }
    }
    let mut out = spare;
    let mut shares = vec![0; tables.len()];
    for (row, table) in tables.iter().enumerate().rev() {
        let more = takes[row * width + out];
        shares[row] = table.fewest + more;
        out -= more as usize;
    }
    Some((least[spare], shares))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// The least cost over all ways to share out, tried one by one.
    fn try_all(tables: &[&VesselCosts], vessels: u32) -> f64 {
        let Some((first, rest)) = tables.split_first() else { return 0.0 };
        let counts = (first.fewest..first.fewest + first.weekly_usd.len() as u32).filter(|count| *count <= vessels);
        let usd = |count: u32| first.usd(count).unwrap_or(f64::INFINITY) + try_all(rest, vessels - count);
        counts.map(usd).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn vessels_are_shared_out_at_least_cost() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let mut short = 0;
        for case in 0..2000 {
            let tables: Vec<VesselCosts> = (0..rng.random_range(1..5))
                .map(|_| VesselCosts {
                    fewest: rng.random_range(1..4),
                    weekly_usd: (0..rng.random_range(1..5)).map(|_| f64::from(rng.random_range(0..50u32))).collect(),
                })
                .collect();
            let tables: Vec<&VesselCosts> = tables.iter().collect();
            let vessels = rng.random_range(1..14);
            let least = try_all(&tables, vessels);
            match allot(&tables, vessels) {
                None => {
                    assert!(least.is_infinite(), "case {case}");
                    short += 1;
                }
                Some((usd, shares)) => {
                    assert!((usd - least).abs() < 1e-9, "case {case}: {usd} instead of {least}");
                    let paid: f64 = tables.iter().zip(&shares).filter_map(|(table, share)| table.usd(*share)).sum();
                    assert!((usd - paid).abs() < 1e-9 && shares.iter().sum::<u32>() <= vessels, "case {case}");
                }
            }
        }
        assert!(short > 100, "the draw proves little");
    }
}
