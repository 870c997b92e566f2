//! One step of the simplex: what enters, what leaves, and the kernel that is kept up to date.

use super::{Basic, Column, CommodityIdx, FlowLp, PIVOT, Place, RESIDUAL, TIE};

/// The column that is used up first when another enters.
#[derive(Clone, Copy)]
enum Leaving {
    /// Place in the kernel.
    Basic(usize),
    /// Commodity whose key goes.
    Key(u32),
    /// Row whose room goes.
    Room(usize),
}

/// What a unit of an entering column takes.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    /// Of each column of the kernel.
    pub(super) image: Vec<f64>,
    /// Of the keys that change.
    pub(super) keys: Vec<(u32, f64)>,
    /// Of the room of each row outside the kernel.
    pub(super) rows: Vec<f64>,
    /// By commodity, all zero between two steps.
    rates: Vec<f64>,
    /// By row of the kernel: a new row's sum over columns.
    across: Vec<f64>,
}

impl FlowLp {
    /// Works out what a unit of an entering column takes of the columns of the kernel.
    fn project_image(&self, column: Column, image: &mut Vec<f64>) {
        image.clear();
        image.resize(self.basis.len(), 0.0);
        let mut add = |column: Column, factor: f64| {
            if let Column::Path(path) = column {
                for (row, units) in self.paths.uses(path) {
                    if let Some(tight) = self.rows[row].tight {
                        self.kernel.add_line(tight as usize, factor * units, image);
                    }
                }
            }
        };
        match (column, self.commodity(column)) {
            (Column::Spare(row), _) => {
                if let Some(tight) = self.rows[row as usize].tight {
                    image.copy_from_slice(self.kernel.line(tight as usize));
                }
            }
            (_, Some(own)) => {
                add(column, 1.0);
                add(self.commodities[own as usize].key, -1.0);
            }
            _ => {}
        }
    }

    /// Works out all that a unit of an entering column takes.
    pub(super) fn project(&self, column: Column, step: &mut Step) {
        self.project_image(column, &mut step.image);
        step.rates.resize(self.commodities.len(), 0.0);
        step.keys.clear();
        step.rows.clear();
        step.rows.resize(self.rows.len(), 0.0);
        let mut take = |column: Column, factor: f64| {
            if let Column::Path(path) = column {
                self.paths.uses(path).for_each(|(row, units)| step.rows[row] += factor * units);
            }
        };
        take(column, 1.0);
        if let Some(own) = self.commodity(column) {
            step.rates[own as usize] = 1.0;
            step.keys.push((own, 0.0));
        }
        for (basic, rate) in self.basis.iter().zip(&step.image).filter(|(_, rate)| **rate != 0.0) {
            take(basic.column, -rate);
            step.rates[basic.commodity as usize] -= rate;
            step.keys.push((basic.commodity, 0.0));
        }
        step.keys.retain_mut(|(own, rate)| {
            *rate = std::mem::take(&mut step.rates[*own as usize]);
            *rate != 0.0
        });
        for (own, rate) in &step.keys {
            take(self.commodities[*own as usize].key, -rate);
        }
    }

    /// Brings a column into the basis; false when rounding leaves no safe pivot.
    pub(super) fn enter(&mut self, column: Column) -> bool {
        let mut step = std::mem::take(&mut self.step);
        let entered = self.make_step(column, &mut step);
        self.step = step;
        entered
    }

    fn make_step(&mut self, column: Column, step: &mut Step) -> bool {
        self.pivots += 1;
        let reduced = self.reduced(column);
        self.project(column, step);
        let Some((units, leaving)) = self.leaving(step) else { return false };
        self.stalled = if units > 1e-9 { 0 } else { self.stalled + 1 };
        self.take(step, units);
        match leaving {
            Leaving::Basic(place) => self.replace_basic(place, column, units, &step.image, reduced),
            Leaving::Room(row) => self.use_up(row, column, units, step, reduced),
            Leaving::Key(own) => match self.partner(own) {
                None => {
                    self.set_place(self.commodities[own as usize].key, Place::Out);
                    self.set_place(column, Place::Key);
                    self.commodities[own as usize].key = column;
                    self.commodities[own as usize].key_level = units;
                }
                Some(place) => {
                    self.swap_key(own, place);
                    self.project_image(column, &mut step.image);
                    if step.image[place].abs() < PIVOT {
                        return false;
                    }
                    self.replace_basic(place, column, units, &step.image, reduced);
                }
            },
        }
        true
    }

    /// Lets so many units of an entering column in.
    pub(super) fn take(&mut self, step: &Step, units: f64) {
        for (level, taken) in self.level.iter_mut().zip(&step.image) {
            *level -= taken * units;
        }
        for (own, rate) in &step.keys {
            self.commodities[*own as usize].key_level -= rate * units;
        }
        for (row, taken) in self.rows.iter_mut().zip(&step.rows) {
            row.room -= taken * units;
        }
    }

