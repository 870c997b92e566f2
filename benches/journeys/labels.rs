//! The question of the search put to Dijkstra's algorithm, for several criteria at once (label setting; Martins, European Journal of
//! Operational Research 16, 1984), on the time-expanded graph: every berthing of five weeks is a node, a box waits for the next one at its
//! terminal or rides to any later call of the vessel. One run for each departure.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;
use waterbus::domain::{CallPos, Minutes, Plan, Problem, Tariff, TerminalCode};
use waterbus::publish::{DatedRide, PlanDocument, Rollout};
use waterbus::service::journey::JourneyIndex;

const DAY: i64 = 24 * 60;

/// Departure, arrival, rides, fare, emissions.
pub type Merits = (i64, i64, usize, i64, i64);

/// Rides, fare, emissions: what a node is worth beside its time.
type Label = (usize, i64, i64);

struct Boarding {
    berthing: i64,
    departure: i64,
    /// The next berthing at this terminal.
    next: Option<usize>,
    rides: Vec<Edge>,
}

struct Edge {
    to: TerminalCode,
    arrival: i64,
    fare: i64,
    co2e_g: i64,
    /// The first berthing after the least transfer time, where boxes may change barges.
    change: Option<usize>,
    /// A call on the way lies in Hong Kong or Macau, and the call where it ends.
    outside: [bool; 2],
}

pub struct Labels {
    boardings: Vec<Boarding>,
    at: BTreeMap<TerminalCode, Vec<usize>>,
    outside: BTreeSet<TerminalCode>,
    change_fare: i64,
}

impl Labels {
    pub fn new(document: &Arc<PlanDocument>, problem: &Problem, index: &JourneyIndex, tariff: &Tariff, from: i64) -> Self {
        let rollout = Rollout::new(Arc::clone(document));
        let plan: &Plan = &document.plan;
        let mut found = Vec::new();
        for (row, service) in plan.services.iter().enumerate() {
            for voyage in rollout.voyages(row, Minutes(from), Minutes(from + 35 * DAY)) {
                let rides = (0..service.calls.len()).map(|position| (voyage, position));
                found.extend(rides.filter_map(|(voyage, position)| Some((rollout.call(voyage, position)?, voyage, position))));
            }
        }
        found.sort_by_key(|(times, voyage, position)| (times.berthing_min, *voyage, *position));
        let mut at: BTreeMap<TerminalCode, Vec<usize>> = BTreeMap::new();
        let calls_of = |voyage| &rollout.service(voyage).calls;
        for (row, (_, voyage, position)) in found.iter().enumerate() {
            at.entry(calls_of(*voyage)[*position].clone()).or_default().push(row);
        }
        let first_from = |terminal: &TerminalCode, ready: Minutes| {
            let here = &at[terminal];
            here.get(here.partition_point(|row| found[*row].0.berthing_min < ready)).copied()
        };
        let is_outside =
            |code: &TerminalCode| problem.find_terminal(code).is_some_and(|at| problem.terminal(at).region.is_outside());
        let edge = |(voyage, position), later: usize| {
            let (calls, times) = (calls_of(voyage), rollout.call(voyage, later)?);
            let to = calls[later % calls.len()].clone();
            let (distance, co2e_g) =
                index.costs(DatedRide { voyage, from: CallPos(position as u16), to: CallPos(later as u16) })?;
            let changes = problem.find_terminal(&to).is_some_and(|at| problem.terminal(at).transshipment);
            let ready = times.departure_min + problem.settings.transfer;
            let change = if changes { first_from(&to, ready) } else { None };
            let outside = [(position + 1..later).any(|at| is_outside(&calls[at % calls.len()])), is_outside(&to)];
            let fare = tariff.freight(distance, false).0;
            Some(Edge { arrival: times.arrival_min.0, fare, co2e_g, change, outside, to })
        };
        let boardings = found.iter().enumerate().map(|(row, (times, voyage, position))| {
            let (calls, here) = (calls_of(*voyage), &at[&calls_of(*voyage)[*position]]);
            let next = here.get(here.partition_point(|known| *known <= row)).copied();
            let later = *position + 1..*position + calls.len();
            let rides = later.filter_map(|later| edge((*voyage, *position), later)).collect();
            Boarding { berthing: times.berthing_min.0, departure: times.departure_min.0, next, rides }
        });
        let boardings = boardings.collect();
        let outside = at.keys().filter(|code| is_outside(code)).cloned().collect();
        Self { boardings, outside, change_fare: tariff.transshipment_cents_per_teu.0, at }
    }

    /// All best ways of the departures of a week.
    pub fn week(&self, from: &TerminalCode, to: &TerminalCode, week: i64, most_rides: usize) -> Vec<Merits> {
        let mut found: Vec<Merits> = Vec::new();
        let starts = self.at.get(from).into_iter().flatten().copied();
        for start in starts.filter(|start| (week..week + 7 * DAY).contains(&self.boardings[*start].departure)) {
            // R8: a box between two mainland terminals is never in Hong Kong or Macau
            let inland = !self.outside.contains(from) && !self.outside.contains(to);
            self.run(start, to, most_rides, inland, &mut found);
        }
        let mut best: Vec<Merits> = Vec::new();
        found.sort_unstable_by_key(|way| (Reverse(way.0), way.1, way.2, way.3, way.4));
        for way in found {
            let beats =
                |known: &Merits| known.0 >= way.0 && known.1 <= way.1 && known.2 <= way.2 && known.3 <= way.3 && known.4 <= way.4;
            if !best.iter().any(beats) {
                best.push(way);
            }
        }
        best.sort_unstable();
        best
    }

    fn run(&self, start: usize, to: &TerminalCode, most_rides: usize, inland: bool, found: &mut Vec<Merits>) {
        let first = self.boardings[start].departure;
        let mut bags: Vec<Vec<Label>> = vec![Vec::new(); self.boardings.len()];
        let mut queue = BinaryHeap::from([Reverse((self.boardings[start].berthing, start, (0, 0, 0)))]);
        while let Some(Reverse((_, at, label))) = queue.pop() {
            let beaten = |bag: &[Label]| bag.iter().any(|known| known.0 <= label.0 && known.1 <= label.1 && known.2 <= label.2);
            if beaten(&bags[at]) {
                continue;
            }
            bags[at].push(label);
            let boarding = &self.boardings[at];
            if at != start || label.0 > 0 {
                queue.extend(boarding.next.map(|next| Reverse((self.boardings[next].berthing, next, label))));
            }
            let permitted = boarding.rides.iter().filter(|ride| !(inland && ride.outside[0]));
            for ride in permitted.filter(|ride| ride.arrival - first <= 28 * DAY) {
                let (rides, fare, co2e_g) = (label.0 + 1, label.1 + ride.fare, label.2 + ride.co2e_g);
                if ride.to == *to {
                    found.push((first, ride.arrival, rides, fare, co2e_g));
                }
                if let Some(next) = ride.change.filter(|_| rides < most_rides && !(inland && ride.outside[1])) {
                    queue.push(Reverse((self.boardings[next].berthing, next, (rides, fare + self.change_fare, co2e_g))));
                }
            }
        }
    }
}
