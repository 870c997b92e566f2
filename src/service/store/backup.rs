//! Backup and restore. A backup is one SQLite file whatever the database is, so that it needs no program but this one, and so that it is
//! also the way from SQLite to PostgreSQL. It is written beside its place and moved there, never half.

use super::{Damage, Engine, Store, StoreError};
use futures_util::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no backup, or no restored database.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read or written.
    #[error("{path}: {source}", path = path.display())]
    File { path: PathBuf, source: io::Error },
    /// Only an empty database takes a backup: nothing is overwritten.
    #[error("the database is not empty: {0} has rows; restore into a new one")]
    NotEmpty(&'static str),
    /// The backup or what was restored from it is not what was once written.
    #[error("{} damaged records, first {} {}: {}", .0.len(), .0[0].table, .0[0].place, .0[0].what)]
    Damaged(Vec<Damage>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Real,
}

/// What is copied of a table, and in which order, so that a row comes after those it names.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
    order: &'static str,
}

const fn table(name: &'static str, columns: &'static [(&'static str, Kind)], order: &'static str) -> Table {
    Table { name, columns, order }
}

use Kind::{Real, Text, Whole};

/// All tables but the chains and the state of the ledger, which are never empty.
const TABLES: [Table; 16] = [
    table("settings", &[("name", Text), ("value", Text)], "name"),
    table("members", &[("code", Text), ("name", Text), ("name_zh", Text), ("created_at", Text)], "code"),
    table(
        "keys",
        &[
            ("id", Text),
            ("hash", Text),
            ("role", Text),
            ("member", Text),
            ("label", Text),
            ("created_at", Text),
            ("revoked_at", Text),
        ],
        "id",
    ),
    table(
        "instances",
        &[
            ("id", Text),
            ("name", Text),
            ("title", Text),
            ("hash", Text),
            ("tables", Text),
            ("made_by", Text),
            ("created_at", Text),
        ],
        "id",
    ),
    table(
        "jobs",
        &[
            ("id", Text),
            ("parent_id", Text),
            ("instance_id", Text),
            ("request", Text),
            ("state", Text),
            ("attempt", Whole),
            ("worker", Text),
            ("lost", Whole),
            ("lease_until_ms", Whole),
            ("seen_ms", Whole),
            ("worked_ms", Whole),
            ("cancel_asked", Whole),
            ("stage", Text),
            ("incumbent", Real),
            ("bound", Real),
            ("gap", Real),
            ("best", Text),
            ("best_profit_cents", Whole),
            ("best_worth_cents", Whole),
            ("plan_id", Text),
            ("reason", Text),
            ("made_by", Text),
            ("created_at", Text),
            ("started_at", Text),
            ("ended_at", Text),
        ],
        // requests before their parts
        "CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, id",
    ),
    table("job_events", &[("job_id", Text), ("seq", Whole), ("at", Text), ("kind", Text), ("body", Text)], "job_id, seq"),
    table(
        "plans",
        &[
            ("seq", Whole),
            ("id", Text),
            ("instance_id", Text),
            ("revision", Whole),
            ("job_id", Text),
            ("profit_cents", Whole),
            ("document", Text),
            ("content_hash", Text),
            ("made_by", Text),
            ("created_at", Text),
            ("previous_hash", Text),
            ("record_hash", Text),
        ],
        "seq",
    ),
    table(
        "publications",
        &[
            ("seq", Whole),
            ("plan_id", Text),
            ("action", Text),
            ("note", Text),
            ("made_by", Text),
            ("at", Text),
            ("previous_hash", Text),
            ("record_hash", Text),
        ],
        "seq",
    ),
    table(
        "audit_trail",
        &[
            ("seq", Whole),
            ("at", Text),
            ("made_by", Text),
            ("action", Text),
            ("object", Text),
            ("detail", Text),
            ("previous_hash", Text),
            ("record_hash", Text),
        ],
        "seq",
    ),
    table(
        "ledger_legs",
        &[
            ("place", Text),
            ("plan_id", Text),
            ("service", Text),
            ("cycle", Whole),
            ("sailing", Whole),
            ("leg", Whole),
            ("berthing_min", Whole),
            ("returned", Whole),
            ("capacity_teu", Whole),
            ("limit_teu", Whole),
            ("used_teu", Whole),
            ("held_teu", Whole),
            ("capacity_kg", Whole),
            ("used_kg", Whole),
            ("capacity_plugs", Whole),
            ("used_plugs", Whole),
            ("capacity_dangerous", Whole),
            ("used_dangerous", Whole),
        ],
        "place",
    ),
    table("ledger_shares", &[("place", Text), ("member", Text), ("allotted_teu", Whole), ("used_teu", Whole)], "place, member"),
    table(
        "bookings",
        &[
            ("id", Text),
            ("line", Text),
            ("version", Whole),
            ("state", Text),
            ("plan_id", Text),
            ("made_by", Text),
            ("member", Text),
            ("teu", Whole),
            ("kg", Whole),
            ("plugs", Whole),
            ("dangerous", Whole),
            ("closes_min", Whole),
            ("loads_min", Whole),
            ("ends_min", Whole),
            ("offer_until_min", Whole),
            ("reason", Text),
            ("detail", Text),
            ("created_at", Text),
            ("changed_at", Text),
        ],
        "id",
    ),
    table("booking_legs", &[("booking_id", Text), ("place", Text), ("account", Text)], "booking_id, place"),
    table(
        "booking_events",
        &[
            ("booking_id", Text),
            ("seq", Whole),
            ("at", Text),
            ("act", Text),
            ("made_by", Text),
            ("booking", Text),
            ("previous_hash", Text),
            ("record_hash", Text),
        ],
        "booking_id, seq",
    ),
    table("answers", &[("id", Text), ("asked", Text), ("answer", Text), ("created_at", Text)], "id"),
    table(
        "carry_overs",
        &[("plan_id", Text), ("booking_id", Text), ("from_plan_id", Text), ("outcome", Text), ("reason", Text), ("at", Text)],
        "plan_id, booking_id, at",
    ),
];

const LEDGER_STATE: Table =
    table("ledger_state", &[("id", Whole), ("plan_id", Text), ("carrying", Whole), ("terms", Text), ("tariff", Text)], "id");

const CHAINS: Table = table("chains", &[("name", Text), ("seq", Whole), ("hash", Text)], "name");

impl Table {
    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    fn select(&self) -> String {
        format!("SELECT {} FROM {} ORDER BY {}", self.names(), self.name, self.order)
    }

    fn insert(&self) -> String {
        let places: Vec<String> = (1..=self.columns.len()).map(|place| format!("${place}")).collect();
        format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.names(), places.join(", "))
    }
}

impl Store {
    /// Writes the whole database to a file, as of one moment; servers and workers may go on.
    ///
    /// # Errors
    /// When the file cannot be written, or the database fails.
    pub async fn backup(&self, file: &Path) -> Result<(), BackupError> {
        let fail = |source| BackupError::File { path: file.to_owned(), source };
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = tempfile::Builder::new().prefix(".waterbus-backup-").tempdir_in(folder).map_err(fail)?;
        let part = beside.path().join("backup.sqlite");
        match self.engine {
            Engine::Sqlite => self.vacuum_into(&part).await?,
            Engine::Postgres => self.copy_into_file(&part).await?,
        }
        let moved = || -> io::Result<()> {
            std::fs::File::open(&part)?.sync_all()?;
            std::fs::rename(&part, file)?;
            sync_folder(folder)
        };
        moved().map_err(fail)
    }

    async fn vacuum_into(&self, part: &Path) -> Result<(), StoreError> {
        let path = part.to_string_lossy().replace('\'', "''");
        sqlx::query(AssertSqlSafe(format!("VACUUM INTO '{path}'"))).execute(&self.readers).await?;
        Ok(())
    }

    async fn copy_into_file(&self, part: &Path) -> Result<(), StoreError> {
        let target = Self::open(&address(part)).await?;
        target.copy_from(self).await?;
        // one file, with nothing beside it
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&target.writers).await?;
        target.close().await;
        Ok(())
    }

    /// Brings a backup into an empty database of either engine. The backup is verified before, the database after.
    ///
    /// # Errors
    /// When the database is not empty, the file is no backup, a record is damaged, or the database fails. Nothing is kept then, but for
    /// damage that came in on the way, which is reported.
    pub async fn restore(&self, file: &Path) -> Result<(), BackupError> {
        let fail = |source| BackupError::File { path: file.to_owned(), source };
        // opened as a copy: a backup of an older program is brought to this version, and the file stays as it is
        let folder = tempfile::tempdir().map_err(fail)?;
        let copy = folder.path().join("backup.sqlite");
        std::fs::copy(file, &copy).map_err(fail)?;
        let source = Self::open(&address(&copy)).await?;
        refuse_damage(&source).await?;
        self.check_empty().await?;
        self.copy_from(&source).await?;
        source.close().await;
        refuse_damage(self).await
    }

    async fn check_empty(&self) -> Result<(), BackupError> {
        for table in &TABLES {
            let count = format!("SELECT COUNT(*) FROM {}", table.name);
            let rows: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&self.readers).await.map_err(StoreError::from)?;
            if rows > 0 {
                return Err(BackupError::NotEmpty(table.name));
            }
        }
        Ok(())
    }

    /// All rows of another database, as of one moment, in one transaction.
    async fn copy_from(&self, source: &Self) -> Result<(), StoreError> {
        let mut from = source.read_at_once().await?;
        let mut to = self.write().await?;
        sqlx::query("DELETE FROM chains").execute(&mut *to).await?;
        sqlx::query("DELETE FROM ledger_state").execute(&mut *to).await?;
        for table in [CHAINS, LEDGER_STATE].iter().chain(&TABLES) {
            copy_table(&mut from, &mut to, table).await?;
        }
        from.rollback().await?;
        to.commit().await?;
        Ok(())
    }
}

