//! Settings of the server and of workers: a flag counts most, then the environment, then the file, then the default.

use super::args;
use super::logging::LogFormat;
use crate::service;
use crate::service::jobs::WorkerSettings;
use anyhow::Context;
use clap::Args;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// Where a server keeps its data when nothing is said: a file in the folder it was started in.
pub const DATABASE: &str = "sqlite://waterbus.db";

/// Address of a server when nothing is said: this machine alone can reach it.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Requests a second of one caller when nothing is said.
const REQUESTS_PER_SECOND: NonZeroU32 = NonZeroU32::new(100).expect("100 is not 0");

/// What is logged when nothing is said. The solver warns of every time limit it meets, which is how it is meant to end.
const LOG: &str = "info,highs=error";

/// What can be set. Each name is a flag, with `WATERBUS_` in front a variable of the environment, and a key of the file.
#[derive(Clone, Debug, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "WATERBUS_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Database: sqlite://FILE or postgres://USER@HOST/NAME [default: sqlite://waterbus.db]
    #[arg(long, env = "WATERBUS_DATABASE", value_name = "URL", hide_env_values = true)]
    database: Option<String>,
    /// Plans made at once; a server with 0 leaves them to workers [default: 1]
    #[arg(long, env = "WATERBUS_JOBS", value_name = "N")]
    jobs: Option<u16>,
    /// Threads of one plan's search [default: the cores divided by the plans at once]
    #[arg(long, env = "WATERBUS_THREADS", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Requests a second of one key, and of one address without a key; twice as many in a short burst [default: 100]
    #[arg(long, env = "WATERBUS_REQUESTS_PER_SECOND", value_name = "N")]
    requests_per_second: Option<NonZeroU32>,
    /// The session cookie travels over plain HTTP too: for a server that only this machine reaches
    #[arg(long, env = "WATERBUS_PLAIN_COOKIE", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    plain_cookie: Option<bool>,
    /// Show /metrics to everybody, not only to this machine and to admins
    #[arg(long, env = "WATERBUS_OPEN_METRICS", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    open_metrics: Option<bool>,
    /// All requests come through a proxy that adds the client's address to X-Forwarded-For: rates count by that address
    #[arg(long, env = "WATERBUS_BEHIND_PROXY", value_name = "BOOL", num_args = 0..=1, default_missing_value = "true")]
    behind_proxy: Option<bool>,
    /// What is logged: error, warn, info, debug, or a list [default: info,highs=error]
    #[arg(long, env = "WATERBUS_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// Lines for people or JSON for collectors [default: text]
    #[arg(long, env = "WATERBUS_LOG_FORMAT", value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
}

/// The same with every question answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub listen: SocketAddr,
    pub database: String,
    pub jobs: u16,
    pub threads: u16,
    pub requests_per_second: NonZeroU32,
    pub plain_cookie: bool,
    pub open_metrics: bool,
    pub behind_proxy: bool,
    pub log: String,
    pub log_format: LogFormat,
}

/// Flags of a command that reads settings.
#[derive(Clone, Debug, Default, Args)]
pub struct SettingsArgs {
    /// File with settings, one `name = value` a line
    #[arg(long, env = "WATERBUS_CONFIG", value_name = "FILE.toml")]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

impl SettingsArgs {
    /// The settings that hold; data are kept in this database when nothing else is said.
    ///
    /// # Errors
    /// When the file cannot be read or has a name that is no setting, or when nothing at all says which database.
    pub fn settle(&self, database: Option<&str>) -> anyhow::Result<Settings> {
        let file = self.config.as_deref().map(read_file).transpose()?.unwrap_or_default();
        self.options.clone().or(file).settle(database).context("which database? name it by --database URL")
    }
}

fn read_file(path: &Path) -> anyhow::Result<Options> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{}: not a file of settings", path.display()))
}

