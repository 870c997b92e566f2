//! What a planner weighs beside money, and the worth of a plan that follows.

use super::report::Report;
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// kg CO2 per kg of marine diesel: carbon factor of the IMO's energy efficiency guidelines (MEPC.308(73)).
pub const CO2_DIESEL: f64 = 3.206;
/// kg CO2 per kg of LNG, same source.
pub const CO2_LNG: f64 = 2.750;
/// kg CO2 per kWh: mean of the Chinese grid, an estimate.
pub const CO2_KWH: f64 = 0.57;

/// Hours of a day.
const DAY_H: f64 = 24.0;

/// Prices, in hundredths of the currency, of what a plan does beside earning money. Nobody pays them: they say what the planner would give
/// up for it. All are zero where only money counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// For each tonne of CO2 that the vessels emit, taken off.
    #[serde(default)]
    #[schemars(range(min = 0, max = 10_000_000))]
    pub co2_cents_per_t: Cents,
    /// For each TEU and day from departure at the origin to arrival at the destination, customs delay included, taken off.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub transit_cents_per_teu_day: Cents,
    /// For each TEU carried, added.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub carried_cents_per_teu: Cents,
}

/// A weight below zero or too large to mean anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadWeight {
    /// Its name in documents.
    pub field: &'static str,
    /// The largest there may be.
    pub most: Cents,
}

impl Weights {
    /// The largest that mean anything.
    pub const MOST: Self = Self {
        co2_cents_per_t: Cents(10_000_000),
        transit_cents_per_teu_day: Cents(1_000_000),
        carried_cents_per_teu: Cents(1_000_000),
    };

    /// Only money counts.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// All weights that are below zero or too large.
    pub fn out_of_bounds(&self) -> Vec<BadWeight> {
        let each = [
            ("co2_cents_per_t", self.co2_cents_per_t, Self::MOST.co2_cents_per_t),
            ("transit_cents_per_teu_day", self.transit_cents_per_teu_day, Self::MOST.transit_cents_per_teu_day),
            ("carried_cents_per_teu", self.carried_cents_per_teu, Self::MOST.carried_cents_per_teu),
        ];
        let bad = each.into_iter().filter(|(_, weight, most)| !(Cents(0)..=*most).contains(weight));
        bad.map(|(field, _, most)| BadWeight { field, most }).collect()
    }

    /// What a plan is worth by these weights: the audited profit less what its emissions and its boxes' time count, and more by what it
    /// carries. The profit itself where only money counts.
    pub fn worth(&self, report: &Report) -> Cents {
        if self.are_none() {
            return report.ledger.profit_cents;
        }
        let indicators = &report.indicators;
        let carried = indicators.carried_teu.0 as f64;
        let co2 = self.co2_cents_per_t.0 as f64 * indicators.co2_t;
        let transit = self.transit_cents_per_teu_day.0 as f64 * carried * indicators.mean_transit_h / DAY_H;
        let more = self.carried_cents_per_teu.0 as f64 * carried;
        Cents((report.ledger.profit_cents.0 as f64 - co2 - transit + more).round() as i64)
    }
}
