//! Capacities and volumes that change while the ways stay. The prices of the best flow before stay right for cargo that was there, so a
//! dual simplex goes on from them: what the change leaves below zero leaves the basis, until nothing is. It looks at ways that a best flow
//! has ever used; the others are looked at once afterwards. Cargo without volume sleeps: its ways count for nothing.

use super::{Column, CommodityIdx, FlowLp, NoPricing, PIVOT, Place, RowIdx, SHORTLIST, STALLED, WORTH};

/// A flow program whose capacities and volumes change from one solve to the next.
#[derive(Clone, Debug)]
pub struct Resizable {
    lp: FlowLp,
    /// Ways of each commodity.
    ways: Vec<Vec<u32>>,
    /// Ways that some best flow has used.
    known: Vec<u32>,
    is_known: Vec<bool>,
    /// By row: what a unit of it gives to what has to leave.
    weights: Vec<f64>,
    across: Vec<f64>,
    /// By commodity: what the key takes by these weights, and for which look.
    key_weights: Vec<(u64, f64)>,
    looks: u64,
}

/// What is below zero.
#[derive(Clone, Copy, Debug)]
enum Short {
    /// Place in the kernel.
    Basic(usize),
    /// Row whose room is used twice.
    Room(usize),
}

/// How far below zero a level may be.
const SHORT: f64 = 1e-7;
/// Largest rate of a column that does not help.
const HELPS: f64 = 1e-9;
/// Money within which columns enter equally soon.
const EQUAL: f64 = 1e-9;
/// Least part by which a way is made worse, and how many different parts there are up to twice as much.
const NUDGE: f64 = 1e-4;
const NUDGES: usize = 1 << 20;
/// Changes of basis to find the best way of cargo that comes in.
const MOST_WAKING: usize = 20;
/// Changes of basis that the dual simplex may take, beside [`PATIENCE_PER_ROW`] for each row that is used up; then the flow is built from nothing.
const PATIENCE: u64 = 500;
const PATIENCE_PER_ROW: u64 = 10;

impl Resizable {
    /// Takes a program over, all of whose ways are known.
    pub fn new(mut lp: FlowLp, pivots: u64) -> Option<Self> {
        if !lp.solve(&mut NoPricing, pivots, f64::NEG_INFINITY) {
            return None;
        }
        let mut ways = vec![Vec::new(); lp.commodities.len()];
        lp.paths.alive().for_each(|path| ways[lp.paths.get(path).commodity as usize].push(path));
        let (paths, rows, commodities) = (lp.paths.len(), lp.rows.len(), lp.commodities.len());
        let mut own = Self {
            lp,
            ways,
            known: Vec::new(),
            is_known: vec![false; paths],
            weights: vec![0.0; rows],
            across: Vec::new(),
            key_weights: vec![(0, 0.0); commodities],
            looks: 0,
        };
        (0..paths as u32).for_each(|path| own.learn(Column::Path(path)));
        Some(own)
    }

    pub fn flow(&self) -> &FlowLp {
        &self.lp
    }

    /// Sets a row's capacity, zero or more; counts from the next [`Resizable::resolve`].
    pub fn set_capacity(&mut self, row: RowIdx, capacity: f64) {
        self.lp.rows[row.row()].capacity = capacity;
    }

    /// Sets a commodity's volume, zero or more; counts from the next [`Resizable::resolve`].
    pub fn set_volume(&mut self, own: CommodityIdx, volume: f64) {
        if self.lp.commodities[own.row()].volume == 0.0 && volume > 0.0 {
            self.wake(own.0);
        }
        self.lp.commodities[own.row()].volume = volume;
    }

    /// Lets cargo that comes in take its best way at the present prices, so that none of its ways earns more than they ask.
    fn wake(&mut self, own: u32) {
        for _ in 0..MOST_WAKING {
            let ways =
                self.ways[own as usize].iter().map(|path| (self.lp.paths.earns(*path, &self.lp.price), Column::Path(*path)));
            let (earns, best) = ways.fold((0.0, Column::Left(own)), |best, way| if way.0 > best.0 { way } else { best });
            if earns <= self.lp.commodity_price(CommodityIdx(own)) + WORTH || self.lp.place(best) != Place::Out {
                return;
            }
            if self.lp.partner(own).is_some() {
                // without volume nothing moves
                self.lp.enter(best);
                self.learn(best);
                continue;
            }
            self.lp.set_place(self.lp.commodities[own as usize].key, Place::Out);
            self.lp.set_place(best, Place::Key);
            self.lp.commodities[own as usize].key = best;
            self.learn(best);
            return;
        }
    }

