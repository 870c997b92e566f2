//! Cheapest journeys within the transit time of each demand, by labels of cost and time. A box that stays on board waits as long as the
//! vessel does; a transshipment takes its own time in place of that.

use super::routing::{Lane, PER_LEG, Ride};
use crate::domain::liner::LinerProblem;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One ride from a port to another: none is both dearer and longer than another of the same pair.
#[derive(Clone, Copy, Debug)]
struct Offer {
    cost: f64,
    hours: f64,
    ride: Ride,
}

/// A box at a port.
#[derive(Clone, Copy, Debug)]
struct Label {
    cost: f64,
    hours: f64,
    port: u32,
    /// Label at the port before, and the ride from there.
    before: u32,
    ride: Ride,
}

/// The cheapest journeys of all demand, each within its transit time.
#[derive(Clone, Debug)]
pub struct TimedRouting {
    ports: usize,
    /// By origin: its demands.
    from: Vec<Vec<usize>>,
    rides: Vec<Vec<Offer>>,
    labels: Vec<Label>,
    /// By demand: label of its journey's end.
    ends: Vec<u32>,
}

const NONE: u32 = u32::MAX;
/// Hours that rounding may add to a journey.
const ROUNDING_H: f64 = 1e-7;

/// A cost as a whole number in the same order, for the heap; costs are not negative.
fn order(cost: f64) -> u64 {
    cost.max(0.0).to_bits()
}

impl TimedRouting {
    /// Without services.
    pub fn new(problem: &LinerProblem) -> Self {
        let ports = problem.ports.len();
        let mut from = vec![Vec::new(); ports];
        problem.demands.iter().enumerate().for_each(|(row, demand)| from[demand.origin.row()].push(row));
        let ends = vec![NONE; problem.demands.len()];
        Self { ports, from, rides: vec![Vec::new(); ports * ports], labels: Vec::new(), ends }
    }

    /// Finds the cheapest journeys over these services.
    pub fn update<'a>(&mut self, problem: &LinerProblem, lanes: impl Iterator<Item = Lane<'a>>) {
        self.rides.iter_mut().for_each(Vec::clear);
        for (lane, service) in lanes.enumerate() {
            self.add_rides(problem, lane, &service);
        }
        self.labels.clear();
        self.ends.fill(NONE);
        for origin in 0..self.ports {
            self.spread(problem, origin);
        }
    }

    fn add_rides(&mut self, problem: &LinerProblem, lane: usize, service: &Lane) {
        let calls = service.calls;
        for (from, start) in calls.iter().enumerate() {
            let (mut cost, mut hours, mut leg) = (0.0, 0.0, from);
            for _ in 1..calls.len() {
                cost += service.prices[leg].max(0.0) + PER_LEG;
                hours += service.hours[leg];
                leg = (leg + 1) % calls.len();
                if calls[leg] == *start {
                    break;
                }
                let known = &mut self.rides[start.row() * self.ports + calls[leg].row()];
                if !known.iter().any(|other| other.cost <= cost && other.hours <= hours) {
                    known.retain(|other| other.cost < cost || other.hours < hours);
                    known.push(Offer { cost, hours, ride: Ride { lane: lane as u32, from: from as u16, to: leg as u16 } });
                }
                hours += problem.rules.stay_h;
            }
        }
    }

    /// Settles labels from the cheapest on; a later one at the same port must be faster.
    fn spread(&mut self, problem: &LinerProblem, origin: usize) {
        let limit = |demand: usize| problem.demands[demand].transit_days * 24.0 + ROUNDING_H;
        let longest = self.from[origin].iter().map(|demand| limit(*demand)).fold(0.0, f64::max);
        let mut fastest = vec![f64::INFINITY; self.ports];
        let mut waiting = BinaryHeap::new();
        let mut open = self.from[origin].len();
        let ride = Ride::default();
        self.labels.push(Label { cost: 0.0, hours: 0.0, port: origin as u32, before: NONE, ride });
        waiting.push(Reverse((0, self.labels.len() as u32 - 1)));
        while let Some(Reverse((_, row))) = waiting.pop() {
            let label = self.labels[row as usize];
            let port = label.port as usize;
            if label.hours >= fastest[port] {
                continue;
            }
            fastest[port] = label.hours;
            for demand in &self.from[origin] {
                if problem.demands[*demand].destination.row() == port
                    && self.ends[*demand] == NONE
                    && label.hours <= limit(*demand)
                {
                    self.ends[*demand] = row;
                    open -= 1;
                }
            }
            if open == 0 {
                return;
            }
            let [cost, hours] = match label.before {
                NONE => [0.0, 0.0],
                _ => [label.cost + problem.ports[port].transshipment_usd_per_ffe, label.hours + problem.rules.transshipment_h],
            };
            for (to, offers) in self.rides[port * self.ports..(port + 1) * self.ports].iter().enumerate() {
                for offer in offers {
                    let (cost, hours) = (cost + offer.cost, hours + offer.hours);
                    if hours <= longest && hours < fastest[to] {
                        self.labels.push(Label { cost, hours, port: to as u32, before: row, ride: offer.ride });
                        waiting.push(Reverse((order(cost), self.labels.len() as u32 - 1)));
                    }
                }
            }
        }
    }

    /// Cost of the cheapest journey of a demand, infinite when there is none.
    pub fn cost(&self, demand: usize) -> f64 {
        self.labels.get(self.ends[demand] as usize).map_or(f64::INFINITY, |label| label.cost)
    }

    /// Rides of the cheapest journey of a demand in order; false when there is none.
    pub fn rides(&self, demand: usize, rides: &mut Vec<Ride>) -> bool {
        rides.clear();
        let Some(mut label) = self.labels.get(self.ends[demand] as usize) else { return false };
        while label.before != NONE {
            rides.push(label.ride);
            label = &self.labels[label.before as usize];
        }
        rides.reverse();
        true
    }
}
