//! Everything a box can do, by walking the timetable date by date: all calls of all voyages over some weeks, and from each loading all
//! that can be reached with one ride, two rides and so on. It shares no code and no idea with the search but the plan itself.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use waterbus::domain::*;
use waterbus::service::journey::{LONGEST_JOURNEY, MOST_TRANSSHIPMENTS, Query, Window};
use waterbus::waterway::Waterway;

const KNOWN: &str = "the plan is one of the instance";

/// Departure, arrival, transshipments, fare, emissions; the last two are 0 where they are not compared.
pub type Merits = (i64, i64, usize, i64, i64);

/// A box ashore: where, from when it can be loaded, what it has cost and emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    place: TerminalIdx,
    ready: i64,
    fare: i64,
    co2e: i64,
}

/// Without states that are late, dear and dirty where another is not: such a one comes after the other in their order.
fn worth_keeping(states: BTreeSet<State>) -> Vec<State> {
    let mut kept: Vec<State> = Vec::new();
    for state in states {
        if !kept.iter().rev().any(|k| k.place == state.place && k.fare <= state.fare && k.co2e <= state.co2e) {
            kept.push(state);
        }
    }
    kept
}

/// A ride from some call: where it ends, what it costs and emits.
#[derive(Clone, Copy, Debug)]
struct RideTo {
    call: usize,
    fare: i64,
    co2e: i64,
}

/// One box on its way from one terminal to another, with the rides it may take, found when they are first asked for.
struct Tour<'w, 'a> {
    world: &'w World<'a>,
    query: &'w Query,
    origin: &'w TerminalCode,
    destination: &'w TerminalCode,
    rides: RefCell<HashMap<usize, Rc<Vec<RideTo>>>>,
}

/// A leg of a voyage on its date: row of the service, cycle, sailing, call where it starts.
pub type Leg = (usize, i64, u32, usize);

/// A call on a date.
#[derive(Clone, Debug)]
struct Call {
    service: usize,
    /// Which vessel, and which of its calls since its first voyage looked at.
    vessel: i64,
    order: i64,
    week: i64,
    sailing: u32,
    position: usize,
    terminal: TerminalCode,
    at: TerminalIdx,
    arrival: i64,
    berthing: i64,
    departure: i64,
}

pub struct World<'a> {
    plan: &'a Plan,
    problem: &'a Problem,
    waterway: Waterway,
    calls: Vec<Call>,
    /// Calls of each vessel in their order, and at each terminal by berthing.
    vessels: BTreeMap<(usize, i64), Vec<usize>>,
    at: BTreeMap<TerminalIdx, Vec<usize>>,
    /// Grams of CO2 equivalent per TEU-kilometre, by service.
    intensity: Vec<f64>,
    /// Whether every leg of a service has plugs.
    plugs: Vec<bool>,
    /// Legs without room.
    pub full: BTreeSet<Leg>,
}

