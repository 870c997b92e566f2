//! The liner's side of the search: weekly services of one class, legs as rows of the cargo flow, cheapest journeys as its ways.

use super::ceiling::{Legs, Priced};
use super::cost::Costing;
use super::fleet::{VesselCosts, allot};
use super::moves::Charts;
use super::routing::{Ride, Router};
use super::{LinerOptions, moves, priced};
use crate::domain::ClassIdx;
use crate::domain::liner::{LinerProblem, PortIdx};
use crate::optimize::design::anneal::{Change, Market};
use crate::optimize::flow::lp::{CommodityIdx, FlowLp, Footprint, RowIdx, Way};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

/// Of a hundred changes, those for which services are built by prices.
const BY_PRICES: u32 = 5;

/// A class on a rotation. How many vessels it takes is settled for all services together; where transit times are limits it is the
/// service's own, for its speed decides what cargo it can carry.
#[derive(Clone, Debug)]
pub struct Service {
    pub class: ClassIdx,
    pub calls: Arc<[PortIdx]>,
    pub costs: Arc<VesselCosts>,
    /// Vessels of its own, where transit times are limits.
    pub vessels: Option<u32>,
}

/// A service in the cargo flow.
#[derive(Clone, Debug)]
pub struct Placed {
    service: Service,
    /// By leg: its capacity.
    legs: Arc<[RowIdx]>,
    /// By leg: hours under way, where transit times are limits.
    hours: Arc<[f64]>,
}

impl Placed {
    /// By leg: its capacity in the flow.
    pub(super) fn legs(&self) -> &[RowIdx] {
        &self.legs
    }

    /// The service, and by leg its hours under way, where transit times are limits.
    pub(super) fn service_and_hours(&self) -> (&Service, &[f64]) {
        (&self.service, &self.hours)
    }
}

/// The problem and what the search remembers between changes.
pub struct Liner<'a> {
    pub(super) costing: &'a Costing<'a>,
    pub(super) charts: &'a Charts,
    pub(super) options: &'a LinerOptions,
    demands: Vec<CommodityIdx>,
    /// By demand: what an FFE earns, lost rejection included, when it is carried without transshipment.
    pub(super) worth: Vec<f64>,
    pub(super) router: Router,
    pub(super) rides: Vec<Ride>,
    /// The lowest ceiling known for the network that was looked at last.
    pub(super) best: Priced,
}

impl<'a> Liner<'a> {
    /// The market, and the flow with what all services share: the demand.
    pub fn new(costing: &'a Costing<'a>, charts: &'a Charts, options: &'a LinerOptions) -> (Self, FlowLp) {
        let mut lp = FlowLp::new();
        let problem = costing.problem();
        let demands = problem.demands.iter().map(|demand| lp.add_commodity(demand.ffe_per_week)).collect();
        let worth = problem.demands.iter().map(|demand| problem.margin_usd(demand)).collect();
        let router = Router::new(problem);
        (Self { costing, charts, options, demands, worth, router, rides: Vec::new(), best: Priced::default() }, lp)
    }

