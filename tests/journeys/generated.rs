//! The search finds exactly what the enumeration finds.

use super::brute::{Merits, World};
use super::plans::{instance, planned};
use proptest::prelude::*;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;
use waterbus::domain::*;
use waterbus::publish::{PlanDocument, Rollout};
use waterbus::service::journey::{Journey, JourneyIndex, Query, Window};

const TRADES: [Option<Trade>; 7] = [
    None,
    Some(Trade::Export),
    Some(Trade::Import),
    Some(Trade::Transit),
    Some(Trade::Domestic),
    Some(Trade::CrossBorderDomestic),
    Some(Trade::Empty),
];

/// A plan whose parts are replaced.
fn fixture() -> PlanDocument {
    serde_json::from_str(include_str!("../cli/fixtures/plan-a.json")).expect("the fixture is a plan")
}

fn merits(journeys: &[Journey]) -> BTreeSet<Merits> {
    journeys.iter().map(|j| (j.departure.0, j.arrival.0, j.transshipments())).collect()
}

/// What each way says of itself must be so: rides join, barges wait for each other, times are those of the calls.
fn check_rides(rollout: &Rollout, query: &Query, transfer: i64, journey: &Journey) {
    let end = |ride: waterbus::publish::DatedRide, at: CallPos| {
        let calls = &rollout.service(ride.voyage).calls;
        (calls[at.row() % calls.len()].clone(), rollout.call(ride.voyage, at.row()).expect("the call has times"))
    };
    let (first, last) = (journey.rides[0], journey.rides[journey.rides.len() - 1]);
    assert!(query.origins.contains(&end(first, first.from).0) && query.destinations.contains(&end(last, last.to).0));
    assert_eq!(end(first, first.from).1.departure_min, journey.departure);
    assert_eq!(end(last, last.to).1.arrival_min, journey.arrival);
    for pair in journey.rides.windows(2) {
        let ((off, discharge), (on, loading)) = (end(pair[0], pair[0].to), end(pair[1], pair[1].from));
        assert_eq!(off, on);
        assert!(loading.berthing_min.0 >= discharge.departure_min.0 + transfer);
    }
}

/// One query, both ways.
fn compare(problem: &Problem, plan: &Plan, query: &Query) {
    let windows: Vec<Window> = [query.departure, query.arrival].into_iter().flatten().collect();
    let from = windows.iter().map(|window| window.from.0).min().expect("a query has a window");
    let until = windows.iter().map(|window| window.until.0).max().expect("a query has a window");
    let month = 28 * 24 * 60;
    let world = World::new(plan, problem, from - month, until + month);
    let journeys = JourneyIndex::new(plan, Some(problem)).find(query);
    assert_eq!(merits(&journeys), world.best(query), "{query:?}");
    assert_eq!(merits(&journeys).len(), journeys.len(), "of ways alike one is enough");
    let document = fixture();
    let rollout = Rollout::new(Arc::new(PlanDocument { plan: plan.clone(), ..document }));
    journeys.iter().for_each(|journey| check_rides(&rollout, query, problem.settings.transfer.0, journey));
}

/// The toy's four terminals with other rules: some transship, some lie outside, some lack a trade.
fn shuffled(rng: &mut ChaCha8Rng) -> Problem {
    let mut problem = instance("toy");
    let regions = [Region::Guangdong, Region::Guangdong, Region::HongKong];
    for terminal in &mut problem.terminals {
        terminal.transshipment = rng.random_bool(0.7);
        terminal.region = regions[rng.random_range(0..3)];
        terminal.foreign_trade = rng.random_bool(0.8);
        terminal.domestic_trade = rng.random_bool(0.8);
    }
    let any = |rng: &mut ChaCha8Rng| TerminalIdx(rng.random_range(0..4));
    problem.cross_border = (0..4).map(|_| [any(rng), any(rng), any(rng)]).collect();
    problem.settings.transfer = Minutes(rng.random_range(0..300));
    problem
}

