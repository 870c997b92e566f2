//! What the ledger should do, written down a second time as plainly as can be: maps, no database, no batches. It shares the words of orders
//! and answers with the ledger, and none of its code.

use std::collections::BTreeMap;
use waterbus::domain::{Kg, Minutes, Teu};
use waterbus::service::ledger::{Act, Change, IfFull, Leg, Load, Order, Refusal, Resource, State, Terms};

/// A leg as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelLeg {
    pub berthing: Minutes,
    pub capacity: Load,
    pub limit: Teu,
    pub used: Load,
    pub returned: bool,
    /// Allotted and used, by member.
    pub shares: BTreeMap<String, (Teu, Teu)>,
}

/// A booking as the model sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelBooking {
    pub state: State,
    pub member: Option<String>,
    pub load: Load,
    /// Place and account; `None` while no slots are held.
    pub legs: Vec<(String, Option<String>)>,
    pub closes: Minutes,
    pub loads: Minutes,
    pub ends: Minutes,
    pub offer_until: Option<Minutes>,
    /// Order of asking.
    pub line: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub terms: Terms,
    pub legs: BTreeMap<String, ModelLeg>,
    pub bookings: Vec<ModelBooking>,
    lines: u64,
}

impl ModelLeg {
    fn kept(&self) -> Teu {
        self.shares.values().map(|(allotted, used)| *allotted - *used).sum()
    }

    /// What may be booked is what the alliance has set, or what is booked and kept where that is more.
    fn sink(&mut self, percent: i64) {
        let set = Teu(self.capacity.teu.0 + self.capacity.teu.0 * percent / 100);
        self.limit = self.limit.min(set.max(self.used.teu + self.kept()));
    }

    fn account_for(&self, load: &Load, member: Option<&String>) -> Result<String, Resource> {
        let own = member.filter(|member| self.shares.get(*member).is_some_and(|(allotted, used)| *allotted - *used >= load.teu));
        let open = self.limit - self.used.teu - self.kept() >= load.teu;
        if own.is_none() && !open {
            return Err(Resource::Slots);
        }
        if self.used.kg + load.kg > self.capacity.kg {
            return Err(Resource::Tonnes);
        }
        if self.used.plugs + load.plugs > self.capacity.plugs {
            return Err(Resource::Plugs);
        }
        if self.used.dangerous + load.dangerous > self.capacity.dangerous {
            return Err(Resource::DangerousGoods);
        }
        Ok(own.cloned().unwrap_or_default())
    }

    fn add(&mut self, load: &Load, account: &str, sign: i64) {
        self.used = Load {
            teu: self.used.teu + load.teu * sign,
            kg: Kg(self.used.kg.0 + load.kg.0 * sign),
            plugs: self.used.plugs + load.plugs * sign,
            dangerous: self.used.dangerous + load.dangerous * sign,
        };
        if let Some((allotted, used)) = self.shares.get_mut(account) {
            *used += load.teu * sign;
            if self.returned && sign < 0 {
                *allotted = *used;
            }
        }
    }
}

impl Model {
    fn next_line(&mut self) -> u64 {
        self.lines += 1;
        self.lines
    }

    fn open(&mut self, legs: &[Leg], now: Minutes) {
        for leg in legs {
            let terms = self.terms;
            self.legs.entry(leg.place()).or_insert_with(|| {
                let returned = now >= terms.returns(leg.berthing);
                let shares = leg.shares.iter().filter(|_| !returned);
                ModelLeg {
                    berthing: leg.berthing,
                    capacity: leg.capacity,
                    limit: Teu(leg.capacity.teu.0 + leg.capacity.teu.0 * terms.overbooking_percent / 100),
                    used: Load::default(),
                    returned,
                    shares: shares.map(|(member, teu)| (member.clone(), (*teu, Teu(0)))).collect(),
                }
            });
        }
    }

    /// Accounts on all legs, or the first leg that lacks something.
    fn find(&self, places: &[String], load: &Load, member: Option<&String>) -> Result<Vec<(String, Option<String>)>, Refusal> {
        let mut found = Vec::new();
        for place in places {
            let parts: Vec<&str> = place.split(':').collect();
            let account = self.legs[place].account_for(load, member).map_err(|resource| Refusal::Full {
                service: parts[1].to_owned(),
                sailing: parts[3].parse().unwrap(),
                leg: parts[4].parse().unwrap(),
                resource,
            });
            found.push((place.clone(), Some(account?)));
        }
        Ok(found)
    }

    fn hold(&mut self, legs: &[(String, Option<String>)], load: &Load, sign: i64) {
        for (place, account) in legs {
            if let Some(account) = account {
                let percent = self.terms.overbooking_percent;
                let leg = self.legs.get_mut(place).unwrap();
                leg.add(load, account, sign);
                if sign < 0 {
                    leg.sink(percent);
                }
            }
        }
    }

    pub fn book(&mut self, order: &Order, now: Minutes) -> Result<usize, Refusal> {
        if now >= order.closes {
            return Err(Refusal::Closed);
        }
        self.open(&order.legs, now);
        let places = order.places();
        let (state, legs) = match self.find(&places, &order.load, order.member.as_ref()) {
            Ok(legs) => (State::Confirmed, legs),
            Err(refusal) if order.if_full == IfFull::Refuse => return Err(refusal),
            Err(_) => (State::Received, places.into_iter().map(|place| (place, None)).collect()),
        };
        self.hold(&legs, &order.load, 1);
        let line = self.next_line();
        self.bookings.push(ModelBooking {
            state,
            member: order.member.clone(),
            load: order.load,
            legs,
            closes: order.closes,
            loads: order.loads,
            ends: order.ends,
            offer_until: None,
            line,
        });
        Ok(self.bookings.len() - 1)
    }

