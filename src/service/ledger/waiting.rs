//! The waiting list. Whoever came first is looked at first; who does not fit is passed over and keeps its place. Slots that come free are
//! held at once for the first who fits, and offered until a stated time.

use super::act::advance;
use super::book::{find_accounts, held, take_in};
use super::booking::{Booking, State};
use super::desk::{LedgerError, Work};
use super::rules::Act;
use super::sql::{Ground, Keys, Rooms, Takings, Tx, lock_if_free, query, take, update_booking};
use crate::service::store::StoreError;
use sqlx::Row;

/// Legs of all who wait for one of these legs.
pub async fn find_neighbours(tx: &mut Tx, legs: &[String]) -> Result<Vec<String>, StoreError> {
    if legs.is_empty() {
        return Ok(Vec::new());
    }
    let keys = Keys::of(legs);
    let select = format!(
        "SELECT DISTINCT theirs.place FROM booking_legs ours JOIN bookings b ON b.id = ours.booking_id AND b.state = 'RECEIVED' \
         JOIN booking_legs theirs ON theirs.booking_id = b.id WHERE ours.place IN {}",
        keys.places(1)
    );
    let rows = keys.bind(query(select)).fetch_all(&mut **tx).await?;
    Ok(rows.iter().map(|row| row.try_get("place")).collect::<Result<_, _>>()?)
}

/// Who waits for one of these legs, in the order of the list.
async fn find_waiting(tx: &mut Tx, legs: &[String]) -> Result<Vec<String>, StoreError> {
    let keys = Keys::of(legs);
    let select = format!(
        "SELECT b.id FROM bookings b WHERE b.state = 'RECEIVED' AND EXISTS (SELECT 1 FROM booking_legs l WHERE l.booking_id = b.id \
         AND l.place IN {}) ORDER BY b.line",
        keys.places(1)
    );
    let rows = keys.bind(query(select)).fetch_all(&mut **tx).await?;
    Ok(rows.iter().map(|row| row.try_get("id")).collect::<Result<_, _>>()?)
}

/// Offers what has come free on these legs. All legs of those who wait are locked already; whoever joined the list since the locks were
/// taken, and needs others, is served by the clock within a second.
pub async fn serve(work: &mut Work<'_>, ground: &Ground, rooms: &mut Rooms, freed: &[String]) -> Result<(), LedgerError> {
    if freed.is_empty() || ground.carrying {
        return Ok(());
    }
    for id in find_waiting(work.tx, freed).await? {
        let waiting = lock_if_free(work.tx, work.engine, &id).await?;
        if let Some(booking) = waiting.filter(|booking| booking.state == State::Received) {
            offer(work, ground, rooms, &booking).await?;
        }
    }
    Ok(())
}

/// Holds slots for one who waits, if they are there. True when it was offered.
pub async fn offer(work: &mut Work<'_>, ground: &Ground, rooms: &mut Rooms, booking: &Booking) -> Result<bool, LedgerError> {
    let places: Vec<String> = booking.legs.iter().map(|(place, _)| place.clone()).collect();
    let on_plan = ground.plan_id.as_deref() == Some(booking.plan_id.as_str());
    if work.now >= booking.closes_min || !on_plan {
        return Ok(false);
    }
    let Ok(accounts) = find_accounts(rooms, &places, &booking.load, booking.member.as_deref()) else {
        return Ok(false);
    };
    take(work.tx, &Takings::of(&booking.load, &accounts)).await?;
    take_in(rooms, &booking.load, &accounts);
    let mut after = advance(booking, Act::Offer, work.now)?;
    after.offer_until_min = Some(ground.terms.offer_until(work.now, booking.closes_min));
    after.legs = held(accounts);
    update_booking(work.tx, booking, &after, Act::Offer, "").await?;
    Ok(true)
}
