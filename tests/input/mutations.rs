//! No bytes make the reader panic. Two kinds of damage: bytes at random, and cells replaced by values that programs choke on.

use crate::fixture::Tables;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One act of damage to a table.
#[derive(Clone, Debug)]
enum Damage {
    Replace(Index, u8),
    Insert(Index, Vec<u8>),
    Cut(Index, Index),
    Repeat(Index, Index),
    Cell(Index, Index, &'static str),
}

const NASTY: [&str; 18] = [
    "",
    " ",
    "\"",
    "\"\"",
    "NaN",
    "-inf",
    "-0",
    "1e308",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "\u{0}",
    "\u{202e}\u{feff}",
    "ß€💥",
    "a;b;;HUB;",
    "HUB",
    "yes",
];

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Replace(at, byte)),
        (place(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (place(), place()).prop_map(|(from, to)| Damage::Cut(from, to)),
        (place(), place()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        (place(), place(), select(NASTY.to_vec())).prop_map(|(line, cell, value)| Damage::Cell(line, cell, value)),
    ]
}

fn stretch(from: &Index, to: &Index, length: usize) -> std::ops::Range<usize> {
    let (from, to) = (from.index(length), to.index(length));
    from.min(to)..from.max(to)
}

fn apply(damage: &Damage, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    match damage {
        Damage::Replace(at, byte) => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Damage::Insert(at, new) => {
            let at = at.index(bytes.len());
            bytes.splice(at..at, new.iter().copied());
        }
        Damage::Cut(from, to) => drop(bytes.drain(stretch(from, to, bytes.len()))),
        Damage::Repeat(from, to) => {
            let piece = bytes[stretch(from, to, bytes.len())].to_vec();
            bytes.extend(piece);
        }
        Damage::Cell(line, cell, value) => replace_cell(bytes, line, cell, value),
    }
}

fn replace_cell(bytes: &mut Vec<u8>, line: &Index, cell: &Index, value: &str) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let line = line.index(lines.len());
    let separator = if lines[line].contains(',') { "," } else { " " };
    let mut cells: Vec<&str> = lines[line].split(separator).collect();
    let cell = cell.index(cells.len());
    cells[cell] = value;
    lines[line] = cells.join(separator);
    *bytes = lines.join("\n").into_bytes();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// Whatever is in the files, there is a problem or there are errors that can be shown.
    #[test]
    fn no_bytes_make_the_reader_panic(damages in prop::collection::vec((any::<Index>(), damage()), 1..6)) {
        let mut tables = Tables::valid();
        let names: Vec<String> = tables.0.keys().cloned().collect();
        for (file, damage) in &damages {
            let name = &names[file.index(names.len())];
            apply(damage, tables.0.get_mut(name).expect("the table is there"));
        }
        if let Err(errors) = tables.read() {
            prop_assert!(!errors.errors.is_empty());
            prop_assert_eq!(errors.to_string().lines().count(), errors.errors.len() + usize::from(errors.more > 0));
        }
    }

    /// Also when a table is nothing but noise.
    #[test]
    fn noise_is_no_instance(noise in prop::collection::vec(any::<u8>(), 0..300), file in any::<Index>()) {
        let mut tables = Tables::valid();
        let names: Vec<String> = tables.0.keys().cloned().collect();
        tables.put(&names[file.index(names.len())], noise);
        prop_assert!(tables.read().is_err());
    }
}

/// Nested settings must not exhaust the stack of a server's thread.
#[test]
fn deeply_nested_settings_are_an_error() {
    for nested in ["a.", "a = [", "a = {a = ", "[[", "[a."] {
        let mut tables = Tables::valid();
        tables.put("instance.toml", nested.repeat(9_999 / nested.len()));
        assert!(tables.read().is_err());
        tables.put("instance.toml", nested.repeat(4_000 / nested.len()) + "a = 1");
        assert!(tables.read().is_err());
    }
    let mut tables = Tables::valid();
    tables.put("instance.toml", "a.".repeat(4_990) + "a = 1");
    assert!(tables.read().is_err());
}

/// A server reads what is uploaded: a header of a million columns is refused without going through its rows.
#[test]
fn a_table_of_absurd_width_is_refused_at_once() {
    let mut tables = Tables::valid();
    let row = "1,".repeat(1_000_000) + "\n";
    tables.put("fleet.csv", row.repeat(20));
    let errors = tables.read().expect_err("these are no columns");
    assert!(errors.errors.iter().all(|error| error.file == "fleet.csv" && error.line.is_none_or(|line| line == 1)));
}
