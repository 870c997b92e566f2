//! Journeys against brute force, and the same search twice.

use super::ceiling::Legs;
use super::cost::Costing;
use super::market::{Liner, Placed};
use super::moves::Charts;
use super::routing::{Lane, Ride, Router};
use super::{LinerOptions, design};
use crate::domain::Limit;
use crate::domain::liner::{Canals, Case, LinerClass, LinerDemand, LinerProblem, LinerRules, Port, PortIdx, SeaRoute, SeaRoutes};
use crate::optimize::control::Control;
use crate::optimize::design::anneal::Market;
use crate::optimize::flow::lp::{FlowLp, Pricing, Way as CargoWay};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Ports at random places, and demand between all of them.
pub(super) fn problem(ports: usize, limits_transit: bool, rng: &mut ChaCha8Rng) -> LinerProblem {
    let places: Vec<(f64, f64)> = (0..ports).map(|_| (rng.random_range(0.0..900.0), rng.random_range(0.0..900.0))).collect();
    let pairs: Vec<[usize; 2]> =
        (0..ports).flat_map(|from| (0..ports).map(move |to| [from, to])).filter(|[from, to]| from != to).collect();
    let way = |[from, to]: [usize; 2]| {
        let distance_nm = 50.0 + (places[from].0 - places[to].0).hypot(places[from].1 - places[to].1);
        ([from.into(), to.into()], SeaRoute { canals: Canals::None, distance_nm, draft_m: None })
    };
    let ways = pairs.iter().map(|pair| way(*pair)).collect();
    LinerProblem {
        name: "drawn".to_owned(),
        case: Case::Base,
        demand_file: "none".to_owned(),
        limits_transit,
        ports: (0..ports)
            .map(|row| Port {
                code: format!("P{row}"),
                name: String::new(),
                draft_m: None,
                handling_usd_per_ffe: 50.0,
                transshipment_usd_per_ffe: f64::from(rng.random_range(0..60u32)),
                call_usd: 3000.0,
                call_usd_per_ffe: 5.0,
            })
            .collect(),
        classes: vec![LinerClass {
            name: "small".to_owned(),
            vessels: 6,
            capacity_ffe: 300.0,
            charter_usd_per_day: 3000.0,
            draft_m: 8.0,
            min_speed_kn: 10.0,
            max_speed_kn: 16.0,
            design_speed_kn: 13.0,
            fuel_t_per_day: 20.0,
            idle_t_per_day: 2.0,
            panama_usd: None,
            suez_usd: None,
        }],
        routes: SeaRoutes::new(ports, ways),
        demands: pairs
            .iter()
            .map(|[from, to]| LinerDemand {
                origin: PortIdx::from(*from),
                destination: PortIdx::from(*to),
                ffe_per_week: f64::from(rng.random_range(5..90u32)),
                rate_usd_per_ffe: f64::from(rng.random_range(200..900u32)),
                transit_days: f64::from(rng.random_range(2..14u32)),
            })
            .collect(),
        rules: LinerRules::default(),
    }
}

struct Drawn {
    calls: Vec<PortIdx>,
    prices: Vec<f64>,
    hours: Vec<f64>,
}

/// The cheapest journey from a port, tried out ride by ride; no port is visited twice.
fn try_all(problem: &LinerProblem, lanes: &[Drawn], visited: &mut Vec<PortIdx>, to: PortIdx, hours_left: f64) -> f64 {
    let at = visited[visited.len() - 1];
    if at == to {
        return 0.0;
    }
    let mut least = f64::INFINITY;
    for lane in lanes {
        for start in (0..lane.calls.len()).filter(|start| lane.calls[*start] == at) {
            let (mut cost, mut hours) = (0.0, 0.0);
            for more in 0..lane.calls.len() - 1 {
                let leg = (start + more) % lane.calls.len();
                cost += lane.prices[leg];
                hours += lane.hours[leg];
                let next = lane.calls[(leg + 1) % lane.calls.len()];
                if hours <= hours_left && !visited.contains(&next) {
                    let (stop, rest_h) = if next == to {
                        (0.0, hours_left - hours)
                    } else {
                        let wait = problem.rules.transshipment_h;
                        (problem.port(next).transshipment_usd_per_ffe, hours_left - hours - wait)
                    };
                    visited.push(next);
                    least = least.min(cost + stop + try_all(problem, lanes, visited, to, rest_h));
                    visited.pop();
                }
                hours += problem.rules.stay_h;
            }
        }
    }
    least
}

fn cost_of(problem: &LinerProblem, lanes: &[Drawn], rides: &[Ride]) -> (f64, f64) {
    let (mut cost, mut hours) = (0.0, 0.0);
    for (place, ride) in rides.iter().enumerate() {
        let lane = &lanes[ride.lane as usize];
        if place > 0 {
            cost += problem.port(lane.calls[ride.from as usize]).transshipment_usd_per_ffe;
            hours += problem.rules.transshipment_h;
        }
        let mut leg = ride.from as usize;
        while leg != ride.to as usize {
            hours += if leg == ride.from as usize { 0.0 } else { problem.rules.stay_h };
            cost += lane.prices[leg];
            hours += lane.hours[leg];
            leg = (leg + 1) % lane.calls.len();
        }
    }
    (cost, hours)
}

