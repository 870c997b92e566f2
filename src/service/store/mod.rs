//! The database: SQLite inside by default, PostgreSQL where one machine is not enough. One SQL text runs on both. In: checked instances,
//! audited plans, requests, keys. Out: the same, page by page. Rules guarded: a commit survives a crash; plans, publications and the
//! audit trail are appended and never changed, each record carries the hash of the one before; a job and the plan it made are written
//! in one transaction.

mod backup;
mod chain;
mod holders;
mod instances;
mod jobs;
mod keys;
mod plans;
mod trail;
mod verify;

pub use backup::BackupError;
pub(super) use chain::to_hex;
pub use instances::{InstanceRow, NewInstance};
pub use jobs::{JobEvent, JobRequest, JobRow, JobState, NewJob};
pub use keys::{KeyRow, MemberRow, NewKey, Secret};
pub use plans::{NewPlan, PlanRow, PlanStatus, PublicationRow};
pub use trail::TrailRow;
pub use verify::Damage;

pub(in crate::service) use chain::{canonical, hash_record, hash_text};

use chrono::{DateTime, SecondsFormat, Utc};
use holders::Holders;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Any, AnyPool, Executor, Transaction};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

static TABLES: Migrator = sqlx::migrate!("src/service/store/migrations/tables");
static SQLITE_GUARDS: Migrator = sqlx::migrate!("src/service/store/migrations/sqlite");
static POSTGRES_GUARDS: Migrator = sqlx::migrate!("src/service/store/migrations/postgres");

/// Connections of one process.
const MOST_CONNECTIONS: u32 = 8;

/// A request that gets no connection in this time is told to come again.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);

/// Programs that open one new database at the same moment make its tables one after another.
const MOST_OPENINGS: u32 = 10;
const OPENING_WAIT: Duration = Duration::from_millis(100);

/// Readers never wait for the writer (WAL); each commit is on the disk before it is acknowledged (FULL).
const SQLITE_SETTINGS: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON";

/// Another holds what is needed, and soon will not: SQLite's "database is locked" in its variants; PostgreSQL's serialization failure,
/// deadlock, lock not available and too many connections.
const BUSY_CODES: [&str; 7] = ["5", "261", "517", "40001", "40P01", "55P03", "53300"];

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names neither engine.
    #[error("{0}: not a database address; write sqlite://FILE or postgres://USER@HOST/NAME")]
    BadAddress(String),
    /// No connection was free in time: come again.
    #[error("the database is busy")]
    Busy,
    /// The row that the request names is not there.
    #[error("{kind} {id} is not known")]
    NotFound { kind: &'static str, id: String },
    /// The request contradicts what is stored, such as publishing a withdrawn plan.
    #[error("{0}")]
    Conflict(String),
    /// A stored record is not what was once written.
    #[error("{0}")]
    Damaged(String),
    /// The database failed.
    #[error("the database failed: {0}")]
    Failed(sqlx::Error),
    /// The tables could not be brought to this program's version.
    #[error("the database cannot be brought to this version: {0}")]
    Migration(#[from] MigrateError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(error) if error.code().is_some_and(|code| BUSY_CODES.contains(&&*code)) => Self::Busy,
            other => Self::Failed(other),
        }
    }
}

/// Which engine is behind the one SQL text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    fn of(url: &str) -> Result<Self, StoreError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(StoreError::BadAddress(url.to_owned())),
        }
    }

    /// Opens a transaction that writes: SQLite takes its one write lock at once, so that it never has to give up half-way.
    fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Opens a transaction that reads: it sees the database as it was at one moment, whatever others write meanwhile.
    fn begin_reading(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Milliseconds since 1970 by the clock of the database, the only clock that all its workers share.
    pub(in crate::service) fn now_ms(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
            Self::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        }
    }

    /// Behind a query for rows to change: nobody else changes them until the transaction ends. SQLite has one writer.
    pub(in crate::service) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE",
        }
    }

    /// Behind a query for rows that must stay as they are until the transaction ends.
    pub(in crate::service) fn for_share(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR SHARE",
        }
    }

    /// Behind a query for one row to take: leaves out rows that another is just taking. SQLite has one writer, so there is no other.
    pub(in crate::service) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE SKIP LOCKED",
        }
    }
}

