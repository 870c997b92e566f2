//! Cargo finds other ways on a timetable than the design expected. In: timed lines and the cargo that rides on them. Out: loads in the form in
//! which the design states them, so that the next timetable is made for the boxes that are really on board.

use crate::domain::{Delivery, Line, Loads, Problem, Transfer};
use crate::optimize::flow::{Hop, customs_delay};
use crate::optimize::slots::Carried;

/// Loads of the lines of a design. The cargo rides on those of them that are placed, and numbers these.
pub(super) fn loads(problem: &Problem, lines: &[Line], placed: &[usize], carried: &[Carried]) -> Loads {
    let calls = |row: usize| lines[placed[row]].calls.len();
    let aboard = lines.iter().map(|line| vec![0.0; line.calls.len()]).collect();
    let mut loads = Loads { aboard, deliveries: vec![Vec::new(); lines.len()], transfers: Vec::new() };
    for Carried { demand, hops, volume } in carried {
        let (demand, teu) = (problem.demand(*demand), volume.0 as f64);
        for Hop { line, from, to, .. } in hops {
            (*from..*to).for_each(|leg| loads.aboard[placed[*line]][leg % calls(*line)] += teu);
        }
        for pair in hops.windows(2) {
            let [from, to] = [&pair[0], &pair[1]].map(|hop| placed[hop.line]);
            let (from_call, to_call) = (pair[0].to % calls(pair[0].line), pair[1].from);
            loads.transfers.push(Transfer { from, from_call, to, to_call, teu });
        }
        if let Some(last) = hops.last() {
            let limit = (hops.len() == 1).then(|| demand.max_transit - customs_delay(problem, demand));
            let delivery = Delivery { from: last.from, to: last.to, teu, limit, mother: demand.mother };
            loads.deliveries[placed[last.line]].push(delivery);
        }
    }
    loads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DemandIdx, FleetIdx, Minutes, Regime, TerminalIdx, Teu};
    use crate::input::{Size, generate, read_tables};

    fn line(calls: &[u32]) -> Line {
        Line {
            calls: calls.iter().copied().map(TerminalIdx).collect(),
            fleet: FleetIdx(0),
            regime: Regime::Mixed,
            mixed_direction: true,
            vessels: 1,
            sailings: 1,
            dwell: vec![Minutes(60); calls.len()],
            handling: Minutes(0),
        }
    }

    /// 10 TEU go over the end of one rotation and change to another line, 5 TEU of the same demand ride on that line alone: each counts on all its
    /// legs, and is brought by its last ride, within its transit time when that is its only one. The first line has no times.
    #[test]
    fn boxes_count_on_all_their_legs_and_are_brought_by_their_last_ride() {
        let problem = read_tables(&generate(&Size::default(), 1)).unwrap_or_else(|errors| panic!("{errors}"));
        let demand = problem.demand(DemandIdx(0));
        let lines = [line(&[0, 1]), line(&[0, 1, 2]), line(&[0, 2])];
        let hop = |line, from, to| Hop { line, sailing: 0, from, to };
        let carried = |hops, teu| Carried { demand: DemandIdx(0), hops, volume: Teu(teu) };
        let all = [carried(vec![hop(0, 1, 3), hop(1, 0, 1)], 10), carried(vec![hop(1, 0, 1)], 5)];
        let loads = loads(&problem, &lines, &[1, 2], &all);
        assert_eq!(loads.aboard, [vec![0.0, 0.0], vec![0.0, 10.0, 10.0], vec![15.0, 0.0]]);
        assert_eq!(loads.transfers, [Transfer { from: 1, from_call: 0, to: 2, to_call: 0, teu: 10.0 }]);
        let limit = demand.max_transit - customs_delay(&problem, demand);
        let brought = |teu, limit| Delivery { from: 0, to: 1, teu, limit, mother: demand.mother };
        assert_eq!(loads.deliveries, [vec![], vec![], vec![brought(10.0, None), brought(5.0, Some(limit))]]);
    }
}
