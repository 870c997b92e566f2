//! The Pearl River's side of the search: rotations with their rides as services, customs rules in the rides, and the capacities of
//! `models/network-design.md` as rows of the cargo flow.

mod fares;
mod priced;
#[cfg(test)]
mod tests;

use super::anneal::{Change, Market};
use super::model::berth_minutes;
use super::moves;
use super::owners::find_owners;
use super::rotation::{Choice, Rotation, Scene, handling_minutes, is_hub_shuttle, rotations_of};
use crate::domain::{Cargo, DemandIdx, FleetIdx, Practice, TerminalIdx};
use crate::optimize::flow::lp::{CommodityIdx, FlowLp, Footprint, RowIdx, Way};
use crate::optimize::flow::{Group, GroupIdx};
use fares::Fares;
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A rotation with one of its choices.
#[derive(Clone, Debug)]
pub struct Service {
    pub rotation: Arc<Rotation>,
    pub choice: usize,
    /// It stays in every network, as it is.
    pub pinned: bool,
}

impl Service {
    pub fn choice(&self) -> &Choice {
        &self.rotation.choices[self.choice]
    }
}

/// Rows of one service.
#[derive(Clone, Debug)]
pub struct Placed {
    service: Service,
    /// By leg.
    slots: Vec<RowIdx>,
    mass: Vec<Option<RowIdx>>,
    plugs: Vec<Option<RowIdx>>,
    dangerous: Vec<Option<RowIdx>>,
    /// By call.
    crane: Vec<RowIdx>,
    trip: RowIdx,
    /// Longer stays, by call.
    stays: Vec<CommodityIdx>,
    /// Berth minutes of the shortest stays, by call; the flow is paid [`MISSING_MINUTE`] for each.
    owed: Vec<CommodityIdx>,
    /// Money that the flow counts for them, taken off again.
    constant: f64,
    /// By call: least lifts.
    smallest: Vec<f64>,
}

/// Money that a missing lift of a call that is too small, and a missing berth minute, count in the search.
const MISSING_LIFT: f64 = 500.0;
const MISSING_MINUTE: f64 = 1_000.0;

/// The problem and what the search remembers between changes.
pub struct River<'a> {
    scene: &'a Scene<'a>,
    /// Vessels of owners that pinned services take.
    lent: Vec<(FleetIdx, u32)>,
    demands: Vec<CommodityIdx>,
    berths: Vec<RowIdx>,
    known: HashMap<Vec<TerminalIdx>, Arc<Vec<Arc<Rotation>>>>,
    seeds: Vec<Vec<TerminalIdx>>,
    /// By group and terminal: cheapest way there so far, and the round in which it was found.
    reach: Vec<(f64, u32, Leg)>,
    round: u32,
}

/// How a box got somewhere: rides on placed services.
#[derive(Clone, Copy, Debug, Default)]
struct Leg {
    /// Placed service and ride, of the last ride.
    last: (u32, u32),
    /// Of the ride before a transshipment.
    first: Option<(u32, u32)>,
    /// Minutes from departure at the origin to arrival.
    minutes: f64,
}

impl<'a> River<'a> {
    /// The market, and the flow with what all services share: demands and berth hours. `seeds` are rotations worth adding whole.
    pub fn new(scene: &'a Scene<'a>, seeds: Vec<Vec<TerminalIdx>>) -> (Self, FlowLp) {
        let mut lp = FlowLp::new();
        let problem = scene.problem;
        let demands = problem.demands.iter().map(|demand| lp.add_commodity(demand.volume.0 as f64)).collect();
        let berths = (0..problem.terminals.len()).map(|at| lp.add_row(berth_minutes(scene, at.into()))).collect();
        let size = scene.groups.all.len() * problem.terminals.len();
        let reach = vec![(f64::INFINITY, 0, Leg::default()); size];
        (Self { scene, lent: scene.lent(), demands, berths, known: HashMap::new(), seeds, reach, round: 0 }, lp)
    }

