//! Speed of the search for periodic timetables on a public network: one step of each kind, and a little search. The data are not in this tree:
//! `WATERBUS_PESPLIB` names the folder, `WATERBUS_PESPLIB_FILE` the file in it.

#![expect(clippy::print_stdout, reason = "a benchmark tells what it measures on, or that it is skipped")]

use criterion::{Criterion, criterion_group, criterion_main};
use std::env;
use std::path::Path;
use waterbus::domain::Limit;
use waterbus::input::read_pesplib;
use waterbus::optimize::control::Control;
use waterbus::optimize::timetable::periodic::{PeriodicOptions, Stepper, schedule};

/// Work of the search that is measured.
const WORK: u64 = 10;

fn periodic(bench: &mut Criterion) {
    let Some(folder) = env::var_os("WATERBUS_PESPLIB") else {
        println!("skipped: WATERBUS_PESPLIB does not name the folder of PESPlib's files");
        return;
    };
    let file = env::var("WATERBUS_PESPLIB_FILE").unwrap_or_else(|_| "R1L1.txt".to_owned());
    let Ok(network) = read_pesplib(&Path::new(&folder).join(&file)) else { panic!("{file} does not read") };
    let mut group = bench.benchmark_group(format!("periodic timetable of {file}"));
    for name in Stepper::KINDS {
        let mut stepper = Stepper::new(&network, name, 1).expect("there is a timetable");
        stepper.with_steps(|step| {
            println!("{name}: a step is {} units of work", step());
            group.bench_function(format!("a step of {name}"), |timer| timer.iter(&mut *step));
        });
    }
    group.sample_size(10);
    let options = PeriodicOptions { seed: 1, threads: 2 };
    group.bench_function("a search", |timer| timer.iter(|| schedule(&network, &options, &Control::silent(Limit::Work(WORK)))));
    group.finish();
}

criterion_group!(benches, periodic);
criterion_main!(benches);
