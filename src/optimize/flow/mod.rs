//! Cargo flow as design and slots share it. In: the checked problem. Out: groups of demand that may be routed together, the rule book
//! of which ride a box may take on which rotation (R1, R4, R6, R7, R8, terminals' trades, transshipment), and the ways through a timetable. Formulas: `models/cargo-flow.md`.

mod groups;
mod line;
pub mod lp;
mod network;
mod rules;
mod ways;

pub use groups::{Group, GroupIdx, Groups, is_large};
pub use line::{Offer, best_load};
pub use network::{Network, NetworkLine, Place, sailing_shifts, teu_per_minute};
pub use rules::{Ride, customs_delay, may_use, regime_allows, regimes_of, rides_of};
pub use ways::{Hop, Path, Reach, Ways, find_ways};
