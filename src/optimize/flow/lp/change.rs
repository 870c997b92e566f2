//! Changes of the program: rows cut in two, joined and taken out, with the basis kept.

use super::{BANNED, Column, FlowLp, Footprint, KEPT, PIVOT, Path, Place, RowIdx};

impl FlowLp {
    /// Adds a row that every way takes as much of as of another one, such as the second half of a leg that is cut in two.
    pub fn split_row(&mut self, old: RowIdx) -> RowIdx {
        let new = self.add_row(self.rows[old.row()].capacity);
        self.price[new.row()] = 0.0;
        let Place::Basic(position) = self.rows[new.row()].spare else { return new };
        let position = position as usize;
        match self.rows[old.row()].spare {
            Place::Basic(like) => {
                let like = like as usize;
                for row in (0..self.rows.len()).filter(|row| *row != old.row() && *row != new.row()) {
                    self.inverse[row * self.stride + position] = self.inverse[row * self.stride + like];
                }
                self.inverse[old.row() * self.stride + position] = 0.0;
                self.level[position] = self.level[like];
            }
            _ => {
                self.inverse[old.row() * self.stride + position] = -1.0;
                self.level[position] = 0.0;
            }
        }
        for path in self.paths.iter_mut().flatten() {
            let units: f64 = path.way.uses.iter().filter(|(row, _)| *row == old).map(|(_, units)| units).sum();
            if units != 0.0 {
                path.way.uses = path.way.uses.iter().copied().chain([(new, units)]).collect();
            }
        }
        new
    }

    /// Makes one row of two with the next [`FlowLp::solve`]: ways that take more of one than of the other go, and so does the second row.
    /// To be called before [`FlowLp::retire`].
    pub fn join_rows(&mut self, kept: RowIdx, gone: RowIdx) {
        self.joining.push([kept, gone]);
        for path in self.paths.iter_mut().flatten() {
            let taken = |of: RowIdx| path.way.uses.iter().filter(|(row, _)| *row == of).map(|(_, units)| units).sum::<f64>();
            if taken(kept) != taken(gone) {
                path.retired = true;
                path.way.value = BANNED;
            }
        }
    }

    fn finish_joining(&mut self) {
        for [kept, gone] in std::mem::take(&mut self.joining) {
            let Some(position) = self.free_spare(kept.row(), gone.row()).or_else(|| {
                // only rounding leads here
                self.restart();
                self.free_spare(kept.row(), gone.row())
            }) else {
                continue;
            };
            for row in 0..self.rows.len() {
                self.inverse[row * self.stride + position] = 0.0;
            }
            self.inverse[gone.row() * self.stride + position] = 1.0;
            for path in self.paths.iter_mut().flatten() {
                if path.way.uses.iter().any(|(row, _)| *row == gone) {
                    path.way.uses = path.way.uses.iter().copied().filter(|(row, _)| *row != gone).collect();
                }
            }
            self.level[position] = self.rows[gone.row()].capacity;
            self.price[gone.row()] = 0.0;
            self.free_rows.push(gone.0);
        }
    }

    /// Position of a row's spare capacity in the basis, brought in for that of a row that says the same if need be.
    fn free_spare(&mut self, kept: usize, gone: usize) -> Option<usize> {
        if let Place::Basic(position) = self.rows[gone].spare {
            return Some(position as usize);
        }
        let Place::Basic(position) = self.rows[kept].spare else { return None };
        let position = position as usize;
        let spare = Column::Spare(gone as u32);
        let image = self.image(spare);
        if image[position].abs() < PIVOT {
            return None;
        }
        let reduced = -self.price[gone];
        let level = self.level[position];
        self.replace(position, spare, level, &image, reduced);
        Some(position)
    }

    /// Takes rows and commodities, and all ways that use the one or carry the other, out with the next [`FlowLp::solve`].
    pub fn retire(&mut self, Footprint { rows, commodities }: &Footprint) {
        self.retired_commodities.extend(commodities.iter().map(|own| own.0));
        for row in rows {
            self.rows[row.0 as usize].retired = true;
        }
        self.retiring = true;
        for path in self.paths.iter_mut().flatten() {
            let gone = path.way.uses.iter().any(|(row, _)| self.rows[row.0 as usize].retired)
                || commodities.contains(&path.way.commodity);
            if gone {
                path.retired = true;
                path.way.value = BANNED;
            }
        }
        self.reprice();
    }

    /// Drops retired columns, none of which carries anything now, and frees their rows.
    pub(super) fn forget_retired(&mut self) {
        self.retiring = false;
        for path in 0..self.paths.len() {
            if self.paths[path].as_ref().is_some_and(|path| path.retired) {
                self.drive_out(path);
            }
        }
        for row in 0..self.rows.len() {
            if self.rows[row].retired && matches!(self.rows[row].spare, Place::Basic(_)) {
                self.rows[row].retired = false;
                self.free_rows.push(row as u32);
            }
        }
        self.free_commodities.append(&mut self.retired_commodities);
        self.finish_joining();
    }

    fn drive_out(&mut self, path: usize) {
        let column = Column::Path(path as u32);
        if self.place(column) == Place::Key
            && let Some(own) = self.commodity(column)
        {
            if let Some(position) = self.partner(own) {
                self.swap_key(own, position);
            } else {
                self.commodities[own as usize].key = Column::Left(own);
                self.commodities[own as usize].left = Place::Key;
                self.set_place(column, Place::Out);
            }
        }
        if let Place::Basic(position) = self.place(column) {
            let position = position as usize;
            let size = |row: &usize| self.inverse[row * self.stride + position].abs();
            let out = (0..self.rows.len()).filter(|row| self.rows[*row].spare == Place::Out);
            let Some(row) = out.max_by(|a, b| size(a).total_cmp(&size(b))) else { return };
            let spare = Column::Spare(row as u32);
            let reduced = -self.price[row];
            let image = self.image(spare);
            self.replace(position, spare, 0.0, &image, reduced);
        }
        self.paths[path] = None;
        self.free_paths.push(path as u32);
    }

    /// Forgets ways outside the basis when there are many, the least promising first.
    pub(super) fn thin_out(&mut self) {
        let alive = self.paths.len() - self.free_paths.len();
        let most = KEPT * (self.rows.len() + 64);
        if alive <= 2 * most {
            return;
        }
        let out = |path: &Option<Path>| path.as_ref().is_some_and(|path| path.found && path.place == Place::Out);
        let mut outside: Vec<(f64, usize)> = (0..self.paths.len())
            .filter(|row| out(&self.paths[*row]))
            .map(|row| (self.reduced(Column::Path(row as u32)), row))
            .collect();
        outside.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, row) in outside.into_iter().skip(most) {
            self.paths[row] = None;
            self.free_paths.push(row as u32);
        }
    }
}
