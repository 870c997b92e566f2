//! What may become of a booking, and when: a state machine with no clock but the time it is told. Whether there is room is not asked here.

use super::booking::{Booking, Leg, State};
use super::read::LegRow;
use super::room::{Room, Share};
use crate::domain::{Minutes, Teu};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const HOUR: i64 = 60;

/// What the alliance sets about bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Boxes are in the terminal so long before the barge is berthed; then the booking closes too.
    #[schemars(range(min = 0, max = 168))]
    pub box_cut_off_h: i64,
    /// Export, import and transit close so much earlier: advance manifest and supervised yard (R10).
    #[schemars(range(min = 0, max = 168))]
    pub customs_cut_off_h: i64,
    /// Unused allotments go back to everybody so long before the box cut-off of their leg.
    #[schemars(range(min = 0, max = 672))]
    pub return_h: i64,
    /// The waiting list's offers stand so long, and never beyond the cut-off.
    #[schemars(range(min = 1, max = 168))]
    pub offer_h: i64,
    /// Slots that may be booked beyond a vessel's capacity, in hundredths of it. Everybody who sees free slots sees this too.
    #[schemars(range(min = 0, max = 50))]
    pub overbooking_percent: i64,
}

impl Default for Terms {
    /// Nothing is overbooked unless the alliance says so. Hours: see `models/ledger.md`.
    fn default() -> Self {
        Self { box_cut_off_h: 0, customs_cut_off_h: 2, return_h: 48, offer_h: 12, overbooking_percent: 0 }
    }
}

impl Terms {
    /// [LG-1] When boxes must be in the terminal where a barge is berthed.
    pub fn closes(&self, berthing: Minutes, is_foreign: bool) -> Minutes {
        berthing - self.lead(is_foreign)
    }

    /// Time between the cut-off and the berthing.
    pub fn lead(&self, is_foreign: bool) -> Minutes {
        let customs = if is_foreign { self.customs_cut_off_h } else { 0 };
        Minutes((self.box_cut_off_h + customs) * HOUR)
    }

    /// [LG-2] When unused allotments of a leg go back.
    pub fn returns(&self, berthing: Minutes) -> Minutes {
        berthing - self.return_lead()
    }

    /// Time between the return of allotments and the berthing.
    pub fn return_lead(&self) -> Minutes {
        Minutes((self.box_cut_off_h + self.return_h) * HOUR)
    }

    /// [LG-3] Until when slots are kept for who is offered them now.
    pub fn offer_until(&self, now: Minutes, closes: Minutes) -> Minutes {
        (now + Minutes(self.offer_h * HOUR)).min(closes)
    }

    /// The room of a leg as it is told: as the plan says, or as bookings have left it; allotments return when their time has come, also
    /// where nobody has looked since.
    pub fn room(&self, leg: &Leg, row: Option<&LegRow>, now: Minutes) -> Room {
        let mut room = match row {
            Some(row) => row.room(leg.capacity),
            None => self.untouched(leg),
        };
        if now >= self.returns(leg.berthing) {
            room.return_allotments();
        }
        room
    }

    fn untouched(&self, leg: &Leg) -> Room {
        let share = |(member, allotted): &(String, Teu)| (member.clone(), Share { allotted: *allotted, used: Teu(0) });
        Room {
            capacity: leg.capacity,
            limit: self.limit(leg.capacity.teu),
            held: leg.shares.iter().map(|(_, teu)| *teu).sum(),
            shares: leg.shares.iter().map(share).collect(),
            ..Room::default()
        }
    }

    /// [LG-4] Slots that may be booked.
    pub fn limit(&self, capacity: Teu) -> Teu {
        Teu(capacity.0 * (100 + self.overbooking_percent) / 100)
    }
}

/// What is done with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Slots are held for a new booking, or for one that takes another way.
    Book,
    /// It joins the waiting list.
    Wait,
    /// Slots have come free and are held for it.
    Offer,
    /// The shipper takes the offer.
    Accept,
    /// The shipper does not want the offer.
    DeclineOffer,
    /// The offer ran out.
    Lapse,
    /// The shipper takes it back.
    Cancel,
    /// The waiting list of its way has closed.
    Close,
    /// It rides by the timetable published since.
    Carry,
    /// The timetable published since does not carry it.
    Strand,
    /// No other way was taken in time.
    GiveUp,
    /// The boxes were carried.
    Complete,
}

