//! What sets of members earn, by the warm program against HiGHS from nothing.

use super::kit::{generated, instance, planned};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use waterbus::domain::*;
use waterbus::input::Size;
use waterbus::optimize::alliance::{Case, Prices, Program, earnings};
use waterbus::optimize::control::Control;
use waterbus::optimize::solver::{Limits, Model, Sense, Status, solve};
use waterbus::waterway::Waterway;

/// The program of a set, written down anew for HiGHS.
fn from_nothing(program: &Program, set: usize) -> f64 {
    let mut model = Model::new();
    let columns: Vec<_> = program.ways.iter().map(|way| model.add_continuous(way.value, 0.0, f64::INFINITY)).collect();
    let part = |parts: &[f64]| members_of(set).map(|member| parts[member]).sum::<f64>();
    let mut rows = vec![Vec::new(); program.rows.len()];
    let mut cargoes = vec![Vec::new(); program.cargoes.len()];
    for (way, column) in program.ways.iter().zip(&columns) {
        way.uses.iter().for_each(|(row, units)| rows[row.row()].push((*column, *units)));
        cargoes[way.commodity.row()].push((*column, 1.0));
    }
    for (terms, row) in rows.into_iter().zip(&program.rows) {
        model.add_row("capacity", terms, Sense::AtMost, part(&row.held));
    }
    for (terms, cargo) in cargoes.into_iter().zip(&program.cargoes) {
        model.add_row("cargo", terms, Sense::AtMost, part(&cargo.brought));
    }
    let answer = solve(&model, &Limits::default(), &Control::silent(Limit::Work(1)), &|_, _| {});
    assert_eq!(answer.status, Status::Optimal);
    answer.objective
}

fn check(problem: &Problem, plan: &Plan, samples: usize) {
    let waterway = Waterway::new(problem);
    let case = Case::new(problem, &waterway, plan).unwrap_or_else(|why| panic!("{why}"));
    let control = Control::silent(Limit::Work(1));
    let found = earnings(&case.program, 2, &control, None).unwrap_or_else(|| panic!("no values"));
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let drawn = (0..samples).map(|_| random.random_range(0..found.len()));
    for set in drawn.chain([found.len() - 1]).collect::<Vec<_>>() {
        let cold = from_nothing(&case.program, set);
        assert!(
            (found[set] - cold).abs() <= 1e-6 * (1.0 + cold.abs()),
            "{} set {set}: {} instead of {cold}",
            problem.settings.name,
            found[set]
        );
    }
    let solved = case.program.solve().unwrap_or_else(|| panic!("not solved"));
    let prices = Prices::new(&case.program, &solved);
    let all = found[found.len() - 1];
    assert!((prices.bound(&case.program) - all).abs() <= 1e-5 * (1.0 + all), "the prices prove the value of all members");
    for (set, value) in found.iter().enumerate() {
        assert!(*value <= prices.bound_of(&case.program, set) + 1e-4, "set {set}: {value} is above its worth at the prices");
    }
    let one = earnings(&case.program, 1, &control, None);
    assert_eq!(one.as_ref(), Some(&found), "the same for any number of threads");
}

/// All values of a warm chain of programs are those that a cold solver finds, on the samples and on generated networks with locks, reefers,
/// Hong Kong and members without slots.
#[test]
fn warm_values_are_those_of_a_solver_that_starts_from_nothing() {
    let delta = instance("pearl-delta");
    check(&delta, &planned(&delta, 3).0, 20);
    for seed in 0..6 {
        let size = Size { terminals: 8, hubs: 2, outside_hub: seed % 2 == 0, classes: 3, operators: 5, demands: 60, mothers: 2 };
        let problem = generated(&size, seed);
        check(&problem, &planned(&problem, 10).0, 32);
    }
}
