//! What a way costs and emits, as it is told to a shipper.

use crate::domain::Cents;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A price, item by item; nothing in it that is not on the published list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    pub currency: String,
    pub items: Vec<QuoteItem>,
    pub total_cents: Cents,
}

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuoteItem {
    /// As the published list names it.
    pub charge: String,
    /// What it is for, in words.
    pub text: String,
    pub quantity: i64,
    /// What is counted, such as `TEU`.
    pub unit: String,
    /// For one unit, in hundredths.
    pub rate_cents: Cents,
    pub amount_cents: Cents,
}

/// Emissions of a way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Footprint {
    /// Greenhouse gases from well to wake, in grams of CO2 equivalent.
    pub co2e_g: i64,
    /// By which standard, and from which figures.
    pub method: String,
}
