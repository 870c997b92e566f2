//! Files of a size one can review, and nothing that ties the tree to one machine.

use super::files::{find_texts, find_texts_ending};

const MOST_LINES: usize = 600;

/// First parts of absolute paths that exist on one person's machine only. Put together here, so that this file does not contain them.
const PRIVATE_FOLDERS: [&str; 5] = ["root", "home", "Users", "work", concat!("tmp", "/wt")];

/// A long file is one that nobody reads to its end; split it by what it holds.
#[test]
fn no_source_file_is_too_long_to_review() {
    let files = find_texts_ending("src", ".rs");
    let too_long: Vec<String> = files
        .iter()
        .map(|file| (&file.path, file.text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path} has {lines} lines, at most {MOST_LINES}"))
        .collect();
    assert!(too_long.is_empty(), "\n{}\n", too_long.join("\n"));
}

/// The page is made of small pieces too; what is made by a program is not read.
#[test]
fn no_file_of_the_page_is_too_long_to_review() {
    const MOST: usize = 250;
    let is_written = |path: &str| !path.ends_with("schema.d.ts") && !path.contains("/words/");
    let files = [find_texts("web/src"), find_texts("web/tests"), find_texts("web/tools")].concat();
    assert!(files.len() > 40, "the page is looked at");
    let too_long: Vec<String> = files
        .iter()
        .filter(|file| is_written(&file.path) && file.text.lines().count() > MOST)
        .map(|file| format!("{} has more than {MOST} lines", file.path))
        .collect();
    assert!(too_long.is_empty(), "\n{}\n", too_long.join("\n"));
}

/// Whatever is written down must work for everyone who has the tree.
#[test]
fn no_file_names_a_private_folder() {
    let found: Vec<String> = find_texts("")
        .iter()
        .flat_map(|file| file.text.lines().enumerate().map(move |(row, line)| (&file.path, row + 1, line)))
        .filter_map(|(path, row, line)| find_private(line).map(|folder| format!("{path} line {row}: {folder}")))
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// A path counts only at its start: parts of web addresses and of relative paths are not private folders.
#[test]
fn private_folders_are_told_from_other_paths() {
    let private = |first: &str| find_private(&format!("see \"/{first}/x\"")).is_some();
    assert!(PRIVATE_FOLDERS.iter().all(|folder| private(folder)));
    assert_eq!(find_private("https://example.org/home/x, ./root/x, a/work/x, /rooted"), None);
}

fn find_private(line: &str) -> Option<String> {
    let folders = PRIVATE_FOLDERS.iter().map(|first| format!("/{first}/"));
    folders.into_iter().find(|folder| line.match_indices(folder.as_str()).any(|(at, _)| starts_a_path(&line[..at])))
}

fn starts_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || "._-~/)}*$".contains(c))
}
