//! The public files, where they are.

use crate::timetable;
use std::path::PathBuf;
use waterbus::input::read_pesplib;

/// Enough for a first timetable of each file, and a little search.
const WORK: u64 = 150;

/// Every file of the folder gets a timetable that keeps all spans, with little work and the same twice.
#[test]
fn public_files_get_timetables() {
    let Some(folder) = std::env::var_os("WATERBUS_PESPLIB").map(PathBuf::from) else {
        println!("skipped: WATERBUS_PESPLIB does not name the folder of PESPlib's files");
        return;
    };
    let files = std::fs::read_dir(folder).expect("the folder can be listed").flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    files.sort();
    assert!(!files.is_empty(), "the folder holds no files");
    for file in files {
        let network = read_pesplib(&file).unwrap_or_else(|errors| panic!("{errors}"));
        let found = timetable(&network, 1, 2, WORK);
        assert_eq!(found, timetable(&network, 1, 2, WORK));
        println!("{}: {}", file.display(), found.weighted_slack);
    }
}
