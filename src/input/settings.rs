//! `instance.toml` and `charges.csv`: the settings of the whole instance. Settings are walked one by one, so that all errors are found
//! and each has its line.

use super::ErrorCode::{self, *};
use super::charges::Prices;
use super::errors::{At, Errors, shown};
use super::schema::SETTINGS;
use super::table::check_text;
use crate::domain::{Expectation, Minutes, Settings};
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const NO_SECTION: &str = "";

/// Every setting, by section. All of them must be there.
const SECTIONS: [(&str, &[&str]); 4] = [
    (
        NO_SECTION,
        &[
            "name",
            "title",
            "cycle_h",
            "slot_min",
            "under_keel_m",
            "teu_per_move",
            "min_handling_min",
            "headway_tolerance_min",
            "turnaround_buffer_min",
            "transfer_min",
        ],
    ),
    ("customs", &["border_station_min", "border_sealing_min", "second_clearance_h"]),
    ("service_rules", &["longest_round_trip_h", "most_calls", "most_visits", "least_sailings", "frequencies"]),
    ("expect", &["profit_rmb_min", "carried_share_min"]),
];

/// Longest stretch of time in a setting, in minutes: a year.
const YEAR_MIN: i64 = 366 * 24 * 60;

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

fn line_of(text: &str, byte: usize) -> u64 {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count() as u64
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

/// The settings file while it is read.
struct Walk<'a> {
    text: &'a str,
    root: &'a DeTable<'a>,
    errors: &'a mut Errors,
}

impl<'a> Walk<'a> {
    fn check_keys(&mut self) {
        for (key, value) in self.root {
            let name = key.get_ref().as_ref();
            let section = SECTIONS.iter().find(|(section, _)| !section.is_empty() && *section == name);
            match (section, value.get_ref()) {
                (Some((section, keys)), DeValue::Table(table)) => self.check_section(section, keys, table),
                (Some(_), _) => {
                    let at = self.at(name, key.span().start);
                    self.errors.add(WrongSettingType, at, "it is not a section", format!("write [{}]", shown(name)));
                }
                (None, _) if SECTIONS[0].1.contains(&name) => {}
                (None, _) => self.unknown(name, key.span().start),
            }
        }
    }

