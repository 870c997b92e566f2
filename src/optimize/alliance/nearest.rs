//! The division in the core nearest to a given one: a quadratic program by the dual method of Goldfarb and Idnani. It starts at the given
//! division and takes in the set that is worst off, until none would do better alone [AL-10].

use super::game::Game;
use crate::domain::members_of;

/// How much a set may lack, values being of a size of about 1.
const LACKS: f64 = 1e-11;
/// Steps after which rounding must be at work.
const MOST_STEPS: usize = 10_000;

/// A point of the core, and the sets that keep it from the given division: how strongly each pushes. Together the pushes are what the two
/// divisions differ by, but for an amount that is the same for all members.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearest {
    pub shares: Vec<f64>,
    pub pushes: Vec<(usize, f64)>,
}

/// The point of the core nearest to `shares`, which add up to the total; `None` when the core is empty.
pub fn nearest_in_core(game: &Game, shares: &[f64]) -> Option<Nearest> {
    let (scaled, size) = game.scaled();
    let mut search = Search { game: &scaled, shares: shares.iter().map(|share| share / size).collect(), held: Vec::new() };
    for _ in 0..MOST_STEPS {
        let excesses = scaled.excesses(&search.shares);
        let worst = scaled.proper().max_by(|a, b| excesses[*a].total_cmp(&excesses[*b]).then(b.cmp(a)));
        let Some(set) = worst.filter(|set| excesses[*set] > LACKS) else {
            let pushes = search.held.iter().map(|(set, push)| (*set, push * size));
            return Some(Nearest { shares: search.shares.iter().map(|share| share * size).collect(), pushes: pushes.collect() });
        };
        search.please(set)?;
    }
    None
}

struct Search<'a> {
    game: &'a Game,
    shares: Vec<f64>,
    /// Sets that get just their value, and how strongly each pushes.
    held: Vec<(usize, f64)>,
}

impl Search<'_> {
    /// Moves until a set gets its value; sets that no longer push are let go. `None` when that cannot be.
    fn please(&mut self, set: usize) -> Option<()> {
        let mut push = 0.0;
        for _ in 0..MOST_STEPS {
            let (direction, rates) = self.direction(set);
            let gain: f64 = members_of(set).map(|member| direction[member]).sum();
            let lacks = self.game.value(set) - members_of(set).map(|member| self.shares[member]).sum::<f64>();
            let whole = if gain > 1e-10 { lacks / gain } else { f64::INFINITY };
            let blocking = (0..self.held.len()).filter(|place| rates[*place] > 1e-12);
            let first = blocking.map(|place| (self.held[place].1 / rates[place], place)).min_by(|a, b| a.0.total_cmp(&b.0));
            let partial = first.map_or(f64::INFINITY, |(step, _)| step);
            let step = whole.min(partial);
            if step.is_infinite() {
                return None;
            }
            if whole.is_finite() {
                self.shares.iter_mut().zip(&direction).for_each(|(share, part)| *share += step * part);
            }
            self.held.iter_mut().zip(&rates).for_each(|((_, own), rate)| *own -= step * rate);
            push += step;
            match first.filter(|(partial, _)| *partial < whole) {
                Some((_, place)) => {
                    self.held.remove(place);
                }
                None => {
                    self.held.push((set, push));
                    return Some(());
                }
            }
        }
        None
    }

    /// Where shares move when a set pushes and the total and the held sets keep theirs, and how fast the held sets' pushes fall.
    fn direction(&self, set: usize) -> (Vec<f64>, Vec<f64>) {
        let members = self.game.members();
        let row = |set: usize| -> Vec<f64> { (0..members).map(|member| f64::from(u8::from(set >> member & 1 == 1))).collect() };
        let held: Vec<Vec<f64>> = self.held.iter().map(|(set, _)| row(*set)).chain([row(self.game.everybody())]).collect();
        let own = row(set);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let left = held.iter().map(|a| held.iter().map(|b| dot(a, b)).collect()).collect();
        let mut rates = solve(left, held.iter().map(|a| dot(a, &own)).collect());
        let mut direction = own;
        for (row, rate) in held.iter().zip(&rates) {
            direction.iter_mut().zip(row).for_each(|(part, cell)| *part -= rate * cell);
        }
        rates.pop();
        (direction, rates)
    }
}

/// Solves a small system of equations whose rows are independent.
fn solve(mut left: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for place in 0..size {
        let best = (place..size).max_by(|a, b| left[*a][place].abs().total_cmp(&left[*b][place].abs())).unwrap_or(place);
        left.swap(place, best);
        right.swap(place, best);
        let (pivot_row, pivot_right) = (left[place].clone(), right[place]);
        for row in (0..size).filter(|row| *row != place) {
            let share = left[row][place] / pivot_row[place];
            left[row].iter_mut().zip(&pivot_row).for_each(|(cell, part)| *cell -= share * part);
            right[row] -= share * pivot_right;
        }
    }
    (0..size).map(|place| right[place] / left[place][place]).collect()
}