    /// By row of the kernel: what a row outside of it takes of each.
    pub(super) fn weigh_row(&self, row: usize, across: &mut Vec<f64>) {
        let takes = |column: Column| match column {
            Column::Path(path) => self.paths.takes(path, row),
            _ => 0.0,
        };
        let net = self.basis.iter().map(|basic| takes(basic.column) - takes(self.commodities[basic.commodity as usize].key));
        let weights: Vec<(usize, f64)> = net.enumerate().filter(|(_, units)| *units != 0.0).collect();
        self.kernel.weigh(&weights, across);
    }

    /// How far a column can enter, and what is used up first; among near ties what goes fastest.
    fn leaving(&self, step: &Step) -> Option<(f64, Leaving)> {
        let mut most = f64::INFINITY;
        self.all_used(step, |level, rate, _| {
            if level + TIE < most * rate {
                most = (level + TIE) / rate;
            }
        });
        let most = most.max(0.0);
        let mut best: Option<(f64, f64, Leaving)> = None;
        self.all_used(step, |level, rate, leaving| {
            if level <= most * rate && best.is_none_or(|(_, known, _)| rate > known) {
                best = Some((level, rate, leaving));
            }
        });
        best.map(|(level, rate, leaving)| ((level / rate).max(0.0), leaving))
    }

    /// Calls with level and rate for all that a step uses up.
    fn all_used(&self, step: &Step, mut see: impl FnMut(f64, f64, Leaving)) {
        for (place, (level, rate)) in self.level.iter().zip(&step.image).enumerate() {
            if *rate > PIVOT {
                see(*level, *rate, Leaving::Basic(place));
            }
        }
        for (own, rate) in &step.keys {
            if *rate > PIVOT {
                see(self.commodities[*own as usize].key_level, *rate, Leaving::Key(*own));
            }
        }
        for (place, (row, rate)) in self.rows.iter().zip(&step.rows).enumerate() {
            if *rate > PIVOT && row.tight.is_none() {
                see(row.room, *rate, Leaving::Room(place));
            }
        }
    }

    /// Place of a basic column of a commodity beside its key.
    pub(super) fn partner(&self, own: u32) -> Option<usize> {
        self.basis.iter().position(|basic| basic.commodity == own)
    }

    /// Makes the basic column at a place the key of its commodity; the old key takes its place.
    pub(super) fn swap_key(&mut self, own: u32, place: usize) {
        let others: Vec<usize> =
            (0..self.basis.len()).filter(|other| *other != place && self.basis[*other].commodity == own).collect();
        self.kernel.swap_key(place, &others);
        let (new, old) = (self.basis[place].column, self.commodities[own as usize].key);
        self.basis[place].column = old;
        std::mem::swap(&mut self.level[place], &mut self.commodities[own as usize].key_level);
        self.commodities[own as usize].key = new;
        self.set_place(new, Place::Key);
        self.set_place(old, Place::Basic(place as u32));
    }

    /// Puts an entering column in place of a basic one, and brings kernel and prices up to date.
    pub(super) fn replace_basic(&mut self, place: usize, column: Column, units: f64, image: &[f64], reduced: f64) {
        let share = reduced / image[place];
        for (line, row) in self.tight.iter().enumerate() {
            self.price[*row as usize] += share * self.kernel.line(line)[place];
        }
        self.set_place(self.basis[place].column, Place::Out);
        match (column, self.commodity(column)) {
            (Column::Spare(row), _) => self.loosen(row, place, units),
            (_, Some(commodity)) => {
                self.kernel.replace(place, image);
                self.set_place(column, Place::Basic(place as u32));
                self.basis[place] = Basic { column, commodity };
                self.level[place] = units;
            }
            _ => {}
        }
    }

    /// A row of the kernel has room again, and the column at a place is gone.
    fn loosen(&mut self, row: u32, place: usize, room: f64) {
        let Some(line) = self.rows[row as usize].tight.take() else { return };
        self.kernel.shrink(line as usize, place);
        self.basis.swap_remove(place);
        self.level.swap_remove(place);
        if let Some(moved) = self.basis.get(place) {
            self.set_place(moved.column, Place::Basic(place as u32));
        }
        self.tight.swap_remove(line as usize);
        if let Some(moved) = self.tight.get(line as usize) {
            self.rows[*moved as usize].tight = Some(line);
        }
        self.rows[row as usize].room = room;
        self.price[row as usize] = 0.0;
    }

    /// The room of a row is used up by an entering column.
    pub(super) fn use_up(&mut self, row: usize, column: Column, units: f64, step: &mut Step, reduced: f64) {
        let pivot = step.rows[row];
        self.weigh_row(row, &mut step.across);
        let share = reduced / pivot;
        for (own, part) in self.tight.iter().zip(&step.across) {
            self.price[*own as usize] -= share * part;
        }
        match (column, self.commodity(column)) {
            (Column::Spare(other), _) => {
                let Some(line) = self.rows[other as usize].tight.take() else { return };
                self.kernel.exchange(line as usize, &step.across);
                self.rows[other as usize].room = units;
                self.price[other as usize] = 0.0;
                self.tight[line as usize] = row as u32;
                self.rows[row].tight = Some(line);
            }
            (_, Some(commodity)) => {
                self.kernel.grow(&step.image, &step.across, pivot);
                self.rows[row].tight = Some(self.tight.len() as u32);
                self.tight.push(row as u32);
                self.set_place(column, Place::Basic(self.basis.len() as u32));
                self.basis.push(Basic { column, commodity });
                self.level.push(units);
            }
            _ => {}
        }
        self.price[row] = share;
    }