    /// Rotations on these calls, from memory where they were made before.
    pub fn rotations(&mut self, calls: &[TerminalIdx]) -> Arc<Vec<Arc<Rotation>>> {
        if let Some(known) = self.known.get(calls) {
            return Arc::clone(known);
        }
        if self.known.len() > REMEMBERED {
            self.known.clear();
        }
        let allowed = self.scene.practice == Practice::WaterBus || is_hub_shuttle(self.scene.problem, calls);
        let made = if allowed { rotations_of(self.scene, calls) } else { Vec::new() };
        let made: Arc<Vec<Arc<Rotation>>> = Arc::new(made.into_iter().map(Arc::new).collect());
        self.known.insert(calls.to_vec(), Arc::clone(&made));
        made
    }

    fn group(&self, group: GroupIdx) -> &'a Group {
        self.scene.groups.group(group)
    }

    /// What a ride takes: slots and whatever else its cargo needs on each leg, and crane minutes.
    fn uses(&self, placed: &Placed, ride: usize, uses: &mut Vec<(RowIdx, f64)>) {
        let rotation = &placed.service.rotation;
        let ride = rotation.rides[ride];
        let legs = rotation.calls.len();
        let group = self.group(ride.group);
        for position in ride.from..ride.to {
            let leg = position % legs;
            uses.push((placed.slots[leg], 1.0));
            uses.extend(placed.mass[leg].map(|row| (row, group.kg_per_teu.0 as f64 / 1000.0)));
            if group.cargo == Cargo::Reefer {
                uses.extend(placed.plugs[leg].map(|row| (row, 1.0)));
            }
            if group.cargo == Cargo::Dangerous {
                uses.extend(placed.dangerous[leg].map(|row| (row, 1.0)));
            }
        }
        for call in [ride.from, ride.to % legs] {
            uses.push((placed.crane[call], handling_minutes(self.scene.problem, rotation.calls[call])));
        }
    }

    /// Demands that ways of at most one transshipment carry in time: each with the place in `reach` that holds the cheapest.
    fn served(&mut self, network: &[Placed], lp: &FlowLp) -> Vec<(DemandIdx, usize)> {
        let terminals = self.scene.problem.terminals.len();
        let mut served = Vec::new();
        for place in self.reachable(network, lp) {
            let (group, at) = (GroupIdx(place / terminals), TerminalIdx::from(place % terminals));
            let deliveries = self.group(group).deliveries.iter().filter(|(to, _)| *to == at);
            if self.is_in_time(group, at, self.reach[place].2.minutes) {
                served.extend(deliveries.map(|(_, demand)| (*demand, place)));
            }
        }
        served
    }

    /// Whether cargo that arrives after so many minutes may be delivered at a terminal.
    fn is_in_time(&self, group: GroupIdx, at: TerminalIdx, minutes: f64) -> bool {
        self.scene.groups.limit_at(group, at).is_some_and(|limit| minutes <= limit.0 as f64)
    }

    /// Groups and terminals that boxes reach with at most one transshipment, each with its cheapest way in `reach`.
    fn reachable(&mut self, network: &[Placed], lp: &FlowLp) -> Vec<usize> {
        self.round += 1;
        let fares: Vec<Fares> = network.iter().map(|placed| Fares::new(self.scene, placed, lp)).collect();
        let mut reached = Vec::new();
        self.spread(network, &fares, false, &mut reached);
        self.spread(network, &fares, true, &mut reached);
        reached
    }

    /// Spreads from what is reached: rides of the first kind start at origins, the others where boxes change vessels.
    fn spread(&mut self, network: &[Placed], fares: &[Fares], transfers: bool, reached: &mut Vec<usize>) {
        let terminals = self.scene.problem.terminals.len();
        for (service, (placed, fares)) in network.iter().zip(fares).enumerate() {
            let rotation = &placed.service.rotation;
            let legs = rotation.calls.len();
            for (row, ride) in rotation.rides.iter().enumerate() {
                let (from, to) = (rotation.calls[ride.from], rotation.calls[ride.to % legs]);
                let group = self.group(ride.group);
                let starts = from == group.origin;
                if starts == transfers {
                    continue;
                }
                let here = (service as u32, row as u32);
                let minutes = fares.minutes(ride.from, ride.to, legs);
                let (before, leg) = if starts {
                    if !self.scene.groups.may_transfer(ride.group, to) && !self.is_in_time(ride.group, to, minutes) {
                        continue;
                    }
                    (0.0, Leg { last: here, first: None, minutes })
                } else {
                    let (cost, round, leg) = self.reach[ride.group.0 * terminals + from.row()];
                    if round != self.round || leg.first.is_some() {
                        continue;
                    }
                    let minutes = leg.minutes + self.change_minutes(from, placed) + minutes;
                    if !self.is_in_time(ride.group, to, minutes) {
                        continue;
                    }
                    (cost, Leg { last: here, first: Some(leg.last), minutes })
                };
                let cost = before + rotation.ride_costs[row] + fares.ride(group, ride.from, ride.to, legs);
                let place = ride.group.0 * terminals + to.row();
                let known = &mut self.reach[place];
                if known.1 != self.round {
                    reached.push(place);
                } else if known.0 <= cost {
                    continue;
                }
                *known = (cost, self.round, leg);
            }
        }
    }

    /// Minutes from arrival at a terminal to departure with another service: wait and shortest stay of the one, the least time between, a
    /// part of a headway of the other, and its shortest stay.
    fn change_minutes(&self, at: TerminalIdx, onward: &Placed) -> f64 {
        let (problem, settings) = (self.scene.problem, &self.scene.problem.settings);
        let headway = settings.cycle.0 as f64 / f64::from(onward.service.choice().sailings);
        (problem.terminal(at).wait + settings.transfer + settings.min_handling * 2).0 as f64 + HEADWAY_WAITED * headway
    }

    /// A way to run a rotation: much like a known one where there is one, else any.
    fn choose(&self, rotation: &Arc<Rotation>, like: Option<&Choice>, rng: &mut ChaCha8Rng) -> Option<Service> {
        let class = |choice: &Choice| self.scene.problem.fleet(choice.fleet).class;
        let unlike = |choice: &Choice, like: &Choice| {
            let sailings = if choice.sailings > like.sailings {
                2 * (choice.sailings - like.sailings)
            } else {
                like.sailings - choice.sailings
            };
            (class(choice) != class(like), choice.fleet != like.fleet, sailings, choice.vessels.abs_diff(like.vessels))
        };
        let all = 0..rotation.choices.len();
        let choice = match like {
            Some(like) => all.min_by_key(|row| unlike(&rotation.choices[*row], like))?,
            None => rng.random_range(0..all.len().max(1)),
        };
        (choice < rotation.choices.len()).then(|| Service { rotation: Arc::clone(rotation), choice, pinned: false })
    }

    /// Another way to run a service: other sailings of the same vessels, or other vessels.
    fn rechoose(&self, service: &Service, rng: &mut ChaCha8Rng) -> Option<Service> {
        let own = service.choice();
        let same_vessels = rng.random_range(0..2u32) == 0;
        let fits = |choice: &Choice| (choice.fleet == own.fleet) == same_vessels;
        let other = |row: &usize| *row != service.choice && fits(&service.rotation.choices[*row]);
        let others: Vec<usize> = (0..service.rotation.choices.len()).filter(other).collect();
        others.choose(rng).map(|choice| Service { choice: *choice, ..service.clone() })
    }

    /// A service on changed calls, run as much like the old one as the rules let it.
    fn on_calls(&mut self, calls: &[TerminalIdx], old: Option<&Service>, rng: &mut ChaCha8Rng) -> Option<Service> {
        let calls = moves::from_hub(self.scene.problem, calls);
        let rotations = self.rotations(&calls);
        let alike = old.and_then(|old| rotations.iter().find(|rotation| rotation.regime == old.rotation.regime));
        let rotation = alike.or_else(|| rotations.choose(rng))?;
        self.choose(rotation, old.map(Service::choice), rng)
    }

    /// Two services exchange vessels, or what follows a terminal at which both call.
    fn exchange(&mut self, services: &[Service], row: usize, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let other = rng.random_range(0..services.len());
        let (mine, theirs) = (&services[row], &services[other]);
        if other == row {
            return None;
        }
        let add = if rng.random_range(0..2u32) == 0 {
            if mine.choice().fleet == theirs.choice().fleet {
                return None;
            }
            let first = self.choose(&mine.rotation, Some(theirs.choice()), rng)?;
            vec![first, self.choose(&theirs.rotation, Some(mine.choice()), rng)?]
        } else {
            let [first, second] = moves::exchange_tails(&mine.rotation.calls, &theirs.rotation.calls, rng)?;
            let first = self.on_calls(&first, Some(mine), rng)?;
            vec![first, self.on_calls(&second, Some(theirs), rng)?]
        };
        Some(Change { drop: vec![row, other], add })
    }

    fn new_service(&mut self, old: Option<&Service>, lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Service> {
        if !self.seeds.is_empty() && rng.random_range(0..3u32) > 0 {
            let calls = self.seeds[rng.random_range(0..self.seeds.len())].clone();
            return self.on_calls(&calls, old, rng);
        }
        let demand = self.waiting_demand(lp, rng)?;
        let demand = self.scene.problem.demand(demand);
        self.on_calls(&[demand.origin, demand.destination], old, rng)
    }

    /// A demand of which much is left behind.
    fn waiting_demand(&self, lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<DemandIdx> {
        let drawn = (0..6).map(|_| rng.random_range(0..self.demands.len()));
        let money = |row: &usize| lp.left_behind(self.demands[*row]) * self.scene.problem.demands[*row].rate.units();
        drawn.max_by(|a, b| money(a).total_cmp(&money(b))).map(DemandIdx::from)
    }

    /// A terminal worth calling at beside some calls: the other end of waiting cargo, or any.
    fn further_call(&self, calls: &[TerminalIdx], lp: &FlowLp, rng: &mut ChaCha8Rng) -> TerminalIdx {
        for _ in 0..12 {
            let Some(demand) = self.waiting_demand(lp, rng) else { break };
            let demand = self.scene.problem.demand(demand);
            match (calls.contains(&demand.origin), calls.contains(&demand.destination)) {
                (true, false) => return demand.destination,
                (false, true) => return demand.origin,
                _ => {}
            }
        }
        rng.random_range(0..self.scene.problem.terminals.len()).into()
    }
}

/// Share of changes that are built for what cargo is worth.
const BY_PRICES: f64 = 0.2;
/// Part of the headway of the service on to which boxes change that they wait for it, before there are times.
const HEADWAY_WAITED: f64 = 0.5;
/// Rotations kept in memory.
const REMEMBERED: usize = 20_000;

impl Market for River<'_> {
    type Service = Service;
    type Placed = Placed;

    fn place(&mut self, service: &Service, lp: &mut FlowLp) -> Placed {
        let problem = self.scene.problem;
        let (rotation, choice) = (&service.rotation, service.choice());
        let class = problem.class(problem.fleet(choice.fleet).class);
        let sailings = f64::from(choice.sailings);
        let (teu, legs) = (class.teu.0 as f64, rotation.calls.len());
        let groups = || rotation.rides.iter().map(|ride| self.group(ride.group));
        let heaviest = groups().map(|group| group.kg_per_teu.0).max().unwrap_or(0) as f64;
        let has = |cargo: Cargo| groups().any(|group| group.cargo == cargo);
        let (reefers, dangerous) = (has(Cargo::Reefer), has(Cargo::Dangerous));
        let slots = (0..legs).map(|_| lp.add_row(sailings * teu)).collect();
        let mut limited = |needed: bool, on_leg: &dyn Fn(usize) -> f64, neediest: f64| -> Vec<Option<RowIdx>> {
            (0..legs).map(|leg| (needed && on_leg(leg) < neediest).then(|| lp.add_row(sailings * on_leg(leg)))).collect()
        };
        let mass = limited(true, &|leg| choice.leg_load[leg].0 as f64 / 1000.0, heaviest * teu / 1000.0);
        let plugs = limited(reefers, &|_| class.reefer_plugs.0 as f64, teu);
        let dangerous = limited(dangerous, &|_| class.dangerous.0 as f64, teu);
        let shortest = problem.settings.min_handling.0 as f64 * sailings;
        let trip = lp.add_row((choice.berth_time.0 as f64 - shortest * legs as f64).max(0.0));
        let least = |at: &TerminalIdx| problem.terminal(*at).min_call.0 as f64 * sailings;
        let mut placed = Placed {
            service: service.clone(),
            slots,
            mass,
            plugs,
            dangerous,
            crane: (0..legs).map(|_| lp.add_row(shortest)).collect(),
            trip,
            stays: Vec::new(),
            owed: Vec::new(),
            constant: -MISSING_MINUTE * shortest * legs as f64,
            smallest: rotation.calls.iter().map(least).collect(),
        };
        for (call, at) in rotation.calls.iter().enumerate() {
            let berth = self.berths[at.row()];
            let commodity = lp.add_commodity(shortest);
            lp.add_way(&Way { commodity, value: MISSING_MINUTE, uses: [(berth, 1.0)].into() });
            placed.owed.push(commodity);
            let longer = (choice.longest_stay[call].0 as f64 * sailings - shortest).max(0.0);
            let commodity = lp.add_commodity(longer);
            lp.add_way(&Way { commodity, value: 0.0, uses: [(placed.crane[call], -1.0), (trip, 1.0), (berth, 1.0)].into() });
            placed.stays.push(commodity);
        }
        placed
    }

    fn footprint(&self, placed: &Placed) -> Footprint {
        let of_legs = [&placed.mass, &placed.plugs, &placed.dangerous].into_iter().flatten().flatten().copied();
        let rows = placed.slots.iter().chain(&placed.crane).copied().chain([placed.trip]).chain(of_legs);
        Footprint { rows: rows.collect(), commodities: placed.stays.iter().chain(&placed.owed).copied().collect() }
    }

    fn guess(&self, old: &Placed, new: &Placed, lp: &mut FlowLp) {
        let trip = lp.row_price(old.trip);
        lp.guess_price(new.trip, trip);
        let (theirs, own) = (&old.service.rotation.calls, &new.service.rotation.calls);
        for (call, at) in own.iter().enumerate() {
            let same = theirs.iter().position(|other| other == at);
            let next = own[(call + 1) % own.len()];
            let leg =
                same.or_else(|| theirs.iter().position(|other| *other == next).map(|to| (to + theirs.len() - 1) % theirs.len()));
            if let Some(leg) = leg {
                lp.guess_price(new.slots[call], lp.row_price(old.slots[leg]));
                let pairs = [(&new.mass, &old.mass), (&new.plugs, &old.plugs), (&new.dangerous, &old.dangerous)];
                for (new, old) in pairs {
                    if let (Some(new), Some(old)) = (new[call], old[leg]) {
                        lp.guess_price(new, lp.row_price(old));
                    }
                }
            }
            let berth = trip + lp.row_price(self.berths[at.row()]);
            lp.guess_price(new.crane[call], same.map_or(berth, |same| lp.row_price(old.crane[same])));
        }
    }

    fn worth(&mut self, network: &[Placed], lp: &FlowLp, worth: &mut Vec<f64>) {
        worth.resize(self.demands.len(), 0.0);
        for (demand, place) in self.served(network, lp) {
            worth[self.demands[demand.row()].row()] = self.scene.problem.demand(demand).rate.units() - self.reach[place].0;
        }
    }

    fn constant(&self, placed: &Placed) -> f64 {
        placed.constant
    }

    fn missing(&self, network: &[Placed], lp: &FlowLp) -> f64 {
        let used = lp.used();
        let mut missing = 0.0;
        for placed in network {
            for (call, at) in placed.service.rotation.calls.iter().enumerate() {
                let stay = placed.stays[call];
                let minutes = used[placed.crane[call].row()] + lp.carried(stay);
                let lifts = minutes / handling_minutes(self.scene.problem, *at);
                missing += (placed.smallest[call] - lifts).max(0.0) * MISSING_LIFT;
            }
            missing += placed.owed.iter().map(|own| lp.left_behind(*own)).sum::<f64>() * MISSING_MINUTE;
        }
        missing
    }

    fn price(&mut self, network: &[Placed], lp: &FlowLp, short: f64, found: &mut Vec<Way>) {
        for (demand, place) in self.served(network, lp) {
            let (cost, _, leg) = self.reach[place];
            let commodity = self.demands[demand.row()];
            let rate = self.scene.problem.demand(demand).rate.units();
            if rate - cost - lp.commodity_price(commodity) <= -short {
                continue;
            }
            let mut uses = Vec::new();
            let mut paid = 0.0;
            for (service, ride) in leg.first.into_iter().chain([leg.last]) {
                let placed = &network[service as usize];
                self.uses(placed, ride as usize, &mut uses);
                paid += placed.service.rotation.ride_costs[ride as usize];
            }
            found.push(Way { commodity, value: rate - paid, uses: uses.into() });
        }
    }

    fn running_cost(&self, services: &[Service]) -> Option<f64> {
        let problem = self.scene.problem;
        let free = services.iter().filter(|own| !own.pinned);
        let wanted: Vec<(FleetIdx, u32)> = free.map(|own| (own.choice().fleet, own.choice().vessels)).collect();
        find_owners(problem, &self.lent, &wanted)?;
        let mut lockages = BTreeMap::new();
        for (row, service) in services.iter().enumerate() {
            let choice = service.choice();
            for (lock, count) in &choice.lockages {
                *lockages.entry(*lock).or_insert(0u32) += count;
            }
            let same = |other: &Service| other.choice == service.choice && other.rotation.key() == service.rotation.key();
            if services[..row].iter().any(same) {
                return None;
            }
        }
        let fits = |(link, count): (&crate::domain::LinkIdx, &u32)| {
            problem.links[link.row()]
                .lock
                .as_ref()
                .is_none_or(|lock| f64::from(*count) <= super::model::lockages(self.scene, lock))
        };
        let cost = services.iter().map(|service| service.choice().cost.units()).sum();
        lockages.iter().all(fits).then_some(cost)
    }

    fn change_by_prices(&mut self, network: &[Placed], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        if rng.random_bool(BY_PRICES) { priced::change(self, network, lp, rng) } else { None }
    }

    fn change(&mut self, services: &[Service], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let change = self.draw_change(services, lp, rng)?;
        change.drop.iter().all(|row| !services[*row].pinned).then_some(change)
    }
}

