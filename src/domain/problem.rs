//! The checked problem: one planning task of the alliance. Only `input` builds it; nobody changes it.

use super::ids::*;
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Everything one plan is made from. Tables are in the order of their files.
#[derive(Clone, Debug)]
pub struct Problem {
    pub settings: Settings,
    /// SHA-256 of the instance's tables, lower-case hex: a plan names the data it was made from.
    pub hash: String,
    pub terminals: Vec<Terminal>,
    /// Terminals first (same order and number), then junctions.
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub classes: Vec<VesselClass>,
    pub operators: Vec<Operator>,
    pub fleets: Vec<Fleet>,
    pub demands: Vec<Demand>,
    pub mothers: Vec<MotherVessel>,
    /// Allowed (origin, outside terminal, destination) of domestic cargo across the border (R8).
    pub cross_border: Vec<[TerminalIdx; 3]>,
}

/// The instance-wide settings of `instance.toml` and the prices of `charges.csv`.
#[derive(Clone, Debug)]
pub struct Settings {
    pub name: String,
    pub title: String,
    /// Length of the timetable's period.
    pub cycle: Minutes,
    /// Grid of the timetable.
    pub slot: Minutes,
    pub under_keel_m: f64,
    /// TEU that one crane move shifts on average.
    pub teu_per_move: f64,
    /// Shortest time at a berth, whatever is loaded.
    pub min_handling: Minutes,
    /// How far the time between successive sailings may be off an even spacing.
    pub headway_tolerance: Minutes,
    /// Kept free at the end of each round trip.
    pub turnaround_buffer: Minutes,
    /// Least time between discharge and loading at a transshipment.
    pub transfer: Minutes,
    /// Slots that a member has not booked return to the pool this long before the berthing at which their leg starts.
    pub allotment_return: Minutes,
    /// Calls berthed so soon keep their times when a plan is made again.
    pub freeze: Minutes,
    /// R2: stop at the midway supervision station, per crossing.
    pub border_station: Minutes,
    /// R3: allowance for sealing at the station, per crossing.
    pub border_sealing: Minutes,
    /// R9: added to foreign cargo that is cleared a second time at the hub.
    pub second_clearance: Minutes,
    pub longest_round_trip: Minutes,
    pub most_calls: usize,
    pub most_visits: usize,
    /// Fewest sailings a cycle of a service.
    pub least_sailings: u32,
    /// Sailings a cycle that a service may have, ascending.
    pub frequencies: Vec<u32>,
    pub diesel_cents_per_t: Cents,
    /// Cost of LNG fuel over the cost of the same mass of diesel.
    pub lng_fuel_factor: f64,
    pub electricity_cents_per_kwh: f64,
    /// What a day under way of a TEU counts, though nobody pays it; zero where only money counts.
    pub transit_cents_per_teu_day: Cents,
    /// What a plan of this instance must reach.
    pub expect: Expectation,
}

impl Settings {
    /// Whether a call, with its times in some cycle, is alongside at `from` or berthed within the freeze horizon after it, in any cycle.
    pub fn is_frozen(&self, berthing: Minutes, departure: Minutes, from: Minutes) -> bool {
        let next_departure = (departure - from - Minutes(1)).0.rem_euclid(self.cycle.0) + 1;
        next_departure - (departure - berthing).0 < self.freeze.0.max(1)
    }
}

/// Bounds that a plan of the instance must meet; written down in `instance.toml`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    pub profit_rmb_min: f64,
    pub carried_share_min: f64,
}

/// Place of a terminal in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Hub,
    Regional,
    Relay,
    Feeder,
}

/// Customs territory a terminal lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Region {
    #[serde(rename = "GD")]
    Guangdong,
    #[serde(rename = "GX")]
    Guangxi,
    #[serde(rename = "HK")]
    HongKong,
    #[serde(rename = "MO")]
    Macau,
}

impl Region {
    /// Hong Kong or Macau: outside the mainland's customs territory (R1, R5, R8).
    pub fn is_outside(self) -> bool {
        matches!(self, Self::HongKong | Self::Macau)
    }
}

/// R2: where a vessel between Hong Kong or Macau and this terminal stops for customs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BorderStation {
    #[serde(rename = "none")]
    Exempt,
    Dachan,
    Wanzai,
    Guishan,
    Dasanmen,
}

