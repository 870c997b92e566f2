//! Simulated annealing over networks of services: change a service or two, carry the best cargo on what results, keep it if it is better
//! or not much worse. What a service is, costs and carries is the market's business; see [`Market`].

use crate::optimize::control::Control;
use crate::optimize::flow::lp::{FlowLp, Footprint, Pricing, RowIdx, Way};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::time::Instant;

/// A network design problem as the search sees it.
pub trait Market: Send {
    /// A service as it is run: calls, vessels, sailings.
    type Service: Clone + Send;
    /// A service's rows in the cargo flow.
    type Placed: Clone + Send;

    /// Adds a service's capacities to the flow.
    fn place(&mut self, service: &Self::Service, lp: &mut FlowLp) -> Self::Placed;
    /// Turns a placed service into another that is much alike, and keeps its cargo on board where that still goes. `None` when it has to be
    /// placed anew.
    fn turn_into(&mut self, _old: &Self::Placed, _service: &Self::Service, _lp: &mut FlowLp) -> Option<Self::Placed> {
        None
    }
    /// What a service has of its own in the flow.
    fn footprint(&self, placed: &Self::Placed) -> Footprint;
    /// Sets likely prices for the rows of a new service, given the one it replaces.
    fn guess(&self, old: &Self::Placed, new: &Self::Placed, lp: &mut FlowLp);
    /// By commodity, the most a unit earns above the prices on any way.
    fn worth(&mut self, network: &[Self::Placed], lp: &FlowLp, worth: &mut Vec<f64>);
    /// No flow on the network that a change leads to is worth more; below `least` it need not be any lower. `None` when only placing the
    /// services shows that.
    fn ceiling(&mut self, _network: &[Self::Placed], _change: &Change<Self::Service>, _lp: &FlowLp, _least: f64) -> Option<f64> {
        None
    }
    /// Money of the placed service that the flow's value has too much or too little.
    fn constant(&self, placed: &Self::Placed) -> f64;
    /// A fine for promises that the flow breaks, such as calls that are too small; zero when all are kept.
    fn missing(&self, network: &[Self::Placed], lp: &FlowLp) -> f64;
    /// Ways to carry that earn more than the prices ask, or less by no more than `short`.
    fn price(&mut self, network: &[Self::Placed], lp: &FlowLp, short: f64, found: &mut Vec<Way>);
    /// Ways that earn at prices near the present ones, from which the flow gets to the best prices sooner; no flow is worth more than what
    /// it returns.
    fn price_near(&mut self, _network: &[Self::Placed], _lp: &FlowLp, _found: &mut Vec<Way>) -> f64 {
        f64::INFINITY
    }
    /// Money a cycle of running the services, `None` when vessels or locks do not suffice.
    fn running_cost(&self, services: &[Self::Service]) -> Option<f64>;
    /// A random change for which the rows of the services in the flow matter, tried first; `None` to draw by [`Market::change`].
    fn change_by_prices(
        &mut self,
        _network: &[Self::Placed],
        _lp: &FlowLp,
        _rng: &mut ChaCha8Rng,
    ) -> Option<Change<Self::Service>> {
        None
    }
    /// A random change, `None` when the draw led nowhere.
    fn change(&mut self, services: &[Self::Service], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Self::Service>>;
}

/// Services that go, by row, and services that come.
#[derive(Clone, Debug)]
pub struct Change<S> {
    pub drop: Vec<usize>,
    pub add: Vec<S>,
}

/// What the search may spend, and how bold it is. Its heat is the money of a loss that it keeps in one of `e` cases: of all changes tried,
/// a share is kept that falls from `first` to `last`. The heat rises while fewer are kept, and falls while more are, as long as improvements
/// come by themselves. It starts at `hottest` and is never above.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    pub deadline: Option<Instant>,
    /// Changes tried at most.
    pub tries: u64,
    pub seed: u64,
    pub first: f64,
    pub last: f64,
    pub hottest: f64,
}

