//! Demand rows that start together and count alike on board are one commodity with several destinations [CF-1].

use crate::domain::{Cargo, Demand, DemandIdx, Kg, Minutes, Problem, TerminalIdx, Trade};
use crate::waterway::Waterway;
use std::collections::BTreeMap;

/// A row of [`Groups::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupIdx(pub usize);

/// Cargo of one origin, trade, kind and mass: it shares every capacity and rule, so that only its total matters until it is delivered.
#[derive(Clone, Debug)]
pub struct Group {
    pub origin: TerminalIdx,
    pub trade: Trade,
    pub cargo: Cargo,
    pub kg_per_teu: Kg,
    /// Destinations in order of terminal, then demand row.
    pub deliveries: Vec<(TerminalIdx, DemandIdx)>,
}

/// What cargo of one group has in common.
type Likeness = (TerminalIdx, Trade, Cargo, Kg);

/// All groups, with what routing asks of them.
#[derive(Clone, Debug)]
pub struct Groups {
    pub all: Vec<Group>,
    /// By origin.
    by_origin: Vec<Vec<GroupIdx>>,
    /// By group and terminal: longest time any of its demands delivered there may take, customs delay taken off.
    limit_at: Vec<Vec<Option<Minutes>>>,
    /// By group and terminal: boxes may change vessels there on the way to some destination.
    transfer_at: Vec<Vec<bool>>,
    /// By terminal: groups whose boxes may change vessels there.
    changing_at: Vec<Vec<GroupIdx>>,
    /// Metres of a journey from which on a transshipment is considered.
    long_haul: i64,
    /// Shortest distance by any class, metres, by origin and destination.
    distance: Vec<Vec<Option<i64>>>,
}

impl Groups {
    /// Gathers the demand of a problem that pays for its lifts.
    pub fn new(problem: &Problem, waterway: &Waterway) -> Self {
        let mut keyed: BTreeMap<Likeness, Vec<(TerminalIdx, DemandIdx)>> = BTreeMap::new();
        for (row, demand) in problem.demands.iter().enumerate().filter(|(_, demand)| is_worth_lifting(problem, demand)) {
            let key = (demand.origin, demand.trade, demand.cargo, demand.kg_per_teu);
            keyed.entry(key).or_default().push((demand.destination, DemandIdx::from(row)));
        }
        let all: Vec<Group> = keyed
            .into_iter()
            .map(|((origin, trade, cargo, kg_per_teu), mut deliveries)| {
                deliveries.sort_unstable();
                Group { origin, trade, cargo, kg_per_teu, deliveries }
            })
            .collect();
        let mut by_origin = vec![Vec::new(); problem.terminals.len()];
        for (row, group) in all.iter().enumerate() {
            by_origin[group.origin.row()].push(GroupIdx(row));
        }
        let distance = distances(problem, waterway);
        let long_haul = if is_large(problem) { LONG_HAUL_M } else { 0 };
        let limit_at = all.iter().map(|group| limits(problem, group)).collect();
        let mut groups = Self { all, by_origin, limit_at, transfer_at: Vec::new(), changing_at: Vec::new(), long_haul, distance };
        groups.transfer_at = groups.all.iter().map(|group| groups.transfers(problem, group)).collect();
        let changing = |at: usize| (0..groups.all.len()).filter(|group| groups.transfer_at[*group][at]).map(GroupIdx).collect();
        groups.changing_at = (0..problem.terminals.len()).map(changing).collect();
        groups
    }

    pub fn group(&self, group: GroupIdx) -> &Group {
        &self.all[group.0]
    }

    /// Groups that start at a terminal.
    pub fn starting_at(&self, terminal: TerminalIdx) -> &[GroupIdx] {
        &self.by_origin[terminal.row()]
    }

    /// Longest journey of cargo delivered at a terminal, `None` where the group delivers nothing.
    pub fn limit_at(&self, group: GroupIdx, terminal: TerminalIdx) -> Option<Minutes> {
        self.limit_at[group.0][terminal.row()]
    }

    /// True when boxes of the group may change vessels at a terminal [CF-4].
    pub fn may_transfer(&self, group: GroupIdx, terminal: TerminalIdx) -> bool {
        self.transfer_at[group.0][terminal.row()]
    }

