//! The only place that names good_lp or HiGHS. In: a [`Model`] and [`Limits`]. Out: an [`Answer`] whose status keeps "proved", "found",
//! "impossible" and "nothing found in time" apart, with a bound. Every solve uses one thread, so that the same model and node limit
//! give the same answer; parallel work happens outside.

mod highs_run;
mod model;

pub use model::{Col, Model, Sense};

use super::control::Control;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};
use std::time::Instant;

/// How a solve ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// Proved best, within the gap asked for.
    Optimal,
    /// An answer, not proved best: a limit was reached.
    Feasible,
    /// Proved to have no answer.
    Infeasible,
    Unbounded,
    /// A limit was reached before an answer was found: says nothing about whether there is one.
    NothingFound,
    /// The solver failed; the text is its own.
    Failed(String),
}

/// What a solve gives back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: Status,
    /// Value by column; empty unless optimal or feasible.
    pub values: Vec<f64>,
    /// Value of one more unit on the right-hand side, by row; of a solved LP only.
    pub prices: Vec<f64>,
    pub objective: f64,
    /// No assignment has a larger objective; infinite when nothing is known.
    pub bound: f64,
    /// Branch-and-bound nodes used.
    pub nodes: u64,
}

impl Answer {
    /// The values, when there are any.
    pub fn found(&self) -> Option<&[f64]> {
        matches!(self.status, Status::Optimal | Status::Feasible).then_some(self.values.as_slice())
    }

    /// An answer of a solve that broke off, with its reason.
    pub fn failed(reason: &str) -> Self {
        Self::without_values(Status::Failed(reason.to_owned()), f64::INFINITY)
    }

    fn without_values(status: Status, bound: f64) -> Self {
        Self { status, values: Vec::new(), prices: Vec::new(), objective: f64::NEG_INFINITY, bound, nodes: 0 }
    }
}

/// What may stop a solve.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits<'a> {
    pub deadline: Option<Instant>,
    pub nodes: Option<u64>,
    /// Relative gap at which to stop.
    pub gap: f64,
    /// A full assignment to start from.
    pub start: Option<&'a [f64]>,
    /// The start is thought to be good: all work goes into the bound, none into guessing better answers.
    pub prove: bool,
    pub seed: u32,
}

/// What a solve tells and is told while it works.
#[derive(Clone, Copy)]
pub struct Talk<'a> {
    /// Hears of incumbent and bound.
    pub watch: &'a (dyn Fn(f64, f64) + Sync),
    /// Asked now and then, and may bring an assignment that was found elsewhere meanwhile. A worse one, or one that breaks a row, does no
    /// harm.
    pub news: &'a (dyn Fn() -> Option<Vec<f64>> + Sync),
}

/// Maximises a model with HiGHS; `watch` hears of incumbent and bound while it works.
pub fn solve(model: &Model, limits: &Limits, control: &Control, watch: &(dyn Fn(f64, f64) + Sync)) -> Answer {
    solve_with_news(model, limits, control, Talk { watch, news: &|| None })
}

/// The same, while others look for better answers too.
pub fn solve_with_news(model: &Model, limits: &Limits, control: &Control, talk: Talk) -> Answer {
    if model.columns.is_empty() {
        return Answer { status: Status::Optimal, values: Vec::new(), prices: Vec::new(), objective: 0.0, bound: 0.0, nodes: 0 };
    }
    let (variables, columns, objective) = declare(model);
    let mut problem = variables.maximise(objective).using(good_lp::highs);
    add_rows(model, &columns, &mut problem);
    match problem.try_into_inner() {
        Ok(inner) => highs_run::run(inner, model, limits, control, talk),
        Err(error) => Answer::without_values(Status::Failed(error.to_string()), f64::INFINITY),
    }
}

/// Maximises a model with microlp, a solver that shares no code with HiGHS: the second opinion of the tests. Small models only.
pub fn solve_second_opinion(model: &Model) -> Answer {
    let (variables, columns, objective) = declare(model);
    let mut problem = variables.maximise(objective).using(good_lp::microlp);
    add_rows(model, &columns, &mut problem);
    match problem.solve() {
        Ok(solution) => {
            let values: Vec<f64> = columns.iter().map(|column| solution.value(*column)).collect();
            let objective = model.value_of(&values);
            Answer { status: Status::Optimal, values, prices: Vec::new(), objective, bound: objective, nodes: 0 }
        }
        Err(good_lp::ResolutionError::Infeasible) => Answer::without_values(Status::Infeasible, f64::NEG_INFINITY),
        Err(good_lp::ResolutionError::Unbounded) => Answer::without_values(Status::Unbounded, f64::INFINITY),
        Err(error) => Answer::without_values(Status::Failed(error.to_string()), f64::INFINITY),
    }
}

fn declare(model: &Model) -> (ProblemVariables, Vec<Variable>, Expression) {
    let mut variables = ProblemVariables::new();
    let mut columns = Vec::with_capacity(model.columns.len());
    let mut objective = Expression::with_capacity(model.columns.len());
    for column in &model.columns {
        let definition = variable().min(column.lower).max(column.upper);
        let added = variables.add(if column.integer { definition.integer() } else { definition });
        objective.add_mul(column.cost, added);
        columns.push(added);
    }
    (variables, columns, objective)
}