    /// Moves to the best flow and returns its value; `None` when so many changes of basis were not enough. What the dual simplex does not end
    /// in good time, the primal one does from nothing.
    pub fn resolve(&mut self, pivots: u64) -> Option<f64> {
        self.lp.relevel();
        for _ in 0..2 {
            let begun = self.lp.pivots;
            let patience = PATIENCE + PATIENCE_PER_ROW * self.lp.tight.len() as u64;
            if self.restore(begun + patience.min(pivots)) && self.improve(begun + pivots) && self.lp.is_sound() {
                return Some(self.lp.value());
            }
            self.lp.refactor();
        }
        self.lp.restart();
        let solved = self.lp.use_known(self.lp.pivots + pivots) && self.lp.is_sound();
        (0..self.lp.paths.len() as u32).for_each(|path| self.learn(Column::Path(path)));
        solved.then(|| self.lp.value())
    }

    /// True when the level of a way counts.
    fn learn(&mut self, column: Column) {
        if let Column::Path(path) = column
            && self.lp.paths.get(path).place != Place::Out
            && !std::mem::replace(&mut self.is_known[path as usize], true)
        {
            self.known.push(path);
        }
    }

    /// Dual simplex: false when no column helps, which only rounding brings about, or `end` came first. Once prices have not moved for a while, ways
    /// outside the basis are made a little worse, each by another amount, so that no two of them tie; afterwards they are what they were.
    fn restore(&mut self, end: u64) -> bool {
        let mut still = 0;
        let mut nudged = Vec::new();
        let restored = loop {
            let Some(short) = self.most_short() else { break true };
            if self.lp.pivots >= end {
                break false;
            }
            if still > STALLED && nudged.is_empty() {
                nudged = self.nudge();
            }
            self.weigh(short);
            let Some((moved, column)) = self.first_to_enter() else { break false };
            still = if moved > EQUAL { 0 } else { still + 1 };
            if !self.exchange(short, column) {
                break false;
            }
            self.learn(column);
        };
        if !nudged.is_empty() {
            nudged.into_iter().for_each(|(path, value)| self.lp.paths.get_mut(path).value = value);
            self.lp.reprice();
        }
        restored
    }

    /// Makes the ways outside the basis worse by some ten-thousandths, and returns what they were.
    fn nudge(&mut self) -> Vec<(u32, f64)> {
        let mut nudged = Vec::new();
        for path in self.known.iter().filter(|path| self.lp.paths.get(**path).place == Place::Out) {
            let value = self.lp.paths.get(*path).value;
            nudged.push((*path, value));
        }
        for (path, value) in &nudged {
            let part = NUDGE * (1.0 + self.lp.draw(NUDGES) as f64 / NUDGES as f64);
            self.lp.paths.get_mut(*path).value = value - part * (1.0 + value.abs());
        }
        nudged
    }

    /// What is farthest below zero. A key that is gives its part to a column of the kernel first.
    fn most_short(&mut self) -> Option<Short> {
        let lp = &mut self.lp;
        let mut worst = (-SHORT, None);
        for (place, level) in lp.level.iter().enumerate() {
            if *level < worst.0 {
                worst = (*level, Some(Short::Basic(place)));
            }
        }
        for (place, row) in lp.rows.iter().enumerate() {
            if row.tight.is_none() && row.room < worst.0 {
                worst = (row.room, Some(Short::Room(place)));
            }
        }
        let keys = lp.commodities.iter().enumerate().filter(|(_, own)| own.key_level < worst.0);
        let Some((own, _)) = keys.min_by(|a, b| a.1.key_level.total_cmp(&b.1.key_level)) else { return worst.1 };
        let Some(place) = lp.partner(own as u32) else {
            lp.commodities[own].key_level = lp.commodities[own].volume;
            return worst.1;
        };
        lp.swap_key(own as u32, place);
        Some(Short::Basic(place))
    }

    /// Works out what a unit of each row gives to what has to leave.
    fn weigh(&mut self, short: Short) {
        self.weights.fill(0.0);
        self.looks += 1;
        match short {
            Short::Basic(place) => {
                for (line, row) in self.lp.tight.iter().enumerate() {
                    self.weights[*row as usize] = self.lp.kernel.line(line)[place];
                }
            }
            Short::Room(row) => {
                self.lp.weigh_row(row, &mut self.across);
                for (row, share) in self.lp.tight.iter().zip(&self.across) {
                    self.weights[*row as usize] = -share;
                }
                self.weights[row] = 1.0;
            }
        }
    }

