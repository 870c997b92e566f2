//! The search finds exactly what the enumeration finds.

use super::brute::{Leg, Merits, World};
use super::plans::{instance, planned};
use proptest::prelude::*;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeSet, HashMap};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use waterbus::domain::*;
use waterbus::publish::{PlanDocument, Rollout};
use waterbus::service::journey::{BoxKind, Fare, HandOver, Journey, JourneyIndex, Query, Untouched, Vacancy, Window};

const TRADES: [Option<Trade>; 7] = [
    None,
    Some(Trade::Export),
    Some(Trade::Import),
    Some(Trade::Transit),
    Some(Trade::Domestic),
    Some(Trade::CrossBorderDomestic),
    Some(Trade::Empty),
];

/// A number from the environment, for the sizes that are run before a release.
fn size<T: std::str::FromStr>(name: &str, usual: T) -> T {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// A plan whose parts are replaced.
fn fixture() -> PlanDocument {
    serde_json::from_str(include_str!("../cli/fixtures/plan-a.json")).expect("the fixture is a plan")
}

fn merits(journeys: &[Journey], query: &Query) -> BTreeSet<Merits> {
    let emitted = |journey: &Journey| if query.by_emissions { journey.co2e_g } else { 0 };
    journeys.iter().map(|j| (j.departure.0, j.arrival.0, j.transshipments(), j.fare.0, emitted(j))).collect()
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
    let index = JourneyIndex::new(plan, Some(problem));
    let journeys = check_found(&index, &world, query);
    for journey in &journeys {
        let known = query.trade.map(|trade| index.check(&journey.rides, BoxKind { trade, reefer: query.reefer }));
        assert!(known.is_none_or(|known| known.is_ok()), "what is found can be booked: {known:?}");
    }
    let document = fixture();
    let rollout = Rollout::new(Arc::new(PlanDocument { plan: plan.clone(), ..document }));
    journeys.iter().for_each(|journey| check_rides(&rollout, query, problem.settings.transfer.0, journey));
}

/// What the search finds is what the enumeration finds, and the quick search finds the earliest of it.
fn check_found(index: &JourneyIndex, world: &World, query: &Query) -> Vec<Journey> {
    let journeys = index.find(query);
    let best = world.best(query);
    assert_eq!(merits(&journeys, query), best, "{:?}", Query { room: None, ..query.clone() });
    assert_eq!(best.len(), journeys.len(), "of ways alike one is enough");
    let single = query.origins.len() == 1 && query.destinations.len() == 1;
    if let (Some(window), None, true) = (query.departure, &query.room, single) {
        // what takes longer may lie beyond the weeks that are enumerated
        let soon = |at: Option<i64>| at.filter(|at| *at < window.from.0 + 20 * 24 * 60);
        let earliest = index.find_earliest(query, window.from).map(|at| at.0);
        assert_eq!(soon(earliest), soon(world.earliest(query, window.from.0)), "{query:?}");
    }
    journeys
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
    for terminal in &mut problem.terminals {
        terminal.open = rng.random_bool(0.3).then(|| (Minutes(rng.random_range(0..700)), Minutes(rng.random_range(800..1440))));
    }
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
        hand_over: rng
            .random_bool(0.3)
            .then(|| HandOver { from: Minutes(rng.random_range(-cycle..3 * cycle)), lead: Minutes(rng.random_range(0..2000)) }),
        fare: rng.random_bool(0.7).then(|| Fare { tariff: tariff(rng), is_empty: rng.random_bool(0.2) }),
        by_emissions: rng.random_bool(0.6),
        room: None,
    }
}

fn tariff(rng: &mut ChaCha8Rng) -> Arc<Tariff> {
    Arc::new(Tariff {
        currency: "RMB".to_owned(),
        freight_cents_per_teu: Cents(rng.random_range(0..20_000)),
        freight_cents_per_teu_km: Cents(rng.random_range(0..300)),
        empty_freight_percent: rng.random_range(0..=100),
        transshipment_cents_per_teu: Cents(rng.random_range(0..10_000)),
        ..Tariff::default()
    })
}

