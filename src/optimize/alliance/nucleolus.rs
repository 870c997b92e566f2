//! The nucleolus: the worst-off set of members is made as well off as can be, then the next, until every share is settled. Each step is a
//! linear program, solved in its dual by a simplex whose columns are the sets: the set that is worst off at the present shares comes in.

use super::game::Game;
use super::number::Number;
use super::tableau::maximise;
use crate::domain::{Cents, members_of};

/// The shares of the nucleolus; members get at least what they earn alone where all of them can [AL-7].
pub fn nucleolus<T: Number>(game: &Game<T>) -> Vec<T> {
    let mut search = Search::new(game, game.can_please_each());
    while !search.free.is_empty() {
        search.settle_next();
    }
    search.shares
}

/// The least that the worst-off set can be left behind what it earns alone: the least core; `None` for an alliance of one [AL-8].
pub fn least_core<T: Number>(game: &Game<T>) -> Option<T> {
    let mut search = Search::new(game, false);
    (!search.free.is_empty()).then(|| search.settle_next())
}

/// A set of members and what it is known to earn.
pub type KnownSet = (usize, Cents);

/// The least core when only some sets are known: the largest earnings less share that these are left with at best, rounded up. `None` when
/// they do not hold one another, so that all of them can be given as much as they like.
pub fn least_core_of(members: usize, total: Cents, known: &[KnownSet]) -> Option<Cents> {
    let size = known.iter().map(|(_, value)| value.0.abs()).chain([total.0.abs(), 1]).max().unwrap_or(1) as f64;
    let cells = |set: usize, last: f64| {
        let covers = (0..members).map(move |member| f64::from(u8::from(set >> member & 1 == 1)));
        covers.chain([last]).collect::<Vec<f64>>()
    };
    let mut columns: Vec<Vec<f64>> = known.iter().map(|(set, _)| cells(*set, 1.0)).collect();
    columns.push((0..=members).map(|row| if row < members { -1.0 } else { 0.0 }).collect());
    let values: Vec<f64> =
        known.iter().map(|(_, value)| value.0 as f64).chain([-total.0 as f64]).map(|value| value / size).collect();
    let right: Vec<f64> = (0..=members).map(|row| if row < members { 0.0 } else { 1.0 }).collect();
    let weights = maximise(&columns, &values, &right)?;
    let excess: f64 = weights.iter().zip(&values).map(|(weight, value)| weight * value).sum();
    Some(Cents((excess * size - 1e-6).ceil() as i64))
}

/// What is settled so far, and the directions in which shares can still move.
struct Search<'a, T> {
    game: &'a Game<T>,
    floors: bool,
    shares: Vec<T>,
    /// By direction, then member.
    free: Vec<Vec<T>>,
}

/// A column of the dual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    /// A set that gets its value less the common excess.
    Set(usize),
    /// A member that gets at least what it earns alone.
    Floor(usize),
}

/// Basis of the dual: columns, their weights, and the inverse by basic column.
struct Basis<T> {
    columns: Vec<Column>,
    weights: Vec<T>,
    inverse: Vec<Vec<T>>,
}

impl<'a, T: Number> Search<'a, T> {
    /// Starts from equal shares, with every direction free that keeps the total.
    fn new(game: &'a Game<T>, floors: bool) -> Self {
        let members = game.members();
        let equal = game.total().clone() / T::of(members.max(1) as i64);
        let direction = |member: usize| {
            let mut direction = vec![T::zero(); members];
            direction[member] = T::one();
            direction[members - 1] = -T::one();
            direction
        };
        Self { game, floors, shares: vec![equal; members], free: (0..members.saturating_sub(1)).map(direction).collect() }
    }

    /// How far each free direction changes what a set gets.
    fn moves(&self, set: usize) -> Vec<T> {
        let sum = |direction: &Vec<T>| members_of(set).fold(T::zero(), |sum, member| sum + direction[member].clone());
        self.free.iter().map(sum).collect()
    }

    fn is_settled(&self, set: usize) -> bool {
        self.moves(set).iter().all(Number::is_nothing)
    }

    /// Column of the dual: the moves, and 1 for a set that bears the common excess.
    fn column(&self, column: Column) -> Vec<T> {
        let (set, excess) = match column {
            Column::Set(set) => (set, T::one()),
            Column::Floor(member) => (1 << member, T::zero()),
        };
        let mut cells = self.moves(set);
        cells.push(excess);
        cells
    }