    pub fn problem(&self) -> &'a LinerProblem {
        self.costing.problem()
    }

    /// A service, if the options and the rules of the class let it run.
    pub fn service(&self, class: ClassIdx, calls: &[PortIdx], vessels: Option<u32>) -> Option<Service> {
        let visits = |port: &PortIdx| calls.iter().filter(|call| *call == port).count() as u32;
        let repeats = calls.iter().zip(calls.iter().cycle().skip(1)).any(|(from, to)| from == to);
        if repeats || self.options.most_visits.is_some_and(|most| calls.iter().any(|port| visits(port) > most)) {
            return None;
        }
        let most = self.problem().class(class).vessels.min(self.options.most_weeks.unwrap_or(u32::MAX));
        let costs = VesselCosts::new(self.costing, class, calls, most)?;
        let last = costs.fewest + costs.weekly_usd.len() as u32 - 1;
        let vessels = self.problem().limits_transit.then(|| vessels.unwrap_or(last).clamp(costs.fewest, last));
        Some(Service { class, calls: calls.into(), costs: Arc::new(costs), vessels })
    }

    /// FFE a week of a demand that are left behind.
    pub fn left_behind(&self, demand: usize, lp: &FlowLp) -> f64 {
        lp.left_behind(self.demands[demand])
    }

    /// What an FFE of a demand earns when it is carried without transshipment, lost rejection included.
    pub fn worth_of(&self, demand: usize) -> f64 {
        self.worth[demand]
    }

    /// Vessels of all services at least cost, and that cost; `None` when there are too few.
    pub fn allot_all(&self, services: &[Service]) -> Option<(f64, Vec<u32>)> {
        let mut usd = 0.0;
        let mut vessels = vec![0; services.len()];
        for (row, class) in self.problem().classes.iter().enumerate() {
            let own: Vec<usize> = (0..services.len()).filter(|place| services[*place].class.row() == row).collect();
            if self.problem().limits_transit {
                for place in &own {
                    vessels[*place] = services[*place].vessels?;
                    usd += services[*place].costs.usd(vessels[*place])?;
                }
                if own.iter().map(|place| vessels[*place]).sum::<u32>() > class.vessels {
                    return None;
                }
                continue;
            }
            let tables: Vec<&VesselCosts> = own.iter().map(|place| services[*place].costs.as_ref()).collect();
            let (paid, shares) = allot(&tables, class.vessels)?;
            usd += paid;
            own.iter().zip(shares).for_each(|(place, share)| vessels[*place] = share);
        }
        Some((usd, vessels))
    }

    /// The way that takes the cheapest journey of a demand.
    pub(super) fn way(&mut self, demand: usize, network: &[Placed]) -> Option<Way> {
        if !self.router.rides(self.costing.problem(), demand, &mut self.rides) {
            return None;
        }
        let mut uses = Vec::new();
        let mut value = self.worth[demand];
        for (place, ride) in self.rides.iter().enumerate() {
            let Placed { service, legs, .. } = &network[ride.lane as usize];
            if place > 0 {
                value -= self.costing.problem().port(service.calls[ride.from as usize]).transshipment_usd_per_ffe;
            }
            let mut leg = ride.from as usize;
            while leg != ride.to as usize {
                uses.push((legs[leg], 1.0));
                leg = (leg + 1) % legs.len();
            }
        }
        Some(Way { commodity: self.demands[demand], value, uses: uses.into() })
    }

    /// Likely prices of a new service's legs: those of the legs they replace.
    fn likely_prices(&self, old: Option<&Placed>, new: &Service, lp: &FlowLp, prices: &mut Vec<f64>) {
        let Some(old) = old else {
            prices.extend(std::iter::repeat_n(0.0, new.calls.len()));
            return;
        };
        let theirs = &old.service.calls;
        let ratio = self.problem().class(old.service.class).capacity_ffe / self.problem().class(new.class).capacity_ffe;
        let mut at = 0;
        for (leg, from) in new.calls.iter().enumerate() {
            let to = new.calls[(leg + 1) % new.calls.len()];
            let places = (0..theirs.len()).map(|more| (at + more) % theirs.len());
            let leaves = places.clone().find(|place| theirs[*place] == *from);
            let reaches = places
                .map(|place| (place + theirs.len() - 1) % theirs.len())
                .find(|place| theirs[(place + 1) % theirs.len()] == to);
            let same = leaves.or(reaches);
            if let Some(same) = leaves {
                at = same;
            }
            prices.push(same.map_or(0.0, |same| lp.row_price(old.legs[same]).max(0.0) * ratio));
        }
    }
}

