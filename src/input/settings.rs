//! `instance.toml` and `charges.csv`: the settings of the whole instance. Settings are walked one by one, so that all errors are found
//! and each has its line.

use super::ErrorCode::*;
use super::charges::Prices;
use super::errors::{At, Errors, shown};
use super::schema::SETTINGS;
use super::table::check_text;
use super::walk::{NO_SECTION, Walk, line_of};
use crate::domain::{Cents, Expectation, Minutes, Settings};
use std::ops::RangeInclusive;
use toml::de::DeTable;

/// Longest stretch of time in a setting, in minutes: a year.
const YEAR_MIN: i64 = 366 * 24 * 60;

/// When slots that a member has not booked return to the pool, where the settings do not say: two days before the berthing.
const USUAL_ALLOTMENT_RETURN: Minutes = Minutes(48 * 60);

/// The freeze horizon where the settings do not say.
const USUAL_FREEZE: Minutes = Minutes(4 * 60);

/// Largest settings file; real ones have a few hundred bytes.
const MOST_SETTINGS_BYTES: usize = 10_000;

/// Reads the settings, or reports what is wrong with them.
pub(super) fn read_settings(bytes: &[u8], prices: Prices, errors: &mut Errors) -> Option<Settings> {
    let text = check_text(SETTINGS, bytes, errors)?;
    if text.len() > MOST_SETTINGS_BYTES {
        let what = format!("the file is larger than {MOST_SETTINGS_BYTES} bytes");
        errors.add(FileTooLarge, At::file(SETTINGS), what, "keep the settings only; remarks go into README.md");
        return None;
    }
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let at = At::line(SETTINGS, line_of(text, error.span().map_or(0, |span| span.start)));
            errors.add(TomlSyntax, at, shown(error.message()), "correct the line, see https://toml.io");
            return None;
        }
    };
    let before = errors.count();
    let mut walk = Walk { text, root: root.get_ref(), errors };
    walk.check_keys();
    let settings = walk.settings(prices);
    check_settings(&settings, before, errors);
    (errors.count() == before).then_some(settings)
}

/// What two settings say together; only when each is fine for itself.
fn check_settings(settings: &Settings, before: usize, errors: &mut Errors) {
    if errors.count() > before {
        return;
    }
    let day = Minutes::from_hours(24.0);
    if settings.cycle.0 % settings.slot.0 != 0 || settings.cycle.0 % day.0 != 0 {
        let what =
            format!("{} minutes are not a whole number of days and of slots of {} minutes", settings.cycle.0, settings.slot.0);
        errors.add(CycleNotWhole, At::file(SETTINGS).field("cycle_h"), what, "correct cycle_h or slot_min");
    }
    let frequencies = &settings.frequencies;
    if frequencies.is_empty() || !frequencies.is_sorted_by(|a, b| a < b) {
        let at = At::file(SETTINGS).field("service_rules.frequencies");
        errors.add(
            BadFrequencies,
            at,
            "the frequencies are empty or not ascending",
            "list them from few sailings to many, each once",
        );
    } else if frequencies.iter().all(|frequency| *frequency < settings.least_sailings) {
        let at = At::file(SETTINGS).field("service_rules.least_sailings");
        let what = format!("no frequency reaches {} sailings", settings.least_sailings);
        errors.add(NoFrequencyLeft, at, what, "lower least_sailings or add a frequency");
    }
}

impl Walk<'_> {
    fn minutes(&mut self, section: &str, key: &str, most: i64) -> Minutes {
        Minutes(self.whole(section, key, 0..=most))
    }

    fn hours(&mut self, section: &str, key: &str, range: RangeInclusive<f64>) -> Minutes {
        Minutes::from_hours(self.number(section, key, range))
    }

    fn count(&mut self, key: &str, range: RangeInclusive<i64>) -> u32 {
        u32::try_from(self.whole("service_rules", key, range)).unwrap_or_default()
    }

    /// A setting that may be left out.
    fn hours_or(&mut self, key: &str, usual: Minutes) -> Minutes {
        if self.is_left_out(key) { usual } else { self.hours(NO_SECTION, key, 0.0..=2016.0) }
    }

    fn settings(&mut self, prices: Prices) -> Settings {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        Settings {
            name: self.text("name", 60, is_name),
            title: self.text("title", 200, |_| true),
            cycle: self.hours(NO_SECTION, "cycle_h", 24.0..=2016.0),
            slot: Minutes(self.whole(NO_SECTION, "slot_min", 1..=1440)),
            under_keel_m: self.number(NO_SECTION, "under_keel_m", 0.0..=10.0),
            teu_per_move: self.number(NO_SECTION, "teu_per_move", 0.1..=10.0),
            min_handling: self.minutes(NO_SECTION, "min_handling_min", 1440),
            headway_tolerance: self.minutes(NO_SECTION, "headway_tolerance_min", YEAR_MIN),
            turnaround_buffer: self.minutes(NO_SECTION, "turnaround_buffer_min", YEAR_MIN),
            transfer: self.minutes(NO_SECTION, "transfer_min", YEAR_MIN),
            allotment_return: self.hours_or("allotment_return_h", USUAL_ALLOTMENT_RETURN),
            freeze: self.hours_or("freeze_h", USUAL_FREEZE),
            border_station: self.minutes("customs", "border_station_min", 10_080),
            border_sealing: self.minutes("customs", "border_sealing_min", 10_080),
            second_clearance: self.hours("customs", "second_clearance_h", 0.0..=720.0),
            longest_round_trip: self.hours("service_rules", "longest_round_trip_h", 1.0..=8760.0),
            most_calls: self.count("most_calls", 2..=100) as usize,
            most_visits: self.count("most_visits", 1..=100) as usize,
            least_sailings: self.count("least_sailings", 1..=1000),
            frequencies: self.counts("service_rules", "frequencies", 1..=1000),
            diesel_cents_per_t: prices.diesel_per_t,
            lng_fuel_factor: prices.lng_fuel_factor,
            electricity_cents_per_kwh: prices.electricity_cents_per_kwh,
            transit_cents_per_teu_day: Cents(0),
            expect: Expectation {
                profit_rmb_min: self.number("expect", "profit_rmb_min", -1e12..=1e12),
                carried_share_min: self.number("expect", "carried_share_min", 0.0..=1.0),
            },
        }
    }
}
