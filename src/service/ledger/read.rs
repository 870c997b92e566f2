//! Reading the ledger, without waiting for who writes.

use super::booking::{Booking, Load, State};
use super::desk::{Answer, Key, Ledger, LedgerError};
use super::record::Event;
use super::room::{Room, Share};
use super::rules::Terms;
use super::sql::{COLUMNS, by_booking, read_booking};
use crate::domain::{Kg, Tariff, Teu};
use crate::service::store::{Page, StoreError};
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Whose bookings somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// All: the alliance's planners.
    All,
    /// Those booked through this member.
    Member(String),
    /// Those that this key made.
    Maker(String),
}

impl Seen {
    /// Whether a booking is among them.
    pub fn sees(&self, booking: &Booking) -> bool {
        match self {
            Self::All => true,
            Self::Member(member) => booking.member.as_ref() == Some(member),
            Self::Maker(key) => booking.made_by == *key,
        }
    }

    fn sql(&self) -> &'static str {
        match self {
            Self::All => "$1 = $1",
            Self::Member(_) => "member = $1",
            Self::Maker(_) => "made_by = $1",
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::All => "",
            Self::Member(name) | Self::Maker(name) => name,
        }
    }
}

/// Which bookings are listed.
#[derive(Clone, Debug)]
pub struct ListFilter {
    pub seen: Seen,
    pub state: Option<State>,
}

/// Service, cycle, sailing and call where the leg starts.
pub type LegKey = (String, i64, u32, u16);

/// Room of a leg that is booked or waited for; legs without a row are as the plan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegRow {
    pub service: String,
    pub cycle: i64,
    pub sailing: u32,
    pub leg: u16,
    pub returned: bool,
    pub limit_teu: Teu,
    pub used_teu: Teu,
    pub held_teu: Teu,
    pub used_kg: Kg,
    pub used_plugs: Teu,
    pub used_dangerous: Teu,
    /// Allotted and used, by member.
    pub shares: BTreeMap<String, Share>,
}

impl LegRow {
    /// Names the leg on its plan.
    pub fn key(&self) -> LegKey {
        (self.service.clone(), self.cycle, self.sailing, self.leg)
    }

    /// The row as room.
    pub fn room(&self, capacity: Load) -> Room {
        let used = Load { teu: self.used_teu, kg: self.used_kg, plugs: self.used_plugs, dangerous: self.used_dangerous };
        Room { capacity, limit: self.limit_teu, used, held: self.held_teu, returned: self.returned, shares: self.shares.clone() }
    }
}

/// What became of a booking when a plan was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::FromRow)]
pub struct CarriedRow {
    pub booking_id: String,
    pub from_plan_id: String,
    /// `unchanged`: the same times on the same legs. `moved`: another way that keeps what was promised. `waiting`: an offer whose slots are
    /// gone went back to its place in the waiting list. `stranded`: no such way, see the reason.
    pub outcome: String,
    /// `no_way`, `other_times`, `full`, or `nothing_published`.
    pub reason: Option<String>,
    pub at: String,
}

impl Ledger {
    /// # Errors
    /// When there is no such booking, or the database fails.
    pub async fn find(&self, id: &str) -> Result<Booking, LedgerError> {
        let mut tx = self.store.read_at_once().await?;
        let booking = super::sql::find_booking(&mut tx, id).await?;
        tx.rollback().await?;
        booking.ok_or_else(|| StoreError::NotFound { kind: "booking", id: id.to_owned() }.into())
    }

    /// What was answered under a key; `None` when nothing was.
    ///
    /// # Errors
    /// When something else was asked under it, or the database fails.
    pub async fn find_answer(&self, key: &Key) -> Result<Option<Answer>, LedgerError> {
        let mut tx = self.store.read_at_once().await?;
        let found = super::book::find_answer(&mut tx, key).await?;
        tx.rollback().await?;
        Ok(found)
    }

