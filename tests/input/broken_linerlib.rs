//! Broken files of LINERLIB: codes I5xx, and those of the other groups that they share.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use waterbus::domain::liner::Case;
use waterbus::input::ErrorCode::{self, *};
use waterbus::input::{InputErrors, LinerChoice, read_linerlib};

/// A broken folder and the one error that is to be reported for it.
struct Broken {
    code: ErrorCode,
    file: &'static str,
    line: u64,
    field: &'static str,
    breaks: fn(&Path),
}

const DEMAND: &str = "Demand_Tiny.csv";

/// Codes that these cases prove.
pub fn codes() -> BTreeSet<ErrorCode> {
    cases().iter().map(|case| case.code).collect()
}

fn broken(code: ErrorCode, file: &'static str, line: u64, field: &'static str, breaks: fn(&Path)) -> Broken {
    Broken { code, file, line, field, breaks }
}

fn cases() -> Vec<Broken> {
    let mut cases = files();
    cases.extend(lines_and_cells());
    cases.extend(contradictions());
    cases
}

fn files() -> Vec<Broken> {
    vec![
        broken(FolderUnreadable, "", 0, "", |folder| fs::remove_dir_all(folder).expect("the folder can be removed")),
        broken(FileMissing, DEMAND, 0, "", |folder| remove(folder, DEMAND)),
        broken(FileMissing, "fleet_Tiny.csv", 0, "", |folder| remove(folder, "fleet_Tiny.csv")),
        broken(FileMissing, "ports.csv", 0, "", |folder| remove(folder, "ports.csv")),
        broken(NotAFile, "dist_dense.csv", 0, "", |folder| {
            remove(folder, "dist_dense.csv");
            fs::create_dir(folder.join("dist_dense.csv")).expect("a folder can be made");
        }),
        broken(NotUtf8, "ports.csv", 3, "", |folder| {
            let bytes = fs::read(folder.join("ports.csv")).expect("the file is there");
            let at = bytes.windows(8).position(|text| text == b"Westport").expect("the port is there");
            put(folder, "ports.csv", [&bytes[..at], b"\xff", &bytes[at..]].concat());
        }),
        broken(FileEmpty, "fleet_Tiny.csv", 0, "", |folder| put(folder, "fleet_Tiny.csv", " \n\n")),
        broken(NoRows, "fleet_Tiny.csv", 0, "", |folder| {
            put(folder, "fleet_Tiny.csv", "Vessel class\tQuantity\n");
        }),
        broken(TooManyRows, "fleet_data.csv", 102, "", |folder| {
            let rows = (0..101).map(|row| format!("C{row}\t100\t1000\t5\t10\t15\t12\t12\t2\t\t\n")).collect::<String>();
            let text = text(folder, "fleet_data.csv");
            let header = text.lines().next().expect("a header");
            put(folder, "fleet_data.csv", format!("{header}\n{rows}"));
        }),
    ]
}

