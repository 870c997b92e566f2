//! What shippers do with their bookings: cancel, accept, decline, amend.

use super::book::{check_ground, find_accounts, held, take_in};
use super::booking::{Account, Booking, IfFull, Order, State};
use super::desk::{Change, LedgerError, Refusal, Work};
use super::rules::{Act, is_in_time, next_state};
use super::sql::{
    Ground, Rooms, Takings, give_back, lock_booking, lock_rooms, lower_limits, open_legs, read_ground, take, update_booking,
};
use super::waiting::{find_neighbours, serve};
use crate::domain::Minutes;
use crate::service::store::{StoreError, new_id, now};

/// Carries an act of a shipper out.
pub async fn change(
    work: &mut Work<'_>,
    id: &str,
    version: Option<i64>,
    change: Change,
    made_by: &str,
) -> Result<Booking, LedgerError> {
    let unknown = || StoreError::NotFound { kind: "booking", id: id.to_owned() };
    let booking = lock_booking(work.tx, work.engine, id).await?.ok_or_else(unknown)?;
    if version.is_some_and(|version| version != booking.version) {
        return Err(LedgerError::Refused(Refusal::Version { version: booking.version }));
    }
    match change {
        Change::Cancel => end(work, booking, Act::Cancel, made_by).await,
        Change::DeclineOffer => end(work, booking, Act::DeclineOffer, made_by).await,
        Change::Accept => accept(work, booking, made_by).await,
        Change::Amend(order) => amend(work, booking, *order, made_by).await,
    }
}

/// The booking after an act, before it is written; refused where it is not for its state or too late.
pub fn advance(booking: &Booking, act: Act, now_min: Minutes) -> Result<Booking, LedgerError> {
    let state = next_state(booking.state, act).ok_or(Refusal::NotNow { state: booking.state, act });
    let state = state.map_err(LedgerError::Refused)?;
    if !is_in_time(booking, act, now_min) {
        let over = if act == Act::Accept { Refusal::OfferOver } else { Refusal::Closed };
        return Err(LedgerError::Refused(over));
    }
    let mut after = booking.clone();
    after.state = state;
    after.version += 1;
    after.offer_until_min = None;
    after.changed_at = now();
    Ok(after)
}

/// Slots that a booking holds.
pub fn holdings(booking: &Booking) -> Vec<(String, Account)> {
    let held = booking.legs.iter().filter_map(|(place, account)| Some((place.clone(), Account::of(account.as_deref()?))));
    held.collect()
}

/// Ends a booking and serves the waiting list with what it held.
pub async fn end(work: &mut Work<'_>, booking: Booking, act: Act, made_by: &str) -> Result<Booking, LedgerError> {
    let mut after = advance(&booking, act, work.now)?;
    after.legs.iter_mut().for_each(|(_, account)| *account = None);
    let freed: Vec<String> = holdings(&booking).into_iter().map(|(place, _)| place).collect();
    let ground = read_ground(work.tx, work.engine).await?;
    let mut rooms = lock_with_neighbours(work, &freed).await?;
    release(work, &ground, &booking, &mut rooms).await?;
    update_booking(work.tx, &booking, &after, act, made_by).await?;
    serve(work, &ground, &mut rooms, &freed).await?;
    Ok(after)
}

/// Locks legs, and those of all who wait for one of them: in the order of their keys, so before anything is changed.
pub async fn lock_with_neighbours(work: &mut Work<'_>, places: &[String]) -> Result<Rooms, LedgerError> {
    let mut keys = find_neighbours(work.tx, places).await?;
    keys.extend_from_slice(places);
    keys.sort_unstable();
    keys.dedup();
    Ok(lock_rooms(work.tx, work.engine, &keys).await?)
}

/// Gives back what a booking holds, in the database and in the rooms at hand.
async fn release(work: &mut Work<'_>, ground: &Ground, booking: &Booking, rooms: &mut Rooms) -> Result<(), LedgerError> {
    let holdings = holdings(booking);
    give_back(work.tx, &booking.load, &holdings).await?;
    let mut freed = Vec::with_capacity(holdings.len());
    for (place, account) in holdings {
        if let Some(room) = rooms.get_mut(&place) {
            room.give_back(&booking.load, &account);
            room.lower_limit(ground.terms.limit(room.capacity.teu));
        }
        freed.push(place);
    }
    Ok(lower_limits(work.tx, &freed, &ground.terms).await?)
}

async fn accept(work: &mut Work<'_>, booking: Booking, made_by: &str) -> Result<Booking, LedgerError> {
    let after = advance(&booking, Act::Accept, work.now)?;
    update_booking(work.tx, &booking, &after, Act::Accept, made_by).await?;
    Ok(after)
}

/// Takes another way or another load, if that fits; otherwise everything stays as it is. One that waits goes on waiting, at the end of the
/// line unless it asks for no more on the same legs.
async fn amend(work: &mut Work<'_>, booking: Booking, order: Order, made_by: &str) -> Result<Booking, LedgerError> {
    let ground = read_ground(work.tx, work.engine).await?;
    check_ground(&ground, &order.plan_id)?;
    let booked = advance(&booking, Act::Book, work.now.min(booking.closes_min - Minutes(1)))?;
    let closed = booking.state != State::PendingAmendment && work.now >= booking.closes_min;
    if closed || work.now >= order.closes {
        return Err(LedgerError::Refused(Refusal::Closed));
    }
    open_legs(work.tx, &order.legs.iter().collect::<Vec<_>>(), &ground.terms, work.now).await?;
    let (old, places) = (holdings(&booking).into_iter().map(|(place, _)| place).collect::<Vec<_>>(), order.places());
    let mut rooms = lock_with_neighbours(work, &[old.clone(), places.clone()].concat()).await?;
    release(work, &ground, &booking, &mut rooms).await?;
    let (mut after, act) = match find_accounts(&rooms, &places, &order.load, booking.member.as_deref()) {
        Ok(accounts) => {
            take(work.tx, &Takings::of(&order.load, &accounts)).await?;
            take_in(&mut rooms, &order.load, &accounts);
            (Booking { legs: held(accounts), ..booked }, Act::Book)
        }
        Err(_) if booking.state == State::Received && order.if_full == IfFull::Wait => {
            (wait_on(work, &booking, &order)?, Act::Wait)
        }
        Err(refusal) => return Err(LedgerError::Refused(refusal)),
    };
    rewrite(&mut after, order);
    update_booking(work.tx, &booking, &after, act, made_by).await?;
    serve(work, &ground, &mut rooms, &old).await?;
    Ok(after)
}

fn wait_on(work: &Work<'_>, booking: &Booking, order: &Order) -> Result<Booking, LedgerError> {
    let mut after = advance(booking, Act::Wait, work.now)?;
    let places = order.places();
    let same_legs = booking.legs.iter().map(|(place, _)| place).eq(places.iter());
    if !(same_legs && order.load.is_within(&booking.load)) {
        after.line = new_id();
    }
    after.legs = places.into_iter().map(|place| (place, None)).collect();
    Ok(after)
}

/// Puts what was ordered into a booking.
pub fn rewrite(after: &mut Booking, order: Order) {
    after.plan_id = order.plan_id;
    after.load = order.load;
    after.closes_min = order.closes;
    after.loads_min = order.loads;
    after.ends_min = order.ends;
    after.detail = order.detail;
    after.reason = None;
}
