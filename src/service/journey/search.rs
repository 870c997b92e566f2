//! The search itself: departures from the latest to the earliest, and for each of them ways of one ride, two rides and so on.

use super::index::{Boarding, JourneyIndex};
use super::rules::Rules;
use crate::domain::*;
use crate::publish::{DatedRide, Voyage};

/// More transshipments than these are never offered.
pub const MOST_TRANSSHIPMENTS: usize = 3;

/// A way that takes longer than 28 days from departure to arrival is never offered.
pub const LONGEST_JOURNEY: Minutes = Minutes(28 * 24 * 60);

const MOST_RIDES: usize = MOST_TRANSSHIPMENTS + 1;
const NEVER: i64 = i64::MAX;

/// A time from a minute until before another, counted from [`crate::publish::FIRST_CYCLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Minutes,
    pub until: Minutes,
}

/// What a shipper asks for. One of the two windows must be given; with both, both hold.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub origins: Vec<TerminalCode>,
    pub destinations: Vec<TerminalCode>,
    /// When the first barge leaves the berth.
    pub departure: Option<Window>,
    /// When the last barge arrives off the terminal.
    pub arrival: Option<Window>,
    /// Above [`MOST_TRANSSHIPMENTS`] it counts as that.
    pub most_transshipments: usize,
    /// Customs status of the box. Without it only what holds for all boxes is guarded.
    pub trade: Option<Trade>,
    /// The box needs a plug on every barge.
    pub reefer: bool,
}

/// A way for a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// The first barge leaves the berth, in minutes since [`crate::publish::FIRST_CYCLE`].
    pub departure: Minutes,
    /// The last barge arrives off the terminal.
    pub arrival: Minutes,
    /// In travel order; between two of them the box is transshipped.
    pub rides: Vec<DatedRide>,
}

impl Journey {
    /// How often the box changes barges.
    pub fn transshipments(&self) -> usize {
        self.rides.len().saturating_sub(1)
    }

    /// Leaves no earlier, arrives no later and changes barges no more often.
    fn is_as_good_as(&self, other: &Self) -> bool {
        self.departure >= other.departure && self.arrival <= other.arrival && self.rides.len() <= other.rides.len()
    }
}

