//! Waterbus plans and publishes a water freight bus: barge services with fixed rotations and sailings, many calls, and slots shared by
//! an alliance. A plan travels one way through the rooms: instance files, checked problem, services, timetable, slot plan, audit
//! report, published document, HTTP.

pub mod audit;
pub mod cli;
pub mod domain;
pub mod input;
pub mod optimize;
pub mod publish;
pub mod service;
pub mod waterway;
