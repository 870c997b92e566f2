//! Networks of one or two services, all of them, with the best cargo of each by an LP. Written from `models/audit.md` and the instance
//! format alone: it shares nothing with the planner but the passages, the data and an LP solver the planner does not use. Boxes ride
//! direct. Sailings are evenly spaced, and a round trip keeps one slot a call for rounding, as the planning times do.

use std::collections::BTreeSet;
use waterbus::domain::*;
use waterbus::optimize::solver::{Col, Model, Sense, Status, solve_second_opinion};
use waterbus::waterway::{Passage, Waterway};

/// A network that could be run.
pub struct World<'a> {
    pub problem: &'a Problem,
    pub waterway: &'a Waterway,
}

/// One service of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub calls: Vec<TerminalIdx>,
    pub regime: Regime,
    pub fleet: FleetIdx,
    pub vessels: u32,
    pub sailings: u32,
}

/// The best network found: money a cycle, and its services.
pub type Best = (f64, Vec<Service>);

impl World<'_> {
    /// Every rotation of at most `most` calls, started at its first hub.
    pub fn rotations(&self, most: usize) -> Vec<Vec<TerminalIdx>> {
        let terminals: Vec<TerminalIdx> = (0..self.problem.terminals.len()).map(TerminalIdx::from).collect();
        let mut found = BTreeSet::new();
        let mut open: Vec<Vec<TerminalIdx>> = terminals.iter().map(|at| vec![*at]).collect();
        while let Some(calls) = open.pop() {
            if calls.len() >= 2 && calls.first() != calls.last() {
                found.insert(self.started_at_hub(&calls));
            }
            if calls.len() < most.min(self.problem.settings.most_calls) {
                let visits = |at: &TerminalIdx| calls.iter().filter(|call| *call == at).count();
                let next =
                    terminals.iter().filter(|at| calls.last() != Some(at) && visits(at) < self.problem.settings.most_visits);
                open.extend(next.map(|at| [calls.as_slice(), &[*at]].concat()));
            }
        }
        found.into_iter().collect()
    }

    fn started_at_hub(&self, calls: &[TerminalIdx]) -> Vec<TerminalIdx> {
        let starts = (0..calls.len()).map(|start| [&calls[start..], &calls[..start]].concat());
        let rank = |calls: &Vec<TerminalIdx>| (self.problem.terminal(calls[0]).role != Role::Hub, calls.clone());
        starts.min_by_key(rank).unwrap_or_default()
    }

    /// Every way to run a rotation: regime, fleet, vessels, sailings.
    pub fn services(&self, calls: &[TerminalIdx]) -> Vec<Service> {
        let mut found = Vec::new();
        for (row, fleet) in self.problem.fleets.iter().enumerate() {
            for regime in self.regimes(calls, fleet.registered) {
                for sailings in &self.problem.settings.frequencies {
                    for vessels in 1..=fleet.vessels {
                        let fleet = FleetIdx::from(row);
                        found.push(Service { calls: calls.to_vec(), regime, fleet, vessels, sailings: *sailings });
                    }
                }
            }
        }
        found
    }

    /// R1, R4, R5 and R7.
    fn regimes(&self, calls: &[TerminalIdx], registered: bool) -> Vec<Regime> {
        let all = |test: fn(&Terminal) -> bool| calls.iter().all(|call| test(self.problem.terminal(*call)));
        if !all(|at| !at.region.is_outside()) {
            return if registered && all(|at| at.foreign_trade) { vec![Regime::Foreign] } else { Vec::new() };
        }
        if !registered && all(|at| at.mixed_trade) { vec![Regime::Mixed] } else { vec![Regime::Foreign, Regime::Domestic] }
    }

    /// The best network of at most two of these services. Two together never earn more than both alone, since each loses nothing when the
    /// other leaves: pairs whose sum is no better than the best are passed over.
    pub fn best(&self, services: &[Service]) -> Best {
        let mut alone: Vec<(f64, &Service)> =
            services.iter().filter_map(|one| Some((self.profit(&[one])?, one))).filter(|(profit, _)| *profit > 0.0).collect();
        alone.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Best = alone.first().map_or((0.0, Vec::new()), |(profit, one)| (*profit, vec![(*one).clone()]));
        for (place, (first, one)) in alone.iter().enumerate() {
            for (second, other) in &alone[place..] {
                if first + second <= best.0 + 1e-6 {
                    break;
                }
                if let Some(profit) = self.profit(&[one, other]).filter(|profit| *profit > best.0) {
                    best = (profit, vec![(*one).clone(), (*other).clone()]);
                }
            }
        }
        best
    }

    /// Money a cycle of services with their best cargo; `None` when they cannot be run together.
    pub fn profit(&self, services: &[&Service]) -> Option<f64> {
        let runs: Option<Vec<Run>> = services.iter().map(|service| Run::new(self, service)).collect();
        let runs = runs.filter(|runs| self.has_vessels(services) && self.has_lockages(runs))?;
        let mut cargo = Cargoes::new(self, &runs);
        cargo.add_demand();
        runs.iter().enumerate().for_each(|(row, run)| cargo.add_service(row, run));
        cargo.add_terminals();
        let answer = solve_second_opinion(&cargo.model);
        let cost: i64 = runs.iter().map(|run| run.cost.0).sum();
        (answer.status == Status::Optimal).then(|| answer.objective - Cents(cost).units())
    }

    fn has_vessels(&self, services: &[&Service]) -> bool {
        let used = |row: usize| services.iter().filter(|one| one.fleet.row() == row).map(|one| one.vessels).sum::<u32>();
        self.problem.fleets.iter().enumerate().all(|(row, fleet)| used(row) <= fleet.vessels)
    }

    fn has_lockages(&self, runs: &[Run]) -> bool {
        self.problem.links.iter().enumerate().all(|(row, link)| {
            let Some(lock) = &link.lock else { return true };
            let passes = |run: &Run| {
                let locks = run.legs.iter().flat_map(|leg| &leg.locks).filter(|lock| lock.link.row() == row);
                locks.count() as i64 * i64::from(run.service.sailings)
            };
            let held = (60.0 / lock.vessels_per_hour).ceil() as i64;
            runs.iter().map(passes).sum::<i64>() <= self.problem.settings.cycle.0 / held
        })
    }

    fn crane_minutes(&self, at: TerminalIdx) -> f64 {
        60.0 / (self.problem.terminal(at).moves_per_berth_hour * self.problem.settings.teu_per_move)
    }

    /// Freight less both lifts.
    fn margin(&self, demand: &Demand) -> Cents {
        demand.rate - self.problem.terminal(demand.origin).handling - self.problem.terminal(demand.destination).handling
    }
}