impl JourneyIndex {
    /// Every best way: no other one leaves as late or later, arrives as early or earlier, and changes barges as seldom or more seldom. Of
    /// ways alike in all three, one. By departure, then arrival.
    pub fn find(&self, query: &Query) -> Vec<Journey> {
        let (origins, destinations) = (self.places_of(&query.origins), self.places_of(&query.destinations));
        if origins.is_empty() || destinations.is_empty() || (query.departure.is_none() && query.arrival.is_none()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if self.are_alike(&origins, &destinations, query.trade) {
            found = Scan::new(self, query, &origins, &destinations).run();
        } else {
            for (a, b) in origins.iter().flat_map(|a| destinations.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
                found.extend(Scan::new(self, query, &[a], &[b]).run());
            }
            found = best_of(found);
        }
        found.sort_by_key(|journey| (journey.departure, journey.arrival));
        found
    }

    fn places_of(&self, terminals: &[TerminalCode]) -> Vec<u32> {
        let mut places: Vec<u32> = terminals.iter().filter_map(|terminal| self.find_place(terminal)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether all origins and all destinations can be searched at once: no way ends where it starts, and the same rules of the border
    /// hold between all of them.
    fn are_alike(&self, origins: &[u32], destinations: &[u32], trade: Option<Trade>) -> bool {
        let one_side = |places: &[u32]| places.windows(2).all(|p| self.is_outside(p[0]) == self.is_outside(p[1]));
        if origins.iter().any(|place| destinations.contains(place)) {
            return false;
        }
        let single = origins.len() == 1 && destinations.len() == 1;
        single || (trade != Some(Trade::CrossBorderDomestic) && one_side(origins) && one_side(destinations))
    }

    fn is_outside(&self, place: u32) -> bool {
        self.places[place as usize].outside
    }
}

/// Leaves out what another way is as good as.
fn best_of(mut journeys: Vec<Journey>) -> Vec<Journey> {
    journeys.sort_by_key(|j| (std::cmp::Reverse(j.departure), j.arrival, j.rides.len()));
    let mut best: Vec<Journey> = Vec::new();
    for journey in journeys {
        if !best.iter().any(|known| known.is_as_good_as(&journey)) {
            best.push(journey);
        }
    }
    best
}

/// A boarding in one cycle.
#[derive(Clone, Copy)]
struct Start {
    departure: i64,
    boarding: u32,
    cycle: i64,
}

/// How the box came to a terminal: the ride and where it was boarded.
#[derive(Clone, Copy, Default)]
struct Step {
    boarding: u32,
    cycle: i64,
    /// Calls after the boarding, from 1.
    calls: u32,
    from: u32,
}

/// One search. What later departures reached stays: an earlier one is worth following only where it is better.
struct Scan<'a> {
    index: &'a JourneyIndex,
    rules: Rules<'a>,
    origins: &'a [u32],
    is_target: Vec<bool>,
    departure: Window,
    earliest_arrival: i64,
    most_rides: usize,
    /// Earliest time at which a box that came with so many rides or fewer can be loaded again, by terminal and rides.
    ready: Vec<[i64; MOST_RIDES + 1]>,
    steps: Vec<[Step; MOST_RIDES + 1]>,
    /// Earliest arrival with so many rides or fewer.
    best: [i64; MOST_RIDES + 1],
    /// How the destination was reached with so many rides, at the departure looked at.
    delivered: [Option<Step>; MOST_RIDES + 1],
    /// Terminals reached better with the rides before this one, and with this one.
    marked: Vec<u32>,
    next_marked: Vec<u32>,
    found: Vec<Journey>,
}

impl<'a> Scan<'a> {
    fn new(index: &'a JourneyIndex, query: &Query, origins: &'a [u32], destinations: &[u32]) -> Self {
        let places = index.places.len();
        let mut is_target = vec![false; places];
        destinations.iter().for_each(|place| is_target[*place as usize] = true);
        let rides = if index.transfer.is_some() { query.most_transshipments.min(MOST_TRANSSHIPMENTS) + 1 } else { 1 };
        let arrival = query.arrival.unwrap_or(Window { from: Minutes(i64::MIN), until: Minutes(NEVER) });
        let departure = query.departure.unwrap_or_else(|| Window { from: arrival.from - LONGEST_JOURNEY, until: arrival.until });
        Self {
            index,
            rules: Rules::new(index, origins, destinations, query.trade, query.reefer),
            origins,
            is_target,
            departure,
            earliest_arrival: arrival.from.0,
            most_rides: rides,
            ready: vec![[NEVER; MOST_RIDES + 1]; places],
            steps: vec![[Step::default(); MOST_RIDES + 1]; places],
            best: [arrival.until.0; MOST_RIDES + 1],
            delivered: [None; MOST_RIDES + 1],
            marked: Vec::with_capacity(places),
            next_marked: Vec::with_capacity(places),
            found: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Journey> {
        let starts = self.starts();
        for group in starts.chunk_by(|a, b| a.departure == b.departure) {
            self.follow(group);
        }
        self.found
    }

    /// All departures from the origins in the window, the latest first.
    fn starts(&self) -> Vec<Start> {
        let (cycle, window) = (self.index.cycle, self.departure);
        let mut starts = Vec::new();
        for place in self.origins {
            for row in self.boardings_at(*place) {
                let boarding = &self.index.boardings[row as usize];
                if !self.rules.may_load(*place, boarding) {
                    continue;
                }
                let first = (window.from.0 - boarding.departure + cycle - 1).div_euclid(cycle);
                let last = (window.until.0 - 1 - boarding.departure).div_euclid(cycle);
                starts.extend((first..=last).map(|at| Start {
                    departure: at * cycle + boarding.departure,
                    boarding: row,
                    cycle: at,
                }));
            }
        }
        starts.sort_unstable_by_key(|start| (-start.departure, start.boarding));
        starts
    }

    fn boardings_at(&self, place: u32) -> std::ops::Range<u32> {
        let columns = &self.index.columns[self.columns_at(place)];
        let first = columns.first().map_or(0, |column| column.boardings.start);
        first..columns.last().map_or(0, |column| column.boardings.end)
    }

    fn columns_at(&self, place: u32) -> std::ops::Range<usize> {
        let columns = &self.index.places[place as usize].columns;
        columns.start as usize..columns.end as usize
    }

    /// Ways that start with one of these boardings, which all depart at the same time.
    fn follow(&mut self, group: &[Start]) {
        let departure = group[0].departure;
        self.delivered = [None; MOST_RIDES + 1];
        for start in group {
            let boarding = &self.index.boardings[start.boarding as usize];
            let from = self.origins.iter().copied().find(|place| self.boardings_at(*place).contains(&start.boarding));
            self.ride(start.boarding, boarding, start.cycle, from.unwrap_or_default(), 1, departure);
        }
        for rides in 2..=self.most_rides {
            std::mem::swap(&mut self.marked, &mut self.next_marked);
            self.next_marked.clear();
            for at in 0..self.marked.len() {
                self.change(self.marked[at], rides, departure);
            }
        }
        self.next_marked.clear();
        self.collect(departure);
    }

    /// Boards at a terminal whatever leaves next from each place of a rotation.
    fn change(&mut self, place: u32, rides: usize, departure: i64) {
        let ready = self.ready[place as usize][rides - 1];
        for column in self.columns_at(place) {
            let column = &self.index.columns[column];
            let boardings = &self.index.boardings[column.boardings.start as usize..column.boardings.end as usize];
            if boardings.is_empty() {
                continue;
            }
            let (mut cycle, minute) = (ready.div_euclid(self.index.cycle), ready.rem_euclid(self.index.cycle));
            let mut row = boardings.partition_point(|boarding| boarding.berthing < minute);
            // where sailings overtake each other, the next of each sailing; and on, while they arrive before the window
            let enough = if column.in_order { 1 } else { boardings.len() };
            let mut in_time = 0;
            while in_time < enough {
                if row == boardings.len() {
                    (row, cycle) = (0, cycle + 1);
                }
                let boarding = &boardings[row];
                let early = self.rules.may_load(place, boarding)
                    && self.ride(column.boardings.start + row as u32, boarding, cycle, place, rides, departure);
                in_time = if early { 0 } else { in_time + 1 };
                row += 1;
            }
        }
    }

    /// Rides on from a boarding to every later call. True when a destination is reached, but before the window of arrivals.
    fn ride(&mut self, row: u32, boarding: &'a Boarding, cycle: i64, from: u32, rides: usize, departure: i64) -> bool {
        let start = cycle * self.index.cycle;
        let transfer = self.index.transfer.unwrap_or_default();
        let mut early = false;
        for (calls, at) in (1..).zip(self.index.alightings(boarding)) {
            let step = Step { boarding: row, cycle, calls, from };
            let arrival = start + at.arrival;
            if arrival >= self.best[rides] || arrival - departure > LONGEST_JOURNEY.0 {
                break;
            }
            if self.is_target[at.place as usize] && self.rules.may_deliver(at) {
                if arrival < self.earliest_arrival {
                    early = true;
                } else {
                    self.best[rides..].iter_mut().for_each(|best| *best = arrival.min(*best));
                    self.delivered[rides] = Some(step);
                }
            }
            if rides < self.most_rides && self.rules.may_transship(at) {
                self.reach(at.place, start + at.ashore + transfer, rides, step);
            }
            if !self.rules.may_stay(at) {
                break;
            }
        }
        early
    }

    fn reach(&mut self, place: u32, ready: i64, rides: usize, step: Step) {
        let times = &mut self.ready[place as usize];
        if ready >= times[rides] || ready >= self.best[rides + 1] {
            return;
        }
        times[rides..].iter_mut().for_each(|time| *time = ready.min(*time));
        self.steps[place as usize][rides] = step;
        if !self.next_marked.contains(&place) {
            self.next_marked.push(place);
        }
    }

    /// The ways found at a departure; each is better than all found before, which depart later.
    fn collect(&mut self, departure: i64) {
        for rides in 1..=self.most_rides {
            let Some(last) = self.delivered[rides] else { continue };
            let mut path = vec![last];
            for before in (1..rides).rev() {
                let from = path.last().map_or(0, |step| step.from);
                path.push(self.steps[from as usize][before]);
            }
            path.reverse();
            self.found.push(Journey {
                departure: Minutes(departure),
                arrival: Minutes(self.arrival(last)),
                rides: path.into_iter().map(|step| self.dated(step)).collect(),
            });
        }
    }

    fn arrival(&self, step: Step) -> i64 {
        let boarding = &self.index.boardings[step.boarding as usize];
        step.cycle * self.index.cycle + self.index.alightings(boarding)[step.calls as usize - 1].arrival
    }

    fn dated(&self, step: Step) -> DatedRide {
        let boarding = &self.index.boardings[step.boarding as usize];
        let voyage = Voyage { service: boarding.line as usize, cycle: step.cycle - boarding.cycles, sailing: boarding.sailing };
        DatedRide { voyage, from: CallPos(boarding.call), to: CallPos(boarding.call + step.calls as u16) }
    }
}
