//! Room of legs: locked, taken, given back.

use super::{Keys, Tx, next_batch, query, rows_of_places, write_rows};
use crate::domain::{Kg, Minutes, Teu};
use crate::service::ledger::booking::{Account, Leg, Load};
use crate::service::ledger::room::{Room, Share};
use crate::service::ledger::rules::Terms;
use crate::service::store::{Engine, StoreError};
use sqlx::Row;
use sqlx::any::AnyRow;
use std::collections::{BTreeMap, BTreeSet};

/// Rooms that the transaction has locked, by key.
pub type Rooms = BTreeMap<String, Room>;

const COLUMNS: usize = 18;

/// Makes rows of legs that nobody has asked for yet. Members' shares are kept until their return.
pub async fn open_legs(tx: &mut Tx, legs: &[&Leg], terms: &Terms, now: Minutes) -> Result<(), StoreError> {
    let mut missing = missing_legs(tx, legs).await?;
    while let Some(size) = next_batch(missing.len()) {
        add_legs(tx, missing.drain(..size).collect(), terms, now).await?;
    }
    Ok(())
}

async fn add_legs(tx: &mut Tx, mut missing: Vec<&Leg>, terms: &Terms, now: Minutes) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO ledger_legs (place, plan_id, service, cycle, sailing, leg, berthing_min, returned, capacity_teu, limit_teu, used_teu, \
         held_teu, capacity_kg, used_kg, capacity_plugs, used_plugs, capacity_dangerous, used_dangerous) VALUES {} \
         ON CONFLICT (place) DO NOTHING RETURNING place",
        rows_of_places(COLUMNS, missing.len())
    );
    let mut statement = query(insert);
    for leg in &missing {
        let returned = now >= terms.returns(leg.berthing);
        let held = if returned { Teu(0) } else { leg.shares.iter().map(|(_, teu)| *teu).sum() };
        statement = statement
            .bind(leg.place())
            .bind(leg.plan_id.clone())
            .bind(leg.service.0.clone())
            .bind(leg.cycle)
            .bind(i64::from(leg.sailing))
            .bind(i64::from(leg.leg.0))
            .bind(leg.berthing.0)
            .bind(i64::from(returned))
            .bind(leg.capacity.teu.0)
            .bind(terms.limit(leg.capacity.teu).0)
            .bind(0_i64)
            .bind(held.0)
            .bind(leg.capacity.kg.0)
            .bind(0_i64)
            .bind(leg.capacity.plugs.0)
            .bind(0_i64)
            .bind(leg.capacity.dangerous.0)
            .bind(0_i64);
    }
    let made: Vec<AnyRow> = statement.fetch_all(&mut **tx).await?;
    let made: BTreeSet<String> = made.iter().map(|row| row.try_get("place")).collect::<Result<_, _>>()?;
    missing.retain(|leg| made.contains(&leg.place()) && now < terms.returns(leg.berthing));
    open_shares(tx, &missing).await
}

/// Those without a row, each once, in the order of their keys.
async fn missing_legs<'a>(tx: &mut Tx, legs: &[&'a Leg]) -> Result<Vec<&'a Leg>, StoreError> {
    let mut missing: BTreeMap<String, &Leg> = legs.iter().map(|leg| (leg.place(), *leg)).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let keys = Keys::of(missing.keys());
    let select = format!("SELECT place FROM ledger_legs WHERE place IN {}", keys.places(1));
    for row in &keys.bind(query(select)).fetch_all(&mut **tx).await? {
        missing.remove(&row.try_get::<String, _>("place")?);
    }
    Ok(missing.into_values().collect())
}

async fn open_shares(tx: &mut Tx, legs: &[&Leg]) -> Result<(), StoreError> {
    let shares = legs.iter().flat_map(|leg| leg.shares.iter().map(|share| (leg.place(), share))).collect();
    let insert = ("INSERT INTO ledger_shares (place, member, allotted_teu, used_teu) VALUES", "");
    let added = write_rows(tx, insert, 4, shares, |statement, (place, (member, teu)): (String, &(String, Teu))| {
        statement.bind(place).bind(member.clone()).bind(teu.0).bind(0_i64)
    });
    added.await.map(|_| ())
}

/// Locks rows in the order of their keys and reads them.
pub async fn lock_rooms(tx: &mut Tx, engine: Engine, keys: &[String]) -> Result<Rooms, StoreError> {
    if keys.is_empty() {
        return Ok(Rooms::new());
    }
    let listed = Keys::of(keys);
    let select = format!(
        "SELECT place, returned, capacity_teu, limit_teu, used_teu, held_teu, capacity_kg, used_kg, capacity_plugs, used_plugs, \
         capacity_dangerous, used_dangerous FROM ledger_legs WHERE place IN {} ORDER BY place {}",
        listed.places(1),
        engine.for_update()
    );
    let mut rooms = Rooms::new();
    for row in listed.bind(query(select)).fetch_all(&mut **tx).await? {
        rooms.insert(row.try_get("place")?, read_room(&row)?);
    }
    add_shares(tx, keys, &mut rooms).await?;
    Ok(rooms)
}

