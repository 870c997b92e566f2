//! Capacities and volumes that change while the ways stay. The prices of the best flow before stay right for cargo that was there, so a
//! dual simplex goes on from them: what the change leaves below zero leaves the basis, until nothing is. Cargo without volume sleeps, and ways
//! over a row without capacity are shut: neither can enter.
//!
//! Sailings of a service are alike, so many ways tie, and a dual simplex goes round in circles among ties. It works on values that are set a
//! little apart, each way's by another amount; a primal simplex ends with what the ways really bring.

use super::pivot::Step;
use super::{Column, CommodityIdx, FlowLp, NoPricing, PIVOT, Place, RowIdx, SHORTLIST, STALLED, WORTH};

/// A flow program whose capacities and volumes change from one solve to the next.
#[derive(Clone, Debug)]
pub struct Resizable {
    lp: FlowLp,
    /// By way: what it brings, and the same set apart.
    own: Vec<f64>,
    apart: Vec<f64>,
    /// Ways of each commodity.
    ways: Vec<Vec<u32>>,
    /// By row, the ways that take of it, and how much; no way gives.
    takers: Vec<Vec<(u32, f64)>>,
    /// Those of them on which something may move now.
    live: Vec<Vec<(u32, f64)>>,
    /// By way, how many of its rows have no capacity: on any such way nothing moves.
    shut: Vec<u32>,
    look: Look,
    devex: Devex,
}

/// What the ways bring.
#[derive(Clone, Copy, Debug)]
enum Values {
    Own,
    Apart,
}

/// What the columns do for what has to leave.
#[derive(Clone, Debug)]
struct Look {
    /// Rows, with what a unit of each gives to what has to leave.
    rows: Vec<(u32, f64)>,
    across: Vec<f64>,
    /// By way, and which of them are not zero.
    rates: Vec<f64>,
    touched: Vec<u32>,
    /// By commodity, what its key gives, and where that is not zero.
    keys: Vec<f64>,
    keyed: Vec<u32>,
}

impl Look {
    fn new(paths: usize, commodities: usize) -> Self {
        let (rates, keys) = (vec![0.0; paths], vec![0.0; commodities]);
        Self { rows: Vec::new(), across: Vec::new(), rates, touched: Vec::new(), keys, keyed: Vec::new() }
    }
}

/// How far a unit of what leaves moves all else, estimated: reference weights of the dual simplex after Forrest and Goldfarb (1992), by what
/// is in the basis.
#[derive(Clone, Debug)]
struct Devex {
    rooms: Vec<f64>,
    left: Vec<f64>,
    paths: Vec<f64>,
}

impl Devex {
    fn new(rows: usize, commodities: usize, paths: usize) -> Self {
        Self { rooms: vec![1.0; rows], left: vec![1.0; commodities], paths: vec![1.0; paths] }
    }

    fn reset(&mut self) {
        self.rooms.fill(1.0);
        self.left.fill(1.0);
        self.paths.fill(1.0);
    }

    /// What leaves passes its weight on to all that it moves; `weight` is that of a unit of what enters.
    fn pass_on(&mut self, lp: &FlowLp, step: &Step, weight: f64, entering: Column) {
        let kernel = lp.basis.iter().zip(&step.image).map(|(basic, part)| (basic.column, *part));
        let keys = step.keys.iter().map(|(own, part)| (lp.commodities[*own as usize].key, *part));
        let rooms = step.rows.iter().enumerate().filter(|(row, _)| lp.rows[*row].tight.is_none());
        let rooms = rooms.map(|(row, part)| (Column::Spare(row as u32), *part));
        for (column, part) in kernel.chain(keys).chain(rooms).filter(|(_, part)| *part != 0.0) {
            let own = self.of(column);
            *own = own.max(part * part * weight);
        }
        *self.of(entering) = weight.max(1.0);
    }