fn lines_and_cells() -> Vec<Broken> {
    vec![
        broken(NoHeader, DEMAND, 1, "", |folder| cut_header(folder, DEMAND)),
        broken(NoHeader, "ports.csv", 1, "", |folder| cut_header(folder, "ports.csv")),
        broken(MissingColumn, DEMAND, 1, "TransitTime", |folder| replace(folder, DEMAND, "\tTransitTime", "")),
        broken(MissingColumn, "fleet_Tiny.csv", 1, "Quantity", |folder| {
            replace(folder, "fleet_Tiny.csv", "Vessel class\tQuantity", "Vessel class,Quantity");
        }),
        broken(ColumnMoved, DEMAND, 1, "Revenue_1", |folder| replace(folder, DEMAND, "TransitTime", "revenue_1")),
        broken(WrongCellCount, DEMAND, 2, "", |folder| replace(folder, DEMAND, "\t40\r", "\t40\t7\r")),
        broken(EmptyCell, DEMAND, 4, "Revenue_1", |folder| replace(folder, DEMAND, "30\t800", "30\t")),
        broken(EmptyCell, DEMAND, 6, "TransitTime", |folder| replace(folder, DEMAND, "400\t9", "400")),
        broken(EmptyCell, DEMAND, 4, "Origin", |folder| replace(folder, DEMAND, "XXMID\tXXEST\t30", "NULL\tXXEST\t30")),
        broken(EmptyCell, "fleet_data.csv", 2, "designSpeed", |folder| {
            replace(folder, "fleet_data.csv", "15\t12\t12", "15\t\t12");
        }),
        broken(NotANumber, "ports.csv", 2, "Draft", |folder| replace(folder, "ports.csv", "\t14\t", "\t14m\t")),
        broken(NotANumber, "fleet_Tiny.csv", 2, "Quantity", |folder| replace(folder, "fleet_Tiny.csv", "14", "1.5")),
        broken(NotANumber, "dist_dense.csv", 2, "Distance", |folder| replace(folder, "dist_dense.csv", "12000", "inf")),
        broken(OutOfRange, DEMAND, 5, "FFEPerWeek", |folder| replace(folder, DEMAND, "\t10\t", "\t-10\t")),
        broken(OutOfRange, "fleet_data.csv", 2, "minSpeed", |folder| {
            replace(folder, "fleet_data.csv", "5\t10\t15", "5\t0\t15");
        }),
        broken(UnknownWord, "dist_dense.csv", 2, "IsSuez", |folder| replace(folder, "dist_dense.csv", "\t0\t0", "\t0\t2")),
        broken(BadThousands, DEMAND, 3, "FFEPerWeek", |folder| replace(folder, DEMAND, "1.05", "1.0525")),
        broken(BadThousands, DEMAND, 3, "FFEPerWeek", |folder| replace(folder, DEMAND, "1.05", "-1.05")),
    ]
}

fn contradictions() -> Vec<Broken> {
    vec![
        broken(BadCode, "", 0, "", |folder| put(folder, "instance", "../Tiny")),
        broken(DuplicateKey, "ports.csv", 6, "UNLocode", |folder| replace(folder, "ports.csv", "XXNIL", "XXEST")),
        broken(DuplicateKey, "fleet_data.csv", 3, "Vessel class", |folder| {
            replace(folder, "fleet_data.csv", "Big_400", "Small_100");
            replace(folder, "fleet_Tiny.csv", "\nBig_400\t3", "");
        }),
        broken(DuplicateKey, "fleet_Tiny.csv", 3, "Vessel class", |folder| {
            replace(folder, "fleet_Tiny.csv", "Big_400", "Small_100");
        }),
        broken(DuplicateRoute, "dist_dense.csv", 4, "", |folder| {
            replace(folder, "dist_dense.csv", "8400\t\t0\t1", "8400\t\t0\t0");
        }),
        broken(UnknownPort, DEMAND, 6, "Destination", |folder| replace(folder, DEMAND, "XXSHL", "XXSHO")),
        broken(UnknownPort, "dist_dense.csv", 2, "fromUNLOCODe", |folder| {
            replace(folder, "dist_dense.csv", "XXEST\tXXWST\t12000", "XXEAS\tXXWST\t12000");
        }),
        broken(UnknownClass, "fleet_Tiny.csv", 3, "Vessel class", |folder| replace(folder, "fleet_Tiny.csv", "Big", "Bigger")),
        broken(SameTerminal, DEMAND, 6, "Destination", |folder| replace(folder, DEMAND, "XXMID\tXXSHL", "XXSHL\tXXSHL")),
        broken(PortWithoutCosts, "ports.csv", 5, "CostPerFULL", |folder| replace(folder, "ports.csv", "\t70\t", "\tNULL\t")),
        broken(SpeedsReversed, "fleet_data.csv", 3, "minSpeed", |folder| {
            replace(folder, "fleet_data.csv", "9\t12\t20", "9\t21\t20");
        }),
    ]
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("the file is text")
}

fn put(folder: &Path, file: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(file), bytes).expect("the file can be written");
}

fn remove(folder: &Path, file: &str) {
    fs::remove_file(folder.join(file)).expect("the file can be removed");
}