    pub fn change(&mut self, row: usize, change: &Change, now: Minutes) -> Result<(), Refusal> {
        let state = self.bookings[row].state;
        let not_now = |act| Err(Refusal::NotNow { state, act });
        match change {
            Change::Cancel => match state {
                State::Received | State::PendingUpdate | State::Confirmed if now >= self.bookings[row].loads => {
                    Err(Refusal::Closed)
                }
                State::Received | State::PendingUpdate | State::Confirmed => {
                    self.end(row, State::Cancelled, now);
                    Ok(())
                }
                _ => not_now(Act::Cancel),
            },
            Change::Accept if state != State::PendingUpdate => not_now(Act::Accept),
            Change::Accept if self.bookings[row].offer_until.unwrap() < now => Err(Refusal::OfferOver),
            Change::Accept => {
                self.bookings[row].state = State::Confirmed;
                self.bookings[row].offer_until = None;
                Ok(())
            }
            Change::DeclineOffer if state != State::PendingUpdate => not_now(Act::DeclineOffer),
            Change::DeclineOffer => {
                self.end(row, State::Rejected, now);
                Ok(())
            }
            Change::Amend(order) => self.amend(row, order, now),
        }
    }

    fn end(&mut self, row: usize, state: State, now: Minutes) {
        let booking = self.bookings[row].clone();
        self.hold(&booking.legs, &booking.load, -1);
        let ended = &mut self.bookings[row];
        ended.state = state;
        ended.offer_until = None;
        ended.legs.iter_mut().for_each(|(_, account)| *account = None);
        self.serve(now);
    }

    fn amend(&mut self, row: usize, order: &Order, now: Minutes) -> Result<(), Refusal> {
        let before = self.clone();
        let old = self.bookings[row].clone();
        if !matches!(old.state, State::Received | State::Confirmed) {
            return Err(Refusal::NotNow { state: old.state, act: Act::Book });
        }
        if now >= old.closes || now >= order.closes {
            return Err(Refusal::Closed);
        }
        self.open(&order.legs, now);
        self.hold(&old.legs, &old.load, -1);
        let places = order.places();
        let (state, legs) = match self.find(&places, &order.load, old.member.as_ref()) {
            Ok(legs) => (State::Confirmed, legs),
            Err(_) if old.state == State::Received && order.if_full == IfFull::Wait => {
                let same = old.legs.iter().map(|(place, _)| place).eq(&places);
                if !same || !order.load.is_within(&old.load) {
                    self.bookings[row].line = self.next_line();
                }
                (State::Received, places.into_iter().map(|place| (place, None)).collect())
            }
            Err(refusal) => {
                *self = before;
                return Err(refusal);
            }
        };
        self.hold(&legs, &order.load, 1);
        let booking = &mut self.bookings[row];
        (booking.state, booking.legs, booking.load) = (state, legs, order.load);
        (booking.closes, booking.loads, booking.ends) = (order.closes, order.loads, order.ends);
        self.serve(now);
        Ok(())
    }

    /// Looks at everybody who waits, in the order of asking.
    fn serve(&mut self, now: Minutes) {
        let mut waiting: Vec<usize> =
            (0..self.bookings.len()).filter(|row| self.bookings[*row].state == State::Received).collect();
        waiting.sort_by_key(|row| self.bookings[*row].line);
        for row in waiting {
            let booking = self.bookings[row].clone();
            let places: Vec<String> = booking.legs.iter().map(|(place, _)| place.clone()).collect();
            let Ok(legs) = self.find(&places, &booking.load, booking.member.as_ref()) else { continue };
            if now >= booking.closes {
                continue;
            }
            self.hold(&legs, &booking.load, 1);
            let booking = &mut self.bookings[row];
            booking.state = State::PendingUpdate;
            booking.legs = legs;
            let until = now + Minutes(self.terms.offer_h * 60);
            booking.offer_until = Some(if until < booking.closes { until } else { booking.closes });
        }
    }

    /// All that is due, in the stated order.
    pub fn settle(&mut self, now: Minutes) {
        let mut rows: Vec<usize> = (0..self.bookings.len()).collect();
        rows.sort_by_key(|row| self.bookings[*row].line);
        for row in &rows {
            let booking = &mut self.bookings[*row];
            match booking.state {
                State::Confirmed if booking.ends <= now => booking.state = State::Completed,
                State::Received if booking.closes <= now => booking.state = State::Rejected,
                _ => {}
            }
        }
        rows.sort_by_key(|row| (self.bookings[*row].offer_until, self.bookings[*row].line));
        let lapsed: Vec<usize> = rows
            .into_iter()
            .filter(|row| self.bookings[*row].state == State::PendingUpdate && self.bookings[*row].offer_until < Some(now))
            .collect();
        for row in lapsed {
            self.end(row, State::Rejected, now);
        }
        let returns: Vec<String> = self
            .legs
            .iter()
            .filter(|(_, leg)| !leg.returned && now >= self.terms.returns(leg.berthing))
            .map(|(place, _)| place.clone())
            .collect();
        for place in returns {
            let leg = self.legs.get_mut(&place).unwrap();
            leg.returned = true;
            leg.shares.values_mut().for_each(|(allotted, used)| *allotted = *used);
            leg.sink(self.terms.overbooking_percent);
            self.serve(now);
        }
    }

    pub fn set_terms(&mut self, terms: Terms, now: Minutes) {
        self.terms = terms;
        for leg in self.legs.values_mut().filter(|leg| leg.berthing > now) {
            let limit = Teu(leg.capacity.teu.0 + leg.capacity.teu.0 * terms.overbooking_percent / 100);
            leg.limit = limit.max(leg.used.teu + leg.kept());
        }
        self.serve(now);
    }
}
