//! Times as they are given on the command line.

use crate::domain::Minutes;
use crate::publish::{YEARS, minutes_at, minutes_of};
use anyhow::{Context, bail};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// RFC 3339, or a local time of Asia/Shanghai such as `2026-12-07 06:00` or `2026-12-07`.
pub fn read_time(text: &str) -> anyhow::Result<Minutes> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        in_bounds(time.date_naive())?;
        return Ok(minutes_at(time.with_timezone(&Utc)));
    }
    let clock = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let day = || text.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let clock = clock.or_else(day).with_context(|| format!("`{text}` is no time; write it as 2026-12-07T06:00"))?;
    let midnight = minutes_of(in_bounds(clock.date())?);
    Ok(midnight + Minutes(clock.signed_duration_since(clock.date().and_time(NaiveTime::MIN)).num_minutes()))
}

/// A day on which timetables are rolled out.
pub fn in_bounds(day: NaiveDate) -> anyhow::Result<NaiveDate> {
    if !YEARS.contains(&day.year()) {
        bail!("{day} is out of bounds; give a day of the years 2000 to 2199");
    }
    Ok(day)
}
