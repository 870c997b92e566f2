//! Speed of a settlement: what all sets of members earn, and the divisions of the profit. Members of pearl-river are split to make twelve and
//! sixteen.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use waterbus::audit::audit;
use waterbus::domain::*;
use waterbus::input::read_instance;
use waterbus::optimize::alliance::{Case, Game, Terms, earnings, least_core, nucleolus, settle};
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{Outcome, Request, plan};
use waterbus::waterway::Waterway;

/// Splits the members with most slots in two until there are so many: vessels stay, slots and cargo go half and half.
fn split(problem: &mut Problem, members: usize) {
    while problem.operators.len() < members {
        let share = |row: &usize| problem.operators[*row].committed_share;
        let Some(row) = (0..problem.operators.len()).max_by(|a, b| share(a).total_cmp(&share(b)).then(b.cmp(a))) else { return };
        let mut half = problem.operators[row].clone();
        half.code = format!("{}X{}", half.code, problem.operators.len()).as_str().into();
        half.committed_share /= 2.0;
        problem.operators[row].committed_share /= 2.0;
        problem.operators.push(half);
        let other = OperatorIdx::from(problem.operators.len() - 1);
        let own = problem.demands.iter_mut().filter(|demand| demand.member == Some(row.into()));
        own.skip(1).step_by(2).for_each(|demand| demand.member = Some(other));
    }
}

fn planned(problem: &Problem, waterway: &Waterway, work: u64) -> (Plan, Report) {
    let limit = Limit::Work(work);
    let request = Request::new(limit, 2, "bench");
    let auditor = |plan: &Plan| audit(problem, waterway, plan);
    match plan(problem, waterway, &request, &auditor, &Control::silent(limit)) {
        Outcome::Plan(plan, report) => (*plan, *report),
        Outcome::NoPlan { reason } => panic!("{reason}"),
    }
}

fn settlements(bench: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/pearl-river");
    let Ok(problem) = read_instance(&folder) else { panic!("{} does not read", folder.display()) };
    let waterway = Waterway::new(&problem);
    let control = Control::silent(Limit::Work(1));
    let mut group = bench.benchmark_group("settlement of pearl-river");
    group.sample_size(10);
    for members in [7, 12] {
        let mut problem = problem.clone();
        split(&mut problem, members);
        let (plan, report) = planned(&problem, &waterway, 20);
        let plan = Plan { settlement: None, ..plan };
        let Ok(case) = Case::new(&problem, &waterway, &plan) else { panic!("no case") };
        group.bench_function(format!("values of all sets of {members}, 2 threads"), |timer| {
            timer.iter(|| earnings(&case.program, 2, &control, None))
        });
        let terms = Terms { rule: SharingRule::Fair, threads: 2, deadline: None };
        group.bench_function(format!("whole settlement of {members}, 2 threads"), |timer| {
            timer.iter(|| settle(&problem, &waterway, &plan, &report, &terms, &control))
        });
        let Ok(settlement) = settle(&problem, &waterway, &plan, &report, &terms, &control) else { panic!("not settled") };
        let game = Game::new(settlement.values_cents.iter().map(|value| value.0 as f64).collect());
        divisions(&mut group, &format!("{members} of pearl-river"), &game);
    }
    group.finish();
}

/// Sets drawn at random, none of which can be made up of others: no tie is spared.
fn drawn(members: usize) -> Game {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let claims: Vec<f64> = (0..members).map(|_| 100.0 + 900.0 * draw()).collect();
    let all: f64 = claims.iter().sum();
    let others = |set: usize| (0..members).filter(|member| set >> member & 1 == 0).map(|member| claims[member]).sum::<f64>();
    Game::of(members, |set| (0.55 * all - others(set)).max(0.0))
}

fn divisions(group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>, name: &str, game: &Game) {
    let (scaled, _) = game.scaled();
    group.bench_function(format!("Shapley value, {name}"), |timer| timer.iter(|| black_box(game).shapley()));
    group.bench_function(format!("nucleolus, {name}"), |timer| timer.iter(|| nucleolus(black_box(&scaled))));
    group.bench_function(format!("least core, {name}"), |timer| timer.iter(|| least_core(black_box(&scaled))));
}

fn games(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("bankruptcy game");
    group.sample_size(10);
    for members in [8, 10, 12, 16] {
        divisions(&mut group, &format!("{members} members"), &drawn(members));
    }
    group.finish();
}

criterion_group!(benches, games, settlements);
criterion_main!(benches);
