//! The earliest arrival alone: one departure time, nothing but time compared.

use super::index::{Boarding, JourneyIndex};
use super::rules::Rules;
use super::search::{LONGEST_JOURNEY, MOST_TRANSSHIPMENTS, Query};
use crate::domain::Minutes;

/// No way.
pub(super) const NEVER: i64 = i64::MAX;

/// One question, for one origin and one destination.
struct Quick<'a> {
    index: &'a JourneyIndex,
    query: &'a Query,
    rules: Rules<'a>,
    destination: u32,
    from: i64,
    /// Earliest time to board at each place, with the rides so far or fewer.
    ready: Vec<i64>,
    /// Places reached earlier in this round, with that time: it counts from the next round on.
    reached: Vec<(u32, i64)>,
    best: i64,
}

impl JourneyIndex {
    /// When a box that can be loaded from `from` on arrives at the earliest; `None` when no way is as short as 28 days. Of the query, ends,
    /// trade, plugs and the most transshipments count.
    pub fn find_earliest(&self, query: &Query, from: Minutes) -> Option<Minutes> {
        let ends = query.origins.iter().flat_map(|a| query.destinations.iter().map(move |b| (a, b)));
        let places = ends.filter_map(|(a, b)| Some((self.find_place(a)?, self.find_place(b)?))).filter(|(a, b)| a != b);
        let best = places.map(|(origin, destination)| self.earliest_between(query, origin, destination, from.0)).min();
        best.filter(|best| *best != NEVER).map(Minutes)
    }

    /// From the table where that has the answer, by a search otherwise.
    fn earliest_between(&self, query: &Query, origin: u32, destination: u32, from: i64) -> i64 {
        let listed = self.find_listed_earliest(query, origin, destination, from);
        listed.unwrap_or_else(|| Quick::new(self, query, origin, destination, from).run(origin))
    }
}

impl<'a> Quick<'a> {
    fn new(index: &'a JourneyIndex, query: &'a Query, origin: u32, destination: u32, from: i64) -> Self {
        let rules = Rules::new(index, &[origin], &[destination], query.trade, query.reefer);
        let places = index.places.len();
        Self {
            index,
            query,
            rules,
            destination,
            from,
            ready: vec![NEVER; places],
            reached: Vec::with_capacity(places),
            best: NEVER,
        }
    }

    fn run(mut self, origin: u32) -> i64 {
        let most = if self.index.transfer.is_some() { self.query.most_transshipments.min(MOST_TRANSSHIPMENTS) } else { 0 };
        let mut marked = vec![(origin, self.from)];
        for round in 0..=most {
            for (place, ready) in std::mem::take(&mut marked) {
                if ready < self.best {
                    self.board_all(place, ready, round < most);
                }
            }
            for (place, ready) in self.reached.drain(..) {
                if ready < self.ready[place as usize] {
                    self.ready[place as usize] = ready;
                    marked.retain(|(known, _)| *known != place);
                    marked.push((place, ready));
                }
            }
        }
        self.best
    }

    /// Boards whatever leaves next from each place of a rotation.
    fn board_all(&mut self, place: u32, ready: i64, goes_on: bool) {
        let index = self.index;
        for column in index.columns_at(place) {
            let rows = index.columns[column].boardings.clone();
            let boardings = &index.boardings[rows.start as usize..rows.end as usize];
            let permitted = boardings.first().is_some_and(|first| self.rules.may_ever_load(place, first));
            let enough = if index.columns[column].in_order { 1 } else { boardings.len() };
            if permitted {
                self.board(boardings, ready, enough, goes_on);
            }
        }
    }

    fn board(&mut self, boardings: &'a [Boarding], ready: i64, enough: usize, goes_on: bool) {
        let cycle = self.index.cycle;
        let (mut at, minute) = (ready.div_euclid(cycle), ready.rem_euclid(cycle));
        let mut row = boardings.partition_point(|boarding| boarding.berthing < minute);
        let mut whole = 0;
        while whole < enough {
            if row == boardings.len() {
                (row, at) = (0, at + 1);
            }
            let boarding = &boardings[row];
            let start = at * cycle;
            if start + boarding.berthing >= self.best.min(self.from.saturating_add(LONGEST_JOURNEY.0)) {
                break;
            }
            if self.rules.may_load_now(boarding) {
                whole += usize::from(self.ride(boarding, start, goes_on));
            }
            row += 1;
        }
    }

    /// Whether the ride went as far as any later sailing could.
    fn ride(&mut self, boarding: &'a Boarding, start: i64, goes_on: bool) -> bool {
        let transfer = self.index.transfer.unwrap_or_default();
        for at in self.index.alightings(boarding) {
            let arrival = start + at.arrival;
            if arrival >= self.best {
                return true;
            }
            if at.place == self.destination && self.rules.may_deliver(at) {
                self.best = arrival;
            }
            let ready = start + at.ashore + transfer;
            if goes_on && self.rules.may_transship(at) && ready < self.ready[at.place as usize].min(self.best) {
                self.reached.push((at.place, ready));
            }
            if !self.rules.may_pass(at.place) {
                return true;
            }
            if !self.rules.may_stay_now(at) {
                return false;
            }
        }
        true
    }
}
