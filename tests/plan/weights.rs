//! What counts beside money: the plan that is worth most is found, and the search goes where the weights pull.

use super::brute::{Service, World};
use super::planning::{instance, planned, profit, proof, request};
use waterbus::domain::{CO2_DIESEL, Cents, Problem, ProofStatus, Stage, Weights};
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::pipeline::Request;
use waterbus::waterway::Waterway;

fn rmb(units: i64) -> Cents {
    Cents(units * 100)
}

fn co2(rmb_per_t: i64) -> Weights {
    Weights { co2_cents_per_t: rmb(rmb_per_t), ..Weights::default() }
}

fn weighed(work: u64, weights: Weights) -> Request {
    Request { weights, ..request(work) }
}

/// The most money that a network of one or two services earns.
fn most(problem: &Problem) -> f64 {
    let world = World { problem, waterway: &Waterway::new(problem) };
    let services: Vec<Service> = world.rotations(4).iter().flat_map(|calls| world.services(calls)).collect();
    world.best(&services).0
}

/// A tonne of CO2 at 1,500 is diesel at 1,500 x 3.206 more a tonne, and 40 for a box is a rate that is 40 higher: a search through all
/// networks at these prices finds what the planner's best plan is worth.
#[test]
fn the_toy_by_weights_is_worth_what_a_search_through_all_networks_finds() {
    let problem = instance("toy");
    let mut dearer = problem.clone();
    dearer.settings.diesel_cents_per_t += Cents((150_000.0 * CO2_DIESEL) as i64);
    let mut richer = problem.clone();
    richer.demands.iter_mut().for_each(|demand| demand.rate += rmb(40));
    let carried = Weights { carried_cents_per_teu: rmb(40), ..Weights::default() };
    for (weights, priced) in [(co2(1_500), dearer), (carried, richer)] {
        let plan = planned(&problem, &weighed(50, weights));
        assert_eq!(plan.report.violations, []);
        assert_eq!(plan.plan.made_from.weights, weights);
        let (worth, best) = (weights.worth(&plan.report).units(), most(&priced));
        assert!((worth - best).abs() < 0.05, "{weights:?}: {worth}, but {best} can be had");
        assert_eq!(proof(&plan, Stage::Plan).status, ProofStatus::Optimal, "{weights:?}");
    }
}

/// No network of the toy earns 2,500 a tonne of its emissions: at 10,000 a tonne the best is to stay in port.
#[test]
fn nothing_sails_where_emissions_count_more_than_any_cargo_brings() {
    let plan = planned(&instance("toy"), &weighed(50, co2(10_000)));
    assert_eq!((plan.plan.services.len(), profit(&plan)), (0, 0.0));
    assert_eq!(proof(&plan, Stage::Plan).status, ProofStatus::Optimal);
}

/// A planner who weighs the time of boxes gets another plan than one who does not: boxes are under way for less time, and by this measure
/// it is the better plan.
#[test]
fn a_weight_on_time_brings_boxes_sooner() {
    let size = Size { terminals: 8, hubs: 2, demands: 60, mothers: 2, ..Size::default() };
    let problem = read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    let weights = Weights { transit_cents_per_teu_day: rmb(60), ..Weights::default() };
    let (money, time) = (planned(&problem, &request(1)), planned(&problem, &weighed(1, weights)));
    assert_eq!(time.report.violations, []);
    let [slow, fast] = [&money, &time].map(|plan| plan.report.indicators.mean_transit_h);
    assert!(fast < slow, "{fast} h on the mean against {slow} h");
    assert!(weights.worth(&time.report) > weights.worth(&money.report));
    assert!(profit(&time) < profit(&money), "it costs money, or the first plan would have been the same");
}