/// Replaces a piece of text that must be there.
fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let text = text(folder, file);
    assert!(text.contains(from), "{file} holds {from}");
    put(folder, file, text.replacen(from, to, 1));
}

fn cut_header(folder: &Path, file: &str) {
    let text = text(folder, file);
    let (_, rows) = text.split_once('\n').expect("the file has lines");
    put(folder, file, rows);
}

/// A copy of the made-up folder that may be broken.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/linerlib/data");
    let keeper = tempfile::tempdir().expect("a folder for the test");
    let inside = keeper.path().join("linerlib");
    fs::create_dir(&inside).expect("a folder can be made");
    for file in fs::read_dir(source).expect("the made-up folder is there").flatten().filter(|file| file.path().is_file()) {
        fs::copy(file.path(), inside.join(file.file_name())).expect("a file can be copied");
    }
    (keeper, inside)
}

/// Reads the instance, which a case may name in a file of its own.
fn read(folder: &Path) -> Result<(), InputErrors> {
    let instance = fs::read_to_string(folder.join("instance")).unwrap_or_else(|_| "Tiny".to_owned());
    read_linerlib(folder, &LinerChoice { instance, case: Case::Base, limits_transit: false }).map(drop)
}

/// Each mistake is one error, in its place, with advice.
#[test]
fn a_broken_file_of_linerlib_is_reported_at_its_place() {
    for case in cases() {
        let (_keeper, folder) = copy();
        (case.breaks)(&folder);
        let errors = read(&folder).err().unwrap_or_else(|| panic!("{:?} is reported for {}", case.code, case.file));
        let [error] = errors.errors.as_slice() else { panic!("one error for {:?}, not:\n{errors}", case.code) };
        let found = (error.code, error.line.unwrap_or(0), error.field.as_deref().unwrap_or(""));
        assert_eq!(found, (case.code, case.line, case.field), "{error}");
        assert!(error.file == case.file || case.file.is_empty() && error.file.ends_with("linerlib"), "{error}");
        assert!(!error.what.is_empty() && !error.do_this.is_empty(), "{error}");
    }
}

/// Errors of several files come together, file by file.
#[test]
fn errors_of_all_linerlib_files_are_reported_together() {
    let (_keeper, folder) = copy();
    replace(&folder, DEMAND, "XXSHL", "XXSHO");
    replace(&folder, DEMAND, "1500", "x");
    replace(&folder, "ports.csv", "\t70\t", "\tx\t");
    replace(&folder, "fleet_Tiny.csv", "Big_400", "Huge_900");
    let errors = read(&folder).expect_err("four things are wrong").errors;
    let found: Vec<_> = errors.iter().map(|error| (error.file.as_str(), error.line, error.code)).collect();
    let expected = [
        (DEMAND, Some(2), NotANumber),
        (DEMAND, Some(6), UnknownPort),
        ("fleet_Tiny.csv", Some(3), UnknownClass),
        ("ports.csv", Some(5), NotANumber),
    ];
    assert_eq!(found, expected);
}

/// Bytes changed, cut and doubled at random: an answer each time, never a panic.
#[test]
fn no_bytes_make_the_linerlib_reader_panic() {
    let (_keeper, folder) = copy();
    assert_eq!(read(&folder), Ok(()));
    let mut state = 7_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    for file in ["ports.csv", "dist_dense.csv", "fleet_data.csv", "fleet_Tiny.csv", DEMAND] {
        let valid = fs::read(folder.join(file)).expect("the file is there");
        for _ in 0..200 {
            let mut bytes = valid.clone();
            for _ in 0..=below(3) {
                let at = below(bytes.len());
                match below(4) {
                    0 => bytes.truncate(at),
                    1 if !bytes.is_empty() => bytes[at] = below(256) as u8,
                    2 => bytes.insert(at, b"\t\n\r.-0e"[below(7)]),
                    _ => bytes.extend_from_within(at..),
                }
            }
            put(&folder, file, &bytes);
            let _ = read(&folder);
        }
        put(&folder, file, valid);
    }
}
