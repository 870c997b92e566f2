//! Broken folders and files: codes I0xx.

use crate::fixture::{Broken, Case, Tables, case};
use std::fs::{self, File};
use waterbus::domain::Chart;
use waterbus::input::ErrorCode::*;
use waterbus::input::{read_chart, read_instance, write_tables};

pub fn cases() -> Vec<Case> {
    let mut cases = in_memory();
    cases.extend(on_disk());
    cases
}

fn in_memory() -> Vec<Case> {
    vec![
        case(FileMissing, "links.csv", 0, "", |tables| tables.remove("links.csv")),
        case(FileMissing, "instance.toml", 0, "", |tables| tables.remove("instance.toml")),
        case(FileTooLarge, "demand.csv", 0, "", |tables| tables.put("demand.csv", vec![b'x'; 100_000_001])),
        case(FileTooLarge, "instance.toml", 0, "", |tables| {
            let text = tables.text("instance.toml") + "[expect.x]\n" + &"a.".repeat(50_000_000);
            tables.put("instance.toml", text.into_bytes()[..90_000_000].to_vec());
        }),
        case(UnknownFile, "terminal.csv", 0, "", |tables| tables.put("terminal.csv", "terminal\n")),
        case(UnknownFile, "Demand.CSV", 0, "", |tables| tables.put("Demand.CSV", "demand\n")),
        case(UnknownFile, "coast.geojson", 0, "", |tables| tables.put("coast.geojson", "{}")),
        case(FileTooLarge, "coastline.geojson", 0, "", |tables| tables.put("coastline.geojson", vec![b' '; 2_000_001])),
        case(BadMap, "coastline.geojson", 1, "", |tables| tables.put("coastline.geojson", "{ \"features\": 7 }")),
        case(BadMap, "coastline.geojson", 1, "", |tables| tables.put("coastline.geojson", land("Point", "[1, 2]"))),
        case(OutOfRange, "coastline.geojson", 0, "coordinates", |tables| {
            tables.put("coastline.geojson", land("Polygon", "[[[113, 22], [114, 22], [22, 113], [113, 22]]]"))
        }),
        case(BadMap, "waterways.geojson", 1, "", |tables| tables.put("waterways.geojson", course("W1", "\"here\""))),
        case(UnknownLink, "waterways.geojson", 0, "link", |tables| {
            tables.put("waterways.geojson", course("W9", "[[112.5, 23.1], [113, 23]]"))
        }),
        case(NotUtf8, "demand.csv", 3, "", |tables| {
            let text = tables.text("demand.csv").replace("D2", "D\u{1}");
            tables.put("demand.csv", text.bytes().map(|byte| if byte == 1 { 0xff } else { byte }).collect::<Vec<u8>>());
        }),
        case(NotUtf8, "instance.toml", 2, "", |tables| {
            tables.put("instance.toml", b"name = \"x\"\ntitle = \"\xc3\x28\"".to_vec())
        }),
        case(FileEmpty, "fleet.csv", 0, "", |tables| tables.put("fleet.csv", "")),
        case(FileEmpty, "fleet.csv", 0, "", |tables| tables.put("fleet.csv", "\u{feff}\n \n")),
        case(NoRows, "fleet.csv", 0, "", |tables| tables.keep_header("fleet.csv")),
        case(TooManyRows, "vessel_classes.csv", 102, "", |tables| {
            for number in 0..200 {
                tables.add("vessel_classes.csv", &format!("X{number},Barge,64,1000,2.8,1.2,8,15,,diesel,45,6,,,6,6,4240,III"));
            }
        }),
        case(TomlSyntax, "instance.toml", 3, "", |tables| tables.replace("instance.toml", "cycle_h = 168", "cycle_h = = 168")),
        case(TomlSyntax, "instance.toml", 4, "", |tables| tables.replace("instance.toml", "slot_min", "cycle_h")),
    ]
}

fn land(kind: &str, coordinates: &str) -> String {
    format!("{{\"features\":[{{\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}}}]}}")
}

fn course(link: &str, coordinates: &str) -> String {
    let geometry = format!("{{\"type\":\"LineString\",\"coordinates\":{coordinates}}}");
    format!("{{\"features\":[{{\"properties\":{{\"link\":\"{link}\"}},\"geometry\":{geometry}}}]}}")
}

