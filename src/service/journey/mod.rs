//! Ways for a box through the published timetable. In: a published plan, with its instance where that is at hand. Out: for two sets of
//! terminals and a time, every best way by departure, arrival and number of transshipments, and where that is asked for by price and
//! emissions, on legs with room. Rules guarded: the least time between two
//! barges and where boxes may change barges (A-TRANSFER), who may ride with whom (A-REGIME), customs at the terminals (R4) and at the
//! border (R1, R8), exports apart from imports where a service keeps them apart (R6), and plugs for reefers.
//!
//! The timetable repeats, so the index holds one cycle; a search walks through as many cycles as it needs (range RAPTOR, Delling, Pajor
//! and Werneck 2012). It is built once for each published plan, never changes, and is shared between requests. For two terminals that are
//! asked about, the best ways of one cycle are kept; most questions are answered from these lists, and searched for only where a leg is full.

mod bags;
mod check;
mod earliest;
mod footprint;
mod index;
mod price;
mod quote;
mod rules;
mod scan;
mod search;
mod table;
mod vacancy;

pub use check::{BoxKind, WayFault};
pub use footprint::{METHOD, footprint};
pub use index::JourneyIndex;
pub use price::{PricedRide, quote};
pub use quote::{Footprint, Quote, QuoteItem};
pub(in crate::service) use scan::open_before;
pub use search::{Fare, HandOver, Journey, LONGEST_JOURNEY, MOST_TRANSSHIPMENTS, Query, Window};
pub use vacancy::{DatedLeg, Untouched, Vacancy};
