//! A tab-separated file as lines of cells. Columns are known by their place, for the headers differ in spelling; a header that is none,
//! or that names a column in the place of another, is noticed.

use crate::input::ErrorCode::*;
use crate::input::errors::{At, Errors, shown};
use crate::input::table::{Line, Table, check_text};
use csv::StringRecord;

/// What stands for nothing, besides nothing.
const NULL: &str = "NULL";

/// The columns of a file.
#[derive(Debug)]
pub(super) struct Layout {
    /// In the order of the file; the last ones may be left out of a row when they are empty.
    pub columns: &'static [&'static str],
    /// Places of columns that hold numbers in every row, so never in the header.
    pub numbers: &'static [usize],
    /// More rows than this cannot be one planning task.
    pub most_rows: usize,
}

/// Reads a table; `None` when nothing of it can be trusted.
pub(super) fn read_table(layout: &Layout, name: &str, bytes: &[u8], errors: &mut Errors) -> Option<Table> {
    let text = check_text(name, bytes, errors)?;
    let mut lines = split(text);
    // text that is not blank has a line that is not blank
    let (at, header) = lines.next()?;
    let before = errors.count();
    if !check_header(layout, &cells(header), At::line(name, at), errors) {
        return None;
    }
    let lines = read_lines(layout, name, lines, errors);
    let header = layout.columns.iter().map(|column| (*column).to_owned()).collect();
    Some(Table { file: name.to_owned(), header, lines, whole: errors.count() == before })
}

/// Lines that are not blank, with their numbers.
fn split(text: &str) -> impl Iterator<Item = (u64, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').map(str::trim).map(|cell| if cell == NULL { "" } else { cell }).collect()
}

fn check_header(layout: &Layout, header: &[&str], at: At, errors: &mut Errors) -> bool {
    if layout.numbers.iter().any(|place| header.get(*place).is_some_and(|cell| cell.parse::<f64>().is_ok())) {
        let do_this = format!("put a line with the names of the columns before it: {}", layout.columns.join(", "));
        errors.add(NoHeader, at, "the first line is a row, not the names of the columns", do_this);
        return false;
    }
    let before = errors.count();
    if let Some(column) = layout.columns.get(header.len()) {
        let do_this = "separate columns by tabs, in the order of the public files";
        errors.add(MissingColumn, at.field(column), "the column is missing", do_this);
    }
    for (place, found) in header.iter().enumerate() {
        let meant = layout.columns.iter().position(|column| column.eq_ignore_ascii_case(found));
        if let Some(meant) = meant.filter(|meant| *meant != place) {
            let what = format!("the column is number {} instead of {}", place + 1, meant + 1);
            errors.add(ColumnMoved, at.field(layout.columns[meant]), what, "put the columns in the order of the public files");
        }
    }
    errors.count() == before
}

fn read_lines<'a>(layout: &Layout, file: &str, lines: impl Iterator<Item = (u64, &'a str)>, errors: &mut Errors) -> Vec<Line> {
    let mut read = Vec::new();
    let before = errors.count();
    for (number, line) in lines {
        if read.len() >= layout.most_rows {
            let what = format!("the table has more than {} rows", layout.most_rows);
            errors.add(TooManyRows, At::line(file, number), what, "plan a smaller part of the network");
            return read;
        }
        let cells = cells(line);
        match cells.iter().skip(layout.columns.len()).find(|cell| !cell.is_empty()) {
            None => read.push(Line { number, cells: StringRecord::from(cells) }),
            Some(extra) => {
                let what = format!("{} stands after the last column", shown(extra));
                errors.add(WrongCellCount, At::line(file, number), what, "remove it, or a tab too many before it");
            }
        }
    }
    if read.is_empty() && errors.count() == before {
        errors.add(NoRows, At::file(file), "the table has only its header", "add rows");
    }
    read
}
