//! Cargo on a fixed network as a linear program that is changed and solved again thousands of times: capacity rows, commodities with a
//! volume, paths that bring money and take capacity. A primal simplex with the volumes as generalised upper bounds: each commodity has
//! one basic column, its key, and the inverse covers the capacity rows only. After a change it goes on from where it stood.
//! Formulation: `models/cargo-flow.md`, section on the flow of a network.

use std::sync::Arc;

/// A capacity row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowIdx(u32);

impl RowIdx {
    pub fn row(self) -> usize {
        self.0 as usize
    }
}

/// Cargo with one volume, carried on any of its paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommodityIdx(u32);

/// Rows and commodities that come and go together: those of one service.
#[derive(Clone, Debug, Default)]
pub struct Footprint {
    pub rows: Vec<RowIdx>,
    pub commodities: Vec<CommodityIdx>,
}

/// A way to carry a commodity: what a unit brings and what it takes of which rows.
#[derive(Clone, Debug)]
pub struct Way {
    pub commodity: CommodityIdx,
    pub value: f64,
    pub uses: Arc<[(RowIdx, f64)]>,
}

/// Finds ways to carry that earn more than the prices ask, or none.
pub trait Pricing {
    fn price(&mut self, lp: &FlowLp, found: &mut Vec<Way>);
}

/// No further ways beside those added.
pub struct NoPricing;

impl Pricing for NoPricing {
    fn price(&mut self, _: &FlowLp, _: &mut Vec<Way>) {}
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Capacity of a row that is left.
    Spare(u32),
    /// Volume of a commodity that is left behind.
    Left(u32),
    Path(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Out,
    Key,
    Basic(u32),
}

#[derive(Clone, Debug)]
struct Path {
    way: Way,
    place: Place,
    /// Its rows are going: driven out by the next solve, then forgotten.
    retired: bool,
}

#[derive(Clone, Debug)]
struct Commodity {
    volume: f64,
    key: Column,
    key_level: f64,
    left: Place,
    /// What a unit is asked, and at which look at the columns.
    asked: (u64, f64),
}

#[derive(Clone, Debug)]
struct Row {
    capacity: f64,
    spare: Place,
    retired: bool,
}

/// The program and its current basis.
#[derive(Clone, Debug, Default)]
pub struct FlowLp {
    rows: Vec<Row>,
    free_rows: Vec<u32>,
    commodities: Vec<Commodity>,
    free_commodities: Vec<u32>,
    retired_commodities: Vec<u32>,
    paths: Vec<Option<Path>>,
    free_paths: Vec<u32>,
    basis: Vec<Column>,
    level: Vec<f64>,
    /// By row, then position of the basis.
    inverse: Vec<f64>,
    stride: usize,
    price: Vec<f64>,
    /// Rows that say the same once the retired ways are gone, and the second of which goes then.
    joining: Vec<[RowIdx; 2]>,
    /// Some rows are retired and not forgotten yet.
    retiring: bool,
    /// Column looked at last.
    cursor: usize,
    looks: u64,
    stalled: u32,
    dice: u64,
    pivots: u64,
}

/// Reduced value from which on a column is worth entering.
const WORTH: f64 = 1e-6;
/// Smallest pivot.
const PIVOT: f64 = 1e-8;
/// Slack given to the ratio test, to choose a safer pivot among near ties.
const TIE: f64 = 1e-9;
/// Money a unit of retired cargo costs: more than anything earns.
const BANNED: f64 = -1e7;
/// Residual of a row or of a commodity's volume from which on the inverse is made anew.
const RESIDUAL: f64 = 1e-6;
/// Degenerate pivots in a row after which entering columns are drawn by lot, so that no cycle lasts.
const STALLED: u32 = 30;
/// Columns looked at in one go, and how many of them are looked at again.
const SECTION: usize = 400;
const SHORTLIST: usize = 24;
/// Columns outside the basis that are kept, per basic one.
const KEPT: usize = 3;

impl FlowLp {
    pub fn new() -> Self {
        Self { dice: 0x9E37_79B9_7F4A_7C15, ..Self::default() }
    }

