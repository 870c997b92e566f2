//! The audit trail: who did what, in order, each record chained to the one before.

use super::chain::{Chain, close_link, hash_record, take_link};
use super::{Page, Store, StoreError, now};
use serde::Serialize;
use sqlx::{Any, Transaction};
use utoipa::ToSchema;

/// One act.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct TrailRow {
    pub seq: i64,
    pub at: String,
    /// Identifier of the key that did it.
    pub made_by: String,
    /// What was done, such as `plan.published`.
    pub action: String,
    /// Identifier of what it was done to.
    pub object: String,
    pub detail: String,
    pub previous_hash: String,
    /// SHA-256 of the canonical JSON of all fields before.
    pub record_hash: String,
}

impl TrailRow {
    /// What `record_hash` must be.
    pub fn recompute_hash(&self) -> String {
        let Self { seq, at, made_by, action, object, detail, previous_hash, .. } = self;
        hash_record(&(seq, at, made_by, action, object, detail, previous_hash))
    }
}

impl Store {
    /// Writes an act down in the transaction that does it, so that neither is there without the other.
    pub(in crate::service) async fn note(
        tx: &mut Transaction<'static, Any>,
        made_by: &str,
        action: &str,
        object: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        let link = take_link(tx, Chain::AuditTrail).await?;
        let mut row = TrailRow {
            seq: link.seq,
            at: now(),
            made_by: made_by.to_owned(),
            action: action.to_owned(),
            object: object.to_owned(),
            detail: detail.to_owned(),
            previous_hash: link.previous_hash.clone(),
            record_hash: String::new(),
        };
        row.record_hash = row.recompute_hash();
        let insert = "INSERT INTO audit_trail (seq, at, made_by, action, object, detail, previous_hash, record_hash) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        sqlx::query(insert)
            .bind(row.seq)
            .bind(&row.at)
            .bind(made_by)
            .bind(action)
            .bind(object)
            .bind(detail)
            .bind(&row.previous_hash)
            .bind(&row.record_hash)
            .execute(&mut **tx)
            .await?;
        close_link(tx, &link, &row.record_hash).await
    }

    /// Writes an act down that was done elsewhere.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_down(&self, made_by: &str, action: &str, object: &str, detail: &str) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        Self::note(&mut tx, made_by, action, object, detail).await?;
        Ok(tx.commit().await?)
    }

    /// Newest first; a page goes on after the sequence number it ended with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_trail(&self, page: &Page) -> Result<Vec<TrailRow>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT seq, at, made_by, action, object, detail, previous_hash, record_hash FROM audit_trail \
             WHERE seq < $1 ORDER BY seq DESC LIMIT $2",
        );
        let before = page.after.as_ref().and_then(|after| after.parse().ok()).unwrap_or(i64::MAX);
        Ok(rows.bind(before).bind(page.limit).fetch_all(&self.readers).await?)
    }
}