impl<'a> World<'a> {
    /// All calls from some cycles before `from` to some after `until`.
    pub fn new(plan: &'a Plan, problem: &'a Problem, from: i64, until: i64) -> Self {
        let cycle = plan.cycle_min.0;
        let mut calls = Vec::new();
        for (row, service) in plan.services.iter().enumerate() {
            let longest = plan
                .sailings
                .iter()
                .filter(|s| s.service == service.service)
                .map(|s| s.back_at_min.0)
                .max()
                .expect("each service sails");
            for week in (from - longest).div_euclid(cycle) - 1..=until.div_euclid(cycle) + 1 {
                for sailing in plan.sailings.iter().filter(|s| s.service == service.service) {
                    let number = week * i64::from(service.sailings_per_cycle) + i64::from(sailing.number);
                    let (vessel, voyage) =
                        (number.rem_euclid(i64::from(service.vessels)), number.div_euclid(i64::from(service.vessels)));
                    for (position, times) in sailing.calls.iter().enumerate() {
                        calls.push(Call {
                            service: row,
                            vessel,
                            order: voyage * service.calls.len() as i64 + position as i64,
                            week,
                            sailing: sailing.number,
                            position,
                            terminal: service.calls[position].clone(),
                            at: problem.find_terminal(&service.calls[position]).expect(KNOWN),
                            arrival: times.arrival_min.0 + week * cycle,
                            berthing: times.berthing_min.0 + week * cycle,
                            departure: times.departure_min.0 + week * cycle,
                        });
                    }
                }
            }
        }
        let waterway = Waterway::new(problem);
        let intensity = intensities(plan, problem, &waterway);
        let mut vessels: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
        let mut at: BTreeMap<TerminalIdx, Vec<usize>> = BTreeMap::new();
        for (row, call) in calls.iter().enumerate() {
            vessels.entry((call.service, call.vessel)).or_default().push(row);
            at.entry(call.at).or_default().push(row);
        }
        vessels.values_mut().for_each(|of_vessel| of_vessel.sort_by_key(|row| calls[*row].order));
        at.values_mut().for_each(|here| here.sort_by_key(|row| calls[*row].berthing));
        let plugs = plan.services.iter().map(|service| {
            let mut legs = plan.slots.iter().filter(|s| s.service == service.service).peekable();
            legs.peek().is_some() && legs.all(|leg| leg.reefer_plugs.0 > 0)
        });
        let plugs = plugs.collect();
        Self { plan, problem, waterway, calls, vessels, at, intensity, plugs, full: BTreeSet::new() }
    }

    fn calls_at(&self, terminal: TerminalIdx) -> &[usize] {
        self.at.get(&terminal).map_or(&[], Vec::as_slice)
    }

