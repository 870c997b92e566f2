//! Instances: the tables a plan is made from, known by the hash of what they say.

use super::{Page, Store, StoreError, new_id, now};
use crate::domain::{Chart, Problem};
use crate::input::{read_chart, read_tables};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An instance that `input` has checked.
#[derive(Clone, Debug)]
pub struct NewInstance<'a> {
    pub problem: &'a Problem,
    /// File name to bytes, as they came.
    pub tables: &'a BTreeMap<String, Vec<u8>>,
    pub made_by: &'a str,
}

/// A stored instance, without its tables.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct InstanceRow {
    pub id: String,
    pub name: String,
    pub title: String,
    /// SHA-256 of the tables, as plans name it.
    pub hash: String,
    /// Identifier of the key that brought it.
    pub made_by: String,
    pub created_at: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, name, title, hash, made_by, created_at FROM instances ", $rest)
    };
}

impl Store {
    /// Keeps an instance. The same tables again are the instance that is there already; the second value says whether it is new.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_instance(&self, new: NewInstance<'_>) -> Result<(InstanceRow, bool), StoreError> {
        let mut tx = self.write().await?;
        let insert = "INSERT INTO instances (id, name, title, hash, tables, made_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                      ON CONFLICT (hash) DO NOTHING";
        let (settings, hash) = (&new.problem.settings, &new.problem.hash);
        let added = sqlx::query(insert)
            .bind(new_id())
            .bind(&settings.name)
            .bind(&settings.title)
            .bind(hash)
            .bind(to_text(new.tables))
            .bind(new.made_by)
            .bind(now())
            .execute(&mut *tx)
            .await?;
        let row: InstanceRow = sqlx::query_as(select!("WHERE hash = $1")).bind(hash).fetch_one(&mut *tx).await?;
        let is_new = added.rows_affected() == 1;
        if is_new {
            Self::note(&mut tx, new.made_by, "instance.added", &row.id, &row.name).await?;
        }
        tx.commit().await?;
        Ok((row, is_new))
    }

    /// # Errors
    /// When there is no such instance, or the database fails.
    pub async fn find_instance(&self, id: &str) -> Result<InstanceRow, StoreError> {
        let row = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&self.readers).await?;
        row.ok_or_else(|| StoreError::NotFound { kind: "instance", id: id.to_owned() })
    }

    /// Newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_instances(&self, page: &Page) -> Result<Vec<InstanceRow>, StoreError> {
        let rows = sqlx::query_as(select!("WHERE $1 = '' OR id < $1 ORDER BY id DESC LIMIT $2"));
        Ok(rows.bind(page.after.clone().unwrap_or_default()).bind(page.limit).fetch_all(&self.readers).await?)
    }

    /// The checked problem of an instance.
    ///
    /// # Errors
    /// When there is no such instance, its tables are damaged, or the database fails.
    pub async fn read_problem(&self, id: &str) -> Result<Problem, StoreError> {
        read_tables(&self.read_instance_tables(id).await?).map_err(|errors| damaged(id, &errors))
    }

    /// The checked problem of an instance, and its map.
    ///
    /// # Errors
    /// When there is no such instance, its files are damaged, or the database fails.
    pub async fn read_problem_and_chart(&self, id: &str) -> Result<(Problem, Chart), StoreError> {
        let tables = self.read_instance_tables(id).await?;
        let problem = read_tables(&tables).map_err(|errors| damaged(id, &errors))?;
        Ok((problem, read_chart(&tables).map_err(|errors| damaged(id, &errors))?))
    }

    async fn read_instance_tables(&self, id: &str) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let text: Option<String> =
            sqlx::query_scalar("SELECT tables FROM instances WHERE id = $1").bind(id).fetch_optional(&self.readers).await?;
        let text = text.ok_or_else(|| StoreError::NotFound { kind: "instance", id: id.to_owned() })?;
        from_text(&text).map_err(|error| damaged(id, &error))
    }
}

fn damaged(id: &str, what: &impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("instance {id}: {what}"))
}

/// The hash that stored tables have; `None` when they are not tables any more.
pub(super) fn recompute_hash(text: &str) -> Option<String> {
    read_tables(&from_text(text).ok()?).ok().map(|problem| problem.hash)
}

/// Tables as one JSON object, file name to text. `input` takes UTF-8 only, so nothing of a checked instance is lost.
fn to_text(tables: &BTreeMap<String, Vec<u8>>) -> String {
    let texts: BTreeMap<&str, _> = tables.iter().map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes))).collect();
    // text keys and text values always become JSON
    serde_json::to_string(&texts).unwrap_or_default()
}

fn from_text(text: &str) -> serde_json::Result<BTreeMap<String, Vec<u8>>> {
    let texts: BTreeMap<String, String> = serde_json::from_str(text)?;
    Ok(texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect())
}
