//! The nouns of the trade and their units. In: nothing. Out: the checked [`Problem`], the [`Plan`] made from it and the auditor's
//! [`Report`]; in [`liner`] and [`event_network`] the nouns of the public benchmarks. Plain immutable data; the rule guarded here is that
//! every quantity has a type and every identity its own.

mod chart;
#[macro_use]
mod ids;
pub mod event_network;
mod line;
pub mod liner;
mod moves;
mod pin;
mod plan;
mod problem;
mod report;
mod settlement;
mod tariff;
mod timetable_case;
mod units;
mod weights;

pub use chart::*;
pub use ids::*;
pub use line::*;
pub use moves::*;
pub use pin::*;
pub use plan::*;
pub use problem::*;
pub use report::*;
pub use settlement::*;
pub use tariff::*;
pub use timetable_case::*;
pub use units::*;
pub use weights::*;
