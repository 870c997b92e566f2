//! Files of PESPlib, the public benchmark of periodic timetabling. The first line holds the numbers of activities and events and the
//! period; every other line is an activity: `index; tail; head; lower; upper; weight`. Blank lines and lines that start with `#` are skipped.

use super::ErrorCode::{self, *};
use super::InputErrors;
use super::cells::{Raw, Row, read_each};
use super::errors::{At, Errors, shown};
use super::files::read_file;
use super::table::{Line, Table, check_text};
use crate::domain::event_network::{Activity, EventIdx, EventNetwork};
use csv::StringRecord;
use std::collections::BTreeMap;
use std::path::Path;

const SIZES: [&str; 3] = ["activities", "events", "period"];
const COLUMNS: [&str; 6] = ["index", "tail", "head", "lower", "upper", "weight"];
/// Most activities or events of one timetable.
const MOST_ROWS: i64 = 1_000_000;
/// Longest period in slots: a fortnight in minutes is 20,160.
const LONGEST_PERIOD: i64 = 21_000;
/// Longest duration and largest weight of one activity.
const MOST: i64 = 1_000_000_000_000;
/// Largest sum of the weights of all activities, each for a whole period: far from what 64 bits hold.
const HEAVIEST: i128 = 1 << 60;

/// Reads an event network. Fails with all errors that could be told apart, never with the first one alone.
pub fn read_pesplib(path: &Path) -> Result<EventNetwork, InputErrors> {
    let mut errors = Errors::default();
    let network = build(path, &mut errors);
    errors.finish(network)
}

fn build(path: &Path, errors: &mut Errors) -> Option<EventNetwork> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        errors.add(FileMissing, At::file(&name), "the file is missing", "give the path of a file of PESPlib");
        return None;
    }
    let bytes = read_file(path, &name, errors)?;
    let text = check_text(&name, &bytes, errors)?;
    let is_row = |(_, line): &(u64, &str)| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut lines = (1..).zip(text.lines()).filter(is_row);
    let Some((at, sizes)) = lines.next() else {
        errors.add(FileEmpty, At::file(&name), "the file has nothing but comments", "copy it from PESPlib");
        return None;
    };
    let sizes = read_sizes(&name, at, sizes, errors)?;
    let table = read_rows(&name, lines, errors);
    let rows = read_each(&table, errors, read_row);
    check(&name, &sizes, &table, &rows, errors);
    (errors.count() == 0).then(|| link(&sizes, &rows))
}

/// The first line.
struct Sizes {
    line: u64,
    activities: i64,
    events: i64,
    period: i64,
}

struct RawActivity {
    index: i64,
    tail: i64,
    head: i64,
    lower: i64,
    upper: i64,
    weight: i64,
}

/// Cells between semicolons, or between blanks where there are none.
fn cells(line: &str) -> StringRecord {
    match line.trim_end().strip_suffix(';').unwrap_or(line) {
        line if line.contains(';') => line.split(';').map(str::trim).collect(),
        line => line.split_whitespace().collect(),
    }
}

fn read_sizes(file: &str, number: u64, text: &str, errors: &mut Errors) -> Option<Sizes> {
    let cells = cells(text);
    if cells.len() != SIZES.len() {
        let what = format!("the first line is {}, not three numbers", shown(text));
        errors.add(BadSizes, At::line(file, number), what, "begin with the numbers of activities and events and the period");
        return None;
    }
    let header = SIZES.map(str::to_owned).to_vec();
    let table = Table { file: file.to_owned(), header, lines: vec![Line { number, cells }], whole: true };
    let read = |row: &mut Row| Sizes {
        line: number,
        activities: row.whole("activities", 1..=MOST_ROWS),
        events: row.whole("events", 1..=MOST_ROWS),
        period: row.whole("period", 1..=LONGEST_PERIOD),
    };
    read_each(&table, errors, read).pop().filter(|raw| raw.sound).map(|raw| raw.row)
}