/// How fast the heat follows: its logarithm moves by this much for each change kept too many or too few.
const FOLLOWS: f64 = 0.3;
/// Coldest heat, as a share of the hottest.
const COLDEST: f64 = 1e-4;

/// A network with the best cargo on it.
pub struct Annealed<M: Market> {
    pub services: Vec<M::Service>,
    pub value: f64,
    pub tries: u64,
    pub accepted: u64,
}

/// Pivots that one change may take.
const PIVOTS: u64 = 20_000;
/// Money a unit above the prices from which on a way is worth adding.
const WORTH: f64 = 1e-6;
/// Money a unit that a way on a new service may fall short of the guessed prices and still be added at once.
const NEARLY: f64 = 100.0;
/// Changes between two looks at the clock.
const LOOK: u64 = 2;

struct State<M: Market> {
    lp: FlowLp,
    services: Vec<M::Service>,
    placed: Vec<M::Placed>,
    value: f64,
    /// Part of the value that is a fine.
    fine: f64,
}

impl<M: Market> Clone for State<M> {
    fn clone(&self) -> Self {
        Self {
            lp: self.lp.clone(),
            services: self.services.clone(),
            placed: self.placed.clone(),
            value: self.value,
            fine: self.fine,
        }
    }

    fn clone_from(&mut self, from: &Self) {
        self.lp.clone_from(&from.lp);
        self.services.clone_from(&from.services);
        self.placed.clone_from(&from.placed);
        self.value = from.value;
        self.fine = from.fine;
    }
}

/// The market's ways on a network, as the flow asks for them.
struct Ways<'a, M: Market> {
    market: &'a mut M,
    placed: &'a [M::Placed],
    /// Only a flow worth more than some other is wanted.
    screens: bool,
}

impl<M: Market> Pricing for Ways<'_, M> {
    fn price(&mut self, lp: &FlowLp, found: &mut Vec<Way>) -> f64 {
        if self.screens {
            let ceiling = self.market.price_near(self.placed, lp, found);
            found.retain(|way| lp.reduced_value(way) > WORTH);
            if !found.is_empty() {
                return ceiling;
            }
        }
        self.market.price(self.placed, lp, -WORTH, found);
        f64::INFINITY
    }
}

impl<M: Market> State<M> {
    /// Carries the best cargo; false when the pivots did not suffice.
    fn load(&mut self, market: &mut M, cost: f64, pivots: u64, least: f64) -> bool {
        let fixed = self.placed.iter().map(|placed| market.constant(placed)).sum::<f64>() - cost;
        let screens = least > f64::NEG_INFINITY;
        if !self.lp.solve(&mut Ways { market, placed: &self.placed, screens }, pivots, least - fixed) {
            return false;
        }
        self.fine = market.missing(&self.placed, &self.lp);
        self.value = self.lp.value() + fixed - self.fine;
        true
    }

