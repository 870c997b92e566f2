//! The timetable rolled out to dates. A plan repeats every cycle; its cycles are counted from Monday 1 January 2024, 00:00 in
//! Asia/Shanghai, so that the weeks of a fortnightly plan are the same for everyone who asks. Times here are minutes since then.

use super::dates::local_time;
use super::document::PlanDocument;
use crate::domain::*;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Asia::Shanghai;
use std::collections::BTreeMap;
use std::sync::Arc;

const DAY: i64 = 24 * 60;

/// The day on which cycle 0 of every plan starts: a Monday.
pub const FIRST_CYCLE: NaiveDate = NaiveDate::from_ymd_opt(2024, 1, 1).expect("a date of the calendar");

/// Years in which timetables are rolled out; dates outside are refused at the door, so that no sum of minutes can overflow.
pub const YEARS: std::ops::RangeInclusive<i32> = 2000..=2199;

/// One sailing on one date: what a shipper knows as a voyage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Voyage {
    /// Row of the service in the plan.
    pub service: usize,
    /// Cycle in which the first call is berthed, counted from [`FIRST_CYCLE`].
    pub cycle: i64,
    /// Number of the sailing in its cycle.
    pub sailing: u32,
}

/// A box on board of one voyage, from one call to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatedRide {
    pub voyage: Voyage,
    /// Loaded here, below the number of calls.
    pub from: CallPos,
    /// Discharged here; positions from the number of calls on belong to the vessel's next voyage.
    pub to: CallPos,
}

/// A plan whose voyages can be asked for by date.
#[derive(Clone, Debug)]
pub struct Rollout {
    document: Arc<PlanDocument>,
    services: Vec<Timed>,
    names: BTreeMap<TerminalCode, TerminalName>,
}

/// A service with its sailings at hand.
#[derive(Clone, Debug)]
struct Timed {
    /// Row in the plan's sailings, by number.
    rows: Vec<usize>,
    /// Place of each sailing, by number, among those of its cycle in the order of their first berthing.
    ranks: Vec<i64>,
    /// Earliest arrival and latest return of its sailings, from the start of their cycle.
    span: (i64, i64),
}

impl Rollout {
    /// Indexes a published plan. A service that lacks a sailing or a call, which no audited plan has, is left without voyages.
    pub fn new(document: Arc<PlanDocument>) -> Self {
        let plan = &document.plan;
        let services = plan.services.iter().map(|service| Timed::new(plan, service)).collect();
        let names = plan.terminals.iter().map(|name| (name.terminal.clone(), name.clone())).collect();
        Self { services, names, document }
    }

    /// The plan that is rolled out.
    pub fn plan(&self) -> &Plan {
        &self.document.plan
    }

    /// Positive, also in a broken plan that somebody looks at.
    fn cycle(&self) -> i64 {
        self.plan().cycle_min.0.max(1)
    }

    /// The service of a voyage.
    pub fn service(&self, voyage: Voyage) -> &Service {
        &self.plan().services[voyage.service]
    }

    /// The terminal as the plan names it to a reader.
    pub fn name(&self, terminal: &TerminalCode) -> Option<&TerminalName> {
        self.names.get(terminal)
    }

    /// Voyages of a service that are under way, from the first arrival to the return, at some time from `from` until before `until`;
    /// in the order of their first berthing.
    pub fn voyages(&self, service: usize, from: Minutes, until: Minutes) -> Vec<Voyage> {
        let (cycle, timed) = (self.cycle(), &self.services[service]);
        if timed.rows.is_empty() || until <= from {
            return Vec::new();
        }
        let first = (from.0 - timed.span.1).div_euclid(cycle);
        let last = (until.0 - timed.span.0).div_euclid(cycle);
        let of_cycle = |cycle| (0..timed.rows.len() as u32).map(move |sailing| Voyage { service, cycle, sailing });
        let mut voyages: Vec<_> = (first..=last).flat_map(of_cycle).filter(|v| self.is_under_way(*v, from, until)).collect();
        voyages.sort_by_key(|voyage| (voyage.cycle, timed.ranks[voyage.sailing as usize]));
        voyages
    }

    fn is_under_way(&self, voyage: Voyage, from: Minutes, until: Minutes) -> bool {
        let start = self.call(voyage, 0).map(|times| times.arrival_min);
        start.is_some_and(|start| start < until && self.back_at(voyage) >= from)
    }

