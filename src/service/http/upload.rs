//! An uploaded instance to its tables: a zipped folder, or JSON. Nothing is written anywhere while unpacking, sizes are counted as bytes come
//! out and not as the archive claims, and everything that is wrong with the upload is said at once.

use super::problem::{Fault, HttpProblem};
use schemars::JsonSchema;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An instance has 13 tables and two maps; an archive with more entries than this is none of ours.
const MOST_FILES: usize = 64;

/// File name to bytes.
pub type Tables = BTreeMap<String, Vec<u8>>;

/// What an upload holds.
#[derive(Debug, Default)]
pub struct Upload {
    pub tables: Tables,
    /// Files that are no tables, such as a README: they are not kept.
    pub left_out: Vec<String>,
}

/// An instance as JSON.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonInstance {
    /// File name, such as `terminals.csv`, to the table's text.
    #[serde(deserialize_with = "read_unique")]
    pub tables: BTreeMap<String, String>,
}

/// Reads an object whose names occur once: of two tables with one name none is the right one.
fn read_unique<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Unique;

    impl<'de> Visitor<'de> for Unique {
        type Value = BTreeMap<String, String>;

        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("an object of file names and texts")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut tables = BTreeMap::new();
            while let Some((name, text)) = map.next_entry::<String, String>()? {
                if tables.contains_key(&name) {
                    return Err(A::Error::custom(format!("the table {name:?} is there twice")));
                }
                tables.insert(name, text);
            }
            Ok(tables)
        }
    }
    deserializer.deserialize_map(Unique)
}

/// Tables that came as JSON.
///
/// # Errors
/// When there are too many, or names that no table has.
pub fn take_json(instance: JsonInstance) -> Result<Upload, HttpProblem> {
    let mut faults = Vec::new();
    if instance.tables.len() > MOST_FILES {
        faults.push(Fault::new("H-UPLOAD", format!("{} files; an instance has at most {MOST_FILES}", instance.tables.len())));
    }
    let strange = instance.tables.keys().filter(|name| !is_table(name) || name.contains(['/', '\\']));
    faults.extend(
        strange
            .take(MOST_FILES)
            .map(|name| Fault::file(&shown(name), "this is no table", "send .csv, .toml and .geojson files by their bare names")),
    );
    refuse(faults)?;
    Ok(Upload {
        tables: instance.tables.into_iter().map(|(name, text)| (name, text.into_bytes())).collect(),
        left_out: Vec::new(),
    })
}

