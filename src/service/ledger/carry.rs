//! Bookings follow to the timetable that was published. In: for each booking the ways on the new plan that keep what it was promised, the
//! best first. Each gets the first with room, before anybody books anew; who finds none is told why, with the best other way, and is
//! listed. What has been loaded already ends by the timetable it sails under.

use super::act::{advance, holdings, rewrite};
use super::book::{find_accounts, held};
use super::booking::{Booking, Itinerary, Order, State};
use super::desk::{Command, Ledger, LedgerError, Work};
use super::read::LegRow;
use super::rules::Act;
use super::sql::{
    Ground, Takings, give_back, lock_booking, lock_rooms, note_carry_over, open_legs, read_ground, take, update_booking,
};
use crate::domain::Minutes;
use crate::service::store::{StoreError, now};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bookings that are moved one after another before the list is read again.
const BATCH: i64 = 200;

/// Not ended, and not loaded yet.
const TO_CARRY: &str = "SELECT id FROM bookings WHERE state IN ('CONFIRMED', 'PENDING_UPDATE', 'RECEIVED', 'PENDING_AMENDMENT') \
     AND plan_id <> $1 AND loads_min > $2 ORDER BY CASE state WHEN 'RECEIVED' THEN 1 ELSE 0 END, line LIMIT $3";

/// Why a booking is not carried by a timetable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StrandReason {
    /// Nothing is published now.
    NothingPublished,
    /// No way of the new timetable joins its ends.
    NoWay,
    /// There are ways, but none that leaves no earlier and arrives no later than was promised.
    OtherTimes,
    /// There are such ways, and none has room.
    Full,
}

impl StrandReason {
    /// As it is written down.
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingPublished => "nothing_published",
            Self::NoWay => "no_way",
            Self::OtherTimes => "other_times",
            Self::Full => "full",
        }
    }
}

/// What the new timetable has for a booking.
#[derive(Clone, Debug)]
pub struct Carriage {
    /// Version of the booking that this was looked up for.
    pub version: i64,
    /// The plan it is carried to; nothing when none is published.
    pub plan_id: String,
    /// Ways that keep the promise, the best first; the flag says that nothing changes for the shipper.
    pub ways: Vec<(Order, bool)>,
    /// Why there are none, when there are none.
    pub reason: StrandReason,
    /// The best other way.
    pub alternative: Option<Itinerary>,
    /// The ways were looked for with the room of each leg at hand, so that none is hidden behind one that is full.
    pub knows_room: bool,
}

impl Ledger {
    /// The plan that bookings are being moved to; `None` when all have their place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn carrying_to(&self) -> Result<Option<Option<String>>, LedgerError> {
        let select = "SELECT plan_id FROM ledger_state WHERE id = 1 AND carrying = 1";
        let row: Option<(Option<String>,)> =
            sqlx::query_as(select).fetch_optional(self.store.readers()).await.map_err(StoreError::from)?;
        Ok(row.map(|(plan,)| plan))
    }

    /// Moves all bookings to a plan, in the order in which they were made, those that wait last; then bookings are taken again. Ways are
    /// looked up twice where the first look finds none with room: then with the legs of the plan as bookings have left them.
    ///
    /// # Errors
    /// When the database fails; what was moved stays, and the rest can be moved again.
    pub async fn carry_over(
        &self,
        plan_id: Option<&str>,
        now: Minutes,
        look_up: impl Fn(&Booking, Option<&[LegRow]>) -> Carriage,
    ) -> Result<usize, LedgerError> {
        let mut carried = 0;
        let plan = plan_id.unwrap_or_default();
        loop {
            let ids: Vec<String> = sqlx::query_scalar(TO_CARRY)
                .bind(plan.to_owned())
                .bind(now.0)
                .bind(BATCH)
                .fetch_all(self.store.readers())
                .await
                .map_err(StoreError::from)?;
            if ids.is_empty() {
                break;
            }
            let before = carried;
            for id in &ids {
                let mut moved = self.move_to(id, now, |booking| look_up(booking, None)).await?;
                if !moved {
                    let rows = self.legs(plan, i64::MIN).await?;
                    moved = self.move_to(id, now, |booking| look_up(booking, Some(&rows))).await?;
                }
                carried += usize::from(moved);
            }
            if carried == before {
                return Ok(carried); // yet another plan was published meanwhile, and all are looked at again for that one
            }
        }
        self.done(Command::EndCarrying { plan: plan.to_owned() }, now).await?;
        self.done(Command::Serve, now).await?;
        Ok(carried)
    }

    async fn move_to(&self, id: &str, now: Minutes, look_up: impl Fn(&Booking) -> Carriage) -> Result<bool, LedgerError> {
        let carriage = Box::new(look_up(&self.find(id).await?));
        self.done(Command::Carry { id: id.to_owned(), carriage }, now).await
    }
}

