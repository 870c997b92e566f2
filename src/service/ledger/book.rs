//! Booking: all legs or none.

use super::booking::{Account, Booking, IfFull, Leg, Load, Order, State};
use super::desk::{Answer, Key, LedgerError, Refusal, Work};
use super::sql::{
    Ground, Kept, Rooms, Takings, Tx, add_bookings, find_answers, keep_answers, lock_rooms, open_legs, read_ground, take,
};
use crate::service::store::{StoreError, new_id, now};
use std::collections::{BTreeMap, BTreeSet};

/// An order, and the key to answer it under.
pub type Asked<'a> = (&'a Order, Option<&'a Key>);

/// What becomes of an order.
type Outcome = Result<Answer, LedgerError>;

/// Answers orders one after another, each as if it had come alone, and with a key as it was answered before. Whatever their number, rows
/// are read once before the first is decided and written once after the last. No two of them come under one key.
///
/// # Errors
/// When the database fails: then nothing of any of them may stay.
pub async fn book(work: &mut Work<'_>, asked: &[Asked<'_>]) -> Result<Vec<Outcome>, LedgerError> {
    let keys: Vec<&str> = asked.iter().filter_map(|(_, key)| Some(key.as_ref()?.id())).collect();
    let kept = find_answers(work.tx, &keys).await?;
    let ground = read_ground(work.tx, work.engine).await?;
    let first = |(order, key): &Asked| match key.and_then(|key| find_kept(&kept, key)) {
        Some(known) => Some(known),
        None => check_ground(&ground, &order.plan_id).err().map(Err),
    };
    let early: Vec<Option<Outcome>> = asked.iter().map(first).collect();
    let open: Vec<Asked> = asked.iter().zip(&early).filter(|(_, known)| known.is_none()).map(|(asked, _)| *asked).collect();
    let answers = decide(work, &open, &ground).await?;
    keep(work.tx, &open, &answers).await?;
    let mut answers = answers.into_iter().map(Ok);
    Ok(early.into_iter().filter_map(|known| known.or_else(|| answers.next())).collect())
}

/// What was answered under a key before; an error when something else was asked under it.
fn find_kept(kept: &BTreeMap<String, (String, String)>, key: &Key) -> Option<Outcome> {
    kept.get(key.id()).map(|(asked, answer)| match asked == key.asked() {
        true => read_answer(answer),
        false => Err(LedgerError::KeyReused),
    })
}

/// What was answered under a key before.
///
/// # Errors
/// When something else was asked under it.
pub async fn find_answer(tx: &mut Tx, key: &Key) -> Result<Option<Answer>, LedgerError> {
    find_kept(&find_answers(tx, &[key.id()]).await?, key).transpose()
}

async fn keep(tx: &mut Tx, asked: &[Asked<'_>], answers: &[Answer]) -> Result<(), LedgerError> {
    let mut kept = Vec::with_capacity(answers.len());
    for ((_, key), answer) in asked.iter().zip(answers) {
        let Some(key) = key else { continue };
        let answer = serde_json::to_string(answer).map_err(|error| StoreError::Damaged(error.to_string()))?;
        kept.push(Kept { id: key.id(), asked: key.asked(), answer });
    }
    Ok(keep_answers(tx, kept).await?)
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

/// Decides orders in their turn on the rooms of all their legs, which are locked first.
async fn decide(work: &mut Work<'_>, asked: &[Asked<'_>], ground: &Ground) -> Result<Vec<Answer>, LedgerError> {
    let now = work.now;
    let in_time = |order: &Order| now < order.closes;
    let orders: Vec<&Order> = asked.iter().map(|(order, _)| *order).collect();
    let legs: Vec<&Leg> = orders.iter().filter(|order| in_time(order)).flat_map(|order| &order.legs).collect();
    let places: BTreeSet<String> = legs.iter().map(|leg| leg.place()).collect();
    open_legs(work.tx, &legs, &ground.terms, now).await?;
    let mut rooms = lock_rooms(work.tx, work.engine, &Vec::from_iter(places)).await?;
    let mut takings = Takings::default();
    let decide = |order: &&Order| match in_time(order) {
        true => decide_one(order, &mut rooms, &mut takings),
        false => Answer::Refused(Refusal::Closed),
    };
    let answers: Vec<Answer> = orders.iter().map(decide).collect();
    take(work.tx, &takings).await?;
    add_bookings(work.tx, &answers.iter().filter_map(Answer::booking).collect::<Vec<_>>()).await?;
    Ok(answers)
}

/// Books on the rooms at hand, joins the waiting list, or says no.
fn decide_one(order: &Order, rooms: &mut Rooms, takings: &mut Takings) -> Answer {
    let places = order.places();
    let booking = match find_accounts(rooms, &places, &order.load, order.member.as_deref()) {
        Ok(accounts) => {
            takings.add(&order.load, &accounts);
            take_in(rooms, &order.load, &accounts);
            new_booking(order, State::Confirmed, held(accounts))
        }
        Err(_) if order.if_full == IfFull::Wait => {
            new_booking(order, State::Received, places.into_iter().map(|place| (place, None)).collect())
        }
        Err(refusal) => return Answer::Refused(refusal),
    };
    Answer::Booked(Box::new(booking))
}

/// Uses slots in the rooms at hand.
pub fn take_in(rooms: &mut Rooms, load: &Load, accounts: &[(String, Account)]) {
    for (place, account) in accounts {
        rooms.entry(place.clone()).or_default().take(load, account);
    }
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

fn new_booking(order: &Order, state: State, legs: Vec<(String, Option<String>)>) -> Booking {
    let (id, at) = (new_id(), now());
    Booking {
        line: id.clone(),
        id,
        version: 1,
        state,
        plan_id: order.plan_id.clone(),
        made_by: order.made_by.clone(),
        member: order.member.clone(),
        load: order.load,
        closes_min: order.closes,
        loads_min: order.loads,
        ends_min: order.ends,
        offer_until_min: None,
        reason: None,
        detail: order.detail.clone(),
        legs,
        created_at: at.clone(),
        changed_at: at,
    }
}
