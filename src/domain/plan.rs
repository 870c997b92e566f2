//! A plan: services, timetable, slots and the reasons, in the words and codes that leave the program. It stands alone: it can be read
//! and shown without the instance it was made from.

use super::ids::*;
use super::pin::Pin;
use super::problem::{Cargo, Trade};
use super::settlement::Settlement;
use super::units::*;
use super::weights::Weights;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One answer to one instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Version of this document's shape; this program reads and writes 1.
    pub format: u32,
    pub made_from: MadeFrom,
    pub practice: Practice,
    /// Length of the timetable's period in minutes.
    pub cycle_min: Minutes,
    /// Names of the terminals that occur, so that the plan can be shown alone.
    pub terminals: Vec<TerminalName>,
    pub services: Vec<Service>,
    /// Ordered by service, then number.
    pub sailings: Vec<Sailing>,
    pub shipments: Vec<Shipment>,
    /// One row per sailing and leg, in that order.
    pub slots: Vec<LegSlots>,
    pub left_behind: Vec<LeftBehind>,
    /// What is proved about the stages that made the plan.
    pub proofs: Vec<Proof>,
    /// Who brings, uses, receives and pays what; plans of earlier versions and of very large alliances have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Settlement>,
}

/// Where a plan comes from: enough to make it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MadeFrom {
    pub instance: String,
    /// SHA-256 of the instance's tables.
    pub instance_hash: String,
    pub seed: u64,
    pub limit: Limit,
    pub program_version: String,
    /// What had to stay of the plan that it was started from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// What counted beside money.
    #[serde(default, skip_serializing_if = "Weights::are_none")]
    pub weights: Weights,
}

/// What stopped the search. A work limit gives the same bytes again, a time limit need not.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    TimeS(u64),
    Work(u64),
}

/// The rules of trade the plan follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Practice {
    /// Shared vessels, several calls, loading and discharging on the way.
    WaterBus,
    /// The practice before: separate vessels for domestic and foreign trade, all imports off before exports are loaded, hub shuttles only.
    SeparateTrades,
}

/// A terminal as shown to a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TerminalName {
    pub terminal: TerminalCode,
    pub facility: String,
    pub name: String,
    pub name_zh: String,
}

/// Which customs statuses may share the vessels of a service (R1, R7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Import, export, transit and empties.
    Foreign,
    /// Domestic cargo and empties.
    Domestic,
    /// Both (R7): customs same-vessel terminals and vessels not registered for Hong Kong and Macau only.
    Mixed,
}

/// A fixed rotation with a class, an operator's vessels and a number of sailings a cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub service: ServiceCode,
    pub operator: OperatorCode,
    pub class: ClassCode,
    /// The vessels are registered for the Hong Kong and Macau trade (R1, R5).
    pub registered: bool,
    pub regime: Regime,
    /// R6: exports may be loaded while imports stay on board.
    pub mixed_direction: bool,
    pub vessels: u32,
    pub sailings_per_cycle: u32,
    /// Cyclic: the last call is followed by the first call of the vessel's next voyage. Outbound and inbound are one rotation, so every
    /// sailing out is paired with the sailing back.
    pub calls: Vec<TerminalCode>,
}

/// One departure of a service in the cycle, with all its calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sailing {
    pub service: ServiceCode,
    /// From 0; sailing `k` of the service in week `w` is taken by vessel `(w * sailings_per_cycle + k) mod vessels`, so that the vessel
    /// that ends sailing `k` goes on with sailing `k + vessels`.
    pub number: u32,
    /// One per call of the rotation.
    pub calls: Vec<CallTimes>,
    /// Arrival back at the first terminal, where the next voyage of the vessel starts.
    pub back_at_min: Minutes,
}

/// Times of a call, minutes since the start of the cycle in which the sailing's first call is berthed; they grow along the sailing and
/// may pass the cycle's end. The first call's berthing lies within the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTimes {
    /// Arrival off the terminal; the wait until the berthing is the call's buffer. Of the first call: the arrival of the vessel's
    /// voyage before, so it may be negative.
    pub arrival_min: Minutes,
    /// Alongside; loading and discharging start.
    pub berthing_min: Minutes,
    pub departure_min: Minutes,
    /// The berth held, from 0, below the terminal's number of berths.
    pub berth: u32,
}