    /// Prices of all rows from the basis.
    pub(super) fn reprice(&mut self) {
        let key_value = |basic: &Basic| self.value_of(self.commodities[basic.commodity as usize].key);
        let worth = self.basis.iter().map(|basic| self.value_of(basic.column) - key_value(basic));
        let worth: Vec<(usize, f64)> = worth.enumerate().collect();
        let mut prices = Vec::new();
        self.kernel.weigh(&worth, &mut prices);
        self.price.fill(0.0);
        self.tight.iter().zip(prices).for_each(|(row, price)| self.price[*row as usize] = price);
    }

    /// Empties the kernel: no row counts as used up.
    pub(super) fn loosen_all(&mut self) {
        self.rows.iter_mut().for_each(|row| row.tight = None);
        self.tight.clear();
        self.basis.clear();
        self.level.clear();
        self.kernel.clear();
    }

    /// Makes kernel, levels and prices anew from the columns of the basis.
    pub(super) fn refactor(&mut self) {
        let wanted: Vec<Column> = self.basis.iter().map(|basic| basic.column).collect();
        let mut open: Vec<bool> = self.rows.iter().map(|row| row.tight.is_some()).collect();
        self.loosen_all();
        let mut step = std::mem::take(&mut self.step);
        for column in wanted {
            self.project(column, &mut step);
            let size = |row: &usize| step.rows[*row].abs();
            let widest = (0..open.len()).filter(|row| open[*row]).max_by(|a, b| size(a).total_cmp(&size(b)));
            match widest.filter(|row| size(row) > PIVOT) {
                Some(row) => {
                    open[row] = false;
                    self.use_up(row, column, 0.0, &mut step, 0.0);
                }
                None => self.set_place(column, Place::Out),
            }
        }
        self.step = step;
        self.relevel();
        self.reprice();
    }

    /// Levels of all basic columns, and room of all rows, from capacities and volumes.
    pub(super) fn relevel(&mut self) {
        let mut room: Vec<f64> = self.rows.iter().map(|row| row.capacity).collect();
        let take = |room: &mut [f64], column: Column, level: f64| {
            if let Column::Path(path) = column {
                self.paths.uses(path).for_each(|(row, units)| room[row] -= units * level);
            }
        };
        self.commodities.iter().for_each(|own| take(&mut room, own.key, own.volume));
        let mut level = vec![0.0; self.basis.len()];
        for (line, row) in self.tight.iter().enumerate() {
            self.kernel.add_line(line, room[*row as usize], &mut level);
        }
        for (basic, level) in self.basis.iter().zip(&level) {
            take(&mut room, basic.column, *level);
            take(&mut room, self.commodities[basic.commodity as usize].key, -level);
        }
        self.rows.iter_mut().zip(room).for_each(|(row, room)| row.room = room);
        self.commodities.iter_mut().for_each(|own| own.key_level = own.volume);
        for (basic, level) in self.basis.iter().zip(&level) {
            self.commodities[basic.commodity as usize].key_level -= level;
        }
        self.level = level;
    }

    /// True when levels fill rows and volumes exactly, are not negative, and no basic column earns more or less than its prices.
    pub(super) fn is_sound(&self) -> bool {
        let mut room: Vec<f64> =
            self.rows.iter().map(|row| row.capacity - if row.tight.is_none() { row.room } else { 0.0 }).collect();
        let mut volume: Vec<f64> = self.commodities.iter().map(|own| own.volume - own.key_level).collect();
        let mut take = |column: Column, level: f64| {
            if let Column::Path(path) = column {
                self.paths.uses(path).for_each(|(row, units)| room[row] -= units * level);
            }
        };
        for own in &self.commodities {
            take(own.key, own.key_level);
        }
        for (basic, level) in self.basis.iter().zip(&self.level) {
            take(basic.column, *level);
            volume[basic.commodity as usize] -= level;
        }
        let fair = |basic: &Basic| {
            let asked = self.commodity_price(CommodityIdx(basic.commodity));
            (self.earns(basic.column) - asked).abs() < RESIDUAL * (1.0 + self.value_of(basic.column).abs())
        };
        room.iter().chain(&volume).all(|rest| rest.abs() < RESIDUAL)
            && self.level.iter().all(|level| *level > -RESIDUAL)
            && self.rows.iter().all(|row| row.tight.is_some() || row.room > -RESIDUAL)
            && self.commodities.iter().all(|own| own.key_level > -RESIDUAL)
            && self.basis.iter().all(fair)
    }
}
