//! Two timetables merged: what they agree on moves as one, so that both are among the timetables that are left.

use super::anneal::Solution;
use super::contract::{Core, Link};
use super::partition::{Joined, Partition};

/// The network of the parts on which two timetables agree. Its times are shifts of the parts from where the better one has them.
#[derive(Clone, Debug)]
pub(super) struct Merger<'a> {
    pub core: Core,
    whole: &'a Core,
    better: &'a Solution,
    pub partition: Partition,
}

impl<'a> Merger<'a> {
    /// Joins the ends of links that are as long in both timetables. Links inside a part stay as they are and are left out.
    pub fn new(whole: &'a Core, better: &'a Solution, other: &Solution) -> Self {
        let mut joined = Joined::apart(whole.nodes);
        for link in whole.links.iter().filter(|link| whole.slack(&better.times, link) == whole.slack(&other.times, link)) {
            joined.join(link.from, link.to);
        }
        let mut partition = Partition::default();
        partition.fill(&mut joined);
        let part = |node: u32| partition.part[node as usize];
        let between = whole.links.iter().filter(|link| part(link.from) != part(link.to));
        let links = between.map(|link| Link {
            from: part(link.from),
            to: part(link.to),
            // without any shift the slack is that of the better timetable
            least: (whole.period - whole.slack(&better.times, link)) % whole.period,
            ..*link
        });
        let core = Core::new(whole.period, partition.len(), links.collect());
        Self { core, whole, better, partition }
    }

    /// The better one of the two, as a timetable of the parts.
    pub fn start(&self) -> Solution {
        let times = vec![0; self.core.nodes];
        Solution { cost: self.core.cost(&times), times }
    }

    /// A timetable of the whole network.
    pub fn lift(&self, merged: &Solution) -> Solution {
        let shifted = self.better.times.iter().zip(&self.partition.part);
        let times = shifted.map(|(time, part)| (time + merged.times[*part as usize]) % self.whole.period).collect::<Vec<i32>>();
        Solution { cost: self.whole.cost(&times), times }
    }
}
