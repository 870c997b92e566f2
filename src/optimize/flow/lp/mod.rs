//! Cargo on a fixed network as a linear program that is changed and solved again thousands of times: capacity rows, commodities with a
//! volume, paths that bring money and take capacity. A primal simplex with the volumes as generalised upper bounds: each commodity has
//! one basic column, its key, and the inverse covers the capacity rows only. After a change it goes on from where it stood.
//! Formulation: `models/cargo-flow.md`, section on the flow of a network.

mod change;
mod kernel;
mod paths;
mod pivot;
mod resize;

use kernel::Kernel;
use paths::Paths;
use pivot::Step;
pub use resize::Resizable;
use std::sync::Arc;

/// A capacity row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowIdx(u32);

impl RowIdx {
    /// The row that was added after so many others to a new program.
    pub fn nth(row: u32) -> Self {
        Self(row)
    }

    pub fn row(self) -> usize {
        self.0 as usize
    }
}

/// Cargo with one volume, carried on any of its paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommodityIdx(u32);

impl CommodityIdx {
    /// The commodity that was added after so many others to a new program.
    pub fn nth(commodity: u32) -> Self {
        Self(commodity)
    }

    pub fn row(self) -> usize {
        self.0 as usize
    }
}

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

/// Finds ways to carry that earn more than the prices ask; none only when there are none.
pub trait Pricing {
    /// Adds ways, and returns what no flow earns more than: infinite when that is not known.
    fn price(&mut self, lp: &FlowLp, found: &mut Vec<Way>) -> f64;
}

/// No further ways beside those added.
pub struct NoPricing;

impl Pricing for NoPricing {
    fn price(&mut self, _: &FlowLp, _: &mut Vec<Way>) -> f64 {
        f64::INFINITY
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Capacity of a row that is left.
    Spare(u32),
    /// Volume of a commodity that is left behind.
    Left(u32),
    Path(u32),
}

/// Where a column other than spare capacity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Out,
    Key,
    /// Column of the kernel.
    Basic(u32),
}

#[derive(Clone, Copy, Debug)]
struct Commodity {
    volume: f64,
    key: Column,
    key_level: f64,
    left: Place,
    /// What a unit is asked, and at which look at the columns.
    asked: (u64, f64),
}

#[derive(Clone, Copy, Debug)]
struct Row {
    capacity: f64,
    /// Capacity that is left; of no meaning for a row of the kernel.
    room: f64,
    /// Row of the kernel, when the capacity is used up and so has a price.
    tight: Option<u32>,
    retired: bool,
}

/// A basic column of the kernel.
#[derive(Clone, Copy, Debug)]
struct Basic {
    column: Column,
    commodity: u32,
}

/// The program and its current basis.
#[derive(Debug, Default)]
pub struct FlowLp {
    rows: Vec<Row>,
    free_rows: Vec<u32>,
    commodities: Vec<Commodity>,
    free_commodities: Vec<u32>,
    retired_commodities: Vec<u32>,
    paths: Paths,
    kernel: Kernel,
    /// Rows of the kernel.
    tight: Vec<u32>,
    /// Columns of the kernel, and their levels.
    basis: Vec<Basic>,
    level: Vec<f64>,
    /// By row: zero while there is room.
    price: Vec<f64>,
    /// Rows that say the same once the retired ways are gone, and the second of which goes then.
    joining: Vec<[RowIdx; 2]>,
    /// Some rows are retired and not forgotten yet.
    retiring: bool,
    cursor: usize,
    looks: u64,
    stalled: u32,
    dice: u64,
    pivots: u64,
    step: Step,
}

