//! Everything a box can do, by walking the timetable date by date: all calls of all voyages over some weeks, and from each loading all
//! that can be reached with one ride, two rides and so on. It shares no code and no idea with the search but the plan itself.

use std::collections::BTreeSet;
use waterbus::domain::*;
use waterbus::service::journey::{LONGEST_JOURNEY, MOST_TRANSSHIPMENTS, Query, Window};

/// Departure, arrival, transshipments.
pub type Merits = (i64, i64, usize);

/// A call on a date.
#[derive(Clone, Debug)]
struct Call {
    service: usize,
    /// Which vessel, and which of its calls since its first voyage looked at.
    vessel: i64,
    order: i64,
    sailing: u32,
    position: usize,
    terminal: TerminalCode,
    arrival: i64,
    berthing: i64,
    departure: i64,
}

pub struct World<'a> {
    plan: &'a Plan,
    problem: &'a Problem,
    calls: Vec<Call>,
}

impl<'a> World<'a> {
    /// All calls from some cycles before `from` to some after `until`.
    pub fn new(plan: &'a Plan, problem: &'a Problem, from: i64, until: i64) -> Self {
        let cycle = plan.cycle_min.0;
        let mut calls = Vec::new();
        for (row, service) in plan.services.iter().enumerate() {
            let longest = plan
                .sailings
                .iter()
                .filter(|s| s.service == service.service)
                .map(|s| s.back_at_min.0)
                .max()
                .expect("each service sails");
            for week in (from - longest).div_euclid(cycle) - 1..=until.div_euclid(cycle) + 1 {
                for sailing in plan.sailings.iter().filter(|s| s.service == service.service) {
                    let number = week * i64::from(service.sailings_per_cycle) + i64::from(sailing.number);
                    let (vessel, voyage) =
                        (number.rem_euclid(i64::from(service.vessels)), number.div_euclid(i64::from(service.vessels)));
                    for (position, times) in sailing.calls.iter().enumerate() {
                        calls.push(Call {
                            service: row,
                            vessel,
                            order: voyage * service.calls.len() as i64 + position as i64,
                            sailing: sailing.number,
                            position,
                            terminal: service.calls[position].clone(),
                            arrival: times.arrival_min.0 + week * cycle,
                            berthing: times.berthing_min.0 + week * cycle,
                            departure: times.departure_min.0 + week * cycle,
                        });
                    }
                }
            }
        }
        Self { plan, problem, calls }
    }

    /// The best of all ways, by departure, arrival and transshipments.
    pub fn best(&self, query: &Query) -> BTreeSet<Merits> {
        let mut all = BTreeSet::new();
        for origin in &query.origins {
            for destination in query.destinations.iter().filter(|to| *to != origin) {
                self.add_ways(query, origin, destination, &mut all);
            }
        }
        let beats = |a: &Merits, b: &Merits| a != b && a.0 >= b.0 && a.1 <= b.1 && a.2 <= b.2;
        all.iter().filter(|way| !all.iter().any(|other| beats(other, way))).copied().collect()
    }

    fn add_ways(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, all: &mut BTreeSet<Merits>) {
        let within = |window: Option<Window>, at: i64| window.is_none_or(|w| (w.from.0..w.until.0).contains(&at));
        let starts = self.calls.iter().enumerate().filter(|(_, c)| c.terminal == *origin && within(query.departure, c.departure));
        for (start, first) in starts {
            let mut loaded = BTreeSet::from([start]);
            for transshipments in 0..=query.most_transshipments.min(MOST_TRANSSHIPMENTS) {
                let mut ashore: Vec<(TerminalCode, i64)> = Vec::new();
                for row in &loaded {
                    for call in self.rides(query, origin, destination, &self.calls[*row]) {
                        let is_in_time =
                            within(query.arrival, call.arrival) && call.arrival - first.departure <= LONGEST_JOURNEY.0;
                        if call.terminal == *destination && is_in_time {
                            all.insert((first.departure, call.arrival, transshipments));
                        }
                        let terminal = self.terminal(&call.terminal);
                        if terminal.transshipment && self.may_be_at(query, origin, destination, &call.terminal) {
                            ashore.push((call.terminal.clone(), call.departure + self.problem.settings.transfer.0));
                        }
                    }
                }
                let next = |call: &Call| ashore.iter().any(|(at, ready)| *at == call.terminal && call.berthing >= *ready);
                let limit = first.departure + LONGEST_JOURNEY.0;
                loaded =
                    self.calls.iter().enumerate().filter(|(_, c)| c.berthing <= limit && next(c)).map(|(row, _)| row).collect();
            }
        }
    }