    /// Makes a change, unless prices alone show that the result is worth less than `least`; its cargo is not loaded yet.
    fn apply(&mut self, market: &mut M, change: &Change<M::Service>, cost: f64, least: f64) -> bool {
        let olds: Vec<M::Placed> = change.drop.iter().map(|row| self.placed[*row].clone()).collect();
        let mut drop = change.drop.clone();
        drop.sort_unstable();
        for row in drop.iter().rev() {
            self.placed.remove(*row);
            self.services.remove(*row);
        }
        let mut turned = vec![false; olds.len()];
        let mut added = Vec::new();
        for (place, service) in change.add.iter().enumerate() {
            let own = olds.get(place).and_then(|old| market.turn_into(old, service, &mut self.lp));
            if own.is_some() {
                turned[place] = true;
            }
            added.push(own.unwrap_or_else(|| market.place(service, &mut self.lp)));
        }
        let mut without = Footprint::default();
        for (old, _) in olds.iter().zip(&turned).filter(|(_, turned)| !**turned) {
            let own = market.footprint(old);
            without.rows.extend(own.rows);
            without.commodities.extend(own.commodities);
        }
        self.placed.extend(added.iter().cloned());
        self.services.extend(change.add.iter().cloned());
        if added.len() <= olds.len() && least > f64::NEG_INFINITY {
            added.iter().zip(&olds).for_each(|(new, old)| market.guess(old, new, &mut self.lp));
            let mut worth = Vec::new();
            market.worth(&self.placed, &self.lp, &mut worth);
            let fixed = self.placed.iter().map(|placed| market.constant(placed)).sum::<f64>() - cost;
            if self.lp.ceiling(&without, &mut worth) + fixed < least {
                return false;
            }
        }
        if turned.iter().filter(|turned| **turned).count() == added.len() {
            self.lp.retire(&without);
            return true;
        }
        let mut likely = Vec::new();
        market.price(&self.placed, &self.lp, NEARLY, &mut likely);
        let fresh: BTreeSet<RowIdx> = added.iter().flat_map(|new| market.footprint(new).rows).collect();
        likely.retain(|way| way.uses.iter().any(|(row, _)| fresh.contains(row)));
        likely.iter().for_each(|way| self.lp.add_found(way));
        self.lp.retire(&without);
        true
    }
}

/// A search that can go on from where it stopped.
pub struct Session<M: Market> {
    market: M,
    /// What all services share, for a start from nothing.
    shared: FlowLp,
    now: State<M>,
    next: State<M>,
    /// Goes on from run to run.
    heat: f64,
}

impl<M: Market> Session<M> {
    /// Loads a network from nothing; `shared` holds what all services share in the flow.
    pub fn new(market: M, shared: FlowLp, start: Vec<M::Service>) -> Self {
        let blank = || State { lp: FlowLp::new(), services: Vec::new(), placed: Vec::new(), value: f64::NEG_INFINITY, fine: 0.0 };
        let mut session = Self { market, shared, now: blank(), next: blank(), heat: f64::INFINITY };
        session.start_from(start);
        session
    }

    /// Goes on from another network, loaded from nothing.
    pub fn start_from(&mut self, start: Vec<M::Service>) {
        let lp = self.shared.clone();
        self.now = State { lp, services: Vec::new(), placed: Vec::new(), value: f64::NEG_INFINITY, fine: 0.0 };
        let Some(cost) = self.market.running_cost(&start) else { return };
        let none = f64::NEG_INFINITY;
        self.now.apply(&mut self.market, &Change { drop: Vec::new(), add: start }, cost, none);
        self.now.load(&mut self.market, cost, u64::MAX / 2, none);
    }

    /// The network on which the search stands, and its value.
    pub fn stands_on(&self) -> (f64, &[M::Service]) {
        (self.now.value, &self.now.services)
    }

    /// Draws a change that vessels suffice for, with the money a cycle of running all services after it; `None` when the draw led nowhere.
    pub fn draw(&mut self, rng: &mut ChaCha8Rng) -> Option<(Change<M::Service>, f64)> {
        let State { lp, services, placed, .. } = &self.now;
        let by_prices = self.market.change_by_prices(placed, lp, rng);
        let change = by_prices.or_else(|| self.market.change(services, lp, rng))?;
        let cost = self.market.running_cost(&self.after(&change))?;
        Some((change, cost))
    }

    /// The services after a change.
    pub fn after(&self, change: &Change<M::Service>) -> Vec<M::Service> {
        let kept = self.now.services.iter().enumerate().filter(|(row, _)| !change.drop.contains(row));
        kept.map(|(_, service)| service).chain(&change.add).cloned().collect()
    }

