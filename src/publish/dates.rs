//! Minutes of the cycle as weekdays and as dates. The cycle starts on a Monday at 00:00 in Asia/Shanghai.

use crate::domain::Minutes;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Weekday};
use chrono_tz::{Asia::Shanghai, Tz};

/// The local time of a minute of the cycle that starts on the given Monday at 00:00 in Asia/Shanghai; `None` beyond the calendar, or for
/// a clock time that summer time skipped (last in 1991).
pub fn local_time(cycle_start: NaiveDate, at: Minutes) -> Option<DateTime<Tz>> {
    let midnight = cycle_start.and_time(NaiveTime::MIN);
    let clock = midnight.checked_add_signed(TimeDelta::try_minutes(at.0)?)?;
    Shanghai.from_local_datetime(&clock).earliest()
}

/// How a timetable shows its times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Weekday and time, such as `Mon 06:15`; `+1w` marks a time of the week after the cycle's first, `-1w` of the week before.
    #[default]
    Weekdays,
    /// The cycle that starts on this Monday, with dates, such as `Mon 07 Dec 06:15`.
    From(NaiveDate),
}

impl Clock {
    /// Shows dates of the cycle that starts on `monday`; `None` when that is no Monday, on which every cycle starts.
    pub fn from_monday(monday: NaiveDate) -> Option<Self> {
        (monday.weekday() == Weekday::Mon).then_some(Self::From(monday))
    }

    /// The time as text.
    pub fn show(self, at: Minutes) -> String {
        match self {
            Self::Weekdays => at.in_week(),
            Self::From(monday) => match local_time(monday, at) {
                Some(time) => time.format("%a %d %b %H:%M").to_string(),
                None => at.in_week(),
            },
        }
    }

    /// Characters of the longest time that is usual, so that columns line up.
    pub fn width(self) -> usize {
        match self {
            Self::Weekdays => "Mon 06:15 +1w".len(),
            Self::From(_) => "Mon 07 Dec 06:15".len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60;
    const WEEK: i64 = 7 * DAY;

    fn monday() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 7).unwrap()
    }

    #[test]
    fn a_time_is_a_weekday_and_says_when_it_leaves_the_first_week() {
        assert_eq!(Clock::Weekdays.show(Minutes(375)), "Mon 06:15");
        assert_eq!(Clock::Weekdays.show(Minutes(WEEK + DAY + 60)), "Tue 01:00 +1w");
        assert_eq!(Clock::Weekdays.show(Minutes(-30)), "Sun 23:30 -1w");
    }

    #[test]
    fn a_cycle_rolls_out_to_dates_in_shanghai() {
        let time = local_time(monday(), Minutes(WEEK + 375)).unwrap();
        assert_eq!(time.to_rfc3339(), "2026-12-14T06:15:00+08:00");
        assert_eq!(Clock::from_monday(monday()).unwrap().show(Minutes(-60)), "Sun 06 Dec 23:00");
    }

    #[test]
    fn a_cycle_starts_on_a_monday_and_stays_in_the_calendar() {
        assert_eq!(Clock::from_monday(monday().succ_opt().unwrap()), None);
        assert_eq!(local_time(monday(), Minutes(i64::MAX)), None);
    }
}
