//! Speed of asking for ways: the index, and searches between all pairs of terminals. `WATERBUS_PLAN` may name a plan of pearl-river;
//! without it a small plan of pearl-delta is made first.

#![expect(clippy::print_stdout, reason = "percentiles, which criterion does not tell")]

#[path = "journeys/labels.rs"]
mod labels;

use criterion::{Criterion, criterion_group, criterion_main};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use waterbus::audit::audit;
use waterbus::domain::{Cents, Limit, Minutes, Plan, Problem, Report, Tariff, TerminalCode};
use waterbus::input::read_instance;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::publish::dcsa::Dcsa;
use waterbus::publish::{PlanDocument, Rollout, read_plan};
use waterbus::service::journey::{Fare, JourneyIndex, Query, Window};
use waterbus::waterway::Waterway;

const DAY: i64 = 24 * 60;

fn instance(name: &str) -> Problem {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(name);
    read_instance(&folder).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A plan and the instance it was made from.
fn planned() -> (Problem, PlanDocument) {
    if let Some(path) = std::env::var_os("WATERBUS_PLAN") {
        let document = read_plan(Path::new(&path)).unwrap_or_else(|error| panic!("{error}"));
        return (instance(&document.plan.made_from.instance), document);
    }
    let problem = instance("pearl-delta");
    let (plan, report) = make(&problem);
    (problem, PlanDocument { plan, report })
}

fn make(problem: &Problem) -> (Plan, Report) {
    let (waterway, limit) = (Waterway::new(problem), Limit::Work(5));
    let auditor = |plan: &Plan| audit(problem, &waterway, plan);
    let request = Request::new(limit, 1, "bench");
    match plan(problem, &waterway, &request, &auditor, &Control::silent(limit)) {
        Outcome::Plan(plan, report) => (*plan, *report),
        Outcome::NoPlan { reason } => panic!("no plan: {reason}"),
    }
}

/// A question for every pair of terminals: departures of some days, up to two changes of barges.
fn queries(plan: &Plan, days: i64) -> Vec<Query> {
    let terminals: std::collections::BTreeSet<&TerminalCode> = plan.services.iter().flat_map(|service| &service.calls).collect();
    let window = Window { from: Minutes(1000 * DAY), until: Minutes((1000 + days) * DAY) };
    let query = |from: &TerminalCode, to: &TerminalCode| Query {
        origins: vec![from.clone()],
        destinations: vec![to.clone()],
        departure: Some(window),
        most_transshipments: 2,
        ..Query::default()
    };
    let pairs = terminals.iter().flat_map(|a| terminals.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
    pairs.map(|(from, to)| query(from, to)).collect()
}

/// The timetable as a plain graph: every call of five weeks as a berthing, a departure and an arrival; a box waits, boards, stays on board,
/// rides, goes ashore, and is where it wants to be.
struct Expanded {
    graph: DiGraph<(), u32>,
    /// Berthings at each terminal by time.
    boardings: BTreeMap<TerminalCode, Vec<(i64, NodeIndex)>>,
    there: BTreeMap<TerminalCode, NodeIndex>,
}

impl Expanded {
    fn new(plan: &Plan, problem: &Problem, from: i64) -> Self {
        let rollout = Rollout::new(Arc::new(PlanDocument { plan: plan.clone(), report: make_report(problem, plan) }));
        let mut expanded = Self { graph: DiGraph::new(), boardings: BTreeMap::new(), there: BTreeMap::new() };
        let mut ashore = Vec::new();
        for (row, service) in plan.services.iter().enumerate() {
            let mut departures = BTreeMap::new();
            for voyage in rollout.voyages(row, Minutes(from), Minutes(from + 35 * DAY)) {
                for (position, terminal) in service.calls.iter().enumerate() {
                    let times = rollout.call(voyage, position).expect("a call has times");
                    let [berthing, departure, arrival] = [(); 3].map(|()| expanded.graph.add_node(()));
                    expanded.boardings.entry(terminal.clone()).or_default().push((times.berthing_min.0, berthing));
                    let minutes = |a: Minutes, b: Minutes| u32::try_from((b - a).0.max(0)).unwrap_or(u32::MAX);
                    expanded.graph.add_edge(berthing, departure, minutes(times.berthing_min, times.departure_min));
                    expanded.graph.add_edge(arrival, departure, minutes(times.arrival_min, times.departure_min));
                    departures.insert((rollout.vessel(voyage), times.departure_min), (departure, arrival, times.arrival_min));
                    let there = *expanded.there.entry(terminal.clone()).or_insert_with(|| expanded.graph.add_node(()));
                    expanded.graph.add_edge(arrival, there, 0);
                    let at = problem.find_terminal(terminal).map(|at| problem.terminal(at));
                    if at.is_some_and(|at| at.transshipment) {
                        let ready = times.departure_min + problem.settings.transfer;
                        ashore.push((terminal.clone(), ready.0, arrival, minutes(times.arrival_min, ready)));
                    }
                }
            }
            let sailed: Vec<_> = departures.into_iter().collect();
            for pair in sailed.windows(2).filter(|pair| pair[0].0.0 == pair[1].0.0) {
                let minutes = (pair[1].1.2 - pair[0].0.1).0.max(0);
                expanded.graph.add_edge(pair[0].1.0, pair[1].1.1, minutes as u32);
            }
        }
        expanded.join(ashore);
        expanded
    }

    fn join(&mut self, ashore: Vec<(TerminalCode, i64, NodeIndex, u32)>) {
        for boardings in self.boardings.values_mut() {
            boardings.sort_unstable();
            for pair in boardings.windows(2) {
                self.graph.add_edge(pair[0].1, pair[1].1, (pair[1].0 - pair[0].0) as u32);
            }
        }
        for (terminal, ready, arrival, minutes) in ashore {
            if let Some((at, berthing)) = self.next(&terminal, ready) {
                self.graph.add_edge(arrival, berthing, minutes + (at - ready) as u32);
            }
        }
    }

    fn next(&self, terminal: &TerminalCode, ready: i64) -> Option<(i64, NodeIndex)> {
        let boardings = self.boardings.get(terminal)?;
        boardings.get(boardings.partition_point(|(at, _)| *at < ready)).copied()
    }

    fn earliest(&self, from: &TerminalCode, to: &TerminalCode, ready: i64) -> Option<i64> {
        let (at, start) = self.next(from, ready)?;
        let there = *self.there.get(to)?;
        let reached = dijkstra(&self.graph, start, Some(there), |edge| *edge.weight());
        reached.get(&there).map(|minutes| at + i64::from(*minutes))
    }
}

fn make_report(problem: &Problem, plan: &Plan) -> Report {
    audit(problem, &Waterway::new(problem), plan)
}

/// Times of single queries in microseconds: median and 99th percentile.
fn percentiles(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    (at(0.5), at(0.99))
}

/// What a mean hides: the slowest of a hundred, and how much slower Dijkstra's algorithm is, in the same run and by turns.
fn compare(problem: &Problem, document: &Arc<PlanDocument>, index: &JourneyIndex) {
    let plan = &document.plan;
    let tariff =
        Arc::new(Tariff { freight_cents_per_teu: Cents(22_000), freight_cents_per_teu_km: Cents(160), ..Tariff::default() });
    let fare = Fare { tariff: Arc::clone(&tariff), is_empty: false };
    let weeks: Vec<Query> = queries(plan, 7)
        .into_iter()
        .map(|query| Query { most_transshipments: 3, fare: Some(fare.clone()), by_emissions: true, ..query })
        .collect();
    let expanded = Expanded::new(plan, problem, 1000 * DAY);
    let labels = labels::Labels::new(document, problem, index, &tariff, 1000 * DAY);
    // the list of a pair is made when it is first asked about, so first questions are told apart
    let (mut first, mut week, mut earliest) = (Compared::default(), Compared::default(), Compared::default());
    for (number, query) in weeks.iter().cycle().take((3 * weeks.len()).max(2_000)).enumerate() {
        let (from, to) = (&query.origins[0], &query.destinations[0]);
        let asked = if number < weeks.len() { &mut first } else { &mut week };
        asked.ask(
            || {
                let found = index.find(query);
                found.iter().map(|j| (j.departure.0, j.arrival.0, j.rides.len(), j.fare.0, j.co2e_g)).collect::<Vec<_>>()
            },
            || labels.week(from, to, 1000 * DAY, 4),
        );
        let ready = 1000 * DAY + (number as i64 * 977) % (7 * DAY);
        earliest.ask(|| index.find_earliest(query, Minutes(ready)).map(|at| at.0), || expanded.earliest(from, to, ready));
    }
    first.tell("week, five criteria, first asked");
    week.tell("week, five criteria");
    earliest.tell("earliest arrival");
    let ends = |query: &Query| (query.origins[0].clone(), query.destinations[0].clone());
    let pairs: Vec<_> = weeks.iter().map(ends).collect();
    let row = |number: usize| number % weeks.len();
    let week = |number: usize| labels.week(&pairs[row(number)].0, &pairs[row(number)].1, 1000 * DAY, 4).len();
    by_turns("week, five criteria", 2_000, |number| index.find(&weeks[row(number)]).len(), week);
    let ready = |number: usize| 1000 * DAY + (number as i64 * 977) % (7 * DAY);
    let on_graph = |number: usize| expanded.earliest(&pairs[row(number)].0, &pairs[row(number)].1, ready(number)).is_some();
    let earliest = |number: usize| index.find_earliest(&weeks[row(number)], Minutes(ready(number))).is_some();
    by_turns("earliest arrival", 20_000, earliest, on_graph);
}

/// How many questions each method answers in a time: all of them before each turn. A single question after the other method has run finds
/// little of its data in the processor's cache, and may take less time than reading the clock; here both count less, for both methods.
fn by_turns<T>(name: &str, questions: usize, quick: impl Fn(usize) -> T, plain: impl Fn(usize) -> T) {
    const TURNS: usize = 5;
    let ask_all = |ask: &dyn Fn(usize) -> T| {
        let begun = Instant::now();
        (0..questions).for_each(|number| drop(black_box(ask(number))));
        begun.elapsed().as_secs_f64() * 1e6
    };
    let (mut by_search, mut by_dijkstra) = (0.0, 0.0);
    for _ in 0..TURNS {
        by_search += ask_all(&quick);
        by_dijkstra += ask_all(&plain);
    }
    let each = (questions * TURNS) as f64;
    println!("{name:34} {:.2} us each, by Dijkstra {:.2} us, {questions} at a turn", by_search / each, by_dijkstra / each);
    println!("Dijkstra takes {:.1} times as long", by_dijkstra / by_search);
}

/// One kind of question, asked of the search and of Dijkstra's algorithm by turns: microseconds of each, and how often they differ. Weeks
/// may not; the earliest arrivals may, since that graph knows no rules of the border and no bound on changes.
#[derive(Default)]
struct Compared {
    quick: Vec<f64>,
    plain: Vec<f64>,
    differ: usize,
}

impl Compared {
    fn ask<T: PartialEq>(&mut self, quick: impl FnOnce() -> T, plain: impl FnOnce() -> T) {
        let begun = Instant::now();
        let found = black_box(quick());
        self.quick.push(begun.elapsed().as_secs_f64() * 1e6);
        let begun = Instant::now();
        let on_graph = black_box(plain());
        self.plain.push(begun.elapsed().as_secs_f64() * 1e6);
        self.differ += usize::from(found != on_graph);
    }

    fn tell(self, name: &str) {
        let slower = self.plain.iter().sum::<f64>() / self.quick.iter().sum::<f64>();
        let asked = self.quick.len();
        for (how, times) in [("", self.quick), (", by Dijkstra", self.plain)] {
            let (median, slow) = percentiles(times);
            println!("{:34} p50 {median:8.1} us   p99 {slow:8.1} us", format!("{name}{how}"));
        }
        println!("Dijkstra takes {slower:.1} times as long; {} of {asked} answers differ", self.differ);
    }
}

fn journeys(bench: &mut Criterion) {
    let (problem, document) = planned();
    let document = Arc::new(document);
    let plan = &document.plan;
    bench.bench_function("journey index", |timer| timer.iter(|| JourneyIndex::new(plan, Some(&problem))));
    let index = JourneyIndex::new(plan, Some(&problem));
    compare(&problem, &document, &index);
    for days in [1, 7, 28] {
        let queries = queries(plan, days);
        let mut next = 0;
        bench.bench_function(&format!("one of {} journey queries, {days} days", queries.len()), |timer| {
            timer.iter(|| {
                next = (next + 1) % queries.len();
                index.find(&queries[next])
            })
        });
    }
    let dcsa = Dcsa::new(Arc::clone(&document), Some(&problem));
    let queries = queries(plan, 28);
    let mut next = 0;
    bench.bench_function("point-to-point routes of 28 days as JSON", |timer| {
        timer.iter(|| {
            next = (next + 1) % queries.len();
            let journeys = index.find(&queries[next]);
            let routes: Vec<_> =
                (1..).zip(journeys.iter().take(100)).map(|(row, j)| dcsa.point_to_point(&j.rides, row)).collect();
            serde_json::to_vec(&routes)
        })
    });
}

criterion_group!(benches, journeys);
criterion_main!(benches);
