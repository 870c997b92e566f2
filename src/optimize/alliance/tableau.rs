//! A small linear program, solved in full: maximise over `x >= 0` with as many equations as there are members. Bland's rule, so that it
//! ends whatever ties there are.

use super::number::Number;

/// Solves `max value x, sum of columns times x = right, x >= 0` with `right >= 0`; `None` when no `x` fits. The program must be bounded.
pub fn maximise<T: Number>(columns: &[Vec<T>], value: &[T], right: &[T]) -> Option<Vec<T>> {
    let rows = right.len();
    let mut tableau = Tableau::new(columns, right);
    let all = columns.len();
    let first: Vec<T> = (0..all + rows).map(|column| if column < all { T::zero() } else { -T::one() }).collect();
    tableau.improve(&first, all + rows);
    let missing = tableau.basis.iter().zip(&tableau.level).any(|(column, level)| *column >= all && !level.is_nothing());
    if missing {
        return None;
    }
    tableau.drive_out(all);
    let second: Vec<T> = value.iter().cloned().chain((0..rows).map(|_| T::zero())).collect();
    tableau.improve(&second, all);
    let mut solution = vec![T::zero(); all];
    for (column, level) in tableau.basis.iter().zip(&tableau.level) {
        if *column < all {
            solution[*column] = level.clone();
        }
    }
    Some(solution)
}

/// Rows of the program in terms of the columns outside the basis.
struct Tableau<T> {
    cells: Vec<Vec<T>>,
    level: Vec<T>,
    basis: Vec<usize>,
}

impl<T: Number> Tableau<T> {
    /// Starts from one helping column for each row.
    fn new(columns: &[Vec<T>], right: &[T]) -> Self {
        let rows = right.len();
        let unit = |row: usize, other: usize| if row == other { T::one() } else { T::zero() };
        let row = |row: usize| {
            let own = columns.iter().map(|column| column[row].clone());
            own.chain((0..rows).map(|other| unit(row, other))).collect()
        };
        Self {
            cells: (0..rows).map(row).collect(),
            level: right.to_vec(),
            basis: (columns.len()..columns.len() + rows).collect(),
        }
    }

    /// Enters columns below `end` while they earn something.
    fn improve(&mut self, value: &[T], end: usize) {
        while let Some(column) = (0..end).find(|column| self.reduced(value, *column).is_above(&T::zero())) {
            let Some(row) = self.leaving(column) else { return };
            self.pivot(row, column);
        }
    }

    /// Puts columns of the program in the place of helping ones that are left at zero. Where none can, the equation says nothing new.
    fn drive_out(&mut self, all: usize) {
        for row in (0..self.basis.len()).filter(|row| self.basis[*row] >= all).collect::<Vec<_>>() {
            if let Some(column) = (0..all).find(|column| !self.cells[row][*column].is_nothing()) {
                self.pivot(row, column);
            }
        }
    }

    fn reduced(&self, value: &[T], column: usize) -> T {
        let rows = self.basis.iter().zip(&self.cells);
        rows.fold(value[column].clone(), |sum, (basic, cells)| sum - value[*basic].clone() * cells[column].clone())
    }

    fn leaving(&self, column: usize) -> Option<usize> {
        let mut best: Option<(T, usize, usize)> = None;
        for (row, cells) in self.cells.iter().enumerate() {
            if cells[column].is_above(&T::zero()) {
                let ratio = self.level[row].clone() / cells[column].clone();
                let sooner = best.as_ref().is_none_or(|(known, basic, _)| {
                    known.is_above(&ratio) || (!ratio.is_above(known) && self.basis[row] < *basic)
                });
                if sooner {
                    best = Some((ratio, self.basis[row], row));
                }
            }
        }
        best.map(|(_, _, row)| row)
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let pivot = self.cells[row][column].clone();
        self.cells[row].iter_mut().for_each(|cell| *cell = cell.clone() / pivot.clone());
        self.level[row] = self.level[row].clone() / pivot;
        let (own, own_level) = (self.cells[row].clone(), self.level[row].clone());
        for other in (0..self.cells.len()).filter(|other| *other != row) {
            let share = self.cells[other][column].clone();
            if share.is_zero() {
                continue;
            }
            for (cell, part) in self.cells[other].iter_mut().zip(&own) {
                *cell = cell.clone() - share.clone() * part.clone();
            }
            self.level[other] = self.level[other].clone() - share * own_level.clone();
        }
        self.basis[row] = column;
    }
}
