//! The table of ways: for a kind of box and two terminals, the best ways of one cycle of the timetable. Other cycles have the same, later or
//! earlier by whole cycles. A list is made when its two terminals are first asked about, and holds what is best whatever the price list
//! says and whichever part of the cycle is asked for: from each boarding the best ways by arrival, rides, kilometres and emissions.

use super::bags::{Label, MOST_RIDES, Step};
use super::earliest::NEVER;
use super::index::JourneyIndex;
use super::scan::Scan;
use super::search::{EvenFare, Fare, Journey, LONGEST_JOURNEY, MOST_TRANSSHIPMENTS, Query, Window};
use super::vacancy::Vacancy;
use crate::domain::*;
use std::cmp::Reverse;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Memory for the lists of one timetable; when it is used up, the search answers for all other pairs.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What the rules ask of a box: one of six trades or none said, with a plug or without.
const KINDS: usize = 14;

/// The lists of all pairs for one kind of box: origin by origin, and in that by destination.
type Pairs = Box<[OnceLock<Box<Ways>>]>;

#[derive(Debug)]
pub(super) struct Table {
    places: usize,
    kinds: [OnceLock<Pairs>; KINDS],
    bytes: AtomicUsize,
}

/// The best ways from one terminal to another that start in one cycle.
#[derive(Debug)]
struct Ways {
    /// The latest departure first.
    listed: Vec<Listed>,
    /// Rides of all ways.
    steps: Vec<Step>,
    /// By rides at most, from one on, in the order of the berthings.
    earliest: [Box<[Reach]>; MOST_RIDES],
}

#[derive(Clone, Copy, Debug)]
struct Listed {
    /// Minute of the cycle; the other times count from the start of that cycle too.
    departure: i64,
    berthing: i64,
    arrival: i64,
    kilometres: i64,
    co2e_g: i64,
    rides: usize,
    /// Its first ride in the rides of all ways.
    first: usize,
}

/// When a box must be there for a berthing at the latest, and when it arrives; small, since a search for one among many waits for memory.
#[derive(Clone, Copy, Debug)]
struct Reach {
    /// Minute of the cycle.
    berthing: u32,
    /// Minutes from then to the arrival.
    takes: u32,
}

/// A listed way on its date and at its price.
struct Candidate<'a> {
    way: &'a Listed,
    /// Start of its cycle, and which one that is.
    start: i64,
    cycle: i64,
    fare: i64,
}

impl Table {
    pub fn new(places: usize) -> Self {
        Self { places, kinds: Default::default(), bytes: AtomicUsize::new(0) }
    }

    /// The list of a pair, made now where there is none yet; `None` when there is no memory left for it.
    fn ways(&self, index: &JourneyIndex, query: &Query, origin: u32, destination: u32) -> Option<&Ways> {
        let kind = query.trade.map_or(0, |trade| trade as usize + 1) * 2 + usize::from(query.reefer);
        let pairs = self.kinds[kind].get_or_init(|| (0..self.places * self.places).map(|_| OnceLock::new()).collect());
        let pair = &pairs[origin as usize * self.places + destination as usize];
        if pair.get().is_none() && self.bytes.load(Ordering::Relaxed) > MOST_BYTES {
            return None;
        }
        let make = || {
            let ways = Ways::new(index, query, origin, destination);
            self.bytes.fetch_add(ways.bytes(), Ordering::Relaxed);
            Box::new(ways)
        };
        Some(pair.get_or_init(make))
    }
}

