//! Alliance: who brings, uses, receives and pays what. In: a plan with its audited money. Out: allotments of every leg, and a settlement
//! with all that a member needs to check its share: what every set of members would earn alone, bid prices, divisions, accounts. Rules
//! guarded: slots are whole and within capacity, nobody owns what it may not use, and money adds up to the last hundredth. Formulation:
//! `models/alliance.md`.

mod accounts;
mod allotments;
mod certificate;
mod division;
mod exchange;
mod game;
mod nearest;
mod nucleolus;
mod number;
mod prices;
mod program;
mod tableau;
mod values;

pub use allotments::{LegCapacity, allot, lawful_members};
pub use certificate::{Held, certify};
pub use division::{Chosen, Divisions, in_cents};
pub use exchange::{CannotSwap, exchange};
pub use game::Game;
pub use nearest::{Nearest, nearest_in_core};
pub use nucleolus::{KnownSet, least_core, least_core_of, nucleolus};
pub use number::Number;
pub use prices::Prices;
pub use program::{Holdings, Program, Resource};
pub use values::earnings;

use super::control::Control;
use super::flow::{Groups, Network, Path, find_ways};
use crate::domain::*;
use crate::waterway::Waterway;
use accounts::Carried;
use std::time::Instant;

/// Members up to which every set of them is looked at.
pub const MOST_MEMBERS: usize = 16;

/// How to settle.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub rule: SharingRule,
    pub threads: usize,
    pub deadline: Option<Instant>,
}

/// Why there is no settlement.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsettled {
    /// Beyond this the sets are too many; let members act together.
    #[error("{0} members make too many sets: at most {MOST_MEMBERS} members can be settled; let some of them act as one")]
    TooManyMembers(usize),
    /// The plan is not one of this instance; the audit says more.
    #[error("the plan cannot be settled: {0}; `waterbus audit` says more")]
    BrokenPlan(String),
    /// The deadline came first, or the run was cancelled.
    #[error("the limit was reached before all sets of members were looked at")]
    OutOfTime,
}

/// A plan laid out for settling.
pub struct Case<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    network: Network<'a>,
    holdings: Holdings,
    carried: Carried,
    pub program: Program,
}

impl<'a> Case<'a> {
    /// Reads network, ways, allotments and cargo of a plan.
    ///
    /// # Errors
    /// When there are too many members, or the plan is not one of this problem.
    pub fn new(problem: &'a Problem, waterway: &Waterway, plan: &'a Plan) -> Result<Self, Unsettled> {
        if problem.operators.len() > MOST_MEMBERS {
            return Err(Unsettled::TooManyMembers(problem.operators.len()));
        }
        let network = Network::of_plan(problem, waterway, plan).map_err(Unsettled::BrokenPlan)?;
        let carried = Carried::new(&network, plan).map_err(Unsettled::BrokenPlan)?;
        let mut paths = find_ways(&network, &Groups::new(problem, waterway)).paths;
        paths.extend(own_ways(&network, plan, &paths).map_err(Unsettled::BrokenPlan)?);
        paths.sort_by(|a, b| (a.demand, &a.hops).cmp(&(b.demand, &b.hops)));
        let holdings = holdings(&network, plan);
        let program = Program::new(&network, &paths, &holdings);
        Ok(Self { problem, plan, network, holdings, carried, program })
    }
}

/// Ways of the plan's shipments that the search for ways does not find itself, such as those of a plan made elsewhere.
fn own_ways(network: &Network, plan: &Plan, known: &[Path]) -> Result<Vec<Path>, String> {
    let problem = network.problem;
    let seen: std::collections::BTreeSet<_> = known.iter().map(|path| (path.demand, path.hops.clone())).collect();
    let mut own = std::collections::BTreeMap::new();
    for shipment in &plan.shipments {
        let hops = accounts::hops_of(network, plan, shipment)?;
        let demand = problem.find_demand(&shipment.demand).ok_or_else(|| format!("demand {} does not exist", shipment.demand))?;
        let lift = |at: TerminalIdx| problem.terminal(at).handling;
        let row = problem.demand(demand);
        let changes = hops.iter().take(hops.len().saturating_sub(1));
        let transfers: Cents = changes.map(|hop| lift(network.lines[hop.line].line.terminal_at(hop.to)) * 2).sum();
        let margin = row.rate - lift(row.origin) - lift(row.destination) - transfers;
        if !seen.contains(&(demand, hops.clone())) {
            own.insert((demand, hops.clone()), Path { demand, hops, margin });
        }
    }
    Ok(own.into_values().collect())
}

