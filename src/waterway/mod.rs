//! The river as a graph. In: the checked problem. Out: for each vessel class and pair of terminals the fastest admissible passage, with
//! time, distance, energy, locks and the load its shallowest stretch allows. Rules guarded: waterway class, air draught, depth under the
//! keel, local stretches closed to through traffic, border stations (R2, R3).

mod obstacles;
mod passage;
mod river;

pub use obstacles::{Bar, Obstacle, describe_obstacle, find_obstacles};
pub use passage::{LockPassage, Passage, Steaming, Waterway};

#[cfg(test)]
mod tests;
