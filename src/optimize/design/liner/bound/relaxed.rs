//! The relaxed problem at given prices: each demand takes its cheapest way over pairs of ports, each class its best tour. Whatever the
//! prices are, what both earn together bounds the value of every network.

use super::super::cost::Costing;
use super::cycles::Tours;
use super::ways::Cheapest;
use crate::domain::ClassIdx;
use crate::domain::liner::LinerProblem;

/// Demands that all need a call at one port.
#[derive(Clone, Debug)]
pub struct Group {
    pub port: usize,
    /// They are loaded there, or else discharged.
    pub loads: bool,
    pub demands: Vec<u32>,
    /// All of them together, FFE a week.
    pub ffe: f64,
}

/// A demand on a pair of ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub demand: u32,
    pub pair: u32,
}

/// An answer of the relaxed problem.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// No network is worth more, USD a week.
    pub bound: f64,
    /// By price: room that vessels give less what cargo takes, FFE a week.
    pub slack: Vec<f64>,
}

/// The relaxed problem, and the links met so far.
pub struct Relaxed<'a> {
    problem: &'a LinerProblem,
    ports: usize,
    classes: Vec<Tours>,
    capacities: Vec<f64>,
    /// By pair: no class can sail it.
    closed: Vec<bool>,
    groups: Vec<Group>,
    links: Vec<Link>,
    /// By demand: the rows of its links.
    linked: Vec<Vec<u32>>,
    /// What carrying one FFE earns before prices, by demand.
    margins: Vec<f64>,
    cheapest: Cheapest,
}

impl<'a> Relaxed<'a> {
    /// Prepares a problem, without links.
    pub fn new(costing: &Costing<'a>) -> Self {
        let problem = costing.problem();
        let ports = problem.ports.len();
        let rows = (0..problem.classes.len()).map(ClassIdx::from).filter(|class| problem.class(*class).vessels > 0);
        let classes: Vec<Tours> = rows.clone().map(|class| Tours::new(costing, class)).collect();
        let closed = (0..ports * ports).map(|pair| !classes.iter().any(|class| class.is_open(pair))).collect();
        Self {
            problem,
            ports,
            classes,
            capacities: rows.map(|class| problem.class(class).capacity_ffe).collect(),
            closed,
            groups: groups(problem),
            links: Vec::new(),
            linked: vec![Vec::new(); problem.demands.len()],
            margins: problem.demands.iter().map(|demand| problem.margin_usd(demand)).collect(),
            cheapest: Cheapest::new(ports),
        }
    }

    /// Prices to begin with: what a place on each pair costs on the vessel for which it costs least.
    pub fn first_prices(&self) -> Vec<f64> {
        let place = |pair: usize| {
            let costs = self.classes.iter().zip(&self.capacities).map(|(class, capacity)| class.leg_usd(pair) / capacity);
            costs.fold(f64::INFINITY, f64::min)
        };
        let legs = (0..self.ports * self.ports).map(place).map(|usd| if usd.is_finite() { usd.max(0.0) } else { 0.0 });
        legs.chain(self.groups.iter().map(|_| 0.0)).collect()
    }

    /// Links met so far.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Row of the first link among the prices.
    pub fn first_link(&self) -> usize {
        self.ports * self.ports + self.groups.len()
    }

    /// Answers at prices, none below zero: one for each pair of ports, row by row, then one for each group, then one for each link. With
    /// `adds_links` each pair that a demand takes is a link from now on; its slack is there, its price is yet to come.
    pub fn answer(&mut self, prices: &[f64], adds_links: bool, answer: &mut Answer) {
        answer.slack.clear();
        answer.slack.resize(prices.len(), 0.0);
        answer.bound = self.problem.empty_usd() + self.carry(prices, adds_links, &mut answer.slack);
        for class in 0..self.classes.len() {
            answer.bound += self.sail(class, prices, &mut answer.slack);
        }
    }