impl Act {
    /// As it is written down.
    pub fn name(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Wait => "wait",
            Self::Offer => "offer",
            Self::Accept => "accept",
            Self::DeclineOffer => "decline_offer",
            Self::Lapse => "lapse",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::Carry => "carry",
            Self::Strand => "strand",
            Self::GiveUp => "give_up",
            Self::Complete => "complete",
        }
    }
}

/// [LG-5] The state after an act; `None` where the act is not for a booking in this state.
pub fn next_state(state: State, act: Act) -> Option<State> {
    use State::{Cancelled, Completed, Confirmed, Declined, PendingAmendment, PendingUpdate, Received, Rejected};
    Some(match (state, act) {
        (Received | Confirmed | PendingAmendment, Act::Book) => Confirmed,
        (Received | PendingUpdate, Act::Wait) => Received,
        (Received, Act::Offer) => PendingUpdate,
        (PendingUpdate, Act::Accept) => Confirmed,
        (PendingUpdate, Act::DeclineOffer | Act::Lapse) => Rejected,
        (Received | PendingUpdate | Confirmed | PendingAmendment, Act::Cancel) => Cancelled,
        (Received, Act::Close) => Rejected,
        (Received, Act::Carry) => Received,
        (PendingUpdate, Act::Carry) => PendingUpdate,
        (Confirmed | PendingAmendment, Act::Carry) => Confirmed,
        (Received | PendingUpdate, Act::Strand) => Rejected,
        (Confirmed | PendingAmendment, Act::Strand) => PendingAmendment,
        (PendingAmendment, Act::GiveUp) => Declined,
        (Confirmed, Act::Complete) => Completed,
        _ => return None,
    })
}

/// [LG-6] What the clock alone does to a booking.
pub fn due(booking: &Booking, now: Minutes) -> Option<Act> {
    match booking.state {
        State::Received if now >= booking.closes_min => Some(Act::Close),
        State::PendingUpdate if booking.offer_until_min.is_some_and(|until| now > until) => Some(Act::Lapse),
        State::PendingAmendment if now >= booking.loads_min => Some(Act::GiveUp),
        State::Confirmed if now >= booking.ends_min => Some(Act::Complete),
        _ => None,
    }
}

/// [LG-7] Whether the shipper comes in time for an act.
pub fn is_in_time(booking: &Booking, act: Act, now: Minutes) -> bool {
    match act {
        Act::Book | Act::Wait => now < booking.closes_min,
        Act::Accept => booking.offer_until_min.is_some_and(|until| now <= until),
        Act::Cancel => now < booking.loads_min,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTS: [Act; 12] = [
        Act::Book,
        Act::Wait,
        Act::Offer,
        Act::Accept,
        Act::DeclineOffer,
        Act::Lapse,
        Act::Cancel,
        Act::Close,
        Act::Carry,
        Act::Strand,
        Act::GiveUp,
        Act::Complete,
    ];

    // whatever has ended has ended; everything else can end
    #[test]
    fn nothing_becomes_of_a_booking_that_has_ended() {
        for state in State::ALL {
            let next: Vec<State> = ACTS.iter().filter_map(|act| next_state(state, *act)).collect();
            assert_eq!(next.is_empty(), state.is_final(), "{state:?}");
            assert!(state.is_final() || next.iter().any(|next| next.is_final()), "{state:?}");
        }
    }

    #[test]
    fn an_offer_never_outlasts_the_cut_off() {
        let terms = Terms::default();
        assert_eq!(terms.offer_until(Minutes(0), Minutes(10_000)), Minutes(720));
        assert_eq!(terms.offer_until(Minutes(0), Minutes(100)), Minutes(100));
        assert_eq!(terms.closes(Minutes(1000), false), Minutes(1000));
        assert_eq!(terms.closes(Minutes(1000), true), Minutes(880));
        assert_eq!(Terms { box_cut_off_h: 3, ..terms }.closes(Minutes(1000), true), Minutes(700));
        assert_eq!(terms.limit(Teu(99)), Teu(99));
        assert_eq!(Terms { overbooking_percent: 5, ..terms }.limit(Teu(99)), Teu(103));
    }
}