/// What the plan's allotments give each member, by leg.
fn holdings(network: &Network, plan: &Plan) -> Holdings {
    let mut holdings = Holdings::new();
    for slots in &plan.slots {
        let Some(line) = plan.services.iter().position(|service| service.service == slots.service) else { continue };
        let own = held_of(network.problem, slots, network.class(line).dangerous);
        holdings.insert((line, slots.sailing as usize, slots.leg.row()), own);
    }
    holdings
}

/// What each member owns of a leg. A plan that states slots alone, as earlier versions did, means the rest in proportion.
fn held_of(problem: &Problem, slots: &LegSlots, dangerous: Teu) -> Vec<[f64; 4]> {
    let mut held = vec![[0.0; 4]; problem.operators.len()];
    let all: i64 = slots.allotments.iter().map(|part| part.volume_teu.0).sum();
    let slots_alone =
        slots.allotments.iter().all(|part| (part.mass_kg, part.reefer_plugs, part.dangerous_teu) == Default::default());
    let whole = [slots.capacity_kg.0 as f64 / 1000.0, slots.reefer_plugs.0 as f64, dangerous.0 as f64];
    for part in &slots.allotments {
        let Some(member) = problem.find_operator(&part.member) else { continue };
        let stated = [part.mass_kg.0 as f64 / 1000.0, part.reefer_plugs.0 as f64, part.dangerous_teu.0 as f64];
        let meant = whole.map(|whole| whole * part.volume_teu.0 as f64 / all.max(1) as f64);
        let [mass, plugs, dangerous] = if slots_alone { meant } else { stated };
        held[member.row()] = [part.volume_teu.0 as f64, mass, plugs, dangerous];
    }
    held
}

/// Settles a plan: `report` is what the auditor says of it.
///
/// # Errors
/// When there are too many members, the plan is broken, or time runs out.
pub fn settle(
    problem: &Problem,
    waterway: &Waterway,
    plan: &Plan,
    report: &Report,
    terms: &Terms,
    control: &Control,
) -> Result<Settlement, Unsettled> {
    let case = Case::new(problem, waterway, plan)?;
    let solved = case.program.solve().ok_or(Unsettled::OutOfTime)?;
    let prices = Prices::new(&case.program, &solved);
    let earnings = earnings(&case.program, terms.threads, control, terms.deadline).ok_or(Unsettled::OutOfTime)?;
    let (borne, operated) = accounts::operating(problem, plan, &report.services);
    let profit = report.ledger.profit_cents;
    let values = values::in_cents(&earnings, &borne, profit);
    let worths: Vec<f64> = (0..problem.operators.len()).map(|member| prices.worth_of(&case.program, member)).collect();
    let divisions = Divisions::new(&values, accounts::owen_shares(&worths, &borne, profit));
    let chosen = divisions.choose(&values, terms.rule);
    let costs: Cents = borne.iter().copied().sum();
    let legs = case.legs(&prices);
    let members = case.members(&divisions, profit, &chosen.shares, [&borne, &operated], &legs);
    Ok(Settlement {
        rule: terms.rule,
        division: chosen.division,
        profit_cents: profit,
        bound_cents: Cents((prices.bound(&case.program) * 100.0).round() as i64) - costs,
        returns_before_min: problem.settings.allotment_return,
        members,
        values_cents: values,
        least_core_cents: Cents(divisions.least_core.ceil() as i64),
        certificate: divisions.certificate.iter().map(level).collect(),
        pushes: chosen.pushes.iter().map(|(set, push)| SetWeight { set: *set as u32, weight: *push }).collect(),
        legs,
        calls: case.calls(&prices),
        demands: case.demands(&prices),
    })
}

fn level(held: &Held<f64>) -> Level {
    let weights = held.weights.iter().map(|(set, weight)| SetWeight { set: *set as u32, weight: *weight });
    Level { excess_cents: held.excess, sets: held.sets.iter().map(|set| *set as u32).collect(), weights: weights.collect() }
}

