//! What an hour of a vessel is worth when every leg and call earns: the best ratio of profit to time over all closed tours of a class.

use super::super::cost::Costing;
use crate::domain::ClassIdx;
use crate::domain::liner::{PortIdx, WEEK_H};

/// Rounds of Newton's method; three or four do when the last tour is tried first.
const NEWTON_ROUNDS: usize = 60;
/// Profit of a tour that counts as none, USD.
const NOTHING_USD: f64 = 1e-4;

/// One way over one leg, with the call at its end.
#[derive(Clone, Copy, Debug)]
struct Leg {
    distance_nm: f64,
    /// Canal fees, the call and idle fuel there.
    fees_usd: f64,
}

/// The legs of one class, and what was best when last asked.
#[derive(Clone, Debug)]
pub struct Tours {
    ports: usize,
    /// Hours of all vessels in a week.
    fleet_h: f64,
    charter_usd_per_h: f64,
    stay_h: f64,
    speeds_kn: [f64; 2],
    /// Fuel over a mile at one knot, USD; at another speed it goes with the square of the speed.
    fuel_usd: f64,
    /// By pair of ports: where its ways start; one more than there are pairs.
    starts: Vec<u32>,
    legs: Vec<Leg>,
    /// Profit by pair of ports at the price last tried.
    profits: Vec<f64>,
    heights: Vec<f64>,
    before: Vec<u32>,
    best: Vec<u32>,
}

/// What the vessels of a class can earn, with the tour that earns most an hour.
#[derive(Clone, Copy, Debug)]
pub struct Earned<'a> {
    /// No use of the vessels is worth more, USD a week.
    pub most_usd: f64,
    /// Ports of the best tour in order; empty when the vessels are better left alone.
    pub tour: &'a [u32],
    /// Times a week that all vessels together make it.
    pub times: f64,
}

impl Tours {
    /// The legs of a class.
    pub fn new(costing: &Costing, class: ClassIdx) -> Self {
        let problem = costing.problem();
        let vessel = problem.class(class);
        let ports = problem.ports.len();
        let (mut starts, mut legs) = (vec![0], Vec::new());
        for pair in 0..ports * ports {
            let [from, to] = [pair / ports, pair % ports].map(PortIdx::from);
            if costing.may_call(class, from) && costing.may_call(class, to) {
                let call_usd = costing.call_usd(class, to) + costing.idle_usd(class, 1);
                legs.extend(
                    costing
                        .routes(class, from, to)
                        .iter()
                        .map(|way| Leg { distance_nm: way.distance_nm, fees_usd: way.canal_usd + call_usd }),
                );
            }
            starts.push(legs.len() as u32);
        }
        Self {
            ports,
            fleet_h: WEEK_H * f64::from(vessel.vessels),
            charter_usd_per_h: vessel.charter_usd_per_day / 24.0,
            stay_h: problem.rules.stay_h,
            speeds_kn: [vessel.min_speed_kn, vessel.max_speed_kn],
            fuel_usd: costing.knot_usd(class),
            starts,
            legs,
            profits: vec![f64::NEG_INFINITY; ports * ports],
            heights: vec![0.0; ports],
            before: vec![0; ports],
            best: Vec::new(),
        }
    }

    /// Whether the class can sail from one port to the next.
    pub fn is_open(&self, pair: usize) -> bool {
        self.starts[pair] < self.starts[pair + 1]
    }

    /// Cost of sailing a leg and calling at its end, charter by the hour; infinite when it is closed.
    pub fn leg_usd(&self, pair: usize) -> f64 {
        self.cost(pair, self.charter_usd_per_h).0
    }

