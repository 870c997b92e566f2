//! The ways that the program knows, with what each takes of which rows, in one stretch of memory: they are looked at more often than
//! anything else.

use super::{Place, RowIdx, Way};

/// A way that the program knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    pub value: f64,
    pub commodity: u32,
    pub place: Place,
    /// Pricing can find it again.
    pub found: bool,
    /// Its rows are going: driven out by the next solve, then forgotten.
    pub retired: bool,
    alive: bool,
    /// Takes one unit of each of its rows.
    plain: bool,
    start: u32,
    len: u32,
}

/// All ways, by index.
#[derive(Debug, Default)]
pub(super) struct Paths {
    list: Vec<Path>,
    free: Vec<u32>,
    rows: Vec<u32>,
    units: Vec<f64>,
    /// Entries of `rows` that no way has any more.
    lost: usize,
}

impl Clone for Paths {
    fn clone(&self) -> Self {
        let Self { list, free, rows, units, lost } = self;
        Self { list: list.clone(), free: free.clone(), rows: rows.clone(), units: units.clone(), lost: *lost }
    }

    fn clone_from(&mut self, from: &Self) {
        self.list.clone_from(&from.list);
        self.free.clone_from(&from.free);
        self.rows.clone_from(&from.rows);
        self.units.clone_from(&from.units);
        self.lost = from.lost;
    }
}

impl Paths {
    pub fn add(&mut self, way: &Way, found: bool) {
        let start = self.rows.len() as u32;
        self.rows.extend(way.uses.iter().map(|(row, _)| row.0));
        self.units.extend(way.uses.iter().map(|(_, units)| units));
        let path = Path {
            value: way.value,
            commodity: way.commodity.0,
            place: Place::Out,
            found,
            retired: false,
            alive: true,
            plain: way.uses.iter().all(|(_, units)| *units == 1.0),
            start,
            len: way.uses.len() as u32,
        };
        match self.free.pop() {
            Some(free) => self.list[free as usize] = path,
            None => self.list.push(path),
        }
    }

    pub fn forget(&mut self, path: u32) {
        let own = &mut self.list[path as usize];
        own.alive = false;
        self.lost += std::mem::take(&mut own.len) as usize;
        own.start = 0;
        self.free.push(path);
        if self.lost > 1024 && 2 * self.lost > self.rows.len() {
            self.close_up();
        }
    }

    fn close_up(&mut self) {
        let (mut rows, mut units) = (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.rows.len()));
        for path in self.list.iter_mut().filter(|path| path.alive) {
            let own = path.start as usize..(path.start + path.len) as usize;
            path.start = rows.len() as u32;
            rows.extend_from_slice(&self.rows[own.clone()]);
            units.extend_from_slice(&self.units[own]);
        }
        self.rows = rows;
        self.units = units;
        self.lost = 0;
    }

    /// Indices given out so far, of forgotten ways too.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn alive(&self) -> impl Iterator<Item = u32> {
        self.list.iter().enumerate().filter(|(_, path)| path.alive).map(|(row, _)| row as u32)
    }

    pub fn count(&self) -> usize {
        self.list.len() - self.free.len()
    }

    pub fn get(&self, path: u32) -> &Path {
        &self.list[path as usize]
    }

    pub fn get_mut(&mut self, path: u32) -> &mut Path {
        &mut self.list[path as usize]
    }

    /// Whether a way may enter the basis.
    pub fn may_enter(&self, path: u32) -> bool {
        let own = self.get(path);
        own.alive && !own.retired && own.place == Place::Out
    }

    /// What a way takes of which rows.
    pub fn uses(&self, path: u32) -> impl Iterator<Item = (usize, f64)> {
        let own = self.get(path);
        let range = own.start as usize..(own.start + own.len) as usize;
        self.rows[range.clone()].iter().map(|row| *row as usize).zip(self.units[range].iter().copied())
    }

    /// What a way takes of a row.
    pub fn takes(&self, path: u32, row: usize) -> f64 {
        self.uses(path).filter(|(own, _)| *own == row).map(|(_, units)| units).sum()
    }

    /// What a way earns above the prices of the rows.
    pub fn earns(&self, path: u32, price: &[f64]) -> f64 {
        self.get(path).value - self.charge(path, price)
    }

    /// What a way is charged at prices of the rows.
    pub fn charge(&self, path: u32, price: &[f64]) -> f64 {
        let own = self.get(path);
        let range = own.start as usize..(own.start + own.len) as usize;
        let rows = &self.rows[range.clone()];
        if own.plain {
            rows.iter().map(|row| price[*row as usize]).sum()
        } else {
            rows.iter().zip(&self.units[range]).map(|(row, units)| price[*row as usize] * units).sum()
        }
    }

    /// A way takes as much of a new row as of an old one.
    pub fn extend(&mut self, path: u32, old: RowIdx, new: RowIdx) {
        let units = self.takes(path, old.row());
        if units == 0.0 {
            return;
        }
        let own = &mut self.list[path as usize];
        let range = own.start as usize..(own.start + own.len) as usize;
        if range.end != self.rows.len() {
            self.lost += own.len as usize;
            own.start = self.rows.len() as u32;
            self.rows.extend_from_within(range.clone());
            self.units.extend_from_within(range);
        }
        self.rows.push(new.0);
        self.units.push(units);
        own.len += 1;
    }

    /// A way takes nothing of a row any more.
    pub fn strip(&mut self, path: u32, row: RowIdx) {
        let own = &mut self.list[path as usize];
        let start = own.start as usize;
        let mut place = start;
        while place < start + own.len as usize {
            if self.rows[place] == row.0 {
                let last = start + own.len as usize - 1;
                self.rows.swap(place, last);
                self.units.swap(place, last);
                own.len -= 1;
                self.lost += 1;
            } else {
                place += 1;
            }
        }
    }
}
