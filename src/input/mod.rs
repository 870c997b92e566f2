//! Instance files to a checked [`Problem`]. In: a folder, or its tables in memory. Out: a problem, or every error at once, each with a
//! code, file, line, field and what to do. Only this room builds a problem, so everything behind it may rely on what is checked here:
//! codes resolve, numbers are finite and within sane ranges, units are converted, trades fit their terminals (R4, R8, R9), and the
//! waterway joins all terminals. A stage that failed is not built upon: a table that could not be read whole hides the errors that
//! would only follow from it. The codes are listed in [`ErrorCode`].

mod cells;
mod charges;
mod chart;
mod check;
mod codes;
mod convert;
mod errors;
mod files;
mod generate;
mod keys;
mod linerlib;
mod link;
mod network;
mod pesplib;
mod pins;
mod raw;
mod schema;
mod settings;
mod table;
mod tariff;
mod walk;
mod words;
mod write;

pub use codes::ErrorCode;
pub use errors::{InputError, InputErrors};
pub use generate::{LINES_PER_TERMINAL, Size, generate};
pub use linerlib::{LinerChoice, read_linerlib};
pub use pesplib::read_pesplib;
pub use pins::{pins_not_allowed, read_pins};
pub use tariff::read_tariff;
pub use write::write_tables;

use crate::domain::{Chart, Problem};
use cells::{Row, Rows, read_rows};
use errors::Errors;
use files::Files;
use keys::RawTables;
use schema::Schema;
use std::collections::BTreeMap;
use std::path::Path;
use table::{Table, read_table};

/// Reads the instance in a folder. Fails with all errors that could be told apart, never with the first one alone.
pub fn read_instance(folder: &Path) -> Result<Problem, InputErrors> {
    let mut errors = Errors::default();
    let files = files::read_folder(folder, &mut errors);
    build(files, errors)
}

/// Reads the instance in a folder, with its tables as they lie there, for one who keeps both.
pub fn read_instance_and_tables(folder: &Path) -> Result<(Problem, BTreeMap<String, Vec<u8>>), InputErrors> {
    let mut errors = Errors::default();
    let files = files::read_folder(folder, &mut errors);
    let tables = files.iter().flat_map(|files| &files.read).map(|(name, bytes)| (name.clone(), bytes.to_vec())).collect();
    Ok((build(files, errors)?, tables))
}

/// Reads an instance from tables in memory, by file name: the same checks as [`read_instance`].
pub fn read_tables(tables: &BTreeMap<String, Vec<u8>>) -> Result<Problem, InputErrors> {
    let mut errors = Errors::default();
    let files = files::take_tables(tables, &mut errors);
    build(Some(files), errors)
}

/// Reads the map of an instance from its files in memory; empty where there is none.
pub fn read_chart(tables: &BTreeMap<String, Vec<u8>>) -> Result<Chart, InputErrors> {
    let mut errors = Errors::default();
    let files = files::take_tables(tables, &mut errors);
    let chart = chart::read_chart(&files, None, &mut errors);
    errors.finish(Some(chart))
}

fn build(files: Option<Files>, mut errors: Errors) -> Result<Problem, InputErrors> {
    let problem = files.and_then(|files| build_problem(&files, &mut errors));
    errors.finish(problem)
}

fn build_problem(files: &Files, errors: &mut Errors) -> Option<Problem> {
    let raw = read_raw(files, errors);
    let prices = charges::link_prices(&raw.charges, errors);
    let settings = files.open(schema::SETTINGS, false, errors);
    let settings = settings.and_then(|bytes| settings::read_settings(bytes, prices, errors));
    let problem = link::link(&raw, settings, files.hash(), errors);
    // a map is drawn later; what is wrong with it is said now
    chart::read_chart(files, problem.as_ref(), errors);
    problem
}

fn read_raw(files: &Files, errors: &mut Errors) -> RawTables {
    RawTables {
        terminals: read_one(&schema::TERMINALS, files, raw::read_terminal, errors),
        junctions: read_one(&schema::JUNCTIONS, files, raw::read_junction, errors),
        links: read_one(&schema::LINKS, files, raw::read_link, errors),
        tides: read_one(&schema::TIDES, files, raw::read_tide, errors),
        classes: read_one(&schema::CLASSES, files, raw::read_class, errors),
        operators: read_one(&schema::OPERATORS, files, raw::read_operator, errors),
        fleet: read_one(&schema::FLEET, files, raw::read_fleet, errors),
        demand: read_one(&schema::DEMAND, files, raw::read_demand, errors),
        mothers: read_one(&schema::MOTHERS, files, raw::read_mother, errors),
        windows: read_one(&schema::WINDOWS, files, raw::read_window, errors),
        paths: read_one(&schema::CROSS_BORDER, files, raw::read_path, errors),
        charges: read_one(&schema::CHARGES, files, raw::read_charge, errors),
    }
}

fn read_one<T>(schema: &Schema, files: &Files, read: fn(&mut Row) -> T, errors: &mut Errors) -> Rows<T> {
    let table = match files.open(schema.file, schema.may_be_missing, errors) {
        Some(bytes) => read_table(schema, bytes, errors),
        None if schema.may_be_missing && files.is_absent(schema.file) => Table::absent(schema),
        None => Table::unread(schema),
    };
    read_rows(schema, &table, errors, read)
}
