//! What is asked for and what is found.

use super::index::JourneyIndex;
use super::scan::{Scan, open_before};
use super::vacancy::Vacancy;
use crate::domain::*;
use crate::publish::DatedRide;
use std::sync::Arc;

/// More transshipments than these are never offered.
pub const MOST_TRANSSHIPMENTS: usize = 3;

/// A way that takes longer than 28 days from departure to arrival is never offered.
pub const LONGEST_JOURNEY: Minutes = Minutes(28 * 24 * 60);

/// A time from a minute until before another, counted from [`crate::publish::FIRST_CYCLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: Minutes,
    pub until: Minutes,
}

/// From when a box can be handed over, and how long before the berthing it must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    pub from: Minutes,
    pub lead: Minutes,
}

/// Prices of one TEU by which ways are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fare {
    pub tariff: Arc<Tariff>,
    pub is_empty: bool,
}

impl Fare {
    /// For one ride.
    pub(super) fn ride(&self, distance: Metres) -> i64 {
        self.tariff.freight(distance, self.is_empty).0
    }

    /// For one change of barges.
    pub(super) fn change(&self) -> i64 {
        self.tariff.transshipment_cents_per_teu.0
    }
}

/// A price of which nothing is rounded ride by ride: so much for each ride, for each kilometre of all rides, and for each change.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EvenFare {
    ride: i64,
    kilometre: i64,
    change: i64,
}

impl EvenFare {
    /// `None` where each ride of an empty box is rounded, and for prices below zero: there a longer way may be the cheaper one.
    pub fn of(fare: &Fare) -> Option<Self> {
        let tariff = &fare.tariff;
        let hundredths = if fare.is_empty { tariff.empty_freight_percent } else { 100 };
        let part = |cents: Cents| {
            let full = cents.0.checked_mul(hundredths)?;
            (full >= 0 && full % 100 == 0).then_some(full / 100)
        };
        let change = tariff.transshipment_cents_per_teu.0;
        let (ride, kilometre) = (part(tariff.freight_cents_per_teu)?, part(tariff.freight_cents_per_teu_km)?);
        (change >= 0).then_some(Self { ride, kilometre, change })
    }

    /// For a way.
    pub fn way(self, rides: usize, kilometres: i64) -> i64 {
        self.ride * rides as i64 + self.kilometre * kilometres + self.change * (rides as i64 - 1)
    }
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
    /// Leaves out ways for which the box would come too late to the terminal, cut-off and opening hours considered.
    pub hand_over: Option<HandOver>,
    /// Compares ways by price too.
    pub fare: Option<Fare>,
    /// Compares ways by emissions too.
    pub by_emissions: bool,
    /// Leaves out legs without room.
    pub room: Option<Arc<Vacancy>>,
}

impl Query {
    /// Whether a box can be in a terminal of these hours in time for a berthing.
    pub(super) fn is_handed_over(&self, open: Option<(Minutes, Minutes)>, berthing: i64) -> bool {
        let in_time = |hand_over: HandOver| open_before(open, Minutes(berthing) - hand_over.lead) >= hand_over.from;
        self.hand_over.is_none_or(in_time)
    }
}

/// A way for a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// The first barge leaves the berth, in minutes since [`crate::publish::FIRST_CYCLE`].
    pub departure: Minutes,
    /// The last barge arrives off the terminal.
    pub arrival: Minutes,
    /// Freight and transshipments of one TEU; 0 where no fare was asked for.
    pub fare: Cents,
    /// Grams of CO2 equivalent of one TEU; 0 where no instance says.
    pub co2e_g: i64,
    /// In travel order; between two of them the box is transshipped.
    pub rides: Vec<DatedRide>,
}

impl Journey {
    /// How often the box changes barges.
    pub fn transshipments(&self) -> usize {
        self.rides.len().saturating_sub(1)
    }

    /// [JN-1] Leaves no earlier, arrives no later and changes barges no more often, and is no dearer and emits no more where that counts.
    fn is_as_good_as(&self, other: &Self, by_emissions: bool) -> bool {
        self.departure >= other.departure
            && self.arrival <= other.arrival
            && self.rides.len() <= other.rides.len()
            && self.fare <= other.fare
            && (!by_emissions || self.co2e_g <= other.co2e_g)
    }
}

impl JourneyIndex {
    /// Every best way: no other one leaves as late or later, arrives as early or earlier, changes barges as seldom or more seldom, and,
    /// where that is asked for, costs and emits as little or less. Of ways alike in all that, one. By departure, then arrival.
    pub fn find(&self, query: &Query) -> Vec<Journey> {
        let (origins, destinations) = (self.places_of(&query.origins), self.places_of(&query.destinations));
        if origins.is_empty() || destinations.is_empty() || (query.departure.is_none() && query.arrival.is_none()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if self.are_alike(&origins, &destinations, query.trade) {
            found = self.find_alike(query, &origins, &destinations);
        } else {
            for (a, b) in origins.iter().flat_map(|a| destinations.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
                found.extend(self.find_alike(query, &[a], &[b]));
            }
            found = best_of(found, query.by_emissions);
        }
        found.sort_by_key(|way| (way.departure, way.arrival, way.rides.len(), way.fare, way.co2e_g));
        found
    }

    /// From the table where that has the answer, by a search otherwise.
    fn find_alike(&self, query: &Query, origins: &[u32], destinations: &[u32]) -> Vec<Journey> {
        let listed = match (origins, destinations) {
            ([origin], [destination]) => self.find_listed(query, *origin, *destination),
            _ => None,
        };
        listed.unwrap_or_else(|| Scan::new(self, query, origins, destinations).run())
    }

    pub(super) fn places_of(&self, terminals: &[TerminalCode]) -> Vec<u32> {
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
fn best_of(mut journeys: Vec<Journey>, by_emissions: bool) -> Vec<Journey> {
    journeys.sort_by_key(|j| (std::cmp::Reverse(j.departure), j.arrival, j.rides.len(), j.fare, j.co2e_g));
    let mut best: Vec<Journey> = Vec::new();
    for journey in journeys {
        if !best.iter().any(|known| known.is_as_good_as(&journey, by_emissions)) {
            best.push(journey);
        }
    }
    best
}
