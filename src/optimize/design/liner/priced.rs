//! Services built for what cargo is worth: some services go, prices of the others say what a box still lacks from port to port, and a
//! rotation grows call by call as long as the best load on it, the line problem of `flow/line.rs`, brings more than the calls cost.
//! Formulation: `models/liner.md`, section on services by pricing.

use super::ceiling::Legs;
use super::market::{Liner, Placed, Service};
use crate::domain::ClassIdx;
use crate::domain::liner::{LinerDemand, PortIdx};
use crate::optimize::design::anneal::Change;
use crate::optimize::design::grow::{Built, Ground, Lane, dropped, grow};
use crate::optimize::flow::lp::FlowLp;
use crate::optimize::flow::{Offer, best_load};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// Demands that a rotation is scored with, those that may bring most.
const OFFERS: usize = 40;

/// What a box of a demand still lacks.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    origin: PortIdx,
    destination: PortIdx,
    /// USD that an FFE brings when it needs nothing but the new service: its margin, or what its journey takes now if that is less.
    usd: f64,
    ffe: f64,
    /// Hours it may be on board; infinite without transit times.
    limit_h: f64,
}

/// Where services are built for one class.
struct Yard<'l, 'p> {
    liner: &'l Liner<'p>,
    wanted: Vec<Wanted>,
    /// By class: vessels that no service needs.
    free: Vec<u32>,
    /// The class that is being built for.
    class: ClassIdx,
}

/// A service or a few related ones are dropped, or none, and others built in their place. `None` when nothing comes of it.
pub fn change(liner: &mut Liner, network: &[Placed], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
    let services: Vec<&Service> = network.iter().map(|placed| placed.service_and_hours().0).collect();
    let calls: Vec<&[PortIdx]> = services.iter().map(|service| &*service.calls).collect();
    let drop = dropped(&calls, rng);
    let kept: Vec<&Placed> = (0..network.len()).filter(|row| !drop.contains(row)).map(|row| &network[row]).collect();
    let free = free_vessels(liner, kept.iter().map(|placed| placed.service_and_hours().0));
    let mut classes: Vec<ClassIdx> = drop.iter().map(|row| services[*row].class).collect();
    if classes.is_empty() || rng.random_bool(0.2) {
        let open: Vec<usize> = (0..free.len()).filter(|class| free[*class] > 0).collect();
        classes.push((*open.choose(rng)?).into());
    }
    let mut yard = Yard { wanted: wanted(liner, &kept, lp), liner, free, class: classes[0] };
    let mut add = Vec::new();
    for class in classes {
        yard.class = class;
        if let Some(built) = grow(&mut yard, rng).filter(|built| built.profit > 0.0) {
            yard.take(&built);
            add.push(built.service);
        }
    }
    let same = |new: &Service| drop.iter().any(|row| services[*row].class == new.class && services[*row].calls == new.calls);
    (!add.is_empty() && !add.iter().all(same)).then_some(Change { drop, add })
}

/// By class: vessels that services with as few as they can do with leave.
fn free_vessels<'s>(liner: &Liner, services: impl Iterator<Item = &'s Service>) -> Vec<u32> {
    let mut free: Vec<u32> = liner.problem().classes.iter().map(|class| class.vessels).collect();
    for service in services {
        let own = &mut free[service.class.row()];
        *own = own.saturating_sub(service.vessels.unwrap_or(service.costs.fewest));
    }
    free
}

/// What all demand lacks on the services kept, at the present prices of their legs. Leaves the cheapest journeys in the router.
fn wanted(liner: &mut Liner, kept: &[&Placed], lp: &FlowLp) -> Vec<Wanted> {
    let problem = liner.problem();
    let prices: Vec<f64> = kept.iter().flat_map(|placed| placed.legs()).map(|row| lp.row_price(*row).max(0.0)).collect();
    let legs = Legs::new(problem, kept.iter().map(|placed| placed.service_and_hours()).collect());
    liner.router.update(problem, legs.lanes(&prices));
    let lacks = |(row, demand): (usize, &LinerDemand)| Wanted {
        origin: demand.origin,
        destination: demand.destination,
        usd: liner.worth_of(row).min(liner.router.cost(problem, row)),
        ffe: demand.ffe_per_week,
        limit_h: if problem.limits_transit { demand.transit_days * 24.0 } else { f64::INFINITY },
    };
    let all = problem.demands.iter().enumerate().map(lacks);
    all.filter(|wanted| wanted.usd > 0.0 && wanted.ffe > 0.0).collect()
}

