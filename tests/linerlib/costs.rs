//! Costs of services, counted by hand.

use crate::{calls, tiny};
use waterbus::domain::liner::{Canals, LinerProblem, PortIdx};
use waterbus::domain::{CallPos, ClassIdx};
use waterbus::optimize::design::liner::{Costing, NotAllowed, ServiceCost};

const SMALL: ClassIdx = ClassIdx(0);
const BIG: ClassIdx = ClassIdx(1);

fn same(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

fn check(problem: &LinerProblem, codes: &[&str], vessels: u32, class: ClassIdx) -> Result<ServiceCost, NotAllowed> {
    Costing::new(problem).cost(class, &calls(problem, codes), vessels)
}

/// Midport and Shallows, 480 nm with one small vessel: 120 h are left, 4 knots would do, 10 is the lowest. So 48 h under way, 48 h in
/// port, 72 h of slack.
#[test]
fn a_short_round_trip_sails_at_the_lowest_speed_and_waits() {
    let cost = check(&tiny(), &["XXMID", "XXSHL"], 1, SMALL).unwrap();
    assert_eq!((cost.speed_kn, cost.round_trip_h), (10.0, 96.0));
    assert_eq!(cost.charter_usd, 7000.0);
    assert_eq!(cost.port_calls_usd, -500.0 + 800.0 + 1000.0 + 500.0);
    assert!(same(cost.sailing_usd, 600.0 * 2.0 * 12.0 * (10.0_f64 / 12.0).powi(3)), "{}", cost.sailing_usd);
    assert!(same(cost.idle_usd, 600.0 * 2.0 * 2.0) && same(cost.slack_usd, 600.0 * 3.0 * 2.0));
    assert!(same(cost.weekly_usd(), 7000.0 + 1800.0 + 8333.333333333334 + 2400.0 + 3600.0), "{}", cost.weekly_usd());
}

/// Eastport and Westport by Suez are 16,800 nm both ways, by no canal 24,000, by both 16,000: with 8 vessels and 1,296 h under way the
/// speed is 12.96 by Suez. No canal would need 18.5 knots, too fast; both fees cost more than 800 nm.
#[test]
fn the_cheapest_way_weighs_fees_against_distance() {
    let problem = tiny();
    let cost = check(&problem, &["XXEST", "XXWST"], 8, SMALL).unwrap();
    assert!(cost.legs.iter().all(|leg| leg.canals == Canals::Suez), "{cost:?}");
    assert!(same(cost.speed_kn, 16_800.0 / 1296.0) && same(cost.round_trip_h, 8.0 * 168.0) && same(cost.slack_usd, 0.0));
    assert_eq!(cost.canal_usd, 20_000.0);
    // every other choice of ways is dearer or not allowed
    let costing = Costing::new(&problem);
    let ends = calls(&problem, &["XXEST", "XXWST"]);
    let all = [Canals::None, Canals::Suez, Canals::Panama, Canals::Both];
    let pairs = all.into_iter().flat_map(|out| all.map(|back| [out, back]));
    let others: Vec<_> = pairs.map(|pair| costing.cost_by(SMALL, &ends, 8, &pair)).collect();
    assert!(others.iter().flatten().all(|other| other.weekly_usd() >= cost.weekly_usd()));
    let least = others.iter().flatten().map(ServiceCost::weekly_usd).fold(f64::INFINITY, f64::min);
    assert!(same(least, cost.weekly_usd()));
    assert!(matches!(others[0], Err(NotAllowed::TooLong { .. })));
}

/// Panama is closed to the big class, so of four ways two are left.
#[test]
fn a_closed_canal_is_no_way() {
    let problem = tiny();
    let (costing, ends) = (Costing::new(&problem), calls(&problem, &["XXEST", "XXWST"]));
    let open: Vec<Canals> = costing.routes(BIG, ends[0], ends[1]).iter().map(|way| way.canals).collect();
    assert_eq!(open, [Canals::Suez, Canals::None]);
    assert_eq!(costing.cost_by(BIG, &ends, 9, &[Canals::None, Canals::Panama]), Err(NotAllowed::LegClosed(CallPos(1))));
    // for the small class, Panama alone is longer than Suez and dearer
    let open: Vec<Canals> = costing.routes(SMALL, ends[0], ends[1]).iter().map(|way| way.canals).collect();
    assert_eq!(open, [Canals::Both, Canals::Suez, Canals::None]);
}

/// Each reason for which a service may not run.
#[test]
fn a_service_that_may_not_run_says_why() {
    let problem = tiny();
    let refused = |codes: &[&str], vessels, class| check(&problem, codes, vessels, class).unwrap_err();
    assert_eq!(refused(&[], 1, SMALL), NotAllowed::TooFewPorts);
    assert_eq!(refused(&["XXMID"], 1, SMALL), NotAllowed::TooFewPorts);
    assert_eq!(refused(&["XXMID", "XXMID"], 1, SMALL), NotAllowed::TooFewPorts);
    assert_eq!(refused(&["XXMID", "XXSHL"], 0, SMALL), NotAllowed::NoVessel);
    assert_eq!(refused(&["XXMID", "XXSHL"], 1, BIG), NotAllowed::PortTooShallow(CallPos(1)));
    assert_eq!(refused(&["XXMID", "XXSHL", "XXSHL"], 1, SMALL), NotAllowed::LegClosed(CallPos(1)));
    let too_long = NotAllowed::TooLong { least_h: 16_000.0 / 15.0 + 48.0, available_h: 168.0 };
    assert_eq!(refused(&["XXEST", "XXWST"], 1, SMALL), too_long);
    let ends = calls(&problem, &["XXEST", "XXWST"]);
    let wrong = NotAllowed::WrongLegs { legs: 1, calls: 2 };
    assert_eq!(Costing::new(&problem).cost_by(SMALL, &ends, 8, &[Canals::None]), Err(wrong));
    assert!(too_long.to_string().contains("1114.7 h"), "{too_long}");
}

/// The draught of a leg closes it though both ports are deep enough and its canal is open: a class of 9 m on a way of 8 m.
#[test]
fn a_leg_too_shallow_for_the_class_is_closed() {
    let problem = tiny();
    let (costing, ends) = (Costing::new(&problem), calls(&problem, &["XXEST", "XXMID"]));
    let ways = |class| costing.routes(class, ends[0], ends[1]).len();
    assert_eq!((ways(SMALL), ways(BIG)), (2, 1));
}

/// A port called twice is paid twice, and each visit takes its day.
#[test]
fn a_second_call_at_a_port_counts_in_full() {
    let problem = tiny();
    let cost = check(&problem, &["XXMID", "XXSHL", "XXMID", "XXWST"], 3, SMALL).unwrap();
    assert_eq!(cost.distance_nm, 480.0 + 3360.0);
    assert_eq!(cost.port_calls_usd, 2.0 * 300.0 + 1500.0 + 7200.5);
    assert!(same(cost.idle_usd, 4.0 * 1200.0));
    assert!(same(cost.leg_h(CallPos(0)), 240.0 / cost.speed_kn));
}

/// Vessels from the fewest that can keep up to the number at which the lowest speed is reached, each cheapest at its own best ways.
#[test]
fn useful_numbers_of_vessels_run_from_top_speed_to_lowest() {
    let problem = tiny();
    let (costing, ends) = (Costing::new(&problem), calls(&problem, &["XXEST", "XXWST"]));
    // by both canals at 15 knots: 1,114.7 h of 7 weeks; without canals at 10 knots: 2,448 h of 15 weeks
    let (fewest, weekly) = costing.weekly_by_vessels(SMALL, &ends, 99).unwrap();
    assert_eq!((fewest, weekly.len()), (7, 9));
    for (vessels, weekly) in (fewest..).zip(&weekly) {
        let cost = costing.cost(SMALL, &ends, vessels).unwrap();
        assert!(same(*weekly, cost.weekly_usd()));
        assert!((10.0..=15.0).contains(&cost.speed_kn) && cost.round_trip_h <= 168.0 * f64::from(vessels) + 1e-6);
    }
    assert_eq!(costing.weekly_by_vessels(SMALL, &ends, 8).unwrap().1.len(), 2);
    assert_eq!(costing.weekly_by_vessels(SMALL, &ends, 6), None);
    assert!(matches!(costing.cost(SMALL, &ends, 6), Err(NotAllowed::TooLong { available_h: 1008.0, .. })));
    assert_eq!(costing.vessels(SMALL, 2, 480.0), [1, 1]);
    // 1,800 nm at 15 knots and 2 days in port fill one week to the hour
    assert_eq!(costing.vessels(SMALL, 2, 1800.0), [1, 2]);
    assert_eq!(costing.vessels(SMALL, 2, 1800.0 + 5e-7), [1, 2], "rounding costs no vessel");
}

/// What a service is written as.
#[test]
fn a_cost_becomes_the_service_it_is_of() {
    let problem = tiny();
    let ends: Vec<PortIdx> = calls(&problem, &["XXEST", "XXWST"]);
    let service = Costing::new(&problem).cost(SMALL, &ends, 8).unwrap().service(ends.clone());
    assert_eq!((service.vessels, service.legs, service.calls), (8, vec![Canals::Suez; 2], ends));
}
