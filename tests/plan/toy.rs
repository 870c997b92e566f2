//! The toy instance, whose optimum stands in its README.

use super::brute::{Service, World};
use super::planning::{instance, planned, profit, proof, request};
use std::hint::spin_loop;
use std::sync::atomic::{AtomicBool, Ordering};
use waterbus::domain::{ProofStatus, Stage, Teu};
use waterbus::publish::to_json;
use waterbus::waterway::Waterway;

/// What `instances/toy/README.md` derives by hand.
const PROFIT: f64 = 15_100.0;

/// The one network whose best plan is known without a computer: the planner must find it to the cent, prove it, and break no rule.
#[test]
fn the_plan_of_the_toy_earns_what_is_derived_by_hand() {
    let problem = instance("toy");
    let plan = planned(&problem, &request(200));
    assert_eq!(plan.report.violations, []);
    assert_eq!(profit(&plan), PROFIT);
    assert_eq!(problem.settings.expect.profit_rmb_min, PROFIT);
    assert_eq!(plan.report.indicators.carried_teu, Teu(400));
    assert_eq!(plan.report.indicators.demand_teu, Teu(420));
    for stage in [Stage::Design, Stage::Slots, Stage::Plan] {
        let proof = proof(&plan, stage);
        assert_eq!(proof.status, ProofStatus::Optimal, "{proof:?}");
        assert!(proof.gap < 1e-9, "{proof:?}");
    }
}

/// The derivation must hold against everything: each rotation, class, number of vessels and sailings, alone and two by two.
#[test]
fn no_network_of_two_services_earns_more_than_the_toy_plan() {
    let problem = instance("toy");
    let waterway = Waterway::new(&problem);
    let world = World { problem: &problem, waterway: &waterway };
    let rotations = world.rotations(4);
    assert_eq!(rotations.len(), 20, "6 pairs, 8 rounds of three, 6 of four");
    let services: Vec<Service> = rotations.iter().flat_map(|calls| world.services(calls)).collect();
    let (best, network) = world.best(&services);
    assert!((best - PROFIT).abs() < 1e-6, "{best} by {network:?}");
    assert_eq!(profit(&planned(&problem, &request(20))), PROFIT);
}

/// A plan must be made again byte for byte, or nobody could check it; other work on the machine must not show in it.
#[test]
fn the_same_seed_gives_the_same_toy_plan_ten_times_out_of_ten() {
    let problem = instance("toy");
    let text = || to_json(&planned(&problem, &request(20)));
    let first = text();
    let busy = AtomicBool::new(true);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while busy.load(Ordering::Relaxed) {
                    spin_loop();
                }
            });
        }
        let again: Vec<String> = (1..10).map(|_| text()).collect();
        busy.store(false, Ordering::Relaxed);
        assert!(again.iter().all(|other| *other == first));
    });
}
