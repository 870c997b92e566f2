//! Bookings as rows, each change with its record in the booking's chain.

use super::{Tx, query, write_rows};
use crate::domain::{Kg, Minutes, Teu};
use crate::service::ledger::booking::{Booking, Load, State};
use crate::service::ledger::record::Event;
use crate::service::ledger::rules::Act;
use crate::service::store::{Engine, StoreError, canonical, now};
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::BTreeMap;

/// Columns that make a booking.
pub const COLUMNS: &str = "id, line, version, state, plan_id, made_by, member, teu, kg, plugs, dangerous, closes_min, loads_min, ends_min, \
     offer_until_min, reason, detail, created_at, changed_at";

const COLUMN_COUNT: usize = 19;

/// Legs and whose slots are held there, by booking.
pub type LegsOf = BTreeMap<String, Vec<(String, Option<String>)>>;

/// A booking with its legs; `None` when there is no such booking.
pub async fn find_booking(tx: &mut Tx, id: &str) -> Result<Option<Booking>, StoreError> {
    read(tx, "", id).await
}

/// All bookings whose identifiers lie between two, both included; those that cannot be read say so.
pub async fn bookings_between(
    tx: &mut Tx,
    first: &str,
    last: &str,
) -> Result<BTreeMap<String, Result<Booking, StoreError>>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM bookings WHERE id BETWEEN $1 AND $2");
    let rows = query(select).bind(first.to_owned()).bind(last.to_owned()).fetch_all(&mut **tx).await?;
    let legs =
        "SELECT booking_id, place, account FROM booking_legs WHERE booking_id BETWEEN $1 AND $2 ORDER BY booking_id, place";
    let legs = sqlx::query(legs).bind(first.to_owned()).bind(last.to_owned()).fetch_all(&mut **tx).await?;
    let mut legs = by_booking(&legs)?;
    let booking = |row: &AnyRow| -> Result<_, StoreError> {
        let id: String = row.try_get("id")?;
        let legs = legs.remove(&id).unwrap_or_default();
        Ok((id, read_booking(row, legs)))
    };
    rows.iter().map(booking).collect()
}

/// Rows of `booking_id`, `place` and `account`, put together.
pub fn by_booking(rows: &[AnyRow]) -> Result<LegsOf, sqlx::Error> {
    let mut legs = LegsOf::new();
    for row in rows {
        legs.entry(row.try_get("booking_id")?).or_default().push((row.try_get("place")?, row.try_get("account")?));
    }
    Ok(legs)
}

/// The same, and nobody else changes it until the transaction ends.
pub async fn lock_booking(tx: &mut Tx, engine: Engine, id: &str) -> Result<Option<Booking>, StoreError> {
    read(tx, engine.for_update(), id).await
}

/// The same; `None` also when somebody else is just changing it. For those that are locked after their legs, against the order.
pub async fn lock_if_free(tx: &mut Tx, engine: Engine, id: &str) -> Result<Option<Booking>, StoreError> {
    read(tx, engine.skip_locked(), id).await
}

async fn read(tx: &mut Tx, locks: &str, id: &str) -> Result<Option<Booking>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM bookings WHERE id = $1 {locks}");
    let Some(row) = query(select).bind(id.to_owned()).fetch_optional(&mut **tx).await? else {
        return Ok(None);
    };
    let legs = "SELECT place, account FROM booking_legs WHERE booking_id = $1 ORDER BY place";
    let legs = sqlx::query_as(legs).bind(id.to_owned()).fetch_all(&mut **tx).await?;
    read_booking(&row, legs).map(Some)
}

/// A row as a booking.
pub fn read_booking(row: &AnyRow, legs: Vec<(String, Option<String>)>) -> Result<Booking, StoreError> {
    let damaged = |what: String| StoreError::Damaged(format!("a booking cannot be read: {what}"));
    let detail: String = row.try_get("detail")?;
    Ok(Booking {
        id: row.try_get("id")?,
        line: row.try_get("line")?,
        version: row.try_get("version")?,
        state: State::try_from(row.try_get::<String, _>("state")?).map_err(damaged)?,
        plan_id: row.try_get("plan_id")?,
        made_by: row.try_get("made_by")?,
        member: row.try_get("member")?,
        load: Load {
            teu: Teu(row.try_get("teu")?),
            kg: Kg(row.try_get("kg")?),
            plugs: Teu(row.try_get("plugs")?),
            dangerous: Teu(row.try_get("dangerous")?),
        },
        closes_min: Minutes(row.try_get("closes_min")?),
        loads_min: Minutes(row.try_get("loads_min")?),
        ends_min: Minutes(row.try_get("ends_min")?),
        offer_until_min: row.try_get::<Option<i64>, _>("offer_until_min")?.map(Minutes),
        reason: row.try_get("reason")?,
        detail: serde_json::from_str(&detail).map_err(|error| damaged(error.to_string()))?,
        legs,
        created_at: row.try_get("created_at")?,
        changed_at: row.try_get("changed_at")?,
    })
}