fn read_rows<'a>(file: &str, lines: impl Iterator<Item = (u64, &'a str)>, errors: &mut Errors) -> Table {
    let mut read = Vec::new();
    for (number, line) in lines {
        if read.len() as i64 >= MOST_ROWS {
            let what = format!("there are more than {MOST_ROWS} activities");
            errors.add(TooManyRows, At::line(file, number), what, "plan a smaller part of the network");
            break;
        }
        let cells = cells(line);
        if cells.len() == COLUMNS.len() {
            read.push(Line { number, cells });
        } else {
            let what = format!("the line has {} cells instead of {}", cells.len(), COLUMNS.len());
            errors.add(WrongCellCount, At::line(file, number), what, format!("write {}", COLUMNS.join("; ")));
        }
    }
    if read.is_empty() && errors.count() == 0 {
        errors.add(NoRows, At::file(file), "there are no activities", "add a line for each activity");
    }
    let whole = errors.count() == 0;
    Table { file: file.to_owned(), header: COLUMNS.map(str::to_owned).to_vec(), lines: read, whole }
}

fn read_row(row: &mut Row) -> RawActivity {
    RawActivity {
        index: row.whole("index", 0..=MOST),
        tail: row.whole("tail", 0..=MOST_ROWS),
        head: row.whole("head", 0..=MOST_ROWS),
        lower: row.whole("lower", -MOST..=MOST),
        upper: row.whole("upper", -MOST..=MOST),
        weight: row.whole("weight", 0..=MOST),
    }
}

/// Events are numbered from one, or from zero if zero occurs. What stands for a wrong cell is no such zero.
fn first_event(rows: &[Raw<RawActivity>]) -> i64 {
    i64::from(rows.iter().filter(|raw| raw.sound).all(|raw| raw.row.tail > 0 && raw.row.head > 0))
}

/// What the lines say together.
fn check(file: &str, sizes: &Sizes, table: &Table, rows: &[Raw<RawActivity>], errors: &mut Errors) {
    let sound: Vec<&Raw<RawActivity>> = rows.iter().filter(|raw| raw.sound).collect();
    let last = first_event(rows) + sizes.events - 1;
    let mut seen = BTreeMap::new();
    for raw in &sound {
        let (row, mut wrong) = (&raw.row, Wrong { file, line: raw.line, errors });
        if let Some(first) = seen.insert(row.index, raw.line) {
            wrong.say(DuplicateKey, "index", format!("{} is in line {first} already", row.index), "give it another index");
        }
        for (field, event) in [("tail", row.tail), ("head", row.head)].into_iter().filter(|(_, event)| *event > last) {
            let what = format!("event {event} is beyond the last event, {last}");
            wrong.say(UnknownEvent, field, what, "correct it, or the number of events in the first line");
        }
        if row.lower > row.upper {
            let what = format!("the shortest duration, {}, is above the longest, {}", row.lower, row.upper);
            wrong.say(SpanReversed, "lower", what, "correct one of the two");
        }
    }
    if table.whole && table.lines.len() as i64 != sizes.activities {
        let what = format!("{} activities are announced, and {} are there", sizes.activities, table.lines.len());
        let do_this = "correct the number, or complete the file";
        errors.add(SizesDiffer, At::line(file, sizes.line).field("activities"), what, do_this);
    }
    let weight: i128 = sound.iter().map(|raw| i128::from(raw.row.weight)).sum();
    if weight * i128::from(sizes.period) > HEAVIEST {
        let what = format!("the weights add up to {weight}, too much for a period of {}", sizes.period);
        errors.add(TooHeavy, At::file(file).field("weight"), what, "divide all weights by the same number");
    }
}

/// A line to complain about.
struct Wrong<'a> {
    file: &'a str,
    line: u64,
    errors: &'a mut Errors,
}

impl Wrong<'_> {
    fn say(&mut self, code: ErrorCode, field: &str, what: String, do_this: &str) {
        self.errors.add(code, At::line(self.file, self.line).field(field), what, do_this);
    }
}

fn link(sizes: &Sizes, rows: &[Raw<RawActivity>]) -> EventNetwork {
    let first = first_event(rows);
    let event = |number: i64| EventIdx::from((number - first) as usize);
    let activity = |raw: &Raw<RawActivity>| Activity {
        from: event(raw.row.tail),
        to: event(raw.row.head),
        least: raw.row.lower,
        most: raw.row.upper,
        weight: raw.row.weight,
    };
    EventNetwork {
        period: sizes.period,
        events: (first..first + sizes.events).collect(),
        activities: rows.iter().map(activity).collect(),
    }
}
