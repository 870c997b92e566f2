//! The relaxed problem with whole sailings and whole vessels, as a mixed-integer program: for problems small enough.

use super::super::cost::Costing;
use super::relaxed::{Link, groups};
use crate::domain::ClassIdx;
use crate::domain::liner::{LinerClass, LinerProblem, PortIdx, WEEK_H};
use crate::optimize::control::Control;
use crate::optimize::solver::{Col, Limits, Model, Sense, solve};

/// Speeds at which the fuel of a class is bounded from below by a line. The lines are cheap, and what they miss is what the bound of a
/// problem that is solved stays above its best network: with 8 of them 144 USD where 64 leave less than one.
const LINES: u32 = 64;
/// A link is broken by more than rounding, as a share of the demand.
const BROKEN: f64 = 1e-3;

/// Sailings of one class over one pair of ports.
struct Sailings {
    pair: usize,
    capacity_ffe: f64,
    /// Sailings a week.
    col: Col,
}

/// The program, with the columns that rows may still be added for.
pub struct Whole<'a> {
    costing: &'a Costing<'a>,
    ports: usize,
    model: Model,
    sailings: Vec<Sailings>,
    /// By pair: its rows in `sailings`.
    by_pair: Vec<Vec<usize>>,
    /// By demand and pair: what of the demand goes there, FFE a week.
    flows: Vec<Vec<Option<Col>>>,
    is_linked: Vec<Vec<bool>>,
}

impl<'a> Whole<'a> {
    /// Number of flows a problem has: the size of its program.
    pub fn size(problem: &LinerProblem) -> usize {
        problem.demands.len() * problem.ports.len().pow(2)
    }

    /// Writes the program without links.
    pub fn new(costing: &'a Costing<'a>) -> Self {
        let problem = costing.problem();
        let ports = problem.ports.len();
        let none = vec![vec![None; ports * ports]; problem.demands.len()];
        let is_linked = vec![vec![false; ports * ports]; problem.demands.len()];
        let by_pair = vec![Vec::new(); ports * ports];
        let mut whole = Self { costing, ports, model: Model::new(), sailings: Vec::new(), by_pair, flows: none, is_linked };
        for class in (0..problem.classes.len()).map(ClassIdx::from).filter(|class| problem.class(*class).vessels > 0) {
            whole.add_class(class);
        }
        let carried = whole.add_cargo();
        whole.add_room();
        whole.add_calls(&carried);
        whole
    }

    /// Sailings, vessels, hours and fuel of a class.
    fn add_class(&mut self, class: ClassIdx) {
        let (costing, problem) = (self.costing, self.costing.problem());
        let vessel = problem.class(class);
        let first = self.sailings.len();
        let mut miles = Vec::new();
        for pair in 0..self.ports * self.ports {
            let [from, to] = [pair / self.ports, pair % self.ports].map(PortIdx::from);
            if !costing.may_call(class, from) || !costing.may_call(class, to) {
                continue;
            }
            for way in costing.routes(class, from, to) {
                let most = (WEEK_H * f64::from(vessel.vessels) / least_h(vessel, problem.rules.stay_h, way.distance_nm)).floor();
                let col = self.model.add_integer(-(way.canal_usd + costing.call_usd(class, to)), 0.0, most);
                self.by_pair[pair].push(self.sailings.len());
                self.sailings.push(Sailings { pair, capacity_ffe: vessel.capacity_ffe, col });
                miles.push((col, way.distance_nm));
            }
        }
        self.add_balance(first);
        self.add_hours(class, &miles);
    }

    /// [ND-18] As many sailings of a class arrive at a port as leave it.
    fn add_balance(&mut self, first: usize) {
        for port in 0..self.ports {
            let ends = |sailings: &Sailings| {
                let [from, to] = [sailings.pair / self.ports, sailings.pair % self.ports];
                let net = f64::from(u8::from(from == port)) - f64::from(u8::from(to == port));
                (net != 0.0).then_some((sailings.col, net))
            };
            let terms = self.sailings[first..].iter().filter_map(ends).collect();
            self.model.add_row("ND-18", terms, Sense::Equal, 0.0);
        }
    }

    /// [ND-19] Hours under way and at calls fit the weeks of whole vessels, at speeds the class can sail. [ND-20] Fuel is no less than
    /// any of its tangents. Idle fuel is paid for all hours not under way.
    fn add_hours(&mut self, class: ClassIdx, miles: &[(Col, f64)]) {
        let rules = &self.costing.problem().rules;
        let vessel = self.costing.problem().class(class);
        let idle_usd = rules.bunker_usd_per_t * vessel.idle_t_per_day / 24.0;
        let vessels =
            self.model.add_integer(-self.costing.charter_usd(class, 1) - idle_usd * WEEK_H, 0.0, f64::from(vessel.vessels));
        let hours = self.model.add_continuous(idle_usd, 0.0, WEEK_H * f64::from(vessel.vessels));
        let fuel = self.model.add_continuous(-1.0, 0.0, f64::INFINITY);
        let mut terms = vec![(hours, 1.0), (vessels, -WEEK_H)];
        terms.extend(miles.iter().map(|(col, _)| (*col, rules.stay_h)));
        self.model.add_row("ND-19", terms, Sense::AtMost, 0.0);
        for (speed, sense) in [(vessel.min_speed_kn, Sense::AtLeast), (vessel.max_speed_kn, Sense::AtMost)] {
            let mut terms = vec![(hours, -1.0)];
            terms.extend(miles.iter().map(|(col, miles)| (*col, miles / speed)));
            self.model.add_row("ND-19", terms, sense, 0.0);
        }
        let knot_usd = self.costing.knot_usd(class);
        for line in 0..=LINES {
            let share = f64::from(line) / f64::from(LINES);
            let speed = vessel.min_speed_kn + share * (vessel.max_speed_kn - vessel.min_speed_kn);
            let mut terms = vec![(fuel, -1.0), (hours, -2.0 * knot_usd * speed.powi(3))];
            terms.extend(miles.iter().map(|(col, miles)| (*col, 3.0 * knot_usd * speed * speed * miles)));
            self.model.add_row("ND-20", terms, Sense::AtMost, 0.0);
        }
    }