    /// The most that the vessels can earn when each sailing of a pair earns `rewards`, USD; by pair of ports, row by row.
    pub fn earn(&mut self, rewards: &[f64]) -> Earned<'_> {
        let mut price = self.charter_usd_per_h;
        let mut improved = self.raise(&mut price, rewards);
        let mut found = improved;
        for _ in 0..NEWTON_ROUNDS {
            self.set_profits(price, rewards);
            if !self.find_tour() {
                break;
            }
            improved = self.raise(&mut price, rewards);
            found |= improved;
            if !improved {
                break;
            }
        }
        let most_usd = self.fleet_h * (self.proved(price) - self.charter_usd_per_h);
        if !found {
            return Earned { most_usd, tour: &[], times: 0.0 };
        }
        let hours = self.tour_at(price, rewards)[1];
        Earned { most_usd, tour: &self.best, times: self.fleet_h / hours }
    }

    /// Raises the price of an hour to where the tour kept earns nothing; false when it earned nothing before.
    fn raise(&self, price: &mut f64, rewards: &[f64]) -> bool {
        let mut raised = false;
        for _ in 0..NEWTON_ROUNDS {
            let [profit, hours] = self.tour_at(*price, rewards);
            if profit <= NOTHING_USD * 1e-3 {
                break;
            }
            *price += profit / hours;
            raised = true;
        }
        raised
    }

    /// Profit and hours of the tour kept.
    fn tour_at(&self, price: f64, rewards: &[f64]) -> [f64; 2] {
        let mut sums = [0.0, 0.0];
        for (place, from) in self.best.iter().enumerate() {
            let to = self.best[(place + 1) % self.best.len()];
            let pair = *from as usize * self.ports + to as usize;
            let (cost, hours) = self.cost(pair, price);
            sums[0] += rewards[pair] - cost;
            sums[1] += hours;
        }
        sums
    }

    /// Least cost of a leg when an hour has a price, and its hours.
    fn cost(&self, pair: usize, price: f64) -> (f64, f64) {
        let speed = self.speed(price);
        let mile = self.mile_usd(price);
        let ways = &self.legs[self.starts[pair] as usize..self.starts[pair + 1] as usize];
        let by = |leg: &Leg| (leg.fees_usd + mile * leg.distance_nm + price * self.stay_h, leg.distance_nm / speed + self.stay_h);
        let least = ways.iter().map(by).min_by(|a, b| a.0.total_cmp(&b.0));
        least.unwrap_or((f64::INFINITY, f64::INFINITY))
    }

    /// Speed at which a mile is cheapest: the fuel saved by sailing slower is worth the time.
    fn speed(&self, price: f64) -> f64 {
        let [slowest, fastest] = self.speeds_kn;
        if self.fuel_usd > 0.0 { (price / (2.0 * self.fuel_usd)).cbrt().clamp(slowest, fastest) } else { fastest }
    }

    fn mile_usd(&self, price: f64) -> f64 {
        let speed = self.speed(price);
        self.fuel_usd * speed * speed + price / speed
    }

    fn set_profits(&mut self, price: f64, rewards: &[f64]) {
        let (mile, stay) = (self.mile_usd(price), price * self.stay_h);
        for (pair, profit) in self.profits.iter_mut().enumerate() {
            let ways = &self.legs[self.starts[pair] as usize..self.starts[pair + 1] as usize];
            let least = ways.iter().map(|leg| leg.fees_usd + mile * leg.distance_nm).fold(f64::INFINITY, f64::min);
            *profit = rewards[pair] - least - stay;
        }
    }

    /// Looks for a tour with a profit by longest paths from everywhere; keeps it when there is one.
    fn find_tour(&mut self) -> bool {
        self.heights.fill(0.0);
        self.before.fill(u32::MAX);
        for _ in 0..self.ports + 1 {
            let mut changed = false;
            for from in 0..self.ports {
                let height = self.heights[from];
                for to in 0..self.ports {
                    let reached = height + self.profits[from * self.ports + to];
                    if reached > self.heights[to] + NOTHING_USD / self.ports as f64 {
                        self.heights[to] = reached;
                        self.before[to] = from as u32;
                        changed = true;
                    }
                }
            }
            if !changed {
                return false;
            }
            if self.keep_tour() {
                return true;
            }
        }
        false
    }

    /// Follows what led to each port back; a tour closes where the way comes to a port again.
    fn keep_tour(&mut self) -> bool {
        let mut seen = vec![usize::MAX; self.ports];
        for start in 0..self.ports {
            let mut at = start as u32;
            while at != u32::MAX && seen[at as usize] == usize::MAX {
                seen[at as usize] = start;
                at = self.before[at as usize];
            }
            if at != u32::MAX && seen[at as usize] == start {
                self.best.clear();
                let end = at;
                loop {
                    self.best.push(at);
                    at = self.before[at as usize];
                    if at == end {
                        break;
                    }
                }
                self.best.reverse();
                return true;
            }
        }
        false
    }

    /// A price of an hour at which no tour has a profit, whatever the search for one has overlooked. Along a tour the heights cancel out,
    /// so no tour earns more an hour than the worst of its legs is above its heights.
    fn proved(&self, price: f64) -> f64 {
        let mut more: f64 = 0.0;
        for from in 0..self.ports {
            for to in 0..self.ports {
                let pair = from * self.ports + to;
                let above = self.profits[pair] + self.heights[from] - self.heights[to];
                if above > 0.0 {
                    more = more.max(above / self.least_h(pair));
                }
            }
        }
        price + more
    }

    /// Fewest hours of a leg and its call.
    fn least_h(&self, pair: usize) -> f64 {
        let ways = &self.legs[self.starts[pair] as usize..self.starts[pair + 1] as usize];
        self.stay_h + ways.iter().map(|leg| leg.distance_nm).fold(f64::INFINITY, f64::min) / self.speeds_kn[1]
    }
}