impl Ways {
    fn new(index: &JourneyIndex, query: &Query, origin: u32, destination: u32) -> Self {
        let kilometres = Tariff { freight_cents_per_teu_km: Cents(1), ..Tariff::default() };
        let all = Query {
            departure: Some(Window { from: Minutes(0), until: Minutes(index.cycle) }),
            most_transshipments: MOST_TRANSSHIPMENTS,
            trade: query.trade,
            reefer: query.reefer,
            fare: Some(Fare { tariff: Arc::new(kilometres), is_empty: false }),
            by_emissions: true,
            ..Query::default()
        };
        let (mut listed, mut all_steps) = (Vec::new(), Vec::new());
        Scan::new(index, &all, &[origin], &[destination]).tell_each(|berthing, label: &Label, steps| {
            listed.push(Listed {
                departure: label.departure,
                berthing,
                arrival: label.at,
                kilometres: label.fare,
                co2e_g: label.co2e_g,
                rides: steps.len(),
                first: all_steps.len(),
            });
            all_steps.extend_from_slice(steps);
        });
        let earliest = std::array::from_fn(|row| earliest(index.cycle, &listed, row + 1));
        Self { listed, steps: all_steps, earliest }
    }

    fn bytes(&self) -> usize {
        let reaches: usize = self.earliest.iter().map(|reaches| reaches.len()).sum();
        size_of::<Self>() + size_of_val(&self.listed[..]) + size_of_val(&self.steps[..]) + reaches * size_of::<Reach>()
    }

    /// Rides of a way in its own cycle.
    fn steps(&self, way: &Listed) -> &[Step] {
        &self.steps[way.first..][..way.rides]
    }
}

/// The latest berthing for each arrival with so many rides at most, by berthing: what comes later arrives later.
fn earliest(cycle: i64, listed: &[Listed], most_rides: usize) -> Box<[Reach]> {
    let few = listed.iter().filter(|way| way.rides <= most_rides);
    let mut ways: Vec<(i64, i64)> = few.map(|way| (way.berthing.rem_euclid(cycle), way.arrival - way.berthing)).collect();
    ways.sort_unstable_by_key(|(berthing, takes)| (Reverse(*berthing), *takes));
    // the best of the cycle after
    let mut best = ways.iter().map(|(berthing, takes)| berthing + takes + cycle).min().unwrap_or(NEVER);
    let mut kept: Vec<Reach> = Vec::new();
    for (berthing, takes) in ways {
        if berthing + takes < best {
            best = berthing + takes;
            // a cycle and a journey are some weeks at most
            kept.push(Reach { berthing: berthing as u32, takes: takes as u32 });
        }
    }
    kept.reverse();
    kept.into()
}

impl Reach {
    /// Minutes from the start of the cycle.
    fn arrival(self) -> i64 {
        i64::from(self.berthing) + i64::from(self.takes)
    }
}

impl Candidate<'_> {
    /// [JN-1] Leaves no earlier, arrives no later and so on.
    fn is_as_good_as(&self, other: &Self, by_emissions: bool) -> bool {
        self.departure() >= other.departure()
            && self.arrival() <= other.arrival()
            && self.way.rides <= other.way.rides
            && self.fare <= other.fare
            && (!by_emissions || self.way.co2e_g <= other.way.co2e_g)
    }

    fn departure(&self) -> i64 {
        self.start + self.way.departure
    }

    fn arrival(&self) -> i64 {
        self.start + self.way.arrival
    }
}

impl JourneyIndex {
    /// Best ways from one terminal to another, from the table. `None` where the table cannot know them: a leg on one of them is full, ways
    /// that arrive too early are left out, prices are rounded ride by ride, or there is no memory for the list.
    pub(super) fn find_listed(&self, query: &Query, origin: u32, destination: u32) -> Option<Vec<Journey>> {
        let departure = query.departure?;
        let until = match query.arrival {
            None => NEVER,
            Some(arrival) if arrival.from <= departure.from => arrival.until.0,
            Some(_) => return None,
        };
        let fare = query.fare.as_ref().map_or(Some(EvenFare::default()), EvenFare::of)?;
        let ways = self.table.ways(self, query, origin, destination)?;
        let open = self.places[origin as usize].open;
        let mut best: Vec<Candidate> = Vec::with_capacity(ways.listed.len());
        let cycles = departure.from.0.div_euclid(self.cycle)..=(departure.until.0 - 1).div_euclid(self.cycle);
        for cycle in cycles.rev() {
            let start = cycle * self.cycle;
            let in_window = |way: &&Listed| {
                (departure.from.0..departure.until.0).contains(&(start + way.departure))
                    && start + way.arrival < until
                    && way.rides <= query.most_transshipments + 1
                    && query.is_handed_over(open, start + way.berthing)
            };
            for way in ways.listed.iter().filter(in_window) {
                let candidate = Candidate { way, start, cycle, fare: fare.way(way.rides, way.kilometres) };
                add(&mut best, candidate, query.by_emissions);
            }
        }
        let has_room = |room: &Arc<Vacancy>| best.iter().all(|found| self.has_room(room, ways, found));
        query.room.as_ref().is_none_or(has_room).then(|| best.iter().map(|found| self.journey(ways, found)).collect())
    }

