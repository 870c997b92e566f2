//! What the values of one row, or of a few rows together, must not say. Only sound rows are checked.

use super::ErrorCode::*;
use super::cells::{Raw, Rows};
use super::errors::{At, Errors, shown};
use super::raw::*;
use super::schema;
use crate::domain::{Cargo, Energy, Minutes, Trade, Window};

/// How far the committed shares may be off 1.
const SHARE_TOLERANCE: f64 = 1e-6;

pub(super) fn check_terminal(raw: &Raw<RawTerminal>, errors: &mut Errors) {
    let (at, terminal) = (At::line(schema::TERMINALS.file, raw.line), &raw.row);
    let expected = match &terminal.unlocode {
        Some(unlocode) => terminal.facility == format!("{unlocode}-{}", terminal.terminal),
        None => has_facility_pattern(&terminal.facility, &terminal.terminal),
    };
    if !expected {
        let what = format!("{} is not the UN/LOCODE, a dash and the key {}", shown(&terminal.facility), terminal.terminal);
        errors.add(BadFacility, at.field("facility"), what, "correct the facility code");
    }
    match (terminal.open_from_min, terminal.open_to_min) {
        (None, None) => {}
        (Some(from), Some(to)) if from < to => {}
        _ => {
            let do_this = "give both, the opening before the closing, or neither for day and night";
            errors.add(BadOpeningHours, at.field("open_from_min"), "the opening hours are reversed or lack one end", do_this);
        }
    }
}