/// A service that keeps its round trips.
struct Run<'a> {
    service: &'a Service,
    class: &'a VesselClass,
    legs: Vec<&'a Passage>,
    /// Minutes alongside of one round trip, all calls.
    alongside: i64,
    /// Minutes by call that evenly spaced sailings find open.
    open: Vec<i64>,
    cost: Cents,
}

impl<'a> Run<'a> {
    fn new(world: &World<'a>, service: &'a Service) -> Option<Self> {
        let (problem, settings) = (world.problem, &world.problem.settings);
        let class_row = problem.fleet(service.fleet).class;
        let class = problem.class(class_row);
        let next = |call: usize| service.calls[(call + 1) % service.calls.len()];
        let legs: Option<Vec<&Passage>> =
            (0..service.calls.len()).map(|call| world.waterway.passage(class_row, service.calls[call], next(call))).collect();
        let legs = legs.filter(|legs| legs.iter().all(|leg| class.range.is_none_or(|range| leg.distance <= range)))?;
        let slot = settings.slot.0;
        let slots = |time: Minutes| (time.0 + slot - 1) / slot * slot;
        let trip = settings.cycle.0 / slot * i64::from(service.vessels) / i64::from(service.sailings) * slot;
        let sailing: i64 = legs.iter().map(|leg| slots(leg.duration())).sum();
        let waiting: i64 = service.calls.iter().map(|call| slots(problem.terminal(*call).wait) + slot).sum();
        let alongside = trip - sailing - waiting - slots(settings.turnaround_buffer);
        let shortest = slots(settings.min_handling);
        let open: Vec<i64> = service.calls.iter().map(|call| longest_open(problem, *call, service.sailings)).collect();
        let fits = alongside >= shortest * service.calls.len() as i64
            && trip <= settings.longest_round_trip.0
            && service.sailings >= settings.least_sailings
            && open.iter().all(|open| *open >= shortest);
        let cost = cost(problem, service, class, &legs);
        fits.then_some(Self { service, class, legs, alongside, open, cost })
    }

