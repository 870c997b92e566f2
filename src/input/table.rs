//! A CSV file as lines of cells: text, quotes, header and row lengths are checked here, the meaning of cells is not.

use super::ErrorCode::*;
use super::errors::{At, Errors, shown};
use super::schema::Schema;
use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use std::collections::BTreeSet;
use std::ops::Range;

/// Largest table, in bytes: far beyond any planning task, and small enough to hold in memory.
pub(super) const MOST_BYTES: u64 = 100_000_000;

/// A header with more columns is none of ours, and its rows are not worth the time.
const MOST_COLUMNS: usize = 100;

/// The lines of a table under its header.
#[derive(Debug)]
pub(super) struct Table {
    pub file: String,
    pub header: Vec<String>,
    pub lines: Vec<Line>,
    /// Nothing was left out. Otherwise a key that is not found here may have stood in a line that could not be read.
    pub whole: bool,
}

/// One row of cells.
#[derive(Debug)]
pub(super) struct Line {
    pub number: u64,
    pub cells: StringRecord,
}

impl Table {
    /// Stands for a table of which nothing could be read.
    pub fn unread(schema: &Schema) -> Self {
        Self { file: schema.file.to_owned(), header: Vec::new(), lines: Vec::new(), whole: false }
    }

    /// Stands for a table that may be missing and is.
    pub fn absent(schema: &Schema) -> Self {
        Self { whole: true, ..Self::unread(schema) }
    }
}

/// Reads a table. What cannot be read is reported and left out.
pub(super) fn read_table(schema: &Schema, bytes: &[u8], errors: &mut Errors) -> Table {
    let Some(text) = check_text(schema.file, bytes, errors) else {
        return Table::unread(schema);
    };
    let mut scan = Scan::new(text);
    let Some(header) = scan.next(schema, errors) else {
        return Table::unread(schema);
    };
    let before = errors.count();
    if !check_header(schema, &header, errors) {
        return Table::unread(schema);
    }
    let header: Vec<String> = header.cells.iter().map(str::to_owned).collect();
    let lines = read_lines(schema, header.len(), &mut scan, errors);
    Table { file: schema.file.to_owned(), header, lines, whole: errors.count() == before }
}

/// The text of a file without byte order mark, or an error with the line that is not UTF-8 or the finding that there is nothing.
pub(super) fn check_text<'a>(file: &str, bytes: &'a [u8], errors: &mut Errors) -> Option<&'a str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => {
            let do_this = format!("write it as instances/README.md says, or copy the {file} of another instance");
            errors.add(FileEmpty, At::file(file), "the file is empty", do_this);
            None
        }
        Ok(text) => Some(text),
        Err(error) => {
            let line = 1 + line_ends(bytes, 0..error.valid_up_to());
            errors.add(NotUtf8, At::line(file, line), "the text is not UTF-8", "save the file as UTF-8");
            None
        }
    }
}

/// Line ends of Unix, Windows or old Macs within a stretch of text.
fn line_ends(bytes: &[u8], stretch: Range<usize>) -> u64 {
    let ends = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    stretch.filter(ends).count() as u64
}

/// Rows of a CSV text with the line each starts at; the `csv` reader alone miscounts after blank lines and Windows line ends.
struct Scan<'a> {
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
    counted_to: usize,
    line: u64,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
        Self { bytes: text.as_bytes(), reader, counted_to: 0, line: 1 }
    }

    /// The next row, or `None` at the end and after a quote that is not closed: it swallows what follows.
    fn next(&mut self, schema: &Schema, errors: &mut Errors) -> Option<Line> {
        let mut cells = StringRecord::new();
        if !self.reader.read_record(&mut cells).unwrap_or(false) {
            return None;
        }
        let start = self.skip_blank_lines(cells.position().map_or(0, |at| at.byte() as usize));
        let end = (self.reader.position().byte() as usize).clamp(start, self.bytes.len());
        self.line += line_ends(self.bytes, self.counted_to..start);
        self.counted_to = start;
        if self.bytes[start..end].iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
            let what = "a quote is opened and not closed";
            let do_this = "close it, or write a quote within a quoted cell twice; what follows was not read";
            errors.add(OpenQuote, At::line(schema.file, self.line), what, do_this);
            return None;
        }
        Some(Line { number: self.line, cells })
    }

    fn skip_blank_lines(&self, mut at: usize) -> usize {
        while matches!(self.bytes.get(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        at
    }
}

/// Checks the columns; false when a column is missing or double, so that the rows cannot be trusted.
fn check_header(schema: &Schema, header: &Line, errors: &mut Errors) -> bool {
    let at = At::line(schema.file, header.number);
    let mut seen = BTreeSet::new();
    let mut usable = header.cells.len() <= MOST_COLUMNS;
    for column in &header.cells {
        let at = if column.is_empty() { at } else { at.field(column) };
        if !seen.insert(column) {
            errors.add(DuplicateColumn, at, "the column occurs twice", "remove one of the two");
            usable = false;
        } else if !schema.knows(column) {
            let what = format!("{} is not a column of {}", quoted(column), schema.file);
            errors.add(UnknownColumn, at, what, "remove it or correct its name; remarks go into the column note");
        }
    }
    for column in schema.required.iter().filter(|column| !seen.contains(*column)) {
        errors.add(MissingColumn, at.field(column), "the column is missing", "add it, see instances/README.md");
        usable = false;
    }
    usable
}

fn quoted(column: &str) -> String {
    if column.is_empty() { "a column without a name".to_owned() } else { shown(column) }
}

fn read_lines(schema: &Schema, width: usize, scan: &mut Scan, errors: &mut Errors) -> Vec<Line> {
    let before = errors.count();
    let mut lines = Vec::new();
    while let Some(line) = scan.next(schema, errors) {
        if lines.len() >= schema.most_rows {
            let what = format!("the table has more than {} rows", schema.most_rows);
            errors.add(TooManyRows, At::line(schema.file, line.number), what, "plan a smaller part of the network");
            return lines;
        }
        if line.cells.len() == width {
            lines.push(line);
        } else {
            let what = format!("the row has {} cells, the header {width}", line.cells.len());
            let do_this = "add or remove commas; a cell with a comma in it stands in quotes";
            errors.add(WrongCellCount, At::line(schema.file, line.number), what, do_this);
        }
    }
    if lines.len() < schema.least_rows && errors.count() == before {
        let what = format!("the table has {} rows and needs {} or more", lines.len(), schema.least_rows);
        errors.add(NoRows, At::file(schema.file), what, "add rows");
    }
    lines
}
