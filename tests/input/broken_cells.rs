//! Broken columns, cells and settings: codes I1xx.

use crate::fixture::{Case, Tables, case};
use waterbus::input::ErrorCode::*;

pub fn cases() -> Vec<Case> {
    let mut cases = columns();
    cases.extend(cells());
    cases.extend(numbers());
    cases.extend(settings());
    cases
}

fn columns() -> Vec<Case> {
    vec![
        case(UnknownColumn, "demand.csv", 1, "remark", |tables| tables.replace("demand.csv", "confidence", "remark")),
        case(UnknownColumn, "junctions.csv", 1, "", |tables| {
            tables.put("junctions.csv", "junction,name,lat,lon,\nJ1,Mouth,22.8,113.5,\n");
        }),
        case(MissingColumn, "links.csv", 1, "depth_m", |tables| {
            tables.replace("links.csv", "depth_m", "note");
        }),
        case(DuplicateColumn, "junctions.csv", 1, "lat", |tables| {
            tables.put("junctions.csv", "junction,name,lat,lon,lat\nJ1,Mouth,22.8,113.5,22.8\n");
        }),
        case(WrongCellCount, "fleet.csv", 3, "", |tables| tables.replace("fleet.csv", "OP1,B64,1,no", "OP1,B64,1,no,5")),
        case(WrongCellCount, "fleet.csv", 3, "", |tables| tables.replace("fleet.csv", "OP1,B64,1,no", "OP1,B64,1")),
        case(WrongCellCount, "terminals.csv", 4, "", |tables| tables.replace("terminals.csv", "MID,,", "MID,")),
        case(OpenQuote, "mother_vessels.csv", 2, "", |tables| tables.replace("mother_vessels.csv", "Weekly", "\"Weekly")),
    ]
}

fn cells() -> Vec<Case> {
    vec![
        case(EmptyCell, "demand.csv", 3, "origin", |tables| tables.set("demand.csv", 3, "origin", "")),
        case(EmptyCell, "links.csv", 3, "km", |tables| tables.set("links.csv", 3, "km", " ")),
        case(EmptyCell, "terminals.csv", 2, "name", |tables| tables.set("terminals.csv", 2, "name", "")),
        case(EmptyCell, "terminals.csv", 2, "mixed_trade", |tables| tables.set("terminals.csv", 2, "mixed_trade", "")),
        case(UnknownWord, "demand.csv", 2, "trade", |tables| tables.set("demand.csv", 2, "trade", "exports")),
        case(UnknownWord, "links.csv", 2, "waterway_class", |tables| tables.set("links.csv", 2, "waterway_class", "VI")),
        case(UnknownWord, "links.csv", 2, "through_traffic", |tables| tables.set("links.csv", 2, "through_traffic", "maybe")),
        case(UnknownWord, "demand.csv", 2, "confidence", |tables| tables.set("demand.csv", 2, "confidence", "C")),
        case(UnknownWord, "terminals.csv", 3, "foreign_trade", |tables| tables.set("terminals.csv", 3, "foreign_trade", "Yes")),
        case(TextTooLong, "junctions.csv", 2, "name", |tables| tables.set("junctions.csv", 2, "name", &"M".repeat(201))),
        case(TextTooLong, "terminals.csv", 2, "note", |tables| tables.set("terminals.csv", 2, "note", &"n".repeat(5001))),
        case(ControlCharacter, "junctions.csv", 2, "name", |tables| tables.set("junctions.csv", 2, "name", "Mou\u{7}th")),
        case(ControlCharacter, "junctions.csv", 2, "name", |tables| tables.set("junctions.csv", 2, "name", "\"Mou\nth\"")),
        case(BadCode, "junctions.csv", 3, "junction", |tables| {
            tables.add("junctions.csv", "J 2,Side,22,113");
            tables.replace("links.csv", "W4,J1,HKG", "W4,J 2,HKG");
            tables.add("links.csv", "W5,J1,J 2,Sound,45,sea,9,30,0,20,yes,,,,,no");
        }),
        // references to a code that breaks the pattern still find it: one mistake, one error
        case(BadCode, "terminals.csv", 4, "terminal", |tables| {
            for file in ["terminals.csv", "links.csv", "demand.csv"] {
                tables.put(file, tables.text(file).replace("MID", "Mid"));
            }
        }),
        case(BadCode, "terminals.csv", 3, "unlocode", |tables| tables.set("terminals.csv", 3, "unlocode", "CN1")),
    ]
}