/// A place where boxes are loaded and discharged.
#[derive(Clone, Debug)]
pub struct Terminal {
    pub code: TerminalCode,
    /// UN/LOCODE, shared by some terminals.
    pub unlocode: Option<String>,
    /// Unique facility code.
    pub facility: String,
    pub name: String,
    pub name_zh: String,
    pub region: Region,
    pub role: Role,
    pub lat: f64,
    pub lon: f64,
    /// Customs present or approved: import, export and transit may be handled (R4).
    pub foreign_trade: bool,
    pub domestic_trade: bool,
    pub border_station: BorderStation,
    /// R7: domestic and foreign cargo may share a vessel that calls here.
    pub mixed_trade: bool,
    /// R6: exports may be loaded here while imports stay on board.
    pub mixed_direction: bool,
    /// R9: hubs with which this terminal has One-Port-Link or a combined port.
    pub one_clearance: Vec<TerminalIdx>,
    pub transshipment: bool,
    /// Electric vessels charge or change their batteries while they are alongside.
    pub charging: bool,
    /// Berths the alliance may hold at once, outside agreed windows' own number.
    pub berths: u32,
    pub moves_per_berth_hour: f64,
    /// Expected wait before berthing, kept in the timetable as a buffer.
    pub wait: Minutes,
    /// Opening hours as minutes of the day, `from < to`; `None` is day and night.
    pub open: Option<(Minutes, Minutes)>,
    /// One lift (loading or discharging) of one TEU, borne by the barge line.
    pub handling: Cents,
    pub call_cost: Cents,
    /// Least TEU loaded plus discharged at a call, mean over the cycle.
    pub min_call: Teu,
    /// Agreed windows; when there are any, alliance vessels berth only inside one.
    pub windows: Vec<Window>,
}

impl Terminal {
    /// Berths that the alliance may hold for all of a stay that starts at a time of the cycle: those of the agreed window that it lies in, or
    /// where there are no windows, all of them within one day's hours. `None` where the terminal is closed for some of it.
    pub fn berths_for(&self, from: Minutes, stay: Minutes) -> Option<u32> {
        const DAY: i64 = 24 * 60;
        let inside = |opens: Minutes, closes: Minutes, from: i64| opens.0 <= from && from + stay.0 <= closes.0;
        if !self.windows.is_empty() {
            let window = self.windows.iter().find(|window| inside(window.from, window.to, from.0));
            return window.map(|window| window.berths);
        }
        let is_open = self.open.is_none_or(|(opens, closes)| inside(opens, closes, from.0.rem_euclid(DAY)));
        is_open.then_some(self.berths)
    }
}

/// An agreed window at a terminal, in minutes of the cycle, `from < to <= cycle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Minutes,
    pub to: Minutes,
    pub berths: u32,
}

/// A point of the waterway.
#[derive(Clone, Debug)]
pub struct Node {
    pub code: String,
    pub name: String,
    /// Empty where it is not given.
    pub name_zh: String,
    pub lat: f64,
    pub lon: f64,
}

/// Class of a waterway, best last: a vessel that needs class III may use III and everything after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WaterwayClass {
    V,
    IV,
    III,
    II,
    I,
    #[serde(rename = "sea")]
    Sea,
}

/// A stretch of waterway. Downstream is from `from` to `to`; a vessel may sail both ways.
#[derive(Clone, Debug)]
pub struct Link {
    pub code: String,
    pub from: NodeIdx,
    pub to: NodeIdx,
    pub name: String,
    pub length: Metres,
    pub class: WaterwayClass,
    /// Depth sure at all tides: the smaller of the channel's depth and that of a draught-critical point on it.
    pub depth_m: f64,
    /// The draught-critical point whose low water sets that depth, if one does.
    pub low_water_at: Option<String>,
    pub air_draft_m: f64,
    pub current_kmh: f64,
    pub speed_limit_kmh: f64,
    /// False: only for vessels that call at a terminal on this stretch.
    pub through_traffic: bool,
    pub lock: Option<Lock>,
    /// The stretch crosses the Hong Kong or Macau boundary.
    pub border: bool,
}

/// A lock on a link.
#[derive(Clone, Debug)]
pub struct Lock {
    pub name: String,
    pub transit: Minutes,
    pub wait: Minutes,
    /// Lockages an hour that alliance vessels may claim.
    pub vessels_per_hour: f64,
}

/// What drives a vessel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Energy {
    Diesel,
    Lng,
    Electric,
}

/// A type of barge.
#[derive(Clone, Debug)]
pub struct VesselClass {
    pub code: ClassCode,
    pub name: String,
    pub teu: Teu,
    /// Cargo mass at full draught.
    pub deadweight: Kg,
    pub draft_full_m: f64,
    pub draft_light_m: f64,
    pub air_draft_m: f64,
    /// Speed through still water.
    pub speed_kmh: f64,
    /// Slowest speed through still water at which it may sail to save energy; `None` where it always sails at `speed_kmh`.
    pub least_speed_kmh: Option<f64>,
    pub energy: Energy,
    pub fuel_kg_per_h_sailing: f64,
    pub fuel_kg_per_h_port: f64,
    pub kwh_per_km: f64,
    /// Longest way between two calls at which batteries are charged or changed.
    pub range: Option<Metres>,
    pub reefer_plugs: Teu,
    pub dangerous: Teu,
    pub fixed_per_day: Cents,
    pub min_waterway_class: WaterwayClass,
}

/// Whether a member brings barges or terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OperatorKind {
    #[serde(rename = "barge operator")]
    Barge,
    #[serde(rename = "port company")]
    Port,
}

/// A member of the alliance.
#[derive(Clone, Debug)]
pub struct Operator {
    pub code: OperatorCode,
    pub name: String,
    pub name_zh: String,
    pub kind: OperatorKind,
    pub home: Option<TerminalIdx>,
    /// Share of the alliance's slots; the shares of all members add up to 1.
    pub committed_share: f64,
}