impl Ground for Yard<'_, '_> {
    type Call = PortIdx;
    type Service = Service;

    fn calls(service: &Service) -> &[PortIdx] {
        &service.calls
    }

    fn lanes(&self) -> Vec<Lane<PortIdx>> {
        let slots = self.liner.problem().class(self.class).capacity_ffe;
        let lane = |wanted: &Wanted| Lane {
            origin: wanted.origin,
            destination: wanted.destination,
            money: wanted.usd * wanted.ffe.min(slots),
        };
        self.wanted.iter().map(lane).collect()
    }

    fn places(&self) -> usize {
        self.liner.problem().ports.len()
    }

    fn row(place: PortIdx) -> usize {
        place.row()
    }

    fn detour(&self, built: &Built<Service>, port: PortIdx) -> Option<(usize, f64)> {
        let (costing, class, calls) = (self.liner.costing, self.class, &built.service.calls);
        if !costing.may_call(class, port) {
            return None;
        }
        let distance = |from, to| self.liner.charts.distance(class, from, to);
        let places = (0..calls.len()).map(|place| (place, calls[place], calls[(place + 1) % calls.len()]));
        let fits = places.filter(|(_, from, to)| *from != port && *to != port);
        let detours = fits.map(|(place, from, to)| (place, distance(from, port) + distance(port, to) - distance(from, to)));
        let (place, miles) = detours.filter(|(_, miles)| miles.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1))?;
        let vessel = self.liner.problem().class(class);
        let (speed, stay_h) = (vessel.design_speed_kn, self.liner.problem().rules.stay_h);
        let hour_usd = vessel.charter_usd_per_day / 24.0;
        let mile_usd = costing.knot_usd(class) * speed * speed + hour_usd / speed;
        Some((place, costing.call_usd(class, port) + hour_usd * stay_h + mile_usd * miles))
    }

    fn score(&mut self, calls: &[PortIdx]) -> Option<Built<Service>> {
        let service = self.liner.service(self.class, calls, Some(1))?;
        let (vessels, usd) = service.costs.cheapest_within(self.free[self.class.row()])?;
        let service = Service { vessels: service.vessels.map(|_| vessels), ..service };
        let offers = self.offers(calls);
        let slots = self.liner.problem().class(self.class).capacity_ffe;
        let arcs: Vec<Offer> = offers.iter().map(|(_, offer)| *offer).collect();
        let taken = best_load(calls.len() + 1, slots, &arcs);
        let gain: f64 = arcs.iter().zip(&taken).map(|(offer, taken)| offer.gain * taken).sum();
        let load = offers.iter().zip(&taken).filter(|(_, taken)| **taken > 0.0).map(|((row, _), taken)| (*row, *taken)).collect();
        Some(Built { service, profit: gain - usd, load })
    }
}

impl Yard<'_, '_> {
    /// The ride that brings most for each demand, from a call to a later one or back to the first: nothing stays on board there.
    fn offers(&self, calls: &[PortIdx]) -> Vec<(usize, Offer)> {
        let hours = self.hours(calls);
        let at = |place: usize| calls[place % calls.len()];
        let ride = |(row, wanted): (usize, &Wanted)| {
            let (mut board, mut boarded) = (0, f64::INFINITY);
            let mut best = Offer { from: 0, to: 0, slots: wanted.ffe, gain: 0.0 };
            for place in 0..=calls.len() {
                let gain = wanted.usd - boarded - self.onward(wanted, at(place));
                if gain > best.gain && hours[place] - hours[board] <= wanted.limit_h {
                    best = Offer { from: board, to: place, gain, ..best };
                }
                let cost = self.until(wanted, at(place));
                if cost <= boarded {
                    (board, boarded) = (place, cost);
                }
            }
            (best.gain > 0.0).then_some((row, best))
        };
        let mut offers: Vec<(usize, Offer)> = self.wanted.iter().enumerate().filter_map(ride).collect();
        let slots = self.liner.problem().class(self.class).capacity_ffe;
        let most = |offer: &Offer| offer.gain * offer.slots.min(slots);
        if offers.len() > OFFERS {
            offers.select_nth_unstable_by(OFFERS, |a, b| most(&b.1).total_cmp(&most(&a.1)).then(a.0.cmp(&b.0)));
            offers.truncate(OFFERS);
        }
        offers
    }

