//! One step of the simplex: what enters, what leaves, and the inverse that is kept up to date.

use super::{Column, CommodityIdx, FlowLp, PIVOT, Place, RESIDUAL, TIE};

/// The column that is used up first when another enters.
pub(super) enum Leaving {
    Basic(usize),
    /// Commodity, and how fast its key goes.
    Key(u32, f64),
}

impl FlowLp {
    /// Adds `factor` times the inverse's image of what a column takes.
    pub(super) fn add_image(&self, column: Column, factor: f64, image: &mut [f64]) {
        let mut add = |row: usize, units: f64| {
            let own = &self.inverse[row * self.stride..row * self.stride + image.len()];
            image.iter_mut().zip(own).for_each(|(sum, part)| *sum += factor * units * part);
        };
        match column {
            Column::Spare(row) => add(row as usize, 1.0),
            Column::Left(_) => {}
            Column::Path(path) => {
                if let Some(path) = &self.paths[path as usize] {
                    path.way.uses.iter().for_each(|(row, units)| add(row.0 as usize, *units));
                }
            }
        }
    }

    /// What a unit of an entering column takes of each basic one.
    pub(super) fn image(&self, column: Column) -> Vec<f64> {
        let mut image = vec![0.0; self.basis.len()];
        self.add_image(column, 1.0, &mut image);
        if let Some(own) = self.commodity(column) {
            self.add_image(self.commodities[own as usize].key, -1.0, &mut image);
        }
        image
    }

    /// What a unit of an entering column takes of the keys.
    pub(super) fn key_image(&self, column: Column, image: &[f64]) -> Vec<(u32, f64)> {
        let mut rates = vec![0.0; self.commodities.len()];
        let mut owns: Vec<u32> = self.commodity(column).into_iter().collect();
        owns.iter().for_each(|own| rates[*own as usize] = 1.0);
        for (basic, units) in self.basis.iter().zip(image) {
            if *units != 0.0
                && let Some(own) = self.commodity(*basic)
            {
                rates[own as usize] -= units;
                owns.push(own);
            }
        }
        let mut keys = Vec::with_capacity(owns.len());
        for own in owns {
            let rate = std::mem::replace(&mut rates[own as usize], 0.0);
            if rate != 0.0 {
                keys.push((own, rate));
            }
        }
        keys
    }

    /// Brings a column into the basis; false when rounding leaves no safe pivot.
    pub(super) fn enter(&mut self, column: Column) -> bool {
        self.pivots += 1;
        let reduced = self.reduced(column);
        let mut image = self.image(column);
        let keys = self.key_image(column, &image);
        let Some(leaving) = self.leaving(&image, &keys) else { return false };
        let units = match leaving {
            Leaving::Basic(position) => (self.level[position] / image[position]).max(0.0),
            Leaving::Key(own, rate) => (self.commodities[own as usize].key_level / rate).max(0.0),
        };
        self.stalled = if units > 1e-9 { 0 } else { self.stalled + 1 };
        for (level, taken) in self.level.iter_mut().zip(&image) {
            *level -= taken * units;
        }
        for (own, rate) in &keys {
            self.commodities[*own as usize].key_level -= rate * units;
        }
        match leaving {
            Leaving::Basic(position) => self.replace(position, column, units, &image, reduced),
            Leaving::Key(own, _) => match self.partner(own) {
                None => {
                    let old = self.commodities[own as usize].key;
                    self.set_place(old, Place::Out);
                    self.set_place(column, Place::Key);
                    self.commodities[own as usize].key = column;
                    self.commodities[own as usize].key_level = units;
                }
                Some(position) => {
                    self.swap_key(own, position);
                    image = self.image(column);
                    if image[position].abs() < PIVOT {
                        return false;
                    }
                    self.replace(position, column, units, &image, reduced);
                }
            },
        }
        true
    }

