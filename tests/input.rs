//! Instances from files to the checked problem.

#[path = "input/real.rs"]
mod real;