/// Services with uneven sailings that overtake each other, and vessels that go on from one voyage to the next.
fn generated(rng: &mut ChaCha8Rng, problem: &Problem) -> Plan {
    let document = fixture();
    let cycle = rng.random_range(1500..4000);
    let mut plan =
        Plan { cycle_min: Minutes(cycle), services: vec![], sailings: vec![], slots: vec![], shipments: vec![], ..document.plan };
    for number in 0..rng.random_range(1..=4) {
        let (service, sailings) = service(rng, problem, ServiceCode(format!("S{number}")), cycle);
        plan.slots.extend((0..sailings.len() as u32).map(|sailing| slots(rng, &service.service, sailing)));
        plan.shipments.extend((0..2).map(|_| shipment(rng, &service)));
        plan.services.push(service);
        plan.sailings.extend(sailings);
    }
    plan
}

fn service(rng: &mut ChaCha8Rng, problem: &Problem, code: ServiceCode, cycle: i64) -> (Service, Vec<Sailing>) {
    let calls: Vec<TerminalCode> =
        (0..rng.random_range(2..=5)).map(|_| problem.terminals[rng.random_range(0..4)].code.clone()).collect();
    let count = rng.random_range(1..=3u32);
    let mut sailings: Vec<Sailing> = (0..count).map(|number| sailing(rng, &code, number, calls.len(), cycle)).collect();
    let vessels =
        (1..).find(|vessels| (0..count).all(|k| fits(&sailings, k, *vessels, cycle))).expect("with enough vessels there is time");
    for k in 0..count {
        let next = k + vessels;
        let back = sailings[k as usize].back_at_min.0 - i64::from(next / count) * cycle;
        sailings[(next % count) as usize].calls[0].arrival_min = Minutes(back);
    }
    let regime = [Regime::Foreign, Regime::Domestic, Regime::Mixed][rng.random_range(0..3)];
    let service = Service {
        service: code,
        operator: "OP1".into(),
        class: "B60".into(),
        registered: true,
        regime,
        mixed_direction: rng.random_bool(0.5),
        vessels,
        sailings_per_cycle: count,
        calls,
    };
    (service, sailings)
}

fn sailing(rng: &mut ChaCha8Rng, code: &ServiceCode, number: u32, calls: usize, cycle: i64) -> Sailing {
    let mut clock = rng.random_range(0..cycle);
    let mut times = Vec::new();
    for call in 0..calls {
        let arrival = clock;
        clock += if call == 0 { 0 } else { rng.random_range(0..60) };
        let berthing = clock;
        clock += rng.random_range(1..90);
        times.push(CallTimes {
            arrival_min: Minutes(arrival),
            berthing_min: Minutes(berthing),
            departure_min: Minutes(clock),
            berth: 0,
        });
        clock += rng.random_range(1..900);
    }
    Sailing { service: code.clone(), number, calls: times, back_at_min: Minutes(clock) }
}

/// Whether the vessel is back before its next voyage is berthed.
fn fits(sailings: &[Sailing], k: u32, vessels: u32, cycle: i64) -> bool {
    let next = k + vessels;
    let berthing = sailings[next as usize % sailings.len()].calls[0].berthing_min.0;
    sailings[k as usize].back_at_min.0 <= berthing + i64::from(next) / sailings.len() as i64 * cycle
}

fn slots(rng: &mut ChaCha8Rng, service: &ServiceCode, sailing: u32) -> LegSlots {
    let plugs = if rng.random_bool(0.2) { 0 } else { 4 };
    LegSlots {
        service: service.clone(),
        sailing,
        leg: CallPos(0),
        capacity_teu: Teu(60),
        used_teu: Teu(0),
        free_teu: Teu(60),
        capacity_kg: Kg(0),
        used_kg: Kg(0),
        reefer_plugs: Teu(plugs),
        used_plugs: Teu(0),
        allotments: vec![],
    }
}