    /// Times of a call of a voyage, in minutes since [`FIRST_CYCLE`]; positions from the number of calls on belong to the vessel's next
    /// voyage. `None` beyond the next voyage.
    pub fn call(&self, voyage: Voyage, position: usize) -> Option<CallTimes> {
        let calls = self.service(voyage).calls.len();
        if position >= calls {
            return if position < 2 * calls { self.call(self.next(voyage), position - calls) } else { None };
        }
        let start = Minutes(voyage.cycle * self.cycle());
        let times = self.sailing(voyage)?.calls.get(position)?;
        Some(CallTimes {
            arrival_min: times.arrival_min + start,
            berthing_min: times.berthing_min + start,
            departure_min: times.departure_min + start,
            berth: times.berth,
        })
    }

    /// Arrival back at the first terminal, in minutes since [`FIRST_CYCLE`].
    pub fn back_at(&self, voyage: Voyage) -> Minutes {
        let back = self.sailing(voyage).map_or(Minutes(0), |sailing| sailing.back_at_min);
        back + Minutes(voyage.cycle * self.cycle())
    }

    fn sailing(&self, voyage: Voyage) -> Option<&Sailing> {
        let row = self.services[voyage.service].rows.get(voyage.sailing as usize)?;
        self.plan().sailings.get(*row)
    }

    /// The voyage that the same vessel makes next.
    pub fn next(&self, voyage: Voyage) -> Voyage {
        self.moved(voyage, i64::from(self.service(voyage).vessels))
    }

    /// The voyage that the same vessel made before.
    pub fn previous(&self, voyage: Voyage) -> Voyage {
        self.moved(voyage, -i64::from(self.service(voyage).vessels))
    }

    /// Sailing `k` of cycle `w` is number `w * sailings + k` of its service.
    fn moved(&self, voyage: Voyage, by: i64) -> Voyage {
        let sailings = self.services[voyage.service].rows.len().max(1) as i64;
        let number = voyage.cycle * sailings + i64::from(voyage.sailing) + by;
        Voyage { cycle: number.div_euclid(sailings), sailing: number.rem_euclid(sailings) as u32, ..voyage }
    }

    /// Which of the service's vessels sails, from 0.
    pub fn vessel(&self, voyage: Voyage) -> u32 {
        let service = self.service(voyage);
        let number = voyage.cycle * i64::from(service.sailings_per_cycle) + i64::from(voyage.sailing);
        number.rem_euclid(i64::from(service.vessels.max(1))) as u32
    }

    /// The number of a voyage among those of its service: year of the first berthing, place in that year from 1 in base 36, `R` for a
    /// round trip, such as `2603R`.
    pub fn voyage_number(&self, voyage: Voyage) -> String {
        let Some(first) = self.call(voyage, 0) else { return String::from("0000R") };
        let year = date_of(first.berthing_min).map_or(FIRST_CYCLE.year(), |date| date.year());
        let start = NaiveDate::from_ymd_opt(year, 1, 1).map_or(Minutes(0), minutes_of);
        let place = self.place(voyage) - self.first_place(voyage.service, start) + 1;
        format!("{:02}{}{}R", year.rem_euclid(100), base_36(place / 36), base_36(place))
    }

    /// The voyage of a service that carries a number of the years 2000 to 2099; `None` when there is none.
    pub fn find_voyage(&self, service: usize, number: &str) -> Option<Voyage> {
        let timed = self.services.get(service).filter(|timed| !timed.rows.is_empty())?;
        let (year, place) = (number.get(..2)?, number.get(2..4)?);
        let year = 2000 + i32::from(year.parse::<u8>().ok()?);
        let start = minutes_of(NaiveDate::from_ymd_opt(year, 1, 1)?);
        let place = self.first_place(service, start) + i64::from_str_radix(place, 36).ok()? - 1;
        let sailings = timed.rows.len() as i64;
        let rank = place.rem_euclid(sailings);
        let sailing = timed.ranks.iter().position(|known| *known == rank)?;
        let voyage = Voyage { service, cycle: place.div_euclid(sailings), sailing: u32::try_from(sailing).ok()? };
        (self.voyage_number(voyage) == number).then_some(voyage)
    }

    /// Voyages of a service counted in the order of their first berthing.
    fn place(&self, voyage: Voyage) -> i64 {
        let timed = &self.services[voyage.service];
        voyage.cycle * timed.rows.len() as i64 + timed.ranks.get(voyage.sailing as usize).copied().unwrap_or(0)
    }

    /// The place of the first voyage berthed at `start` or later.
    fn first_place(&self, service: usize, start: Minutes) -> i64 {
        let cycle = start.0.div_euclid(self.cycle());
        let timed = &self.services[service];
        let early = (0..timed.rows.len() as u32)
            .filter_map(|sailing| self.call(Voyage { service, cycle, sailing }, 0))
            .filter(|times| times.berthing_min < start);
        cycle * timed.rows.len() as i64 + early.count() as i64
    }
}

