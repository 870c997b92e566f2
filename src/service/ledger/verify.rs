//! Recomputing the ledger: every booking's record is whole and ends with the booking as it lies there, and the room used on each leg is
//! that of the bookings which hold slots there.

use super::booking::Booking;
use super::record::Event;
use super::sql::{Tx, bookings_between};
use crate::service::store::{Damage, StoreError, canonical};
use std::collections::BTreeMap;

/// Bookings read at once.
const BATCH: i64 = 500;

/// Legs whose room is not that of the bookings on them.
const SUMS: &str = "SELECT g.place FROM ledger_legs g LEFT JOIN (SELECT l.place, SUM(b.teu) AS teu, SUM(b.kg) AS kg, SUM(b.plugs) AS plugs, \
     SUM(b.dangerous) AS dangerous FROM booking_legs l JOIN bookings b ON b.id = l.booking_id WHERE l.account IS NOT NULL GROUP BY \
     l.place) h ON h.place = g.place WHERE g.used_teu <> COALESCE(h.teu, 0) OR g.used_kg <> COALESCE(h.kg, 0) OR \
     g.used_plugs <> COALESCE(h.plugs, 0) OR g.used_dangerous <> COALESCE(h.dangerous, 0) ORDER BY g.place";

/// Legs on which the slots kept for members are not the unused part of their allotments.
const HELD: &str = "SELECT g.place FROM ledger_legs g LEFT JOIN (SELECT place, SUM(allotted_teu - used_teu) AS teu FROM ledger_shares GROUP BY \
     place) s ON s.place = g.place WHERE g.held_teu <> COALESCE(s.teu, 0) ORDER BY g.place";

/// Members' shares that are not used as their bookings say.
const SHARES: &str = "SELECT s.place || ' ' || s.member FROM ledger_shares s LEFT JOIN (SELECT l.place, l.account, SUM(b.teu) AS teu FROM \
     booking_legs l JOIN bookings b ON b.id = l.booking_id GROUP BY l.place, l.account) h ON h.place = s.place AND h.account = s.member \
     WHERE s.used_teu <> COALESCE(h.teu, 0) ORDER BY s.place, s.member";

/// Lists all damage of the ledger, as of the moment that the transaction sees.
pub(in crate::service) async fn verify(tx: &mut Tx, found: &mut Vec<Damage>) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let select = "SELECT id FROM bookings WHERE id > $1 ORDER BY id LIMIT $2";
        let ids: Vec<String> = sqlx::query_scalar(select).bind(after).bind(BATCH).fetch_all(&mut **tx).await?;
        let Some(last) = ids.last().cloned() else { break };
        let records = read_records(tx, &ids[0], &last).await?;
        let bookings = bookings_between(tx, &ids[0], &last).await?;
        for id in &ids {
            let events = records.get(id).map_or(&[][..], Vec::as_slice);
            let what = match bookings.get(id) {
                Some(Ok(booking)) => check(booking, events),
                _ => Some("it cannot be read"),
            };
            found.extend(what.map(|what| damage("bookings", id.clone(), what)));
        }
        after = last;
    }
    for (table, select, what) in [
        ("ledger_legs", SUMS, "its room in use is not that of the bookings on it"),
        ("ledger_legs", HELD, "the slots kept for members are not what is left of their allotments"),
        ("ledger_shares", SHARES, "its slots in use are not those of the bookings on it"),
    ] {
        let places: Vec<String> = sqlx::query_scalar(select).fetch_all(&mut **tx).await?;
        found.extend(places.into_iter().map(|place| damage(table, place, what)));
    }
    Ok(())
}

fn damage(table: &'static str, place: String, what: &str) -> Damage {
    Damage { table, place, what: what.to_owned() }
}

async fn read_records(tx: &mut Tx, first: &str, last: &str) -> Result<BTreeMap<String, Vec<Event>>, StoreError> {
    let select = "SELECT booking_id, seq, at, act, made_by, booking, previous_hash, record_hash FROM booking_events \
         WHERE booking_id BETWEEN $1 AND $2 ORDER BY booking_id, seq";
    let events: Vec<Event> = sqlx::query_as(select).bind(first.to_owned()).bind(last.to_owned()).fetch_all(&mut **tx).await?;
    let mut records: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in events {
        records.entry(event.booking_id.clone()).or_default().push(event);
    }
    Ok(records)
}

fn check(booking: &Booking, events: &[Event]) -> Option<&'static str> {
    let mut hash = "";
    for (seq, event) in (1..).zip(events) {
        if event.seq != seq {
            return Some("records before it are missing");
        }
        if event.recompute_hash() != event.record_hash {
            return Some("a field of its record is not the one that its hash names");
        }
        if event.previous_hash != hash {
            return Some("its record does not follow from the one before");
        }
        hash = &event.record_hash;
    }
    match events.last() {
        Some(last) if last.seq == booking.version && last.booking == canonical(booking) => None,
        _ => Some("it is not the booking that its record ends with"),
    }
}