impl River<'_> {
    fn draw_change(&mut self, services: &[Service], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let one = |drop: usize, add: Service| Some(Change { drop: vec![drop], add: vec![add] });
        let draw = rng.random_range(0..100u32);
        if services.is_empty() || draw < 6 {
            return Some(Change { drop: Vec::new(), add: vec![self.new_service(None, lp, rng)?] });
        }
        let row = rng.random_range(0..services.len());
        let service = &services[row];
        let calls = service.rotation.calls.clone();
        let changed = match draw {
            6..10 => return Some(Change { drop: vec![row], add: Vec::new() }),
            10..16 => {
                let like = (rng.random_range(0..3u32) > 0).then_some(service);
                let add = self.new_service(like, lp, rng)?;
                return one(row, add);
            }
            16..30 => {
                let add = self.rechoose(service, rng)?;
                return one(row, add);
            }
            30..34 => {
                let copy = self.choose(&service.rotation, None, rng)?;
                return Some(Change { drop: Vec::new(), add: vec![copy] });
            }
            34..56 => {
                let further = self.further_call(&calls, lp, rng);
                moves::insert(self.scene, &calls, further, rng)?
            }
            56..70 => moves::remove(&calls, rng)?,
            70..84 => {
                let fewer = moves::remove(&calls, rng)?;
                let further = self.further_call(&fewer, lp, rng);
                moves::insert(self.scene, &fewer, further, rng)?
            }
            84..88 => moves::relocate(&calls, rng)?,
            88..91 => moves::reverse(&calls, rng)?,
            91..96 => return self.exchange(services, row, rng),
            _ => {
                let other = rng.random_range(0..services.len());
                let theirs = services[other].rotation.calls.clone();
                let moved = theirs[rng.random_range(0..theirs.len())];
                if other == row {
                    return None;
                }
                let longer = moves::insert(self.scene, &calls, moved, rng)?;
                let place = theirs.iter().position(|call| *call == moved)?;
                let shorter = moves::without(&theirs, place);
                let mine = self.on_calls(&longer, Some(service), rng)?;
                let mut drop = vec![row, other];
                drop.sort_unstable();
                let rest = if shorter.len() < 2 { None } else { Some(self.on_calls(&shorter, Some(&services[other]), rng)?) };
                return Some(Change { drop, add: [Some(mine), rest].into_iter().flatten().collect() });
            }
        };
        let add = self.on_calls(&changed, Some(service), rng)?;
        one(row, add)
    }
}