/// Cargo of one demand that takes one way through the timed network, every cycle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shipment {
    pub demand: DemandCode,
    pub origin: TerminalCode,
    pub destination: TerminalCode,
    pub trade: Trade,
    pub cargo: Cargo,
    pub volume_teu: Teu,
    /// In travel order; between two of them the boxes are transshipped.
    pub rides: Vec<Ride>,
}

/// A stay on board of one sailing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ride {
    pub service: ServiceCode,
    pub sailing: u32,
    /// Loaded here, below the number of calls.
    pub from_call: CallPos,
    /// Discharged here, after `from_call` and at most one round later; positions from the number of calls on belong to the vessel's
    /// next voyage.
    pub to_call: CallPos,
}

/// The slots of one leg of one sailing: from call `leg` to the next call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegSlots {
    pub service: ServiceCode,
    pub sailing: u32,
    pub leg: CallPos,
    pub capacity_teu: Teu,
    pub used_teu: Teu,
    /// Left to sell.
    pub free_teu: Teu,
    /// Cargo mass that depth and class allow on this leg.
    pub capacity_kg: Kg,
    pub used_kg: Kg,
    pub reefer_plugs: Teu,
    pub used_plugs: Teu,
    /// By committed share among the members that may use the service, whole slots, adding up to the capacity.
    pub allotments: Vec<Allotment>,
}

/// What belongs to a member on a leg: slots, and in proportion to them mass, plugs and slots for dangerous goods. Plans of earlier
/// versions state the slots alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allotment {
    pub member: OperatorCode,
    pub volume_teu: Teu,
    #[serde(default)]
    pub mass_kg: Kg,
    #[serde(default)]
    pub reefer_plugs: Teu,
    #[serde(default)]
    pub dangerous_teu: Teu,
}

/// Cargo that the plan does not carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftBehind {
    pub demand: DemandCode,
    pub volume_teu: Teu,
    pub reason: Reason,
}

/// Why cargo stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No vessel and no rule lets it travel: terminals without the trade (R4), the border (R1, R8), or no water to float on.
    NotPermitted,
    /// The rate does not pay for the lifts on any way there is.
    RateTooLow,
    /// No chosen service, nor two of them together, join its ends.
    NoService,
    /// There is a way, but none within the latest transit time.
    TooSlow,
    /// There is a way, but none that meets its mother vessel.
    MissesMotherVessel,
    /// Slots, plugs, tonnes or crane time on its ways went to cargo that earns more.
    Full,
}

/// A statement about one planning stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    pub stage: Stage,
    pub status: ProofStatus,
    /// What the bound covers: the pool of services, the timetable of the chosen services, and so on.
    pub scope: String,
    /// Value of the stage's answer: money in whole currency units a cycle, or weighted hours.
    pub value: f64,
    /// No answer within the scope can be better than this.
    pub bound: f64,
    /// `|bound - value| / max(|bound|, |value|)`, 0 when both are 0.
    pub gap: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The design stage's own objective.
    Design,
    /// Weighted waiting of the timetable, in TEU-hours.
    Timetable,
    /// Cargo on the timed network.
    Slots,
    /// The audited worth of the whole plan, which is its profit where only money counts, against the design stage's bound.
    Plan,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProofStatus {
    /// Value and bound meet.
    Optimal,
    /// An answer with a gap.
    Feasible,
}

impl Proof {
    /// States a value and its bound; optimal when they meet within 1e-6 of their size.
    pub fn new(stage: Stage, scope: String, value: f64, bound: f64) -> Self {
        let size = bound.abs().max(value.abs());
        let gap = if size == 0.0 { 0.0 } else { (bound - value).abs() / size };
        let status = if gap <= 1e-6 { ProofStatus::Optimal } else { ProofStatus::Feasible };
        Self { stage, status, scope, value, bound, gap }
    }
}

impl Plan {
    pub fn find_service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services.iter().find(|s| s.service == *code)
    }
}
