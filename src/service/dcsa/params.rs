//! Query parameters, read strictly: every mistake is kept, so that the caller hears of all of them at once.

use super::asked::Asked;
use crate::publish::YEARS;
use crate::publish::dcsa::{DetailedError, is_un_location_code};
use axum::extract::Query;
use chrono::{Datelike, NaiveDate};

/// A page holds so many entries at most.
pub(super) const MOST_LIMIT: u32 = 1000;
/// And so many where the request does not say.
const DEFAULT_LIMIT: u32 = 100;
/// Longest value that an error repeats, and longest name of a property.
const MOST_VALUE: usize = 500;
const MOST_PROPERTY: usize = 100;
/// More mistakes than these help nobody.
const MOST_MISTAKES: usize = 100;

/// What kind of mistake a request has. The numbers are ours, within the range that the standard leaves to the implementer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    UnknownParameter,
    MissingParameter,
    InvalidFormat,
    OutOfRange,
    GivenTwice,
    DatesOutOfOrder,
    WindowTooLong,
    InvalidCursor,
    UnsupportedVersion,
    MissingFilter,
}

impl Kind {
    fn code_and_word(self) -> (u16, &'static str) {
        match self {
            Self::UnknownParameter => (7001, "unknownParameter"),
            Self::MissingParameter => (7002, "missingParameter"),
            Self::InvalidFormat => (7003, "invalidFormat"),
            Self::OutOfRange => (7004, "outOfRange"),
            Self::GivenTwice => (7005, "givenTwice"),
            Self::DatesOutOfOrder => (7006, "datesOutOfOrder"),
            Self::WindowTooLong => (7007, "windowTooLong"),
            Self::InvalidCursor => (7008, "invalidCursor"),
            Self::UnsupportedVersion => (7009, "unsupportedVersion"),
            Self::MissingFilter => (7010, "missingFilter"),
        }
    }
}

/// All mistakes of a request; at least one where a request fails.
#[derive(Debug, Default)]
pub(super) struct Mistakes(Vec<DetailedError>);

impl Mistakes {
    pub fn into_errors(self) -> Vec<DetailedError> {
        self.0
    }

    fn add(&mut self, kind: Kind, property: &str, value: Option<&str>, message: String) {
        let (error_code, word) = kind.code_and_word();
        if self.0.len() < MOST_MISTAKES {
            self.0.push(DetailedError {
                error_code,
                property: Some(property.chars().take(MOST_PROPERTY).collect()),
                value: value.map(|value| value.chars().take(MOST_VALUE).collect()),
                error_code_text: word.to_owned(),
                error_code_message: message,
            });
        }
    }
}

/// The parameters of a request.
pub(super) struct Params {
    given: Vec<(String, String)>,
    mistakes: Mistakes,
}

impl Params {
    /// Reads what was given; parameters that the endpoint does not know and those given twice are mistakes.
    pub fn read(asked: &Asked, known: &[&str]) -> Self {
        // pairs of texts always fit what a query can hold
        let given = Query::<Vec<(String, String)>>::try_from_uri(&asked.uri).map_or(Vec::new(), |Query(pairs)| pairs);
        let mut params = Self { given: Vec::new(), mistakes: Mistakes::default() };
        params.check_version(asked);
        for (name, value) in given {
            if !known.contains(&name.as_str()) {
                let message = format!("there is no such parameter; known are {}", known.join(", "));
                params.mistakes.add(Kind::UnknownParameter, &name, Some(&value), message);
            } else if params.find(&name).is_some() {
                params.mistake(Kind::GivenTwice, &name, Some(&value), "give the parameter once");
            } else {
                params.given.push((name, value));
            }
        }
        params
    }

    /// The header is optional and names the major version alone.
    fn check_version(&mut self, asked: &Asked) {
        for version in asked.headers.get_all("api-version") {
            if version.as_bytes() != b"1" {
                let value = String::from_utf8_lossy(version.as_bytes());
                self.mistake(
                    Kind::UnsupportedVersion,
                    "API-Version",
                    Some(&value),
                    "this service speaks major version 1: say 1 or nothing",
                );
            }
        }
    }

    /// Notes a mistake.
    pub fn mistake(&mut self, kind: Kind, property: &str, value: Option<&str>, message: &str) {
        self.mistakes.add(kind, property, value, message.to_owned());
    }

    /// Every parameter that was given, once each.
    pub fn given(&self) -> &[(String, String)] {
        &self.given
    }

