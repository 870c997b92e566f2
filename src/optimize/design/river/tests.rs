use super::*;
use crate::domain::{Minutes, Problem};
use crate::input::{Size, generate, read_tables};
use crate::optimize::flow::customs_delay;
use crate::waterway::Waterway;
use rand::SeedableRng;

/// Shuttles between a hub and all other terminals, placed on a new flow: demands carried with a transshipment, and whether each way is
/// in time as passages, waits, stays and a part of the headway add up.
fn served(problem: &Problem, seed: u64) -> (usize, bool) {
    let waterway = Waterway::new(problem);
    let scene = Scene::new(problem, &waterway, Practice::WaterBus);
    let (mut river, mut lp) = River::new(&scene, Vec::new());
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let others = (1..problem.terminals.len()).map(TerminalIdx::from);
    let services: Vec<Service> = others.filter_map(|at| river.on_calls(&[TerminalIdx(0), at], None, &mut rng)).collect();
    let placed: Vec<Placed> = services.iter().map(|service| river.place(service, &mut lp)).collect();
    let sails = |(service, ride): (u32, u32)| {
        let service = &services[service as usize];
        let (calls, ride) = (&service.rotation.calls, service.rotation.rides[ride as usize]);
        let class = problem.fleet(service.choice().fleet).class;
        // a shuttle calls nowhere on the way
        let passage = waterway.passage(class, calls[ride.from % 2], calls[ride.to % 2]);
        passage.map_or(Minutes(i64::MAX), |passage| passage.duration())
    };
    let (mut changing, mut in_time) = (0, true);
    for (demand, place) in river.served(&placed, &lp) {
        let demand = problem.demand(demand);
        let (_, _, leg) = river.reach[place];
        let mut time = customs_delay(problem, demand).0 as f64 + sails(leg.last).0 as f64;
        if let Some(first) = leg.first {
            changing += 1;
            let onward = services[leg.last.0 as usize].choice();
            let at_hub = problem.terminal(TerminalIdx(0)).wait + problem.settings.min_handling * 2 + problem.settings.transfer;
            let headway = problem.settings.cycle.0 as f64 / f64::from(onward.sailings);
            time += sails(first).0 as f64 + at_hub.0 as f64 + HEADWAY_WAITED * headway;
        }
        in_time &= time <= demand.max_transit.0 as f64;
    }
    (changing, in_time)
}

/// Cargo is carried in time by the vessels that carry it, and where it changes vessels the wait counts: with all the time there is, more of
/// it is.
#[test]
fn cargo_is_carried_only_where_it_is_in_time() {
    let (mut changing, mut at_leisure) = (0, 0);
    for seed in 1..=16 {
        let size = Size { terminals: 12, hubs: 2, demands: 120, ..Size::default() };
        let mut problem = read_tables(&generate(&size, seed)).unwrap_or_else(|errors| panic!("{errors}"));
        problem.demands.iter_mut().for_each(|demand| demand.max_transit = demand.max_transit.min(Minutes(60 * 48)));
        let (count, in_time) = served(&problem, seed);
        assert!(in_time, "seed {seed}: a way is late");
        changing += count;
        problem.demands.iter_mut().for_each(|demand| demand.max_transit = Minutes(60 * 1000));
        at_leisure += served(&problem, seed).0;
    }
    assert!(changing > 10 && changing + 20 < at_leisure, "{changing} change vessels, {at_leisure} with time");
}
