//! The public files of LINERLIB, as they are, to a [`LinerProblem`]. In: the folder, the name of an instance and the case. Out: the
//! problem, or every error at once. Only ports with demand are in the problem. Nothing here knows an instance by name: whatever has a
//! demand file and a fleet file can be read.

mod files;
mod link;
mod rows;
mod table;

use super::errors::Errors;
use super::{InputErrors, cells};
use crate::domain::liner::{Case, LinerProblem};
use cells::{Raw, Row, read_each};
use rows::RawFiles;
use std::path::Path;
use table::Layout;

/// Which problem of the folder to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinerChoice {
    /// Name of the instance: it has the files `Demand_NAME.csv` and `fleet_NAME.csv`.
    pub instance: String,
    pub case: Case,
    /// Keep the transit times, the revised ones where the instance has them.
    pub limits_transit: bool,
}

/// Reads one instance. Fails with all errors that could be told apart, never with the first one alone.
pub fn read_linerlib(folder: &Path, choice: &LinerChoice) -> Result<LinerProblem, InputErrors> {
    let mut errors = Errors::default();
    let problem = build(folder, choice, &mut errors);
    errors.finish(problem)
}

fn build(folder: &Path, choice: &LinerChoice, errors: &mut Errors) -> Option<LinerProblem> {
    let names = files::find_names(folder, choice, errors)?;
    let raw = RawFiles {
        ports: read(folder, files::PORTS, &rows::PORTS, rows::read_port, errors),
        routes: read(folder, files::DISTANCES, &rows::ROUTES, rows::read_route, errors),
        classes: read(folder, files::CLASSES, &rows::CLASSES, rows::read_class, errors),
        fleet: read(folder, &names.fleet, &rows::FLEET, rows::read_fleet, errors),
        demand: read(folder, &names.demand, &rows::DEMAND, rows::read_demand, errors),
    };
    link::link(&raw, choice, errors)
}

/// The rows of one file.
#[derive(Debug)]
struct Part<T> {
    file: String,
    rows: Vec<Raw<T>>,
    /// No row was left out, so what is not here is nowhere.
    whole: bool,
}

fn read<T>(folder: &Path, name: &str, layout: &Layout, row: fn(&mut Row) -> T, errors: &mut Errors) -> Part<T> {
    let table = files::read_bytes(folder, name, errors).and_then(|bytes| table::read_table(layout, name, &bytes, errors));
    match table {
        Some(table) => Part { rows: read_each(&table, errors, row), whole: table.whole, file: table.file },
        None => Part { file: name.to_owned(), rows: Vec::new(), whole: false },
    }
}