    fn tour<'w>(&'w self, query: &'w Query, origin: &'w TerminalCode, destination: &'w TerminalCode) -> Tour<'w, 'a> {
        Tour { world: self, query, origin, destination, rides: RefCell::default() }
    }

    /// The best of all ways, by departure, arrival, transshipments, fare and emissions.
    pub fn best(&self, query: &Query) -> BTreeSet<Merits> {
        let mut all = BTreeSet::new();
        for origin in &query.origins {
            for destination in query.destinations.iter().filter(|to| *to != origin) {
                self.add_ways(query, origin, destination, &mut all);
            }
        }
        best_of(all)
    }

    fn add_ways(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, all: &mut BTreeSet<Merits>) {
        let within = |window: Option<Window>, at: i64| window.is_none_or(|w| (w.from.0..w.until.0).contains(&at));
        let tour = self.tour(query, origin, destination);
        for start in self.calls_at(self.row(origin)) {
            let first = &self.calls[*start];
            if !within(query.departure, first.departure) || !self.is_handed_over(query, first) {
                continue;
            }
            let late = first.departure + LONGEST_JOURNEY.0;
            let mut here = vec![State { place: self.row(origin), ready: first.berthing, fare: 0, co2e: 0 }];
            let mut found = BTreeSet::new();
            for transshipments in 0..=query.most_transshipments.min(MOST_TRANSSHIPMENTS) {
                let mut ashore = BTreeSet::new();
                for state in &here {
                    for boarded in tour.boardings(state, if transshipments == 0 { Some(*start) } else { None }, late) {
                        for ride in tour.rides(boarded).iter().filter(|ride| self.calls[ride.call].arrival <= late) {
                            let (call, fare, co2e) = (&self.calls[ride.call], state.fare + ride.fare, state.co2e + ride.co2e);
                            if call.terminal == *destination && within(query.arrival, call.arrival) {
                                found.insert((first.departure, call.arrival, transshipments, fare, co2e));
                            }
                            ashore.extend(tour.ashore(call, fare, co2e));
                        }
                    }
                }
                here = worth_keeping(ashore);
            }
            all.extend(best_of(found));
        }
    }

    /// The earliest arrival of a box that can be loaded from a minute on, by boarding whatever is berthed from then on.
    pub fn earliest(&self, query: &Query, from: i64) -> Option<i64> {
        let (origin, destination) = (&query.origins[0], &query.destinations[0]);
        let plain = Query { fare: None, by_emissions: false, ..query.clone() };
        let tour = self.tour(&plain, origin, destination);
        let mut best = None;
        let mut here = vec![State { place: self.row(origin), ready: from, fare: 0, co2e: 0 }];
        here.retain(|_| origin != destination);
        for _ in 0..=query.most_transshipments.min(MOST_TRANSSHIPMENTS) {
            let mut ashore = BTreeSet::new();
            for state in &here {
                for boarded in tour.boardings(state, None, from + LONGEST_JOURNEY.0 - 1) {
                    for ride in tour.rides(boarded).iter() {
                        let call = &self.calls[ride.call];
                        if call.terminal == *destination {
                            best = Some(best.map_or(call.arrival, |best: i64| best.min(call.arrival)));
                        }
                        ashore.extend(tour.ashore(call, 0, 0));
                    }
                }
            }
            here = worth_keeping(ashore);
        }
        best
    }

    /// Fare and emissions of a ride, worked out from the instance.
    fn cost(&self, query: &Query, from: &Call, to: &Call) -> (i64, i64) {
        let class = self.problem.find_class(&self.plan.services[from.service].class).expect(KNOWN);
        let passage = self.waterway.passage(class, from.at, to.at);
        let metres = passage.map_or(0, |passage| passage.distance.0);
        let fare = query.fare.as_ref().map_or(0, |fare| {
            let km = metres / 1000 + i64::from(metres % 1000 > 0);
            let full = fare.tariff.freight_cents_per_teu.0 + km * fare.tariff.freight_cents_per_teu_km.0;
            if fare.is_empty { full * fare.tariff.empty_freight_percent / 100 } else { full }
        });
        let co2e = if query.by_emissions { (self.intensity[from.service] * metres as f64 / 1000.0).round() as i64 } else { 0 };
        (fare, co2e)
    }

    /// The box is in the terminal in time: the cut-off, moved back to when the terminal was last open.
    fn is_handed_over(&self, query: &Query, call: &Call) -> bool {
        let Some(hand_over) = query.hand_over else { return true };
        let mut latest = call.berthing - hand_over.lead.0;
        if let Some((opens, closes)) = self.terminal(&call.terminal).open {
            while !(opens.0..=closes.0).contains(&latest.rem_euclid(24 * 60)) {
                latest -= 1;
            }
        }
        latest >= hand_over.from.0
    }

    /// Calls at which the box may leave the vessel it is loaded on at this call, at most one round later.
    fn rides(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, from: &Call) -> Vec<usize> {
        let service = &self.plan.services[from.service];
        if !self.may_ride(query, origin, destination, from) || !self.may_lift(query, from.at) {
            return Vec::new();
        }
        let apart = |trade: Trade| query.trade == Some(trade) && !service.mixed_direction;
        if apart(Trade::Export) && self.imports_stay(from) {
            return Vec::new();
        }
        let of_vessel = &self.vessels[&(from.service, from.vessel)];
        let here = of_vessel.iter().position(|row| self.calls[*row].order == from.order).expect("the call is one of its vessel");
        let mut rides = Vec::new();
        let mut before = from;
        for row in of_vessel.iter().skip(here + 1).take(service.calls.len() - 1) {
            let call = &self.calls[*row];
            // the leg between the call before and this one
            if self.full.contains(&(before.service, before.week, before.sailing, before.position)) {
                break;
            }
            before = call;
            if self.may_lift(query, call.at) {
                rides.push(*row);
            }
            if !self.may_be_at(query, origin, destination, call.at) || (apart(Trade::Import) && self.exports_load(call)) {
                break;
            }
        }
        rides
    }

    fn terminal(&self, code: &TerminalCode) -> &Terminal {
        self.problem.terminal(self.row(code))
    }

    fn row(&self, code: &TerminalCode) -> TerminalIdx {
        self.problem.find_terminal(code).expect(KNOWN)
    }

    fn is_listed(&self, query: &Query, path: [&TerminalCode; 3]) -> bool {
        let path = path.map(|code| self.row(code));
        query.trade == Some(Trade::CrossBorderDomestic) && self.problem.cross_border.contains(&path)
    }

    /// R8: between two mainland terminals the box is never in Hong Kong or Macau, unless that path is listed.
    fn may_be_at(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, at: TerminalIdx) -> bool {
        let terminal = self.problem.terminal(at);
        if !terminal.region.is_outside() {
            return true;
        }
        let ends_outside = [origin, destination].into_iter().any(|end| self.terminal(end).region.is_outside());
        ends_outside || self.is_listed(query, [origin, &terminal.code, destination])
    }

    /// A-REGIME, R1, plugs.
    fn may_ride(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, from: &Call) -> bool {
        if query.reefer && !self.plugs[from.service] {
            return false;
        }
        let service = &self.plan.services[from.service];
        let Some(trade) = query.trade else { return true };
        let fits = match service.regime {
            Regime::Mixed => true,
            Regime::Foreign => !trade.is_domestic(),
            Regime::Domestic => !trade.is_foreign(),
        };
        let outside: Vec<_> = service.calls.iter().filter(|call| self.terminal(call).region.is_outside()).collect();
        let barred = trade.is_domestic()
            && !outside.is_empty()
            && !outside.iter().any(|via| self.is_listed(query, [origin, via, destination]));
        fits && !barred
    }

    /// R4.
    fn may_lift(&self, query: &Query, at: TerminalIdx) -> bool {
        let terminal = self.problem.terminal(at);
        query.trade.is_none_or(|trade| {
            (!trade.is_foreign() || terminal.foreign_trade) && (!trade.is_domestic() || terminal.domestic_trade)
        })
    }

    /// R6: calls of the cycle that the plan's own cargo of a trade touches, by (service, sailing, call).
    fn touched(&self, at: &Call, trade: Trade, positions: impl Fn(&Ride) -> std::ops::Range<usize>) -> bool {
        let service = &self.plan.services[at.service];
        let calls = service.calls.len();
        let rides = self
            .plan
            .shipments
            .iter()
            .filter(|s| s.trade == trade)
            .flat_map(|s| &s.rides)
            .filter(|r| r.service == service.service);
        rides.into_iter().any(|ride| {
            positions(ride).any(|position| {
                let sailing = (u64::from(ride.sailing) + (position / calls) as u64 * u64::from(service.vessels))
                    % u64::from(service.sailings_per_cycle);
                position % calls == at.position && sailing == u64::from(at.sailing)
            })
        })
    }

    fn imports_stay(&self, at: &Call) -> bool {
        self.touched(at, Trade::Import, |ride| ride.from_call.row() + 1..ride.to_call.row())
    }

    fn exports_load(&self, at: &Call) -> bool {
        self.touched(at, Trade::Export, |ride| ride.from_call.row()..ride.from_call.row() + 1)
    }
}