    /// Value less present share of a column.
    fn cost(&self, column: Column) -> T {
        let set = match column {
            Column::Set(set) => set,
            Column::Floor(member) => 1 << member,
        };
        members_of(set).fold(self.game.value(set).clone(), |rest, member| rest - self.shares[member].clone())
    }

    /// Makes the worst-off open set as well off as can be, settles the sets that hold it there, and returns its excess.
    fn settle_next(&mut self) -> T {
        let open: Vec<usize> = self.game.proper().filter(|set| !self.is_settled(*set)).collect();
        let mut basis = self.first_basis(&open);
        let (mut steps, mut excess) = self.duals(&basis);
        let mut still = 0;
        loop {
            let shares = self.moved(&steps);
            let entering = self.worst(&open, &shares, &excess, still > 2 * self.game.members());
            let Some(column) = entering else { break };
            let moved = basis.enter(column, &self.column(column));
            still = if moved { 0 } else { still + 1 };
            (steps, excess) = self.duals(&basis);
        }
        self.shares = self.moved(&steps);
        for (column, weight) in basis.columns.iter().zip(&basis.weights) {
            if weight.is_above(&T::zero()) {
                let set = match *column {
                    Column::Set(set) => set,
                    Column::Floor(member) => 1 << member,
                };
                self.settle(set);
            }
        }
        excess
    }

    /// A set and its counterpart hold each other; others fill the basis up without weight.
    fn first_basis(&self, open: &[usize]) -> Basis<T> {
        let size = self.free.len() + 1;
        let pair = [open[0], self.game.everybody() & !open[0]];
        let mut basis = Basis { columns: Vec::new(), weights: Vec::new(), inverse: Vec::new() };
        let mut echelon: Vec<(usize, Vec<T>)> = Vec::new();
        for set in pair.iter().chain(open) {
            if basis.columns.len() == size {
                break;
            }
            let mut cells = self.column(Column::Set(*set));
            for (place, row) in &echelon {
                let share = cells[*place].clone() / row[*place].clone();
                cells.iter_mut().zip(row).for_each(|(cell, part)| *cell = cell.clone() - share.clone() * part.clone());
            }
            if let Some(place) = largest(&cells) {
                echelon.push((place, cells));
                basis.columns.push(Column::Set(*set));
            }
        }
        let half = T::one() / T::of(2);
        basis.weights = (0..size).map(|place| if place < 2 { half.clone() } else { T::zero() }).collect();
        let cells: Vec<Vec<T>> = basis.columns.iter().map(|column| self.column(*column)).collect();
        basis.inverse = invert(&cells);
        basis
    }

    /// Steps along the free directions, and the excess, that the basis stands for.
    fn duals(&self, basis: &Basis<T>) -> (Vec<T>, T) {
        let costs: Vec<T> = basis.columns.iter().map(|column| self.cost(*column)).collect();
        let size = basis.columns.len();
        let dual = |row: usize| {
            let parts = costs.iter().zip(&basis.inverse);
            parts.fold(T::zero(), |sum, (cost, line)| sum + cost.clone() * line[row].clone())
        };
        let mut duals: Vec<T> = (0..size).map(dual).collect();
        let excess = duals.pop().unwrap_or_else(T::zero);
        (duals, excess)
    }

    fn moved(&self, steps: &[T]) -> Vec<T> {
        let mut shares = self.shares.clone();
        for (direction, step) in self.free.iter().zip(steps) {
            for (share, part) in shares.iter_mut().zip(direction) {
                *share = share.clone() + part.clone() * step.clone();
            }
        }
        shares
    }

    /// The column that the shares and the excess break most, or the first one they break.
    fn worst(&self, open: &[usize], shares: &[T], excess: &T, first: bool) -> Option<Column> {
        let sums = self.game.sums(shares);
        let mut worst: Option<(T, Column)> = None;
        let sets =
            open.iter().map(|set| (self.game.value(*set).clone() - sums[*set].clone() - excess.clone(), Column::Set(*set)));
        let members = if self.floors { self.game.members() } else { 0 };
        let floors = (0..members).map(|member| (self.game.alone(member).clone() - shares[member].clone(), Column::Floor(member)));
        for (lacks, column) in sets.chain(floors).filter(|(lacks, _)| lacks.is_above(&T::zero())) {
            if first {
                return Some(column);
            }
            if worst.as_ref().is_none_or(|(known, _)| lacks > *known) {
                worst = Some((lacks, column));
            }
        }
        worst.map(|(_, column)| column)
    }

