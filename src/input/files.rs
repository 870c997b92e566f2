//! The files of an instance folder: which there are, whether they can be read, and the hash that names them.

use super::ErrorCode::*;
use super::errors::{At, Errors, shown};
use super::schema;
use super::table::MOST_BYTES;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// The files of an instance by name.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    pub read: BTreeMap<String, Cow<'a, [u8]>>,
    /// Files that are there but could not be read: they were reported, and are not missing.
    pub broken: BTreeSet<String>,
}

/// Reads the tables in a folder. Files that are no tables are not opened.
pub(super) fn read_folder(folder: &Path, errors: &mut Errors) -> Option<Files<'static>> {
    let path = folder.to_string_lossy();
    let names = match list(folder) {
        Ok(names) => names,
        Err(error) => {
            let do_this = "give the folder that holds the instance's tables";
            errors.add(FolderUnreadable, At::file(&path), format!("the folder cannot be listed ({error})"), do_this);
            return None;
        }
    };
    let mut files = Files::default();
    for name in names {
        if schema::is_stray(&name) {
            report_stray(&name, errors);
        } else if schema::is_read(&name) {
            match read_file(&folder.join(&name), &name, errors) {
                Some(bytes) => files.read.insert(name, bytes.into()).is_none(),
                None => files.broken.insert(name),
            };
        }
    }
    Some(files)
}

pub(super) fn list(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn report_stray(name: &str, errors: &mut Errors) {
    let do_this = "correct its name, see instances/README.md, or move it elsewhere";
    errors.add(UnknownFile, At::file(name), format!("{} is not a table of an instance", shown(name)), do_this);
}

/// Reads one file; its size is looked up before, and kept to while reading, in case it grows.
pub(super) fn read_file(path: &Path, name: &str, errors: &mut Errors) -> Option<Vec<u8>> {
    let unreadable = |error: std::io::Error, errors: &mut Errors| {
        errors.add(
            FileUnreadable,
            At::file(name),
            format!("the file cannot be read ({error})"),
            "check the file and its permissions",
        );
    };
    let metadata = fs::metadata(path).map_err(|error| unreadable(error, errors)).ok()?;
    if !metadata.is_file() {
        errors.add(NotAFile, At::file(name), "it is not a file", "put the table in its place");
        return None;
    }
    if metadata.len() > MOST_BYTES {
        report_too_large(name, errors);
        return None;
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(error, errors)).ok()?;
    Some(bytes)
}

fn report_too_large(name: &str, errors: &mut Errors) {
    let what = format!("the file is larger than {} MB", MOST_BYTES / 1_000_000);
    errors.add(FileTooLarge, At::file(name), what, "an instance's tables are far smaller; check what is in it");
}

/// Takes files that are in memory already, such as an upload.
pub(super) fn take_tables<'a>(tables: &'a BTreeMap<String, Vec<u8>>, errors: &mut Errors) -> Files<'a> {
    let mut files = Files::default();
    for (name, bytes) in tables {
        if schema::is_stray(name) {
            report_stray(name, errors);
        } else if schema::is_read(name) {
            files.read.insert(name.clone(), bytes.into());
        }
    }
    files
}

impl Files<'_> {
    /// The bytes of a file that may be read. A missing file is an error unless it may be missing.
    pub fn open(&self, name: &str, may_be_missing: bool, errors: &mut Errors) -> Option<&[u8]> {
        let bytes = self.read.get(name);
        match bytes {
            Some(bytes) if bytes.len() as u64 > MOST_BYTES => {
                report_too_large(name, errors);
                None
            }
            None if !may_be_missing && self.is_absent(name) => {
                errors.add(FileMissing, At::file(name), "the table is missing", "add it, see instances/README.md");
                None
            }
            bytes => bytes.map(AsRef::as_ref),
        }
    }

    /// There is no such file, not even one that cannot be read.
    pub fn is_absent(&self, name: &str) -> bool {
        !self.read.contains_key(name) && !self.broken.contains(name)
    }

    /// SHA-256 over name, a zero byte, length in bytes (8 bytes, little-endian) and content of each table that is read, sorted by name,
    /// in lower-case hex. Maps are left out: a plan stays that of its instance when a coast is drawn better.
    pub fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, bytes) in self.read.iter().filter(|(name, _)| !schema::MAPS.contains(&name.as_str())) {
            hasher.update(name.as_bytes());
            hasher.update([0]);
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