/// Vessels of one class, one operator and one registration.
#[derive(Clone, Debug)]
pub struct Fleet {
    pub operator: OperatorIdx,
    pub class: ClassIdx,
    pub vessels: u32,
    /// Registered for the Hong Kong and Macau trade (R1, R5).
    pub registered: bool,
}

/// Customs status of cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    Export,
    Import,
    /// Foreign cargo relayed under customs supervision.
    Transit,
    Domestic,
    /// Domestic cargo that crosses the border on its way (R8).
    CrossBorderDomestic,
    /// Empty boxes, allowed on every voyage.
    Empty,
}

impl Trade {
    /// Import, export or transit: needs terminals with customs (R4).
    pub fn is_foreign(self) -> bool {
        matches!(self, Self::Export | Self::Import | Self::Transit)
    }

    /// Domestic cargo, also when it crosses the border.
    pub fn is_domestic(self) -> bool {
        matches!(self, Self::Domestic | Self::CrossBorderDomestic)
    }
}

/// What a box needs on board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cargo {
    Dry,
    /// Needs a reefer plug per TEU.
    Reefer,
    /// Counts against the vessel's dangerous-goods slots.
    Dangerous,
}

/// Cargo of one kind between two terminals, every cycle.
#[derive(Clone, Debug)]
pub struct Demand {
    pub code: DemandCode,
    pub origin: TerminalIdx,
    pub destination: TerminalIdx,
    pub trade: Trade,
    pub cargo: Cargo,
    pub volume: Teu,
    /// Gross mass of one TEU.
    pub kg_per_teu: Kg,
    /// Freight for one TEU.
    pub rate: Cents,
    /// Longest time from departure at the origin to arrival at the destination, customs delay included.
    pub max_transit: Minutes,
    /// The ocean ship this cargo must reach.
    pub mother: Option<MotherIdx>,
    /// The member that brings this cargo; without one it is the alliance's, each member's by committed share.
    pub member: Option<OperatorIdx>,
}

/// An ocean ship's weekly berthing at a hub.
#[derive(Clone, Debug)]
pub struct MotherVessel {
    pub code: MotherCode,
    pub terminal: TerminalIdx,
    pub name: String,
    /// Minute of the cycle.
    pub berthing: Minutes,
    /// A barge must arrive this long before the berthing.
    pub barge_cut_off: Minutes,
    /// And at most this long before that cut-off.
    pub longest_wait: Minutes,
}

impl Problem {
    pub fn terminal(&self, at: TerminalIdx) -> &Terminal {
        &self.terminals[at.row()]
    }

    pub fn class(&self, class: ClassIdx) -> &VesselClass {
        &self.classes[class.row()]
    }

    pub fn fleet(&self, fleet: FleetIdx) -> &Fleet {
        &self.fleets[fleet.row()]
    }

    pub fn operator(&self, operator: OperatorIdx) -> &Operator {
        &self.operators[operator.row()]
    }

    pub fn demand(&self, demand: DemandIdx) -> &Demand {
        &self.demands[demand.row()]
    }

    /// Part of a demand that a member brings: all of its own cargo, the committed share of what nobody brings alone.
    pub fn brought_by(&self, member: OperatorIdx, demand: DemandIdx) -> f64 {
        match self.demand(demand).member {
            Some(owner) => f64::from(owner == member),
            None => self.operator(member).committed_share,
        }
    }

    /// What a TEU's time under way counts, rounded to the nearest hundredth.
    pub fn cost_of_time(&self, time: Minutes) -> Cents {
        Cents((self.settings.transit_cents_per_teu_day.0 as f64 * time.hours() / 24.0).round() as i64)
    }

    /// Slots of the timetable grid in one cycle.
    pub fn slots_per_cycle(&self) -> i64 {
        self.settings.cycle.0 / self.settings.slot.0
    }

    /// A duration rounded up to whole slots of the timetable grid.
    pub fn on_grid(&self, time: Minutes) -> Minutes {
        let slot = self.settings.slot.0;
        Minutes((time.0 + slot - 1).div_euclid(slot) * slot)
    }

    pub fn find_terminal(&self, code: &TerminalCode) -> Option<TerminalIdx> {
        self.terminals.iter().position(|t| t.code == *code).map(TerminalIdx::from)
    }

    pub fn find_class(&self, code: &ClassCode) -> Option<ClassIdx> {
        self.classes.iter().position(|c| c.code == *code).map(ClassIdx::from)
    }

    pub fn find_operator(&self, code: &OperatorCode) -> Option<OperatorIdx> {
        self.operators.iter().position(|o| o.code == *code).map(OperatorIdx::from)
    }

    pub fn find_mother(&self, code: &MotherCode) -> Option<MotherIdx> {
        self.mothers.iter().position(|mother| mother.code == *code).map(MotherIdx::from)
    }

    pub fn find_demand(&self, code: &DemandCode) -> Option<DemandIdx> {
        self.demands.iter().position(|d| d.code == *code).map(DemandIdx::from)
    }
}
