//! Services built for what cargo is worth: some services go, prices of the others say what a box earns beside them, and rotations grow in
//! their place. Formulation: `models/network-design.md`, section on services by pricing.

use super::super::anneal::Change;
use super::super::grow::{Built, Ground, Lane, dropped, grow};
use super::super::moves::from_hub;
use super::super::owners::{alike, kinds};
use super::super::rotation::{Choice, Rotation, handling_minutes};
use super::{Placed, River, Service};
use crate::domain::{FleetIdx, TerminalIdx};
use crate::optimize::flow::lp::FlowLp;
use crate::optimize::flow::{Offer, best_load};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

/// Demands that a rotation is scored with, those that may bring most.
const OFFERS: usize = 40;
/// Share of changes that build one service more than go, for any kind of vessel.
const ONE_MORE: f64 = 0.2;

/// Where services are built for one kind of vessel.
struct Yard<'r, 'a> {
    river: &'r mut River<'a>,
    /// By demand: money a TEU brings before its lifts when it needs nothing but the new service, its rate or what its way takes now if
    /// that is less.
    brings: Vec<f64>,
    /// By demand: TEU a cycle.
    left: Vec<f64>,
    kind: FleetIdx,
    /// Vessels of that kind that no service needs.
    free: u32,
}

/// What may ride from a call to a later one.
struct Riding {
    demand: usize,
    offer: Offer,
    /// Of a TEU: crane minutes at both ends, and mass.
    minutes: f64,
    tonnes: f64,
}

/// A service or a few related ones are dropped, or none, and others built in their place. `None` when nothing comes of it, or one has to
/// stay.
pub fn change(river: &mut River, network: &[Placed], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
    let calls: Vec<&[TerminalIdx]> = network.iter().map(|placed| placed.service.rotation.calls.as_slice()).collect();
    let drop = dropped(&calls, rng);
    if drop.iter().any(|row| network[*row].service.pinned) {
        return None;
    }
    let kept: Vec<Placed> = (0..network.len()).filter(|row| !drop.contains(row)).map(|row| network[row].clone()).collect();
    let problem = river.scene.problem;
    let free = |kind: FleetIdx| {
        let owned: u32 = alike(problem, kind).map(|(_, vessels)| vessels).sum();
        let alike_lent = |(owner, _): &&(FleetIdx, u32)| alike(problem, kind).any(|(row, _)| row == *owner);
        let lent: u32 = river.lent.iter().filter(alike_lent).map(|(_, vessels)| vessels).sum();
        let choices = kept.iter().filter(|placed| !placed.service.pinned).map(|placed| placed.service.choice());
        let used: u32 = choices.filter(|choice| choice.fleet == kind).map(|choice| choice.vessels).sum();
        owned.saturating_sub(lent + used)
    };
    let mut free: Vec<(FleetIdx, u32)> = kinds(problem).map(|kind| (kind, free(kind))).collect();
    let mut wanted: Vec<FleetIdx> = drop.iter().map(|row| network[*row].service.choice().fleet).collect();
    if wanted.is_empty() || rng.random_bool(ONE_MORE) {
        let open: Vec<FleetIdx> = free.iter().filter(|(_, vessels)| *vessels > 0).map(|(kind, _)| *kind).collect();
        wanted.push(*open.choose(rng)?);
    }
    let mut yard = Yard::new(river, &kept, lp);
    let mut add = Vec::new();
    for kind in wanted {
        let own = free.iter_mut().find(|(known, _)| *known == kind)?;
        (yard.kind, yard.free) = *own;
        if let Some(built) = grow(&mut yard, rng).filter(|built| built.profit > 0.0) {
            yard.take(&built);
            own.1 = yard.free;
            add.push(built.service);
        }
    }
    let same = |new: &Service| {
        let old = |row: &usize| &network[*row].service;
        drop.iter().any(|row| old(row).choice == new.choice && old(row).rotation.key() == new.rotation.key())
    };
    (!add.is_empty() && !add.iter().all(same)).then_some(Change { drop, add })
}

impl River<'_> {
    /// By demand, the money a TEU has to spare for a new service: its rate, or what the cheapest way by the services kept takes.
    fn brings(&mut self, kept: &[Placed], lp: &FlowLp) -> Vec<f64> {
        let problem = self.scene.problem;
        let mut brings: Vec<f64> = problem.demands.iter().map(|demand| demand.rate.units()).collect();
        for (demand, place) in self.served(kept, lp) {
            let own = &mut brings[demand.row()];
            *own = own.min(self.reach[place].0);
        }
        brings
    }
}

