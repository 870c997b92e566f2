//! Rows to the problem: codes are found, costs are there where they are needed, and the case is applied.

use super::rows::{COSTS, RawClass, RawDemand, RawFiles, RawPort, RawRoute};
use super::{LinerChoice, Part};
use crate::domain::liner::{Case, LinerClass, LinerDemand, LinerProblem, LinerRules, Port, PortIdx, SeaRoute, SeaRoutes};
use crate::input::ErrorCode::{self, *};
use crate::input::cells::Raw;
use crate::input::errors::{At, Errors, shown};
use std::collections::{BTreeMap, BTreeSet};

/// Rows by their key.
struct Keys<'a> {
    file: &'a str,
    unknown: ErrorCode,
    /// No row was left out and no key occurs twice, so a key that is not here is wrong.
    complete: bool,
    rows: BTreeMap<&'a str, usize>,
}

impl<'a> Keys<'a> {
    /// Collects the keys of a table and reports those that occur twice.
    fn new<T>(part: &'a Part<T>, field: &'static str, unknown: ErrorCode, key: fn(&T) -> &String, errors: &mut Errors) -> Self {
        let mut rows = BTreeMap::new();
        for (place, raw) in part.rows.iter().enumerate().filter(|(_, raw)| !key(&raw.row).is_empty()) {
            if let Some(first) = rows.insert(key(&raw.row).as_str(), place) {
                rows.insert(key(&raw.row).as_str(), first);
                let what = format!("{} is in line {} already", shown(key(&raw.row)), part.rows[first].line);
                errors.add(DuplicateKey, At::line(&part.file, raw.line).field(field), what, "remove one of the two lines");
            }
        }
        let complete = part.whole && rows.len() == part.rows.len();
        Self { file: &part.file, unknown, complete, rows }
    }

    /// The row of a key. One that is not there is an error, unless the table has faults of its own; an empty one was reported.
    fn find(&self, key: &str, at: At, errors: &mut Errors) -> Option<usize> {
        let found = self.rows.get(key).copied();
        if found.is_none() && self.complete && !key.is_empty() {
            let what = format!("{} is not in {}", shown(key), self.file);
            errors.add(self.unknown, at, what, format!("add it to {} or correct the code", self.file));
        }
        found
    }
}

/// Puts the rows together; `None` when anything is wrong, now or before.
pub(super) fn link(raw: &RawFiles, choice: &LinerChoice, errors: &mut Errors) -> Option<LinerProblem> {
    let known = Keys::new(&raw.ports, "UNLocode", UnknownPort, |row| &row.code, errors);
    let classes = link_classes(raw, choice.case, errors);
    let called = find_called(&raw.demand, &known, errors);
    check_costs(&raw.ports, &called, &known, errors);
    let places: BTreeMap<&str, PortIdx> = called.iter().enumerate().map(|(row, code)| (*code, PortIdx::from(row))).collect();
    let ways = link_routes(&raw.routes, &known, &places, errors);
    if errors.count() > 0 {
        return None;
    }
    Some(LinerProblem {
        name: choice.instance.clone(),
        case: choice.case,
        demand_file: raw.demand.file.clone(),
        limits_transit: choice.limits_transit,
        ports: called.iter().filter_map(|code| Some(port(&raw.ports.rows[*known.rows.get(code)?].row))).collect(),
        classes,
        routes: SeaRoutes::new(called.len(), ways),
        demands: merge_demands(&raw.demand, &places),
        rules: LinerRules::default(),
    })
}

fn link_classes(raw: &RawFiles, case: Case, errors: &mut Errors) -> Vec<LinerClass> {
    let known = Keys::new(&raw.classes, "Vessel class", UnknownClass, |row| &row.name, errors);
    Keys::new(&raw.fleet, "Vessel class", UnknownClass, |row| &row.class, errors);
    let mut vessels = vec![0; raw.classes.rows.len()];
    for row in &raw.fleet.rows {
        let at = At::line(&raw.fleet.file, row.line).field("Vessel class");
        if let Some(class) = known.find(&row.row.class, at, errors) {
            vessels[class] = row.row.vessels;
        }
    }
    for raw_class in &raw.classes.rows {
        check_speeds(&raw.classes.file, raw_class, errors);
    }
    let classes = raw.classes.rows.iter().zip(vessels);
    classes.map(|(raw, vessels)| class(&raw.row, vessels, case)).collect()
}

fn check_speeds(file: &str, raw: &Raw<RawClass>, errors: &mut Errors) {
    let class = &raw.row;
    if raw.sound && class.min_speed_kn > class.max_speed_kn {
        let what = format!("the lowest speed, {} knots, is above the highest, {}", class.min_speed_kn, class.max_speed_kn);
        errors.add(SpeedsReversed, At::line(file, raw.line).field("minSpeed"), what, "correct one of the two");
    }
}

