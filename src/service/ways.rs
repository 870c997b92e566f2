//! Ways of the published plan made ready to be booked: the legs with their room, the cut-offs, the dates that a shipper is promised.

use super::journey::{
    BoxKind, DatedLeg, Footprint, PricedRide, Query, Quote, Untouched, Vacancy, WayFault, Window, footprint, open_before, quote,
};
use super::ledger::{
    BookedRide, Booking, Carriage, Detail, Itinerary, Leg, LegKey, LegRow, Load, Order, Room, StrandReason, Terms, firm_shares,
};
use super::published::PublishedPlan;
use crate::domain::*;
use crate::publish::{DatedRide, Rollout, Voyage};
use std::collections::HashMap;
use std::sync::Arc;

const DAY: i64 = 24 * 60;

/// Other ways are looked for so long after the departure that was promised.
const LOOK_AHEAD: Minutes = Minutes(28 * DAY);

/// A way with everything that a booking needs to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub rides: Vec<DatedRide>,
    pub itinerary: Itinerary,
    pub legs: Vec<Leg>,
    pub closes: Minutes,
}

impl PublishedPlan {
    /// The plan by date.
    pub fn rollout(&self) -> &Rollout {
        self.dcsa.rollout()
    }

    fn terminal(&self, code: &TerminalCode) -> Option<&Terminal> {
        let problem = self.problem.as_deref()?;
        Some(problem.terminal(problem.find_terminal(code)?))
    }

    /// A way with its dates and legs. The rides must be rides of this plan.
    ///
    /// # Errors
    /// When a ride is none.
    pub fn way(&self, rides: &[DatedRide], trade: Trade, terms: &Terms) -> Result<Way, WayFault> {
        let booked: Option<Vec<BookedRide>> = rides.iter().map(|ride| self.booked_ride(*ride)).collect();
        let booked = booked.filter(|booked| !booked.is_empty()).ok_or(WayFault::NoSuchRide)?;
        let legs: Option<Vec<Leg>> = rides.iter().flat_map(|ride| self.legs_of(*ride)).collect();
        let (first, last) = (&booked[0], &booked[booked.len() - 1]);
        let closes = terms.closes(first.berthing_min, trade.is_foreign());
        let hand_over_min = open_before(self.terminal(&first.from).and_then(|t| t.open), closes);
        let fetch_min = open_after(self.terminal(&last.to).and_then(|t| t.open), last.ashore_min);
        let routing_reference = self.dcsa.routing_reference(rides);
        Ok(Way {
            rides: rides.to_vec(),
            itinerary: Itinerary { routing_reference, hand_over_min, fetch_min, rides: booked },
            legs: legs.ok_or(WayFault::NoSuchRide)?,
            closes,
        })
    }

    /// What boxes on a way cost and emit.
    pub fn price(
        &self,
        way: &Way,
        trade: Trade,
        cargo: Cargo,
        teu: Teu,
        tariff: Option<&Tariff>,
    ) -> (Option<Quote>, Option<Footprint>) {
        let costs: Option<Vec<(Metres, i64)>> = way.rides.iter().map(|ride| self.journeys.costs(*ride)).collect();
        let costs = costs.filter(|_| self.problem.is_some()).unwrap_or_default();
        let ride = |(booked, (distance, _)): (&BookedRide, &(Metres, i64))| PricedRide {
            text: format!("{} {}, {} to {}", booked.service, booked.voyage, booked.from, booked.to),
            distance: *distance,
        };
        let rides: Vec<PricedRide> = way.itinerary.rides.iter().zip(&costs).map(ride).collect();
        let priced = tariff.filter(|_| !rides.is_empty());
        let emitted = costs.iter().map(|(_, co2e_g)| *co2e_g).sum();
        (priced.map(|tariff| quote(tariff, &rides, trade, cargo, teu)), (!costs.is_empty()).then(|| footprint(emitted, teu)))
    }

