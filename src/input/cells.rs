//! The cells of one row as values: words, codes and numbers within the range that makes sense for them. A cell that is wrong is reported
//! and stands as a harmless value; the row is then no longer sound, and nothing is concluded from its values.

use super::ErrorCode::{self, *};
use super::errors::{At, Errors, shown};
use super::schema::{CARRIED, Schema};
use super::table::{Line, Table};
use std::fmt::Display;
use std::ops::RangeInclusive;

/// Longest name or other short text, in characters.
const LONGEST_TEXT: usize = 200;
/// Longest remark in a column that is carried for the reader.
const LONGEST_REMARK: usize = 5000;
/// Longest key, in characters.
const LONGEST_KEY: usize = 40;

/// A row that mirrors its file, with the line it stands in.
#[derive(Clone, Debug)]
pub(super) struct Raw<T> {
    pub line: u64,
    /// Every cell was fine.
    pub sound: bool,
    pub row: T,
}

/// The rows of a table; `whole` when none was left out.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    pub file: &'static str,
    pub rows: Vec<Raw<T>>,
    pub whole: bool,
}

impl<T> Rows<T> {
    /// Nothing was left out and every cell was fine.
    pub fn is_sound(&self) -> bool {
        self.whole && self.rows.iter().all(|raw| raw.sound)
    }
}

/// Turns the lines of a table into rows.
pub(super) fn read_rows<T>(schema: &Schema, table: &Table, errors: &mut Errors, read: fn(&mut Row) -> T) -> Rows<T> {
    let read_all = |row: &mut Row| {
        let value = read(row);
        row.check_carried();
        value
    };
    Rows { file: schema.file, rows: read_each(table, errors, read_all), whole: table.whole }
}

/// Turns each line of a table into a row.
pub(super) fn read_each<T>(table: &Table, errors: &mut Errors, read: impl Fn(&mut Row) -> T) -> Vec<Raw<T>> {
    let read_line = |line: &Line| {
        let before = errors.count();
        let row = read(&mut Row { table, line, errors });
        Raw { line: line.number, sound: errors.count() == before, row }
    };
    table.lines.iter().map(read_line).collect()
}

/// One row while it is read.
pub(super) struct Row<'a> {
    table: &'a Table,
    line: &'a Line,
    errors: &'a mut Errors,
}

