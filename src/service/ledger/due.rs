//! What the clock does: offers run out, waiting lists close, allotments return, voyages end. Asked for every second, and right whenever it
//! is asked: each act looks again whether it is due.

use super::act::{advance, end, lock_with_neighbours};
use super::booking::State;
use super::desk::{Command, Ledger, LedgerError, Work};
use super::rules::{self, Act, Terms};
use super::sql::{self, Ground, lock_booking, lock_if_free, lock_rooms, read_ground, set_limits, update_booking, write_terms};
use super::waiting::{offer, serve};
use crate::domain::Minutes;
use crate::service::store::StoreError;
use chrono::{TimeDelta, Utc};
use sqlx::Row;

/// Most acts of one kind at once; what is left comes a second later.
const MOST: i64 = 500;

/// Answers by idempotency key are kept for eight days: the promise is seven.
const KEPT: TimeDelta = TimeDelta::days(8);

/// Bookings for which a time has come, in the order in which they are settled.
const DUE: [(Act, &str); 4] = [
    (Act::Complete, "state = 'CONFIRMED' AND ends_min <= $1 ORDER BY line"),
    (Act::Close, "state = 'RECEIVED' AND closes_min <= $1 ORDER BY line"),
    (Act::GiveUp, "state = 'PENDING_AMENDMENT' AND loads_min <= $1 ORDER BY line"),
    (Act::Lapse, "state = 'PENDING_UPDATE' AND offer_until_min < $1 ORDER BY offer_until_min, line"),
];

/// Waiting bookings for which every leg seems to have room, first in line first.
const FITTING: &str = "SELECT b.id FROM bookings b WHERE b.state = 'RECEIVED' AND NOT EXISTS (SELECT 1 FROM booking_legs l JOIN ledger_legs g \
     ON g.place = l.place WHERE l.booking_id = b.id AND ((g.used_teu + g.held_teu + b.teu > g.limit_teu AND NOT EXISTS (SELECT 1 FROM \
     ledger_shares s WHERE s.place = g.place AND s.member = b.member AND s.allotted_teu - s.used_teu >= b.teu)) OR g.used_kg + b.kg > \
     g.capacity_kg OR g.used_plugs + b.plugs > g.capacity_plugs OR g.used_dangerous + b.dangerous > g.capacity_dangerous)) \
     ORDER BY b.line LIMIT 100";

impl Ledger {
    /// Does all that is due. Returns how much was done.
    ///
    /// # Errors
    /// When the database fails; what was done stays.
    pub async fn settle_due(&self, now: Minutes) -> Result<usize, LedgerError> {
        let mut done = 0;
        for (act, which) in DUE {
            for id in self.find_due(which, now).await? {
                done += usize::from(self.done(Command::Due { id, act }, now).await?);
            }
        }
        for place in self.find_returns(now).await? {
            done += usize::from(self.done(Command::Return { place }, now).await?);
        }
        if self.has_fitting().await? {
            done += usize::from(self.done(Command::Serve, now).await?);
        }
        Ok(done)
    }

    async fn find_due(&self, which: &'static str, now: Minutes) -> Result<Vec<String>, LedgerError> {
        let select = format!("SELECT id FROM bookings WHERE {which} LIMIT {MOST}");
        let rows = sqlx::query_scalar(sqlx::AssertSqlSafe(select)).bind(now.0).fetch_all(self.store.readers()).await;
        Ok(rows.map_err(StoreError::from)?)
    }

    async fn find_returns(&self, now: Minutes) -> Result<Vec<String>, LedgerError> {
        let latest = now + self.terms().await?.return_lead();
        let select = "SELECT place FROM ledger_legs WHERE returned = 0 AND berthing_min <= $1 ORDER BY place LIMIT 500";
        let rows = sqlx::query_scalar(select).bind(latest.0).fetch_all(self.store.readers()).await;
        Ok(rows.map_err(StoreError::from)?)
    }

    async fn has_fitting(&self) -> Result<bool, LedgerError> {
        let found = sqlx::query(FITTING).fetch_optional(self.store.readers()).await;
        Ok(found.map_err(StoreError::from)?.is_some())
    }

    /// Forgets answers that nobody may ask for again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_old_answers(&self) -> Result<(), LedgerError> {
        let mut tx = self.store.write().await?;
        let before = crate::service::store::stored(Utc::now() - KEPT);
        sqlx::query("DELETE FROM answers WHERE created_at < $1").bind(before).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }
}

/// Settles one booking if it is still due. True when something was done.
pub async fn settle(work: &mut Work<'_>, id: &str, act: Act) -> Result<bool, LedgerError> {
    let booking = lock_booking(work.tx, work.engine, id).await?;
    let Some(booking) = booking.filter(|booking| rules::due(booking, work.now) == Some(act)) else {
        return Ok(false);
    };
    match act {
        Act::Lapse | Act::Close => {
            end(work, booking, act, "").await?;
        }
        _ => {
            let after = advance(&booking, act, work.now)?;
            update_booking(work.tx, &booking, &after, act, "").await?;
        }
    }
    Ok(true)
}

/// Returns a leg's unused allotments to everybody and serves the waiting list with them.
pub async fn return_allotments(work: &mut Work<'_>, place: &str) -> Result<bool, LedgerError> {
    let ground = read_ground(work.tx, work.engine).await?;
    let place = place.to_owned();
    let mut rooms = lock_with_neighbours(work, std::slice::from_ref(&place)).await?;
    let Some(room) = rooms.get_mut(&place).filter(|room| !room.returned) else {
        return Ok(false);
    };
    room.return_allotments();
    room.lower_limit(ground.terms.limit(room.capacity.teu));
    sql::return_allotments(work.tx, &place).await?;
    let place = [place];
    sql::lower_limits(work.tx, &place, &ground.terms).await?;
    serve(work, &ground, &mut rooms, &place).await?;
    Ok(true)
}

/// Serves all who wait and whose legs have room, whatever made that room.
pub async fn serve_all(work: &mut Work<'_>) -> Result<bool, LedgerError> {
    let ground = read_ground(work.tx, work.engine).await?;
    if ground.carrying {
        return Ok(false);
    }
    let rows = sqlx::query(FITTING).fetch_all(&mut **work.tx).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?;
    let mut legs = Vec::new();
    for id in &ids {
        legs.extend(sql::find_booking(work.tx, id).await?.into_iter().flat_map(|booking| booking.legs));
    }
    let mut keys: Vec<String> = legs.into_iter().map(|(place, _)| place).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut rooms = lock_rooms(work.tx, work.engine, &keys).await?;
    serve_these(work, &ground, &mut rooms, &ids).await
}

async fn serve_these(work: &mut Work<'_>, ground: &Ground, rooms: &mut sql::Rooms, ids: &[String]) -> Result<bool, LedgerError> {
    let mut offered = false;
    for id in ids {
        let booking = lock_if_free(work.tx, work.engine, id).await?;
        if let Some(booking) = booking.filter(|booking| booking.state == State::Received) {
            offered |= offer(work, ground, rooms, &booking).await?;
        }
    }
    Ok(offered)
}

/// Sets the terms; what may be booked on legs to come follows.
pub async fn set_terms(work: &mut Work<'_>, terms: &Terms) -> Result<bool, LedgerError> {
    // written first: the row is locked for that, and not only for reading
    write_terms(work.tx, terms).await?;
    let ground = read_ground(work.tx, work.engine).await?;
    if let Some(plan) = ground.plan_id {
        set_limits(work.tx, &plan, terms, work.now).await?;
    }
    Ok(true)
}