    /// Newest first; a page goes on after the booking it ended with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, page: &Page, filter: &ListFilter) -> Result<Vec<Booking>, LedgerError> {
        let which = format!(
            "FROM bookings WHERE {} AND ($2 = '' OR id < $2) AND ($3 = '' OR state = $3) ORDER BY id DESC LIMIT $4",
            filter.seen.sql()
        );
        let of_page = |select: String| {
            sqlx::query(AssertSqlSafe(select))
                .bind(filter.seen.name().to_owned())
                .bind(page.after.clone().unwrap_or_default())
                .bind(filter.state.map_or("", State::name))
                .bind(page.limit)
        };
        let legs = format!(
            "SELECT booking_id, place, account FROM booking_legs WHERE booking_id IN (SELECT id {which}) ORDER BY booking_id, place"
        );
        let mut tx = self.store.read_at_once().await?;
        let rows = of_page(format!("SELECT {COLUMNS} {which}")).fetch_all(&mut *tx).await?;
        let legs = of_page(legs).fetch_all(&mut *tx).await?;
        tx.rollback().await?;
        let mut legs = by_booking(&legs)?;
        let booking = |row: &AnyRow| -> Result<Booking, LedgerError> {
            let legs = legs.remove(&row.try_get::<String, _>("id")?).unwrap_or_default();
            Ok(read_booking(row, legs)?)
        };
        rows.iter().map(booking).collect()
    }

    /// What became of a booking, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&self, id: &str) -> Result<Vec<Event>, LedgerError> {
        let select = "SELECT booking_id, seq, at, act, made_by, booking, previous_hash, record_hash FROM booking_events \
             WHERE booking_id = $1 ORDER BY seq";
        Ok(sqlx::query_as(select).bind(id.to_owned()).fetch_all(self.store.readers()).await?)
    }

    /// How many wait before a booking on one of its legs; `None` when it does not wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn place_in_line(&self, booking: &Booking) -> Result<Option<i64>, LedgerError> {
        if booking.state != State::Received {
            return Ok(None);
        }
        let select = "SELECT COUNT(DISTINCT b.id) FROM bookings b JOIN booking_legs l ON l.booking_id = b.id WHERE b.state = 'RECEIVED' \
             AND b.line < $2 AND l.place IN (SELECT place FROM booking_legs WHERE booking_id = $1)";
        let before = sqlx::query_scalar(select).bind(booking.id.clone()).bind(booking.line.clone());
        Ok(Some(before.fetch_one(self.store.readers()).await?))
    }

    /// The alliance's terms.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn terms(&self) -> Result<Terms, StoreError> {
        Ok(self.conditions().await?.0)
    }

    /// The alliance's terms and its price list, if one is published.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conditions(&self) -> Result<(Terms, Option<Tariff>), StoreError> {
        let select = sqlx::query_as("SELECT terms, tariff FROM ledger_state WHERE id = 1");
        let (terms, tariff): (Option<String>, Option<String>) = select.fetch_one(self.store.readers()).await?;
        Ok((read_json(terms)?.unwrap_or_default(), read_json(tariff)?))
    }

    /// Publishes a price list; bookings keep the prices they were made at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_tariff(&self, tariff: &Tariff) -> Result<(), StoreError> {
        let mut tx = self.store.write().await?;
        // plain texts and numbers always become JSON
        let text = serde_json::to_string(tariff).unwrap_or_default();
        sqlx::query("UPDATE ledger_state SET tariff = $1 WHERE id = 1").bind(text).execute(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    /// Room of a plan's legs that are booked or waited for, of voyages that start in a cycle or later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn legs(&self, plan: &str, from_cycle: i64) -> Result<Vec<LegRow>, StoreError> {
        let mut tx = self.store.read_at_once().await?;
        let select = "SELECT place, service, cycle, sailing, leg, returned, limit_teu, used_teu, held_teu, used_kg, used_plugs, \
             used_dangerous FROM ledger_legs WHERE plan_id = $1 AND cycle >= $2";
        let rows = sqlx::query(select).bind(plan.to_owned()).bind(from_cycle).fetch_all(&mut *tx).await?;
        let shares = "SELECT s.place, s.member, s.allotted_teu, s.used_teu FROM ledger_shares s JOIN ledger_legs g ON g.place = s.place \
             WHERE g.plan_id = $1 AND g.cycle >= $2";
        let shares = sqlx::query(shares).bind(plan.to_owned()).bind(from_cycle).fetch_all(&mut *tx).await?;
        tx.rollback().await?;
        let mut legs: BTreeMap<String, LegRow> = BTreeMap::new();
        for row in &rows {
            legs.insert(row.try_get("place")?, read_leg(row)?);
        }
        for row in &shares {
            let share = Share { allotted: Teu(row.try_get("allotted_teu")?), used: Teu(row.try_get("used_teu")?) };
            if let Some(leg) = legs.get_mut(&row.try_get::<String, _>("place")?) {
                leg.shares.insert(row.try_get("member")?, share);
            }
        }
        Ok(legs.into_values().collect())
    }

    /// What became of bookings when a plan was published, as far as they are seen; a page goes on after the booking it ended with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_carried(&self, plan: &str, seen: &Seen, page: &Page) -> Result<Vec<CarriedRow>, LedgerError> {
        let select = format!(
            "SELECT c.booking_id, c.from_plan_id, c.outcome, c.reason, c.at FROM carry_overs c JOIN bookings b ON b.id = c.booking_id \
             WHERE {} AND c.plan_id = $2 AND c.booking_id > $3 AND c.at = (SELECT MAX(later.at) FROM carry_overs later WHERE \
             later.booking_id = c.booking_id AND later.plan_id = c.plan_id) ORDER BY c.booking_id LIMIT $4",
            seen.sql()
        );
        let rows = sqlx::query_as(AssertSqlSafe(select))
            .bind(seen.name().to_owned())
            .bind(plan.to_owned())
            .bind(page.after.clone().unwrap_or_default())
            .bind(page.limit)
            .fetch_all(self.store.readers());
        Ok(rows.await?)
    }
}

fn read_json<T: serde::de::DeserializeOwned>(text: Option<String>) -> Result<Option<T>, StoreError> {
    let damaged = |error: serde_json::Error| StoreError::Damaged(format!("terms of booking: {error}"));
    text.map(|text| serde_json::from_str(&text).map_err(damaged)).transpose()
}

fn read_leg(row: &AnyRow) -> Result<LegRow, sqlx::Error> {
    let number = |column: &str| row.try_get::<i64, _>(column);
    Ok(LegRow {
        service: row.try_get("service")?,
        cycle: number("cycle")?,
        sailing: u32::try_from(number("sailing")?).unwrap_or(u32::MAX),
        leg: u16::try_from(number("leg")?).unwrap_or(u16::MAX),
        returned: number("returned")? == 1,
        limit_teu: Teu(number("limit_teu")?),
        used_teu: Teu(number("used_teu")?),
        held_teu: Teu(number("held_teu")?),
        used_kg: Kg(number("used_kg")?),
        used_plugs: Teu(number("used_plugs")?),
        used_dangerous: Teu(number("used_dangerous")?),
        shares: BTreeMap::new(),
    })
}
