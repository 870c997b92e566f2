//! Cheapest ways over pairs of ports, when a few pairs are dearer for one demand than for others.

/// Prices of pairs, the cheapest ways at them, and the way found last.
#[derive(Clone, Debug)]
pub struct Cheapest {
    ports: usize,
    /// By pair of ports: price of the pair itself, and of the cheapest way.
    table: Vec<f64>,
    least: Vec<f64>,
    cost: Vec<f64>,
    /// Cost of a way through a port at least; infinite when it is not reached, or done with.
    through: Vec<f64>,
    before: Vec<u32>,
    /// Pairs that are dearer at the moment, with their prices for others.
    kept: Vec<(usize, f64)>,
}

impl Cheapest {
    /// Without prices.
    pub fn new(ports: usize) -> Self {
        let [table, least] = [0; 2].map(|_| vec![f64::INFINITY; ports * ports]);
        let [cost, through] = [0; 2].map(|_| vec![f64::INFINITY; ports]);
        Self { ports, table, least, cost, through, before: vec![0; ports], kept: Vec::new() }
    }

    /// Prices of all pairs, row by row, infinite where there is no way; none below zero.
    pub fn set(&mut self, prices: impl Iterator<Item = f64>) {
        self.table.iter_mut().zip(prices).for_each(|(known, price)| *known = price);
        self.least.copy_from_slice(&self.table);
        let ports = self.ports;
        (0..ports).for_each(|port| self.least[port * ports + port] = 0.0);
        let mut row = vec![0.0; ports];
        for by in 0..ports {
            row.copy_from_slice(&self.least[by * ports..(by + 1) * ports]);
            for from in 0..ports {
                let first = self.least[from * ports + by];
                let ways = &mut self.least[from * ports..(from + 1) * ports];
                ways.iter_mut().zip(&row).for_each(|(way, rest)| *way = way.min(first + rest));
            }
        }
    }

    /// Cost of the cheapest way when some pairs are dearer by the amounts given; `None` when it is `limit` or more. What a way costs
    /// without them leads the search.
    pub fn find(&mut self, [from, to]: [usize; 2], dearer: impl Iterator<Item = (usize, f64)>, limit: f64) -> Option<f64> {
        let ports = self.ports;
        if self.least[from * ports + to] >= limit {
            return None;
        }
        for (pair, more) in dearer {
            self.kept.push((pair, self.table[pair]));
            self.table[pair] += more;
        }
        self.search([from, to], limit);
        self.kept.drain(..).rev().for_each(|(pair, price)| self.table[pair] = price);
        Some(self.cost[to]).filter(|cost| *cost < limit)
    }

    fn search(&mut self, [from, to]: [usize; 2], limit: f64) {
        let ports = self.ports;
        self.cost.fill(f64::INFINITY);
        self.through.fill(f64::INFINITY);
        (self.cost[from], self.through[from]) = (0.0, 0.0);
        loop {
            let (mut at, mut least) = (to, limit);
            for (port, through) in self.through.iter().enumerate() {
                if *through < least {
                    (at, least) = (port, *through);
                }
            }
            if at == to {
                return;
            }
            self.through[at] = f64::INFINITY;
            let so_far = self.cost[at];
            for next in 0..ports {
                let reached = so_far + self.table[at * ports + next];
                if reached < self.cost[next] {
                    self.cost[next] = reached;
                    self.through[next] = reached + self.least[next * ports + to];
                    self.before[next] = at as u32;
                }
            }
        }
    }

    /// Pairs of the way found last, from its end.
    pub fn pairs(&self, [from, to]: [usize; 2]) -> impl Iterator<Item = usize> {
        let mut at = to;
        std::iter::from_fn(move || {
            let before = self.before[at] as usize;
            let pair = before * self.ports + at;
            (at != from).then(|| {
                at = before;
                pair
            })
        })
    }
}
