//! What is printed, and where: results on standard output, everything else on standard error.

use serde::Serialize;
use std::io::{self, Write};

/// Prints a result. A reader that has seen enough and closed the pipe is no failure.
///
/// # Errors
/// When standard output cannot be written for another reason, such as a full disk behind it.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints a result as JSON.
///
/// # Errors
/// As [`print`].
pub fn print_json(value: &impl Serialize) -> io::Result<()> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// Tells the user something beside the result. When nobody listens there is nobody to tell that.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
