//! Damage to bookings is found: in their record, and in the room they hold.

use super::engines::{Database, Engine, on_both_engines};
use super::world::{MEMBERS, Rotation, load, open, random};
use sqlx::{AnyPool, AssertSqlSafe};
use waterbus::domain::{Minutes, Teu};
use waterbus::service::ledger::{Change, Ledger};

on_both_engines!(what_became_of_a_booking_cannot_be_changed, each_kind_of_damage_to_bookings_is_found);

async fn booked(database: &Database) -> (AnyPool, waterbus::service::store::Store) {
    let store = open(database).await;
    let raw = database.raw().await;
    let ledger = Ledger::new(store.clone());
    let mut rotation = Rotation::random(&mut random(3), 1);
    rotation.shares = vec![(MEMBERS[0].to_owned(), Teu(4))];
    for member in [None, Some("A")] {
        ledger.book(rotation.order(0, 0, 2, load(2), member), None, Minutes(0)).await.unwrap();
    }
    let answer = ledger.book(rotation.order(0, 0, 1, load(1), None), None, Minutes(0)).await.unwrap();
    if let waterbus::service::ledger::Answer::Booked(booking) = answer {
        ledger.change(&booking.id, None, Change::Cancel, "shipper", Minutes(1)).await.unwrap();
    }
    (raw, store)
}

/// Not even somebody at the database's own prompt changes the record, or makes a booking disappear.
async fn what_became_of_a_booking_cannot_be_changed(database: Database) {
    let (raw, store) = booked(&database).await;
    for change in ["UPDATE booking_events SET act = 'x'", "DELETE FROM booking_events", "DELETE FROM bookings"] {
        let refused = sqlx::query(change).execute(&raw).await.expect_err(change).to_string();
        assert!(refused.contains("cannot be"), "{change}: {refused}");
    }
    assert_eq!(store.verify().await.unwrap(), []);
}

/// More is never held than there is, whatever a program does: the tables themselves refuse it.
async fn each_kind_of_damage_to_bookings_is_found(database: Database) {
    let (raw, store) = booked(&database).await;
    unguard(&database, &raw).await;
    for beyond in ["used_teu = limit_teu + 1", "used_kg = capacity_kg + 1", "held_teu = -1", "used_plugs = capacity_plugs + 1"] {
        let change = format!("UPDATE ledger_legs SET {beyond}");
        assert!(sqlx::query(AssertSqlSafe(change)).execute(&raw).await.is_err(), "{beyond}");
    }
    let cases = [
        ("UPDATE ledger_legs SET used_teu = used_teu + 1", "UPDATE ledger_legs SET used_teu = used_teu - 1", "ledger_legs"),
        ("UPDATE ledger_legs SET held_teu = held_teu + 1", "UPDATE ledger_legs SET held_teu = held_teu - 1", "ledger_legs"),
        ("UPDATE ledger_shares SET used_teu = used_teu + 1", "UPDATE ledger_shares SET used_teu = used_teu - 1", "ledger_shares"),
        ("UPDATE bookings SET kg = kg + 1", "UPDATE bookings SET kg = kg - 1", "bookings"),
        ("UPDATE bookings SET version = version + 1", "UPDATE bookings SET version = version - 1", "bookings"),
        ("UPDATE booking_events SET at = at || ' '", "UPDATE booking_events SET at = TRIM(at)", "bookings"),
        ("UPDATE booking_events SET seq = seq + 1 WHERE seq = 2", "UPDATE booking_events SET seq = 2 WHERE seq = 3", "bookings"),
    ];
    for (damage, repair, table) in cases {
        sqlx::query(damage).execute(&raw).await.unwrap();
        let found = store.verify().await.unwrap();
        assert!(found.iter().any(|it| it.table == table), "{damage}: {found:?}");
        sqlx::query(repair).execute(&raw).await.unwrap();
        assert_eq!(store.verify().await.unwrap(), [], "{repair}");
    }
}

async fn unguard(database: &Database, raw: &AnyPool) {
    let statements: &[&str] = match database.engine {
        Engine::Sqlite => &["DROP TRIGGER booking_events_refuse_update"],
        Engine::Postgres => &["ALTER TABLE booking_events DISABLE TRIGGER USER"],
    };
    for statement in statements {
        sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(raw).await.unwrap();
    }
}