impl Case<'_> {
    fn members(
        &self,
        divisions: &Divisions,
        profit: Cents,
        shares: &[f64],
        [borne, operated]: [&[Cents]; 2],
        legs: &[LegAccount],
    ) -> Vec<MemberAccount> {
        let whole = |shares: &[f64]| division::in_cents(profit, shares);
        let (shares, shapley) = (whole(shares), whole(&divisions.shapley));
        let (nucleolus, owen) = (whole(&divisions.nucleolus), whole(&divisions.owen));
        let by_member = |counts: Vec<i64>| Carried::by_member(self.problem, &counts);
        let bringers = 0..=self.problem.operators.len();
        let teu = by_member(self.carried.teu.iter().map(|teu| teu.0).collect());
        let used = by_member(bringers.map(|bringer| self.carried.slot_legs(bringer).0).collect());
        let freight = by_member(self.carried.freight.iter().map(|cents| cents.0).collect());
        let lifts = by_member(self.carried.lifts.iter().map(|cents| cents.0).collect());
        let held = accounts::slot_legs_held(self.problem, self.plan.slots.iter());
        let account = |(row, member): (usize, &Operator)| {
            let earned = Cents(freight[row] - lifts[row]) - operated[row];
            let receives = shares[row] - earned;
            let own = legs.iter().flat_map(|leg| &leg.accounts).filter(|account| account.member == member.code);
            let slots: Cents = own.map(|account| account.receives_cents).sum();
            MemberAccount {
                member: member.code.clone(),
                held_slot_legs: held[row],
                used_slot_legs: Teu(used[row]),
                carried_teu: Teu(teu[row]),
                freight_cents: Cents(freight[row]),
                lifts_cents: Cents(lifts[row]),
                operated_cents: operated[row],
                borne_cents: borne[row],
                slots_cents: slots,
                balance_cents: receives - (operated[row] - borne[row]) - slots,
                receives_cents: receives,
                share_cents: shares[row],
                shapley_cents: shapley[row],
                nucleolus_cents: nucleolus[row],
                owen_cents: owen[row],
            }
        };
        self.problem.operators.iter().enumerate().map(account).collect()
    }

    fn legs(&self, prices: &Prices) -> Vec<LegAccount> {
        let mut by_leg: std::collections::BTreeMap<_, [f64; 4]> = std::collections::BTreeMap::new();
        for (row, price) in self.program.rows.iter().zip(&prices.rows).filter(|(row, _)| row.resource != Resource::Lifts) {
            by_leg.entry(row.place).or_default()[row.resource as usize] = *price;
        }
        self.plan.slots.iter().filter_map(|slots| self.leg(slots, &by_leg)).collect()
    }

    fn leg(&self, slots: &LegSlots, prices: &std::collections::BTreeMap<(usize, usize, usize), [f64; 4]>) -> Option<LegAccount> {
        let line = self.plan.services.iter().position(|service| service.service == slots.service)?;
        let place = (line, slots.sailing as usize, slots.leg.row());
        let held = self.holdings.get(&place)?;
        let members = self.problem.operators.len();
        let empty = vec![[0; 4]; members + 1];
        let loads = self.carried.loads.get(&place).unwrap_or(&empty);
        let prices = prices.get(&place).copied().unwrap_or_default();
        let common = |member: &Operator| loads[members].map(|load| load as f64 * member.committed_share);
        let common: Vec<[f64; 4]> =
            self.problem.operators.iter().map(common).map(|[teu, kg, r, d]| [teu, kg / 1000.0, r, d]).collect();
        let payments = accounts::slot_payments(held, &loads[..members], &common, &prices);
        let account = |(row, receives): (usize, &Cents)| SlotAccount {
            member: self.problem.operators[row].code.clone(),
            used_teu: Teu(loads[row][0]),
            used_kg: Kg(loads[row][1]),
            used_plugs: Teu(loads[row][2]),
            used_dangerous_teu: Teu(loads[row][3]),
            receives_cents: *receives,
        };
        let rows = payments.iter().enumerate().map(account);
        let berthing = self.network.lines[line].berthing(slots.sailing as usize, slots.leg.row());
        Some(LegAccount {
            service: slots.service.clone(),
            sailing: slots.sailing,
            leg: slots.leg,
            returns_at_min: berthing - self.problem.settings.allotment_return,
            price_per_teu: prices[0],
            price_per_tonne: prices[1],
            price_per_plug: prices[2],
            price_per_dangerous_teu: prices[3],
            accounts: rows.filter(|account| account.used_teu.0 > 0 || account.receives_cents.0 != 0).collect(),
        })
    }

    fn calls(&self, prices: &Prices) -> Vec<CallPrice> {
        let rows = self.program.rows.iter().zip(&prices.rows);
        let short = rows.filter(|(row, price)| row.resource == Resource::Lifts && **price > 0.0);
        short
            .map(|(row, price)| CallPrice {
                service: self.plan.services[row.place.0].service.clone(),
                sailing: row.place.1 as u32,
                call: CallPos(row.place.2 as u16),
                lifts_teu: Teu(self.network.lifts_at(row.place)),
                price_per_lift: *price,
            })
            .collect()
    }

    fn demands(&self, prices: &Prices) -> Vec<DemandPrice> {
        let cargoes = self.program.cargoes.iter().zip(&prices.cargoes).filter(|(_, worth)| **worth > 0.0);
        let price = |(cargo, worth): (&program::Cargo, &f64)| {
            let demand = self.problem.demand(cargo.demand);
            let member = demand.member.map(|member| self.problem.operator(member).code.clone());
            DemandPrice { demand: demand.code.clone(), member, volume_teu: demand.volume, price_per_teu: *worth }
        };
        cargoes.map(price).collect()
    }
}