impl Timed {
    fn new(plan: &Plan, service: &Service) -> Self {
        let rows: Option<Vec<usize>> =
            (0..service.sailings_per_cycle).map(|number| find_sailing(plan, service, number)).collect();
        let rows = rows.filter(|_| !service.calls.is_empty() && service.vessels > 0).unwrap_or_default();
        let sailings = || rows.iter().map(|row| &plan.sailings[*row]);
        let first = sailings().flat_map(|s| s.calls.iter().map(|call| call.arrival_min.0)).min().unwrap_or(0);
        let last = sailings().map(|s| s.back_at_min.0).max().unwrap_or(0);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|number| (plan.sailings[rows[*number]].calls[0].berthing_min, *number));
        let mut ranks = vec![0; rows.len()];
        for (rank, number) in order.into_iter().enumerate() {
            ranks[number] = rank as i64;
        }
        Self { rows, ranks, span: (first, last) }
    }
}

fn find_sailing(plan: &Plan, service: &Service, number: u32) -> Option<usize> {
    let is_it = |s: &Sailing| s.service == service.service && s.number == number && s.calls.len() == service.calls.len();
    plan.sailings.iter().position(is_it)
}

fn base_36(place: i64) -> char {
    char::from_digit((place.rem_euclid(36)) as u32, 36).unwrap_or('0').to_ascii_uppercase()
}

/// The start of a day in Asia/Shanghai, in minutes since [`FIRST_CYCLE`].
pub fn minutes_of(day: NaiveDate) -> Minutes {
    Minutes(day.signed_duration_since(FIRST_CYCLE).num_days() * DAY)
}

/// The local day of a time; `None` beyond the calendar.
pub fn date_of(at: Minutes) -> Option<NaiveDate> {
    FIRST_CYCLE.checked_add_signed(TimeDelta::try_days(at.0.div_euclid(DAY))?)
}

/// The local time, with its offset from UTC; `None` beyond the calendar.
pub fn shown_at(at: Minutes) -> Option<DateTime<FixedOffset>> {
    local_time(FIRST_CYCLE, at).map(|time| time.fixed_offset())
}

/// A time of the world as minutes since [`FIRST_CYCLE`], rounded down.
pub fn minutes_at(time: DateTime<Utc>) -> Minutes {
    let local = time.with_timezone(&Shanghai).naive_local();
    Minutes(local.signed_duration_since(FIRST_CYCLE.and_time(NaiveTime::MIN)).num_minutes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rollout() -> Rollout {
        let document: PlanDocument = serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap();
        Rollout::new(Arc::new(document))
    }

    // the return of a voyage is the arrival of the vessel's next one, whichever cycle that lies in
    #[test]
    fn a_voyage_ends_where_the_vessels_next_one_begins() {
        let rollout = rollout();
        for service in 0..rollout.plan().services.len() {
            for voyage in rollout.voyages(service, Minutes(0), Minutes(30 * DAY)) {
                let next = rollout.next(voyage);
                assert_eq!(rollout.call(next, 0).unwrap().arrival_min, rollout.back_at(voyage), "{voyage:?}");
                assert_eq!(rollout.previous(next), voyage);
                assert_eq!(rollout.vessel(next), rollout.vessel(voyage));
            }
        }
    }

    // numbers start again each year and are never given twice
    #[test]
    fn voyage_numbers_are_unique_and_start_again_with_the_year() {
        let rollout = rollout();
        let year = |year| minutes_of(NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
        for service in 0..rollout.plan().services.len() {
            let voyages = rollout.voyages(service, year(2026), year(2028));
            let numbers: Vec<_> = voyages.iter().map(|voyage| rollout.voyage_number(*voyage)).collect();
            let unique: std::collections::BTreeSet<_> = numbers.iter().collect();
            assert_eq!(unique.len(), numbers.len());
            assert!(numbers.contains(&"2601R".to_owned()) && numbers.contains(&"2701R".to_owned()), "{numbers:?}");
        }
    }

    #[test]
    fn days_and_times_are_those_of_shanghai() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap();
        let at = minutes_of(day) + Minutes(375);
        assert_eq!(shown_at(at).unwrap().to_rfc3339(), "2026-12-07T06:15:00+08:00");
        assert_eq!(date_of(at), Some(day));
        assert_eq!(minutes_at("2026-12-06T22:15:30Z".parse().unwrap()), at);
        assert_eq!(FIRST_CYCLE.weekday(), chrono::Weekday::Mon);
    }
}
