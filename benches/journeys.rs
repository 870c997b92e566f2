//! Speed of asking for ways: the index, and searches between all pairs of terminals. `WATERBUS_PLAN` may name a plan of pearl-river;
//! without it a small plan of pearl-delta is made first.

use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use std::sync::Arc;
use waterbus::audit::audit;
use waterbus::domain::{Limit, Minutes, Plan, Practice, Problem, Report, TerminalCode};
use waterbus::input::read_instance;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::publish::dcsa::Dcsa;
use waterbus::publish::{PlanDocument, read_plan};
use waterbus::service::journey::{JourneyIndex, Query, Window};
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
    let request =
        Request { practice: Practice::WaterBus, seed: 1, limit, threads: 1, start: None, program_version: "bench".to_owned() };
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

fn journeys(bench: &mut Criterion) {
    let (problem, document) = planned();
    let document = Arc::new(document);
    let plan = &document.plan;
    bench.bench_function("journey index", |timer| timer.iter(|| JourneyIndex::new(plan, Some(&problem))));
    let index = JourneyIndex::new(plan, Some(&problem));
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