impl Clone for FlowLp {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    /// Copies into the memory that is there: the search does so for every network it tries.
    fn clone_from(&mut self, from: &Self) {
        let Self {
            rows,
            free_rows,
            commodities,
            free_commodities,
            retired_commodities,
            paths,
            kernel,
            tight,
            basis,
            level,
            price,
            joining,
            retiring,
            cursor,
            looks,
            stalled,
            dice,
            pivots,
            step: _,
        } = from;
        self.rows.clone_from(rows);
        self.free_rows.clone_from(free_rows);
        self.commodities.clone_from(commodities);
        self.free_commodities.clone_from(free_commodities);
        self.retired_commodities.clone_from(retired_commodities);
        self.paths.clone_from(paths);
        self.kernel.clone_from(kernel);
        self.tight.clone_from(tight);
        self.basis.clone_from(basis);
        self.level.clone_from(level);
        self.price.clone_from(price);
        self.joining.clone_from(joining);
        self.retiring = *retiring;
        self.cursor = *cursor;
        self.looks = *looks;
        self.stalled = *stalled;
        self.dice = *dice;
        self.pivots = *pivots;
    }
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
/// Columns worth entering for which rounding left no safe pivot: after so many the flow is built from nothing, after so many more given up.
const MOST_REFUSED: u32 = 20;
/// Columns looked at in one go, and how many of them are looked at again.
const SECTION: usize = 800;
const SHORTLIST: usize = 60;
/// Columns outside the basis that are kept, per basic one.
const KEPT: usize = 1;

impl FlowLp {
    pub fn new() -> Self {
        Self { dice: 0x9E37_79B9_7F4A_7C15, ..Self::default() }
    }

    /// A row with its capacity, zero or more.
    pub fn add_row(&mut self, capacity: f64) -> RowIdx {
        let row = Row { capacity, room: capacity, tight: None, retired: false };
        if let Some(free) = self.free_rows.pop() {
            self.rows[free as usize] = row;
            return RowIdx(free);
        }
        self.rows.push(row);
        self.price.push(0.0);
        RowIdx(self.rows.len() as u32 - 1)
    }

    /// A commodity with its volume.
    pub fn add_commodity(&mut self, volume: f64) -> CommodityIdx {
        if let Some(free) = self.free_commodities.pop() {
            self.commodities[free as usize].volume = volume;
            self.commodities[free as usize].key_level = volume;
            return CommodityIdx(free);
        }
        let index = self.commodities.len() as u32;
        self.commodities.push(Commodity {
            volume,
            key: Column::Left(index),
            key_level: volume,
            left: Place::Key,
            asked: (u64::MAX, 0.0),
        });
        CommodityIdx(index)
    }

    /// A way to carry, not used yet.
    pub fn add_way(&mut self, way: &Way) {
        self.paths.add(way, false);
    }

    /// A way that pricing finds again if it is forgotten, not used yet.
    pub fn add_found(&mut self, way: &Way) {
        self.paths.add(way, true);
    }

    /// Money one more unit of a row's capacity brings.
    pub fn row_price(&self, row: RowIdx) -> f64 {
        self.price[row.0 as usize]
    }

    /// Money one more unit of a commodity's volume brings.
    pub fn commodity_price(&self, commodity: CommodityIdx) -> f64 {
        self.earns(self.commodities[commodity.row()].key)
    }

    /// Changes of basis so far, those of the program that this one is a copy of included.
    pub fn pivots(&self) -> u64 {
        self.pivots
    }