/// Lets some legs be full: some for ever, some from a date on or until then, some on single voyages.
fn fill(rng: &mut ChaCha8Rng, plan: &Plan, index: &JourneyIndex, weeks: std::ops::Range<i64>) -> (Vacancy, BTreeSet<Leg>) {
    let some = |rng: &mut ChaCha8Rng, share: f64| -> BTreeSet<(usize, u32, usize)> {
        let legs = plan.services.iter().enumerate().flat_map(|(row, service)| {
            (0..service.sailings_per_cycle)
                .flat_map(move |sailing| (0..service.calls.len()).map(move |call| (row, sailing, call)))
        });
        legs.filter(|_| rng.random_bool(share)).collect()
    };
    let (before, after) = (some(rng, 0.15), some(rng, 0.1));
    let mut booked = HashMap::new();
    for week in weeks.clone() {
        booked.extend(
            some(rng, 0.1)
                .into_iter()
                .map(|(row, sailing, call)| ((row as u32, week, sailing, call as u16), rng.random_bool(0.3))),
        );
    }
    let returned_until = rng.random_range(weeks.start..weeks.end) * plan.cycle_min.0;
    let mut full = BTreeSet::new();
    for week in weeks {
        for (row, service) in plan.services.iter().enumerate() {
            for sailing in plan.sailings.iter().filter(|sailing| sailing.service == service.service) {
                for (call, times) in sailing.calls.iter().enumerate() {
                    let returned = times.berthing_min.0 + week * plan.cycle_min.0 <= returned_until;
                    let usual = !(if returned { &after } else { &before }).contains(&(row, sailing.number, call));
                    let fits = booked.get(&(row as u32, week, sailing.number, call as u16)).copied().unwrap_or(usual);
                    full.extend((!fits).then_some((row, week, sailing.number, call)));
                }
            }
        }
    }
    let untouched = |row: usize, sailing: u32, call: u16| Untouched {
        before_return: !before.contains(&(row, sailing, usize::from(call))),
        after_return: !after.contains(&(row, sailing, usize::from(call))),
    };
    (Vacancy::new(index, untouched, booked, Minutes(returned_until)), full)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(size("WATERBUS_JOURNEY_TIMETABLES", 64)))]

    /// Timetables nobody would sail, with every rule in play: whatever the search leaves out must be worse than something it found. Six
    /// questions of each timetable, and four of the next kind; before a release 5,000 of both (`WATERBUS_JOURNEY_TIMETABLES`).
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

    /// The same with legs that are full: a way on which a box finds no room is none, and a later barge may be the better one.
    #[test]
    fn no_way_leads_over_a_leg_without_room_and_none_is_missed(seed: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let problem = shuffled(&mut rng);
        let plan = generated(&mut rng, &problem);
        let terminals: Vec<_> = problem.terminals.iter().map(|terminal| terminal.code.clone()).collect();
        let (cycle, month) = (plan.cycle_min.0, 28 * 24 * 60);
        let weeks = -2 - 2 * month / cycle..8 + 2 * month / cycle;
        let mut world = World::new(&plan, &problem, -2 * cycle - month, 6 * cycle + month);
        let index = JourneyIndex::new(&plan, Some(&problem));
        let (vacancy, full) = fill(&mut rng, &plan, &index, weeks);
        world.full = full;
        let vacancy = Arc::new(vacancy);
        for _ in 0..4 {
            let query = Query { room: Some(Arc::clone(&vacancy)), ..query(&mut rng, &terminals, cycle) };
            check_found(&index, &world, &query);
        }
    }
}

/// Queries over all pairs of a real plan, with everything that is compared; before a release 100,000 over pearl-river
/// (`WATERBUS_JOURNEY_QUERIES`, and `WATERBUS_PLAN` for a plan of pearl-river).
#[test]
fn the_search_finds_the_whole_pareto_set_on_a_real_plan() {
    let queries: usize = size("WATERBUS_JOURNEY_QUERIES", 60);
    let (problem, plan) = match std::env::var_os("WATERBUS_PLAN") {
        Some(path) => {
            let plan = waterbus::publish::read_plan(std::path::Path::new(&path)).unwrap().plan;
            (instance(&plan.made_from.instance), plan)
        }
        None => {
            let problem = instance("pearl-delta");
            let plan = planned(&problem, 5);
            (problem, plan)
        }
    };
    let terminals: BTreeSet<_> = plan.services.iter().flat_map(|service| service.calls.clone()).collect();
    let terminals: Vec<_> = terminals.into_iter().collect();
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let index = JourneyIndex::new(&plan, Some(&problem));
    let (cycle, month) = (plan.cycle_min.0, 28 * 24 * 60);
    let (vacancy, full) = fill(&mut rng, &plan, &index, -10..16);
    let vacancy = Arc::new(vacancy);
    let asked = (0..queries).map(|number| {
        let query = query(&mut rng, &terminals, cycle);
        let most_transshipments = query.most_transshipments.min(2);
        Query { most_transshipments, room: (number % 2 == 1).then(|| Arc::clone(&vacancy)), ..query }
    });
    let (asked, next) = (asked.collect::<Vec<Query>>(), AtomicUsize::new(0));
    let some = || {
        let world = || World::new(&plan, &problem, -4 * cycle - month, 8 * cycle + month);
        let mut worlds = [world(), world()];
        worlds[1].full = full.clone();
        let mut found = 0;
        while let Some(query) = asked.get(next.fetch_add(1, Ordering::Relaxed)) {
            found += check_found(&index, &worlds[usize::from(query.room.is_some())], query).len();
        }
        found
    };
    let found: usize = std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|failure| resume_unwind(failure))).sum()
    });
    assert!(found > queries, "{found} ways in {queries} queries prove little");
    println!("{queries} queries, {found} ways");
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