    /// A row with its capacity, zero or more.
    pub fn add_row(&mut self, capacity: f64) -> RowIdx {
        if let Some(row) = self.free_rows.pop() {
            self.rows[row as usize].capacity = capacity;
            if let Place::Basic(position) = self.rows[row as usize].spare {
                self.level[position as usize] = capacity;
            }
            return RowIdx(row);
        }
        let row = self.rows.len();
        if row == self.stride {
            self.widen();
        }
        self.rows.push(Row { capacity, spare: Place::Basic(row as u32), retired: false });
        self.basis.push(Column::Spare(row as u32));
        self.level.push(capacity);
        self.price.push(0.0);
        self.inverse[row * self.stride + row] = 1.0;
        RowIdx(row as u32)
    }

    fn widen(&mut self) {
        let (old, new) = (self.stride, (self.stride * 2).max(64));
        let mut inverse = vec![0.0; new * new];
        for row in 0..self.rows.len() {
            inverse[row * new..row * new + old].copy_from_slice(&self.inverse[row * old..row * old + old]);
        }
        self.inverse = inverse;
        self.stride = new;
    }

    /// A commodity with its volume.
    pub fn add_commodity(&mut self, volume: f64) -> CommodityIdx {
        if let Some(free) = self.free_commodities.pop() {
            self.commodities[free as usize].volume = volume;
            self.commodities[free as usize].key_level = volume;
            return CommodityIdx(free);
        }
        let index = self.commodities.len() as u32;
        self.commodities.push(Commodity { volume, key: Column::Left(index), key_level: volume, left: Place::Key, asked: (u64::MAX, 0.0) });
        CommodityIdx(index)
    }

