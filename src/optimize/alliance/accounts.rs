//! The money of a plan by member: freight, lifts, services, slots of one another.

use super::allotments::{divide, round_to};
use crate::domain::*;
use crate::optimize::flow::{Hop, Network, Place};
use std::collections::BTreeMap;

/// What cargo takes of a leg: TEU, kg, plugs, dangerous TEU.
pub type Load = [i64; 4];

/// Prices of a leg in the same order; of mass a tonne.
pub type LegPrices = [f64; 4];

/// Cargo of a plan by who brings it; that of the whole alliance stands last.
pub struct Carried {
    pub teu: Vec<Teu>,
    pub freight: Vec<Cents>,
    pub lifts: Vec<Cents>,
    /// By leg, then bringer.
    pub loads: BTreeMap<Place, Vec<Load>>,
}

impl Carried {
    /// Counts the shipments of a plan.
    ///
    /// # Errors
    /// When a shipment names what the plan or the instance does not have.
    pub fn new(network: &Network, plan: &Plan) -> Result<Self, String> {
        let bringers = network.problem.operators.len() + 1;
        let mut carried = Self {
            teu: vec![Teu(0); bringers],
            freight: vec![Cents(0); bringers],
            lifts: vec![Cents(0); bringers],
            loads: BTreeMap::new(),
        };
        for shipment in &plan.shipments {
            carried.add(network, plan, shipment)?;
        }
        Ok(carried)
    }

    fn add(&mut self, network: &Network, plan: &Plan, shipment: &Shipment) -> Result<(), String> {
        let problem = network.problem;
        let row = problem.find_demand(&shipment.demand).ok_or_else(|| format!("demand {} does not exist", shipment.demand))?;
        let demand = problem.demand(row);
        let bringer = demand.member.map_or(problem.operators.len(), OperatorIdx::row);
        let (teu, hops) = (shipment.volume_teu.0, hops_of(network, plan, shipment)?);
        let lift = |at: TerminalIdx| problem.terminal(at).handling;
        let changes = hops.iter().take(hops.len().saturating_sub(1));
        let transfers: Cents = changes.map(|hop| lift(network.lines[hop.line].line.terminal_at(hop.to)) * 2).sum();
        self.teu[bringer] += shipment.volume_teu;
        self.freight[bringer] += demand.rate * teu;
        self.lifts[bringer] += (lift(demand.origin) + lift(demand.destination) + transfers) * teu;
        let is = |cargo: Cargo| if demand.cargo == cargo { teu } else { 0 };
        let load = [teu, demand.kg_per_teu.0 * teu, is(Cargo::Reefer), is(Cargo::Dangerous)];
        for leg in hops.iter().flat_map(|hop| network.legs_of(hop)) {
            let bringers = self.teu.len();
            let loads = self.loads.entry(leg).or_insert_with(|| vec![[0; 4]; bringers]);
            loads[bringer].iter_mut().zip(load).for_each(|(sum, part)| *sum += part);
        }
        Ok(())
    }

    /// Slots times legs that a bringer's cargo takes.
    pub fn slot_legs(&self, bringer: usize) -> Teu {
        Teu(self.loads.values().map(|loads| loads[bringer][0]).sum())
    }

    /// Counts of the members, those of common cargo given out by committed share.
    pub fn by_member(problem: &Problem, counts: &[i64]) -> Vec<i64> {
        let shares: Vec<f64> = problem.operators.iter().map(|member| member.committed_share).collect();
        let common = divide(counts[problem.operators.len()], &shares);
        counts.iter().zip(common).map(|(own, part)| own + part).collect()
    }
}

/// The rides of a shipment, as rows of the network.
pub fn hops_of(network: &Network, plan: &Plan, shipment: &Shipment) -> Result<Vec<Hop>, String> {
    let hop = |ride: &Ride| {
        let line = plan.services.iter().position(|service| service.service == ride.service)?;
        let (from, to) = (ride.from_call.row(), ride.to_call.row());
        let (calls, sailings) = (network.lines[line].calls(), network.lines[line].sailings());
        let fits = from < calls && from < to && to <= from + calls && (ride.sailing as usize) < sailings;
        fits.then_some(Hop { line, sailing: ride.sailing as usize, from, to })
    };
    let hops: Option<Vec<Hop>> = shipment.rides.iter().map(hop).collect();
    hops.ok_or_else(|| format!("a ride of demand {} is not on the plan's services", shipment.demand))
}