fn has_facility_pattern(facility: &str, key: &str) -> bool {
    let unlocode = facility.strip_suffix(key).and_then(|rest| rest.strip_suffix('-')).unwrap_or_default();
    unlocode.len() == 5 && unlocode.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// A lock comes with all its numbers or not at all.
pub(super) fn check_lock(raw: &Raw<RawLink>, errors: &mut Errors) {
    let link = &raw.row;
    let numbers = [
        ("lock_transit_h", link.lock_transit_h),
        ("lock_wait_h", link.lock_wait_h),
        ("lock_vessels_per_h", link.lock_vessels_per_h),
    ];
    let has_lock = !link.lock.is_empty();
    for (field, _) in numbers.iter().filter(|(_, number)| number.is_some() != has_lock) {
        let what = if has_lock { "the lock lacks this number" } else { "there is no lock that this number belongs to" };
        let do_this = "give a lock's name, times and capacity, or none of them";
        errors.add(LockIncomplete, At::line(schema::LINKS.file, raw.line).field(field), what, do_this);
    }
}

pub(super) fn check_class(raw: &Raw<RawClass>, errors: &mut Errors) {
    let (at, class) = (At::line(schema::CLASSES.file, raw.line), &raw.row);
    if class.draft_light_m >= class.draft_full_m {
        let what = format!("{} m light is not less than {} m full", class.draft_light_m, class.draft_full_m);
        errors.add(DraftsReversed, at.field("draft_light_m"), what, "correct the draughts");
    }
    if let Some(least) = class.least_speed_kmh.filter(|least| *least > class.speed_kmh) {
        let what = format!("{least} km/h is more than the usual {} km/h", class.speed_kmh);
        errors.add(SlowestAboveUsual, at.field("least_speed_kmh"), what, "correct the speeds, or leave the slowest one out");
    }
    let electric = class.energy == Energy::Electric;
    let numbers = [
        ("fuel_kg_per_h_sailing", class.fuel_kg_per_h_sailing, !electric),
        ("fuel_kg_per_h_port", class.fuel_kg_per_h_port, !electric),
        ("kwh_per_km", class.kwh_per_km, electric),
        ("range_km", class.range_km, electric),
    ];
    for (field, _, needed) in numbers.iter().filter(|(_, number, needed)| number.is_some() != *needed) {
        let what =
            if *needed { "the vessel's energy needs this number" } else { "the vessel's energy has no use for this number" };
        let do_this = "diesel and LNG vessels have both fuel numbers, electric ones kwh_per_km and range_km";
        errors.add(EnergyMismatch, at.field(field), what, do_this);
    }
}

pub(super) fn check_shares(operators: &Rows<RawOperator>, errors: &mut Errors) {
    let sum: f64 = operators.rows.iter().map(|raw| raw.row.committed_share).sum();
    if operators.is_sound() && (sum - 1.0).abs() > SHARE_TOLERANCE {
        let at = At::file(operators.file).field("committed_share");
        errors.add(SharesNotOne, at, format!("the shares add up to {sum:.6}"), "make them add up to 1");
    }
}

/// The two ends of a demand against its trade and cargo.
pub(super) fn check_demand(raw: &Raw<RawDemand>, ends: [&RawTerminal; 2], errors: &mut Errors) {
    let (at, demand) = (At::line(schema::DEMAND.file, raw.line), &raw.row);
    if demand.trade == Trade::Empty && demand.cargo != Cargo::Dry {
        let do_this = "write dry: empty boxes need no plug and no dangerous-goods slot";
        errors.add(EmptyNotDry, at.field("cargo"), "empty boxes are neither reefer nor dangerous cargo", do_this);
    }
    if demand.origin == demand.destination {
        errors.add(SameTerminal, at.field("destination"), "the origin is the destination", "correct one of the two");
        return;
    }
    for (field, end) in ["origin", "destination"].into_iter().zip(ends) {
        check_trade(demand.trade, end, at.field(field), errors);
    }
}

fn check_trade(trade: Trade, end: &RawTerminal, at: At, errors: &mut Errors) {
    let code = &end.terminal;
    if trade.is_domestic() && end.region.is_outside() {
        let what = format!("{code} is in Hong Kong or Macau, and the cargo is domestic");
        errors.add(DomesticOutside, at, what, "write import, export or transit, or correct the terminal");
    } else if trade.is_foreign() && !end.foreign_trade {
        let what = format!("{code} handles no foreign trade");
        errors.add(TradeNotHandled, at, what, "correct the trade, the terminal or its foreign_trade in terminals.csv");
    } else if trade.is_domestic() && !end.domestic_trade {
        let what = format!("{code} handles no domestic trade");
        errors.add(TradeNotHandled, at, what, "correct the trade, the terminal or its domestic_trade in terminals.csv");
    }
}

/// Cargo that reaches an ocean ship is an export to the terminal where that ship berths.
pub(super) fn check_mother(raw: &Raw<RawDemand>, mother: &RawMother, errors: &mut Errors) {
    let (at, demand) = (At::line(schema::DEMAND.file, raw.line).field("mother_vessel"), &raw.row);
    if demand.trade != Trade::Export {
        let do_this = "remove the mother vessel or write export";
        errors.add(MotherNotExport, at, "only exports are brought to a mother vessel", do_this);
    } else if demand.destination != mother.terminal {
        let what = format!("{} berths at {}, not at {}", mother.mother_vessel, mother.terminal, demand.destination);
        errors.add(MotherElsewhere, at, what, "correct the mother vessel or the destination");
    }
}

pub(super) fn check_berthing(raw: &Raw<RawMother>, cycle: Minutes, errors: &mut Errors) {
    if raw.row.berthing_min >= cycle.0 {
        let at = At::line(schema::MOTHERS.file, raw.line).field("berthing_min");
        let what = format!("minute {} is not in the cycle of {} minutes", raw.row.berthing_min, cycle.0);
        errors.add(MotherOutsideCycle, at, what, "give the minute of the cycle, from 0");
    }
}

/// An allowed path leaves the mainland at one end, touches one outside terminal and comes back (R8).
pub(super) fn check_path(raw: &Raw<RawPath>, places: [&RawTerminal; 3], errors: &mut Errors) {
    let fields = ["origin", "via", "destination"];
    let outside = [false, true, false];
    for ((field, place), outside) in fields.into_iter().zip(places).zip(outside) {
        if place.region.is_outside() != outside {
            let what = format!("{} is {}", place.terminal, if outside { "on the mainland" } else { "in Hong Kong or Macau" });
            let do_this = "origin and destination are on the mainland, via in Hong Kong or Macau";
            errors.add(BadPath, At::line(schema::CROSS_BORDER.file, raw.line).field(field), what, do_this);
        }
    }
    if raw.row.origin == raw.row.destination {
        let at = At::line(schema::CROSS_BORDER.file, raw.line).field("destination");
        errors.add(BadPath, at, "the path ends where it starts", "correct the origin or the destination");
    }
}

/// A window lies in the cycle.
pub(super) fn check_window(raw: &Raw<RawWindow>, cycle: Minutes, errors: &mut Errors) {
    let window = &raw.row;
    let at = At::line(schema::WINDOWS.file, raw.line).field("to_min");
    if window.from_min >= window.to_min || window.to_min > cycle.0 {
        let what = format!("{} to {} is no stretch of the cycle of {} minutes", window.from_min, window.to_min, cycle.0);
        errors.add(WindowOutsideCycle, at, what, "end it after it starts and within the cycle; cut it in two at the cycle's end");
    }
}

/// The windows of one terminal, with their lines, do not overlap.
pub(super) fn check_overlaps(mut windows: Vec<(u64, Window)>, errors: &mut Errors) {
    windows.sort_by_key(|(line, window)| (window.from, *line));
    for pair in windows.windows(2) {
        let [(one, first), (other, second)] = pair else { continue };
        if second.from < first.to {
            let what = format!("the window overlaps that of line {}", one.min(other));
            let at = At::line(schema::WINDOWS.file, *one.max(other)).field("from_min");
            errors.add(WindowsOverlap, at, what, "join the two windows or move one");
        }
    }
}

/// Cargo has an owner in every row or in none: a cell left empty by mistake would make one member's cargo everybody's.
pub(super) fn check_members(demands: &Rows<RawDemand>, errors: &mut Errors) {
    let sound = || demands.rows.iter().filter(|raw| raw.sound);
    if sound().all(|raw| raw.row.member.is_none()) {
        return;
    }
    for raw in sound().filter(|raw| raw.row.member.is_none()) {
        let at = At::line(schema::DEMAND.file, raw.line).field("member");
        let do_this = "name the member that brings the cargo, or leave the column out: cargo of the whole alliance";
        errors.add(MemberMissing, at, "other rows name a member and this one does not", do_this);
    }
}
