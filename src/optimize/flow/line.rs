//! The line problem: what a vessel carries whose calls are fixed and that is empty before the first and after the last of them. Each slot
//! travels the calls in order, now with this cargo, now with that, now empty: a flow of the slots from the first call to the last, in
//! which cargo is an arc from where it is loaded to where it is discharged. The best load is a flow that brings most, and whole when slots
//! and cargo are. Formulation: `models/cargo-flow.md`, section on the line problem.

/// Cargo that may ride from a call to a later one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    pub from: usize,
    pub to: usize,
    /// Most that there is, in slots.
    pub slots: f64,
    /// Money a slot brings with it.
    pub gain: f64,
}

/// Slots, and money, that are nothing but rounding.
const ROUNDING: f64 = 1e-9;

/// The load that brings most: slots taken by each offer, of `slots` that the vessel has on every leg between `calls` calls in a row.
/// Successive best ways through the residual network (Ahuja, Magnanti, Orlin: Network Flows, section 9.7).
pub fn best_load(calls: usize, slots: f64, offers: &[Offer]) -> Vec<f64> {
    let empty = (1..calls).map(|to| Offer { from: to - 1, to, slots: f64::INFINITY, gain: 0.0 });
    let arcs: Vec<Offer> = offers.iter().copied().chain(empty).collect();
    let mut taken = vec![0.0; arcs.len()];
    let mut left = slots;
    let mut ways = Vec::new();
    while left > ROUNDING {
        find_ways(calls, &arcs, &taken, &mut ways);
        if ways.last().is_none_or(|way| way.gain <= ROUNDING) {
            break;
        }
        let steps = steps_to_last(&ways, &arcs);
        let room = |step: &Step| match step {
            Step::Take(arc) => arcs[*arc].slots - taken[*arc],
            Step::GiveUp(arc) => taken[*arc],
        };
        let more = steps.iter().map(room).fold(left, f64::min);
        for step in &steps {
            match step {
                Step::Take(arc) => taken[*arc] += more,
                Step::GiveUp(arc) => taken[*arc] -= more,
            }
        }
        left -= more;
    }
    taken.truncate(offers.len());
    taken
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Take(usize),
    /// A slot that was taken is given up, and goes back to where it was loaded.
    GiveUp(usize),
}

/// The best way of one more slot from the first call to one, by its last step.
#[derive(Clone, Copy, Debug)]
struct Way {
    gain: f64,
    last: Option<Step>,
}

/// Best ways to all calls, as Bellman and Ford find them.
fn find_ways(calls: usize, arcs: &[Offer], taken: &[f64], ways: &mut Vec<Way>) {
    ways.clear();
    ways.resize(calls, Way { gain: f64::NEG_INFINITY, last: None });
    let Some(first) = ways.first_mut() else { return };
    first.gain = 0.0;
    for _ in 0..calls {
        let mut changed = false;
        let mut improve = |from: usize, to: usize, gain: f64, step: Step| {
            let gain = ways[from].gain + gain;
            if gain > ways[to].gain + ROUNDING {
                ways[to] = Way { gain, last: Some(step) };
                changed = true;
            }
        };
        for (row, arc) in arcs.iter().enumerate() {
            if taken[row] + ROUNDING < arc.slots {
                improve(arc.from, arc.to, arc.gain, Step::Take(row));
            }
            if taken[row] > ROUNDING {
                improve(arc.to, arc.from, -arc.gain, Step::GiveUp(row));
            }
        }
        if !changed {
            return;
        }
    }
}

/// Steps of the best way to the last call, backwards.
fn steps_to_last(ways: &[Way], arcs: &[Offer]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = ways.len() - 1;
    while let Some(step) = ways[at].last
        && steps.len() < ways.len()
    {
        steps.push(step);
        at = match step {
            Step::Take(arc) => arcs[arc].from,
            Step::GiveUp(arc) => arcs[arc].to,
        };
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Limit;
    use crate::optimize::control::Control;
    use crate::optimize::solver::{Limits, Model, Sense, Status, solve};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// Two slots over two legs: 5 for the long way and 3 + 4 for the two short ones, of which there is one each.
    #[test]
    fn short_cargo_displaces_long_cargo_where_it_brings_more() {
        let offer = |from, to, slots, gain| Offer { from, to, slots, gain };
        let offers = [offer(0, 2, 2.0, 5.0), offer(0, 1, 1.0, 3.0), offer(1, 2, 1.0, 4.0), offer(0, 2, 9.0, -1.0)];
        assert_eq!(best_load(3, 2.0, &offers), [1.0, 1.0, 1.0, 0.0]);
        assert_eq!(best_load(3, 0.0, &offers), [0.0; 4]);
        assert!(best_load(0, 5.0, &[]).is_empty());
    }

    /// The flow brings what the linear program of the same line brings at best, keeps slots and cargo, and is whole.
    #[test]
    fn the_best_load_is_that_of_the_linear_program() {
        let mut rng = ChaCha8Rng::seed_from_u64(21);
        for case in 0..400 {
            let calls = rng.random_range(2..9usize);
            let slots = f64::from(rng.random_range(1..60u32));
            let offers: Vec<Offer> = (0..rng.random_range(1..30))
                .map(|_| {
                    let from = rng.random_range(0..calls - 1);
                    let to = rng.random_range(from + 1..calls);
                    let slots = f64::from(rng.random_range(0..40u32));
                    Offer { from, to, slots, gain: f64::from(rng.random_range(-20..90i32)) }
                })
                .collect();
            let taken = best_load(calls, slots, &offers);
            let gain: f64 = offers.iter().zip(&taken).map(|(offer, taken)| offer.gain * taken).sum();
            let mut model = Model::new();
            let columns: Vec<_> = offers.iter().map(|offer| model.add_continuous(offer.gain, 0.0, offer.slots)).collect();
            for leg in 0..calls - 1 {
                let aboard = |offer: &Offer| offer.from <= leg && leg < offer.to;
                let on: Vec<usize> = (0..offers.len()).filter(|row| aboard(&offers[*row])).collect();
                assert!(on.iter().map(|row| taken[*row]).sum::<f64>() <= slots + 1e-9, "case {case}: leg {leg} is overfull");
                if !on.is_empty() {
                    model.add_row("leg", on.iter().map(|row| (columns[*row], 1.0)).collect(), Sense::AtMost, slots);
                }
            }
            let answer = solve(&model, &Limits::default(), &Control::silent(Limit::Work(1)), &|_, _| {});
            assert_eq!(answer.status, Status::Optimal);
            assert!((gain - answer.objective).abs() < 1e-6, "case {case}: {gain} instead of {}", answer.objective);
            let fits = |(offer, taken): (&Offer, &f64)| *taken >= 0.0 && *taken <= offer.slots && taken.fract() == 0.0;
            assert!(offers.iter().zip(&taken).all(fits), "case {case}: {taken:?}");
        }
    }
}
