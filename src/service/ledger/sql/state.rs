//! Which plan is booked on, by which terms, and answers that are given again.

use super::{Tx, query};
use crate::service::ledger::rules::Terms;
use crate::service::store::{Engine, StoreError, now};
use sqlx::Row;

/// What every booking stands on.
#[derive(Clone, Debug)]
pub struct Ground {
    pub plan_id: Option<String>,
    /// Bookings of the plan before are being moved to this one.
    pub carrying: bool,
    pub terms: Terms,
}

/// Reads it, and keeps others from changing it until the transaction ends.
pub async fn read_ground(tx: &mut Tx, engine: Engine) -> Result<Ground, StoreError> {
    let select = format!("SELECT plan_id, carrying, terms FROM ledger_state WHERE id = 1 {}", engine.for_share());
    let row = query(select).fetch_one(&mut **tx).await?;
    Ok(Ground {
        plan_id: row.try_get("plan_id")?,
        carrying: row.try_get::<i64, _>("carrying")? == 1,
        terms: read_terms(row.try_get("terms")?)?,
    })
}

fn read_terms(text: Option<String>) -> Result<Terms, StoreError> {
    match text {
        None => Ok(Terms::default()),
        Some(text) => serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("terms of booking: {error}"))),
    }
}

/// The alliance's terms from now on.
pub async fn write_terms(tx: &mut Tx, terms: &Terms) -> Result<(), StoreError> {
    // plain numbers always become JSON
    let text = serde_json::to_string(terms).unwrap_or_default();
    sqlx::query("UPDATE ledger_state SET terms = $1 WHERE id = 1").bind(text).execute(&mut **tx).await?;
    Ok(())
}

/// What was asked under a key, and what was answered.
pub async fn find_answer(tx: &mut Tx, id: &str) -> Result<Option<(String, String)>, StoreError> {
    let found = sqlx::query_as("SELECT asked, answer FROM answers WHERE id = $1").bind(id.to_owned());
    Ok(found.fetch_optional(&mut **tx).await?)
}

/// Keeps an answer in the transaction that it tells of.
///
/// # Errors
/// Busy, when another server has just answered the same key: the transaction must be given up and its answer read.
pub async fn keep_answer(tx: &mut Tx, id: &str, asked: &str, answer: &str) -> Result<(), StoreError> {
    let insert = "INSERT INTO answers (id, asked, answer, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING";
    let kept = sqlx::query(insert).bind(id).bind(asked).bind(answer).bind(now()).execute(&mut **tx).await?;
    if kept.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Busy) }
}