fn add_rows(model: &Model, columns: &[Variable], problem: &mut impl SolverModel) {
    for row in &model.rows {
        let mut left = Expression::with_capacity(row.terms.len());
        for (col, factor) in &row.terms {
            left.add_mul(*factor, columns[col.row()]);
        }
        problem.add_constraint(match row.sense {
            Sense::AtMost => left.leq(row.rhs),
            Sense::AtLeast => left.geq(row.rhs),
            Sense::Equal => left.eq(row.rhs),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Limit;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn knapsack() -> Model {
        let mut model = Model::new();
        let items = [(60.0, 10.0), (100.0, 20.0), (120.0, 30.0)];
        let terms = items.iter().map(|(value, weight)| (model.add_integer(*value, 0.0, 1.0), *weight)).collect();
        model.add_row("test", terms, Sense::AtMost, 50.0);
        model
    }

    /// Two solvers that share no code agree on a knapsack whose optimum is 220.
    #[test]
    fn both_solvers_find_the_best_load_of_a_knapsack() {
        let control = Control::silent(Limit::Work(1));
        let answer = solve(&knapsack(), &Limits::default(), &control, &|_, _| {});
        assert_eq!(answer.status, Status::Optimal);
        assert!((answer.objective - 220.0).abs() < 1e-6 && (answer.bound - 220.0).abs() < 1e-6);
        assert!((solve_second_opinion(&knapsack()).objective - 220.0).abs() < 1e-6);
    }

    /// One more kilogram in the relaxed knapsack lets in 1/30 of the last item, worth 120.
    #[test]
    fn a_price_is_what_one_more_unit_of_capacity_earns() {
        let mut model = knapsack();
        model.relax();
        let control = Control::silent(Limit::Work(1));
        let answer = solve(&model, &Limits::default(), &control, &|_, _| {});
        assert!((answer.prices[0] - 4.0).abs() < 1e-6, "{:?}", answer.prices);
    }

    /// Of two rows of a family, the one that costs nothing goes, and the relaxation is worth what it was; other families stay as they are.
    #[test]
    fn only_unpriced_rows_of_the_family_are_left_out() {
        let control = Control::silent(Limit::Work(1));
        let mut model = knapsack();
        model.relax();
        model.add_row("family", vec![(Col(0), 1.0)], Sense::AtMost, 0.5);
        model.add_row("family", vec![(Col(2), 1.0)], Sense::AtMost, 1.0);
        model.add_row("other", vec![(Col(2), 1.0)], Sense::AtMost, 1.0);
        let whole = solve(&model, &Limits::default(), &control, &|_, _| {});
        model.leave_out_unpriced("family", &whole.prices);
        assert_eq!(model.size_by_tag(), [("family", 1), ("other", 1), ("test", 1)].into());
        let rest = solve(&model, &Limits::default(), &control, &|_, _| {});
        assert!((rest.objective - whole.objective).abs() < 1e-6, "{} instead of {}", rest.objective, whole.objective);
    }

    /// A contradiction is infeasible, not "nothing found".
    #[test]
    fn a_contradiction_is_called_infeasible() {
        let mut model = knapsack();
        let col = Col(0);
        model.add_row("test", vec![(col, 1.0)], Sense::AtLeast, 2.0);
        let control = Control::silent(Limit::Work(1));
        assert_eq!(solve(&model, &Limits::default(), &control, &|_, _| {}).status, Status::Infeasible);
    }

    /// A cancelled run stops without an answer, or with one that it calls feasible at best.
    #[test]
    fn a_cancelled_solve_claims_nothing() {
        let control = Control::silent(Limit::Work(1));
        control.cancel();
        let answer = solve(&knapsack(), &Limits::default(), &control, &|_, _| {});
        assert!(answer.bound >= 220.0 - 1e-6);
    }

    /// Loads of many items under several limits, which take branching.
    fn many_limits() -> Model {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut model = Model::new();
        let items: Vec<Col> = (0..60).map(|_| model.add_integer(f64::from(rng.random_range(50..100u32)), 0.0, 1.0)).collect();
        for _ in 0..10 {
            let terms = items.iter().map(|item| (*item, f64::from(rng.random_range(50..100u32)))).collect();
            model.add_row("test", terms, Sense::AtMost, 2_100.0);
        }
        model
    }

    #[test]
    fn an_answer_found_elsewhere_is_taken_over_while_solving() {
        let (model, control) = (many_limits(), Control::silent(Limit::Work(1)));
        let best = solve(&model, &Limits { nodes: Some(500), ..Limits::default() }, &control, &|_, _| {});
        let nothing = vec![0.0; model.columns()];
        let few = Limits { nodes: Some(1), start: Some(&nothing), prove: true, ..Limits::default() };
        let alone = solve(&model, &few, &control, &|_, _| {});
        assert!(alone.objective < best.objective - 0.5, "{} without news, {} at best", alone.objective, best.objective);
        let told = |values: &Vec<f64>| {
            let news = || Some(values.clone());
            solve_with_news(&model, &few, &control, Talk { watch: &|_, _| {}, news: &news })
        };
        let informed = told(&best.values);
        assert!((informed.objective - best.objective).abs() < 1e-3, "{} with news, {}", informed.objective, best.objective);
        // one that fits another model, or breaks a row, is none
        for wrong in [vec![1.0; model.columns()], vec![0.0; 1]] {
            assert!((told(&wrong).objective - alone.objective).abs() < 1e-6);
        }
    }
}