/// Charter rates are whole thousands and vessels whole in every case: halves are rounded up.
fn class(raw: &RawClass, vessels: u32, case: Case) -> LinerClass {
    let [charter, number] = case.factors();
    LinerClass {
        name: raw.name.clone(),
        vessels: (f64::from(vessels) * number + 0.5).floor() as u32,
        capacity_ffe: raw.capacity_ffe,
        charter_usd_per_day: (raw.charter_usd_per_day * charter / 1000.0 + 0.5).floor() * 1000.0,
        draft_m: raw.draft_m,
        min_speed_kn: raw.min_speed_kn,
        max_speed_kn: raw.max_speed_kn,
        design_speed_kn: raw.design_speed_kn,
        fuel_t_per_day: raw.fuel_t_per_day,
        idle_t_per_day: raw.idle_t_per_day,
        panama_usd: raw.panama_usd,
        suez_usd: raw.suez_usd,
    }
}

/// Codes of all ports with demand.
fn find_called<'a>(demand: &'a Part<RawDemand>, known: &Keys, errors: &mut Errors) -> BTreeSet<&'a str> {
    let mut called = BTreeSet::new();
    for raw in &demand.rows {
        let at = At::line(&demand.file, raw.line);
        let ends = [("Origin", &raw.row.origin), ("Destination", &raw.row.destination)];
        for (field, code) in ends {
            if known.find(code, at.field(field), errors).is_some() {
                called.insert(code.as_str());
            }
        }
        if raw.row.origin == raw.row.destination && !raw.row.origin.is_empty() {
            let what = "the origin is the destination";
            errors.add(SameTerminal, at.field("Destination"), what, "correct one of the two");
        }
    }
    called
}

/// A port with demand must be one where a service can call.
fn check_costs(ports: &Part<RawPort>, called: &BTreeSet<&str>, known: &Keys, errors: &mut Errors) {
    for raw in called.iter().filter_map(|code| Some(&ports.rows[*known.rows.get(code)?])).filter(|raw| raw.sound) {
        let costs = COSTS.iter().zip(raw.row.costs_usd);
        for (field, _) in costs.filter(|(_, cost)| cost.is_none()) {
            let what = format!("{} has demand, and its {field} is missing", shown(&raw.row.code));
            let do_this = "fill it in, or remove the port's demand";
            errors.add(PortWithoutCosts, At::line(&ports.file, raw.line).field(field), what, do_this);
        }
    }
}

fn port(raw: &RawPort) -> Port {
    // each is there: checked before
    let [handling, transshipment, call, per_ffe] = raw.costs_usd.map(Option::unwrap_or_default);
    Port {
        code: raw.code.clone(),
        name: raw.name.clone(),
        draft_m: raw.draft_m,
        handling_usd_per_ffe: handling,
        transshipment_usd_per_ffe: transshipment,
        call_usd: call,
        call_usd_per_ffe: per_ffe,
    }
}

/// The ways between ports with demand, each given once.
fn link_routes(
    routes: &Part<RawRoute>,
    known: &Keys,
    places: &BTreeMap<&str, PortIdx>,
    errors: &mut Errors,
) -> Vec<([PortIdx; 2], SeaRoute)> {
    let mut ways = Vec::new();
    let mut lines = BTreeMap::new();
    for raw in &routes.rows {
        let (at, row) = (At::line(&routes.file, raw.line), &raw.row);
        known.find(&row.from, at.field("fromUNLOCODe"), errors);
        known.find(&row.to, at.field("ToUNLOCODE"), errors);
        let (Some(from), Some(to)) = (places.get(row.from.as_str()), places.get(row.to.as_str())) else { continue };
        let pair = [*from, *to];
        if let Some(first) = lines.insert((pair, row.canals), raw.line).filter(|_| raw.sound) {
            let what = format!("the way from {} to {} by these canals is in line {first} already", row.from, row.to);
            errors.add(DuplicateRoute, at, what, "remove one of the two lines");
        }
        ways.push((pair, SeaRoute { canals: row.canals, distance_nm: row.distance_nm, draft_m: row.draft_m }));
    }
    ways
}

/// Demand in the order of the file; rows alike in all but their quantity become one.
fn merge_demands(demand: &Part<RawDemand>, places: &BTreeMap<&str, PortIdx>) -> Vec<LinerDemand> {
    let mut merged: Vec<LinerDemand> = Vec::new();
    let mut seen = BTreeMap::new();
    for raw in &demand.rows {
        let row = &raw.row;
        let (Some(origin), Some(destination)) = (places.get(row.origin.as_str()), places.get(row.destination.as_str())) else {
            continue;
        };
        let key = (*origin, *destination, row.rate_usd_per_ffe.to_bits(), row.transit_days.to_bits());
        let place = *seen.entry(key).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => first.ffe_per_week += row.ffe_per_week,
            None => merged.push(LinerDemand {
                origin: *origin,
                destination: *destination,
                ffe_per_week: row.ffe_per_week,
                rate_usd_per_ffe: row.rate_usd_per_ffe,
                transit_days: row.transit_days,
            }),
        }
    }
    merged
}