    /// Flows of all demands, and what is carried of each. [ND-21] What comes to a port goes on, or is delivered there.
    fn add_cargo(&mut self) -> Vec<Col> {
        let problem = self.costing.problem();
        let mut carried = Vec::with_capacity(problem.demands.len());
        for (row, demand) in problem.demands.iter().enumerate() {
            let [origin, destination] = [demand.origin.row(), demand.destination.row()];
            let part = self.model.add_continuous(problem.margin_usd(demand), 0.0, demand.ffe_per_week);
            let mut balance = vec![Vec::new(); self.ports];
            balance[destination].push((part, -1.0));
            balance[origin].push((part, 1.0));
            for pair in (0..self.ports * self.ports).filter(|pair| !self.by_pair[*pair].is_empty()) {
                let [from, to] = [pair / self.ports, pair % self.ports];
                if from != to && to != origin && from != destination {
                    let flow = self.model.add_continuous(0.0, 0.0, demand.ffe_per_week);
                    self.flows[row][pair] = Some(flow);
                    balance[from].push((flow, -1.0));
                    balance[to].push((flow, 1.0));
                }
            }
            for terms in balance {
                self.model.add_row("ND-21", terms, Sense::Equal, 0.0);
            }
            carried.push(part);
        }
        carried
    }

    /// [ND-22] Cargo over a pair has room on its sailings.
    fn add_room(&mut self) {
        for pair in 0..self.ports * self.ports {
            let mut terms: Vec<(Col, f64)> = self.flows.iter().filter_map(|flows| flows[pair]).map(|flow| (flow, 1.0)).collect();
            if !terms.is_empty() {
                terms.extend(self.by_pair[pair].iter().map(|row| (self.sailings[*row].col, -self.sailings[*row].capacity_ffe)));
                self.model.add_row("ND-22", terms, Sense::AtMost, 0.0);
            }
        }
    }

    /// [ND-23] What is carried of a group has calls at its port, each of which counts for no more than the group.
    fn add_calls(&mut self, carried: &[Col]) {
        for group in groups(self.costing.problem()) {
            let mut terms: Vec<(Col, f64)> = group.demands.iter().map(|row| (carried[*row as usize], 1.0)).collect();
            let calls = self.sailings.iter().filter(|sailings| {
                let [from, to] = [sailings.pair / self.ports, sailings.pair % self.ports];
                group.port == if group.loads { from } else { to }
            });
            terms.extend(calls.map(|sailings| (sailings.col, -sailings.capacity_ffe.min(group.ffe))));
            self.model.add_row("ND-23", terms, Sense::AtMost, 0.0);
        }
    }

    /// [ND-24] What of a demand goes over a pair has sailings there, each of which counts for no more than the demand.
    pub fn add_link(&mut self, link: Link) {
        let (row, pair) = (link.demand as usize, link.pair as usize);
        let Some(flow) = self.flows[row][pair] else { return };
        if !std::mem::replace(&mut self.is_linked[row][pair], true) {
            let ffe = self.costing.problem().demands[row].ffe_per_week;
            let mut terms = vec![(flow, 1.0)];
            terms.extend(self.by_pair[pair].iter().map(|row| {
                let sailings = &self.sailings[*row];
                (sailings.col, -sailings.capacity_ffe.min(ffe))
            }));
            self.model.add_row("ND-24", terms, Sense::AtMost, 0.0);
        }
    }

    /// Adds the links that the program without whole numbers breaks, a few times over; false when the solver gave no answer.
    pub fn add_broken(&mut self, rounds: usize, limits: &Limits, control: &Control) -> bool {
        for _ in 0..rounds {
            let mut model = self.model.clone();
            model.relax();
            let answer = solve(&model, limits, control, &|_, _| {});
            let Some(values) = answer.found() else { return false };
            let broken = self.broken(values);
            if broken.is_empty() {
                break;
            }
            broken.into_iter().for_each(|link| self.add_link(link));
        }
        true
    }

    fn broken(&self, values: &[f64]) -> Vec<Link> {
        let mut broken = Vec::new();
        for (row, flows) in self.flows.iter().enumerate() {
            let ffe = self.costing.problem().demands[row].ffe_per_week;
            for (pair, flow) in flows.iter().enumerate().filter_map(|(pair, flow)| Some((pair, (*flow)?))) {
                let room = |row: &usize| self.sailings[*row].capacity_ffe.min(ffe) * values[self.sailings[*row].col.row()];
                if values[flow.row()] > self.by_pair[pair].iter().map(room).sum::<f64>() + BROKEN * ffe {
                    broken.push(Link { demand: row as u32, pair: pair as u32 });
                }
            }
        }
        broken
    }

    /// A value that no network exceeds, USD a week; infinite when the solver knows none in time.
    pub fn bound(&self, limits: &Limits, control: &Control) -> f64 {
        self.costing.problem().empty_usd() + solve(&self.model, limits, control, &|_, _| {}).bound
    }
}

/// Fewest hours of a leg and its call.
fn least_h(vessel: &LinerClass, stay_h: f64, distance_nm: f64) -> f64 {
    distance_nm / vessel.max_speed_kn + stay_h
}
