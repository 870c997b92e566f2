//! The edge where the units of the files become quantities: kilometres to metres and tonnes to kilograms, rounded; hours to minutes,
//! rounded up; money to hundredths, rounded.

use super::cells::Raw;
use super::keys::RawTables;
use super::raw::*;
use crate::domain::*;

/// Terminals first, in the order of their table, then junctions.
pub(super) fn nodes(raw: &RawTables) -> Vec<Node> {
    let terminal = |raw: &Raw<RawTerminal>| {
        let RawTerminal { terminal, name, name_zh, lat, lon, .. } = raw.row.clone();
        Node { code: terminal, name, name_zh, lat, lon }
    };
    let junction = |raw: &Raw<RawJunction>| {
        let RawJunction { junction, name, name_zh, lat, lon } = raw.row.clone();
        Node { code: junction, name, name_zh, lat, lon }
    };
    raw.terminals.rows.iter().map(terminal).chain(raw.junctions.rows.iter().map(junction)).collect()
}

fn kg(tonnes: f64) -> Kg {
    Kg((tonnes * 1000.0).round() as i64)
}

fn metres(km: f64) -> Metres {
    Metres((km * 1000.0).round() as i64)
}

pub(super) fn terminal(raw: &RawTerminal, one_clearance: Vec<TerminalIdx>, windows: Vec<Window>) -> Terminal {
    Terminal {
        code: TerminalCode(raw.terminal.clone()),
        unlocode: raw.unlocode.clone(),
        facility: raw.facility.clone(),
        name: raw.name.clone(),
        name_zh: raw.name_zh.clone(),
        region: raw.region,
        role: raw.role,
        lat: raw.lat,
        lon: raw.lon,
        foreign_trade: raw.foreign_trade,
        domestic_trade: raw.domestic_trade,
        border_station: raw.border_station,
        mixed_trade: raw.mixed_trade,
        mixed_direction: raw.mixed_direction,
        one_clearance,
        transshipment: raw.transshipment,
        charging: raw.charging,
        berths: raw.berths,
        moves_per_berth_hour: raw.moves_per_berth_hour,
        wait: Minutes::from_hours(raw.wait_h),
        open: raw.open_from_min.zip(raw.open_to_min).map(|(from, to)| (Minutes(from), Minutes(to))),
        handling: Cents::from_units(raw.handling_rmb_per_teu),
        call_cost: Cents::from_units(raw.call_cost_rmb),
        min_call: Teu(raw.min_call_teu),
        windows,
    }
}

pub(super) fn window(raw: &RawWindow) -> Window {
    Window { from: Minutes(raw.from_min), to: Minutes(raw.to_min), berths: raw.berths }
}

pub(super) fn waterway_link(raw: &RawLink, from: NodeIdx, to: NodeIdx, low_water: Option<&RawTide>) -> Link {
    let low_water = low_water.filter(|tide| tide.low_water_depth_m < raw.depth_m);
    let lock = Lock {
        name: raw.lock.clone(),
        transit: Minutes::from_hours(raw.lock_transit_h.unwrap_or_default()),
        wait: Minutes::from_hours(raw.lock_wait_h.unwrap_or_default()),
        vessels_per_hour: raw.lock_vessels_per_h.unwrap_or_default(),
    };
    Link {
        code: raw.link.clone(),
        from,
        to,
        name: raw.name.clone(),
        length: metres(raw.km),
        class: raw.waterway_class,
        depth_m: low_water.map_or(raw.depth_m, |tide| tide.low_water_depth_m),
        low_water_at: low_water.map(|tide| tide.point.clone()),
        air_draft_m: raw.air_draft_m,
        current_kmh: raw.current_kmh,
        speed_limit_kmh: raw.speed_limit_kmh,
        through_traffic: raw.through_traffic,
        lock: (!raw.lock.is_empty()).then_some(lock),
        border: raw.hk_mo_border,
    }
}

pub(super) fn vessel_class(raw: &RawClass) -> VesselClass {
    VesselClass {
        code: ClassCode(raw.class.clone()),
        name: raw.name.clone(),
        teu: Teu(raw.teu),
        deadweight: kg(raw.dwt_t),
        draft_full_m: raw.draft_full_m,
        draft_light_m: raw.draft_light_m,
        air_draft_m: raw.air_draft_m,
        speed_kmh: raw.speed_kmh,
        least_speed_kmh: raw.least_speed_kmh,
        energy: raw.energy,
        fuel_kg_per_h_sailing: raw.fuel_kg_per_h_sailing.unwrap_or_default(),
        fuel_kg_per_h_port: raw.fuel_kg_per_h_port.unwrap_or_default(),
        kwh_per_km: raw.kwh_per_km.unwrap_or_default(),
        range: raw.range_km.map(metres),
        reefer_plugs: Teu(raw.reefer_plugs),
        dangerous: Teu(raw.dangerous_teu),
        fixed_per_day: Cents::from_units(raw.fixed_rmb_per_day),
        min_waterway_class: raw.min_waterway_class,
    }
}

pub(super) fn demand(
    raw: &RawDemand,
    [origin, destination]: [TerminalIdx; 2],
    mother: Option<MotherIdx>,
    member: Option<OperatorIdx>,
) -> Demand {
    Demand {
        code: DemandCode(raw.demand.clone()),
        origin,
        destination,
        trade: raw.trade,
        cargo: raw.cargo,
        volume: Teu(raw.teu_per_week),
        kg_per_teu: kg(raw.tonnes_per_teu),
        rate: Cents::from_units(raw.rate_rmb_per_teu),
        max_transit: Minutes::from_hours(raw.max_transit_h),
        mother,
        member,
    }
}

pub(super) fn mother_vessel(raw: &RawMother, terminal: TerminalIdx) -> MotherVessel {
    MotherVessel {
        code: MotherCode(raw.mother_vessel.clone()),
        terminal,
        name: raw.name.clone(),
        berthing: Minutes(raw.berthing_min),
        barge_cut_off: Minutes::from_hours(raw.barge_cut_off_h),
        longest_wait: Minutes::from_hours(raw.longest_wait_h),
    }
}
