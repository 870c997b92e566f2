//! Tables to files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// Writes the tables of an instance into a folder, which is made if need be; tables of the same name are replaced. Fails when the disk
/// does, and refuses a name that is not that of a file in the folder.
pub fn write_tables(tables: &BTreeMap<String, Vec<u8>>, folder: &Path) -> Result<()> {
    if let Some(name) = tables.keys().find(|name| !is_file_name(name)) {
        return Err(Error::new(ErrorKind::InvalidInput, format!("{name:?} is not the name of a file")));
    }
    fs::create_dir_all(folder)?;
    tables.iter().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
}

fn is_file_name(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name)
}