fn read_room(row: &AnyRow) -> Result<Room, StoreError> {
    let number = |column: &str| row.try_get::<i64, _>(column);
    let load = |kind: &str| -> Result<Load, StoreError> {
        Ok(Load {
            teu: Teu(number(&format!("{kind}_teu"))?),
            kg: Kg(number(&format!("{kind}_kg"))?),
            plugs: Teu(number(&format!("{kind}_plugs"))?),
            dangerous: Teu(number(&format!("{kind}_dangerous"))?),
        })
    };
    Ok(Room {
        capacity: load("capacity")?,
        limit: Teu(number("limit_teu")?),
        used: load("used")?,
        held: Teu(number("held_teu")?),
        returned: number("returned")? == 1,
        shares: BTreeMap::new(),
    })
}

async fn add_shares(tx: &mut Tx, keys: &[String], rooms: &mut Rooms) -> Result<(), StoreError> {
    let listed = Keys::of(keys);
    let select = format!("SELECT place, member, allotted_teu, used_teu FROM ledger_shares WHERE place IN {}", listed.places(1));
    for row in listed.bind(query(select)).fetch_all(&mut **tx).await? {
        let share = Share { allotted: Teu(row.try_get("allotted_teu")?), used: Teu(row.try_get("used_teu")?) };
        if let Some(room) = rooms.get_mut(&row.try_get::<String, _>("place")?) {
            room.shares.insert(row.try_get("member")?, share);
        }
    }
    Ok(())
}

/// Places of each account, since each is one statement.
fn by_account(legs: &[(String, Account)]) -> BTreeMap<&Account, Vec<&String>> {
    let mut accounts: BTreeMap<&Account, Vec<&String>> = BTreeMap::new();
    for (place, account) in legs {
        accounts.entry(account).or_default().push(place);
    }
    accounts
}

/// Loads that are to be taken, added up leg by leg, so that however many bookings there are, one statement takes them.
#[derive(Clone, Debug, Default)]
pub struct Takings {
    /// By leg: what is used in all, and how much of it out of members' shares.
    legs: BTreeMap<String, (Load, Teu)>,
    /// By leg and member.
    shares: BTreeMap<(String, String), Teu>,
}

impl Takings {
    /// Those of one load.
    pub fn of(load: &Load, legs: &[(String, Account)]) -> Self {
        let mut takings = Self::default();
        takings.add(load, legs);
        takings
    }

    /// Adds a load on its legs, with whose slots it uses on each.
    pub fn add(&mut self, load: &Load, legs: &[(String, Account)]) {
        for (place, account) in legs {
            let (used, own) = self.legs.entry(place.clone()).or_default();
            used.add(load);
            if let Account::Member(member) = account {
                *own += load.teu;
                *self.shares.entry((place.clone(), member.clone())).or_default() += load.teu;
            }
        }
    }
}

/// Uses slots on all legs, or fails. The conditions are those that were decided on, asked once more by the statement that changes the row.
pub async fn take(tx: &mut Tx, takings: &Takings) -> Result<(), StoreError> {
    let update = (
        "WITH taken (leg, teu, own_teu, kg, plugs, dangerous) AS (VALUES",
        ") UPDATE ledger_legs SET used_teu = used_teu + teu, \
         held_teu = held_teu - own_teu, used_kg = used_kg + kg, used_plugs = used_plugs + plugs, \
         used_dangerous = used_dangerous + dangerous FROM taken WHERE place = taken.leg AND held_teu >= own_teu \
         AND used_teu + held_teu + teu - own_teu <= limit_teu AND used_kg + kg <= capacity_kg \
         AND used_plugs + plugs <= capacity_plugs AND used_dangerous + dangerous <= capacity_dangerous",
    );
    let legs = Vec::from_iter(&takings.legs);
    let taken = write_rows(tx, update, 6, legs, |statement, (place, (used, own))| {
        let statement = statement.bind(place.clone()).bind(used.teu.0).bind(own.0);
        statement.bind(used.kg.0).bind(used.plugs.0).bind(used.dangerous.0)
    });
    all_changed(taken.await?, takings.legs.len())?;
    take_shares(tx, &takings.shares).await
}

