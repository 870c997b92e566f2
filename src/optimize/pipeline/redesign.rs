//! Networks of their own: what sets of members would earn if each designed services for its own cargo with its own vessels.

use super::{Outcome, Request, plan_unsettled};
use crate::domain::*;
use crate::optimize::alliance::{KnownSet, least_core_of};
use crate::optimize::control::Control;
use crate::waterway::Waterway;

/// Which sets, and how long to search for each.
#[derive(Clone, Copy, Debug)]
pub struct Redesign {
    /// Members of the largest set.
    pub size: usize,
    pub limit: Limit,
    pub seed: u64,
    pub threads: usize,
}

/// The independent checker of a problem that is not known before.
pub type AuditorOf<'a> = dyn Fn(&Problem, &Waterway, &Plan) -> Report + 'a;

/// Plans for every set of up to `size` members and compares with the shares of a settled plan. Ends early when it is cancelled, with the
/// sets that it got to.
pub fn redesign(
    problem: &Problem,
    waterway: &Waterway,
    plan: &Plan,
    asked: &Redesign,
    auditor: &AuditorOf,
    control: &Control,
) -> StandingAlone {
    let mut networks = Vec::new();
    let members = problem.operators.len();
    let mut sets: Vec<usize> = (1..(1_usize << members) - 1).filter(|set| set.count_ones() as usize <= asked.size).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    for set in sets.into_iter().take_while(|_| !control.is_cancelled()) {
        let own = own_problem(problem, set);
        let network = own_network(&own, waterway, plan, set, asked, auditor);
        control.report("alone", Some(network.profit_cents.units()), None, names(&network));
        networks.push(network);
    }
    let total = plan.settlement.as_ref().map_or(Cents(0), |settlement| settlement.profit_cents);
    let known: Vec<KnownSet> = networks.iter().map(|own| (own.set as usize, own.profit_cents)).collect();
    let least_core_cents = least_core_of(members, total, &known);
    StandingAlone { limit: asked.limit, seed: asked.seed, networks, least_core_cents }
}

fn names(network: &OwnNetwork) -> String {
    network.members.iter().map(|code| code.0.as_str()).collect::<Vec<_>>().join(" ")
}

/// The problem of a set of members: their vessels and their cargo, the rest as it is. Of cargo that nobody brings alone they take their
/// committed share, in whole TEU rounded down.
fn own_problem(problem: &Problem, set: usize) -> Problem {
    let is_in = |member: OperatorIdx| set >> member.row() & 1 == 1;
    let mut own = problem.clone();
    for fleet in own.fleets.iter_mut().filter(|fleet| !is_in(fleet.operator)) {
        fleet.vessels = 0;
    }
    for (row, demand) in own.demands.iter_mut().enumerate() {
        let part: f64 = members_of(set).map(|member| problem.brought_by(member.into(), row.into())).sum();
        demand.volume = Teu((demand.volume.0 as f64 * part + 1e-9).floor() as i64);
    }
    let all: f64 = members_of(set).map(|member| problem.operators[member].committed_share).sum();
    for (row, member) in own.operators.iter_mut().enumerate() {
        member.committed_share = if is_in(row.into()) && all > 0.0 { member.committed_share / all } else { 0.0 };
    }
    own
}

/// A set that has no vessels or no cargo, or finds no plan that pays, stays in port and earns nothing.
fn own_network(own: &Problem, waterway: &Waterway, plan: &Plan, set: usize, asked: &Redesign, auditor: &AuditorOf) -> OwnNetwork {
    let members = members_of(set).map(|member| own.operators[member].code.clone()).collect();
    let share_cents = plan.settlement.as_ref().map_or(Cents(0), |settlement| settlement.share_of(set));
    let mut network = OwnNetwork {
        set: set as u32,
        members,
        services: 0,
        vessels: 0,
        carried_teu: Teu(0),
        profit_cents: Cents(0),
        share_cents,
    };
    let idle = own.fleets.iter().all(|fleet| fleet.vessels == 0) || own.demands.iter().all(|demand| demand.volume == Teu(0));
    if idle {
        return network;
    }
    let free = Request::new(asked.limit, asked.threads, &plan.made_from.program_version);
    let request = Request { practice: plan.practice, seed: asked.seed, ..free };
    let audit = |plan: &Plan| auditor(own, waterway, plan);
    if let Outcome::Plan(_, report) = plan_unsettled(own, waterway, &request, 1.0, &audit, &Control::silent(asked.limit))
        && report.ledger.profit_cents > Cents(0)
    {
        network.services = report.indicators.services;
        network.vessels = report.indicators.vessels;
        network.carried_teu = report.indicators.carried_teu;
        network.profit_cents = report.ledger.profit_cents;
    }
    network
}
