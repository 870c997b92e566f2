//! What a shipper asks about ways, and what the published plan answers: the same for the service and for the command line.

use super::journey::{Fare, Footprint, HandOver, LONGEST_JOURNEY, Query, Quote, Vacancy, WayFault, Window};
use super::ledger::{Load, Terms};
use super::published::PublishedPlan;
use super::ways::Way;
use crate::domain::*;
use std::sync::Arc;

const WEEK: Minutes = Minutes(7 * 24 * 60);

/// When a shipper wants to travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The boxes can be handed over from then on; departures of two weeks are looked at.
    DepartFrom(Minutes),
    /// They must have arrived by then; where it is known from when they can be handed over, that counts too.
    ArriveBy { by: Minutes, ready: Option<Minutes> },
    /// All departures of the week that starts then.
    Week(Minutes),
}

/// A shipper's question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub from: TerminalCode,
    pub to: TerminalCode,
    pub when: When,
    pub trade: Trade,
    pub cargo: Cargo,
    pub load: Load,
    pub most_transshipments: usize,
}

/// A way with its price and emissions.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub way: Way,
    pub quote: Option<Quote>,
    pub footprint: Option<Footprint>,
}

impl PublishedPlan {
    /// The ways that meet a wish, by departure: none of them is beaten by another in departure, arrival, transshipments, price and emissions
    /// alike. With a vacancy only those with room on every leg.
    ///
    /// # Errors
    /// When the search names a ride that the timetable does not have, which would be a mistake of ours.
    pub fn offers(
        &self,
        wish: &Wish,
        terms: &Terms,
        tariff: Option<&Tariff>,
        room: Option<Vacancy>,
    ) -> Result<Vec<Offer>, WayFault> {
        let query = self.query(wish, terms, tariff, room);
        let ways = self.journeys.find(&query).into_iter().map(|journey| self.way(&journey.rides, wish.trade, terms));
        let priced = ways.map(|way| {
            let way = way?;
            let (quote, footprint) = self.price(&way, wish.trade, wish.cargo, wish.load.teu, tariff);
            Ok(Offer { way, quote, footprint })
        });
        priced.collect()
    }

    fn query(&self, wish: &Wish, terms: &Terms, tariff: Option<&Tariff>, room: Option<Vacancy>) -> Query {
        let lead = terms.lead(wish.trade.is_foreign());
        let (departure, arrival, handed_over) = match wish.when {
            When::DepartFrom(from) => (Some(Window { from, until: from + WEEK + WEEK }), None, Some(from)),
            When::ArriveBy { by, ready } => {
                let by = by + Minutes(1) - self.second_clearance(&wish.from, &wish.to, wish.trade);
                (
                    Some(Window { from: by - LONGEST_JOURNEY, until: by }),
                    Some(Window { from: by - LONGEST_JOURNEY, until: by }),
                    ready,
                )
            }
            When::Week(from) => (Some(Window { from, until: from + WEEK }), None, None),
        };
        Query {
            origins: vec![wish.from.clone()],
            destinations: vec![wish.to.clone()],
            departure,
            arrival,
            most_transshipments: wish.most_transshipments,
            trade: Some(wish.trade),
            reefer: wish.cargo == Cargo::Reefer,
            hand_over: handed_over.map(|from| HandOver { from, lead }),
            fare: tariff.map(|tariff| Fare { tariff: Arc::new(tariff.clone()), is_empty: wish.trade == Trade::Empty }),
            by_emissions: self.problem.is_some(),
            room: room.map(Arc::new),
        }
    }

    /// R9: imports and exports between two mainland terminals without one clearance are cleared a second time, and are ready so much later.
    pub fn second_clearance(&self, from: &TerminalCode, to: &TerminalCode, trade: Trade) -> Minutes {
        let Some(problem) = self.problem.as_deref().filter(|_| matches!(trade, Trade::Import | Trade::Export)) else {
            return Minutes(0);
        };
        let (Some(a), Some(b)) = (problem.find_terminal(from), problem.find_terminal(to)) else { return Minutes(0) };
        let (origin, destination) = (problem.terminal(a), problem.terminal(b));
        let inland = !origin.region.is_outside() && !destination.region.is_outside();
        let joined = origin.one_clearance.contains(&b) || destination.one_clearance.contains(&a);
        if inland && !joined { problem.settings.second_clearance } else { Minutes(0) }
    }

    /// The next berthing of a mother vessel whose barge cut-off has not passed: its terminal and that cut-off.
    pub fn mother_cut_off(&self, mother: &MotherCode, now: Minutes) -> Option<(TerminalCode, Minutes)> {
        let problem = self.problem.as_deref()?;
        let ship = problem.mothers.iter().find(|ship| ship.code == *mother)?;
        let cycle = self.document.plan.cycle_min.0.max(1);
        let first = ship.berthing.0 - ship.barge_cut_off.0;
        let cut_off = first + (now.0 - first).div_euclid(cycle) * cycle + cycle;
        Some((problem.terminal(ship.terminal).code.clone(), Minutes(cut_off)))
    }
}