    /// When a box that can be loaded from a minute on arrives at the earliest; `None` where the table does not know, [`NEVER`] where
    /// nothing goes.
    pub(super) fn find_listed_earliest(&self, query: &Query, origin: u32, destination: u32, from: i64) -> Option<i64> {
        let ways = self.table.ways(self, query, origin, destination)?;
        let reaches = &ways.earliest[query.most_transshipments.min(MOST_TRANSSHIPMENTS)];
        let (start, minute) = (from.div_euclid(self.cycle) * self.cycle, from.rem_euclid(self.cycle));
        let row = reaches.partition_point(|reach| i64::from(reach.berthing) < minute);
        let arrival = match (reaches.get(row), reaches.first()) {
            (Some(reach), _) => start + reach.arrival(),
            (None, Some(reach)) => start + self.cycle + reach.arrival(),
            (None, None) => return Some(NEVER),
        };
        (arrival - from <= LONGEST_JOURNEY.0).then_some(arrival)
    }

    fn has_room(&self, room: &Vacancy, ways: &Ways, found: &Candidate) -> bool {
        ways.steps(found.way).iter().all(|step| {
            let boarding = &self.boardings[step.boarding as usize];
            let legs = &self.alightings(boarding)[..step.calls as usize];
            legs.iter().all(|at| room.fits(self, boarding.line, found.cycle + step.cycle + at.leg.cycles, at.leg))
        })
    }

    fn journey(&self, ways: &Ways, found: &Candidate) -> Journey {
        let ride = |step: &Step| self.dated(Step { cycle: step.cycle + found.cycle, ..*step });
        Journey {
            departure: Minutes(found.departure()),
            arrival: Minutes(found.arrival()),
            fare: Cents(found.fare),
            co2e_g: found.way.co2e_g,
            rides: ways.steps(found.way).iter().map(ride).collect(),
        }
    }
}

