//! The instances of the repository.

use std::path::PathBuf;
use waterbus::domain::{Metres, Minutes, Problem};
use waterbus::input::read_instance;

fn read(name: &str) -> Problem {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The whole sample network, with the counts its README states.
#[test]
fn the_pearl_river_reads_without_errors() {
    let problem = read("pearl-river");
    assert_eq!(problem.terminals.len(), 45);
    assert_eq!(problem.links.len(), 86);
    assert_eq!(problem.classes.len(), 8);
    assert_eq!(problem.nodes.len(), 45 + 26);
    assert_eq!(problem.demands.len(), 1245);
    assert_eq!(problem.fleets.len(), 13);
    assert_eq!(problem.slots_per_cycle(), 672);
    assert_eq!(problem.hash.len(), 64);
}

/// The small network around the pilot lines.
#[test]
fn the_pearl_delta_reads_without_errors() {
    let problem = read("pearl-delta");
    assert_eq!(problem.terminals.len(), 12);
    assert_eq!(problem.demands.len(), 223);
}

/// Units of the files become the units of the problem: the first link is 127.5 km long and its lock is passed in 1.2 h.
#[test]
fn units_are_converted_at_the_edge() {
    let problem = read("pearl-river");
    let link = &problem.links[0];
    assert_eq!(link.length, Metres(127_500));
    assert_eq!(link.lock.as_ref().map(|lock| lock.transit), Some(Minutes(72)));
    let jiangmen = problem.links.iter().find(|link| link.code == "W30").expect("the Jiangmen waterway");
    assert!(jiangmen.depth_m <= 2.3, "low water limits the depth, {}", jiangmen.depth_m);
}
