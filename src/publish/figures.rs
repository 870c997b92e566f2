//! Numbers as text, the same way in every document.

use crate::domain::{Cents, Minutes, Practice, Reason, Regime, Trade};

/// Shown where a plan names something that it does not hold.
pub const UNKNOWN: &str = "?";

/// A whole number with a comma between thousands: `1,234,567`.
pub fn whole(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Money in whole units, rounded half away from zero: `12,345`.
pub fn money(amount: Cents) -> String {
    whole(amount.units().round() as i64)
}

/// A share as percent with one decimal: `82.8 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A change with its sign: `+3.4 %`; `new` from nothing, `0.0 %` from nothing to nothing.
pub fn change(percent: Option<f64>) -> String {
    match percent {
        // a change that rounds to nothing has no sign
        Some(value) if value.abs() < 0.05 => "0.0 %".to_owned(),
        Some(value) => format!("{value:+.1} %"),
        None => "new".to_owned(),
    }
}

/// A duration in hours and minutes: `13:15`.
pub fn duration(time: Minutes) -> String {
    let sign = if time.0 < 0 { "-" } else { "" };
    let minutes = time.0.unsigned_abs();
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// `1 vessel`, `2 vessels`.
pub fn counted(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// How often a cycle repeats, after a count: `a week`, `in 2 weeks`, `in 10 days`.
pub fn per_cycle(cycle: Minutes) -> String {
    const DAY: i64 = 24 * 60;
    match cycle.0 {
        minutes if minutes == 7 * DAY => "a week".to_owned(),
        minutes if minutes % (7 * DAY) == 0 => format!("in {} weeks", minutes / (7 * DAY)),
        minutes if minutes % DAY == 0 => format!("in {} days", minutes / DAY),
        _ => format!("in {} h", duration(cycle)),
    }
}

/// The trade of a service for a reader.
pub fn regime(regime: Regime) -> &'static str {
    match regime {
        Regime::Foreign => "foreign",
        Regime::Domestic => "domestic",
        Regime::Mixed => "mixed",
    }
}

/// The customs status of cargo for a reader.
pub fn trade(trade: Trade) -> &'static str {
    match trade {
        Trade::Export => "export",
        Trade::Import => "import",
        Trade::Transit => "transit",
        Trade::Domestic => "domestic",
        Trade::CrossBorderDomestic => "cross-border domestic",
        Trade::Empty => "empty",
    }
}

/// The practice in a sentence.
pub fn practice(practice: Practice) -> &'static str {
    match practice {
        Practice::WaterBus => "water bus: shared vessels, several calls, loading and discharging on the way",
        Practice::SeparateTrades => "separate trades: hub shuttles, domestic and foreign cargo on vessels of their own",
    }
}

/// The reason why cargo stays, after a number of TEU.
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NotPermitted => "not permitted on any vessel",
        Reason::RateTooLow => "rate too low for its lifts",
        Reason::NoService => "no service joins its ends",
        Reason::TooSlow => "no way within its transit time",
        Reason::MissesMotherVessel => "no way meets its mother vessel",
        Reason::Full => "slots went to cargo that earns more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands_and_rounded_away_from_zero() {
        assert_eq!(whole(-1_234_567), "-1,234,567");
        assert_eq!(whole(100), "100");
        assert_eq!(money(Cents(-123_450)), "-1,235");
    }

    #[test]
    fn durations_and_changes_show_their_sign() {
        assert_eq!(duration(Minutes(-90)), "-1:30");
        assert_eq!(change(Some(-0.01)), "0.0 %");
        assert_eq!(change(Some(3.44)), "+3.4 %");
        assert_eq!(per_cycle(Minutes(20_160)), "in 2 weeks");
    }
}