/// Writes new bookings with their legs and their first records: booked, or on the waiting list.
pub async fn add_bookings(tx: &mut Tx, bookings: &[&Booking]) -> Result<(), StoreError> {
    let insert = format!("INSERT INTO bookings ({COLUMNS}) VALUES");
    let added = write_rows(tx, (&insert, ""), COLUMN_COUNT, bookings.to_vec(), |statement, booking| {
        statement
            .bind(booking.id.clone())
            .bind(booking.line.clone())
            .bind(booking.version)
            .bind(booking.state.name())
            .bind(booking.plan_id.clone())
            .bind(booking.made_by.clone())
            .bind(booking.member.clone())
            .bind(booking.load.teu.0)
            .bind(booking.load.kg.0)
            .bind(booking.load.plugs.0)
            .bind(booking.load.dangerous.0)
            .bind(booking.closes_min.0)
            .bind(booking.loads_min.0)
            .bind(booking.ends_min.0)
            .bind(booking.offer_until_min.map(|until| until.0))
            .bind(booking.reason.clone())
            .bind(canonical(&booking.detail))
            .bind(booking.created_at.clone())
            .bind(booking.changed_at.clone())
    });
    added.await?;
    add_legs(tx, bookings).await?;
    let first = |booking: &&Booking| {
        let act = if booking.state == State::Received { Act::Wait } else { Act::Book };
        Event::new(booking, act, &booking.made_by, String::new())
    };
    add_events(tx, bookings.iter().map(first).collect()).await
}

/// Writes what became of a booking that the transaction has locked; `before` is what it was.
pub async fn update_booking(tx: &mut Tx, before: &Booking, after: &Booking, act: Act, made_by: &str) -> Result<(), StoreError> {
    let update = "UPDATE bookings SET line = $3, version = $4, state = $5, plan_id = $6, teu = $7, kg = $8, plugs = $9, dangerous = $10, \
         closes_min = $11, loads_min = $12, ends_min = $13, offer_until_min = $14, reason = $15, detail = $16, changed_at = $17 \
         WHERE id = $1 AND version = $2";
    let changed = sqlx::query(update)
        .bind(after.id.clone())
        .bind(before.version)
        .bind(after.line.clone())
        .bind(after.version)
        .bind(after.state.name())
        .bind(after.plan_id.clone())
        .bind(after.load.teu.0)
        .bind(after.load.kg.0)
        .bind(after.load.plugs.0)
        .bind(after.load.dangerous.0)
        .bind(after.closes_min.0)
        .bind(after.loads_min.0)
        .bind(after.ends_min.0)
        .bind(after.offer_until_min.map(|until| until.0))
        .bind(after.reason.clone())
        .bind(canonical(&after.detail))
        .bind(after.changed_at.clone())
        .execute(&mut **tx)
        .await?;
    if changed.rows_affected() != 1 {
        return Err(StoreError::Damaged(format!("booking {} has changed under its lock", after.id)));
    }
    update_legs(tx, before, after).await?;
    let last = "SELECT record_hash FROM booking_events WHERE booking_id = $1 AND seq = $2";
    let last: String = sqlx::query_scalar(last).bind(after.id.clone()).bind(before.version).fetch_one(&mut **tx).await?;
    add_events(tx, vec![Event::new(after, act, made_by, last)]).await
}

async fn update_legs(tx: &mut Tx, before: &Booking, after: &Booking) -> Result<(), StoreError> {
    if before.legs == after.legs {
        return Ok(());
    }
    sqlx::query("DELETE FROM booking_legs WHERE booking_id = $1").bind(after.id.clone()).execute(&mut **tx).await?;
    add_legs(tx, &[after]).await
}

async fn add_legs(tx: &mut Tx, bookings: &[&Booking]) -> Result<(), StoreError> {
    let legs: Vec<_> = bookings.iter().flat_map(|booking| booking.legs.iter().map(|leg| (&booking.id, leg))).collect();
    let insert = ("INSERT INTO booking_legs (booking_id, place, account) VALUES", "");
    let added = write_rows(tx, insert, 3, legs, |statement, (id, (place, account))| {
        statement.bind(id.clone()).bind(place.clone()).bind(account.clone())
    });
    added.await.map(|_| ())
}

async fn add_events(tx: &mut Tx, events: Vec<Event>) -> Result<(), StoreError> {
    let columns = "booking_id, seq, at, act, made_by, booking, previous_hash, record_hash";
    let insert = format!("INSERT INTO booking_events ({columns}) VALUES");
    let added = write_rows(tx, (&insert, ""), 8, events, |statement, event| {
        statement
            .bind(event.booking_id)
            .bind(event.seq)
            .bind(event.at)
            .bind(event.act)
            .bind(event.made_by)
            .bind(event.booking)
            .bind(event.previous_hash)
            .bind(event.record_hash)
    });
    added.await.map(|_| ())
}

/// Writes down what a publication meant for a booking.
pub async fn note_carry_over(tx: &mut Tx, from_plan: &str, booking: &Booking, outcome: &str) -> Result<(), StoreError> {
    let insert =
        "INSERT INTO carry_overs (plan_id, booking_id, from_plan_id, outcome, reason, at) VALUES ($1, $2, $3, $4, $5, $6)";
    sqlx::query(insert)
        .bind(booking.plan_id.clone())
        .bind(booking.id.clone())
        .bind(from_plan.to_owned())
        .bind(outcome.to_owned())
        .bind(booking.reason.clone())
        .bind(now())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
