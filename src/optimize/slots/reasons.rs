//! What room is left on the timed network, and why cargo stays behind.

use super::Carried;
use crate::domain::{Cargo, ClassIdx, Demand, DemandIdx, Problem, Reason, Teu};
use crate::optimize::flow::{Hop, Network, Path, Reach, teu_per_minute};
use crate::waterway::Waterway;
use std::collections::BTreeMap;

/// Room by leg and call, as cargo is put on.
pub struct Room {
    /// By line, sailing, leg: TEU, kg, plugs, dangerous.
    legs: BTreeMap<(usize, usize, usize), [i64; 4]>,
    /// By line, sailing, call: TEU the stay allows.
    calls: BTreeMap<(usize, usize, usize), i64>,
    /// By line and call: crane minutes used in the cycle.
    crane: Vec<Vec<f64>>,
    demand: Vec<i64>,
}

impl Room {
    /// An empty network.
    pub fn new(network: &Network) -> Self {
        let problem = network.problem;
        let mut room = Self {
            legs: BTreeMap::new(),
            calls: BTreeMap::new(),
            crane: network.lines.iter().map(|line| vec![0.0; line.calls()]).collect(),
            demand: problem.demands.iter().map(|demand| demand.volume.0).collect(),
        };
        for (row, line) in network.lines.iter().enumerate() {
            let class = network.class(row);
            for sailing in 0..line.sailings() {
                for call in 0..line.calls() {
                    let leg = [class.teu.0, line.leg_load[call].0, class.reefer_plugs.0, class.dangerous.0];
                    room.legs.insert((row, sailing, call), leg);
                    room.calls.insert((row, sailing, call), network.lifts_at((row, sailing, call)));
                }
            }
        }
        room
    }

    /// TEU that still fit on a way.
    pub fn fits(&self, network: &Network, path: &Path) -> i64 {
        let demand = network.problem.demand(path.demand);
        let mut most = self.demand[path.demand.row()];
        for hop in &path.hops {
            for leg in network.legs_of(hop) {
                let [teu, kg, plugs, dangerous] = self.legs[&leg];
                most = most.min(teu).min(kg / demand.kg_per_teu.0.max(1));
                most = match demand.cargo {
                    Cargo::Reefer => most.min(plugs),
                    Cargo::Dangerous => most.min(dangerous),
                    Cargo::Dry => most,
                };
            }
            for call in network.lifts_of(hop) {
                most = most.min(self.calls[&call]);
            }
            while most > 0 && !self.berth_time_fits(network, hop, most) {
                most -= 1;
            }
        }
        most.max(0)
    }

    /// [SL-7] berth time of the service with `teu` more on a hop.
    fn berth_time_fits(&self, network: &Network, hop: &Hop, teu: i64) -> bool {
        let line = &network.lines[hop.line];
        let shortest = (network.problem.settings.min_handling * line.sailings() as i64).0 as f64;
        let mut crane = self.crane[hop.line].clone();
        for (_, _, call) in network.lifts_of(hop) {
            crane[call] += teu as f64 / teu_per_minute(network.problem, line.line.calls[call]);
        }
        crane.iter().map(|minutes| minutes.max(shortest)).sum::<f64>() <= line.line.handling.0 as f64 + 1e-6
    }

    /// Puts cargo on.
    pub fn take(&mut self, network: &Network, path: &Path, teu: i64) {
        let demand = network.problem.demand(path.demand);
        self.demand[path.demand.row()] -= teu;
        for hop in &path.hops {
            for leg in network.legs_of(hop) {
                let room = self.legs.entry(leg).or_default();
                room[0] -= teu;
                room[1] -= teu * demand.kg_per_teu.0;
                room[2] -= if demand.cargo == Cargo::Reefer { teu } else { 0 };
                room[3] -= if demand.cargo == Cargo::Dangerous { teu } else { 0 };
            }
            for call in network.lifts_of(hop) {
                *self.calls.entry(call).or_default() -= teu;
                let at = network.lines[hop.line].line.calls[call.2];
                self.crane[hop.line][call.2] += teu as f64 / teu_per_minute(network.problem, at);
            }
        }
    }
}

/// What stays of every demand, and why.
pub fn left_behind(
    problem: &Problem,
    waterway: &Waterway,
    carried: &[Carried],
    reach: &[Reach],
) -> Vec<(DemandIdx, Teu, Reason)> {
    let mut rest: Vec<i64> = problem.demands.iter().map(|demand| demand.volume.0).collect();
    for cargo in carried {
        rest[cargo.demand.row()] -= cargo.volume.0;
    }
    let rows = rest.into_iter().enumerate().filter(|(_, teu)| *teu > 0);
    rows.map(|(row, teu)| (row.into(), Teu(teu), reason(problem, waterway, &problem.demands[row], reach[row]))).collect()
}

fn reason(problem: &Problem, waterway: &Waterway, demand: &Demand, reach: Reach) -> Reason {
    let ends = problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling;
    if !is_permitted(problem, waterway, demand) {
        Reason::NotPermitted
    } else if demand.rate <= ends {
        Reason::RateTooLow
    } else if !reach.joined {
        Reason::NoService
    } else if !reach.in_time {
        Reason::TooSlow
    } else if !reach.on_time {
        Reason::MissesMotherVessel
    } else if !reach.pays {
        Reason::RateTooLow
    } else {
        Reason::Full
    }
}

/// Some vessel may sail between the ends under the cargo's trade: R4 at both, R5 where one lies outside.
fn is_permitted(problem: &Problem, waterway: &Waterway, demand: &Demand) -> bool {
    let ends = [problem.terminal(demand.origin), problem.terminal(demand.destination)];
    let outside = ends.iter().any(|end| end.region.is_outside());
    let lifts = ends
        .iter()
        .all(|end| (!demand.trade.is_foreign() || end.foreign_trade) && (!demand.trade.is_domestic() || end.domestic_trade));
    let floats = |class: ClassIdx| waterway.passage(class, demand.origin, demand.destination).is_some();
    let vessel = problem.fleets.iter().any(|fleet| fleet.vessels > 0 && (!outside || fleet.registered) && floats(fleet.class));
    lifts && vessel
}
