//! Whether a way that somebody names is one that the search would allow: the same rules, ride by ride.

use super::index::{Boarding, JourneyIndex};
use super::rules::Rules;
use crate::domain::{Metres, Trade};
use crate::publish::DatedRide;

/// What a box is, as far as its way depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxKind {
    pub trade: Trade,
    pub reefer: bool,
}

/// Why a way is not open to a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WayFault {
    #[error("a ride is no ride of the published timetable")]
    NoSuchRide,
    #[error("a ride does not start where the one before ends")]
    Apart,
    #[error("it leaves too little time to change barges, or the terminal does not transship")]
    Transshipment,
    #[error("customs, trade or cargo rules do not let this box ride there")]
    Rules,
}

impl JourneyIndex {
    /// Checks a way for a box from end to end.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, rides: &[DatedRide], of: BoxKind) -> Result<(), WayFault> {
        let places: Option<Vec<(u32, u32)>> = rides.iter().map(|ride| self.ends(*ride)).collect();
        let places = places.filter(|places| !places.is_empty()).ok_or(WayFault::NoSuchRide)?;
        if places.windows(2).any(|pair| pair[0].1 != pair[1].0) {
            return Err(WayFault::Apart);
        }
        let (origin, destination) = (places[0].0, places[places.len() - 1].1);
        let rules = Rules::new(self, &[origin], &[destination], Some(of.trade), of.reefer);
        for (row, ride) in rides.iter().enumerate() {
            self.check_ride(&rules, *ride, row + 1 == rides.len())?;
        }
        match rides.windows(2).all(|pair| self.connects(pair[0], pair[1])) {
            true => Ok(()),
            false => Err(WayFault::Transshipment),
        }
    }

    fn check_ride(&self, rules: &Rules, ride: DatedRide, is_last: bool) -> Result<(), WayFault> {
        let (place, boarding) = self.find_boarding(ride).ok_or(WayFault::NoSuchRide)?;
        if !rules.may_load(place, boarding) {
            return Err(WayFault::Rules);
        }
        let rode = usize::from(ride.to.0 - ride.from.0);
        let (last, between) = self.alightings(boarding)[..rode].split_last().ok_or(WayFault::NoSuchRide)?;
        match () {
            () if !between.iter().all(|at| rules.may_stay(at)) => Err(WayFault::Rules),
            () if is_last && !rules.may_deliver(last) => Err(WayFault::Rules),
            () if !is_last && !rules.may_transship(last) => Err(WayFault::Transshipment),
            () => Ok(()),
        }
    }

    /// Places where a ride starts and ends.
    fn ends(&self, ride: DatedRide) -> Option<(u32, u32)> {
        let (place, boarding) = self.find_boarding(ride)?;
        let rode = usize::from(ride.to.0.checked_sub(ride.from.0)?.checked_sub(1)?);
        Some((place, self.alightings(boarding).get(rode)?.place))
    }

    /// Distance by water between the ends of a ride, and grams of CO2 equivalent of one TEU on it; `None` when it is no ride.
    pub fn costs(&self, ride: DatedRide) -> Option<(Metres, i64)> {
        let (_, boarding) = self.find_boarding(ride)?;
        let rode = usize::from(ride.to.0.checked_sub(ride.from.0)?.checked_sub(1)?);
        self.alightings(boarding).get(rode).map(|at| (at.distance, at.co2e_g))
    }

    fn find_boarding(&self, ride: DatedRide) -> Option<(u32, &Boarding)> {
        let is_it =
            |b: &Boarding| b.line as usize == ride.voyage.service && b.sailing == ride.voyage.sailing && b.call == ride.from.0;
        for (place, row) in (0..).zip(&self.places) {
            let columns = &self.columns[row.columns.start as usize..row.columns.end as usize];
            let mut here = columns.iter().flat_map(|column| column.boardings.clone());
            if let Some(found) = here.find(|boarding| is_it(&self.boardings[*boarding as usize])) {
                return Some((place, &self.boardings[found as usize]));
            }
        }
        None
    }

    /// Whether a box of one barge is ashore in time for the next.
    fn connects(&self, before: DatedRide, after: DatedRide) -> bool {
        let (Some(transfer), Some((_, off)), Some((_, on))) =
            (self.transfer, self.find_boarding(before), self.find_boarding(after))
        else {
            return false;
        };
        let rode = usize::from(before.to.0 - before.from.0) - 1;
        let start = |ride: DatedRide, boarding: &Boarding| (ride.voyage.cycle + boarding.cycles) * self.cycle;
        let ready = start(before, off) + self.alightings(off)[rode].ashore + transfer;
        start(after, on) + on.berthing >= ready
    }
}