async fn take_shares(tx: &mut Tx, shares: &BTreeMap<(String, String), Teu>) -> Result<(), StoreError> {
    let update = (
        "WITH taken (leg, who, teu) AS (VALUES",
        ") UPDATE ledger_shares SET used_teu = used_teu + teu FROM taken \
         WHERE place = leg AND member = who AND used_teu + teu <= allotted_teu",
    );
    let taken = write_rows(tx, update, 3, Vec::from_iter(shares), |statement, ((place, member), teu)| {
        statement.bind(place.clone()).bind(member.clone()).bind(teu.0)
    });
    all_changed(taken.await?, shares.len())
}

/// Gives slots back to where they came from: a member's that have been returned since are open to everybody.
pub async fn give_back(tx: &mut Tx, load: &Load, legs: &[(String, Account)]) -> Result<(), StoreError> {
    for (account, keys) in by_account(legs) {
        let held = match account {
            Account::Open => "",
            Account::Member(_) => ", held_teu = held_teu + CASE WHEN returned = 1 THEN 0 ELSE $1 END",
        };
        let update = format!(
            "UPDATE ledger_legs SET used_teu = used_teu - $1, used_kg = used_kg - $2, used_plugs = used_plugs - $3, \
             used_dangerous = used_dangerous - $4{held} WHERE place IN"
        );
        change(tx, &update, load, &keys).await?;
        if let Account::Member(member) = account {
            let update = "UPDATE ledger_shares SET used_teu = used_teu - $1, allotted_teu = allotted_teu - CASE WHEN EXISTS (SELECT 1 FROM \
                 ledger_legs l WHERE l.place = ledger_shares.place AND l.returned = 1) THEN $1 ELSE 0 END WHERE member = $2";
            change_shares(tx, update, load.teu, member, &keys).await?;
        }
    }
    Ok(())
}

async fn change(tx: &mut Tx, update: &str, load: &Load, keys: &[&String]) -> Result<(), StoreError> {
    let listed = Keys::of(keys);
    let statement = query(format!("{update} {}", listed.places(5)));
    let statement = statement.bind(load.teu.0).bind(load.kg.0).bind(load.plugs.0).bind(load.dangerous.0);
    all_changed(listed.bind(statement).execute(&mut **tx).await?.rows_affected(), keys.len())
}

async fn change_shares(tx: &mut Tx, update: &str, teu: Teu, member: &str, keys: &[&String]) -> Result<(), StoreError> {
    let listed = Keys::of(keys);
    let statement = query(format!("{update} AND place IN {}", listed.places(3))).bind(teu.0).bind(member.to_owned());
    all_changed(listed.bind(statement).execute(&mut **tx).await?.rows_affected(), keys.len())
}

/// Rows that were locked and read cannot have changed; should they have, nothing of the transaction stays.
fn all_changed(changed: u64, rows: usize) -> Result<(), StoreError> {
    match changed == rows as u64 {
        true => Ok(()),
        false => Err(StoreError::Damaged(format!("room of {rows} has changed under its lock"))),
    }
}

/// Unused allotments of a leg are open to everybody from now on.
pub async fn return_allotments(tx: &mut Tx, place: &str) -> Result<(), StoreError> {
    let shares = "UPDATE ledger_shares SET allotted_teu = used_teu WHERE place = $1";
    sqlx::query(shares).bind(place.to_owned()).execute(&mut **tx).await?;
    let leg = "UPDATE ledger_legs SET held_teu = 0, returned = 1 WHERE place = $1";
    sqlx::query(leg).bind(place.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// Where the limit was lowered below what is booked, it sinks with what is given back.
pub async fn lower_limits(tx: &mut Tx, keys: &[String], terms: &Terms) -> Result<(), StoreError> {
    if keys.is_empty() {
        return Ok(());
    }
    let listed = Keys::of(keys);
    let set = "capacity_teu * (100 + $1) / 100";
    let update = format!(
        "UPDATE ledger_legs SET limit_teu = CASE WHEN used_teu + held_teu > {set} THEN used_teu + held_teu ELSE {set} END \
         WHERE place IN {} AND limit_teu > {set} AND limit_teu > used_teu + held_teu",
        listed.places(2)
    );
    listed.bind(query(update).bind(terms.overbooking_percent)).execute(&mut **tx).await?;
    Ok(())
}

/// Sets what may be booked on all legs of a plan that are not berthed yet. Where more is booked already, that is what may be booked.
pub async fn set_limits(tx: &mut Tx, plan: &str, terms: &Terms, now: Minutes) -> Result<(), StoreError> {
    let limit = "capacity_teu * (100 + $1) / 100";
    let update = format!(
        "UPDATE ledger_legs SET limit_teu = CASE WHEN used_teu + held_teu > {limit} THEN used_teu + held_teu ELSE {limit} END \
         WHERE plan_id = $2 AND berthing_min > $3"
    );
    query(update).bind(terms.overbooking_percent).bind(plan.to_owned()).bind(now.0).execute(&mut **tx).await?;
    Ok(())
}