    /// Value of the network after a change with the best cargo on it, and the pivots that took; the search stays where it stands.
    pub fn try_out(&mut self, change: &Change<M::Service>) -> (f64, u64) {
        let none = f64::NEG_INFINITY;
        let Some(cost) = self.market.running_cost(&self.after(change)) else { return (none, 0) };
        let Self { market, now, next, .. } = self;
        next.clone_from(now);
        let before = next.lp.pivots();
        next.apply(market, change, cost, none);
        next.load(market, cost, u64::MAX / 2, none);
        (next.value, next.lp.pivots() - before)
    }

    /// Pivots of the flow that the search stands on, from its start.
    pub fn pivots(&self) -> u64 {
        self.now.lp.pivots()
    }

    /// Ways that earn more than the prices ask, counted.
    pub fn price(&mut self) -> usize {
        let mut found = Vec::new();
        self.market.price(&self.now.placed, &self.now.lp, -WORTH, &mut found);
        found.len()
    }

    /// Tries one change, and keeps it when it is better or worse by a loss that the heat lets pass. True when it is kept.
    pub fn step(&mut self, rng: &mut ChaCha8Rng, heat: f64) -> bool {
        let Some((change, cost)) = self.draw(rng) else { return false };
        let Self { market, now, next, .. } = self;
        let least = now.value + heat * rng.random_range(f64::EPSILON..1.0).ln();
        let screened = market.ceiling(&now.placed, &change, &now.lp, least + cost);
        if screened.is_some_and(|ceiling| ceiling - cost < least) {
            return false;
        }
        next.clone_from(now);
        let least_placed = if screened.is_some() { f64::NEG_INFINITY } else { least };
        let kept =
            next.apply(market, &change, cost, least_placed) && next.load(market, cost, PIVOTS, least) && next.value >= least;
        if kept {
            std::mem::swap(now, next);
        }
        kept
    }

    /// Searches on. `improved` hears of every network that is the best so far.
    pub fn run(&mut self, schedule: &Schedule, control: &Control, improved: &mut dyn FnMut(f64, &[M::Service])) -> Annealed<M> {
        let mut rng = ChaCha8Rng::seed_from_u64(schedule.seed);
        let begun = Instant::now();
        let mut best = Annealed { services: Vec::new(), value: f64::NEG_INFINITY, tries: 0, accepted: 0 };
        keep_best(&self.now, &mut best, improved);
        let mut passed = 0.0;
        while best.tries < schedule.tries {
            if best.tries.is_multiple_of(LOOK) {
                if control.is_over(schedule.deadline) {
                    break;
                }
                passed = progress(schedule, begun, best.tries);
            }
            best.tries += 1;
            self.heat = self.heat.clamp(COLDEST * schedule.hottest, schedule.hottest);
            let wanted = falling(schedule.first, schedule.last, passed);
            let kept = self.step(&mut rng, self.heat);
            self.heat *= (FOLLOWS * (wanted - if kept { 1.0 } else { 0.0 })).exp();
            if kept {
                best.accepted += 1;
                keep_best(&self.now, &mut best, improved);
            }
        }
        best
    }
}

fn keep_best<M: Market>(now: &State<M>, best: &mut Annealed<M>, improved: &mut dyn FnMut(f64, &[M::Service])) {
    if now.value > best.value + 1e-6 * best.value.abs().min(1e9) && now.fine < WORTH {
        best.value = now.value;
        best.services = now.services.clone();
        improved(best.value, &best.services);
    }
}

/// Between two numbers, by the same share each step; `passed` is 0 at the first and 1 at the last.
pub fn falling(first: f64, last: f64, passed: f64) -> f64 {
    first * (last / first).powf(passed)
}

/// Share of the schedule that is over, 0 to 1.
fn progress(schedule: &Schedule, begun: Instant, tries: u64) -> f64 {
    let tried = tries as f64 / schedule.tries.max(1) as f64;
    let all = schedule.deadline.map(|end| end.saturating_duration_since(begun).as_secs_f64());
    all.map_or(tried, |all| tried.max(begun.elapsed().as_secs_f64() / all.max(1e-9))).min(1.0)
}
