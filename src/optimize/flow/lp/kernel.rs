//! The inverse of the kernel: rows that are used up against basic columns other than keys and spare capacity. All other rows have room
//! left and follow from these.

use pulp::Arch;

/// A square matrix by used-up row, then basic column.
#[derive(Clone, Debug, Default)]
pub(super) struct Kernel {
    size: usize,
    /// Columns a row has place for.
    stride: usize,
    cells: Vec<f64>,
    arch: Arch,
}

impl Kernel {
    pub fn clear(&mut self) {
        self.size = 0;
    }

    /// What basic columns give for a unit of a row, by column.
    pub fn line(&self, row: usize) -> &[f64] {
        &self.cells[row * self.stride..row * self.stride + self.size]
    }

    /// Adds `factor` times a row to a sum by column.
    pub fn add_line(&self, row: usize, factor: f64, sum: &mut [f64]) {
        let line = self.line(row);
        self.arch.dispatch(
            #[inline(always)]
            || sum.iter_mut().zip(line).for_each(|(sum, part)| *sum += factor * part),
        );
    }

    /// By row, the sum over columns with a weight.
    pub fn weigh(&self, weights: &[(usize, f64)], sums: &mut Vec<f64>) {
        sums.clear();
        sums.extend((0..self.size).map(|row| {
            let line = self.line(row);
            weights.iter().map(|(column, weight)| line[*column] * weight).sum::<f64>()
        }));
    }

    /// Another column takes the place of one; its image is what it takes of each column now.
    pub fn replace(&mut self, place: usize, image: &[f64]) {
        let (size, stride, pivot) = (self.size, self.stride, image[place]);
        let cells = &mut self.cells[..size * stride];
        self.arch.dispatch(
            #[inline(always)]
            || {
                for line in cells.chunks_exact_mut(stride) {
                    let line = &mut line[..size];
                    let share = line[place] / pivot;
                    if share != 0.0 {
                        line.iter_mut().zip(image).for_each(|(own, rate)| *own -= rate * share);
                        line[place] = share;
                    }
                }
            },
        );
    }

    /// Another row takes the place of one; `across` is the new row's sum over columns, as [`Kernel::weigh`] gives it.
    pub fn exchange(&mut self, place: usize, across: &[f64]) {
        let (size, stride, pivot) = (self.size, self.stride, across[place]);
        let mut own = self.line(place).to_vec();
        own.iter_mut().for_each(|cell| *cell /= pivot);
        let cells = &mut self.cells[..size * stride];
        self.arch.dispatch(
            #[inline(always)]
            || {
                for (line, share) in cells.chunks_exact_mut(stride).zip(across) {
                    if *share != 0.0 {
                        line[..size].iter_mut().zip(&own).for_each(|(cell, part)| *cell -= part * share);
                    }
                }
            },
        );
        self.cells[place * stride..place * stride + size].copy_from_slice(&own);
    }

    /// A row and a column come in. `image` is what the column takes of each column, `across` the row's sum over columns, and `pivot` what is
    /// left of the column's take of the row.
    pub fn grow(&mut self, image: &[f64], across: &[f64], pivot: f64) {
        if self.size == self.stride {
            self.widen();
        }
        let (size, stride) = (self.size, self.stride);
        self.cells.resize((size + 1) * stride, 0.0);
        let (cells, last) = self.cells.split_at_mut(size * stride);
        self.arch.dispatch(
            #[inline(always)]
            || {
                for (line, share) in cells.chunks_exact_mut(stride).zip(across) {
                    let share = share / pivot;
                    line[..size].iter_mut().zip(image).for_each(|(cell, rate)| *cell += rate * share);
                    line[size] = -share;
                }
            },
        );
        last[..size].iter_mut().zip(image).for_each(|(cell, rate)| *cell = -rate / pivot);
        last[size] = 1.0 / pivot;
        self.size += 1;
    }

    /// A row and a column go; the last row and the last column take their places.
    pub fn shrink(&mut self, row: usize, column: usize) {
        let image = self.line(row).to_vec();
        self.replace(column, &image);
        let (last, stride) = (self.size - 1, self.stride);
        self.cells.copy_within(last * stride..last * stride + self.size, row * stride);
        for line in self.cells.chunks_exact_mut(stride).take(last) {
            line[column] = line[last];
        }
        self.size = last;
    }

    /// The column at a place changes roles with the key that it and the others are counted against.
    pub fn swap_key(&mut self, place: usize, others: &[usize]) {
        for line in self.cells.chunks_exact_mut(self.stride).take(self.size) {
            let sum: f64 = line[place] + others.iter().map(|other| line[*other]).sum::<f64>();
            line[place] = -sum;
        }
    }

    fn widen(&mut self) {
        let (old, new) = (self.stride, (self.stride * 2).max(32));
        let mut cells = vec![0.0; self.size * new];
        for row in 0..self.size {
            cells[row * new..row * new + old].copy_from_slice(&self.cells[row * old..row * old + old]);
        }
        self.cells = cells;
        self.stride = new;
    }

    /// Falsifies a cell, as rounding would.
    #[cfg(test)]
    pub fn spoil(&mut self, cell: usize, factor: f64) {
        let (row, column) = (cell / self.size.max(1) % self.size.max(1), cell % self.size.max(1));
        if let Some(cell) = self.cells.get_mut(row * self.stride + column) {
            *cell = *cell * factor + (factor - 1.0);
        }
    }
}