    /// Units taken of each row, by [`RowIdx::row`].
    pub fn used(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.capacity - if row.tight.is_none() { row.room } else { 0.0 }).collect()
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
        keys + self.basis.iter().zip(&self.level).map(|(basic, level)| self.value_of(basic.column) * level).sum::<f64>()
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
        for path in self.paths.alive().filter(|path| !self.paths.get(*path).retired) {
            if self.paths.uses(path).all(|(row, _)| !gone[row]) {
                let known = &mut worth[self.paths.get(path).commodity as usize];
                *known = known.max(self.paths.earns(path, &self.price));
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
        let mut added_after = None;
        loop {
            if !self.use_known(end) {
                return false;
            }
            if self.retiring {
                self.forget_retired();
                continue;
            }
            if pricing.price(self, &mut found) < least {
                return false;
            }
            // pricing adds up in another order: what is worth nothing here would be found for ever
            found.retain(|way| self.reduced_value(way) > WORTH);
            // what rounding keeps out of the basis would be found for ever too
            if !found.is_empty() && added_after != Some(self.pivots) {
                if self.value() + self.most_gained(&found) < least {
                    return false;
                }
                added_after = Some(self.pivots);
                found.drain(..).for_each(|way| self.add_found(&way));
                continue;
            }
            found.clear();
            if self.is_sound() {
                break;
            }
            mended += 1;
            added_after = None;
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
        for place in 0..self.basis.len() {
            self.set_place(self.basis[place].column, Place::Out);
        }
        for own in 0..self.commodities.len() {
            self.set_place(Column::Left(own as u32), Place::Key);
            self.commodities[own].key = Column::Left(own as u32);
        }
        self.loosen_all();
        self.relevel();
        self.reprice();
    }

    /// Enters columns until none that is known is worth it; false when `end` came first, or rounding keeps columns out again and again.
    fn use_known(&mut self, end: u64) -> bool {
        let mut refused = 0;
        loop {
            let mut shortlist = self.worthwhile();
            if shortlist.is_empty() {
                return true;
            }
            if self.stalled > STALLED {
                let drawn = self.draw(shortlist.len());
                shortlist = vec![shortlist[drawn]];
            }
            let before = self.pivots;
            while let Some((place, column)) = self.best_of(&shortlist) {
                if self.pivots >= end || refused > 2 * MOST_REFUSED {
                    return false;
                }
                if !self.enter(column) {
                    refused += 1;
                    if refused == MOST_REFUSED { self.restart() } else { self.refactor() }
                }
                shortlist.swap_remove(place);
            }
            if self.pivots == before {
                return true;
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
        self.looks += 1;
        for looked in 1..=all {
            self.cursor = if self.cursor + 1 >= all { 0 } else { self.cursor + 1 };
            let place = self.cursor;
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
        if found.len() > SHORTLIST {
            found.select_nth_unstable_by(SHORTLIST, |a, b| b.0.total_cmp(&a.0));
            found.truncate(SHORTLIST);
        }
        found.into_iter().map(|(_, column)| column).collect()
    }

    fn reduced_now(&mut self, column: Column) -> f64 {
        match column {
            Column::Spare(row) => -self.price[row as usize],
            Column::Left(own) if self.commodities[own as usize].left == Place::Out => -self.asked(own),
            Column::Path(path) if self.paths.may_enter(path) => {
                let earns = self.paths.earns(path, &self.price);
                if earns > 0.0 { earns - self.asked(self.paths.get(path).commodity) } else { 0.0 }
            }
            _ => 0.0,
        }
    }

    /// What a unit of a commodity is asked, remembered within one look at the columns.
    fn asked(&mut self, own: u32) -> f64 {
        let commodity = &self.commodities[own as usize];
        if commodity.asked.0 == self.looks {
            return commodity.asked.1;
        }
        let asked = self.earns(commodity.key);
        self.commodities[own as usize].asked = (self.looks, asked);
        asked
    }

    fn best_of(&self, columns: &[Column]) -> Option<(usize, Column)> {
        let reduced = columns.iter().map(|column| self.reduced(*column)).enumerate();
        let best = reduced.filter(|(_, value)| *value > WORTH).max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((best.0, columns[best.0]))
    }

    /// What a unit of a column brings beside what it takes, zero for one that is in already.
    fn reduced(&self, column: Column) -> f64 {
        match column {
            Column::Spare(row) => -self.price[row as usize],
            _ if self.place(column) != Place::Out => 0.0,
            _ => self.earns(column) - self.commodity(column).map_or(0.0, |own| self.commodity_price(CommodityIdx(own))),
        }
    }

    /// Place of a column that is no spare capacity.
    fn place(&self, column: Column) -> Place {
        match column {
            Column::Spare(_) => Place::Out,
            Column::Left(own) => self.commodities[own as usize].left,
            Column::Path(path) => self.paths.get(path).place,
        }
    }

    fn set_place(&mut self, column: Column, place: Place) {
        match column {
            Column::Spare(_) => {}
            Column::Left(own) => self.commodities[own as usize].left = place,
            Column::Path(path) => self.paths.get_mut(path).place = place,
        }
    }

    fn value_of(&self, column: Column) -> f64 {
        match column {
            Column::Path(path) => self.paths.get(path).value,
            _ => 0.0,
        }
    }

    fn commodity(&self, column: Column) -> Option<u32> {
        match column {
            Column::Spare(_) => None,
            Column::Left(own) => Some(own),
            Column::Path(path) => Some(self.paths.get(path).commodity),
        }
    }

    /// What a column that is no spare capacity earns above the prices of the rows.
    fn earns(&self, column: Column) -> f64 {
        match column {
            Column::Path(path) => self.paths.earns(path, &self.price),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests;
