//! Bid prices: what one more slot, tonne, plug or lift would earn, and what that proves.

use super::program::Program;
use crate::domain::members_of;
use crate::optimize::flow::lp::{CommodityIdx, Resizable, RowIdx};

/// Prices by row of the program, and worths by cargo: what a TEU earns at most above the prices, on any way.
#[derive(Clone, Debug)]
pub struct Prices {
    pub rows: Vec<f64>,
    pub cargoes: Vec<f64>,
}

/// Steps in which prices are stated, currency units.
const STEP: f64 = 1e-6;
/// Part by which capacities are enlarged to choose among prices that are equally right.
const NUDGE: f64 = 1e-5;
/// Changes of basis for that.
const MOST_PIVOTS: u64 = 100_000;

impl Prices {
    /// [AL-11] Of all prices that prove the best flow, those that still do when every capacity is a little larger, the later rows a little more
    /// so: what one more unit brings, not what one less loses. Where rounding keeps them from proving it, those of the flow itself.
    pub fn new(program: &Program, solved: &Resizable) -> Self {
        let value = solved.flow().value();
        let plain = Self::of_flow(program, solved);
        let mut nudged = solved.clone();
        for (row, own) in program.rows.iter().enumerate() {
            let capacity: f64 = own.held.iter().sum();
            let part = NUDGE * (1.0 + row as f64 / program.rows.len() as f64);
            nudged.set_capacity(RowIdx::nth(row as u32), capacity + part * (1.0 + capacity));
        }
        if nudged.resolve(MOST_PIVOTS).is_none() {
            return plain;
        }
        let found = Self::of_flow(program, &nudged);
        if (found.bound(program) - value).abs() <= 1e-6 * (1.0 + value.abs()) { found } else { plain }
    }

    /// Prices of a flow in steps, and worths that hold at these.
    fn of_flow(program: &Program, solved: &Resizable) -> Self {
        let price = |row: usize| (solved.flow().row_price(RowIdx::nth(row as u32)).max(0.0) / STEP).round() * STEP;
        let rows: Vec<f64> = (0..program.rows.len()).map(price).collect();
        let mut cargoes = vec![0.0_f64; program.cargoes.len()];
        for way in &program.ways {
            let charge: f64 = way.uses.iter().map(|(row, units)| rows[row.row()] * units).sum();
            let worth = &mut cargoes[way.commodity.row()];
            *worth = worth.max(way.value - charge);
        }
        cargoes.iter_mut().for_each(|worth| *worth = (*worth / STEP - 1e-3).ceil().max(0.0) * STEP);
        Self { rows, cargoes }
    }

    /// No flow of all members earns more, by weak duality.
    pub fn bound(&self, program: &Program) -> f64 {
        (0..program.members).map(|member| self.worth_of(program, member)).sum()
    }

    /// [AL-12] What the slots and the cargo of a member are worth at these prices.
    pub fn worth_of(&self, program: &Program, member: usize) -> f64 {
        let slots: f64 = program.rows.iter().zip(&self.rows).map(|(row, price)| row.held[member] * price).sum();
        let cargo: f64 = program.cargoes.iter().zip(&self.cargoes).map(|(cargo, worth)| cargo.brought[member] * worth).sum();
        slots + cargo
    }

    /// No set of members earns more than its slots and its cargo are worth.
    pub fn bound_of(&self, program: &Program, set: usize) -> f64 {
        members_of(set).map(|member| self.worth_of(program, member)).sum()
    }

    /// Price of one more TEU of a commodity.
    pub fn of_cargo(&self, cargo: CommodityIdx) -> f64 {
        self.cargoes[cargo.row()]
    }
}