impl<'r, 'a> Yard<'r, 'a> {
    /// What cargo brings beside the services kept, at their present prices.
    fn new(river: &'r mut River<'a>, kept: &[Placed], lp: &FlowLp) -> Self {
        let brings = river.brings(kept, lp);
        let left = river.scene.problem.demands.iter().map(|demand| demand.volume.0 as f64).collect();
        Self { river, brings, left, kind: FleetIdx::from(0), free: 0 }
    }

    /// A service is there: its load is not wanted any more, nor are its vessels free.
    fn take(&mut self, built: &Built<Service>) {
        built.load.iter().for_each(|(demand, taken)| self.left[*demand] -= taken);
        self.free = self.free.saturating_sub(built.service.choice().vessels);
    }

    /// TEU slots a cycle of a vessel of the kind that sails once.
    fn teu(&self) -> f64 {
        let problem = self.river.scene.problem;
        problem.class(problem.fleet(self.kind).class).teu.0 as f64
    }

    /// The shortest ride of each demand on a rotation that is empty at its first call, those that may bring most.
    fn riding(&self, rotation: &Rotation, slots: f64) -> Vec<Riding> {
        let problem = self.river.scene.problem;
        let calls = &rotation.calls;
        let mut all: Vec<Riding> = Vec::new();
        for (ride, cost) in rotation.rides.iter().zip(&rotation.ride_costs).filter(|(ride, _)| ride.to <= calls.len()) {
            let group = self.river.group(ride.group);
            let (from, to) = (calls[ride.from], calls[ride.to % calls.len()]);
            if from != group.origin {
                continue;
            }
            for (_, demand) in group.deliveries.iter().filter(|(at, _)| *at == to) {
                let (gain, left) = (self.brings[demand.row()] - cost, self.left[demand.row()]);
                if gain > 0.0 && left > 0.0 {
                    let offer = Offer { from: ride.from, to: ride.to, slots: left, gain };
                    let minutes = handling_minutes(problem, from) + handling_minutes(problem, to);
                    let tonnes = group.kg_per_teu.0 as f64 / 1000.0;
                    all.push(Riding { demand: demand.row(), offer, minutes, tonnes });
                }
            }
        }
        all.sort_by_key(|own| (own.demand, own.offer.to - own.offer.from));
        all.dedup_by_key(|own| own.demand);
        let most = |own: &Riding| own.offer.gain * own.offer.slots.min(slots);
        if all.len() > OFFERS {
            all.select_nth_unstable_by(OFFERS, |a, b| most(b).total_cmp(&most(a)).then(a.demand.cmp(&b.demand)));
            all.truncate(OFFERS);
        }
        all
    }

    /// The way to run a rotation that earns most with the best load.
    fn run(&self, rotation: &Arc<Rotation>) -> Option<Built<Service>> {
        let slots = |choice: &Choice| self.teu() * f64::from(choice.sailings);
        let choices = rotation.choices.iter().enumerate();
        let mut own: Vec<(usize, &Choice)> =
            choices.filter(|(_, choice)| choice.fleet == self.kind && choice.vessels <= self.free).collect();
        own.sort_by_key(|(_, choice)| std::cmp::Reverse(choice.sailings));
        let riding = self.riding(rotation, slots(own.first()?.1));
        let offers: Vec<Offer> = riding.iter().map(|own| own.offer).collect();
        let mut best: Option<Built<Service>> = None;
        let mut ceiling = f64::INFINITY;
        for (row, choice) in own {
            let known = best.as_ref().map_or(f64::NEG_INFINITY, |best| best.profit);
            if ceiling - choice.cost.units() <= known {
                continue;
            }
            let taken = best_load(rotation.calls.len() + 1, slots(choice), &offers);
            let gain: f64 = offers.iter().zip(&taken).map(|(offer, taken)| offer.gain * taken).sum();
            // fewer sailings earn no more
            ceiling = gain;
            let share = share_with_room(choice, &riding, &taken);
            let profit = share * gain - choice.cost.units();
            if profit > known {
                let load = riding.iter().zip(&taken).filter(|(_, taken)| **taken > 0.0);
                let load = load.map(|(own, taken)| (own.demand, share * taken)).collect();
                best =
                    Some(Built { service: Service { rotation: Arc::clone(rotation), choice: row, pinned: false }, profit, load });
            }
        }
        best
    }
}

