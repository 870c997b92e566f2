//! The search itself: departures from the latest to the earliest, and for each of them ways of one ride, two rides and so on.

use super::bags::{Bags, Label, MOST_RIDES, NOTHING, Step};
use super::index::{Alighting, Boarding, Column, JourneyIndex};
use super::rules::Rules;
use super::search::{Journey, LONGEST_JOURNEY, Query, Window};
use crate::domain::*;
use crate::publish::{DatedRide, Voyage};
use std::ops::Range;

const NEVER: i64 = i64::MAX;

/// Every call of a ride has been looked at.
const ALL_CALLS: u32 = u32::MAX;

/// A boarding in one cycle.
#[derive(Clone, Copy)]
struct Start {
    departure: i64,
    boarding: u32,
    cycle: i64,
}

/// Where a box comes from when it boards.
#[derive(Clone, Copy)]
struct Origin {
    departure: i64,
    /// The label before, or [`NOTHING`].
    before: u32,
    fare: i64,
    co2e_g: i64,
    /// This one included.
    rides: usize,
}

/// One search.
pub(super) struct Scan<'a> {
    index: &'a JourneyIndex,
    query: &'a Query,
    rules: Rules<'a>,
    origins: &'a [u32],
    is_target: Vec<bool>,
    departure: Window,
    arrival: Window,
    most_rides: usize,
    bags: Bags,
}

impl<'a> Scan<'a> {
    pub fn new(index: &'a JourneyIndex, query: &'a Query, origins: &'a [u32], destinations: &[u32]) -> Self {
        let places = index.places.len();
        let mut is_target = vec![false; places];
        destinations.iter().for_each(|place| is_target[*place as usize] = true);
        let rides = if index.transfer.is_some() { query.most_transshipments + 1 } else { 1 };
        let arrival = query.arrival.unwrap_or(Window { from: Minutes(i64::MIN), until: Minutes(NEVER) });
        let departure = query.departure.unwrap_or_else(|| Window { from: arrival.from - LONGEST_JOURNEY, until: arrival.until });
        Self {
            index,
            query,
            rules: Rules::new(index, origins, destinations, query.trade, query.reefer),
            origins,
            is_target,
            departure,
            arrival,
            most_rides: rides.min(MOST_RIDES),
            bags: Bags::new(places),
        }
    }

    pub fn run(mut self) -> Vec<Journey> {
        let starts = self.starts();
        for group in starts.chunk_by(|a, b| a.departure == b.departure) {
            self.follow(group);
        }
        self.bags.ways().map(|(label, steps)| self.journey(label, &steps)).collect()
    }

    /// Tells the best ways of each boarding alone, as if nothing else left from the origins: when the barge is berthed, and the way.
    pub fn tell_each(mut self, mut tell: impl FnMut(i64, &Label, &[Step])) {
        for start in self.starts() {
            self.bags = Bags::new(self.index.places.len());
            self.follow(&[start]);
            let berthing = start.cycle * self.index.cycle + self.index.boardings[start.boarding as usize].berthing;
            self.bags.ways().for_each(|(label, steps)| tell(berthing, label, &steps));
        }
    }

    /// All departures from the origins in the window, the latest first.
    fn starts(&self) -> Vec<Start> {
        let (cycle, window) = (self.index.cycle, self.departure);
        let mut starts = Vec::new();
        for place in self.origins {
            for row in self.index.boardings_at(*place) {
                let boarding = &self.index.boardings[row as usize];
                if !self.rules.may_load(*place, boarding) {
                    continue;
                }
                let first = (window.from.0 - boarding.departure + cycle - 1).div_euclid(cycle);
                let last = (window.until.0 - 1 - boarding.departure).div_euclid(cycle);
                let open = self.index.places[*place as usize].open;
                let in_time = (first..=last).filter(|at| self.query.is_handed_over(open, at * cycle + boarding.berthing));
                starts.extend(in_time.map(|at| Start { departure: at * cycle + boarding.departure, boarding: row, cycle: at }));
            }
        }
        starts.sort_unstable_by_key(|start| (-start.departure, start.boarding));
        starts
    }

    /// Ways that start with one of these boardings, which all depart at the same time.
    fn follow(&mut self, group: &[Start]) {
        let departure = group[0].departure;
        self.bags.marked.clear();
        let origin = Origin { departure, before: NOTHING, fare: 0, co2e_g: 0, rides: 1 };
        for start in group {
            let boarding = &self.index.boardings[start.boarding as usize];
            self.ride(start.boarding, boarding, start.cycle, origin, 0);
        }
        for rides in 2..=self.most_rides {
            for row in std::mem::take(&mut self.bags.marked) {
                if self.bags.still_stands(row) {
                    self.change(row, rides);
                }
            }
        }
    }

    /// Boards at a terminal what leaves from each place of a rotation.
    fn change(&mut self, row: u32, rides: usize) {
        let label = self.bags.labels[row as usize];
        let origin = Origin { departure: label.departure, before: row, fare: label.fare, co2e_g: label.co2e_g, rides };
        for column in self.index.columns_at(label.place) {
            let column = &self.index.columns[column];
            let Some(first) = self.index.boardings.get(column.boardings.start as usize).filter(|_| !column.boardings.is_empty())
            else {
                continue;
            };
            if !self.rules.may_ever_load(label.place, first) {
                continue;
            }
            match column.in_order {
                true => self.board_next(column.boardings.clone(), label.at, origin),
                // where sailings overtake each other, the next of each sailing
                false => column.boardings.clone().for_each(|row| self.board_next(row..row + 1, label.at, origin)),
            }
        }
    }

