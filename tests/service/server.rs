//! A real server, as an operator starts it, and a client that asks one thing per connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

/// `waterbus serve` on a free port of this machine, on a database file.
pub struct Server {
    process: Child,
    address: String,
}

/// An answer, as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Server {
    /// Returns when the server takes connections.
    pub fn start(database: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_waterbus"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", &url(database), "--requests-per-second", "1000000"])
            .args(more)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut log = BufReader::new(process.stderr.take().expect("standard error is piped"));
        let address = read_address(&mut log);
        // the log is read to its end, so that the server never waits for a reader
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { process, address }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks for one thing; `None` when the server went away before it answered in full.
    pub fn ask(&self, method: &str, path: &str, key: &str, body: &str) -> Option<Answer> {
        ask(&self.address, method, path, key, body).ok().flatten()
    }

    /// Ends the server as a power cut would, as far as a program can be ended.
    pub fn kill(mut self) {
        self.process.kill().expect("the server runs");
        self.process.wait().expect("it ends");
    }

    /// Asks the server to end, as systemd does, and gives the time it took.
    pub fn terminate(mut self) -> Duration {
        let begun = std::time::Instant::now();
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill is there").success());
        assert!(self.process.wait().expect("it ends").success(), "a server that is asked to end ends well");
        begun.elapsed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // a test that failed half-way leaves no server behind; one that ended already has nothing to kill
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A key of a role, made on the database itself.
pub fn create_key(database: &Path, role: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_waterbus"))
        .args(["key", "create", "--role", role, "--database", &url(database)])
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a key is text").trim().to_owned()
}

fn url(database: &Path) -> String {
    format!("sqlite://{}", database.display())
}

fn read_address(log: &mut BufReader<ChildStderr>) -> String {
    let mut said = String::new();
    loop {
        let mut line = String::new();
        assert!(log.read_line(&mut line).expect("the log is text") > 0, "the server ended:\n{said}");
        if let Some((_, rest)) = line.split_once("open http://") {
            return rest.split('/').next().expect("an address").to_owned();
        }
        said += &line;
    }
}

pub fn ask(address: &str, method: &str, path: &str, key: &str, body: &str) -> std::io::Result<Option<Answer>> {
    ask_with(address, method, path, key, body, &[])
}

/// The same with more headers.
pub fn ask_with(
    address: &str,
    method: &str,
    path: &str,
    key: &str,
    body: &str,
    headers: &[(&str, &str)],
) -> std::io::Result<Option<Answer>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nAuthorization: Bearer {key}\r\n{more}\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    Ok(status.zip(body).map(|(status, body)| Answer { status, body }))
}
