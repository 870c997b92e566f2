//! A PostgreSQL server of our own, in a temporary folder, reached by a socket in that folder. It ends with the tests, however they end: a
//! shell beside it waits for the end of a pipe that only this process holds.

use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

pub struct Server {
    folder: PathBuf,
    _shell: Child,
}

impl Server {
    pub fn address(&self, database: &str) -> String {
        format!("postgres://waterbus@localhost/{database}?host={}", self.folder.display())
    }
}

/// Makes a cluster, runs it until the pipe closes, and takes it away. Nothing in it outlasts the tests, so nothing is synced.
const SCRIPT: &str = r#"
"$1/initdb" -D "$2/data" -A trust -U waterbus -E UTF8 --locale=C --no-sync >"$2/initdb.log" 2>&1 || exit 1
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 -c fsync=off >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"
"#;

/// The server of this test program; `None` where PostgreSQL is not installed.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(start).as_ref()
}

fn start() -> Option<Server> {
    let Some(programs) = find_programs() else {
        assert!(std::env::var_os("WATERBUS_NEEDS_POSTGRES").is_none(), "PostgreSQL is needed and not installed");
        // straight to standard error: what a passing test prints is not shown
        let line = "PostgreSQL is not installed: the cases on PostgreSQL are skipped";
        writeln!(std::io::stderr(), "{line}").expect("standard error is open");
        return None;
    };
    // its path is the name of a socket, which may be about 100 bytes long
    let folder = tempfile::Builder::new().prefix("waterbus-pg-").tempdir().expect("a temporary folder").keep();
    let mut shell = as_ordinary_user(&folder);
    shell.args(["sh", "-c", SCRIPT, "sh"]).arg(programs).arg(&folder);
    let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::null()).process_group(0).spawn().expect("a shell starts");
    let socket = folder.join(".s.PGSQL.5432");
    while UnixStream::connect(&socket).is_err() || !accepts(&folder) {
        let ended = shell.try_wait().expect("the shell is ours");
        assert!(ended.is_none(), "PostgreSQL did not start, see {}", folder.display());
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(Server { folder, _shell: shell })
}

/// The server says so in its log: before, it takes connections only to turn them away.
fn accepts(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("log")).is_ok_and(|log| log.contains("ready to accept connections"))
}

/// The folder of the server's programs, the newest where there are several.
fn find_programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path()).collect();
    folders.sort();
    let folders = folders.into_iter().rev().map(|folder| folder.join("bin"));
    let mut folders = folders.chain(std::env::split_paths(&path));
    folders.find(|folder| ["initdb", "postgres"].iter().all(|program| folder.join(program).exists()))
}

/// PostgreSQL does not run as root: then the folder and the server go to another user. `env` stands for no change of user.
fn as_ordinary_user(folder: &Path) -> Command {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok()
    };
    if id(&["-u"]) != Some(0) {
        return Command::new("env");
    }
    let ids = |user: &str| Some((id(&["-u", user])?, id(&["-g", user])?));
    let (user, group) = ids("postgres").or_else(|| ids("nobody")).expect("a user who is not root");
    chown(folder, Some(user), Some(group)).expect("root gives folders away");
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]).current_dir(folder);
    command
}