    /// By call, and for the return to the first: hours since the departure from the first at design speed.
    fn hours(&self, calls: &[PortIdx]) -> Vec<f64> {
        let (problem, charts) = (self.liner.problem(), self.liner.charts);
        let speed = problem.class(self.class).design_speed_kn;
        let mut hours = vec![0.0; calls.len() + 1];
        for place in 0..calls.len() {
            let miles = charts.distance(self.class, calls[place], calls[(place + 1) % calls.len()]);
            hours[place + 1] = hours[place] + miles / speed + problem.rules.stay_h;
        }
        hours
    }

    /// What a box pays to come to a port and go on from there by the new service; nothing at its origin.
    fn until(&self, wanted: &Wanted, port: PortIdx) -> f64 {
        if port == wanted.origin { 0.0 } else { self.liner.router.between(wanted.origin, port) + self.change_usd(port) }
    }

    /// What a box pays that leaves the new service at a port and goes on; nothing at its destination.
    fn onward(&self, wanted: &Wanted, port: PortIdx) -> f64 {
        if port == wanted.destination { 0.0 } else { self.change_usd(port) + self.liner.router.between(port, wanted.destination) }
    }

    fn change_usd(&self, port: PortIdx) -> f64 {
        self.liner.problem().port(port).transshipment_usd_per_ffe
    }

    /// A service is there: its load is not wanted any more, nor are its vessels free.
    fn take(&mut self, built: &Built<Service>) {
        built.load.iter().for_each(|(row, taken)| self.wanted[*row].ffe -= taken);
        self.wanted.retain(|wanted| wanted.ffe > 1e-6);
        let free = &mut self.free[built.service.class.row()];
        *free = free.saturating_sub(built.service.vessels.unwrap_or(built.service.costs.fewest));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{AllWays, problem};
    use super::*;
    use crate::optimize::design::anneal::Market;
    use crate::optimize::design::liner::LinerOptions;
    use crate::optimize::design::liner::cost::Costing;
    use crate::optimize::design::liner::moves::Charts;
    use rand::SeedableRng;

    /// Where nothing sails yet, the loads that services are built for can all be carried, so their flow is worth no less; and what is built
    /// pays on most coasts.
    #[test]
    fn the_flow_brings_what_services_built_by_prices_promise() {
        let mut rng = ChaCha8Rng::seed_from_u64(31);
        let mut paying = 0;
        for case in 0..100 {
            let problem = problem(rng.random_range(4..9), false, &mut rng);
            let costing = Costing::new(&problem);
            let charts = Charts::new(&costing);
            let options = LinerOptions { seed: 1, threads: 1, most_visits: None, most_weeks: None };
            let (mut liner, mut lp) = Liner::new(&costing, &charts, &options);
            let free = problem.classes.iter().map(|class| class.vessels).collect();
            let mut yard = Yard { wanted: wanted(&mut liner, &[], &lp), liner: &liner, free, class: 0.into() };
            let mut promised = 0.0;
            let mut services = Vec::new();
            while let Some(built) = grow(&mut yard, &mut rng).filter(|built| built.profit > 0.0) {
                let (_, usd) = built.service.costs.cheapest_within(yard.free[0]).expect("it was built with these vessels");
                promised += built.profit + usd;
                yard.take(&built);
                services.push(built.service);
            }
            paying += u32::from(!services.is_empty());
            let network: Vec<Placed> = services.iter().map(|service| liner.place(service, &mut lp)).collect();
            assert!(lp.solve(&mut AllWays(&mut liner, &network), u64::MAX / 2, f64::NEG_INFINITY), "case {case}");
            assert!(lp.value() >= promised - 1e-6 * promised, "case {case}: {} instead of {promised}", lp.value());
        }
        assert!(paying > 50, "only {paying} of 100 coasts pay");
    }
}
