//! Rows that mirror the files, with the range of every number.

use super::Part;
use super::table::Layout;
use crate::domain::liner::Canals;
use crate::input::cells::Row;

/// Largest number that is money, an amount or a distance of this trade.
const MOST: f64 = 1e9;
/// Deepest draught, and highest speed.
const DEEPEST_M: f64 = 100.0;
const FASTEST_KN: f64 = 100.0;

/// The five files of an instance.
#[derive(Debug)]
pub(super) struct RawFiles {
    pub ports: Part<RawPort>,
    pub routes: Part<RawRoute>,
    pub classes: Part<RawClass>,
    pub fleet: Part<RawFleet>,
    pub demand: Part<RawDemand>,
}

pub(super) const PORTS: Layout = Layout {
    columns: &[
        "UNLocode",
        "name",
        "Country",
        "Cabotage_Region",
        "D_Region",
        "Longitude",
        "Latitude",
        "Draft",
        "CostPerFULL",
        "CostPerFULLTrnsf",
        "PortCallCostFixed",
        "PortCallCostPerFFE",
    ],
    numbers: &[7, 8, 9, 10, 11],
    most_rows: 2000,
};

/// Names of the costs without which a port cannot be called at.
pub(super) const COSTS: [&str; 4] = ["CostPerFULL", "CostPerFULLTrnsf", "PortCallCostFixed", "PortCallCostPerFFE"];

/// A port; only those with demand need their costs.
#[derive(Clone, Debug)]
pub(super) struct RawPort {
    pub code: String,
    pub name: String,
    pub draft_m: Option<f64>,
    /// In the order of [`COSTS`].
    pub costs_usd: [Option<f64>; 4],
}

pub(super) fn read_port(row: &mut Row) -> RawPort {
    RawPort {
        code: row.reference("UNLocode"),
        name: row.optional_text("name"),
        draft_m: row.optional_number("Draft", 0.0..=DEEPEST_M),
        costs_usd: COSTS.map(|column| {
            // some ports pay for calls
            let least = if column == "PortCallCostFixed" { -MOST } else { 0.0 };
            row.optional_number(column, least..=MOST)
        }),
    }
}

pub(super) const ROUTES: Layout = Layout {
    columns: &["fromUNLOCODe", "ToUNLOCODE", "Distance", "Draft", "IsPanama", "IsSuez"],
    numbers: &[2],
    most_rows: 5_000_000,
};

#[derive(Clone, Debug)]
pub(super) struct RawRoute {
    pub from: String,
    pub to: String,
    pub distance_nm: f64,
    pub draft_m: Option<f64>,
    pub canals: Canals,
}

pub(super) fn read_route(row: &mut Row) -> RawRoute {
    const FLAG: [(&str, bool); 2] = [("0", false), ("1", true)];
    RawRoute {
        from: row.reference("fromUNLOCODe"),
        to: row.reference("ToUNLOCODE"),
        distance_nm: row.number("Distance", 0.0..=100_000.0),
        draft_m: row.optional_number("Draft", 0.0..=DEEPEST_M),
        canals: match [row.optional_word("IsPanama", &FLAG, false), row.optional_word("IsSuez", &FLAG, false)] {
            [false, false] => Canals::None,
            [true, false] => Canals::Panama,
            [false, true] => Canals::Suez,
            [true, true] => Canals::Both,
        },
    }
}

pub(super) const CLASSES: Layout = Layout {
    columns: &[
        "Vessel class",
        "Capacity FFE",
        "TC rate daily (fixed Cost)",
        "draft",
        "minSpeed",
        "maxSpeed",
        "designSpeed",
        "Bunker ton per day at designSpeed",
        "Idle Consumption ton/day",
        "panamaFee",
        "suezFee",
    ],
    numbers: &[1, 2, 3],
    most_rows: 100,
};

#[derive(Clone, Debug)]
pub(super) struct RawClass {
    pub name: String,
    pub capacity_ffe: f64,
    pub charter_usd_per_day: f64,
    pub draft_m: f64,
    pub min_speed_kn: f64,
    pub max_speed_kn: f64,
    pub design_speed_kn: f64,
    pub fuel_t_per_day: f64,
    pub idle_t_per_day: f64,
    pub panama_usd: Option<f64>,
    pub suez_usd: Option<f64>,
}

pub(super) fn read_class(row: &mut Row) -> RawClass {
    RawClass {
        name: row.text("Vessel class"),
        capacity_ffe: row.number("Capacity FFE", 1.0..=100_000.0),
        charter_usd_per_day: row.number("TC rate daily (fixed Cost)", 0.0..=MOST),
        draft_m: row.number("draft", 0.0..=DEEPEST_M),
        min_speed_kn: row.number("minSpeed", 0.1..=FASTEST_KN),
        max_speed_kn: row.number("maxSpeed", 0.1..=FASTEST_KN),
        design_speed_kn: row.number("designSpeed", 0.1..=FASTEST_KN),
        fuel_t_per_day: row.number("Bunker ton per day at designSpeed", 0.0..=100_000.0),
        idle_t_per_day: row.number("Idle Consumption ton/day", 0.0..=100_000.0),
        panama_usd: row.optional_number("panamaFee", 0.0..=MOST),
        suez_usd: row.optional_number("suezFee", 0.0..=MOST),
    }
}

pub(super) const FLEET: Layout = Layout { columns: &["Vessel class", "Quantity"], numbers: &[1], most_rows: 100 };

#[derive(Clone, Debug)]
pub(super) struct RawFleet {
    pub class: String,
    pub vessels: u32,
}

pub(super) fn read_fleet(row: &mut Row) -> RawFleet {
    RawFleet { class: row.reference("Vessel class"), vessels: row.count("Quantity", 0..=100_000) }
}

pub(super) const DEMAND: Layout = Layout {
    columns: &["Origin", "Destination", "FFEPerWeek", "Revenue_1", "TransitTime"],
    numbers: &[2, 3, 4],
    most_rows: 200_000,
};

#[derive(Clone, Debug)]
pub(super) struct RawDemand {
    pub origin: String,
    pub destination: String,
    pub ffe_per_week: f64,
    pub rate_usd_per_ffe: f64,
    pub transit_days: f64,
}

pub(super) fn read_demand(row: &mut Row) -> RawDemand {
    RawDemand {
        origin: row.reference("Origin"),
        destination: row.reference("Destination"),
        ffe_per_week: row.quantity("FFEPerWeek", 0..=10_000_000) as f64,
        rate_usd_per_ffe: row.number("Revenue_1", 0.0..=MOST),
        transit_days: row.number("TransitTime", 0.0..=10_000.0),
    }
}