/// The best of them; one that is beaten comes after one that beats it, from the latest departure on.
fn best_of(all: BTreeSet<Merits>) -> BTreeSet<Merits> {
    let mut ordered: Vec<Merits> = all.into_iter().collect();
    ordered.sort_by_key(|way| (-way.0, way.1, way.2, way.3, way.4));
    let mut best: Vec<Merits> = Vec::new();
    for way in ordered {
        if !best.iter().any(|b| b.1 <= way.1 && b.2 <= way.2 && b.3 <= way.3 && b.4 <= way.4) {
            best.push(way);
        }
    }
    best.into_iter().collect()
}

impl Tour<'_, '_> {
    /// Calls at which a box in this state may be loaded, until a time; at the start the one that is looked at.
    fn boardings(&self, state: &State, start: Option<usize>, late: i64) -> Vec<usize> {
        let (here, calls) = (self.world.calls_at(state.place), &self.world.calls);
        let first = here.partition_point(|row| calls[*row].berthing < state.ready);
        let in_time = here[first..].iter().copied().take_while(|row| calls[*row].berthing <= late);
        in_time.filter(|row| start.is_none_or(|start| start == *row)).collect()
    }

    fn rides(&self, boarded: usize) -> Rc<Vec<RideTo>> {
        if let Some(known) = self.rides.borrow().get(&boarded) {
            return Rc::clone(known);
        }
        let world = self.world;
        let from = &world.calls[boarded];
        let ends = world.rides(self.query, self.origin, self.destination, from);
        let cost = |call: usize| world.cost(self.query, from, &world.calls[call]);
        let rides = ends.into_iter().map(|call| RideTo { call, fare: cost(call).0, co2e: cost(call).1 }).collect();
        Rc::clone(self.rides.borrow_mut().entry(boarded).or_insert(Rc::new(rides)))
    }