    /// Among the columns that help, the one whose reduced value reaches zero first, and how far prices move by it; of near equals the one that
    /// helps most.
    fn first_to_enter(&mut self) -> Option<(f64, Column)> {
        let mut best: Option<(f64, f64, Column)> = None;
        let mut offer = |reduced: f64, rate: f64, column: Column| {
            let ratio = reduced.min(0.0) / rate;
            if best.is_none_or(|(known, size, _)| ratio < known - EQUAL || (ratio < known + EQUAL && rate < size)) {
                best = Some((ratio, rate, column));
            }
        };
        for row in &self.lp.tight {
            let rate = self.weights[*row as usize];
            if rate < -HELPS {
                offer(-self.lp.price[*row as usize], rate, Column::Spare(*row));
            }
        }
        for own in 0..self.lp.commodities.len() as u32 {
            let commodity = self.lp.commodities[own as usize];
            if commodity.left == Place::Out && commodity.volume > 0.0 {
                let rate = -key_weight(&self.lp, &self.weights, &mut self.key_weights, self.looks, own);
                if rate < -HELPS {
                    offer(-self.lp.commodity_price(CommodityIdx(own)), rate, Column::Left(own));
                }
            }
        }
        for path in &self.known {
            let way = self.lp.paths.get(*path);
            if way.place != Place::Out || self.lp.commodities[way.commodity as usize].volume == 0.0 {
                continue;
            }
            let key = key_weight(&self.lp, &self.weights, &mut self.key_weights, self.looks, way.commodity);
            let rate = self.lp.paths.charge(*path, &self.weights) - key;
            if rate < -HELPS {
                offer(self.lp.reduced(Column::Path(*path)), rate, Column::Path(*path));
            }
        }
        best.map(|(ratio, _, column)| (ratio, column))
    }

    fn exchange(&mut self, short: Short, column: Column) -> bool {
        let lp = &mut self.lp;
        lp.pivots += 1;
        let reduced = lp.reduced(column);
        let mut step = std::mem::take(&mut lp.step);
        lp.project(column, &mut step);
        let (level, rate) = match short {
            Short::Basic(place) => (lp.level[place], step.image[place]),
            Short::Room(row) => (lp.rows[row].room, step.rows[row]),
        };
        let safe = rate < -PIVOT;
        if safe {
            let units = level / rate;
            lp.take(&step, units);
            match short {
                Short::Basic(place) => lp.replace_basic(place, column, units, &step.image, reduced),
                Short::Room(row) => lp.use_up(row, column, units, &mut step, reduced),
            }
        }
        lp.step = step;
        safe
    }

    /// Primal simplex over the ways of cargo that is there.
    fn improve(&mut self, end: u64) -> bool {
        loop {
            let mut shortlist = self.worthwhile();
            if shortlist.is_empty() {
                return true;
            }
            if self.lp.stalled > STALLED {
                let drawn = self.lp.draw(shortlist.len());
                shortlist = vec![shortlist[drawn]];
            }
            while let Some((place, column)) = self.lp.best_of(&shortlist) {
                if self.lp.pivots >= end || !self.lp.enter(column) {
                    return false;
                }
                self.learn(column);
                shortlist.swap_remove(place);
            }
        }
    }

    /// The columns that are worth most above the prices.
    fn worthwhile(&self) -> Vec<Column> {
        let lp = &self.lp;
        let mut found: Vec<(f64, Column)> = lp.tight.iter().map(|row| (-lp.price[*row as usize], Column::Spare(*row))).collect();
        for (own, ways) in self.ways.iter().enumerate().filter(|(own, _)| lp.commodities[*own].volume > 0.0) {
            let asked = lp.commodity_price(CommodityIdx(own as u32));
            if lp.commodities[own].left == Place::Out {
                found.push((-asked, Column::Left(own as u32)));
            }
            let outside = ways.iter().filter(|path| lp.paths.get(**path).place == Place::Out);
            found.extend(outside.map(|path| (lp.paths.earns(*path, &lp.price) - asked, Column::Path(*path))));
        }
        found.retain(|(reduced, _)| *reduced > WORTH);
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(SHORTLIST).map(|(_, column)| column).collect()
    }
}

/// What a commodity's key takes by the weights, remembered within one look.
fn key_weight(lp: &FlowLp, weights: &[f64], known: &mut [(u64, f64)], look: u64, own: u32) -> f64 {
    let entry = &mut known[own as usize];
    if entry.0 != look {
        let takes = match lp.commodities[own as usize].key {
            Column::Path(path) => lp.paths.charge(path, weights),
            _ => 0.0,
        };
        *entry = (look, takes);
    }
    entry.1
}