    fn sailings(&self) -> f64 {
        f64::from(self.service.sailings)
    }

    fn at(&self, position: usize) -> TerminalIdx {
        self.service.calls[position % self.service.calls.len()]
    }

    fn legs_of(&self, from: usize, to: usize) -> impl Iterator<Item = usize> {
        (from..to).map(|position| position % self.service.calls.len())
    }
}

/// Vessels, energy and calls of a cycle: the money lines of `models/audit.md`.
fn cost(problem: &Problem, service: &Service, class: &VesselClass, legs: &[&Passage]) -> Cents {
    let settings = &problem.settings;
    let (sailings, vessels) = (i64::from(service.sailings), i64::from(service.vessels));
    let lng = if class.energy == Energy::Lng { settings.lng_fuel_factor } else { 1.0 };
    let per_t = settings.diesel_cents_per_t.0 as f64 * lng;
    let fuel = |leg: &&Passage| (leg.steaming.fuel_g as f64 * per_t / 1e6).round() as i64;
    let power = |leg: &&Passage| (leg.steaming.energy_wh as f64 * settings.electricity_cents_per_kwh / 1e3).round() as i64;
    let electric = class.energy == Energy::Electric;
    let under_way: i64 = legs.iter().map(|leg| if electric { power(leg) } else { fuel(leg) }).sum();
    let moving: i64 = legs.iter().map(|leg| leg.steaming.sailing.0).sum();
    let still = (settings.cycle.0 * vessels - moving * sailings).max(0) as f64 / 60.0;
    let in_port = if electric { 0 } else { (class.fuel_kg_per_h_port * per_t / 1e3 * still).round() as i64 };
    let days = settings.cycle.0 / 1440;
    let calls: i64 = service.calls.iter().map(|call| problem.terminal(*call).call_cost.0).sum();
    Cents((under_way + calls) * sailings + in_port + class.fixed_per_day.0 * days * vessels)
}

/// Longest stay for which some first berthing lets all sailings, evenly spaced, lie inside windows or opening hours.
fn longest_open(problem: &Problem, at: TerminalIdx, sailings: u32) -> i64 {
    let (slot, cycle) = (problem.settings.slot.0, problem.settings.cycle.0);
    let terminal = problem.terminal(at);
    let hours: Vec<(i64, i64)> = match (terminal.windows.is_empty(), terminal.open) {
        (false, _) => terminal.windows.iter().map(|window| (window.from.0, window.to.0)).collect(),
        (true, Some((from, to))) => (0..cycle / 1440).map(|day| (day * 1440 + from.0, day * 1440 + to.0)).collect(),
        (true, None) => return cycle,
    };
    let left =
        |time: i64| hours.iter().filter(|(from, to)| (*from..*to).contains(&time)).map(|(_, to)| to - time).max().unwrap_or(0);
    let berthing = |first: i64, sailing: i64| (first + sailing * (cycle / slot) / i64::from(sailings)) % (cycle / slot) * slot;
    let all = |first: i64| (0..i64::from(sailings)).map(|sailing| left(berthing(first, sailing))).min().unwrap_or(0);
    (0..cycle / slot).map(all).max().unwrap_or(0) / slot * slot
}

/// The LP of the cargo on some services.
struct Cargoes<'a> {
    world: &'a World<'a>,
    model: Model,
    /// Service, demand, from, to, TEU.
    rides: Vec<(usize, usize, usize, usize, Col)>,
    /// Service, call, minutes alongside.
    stays: Vec<(usize, usize, Col)>,
    runs: &'a [Run<'a>],
}

