//! Speed of the search for liner networks on a public instance: the flow after one change and from nothing, a look for ways, and one step of
//! the search. The data are not in this tree: `WATERBUS_LINERLIB` names the folder, `WATERBUS_LINERLIB_INSTANCE` the instance.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it measures on, or that it is skipped")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::env;
use std::path::Path;
use waterbus::domain::Limit;
use waterbus::domain::liner::Case;
use waterbus::input::{LinerChoice, read_linerlib};
use waterbus::optimize::control::Control;
use waterbus::optimize::design::liner::{LinerOptions, design, with_trial};

/// Work of the search that makes the network measured on.
const WORK: u64 = 20;

fn liner(bench: &mut Criterion) {
    let Some(folder) = env::var_os("WATERBUS_LINERLIB") else {
        println!("skipped: WATERBUS_LINERLIB does not name the folder of LINERLIB's data");
        return;
    };
    let instance = env::var("WATERBUS_LINERLIB_INSTANCE").unwrap_or_else(|_| "WorldSmall".to_owned());
    let choice = LinerChoice { instance, case: Case::Base, limits_transit: false };
    let Ok(problem) = read_linerlib(Path::new(&folder), &choice) else { panic!("{} does not read", choice.instance) };
    let options = LinerOptions { seed: 1, threads: 2, most_visits: None, most_weeks: None };
    let network = design(&problem, &options, &Control::silent(Limit::Work(WORK)));
    with_trial(&problem, &options, &network.services, |trial| {
        println!("{}: {} services, {:.0} USD a week", choice.instance, network.services.len(), trial.value());
        let changes: Vec<_> = (0..50).filter_map(|_| trial.draw()).collect();
        let mut group = bench.benchmark_group(format!("flow of {}", choice.instance));
        group.sample_size(10);
        let mut next = changes.iter().cycle();
        let mut drawn = || next.next().expect("some of fifty draws lead to a change");
        group.bench_function("after one change", |timer| {
            timer.iter_batched(&mut drawn, |change| trial.reload(change), BatchSize::PerIteration);
        });
        group.bench_function("from nothing", |timer| {
            timer.iter_batched(&mut drawn, |change| trial.load_from_nothing(change), BatchSize::PerIteration);
        });
        group.bench_function("a look for ways", |timer| timer.iter(|| trial.price()));
        group.bench_function("a step of the search", |timer| timer.iter(|| trial.step()));
        group.finish();
    });
}

criterion_group!(benches, liner);
criterion_main!(benches);