/// [AL-14] What members owe one another on a leg. Cargo beyond a member's own part pays the bid price of what it takes beyond; those whose
/// part is not used up receive it, in proportion to what they leave. Adds up to zero.
pub fn slot_payments(held: &[[f64; 4]], loads: &[Load], common: &[[f64; 4]], prices: &LegPrices) -> Vec<Cents> {
    let members = held.len();
    let units = |resource: usize, load: i64| if resource == 1 { load as f64 / 1000.0 } else { load as f64 };
    let mut receives = vec![0_i64; members];
    for resource in (0..4).filter(|resource| prices[*resource] > 0.0) {
        let over = |member: usize| (units(resource, loads[member][resource]) - held[member][resource]).max(0.0);
        let left = |member: usize| {
            (held[member][resource] - units(resource, loads[member][resource]) - common[member][resource]).max(0.0)
        };
        let pays: Vec<i64> = (0..members).map(|member| (over(member) * prices[resource] * 100.0).round() as i64).collect();
        let lefts: Vec<f64> = (0..members).map(left).collect();
        if lefts.iter().sum::<f64>() <= 0.0 {
            continue;
        }
        let parts = divide(pays.iter().sum(), &lefts);
        receives.iter_mut().zip(pays.iter().zip(parts)).for_each(|(sum, (pays, part))| *sum += part - pays);
    }
    receives.into_iter().map(Cents).collect()
}

/// [AL-15] Operating costs of each service by slots held on it: what each member bears, and what each advances as operator.
pub fn operating(problem: &Problem, plan: &Plan, costs: &[ServiceCost]) -> (Vec<Cents>, Vec<Cents>) {
    let members = problem.operators.len();
    let (mut borne, mut operated) = (vec![Cents(0); members], vec![Cents(0); members]);
    for cost in costs {
        let Some(service) = plan.find_service(&cost.service) else { continue };
        if let Some(operator) = problem.find_operator(&service.operator) {
            operated[operator.row()] += cost.total();
        }
        let held = slot_legs_held(problem, plan.slots.iter().filter(|slots| slots.service == cost.service));
        let held: Vec<f64> = held.into_iter().map(|teu| teu.0 as f64).collect();
        for (sum, part) in borne.iter_mut().zip(divide(cost.total().0, &held)) {
            *sum += Cents(part);
        }
    }
    (borne, operated)
}

/// Slots times legs that each member owns.
pub fn slot_legs_held<'a>(problem: &Problem, slots: impl Iterator<Item = &'a LegSlots>) -> Vec<Teu> {
    let mut held = vec![Teu(0); problem.operators.len()];
    for allotment in slots.flat_map(|slots| &slots.allotments) {
        if let Some(member) = problem.find_operator(&allotment.member) {
            held[member.row()] += allotment.volume_teu;
        }
    }
    held
}

/// What the prices make of the profit: worth of slots and cargo less costs borne, and less the part of the bound that whole boxes and smallest
/// calls cost, in proportion to the worth. Hundredths.
pub fn owen_shares(worths: &[f64], borne: &[Cents], profit: Cents) -> Vec<f64> {
    let total: f64 = worths.iter().sum();
    let costs: Cents = borne.iter().copied().sum();
    let kept = if total > 0.0 { (profit + costs).0 as f64 / (total * 100.0) } else { 0.0 };
    let shares: Vec<f64> = worths.iter().zip(borne).map(|(worth, borne)| worth * 100.0 * kept - borne.0 as f64).collect();
    if total > 0.0 { shares } else { round_to(profit.0, &shares).into_iter().map(|share| share as f64).collect() }
}