    /// Which basic column is used up first; among near ties the one with the largest pivot.
    fn leaving(&self, image: &[f64], keys: &[(u32, f64)]) -> Option<Leaving> {
        let mut most = f64::INFINITY;
        for (level, rate) in self.level.iter().zip(image).filter(|(_, rate)| **rate > PIVOT) {
            most = most.min((level + TIE) / rate);
        }
        for (own, rate) in keys.iter().filter(|(_, rate)| *rate > PIVOT) {
            most = most.min((self.commodities[*own as usize].key_level + TIE) / rate);
        }
        let most = most.max(0.0);
        let mut best: Option<(f64, Leaving)> = None;
        let mut consider = |level: f64, rate: f64, leaving: Leaving| {
            if rate > PIVOT && level / rate <= most && best.as_ref().is_none_or(|(known, _)| rate > *known) {
                best = Some((rate, leaving));
            }
        };
        for (position, (level, rate)) in self.level.iter().zip(image).enumerate() {
            consider(*level, *rate, Leaving::Basic(position));
        }
        for (own, rate) in keys {
            consider(self.commodities[*own as usize].key_level, *rate, Leaving::Key(*own, *rate));
        }
        best.map(|(_, leaving)| leaving)
    }

    /// Position of a basic column of a commodity beside its key.
    pub(super) fn partner(&self, own: u32) -> Option<usize> {
        self.basis.iter().position(|column| self.commodity(*column) == Some(own))
    }

    /// Makes the basic column at a position the key of its commodity; the old key takes its place.
    pub(super) fn swap_key(&mut self, own: u32, position: usize) {
        let others: Vec<usize> =
            (0..self.basis.len()).filter(|other| *other != position && self.commodity(self.basis[*other]) == Some(own)).collect();
        let stride = self.stride;
        for row in 0..self.rows.len() {
            let column = &mut self.inverse[row * stride..(row + 1) * stride];
            let sum: f64 = column[position] + others.iter().map(|other| column[*other]).sum::<f64>();
            column[position] = -sum;
        }
        let (new, old) = (self.basis[position], self.commodities[own as usize].key);
        self.basis[position] = old;
        std::mem::swap(&mut self.level[position], &mut self.commodities[own as usize].key_level);
        self.commodities[own as usize].key = new;
        self.set_place(new, Place::Key);
        self.set_place(old, Place::Basic(position as u32));
    }

    /// Puts an entering column at a position of the basis, and brings inverse and prices up to date.
    pub(super) fn replace(&mut self, position: usize, column: Column, units: f64, image: &[f64], reduced: f64) {
        self.set_place(self.basis[position], Place::Out);
        self.set_place(column, Place::Basic(position as u32));
        self.basis[position] = column;
        self.level[position] = units;
        self.turn(position, image);
        for row in 0..self.rows.len() {
            self.price[row] += reduced * self.inverse[row * self.stride + position];
        }
    }

    /// The inverse after the column with this image came in at a position.
    pub(super) fn turn(&mut self, position: usize, image: &[f64]) {
        let size = self.basis.len();
        for row in 0..self.rows.len() {
            let column = &mut self.inverse[row * self.stride..row * self.stride + size];
            let pivot = column[position];
            if pivot == 0.0 {
                continue;
            }
            let share = pivot / image[position];
            column.iter_mut().zip(image).for_each(|(own, rate)| *own -= rate * share);
            column[position] = share;
        }
    }

    /// Prices of all rows from the basis.
    pub(super) fn reprice(&mut self) {
        let worth: Vec<f64> = self
            .basis
            .iter()
            .map(|column| {
                let key = self.commodity(*column).map_or(0.0, |own| self.value_of(self.commodities[own as usize].key));
                self.value_of(*column) - key
            })
            .collect();
        for row in 0..self.rows.len() {
            let column = &self.inverse[row * self.stride..row * self.stride + worth.len()];
            self.price[row] = column.iter().zip(&worth).map(|(own, worth)| own * worth).sum();
        }
    }