    /// Which legs have room for a load, as bookings have left them.
    pub fn vacancy(
        &self,
        booked: &HashMap<LegKey, LegRow>,
        load: &Load,
        member: Option<&str>,
        terms: &Terms,
        now: Minutes,
    ) -> Vacancy {
        let fits = |room: &Room| room.find_account(load, member).is_ok();
        let services = &self.document.plan.services;
        let leg =
            |service: usize, cycle: i64, sailing: u32, call: u16| self.leg(Voyage { service, cycle, sailing }, usize::from(call));
        let untouched = |service: usize, sailing: u32, call: u16| {
            let Some(leg) = leg(service, 0, sailing, call) else { return Untouched::default() };
            let at = |time: Minutes| fits(&terms.room(&leg, None, time));
            Untouched { before_return: at(Minutes(i64::MIN / 2)), after_return: at(leg.berthing) }
        };
        let dated = |(key, row): (&LegKey, &LegRow)| {
            let service = services.iter().position(|service| service.service.0 == key.0)?;
            let leg = leg(service, key.1, key.2, key.3)?;
            Some(((service as u32, key.1, key.2, key.3), fits(&terms.room(&leg, Some(row), now))))
        };
        let booked: HashMap<DatedLeg, bool> = booked.iter().filter_map(dated).collect();
        Vacancy::new(&self.journeys, untouched, booked, now + terms.return_lead())
    }

    /// An order on a way; who makes it, and what is to be done where there is no room, is said by the caller.
    pub fn order(&self, way: Way, trade: Trade, cargo: Cargo, load: Load, tariff: Option<&Tariff>) -> Order {
        let (quote, footprint) = self.price(&way, trade, cargo, load.teu, tariff);
        let (first, last) = (&way.itinerary.rides[0], &way.itinerary.rides[way.itinerary.rides.len() - 1]);
        Order {
            plan_id: self.id.clone(),
            made_by: String::new(),
            member: None,
            load,
            closes: way.closes,
            loads: first.berthing_min,
            ends: last.ashore_min,
            if_full: super::ledger::IfFull::Refuse,
            detail: Detail {
                origin: first.from.clone(),
                destination: last.to.clone(),
                trade,
                cargo,
                reference: String::new(),
                arrive_by: None,
                quote,
                footprint,
                alternative: None,
                itinerary: way.itinerary,
            },
            legs: way.legs,
        }
    }

    fn booked_ride(&self, ride: DatedRide) -> Option<BookedRide> {
        let rollout = self.rollout();
        let service = rollout.service(ride.voyage);
        let (loading, discharge) = (rollout.call(ride.voyage, ride.from.row())?, rollout.call(ride.voyage, ride.to.row())?);
        let call = |at: CallPos| service.calls[at.row() % service.calls.len()].clone();
        let name = |code: &TerminalCode| rollout.name(code).map_or(code.0.clone(), |name| name.name.clone());
        let (from, to) = (call(ride.from), call(ride.to));
        Some(BookedRide {
            service: service.service.clone(),
            voyage: rollout.voyage_number(ride.voyage),
            from_name: name(&from),
            to_name: name(&to),
            from,
            to,
            berthing_min: loading.berthing_min,
            departure_min: loading.departure_min,
            arrival_min: discharge.arrival_min,
            ashore_min: discharge.departure_min,
        })
    }

    /// Legs between the calls of a ride, each with the voyage that it belongs to.
    fn legs_of(&self, ride: DatedRide) -> Vec<Option<Leg>> {
        let calls = self.rollout().service(ride.voyage).calls.len();
        let leg = |position: usize| match position < calls {
            true => self.leg(ride.voyage, position),
            false => self.leg(self.rollout().next(ride.voyage), position - calls),
        };
        (ride.from.row()..ride.to.row()).map(leg).collect()
    }