    fn check_section(&mut self, section: &str, keys: &[&str], table: &DeTable) {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            self.unknown(&full_name(section, key.get_ref()), key.span().start);
        }
    }

    fn unknown(&mut self, field: &str, byte: usize) {
        let what = format!("{} is not a setting", shown(field));
        let do_this = "remove it or correct its name; in TOML, settings without a section come first";
        self.errors.add(UnknownSetting, self.at(field, byte), what, do_this);
    }

    fn at<'f>(&self, field: &'f str, byte: usize) -> At<'f> {
        At::line(SETTINGS, line_of(self.text, byte)).field(field)
    }

    /// A setting, or the error that it is missing; a section that is no table was reported before.
    fn find(&mut self, section: &str, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let table = if section == NO_SECTION {
            Some(self.root)
        } else {
            match self.root.get(section).map(Spanned::get_ref) {
                Some(DeValue::Table(table)) => Some(table),
                Some(_) => return None,
                None => None,
            }
        };
        let found = table.and_then(|table| table.get(key));
        if found.is_none() {
            let field = full_name(section, key);
            let do_this = "add it, see instances/README.md";
            self.errors.add(MissingSetting, At::file(SETTINGS).field(&field), "the setting is missing", do_this);
        }
        found
    }

    fn wrong(&mut self, code: ErrorCode, section: &str, key: &str, byte: usize, what: impl Into<String>, do_this: &str) {
        let field = full_name(section, key);
        self.errors.add(code, self.at(&field, byte), what, do_this);
    }

    fn text(&mut self, key: &str, longest: usize, fits: fn(char) -> bool) -> String {
        let Some(value) = self.find(NO_SECTION, key) else {
            return String::new();
        };
        let byte = value.span().start;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong(WrongSettingType, NO_SECTION, key, byte, "it is not a text", "write the text in quotes");
            return String::new();
        };
        let shown = shown(text);
        if text.trim().is_empty() {
            self.wrong(EmptyCell, NO_SECTION, key, byte, "the text is empty", "fill it in");
        } else if text.chars().count() > longest {
            let what = format!("the text is longer than {longest} characters");
            self.wrong(TextTooLong, NO_SECTION, key, byte, what, "shorten it");
        } else if text.chars().any(char::is_control) {
            let what = format!("{shown} holds a control character");
            self.wrong(ControlCharacter, NO_SECTION, key, byte, what, "write the text in one line, without tabs");
        } else if !text.chars().all(fits) {
            let what = format!("{shown} has other signs than small letters, digits and dashes");
            self.wrong(BadCode, NO_SECTION, key, byte, what, "correct the name");
        }
        text.clone().into_owned()
    }

    /// A number within a range; 0 when it is wrong.
    fn number(&mut self, section: &str, key: &str, range: RangeInclusive<f64>) -> f64 {
        let Some(value) = self.find(section, key) else { return 0.0 };
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64),
            DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => return self.not_a_number(section, key, value),
        };
        self.within(section, key, value.span().start, number, range)
    }

    /// A whole number within a range; 0 when it is wrong.
    fn whole(&mut self, section: &str, key: &str, range: RangeInclusive<i64>) -> i64 {
        let Some(value) = self.find(section, key) else { return 0 };
        self.whole_value(section, key, value, range)
    }

    fn whole_value(&mut self, section: &str, key: &str, value: &Spanned<DeValue>, range: RangeInclusive<i64>) -> i64 {
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(_) => None,
            _ => return self.not_a_number(section, key, value),
        };
        self.within(section, key, value.span().start, number, range)
    }

    fn not_a_number<T: Default>(&mut self, section: &str, key: &str, value: &Spanned<DeValue>) -> T {
        let do_this = "write the number without quotes";
        self.wrong(WrongSettingType, section, key, value.span().start, "it is not a number", do_this);
        T::default()
    }

    fn within<T: PartialOrd + std::fmt::Display + Default>(
        &mut self,
        section: &str,
        key: &str,
        byte: usize,
        number: Option<T>,
        range: RangeInclusive<T>,
    ) -> T {
        let Some(number) = number else {
            let what = "it is not a finite number, or not whole where only whole numbers make sense";
            self.wrong(NotANumber, section, key, byte, what, "correct the number");
            return T::default();
        };
        if !range.contains(&number) {
            let what = format!("{number} is not within {} to {}", range.start(), range.end());
            self.wrong(OutOfRange, section, key, byte, what, "correct the number; its unit is the end of its name");
            return T::default();
        }
        number
    }

    fn minutes(&mut self, section: &str, key: &str, most: i64) -> Minutes {
        Minutes(self.whole(section, key, 0..=most))
    }

    fn hours(&mut self, section: &str, key: &str, range: RangeInclusive<f64>) -> Minutes {
        Minutes::from_hours(self.number(section, key, range))
    }

    fn count(&mut self, key: &str, range: RangeInclusive<i64>) -> u32 {
        u32::try_from(self.whole("service_rules", key, range)).unwrap_or_default()
    }

    fn frequencies(&mut self) -> Vec<u32> {
        let (section, key) = ("service_rules", "frequencies");
        let Some(value) = self.find(section, key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let byte = value.span().start;
            self.wrong(WrongSettingType, section, key, byte, "it is not a list", "write a list, such as [1, 2, 3]");
            return Vec::new();
        };
        let mut whole = |item: &Spanned<DeValue>| self.whole_value(section, key, item, 1..=1000);
        items.iter().map(|item| u32::try_from(whole(item)).unwrap_or_default()).collect()
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
            border_station: self.minutes("customs", "border_station_min", 10_080),
            border_sealing: self.minutes("customs", "border_sealing_min", 10_080),
            second_clearance: self.hours("customs", "second_clearance_h", 0.0..=720.0),
            longest_round_trip: self.hours("service_rules", "longest_round_trip_h", 1.0..=8760.0),
            most_calls: self.count("most_calls", 2..=100) as usize,
            most_visits: self.count("most_visits", 1..=100) as usize,
            least_sailings: self.count("least_sailings", 1..=1000),
            frequencies: self.frequencies(),
            diesel_cents_per_t: prices.diesel_per_t,
            lng_fuel_factor: prices.lng_fuel_factor,
            electricity_cents_per_kwh: prices.electricity_cents_per_kwh,
            expect: Expectation {
                profit_rmb_min: self.number("expect", "profit_rmb_min", -1e12..=1e12),
                carried_share_min: self.number("expect", "carried_share_min", 0.0..=1.0),
            },
        }
    }
}

fn full_name(section: &str, key: &str) -> String {
    if section == NO_SECTION { key.to_owned() } else { format!("{section}.{key}") }
}
