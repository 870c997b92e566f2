//! Errors of an instance: collected, never thrown one by one, and shown in the order of the files.

use super::ErrorCode;
use super::schema;
use serde::Serialize;
use std::fmt;

/// More errors than this are counted, not listed.
const MOST_ERRORS: usize = 1000;

/// A path is shown up to here, in characters; a user must be able to copy it.
const LONGEST_PATH: usize = 4096;

/// One thing that is wrong with an instance, where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputError {
    pub code: ErrorCode,
    /// Name of the table, or the folder's path when it cannot be listed.
    pub file: String,
    /// Line in the file, the header being line 1.
    pub line: Option<u64>,
    /// Column of the table, or setting as `section.key`.
    pub field: Option<String>,
    pub what: String,
    pub do_this: String,
}

/// Everything that is wrong with an instance, in the order of files and lines. A wrong table hides the errors that would only follow from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputErrors {
    /// Never empty; at most 1000.
    pub errors: Vec<InputError>,
    /// Errors found beyond the ones listed.
    pub more: usize,
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.code.text(), self.file)?;
        if let Some(line) = self.line {
            write!(out, " line {line}")?;
        }
        if let Some(field) = &self.field {
            write!(out, ", {field}")?;
        }
        write!(out, ": {}; {}", self.what, self.do_this)
    }
}

impl fmt::Display for InputErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.errors.iter().enumerate() {
            let separator = if place == 0 { "" } else { "\n" };
            write!(out, "{separator}{error}")?;
        }
        if self.more > 0 {
            write!(out, "\nand {} more errors", self.more)?;
        }
        Ok(())
    }
}

impl std::error::Error for InputErrors {}

/// The place an error is at.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub file: &'a str,
    pub line: Option<u64>,
    pub field: Option<&'a str>,
}

impl<'a> At<'a> {
    pub fn file(file: &'a str) -> Self {
        Self { file, line: None, field: None }
    }

    pub fn line(file: &'a str, line: u64) -> Self {
        Self { file, line: Some(line), field: None }
    }

    pub fn field(self, field: &'a str) -> Self {
        Self { field: Some(field), ..self }
    }
}

/// Gathers errors from all stages of reading.
#[derive(Debug, Default)]
pub(super) struct Errors {
    errors: Vec<InputError>,
    more: usize,
}

impl Errors {
    /// Notes an error; `what` is wrong and `do_this` is the way out.
    pub fn add(&mut self, code: ErrorCode, at: At, what: impl Into<String>, do_this: impl Into<String>) {
        if self.errors.len() >= MOST_ERRORS {
            self.more += 1;
            return;
        }
        self.errors.push(InputError {
            code,
            file: cut(at.file, LONGEST_PATH),
            line: at.line,
            field: at.field.map(shown),
            what: what.into(),
            do_this: do_this.into(),
        });
    }

    /// How many errors there are so far: a stage that adds none has succeeded.
    pub fn count(&self) -> usize {
        self.errors.len() + self.more
    }

    /// What was built, if nothing was wrong; otherwise the errors in the order of files and lines.
    pub fn finish<T>(mut self, built: Option<T>) -> Result<T, InputErrors> {
        if let (true, Some(built)) = (self.errors.is_empty(), built) {
            return Ok(built);
        }
        // a stable sort: errors of one line stay in the order they were found, that of the columns
        self.errors.sort_by(|a, b| {
            let place = |e: &InputError| schema::file_order(&e.file);
            place(a).cmp(&place(b)).then_with(|| (&a.file, a.line).cmp(&(&b.file, b.line)))
        });
        Err(InputErrors { errors: self.errors, more: self.more })
    }
}

/// A text from a file as it may be shown: short, in one line, without control characters.
pub(super) fn shown(text: &str) -> String {
    cut(text, 60)
}

fn cut(text: &str, longest: usize) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(longest).map(clean).collect();
    if text.chars().nth(longest).is_some() {
        short.push('…');
    }
    short
}
