//! The timetable while it is made: which service has which pattern, who holds which berth and lock, and what a berthing would cost a
//! service given all others.

use super::pattern::{CallCosts, Pattern, Shape};
use super::resources::Resource;
use super::{Connection, LOST_CYCLES};
use crate::domain::Problem;

/// A mother vessel that cargo discharged at a call must reach.
#[derive(Clone, Copy, Debug)]
pub struct CutOff {
    pub call: usize,
    /// Slot by which the barge must arrive.
    pub slot: i64,
    pub longest_wait: i64,
    pub teu: f64,
}

/// Everything the search moves about.
#[derive(Clone)]
pub struct Board<'a> {
    pub slots: i64,
    pub shapes: &'a [Shape],
    cut_offs: &'a [Vec<CutOff>],
    connections: &'a [Connection],
    transfer: i64,
    terminals: Vec<Resource>,
    locks: Vec<Resource>,
    pub patterns: Vec<Option<Pattern>>,
    /// By service, sailing, call: berth held.
    pub berths: Vec<Vec<Vec<usize>>>,
}

/// A berth or chamber to hold: resource, start slot, slots.
struct Hold {
    lock: bool,
    resource: usize,
    start: i64,
    length: usize,
}

impl<'a> Board<'a> {
    /// An empty timetable.
    pub fn new(problem: &Problem, shapes: &'a [Shape], cut_offs: &'a [Vec<CutOff>], connections: &'a [Connection]) -> Self {
        let slot = problem.settings.slot.0;
        Self {
            slots: problem.slots_per_cycle(),
            shapes,
            cut_offs,
            connections,
            transfer: (problem.settings.transfer.0 + slot - 1) / slot,
            terminals: (0..problem.terminals.len()).map(|at| Resource::berths(problem, at.into())).collect(),
            locks: problem.links.iter().map(|_| Resource::chamber(problem)).collect(),
            patterns: vec![None; shapes.len()],
            berths: vec![Vec::new(); shapes.len()],
        }
    }

    /// Cost of each berthing of a service [TT-9], [TT-10], infinite where a berth, window or lock is missing for any sailing.
    pub fn call_costs(&self, service: usize) -> CallCosts {
        let shape = &self.shapes[service];
        (0..shape.calls.len())
            .map(|call| {
                (0..self.slots)
                    .map(
                        |slot| if self.fits(shape, call, slot) { self.berthing_cost(service, call, slot) } else { f64::INFINITY },
                    )
                    .collect()
            })
            .collect()
    }

    fn fits(&self, shape: &Shape, call: usize, slot: i64) -> bool {
        let terminal = &self.terminals[shape.calls[call].row()];
        shape.may_berth(call, slot, self.slots)
            && shape.shifts.iter().all(|shift| {
                let start = slot + shift;
                let leaves = start + shape.dwell[call];
                let locks = &shape.locks[call];
                terminal.find_berth(start, shape.dwell[call] as usize).is_some()
                    && locks
                        .iter()
                        .all(|(link, after, length)| self.locks[link.row()].find_berth(leaves + after, *length).is_some())
            })
    }

    /// What a berthing costs: TEU-slots of waiting, for mother vessels and for boxes that change to or from services already placed, and
    /// leaving its former time.
    pub fn berthing_cost(&self, service: usize, call: usize, slot: i64) -> f64 {
        let shape = &self.shapes[service];
        let arrival = slot - shape.wait[call];
        let ships = self.cut_offs[service].iter().filter(|cut_off| cut_off.call == call);
        let mothers: f64 = ships.map(|cut_off| self.cut_off_cost(shape, cut_off, arrival)).sum();
        let transfers: f64 =
            self.connections.iter().map(|connection| self.connection_cost(connection, service, call, slot)).sum();
        mothers + transfers + shape.moving_cost(call, slot, self.slots)
    }

