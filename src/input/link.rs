//! Rows to the problem: codes become row numbers, units become typed quantities. A reference that leads nowhere is reported and stands
//! as the first row; a problem with errors is never handed out.

use super::ErrorCode::*;
use super::cells::{Raw, Rows};
use super::check::*;
use super::convert::{demand, mother_vessel, nodes, terminal, vessel_class, waterway_link, window};
use super::errors::{At, Errors};
use super::keys::{AllKeys, RawTables, check_unique};
use super::network::{check_network, link_ends};
use super::raw::*;
use super::schema::{CROSS_BORDER, DEMAND, FLEET, MOTHERS, OPERATORS, TERMINALS, TIDES, WINDOWS};
use crate::domain::*;
use std::collections::{BTreeMap, BTreeSet};

/// Links the tables to a problem. `settings` is missing when they could not be read; then nothing that needs them is checked, and there
/// is no problem.
pub(super) fn link(raw: &RawTables, settings: Option<Settings>, hash: String, errors: &mut Errors) -> Option<Problem> {
    let keys = AllKeys::new(raw, errors);
    let cycle = settings.as_ref().map(|settings| settings.cycle);
    check_keys(raw, &keys, errors);
    let mut linker = Linker { raw, keys: &keys, cycle, errors };
    let terminals = linker.terminals();
    let links = linker.links();
    let classes = linker.classes();
    let operators = linker.operators();
    let fleets = linker.fleets();
    let cross_border = linker.paths();
    let demands = linker.demands(&cross_border);
    let mothers = linker.mothers();
    let settings = settings?;
    let nodes = nodes(raw);
    Some(Problem { settings, hash, terminals, nodes, links, classes, operators, fleets, demands, mothers, cross_border })
}

/// Keys that no other table refers to, and keys that would be ambiguous.
fn check_keys(raw: &RawTables, keys: &AllKeys, errors: &mut Errors) {
    check_unique(&raw.demand, "demand", DuplicateKey, |raw| raw.row.demand.clone(), errors);
    check_unique(&raw.charges, "charge", DuplicateKey, |raw| raw.row.charge.clone(), errors);
    check_unique(&raw.paths, "origin", DuplicatePath, |raw| if raw.sound { path_key(&raw.row) } else { String::new() }, errors);
    check_unique(
        &raw.fleet,
        "operator",
        DuplicateFleet,
        |raw| if raw.sound { fleet_key(&raw.row) } else { String::new() },
        errors,
    );
    for junction in raw.junctions.rows.iter().filter(|raw| keys.terminals.row(&raw.row.junction).is_some()) {
        let at = At::line(raw.junctions.file, junction.line).field("junction");
        let what = format!("{} is the code of a terminal", junction.row.junction);
        errors.add(JunctionIsTerminal, at, what, "give the junction a code of its own");
    }
}

fn path_key(path: &RawPath) -> String {
    format!("{} over {} to {}", path.origin, path.via, path.destination)
}

fn fleet_key(fleet: &RawFleet) -> String {
    let registered = if fleet.hk_mo_registered { "registered" } else { "not registered" };
    format!("{} of {}, {registered},", fleet.class, fleet.operator)
}

/// The tables while they are linked.
struct Linker<'a> {
    raw: &'a RawTables,
    keys: &'a AllKeys,
    cycle: Option<Minutes>,
    errors: &'a mut Errors,
}

/// Rows with a problem's quantities in them, one for each row of the table.
fn each<T, U>(rows: &Rows<T>, make: impl FnMut(&Raw<T>) -> U) -> Vec<U> {
    rows.rows.iter().map(make).collect()
}

impl<'a> Linker<'a> {
    /// The terminal of a code, with its row if all its cells are fine.
    fn terminal(&mut self, code: &str, at: At) -> (TerminalIdx, Option<&'a RawTerminal>) {
        let found = self.keys.terminals.find(code, at, self.errors);
        let row = found.and_then(|row| self.raw.terminals.rows.get(row)).filter(|raw| raw.sound);
        (TerminalIdx::from(found.unwrap_or_default()), row.map(|raw| &raw.row))
    }