impl Market for Liner<'_> {
    type Service = Service;
    type Placed = Placed;

    fn place(&mut self, service: &Service, lp: &mut FlowLp) -> Placed {
        let capacity = self.problem().class(service.class).capacity_ffe;
        let legs = service.calls.iter().map(|_| lp.add_row(capacity)).collect();
        Placed { service: service.clone(), legs, hours: self.hours(service).into() }
    }

    fn turn_into(&mut self, old: &Placed, service: &Service, lp: &mut FlowLp) -> Option<Placed> {
        let was = &old.service;
        // at another speed old journeys may take too long
        if was.class != service.class || self.problem().limits_transit {
            return None;
        }
        let kept = align(&was.calls, &service.calls)?;
        let mut legs: Vec<Option<RowIdx>> = vec![None; service.calls.len()];
        for (place, [from, new]) in kept.iter().enumerate() {
            let [to, new_to] = kept[(place + 1) % kept.len()];
            let steps = |from: usize, to: usize, all: usize| (to + all - from - 1) % all + 1;
            let first = old.legs[*from];
            legs[*new] = Some(first);
            for step in 1..steps(*new, new_to, legs.len()) {
                let leg = (new + step) % legs.len();
                legs[leg] = Some(lp.split_row(first));
            }
            for step in 1..steps(*from, to, old.legs.len()) {
                lp.join_rows(first, old.legs[(from + step) % old.legs.len()]);
            }
        }
        let legs = legs.into_iter().collect::<Option<_>>()?;
        Some(Placed { service: service.clone(), legs, hours: Arc::new([]) })
    }

    fn footprint(&self, placed: &Placed) -> Footprint {
        Footprint { rows: placed.legs.to_vec(), commodities: Vec::new() }
    }

    fn guess(&self, _: &Placed, _: &Placed, _: &mut FlowLp) {}

    fn worth(&mut self, _: &[Placed], _: &FlowLp, _: &mut Vec<f64>) {}

    fn ceiling(&mut self, network: &[Placed], change: &Change<Service>, lp: &FlowLp, least: f64) -> Option<f64> {
        let kept: Vec<&Placed> =
            network.iter().enumerate().filter(|(row, _)| !change.drop.contains(row)).map(|(_, placed)| placed).collect();
        let mut prices: Vec<f64> =
            kept.iter().flat_map(|placed| placed.legs.iter()).map(|row| lp.row_price(*row).max(0.0)).collect();
        for (place, new) in change.add.iter().enumerate() {
            let old = change.drop.get(place).map(|row| &network[*row]);
            self.likely_prices(old, new, lp, &mut prices);
        }
        let added: Vec<Vec<f64>> = change.add.iter().map(|service| self.hours(service)).collect();
        let added = change.add.iter().zip(&added).map(|(service, hours)| (service, &hours[..]));
        let services = kept.iter().map(|placed| placed.service_and_hours()).chain(added).collect();
        Some(self.lower_ceiling(&Legs::new(self.problem(), services), prices, least))
    }

    fn constant(&self, _: &Placed) -> f64 {
        0.0
    }

    fn missing(&self, _: &[Placed], _: &FlowLp) -> f64 {
        0.0
    }

    fn price(&mut self, network: &[Placed], lp: &FlowLp, short: f64, found: &mut Vec<Way>) {
        let prices: Vec<f64> = network.iter().flat_map(Placed::legs).map(|row| lp.row_price(*row)).collect();
        let problem = self.costing.problem();
        self.router.update(problem, Legs::of(problem, network).lanes(&prices));
        for demand in 0..self.demands.len() {
            let cost = self.router.cost(problem, demand);
            let over = self.worth[demand] - cost;
            if over > -short.max(0.0) && over - lp.commodity_price(self.demands[demand]) > -short {
                found.extend(self.way(demand, network));
            }
        }
    }

    fn price_near(&mut self, network: &[Placed], lp: &FlowLp, found: &mut Vec<Way>) -> f64 {
        self.ways_near(network, lp, found)
    }

    fn running_cost(&self, services: &[Service]) -> Option<f64> {
        // all demand is counted as left behind; the flow counts what is carried against that
        Some(self.allot_all(services)?.0 - self.problem().empty_usd())
    }

    fn change_by_prices(&mut self, network: &[Placed], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        if rng.random_range(0..100) < BY_PRICES { priced::change(self, network, lp, rng) } else { None }
    }

    fn change(&mut self, services: &[Service], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        moves::change(self, services, lp, rng)
    }
}

impl Liner<'_> {
    /// Hours under way by leg; none where no transit time is a limit.
    fn hours(&self, service: &Service) -> Vec<f64> {
        let cost = service.vessels.and_then(|vessels| self.costing.cost(service.class, &service.calls, vessels).ok());
        cost.map_or(Vec::new(), |cost| cost.legs.iter().map(|leg| leg.distance_nm / cost.speed_kn).collect())
    }
}

/// Calls that two rotations have in common, in the order of both: as many as can be, or `None` when they have little in common.
fn align(old: &[PortIdx], new: &[PortIdx]) -> Option<Vec<[usize; 2]>> {
    let mut best: Vec<[usize; 2]> = Vec::new();
    for start in (0..new.len().min(4)).filter(|start| old.contains(&new[*start])) {
        for turn in (0..old.len()).filter(|turn| old[*turn] == new[start]) {
            let kept = common(old, turn, new, start);
            if kept.len() > best.len() {
                best = kept;
            }
        }
    }
    (best.len() >= 2 && 2 * best.len() >= old.len().min(new.len())).then_some(best)
}

/// The longest sequence of calls common to two rotations that are opened at a call they share.
fn common(old: &[PortIdx], turn: usize, new: &[PortIdx], start: usize) -> Vec<[usize; 2]> {
    let (rows, columns) = (old.len(), new.len());
    let width = columns + 1;
    let mut longest = vec![0_u16; (rows + 1) * width];
    let at = |row: usize| (turn + row) % rows;
    let new_at = |column: usize| (start + column) % columns;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let place = row * width + column;
            longest[place] = if old[at(row)] == new[new_at(column)] {
                1 + longest[place + width + 1]
            } else {
                longest[place + width].max(longest[place + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut kept = Vec::new();
    while row < rows && column < columns {
        let place = row * width + column;
        if old[at(row)] == new[new_at(column)] {
            kept.push([at(row), new_at(column)]);
            row += 1;
            column += 1;
        } else if longest[place + width] >= longest[place + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    kept
}