    /// Mean over the sailings: the wait until the cut-off, and a cycle more for cargo that may not wait so long. When no sailing meets the
    /// ship the cargo is lost.
    fn cut_off_cost(&self, shape: &Shape, cut_off: &CutOff, arrival: i64) -> f64 {
        let per_sailing = cut_off.teu / shape.shifts.len() as f64;
        let waits = || shape.shifts.iter().map(|shift| (cut_off.slot - arrival - shift).rem_euclid(self.slots));
        let may_wait = |wait: i64| wait <= cut_off.longest_wait;
        let waited: i64 = waits().map(|wait| if may_wait(wait) { wait } else { wait + self.slots }).sum();
        let lost = if waits().any(may_wait) { 0.0 } else { cut_off.teu * LOST_CYCLES * self.slots as f64 };
        waited as f64 * per_sailing + lost
    }

    fn connection_cost(&self, connection: &Connection, service: usize, call: usize, slot: i64) -> f64 {
        let (other, at) = if (connection.from, connection.from_call) == (service, call) {
            (connection.to, connection.to_call)
        } else if (connection.to, connection.to_call) == (service, call) {
            (connection.from, connection.from_call)
        } else {
            return 0.0;
        };
        let Some(pattern) = &self.patterns[other] else { return 0.0 };
        let (leaves, berths) = if connection.from == service {
            (slot + self.shapes[service].dwell[call], pattern.berthing[at])
        } else {
            (pattern.berthing[at] + self.shapes[other].dwell[at], slot)
        };
        connection.teu * self.mean_wait(&self.shapes[connection.from].shifts, leaves, &self.shapes[connection.to].shifts, berths)
    }

    /// Mean slots from a discharge, after the least transfer time, to the next departure of the other service.
    fn mean_wait(&self, from: &[i64], leaves: i64, to: &[i64], berths: i64) -> f64 {
        let next = |shift: &i64| {
            let ready = leaves + shift + self.transfer;
            to.iter().map(|other| (berths + other - ready).rem_euclid(self.slots)).min().unwrap_or(0)
        };
        from.iter().map(next).sum::<i64>() as f64 / from.len() as f64
    }

    /// Calls of a cycle that have left their former times, or are made no more.
    pub fn moved(&self) -> usize {
        let of = |(shape, pattern): (&Shape, &Option<Pattern>)| {
            let stays =
                |call: &usize| pattern.as_ref().is_some_and(|pattern| !shape.moves(*call, pattern.berthing[*call], self.slots));
            let former = (0..shape.calls.len()).filter(|call| shape.former[*call].is_some());
            former.filter(|call| !stays(call)).count() * shape.shifts.len()
        };
        self.shapes.iter().zip(&self.patterns).map(of).sum()
    }

    /// Gives a service a pattern and its berths; false, and nothing changed, when its own sailings get in one another's way.
    pub fn place(&mut self, service: usize, pattern: Pattern) -> bool {
        let shape = &self.shapes[service];
        let mut done: Vec<(Hold, usize)> = Vec::new();
        let mut berths = vec![vec![0; shape.calls.len()]; shape.shifts.len()];
        for (shift, held) in shape.shifts.iter().zip(&mut berths) {
            for (call, number) in held.iter_mut().enumerate() {
                for hold in holds(shape, call, pattern.berthing[call] + shift) {
                    let resource = self.resource(&hold);
                    let Some(berth) = resource.find_berth(hold.start, hold.length) else {
                        self.release(done);
                        return false;
                    };
                    resource.set(berth, hold.start, hold.length, true);
                    if !hold.lock {
                        *number = berth;
                    }
                    done.push((hold, berth));
                }
            }
        }
        self.berths[service] = berths;
        self.patterns[service] = Some(pattern);
        true
    }

    fn release(&mut self, holds: Vec<(Hold, usize)>) {
        for (hold, berth) in holds {
            let (start, length) = (hold.start, hold.length);
            self.resource(&hold).set(berth, start, length, false);
        }
    }

    fn resource(&mut self, hold: &Hold) -> &mut Resource {
        if hold.lock { &mut self.locks[hold.resource] } else { &mut self.terminals[hold.resource] }
    }

