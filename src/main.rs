//! The `waterbus` program: see `src/cli`.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Requests are answered from many small pieces of memory on several threads: with the system's allocator that was a quarter of the
/// server's time under bookings.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    waterbus::cli::run(std::env::args_os())
}
