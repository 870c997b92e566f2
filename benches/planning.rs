//! Speed of what planning calls most: passages of the river, reading an instance, and the audit of a plan.

use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use waterbus::audit::audit;
use waterbus::domain::Limit;
use waterbus::input::read_instance;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::waterway::Waterway;

fn passages(bench: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/pearl-river");
    bench.bench_function("read pearl-river", |timer| timer.iter(|| read_instance(&folder)));
    let Ok(problem) = read_instance(&folder) else { panic!("{} does not read", folder.display()) };
    bench.bench_function("passages of pearl-river", |timer| timer.iter(|| Waterway::new(&problem)));
}

fn toy(bench: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/toy");
    let Ok(problem) = read_instance(&folder) else { panic!("{} does not read", folder.display()) };
    let waterway = Waterway::new(&problem);
    let limit = Limit::Work(5);
    let request = Request::new(limit, 1, env!("CARGO_PKG_VERSION"));
    let auditor = |plan: &waterbus::domain::Plan| audit(&problem, &waterway, plan);
    let make = || plan(&problem, &waterway, &request, &auditor, &Control::silent(limit));
    let Outcome::Plan(made, _) = make() else { panic!("toy has no plan") };
    bench.bench_function("audit of toy", |timer| timer.iter(|| audit(&problem, &waterway, &made)));
    let mut group = bench.benchmark_group("whole plan");
    group.sample_size(10);
    group.bench_function("toy, work 5", |timer| timer.iter(make));
    group.finish();
}

criterion_group!(benches, passages, toy);
criterion_main!(benches);
