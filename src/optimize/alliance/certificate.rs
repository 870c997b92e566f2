//! Kohlberg's criterion: a division is the nucleolus when the sets that are worst off, down to each level, hold one another: with weights
//! above zero they cover every member just once, so that none of them can get more without another one getting less [AL-9].

use super::game::Game;
use super::number::Number;
use super::tableau::maximise;
use crate::domain::members_of;

/// Sets that are equally badly off, and weights that hold them and all sets of the levels before.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<T> {
    pub excess: T,
    pub sets: Vec<usize>,
    pub weights: Vec<(usize, T)>,
}

/// Proves that shares are the nucleolus, level by level until every share is settled. `None` when some level is not held: then the shares
/// are not the nucleolus. `most` limits the sets that are weighed; beyond it the proof is not made and counts as none.
pub fn certify<T: Number>(game: &Game<T>, shares: &[T], most: usize) -> Option<Vec<Held<T>>> {
    let members = game.members();
    let floors = floors(game, shares);
    let excesses = game.excesses(shares);
    let mut order: Vec<usize> = game.proper().collect();
    order.sort_by(|a, b| excesses[*b].partial_cmp(&excesses[*a]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b)));
    let mut span = Span::new(members);
    span.add(game.everybody());
    let (mut levels, mut gathered) = (Vec::new(), Vec::new());
    let mut next = 0;
    while span.rank() < members {
        let excess = excesses[*order.get(next)?].clone();
        let end = next + order[next..].iter().take_while(|set| !excess.is_above(&excesses[**set])).count();
        let mut sets: Vec<usize> = order[next..end].to_vec();
        sets.sort_unstable();
        sets.iter().for_each(|set| span.add(*set));
        gathered.extend(sets.iter().copied());
        if gathered.len() > most {
            return None;
        }
        let weights = weigh(members, &gathered, &floors)?;
        levels.push(Held { excess, sets, weights });
        next = end;
    }
    Some(levels)
}

/// Members that get just what they earn alone, where nobody can be asked to take less.
fn floors<T: Number>(game: &Game<T>, shares: &[T]) -> Vec<usize> {
    if !game.can_please_each() {
        return Vec::new();
    }
    (0..game.members()).filter(|member| !shares[*member].is_above(game.alone(*member))).collect()
}

/// Weights above zero of all sets, and of zero or more of single members, that cover every member once: the smallest weight is as large
/// as can be.
fn weigh<T: Number>(members: usize, sets: &[usize], floors: &[usize]) -> Option<Vec<(usize, T)>> {
    let covers = |set: usize| (0..members).map(move |member| if set >> member & 1 == 1 { T::one() } else { T::zero() });
    let mut columns: Vec<Vec<T>> = sets.iter().map(|set| covers(*set).collect()).collect();
    let all = (0..members).map(|member| columns.iter().fold(T::zero(), |sum, column| sum + column[member].clone())).collect();
    columns.extend(floors.iter().map(|member| covers(1 << member).collect()));
    columns.push(all);
    let mut value = vec![T::zero(); columns.len() - 1];
    value.push(T::one());
    let mut solution = maximise(&columns, &value, &vec![T::one(); members])?;
    let least = solution.pop()?;
    if !least.is_above(&T::zero()) {
        return None;
    }
    let of_floors = solution.split_off(sets.len());
    let own = sets.iter().zip(solution).map(|(set, more)| (*set, more + least.clone()));
    let single = floors.iter().zip(of_floors).filter(|(_, weight)| weight.is_above(&T::zero()));
    Some(own.chain(single.map(|(member, weight)| (1 << member, weight))).collect())
}

/// What the shares of sets settle: all sets whose members can be made up of them.
struct Span {
    rows: Vec<(usize, Vec<f64>)>,
    members: usize,
}

impl Span {
    fn new(members: usize) -> Self {
        Self { rows: Vec::new(), members }
    }

    fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Zeros and ones of up to sixteen members stay well within machine numbers.
    fn add(&mut self, set: usize) {
        let mut cells = vec![0.0; self.members];
        members_of(set).for_each(|member| cells[member] = 1.0);
        for (place, row) in &self.rows {
            let share = cells[*place] / row[*place];
            cells.iter_mut().zip(row).for_each(|(cell, part)| *cell -= share * part);
        }
        let place = (0..self.members).max_by(|a, b| cells[*a].abs().total_cmp(&cells[*b].abs()));
        if let Some(place) = place.filter(|place| cells[*place].abs() > 1e-6) {
            self.rows.push((place, cells));
        }
    }
}
