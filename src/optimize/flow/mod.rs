//! Cargo flow as design and slots share it. In: the checked problem. Out: groups of demand that may be routed together, and the rule book
//! of which ride a box may take on which rotation (R1, R4, R6, R7, R8, terminals' trades, transshipment). Formulas: `models/cargo-flow.md`.

mod groups;
mod line;
pub mod lp;
mod rules;

pub use groups::{Group, GroupIdx, Groups, is_large};
pub use line::{Offer, best_load};
pub use rules::{Ride, customs_delay, regime_allows, regimes_of, rides_of};