/// A database that holds instances, plans, jobs, members, keys and the audit trail.
#[derive(Clone, Debug)]
pub struct Store {
    /// SQLite has one writer at a time, so it gets one connection for it; readers have their own.
    writers: AnyPool,
    readers: AnyPool,
    engine: Engine,
    holders: Holders,
    /// Wakes a worker of this process when a job was added; workers elsewhere look by themselves.
    work_added: Arc<Notify>,
}

/// How many rows, and after which one.
#[derive(Clone, Debug)]
pub struct Page {
    pub limit: i64,
    /// The last row of the page before.
    pub after: Option<String>,
}

impl Store {
    /// Opens the database and brings its tables to this version; an SQLite file is made where there is none.
    ///
    /// # Errors
    /// When the address names neither engine, the database cannot be reached, or a newer program has written it.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        // SQLite has no lock around a whole migration: whoever comes second meets the half-made tables of the first, and tries again
        for _ in 1..MOST_OPENINGS {
            match Self::open_once(url).await {
                Err(StoreError::Busy | StoreError::Migration(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..))) => {
                    tokio::time::sleep(OPENING_WAIT).await;
                }
                opened => return opened,
            }
        }
        Self::open_once(url).await
    }

    async fn open_once(url: &str) -> Result<Self, StoreError> {
        let engine = Engine::of(url)?;
        let (writers, readers) = match engine {
            Engine::Sqlite => {
                let url = with_creation(url);
                (options(engine).max_connections(1).connect(&url).await?, options(engine).connect(&url).await?)
            }
            Engine::Postgres => {
                let pool = options(engine).connect(url).await?;
                (pool.clone(), pool)
            }
        };
        let store = Self { writers, readers, engine, holders: Holders::new(), work_added: Arc::default() };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        let guards = match self.engine {
            Engine::Sqlite => &SQLITE_GUARDS,
            Engine::Postgres => &POSTGRES_GUARDS,
        };
        let migrations: Vec<_> = TABLES.iter().chain(guards.iter()).cloned().collect();
        Migrator::with_migrations(migrations).run(&self.writers).await?;
        Ok(())
    }

    /// Ready when the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check_ready(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.writers.close().await;
        self.readers.close().await;
    }

    pub(in crate::service) fn engine(&self) -> Engine {
        self.engine
    }

    pub(in crate::service) fn readers(&self) -> &AnyPool {
        &self.readers
    }

    pub(in crate::service) fn work_added(&self) -> &Notify {
        &self.work_added
    }

    /// A transaction that sees the database as it was at one moment.
    pub(in crate::service) async fn read_at_once(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.readers.begin_with(self.engine.begin_reading()).await?)
    }

    /// A transaction that may write.
    pub(in crate::service) async fn write(&self) -> Result<Transaction<'static, Any>, StoreError> {
        Ok(self.writers.begin_with(self.engine.begin()).await?)
    }
}

fn options(engine: Engine) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(MOST_CONNECTIONS).acquire_timeout(CONNECTION_WAIT);
    match engine {
        Engine::Postgres => options,
        // a connection to a file of this machine does not break while it rests
        Engine::Sqlite => options.test_before_acquire(false).after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SQLITE_SETTINGS).await?;
                Ok(())
            })
        }),
    }
}

/// The address of an SQLite file that is made where there is none.
fn with_creation(url: &str) -> String {
    match url.contains('?') {
        true => url.to_owned(),
        false => format!("{url}?mode=rwc"),
    }
}

/// A time as it is stored: RFC 3339, UTC, milliseconds.
pub(in crate::service) fn stored(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Now, as it is stored.
pub(in crate::service) fn now() -> String {
    stored(Utc::now())
}

/// A new identifier; later ones sort after earlier ones.
pub(in crate::service) fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