/// Keeps a way that no other is as good as. They come from the latest departure to the earliest, so only one of the same departure can be
/// beaten.
fn add<'a>(best: &mut Vec<Candidate<'a>>, candidate: Candidate<'a>, by_emissions: bool) {
    if best.iter().any(|known| known.is_as_good_as(&candidate, by_emissions)) {
        return;
    }
    let same = best.iter().rposition(|known| known.departure() != candidate.departure()).map_or(0, |row| row + 1);
    let mut row = same;
    while row < best.len() {
        match candidate.is_as_good_as(&best[row], by_emissions) {
            true => drop(best.remove(row)),
            false => row += 1,
        }
    }
    best.push(candidate);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::read_instance;
    use crate::service::journey::Untouched;
    use std::collections::{BTreeSet, HashMap};
    use std::path::Path;

    fn index() -> JourneyIndex {
        let document = include_str!("../../../tests/http/fixtures/toy-plan.json");
        let plan = serde_json::from_value(serde_json::from_str::<serde_json::Value>(document).unwrap()["plan"].take()).unwrap();
        let mut problem = read_instance(&Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/toy")).unwrap();
        problem.terminals.iter_mut().for_each(|terminal| terminal.transshipment = true);
        JourneyIndex::new(&plan, Some(&problem))
    }

    /// Nothing is booked, but one leg of one service is full for ever.
    fn all_but_one_leg(index: &JourneyIndex, service: usize, call: u16) -> Arc<Vacancy> {
        let untouched = |row: usize, _: u32, leg: u16| {
            let fits = (row, leg) != (service, call);
            Untouched { before_return: fits, after_return: fits }
        };
        Arc::new(Vacancy::new(index, untouched, HashMap::new(), Minutes(0)))
    }

    /// Every pair, with every leg full in turn, over windows that start and end anywhere in the cycle.
    fn queries(index: &JourneyIndex) -> Vec<(u32, u32, Query)> {
        let legs = (0..).zip(&index.lines).flat_map(|(row, line)| (0..line.calls as u16).map(move |call| (row, call)));
        let mut rooms: Vec<Option<Arc<Vacancy>>> = legs.map(|(row, call)| Some(all_but_one_leg(index, row, call))).collect();
        rooms.push(None);
        let mut queries = Vec::new();
        let places = index.places.len() as u32;
        for (origin, destination) in (0..places).flat_map(|a| (0..places).map(move |b| (a, b))).filter(|(a, b)| a != b) {
            for (number, room) in rooms.iter().enumerate() {
                let from = number as i64 * 1_237 - index.cycle;
                let window = Window { from: Minutes(from), until: Minutes(from + 500 + number as i64 * 997) };
                let (departure, most_transshipments) = (Some(window), number % 4);
                let query = Query { departure, most_transshipments, by_emissions: true, room: room.clone(), ..Query::default() };
                queries.push((origin, destination, query));
            }
        }
        queries
    }

    // the table may say that it does not know, and it must where a way of its answer has a full leg; it may not say anything wrong
    #[test]
    fn the_table_says_what_the_search_finds_or_that_it_does_not_know() {
        let index = index();
        let mut told = [0, 0];
        for (origin, destination, query) in queries(&index) {
            let merits = |ways: &[Journey]| {
                ways.iter().map(|way| (way.departure, way.arrival, way.rides.len(), way.co2e_g)).collect::<BTreeSet<_>>()
            };
            let searched = |query: &Query| merits(&Scan::new(&index, query, &[origin], &[destination]).run());
            let listed = index.find_listed(&query, origin, destination);
            told[usize::from(listed.is_some())] += 1;
            let anywhere = searched(&Query { room: None, ..query.clone() });
            match listed {
                Some(listed) => assert_eq!(merits(&listed), searched(&query)),
                None => assert!(query.room.is_some() && !anywhere.is_empty()),
            }
        }
        assert!(told[0] > 10 && told[1] > 50, "unknown and known: {told:?}");
    }

    // without memory for its lists a timetable is searched, and tells the same
    #[test]
    fn the_earliest_arrival_is_that_of_the_search() {
        let index = index();
        let full = Table { bytes: AtomicUsize::new(usize::MAX), ..Table::new(index.places.len()) };
        let mut searching = index.clone();
        searching.table = Arc::new(full);
        let terminals = ["HUB", "RIV1", "RIV2", "RIV3"].map(TerminalCode::from);
        let pairs = terminals.iter().flat_map(|from| terminals.iter().map(move |to| (from, to)));
        for (from, to) in pairs.filter(|(from, to)| from != to) {
            for (number, minute) in (-index.cycle..index.cycle).step_by(61).enumerate() {
                let query = Query {
                    origins: vec![from.clone()],
                    destinations: vec![to.clone()],
                    most_transshipments: number % 5,
                    ..Query::default()
                };
                let arrival = index.find_earliest(&query, Minutes(minute));
                assert_eq!(arrival, searching.find_earliest(&query, Minutes(minute)));
                assert!(arrival.is_some_and(|arrival| arrival > Minutes(minute)));
            }
        }
        assert!(searching.table.kinds.iter().flat_map(OnceLock::get).flatten().all(|pair| pair.get().is_none()));
    }
}