    fn terminals(&mut self) -> Vec<Terminal> {
        let mut windows = self.windows();
        each(&self.raw.terminals, |raw| {
            if raw.sound {
                check_terminal(raw, self.errors);
            }
            let one_clearance = self.one_clearance(raw);
            terminal(&raw.row, one_clearance, windows.remove(&raw.row.terminal).unwrap_or_default())
        })
    }

    /// The hubs a river terminal shares one clearance with (R9).
    fn one_clearance(&mut self, raw: &Raw<RawTerminal>) -> Vec<TerminalIdx> {
        let at = At::line(TERMINALS.file, raw.line).field("one_clearance");
        let mut seen = BTreeSet::new();
        let mut hubs = Vec::new();
        for code in &raw.row.one_clearance {
            let (hub, row) = self.terminal(code, at);
            if *code == raw.row.terminal || !seen.insert(code) {
                let what = format!("{code} is the terminal itself or named twice");
                self.errors.add(BadClearance, at, what, "remove it");
            } else if row.is_some_and(|row| row.role != Role::Hub) {
                let what = format!("{code} is not a hub");
                self.errors.add(BadClearance, at, what, "name hubs only, or correct the role in terminals.csv");
            }
            hubs.push(hub);
        }
        hubs
    }

    /// Agreed windows by terminal, in order of time.
    fn windows(&mut self) -> BTreeMap<String, Vec<Window>> {
        let mut found: BTreeMap<String, Vec<(u64, Window)>> = BTreeMap::new();
        for raw in &self.raw.windows.rows {
            self.terminal(&raw.row.terminal, At::line(WINDOWS.file, raw.line).field("terminal"));
            if let (true, Some(cycle)) = (raw.sound, self.cycle) {
                check_window(raw, cycle, self.errors);
                found.entry(raw.row.terminal.clone()).or_default().push((raw.line, window(&raw.row)));
            }
        }
        let mut by_time = |windows: Vec<(u64, Window)>| {
            check_overlaps(windows.clone(), self.errors);
            let mut windows: Vec<Window> = windows.into_iter().map(|(_, window)| window).collect();
            windows.sort_by_key(|window| window.from);
            windows
        };
        found.into_iter().map(|(terminal, windows)| (terminal, by_time(windows))).collect()
    }

    fn links(&mut self) -> Vec<Link> {
        let ends = link_ends(self.raw, self.keys, self.errors);
        check_network(self.raw, self.keys, &ends, self.errors);
        let low_water = self.low_water();
        let mut ends = ends.into_iter();
        each(&self.raw.links, |raw| {
            if raw.sound {
                check_lock(raw, self.errors);
            }
            let [from, to] = ends.next().unwrap_or_default().map(|end| end.unwrap_or(NodeIdx(0)));
            waterway_link(&raw.row, from, to, low_water.get(raw.row.link.as_str()).copied())
        })
    }

    /// The shallowest draught-critical point of each link at low water.
    fn low_water(&mut self) -> BTreeMap<&'a str, &'a RawTide> {
        let mut lowest: BTreeMap<&str, &RawTide> = BTreeMap::new();
        for raw in &self.raw.tides.rows {
            self.keys.links.find(&raw.row.link, At::line(TIDES.file, raw.line).field("link"), self.errors);
            let known = lowest.entry(&raw.row.link).or_insert(&raw.row);
            if raw.row.low_water_depth_m < known.low_water_depth_m {
                *known = &raw.row;
            }
        }
        lowest
    }

    fn classes(&mut self) -> Vec<VesselClass> {
        each(&self.raw.classes, |raw| {
            if raw.sound {
                check_class(raw, self.errors);
            }
            vessel_class(&raw.row)
        })
    }

    fn operators(&mut self) -> Vec<Operator> {
        check_shares(&self.raw.operators, self.errors);
        each(&self.raw.operators, |raw| {
            let at = At::line(OPERATORS.file, raw.line).field("home_terminal");
            let RawOperator { operator, name, name_zh, kind, home_terminal, committed_share } = raw.row.clone();
            let home = home_terminal.map(|code| self.terminal(&code, at).0);
            Operator { code: OperatorCode(operator), name, name_zh, kind, home, committed_share }
        })
    }

