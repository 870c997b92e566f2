//! Which rides a box may take.

use super::index::{Alighting, Boarding, JourneyIndex, Line, Place};
use crate::domain::{Regime, Trade};

/// What is known of the box, and where it comes from and goes.
pub(super) struct Rules<'a> {
    index: &'a JourneyIndex,
    trade: Option<Trade>,
    reefer: bool,
    /// Both ends lie on the mainland, so the box stays there (R8).
    inland: bool,
    /// Terminals in Hong Kong and Macau by which this path is listed (R8).
    listed: Vec<u32>,
}

impl<'a> Rules<'a> {
    /// The ends lie on one side of the border each; listed paths count where there is one origin and one destination.
    pub fn new(index: &'a JourneyIndex, origins: &[u32], destinations: &[u32], trade: Option<Trade>, reefer: bool) -> Self {
        let inland = origins.iter().chain(destinations).all(|place| !index.places[*place as usize].outside);
        let listed = match (trade, origins, destinations) {
            (Some(Trade::CrossBorderDomestic), [origin], [destination]) => {
                let of_path = index.cross_border.iter().filter(|[a, _, c]| (a, c) == (origin, destination));
                of_path.map(|[_, via, _]| *via).collect()
            }
            _ => Vec::new(),
        };
        Self { index, trade, reefer, inland, listed }
    }

    /// Whether the box may be loaded at this call: A-REGIME, R1, R4, R6.
    pub fn may_load(&self, place: u32, boarding: &Boarding) -> bool {
        self.may_ever_load(place, boarding) && self.may_load_now(boarding)
    }

    /// The same as far as it holds for every sailing of the service.
    pub fn may_ever_load(&self, place: u32, boarding: &Boarding) -> bool {
        self.may_board(&self.index.lines[boarding.line as usize]) && self.may_lift(&self.index.places[place as usize])
    }

    /// R6, which depends on what the sailing carries.
    pub fn may_load_now(&self, boarding: &Boarding) -> bool {
        !(self.trade == Some(Trade::Export) && boarding.imports_stay)
    }

    fn may_board(&self, line: &Line) -> bool {
        if self.reefer && !line.plugs {
            return false;
        }
        let Some(trade) = self.trade else { return true };
        let fits = match line.regime {
            Regime::Mixed => true,
            Regime::Foreign => !trade.is_domestic(),
            Regime::Domestic => !trade.is_foreign(),
        };
        let leaves = trade.is_domestic() && !line.outside.is_empty();
        fits && (!leaves || line.outside.iter().any(|via| self.listed.contains(via)))
    }

    /// R4.
    fn may_lift(&self, place: &Place) -> bool {
        self.trade
            .is_none_or(|trade| (!trade.is_foreign() || place.foreign_trade) && (!trade.is_domestic() || place.domestic_trade))
    }

    /// Whether the box may be delivered here.
    pub fn may_deliver(&self, at: &Alighting) -> bool {
        self.may_lift(&self.index.places[at.place as usize])
    }

    /// Whether the box may change barges here.
    pub fn may_transship(&self, at: &Alighting) -> bool {
        let place = &self.index.places[at.place as usize];
        place.transshipment && self.may_lift(place) && self.may_pass(at.place)
    }

    /// Whether the box may stay on board here: R6, R8.
    pub fn may_stay(&self, at: &Alighting) -> bool {
        self.may_pass(at.place) && self.may_stay_now(at)
    }

    /// R6, which depends on what the sailing carries.
    pub fn may_stay_now(&self, at: &Alighting) -> bool {
        !(self.trade == Some(Trade::Import) && at.exports_load)
    }

    /// R8.
    pub fn may_pass(&self, place: u32) -> bool {
        !self.inland || !self.index.places[place as usize].outside || self.listed.contains(&place)
    }
}
