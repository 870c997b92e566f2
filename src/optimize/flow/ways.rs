//! Ways through the timed network: direct, or with one transshipment to the next departures. Each is checked for its demand's transit time
//! and mother vessel [SL-9], [SL-10], so that the model chooses among good ways only.

use super::groups::{Group, Groups};
use super::network::Network;
use super::rules::{customs_delay, rides_of};
use crate::domain::{Cents, DemandIdx, Minutes, Problem, TerminalIdx};
use std::collections::BTreeMap;

/// A stay on board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    pub line: usize,
    pub sailing: usize,
    pub from: usize,
    pub to: usize,
}

/// A way for one demand.
#[derive(Clone, Debug)]
pub struct Path {
    pub demand: DemandIdx,
    pub hops: Vec<Hop>,
    /// Freight less all lifts and what its time counts, a TEU.
    pub margin: Cents,
}

/// How far the ways of a demand get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Some services join its ends.
    pub joined: bool,
    /// Some way is within the latest transit time.
    pub in_time: bool,
    /// Some such way meets the mother vessel.
    pub on_time: bool,
    /// Some of these pays for its lifts, and for its time where the planner weighs it.
    pub pays: bool,
}

/// All ways, by demand, and how far each demand gets.
pub struct Ways {
    pub paths: Vec<Path>,
    pub reach: Vec<Reach>,
}

/// Departures of a connecting service that are tried after a discharge.
const NEXT_DEPARTURES: usize = 2;

/// Rides of a group on one line that end or start at a transfer, by terminal.
type Stubs = BTreeMap<(usize, TerminalIdx), Vec<(usize, usize, usize)>>;

/// Finds the ways of every demand.
pub fn find_ways(network: &Network, groups: &Groups) -> Ways {
    let problem = network.problem;
    let mut ways = Ways { paths: Vec::new(), reach: vec![Reach::default(); problem.demands.len()] };
    let (mut into, mut onward): (Stubs, Stubs) = Default::default();
    for (row, line) in network.lines.iter().enumerate() {
        // times are checked way by way below, so that cargo for which all ways are too slow is told from cargo without a way
        let rides = rides_of(problem, groups, &line.line.calls, line.line.regime, line.line.mixed_direction, &|_, _| Minutes(0));
        for ride in rides {
            let (a, b) = (line.line.terminal_at(ride.from), line.line.terminal_at(ride.to));
            let group = groups.group(ride.group);
            if a == group.origin {
                add_direct(network, &mut ways, group, row, ride.from, ride.to);
                if groups.may_transfer(ride.group, b) {
                    into.entry((ride.group.0, b)).or_default().push((row, ride.from, ride.to));
                }
            } else {
                onward.entry((ride.group.0, a)).or_default().push((row, ride.from, ride.to));
            }
        }
    }
    for ((group, via), first) in &into {
        for second in onward.get(&(*group, *via)).into_iter().flatten() {
            for start in first.iter().filter(|start| start.0 != second.0) {
                add_transfers(network, &mut ways, &groups.all[*group], *via, *start, *second);
            }
        }
    }
    ways.paths.sort_by(|a, b| (a.demand, &a.hops).cmp(&(b.demand, &b.hops)));
    ways
}

fn add_direct(network: &Network, ways: &mut Ways, group: &Group, row: usize, from: usize, to: usize) {
    let line = &network.lines[row];
    let at = line.line.terminal_at(to);
    for (_, demand) in group.deliveries.iter().filter(|(destination, _)| *destination == at) {
        for sailing in 0..line.sailings() {
            let hop = Hop { line: row, sailing, from, to };
            let time = line.arrival(sailing, to) - line.departure(sailing, from);
            offer(network, ways, *demand, vec![hop], time, Cents(0));
        }
    }
}

fn add_transfers(
    network: &Network,
    ways: &mut Ways,
    group: &Group,
    via: TerminalIdx,
    first: (usize, usize, usize),
    second: (usize, usize, usize),
) {
    let (inbound, outbound) = (&network.lines[first.0], &network.lines[second.0]);
    let to = outbound.line.terminal_at(second.2);
    let lifts = network.problem.terminal(via).handling * 2;
    for (_, demand) in group.deliveries.iter().filter(|(destination, _)| *destination == to) {
        for sailing in 0..inbound.sailings() {
            let ready = inbound.departure(sailing, first.2) + network.problem.settings.transfer;
            let mut waits: Vec<(i64, usize)> = (0..outbound.sailings())
                .map(|next| ((outbound.berthing(next, second.1) - ready).0.rem_euclid(network.problem.settings.cycle.0), next))
                .collect();
            waits.sort_unstable();
            for (wait, next) in waits.into_iter().take(NEXT_DEPARTURES) {
                let until_berthing = ready + Minutes(wait) - inbound.departure(sailing, first.1);
                let rest = outbound.arrival(next, second.2) - outbound.berthing(next, second.1);
                let hops = vec![
                    Hop { line: first.0, sailing, from: first.1, to: first.2 },
                    Hop { line: second.0, sailing: next, from: second.1, to: second.2 },
                ];
                offer(network, ways, *demand, hops, until_berthing + rest, lifts);
            }
        }
    }
}

/// Keeps a way that is in time and earns something; notes how far the demand gets in any case.
fn offer(network: &Network, ways: &mut Ways, demand: DemandIdx, hops: Vec<Hop>, time: Minutes, transfer_lifts: Cents) {
    let problem = network.problem;
    let row = problem.demand(demand);
    let reach = &mut ways.reach[demand.row()];
    reach.joined = true;
    if time + customs_delay(problem, row) > row.max_transit {
        return;
    }
    reach.in_time = true;
    if !hops.last().is_some_and(|hop| meets_mother(network, demand, hop)) {
        return;
    }
    reach.on_time = true;
    let ends = problem.terminal(row.origin).handling + problem.terminal(row.destination).handling;
    let margin = row.rate - ends - transfer_lifts - problem.cost_of_time(time);
    if margin > Cents(0) {
        reach.pays = true;
        ways.paths.push(Path { demand, hops, margin });
    }
}

fn meets_mother(network: &Network, demand: DemandIdx, last: &Hop) -> bool {
    let problem: &Problem = network.problem;
    let Some(mother) = problem.demand(demand).mother else { return true };
    let ship = &problem.mothers[mother.row()];
    let arrival = network.lines[last.line].arrival(last.sailing, last.to);
    let wait = (ship.berthing - ship.barge_cut_off - arrival).0.rem_euclid(problem.settings.cycle.0);
    wait <= ship.longest_wait.0
}
