//! The planning stages. In: problem and waterway. Out: an audited [`crate::domain::Plan`]. The stages never import one another (`flow`
//! and `energy` aside); they meet in `domain`, and `pipeline` strings them.

pub mod alliance;
pub mod control;
pub mod design;
pub mod energy;
pub mod flow;
pub mod pipeline;
pub mod slots;
pub mod solver;
pub mod timetable;
