//! Booking: all legs or none.

use super::booking::{Account, Booking, IfFull, Load, Order, State};
use super::desk::{Answer, Key, LedgerError, Refusal, Work};
use super::rules::Act;
use super::sql::{Ground, Rooms, Tx, add_booking, find_answer, keep_answer, lock_rooms, open_legs, read_ground, take};
use crate::service::store::{StoreError, new_id, now};

/// Answers an order; with a key, as it was answered before.
pub async fn book(work: &mut Work<'_>, order: Order, key: Option<&Key>) -> Result<Answer, LedgerError> {
    if let Some(key) = key
        && let Some(answer) = find_kept(work.tx, key).await?
    {
        return Ok(answer);
    }
    let ground = read_ground(work.tx, work.engine).await?;
    check_ground(&ground, &order.plan_id)?;
    let answer = decide(work, order, &ground).await?;
    if let Some(key) = key {
        let text = serde_json::to_string(&answer).map_err(|error| StoreError::Damaged(error.to_string()))?;
        keep_answer(work.tx, key.id(), key.asked(), &text).await?;
    }
    Ok(answer)
}

/// What was answered under a key before.
///
/// # Errors
/// When something else was asked under it.
pub async fn find_kept(tx: &mut Tx, key: &Key) -> Result<Option<Answer>, LedgerError> {
    match find_answer(tx, key.id()).await? {
        None => Ok(None),
        Some((asked, answer)) if asked == key.asked() => read_answer(&answer).map(Some),
        Some(_) => Err(LedgerError::KeyReused),
    }
}

fn read_answer(text: &str) -> Result<Answer, LedgerError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(format!("a kept answer: {error}")).into())
}

/// Only the published plan is booked on, and only when all bookings of the one before have their place in it.
pub fn check_ground(ground: &Ground, plan_id: &str) -> Result<(), LedgerError> {
    match ground.plan_id.as_deref() == Some(plan_id) {
        _ if ground.carrying => Err(LedgerError::Refused(Refusal::Carrying)),
        true => Ok(()),
        false => Err(LedgerError::Refused(Refusal::PlanChanged)),
    }
}

async fn decide(work: &mut Work<'_>, order: Order, ground: &Ground) -> Result<Answer, LedgerError> {
    if work.now >= order.closes {
        return Ok(Answer::Refused(Refusal::Closed));
    }
    let places = order.places();
    open_legs(work.tx, &order.legs, &ground.terms, work.now).await?;
    let rooms = lock_rooms(work.tx, work.engine, &places).await?;
    let if_full = order.if_full;
    let (booking, act) = match find_accounts(&rooms, &places, &order.load, order.member.as_deref()) {
        Ok(accounts) => {
            take(work.tx, &order.load, &accounts).await?;
            (new_booking(order, State::Confirmed, held(accounts)), Act::Book)
        }
        Err(_) if if_full == IfFull::Wait => {
            let legs = places.into_iter().map(|place| (place, None)).collect();
            (new_booking(order, State::Received, legs), Act::Wait)
        }
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    add_booking(work.tx, &booking, act).await?;
    Ok(Answer::Booked(Box::new(booking)))
}

/// Whose slots the load would use on each leg.
///
/// # Errors
/// The first leg that lacks something.
pub fn find_accounts(
    rooms: &Rooms,
    places: &[String],
    load: &Load,
    member: Option<&str>,
) -> Result<Vec<(String, Account)>, Refusal> {
    let find = |place: &String| match rooms.get(place).map(|room| room.find_account(load, member)) {
        Some(Ok(account)) => Ok((place.clone(), account)),
        Some(Err(resource)) => Err(full(place, resource)),
        None => Err(full(place, super::room::Resource::Slots)),
    };
    places.iter().map(find).collect()
}

fn full(place: &str, resource: super::room::Resource) -> Refusal {
    // plan:service:cycle:sailing:leg, and no code has a colon
    let parts: Vec<&str> = place.split(':').collect();
    let part = |row: usize| parts.get(row).copied().unwrap_or_default();
    Refusal::Full {
        service: part(1).to_owned(),
        sailing: part(3).parse().unwrap_or_default(),
        leg: part(4).parse().unwrap_or_default(),
        resource,
    }
}

/// Legs with the accounts whose slots are held.
pub fn held(accounts: Vec<(String, Account)>) -> Vec<(String, Option<String>)> {
    accounts.into_iter().map(|(place, account)| (place, Some(account.code().to_owned()))).collect()
}

fn new_booking(order: Order, state: State, legs: Vec<(String, Option<String>)>) -> Booking {
    let (id, at) = (new_id(), now());
    Booking {
        line: id.clone(),
        id,
        version: 1,
        state,
        plan_id: order.plan_id,
        made_by: order.made_by,
        member: order.member,
        load: order.load,
        closes_min: order.closes,
        loads_min: order.loads,
        ends_min: order.ends,
        offer_until_min: None,
        reason: None,
        detail: order.detail,
        legs,
        created_at: at.clone(),
        changed_at: at,
    }
}