    /// Makes inverse, levels and prices anew from the columns of the basis.
    pub(super) fn refactor(&mut self) {
        let wanted: Vec<Column> = self.basis.iter().copied().filter(|column| !matches!(column, Column::Spare(_))).collect();
        let spare: Vec<bool> = self.rows.iter().map(|row| matches!(row.spare, Place::Basic(_))).collect();
        self.inverse.fill(0.0);
        for row in 0..self.rows.len() {
            self.inverse[row * self.stride + row] = 1.0;
            self.basis[row] = Column::Spare(row as u32);
        }
        let mut open: Vec<bool> = spare.iter().map(|basic| !basic).collect();
        for column in wanted {
            let image = self.image(column);
            let widest =
                (0..image.len()).filter(|position| open[*position]).max_by(|a, b| image[*a].abs().total_cmp(&image[*b].abs()));
            match widest.filter(|position| image[*position].abs() > PIVOT) {
                Some(position) => {
                    self.turn(position, &image);
                    self.basis[position] = column;
                    open[position] = false;
                }
                None => self.set_place(column, Place::Out),
            }
        }
        for row in 0..self.rows.len() {
            self.rows[row].spare = Place::Out;
        }
        for position in 0..self.basis.len() {
            self.set_place(self.basis[position], Place::Basic(position as u32));
        }
        self.relevel();
        self.reprice();
    }

    /// Levels of all basic columns from capacities and volumes.
    pub(super) fn relevel(&mut self) {
        let mut room: Vec<f64> = self.rows.iter().map(|row| row.capacity).collect();
        for own in &self.commodities {
            if let Some(uses) = self.uses(own.key) {
                uses.iter().for_each(|(row, units)| room[row.0 as usize] -= units * own.volume);
            }
        }
        self.level.fill(0.0);
        for (row, room) in room.iter().enumerate() {
            let column = &self.inverse[row * self.stride..row * self.stride + self.basis.len()];
            self.level.iter_mut().zip(column).for_each(|(level, part)| *level += part * room);
        }
        for own in &mut self.commodities {
            own.key_level = own.volume;
        }
        for position in 0..self.basis.len() {
            if let Some(own) = self.commodity(self.basis[position]) {
                self.commodities[own as usize].key_level -= self.level[position];
            }
        }
    }

    /// True when levels fill rows and volumes exactly, are not negative, and no basic column earns more or less than its prices.
    pub(super) fn is_sound(&self) -> bool {
        let mut room: Vec<f64> = self.rows.iter().map(|row| row.capacity).collect();
        let mut volume: Vec<f64> = self.commodities.iter().map(|own| own.volume - own.key_level).collect();
        let mut take = |column: Column, level: f64| match column {
            Column::Spare(row) => room[row as usize] -= level,
            Column::Left(_) => {}
            Column::Path(path) => {
                let uses = self.paths[path as usize].iter().flat_map(|path| path.way.uses.iter());
                uses.for_each(|(row, units)| room[row.0 as usize] -= units * level);
            }
        };
        for own in &self.commodities {
            take(own.key, own.key_level);
        }
        for (column, level) in self.basis.iter().zip(&self.level) {
            take(*column, *level);
            if let Some(own) = self.commodity(*column) {
                volume[own as usize] -= level;
            }
        }
        let fair = |column: &Column| {
            let asked = self.commodity(*column).map_or(0.0, |own| self.commodity_price(CommodityIdx(own)));
            (self.value_of(*column) - self.charge(*column) - asked).abs() < RESIDUAL * (1.0 + self.value_of(*column).abs())
        };
        room.iter().chain(&volume).all(|rest| rest.abs() < RESIDUAL)
            && self.level.iter().all(|level| *level > -RESIDUAL)
            && self.commodities.iter().all(|own| own.key_level > -RESIDUAL)
            && self.basis.iter().all(fair)
    }
}
