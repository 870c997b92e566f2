//! The `waterbus` program: see `src/cli`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Requests are answered from many small pieces of memory on several threads, for which the system's allocator takes twice as long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    waterbus::cli::run(std::env::args_os())
}