    /// A way to carry, not used yet.
    pub fn add_way(&mut self, way: Way) {
        let path = Some(Path { way, place: Place::Out, retired: false });
        if let Some(free) = self.free_paths.pop() {
            self.paths[free as usize] = path;
        } else {
            self.paths.push(path);
        }
    }

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
            let Some(position) = self.free_spare(kept.row(), gone.row()) else {
                self.refactor();
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

    /// Money one more unit of a row's capacity brings.
    pub fn row_price(&self, row: RowIdx) -> f64 {
        self.price[row.0 as usize]
    }

    /// Money one more unit of a commodity's volume brings.
    pub fn commodity_price(&self, commodity: CommodityIdx) -> f64 {
        let key = self.commodities[commodity.0 as usize].key;
        self.value_of(key) - self.charge(key)
    }

    /// Units taken of each row, by [`RowIdx::row`].
    pub fn used(&self) -> Vec<f64> {
        let left = |row: &Row| match row.spare {
            Place::Basic(position) => self.level[position as usize],
            _ => 0.0,
        };
        self.rows.iter().map(|row| row.capacity - left(row)).collect()
    }

    /// Units of a commodity that are carried.
    pub fn carried(&self, commodity: CommodityIdx) -> f64 {
        self.commodities[commodity.0 as usize].volume - self.left_behind(commodity)
    }

    /// Units of a commodity that are not carried.
    pub fn left_behind(&self, commodity: CommodityIdx) -> f64 {
        let own = &self.commodities[commodity.0 as usize];
        match own.left {
            Place::Out => 0.0,
            Place::Key => own.key_level,
            Place::Basic(position) => self.level[position as usize],
        }
    }

    /// What a way earns above the prices of all it takes.
    pub fn reduced_value(&self, way: &Way) -> f64 {
        let charge: f64 = way.uses.iter().map(|(row, units)| self.price[row.0 as usize] * units).sum();
        way.value - charge - self.commodity_price(way.commodity)
    }

    /// Money of the present flow.
    pub fn value(&self) -> f64 {
        let keys: f64 = self.commodities.iter().map(|own| self.value_of(own.key) * own.key_level).sum();
        keys + self.basis.iter().zip(&self.level).map(|(column, level)| self.value_of(*column) * level).sum::<f64>()
    }

    /// Ways in use with their units.
    pub fn flows(&self) -> impl Iterator<Item = (&Way, f64)> {
        self.paths.iter().flatten().filter_map(|path| {
            let units = match path.place {
                Place::Out => return None,
                Place::Key => self.commodities[path.way.commodity.0 as usize].key_level,
                Place::Basic(position) => self.level[position as usize],
            };
            (units > 1e-9).then_some((&path.way, units))
        })
    }

    /// Pivots since the program was made.
    pub fn pivots(&self) -> u64 {
        self.pivots
    }

    /// Sets the price that [`FlowLp::ceiling`] assumes for a row; the next solve finds its own.
    pub fn guess_price(&mut self, row: RowIdx, price: f64) {
        self.price[row.0 as usize] = price.max(0.0);
    }

    /// No flow without these rows and commodities earns more: capacities and volumes at the present prices, by weak duality. `worth` holds by
    /// commodity the most a unit earns above the prices on any way that the program does not know itself.
    pub fn ceiling(&self, without: &Footprint, worth: &mut Vec<f64>) -> f64 {
        let mut gone = vec![false; self.rows.len()];
        without.rows.iter().for_each(|row| gone[row.0 as usize] = true);
        worth.resize(self.commodities.len(), 0.0);
        for path in self.paths.iter().flatten().filter(|path| !path.retired) {
            let mut earns = path.way.value;
            if path.way.uses.iter().all(|(row, units)| {
                earns -= self.price[row.0 as usize] * units;
                !gone[row.0 as usize]
            }) {
                let known = &mut worth[path.way.commodity.0 as usize];
                *known = known.max(earns);
            }
        }
        let rows = self.rows.iter().zip(&self.price).zip(&gone).filter(|(_, gone)| !**gone);
        let capacities: f64 = rows.map(|((row, price), _)| row.capacity * price.max(0.0)).sum();
        without.commodities.iter().for_each(|own| worth[own.0 as usize] = 0.0);
        capacities + self.commodities.iter().zip(worth).map(|(own, worth)| own.volume * worth.max(0.0)).sum::<f64>()
    }

    /// Moves to the best flow over all ways, those that `pricing` finds among them. False when `pivots` were not enough, or when no
    /// flow reaches `least`: the flow keeps all capacities then, but more can be earned.
    pub fn solve(&mut self, pricing: &mut impl Pricing, pivots: u64, least: f64) -> bool {
        let end = self.pivots + pivots;
        let mut found = Vec::new();
        let mut mended = 0;
        loop {
            if !self.use_known(end) {
                return false;
            }
            if self.retiring {
                self.forget_retired();
                continue;
            }
            pricing.price(self, &mut found);
            if !found.is_empty() {
                if self.value() + self.most_gained(&found) < least {
                    return false;
                }
                found.drain(..).for_each(|way| self.add_way(way));
                continue;
            }
            if self.is_sound() {
                break;
            }
            mended += 1;
            match mended {
                1 | 2 => self.refactor(),
                3 => self.restart(),
                _ => return false,
            }
        }
        self.thin_out();
        true
    }

    /// Money that new ways can add at most: the whole volume of each commodity at its best reduced value.
    fn most_gained(&self, found: &[Way]) -> f64 {
        let mut best: Vec<(CommodityIdx, f64)> = found.iter().map(|way| (way.commodity, self.reduced_value(way))).collect();
        best.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        best.dedup_by_key(|(own, _)| *own);
        best.iter().map(|(own, reduced)| self.commodities[own.0 as usize].volume * reduced).sum()
    }

    /// Forgets the basis: nothing is carried.
    fn restart(&mut self) {
        for own in 0..self.commodities.len() {
            self.set_place(self.commodities[own].key, Place::Out);
        }
        for position in 0..self.basis.len() {
            self.set_place(self.basis[position], Place::Out);
            self.basis[position] = Column::Spare(position as u32);
        }
        for own in 0..self.commodities.len() {
            self.set_place(Column::Left(own as u32), Place::Key);
            self.commodities[own].key = Column::Left(own as u32);
        }
        self.rows.iter_mut().enumerate().for_each(|(row, own)| own.spare = Place::Basic(row as u32));
        self.refactor();
    }

    /// Enters columns until none that is known is worth it.
    fn use_known(&mut self, end: u64) -> bool {
        loop {
            let mut shortlist = self.worthwhile();
            if shortlist.is_empty() {
                return true;
            }
            if self.stalled > STALLED {
                let drawn = self.draw(shortlist.len());
                shortlist = vec![shortlist[drawn]];
            }
            while let Some((place, column)) = self.best_of(&shortlist) {
                if self.pivots >= end {
                    return false;
                }
                if !self.enter(column) {
                    self.refactor();
                }
                shortlist.swap_remove(place);
            }
        }
    }

    fn draw(&mut self, among: usize) -> usize {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        (self.dice % among as u64) as usize
    }

    /// Columns worth entering, the best of the next part of all columns that has some.
    fn worthwhile(&mut self) -> Vec<Column> {
        let (rows, commodities) = (self.rows.len(), self.commodities.len());
        let all = rows + commodities + self.paths.len();
        let mut found: Vec<(f64, Column)> = Vec::new();
        let mut place = self.cursor;
        self.looks += 1;
        for looked in 1..=all {
            place = if place + 1 >= all { 0 } else { place + 1 };
            let column = if place < rows {
                Column::Spare(place as u32)
            } else if place < rows + commodities {
                Column::Left((place - rows) as u32)
            } else {
                Column::Path((place - rows - commodities) as u32)
            };
            let reduced = self.reduced_now(column);
            if reduced > WORTH {
                found.push((reduced, column));
            }
            if looked % SECTION == 0 && !found.is_empty() {
                break;
            }
        }
        self.cursor = place;
        if found.len() > SHORTLIST {
            found.select_nth_unstable_by(SHORTLIST, |a, b| b.0.total_cmp(&a.0));
            found.truncate(SHORTLIST);
        }
        found.into_iter().map(|(_, column)| column).collect()
    }

    /// The reduced value of a column that may enter, zero for others. Remembers what each commodity is asked until prices change.
    fn reduced_now(&mut self, column: Column) -> f64 {
        let (own, earns) = match column {
            Column::Spare(row) if self.rows[row as usize].spare == Place::Out => return -self.price[row as usize],
            Column::Left(own) if self.commodities[own as usize].left == Place::Out => (own, 0.0),
            Column::Path(path) => match &self.paths[path as usize] {
                Some(path) if path.place == Place::Out && !path.retired => {
                    let charge = path.way.uses.iter().map(|(row, units)| self.price[row.0 as usize] * units);
                    (path.way.commodity.0, path.way.value - charge.sum::<f64>())
                }
                _ => return 0.0,
            },
            _ => return 0.0,
        };
        let stamp = self.looks;
        let known = self.commodities[own as usize].asked;
        if known.0 == stamp {
            return earns - known.1;
        }
        let asked = self.commodity_price(CommodityIdx(own));
        self.commodities[own as usize].asked = (stamp, asked);
        earns - asked
    }

    fn best_of(&self, columns: &[Column]) -> Option<(usize, Column)> {
        let reduced = columns.iter().map(|column| self.reduced(*column)).enumerate();
        let best = reduced.filter(|(_, value)| *value > WORTH).max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((best.0, columns[best.0]))
    }

    fn reduced(&self, column: Column) -> f64 {
        if self.place(column) != Place::Out {
            return 0.0;
        }
        let asked = self.commodity(column).map_or(0.0, |own| self.commodity_price(CommodityIdx(own)));
        self.value_of(column) - self.charge(column) - asked
    }

    fn place(&self, column: Column) -> Place {
        match column {
            Column::Spare(row) => self.rows[row as usize].spare,
            Column::Left(own) => self.commodities[own as usize].left,
            Column::Path(path) => self.paths[path as usize].as_ref().map_or(Place::Out, |path| path.place),
        }
    }

    fn set_place(&mut self, column: Column, place: Place) {
        match column {
            Column::Spare(row) => self.rows[row as usize].spare = place,
            Column::Left(own) => self.commodities[own as usize].left = place,
            Column::Path(path) => {
                if let Some(path) = &mut self.paths[path as usize] {
                    path.place = place;
                }
            }
        }
    }

    fn value_of(&self, column: Column) -> f64 {
        match column {
            Column::Path(path) => self.paths[path as usize].as_ref().map_or(0.0, |path| path.way.value),
            _ => 0.0,
        }
    }

    fn commodity(&self, column: Column) -> Option<u32> {
        match column {
            Column::Spare(_) => None,
            Column::Left(own) => Some(own),
            Column::Path(path) => self.paths[path as usize].as_ref().map(|path| path.way.commodity.0),
        }
    }

    /// Capacity that a column takes, by row.
    fn uses(&self, column: Column) -> Option<Arc<[(RowIdx, f64)]>> {
        match column {
            Column::Path(path) => self.paths[path as usize].as_ref().map(|path| Arc::clone(&path.way.uses)),
            _ => None,
        }
    }

    /// Money of the capacity that a column takes, at the present prices.
    fn charge(&self, column: Column) -> f64 {
        match column {
            Column::Spare(row) => self.price[row as usize],
            Column::Left(_) => 0.0,
            Column::Path(path) => self.paths[path as usize]
                .as_ref()
                .map_or(0.0, |path| path.way.uses.iter().map(|(row, units)| self.price[row.0 as usize] * units).sum()),
        }
    }

    /// Adds `factor` times the inverse's image of what a column takes.
    fn add_image(&self, column: Column, factor: f64, image: &mut [f64]) {
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
    fn image(&self, column: Column) -> Vec<f64> {
        let mut image = vec![0.0; self.basis.len()];
        self.add_image(column, 1.0, &mut image);
        if let Some(own) = self.commodity(column) {
            self.add_image(self.commodities[own as usize].key, -1.0, &mut image);
        }
        image
    }

    /// What a unit of an entering column takes of the keys.
    fn key_image(&self, column: Column, image: &[f64]) -> Vec<(u32, f64)> {
        let mut keys: Vec<(u32, f64)> = self.commodity(column).map(|own| (own, 1.0)).into_iter().collect();
        for (basic, units) in self.basis.iter().zip(image) {
            if *units != 0.0
                && let Some(own) = self.commodity(*basic)
            {
                keys.push((own, -units));
            }
        }
        keys.sort_unstable_by_key(|(own, _)| *own);
        keys.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        keys
    }

    /// Brings a column into the basis; false when rounding leaves no safe pivot.
    fn enter(&mut self, column: Column) -> bool {
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
    fn partner(&self, own: u32) -> Option<usize> {
        self.basis.iter().position(|column| self.commodity(*column) == Some(own))
    }

    /// Makes the basic column at a position the key of its commodity; the old key takes its place.
    fn swap_key(&mut self, own: u32, position: usize) {
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
    fn replace(&mut self, position: usize, column: Column, units: f64, image: &[f64], reduced: f64) {
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
    fn turn(&mut self, position: usize, image: &[f64]) {
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
    fn reprice(&mut self) {
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
    fn refactor(&mut self) {
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
    fn relevel(&mut self) {
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
    fn is_sound(&self) -> bool {
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

    /// Drops retired columns, none of which carries anything now, and frees their rows.
    fn forget_retired(&mut self) {
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
    fn thin_out(&mut self) {
        let alive = self.paths.len() - self.free_paths.len();
        let most = KEPT * (self.rows.len() + 64);
        if alive <= 2 * most {
            return;
        }
        let out = |path: &Option<Path>| path.as_ref().is_some_and(|path| path.place == Place::Out);
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

/// The column that is used up first when another enters.
enum Leaving {
    Basic(usize),
    /// Commodity, and how fast its key goes.
    Key(u32, f64),
}

#[cfg(test)]
mod tests;
