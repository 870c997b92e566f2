//! Recomputing every hash: what was once written is what lies there now, nothing is missing in between, and nothing at the end.

use super::chain::{Chain, hash_text};
use super::{PlanRow, PublicationRow, Store, StoreError, TrailRow, instances};
use crate::service::ledger;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, FromRow, Row, Transaction};
use std::collections::BTreeSet;

/// A stored record that is not what was once written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    pub table: &'static str,
    /// Place in the chain, or identifier where there is none.
    pub place: String,
    pub what: String,
}

/// A record of a chain.
trait Record: for<'r> FromRow<'r, AnyRow> + Send + Unpin {
    const CHAIN: Chain;
    /// All columns of the record, and those that its hash stands for.
    const COLUMNS: &'static str;

    fn previous_hash(&self) -> &str;
    fn record_hash(&self) -> &str;
    fn recompute_hash(&self) -> String;

    /// What else the row holds: a text and the hash it must have.
    fn content(_row: &AnyRow) -> Result<Option<(String, String)>, sqlx::Error> {
        Ok(None)
    }
}

impl Record for PlanRow {
    const CHAIN: Chain = Chain::Plans;
    const COLUMNS: &'static str = "seq, id, instance_id, revision, job_id, profit_cents, content_hash, made_by, created_at, \
        previous_hash, record_hash, document, 'draft' AS status";

    fn previous_hash(&self) -> &str {
        &self.previous_hash
    }
    fn record_hash(&self) -> &str {
        &self.record_hash
    }
    fn recompute_hash(&self) -> String {
        self.recompute_hash()
    }
    fn content(row: &AnyRow) -> Result<Option<(String, String)>, sqlx::Error> {
        Ok(Some((row.try_get("document")?, row.try_get("content_hash")?)))
    }
}

impl Record for PublicationRow {
    const CHAIN: Chain = Chain::Publications;
    const COLUMNS: &'static str = "seq, plan_id, action, note, made_by, at, previous_hash, record_hash";

    fn previous_hash(&self) -> &str {
        &self.previous_hash
    }
    fn record_hash(&self) -> &str {
        &self.record_hash
    }
    fn recompute_hash(&self) -> String {
        self.recompute_hash()
    }
}

impl Record for TrailRow {
    const CHAIN: Chain = Chain::AuditTrail;
    const COLUMNS: &'static str = "seq, at, made_by, action, object, detail, previous_hash, record_hash";

    fn previous_hash(&self) -> &str {
        &self.previous_hash
    }
    fn record_hash(&self) -> &str {
        &self.record_hash
    }
    fn recompute_hash(&self) -> String {
        self.recompute_hash()
    }
}

/// How many rows are read at once; a damaged one among them is then looked for alone.
const BATCH: i64 = 100;

impl Store {
    /// Lists all damage in instances, plans, publications, the audit trail and the ledger of bookings, as of one moment; servers may go on writing.
    ///
    /// # Errors
    /// When the database fails. What is found in it is no error.
    pub async fn verify(&self) -> Result<Vec<Damage>, StoreError> {
        let mut tx = self.read_at_once().await?;
        let mut found = Vec::new();
        verify_instances(&mut tx, &mut found).await?;
        verify_chain::<PlanRow>(&mut tx, &mut found).await?;
        verify_chain::<PublicationRow>(&mut tx, &mut found).await?;
        verify_chain::<TrailRow>(&mut tx, &mut found).await?;
        verify_names(&mut tx, &mut found).await?;
        ledger::verify(&mut tx, &mut found).await?;
        tx.rollback().await?;
        Ok(found)
    }
}

async fn verify_instances(tx: &mut Transaction<'static, Any>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM instances ORDER BY id").fetch_all(&mut **tx).await?;
    for id in ids {
        let row = sqlx::query_as("SELECT tables, hash FROM instances WHERE id = $1").bind(id.clone()).fetch_optional(&mut **tx);
        let what = match readable::<(String, String)>(row.await)? {
            Some((tables, hash)) if instances::recompute_hash(&tables).as_ref() == Some(&hash) => continue,
            Some(_) => "its tables are not those that its hash names",
            None => "it cannot be read",
        };
        found.push(Damage { table: "instances", place: id, what: what.to_owned() });
    }
    Ok(())
}