    /// Boards the next sailing, and those after it as long as they reach further: where a leg has no room, or exports and imports keep
    /// apart, a later one may.
    fn board_next(&mut self, rows: Range<u32>, ready: i64, origin: Origin) {
        let cycle = self.index.cycle;
        let boardings = &self.index.boardings[rows.start as usize..rows.end as usize];
        let (mut at, minute) = (ready.div_euclid(cycle), ready.rem_euclid(cycle));
        let mut row = boardings.partition_point(|boarding| boarding.berthing < minute);
        let mut covered = 0;
        loop {
            if row == boardings.len() {
                (row, at) = (0, at + 1);
            }
            let boarding = &boardings[row];
            if at * cycle + boarding.berthing - origin.departure > LONGEST_JOURNEY.0 {
                return;
            }
            if self.rules.may_load_now(boarding) {
                covered = self.ride(rows.start + row as u32, boarding, at, origin, covered).max(covered);
            }
            if covered >= self.index.lines[boarding.line as usize].calls - 1 {
                return;
            }
            row += 1;
        }
    }

    /// Rides on from a boarding to every later call but those that an earlier sailing has covered. Returns how many calls need not be
    /// looked at again by a later sailing.
    fn ride(&mut self, row: u32, boarding: &'a Boarding, cycle: i64, origin: Origin, covered: u32) -> u32 {
        let start = cycle * self.index.cycle;
        let mut done = 0;
        let mut is_early = false;
        for (calls, at) in (1..).zip(self.index.alightings(boarding)) {
            if !self.has_room(boarding, cycle, at) {
                return done;
            }
            let arrival = start + at.arrival;
            if arrival >= self.arrival.until.0 || arrival - origin.departure > LONGEST_JOURNEY.0 {
                return if is_early { done } else { ALL_CALLS };
            }
            if calls > covered {
                is_early |= self.alight(Step { boarding: row, cycle, calls }, at, start, origin);
            }
            if !is_early {
                done = calls;
            }
            if !self.rules.may_pass(at.place) {
                return if is_early { done } else { ALL_CALLS };
            }
            if !self.rules.may_stay_now(at) {
                return done;
            }
        }
        done
    }

    fn has_room(&self, boarding: &Boarding, cycle: i64, at: &Alighting) -> bool {
        self.query.room.as_ref().is_none_or(|room| room.fits(self.index, boarding.line, cycle + at.leg.cycles, at.leg))
    }

    /// Leaves the barge at a call. True when that is a destination, but before the window of arrivals.
    fn alight(&mut self, step: Step, at: &Alighting, start: i64, origin: Origin) -> bool {
        let arrival = start + at.arrival;
        let fare = origin.fare + self.query.fare.as_ref().map_or(0, |fare| fare.ride(at.distance));
        let co2e_g = origin.co2e_g + if self.query.by_emissions { at.co2e_g } else { 0 };
        let (rides, departure, before) = (origin.rides, origin.departure, origin.before);
        let label = Label { at: arrival, fare, co2e_g, rides, departure, place: at.place, step, before };
        let is_target = self.is_target[at.place as usize] && self.rules.may_deliver(at);
        let is_early = is_target && arrival < self.arrival.from.0;
        if is_target && !is_early {
            self.bags.deliver(label);
        }
        if rides < self.most_rides && self.rules.may_transship(at) {
            let ready = start + at.ashore + self.index.transfer.unwrap_or_default();
            let change = self.query.fare.as_ref().map_or(0, super::search::Fare::change);
            if ready < self.arrival.until.0 {
                self.bags.reach(Label { at: ready, fare: fare + change, ..label });
            }
        }
        is_early
    }

    fn journey(&self, label: &Label, steps: &[Step]) -> Journey {
        let co2e_g = steps.iter().map(|step| self.index.alighting(*step).co2e_g).sum();
        Journey {
            departure: Minutes(label.departure),
            arrival: Minutes(label.at),
            fare: Cents(label.fare),
            co2e_g,
            rides: steps.iter().map(|step| self.index.dated(*step)).collect(),
        }
    }
}

impl JourneyIndex {
    fn alighting(&self, step: Step) -> &Alighting {
        &self.alightings(&self.boardings[step.boarding as usize])[step.calls as usize - 1]
    }

    pub(super) fn dated(&self, step: Step) -> DatedRide {
        let boarding = &self.boardings[step.boarding as usize];
        let voyage = Voyage { service: boarding.line as usize, cycle: step.cycle - boarding.cycles, sailing: boarding.sailing };
        DatedRide { voyage, from: CallPos(boarding.call), to: CallPos(boarding.call + step.calls as u16) }
    }

    pub(super) fn boardings_at(&self, place: u32) -> Range<u32> {
        let columns: &[Column] = &self.columns[self.columns_at(place)];
        let first = columns.first().map_or(0, |column| column.boardings.start);
        first..columns.last().map_or(0, |column| column.boardings.end)
    }

    pub(super) fn columns_at(&self, place: u32) -> Range<usize> {
        let columns = &self.places[place as usize].columns;
        columns.start as usize..columns.end as usize
    }
}

/// The last minute not after `at` at which a terminal is open.
pub(in crate::service) fn open_before(open: Option<(Minutes, Minutes)>, at: Minutes) -> Minutes {
    const DAY: i64 = 24 * 60;
    let Some((from, to)) = open else { return at };
    let (day, minute) = (at.0.div_euclid(DAY) * DAY, at.0.rem_euclid(DAY));
    match minute {
        minute if minute < from.0 => Minutes(day - DAY + to.0),
        minute if minute > to.0 => Minutes(day + to.0),
        _ => at,
    }
}
