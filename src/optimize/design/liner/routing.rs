//! Cheapest journeys for all demand over the services of a network at given prices of their legs. A box changes services at a cost any
//! number of times, also between two calls of one service.

use super::timed::TimedRouting;
use crate::domain::liner::{LinerProblem, PortIdx};
use pulp::Arch;

/// A service as cargo sees it.
pub struct Lane<'a> {
    pub calls: &'a [PortIdx],
    /// USD an FFE on each leg; leg k leaves call k.
    pub prices: &'a [f64],
    /// Hours under way on each leg; only read where transit times are limits.
    pub hours: &'a [f64],
}

/// A stay on board of one service: from a call to a later one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ride {
    pub lane: u32,
    pub from: u16,
    pub to: u16,
}

/// Money that a leg counts beside its price, so that among free ways the one over fewest legs is found.
pub(super) const PER_LEG: f64 = 1e-6;

/// The cheapest journeys between all ports.
#[derive(Clone, Debug)]
pub struct Routing {
    ports: usize,
    transshipment: Vec<f64>,
    /// By pair of ports: least cost of one ride, and which.
    ride_cost: Vec<f64>,
    ride: Vec<Ride>,
    /// By pair of ports: least cost of a journey, and where its first ride ends.
    cost: Vec<f64>,
    next: Vec<u32>,
    /// Costs from the port at which rides are being joined.
    onward: Vec<f64>,
    arch: Arch,
}

impl Routing {
    /// Without services.
    pub fn new(problem: &LinerProblem) -> Self {
        let ports = problem.ports.len();
        let pairs = ports * ports;
        Self {
            ports,
            transshipment: problem.ports.iter().map(|port| port.transshipment_usd_per_ffe).collect(),
            ride_cost: vec![f64::INFINITY; pairs],
            ride: vec![Ride::default(); pairs],
            cost: vec![f64::INFINITY; pairs],
            next: vec![0; pairs],
            onward: vec![0.0; ports],
            arch: Arch::new(),
        }
    }

    /// Finds the cheapest journeys over these services.
    pub fn update<'a>(&mut self, lanes: impl Iterator<Item = Lane<'a>>) {
        self.ride_cost.fill(f64::INFINITY);
        for (lane, service) in lanes.enumerate() {
            self.add_rides(lane, &service);
        }
        self.cost.copy_from_slice(&self.ride_cost);
        for (pair, next) in self.next.iter_mut().enumerate() {
            *next = (pair % self.ports) as u32;
        }
        self.join_rides();
    }

    fn add_rides(&mut self, lane: usize, service: &Lane) {
        let calls = service.calls;
        for (from, start) in calls.iter().enumerate() {
            let base = start.row() * self.ports;
            let mut cost = 0.0;
            let mut leg = from;
            for _ in 1..calls.len() {
                cost += service.prices[leg].max(0.0) + PER_LEG;
                leg = if leg + 1 == calls.len() { 0 } else { leg + 1 };
                // from there on, boarding at this later call of the same port is no dearer
                if calls[leg] == *start {
                    break;
                }
                let pair = base + calls[leg].row();
                if cost < self.ride_cost[pair] {
                    self.ride_cost[pair] = cost;
                    self.ride[pair] = Ride { lane: lane as u32, from: from as u16, to: leg as u16 };
                }
            }
        }
    }

    /// Joins rides at each port in turn, as Floyd and Warshall do.
    fn join_rides(&mut self) {
        let arch = self.arch;
        arch.dispatch(
            #[inline(always)]
            || (0..self.ports).for_each(|at| self.join_at(at)),
        );
    }

    #[inline(always)]
    fn join_at(&mut self, at: usize) {
        let ports = self.ports;
        self.onward.copy_from_slice(&self.cost[at * ports..(at + 1) * ports]);
        for from in (0..ports).filter(|from| *from != at) {
            let row = from * ports..(from + 1) * ports;
            let base = self.cost[row.start + at] + self.transshipment[at];
            if base == f64::INFINITY {
                continue;
            }
            let first = self.next[row.start + at];
            for ((cost, next), onward) in self.cost[row.clone()].iter_mut().zip(&mut self.next[row]).zip(&self.onward) {
                let joined = base + onward;
                let better = joined < *cost;
                *cost = if better { joined } else { *cost };
                *next = if better { first } else { *next };
            }
        }
    }

    /// Cost of the cheapest journey, infinite when there is none.
    pub fn cost(&self, from: PortIdx, to: PortIdx) -> f64 {
        self.cost[from.row() * self.ports + to.row()]
    }

    /// Rides of the cheapest journey in order; false when there is none.
    pub fn rides(&self, from: PortIdx, to: PortIdx, rides: &mut Vec<Ride>) -> bool {
        rides.clear();
        let (mut at, to) = (from.row(), to.row());
        while at != to {
            let next = self.next[at * self.ports + to] as usize;
            let pair = at * self.ports + next;
            if self.ride_cost[pair] == f64::INFINITY || rides.len() > self.ports {
                return false;
            }
            rides.push(self.ride[pair]);
            at = next;
        }
        true
    }
}

/// The cheapest journeys of all demand, within the transit times where these are limits.
#[derive(Clone, Debug)]
pub enum Router {
    Free(Routing),
    Timed(TimedRouting),
}

impl Router {
    /// Without services.
    pub fn new(problem: &LinerProblem) -> Self {
        if problem.limits_transit { Self::Timed(TimedRouting::new(problem)) } else { Self::Free(Routing::new(problem)) }
    }

    /// Finds the cheapest journeys over these services.
    pub fn update<'a>(&mut self, problem: &LinerProblem, lanes: impl Iterator<Item = Lane<'a>>) {
        match self {
            Self::Free(routing) => routing.update(lanes),
            Self::Timed(routing) => routing.update(problem, lanes),
        }
    }

    /// Cost of the cheapest journey of a demand, infinite when there is none.
    pub fn cost(&self, problem: &LinerProblem, demand: usize) -> f64 {
        match self {
            Self::Free(routing) => routing.cost(problem.demands[demand].origin, problem.demands[demand].destination),
            Self::Timed(routing) => routing.cost(demand),
        }
    }

    /// Cost of the cheapest journey between two ports, whatever is carried; infinite when there is none, and where transit times are limits,
    /// for then that depends on what is carried.
    pub fn between(&self, from: PortIdx, to: PortIdx) -> f64 {
        match self {
            Self::Free(routing) => routing.cost(from, to),
            Self::Timed(_) => f64::INFINITY,
        }
    }

    /// Rides of the cheapest journey of a demand in order; false when there is none.
    pub fn rides(&self, problem: &LinerProblem, demand: usize, rides: &mut Vec<Ride>) -> bool {
        match self {
            Self::Free(routing) => routing.rides(problem.demands[demand].origin, problem.demands[demand].destination, rides),
            Self::Timed(routing) => routing.rides(demand, rides),
        }
    }
}