/// A row that holds something unreadable is damage; a database that does not answer is an error.
fn readable<T>(row: Result<Option<T>, sqlx::Error>) -> Result<Option<T>, StoreError> {
    match row {
        Err(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) => Ok(None),
        row => Ok(row?),
    }
}

/// Where a chain stands while it is walked.
struct Walk<'a> {
    table: &'static str,
    seq: i64,
    hash: String,
    found: &'a mut Vec<Damage>,
}

impl Walk<'_> {
    fn report(&mut self, place: impl ToString, what: &str) {
        self.found.push(Damage { table: self.table, place: place.to_string(), what: what.to_owned() });
    }

    /// Checks the next record; after damage the walk goes on from what the record says of itself.
    fn step<R: Record>(&mut self, place: i64, row: Option<&AnyRow>) {
        if place != self.seq + 1 {
            self.report(place, "records before it are missing");
        }
        let parts = row.and_then(|row| R::from_row(row).ok().zip(R::content(row).ok()));
        self.seq = place;
        let Some((record, content)) = parts else {
            self.report(place, "it cannot be read");
            return self.hash.clear();
        };
        if content.is_some_and(|(text, hash)| hash_text(&text) != hash) {
            self.report(place, "its document is not the one that its hash names");
        }
        if record.recompute_hash() != record.record_hash() {
            self.report(place, "its fields are not those that its hash names");
        }
        if record.previous_hash() != self.hash {
            self.report(place, "it does not follow from the record before");
        }
        record.record_hash().clone_into(&mut self.hash);
    }
}

async fn verify_chain<R: Record>(tx: &mut Transaction<'static, Any>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let mut walk = Walk { table: R::CHAIN.name(), seq: 0, hash: String::new(), found };
    let mut after = i64::MIN;
    loop {
        let seqs = format!("SELECT seq FROM {} WHERE seq > $1 ORDER BY seq LIMIT $2", walk.table);
        let seqs: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(seqs)).bind(after).bind(BATCH).fetch_all(&mut **tx).await?;
        let Some(last) = seqs.last().copied() else {
            break;
        };
        for seq in seqs {
            let select = format!("SELECT {} FROM {} WHERE seq = $1", R::COLUMNS, walk.table);
            let row = sqlx::query(AssertSqlSafe(select)).bind(seq).fetch_optional(&mut **tx).await;
            walk.step::<R>(seq, readable(row)?.as_ref());
        }
        after = last;
    }
    let head = sqlx::query_as("SELECT seq, hash FROM chains WHERE name = $1").bind(walk.table).fetch_optional(&mut **tx).await;
    let head: Option<(i64, String)> = readable(head)?;
    if head != Some((walk.seq, walk.hash.clone())) {
        walk.report(walk.seq, "the chain does not end where it ended when it was last written");
    }
    Ok(())
}

/// A job names its plan and a publication too: both must be there.
async fn verify_names(tx: &mut Transaction<'static, Any>, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    const NAMES: [(&str, &str); 2] = [
        ("jobs", "SELECT id AS place, plan_id FROM jobs WHERE plan_id IS NOT NULL ORDER BY id"),
        ("publications", "SELECT CAST(seq AS TEXT) AS place, plan_id FROM publications ORDER BY publications.seq"),
    ];
    let plans: Vec<String> = sqlx::query_scalar("SELECT id FROM plans").fetch_all(&mut **tx).await.or_else(unreadable)?;
    let plans: BTreeSet<String> = plans.into_iter().collect();
    for (table, select) in NAMES {
        let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(&mut **tx).await.or_else(unreadable)?;
        let missing = rows.into_iter().filter(|(_, plan)| !plans.contains(plan));
        found.extend(missing.map(|(place, plan)| Damage { table, place, what: format!("its plan {plan} is not there") }));
    }
    Ok(())
}

/// Rows that cannot be read were reported where they stand.
fn unreadable<T>(error: sqlx::Error) -> Result<Vec<T>, StoreError> {
    readable::<T>(Err(error)).map(|_| Vec::new())
}