async fn copy_table(
    from: &mut Transaction<'static, Any>,
    to: &mut Transaction<'static, Any>,
    table: &Table,
) -> Result<(), StoreError> {
    let insert = table.insert();
    let mut rows = sqlx::query(AssertSqlSafe(table.select())).fetch(&mut **from);
    while let Some(row) = rows.try_next().await? {
        copy_row(to, table, &insert, &row).await?;
    }
    Ok(())
}

async fn copy_row(to: &mut Transaction<'static, Any>, table: &Table, insert: &str, row: &AnyRow) -> Result<(), StoreError> {
    let mut query = sqlx::query(AssertSqlSafe(insert.to_owned()));
    for (place, (_, kind)) in table.columns.iter().enumerate() {
        query = match kind {
            Text => query.bind(row.try_get::<Option<String>, _>(place)?),
            Whole => query.bind(row.try_get::<Option<i64>, _>(place)?),
            Real => query.bind(row.try_get::<Option<f64>, _>(place)?),
        };
    }
    query.execute(&mut **to).await?;
    Ok(())
}

async fn refuse_damage(store: &Store) -> Result<(), BackupError> {
    match store.verify().await? {
        found if found.is_empty() => Ok(()),
        found => Err(BackupError::Damaged(found)),
    }
}

/// A file as an address; signs that mean something in an address are written as their code.
fn address(file: &Path) -> String {
    let path = file.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("sqlite://{path}?mode=rwc")
}

/// The new name outlasts a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