/// Unpacks a zipped folder; the tables lie at its top, or all in one folder there.
///
/// # Errors
/// When it is no archive, or its files are too many, too large, twice there, encrypted, or lie in strange places.
pub fn unpack(bytes: &[u8], most_bytes: u64) -> Result<Upload, HttpProblem> {
    let broken = |error: &dyn fmt::Display| {
        HttpProblem::unprocessable(
            "the upload is no zip archive that can be read",
            vec![Fault::new("H-UPLOAD", error.to_string())],
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_FILES {
        let fault = Fault::new("H-UPLOAD", format!("{} entries; an instance has at most {MOST_FILES}", archive.len()));
        return Err(HttpProblem::unprocessable("the archive has too many entries", vec![fault]));
    }
    let mut faults = Vec::new();
    // the reader keeps one entry of two with the same name
    if archive.has_duplicate_names() {
        faults.push(Fault::new("H-UPLOAD", "two entries of the archive have the same name"));
    }
    let mut upload = Upload::default();
    let mut room = most_bytes;
    let mut folders = Vec::new();
    for row in 0..archive.len() {
        let mut file = match archive.by_index(row) {
            Ok(file) => file,
            Err(error) => {
                faults.push(Fault::new("H-UPLOAD", format!("entry {row} cannot be read: {error}")));
                continue;
            }
        };
        if file.is_dir() {
            continue;
        }
        let path = file.name().map_or_else(|_| "../".to_owned(), |name| name.into_owned());
        let (folder, name) = match split_path(&path) {
            Some(place) if !file.is_symlink() => place,
            _ => {
                faults.push(Fault::file(
                    &shown(&path),
                    "the entry lies in a strange place",
                    "zip the instance's folder, with its tables at the top",
                ));
                continue;
            }
        };
        if !is_table(name) {
            upload.left_out.push(shown(name));
            continue;
        }
        folders.push(folder.to_owned());
        let mut text = Vec::new();
        match file.by_ref().take(room + 1).read_to_end(&mut text) {
            Ok(read) if read as u64 > room => {
                faults.push(Fault::file(
                    &shown(name),
                    format!("the archive holds more than {most_bytes} bytes"),
                    "an instance's tables are far smaller; check what is in it",
                ));
                break;
            }
            Ok(read) => room -= read as u64,
            Err(error) => {
                faults.push(Fault::file(&shown(name), format!("the entry cannot be unpacked: {error}"), "zip the folder again"))
            }
        }
        if upload.tables.insert(name.to_owned(), text).is_some() {
            faults.push(Fault::file(&shown(name), "the table is there twice", "remove one of the two"));
        }
    }
    folders.dedup();
    if folders.len() > 1 {
        faults.push(Fault::new(
            "H-UPLOAD",
            format!("tables lie in several folders: {}", folders.iter().map(|f| shown(f)).collect::<Vec<_>>().join(", ")),
        ));
    }
    refuse(faults)?;
    Ok(upload)
}

/// Folder and name of an entry: a bare name, or one folder above it. Everything else could climb out or hide.
fn split_path(path: &str) -> Option<(&str, &str)> {
    let (folder, name) = path.split_once('/').unwrap_or(("", path));
    let strange = |part: &str| part.starts_with("..") || part == "." || part.contains(['/', '\\', ':', '\0']);
    let inside = !path.starts_with('/') && !strange(folder) && !strange(name) && !name.is_empty();
    inside.then_some((folder, name))
}

fn is_table(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".csv", ".toml", ".geojson"].iter().any(|ending| name.ends_with(ending))
}

/// A name from outside as it may be shown: short, without control characters.
fn shown(name: &str) -> String {
    name.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn refuse(faults: Vec<Fault>) -> Result<(), HttpProblem> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(HttpProblem::unprocessable("the upload cannot be taken", faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn text_of(result: Result<Upload, HttpProblem>) -> String {
        format!("{:?}", result.unwrap_err())
    }

    #[test]
    fn a_zipped_folder_gives_its_tables_and_says_what_is_left_out() {
        let upload = unpack(&archive(&[("toy/terminals.csv", b"a"), ("toy/README.md", b"b")]), 100).unwrap();
        assert_eq!(upload.tables.keys().collect::<Vec<_>>(), ["terminals.csv"]);
        assert_eq!(upload.left_out, ["README.md"]);
    }

    // an archive of a few kilobytes may unpack to gigabytes: what comes out is counted, whatever the archive says
    #[test]
    fn an_archive_that_unpacks_to_too_much_is_refused() {
        let zeros = vec![0; 1_000_000];
        let bomb = archive(&[("terminals.csv", &zeros)]);
        assert!(bomb.len() < 2_000);
        assert!(text_of(unpack(&bomb, 999_999)).contains("more than 999999 bytes"));
        assert!(unpack(&bomb, 1_000_000).is_ok());
    }

    #[test]
    fn an_entry_that_climbs_out_or_hides_is_refused() {
        for path in
            ["../terminals.csv", "/terminals.csv", "a/../terminals.csv", "a/b/terminals.csv", "..\\x.csv", "a\\x.csv", "c:x.csv"]
        {
            assert!(text_of(unpack(&archive(&[(path, b"x")]), 100)).contains("strange place"), "{path}");
        }
        assert!(text_of(unpack(&archive(&[("a/x.csv", b"x"), ("b/y.csv", b"y")]), 100)).contains("several folders"));
    }

    #[test]
    fn a_table_that_is_there_twice_is_refused() {
        let mut twice = archive(&[("fleet.csv", b"1"), ("fleeT.csv", b"2")]);
        for at in 0..twice.len() - 9 {
            if &twice[at..at + 9] == b"fleeT.csv" {
                twice[at + 4] = b't';
            }
        }
        assert!(text_of(unpack(&twice, 100)).contains("same name"));
        let json = r#"{"tables": {"fleet.csv": "1", "fleet.csv": "2"}}"#;
        assert!(serde_json::from_str::<JsonInstance>(json).unwrap_err().to_string().contains("twice"));
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        for bytes in [&b""[..], b"PK", b"hello", &archive(&[("fleet.csv", b"1")])[..40]] {
            assert!(text_of(unpack(bytes, 100)).contains("no zip archive"));
        }
        let many: Vec<String> = (0..65).map(|row| format!("{row}.csv")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        assert!(text_of(unpack(&archive(&many), 100)).contains("too many"));
    }
}