    /// Keeps what a set gets from now on.
    fn settle(&mut self, set: usize) {
        let moves = self.moves(set);
        let Some(place) = largest(&moves) else { return };
        let gone = self.free.remove(place);
        let kept = moves.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, own)| own);
        for (direction, own) in self.free.iter_mut().zip(kept) {
            let share = own.clone() / moves[place].clone();
            direction.iter_mut().zip(&gone).for_each(|(cell, part)| *cell = cell.clone() - share.clone() * part.clone());
        }
    }
}

impl<T: Number> Basis<T> {
    /// Brings a column in for the one that runs out first; false when its weight stays zero.
    fn enter(&mut self, column: Column, cells: &[T]) -> bool {
        let image: Vec<T> = self
            .inverse
            .iter()
            .map(|line| line.iter().zip(cells).fold(T::zero(), |sum, (own, cell)| sum + own.clone() * cell.clone()))
            .collect();
        let mut leaving: Option<(T, usize)> = None;
        for (place, rate) in image.iter().enumerate().filter(|(_, rate)| rate.is_above(&T::zero())) {
            let ratio = self.weights[place].clone() / rate.clone();
            let sooner = leaving.as_ref().is_none_or(|(known, other)| {
                known.is_above(&ratio) || (!ratio.is_above(known) && self.columns[place] < self.columns[*other])
            });
            if sooner {
                leaving = Some((ratio, place));
            }
        }
        // the weights add up to one, so some column always runs out
        let Some((weight, place)) = leaving else { return false };
        for (other, rate) in image.iter().enumerate() {
            self.weights[other] =
                if other == place { weight.clone() } else { self.weights[other].clone() - rate.clone() * weight.clone() };
        }
        let own: Vec<T> = self.inverse[place].iter().map(|cell| cell.clone() / image[place].clone()).collect();
        for (other, line) in self.inverse.iter_mut().enumerate().filter(|(other, _)| *other != place) {
            line.iter_mut().zip(&own).for_each(|(cell, part)| *cell = cell.clone() - image[other].clone() * part.clone());
        }
        self.inverse[place] = own;
        self.columns[place] = column;
        weight.is_above(&T::zero())
    }
}

/// Place of the cell farthest from zero; `None` when all are zero.
fn largest<T: Number>(cells: &[T]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_nothing()) {
        if best.is_none_or(|known| cell.abs() > cells[known].abs()) {
            best = Some(place);
        }
    }
    best
}

/// Inverse of a matrix given by columns that are independent: by column, what a unit of each row gives it.
fn invert<T: Number>(columns: &[Vec<T>]) -> Vec<Vec<T>> {
    let size = columns.len();
    let mut left: Vec<Vec<T>> = (0..size).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
    let unit = |row: usize, other: usize| if row == other { T::one() } else { T::zero() };
    let mut right: Vec<Vec<T>> = (0..size).map(|row| (0..size).map(|other| unit(row, other)).collect()).collect();
    for place in 0..size {
        let candidates: Vec<T> = (place..size).map(|row| left[row][place].clone()).collect();
        let Some(row) = largest(&candidates) else { continue };
        left.swap(place, place + row);
        right.swap(place, place + row);
        let pivot = left[place][place].clone();
        for cell in left[place].iter_mut().chain(right[place].iter_mut()) {
            *cell = cell.clone() / pivot.clone();
        }
        let (own_left, own_right) = (left[place].clone(), right[place].clone());
        for other in (0..size).filter(|other| *other != place) {
            let share = left[other][place].clone();
            left[other].iter_mut().zip(&own_left).for_each(|(cell, part)| *cell = cell.clone() - share.clone() * part.clone());
            right[other].iter_mut().zip(&own_right).for_each(|(cell, part)| *cell = cell.clone() - share.clone() * part.clone());
        }
    }
    right
}
