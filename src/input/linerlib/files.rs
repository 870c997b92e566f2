//! Which files of the folder belong to an instance.

use super::LinerChoice;
use crate::input::ErrorCode::*;
use crate::input::cells::is_key_byte;
use crate::input::errors::{At, Errors, shown};
use crate::input::files::{list, read_file};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) const PORTS: &str = "ports.csv";
pub(super) const DISTANCES: &str = "dist_dense.csv";
pub(super) const CLASSES: &str = "fleet_data.csv";

/// Folder of demand files with revised transit times.
const REVISED: &str = "transittime_revision";

/// The files that only one instance has.
#[derive(Debug)]
pub(super) struct Names {
    pub demand: String,
    pub fleet: String,
}

/// Finds the files of an instance. Of its demand files the one with revised transit times comes first, if these are kept, then the one
/// in which the thousand separators are mended, then the plain one.
pub(super) fn find_names(folder: &Path, choice: &LinerChoice, errors: &mut Errors) -> Option<Names> {
    let path = folder.to_string_lossy();
    let name = &choice.instance;
    let present = match list(folder) {
        Ok(present) => present,
        Err(error) => {
            let do_this = "give the folder that holds ports.csv and the demand files";
            errors.add(FolderUnreadable, At::file(&path), format!("the folder cannot be listed ({error})"), do_this);
            return None;
        }
    };
    if name.is_empty() || !name.bytes().all(is_key_byte) {
        let what = format!("{} is not the name of an instance", shown(name));
        errors.add(BadCode, At::file(&path), what, format!("name one of: {}", instances(&present)));
        return None;
    }
    let plain = format!("Demand_{name}.csv");
    let mended = format!("Demand_{name}_Fixed_Sep.csv");
    let revised = format!("{REVISED}/Demand_{name}_tt.csv");
    let demand = if choice.limits_transit && folder.join(&revised).exists() {
        revised
    } else if present.contains(&mended) {
        mended
    } else {
        plain
    };
    let fleet = format!("fleet_{name}.csv");
    let before = errors.count();
    for file in [&demand, &fleet].into_iter().filter(|file| !folder.join(file).exists()) {
        let do_this = format!("name an instance that has one: {}", instances(&present));
        errors.add(FileMissing, At::file(file), "the file is missing", do_this);
    }
    (errors.count() == before).then_some(Names { demand, fleet })
}

/// Names that have a fleet and a demand.
fn instances(present: &BTreeSet<String>) -> String {
    let named = |file: &String| Some(file.strip_prefix("fleet_")?.strip_suffix(".csv")?.to_owned());
    let has_demand = |name: &String| present.contains(&format!("Demand_{name}.csv"));
    let names: Vec<String> = present.iter().filter_map(named).filter(has_demand).map(|name| shown(&name)).collect();
    if names.is_empty() { "there is none in this folder".to_owned() } else { names.join(", ") }
}

/// The bytes of a file that every instance needs.
pub(super) fn read_bytes(folder: &Path, name: &str, errors: &mut Errors) -> Option<Vec<u8>> {
    let path = folder.join(name);
    // a link to nothing is there, and unreadable
    if path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
        errors.add(FileMissing, At::file(name), "the file is missing", "copy it from the public data of LINERLIB");
        return None;
    }
    read_file(&path, name, errors)
}
