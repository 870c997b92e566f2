//! Rows that mirror the tables, with the units of the file, and the range of every number. They may still contradict each other.

use super::cells::Row;
use super::words::*;
use crate::domain::{BorderStation, Cargo, Energy, OperatorKind, Region, Role, Trade, WaterwayClass};

#[derive(Clone, Debug)]
pub(super) struct RawTerminal {
    pub terminal: String,
    pub unlocode: Option<String>,
    pub facility: String,
    pub name: String,
    pub name_zh: String,
    pub region: Region,
    pub role: Role,
    pub lat: f64,
    pub lon: f64,
    pub foreign_trade: bool,
    pub domestic_trade: bool,
    pub border_station: BorderStation,
    pub mixed_trade: bool,
    pub mixed_direction: bool,
    pub one_clearance: Vec<String>,
    pub transshipment: bool,
    pub charging: bool,
    pub berths: u32,
    pub moves_per_berth_hour: f64,
    pub wait_h: f64,
    pub open_from_min: Option<i64>,
    pub open_to_min: Option<i64>,
    pub handling_rmb_per_teu: f64,
    pub call_cost_rmb: f64,
    pub min_call_teu: i64,
}

pub(super) fn read_terminal(row: &mut Row) -> RawTerminal {
    row.optional_text("city");
    row.optional_text("customs_district");
    RawTerminal {
        terminal: row.terminal_key("terminal"),
        unlocode: row.unlocode("unlocode"),
        facility: row.text("facility"),
        name: row.text("name"),
        name_zh: row.optional_text("name_zh"),
        region: row.optional_word("region", &REGIONS, Region::Guangdong),
        role: row.optional_word("role", &ROLES, Role::Feeder),
        lat: row.number("lat", -90.0..=90.0),
        lon: row.number("lon", -180.0..=180.0),
        foreign_trade: row.yes_no("foreign_trade"),
        domestic_trade: row.yes_no("domestic_trade"),
        border_station: row.optional_word("border_station", &STATIONS, BorderStation::Exempt),
        mixed_trade: row.yes_no("mixed_trade"),
        mixed_direction: row.yes_no("mixed_direction"),
        one_clearance: row.references("one_clearance"),
        transshipment: row.yes_no("transshipment"),
        charging: row.optional_yes_no("charging", true),
        berths: row.count("berths", 1..=1000),
        moves_per_berth_hour: row.number("moves_per_berth_hour", 0.1..=500.0),
        wait_h: row.number("wait_h", 0.0..=168.0),
        open_from_min: row.optional_whole("open_from_min", 0..=1440),
        open_to_min: row.optional_whole("open_to_min", 0..=1440),
        handling_rmb_per_teu: row.number("handling_rmb_per_teu", 0.0..=100_000.0),
        call_cost_rmb: row.number("call_cost_rmb", 0.0..=1_000_000.0),
        min_call_teu: row.whole("min_call_teu", 0..=10_000),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawJunction {
    pub junction: String,
    pub name: String,
    pub name_zh: String,
    pub lat: f64,
    pub lon: f64,
}

pub(super) fn read_junction(row: &mut Row) -> RawJunction {
    RawJunction {
        junction: row.key("junction"),
        name: row.text("name"),
        name_zh: row.optional_text("name_zh"),
        lat: row.number("lat", -90.0..=90.0),
        lon: row.number("lon", -180.0..=180.0),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawLink {
    pub link: String,
    pub from: String,
    pub to: String,
    pub name: String,
    pub km: f64,
    pub waterway_class: WaterwayClass,
    pub depth_m: f64,
    pub air_draft_m: f64,
    pub current_kmh: f64,
    pub speed_limit_kmh: f64,
    pub through_traffic: bool,
    pub lock: String,
    pub lock_transit_h: Option<f64>,
    pub lock_wait_h: Option<f64>,
    pub lock_vessels_per_h: Option<f64>,
    pub hk_mo_border: bool,
}

pub(super) fn read_link(row: &mut Row) -> RawLink {
    row.optional_text("name_zh");
    RawLink {
        link: row.key("link"),
        from: row.reference("from"),
        to: row.reference("to"),
        name: row.text("name"),
        km: row.number("km", 0.01..=3000.0),
        waterway_class: row.word("waterway_class", &WATERWAY_CLASSES, WaterwayClass::V),
        depth_m: row.number("depth_m", 0.1..=100.0),
        air_draft_m: row.number("air_draft_m", 0.1..=1000.0),
        current_kmh: row.number("current_kmh", 0.0..=30.0),
        speed_limit_kmh: row.number("speed_limit_kmh", 1.0..=100.0),
        through_traffic: row.optional_yes_no("through_traffic", true),
        lock: row.optional_text("lock"),
        lock_transit_h: row.optional_number("lock_transit_h", 0.0..=24.0),
        lock_wait_h: row.optional_number("lock_wait_h", 0.0..=168.0),
        lock_vessels_per_h: row.optional_number("lock_vessels_per_h", 0.01..=60.0),
        hk_mo_border: row.optional_yes_no("hk_mo_border", false),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawTide {
    pub point: String,
    pub link: String,
    pub low_water_depth_m: f64,
}

pub(super) fn read_tide(row: &mut Row) -> RawTide {
    row.number("mean_range_m", 0.0..=20.0);
    RawTide {
        point: row.text("point"),
        link: row.reference("link"),
        low_water_depth_m: row.number("low_water_depth_m", 0.1..=100.0),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawClass {
    pub class: String,
    pub name: String,
    pub teu: i64,
    pub dwt_t: f64,
    pub draft_full_m: f64,
    pub draft_light_m: f64,
    pub air_draft_m: f64,
    pub speed_kmh: f64,
    pub least_speed_kmh: Option<f64>,
    pub energy: Energy,
    pub fuel_kg_per_h_sailing: Option<f64>,
    pub fuel_kg_per_h_port: Option<f64>,
    pub kwh_per_km: Option<f64>,
    pub range_km: Option<f64>,
    pub reefer_plugs: i64,
    pub dangerous_teu: i64,
    pub fixed_rmb_per_day: f64,
    pub min_waterway_class: WaterwayClass,
}

pub(super) fn read_class(row: &mut Row) -> RawClass {
    RawClass {
        class: row.key("class"),
        name: row.text("name"),
        teu: row.whole("teu", 1..=30_000),
        dwt_t: row.number("dwt_t", 1.0..=500_000.0),
        draft_full_m: row.number("draft_full_m", 0.1..=30.0),
        draft_light_m: row.number("draft_light_m", 0.1..=30.0),
        air_draft_m: row.number("air_draft_m", 0.1..=100.0),
        speed_kmh: row.number("speed_kmh", 1.0..=100.0),
        least_speed_kmh: row.optional_number("least_speed_kmh", 1.0..=100.0),
        energy: row.word("energy", &ENERGIES, Energy::Diesel),
        fuel_kg_per_h_sailing: row.optional_number("fuel_kg_per_h_sailing", 0.0..=20_000.0),
        fuel_kg_per_h_port: row.optional_number("fuel_kg_per_h_port", 0.0..=20_000.0),
        kwh_per_km: row.optional_number("kwh_per_km", 0.001..=10_000.0),
        range_km: row.optional_number("range_km", 0.1..=20_000.0),
        reefer_plugs: row.whole("reefer_plugs", 0..=30_000),
        dangerous_teu: row.whole("dangerous_teu", 0..=30_000),
        fixed_rmb_per_day: row.number("fixed_rmb_per_day", 0.0..=10_000_000.0),
        min_waterway_class: row.word("min_waterway_class", &WATERWAY_CLASSES, WaterwayClass::V),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawOperator {
    pub operator: String,
    pub name: String,
    pub name_zh: String,
    pub kind: OperatorKind,
    pub home_terminal: Option<String>,
    pub committed_share: f64,
}

pub(super) fn read_operator(row: &mut Row) -> RawOperator {
    RawOperator {
        operator: row.key("operator"),
        name: row.text("name"),
        name_zh: row.optional_text("name_zh"),
        kind: row.word("kind", &KINDS, OperatorKind::Barge),
        home_terminal: row.optional_reference("home_terminal"),
        committed_share: row.number("committed_share", 0.0..=1.0),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawFleet {
    pub operator: String,
    pub class: String,
    pub vessels: u32,
    pub hk_mo_registered: bool,
}

pub(super) fn read_fleet(row: &mut Row) -> RawFleet {
    RawFleet {
        operator: row.reference("operator"),
        class: row.reference("class"),
        vessels: row.count("vessels", 0..=10_000),
        hk_mo_registered: row.yes_no("hk_mo_registered"),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawDemand {
    pub demand: String,
    pub origin: String,
    pub destination: String,
    pub trade: Trade,
    pub cargo: Cargo,
    pub teu_per_week: i64,
    pub tonnes_per_teu: f64,
    pub rate_rmb_per_teu: f64,
    pub max_transit_h: f64,
    pub mother_vessel: Option<String>,
    pub member: Option<String>,
}

pub(super) fn read_demand(row: &mut Row) -> RawDemand {
    RawDemand {
        demand: row.key("demand"),
        origin: row.reference("origin"),
        destination: row.reference("destination"),
        trade: row.word("trade", &TRADES, Trade::Empty),
        cargo: row.word("cargo", &CARGOES, Cargo::Dry),
        teu_per_week: row.whole("teu_per_week", 0..=100_000),
        tonnes_per_teu: row.number("tonnes_per_teu", 0.1..=40.0),
        rate_rmb_per_teu: row.number("rate_rmb_per_teu", 0.0..=100_000.0),
        max_transit_h: row.number("max_transit_h", 0.1..=8760.0),
        mother_vessel: row.optional_reference("mother_vessel"),
        member: row.optional_reference("member"),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawMother {
    pub mother_vessel: String,
    pub terminal: String,
    pub name: String,
    pub berthing_min: i64,
    pub barge_cut_off_h: f64,
    pub longest_wait_h: f64,
}

pub(super) fn read_mother(row: &mut Row) -> RawMother {
    RawMother {
        mother_vessel: row.key("mother_vessel"),
        terminal: row.reference("terminal"),
        name: row.text("name"),
        berthing_min: row.whole("berthing_min", 0..=1_000_000),
        barge_cut_off_h: row.number("barge_cut_off_h", 0.0..=720.0),
        longest_wait_h: row.number("longest_wait_h", 0.0..=720.0),
    }
}

#[derive(Clone, Debug)]
pub(super) struct RawWindow {
    pub terminal: String,
    pub from_min: i64,
    pub to_min: i64,
    pub berths: u32,
}

pub(super) fn read_window(row: &mut Row) -> RawWindow {
    RawWindow {
        terminal: row.reference("terminal"),
        from_min: row.whole("from_min", 0..=1_000_000),
        to_min: row.whole("to_min", 0..=1_000_000),
        berths: row.count("berths", 1..=1000),
    }
}

/// Origin, outside terminal and destination of an allowed path.
#[derive(Clone, Debug)]
pub(super) struct RawPath {
    pub origin: String,
    pub via: String,
    pub destination: String,
}

pub(super) fn read_path(row: &mut Row) -> RawPath {
    RawPath { origin: row.reference("origin"), via: row.reference("via"), destination: row.reference("destination") }
}

#[derive(Clone, Debug)]
pub(super) struct RawCharge {
    pub charge: String,
    pub value: f64,
    pub unit: String,
}

pub(super) fn read_charge(row: &mut Row) -> RawCharge {
    RawCharge { charge: row.key("charge"), value: row.number("value", 0.0..=1_000_000.0), unit: row.text("unit") }
}