fn on_disk() -> Vec<Case> {
    let on_disk = |code, file, broken| Case { code, file, line: None, field: None, broken: Broken::Folder(broken) };
    vec![
        on_disk(FolderUnreadable, "", |folder| fs::remove_dir_all(folder).expect("the folder can be removed")),
        on_disk(FolderUnreadable, "", |folder| {
            fs::remove_dir_all(folder).expect("the folder can be removed");
            fs::write(folder, "a file in its place").expect("a file can be written");
        }),
        on_disk(NotAFile, "windows.csv", |folder| {
            fs::remove_file(folder.join("windows.csv")).expect("the table can be removed");
            fs::create_dir(folder.join("windows.csv")).expect("a folder can be made");
        }),
        on_disk(FileUnreadable, "demand.csv", |folder| {
            fs::remove_file(folder.join("demand.csv")).expect("the table can be removed");
            std::os::unix::fs::symlink("demand.csv", folder.join("demand.csv")).expect("a link to itself can be made");
        }),
        // sparse: it takes no space, but its size is that of a table no planner can hold
        on_disk(FileTooLarge, "demand.csv", |folder| {
            let file = File::create(folder.join("demand.csv")).expect("the table can be replaced");
            file.set_len(3_000_000_000).expect("the file can be sparse");
        }),
        on_disk(UnknownFile, "demands.csv", |folder| {
            fs::write(folder.join("demands.csv"), "demand").expect("a table can be added")
        }),
    ]
}

/// Whatever is wrong with a file, it is named, and nothing else is blamed for it.
#[test]
fn a_file_that_cannot_be_read_is_named() {
    cases().iter().for_each(Case::check);
}

/// The size is told in a way that leads to the mistake.
#[test]
fn a_table_over_100_mb_is_refused_with_a_clear_error() {
    let mut tables = Tables::valid();
    tables.put("demand.csv", vec![b'\n'; 100_000_001]);
    let shown = tables.errors()[0].to_string();
    assert!(shown.starts_with("I005 demand.csv: the file is larger than 100 MB;"), "{shown}");
}

/// These tables are extras: a network may have no tides, windows or cross-border paths.
#[test]
fn tides_windows_and_cross_border_paths_may_be_missing() {
    let mut tables = Tables::valid();
    for file in ["tides.csv", "windows.csv", "cross_border.csv"] {
        tables.remove(file);
    }
    tables.set("demand.csv", 6, "trade", "domestic");
    let problem = tables.problem();
    assert!(problem.cross_border.is_empty() && problem.terminals.iter().all(|terminal| terminal.windows.is_empty()));
}

/// Sources and descriptions lie beside the tables and are no tables.
#[test]
fn sources_and_descriptions_are_not_read() {
    let mut tables = Tables::valid();
    let hash = tables.problem().hash;
    tables.put("sources.csv", "anything \u{0}");
    tables.put("README.md", "anything");
    assert_eq!(tables.problem().hash, hash);
}

/// A coast that is drawn better makes no plan wrong: the map is read, and the hash is that of the tables.
#[test]
fn a_map_is_read_and_changes_no_hash() {
    let mut tables = Tables::valid();
    let hash = tables.problem().hash;
    assert_eq!(read_chart(&tables.0).unwrap(), Chart::default());
    tables.put("coastline.geojson", land("Polygon", "[[[113, 22], [114, 22], [114, 23], [113, 22]]]"));
    tables.put("waterways.geojson", course("W1", "[[112.5, 23.1], [112.8, 23.05], [113, 23]]"));
    assert_eq!(tables.problem().hash, hash);
    let chart = read_chart(&tables.0).unwrap();
    assert_eq!((chart.land.len(), chart.land[0].len(), chart.channels["W1"].line.len()), (1, 4, 3));
}

/// A folder and an upload of the same tables are the same instance.
#[test]
fn a_folder_and_its_tables_in_memory_are_the_same_instance() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let tables = Tables::valid();
    write_tables(&tables.0, folder.path()).expect("the tables can be written");
    let problem = read_instance(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(problem.hash, tables.problem().hash);
    assert_eq!(format!("{problem:?}"), format!("{:?}", tables.problem()));
}

/// A plan names its data by hash: any change of a table that is read gives another.
#[test]
fn the_hash_follows_every_table() {
    let valid = Tables::valid();
    let mut hashes = std::collections::BTreeSet::from([valid.problem().hash]);
    for file in valid.0.keys() {
        let mut changed = valid.clone();
        changed.put(file, valid.text(file) + "\n");
        assert!(hashes.insert(changed.problem().hash), "{file}");
    }
    assert!(hashes.iter().all(|hash| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())));
}

/// Tables from an upload must not be written outside the folder.
#[test]
fn a_table_is_never_written_outside_its_folder() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for name in ["../demand.csv", "a/b.csv", "/x.csv", "..", ""] {
        let tables = std::collections::BTreeMap::from([(name.to_owned(), Vec::new())]);
        assert!(write_tables(&tables, &folder.path().join("inside")).is_err(), "{name}");
    }
}