    /// A leg of a voyage with its room; `None` when the plan has no slots for it.
    pub fn leg(&self, voyage: Voyage, position: usize) -> Option<Leg> {
        let rollout = self.rollout();
        let service = rollout.service(voyage);
        let slots = self.slots(voyage, position)?;
        let allotments: Vec<(String, Teu)> = slots.allotments.iter().map(|a| (a.member.0.clone(), a.volume_teu)).collect();
        Some(Leg {
            plan_id: self.id.clone(),
            service: service.service.clone(),
            cycle: voyage.cycle,
            sailing: voyage.sailing,
            leg: slots.leg,
            berthing: rollout.call(voyage, position)?.berthing_min,
            capacity: Load {
                teu: slots.capacity_teu,
                kg: slots.capacity_kg,
                plugs: slots.reefer_plugs,
                dangerous: self.dangerous(&service.class),
            },
            shares: firm_shares(slots.capacity_teu, slots.free_teu, &allotments),
        })
    }

    fn slots(&self, voyage: Voyage, position: usize) -> Option<&LegSlots> {
        let service = self.rollout().service(voyage).service.clone();
        let row = self.slot_rows.get(&(service, voyage.sailing, position))?;
        self.document.plan.slots.get(*row)
    }

    /// Slots for dangerous goods of a class; none where no instance says so.
    fn dangerous(&self, class: &ClassCode) -> Teu {
        let class = self.problem.as_deref().and_then(|problem| Some(problem.class(problem.find_class(class)?)));
        class.map_or(Teu(0), |class| class.dangerous)
    }

    /// What this plan has for a booking of another one. With its legs as bookings have left them, also ways that full ones would hide, and
    /// another way with room.
    pub fn carriage(&self, booking: &Booking, booked: Option<&[LegRow]>, terms: &Terms, now: Minutes) -> Carriage {
        let detail = &booking.detail;
        let room = booked.map(|rows| {
            let rows: HashMap<LegKey, LegRow> = rows.iter().map(|row| (row.key(), row.clone())).collect();
            Arc::new(self.vacancy(&rows, &booking.load, booking.member.as_deref(), terms, now))
        });
        let identical = self.find_identical(booking, terms);
        let promised = detail.itinerary.rides.last().map_or(booking.ends_min, |ride| ride.arrival_min);
        let latest = detail.arrive_by.unwrap_or(promised);
        let window = Window { from: booking.closes_min, until: latest + Minutes(1) };
        let mut others = self.ways_for(booking, terms, window, None);
        others.extend(room.iter().flat_map(|room| self.ways_for(booking, terms, window, Some(room))));
        let kept = others.into_iter().filter(|way| way.closes >= booking.closes_min && arrival(way) <= latest);
        let is_new = |way: &Way| identical.as_ref().is_none_or(|known| known.rides != way.rides);
        let mut ways: Vec<(Way, bool)> = identical.clone().map(|way| (way, true)).into_iter().collect();
        ways.extend(kept.filter(is_new).map(|way| (way, false)));
        ways.retain(|(way, _)| way.closes > now);
        let ahead = Window { from: now, until: now.max(booking.loads_min) + LOOK_AHEAD };
        let find_other = |room: Option<&Arc<Vacancy>>| {
            let found = self.ways_for(booking, terms, ahead, room);
            found.into_iter().find(|way| way.closes > now.max(booking.closes_min - Minutes(7 * DAY)))
        };
        let other = find_other(None);
        let reason = if other.is_none() { StrandReason::NoWay } else { StrandReason::OtherTimes };
        Carriage {
            version: booking.version,
            plan_id: self.id.clone(),
            ways: ways.into_iter().map(|(way, same)| (self.order_for(booking, way), same)).collect(),
            reason,
            alternative: room.as_ref().and_then(|room| find_other(Some(room))).or(other).map(|way| way.itinerary),
            knows_room: booked.is_some(),
        }
    }

    /// What a booking would be on another way; the price stays as it was promised.
    fn order_for(&self, booking: &Booking, way: Way) -> Order {
        let order = self.order(way, booking.detail.trade, booking.detail.cargo, booking.load, None);
        Order {
            made_by: booking.made_by.clone(),
            member: booking.member.clone(),
            detail: Detail {
                itinerary: order.detail.itinerary,
                footprint: order.detail.footprint,
                alternative: None,
                ..booking.detail.clone()
            },
            ..order
        }
    }