    /// What the vessels of a class can earn; adds the room they give to `slack`.
    fn sail(&mut self, class: usize, prices: &[f64], slack: &mut [f64]) -> f64 {
        let (ports, pairs, first_link) = (self.ports, self.ports * self.ports, self.first_link());
        let capacity = self.capacities[class];
        let room = |link: &Link| self.problem.demands[link.demand as usize].ffe_per_week.min(capacity);
        let (mut loads, mut discharges) = (vec![0.0; ports], vec![0.0; ports]);
        for (group, price) in self.groups.iter().zip(&prices[pairs..]) {
            let at = if group.loads { &mut loads } else { &mut discharges };
            at[group.port] += price * group.ffe.min(capacity);
        }
        let reward = |pair: usize| capacity * prices[pair] + loads[pair / ports] + discharges[pair % ports];
        let mut rewards: Vec<f64> = (0..pairs).map(reward).collect();
        for (link, price) in self.links.iter().zip(prices.get(first_link..).unwrap_or_default()) {
            rewards[link.pair as usize] += price * room(link);
        }
        let earned = self.classes[class].earn(&rewards);
        let (mut calls, mut sailings) = (vec![0.0; ports], vec![0.0; pairs]);
        for (place, from) in earned.tour.iter().enumerate() {
            let pair = *from as usize * ports + earned.tour[(place + 1) % earned.tour.len()] as usize;
            calls[*from as usize] += earned.times;
            sailings[pair] += earned.times;
            slack[pair] += capacity * earned.times;
        }
        for (group, slack) in self.groups.iter().zip(&mut slack[pairs..]) {
            *slack += group.ffe.min(capacity) * calls[group.port];
        }
        for (link, slack) in self.links.iter().zip(&mut slack[first_link..]) {
            *slack += room(link) * sailings[link.pair as usize];
        }
        earned.most_usd
    }

    /// Carries what pays; what it earns. Takes the room it needs off `slack`.
    fn carry(&mut self, prices: &[f64], adds_links: bool, slack: &mut Vec<f64>) -> f64 {
        let (pairs, first_link) = (self.ports * self.ports, self.first_link());
        let mut margins = self.margins.clone();
        for (group, price) in self.groups.iter().zip(&prices[pairs..]).filter(|(_, price)| **price > 0.0) {
            group.demands.iter().for_each(|row| margins[*row as usize] -= price);
        }
        let priced = |(pair, closed): (usize, &bool)| if *closed { f64::INFINITY } else { prices[pair] };
        self.cheapest.set(self.closed.iter().enumerate().map(priced));
        let mut carried = vec![0.0; margins.len()];
        let mut earned = 0.0;
        for (row, demand) in self.problem.demands.iter().enumerate() {
            let dearer = |link: &u32| {
                let price = prices.get(first_link + *link as usize).copied().unwrap_or(0.0);
                (self.links[*link as usize].pair as usize, price)
            };
            let ends = [demand.origin.row(), demand.destination.row()];
            let Some(cost) = self.cheapest.find(ends, self.linked[row].iter().map(dearer), margins[row]) else { continue };
            earned += demand.ffe_per_week * (margins[row] - cost);
            carried[row] = demand.ffe_per_week;
            for pair in self.cheapest.pairs(ends) {
                slack[pair] -= demand.ffe_per_week;
                let known = self.linked[row].iter().find(|link| self.links[**link as usize].pair as usize == pair).copied();
                if let Some(link) = known {
                    slack[first_link + link as usize] -= demand.ffe_per_week;
                } else if adds_links {
                    self.linked[row].push(self.links.len() as u32);
                    self.links.push(Link { demand: row as u32, pair: pair as u32 });
                    slack.push(-demand.ffe_per_week);
                }
            }
        }
        for (group, slack) in self.groups.iter().zip(&mut slack[pairs..]) {
            *slack -= group.demands.iter().map(|row| carried[*row as usize]).sum::<f64>();
        }
        earned
    }
}

/// Each demand by itself and all of a port together, loaded and discharged.
pub fn groups(problem: &LinerProblem) -> Vec<Group> {
    let mut groups = Vec::new();
    for loads in [true, false] {
        let none = |port: usize| Group { port, loads, demands: Vec::new(), ffe: 0.0 };
        let mut whole: Vec<Group> = (0..problem.ports.len()).map(none).collect();
        for (row, demand) in problem.demands.iter().enumerate() {
            let port = if loads { demand.origin } else { demand.destination }.row();
            groups.push(Group { demands: vec![row as u32], ffe: demand.ffe_per_week, ..none(port) });
            whole[port].demands.push(row as u32);
            whole[port].ffe += demand.ffe_per_week;
        }
        groups.extend(whole.into_iter().filter(|group| group.demands.len() > 1));
    }
    groups
}