fn numbers() -> Vec<Case> {
    vec![
        case(NotANumber, "links.csv", 2, "km", |tables| tables.set("links.csv", 2, "km", "60 km")),
        case(NotANumber, "links.csv", 2, "km", |tables| tables.set("links.csv", 2, "km", "NaN")),
        case(NotANumber, "links.csv", 2, "km", |tables| tables.set("links.csv", 2, "km", "inf")),
        case(NotANumber, "links.csv", 2, "km", |tables| tables.set("links.csv", 2, "km", "1e999")),
        case(NotANumber, "demand.csv", 2, "teu_per_week", |tables| tables.set("demand.csv", 2, "teu_per_week", "4.5")),
        case(NotANumber, "demand.csv", 2, "teu_per_week", |tables| {
            tables.set("demand.csv", 2, "teu_per_week", "99999999999999999999");
        }),
        case(OutOfRange, "demand.csv", 2, "teu_per_week", |tables| tables.set("demand.csv", 2, "teu_per_week", "-1")),
        case(OutOfRange, "demand.csv", 2, "tonnes_per_teu", |tables| tables.set("demand.csv", 2, "tonnes_per_teu", "1e300")),
        case(OutOfRange, "terminals.csv", 2, "lat", |tables| tables.set("terminals.csv", 2, "lat", "113.7")),
        case(OutOfRange, "terminals.csv", 2, "lon", |tables| tables.set("terminals.csv", 2, "lon", "-181")),
        case(OutOfRange, "terminals.csv", 3, "open_to_min", |tables| tables.set("terminals.csv", 3, "open_to_min", "1441")),
        case(OutOfRange, "fleet.csv", 2, "vessels", |tables| tables.set("fleet.csv", 2, "vessels", "10001")),
        case(OutOfRange, "charges.csv", 3, "value", |tables| tables.set("charges.csv", 3, "value", "80")),
        case(OutOfRange, "operators.csv", 2, "committed_share", |tables| tables.set("operators.csv", 2, "committed_share", "60")),
    ]
}

