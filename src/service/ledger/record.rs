//! The record of a booking: one event for each change, each with the hash of the one before of the same booking. There is a chain for each
//! booking and none over all of them: a common chain would make every booking wait for every other (decision 0011).

use super::booking::Booking;
use super::rules::Act;
use crate::service::store::{canonical, hash_record};

/// One change of a booking.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    pub booking_id: String,
    /// The booking's version afterwards.
    pub seq: i64,
    pub at: String,
    pub act: String,
    /// Key that did it; empty where the clock did.
    pub made_by: String,
    /// The booking afterwards, as canonical JSON.
    pub booking: String,
    pub previous_hash: String,
    pub record_hash: String,
}

impl Event {
    /// What is written down of a change.
    pub fn new(booking: &Booking, act: Act, made_by: &str, previous_hash: String) -> Self {
        let mut event = Self {
            booking_id: booking.id.clone(),
            seq: booking.version,
            at: booking.changed_at.clone(),
            act: act.name().to_owned(),
            made_by: made_by.to_owned(),
            booking: canonical(booking),
            previous_hash,
            record_hash: String::new(),
        };
        event.record_hash = event.recompute_hash();
        event
    }

    /// What `record_hash` must be.
    pub fn recompute_hash(&self) -> String {
        let Self { booking_id, seq, at, act, made_by, booking, previous_hash, .. } = self;
        hash_record(&(booking_id, seq, at, act, made_by, booking, previous_hash))
    }
}