/// Moves one booking. False when ways must be looked for again: it is not the one they were looked up for any more, or none of them has
/// room and others may be hidden behind them.
pub async fn carry(work: &mut Work<'_>, id: &str, carriage: Carriage) -> Result<bool, LedgerError> {
    let ground = read_ground(work.tx, work.engine).await?;
    let booking = lock_booking(work.tx, work.engine, id).await?;
    let is_it = |booking: &Booking| booking.version == carriage.version && booking.plan_id != carriage.plan_id;
    let to_plan = ground.plan_id.as_deref().unwrap_or_default() == carriage.plan_id;
    let Some(booking) = booking.filter(|booking| is_it(booking) && to_plan) else {
        return Ok(false);
    };
    let moved = match booking.state {
        State::Received => wait_there(&booking, &carriage, work.now)?,
        _ => ride_there(work, &ground, &booking, &carriage).await?,
    };
    let Some((after, act, outcome)) = moved else { return Ok(false) };
    give_back(work.tx, &booking.load, &holdings(&booking)).await?;
    open_legs_of(work, &ground, &carriage, &after).await?;
    update_booking(work.tx, &booking, &after, act, "").await?;
    note_carry_over(work.tx, &booking.plan_id, &after, outcome).await?;
    Ok(true)
}

/// The booking afterwards, the act, and how that is called; nothing where ways must be looked for again.
type Moved = Option<(Booking, Act, &'static str)>;

/// One that waits goes on waiting, in its place, for the best way there is.
fn wait_there(booking: &Booking, carriage: &Carriage, now_min: Minutes) -> Result<Moved, LedgerError> {
    let Some((order, unchanged)) = carriage.ways.iter().find(|(order, _)| now_min < order.closes) else {
        return strand(booking, carriage, carriage.reason, now_min);
    };
    let mut after = advance(booking, Act::Carry, now_min)?;
    after.legs = order.places().into_iter().map(|place| (place, None)).collect();
    rewrite(&mut after, order.clone());
    Ok(Some((after, Act::Carry, if *unchanged { "unchanged" } else { "moved" })))
}

/// One that holds slots holds them on the first way with room.
async fn ride_there(work: &mut Work<'_>, ground: &Ground, booking: &Booking, carriage: &Carriage) -> Result<Moved, LedgerError> {
    for (order, unchanged) in &carriage.ways {
        open_legs(work.tx, &order.legs.iter().collect::<Vec<_>>(), &ground.terms, work.now).await?;
        let rooms = lock_rooms(work.tx, work.engine, &order.places()).await?;
        let Ok(accounts) = find_accounts(&rooms, &order.places(), &booking.load, booking.member.as_deref()) else {
            continue;
        };
        take(work.tx, &Takings::of(&booking.load, &accounts)).await?;
        let mut after = advance(booking, Act::Carry, work.now)?;
        after.offer_until_min = booking.offer_until_min;
        after.legs = held(accounts);
        rewrite(&mut after, order.clone());
        return Ok(Some((after, Act::Carry, if *unchanged { "unchanged" } else { "moved" })));
    }
    let reason = if carriage.ways.is_empty() { carriage.reason } else { StrandReason::Full };
    match (booking.state, carriage.ways.first()) {
        _ if !carriage.knows_room => Ok(None),
        // what was offered is gone, and its place in the line is not
        (State::PendingUpdate, Some((order, _))) => {
            let mut after = Booking { version: booking.version + 1, state: State::Received, ..booking.clone() };
            after.offer_until_min = None;
            after.changed_at = now();
            after.legs = order.places().into_iter().map(|place| (place, None)).collect();
            rewrite(&mut after, order.clone());
            Ok(Some((after, Act::Wait, "waiting")))
        }
        _ => strand(booking, carriage, reason, work.now),
    }
}

/// The booking holds nothing any more and says why.
fn strand(booking: &Booking, carriage: &Carriage, reason: StrandReason, now_min: Minutes) -> Result<Moved, LedgerError> {
    if !carriage.knows_room {
        return Ok(None); // the best other way is one with room
    }
    let mut after = advance(booking, Act::Strand, now_min)?;
    after.plan_id = carriage.plan_id.clone();
    after.legs = Vec::new();
    after.reason = Some(reason.name().to_owned());
    after.detail.alternative = carriage.alternative.clone();
    Ok(Some((after, Act::Strand, "stranded")))
}

/// Legs that a booking waits for have their rows too.
async fn open_legs_of(work: &mut Work<'_>, ground: &Ground, carriage: &Carriage, after: &Booking) -> Result<(), LedgerError> {
    let waits_on = carriage.ways.iter().find(|(order, _)| order.places().iter().eq(after.legs.iter().map(|(place, _)| place)));
    match waits_on {
        Some((order, _)) => Ok(open_legs(work.tx, &order.legs.iter().collect::<Vec<_>>(), &ground.terms, work.now).await?),
        None => Ok(()),
    }
}

/// Bookings are taken again, unless yet another plan was published meanwhile.
pub async fn end_carrying(work: &mut Work<'_>, plan: &str) -> Result<bool, LedgerError> {
    let update = "UPDATE ledger_state SET carrying = 0 WHERE id = 1 AND carrying = 1 AND COALESCE(plan_id, '') = $1";
    let ended = sqlx::query(update).bind(plan.to_owned()).execute(&mut **work.tx).await?;
    Ok(ended.rows_affected() == 1)
}
