//! Parts of a network that move as one.

use super::contract::Core;

/// Which nodes are joined, as a forest.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined {
    parents: Vec<u32>,
}

impl Joined {
    /// Every item for itself.
    pub fn apart(items: usize) -> Self {
        Self { parents: (0..items as u32).collect() }
    }

    pub fn reset_apart(&mut self, items: usize) {
        self.parents.clear();
        self.parents.extend(0..items as u32);
    }

    /// What stands for the set of an item.
    pub fn find(&mut self, mut item: u32) -> u32 {
        while self.parents[item as usize] != item {
            let above = self.parents[self.parents[item as usize] as usize];
            self.parents[item as usize] = above;
            item = above;
        }
        item
    }

    /// Joins two sets; false when they are one already. The first keeps its name.
    pub fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parents[b as usize] = a;
        a != b
    }

    pub fn len(&self) -> usize {
        self.parents.len()
    }
}

/// The parts, numbered in the order of their first nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Partition {
    /// By node.
    pub part: Vec<u32>,
    starts: Vec<u32>,
    members: Vec<u32>,
    numbers: Vec<u32>,
}

impl Partition {
    /// Lists the parts.
    pub fn fill(&mut self, joined: &mut Joined) {
        let nodes = joined.len();
        self.numbers.clear();
        self.numbers.resize(nodes, u32::MAX);
        self.part.clear();
        self.starts.clear();
        self.starts.push(0);
        for node in 0..nodes as u32 {
            let root = joined.find(node) as usize;
            if self.numbers[root] == u32::MAX {
                self.numbers[root] = self.len() as u32;
                self.starts.push(0);
            }
            self.part.push(self.numbers[root]);
            self.starts[self.numbers[root] as usize + 1] += 1;
        }
        for part in 1..self.starts.len() {
            self.starts[part] += self.starts[part - 1];
        }
        // the numbers are used up: now they are places
        self.numbers.clear();
        self.numbers.extend_from_slice(&self.starts);
        self.members.resize(nodes, 0);
        for (node, part) in self.part.iter().enumerate() {
            let place = &mut self.numbers[*part as usize];
            self.members[*place as usize] = node as u32;
            *place += 1;
        }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Nodes of a part, ascending.
    pub fn members(&self, part: u32) -> &[u32] {
        &self.members[self.starts[part as usize] as usize..self.starts[part as usize + 1] as usize]
    }
}

/// Parts that are free to move, chosen such that the links among them form a forest when several links between two parts count as one.
#[derive(Clone, Debug, Default)]
pub(super) struct FreeParts {
    /// By part.
    pub is_free: Vec<bool>,
    /// In the order they were chosen.
    pub chosen: Vec<u32>,
    trees: Joined,
    /// By part: the last candidate that met it, and that met its tree.
    met: Vec<[u32; 2]>,
}

impl FreeParts {
    /// Takes candidates in their order, each unless it would close a cycle, up to `most` of them.
    pub fn choose(&mut self, core: &Core, partition: &Partition, candidates: &[u32], most: usize) {
        let parts = partition.len();
        self.is_free.clear();
        self.is_free.resize(parts, false);
        self.chosen.clear();
        self.met.clear();
        self.met.resize(parts, [u32::MAX; 2]);
        self.trees.reset_apart(parts);
        for part in candidates {
            if self.chosen.len() >= most {
                break;
            }
            if self.meets_each_tree_once(core, partition, *part) {
                self.take(core, partition, *part);
            }
        }
    }

    fn meets_each_tree_once(&mut self, core: &Core, partition: &Partition, part: u32) -> bool {
        for node in partition.members(part) {
            for link in core.at(*node as usize) {
                let other = partition.part[core.links[*link as usize].other(*node as usize)];
                if other == part || !self.is_free[other as usize] || self.met[other as usize][0] == part {
                    continue;
                }
                self.met[other as usize][0] = part;
                let tree = self.trees.find(other) as usize;
                if self.met[tree][1] == part {
                    return false;
                }
                self.met[tree][1] = part;
            }
        }
        true
    }

    fn take(&mut self, core: &Core, partition: &Partition, part: u32) {
        self.is_free[part as usize] = true;
        self.chosen.push(part);
        for node in partition.members(part) {
            for link in core.at(*node as usize) {
                let other = partition.part[core.links[*link as usize].other(*node as usize)];
                if self.is_free[other as usize] {
                    self.trees.join(part, other);
                }
            }
        }
    }
}
