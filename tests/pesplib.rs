//! Periodic timetables of event networks: the search against every timetable there is for small networks, the command, and the public files
//! where `WATERBUS_PESPLIB` names the folder that holds them.

#[path = "pesplib/command.rs"]
mod command;
#[path = "pesplib/draw.rs"]
mod draw;
#[path = "pesplib/optimum.rs"]
mod optimum;
#[path = "pesplib/public.rs"]
mod public;

use waterbus::audit::check_tensions;
use waterbus::domain::Limit;
use waterbus::domain::event_network::{EventNetwork, PeriodicTimetable};
use waterbus::optimize::control::Control;
use waterbus::optimize::timetable::periodic::{Outcome, PeriodicOptions, schedule};

/// The search with fixed work.
fn search(network: &EventNetwork, seed: u64, threads: usize, work: u64) -> Outcome {
    schedule(network, &PeriodicOptions { seed, threads }, &Control::silent(Limit::Work(work)))
}

/// A timetable that the auditor agrees with.
fn timetable(network: &EventNetwork, seed: u64, threads: usize, work: u64) -> PeriodicTimetable {
    let Outcome::Timetable(timetable) = search(network, seed, threads, work) else { panic!("there is a timetable") };
    let report = check_tensions(network, &timetable.times);
    assert_eq!(report.violated, Vec::<usize>::new());
    assert_eq!(report.weighted_slack, i128::from(timetable.weighted_slack));
    assert_eq!(timetable.times.len(), network.events.len());
    assert!(timetable.times.iter().all(|time| (0..network.period).contains(time)));
    timetable
}
