//! Which plan is booked on, by which terms, and answers that are given again.

use super::{Keys, Tx, query, write_rows};
use crate::service::ledger::rules::Terms;
use crate::service::store::{Engine, StoreError, now};
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;

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

/// What was asked under each of these keys, and what was answered, by key; keys that were not used are left out.
pub async fn find_answers(tx: &mut Tx, ids: &[&str]) -> Result<BTreeMap<String, (String, String)>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let keys = Keys::of(ids);
    let select = format!("SELECT id, asked, answer FROM answers WHERE id IN {}", keys.places(1));
    let rows = keys.bind(query(select)).fetch_all(&mut **tx).await?;
    let answer =
        |row: &AnyRow| -> Result<_, StoreError> { Ok((row.try_get("id")?, (row.try_get("asked")?, row.try_get("answer")?))) };
    rows.iter().map(answer).collect()
}

/// An answer to be given again: its key, what was asked, what was answered.
pub struct Kept<'a> {
    pub id: &'a str,
    pub asked: &'a str,
    pub answer: String,
}

/// Keeps answers in the transaction that they tell of.
///
/// # Errors
/// Busy, when another server has just answered one of the keys: the transaction must be given up and that answer read.
pub async fn keep_answers(tx: &mut Tx, answers: Vec<Kept<'_>>) -> Result<(), StoreError> {
    let (insert, at) = (("INSERT INTO answers (id, asked, answer, created_at) VALUES", "ON CONFLICT (id) DO NOTHING"), now());
    let count = answers.len() as u64;
    let kept = write_rows(tx, insert, 4, answers, |statement, Kept { id, asked, answer }| {
        statement.bind(id.to_owned()).bind(asked.to_owned()).bind(answer).bind(at.clone())
    });
    if kept.await? == count { Ok(()) } else { Err(StoreError::Busy) }
}
