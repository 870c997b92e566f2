//! Codes and the rows they name.

use super::ErrorCode::{self, *};
use super::cells::{Raw, Rows};
use super::errors::{At, Errors, shown};
use super::raw::*;
use std::collections::BTreeMap;

/// All tables as rows.
#[derive(Debug)]
pub(super) struct RawTables {
    pub terminals: Rows<RawTerminal>,
    pub junctions: Rows<RawJunction>,
    pub links: Rows<RawLink>,
    pub tides: Rows<RawTide>,
    pub classes: Rows<RawClass>,
    pub operators: Rows<RawOperator>,
    pub fleet: Rows<RawFleet>,
    pub demand: Rows<RawDemand>,
    pub mothers: Rows<RawMother>,
    pub windows: Rows<RawWindow>,
    pub paths: Rows<RawPath>,
    pub charges: Rows<RawCharge>,
}

/// The keys of one table.
#[derive(Debug)]
pub(super) struct Keys {
    file: &'static str,
    unknown: ErrorCode,
    /// No row was left out, so a key that is not here is wrong.
    whole: bool,
    /// No key occurs twice.
    unique: bool,
    rows: BTreeMap<String, usize>,
}

/// The keys of all tables that others refer to.
#[derive(Debug)]
pub(super) struct AllKeys {
    pub terminals: Keys,
    pub junctions: Keys,
    pub links: Keys,
    pub classes: Keys,
    pub operators: Keys,
    pub mothers: Keys,
}

impl Keys {
    /// Collects the keys of a table and reports those that occur twice.
    fn new<T>(rows: &Rows<T>, field: &str, unknown: ErrorCode, key: fn(&T) -> &str, errors: &mut Errors) -> Self {
        check_unique(rows, field, DuplicateKey, |raw| key(&raw.row).to_owned(), errors);
        let mut found = BTreeMap::new();
        for (place, raw) in rows.rows.iter().enumerate() {
            found.entry(key(&raw.row).to_owned()).or_insert(place);
        }
        Self { file: rows.file, unknown, whole: rows.whole, unique: found.len() == rows.rows.len(), rows: found }
    }

    pub fn row(&self, code: &str) -> Option<usize> {
        self.rows.get(code).copied()
    }

    /// The row a code names. A code that is not there is an error, unless rows of the table were left out; an empty one was reported.
    pub fn find(&self, code: &str, at: At, errors: &mut Errors) -> Option<usize> {
        let found = self.row(code);
        if found.is_none() && self.whole && !code.is_empty() {
            let what = format!("{} is not in {}", shown(code), self.file);
            errors.add(self.unknown, at, what, format!("add it to {} or correct the code", self.file));
        }
        found
    }
}

impl AllKeys {
    pub fn new(raw: &RawTables, errors: &mut Errors) -> Self {
        Self {
            terminals: Keys::new(&raw.terminals, "terminal", UnknownTerminal, |row| &row.terminal, errors),
            junctions: Keys::new(&raw.junctions, "junction", UnknownNode, |row| &row.junction, errors),
            links: Keys::new(&raw.links, "link", UnknownLink, |row| &row.link, errors),
            classes: Keys::new(&raw.classes, "class", UnknownClass, |row| &row.class, errors),
            operators: Keys::new(&raw.operators, "operator", UnknownOperator, |row| &row.operator, errors),
            mothers: Keys::new(&raw.mothers, "mother_vessel", UnknownMother, |row| &row.mother_vessel, errors),
        }
    }
}

impl AllKeys {
    /// Every code stands for one node of the network, and no node is missing.
    pub fn name_all_nodes(&self) -> bool {
        let (terminals, junctions) = (&self.terminals, &self.junctions);
        let clear = |keys: &Keys| keys.whole && keys.unique;
        clear(terminals) && clear(junctions) && !junctions.rows.keys().any(|code| terminals.rows.contains_key(code))
    }
}

/// Reports rows whose key occurred before, with the line of the first. An empty key stands for none: it was reported as an empty cell.
pub(super) fn check_unique<T>(
    rows: &Rows<T>,
    field: &str,
    code: ErrorCode,
    key: impl Fn(&Raw<T>) -> String,
    errors: &mut Errors,
) {
    let mut first_line = BTreeMap::new();
    for raw in &rows.rows {
        let key = key(raw);
        if key.is_empty() {
            continue;
        }
        if let Some(first) = first_line.get(&key) {
            let what = format!("{} stands in line {first} already", shown(&key));
            errors.add(code, At::line(rows.file, raw.line).field(field), what, "remove one of the two or correct it");
        } else {
            first_line.insert(key, raw.line);
        }
    }
}
