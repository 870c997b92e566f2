//! The settings file as TOML, walked key by key: what is unknown, missing, of the wrong type or out of range is reported with its line.

use super::ErrorCode::{self, *};
use super::errors::{At, Errors, shown};
use super::schema::SETTINGS;
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Section of the settings that stand before any section.
pub(super) const NO_SECTION: &str = "";

/// Every setting, by section. All of them must be there but those of [`MAY_BE_MISSING`].
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
            "allotment_return_h",
            "freeze_h",
        ],
    ),
    ("customs", &["border_station_min", "border_sealing_min", "second_clearance_h"]),
    ("service_rules", &["longest_round_trip_h", "most_calls", "most_visits", "least_sailings", "frequencies"]),
    ("expect", &["profit_rmb_min", "carried_share_min"]),
];

/// Settings that have a usual value.
const MAY_BE_MISSING: [&str; 2] = ["allotment_return_h", "freeze_h"];

/// The line a byte stands in.
pub(super) fn line_of(text: &str, byte: usize) -> u64 {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count() as u64
}

/// The settings file while it is read.
pub(super) struct Walk<'a> {
    pub text: &'a str,
    pub root: &'a DeTable<'a>,
    pub errors: &'a mut Errors,
}

impl<'a> Walk<'a> {
    /// Reports what is not a setting.
    pub fn check_keys(&mut self) {
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

    /// A setting that may be left out is not there.
    pub fn is_left_out(&self, key: &str) -> bool {
        MAY_BE_MISSING.contains(&key) && self.root.get(key).is_none()
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

    /// A text of certain signs.
    pub fn text(&mut self, key: &str, longest: usize, fits: fn(char) -> bool) -> String {
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
    pub fn number(&mut self, section: &str, key: &str, range: RangeInclusive<f64>) -> f64 {
        let Some(value) = self.find(section, key) else { return 0.0 };
        let number = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64),
            DeValue::Float(number) => number.as_str().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => return self.not_a_number(section, key, value),
        };
        self.within(section, key, value.span().start, number, range)
    }

    /// A whole number within a range; 0 when it is wrong.
    pub fn whole(&mut self, section: &str, key: &str, range: RangeInclusive<i64>) -> i64 {
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

    /// A list of counts within a range.
    pub fn counts(&mut self, section: &str, key: &str, range: RangeInclusive<u32>) -> Vec<u32> {
        let range = i64::from(*range.start())..=i64::from(*range.end());
        let Some(value) = self.find(section, key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let byte = value.span().start;
            self.wrong(WrongSettingType, section, key, byte, "it is not a list", "write a list, such as [1, 2, 3]");
            return Vec::new();
        };
        let mut whole = |item: &Spanned<DeValue>| self.whole_value(section, key, item, range.clone());
        items.iter().map(|item| u32::try_from(whole(item)).unwrap_or_default()).collect()
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
}

fn full_name(section: &str, key: &str) -> String {
    if section == NO_SECTION { key.to_owned() } else { format!("{section}.{key}") }
}
