//! The commands as a user runs them.

#[path = "cli/arguments.rs"]
mod arguments;
#[path = "cli/journeys.rs"]
mod journeys;
#[path = "cli/killed.rs"]
mod killed;
#[path = "cli/reports.rs"]
mod reports;
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

/// Runs the program and gives its exit status, standard output and standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = waterbus(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}
