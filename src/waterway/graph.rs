//! The river of one vessel class as a layered graph, and the fastest ways through it.
//!
//! Stretches closed to through traffic may be sailed only by a vessel that starts or ends there. So every point of the river occurs
//! three times: still on local stretches from the origin (layer 0), on through stretches (layer 1), on local stretches until the end
//! (layer 2). There is no way back to a lower layer.

use super::stretch;
use crate::domain::{ClassIdx, LinkIdx, Problem, TerminalIdx};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const LAYERS: usize = 3;
/// Ways are compared in whole microminutes, so that equal ways are equal whatever the order of summation.
const MICROMINUTES_PER_HOUR: f64 = 60e6;

/// One link in one direction.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    link: LinkIdx,
    downstream: bool,
    cost: Cost,
}

/// Time first, distance among equally fast ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    microminutes: i64,
    metres: i64,
}

impl Cost {
    fn plus(self, other: Self) -> Self {
        Self {
            microminutes: self.microminutes + other.microminutes,
            metres: self.metres + other.metres,
        }
    }
}

/// How a point is reached best: the cost, the last stretch and the point before it.
#[derive(Clone, Copy, Debug)]
struct Label {
    cost: Cost,
    last: Option<(Stretch, usize)>,
}

impl Label {
    /// Faster, else shorter, else with the lower last link.
    fn rank(&self) -> (Cost, Option<LinkIdx>) {
        (self.cost, self.last.map(|(stretch, _)| stretch.link))
    }
}

/// The river as one class may sail it.
pub struct River {
    points: usize,
    graph: DiGraph<(), Stretch>,
}

/// The fastest ways from one terminal.
pub struct Ways<'a> {
    river: &'a River,
    labels: Vec<Option<Label>>,
}

impl River {
    /// All stretches that admit the class, in both directions where it can make headway.
    pub fn new(problem: &Problem, class: ClassIdx) -> Self {
        let points = problem.nodes.len();
        let mut river = Self {
            points,
            graph: DiGraph::with_capacity(points * LAYERS, problem.links.len() * 6),
        };
        for _ in 0..points * LAYERS {
            river.graph.add_node(());
        }
        for link in (0..problem.links.len()).map(LinkIdx::from) {
            for downstream in [true, false] {
                river.add_stretch(problem, class, link, downstream);
            }
        }
        river
    }

    fn add_stretch(&mut self, problem: &Problem, class: ClassIdx, index: LinkIdx, downstream: bool) {
        let (link, class) = (&problem.links[index.row()], problem.class(class));
        if !stretch::is_admissible(problem, link, class) {
            return;
        }
        let Some(hours) = stretch::sailing_hours(link, class, downstream) else {
            return;
        };
        let lock_minutes = link.lock.as_ref().map_or(0, stretch::lock_minutes);
        let microminutes = (hours * MICROMINUTES_PER_HOUR).round() as i64 + lock_minutes * 1_000_000;
        let stretch = Stretch {
            link: index,
            downstream,
            cost: Cost {
                microminutes,
                metres: link.length.0,
            },
        };
        let (from, to) = if downstream {
            (link.from, link.to)
        } else {
            (link.to, link.from)
        };
        let steps: &[(usize, usize)] = if link.through_traffic {
            &[(0, 1), (1, 1)]
        } else {
            &[(0, 0), (1, 2), (2, 2)]
        };
        for (leaves, reaches) in steps {
            let tail = NodeIndex::new(leaves * self.points + from.row());
            let head = NodeIndex::new(reaches * self.points + to.row());
            self.graph.add_edge(tail, head, stretch);
        }
    }

    /// Dijkstra from a terminal; petgraph's own keeps no predecessors and leaves ties open.
    pub fn ways_from(&self, origin: TerminalIdx) -> Ways<'_> {
        let mut labels: Vec<Option<Label>> = vec![None; self.graph.node_count()];
        let mut settled = vec![false; self.graph.node_count()];
        let mut queue = BinaryHeap::from([Reverse((Cost::default(), origin.row()))]);
        labels[origin.row()] = Some(Label {
            cost: Cost::default(),
            last: None,
        });
        while let Some(Reverse((cost, at))) = queue.pop() {
            if std::mem::replace(&mut settled[at], true) {
                continue;
            }
            for edge in self.graph.edges(NodeIndex::new(at)) {
                let to = edge.target().index();
                let label = Label {
                    cost: cost.plus(edge.weight().cost),
                    last: Some((*edge.weight(), at)),
                };
                if !settled[to] && labels[to].is_none_or(|known| label.rank() < known.rank()) {
                    labels[to] = Some(label);
                    queue.push(Reverse((label.cost, to)));
                }
            }
        }
        Ways { river: self, labels }
    }
}

impl Ways<'_> {
    /// The fastest way to a terminal: links in sailing order, true when sailed downstream. `None` when no way is open.
    pub fn to(&self, destination: TerminalIdx) -> Option<Vec<(LinkIdx, bool)>> {
        let reached = (0..LAYERS).map(|layer| layer * self.river.points + destination.row());
        let mut label = reached.filter_map(|at| self.labels[at]).min_by_key(Label::rank)?;
        let mut links = Vec::new();
        while let Some((stretch, before)) = label.last {
            links.push((stretch.link, stretch.downstream));
            label = self.labels[before]?;
        }
        links.reverse();
        Some(links)
    }
}
