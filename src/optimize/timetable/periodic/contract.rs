//! A smaller network with the same timetables. Events a fixed duration apart become one node; activities that cannot be violated and cost
//! nothing are left out; so are nodes with a single activity, for that can always take its shortest duration once the others stand.

use crate::domain::event_network::{Activity, EventNetwork, PeriodicTimetable};
use std::collections::VecDeque;

/// An activity between two nodes of the core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub from: u32,
    pub to: u32,
    /// Shortest duration modulo the period.
    pub least: i32,
    /// Slots it may last beyond that, below the period.
    pub span: i32,
    pub weight: i64,
}

impl Link {
    /// The end that is not this one.
    pub fn other(&self, node: usize) -> usize {
        if self.from as usize == node { self.to as usize } else { self.from as usize }
    }
}

/// The network that is searched: no fixed activities, and at least two at every node.
#[derive(Clone, Debug, Default)]
pub(super) struct Core {
    pub period: i32,
    pub nodes: usize,
    pub links: Vec<Link>,
    /// By node: where its links start in `ends`; one more than there are nodes.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Core {
    pub fn new(period: i32, nodes: usize, links: Vec<Link>) -> Self {
        let mut starts = vec![0u32; nodes + 1];
        for link in &links {
            starts[link.from as usize + 1] += 1;
            starts[link.to as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0; 2 * links.len()];
        for (row, link) in links.iter().enumerate() {
            for node in [link.from, link.to] {
                ends[next[node as usize] as usize] = row as u32;
                next[node as usize] += 1;
            }
        }
        Self { period, nodes, links, starts, ends }
    }

    /// Links at a node.
    pub fn at(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Slots that a link lasts beyond its shortest duration.
    pub fn slack(&self, times: &[i32], link: &Link) -> i32 {
        // three times below the period: adding it twice keeps the sum from going below zero
        let apart = times[link.to as usize] - times[link.from as usize] - link.least + 2 * self.period;
        let apart = if apart >= self.period { apart - self.period } else { apart };
        if apart >= self.period { apart - self.period } else { apart }
    }

    /// Weighted slack of all links.
    pub fn cost(&self, times: &[i32]) -> i64 {
        self.links.iter().map(|link| i64::from(self.slack(times, link)) * link.weight).sum()
    }

    /// Average weight of the links that have one; one where none has.
    pub fn average_weight(&self) -> f32 {
        let weights = self.links.iter().map(|link| link.weight).filter(|weight| *weight > 0);
        let (count, sum) = weights.fold((0u32, 0.0), |(count, sum), weight| (count + 1, sum + weight as f64));
        if count == 0 { 1.0 } else { (sum / f64::from(count)) as f32 }
    }

    /// Slots by which a link misses its span, the shorter way round.
    pub fn excess(&self, times: &[i32], link: &Link) -> i32 {
        let slack = self.slack(times, link);
        if slack <= link.span { 0 } else { (slack - link.span).min(self.period - slack) }
    }
}

/// A network and its core.
#[derive(Clone, Debug)]
pub(super) struct Contracted {
    pub core: Core,
    /// By event: its class, and how long after that it takes place.
    events: Vec<(usize, i64)>,
    /// Class of each node of the core.
    classes: Vec<usize>,
    /// Classes with one activity, in the order they were left out, and what sets their times.
    leaves: Vec<(usize, Joint)>,
}

/// An activity between two classes of events that keep their distance.
#[derive(Clone, Copy, Debug)]
struct Joint {
    from: usize,
    to: usize,
    least: i64,
    span: i64,
    weight: i64,
}

/// Contracts a network whose fixed durations do not contradict each other.
pub(super) fn contract(network: &EventNetwork) -> Contracted {
    let period = network.period;
    let mut classes = Classes { parents: (0..network.events.len()).map(|event| (event, 0)).collect(), period };
    for activity in network.activities.iter().filter(|activity| activity.span(period) == 0) {
        classes.join(activity);
    }
    let mut joints = Vec::new();
    for activity in &network.activities {
        let joint = classes.joint(activity);
        if joint.from != joint.to && (joint.span < period - 1 || joint.weight > 0) {
            joints.push(joint);
        }
    }
    let events: Vec<(usize, i64)> = (0..network.events.len()).map(|event| classes.find(event)).collect();
    let (leaves, left) = strip(events.len(), joints);
    let mut numbers = vec![u32::MAX; events.len()];
    let mut of_node = Vec::new();
    for class in left.iter().flat_map(|joint| [joint.from, joint.to]) {
        if numbers[class] == u32::MAX {
            numbers[class] = of_node.len() as u32;
            of_node.push(class);
        }
    }
    let link = |joint: &Joint| Link {
        from: numbers[joint.from],
        to: numbers[joint.to],
        least: joint.least.rem_euclid(period) as i32,
        span: joint.span as i32,
        weight: joint.weight,
    };
    let core = Core::new(period as i32, of_node.len(), left.iter().map(link).collect());
    Contracted { core, events, classes: of_node, leaves }
}

/// Leaves out classes with one activity until there are none.
fn strip(classes: usize, joints: Vec<Joint>) -> (Vec<(usize, Joint)>, Vec<Joint>) {
    let mut at = vec![Vec::new(); classes];
    for (row, joint) in joints.iter().enumerate() {
        at[joint.from].push(row);
        at[joint.to].push(row);
    }
    let mut degrees: Vec<usize> = at.iter().map(Vec::len).collect();
    let mut ends: VecDeque<usize> = (0..classes).filter(|class| degrees[*class] == 1).collect();
    let mut stays = vec![true; joints.len()];
    let mut leaves = Vec::new();
    while let Some(class) = ends.pop_front() {
        let Some(row) = at[class].iter().copied().find(|row| stays[*row]) else { continue };
        stays[row] = false;
        leaves.push((class, joints[row]));
        let other = joints[row].from + joints[row].to - class;
        degrees[other] -= 1;
        if degrees[other] == 1 {
            ends.push_back(other);
        }
    }
    let left = joints.into_iter().zip(stays).filter_map(|(joint, stays)| stays.then_some(joint)).collect();
    (leaves, left)
}

impl Contracted {
    /// A timetable of the network from one of the core.
    pub fn lift(&self, network: &EventNetwork, core_times: &[i32]) -> PeriodicTimetable {
        let period = network.period;
        let mut of_class = vec![0i64; self.events.len()];
        for (class, time) in self.classes.iter().zip(core_times) {
            of_class[*class] = i64::from(*time);
        }
        for (class, joint) in self.leaves.iter().rev() {
            let time = if joint.to == *class { of_class[joint.from] + joint.least } else { of_class[joint.to] - joint.least };
            of_class[*class] = time.rem_euclid(period);
        }
        let times: Vec<i64> = self.events.iter().map(|(class, after)| (of_class[*class] + after).rem_euclid(period)).collect();
        let slack = |activity: &Activity| {
            let least = activity.least.rem_euclid(period);
            (times[activity.to.row()] - times[activity.from.row()] - least).rem_euclid(period) * activity.weight
        };
        let weighted_slack = network.activities.iter().map(slack).sum();
        PeriodicTimetable { times, weighted_slack }
    }
}

/// Events that keep their distance, as a forest with offsets modulo the period.
struct Classes {
    /// By event: another of its class, and how long after that it takes place.
    parents: Vec<(usize, i64)>,
    period: i64,
}

impl Classes {
    /// The event that stands for the class, and how long after it this one takes place.
    fn find(&mut self, event: usize) -> (usize, i64) {
        let (mut root, mut after) = (event, 0);
        while self.parents[root].0 != root {
            after = (after + self.parents[root].1) % self.period;
            root = self.parents[root].0;
        }
        // every event on the way then points at the root
        let (mut at, mut left) = (event, after);
        while self.parents[at].0 != root && at != root {
            let (next, step) = std::mem::replace(&mut self.parents[at], (root, left));
            left = (left - step).rem_euclid(self.period);
            at = next;
        }
        (root, after)
    }

    fn join(&mut self, activity: &Activity) {
        let joint = self.joint(activity);
        if joint.from != joint.to {
            self.parents[joint.to] = (joint.from, joint.least.rem_euclid(self.period));
        }
    }

    /// The activity as one between classes.
    fn joint(&mut self, activity: &Activity) -> Joint {
        let (from, from_after) = self.find(activity.from.row());
        let (to, to_after) = self.find(activity.to.row());
        let least = (activity.least.rem_euclid(self.period) + from_after - to_after).rem_euclid(self.period);
        Joint { from, to, least, span: activity.span(self.period), weight: activity.weight }
    }
}
