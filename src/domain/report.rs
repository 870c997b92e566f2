//! What the auditor says of a plan: money in integers, indicators, violations.

use super::ids::*;
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The auditor's account of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    pub ledger: Ledger,
    pub indicators: Indicators,
    /// Operating costs by service, in the order of the plan; reports of earlier versions have none.
    #[serde(default)]
    pub services: Vec<ServiceCost>,
    /// Empty for a plan that may be published.
    pub violations: Vec<Violation>,
}

/// Money of one cycle, in hundredths. Revenue counts up, everything else is a cost and counts down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    pub revenue_cents: Cents,
    /// Lifts at origin and destination.
    pub handling_cents: Cents,
    /// Lifts at transshipment terminals.
    pub transshipment_cents: Cents,
    pub call_cents: Cents,
    /// Fuel and electricity, sailing and in port.
    pub energy_cents: Cents,
    /// Vessels in service, every day of the cycle.
    pub vessel_cents: Cents,
    /// Revenue less all costs.
    pub profit_cents: Cents,
}

/// What one service costs its operator in a cycle; calls, energy and vessels of all services add up to those of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceCost {
    pub service: ServiceCode,
    pub call_cents: Cents,
    pub energy_cents: Cents,
    pub vessel_cents: Cents,
}

impl ServiceCost {
    /// All of it.
    pub fn total(&self) -> Cents {
        self.call_cents + self.energy_cents + self.vessel_cents
    }
}

/// Measures of a plan; per cycle unless said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    pub demand_teu: Teu,
    pub carried_teu: Teu,
    pub carried_share: f64,
    pub transshipped_teu: Teu,
    pub services: u32,
    pub sailings: u32,
    pub vessels: u32,
    pub vessel_days: f64,
    /// TEU carried per vessel-day.
    pub teu_per_vessel_day: f64,
    /// Thousand TEU-kilometres carried per vessel-day.
    pub teu_km_per_vessel_day: f64,
    /// TEU-kilometres over slot-kilometres.
    pub utilisation: f64,
    pub legs: Vec<LegUse>,
    /// Mean over boxes, origin departure to destination arrival, customs delay included.
    pub mean_transit_h: f64,
    /// Mean over transshipped boxes, discharge to next departure.
    pub mean_transfer_h: f64,
    /// Mean over boxes tied to a mother vessel, barge arrival to the ship's berthing.
    pub mean_hub_dwell_h: f64,
    /// Share of the vessels' time: sailing, at berth, waiting (buffers included).
    pub sailing_share: f64,
    pub berth_share: f64,
    pub waiting_share: f64,
    /// Smaller over larger of the TEU carried towards and from the hubs.
    pub two_way_balance: f64,
    pub terminals: Vec<TerminalUse>,
    pub co2_t: f64,
}

/// Mean use of a leg over the sailings of its service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegUse {
    pub service: ServiceCode,
    pub leg: CallPos,
    pub from: TerminalCode,
    pub to: TerminalCode,
    pub utilisation: f64,
}

/// Use of a terminal by the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TerminalUse {
    pub terminal: TerminalCode,
    pub calls: u32,
    pub calls_per_berth: f64,
    pub berth_hours: f64,
    pub loaded_teu: Teu,
    pub discharged_teu: Teu,
}

/// A rule that the plan breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Violation {
    /// Stable code of the rule, such as `A-BERTH`; listed in `models/audit.md`.
    pub rule: String,
    /// Service, sailing, call, demand or terminal concerned.
    pub place: String,
    pub message: String,
}
