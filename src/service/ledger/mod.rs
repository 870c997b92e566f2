//! The ledger: who has booked how much on which voyage, and who waits. In: orders on dated legs with their room, acts of shippers, and the
//! time. Out: bookings, and refusals with their reason. Rules guarded: on no leg are more slots, tonnes, plugs or dangerous goods booked
//! than there are, nor more of a member's allotment than it has; a booking holds all its legs or none; the waiting list is served in its
//! order; the same idempotency key gets the same answer; nothing is answered before it is on the disk.
//!
//! What may become of a booking is pure (`rules`, `room`) and knows no clock but the time it is told. The rest carries it out in
//! transactions, on both engines alike.

mod act;
mod book;
mod booking;
mod carry;
mod desk;
mod due;
mod read;
mod record;
mod room;
mod rules;
mod sql;
mod verify;
mod waiting;

pub use booking::{Account, BookedRide, Booking, Detail, IfFull, Itinerary, Leg, Load, Order, State};
pub use carry::{Carriage, StrandReason};
pub use desk::{Answer, Change, Key, Ledger, LedgerError, Moment, Refusal};
pub use read::{CarriedRow, LegKey, LegRow, ListFilter, Seen};
pub use record::Event;
pub use room::{Resource, Room, Share, firm_shares};
pub use rules::{Act, Terms, due, is_in_time, next_state};
pub(in crate::service) use verify::verify;