fn shipment(rng: &mut ChaCha8Rng, service: &Service) -> Shipment {
    let calls = service.calls.len() as u16;
    let from = rng.random_range(0..calls);
    let ride = Ride {
        service: service.service.clone(),
        sailing: rng.random_range(0..service.sailings_per_cycle),
        from_call: CallPos(from),
        to_call: CallPos(from + rng.random_range(1..calls.max(2))),
    };
    let trade = if rng.random_bool(0.5) { Trade::Export } else { Trade::Import };
    let (origin, destination) = (service.calls[0].clone(), service.calls[0].clone());
    Shipment { demand: "D".into(), origin, destination, trade, cargo: Cargo::Dry, volume_teu: Teu(1), rides: vec![ride] }
}

/// A random question about a timetable of this cycle.
fn query(rng: &mut ChaCha8Rng, terminals: &[TerminalCode], cycle: i64) -> Query {
    let some = |rng: &mut ChaCha8Rng| -> Vec<TerminalCode> {
        (0..rng.random_range(1..=2)).map(|_| terminals[rng.random_range(0..terminals.len())].clone()).collect()
    };
    let window = |rng: &mut ChaCha8Rng| {
        let from = rng.random_range(-2 * cycle..4 * cycle);
        Window { from: Minutes(from), until: Minutes(from + rng.random_range(1..2 * cycle)) }
    };
    let kind = rng.random_range(0..3);
    Query {
        origins: some(rng),
        destinations: some(rng),
        departure: (kind != 1).then(|| window(rng)),
        arrival: (kind != 0).then(|| window(rng)),
        most_transshipments: rng.random_range(0..=4),
        trade: TRADES[rng.random_range(0..TRADES.len())],
        reefer: rng.random_bool(0.2),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Timetables nobody would sail, with every rule in play: whatever the search leaves out must be worse than something it found.
    #[test]
    fn the_search_finds_every_best_way_through_generated_timetables(seed: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let problem = shuffled(&mut rng);
        let plan = generated(&mut rng, &problem);
        let terminals: Vec<_> = problem.terminals.iter().map(|terminal| terminal.code.clone()).collect();
        for _ in 0..6 {
            compare(&problem, &plan, &query(&mut rng, &terminals, plan.cycle_min.0));
        }
    }
}

/// Real timetables: all pairs of terminals of the toy and some of the delta, by departure and by arrival.
#[test]
fn the_search_finds_every_best_way_through_planned_timetables() {
    for (name, work, queries) in [("toy", 20, 30), ("pearl-delta", 5, 40)] {
        let problem = instance(name);
        let plan = planned(&problem, work);
        let terminals: BTreeSet<_> = plan.services.iter().flat_map(|service| service.calls.clone()).collect();
        let terminals: Vec<_> = terminals.into_iter().collect();
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let mut found = 0;
        for _ in 0..queries {
            let mut query = query(&mut rng, &terminals, plan.cycle_min.0);
            query.most_transshipments = query.most_transshipments.min(2);
            compare(&problem, &plan, &query);
            found += JourneyIndex::new(&plan, Some(&problem)).find(&query).len();
        }
        assert!(found > queries, "{name}: {found} ways in {queries} queries prove little");
    }
}

/// Without the instance nobody knows where boxes may change barges, so they do not.
#[test]
fn nothing_is_transshipped_where_nobody_says_that_it_may_be() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut problem = instance("toy");
    problem.terminals.iter_mut().for_each(|terminal| terminal.transshipment = true);
    let plan = generated(&mut rng, &problem);
    let terminals: Vec<_> = problem.terminals.iter().map(|terminal| terminal.code.clone()).collect();
    let month = Window { from: Minutes(0), until: Minutes(30 * 24 * 60) };
    let mut changes = 0;
    for (from, to) in terminals.iter().flat_map(|a| terminals.iter().map(move |b| (a, b))) {
        let query = Query {
            origins: vec![from.clone()],
            destinations: vec![to.clone()],
            departure: Some(month),
            most_transshipments: 3,
            ..Query::default()
        };
        assert!(JourneyIndex::new(&plan, None).find(&query).iter().all(|journey| journey.transshipments() == 0));
        changes +=
            JourneyIndex::new(&plan, Some(&problem)).find(&query).iter().filter(|journey| journey.transshipments() > 0).count();
    }
    assert!(changes > 0);
}
