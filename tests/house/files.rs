//! Files of the tree, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing we write.
const SKIPPED: [&str; 4] = [".git", "target", "node_modules", ".venv"];

/// A text file and its path from the root of the tree, with `/` between the parts.
#[derive(Clone)]
pub struct TextFile {
    pub path: String,
    pub text: String,
}

/// Root of the tree.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below a folder of the tree, sorted by path; a folder that is not there holds none. Files that are not UTF-8 are
/// left out.
pub fn find_texts(folder: &str) -> Vec<TextFile> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Those of them that end in `ending`.
pub fn find_texts_ending(folder: &str, ending: &str) -> Vec<TextFile> {
    find_texts(folder).into_iter().filter(|file| file.path.ends_with(ending)).collect()
}

fn walk(folder: &Path, found: &mut Vec<TextFile>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if SKIPPED.contains(&name.as_str()) || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push(TextFile { path: from_root(&path), text });
        }
    }
}

fn from_root(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