impl<'a> Cargoes<'a> {
    fn new(world: &'a World<'a>, runs: &'a [Run<'a>]) -> Self {
        let mut new = Self { world, model: Model::new(), rides: Vec::new(), stays: Vec::new(), runs };
        for (row, run) in runs.iter().enumerate() {
            let calls = run.service.calls.len();
            for (demand_row, demand) in world.problem.demands.iter().enumerate() {
                let margin = world.margin(demand);
                let pairs = (0..calls).flat_map(|from| (from + 1..from + calls).map(move |to| (from, to)));
                for (from, to) in pairs.filter(|(from, to)| margin.0 > 0 && may_ride(world, run, demand, *from, *to)) {
                    let col = new.model.add_continuous(margin.units(), 0.0, demand.volume.0 as f64);
                    new.rides.push((row, demand_row, from, to, col));
                }
            }
            for call in 0..calls {
                let least = world.problem.settings.min_handling.0 as f64 * run.sailings();
                let col = new.model.add_continuous(0.0, least, run.open[call].max(0) as f64 * run.sailings());
                new.stays.push((row, call, col));
            }
        }
        new
    }

    fn add_demand(&mut self) {
        for (row, demand) in self.world.problem.demands.iter().enumerate() {
            let terms = self.rides.iter().filter(|ride| ride.1 == row).map(|ride| (ride.4, 1.0)).collect();
            self.model.add_row("demand", terms, Sense::AtMost, demand.volume.0 as f64);
        }
    }

    /// Slots, tonnes, plugs and dangerous goods by leg; crane time and least TEU by call; all stays within the round trips.
    fn add_service(&mut self, row: usize, run: &Run) {
        let demands = &self.world.problem.demands;
        let own: Vec<_> = self.rides.iter().copied().filter(|ride| ride.0 == row).collect();
        for leg in 0..run.legs.len() {
            let aboard: Vec<_> = own.iter().filter(|ride| run.legs_of(ride.2, ride.3).any(|on| on == leg)).collect();
            let load = run.legs[leg].max_load.0.min(run.class.deadweight.0);
            let of = |takes: &dyn Fn(&Demand) -> i64| -> Vec<(Col, f64)> {
                let terms = aboard.iter().map(|ride| (ride.4, takes(&demands[ride.1]) as f64));
                terms.filter(|(_, takes)| *takes > 0.0).collect()
            };
            let limits = [
                (of(&|_| 1), run.class.teu.0),
                (of(&|demand| demand.kg_per_teu.0), load),
                (of(&|demand| i64::from(demand.cargo == Cargo::Reefer)), run.class.reefer_plugs.0),
                (of(&|demand| i64::from(demand.cargo == Cargo::Dangerous)), run.class.dangerous.0),
            ];
            for (terms, most) in limits {
                self.model.add_row("leg", terms, Sense::AtMost, most as f64 * run.sailings());
            }
        }
        let stays: Vec<Col> = self.stays.iter().filter(|stay| stay.0 == row).map(|stay| stay.2).collect();
        for (call, stay) in stays.iter().enumerate() {
            let lifted = own.iter().filter(|ride| ride.2 == call || ride.3 % run.legs.len() == call);
            let lifts: Vec<(Col, f64)> = lifted.map(|ride| (ride.4, 1.0)).collect();
            let minutes = self.world.crane_minutes(run.at(call));
            let crane = lifts.iter().map(|(col, _)| (*col, minutes)).chain([(*stay, -1.0)]).collect();
            self.model.add_row("crane", crane, Sense::AtMost, 0.0);
            let least = self.world.problem.terminal(run.at(call)).min_call.0 as f64 * run.sailings();
            // an empty row would be left out: a call without any cargo is too small
            let nothing = self.model.add_continuous(0.0, 0.0, 0.0);
            self.model.add_row("call", lifts.into_iter().chain([(nothing, 1.0)]).collect(), Sense::AtLeast, least);
        }
        let all = stays.iter().map(|stay| (*stay, 1.0)).collect();
        self.model.add_row("trip", all, Sense::AtMost, run.alongside as f64 * run.sailings());
    }

    /// Berth minutes of each terminal.
    fn add_terminals(&mut self) {
        for (row, terminal) in self.world.problem.terminals.iter().enumerate() {
            let here = self.stays.iter().filter(|(service, call, _)| self.runs[*service].at(*call).row() == row);
            let days = self.world.problem.settings.cycle.0 / 1440;
            let (from, to) = terminal.open.map_or((0, 1440), |(from, to)| (from.0, to.0));
            let windows: i64 =
                terminal.windows.iter().map(|window| (window.to.0 - window.from.0) * i64::from(window.berths)).sum();
            let minutes = if terminal.windows.is_empty() { (to - from) * days * i64::from(terminal.berths) } else { windows };
            self.model.add_row("berth", here.map(|stay| (stay.2, 1.0)).collect(), Sense::AtMost, minutes as f64);
        }
    }
}