    fn of(&mut self, column: Column) -> &mut f64 {
        match column {
            Column::Spare(row) => &mut self.rooms[row as usize],
            Column::Left(own) => &mut self.left[own as usize],
            Column::Path(path) => &mut self.paths[path as usize],
        }
    }
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
/// Weight below which a row gives nothing.
const NOTHING: f64 = 1e-12;
/// Money within which columns enter equally soon.
const EQUAL: f64 = 1e-9;
/// Least part by which a way's value is set apart, and how many different parts there are up to twice as much.
const APART: f64 = 1e-5;
const PARTS: usize = 1 << 20;
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
        let (paths, rows, commodities) = (lp.paths.len(), lp.rows.len(), lp.commodities.len());
        let mut ways = vec![Vec::new(); commodities];
        let mut takers = vec![Vec::new(); rows];
        for path in lp.paths.alive() {
            ways[lp.paths.get(path).commodity as usize].push(path);
            lp.paths.uses(path).for_each(|(row, units)| takers[row].push((path, units)));
        }
        let own: Vec<f64> = (0..paths as u32).map(|path| lp.paths.get(path).value).collect();
        let mut part = || APART * (1.0 + lp.draw(PARTS) as f64 / PARTS as f64);
        let apart = own.iter().map(|value| value - part() * (1.0 + value.abs())).collect();
        let mut shut = vec![0; paths];
        for (takers, _) in takers.iter().zip(&lp.rows).filter(|(_, row)| row.capacity == 0.0) {
            takers.iter().for_each(|(path, _)| shut[*path as usize] += 1);
        }
        let (look, devex) = (Look::new(paths, commodities), Devex::new(rows, commodities, paths));
        let live = takers.clone();
        Some(Self { lp, own, apart, ways, takers, live, shut, look, devex })
    }

    pub fn flow(&self) -> &FlowLp {
        &self.lp
    }

    /// Sets a row's capacity, zero or more; counts from the next [`Resizable::resolve`].
    pub fn set_capacity(&mut self, row: RowIdx, capacity: f64) {
        let before = std::mem::replace(&mut self.lp.rows[row.row()].capacity, capacity);
        for (path, _) in &self.takers[row.row()] {
            let shut = &mut self.shut[*path as usize];
            *shut = *shut - u32::from(before == 0.0) + u32::from(capacity == 0.0);
        }
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
            let open = self.ways[own as usize].iter().filter(|path| self.is_open(**path));
            let ways = open.map(|path| (self.lp.paths.earns(*path, &self.lp.price), Column::Path(*path)));
            let (earns, best) = ways.fold((0.0, Column::Left(own)), |best, way| if way.0 > best.0 { way } else { best });
            if earns <= self.lp.commodity_price(CommodityIdx(own)) + WORTH {
                return;
            }
            if self.lp.partner(own).is_some() {
                // without volume nothing moves
                self.lp.enter(best);
                continue;
            }
            self.lp.set_place(self.lp.commodities[own as usize].key, Place::Out);
            self.lp.set_place(best, Place::Key);
            self.lp.commodities[own as usize].key = best;
            return;
        }
    }

    /// Moves to the best flow and returns its value; `None` when so many changes of basis were not enough. What the dual simplex does not end
    /// in good time, the primal one does from nothing.
    pub fn resolve(&mut self, pivots: u64) -> Option<f64> {
        self.lp.relevel();
        self.find_live();
        for _ in 0..2 {
            let begun = self.lp.pivots;
            let patience = PATIENCE + PATIENCE_PER_ROW * self.lp.tight.len() as u64;
            self.bring(Values::Apart);
            let restored = self.restore(begun + patience.min(pivots)) && self.improve(begun + pivots);
            self.bring(Values::Own);
            if restored && self.improve(begun + pivots) && self.lp.is_sound() {
                return Some(self.lp.value());
            }
            self.lp.refactor();
        }
        self.lp.restart();
        let solved = self.improve(self.lp.pivots + pivots) && self.lp.is_sound();
        solved.then(|| self.lp.value())
    }

    fn find_live(&mut self) {
        let Self { lp, takers, live, shut, .. } = self;
        let lives = |path: u32| {
            let way = lp.paths.get(path);
            lp.commodities[way.commodity as usize].volume > 0.0 && (shut[path as usize] == 0 || way.place != Place::Out)
        };
        for (live, takers) in live.iter_mut().zip(takers) {
            live.clear();
            live.extend(takers.iter().filter(|(path, _)| lives(*path)));
        }
    }

    /// True for a way outside the basis on which something can move.
    fn is_open(&self, path: u32) -> bool {
        self.shut[path as usize] == 0 && self.lp.paths.get(path).place == Place::Out
    }

    fn bring(&mut self, values: Values) {
        let values = match values {
            Values::Own => &self.own,
            Values::Apart => &self.apart,
        };
        for (path, value) in values.iter().enumerate() {
            self.lp.paths.get_mut(path as u32).value = *value;
        }
        self.lp.reprice();
    }

    /// Dual simplex: false when no column helps, which only rounding brings about, or `end` came first.
    fn restore(&mut self, end: u64) -> bool {
        self.devex.reset();
        while let Some(short) = self.most_short() {
            if self.lp.pivots >= end {
                return false;
            }
            self.weigh(short);
            let Some(column) = self.first_to_enter() else { return false };
            if !self.exchange(short, column) {
                return false;
            }
        }
        true
    }

    /// What is farthest below zero by its weight. A key that is gives its part to a column of the kernel first.
    fn most_short(&mut self) -> Option<Short> {
        let Self { lp, devex, .. } = self;
        let far = |level: f64, weight: f64| if level < -SHORT { level * level / weight } else { 0.0 };
        let mut worst = (0.0, None);
        for (place, (basic, level)) in lp.basis.iter().zip(&lp.level).enumerate() {
            let far = far(*level, *devex.of(basic.column));
            if far > worst.0 {
                worst = (far, Some(Short::Basic(place)));
            }
        }
        for (place, row) in lp.rows.iter().enumerate().filter(|(_, row)| row.tight.is_none()) {
            let far = far(row.room, devex.rooms[place]);
            if far > worst.0 {
                worst = (far, Some(Short::Room(place)));
            }
        }
        let mut worst_key = (worst.0, None);
        for own in 0..lp.commodities.len() {
            let commodity = lp.commodities[own];
            let far = far(commodity.key_level, *devex.of(commodity.key));
            if far <= worst_key.0 {
                continue;
            }
            match lp.partner(own as u32) {
                Some(place) => worst_key = (far, Some((own as u32, place))),
                None => lp.commodities[own].key_level = commodity.volume,
            }
        }
        let Some((own, place)) = worst_key.1 else { return worst.1 };
        lp.swap_key(own, place);
        Some(Short::Basic(place))
    }

    /// Works out what a unit of each row gives to what has to leave, and from that what each way does.
    fn weigh(&mut self, short: Short) {
        let Self { lp, look, live, .. } = self;
        look.rows.clear();
        match short {
            Short::Basic(place) => {
                look.rows.extend(lp.tight.iter().enumerate().map(|(line, row)| (*row, lp.kernel.line(line)[place])));
            }
            Short::Room(row) => {
                lp.weigh_row(row, &mut look.across);
                look.rows.extend(lp.tight.iter().zip(&look.across).map(|(row, share)| (*row, -share)));
                look.rows.push((row as u32, 1.0));
            }
        }
        look.rows.retain(|(_, weight)| weight.abs() > NOTHING);
        for path in look.touched.drain(..) {
            look.rates[path as usize] = 0.0;
        }
        for (row, weight) in &look.rows {
            for (path, units) in &live[*row as usize] {
                let rate = &mut look.rates[*path as usize];
                if *rate == 0.0 {
                    look.touched.push(*path);
                }
                *rate += weight * units;
            }
        }
        for own in look.keyed.drain(..) {
            look.keys[own as usize] = 0.0;
        }
        for path in &look.touched {
            let way = lp.paths.get(*path);
            let rate = look.rates[*path as usize];
            if way.place == Place::Key && rate != 0.0 {
                look.keys[way.commodity as usize] = rate;
                look.keyed.push(way.commodity);
            }
        }
    }

    /// Among the columns that help, the one whose reduced value reaches zero first; of near equals the one that helps most.
    fn first_to_enter(&self) -> Option<Column> {
        let Self { lp, look, ways, .. } = self;
        let mut best: Option<(f64, f64, Column)> = None;
        let mut offer = |rate: f64, column: Column| {
            if rate > -HELPS {
                return;
            }
            let ratio = lp.reduced(column).min(0.0) / rate;
            if best.is_none_or(|(known, size, _)| ratio < known - EQUAL || (ratio < known + EQUAL && rate < size)) {
                best = Some((ratio, rate, column));
            }
        };
        for (row, weight) in look.rows.iter().filter(|(row, _)| lp.rows[*row as usize].tight.is_some()) {
            offer(*weight, Column::Spare(*row));
        }
        let is_there = |own: u32| lp.commodities[own as usize].volume > 0.0;
        for own in look.keyed.iter().filter(|own| is_there(**own)) {
            let key = look.keys[*own as usize];
            if lp.commodities[*own as usize].left == Place::Out {
                offer(-key, Column::Left(*own));
            }
            for path in ways[*own as usize].iter().filter(|path| self.is_open(**path)) {
                offer(look.rates[*path as usize] - key, Column::Path(*path));
            }
        }
        for path in &look.touched {
            let way = lp.paths.get(*path);
            if look.keys[way.commodity as usize] == 0.0 && is_there(way.commodity) && self.is_open(*path) {
                offer(look.rates[*path as usize], Column::Path(*path));
            }
        }
        best.map(|(_, _, column)| column)
    }

    fn exchange(&mut self, short: Short, column: Column) -> bool {
        let Self { lp, devex, .. } = self;
        lp.pivots += 1;
        let reduced = lp.reduced(column);
        let mut step = std::mem::take(&mut lp.step);
        lp.project(column, &mut step);
        let (level, rate, weight) = match short {
            Short::Basic(place) => (lp.level[place], step.image[place], *devex.of(lp.basis[place].column)),
            Short::Room(row) => (lp.rows[row].room, step.rows[row], devex.rooms[row]),
        };
        let safe = rate < -PIVOT;
        if safe {
            let units = level / rate;
            lp.take(&step, units);
            devex.pass_on(lp, &step, weight / (rate * rate), column);
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
            let outside = ways.iter().filter(|path| self.is_open(**path));
            found.extend(outside.map(|path| (lp.paths.earns(*path, &lp.price) - asked, Column::Path(*path))));
        }
        found.retain(|(reduced, _)| *reduced > WORTH);
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(SHORTLIST).map(|(_, column)| column).collect()
    }
}