impl Options {
    /// What is set here, and what the other says of the rest.
    fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            database: self.database.or(other.database),
            jobs: self.jobs.or(other.jobs),
            threads: self.threads.or(other.threads),
            requests_per_second: self.requests_per_second.or(other.requests_per_second),
            plain_cookie: self.plain_cookie.or(other.plain_cookie),
            open_metrics: self.open_metrics.or(other.open_metrics),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            log: self.log.or(other.log),
            log_format: self.log_format.or(other.log_format),
        }
    }

    /// `None` without a database.
    fn settle(self, database: Option<&str>) -> Option<Settings> {
        let jobs = self.jobs.unwrap_or(1);
        let share = args::cores() / usize::from(jobs.max(1));
        Some(Settings {
            listen: self.listen.unwrap_or(LISTEN),
            database: self.database.or(database.map(str::to_owned))?,
            jobs,
            threads: self.threads.unwrap_or(u16::try_from(share.max(1)).unwrap_or(1)),
            requests_per_second: self.requests_per_second.unwrap_or(REQUESTS_PER_SECOND),
            plain_cookie: self.plain_cookie.unwrap_or(false),
            open_metrics: self.open_metrics.unwrap_or(false),
            behind_proxy: self.behind_proxy.unwrap_or(false),
            log: self.log.unwrap_or_else(|| LOG.to_owned()),
            log_format: self.log_format.unwrap_or_default(),
        })
    }
}

impl Settings {
    /// A worker as set; at least one job at once.
    pub fn for_worker(&self) -> WorkerSettings {
        WorkerSettings { jobs: usize::from(self.jobs.max(1)), ..WorkerSettings::new(usize::from(self.threads)) }
    }

    /// What the service has to know of it.
    pub fn for_service(&self) -> service::Settings {
        let rate = Some(self.requests_per_second);
        let limits = service::Limits { per_key: rate, per_address: rate, ..service::Limits::default() };
        service::Settings {
            plain_cookies: self.plain_cookie || (self.listen.ip().is_loopback() && !self.behind_proxy),
            open_metrics: self.open_metrics,
            behind_proxy: self.behind_proxy,
            worker_inside: self.jobs > 0,
            limits,
            ..service::Settings::new(&self.database)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A setting said twice must follow the documented order, or an operator changes a file and nothing happens.
    #[test]
    fn a_flag_counts_more_than_the_file_and_the_file_more_than_the_default() {
        let file: Options = toml::from_str("jobs = 4\nlog = \"debug\"").unwrap();
        let flags = Options { jobs: Some(2), ..Options::default() };
        let settings = flags.or(file).settle(Some(DATABASE)).unwrap();
        assert_eq!((settings.jobs, settings.log.as_str(), settings.requests_per_second.get()), (2, "debug", 100));
    }

    /// A misspelt name must not be passed over in silence.
    #[test]
    fn a_name_that_is_no_setting_is_an_error() {
        let error = toml::from_str::<Options>("job = 4").unwrap_err().to_string();
        assert!(error.contains("unknown field `job`"), "{error}");
    }

    /// Each setting can be given in the file, by the name of its flag.
    #[test]
    fn every_setting_can_stand_in_the_file() {
        let text = "listen = \"0.0.0.0:80\"\ndatabase = \"postgres://a@b/c\"\njobs = 0\nthreads = 3\nrequests_per_second = 7\n\
                    plain_cookie = true\nopen_metrics = true\nbehind_proxy = true\nlog = \"warn\"\nlog_format = \"json\"";
        let settings = toml::from_str::<Options>(text).unwrap().settle(Some(DATABASE)).unwrap();
        assert_eq!(settings.database, "postgres://a@b/c");
        assert_eq!((settings.jobs, settings.threads, settings.requests_per_second.get()), (0, 3, 7));
        assert_eq!((settings.plain_cookie, settings.open_metrics, settings.behind_proxy), (true, true, true));
        assert_eq!(settings.log_format, LogFormat::Json);
    }
}
