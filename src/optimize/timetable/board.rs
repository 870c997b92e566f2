//! The timetable while it is made: which service has which pattern, who holds which berth and lock, and what a berthing would cost a
//! service given all others.

use super::LOST_CYCLES;
use super::pattern::{CallCosts, Pattern};
use super::resources::Resource;
use super::shape::{Shape, Ship};
use crate::domain::{Problem, TerminalIdx, Transfer};

/// Cargo discharged at a call that must reach a mother vessel.
#[derive(Clone, Copy, Debug)]
pub struct CutOff {
    pub ship: Ship,
    pub teu: f64,
}

/// Everything the search moves about.
#[derive(Clone)]
pub struct Board<'a> {
    pub slots: i64,
    pub shapes: &'a [Shape],
    cut_offs: &'a [Vec<CutOff>],
    connections: &'a [Transfer],
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
    pub fn new(problem: &Problem, shapes: &'a [Shape], cut_offs: &'a [Vec<CutOff>], connections: &'a [Transfer]) -> Self {
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

    /// Forgets the hours and windows of a terminal.
    pub fn open_always(&mut self, problem: &Problem, terminal: TerminalIdx) {
        self.terminals[terminal.row()] = Resource::always_open(problem, terminal);
    }

    /// Holds what the services of another board hold there: berths of some terminals, and locks.
    pub fn hold_as(&mut self, other: &Board, berths: impl Fn(TerminalIdx) -> bool, locks: bool) {
        for (service, pattern) in other.patterns.iter().enumerate() {
            let Some(pattern) = pattern else { continue };
            for (hold, berth) in other.held(service, pattern) {
                let is_held = if hold.lock { locks } else { berths(TerminalIdx::from(hold.resource)) };
                if is_held {
                    let (start, length) = (hold.start, hold.length);
                    self.resource(&hold).set(berth, start, length, true);
                }
            }
        }
    }

    /// What a service that has a pattern holds, with the number of the berth.
    fn held(&self, service: usize, pattern: &Pattern) -> Vec<(Hold, usize)> {
        let (shape, numbers) = (&self.shapes[service], &self.berths[service]);
        let sailings = shape.shifts.iter().zip(numbers);
        let calls =
            sailings.flat_map(|(shift, numbers)| numbers.iter().enumerate().map(move |(call, berth)| (*shift, call, *berth)));
        let holds = calls.flat_map(|(shift, call, berth)| {
            let of_call = holds(shape, call, pattern.berthing[call] + shift);
            of_call.into_iter().map(move |hold| if hold.lock { (hold, 0) } else { (hold, berth) })
        });
        holds.collect()
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
        let ships = self.cut_offs[service].iter().filter(|cut_off| cut_off.ship.call == call);
        let mothers: f64 = ships.map(|cut_off| self.cut_off_cost(shape, cut_off, slot)).sum();
        let transfers: f64 =
            self.connections.iter().map(|connection| self.connection_cost(connection, service, call, slot)).sum();
        mothers + transfers + shape.moving_cost(call, slot, self.slots)
    }

    /// Mean over the sailings: the wait until the cut-off, and a cycle more for cargo that may not wait so long. When no sailing meets the
    /// ship the cargo is lost.
    fn cut_off_cost(&self, shape: &Shape, cut_off: &CutOff, slot: i64) -> f64 {
        let per_sailing = cut_off.teu / shape.shifts.len() as f64;
        let waits = || shape.waits(&cut_off.ship, slot, self.slots);
        let may_wait = |wait: i64| wait <= cut_off.ship.longest_wait;
        let waited: i64 = waits().map(|wait| if may_wait(wait) { wait } else { wait + self.slots }).sum();
        let lost = if waits().any(may_wait) { 0.0 } else { cut_off.teu * LOST_CYCLES * self.slots as f64 };
        waited as f64 * per_sailing + lost
    }

    fn connection_cost(&self, connection: &Transfer, service: usize, call: usize, slot: i64) -> f64 {
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
        self.release(self.held(service, &pattern));
        self.berths[service].clear();
        Some(pattern)
    }

    /// Weighted waiting of the whole timetable, TEU-slots: slack with cargo aboard, cut-offs, connections once each.
    pub fn total_cost(&self) -> f64 {
        let placed = self.patterns.iter().enumerate().filter_map(|(service, pattern)| Some((service, pattern.as_ref()?)));
        let own: f64 = placed.map(|(service, pattern)| self.own_cost(service, pattern)).sum();
        let pair = |connection: &Transfer| {
            Some(self.pair_cost(connection, self.patterns[connection.from].as_ref()?, self.patterns[connection.to].as_ref()?))
        };
        own + self.connections.iter().filter_map(pair).sum::<f64>()
    }

    /// Slack, late boxes and cut-offs of one service.
    fn own_cost(&self, service: usize, pattern: &Pattern) -> f64 {
        let shape = &self.shapes[service];
        let ships =
            self.cut_offs[service].iter().map(|cut_off| self.cut_off_cost(shape, cut_off, pattern.berthing[cut_off.ship.call]));
        shape.cost(&shape.slack_of(&pattern.berthing), self.slots) + ships.sum::<f64>()
    }

    pub fn connections(&self) -> &[Transfer] {
        self.connections
    }

    pub fn cut_offs(&self, service: usize) -> &[CutOff] {
        &self.cut_offs[service]
    }

    pub fn terminals(&self) -> &[Resource] {
        &self.terminals
    }

    /// Least slots between a discharge and the next berthing of boxes that change vessels.
    pub fn transfer(&self) -> i64 {
        self.transfer
    }

    /// Waiting of one connection when its services take these patterns, TEU-slots.
    pub fn pair_cost(&self, connection: &Transfer, from: &Pattern, to: &Pattern) -> f64 {
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