    /// The box in the terminal, where it may change barges.
    fn ashore(&self, call: &Call, fare: i64, co2e: i64) -> Option<State> {
        let world = self.world;
        let may_change =
            world.problem.terminal(call.at).transshipment && world.may_be_at(self.query, self.origin, self.destination, call.at);
        let ready = call.departure + world.problem.settings.transfer.0;
        let change = self.query.fare.as_ref().map_or(0, |fare| fare.tariff.transshipment_cents_per_teu.0);
        may_change.then(|| State { place: call.at, ready, fare: fare + change, co2e })
    }
}

/// Emissions of each service's round trips over what the plan carries on it; that of all together where it carries nothing.
fn intensities(plan: &Plan, problem: &Problem, waterway: &Waterway) -> Vec<f64> {
    let way = |service: &Service, from: &TerminalCode, to: &TerminalCode| {
        let row = |code: &TerminalCode| problem.find_terminal(code).expect(KNOWN);
        waterway.passage(problem.find_class(&service.class).expect(KNOWN), row(from), row(to))
    };
    let mut sums = Vec::new();
    for service in &plan.services {
        let class = problem.class(problem.find_class(&service.class).expect(KNOWN));
        let (calls, sailings) = (&service.calls, f64::from(service.sailings_per_cycle));
        let legs: Vec<_> = (0..calls.len()).filter_map(|at| way(service, &calls[at], &calls[(at + 1) % calls.len()])).collect();
        let under_way: i64 = legs.iter().map(|leg| leg.steaming.sailing.0).sum();
        let idle_h = f64::from(service.vessels) * plan.cycle_min.0 as f64 / 60.0 - sailings * under_way as f64 / 60.0;
        let fuel_kg = legs.iter().map(|leg| leg.steaming.fuel_g).sum::<i64>() as f64 / 1000.0 * sailings
            + idle_h.max(0.0) * class.fuel_kg_per_h_port;
        let kwh = legs.iter().map(|leg| leg.steaming.energy_wh).sum::<i64>() as f64 / 1000.0 * sailings;
        // well to wake, grams per kilogram and per kilowatt-hour: see models/journeys.md
        let fuel = if class.energy == Energy::Lng { 908.35 + 0.969 * 2779.15 + 868.0 } else { 614.88 + 3255.1 };
        let rides = plan.shipments.iter().flat_map(|s| s.rides.iter().map(move |ride| (s.volume_teu.0, ride)));
        let teu_km: f64 = rides
            .filter(|(_, ride)| ride.service == service.service)
            .map(|(teu, ride)| {
                let end = |at: CallPos| &calls[at.row() % calls.len()];
                let passage = way(service, end(ride.from_call), end(ride.to_call));
                teu as f64 * passage.map_or(0, |passage| passage.distance.0) as f64 / 1000.0
            })
            .sum();
        sums.push((fuel_kg * fuel + kwh * 570.0, teu_km));
    }
    let all = sums.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let usual = if all.1 > 0.0 { all.0 / all.1 } else { 0.0 };
    sums.into_iter().map(|(grams, teu_km)| if teu_km > 0.0 { grams / teu_km } else { usual }).collect()
}
