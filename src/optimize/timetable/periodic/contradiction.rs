//! Why a network has no timetable. In: the network. Out: activities around a cycle that no durations close. Guarded here: all fixed durations
//! that contradict each other are found, and so is every other contradiction around a cycle with one activity outside the tree of least room.

use crate::domain::event_network::EventNetwork;
use petgraph::unionfind::UnionFind;
use std::collections::VecDeque;

/// Rows of activities around a cycle, ascending: no durations within their spans add up to whole periods, and without any one of them
/// there are some, since what is left of a cycle closes nothing.
pub(super) fn find_contradiction(network: &EventNetwork) -> Option<Vec<usize>> {
    let mut rows: Vec<usize> = (0..network.activities.len()).collect();
    rows.sort_by_key(|row| network.activities[*row].span(network.period));
    let mut joined = UnionFind::new(network.events.len());
    let (tree, rest): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(|row| {
        let activity = &network.activities[*row];
        joined.union(activity.from.row(), activity.to.row())
    });
    let forest = Forest::new(network, &tree);
    rest.into_iter().find_map(|row| forest.contradiction(row))
}

/// A tree in each component of the network, of the activities with the least room.
struct Forest<'a> {
    network: &'a EventNetwork,
    /// By event: the activity towards the root, none at a root, and the number of activities on the way.
    up: Vec<Option<usize>>,
    depth: Vec<usize>,
}

impl<'a> Forest<'a> {
    fn new(network: &'a EventNetwork, tree: &[usize]) -> Self {
        let count = network.events.len();
        let mut at = vec![Vec::new(); count];
        for row in tree {
            let activity = &network.activities[*row];
            at[activity.from.row()].push((activity.to.row(), *row));
            at[activity.to.row()].push((activity.from.row(), *row));
        }
        let (mut up, mut depth, mut seen) = (vec![None; count], vec![0; count], vec![false; count]);
        for root in 0..count {
            let mut ahead = VecDeque::from([root]);
            while let Some(event) = ahead.pop_front() {
                seen[event] = true;
                for (other, row) in at[event].iter().filter(|(other, _)| !seen[*other]) {
                    (up[*other], depth[*other]) = (Some(*row), depth[event] + 1);
                    ahead.push_back(*other);
                }
            }
        }
        Self { network, up, depth }
    }

    /// The cycle that an activity closes in the tree, where no durations close it.
    fn contradiction(&self, row: usize) -> Option<Vec<usize>> {
        let period = self.network.period;
        let own = &self.network.activities[row];
        let (mut least, mut room, mut rows) = (own.least.rem_euclid(period), own.span(period), vec![row]);
        // from both ends up to where the ways meet; the cycle goes on at its end and comes back to its start
        let (mut end, mut start) = (own.to.row(), own.from.row());
        while end != start && room < period - 1 {
            let at_end = self.depth[end] >= self.depth[start];
            let event = if at_end { &mut end } else { &mut start };
            let by = self.up[*event]?;
            let activity = &self.network.activities[by];
            let (shortest, span) = (activity.least.rem_euclid(period), activity.span(period));
            let upwards = activity.from.row() == *event;
            least += if upwards == at_end { shortest } else { -shortest - span };
            room += span;
            rows.push(by);
            *event = if upwards { activity.to.row() } else { activity.from.row() };
        }
        rows.sort_unstable();
        (end == start && (-least).rem_euclid(period) > room).then_some(rows)
    }
}
