//! Broken files of PESPlib: codes I6xx, and those of the other groups that they share.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use waterbus::input::ErrorCode::{self, *};
use waterbus::input::{InputErrors, read_pesplib};

const GOOD: &str = "3 3 60\n1; 1; 2; 5; 9; 10\n2; 2; 3; 3; 62; 20\n\n3; 3; 1; 70; 70; 0\n";

/// A text of a file, and code, line and column of the one error that is to be reported for it.
struct Broken {
    text: String,
    code: ErrorCode,
    line: u64,
    field: &'static str,
}

/// Codes that these cases prove.
pub fn codes() -> BTreeSet<ErrorCode> {
    cases().iter().map(|case| case.code).collect()
}

fn cases() -> Vec<Broken> {
    let case = |from: &str, to: &str, code, line, field| {
        assert!(GOOD.contains(from), "{from} is not in the file");
        Broken { text: GOOD.replacen(from, to, 1), code, line, field }
    };
    vec![
        Broken { text: String::new(), code: FileEmpty, line: 0, field: "" },
        Broken { text: "# nothing\n \n# else\n".to_owned(), code: FileEmpty, line: 0, field: "" },
        Broken { text: "3 3 60\n".to_owned(), code: NoRows, line: 0, field: "" },
        case("3 3 60\n", "", BadSizes, 1, ""),
        case("3 3 60", "3 3", BadSizes, 1, ""),
        case("3 3 60", "3 3 sixty", NotANumber, 1, "period"),
        case("3 3 60", "3 3 0", OutOfRange, 1, "period"),
        case("3 3 60", "3 3 -60", OutOfRange, 1, "period"),
        case("3 3 60", "3 3 99999999999999999999", NotANumber, 1, "period"),
        case("3 3 60", "3 0 60", OutOfRange, 1, "events"),
        case("3 3 60", "4 3 60", SizesDiffer, 1, "activities"),
        case("; 5; 9; 10", "; 5; 9", WrongCellCount, 2, ""),
        case("; 5; 9; 10", "; 5; 9; 10; 11", WrongCellCount, 2, ""),
        case("; 5; 9; 10", "; 5.5; 9; 10", NotANumber, 2, "lower"),
        case("; 5; 9; 10", "; 5; ; 10", EmptyCell, 2, "upper"),
        case("; 5; 9; 10", "; 5; 9; -1", OutOfRange, 2, "weight"),
        case("; 5; 9; 10", "; 5; 1e3; 10", NotANumber, 2, "upper"),
        case("; 5; 9; 10", "; -9000000000000; 9; 10", OutOfRange, 2, "lower"),
        case("; 5; 9; 10", "; 10; 9; 10", SpanReversed, 2, "lower"),
        case("1; 1; 2", "1; -1; 2", OutOfRange, 2, "tail"),
        case("3; 3; 1", "2; 3; 1", DuplicateKey, 5, "index"),
        case("3; 3; 1", "3; 4; 1", UnknownEvent, 5, "tail"),
        // with an event zero the last one is number two
        case("3; 3; 1", "3; 0; 1", UnknownEvent, 3, "head"),
        Broken { text: heavy(), code: TooHeavy, line: 0, field: "weight" },
    ]
}

/// Weights that could not be added up in 64 bits.
fn heavy() -> String {
    let rows: String = (0..60_000).map(|row| format!("{row}; 1; 2; 0; 20000; 1000000000000\n")).collect();
    format!("60000 2 21000\n{rows}")
}

fn read(text: &[u8]) -> Result<(), InputErrors> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("network.txt");
    fs::write(&path, text).expect("a file can be written");
    read_pesplib(&path).map(drop)
}

/// Each mistake is one error, in its place, with advice.
#[test]
fn a_broken_file_of_pesplib_is_reported_at_its_place() {
    assert_eq!(read(GOOD.as_bytes()), Ok(()));
    for case in cases() {
        let start: String = case.text.chars().take(200).collect();
        let errors = read(case.text.as_bytes()).err().unwrap_or_else(|| panic!("{:?} is reported for\n{start}", case.code));
        let [error] = errors.errors.as_slice() else { panic!("one error for {:?} of\n{start}\nnot:\n{errors}", case.code) };
        let found = (error.code, error.line.unwrap_or(0), error.field.as_deref().unwrap_or(""));
        assert_eq!(found, (case.code, case.line, case.field), "{error} for\n{start}");
        assert_eq!(error.file, "network.txt");
        assert!(!error.what.is_empty() && !error.do_this.is_empty(), "{error}");
    }
}

#[test]
fn errors_of_a_whole_file_of_pesplib_are_reported_together() {
    let text = "5 3 60\n1; 1; 2; 5; x; 10\n2; 2; 9; 3; 62; 20\n2; 3; 1; 71; 70; 0\n4; 1\n";
    let errors = read(text.as_bytes()).expect_err("five things are wrong").errors;
    let found: Vec<_> = errors.iter().map(|error| (error.line, error.code)).collect();
    let expected = [(2, NotANumber), (3, UnknownEvent), (4, DuplicateKey), (4, SpanReversed), (5, WrongCellCount)]
        .map(|(l, c)| (Some(l), c));
    assert_eq!(found, expected);
}

#[test]
fn a_file_of_pesplib_that_cannot_be_opened_is_reported() {
    let code = |path: &Path| read_pesplib(path).expect_err("it is no file").errors[0].code;
    let folder = tempfile::tempdir().expect("a folder for the test");
    assert_eq!(code(&folder.path().join("nothing")), FileMissing);
    assert_eq!(code(folder.path()), NotAFile);
    assert_eq!(read(b"3 3 60\n\xff").expect_err("it is no text").errors[0].code, NotUtf8);
}

/// Blanks instead of semicolons, comments, numbers from zero, and a semicolon at the end are all the same network.
#[test]
fn the_ways_to_write_a_network_are_read_alike() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("network.txt");
    let read = |text: &str| {
        fs::write(&path, text).expect("a file can be written");
        read_pesplib(&path).unwrap_or_else(|errors| panic!("{errors}"))
    };
    let plain = read(GOOD);
    assert_eq!((plain.period, plain.events.as_slice(), plain.activities.len()), (60, &[1, 2, 3][..], 3));
    assert_eq!(read(&GOOD.replace(';', " ")), plain);
    assert_eq!(read(&format!("# a comment\n\n{}", GOOD.replace("10\n", "10;\r\n").replace("3 3 60", "3; 3; 60"))), plain);
    let from_zero = read("3 3 60\n1;0;1;5;9;10\n2;1;2;3;62;20\n3;2;0;70;70;0\n");
    assert_eq!((from_zero.events, from_zero.activities), (vec![0, 1, 2], plain.activities));
}