    /// Groups whose boxes may change vessels at a terminal.
    pub fn changing_at(&self, terminal: TerminalIdx) -> &[GroupIdx] {
        &self.changing_at[terminal.row()]
    }

    /// Shortest distance by any class, metres.
    pub fn distance(&self, from: TerminalIdx, to: TerminalIdx) -> Option<i64> {
        self.distance[from.row()][to.row()]
    }

    /// True when a transfer at `via` lies on a sensible way from the group's origin to `to`, on a journey long enough for it.
    pub fn is_sensible(&self, group: GroupIdx, via: TerminalIdx, to: TerminalIdx) -> bool {
        let origin = self.group(group).origin;
        let way = |a: TerminalIdx, b: TerminalIdx| self.distance[a.row()][b.row()];
        match (way(origin, to), way(origin, via), way(via, to)) {
            (Some(direct), Some(first), Some(second)) => {
                direct >= self.long_haul && first + second <= direct * DETOUR_PERCENT / 100 + DETOUR_M
            }
            (None, Some(_), Some(_)) => true,
            _ => false,
        }
    }

    fn transfers(&self, problem: &Problem, group: &Group) -> Vec<bool> {
        let index = GroupIdx(self.all.iter().position(|other| std::ptr::eq(other, group)).unwrap_or_default());
        (0..problem.terminals.len())
            .map(TerminalIdx::from)
            .map(|via| {
                let onward = |(to, demand): &(TerminalIdx, DemandIdx)| {
                    *to != via
                        && self.is_sensible(index, via, *to)
                        && stays_inside(problem, group.origin, via, *to)
                        && pays_lifts(problem, *demand, via)
                };
                problem.terminal(via).transshipment && via != group.origin && group.deliveries.iter().any(onward)
            })
            .collect()
    }
}

fn is_worth_lifting(problem: &Problem, demand: &Demand) -> bool {
    demand.volume.0 > 0 && demand.rate > problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling
}

/// The freight of a demand pays the lifts at its ends and at a transshipment.
fn pays_lifts(problem: &Problem, demand: DemandIdx, via: TerminalIdx) -> bool {
    let demand = problem.demand(demand);
    let ends = problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling;
    demand.rate > ends + problem.terminal(via).handling * 2
}

/// Terminals times fleets from which on choices that seldom pay are left out of the design [CF-9].
const LARGE: usize = 60;

/// True when a problem is too large to consider every transshipment and every way to run a rotation.
pub fn is_large(problem: &Problem) -> bool {
    problem.terminals.len() * problem.fleets.len() > LARGE
}

/// In a large problem, metres of a journey from which on a transshipment is considered: on shorter ones its two lifts cost more than a
/// vessel's further call.
const LONG_HAUL_M: i64 = 150_000;
/// A transshipment is considered when the way over it is at most this share of the direct one, plus [`DETOUR_M`].
const DETOUR_PERCENT: i64 = 115;
/// Metres of detour that are always considered.
const DETOUR_M: i64 = 10_000;

/// R8: boxes between two mainland terminals do not change vessels outside.
fn stays_inside(problem: &Problem, origin: TerminalIdx, via: TerminalIdx, to: TerminalIdx) -> bool {
    let outside = |at: TerminalIdx| problem.terminal(at).region.is_outside();
    !outside(via) || outside(origin) || outside(to)
}

fn limits(problem: &Problem, group: &Group) -> Vec<Option<Minutes>> {
    let mut limits = vec![None; problem.terminals.len()];
    for (terminal, row) in &group.deliveries {
        let demand = problem.demand(*row);
        let left = demand.max_transit - super::rules::customs_delay(problem, demand);
        let entry: &mut Option<Minutes> = &mut limits[terminal.row()];
        *entry = Some(entry.map_or(left, |known: Minutes| known.max(left)));
    }
    limits
}

fn distances(problem: &Problem, waterway: &Waterway) -> Vec<Vec<Option<i64>>> {
    let terminals = problem.terminals.len();
    let shortest = |from: usize, to: usize| {
        (0..problem.classes.len())
            .filter_map(|class| waterway.passage(class.into(), from.into(), to.into()))
            .map(|passage| passage.distance.0)
            .min()
    };
    (0..terminals).map(|from| (0..terminals).map(|to| if from == to { Some(0) } else { shortest(from, to) }).collect()).collect()
}
