//! The files as they are, with their oddities.

use crate::{calls, read, tiny, tiny_folder};
use waterbus::domain::liner::{Canals, Case};

/// Only ports with demand are in the network, whatever else the table of ports holds.
#[test]
fn ports_without_demand_are_left_out() {
    let problem = tiny();
    let codes: Vec<&str> = problem.ports.iter().map(|port| port.code.as_str()).collect();
    assert_eq!(codes, ["XXEST", "XXMID", "XXSHL", "XXWST"]);
    assert_eq!(problem.ports[1].draft_m, None);
    assert_eq!(problem.ports[1].call_usd, -500.0);
    let west = &problem.ports[3];
    assert_eq!((west.name.as_str(), west.draft_m, west.call_usd), ("Westport", Some(13.0), 6000.5));
    assert_eq!((west.handling_usd_per_ffe, west.transshipment_usd_per_ffe, west.call_usd_per_ffe), (150.0, 80.0, 12.0));
}

/// A point separates thousands, spaces are nothing, equal rows add up, and the last line counts without a line end.
#[test]
fn quantities_are_read_as_they_were_meant() {
    let problem = tiny();
    let ffe: Vec<f64> = problem.demands.iter().map(|demand| demand.ffe_per_week).collect();
    assert_eq!(ffe, [120.0, 1050.0, 40.0, 25.0]);
    assert_eq!((problem.demand_ffe(), problem.empty_usd()), (1235.0, -1_235_000.0));
    let last = problem.demands[3];
    assert_eq!((last.rate_usd_per_ffe, last.transit_days), (400.0, 9.0));
}

/// A file in which the separators are mended is preferred, whichever instance it belongs to.
#[test]
fn a_mended_demand_file_is_preferred() {
    let problem = read(&tiny_folder(), "Mended", Case::Base, false);
    assert_eq!((problem.demand_file.as_str(), problem.demand_ffe()), ("Demand_Mended_Fixed_Sep.csv", 1861.0));
    assert_eq!(problem.classes[1].vessels, 0, "a class without a fleet row has no vessels");
}

/// Revised transit times are read only when transit times are kept, and only where there are any.
#[test]
fn revised_transit_times_are_read_when_they_matter() {
    let problem = read(&tiny_folder(), "Tiny", Case::Base, true);
    assert_eq!(problem.demand_file, "transittime_revision/Demand_Tiny_tt.csv");
    assert_eq!((problem.demands[0].transit_days, problem.limits_transit), (44.0, true));
    assert_eq!(tiny().demands[0].transit_days, 40.0);
    assert_eq!(read(&tiny_folder(), "Mended", Case::Base, true).demand_file, "Demand_Mended_Fixed_Sep.csv");
}

/// 14 vessels are 11.2 and 16.8, so 11 and 17; a charter of 1,000 is 1,400 and 800, both 1,000 after rounding, one of 11,000 is 15,000 and 9,000.
#[test]
fn the_cases_change_charter_rates_and_numbers_of_vessels() {
    let facts = |case| {
        let classes = read(&tiny_folder(), "Tiny", case, false).classes;
        [0, 1].map(|row| (classes[row].vessels, classes[row].charter_usd_per_day))
    };
    assert_eq!(facts(Case::Base), [(14, 1000.0), (3, 11_000.0)]);
    assert_eq!(facts(Case::Low), [(11, 1000.0), (2, 15_000.0)]);
    assert_eq!(facts(Case::High), [(17, 1000.0), (4, 9000.0)]);
}

/// All ways of a pair are there, each with its canals and draught.
#[test]
fn a_pair_of_ports_may_have_several_ways() {
    let problem = tiny();
    let ports = calls(&problem, &["XXEST", "XXWST", "XXSHL"]);
    let ways: Vec<_> = problem.routes.between(ports[0], ports[1]).iter().map(|w| (w.canals, w.distance_nm, w.draft_m)).collect();
    let expected = [
        (Canals::None, 12_000.0, None),
        (Canals::Suez, 8400.0, None),
        (Canals::Panama, 10_000.0, Some(12.0)),
        (Canals::Both, 8000.0, Some(12.0)),
    ];
    assert_eq!(ways, expected);
    assert!(problem.routes.between(ports[0], ports[0]).is_empty());
    let way = |from: usize, to: usize| problem.routes.between(ports[from], ports[to]).len();
    assert_eq!((way(0, 2), way(2, 0)), (1, 0), "a way out is no way back");
    assert_eq!(problem.routes.between(ports[1], ports[2])[0].draft_m, Some(7.0));
}