/// The part of a load for which berth time and depth leave room, when all cargo is cut alike.
fn share_with_room(choice: &Choice, riding: &[Riding], taken: &[f64]) -> f64 {
    let sum = |of: &dyn Fn(&Riding) -> f64| riding.iter().zip(taken).map(|(own, taken)| of(own) * taken).sum::<f64>();
    let mut share = 1.0_f64.min(choice.berth_time.0 as f64 / sum(&|own| own.minutes));
    for (leg, most) in choice.leg_load.iter().enumerate() {
        let aboard = |own: &Riding| if (own.offer.from..own.offer.to).contains(&leg) { own.tonnes } else { 0.0 };
        share = share.min(most.0 as f64 / 1000.0 * f64::from(choice.sailings) / sum(&aboard));
    }
    share
}

impl Ground for Yard<'_, '_> {
    type Call = TerminalIdx;
    type Service = Service;

    fn calls(service: &Service) -> &[TerminalIdx] {
        &service.rotation.calls
    }

    fn lanes(&self) -> Vec<Lane<TerminalIdx>> {
        let problem = self.river.scene.problem;
        let slots = self.teu();
        let lane = |(row, demand): (usize, &crate::domain::Demand)| {
            let lifts = problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling;
            let money = (self.brings[row] - lifts.units()) * self.left[row].min(slots);
            (money > 0.0).then_some(Lane { origin: demand.origin, destination: demand.destination, money })
        };
        problem.demands.iter().enumerate().filter_map(lane).collect()
    }

    fn places(&self) -> usize {
        self.river.scene.problem.terminals.len()
    }

    fn row(place: TerminalIdx) -> usize {
        place.row()
    }

    fn detour(&self, built: &Built<Service>, call: TerminalIdx) -> Option<(usize, f64)> {
        let calls = &built.service.rotation.calls;
        let way = |from, to| self.river.scene.groups.distance(from, to);
        let legs = || (0..calls.len()).map(|place| (place, calls[place], calls[(place + 1) % calls.len()]));
        let metres: i64 = legs().filter_map(|(_, from, to)| way(from, to)).sum();
        let fits = legs().filter(|(_, from, to)| *from != call && *to != call);
        let longer = |(place, from, to)| Some((place, way(from, call)? + way(call, to)? - way(from, to)?));
        let (place, detour) = fits.filter_map(longer).min_by_key(|(_, detour)| *detour)?;
        Some((place, built.service.choice().cost.units() * detour as f64 / metres.max(1) as f64))
    }

    fn score(&mut self, calls: &[TerminalIdx]) -> Option<Built<Service>> {
        let calls = from_hub(self.river.scene.problem, calls);
        let rotations = self.river.rotations(&calls);
        let built = rotations.iter().filter_map(|rotation| self.run(rotation));
        built.max_by(|a, b| a.profit.total_cmp(&b.profit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Practice;
    use crate::input::{Size, generate, read_tables};
    use crate::optimize::design::Scene;
    use crate::optimize::design::anneal::Session;
    use crate::waterway::Waterway;
    use rand::SeedableRng;

    /// Where nothing sails yet, services built by prices earn most of what they promise: the flow also knows smallest calls, berth hours and
    /// plugs. And what is built pays nearly everywhere.
    #[test]
    fn a_service_built_by_prices_earns_what_it_promises() {
        let mut rng = ChaCha8Rng::seed_from_u64(17);
        let (mut promised, mut earned, mut paying) = (0.0, 0.0, 0);
        for seed in 1..=10 {
            let size = Size { terminals: 10, hubs: 2, demands: 80, ..Size::default() };
            let problem = read_tables(&generate(&size, seed)).unwrap_or_else(|errors| panic!("{errors}"));
            let waterway = Waterway::new(&problem);
            let scene = Scene::new(&problem, &waterway, Practice::WaterBus);
            for kind in kinds(&problem) {
                let (mut river, lp) = River::new(&scene, Vec::new());
                let mut yard = Yard::new(&mut river, &[], &lp);
                (yard.kind, yard.free) = (kind, problem.fleet(kind).vessels);
                let Some(built) = grow(&mut yard, &mut rng).filter(|built| built.profit > 0.0) else { continue };
                assert!(built.service.choice().fleet == kind && built.service.choice().vessels <= yard.free);
                paying += 1;
                promised += built.profit;
                earned += Session::new(river, lp, vec![built.service]).stands_on().0;
            }
        }
        assert!(paying >= 10, "only {paying} services pay");
        assert!(earned > 0.6 * promised && earned < 1.2 * promised, "{earned} instead of {promised}");
    }
}