    /// Takes a service's pattern away and frees what it held.
    pub fn remove(&mut self, service: usize) -> Option<Pattern> {
        let pattern = self.patterns[service].take()?;
        let shape = &self.shapes[service];
        let berths = std::mem::take(&mut self.berths[service]);
        for (shift, held) in shape.shifts.iter().zip(&berths) {
            for (call, number) in held.iter().enumerate() {
                for hold in holds(shape, call, pattern.berthing[call] + shift) {
                    let berth = if hold.lock { 0 } else { *number };
                    let (start, length) = (hold.start, hold.length);
                    self.resource(&hold).set(berth, start, length, false);
                }
            }
        }
        Some(pattern)
    }

    /// Weighted waiting of the whole timetable, TEU-slots: slack with cargo aboard, cut-offs, connections once each.
    pub fn total_cost(&self) -> f64 {
        let placed = self.patterns.iter().enumerate().filter_map(|(service, pattern)| Some((service, pattern.as_ref()?)));
        let own: f64 = placed.map(|(service, pattern)| self.own_cost(service, pattern)).sum();
        let pair = |connection: &Connection| {
            Some(self.pair_cost(connection, self.patterns[connection.from].as_ref()?, self.patterns[connection.to].as_ref()?))
        };
        own + self.connections.iter().filter_map(pair).sum::<f64>()
    }

    /// Slack, late boxes and cut-offs of one service.
    fn own_cost(&self, service: usize, pattern: &Pattern) -> f64 {
        let shape = &self.shapes[service];
        let ships = self.cut_offs[service]
            .iter()
            .map(|cut_off| self.cut_off_cost(shape, cut_off, pattern.berthing[cut_off.call] - shape.wait[cut_off.call]));
        shape.cost(&shape.slack_of(&pattern.berthing), self.slots) + ships.sum::<f64>()
    }

    pub fn connections(&self) -> &[Connection] {
        self.connections
    }

    /// Waiting of one connection when its services take these patterns, TEU-slots.
    pub fn pair_cost(&self, connection: &Connection, from: &Pattern, to: &Pattern) -> f64 {
        let leaves = from.berthing[connection.from_call] + self.shapes[connection.from].dwell[connection.from_call];
        let (out, onward) = (&self.shapes[connection.from].shifts, &self.shapes[connection.to].shifts);
        connection.teu * self.mean_wait(out, leaves, onward, to.berthing[connection.to_call])
    }

    /// Every slot of every berth or lock that a pattern holds: whether a lock, which one, slot of the cycle.
    pub fn slots_held(&self, service: usize, pattern: &Pattern) -> Vec<(bool, usize, usize)> {
        let shape = &self.shapes[service];
        let mut held = Vec::new();
        for shift in &shape.shifts {
            for call in 0..shape.calls.len() {
                for hold in holds(shape, call, pattern.berthing[call] + shift) {
                    let slots = (0..hold.length as i64).map(|step| (hold.start + step).rem_euclid(self.slots) as usize);
                    held.extend(slots.map(|slot| (hold.lock, hold.resource, slot)));
                }
            }
        }
        held
    }

    /// Berths or chambers that are left in a slot.
    pub fn room(&self, lock: bool, resource: usize, slot: usize) -> usize {
        let resource = if lock { &self.locks[resource] } else { &self.terminals[resource] };
        resource.capacity(slot).saturating_sub(resource.held(slot))
    }

    /// Call of a service with the fewest possible berthings, and how many of the cycle's slots those are.
    pub fn tightest_call(&self, service: usize) -> (usize, usize) {
        let costs = self.call_costs(service);
        let open = |call: &Vec<f64>| call.iter().filter(|cost| cost.is_finite()).count();
        costs.iter().map(open).enumerate().min_by_key(|(_, open)| *open).unwrap_or((0, 0))
    }
}

/// The berth of a call and the locks of the leg after it.
fn holds(shape: &Shape, call: usize, berthing: i64) -> Vec<Hold> {
    let leaves = berthing + shape.dwell[call];
    let berth = Hold { lock: false, resource: shape.calls[call].row(), start: berthing, length: shape.dwell[call] as usize };
    let locks = shape.locks[call].iter().map(|(link, after, length)| Hold {
        lock: true,
        resource: link.row(),
        start: leaves + after,
        length: *length,
    });
    std::iter::once(berth).chain(locks).collect()
}
