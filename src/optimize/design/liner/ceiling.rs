//! What cargo can be worth at most on a network, by prices of its legs alone: capacities at their prices, and every demand at what it earns
//! above its cheapest journey. Any prices that are not negative show such a ceiling; better prices are found step by step.
//! Formulation: `models/cargo-flow.md`, section on refusing a change.

use super::market::{Liner, Placed, Service};
use super::routing::{Lane, PER_LEG};
use crate::domain::liner::LinerProblem;
use crate::optimize::flow::lp::{FlowLp, Way};

/// Steps towards better prices, where no transit times are limits and where they are: journeys within these take much longer to find.
const STEPS: usize = 40;
const TIMED_STEPS: usize = 6;
/// How far a step goes, as a multiple of the way to the target if the ceiling fell as it does at the start.
const REACH: f64 = 1.7;
/// Share of a step's direction that the next one keeps.
const KEPT: f64 = 0.3;
/// Weight of the best prices known, against those of the flow, where new ways are looked for.
const NEAR: f64 = 0.7;
/// What a ceiling rises for rounding, as a share of it.
const ROUNDING: f64 = 1e-9;

/// A network's legs, service by service.
pub(super) struct Legs<'l> {
    services: Vec<(&'l Service, &'l [f64])>,
    /// By service: its first leg.
    starts: Vec<usize>,
    /// By leg: FFE a week.
    capacity: Vec<f64>,
}

impl<'l> Legs<'l> {
    /// Of services with their hours under way.
    pub fn new(problem: &LinerProblem, services: Vec<(&'l Service, &'l [f64])>) -> Self {
        let mut starts = Vec::with_capacity(services.len());
        let mut capacity = Vec::new();
        for (service, _) in &services {
            starts.push(capacity.len());
            capacity.extend(service.calls.iter().map(|_| problem.class(service.class).capacity_ffe));
        }
        Self { services, starts, capacity }
    }

    /// Of placed services.
    pub fn of(problem: &LinerProblem, network: &'l [Placed]) -> Self {
        Self::new(problem, network.iter().map(Placed::service_and_hours).collect())
    }

    /// As cargo sees them, at some prices.
    pub fn lanes<'a>(&'a self, prices: &'a [f64]) -> impl Iterator<Item = Lane<'a>> {
        self.services.iter().zip(&self.starts).map(|((service, hours), start)| {
            let calls = &service.calls;
            Lane { calls, prices: &prices[*start..*start + calls.len()], hours }
        })
    }
}

/// Prices of all legs, and the ceiling they show.
#[derive(Clone, Debug, Default)]
pub(super) struct Priced {
    prices: Vec<f64>,
    ceiling: f64,
}

impl Liner<'_> {
    /// The ceiling that some prices show. Leaves the cheapest journeys at these prices in the router.
    fn ceiling_at(&mut self, legs: &Legs, prices: &[f64]) -> f64 {
        let problem = self.problem();
        self.router.update(problem, legs.lanes(prices));
        let room: f64 = prices.iter().zip(&legs.capacity).map(|(price, capacity)| price * capacity).sum();
        let above =
            |(row, worth): (usize, &f64)| problem.demands[row].ffe_per_week * (worth - self.router.cost(problem, row)).max(0.0);
        let ceiling = room + self.worth.iter().enumerate().map(above).sum::<f64>();
        // what legs counted beside their prices
        let beside = PER_LEG * prices.len() as f64 * problem.demands.iter().map(|demand| demand.ffe_per_week).sum::<f64>();
        ceiling + beside + ROUNDING * ceiling.abs()
    }

    /// By leg, what all demand would take that earns something on its cheapest journey.
    fn wanted(&mut self, legs: &Legs, wanted: &mut Vec<f64>) {
        let problem = self.problem();
        wanted.clear();
        wanted.resize(legs.capacity.len(), 0.0);
        for (row, demand) in problem.demands.iter().enumerate() {
            if self.router.cost(problem, row) >= self.worth[row] || !self.router.rides(problem, row, &mut self.rides) {
                continue;
            }
            for ride in &self.rides {
                let (start, calls) = (legs.starts[ride.lane as usize], legs.services[ride.lane as usize].0.calls.len());
                let mut leg = ride.from as usize;
                while leg != ride.to as usize {
                    wanted[start + leg] += demand.ffe_per_week;
                    leg = if leg + 1 == calls { 0 } else { leg + 1 };
                }
            }
        }
    }

    /// The lowest ceiling found from some prices on, or one below `least`. Legs that are wanted by more than they hold get dearer, others
    /// cheaper (subgradient steps as long as Polyak's, overshooting since the target is not the optimum).
    pub(super) fn lower_ceiling(&mut self, legs: &Legs, mut prices: Vec<f64>, least: f64) -> f64 {
        let steps = if self.problem().limits_transit { TIMED_STEPS } else { STEPS };
        let mut step = vec![0.0; prices.len()];
        let mut wanted = Vec::new();
        self.best.ceiling = f64::INFINITY;
        for left in (0..=steps).rev() {
            let ceiling = self.ceiling_at(legs, &prices);
            if ceiling < self.best.ceiling {
                self.best.ceiling = ceiling;
                self.best.prices.clone_from(&prices);
            }
            if self.best.ceiling < least || left == 0 {
                break;
            }
            self.wanted(legs, &mut wanted);
            let mut length = 0.0;
            for (leg, step) in step.iter_mut().enumerate() {
                let down = legs.capacity[leg] - wanted[leg] + KEPT * *step;
                *step = if prices[leg] <= 0.0 && down > 0.0 { 0.0 } else { down };
                length += *step * *step;
            }
            if length <= 0.0 {
                break;
            }
            let share = REACH * (ceiling - least) / length;
            prices.iter_mut().zip(&step).for_each(|(price, step)| *price = (*price - share * step).max(0.0));
        }
        self.best.ceiling
    }

    /// Ways at prices between those of the flow and the best that are known for the network, and the ceiling that these prices show.
    pub(super) fn ways_near(&mut self, network: &[Placed], lp: &FlowLp, found: &mut Vec<Way>) -> f64 {
        let legs = Legs::of(self.problem(), network);
        if self.best.prices.len() != legs.capacity.len() {
            return f64::INFINITY;
        }
        let own = network.iter().flat_map(Placed::legs).map(|row| lp.row_price(*row).max(0.0));
        let prices: Vec<f64> = self.best.prices.iter().zip(own).map(|(best, own)| NEAR * best + (1.0 - NEAR) * own).collect();
        let ceiling = self.ceiling_at(&legs, &prices);
        for demand in 0..self.worth.len() {
            if self.router.cost(self.problem(), demand) < self.worth[demand] {
                found.extend(self.way(demand, network));
            }
        }
        if ceiling < self.best.ceiling {
            self.best = Priced { prices, ceiling };
        }
        ceiling
    }
}