impl Row<'_> {
    /// The cell of a column; empty when the column is left out.
    fn cell(&self, column: &str) -> String {
        let place = self.table.header.iter().position(|name| name == column);
        place.and_then(|place| self.line.cells.get(place)).unwrap_or_default().to_owned()
    }

    fn wrong(&mut self, code: ErrorCode, column: &str, what: impl Into<String>, do_this: impl Into<String>) {
        self.errors.add(code, At::line(&self.table.file, self.line.number).field(column), what, do_this);
    }

    fn empty(&mut self, column: &str) {
        self.wrong(EmptyCell, column, "the cell is empty", "fill it in");
    }

    fn check_text(&mut self, column: &str, text: &str, longest: usize) {
        if text.chars().any(char::is_control) {
            let what = format!("{} holds a control character", shown(text));
            self.wrong(ControlCharacter, column, what, "write the text in one line, without tabs");
        }
        if text.chars().count() > longest {
            let what = format!("the text is longer than {longest} characters");
            self.wrong(TextTooLong, column, what, "shorten it; remarks go into the column note");
        }
    }

    fn check_carried(&mut self) {
        for column in CARRIED {
            let text = self.cell(column);
            self.check_text(column, &text, LONGEST_REMARK);
        }
        self.optional_word("confidence", &[("A", ()), ("B", ()), ("illustrative", ())], ());
    }

    /// A text that may be empty.
    pub fn optional_text(&mut self, column: &str) -> String {
        let text = self.cell(column);
        self.check_text(column, &text, LONGEST_TEXT);
        text
    }

    /// A text that must be there.
    pub fn text(&mut self, column: &str) -> String {
        let text = self.optional_text(column);
        if text.is_empty() {
            self.empty(column);
        }
        text
    }

    /// A code that follows a pattern. What does not is returned all the same, so that references to it are not reported once more.
    fn coded(&mut self, column: &str, pattern: &str, fits: impl Fn(&str) -> bool) -> String {
        let code = self.cell(column);
        if code.is_empty() {
            self.empty(column);
        } else if !fits(&code) {
            self.wrong(BadCode, column, format!("{} is not {pattern}", shown(&code)), "correct the code");
        }
        code
    }

    /// The key of a terminal: 2 to 8 capitals or digits.
    pub fn terminal_key(&mut self, column: &str) -> String {
        self.coded(column, "2 to 8 capitals or digits", |code| (2..=8).contains(&code.len()) && all_capitals(code))
    }

    /// Any other key: letters, digits, `-`, `_` and `.`.
    pub fn key(&mut self, column: &str) -> String {
        let pattern = format!("1 to {LONGEST_KEY} letters, digits, '-', '_' or '.'");
        self.coded(column, &pattern, |code| code.len() <= LONGEST_KEY && code.bytes().all(is_key_byte))
    }

    /// A UN/LOCODE, if any: 5 capitals or digits, the first two capitals.
    pub fn unlocode(&mut self, column: &str) -> Option<String> {
        let is_country = |code: &str| code.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
        if self.cell(column).is_empty() {
            return None;
        }
        Some(self.coded(column, "a UN/LOCODE of 5 capitals or digits", |code| {
            code.len() == 5 && all_capitals(code) && is_country(code)
        }))
    }

    /// A code of another table. Its pattern is not checked: it is found there or it is not.
    pub fn reference(&mut self, column: &str) -> String {
        let code = self.cell(column);
        if code.is_empty() {
            self.empty(column);
        }
        code
    }

    /// A code of another table, if any.
    pub fn optional_reference(&mut self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|code| !code.is_empty())
    }

    /// Codes of another table, separated by `;`.
    pub fn references(&mut self, column: &str) -> Vec<String> {
        let cell = self.cell(column);
        cell.split(';').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, column: &str, choices: &[(&str, T)], fallback: T) -> T {
        if self.cell(column).is_empty() {
            self.empty(column);
        }
        self.optional_word(column, choices, fallback)
    }

    /// One of a few words, or the given meaning of an empty cell.
    pub fn optional_word<T: Copy>(&mut self, column: &str, choices: &[(&str, T)], if_empty: T) -> T {
        let cell = self.cell(column);
        if cell.is_empty() {
            return if_empty;
        }
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == cell) {
            return *value;
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let do_this = format!("write one of: {}", words.join(", "));
        self.wrong(UnknownWord, column, format!("{} is not one of the choices", shown(&cell)), do_this);
        if_empty
    }

    pub fn yes_no(&mut self, column: &str) -> bool {
        self.word(column, &YES_NO, false)
    }

    pub fn optional_yes_no(&mut self, column: &str, if_empty: bool) -> bool {
        self.optional_word(column, &YES_NO, if_empty)
    }

    /// A number, in the unit of its column.
    pub fn number(&mut self, column: &str, range: RangeInclusive<f64>) -> f64 {
        if self.cell(column).is_empty() {
            self.empty(column);
        }
        self.optional_number(column, range).unwrap_or_default()
    }

    pub fn optional_number(&mut self, column: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let cell = self.cell(column);
        let parsed = cell.parse::<f64>().ok().filter(|number| number.is_finite());
        self.within(column, &cell, parsed, range, "a number")
    }

    /// A whole number, in the unit of its column.
    pub fn whole(&mut self, column: &str, range: RangeInclusive<i64>) -> i64 {
        if self.cell(column).is_empty() {
            self.empty(column);
        }
        self.optional_whole(column, range).unwrap_or_default()
    }

    pub fn optional_whole(&mut self, column: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let cell = self.cell(column);
        self.within(column, &cell, cell.parse().ok(), range, "a whole number")
    }

    /// A count that fits a `u32`; the range sees to that.
    pub fn count(&mut self, column: &str, range: RangeInclusive<u32>) -> u32 {
        let whole = self.whole(column, i64::from(*range.start())..=i64::from(*range.end()));
        u32::try_from(whole).unwrap_or_default()
    }

    /// A whole quantity, in which a point can only separate thousands: `1.052` is 1052. A spreadsheet may have dropped zeros behind it,
    /// so `1.86` is 1860.
    pub fn quantity(&mut self, column: &str, range: RangeInclusive<i64>) -> i64 {
        let cell = self.cell(column);
        let Some((thousands, rest)) = cell.split_once('.') else {
            return self.whole(column, range);
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(thousands) || !digits(rest) || rest.len() > 3 {
            let what = format!("{} is neither a whole number nor one with a point before its thousands", shown(&cell));
            self.wrong(BadThousands, column, what, "write the quantity with digits alone");
            return 0;
        }
        let parsed = format!("{thousands}{rest:0<3}").parse().ok();
        self.within(column, &cell, parsed, range, "a whole number").unwrap_or_default()
    }

    fn within<T: PartialOrd + Display>(
        &mut self,
        column: &str,
        cell: &str,
        parsed: Option<T>,
        range: RangeInclusive<T>,
        kind: &str,
    ) -> Option<T> {
        match parsed {
            _ if cell.is_empty() => None,
            None => {
                let do_this = "write digits, with a point before decimals and nothing else";
                self.wrong(NotANumber, column, format!("{} is not {kind}", shown(cell)), do_this);
                None
            }
            Some(number) if !range.contains(&number) => {
                let what = format!("{} is not within {} to {}", shown(cell), range.start(), range.end());
                self.wrong(OutOfRange, column, what, "correct the number; mind the unit of its column");
                None
            }
            number => number,
        }
    }
}

const YES_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];

fn all_capitals(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

pub(super) fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
