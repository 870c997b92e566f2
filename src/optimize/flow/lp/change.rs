//! Changes of the program: rows cut in two, joined and taken out, with the basis kept.

use super::{BANNED, Column, FlowLp, Footprint, KEPT, Place, Row, RowIdx};

impl FlowLp {
    /// Adds a row that every way takes as much of as of another one, such as the second half of a leg that is cut in two.
    pub fn split_row(&mut self, old: RowIdx) -> RowIdx {
        let Row { capacity, room, tight, .. } = self.rows[old.row()];
        let room = if tight.is_none() { room } else { 0.0 };
        let new = self.add_row(capacity);
        self.rows[new.row()].room = room;
        (0..self.paths.len() as u32).for_each(|path| self.paths.extend(path, old, new));
        new
    }

    /// Makes one row of two with the next [`FlowLp::solve`]: ways that take more of one than of the other go, and so does the second row.
    /// To be called before [`FlowLp::retire`].
    pub fn join_rows(&mut self, kept: RowIdx, gone: RowIdx) {
        self.joining.push([kept, gone]);
        for path in 0..self.paths.len() as u32 {
            if self.paths.takes(path, kept.row()) != self.paths.takes(path, gone.row()) {
                self.ban(path);
            }
        }
    }

    fn ban(&mut self, path: u32) {
        let path = self.paths.get_mut(path);
        path.retired = true;
        path.value = BANNED;
    }

    fn finish_joining(&mut self) {
        for [kept, gone] in std::mem::take(&mut self.joining) {
            if self.rows[kept.row()].tight.is_some() && self.rows[gone.row()].tight.is_some() {
                // only rounding leads here
                self.restart();
            }
            if let Some(line) = self.rows[gone.row()].tight.take() {
                self.tight[line as usize] = kept.0;
                self.rows[kept.row()].tight = Some(line);
                self.price[kept.row()] = self.price[gone.row()];
            }
            self.price[gone.row()] = 0.0;
            self.free_rows.push(gone.0);
            (0..self.paths.len() as u32).for_each(|path| self.paths.strip(path, gone));
        }
    }

    /// Takes rows and commodities, and all ways that use the one or carry the other, out with the next [`FlowLp::solve`].
    pub fn retire(&mut self, Footprint { rows, commodities }: &Footprint) {
        self.retired_commodities.extend(commodities.iter().map(|own| own.0));
        for row in rows {
            self.rows[row.row()].retired = true;
        }
        self.retiring = true;
        for path in 0..self.paths.len() as u32 {
            let carries = self.paths.get(path).commodity;
            if self.paths.uses(path).any(|(row, _)| self.rows[row].retired) || commodities.iter().any(|own| own.0 == carries) {
                self.ban(path);
            }
        }
        self.reprice();
    }

    /// Drops retired columns, none of which carries anything now, and frees their rows.
    pub(super) fn forget_retired(&mut self) {
        self.retiring = false;
        let retired: Vec<u32> = self.paths.alive().filter(|path| self.paths.get(*path).retired).collect();
        retired.into_iter().for_each(|path| self.drive_out(path));
        for (row, own) in self.rows.iter_mut().enumerate() {
            if own.retired && own.tight.is_none() {
                own.retired = false;
                self.free_rows.push(row as u32);
            }
        }
        self.free_commodities.append(&mut self.retired_commodities);
        self.finish_joining();
    }

    fn drive_out(&mut self, path: u32) {
        let column = Column::Path(path);
        let own = self.paths.get(path).commodity;
        if self.place(column) == Place::Key {
            if let Some(place) = self.partner(own) {
                self.swap_key(own, place);
            } else {
                self.commodities[own as usize].key = Column::Left(own);
                self.commodities[own as usize].left = Place::Key;
                self.set_place(column, Place::Out);
            }
        }
        if let Place::Basic(place) = self.place(column) {
            let place = place as usize;
            let size = |line: usize| self.kernel.line(line)[place].abs();
            let Some(line) = (0..self.tight.len()).max_by(|a, b| size(*a).total_cmp(&size(*b))) else { return };
            let row = self.tight[line];
            let image = self.kernel.line(line).to_vec();
            self.replace_basic(place, Column::Spare(row), 0.0, &image, -self.price[row as usize]);
        }
        self.paths.forget(path);
    }

    /// Forgets ways outside the basis when there are many, the least promising first.
    pub(super) fn thin_out(&mut self) {
        let most = KEPT * (self.rows.len() + 64);
        if self.paths.count() <= 2 * most {
            return;
        }
        let may_go = |path: &u32| {
            let own = self.paths.get(*path);
            own.found && own.place == Place::Out
        };
        let outside = self.paths.alive().filter(may_go).map(|path| (self.reduced(Column::Path(path)), path));
        let mut outside: Vec<(f64, u32)> = outside.collect();
        outside.sort_by(|a, b| b.0.total_cmp(&a.0));
        outside.into_iter().skip(most).for_each(|(_, path)| self.paths.forget(path));
    }
}
