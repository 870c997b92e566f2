//! The `waterbus` program: see `src/cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    waterbus::cli::run(std::env::args_os())
}