    fn find(&self, name: &str) -> Option<String> {
        self.given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// A text that passes the check, or else a mistake with the advice.
    fn checked(&mut self, name: &str, check: impl Fn(&str) -> bool, advice: &str) -> Option<String> {
        let value = self.find(name)?;
        if check(&value) {
            return Some(value);
        }
        self.mistake(Kind::InvalidFormat, name, Some(&value), advice);
        None
    }

    /// Notes that a parameter is missing.
    pub fn require(&mut self, name: &str) {
        if self.find(name).is_none() {
            self.mistake(Kind::MissingParameter, name, None, "the parameter is required");
        }
    }

    pub fn un_location_code(&mut self, name: &str) -> Option<String> {
        self.checked(
            name,
            is_un_location_code,
            "a UN/LOCODE is two capitals and three capitals or digits from 2 to 9, such as CNNSA",
        )
    }

    /// Text of a limited length that neither starts nor ends with a blank.
    pub fn text(&mut self, name: &str, most: usize) -> Option<String> {
        let check = |text: &str| !text.is_empty() && text.trim() == text && text.chars().count() <= most;
        self.checked(name, check, &format!("1 to {most} characters without blanks around them"))
    }

    /// Digits only.
    pub fn digits(&mut self, name: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<String> {
        let check = |text: &str| lengths.contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
        self.checked(name, check, &format!("{} to {} digits", lengths.start(), lengths.end()))
    }

    /// `SR`, five digits, a capital.
    pub fn service_reference(&mut self, name: &str) -> Option<String> {
        let check = |text: &str| {
            let bytes = text.as_bytes();
            let shape = |at: usize, byte: u8| match at {
                0 => byte == b'S',
                1 => byte == b'R',
                7 => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_digit(),
            };
            bytes.len() == 8 && bytes.iter().enumerate().all(|(at, byte)| shape(at, *byte))
        };
        self.checked(name, check, "SR, five digits and a capital, such as SR12345A")
    }

    /// Year, two capitals or digits, direction.
    pub fn voyage_reference(&mut self, name: &str) -> Option<String> {
        let check = |text: &str| match text.as_bytes() {
            [year @ .., a, b, direction] if year.len() == 2 => {
                let place = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
                year.iter().all(u8::is_ascii_digit) && place(a) && place(b) && b"NEWSR".contains(direction)
            }
            _ => false,
        };
        self.checked(name, check, "two digits of the year, two capitals or digits, one of N, E, W, S and R, such as 2603R")
    }

    /// One of some words.
    pub fn word(&mut self, name: &str, words: &[&str]) -> Option<String> {
        self.checked(name, |text| words.contains(&text), &format!("one of {}", words.join(", ")))
    }

    /// A day of the calendar within the years that are rolled out.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        let value = self.find(name)?;
        match read_date(&value) {
            Some(day) if YEARS.contains(&day.year()) => return Some(day),
            Some(_) => {
                let message = format!("years from {} to {} are answered", YEARS.start(), YEARS.end());
                self.mistake(Kind::OutOfRange, name, Some(&value), &message);
            }
            None => self.mistake(Kind::InvalidFormat, name, Some(&value), "a day of the calendar as YYYY-MM-DD"),
        }
        None
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, name: &str, least: u32, most: u32) -> Option<u32> {
        let value = self.checked(name, |text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()), "a whole number")?;
        match value.parse() {
            Ok(number) if (least..=most).contains(&number) => return Some(number),
            _ => self.mistake(Kind::OutOfRange, name, Some(&value), &format!("a number from {least} to {most}")),
        }
        None
    }

    /// Entries of a page.
    pub fn limit(&mut self) -> usize {
        self.number("limit", 1, MOST_LIMIT).unwrap_or(DEFAULT_LIMIT) as usize
    }

    /// Where the page starts.
    pub fn cursor(&mut self) -> Option<String> {
        self.checked("cursor", |text| !text.is_empty() && text.len() <= 1024, "the Next-Page-Cursor of the page before")
    }

    /// Two days in their order and not too far apart; either may be missing.
    pub fn period(&mut self, from: &str, until: &str, most_days: i64) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let days = (self.date(from), self.date(until));
        if let (Some(first), Some(last)) = days {
            let value = last.to_string();
            let length = last.signed_duration_since(first).num_days() + 1;
            if length < 1 {
                self.mistake(Kind::DatesOutOfOrder, until, Some(&value), &format!("it must not be before {from}"));
            } else if length > most_days {
                let message = format!("{from} to {until} are {length} days; at most {most_days} are answered at once");
                self.mistake(Kind::WindowTooLong, until, Some(&value), &message);
            }
        }
        days
    }

    /// What was read, unless something was wrong.
    ///
    /// # Errors
    /// All mistakes that were noted.
    pub fn finish<T>(self, read: T) -> Result<T, Mistakes> {
        if self.mistakes.0.is_empty() { Ok(read) } else { Err(self.mistakes) }
    }
}

/// `YYYY-MM-DD` and nothing else.
fn read_date(text: &str) -> Option<NaiveDate> {
    let shape = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    if text.len() != 10 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}