/// Whether a box of a demand may be on board between two positions: ends, trade (R4, R7), direction (R6), border (R8) and time (R9).
fn may_ride(world: &World, run: &Run, demand: &Demand, from: usize, to: usize) -> bool {
    let problem = world.problem;
    let (origin, destination) = (problem.terminal(demand.origin), problem.terminal(demand.destination));
    let passed: Vec<TerminalIdx> = (from + 1..to).map(|position| run.at(position)).collect();
    let joins = run.at(from) == demand.origin && run.at(to) == demand.destination;
    let direct = !passed.contains(&demand.origin) && !passed.contains(&demand.destination);
    let regime = match run.service.regime {
        Regime::Mixed => true,
        Regime::Foreign => !demand.trade.is_domestic(),
        Regime::Domestic => !demand.trade.is_foreign(),
    };
    let lifts = [origin, destination]
        .iter()
        .all(|at| (!demand.trade.is_foreign() || at.foreign_trade) && (!demand.trade.is_domestic() || at.domestic_trade));
    joins && direct && regime && lifts && turns(problem, run, demand.trade, from, to) && {
        let inside = !origin.region.is_outside() && !destination.region.is_outside();
        let listed = |via: TerminalIdx| {
            let path = [demand.origin, via, demand.destination];
            demand.trade == Trade::CrossBorderDomestic && problem.cross_border.contains(&path)
        };
        let border = !inside || passed.iter().all(|via| !problem.terminal(*via).region.is_outside() || listed(*via));
        border && is_in_time(problem, run, demand, from, to, inside)
    }
}

fn is_in_time(problem: &Problem, run: &Run, demand: &Demand, from: usize, to: usize, inside: bool) -> bool {
    let sailing: i64 = run.legs_of(from, to).map(|leg| run.legs[leg].duration().0).sum();
    let stays: i64 = (from + 1..to).map(|call| problem.terminal(run.at(call)).wait.0 + problem.settings.min_handling.0).sum();
    let (origin, destination) = (problem.terminal(demand.origin), problem.terminal(demand.destination));
    let once = origin.one_clearance.contains(&demand.destination) || destination.one_clearance.contains(&demand.origin);
    let cleared_twice = inside && !once && matches!(demand.trade, Trade::Export | Trade::Import);
    let delay = if cleared_twice { problem.settings.second_clearance.0 } else { 0 };
    sailing + stays + delay <= demand.max_transit.0
}

/// R6: where some call does not allow both directions, imports go out to the call farthest from the first, and exports are loaded from
/// there on.
fn turns(problem: &Problem, run: &Run, trade: Trade, from: usize, to: usize) -> bool {
    let calls = &run.service.calls;
    if calls.iter().all(|call| problem.terminal(*call).mixed_direction) {
        return true;
    }
    let home = problem.terminal(calls[0]);
    let away = |call: usize| {
        let at = problem.terminal(calls[call]);
        (at.lat - home.lat).hypot(at.lon - home.lon)
    };
    let farthest = (0..calls.len()).max_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap_or(0);
    let homeward = |position: usize| position.is_multiple_of(calls.len()) || position % calls.len() >= farthest;
    match trade {
        Trade::Export => homeward(from),
        Trade::Import => !(from + 1..to).any(homeward),
        _ => true,
    }
}