    fn fleets(&mut self) -> Vec<Fleet> {
        each(&self.raw.fleet, |raw| {
            let at = At::line(FLEET.file, raw.line);
            let operator = self.keys.operators.find(&raw.row.operator, at.field("operator"), self.errors);
            let class = self.keys.classes.find(&raw.row.class, at.field("class"), self.errors);
            Fleet {
                operator: OperatorIdx::from(operator.unwrap_or_default()),
                class: ClassIdx::from(class.unwrap_or_default()),
                vessels: raw.row.vessels,
                registered: raw.row.hk_mo_registered,
            }
        })
    }

    fn paths(&mut self) -> Vec<[TerminalIdx; 3]> {
        each(&self.raw.paths, |raw| {
            let at = At::line(CROSS_BORDER.file, raw.line);
            let (origin, from) = self.terminal(&raw.row.origin, at.field("origin"));
            let (via, over) = self.terminal(&raw.row.via, at.field("via"));
            let (destination, to) = self.terminal(&raw.row.destination, at.field("destination"));
            if let (Some(from), Some(over), Some(to)) = (from, over, to) {
                check_path(raw, [from, over, to], self.errors);
            }
            [origin, via, destination]
        })
    }

    fn demands(&mut self, paths: &[[TerminalIdx; 3]]) -> Vec<Demand> {
        check_members(&self.raw.demand, self.errors);
        let joined: BTreeSet<_> = paths.iter().map(|[origin, _, destination]| (*origin, *destination)).collect();
        each(&self.raw.demand, |raw| {
            let at = At::line(DEMAND.file, raw.line);
            let (origin, from) = self.terminal(&raw.row.origin, at.field("origin"));
            let (destination, to) = self.terminal(&raw.row.destination, at.field("destination"));
            let mother = self.mother(raw);
            if let (true, Some(from), Some(to)) = (raw.sound, from, to) {
                let before = self.errors.count();
                check_demand(raw, [from, to], self.errors);
                if self.errors.count() == before && !joined.contains(&(origin, destination)) {
                    self.check_has_path(raw);
                }
            }
            demand(&raw.row, [origin, destination], mother, self.member(raw))
        })
    }

    /// Cross-border domestic cargo without an allowed path would be plain domestic cargo.
    fn check_has_path(&mut self, raw: &Raw<RawDemand>) {
        if raw.row.trade == Trade::CrossBorderDomestic && self.raw.paths.is_sound() {
            let what = format!("cross_border.csv has no path from {} to {}", raw.row.origin, raw.row.destination);
            let at = At::line(DEMAND.file, raw.line).field("trade");
            self.errors.add(NoPath, at, what, "add the path or write domestic");
        }
    }

    fn mother(&mut self, raw: &Raw<RawDemand>) -> Option<MotherIdx> {
        let code = raw.row.mother_vessel.as_ref()?;
        let row = self.keys.mothers.find(code, At::line(DEMAND.file, raw.line).field("mother_vessel"), self.errors)?;
        let mother = self.raw.mothers.rows.get(row)?;
        if raw.sound && mother.sound {
            check_mother(raw, &mother.row, self.errors);
        }
        Some(MotherIdx::from(row))
    }

    /// The member that brings a demand's cargo.
    fn member(&mut self, raw: &Raw<RawDemand>) -> Option<OperatorIdx> {
        let code = raw.row.member.as_ref()?;
        let at = At::line(DEMAND.file, raw.line).field("member");
        self.keys.operators.find(code, at, self.errors).map(OperatorIdx::from)
    }

    fn mothers(&mut self) -> Vec<MotherVessel> {
        each(&self.raw.mothers, |raw| {
            if let (true, Some(cycle)) = (raw.sound, self.cycle) {
                check_berthing(raw, cycle, self.errors);
            }
            let (terminal, _) = self.terminal(&raw.row.terminal, At::line(MOTHERS.file, raw.line).field("terminal"));
            mother_vessel(&raw.row, terminal)
        })
    }
}
