//! The published tariff: what a shipper pays, item by item. It is no part of the planning task: plans are made without it.

use super::units::{Cents, Metres};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Charges of the published list. An item that is not on the list is 0 and never shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Such as `RMB`.
    #[schemars(regex(pattern = "^[0-9A-Za-z]{1,10}$"))]
    pub currency: String,
    /// Freight of one TEU for each barge it rides.
    pub freight_cents_per_teu: Cents,
    /// Freight of one TEU for each kilometre between the ends of a ride, by water.
    pub freight_cents_per_teu_km: Cents,
    /// What an empty box pays of the freight, in hundredths of it.
    #[schemars(range(min = 0, max = 100))]
    pub empty_freight_percent: i64,
    /// One TEU moved from one barge to another.
    pub transshipment_cents_per_teu: Cents,
    /// One TEU on a plug, on top of the freight.
    pub reefer_cents_per_teu: Cents,
    /// One TEU of dangerous goods, on top of the freight.
    pub dangerous_cents_per_teu: Cents,
    /// Papers of one booking.
    pub document_cents: Cents,
}

impl Tariff {
    /// [JN-2] Freight of one TEU for one ride: a price for the barge and one for each started kilometre, and a part of both for empties,
    /// rounded down to a hundredth.
    pub fn freight(&self, distance: Metres, is_empty: bool) -> Cents {
        let full = self.freight_cents_per_teu + self.freight_cents_per_teu_km * kilometres(distance);
        if is_empty { Cents(full.0 * self.empty_freight_percent / 100) } else { full }
    }
}

/// Started kilometres.
pub fn kilometres(distance: Metres) -> i64 {
    (distance.0 + 999).div_euclid(1000)
}