    /// Calls at which the box may leave the vessel it is loaded on at this call, at most one round later.
    fn rides(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, from: &Call) -> Vec<&Call> {
        let service = &self.plan.services[from.service];
        if !self.may_ride(query, origin, destination, service) || !self.may_lift(query, &from.terminal) {
            return Vec::new();
        }
        let apart = |trade: Trade| query.trade == Some(trade) && !service.mixed_direction;
        if apart(Trade::Export) && self.imports_stay(from) {
            return Vec::new();
        }
        let mut later: Vec<&Call> = self
            .calls
            .iter()
            .filter(|c| (c.service, c.vessel) == (from.service, from.vessel))
            .filter(|c| from.order < c.order && c.order < from.order + service.calls.len() as i64)
            .collect();
        later.sort_by_key(|call| call.order);
        let mut rides = Vec::new();
        for call in later {
            if self.may_lift(query, &call.terminal) {
                rides.push(call);
            }
            if !self.may_be_at(query, origin, destination, &call.terminal) || (apart(Trade::Import) && self.exports_load(call)) {
                break;
            }
        }
        rides
    }

    fn terminal(&self, code: &TerminalCode) -> &Terminal {
        self.problem.terminal(self.row(code))
    }

    fn row(&self, code: &TerminalCode) -> TerminalIdx {
        self.problem.find_terminal(code).expect("the plan calls at terminals of the instance")
    }

    fn is_listed(&self, query: &Query, path: [&TerminalCode; 3]) -> bool {
        let path = path.map(|code| self.row(code));
        query.trade == Some(Trade::CrossBorderDomestic) && self.problem.cross_border.contains(&path)
    }

    /// R8: between two mainland terminals the box is never in Hong Kong or Macau, unless that path is listed.
    fn may_be_at(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, at: &TerminalCode) -> bool {
        let ends_outside = [origin, destination].into_iter().any(|end| self.terminal(end).region.is_outside());
        !self.terminal(at).region.is_outside() || ends_outside || self.is_listed(query, [origin, at, destination])
    }

    /// A-REGIME, R1, plugs.
    fn may_ride(&self, query: &Query, origin: &TerminalCode, destination: &TerminalCode, service: &Service) -> bool {
        let legs: Vec<_> = self.plan.slots.iter().filter(|s| s.service == service.service).collect();
        if query.reefer && (legs.is_empty() || legs.iter().any(|leg| leg.reefer_plugs.0 <= 0)) {
            return false;
        }
        let Some(trade) = query.trade else { return true };
        let fits = match service.regime {
            Regime::Mixed => true,
            Regime::Foreign => !trade.is_domestic(),
            Regime::Domestic => !trade.is_foreign(),
        };
        let outside: Vec<_> = service.calls.iter().filter(|call| self.terminal(call).region.is_outside()).collect();
        let barred = trade.is_domestic()
            && !outside.is_empty()
            && !outside.iter().any(|via| self.is_listed(query, [origin, via, destination]));
        fits && !barred
    }

    /// R4.
    fn may_lift(&self, query: &Query, at: &TerminalCode) -> bool {
        let terminal = self.terminal(at);
        query.trade.is_none_or(|trade| {
            (!trade.is_foreign() || terminal.foreign_trade) && (!trade.is_domestic() || terminal.domestic_trade)
        })
    }

    /// R6: calls of the cycle that the plan's own cargo of a trade touches, by (service, sailing, call).
    fn touched(&self, at: &Call, trade: Trade, positions: impl Fn(&Ride) -> std::ops::Range<usize>) -> bool {
        let service = &self.plan.services[at.service];
        let calls = service.calls.len();
        let rides = self
            .plan
            .shipments
            .iter()
            .filter(|s| s.trade == trade)
            .flat_map(|s| &s.rides)
            .filter(|r| r.service == service.service);
        rides.into_iter().any(|ride| {
            positions(ride).any(|position| {
                let sailing = (u64::from(ride.sailing) + (position / calls) as u64 * u64::from(service.vessels))
                    % u64::from(service.sailings_per_cycle);
                position % calls == at.position && sailing == u64::from(at.sailing)
            })
        })
    }

    fn imports_stay(&self, at: &Call) -> bool {
        self.touched(at, Trade::Import, |ride| ride.from_call.row() + 1..ride.to_call.row())
    }

    fn exports_load(&self, at: &Call) -> bool {
        self.touched(at, Trade::Export, |ride| ride.from_call.row()..ride.from_call.row() + 1)
    }
}