/// Services with repeated calls, prices with many zeros, free transshipment: the journeys cost what trying all of them finds, with and
/// without transit times.
#[test]
fn cheapest_journeys_are_those_that_trying_all_finds() {
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let mut late = 0;
    for case in 0..400 {
        let timed = case % 2 == 1;
        let problem = problem(rng.random_range(3..6), timed, &mut rng);
        let lanes: Vec<Drawn> = (0..rng.random_range(1..4))
            .map(|_| {
                let mut calls: Vec<PortIdx> =
                    (0..rng.random_range(2..7)).map(|_| rng.random_range(0..problem.ports.len()).into()).collect();
                calls.dedup();
                let price = |rng: &mut ChaCha8Rng| f64::from(rng.random_range(0..4u32)) * 20.0;
                let prices = calls.iter().map(|_| price(&mut rng)).collect();
                let hours = calls.iter().map(|_| rng.random_range(5.0..60.0)).collect();
                Drawn { calls, prices, hours }
            })
            .filter(|lane| lane.calls.len() > 1 && lane.calls.first() != lane.calls.last())
            .collect();
        let mut router = Router::new(&problem);
        router.update(&problem, lanes.iter().map(|lane| Lane { calls: &lane.calls, prices: &lane.prices, hours: &lane.hours }));
        let mut rides = Vec::new();
        for (row, demand) in problem.demands.iter().enumerate() {
            let limit = if timed { demand.transit_days * 24.0 } else { f64::INFINITY };
            let least = try_all(&problem, &lanes, &mut vec![demand.origin], demand.destination, limit);
            let found = router.cost(&problem, row);
            assert!(least == found || (least - found).abs() < 1e-3, "case {case}: {found} instead of {least}");
            if router.rides(&problem, row, &mut rides) {
                let (cost, hours) = cost_of(&problem, &lanes, &rides);
                assert!((cost - found).abs() < 1e-3 && hours <= limit + 1e-6, "case {case}: {rides:?}");
            } else {
                assert!(found.is_infinite());
                let free = try_all(&problem, &lanes, &mut vec![demand.origin], demand.destination, f64::INFINITY);
                late += u32::from(free.is_finite());
            }
        }
    }
    assert!(late > 50, "transit times hardly mattered: {late}");
}

/// All ways of a liner network.
pub(super) struct AllWays<'a, 'p>(pub &'a mut Liner<'p>, pub &'a [Placed]);

impl Pricing for AllWays<'_, '_> {
    fn price(&mut self, lp: &FlowLp, found: &mut Vec<CargoWay>) -> f64 {
        self.0.price(self.1, lp, -1e-6, found);
        f64::INFINITY
    }
}

/// A change is refused by a ceiling, so no flow may be worth more, whatever the prices it starts from; and with no target it comes down
/// close to the flow's worth.
#[test]
fn no_flow_is_worth_more_than_a_ceiling() {
    let mut rng = ChaCha8Rng::seed_from_u64(17);
    let mut gaps = Vec::new();
    for case in 0..200 {
        let problem = problem(rng.random_range(3..8), case % 2 == 1, &mut rng);
        let costing = Costing::new(&problem);
        let charts = Charts::new(&costing);
        let options = LinerOptions { seed: 1, threads: 1, most_visits: None, most_weeks: None };
        let (mut liner, mut lp) = Liner::new(&costing, &charts, &options);
        let mut network = Vec::new();
        for _ in 0..rng.random_range(1..4) {
            let calls: Vec<PortIdx> =
                (0..rng.random_range(2..6)).map(|_| rng.random_range(0..problem.ports.len()).into()).collect();
            if let Some(service) = liner.service(0.into(), &calls, Some(rng.random_range(1..7))) {
                network.push(liner.place(&service, &mut lp));
            }
        }
        assert!(lp.solve(&mut AllWays(&mut liner, &network), u64::MAX / 2, f64::NEG_INFINITY), "case {case}");
        let legs = Legs::of(&problem, &network);
        let count = network.iter().map(|placed| placed.legs().len()).sum();
        let prices = (0..count).map(|_| f64::from(rng.random_range(0..500u32))).collect();
        let ceiling = liner.lower_ceiling(&legs, prices, 0.9 * lp.value());
        assert!(ceiling >= lp.value() - 1e-6, "case {case}: {ceiling} below {}", lp.value());
        if lp.value() > 0.0 {
            gaps.push(ceiling / lp.value() - 1.0);
        }
    }
    gaps.sort_by(f64::total_cmp);
    assert!(gaps.len() > 100 && gaps[gaps.len() / 2] < 0.1, "ceilings stay high: {:?}", gaps.get(gaps.len() / 2));
}

/// A network that repeats is one that can be discussed; two threads beside the bound exchange what they found and still repeat.
#[test]
fn the_same_seed_work_and_threads_give_the_same_network() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for timed in [false, true] {
        let problem = problem(6, timed, &mut rng);
        let options = LinerOptions { seed: 4, threads: 3, most_visits: Some(2), most_weeks: Some(3) };
        let run = || design(&problem, &options, &Control::silent(Limit::Work(10)));
        let first = run();
        assert_eq!(first, run());
        assert!(!first.services.is_empty() && first.value > problem.empty_usd() && first.value <= first.bound);
        for service in &first.services {
            let visits = service.calls.iter().map(|port| service.calls.iter().filter(|call| *call == port).count());
            assert!(visits.max() <= Some(2) && service.vessels <= 3, "{service:?}");
        }
        assert!(first.services.iter().map(|service| service.vessels).sum::<u32>() <= 6);
    }
}

/// Who cancels gets the best network so far, at once.
#[test]
fn a_cancelled_search_gives_back_a_network() {
    let problem = problem(6, false, &mut ChaCha8Rng::seed_from_u64(8));
    let options = LinerOptions { seed: 1, threads: 1, most_visits: None, most_weeks: None };
    let control = Control::silent(Limit::TimeS(1000));
    control.cancel();
    assert_eq!(design(&problem, &options, &control).value, problem.empty_usd());
}
