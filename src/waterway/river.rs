//! The petgraph of one vessel class. Three layers keep through traffic out of local stretches: a passage starts on local stretches, goes on
//! over through stretches, and may end on local ones; once it has left a layer it does not come back.

use super::obstacles::{Bar, bars};
use crate::domain::{Link, LinkIdx, NodeIdx, Problem, VesselClass};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// A stretch of a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub link: LinkIdx,
    pub downstream: bool,
    /// Under way; locks not included.
    pub hours: f64,
}

/// An edge of the graph: the step, and its cost with locks.
#[derive(Clone, Copy, Debug)]
struct Edge {
    step: Step,
    cost: Cost,
}

/// What a passage is ranked by: time first, then distance; ties go to the lower link. Time counts in whole microminutes, so that equal
/// ways are equal in whatever order their stretches are added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    microminutes: i64,
    metres: i64,
}

impl Cost {
    fn of(link: &Link, hours: f64) -> Self {
        let locks = link.lock.as_ref().map_or(0, |lock| (lock.transit + lock.wait).0);
        Self { microminutes: (hours * 60e6).round() as i64 + locks * 1_000_000, metres: link.length.0 }
    }

    fn and(self, other: Self) -> Self {
        Self { microminutes: self.microminutes + other.microminutes, metres: self.metres + other.metres }
    }
}

/// How a node was reached: the cost so far, and the step from the node before.
type Reached = (Cost, Option<(NodeIndex, Step)>);

/// The river as one class may use it.
pub(super) struct River {
    graph: DiGraph<NodeIdx, Edge>,
    nodes: usize,
}

const LAYERS: usize = 3;

/// Slowest speed over ground at which a vessel still makes way.
const LEAST_SPEED_KMH: f64 = 1.0;

impl River {
    /// Puts every stretch that the class may use into the graph, both ways.
    pub fn new(problem: &Problem, class: &VesselClass) -> Self {
        Self::with(problem, class, |_, _| true)
    }

    /// The same as if only some of what keeps vessels out of stretches were there.
    pub fn with(problem: &Problem, class: &VesselClass, is_there: impl Fn(LinkIdx, Bar) -> bool) -> Self {
        let nodes = problem.nodes.len();
        let mut graph = DiGraph::new();
        for layer_node in 0..LAYERS * nodes {
            graph.add_node(NodeIdx::from(layer_node % nodes.max(1)));
        }
        let mut river = Self { graph, nodes };
        for (row, link) in problem.links.iter().enumerate() {
            let row = LinkIdx::from(row);
            if bars(problem, class, link).any(|bar| is_there(row, bar)) {
                continue;
            }
            let is_through = link.through_traffic || !is_there(row, Bar::LocalOnly);
            for downstream in [true, false] {
                river.add(class, (row, link), is_through, downstream);
            }
        }
        river
    }

    fn add(&mut self, class: &VesselClass, (row, link): (LinkIdx, &Link), is_through: bool, downstream: bool) {
        let Some(hours) = hours(class.speed_kmh, link, downstream) else { return };
        let edge = Edge { step: Step { link: row, downstream, hours }, cost: Cost::of(link, hours) };
        let (from, to) = if downstream { (link.from, link.to) } else { (link.to, link.from) };
        let moves: &[(usize, usize)] = if is_through { &[(0, 1), (1, 1)] } else { &[(0, 0), (1, 2), (2, 2)] };
        for (before, after) in moves {
            self.graph.add_edge(self.at(*before, from), self.at(*after, to), edge);
        }
    }

    fn at(&self, layer: usize, node: NodeIdx) -> NodeIndex {
        NodeIndex::new(layer * self.nodes + node.row())
    }

    /// The fastest way to every node that can be reached (Dijkstra).
    pub fn fastest_from(&self, start: NodeIdx) -> BTreeMap<NodeIdx, Vec<Step>> {
        let mut best: Vec<Option<Reached>> = vec![None; self.graph.node_count()];
        let mut queue = BinaryHeap::new();
        let origin = self.at(0, start);
        best[origin.index()] = Some((Cost::default(), None));
        queue.push(Reverse((Cost::default(), origin.index())));
        while let Some(Reverse((cost, node))) = queue.pop() {
            if best[node].is_some_and(|(known, _)| known < cost) {
                continue;
            }
            for edge in self.graph.edges(NodeIndex::new(node)) {
                let reached = cost.and(edge.weight().cost);
                let step = edge.weight().step;
                let target = edge.target();
                let known = best[target.index()];
                let rank = |(known, before): Reached| (known, before.map(|(_, step)| step.link));
                if known.is_none_or(|known| (reached, Some(step.link)) < rank(known)) {
                    best[target.index()] = Some((reached, Some((NodeIndex::new(node), step))));
                    queue.push(Reverse((reached, target.index())));
                }
            }
        }
        self.read(&best)
    }

    /// The best layer of every node, as steps from the start.
    fn read(&self, best: &[Option<Reached>]) -> BTreeMap<NodeIdx, Vec<Step>> {
        let mut ways = BTreeMap::new();
        for node in (0..self.nodes).map(NodeIdx::from) {
            let reached =
                (0..LAYERS).filter_map(|layer| best[self.at(layer, node).index()].map(|(cost, _)| (cost, self.at(layer, node))));
            let Some((_, mut at)) = reached.min_by(|a, b| a.0.cmp(&b.0)) else { continue };
            let mut steps = Vec::new();
            while let Some((_, Some((before, step)))) = best[at.index()] {
                steps.push(step);
                at = before;
            }
            steps.reverse();
            ways.insert(node, steps);
        }
        ways
    }
}

/// Time over a stretch at a speed through water; `None` where the vessel makes no way.
pub(super) fn hours(speed_kmh: f64, link: &Link, downstream: bool) -> Option<f64> {
    let current = if downstream { link.current_kmh } else { -link.current_kmh };
    let over_ground = (speed_kmh + current).min(link.speed_limit_kmh);
    (over_ground > LEAST_SPEED_KMH).then(|| link.length.0 as f64 / 1000.0 / over_ground)
}

/// Share of the deadweight that a stretch lets float: nothing at light draught, all at full draught, in proportion between.
pub(super) fn load_share(problem: &Problem, class: &VesselClass, link: &Link) -> f64 {
    let draft = link.depth_m - problem.settings.under_keel_m;
    if draft >= class.draft_full_m {
        return 1.0;
    }
    ((draft - class.draft_light_m) / (class.draft_full_m - class.draft_light_m)).max(0.0)
}
