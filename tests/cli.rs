//! The commands as a user runs them.

#[path = "cli/arguments.rs"]
mod arguments;
#[path = "cli/clashes.rs"]
mod clashes;
#[path = "cli/journeys.rs"]
mod journeys;
#[path = "cli/killed.rs"]
mod killed;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/retiming.rs"]
mod retiming;
#[path = "cli/staying.rs"]
mod staying;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The program, started in the root of the tree.
fn waterbus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waterbus"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command
}

/// A hand-written plan.
fn fixture(name: &str) -> PathBuf {
    Path::new("tests/cli/fixtures").join(name)
}

/// The toy, and a plan of it.
const TOY: &str = "instances/toy";
const TOY_PLAN: &str = "tests/http/fixtures/toy-plan.json";

/// A copy of the toy with one file changed, or added where it has none of that name.
fn changed_toy(file: &str, change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(TOY)).expect("the toy is in the tree") {
        let entry = entry.expect("its files can be listed");
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("they can be copied");
    }
    let path = folder.path().join(file);
    std::fs::write(&path, change(&std::fs::read_to_string(&path).unwrap_or_default())).expect("the copy can be changed");
    folder
}

/// Runs the program and gives its exit status, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = waterbus(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}