    /// Ways between the ends of a booking that depart within a window: the earliest arrival first, of equal ones the latest departure.
    fn ways_for(&self, booking: &Booking, terms: &Terms, departure: Window, room: Option<&Arc<Vacancy>>) -> Vec<Way> {
        let detail = &booking.detail;
        let query = Query {
            origins: vec![detail.origin.clone()],
            destinations: vec![detail.destination.clone()],
            departure: Some(departure),
            most_transshipments: super::journey::MOST_TRANSSHIPMENTS,
            trade: Some(detail.trade),
            reefer: detail.cargo == Cargo::Reefer,
            room: room.cloned(),
            ..Query::default()
        };
        let mut journeys = self.journeys.find(&query);
        journeys.sort_by_key(|journey| (journey.arrival, -journey.departure, journey.rides.len()));
        journeys.iter().filter_map(|journey| self.way(&journey.rides, detail.trade, terms).ok()).collect()
    }

    /// The same services at the same terminals at the same times.
    fn find_identical(&self, booking: &Booking, terms: &Terms) -> Option<Way> {
        let detail = &booking.detail;
        let rides: Option<Vec<DatedRide>> = detail.itinerary.rides.iter().map(|ride| self.find_same_ride(ride)).collect();
        let rides = rides?;
        let of = BoxKind { trade: detail.trade, reefer: detail.cargo == Cargo::Reefer };
        self.journeys.check(&rides, of).ok()?;
        self.way(&rides, detail.trade, terms).ok()
    }

    fn find_same_ride(&self, ride: &BookedRide) -> Option<DatedRide> {
        let service = self.document.plan.services.iter().position(|service| service.service == ride.service)?;
        let calls = &self.document.plan.services[service].calls;
        let voyages = self.rollout().voyages(service, ride.berthing_min, ride.departure_min + Minutes(1));
        let same = |dated: &DatedRide| {
            self.booked_ride(*dated).is_some_and(|found| BookedRide { voyage: ride.voyage.clone(), ..found } == *ride)
        };
        let rides = voyages.into_iter().flat_map(|voyage| {
            (0..calls.len()).flat_map(move |from| {
                (from + 1..from + calls.len()).map(move |to| DatedRide {
                    voyage,
                    from: CallPos(from as u16),
                    to: CallPos(to as u16),
                })
            })
        });
        rides.into_iter().find(same)
    }
}

fn arrival(way: &Way) -> Minutes {
    way.itinerary.rides.last().map_or(Minutes(i64::MAX), |ride| ride.arrival_min)
}

/// The first minute not before `at` at which a terminal is open.
fn open_after(open: Option<(Minutes, Minutes)>, at: Minutes) -> Minutes {
    let Some((from, to)) = open else { return at };
    let (day, minute) = (at.0.div_euclid(DAY) * DAY, at.0.rem_euclid(DAY));
    match minute {
        minute if minute < from.0 => Minutes(day + from.0),
        minute if minute >= to.0 => Minutes(day + DAY + from.0),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // nobody takes a box in or hands it out at night where the gate is shut
    #[test]
    fn boxes_change_hands_while_the_terminal_is_open() {
        let open = Some((Minutes(6 * 60), Minutes(22 * 60)));
        let day = 10 * DAY;
        for (at, before, after) in [
            (day + 5 * 60, day - DAY + 22 * 60, day + 6 * 60),
            (day + 6 * 60, day + 6 * 60, day + 6 * 60),
            (day + 12 * 60, day + 12 * 60, day + 12 * 60),
            (day + 23 * 60, day + 22 * 60, day + DAY + 6 * 60),
        ] {
            assert_eq!(open_before(open, Minutes(at)), Minutes(before));
            assert_eq!(open_after(open, Minutes(at)), Minutes(after));
        }
        assert_eq!((open_before(None, Minutes(5)), open_after(None, Minutes(5))), (Minutes(5), Minutes(5)));
    }
}