fn settings() -> Vec<Case> {
    const FILE: &str = "instance.toml";
    vec![
        case(UnknownSetting, FILE, 5, "slots", |tables| tables.replace(FILE, "slot_min = 15", "slot_min = 15\nslots = 3")),
        case(UnknownSetting, FILE, 11, "custom", |tables| tables.replace(FILE, "[customs]", "[custom]\nx = 1\n[customs]")),
        case(UnknownSetting, FILE, 12, "customs.x", |tables| tables.replace(FILE, "[customs]", "[customs]\nx = 1")),
        case(MissingSetting, FILE, 0, "transfer_min", |tables| tables.replace(FILE, "transfer_min = 240\n", "")),
        case(MissingSetting, FILE, 0, "expect.profit_rmb_min", |tables| tables.replace(FILE, "profit_rmb_min = 0\n", "")),
        case(WrongSettingType, FILE, 3, "cycle_h", |tables| tables.replace(FILE, "168", "\"168\"")),
        case(WrongSettingType, FILE, 2, "title", |tables| tables.replace(FILE, "\"Three river terminals and a hub\"", "3")),
        case(WrongSettingType, FILE, 20, "service_rules.frequencies", |tables| tables.replace(FILE, "[1, 2, 3]", "3")),
        case(WrongSettingType, FILE, 11, "customs", |tables| {
            tables.replace(FILE, "[customs]", "customs = 3\n[x]");
            let text = tables.text(FILE);
            let lines = text.lines().filter(|line| !line.contains("border_s") && !line.contains("second_") && *line != "[x]");
            tables.put(FILE, lines.collect::<Vec<_>>().join("\n"));
        }),
        case(NotANumber, FILE, 5, "under_keel_m", |tables| tables.replace(FILE, "0.3", "nan")),
        case(NotANumber, FILE, 4, "slot_min", |tables| tables.replace(FILE, "slot_min = 15", "slot_min = 15.5")),
        case(NotANumber, FILE, 4, "slot_min", |tables| tables.replace(FILE, "slot_min = 15", "slot_min = 99999999999999999999")),
        case(OutOfRange, FILE, 4, "slot_min", |tables| tables.replace(FILE, "slot_min = 15", "slot_min = 0")),
        case(OutOfRange, FILE, 3, "cycle_h", |tables| tables.replace(FILE, "168", "1e9")),
        case(OutOfRange, FILE, 20, "service_rules.frequencies", |tables| tables.replace(FILE, "[1, 2, 3]", "[0, 1]")),
        case(EmptyCell, FILE, 2, "title", |tables| tables.replace(FILE, "Three river terminals and a hub", " ")),
        case(TextTooLong, FILE, 2, "title", |tables| tables.replace(FILE, "Three", &"e".repeat(200))),
        case(ControlCharacter, FILE, 2, "title", |tables| tables.replace(FILE, "Three", "\\t")),
        case(BadCode, FILE, 1, "name", |tables| tables.replace(FILE, "\"small\"", "\"../small\"")),
    ]
}

/// Every cell that is not what its column says is reported with its line and column, once.
#[test]
fn a_cell_that_is_wrong_is_reported_at_its_place() {
    cases().iter().for_each(Case::check);
}

/// Spreadsheets write a byte order mark, Windows line ends and blank lines; the line in an error is the one an editor shows.
#[test]
fn line_numbers_hold_with_byte_order_mark_windows_line_ends_and_blank_lines() {
    for (end, mark) in [("\r\n", "\u{feff}"), ("\n", ""), ("\r", ""), ("\n\n", ""), ("\r\n\r\n", "\u{feff}")] {
        let mut tables = Tables::valid();
        tables.set("demand.csv", 4, "teu_per_week", "x");
        let text = mark.to_owned() + &tables.text("demand.csv").replace('\n', end);
        tables.put("demand.csv", text);
        let errors = tables.errors();
        let blank_lines = if end.len() == 2 && end != "\r\n" || end.len() == 4 { 2 } else { 1 };
        assert_eq!(errors.len(), 1, "{end:?}");
        assert_eq!(errors[0].line, Some(3 * blank_lines + 1), "{end:?}");
    }
}

/// A line break within quotes does not shift the lines after it.
#[test]
fn line_numbers_hold_after_a_quoted_line_break() {
    let mut tables = Tables::valid();
    tables.set("terminals.csv", 2, "note", "\"two\nlines, in quotes\"");
    tables.put("terminals.csv", tables.text("terminals.csv").replace(",113.0,no,", ",113.0,perhaps,"));
    let errors = tables.errors();
    let found: Vec<_> = errors.iter().map(|error| (error.code, error.line)).collect();
    assert_eq!(found, [(ControlCharacter, Some(2)), (UnknownWord, Some(5))]);
}

/// Quotes and spaces as spreadsheets write them change nothing.
#[test]
fn quotes_and_spaces_around_cells_change_nothing() {
    let mut tables = Tables::valid();
    tables.put("fleet.csv", "operator, class ,vessels,hk_mo_registered\n\"OP1\",B64 , 2,yes\nOP2,\"E64\",1,\"no\"\n");
    tables.set("junctions.csv", 2, "name", "\"Mouth, of the \"\"river\"\"\"");
    let problem = tables.problem();
    assert_eq!(problem.fleets.len(), 2);
    assert_eq!(problem.nodes[4].name, "Mouth, of the \"river\"");
}
