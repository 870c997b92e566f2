//! The times of one service: a pattern of berthings that every sailing repeats, shifted evenly over the cycle. With all other services
//! fixed, the best pattern is found exactly by dynamic programming over calls and slack.

use crate::domain::{Line, LinkIdx, Problem, TerminalIdx, round_trip};
use crate::waterway::Waterway;

/// The fixed part of a service's times, in slots.
#[derive(Clone, Debug)]
pub struct Shape {
    pub calls: Vec<TerminalIdx>,
    /// Stay alongside [TT-2].
    pub dwell: Vec<i64>,
    /// Departure from the call to the earliest berthing at the next: passage and wait [TT-1], [TT-3].
    pub run: Vec<i64>,
    /// Wait before berthing, kept as buffer; before the first call with the turnaround buffer.
    pub wait: Vec<i64>,
    /// Lockages on the leg after the call: lock, slots after departure, slots held.
    pub locks: Vec<Vec<(LinkIdx, i64, usize)>>,
    /// Shift of each sailing against the first [TT-4].
    pub shifts: Vec<i64>,
    /// Free slots of a round trip, to be spent on any leg [TT-8].
    pub slack: i64,
    /// TEU on board of each leg, all sailings of a cycle together: what a slot of slack there costs.
    pub aboard: Vec<f64>,
}

/// Why a service has no times at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooTight {
    pub missing_slots: i64,
}

impl Shape {
    /// Reads a line; an error when its stays and passages do not fit its round trip.
    pub fn new(problem: &Problem, waterway: &Waterway, line: &Line, aboard: Vec<f64>) -> Result<Self, TooTight> {
        let slot = problem.settings.slot.0;
        let up = |minutes: i64| (minutes + slot - 1).div_euclid(slot);
        let count = line.calls.len();
        let class = problem.fleet(line.fleet).class;
        let mut wait: Vec<i64> = line.calls.iter().map(|call| up(problem.terminal(*call).wait.0)).collect();
        wait[0] += up(problem.settings.turnaround_buffer.0);
        let mut shape = Self {
            calls: line.calls.clone(),
            dwell: line.dwell.iter().map(|dwell| up(dwell.0)).collect(),
            run: Vec::new(),
            wait,
            locks: Vec::new(),
            shifts: (0..i64::from(line.sailings)).map(|k| k * problem.slots_per_cycle() / i64::from(line.sailings)).collect(),
            slack: 0,
            aboard,
        };
        for leg in 0..count {
            let passage = waterway.passage(class, line.calls[leg], line.calls[(leg + 1) % count]);
            let duration = passage.map_or(0, |passage| up(passage.duration().0));
            shape.run.push(duration + shape.wait[(leg + 1) % count]);
            let locks = passage.map(|passage| passage.locks.as_slice()).unwrap_or_default();
            shape.locks.push(locks.iter().map(|lock| lockage(problem, lock.link, lock.entered_after.0, slot)).collect());
        }
        let trip = round_trip(problem, line.vessels, line.sailings).0 / slot;
        let busy: i64 = shape.dwell.iter().sum::<i64>() + shape.run.iter().sum::<i64>();
        shape.slack = trip - busy;
        if shape.slack < 0 { Err(TooTight { missing_slots: -shape.slack }) } else { Ok(shape) }
    }

    /// Berthings without slack, counted from the first.
    pub fn earliest(&self) -> Vec<i64> {
        let mut at = 0;
        let mut berthings = vec![0];
        for call in 0..self.calls.len() - 1 {
            at += self.dwell[call] + self.run[call];
            berthings.push(at);
        }
        berthings
    }

    /// Slots between two sailings, rounded down.
    pub fn headway(&self, slots: i64) -> i64 {
        slots / self.shifts.len() as i64
    }
}

fn lockage(problem: &Problem, link: LinkIdx, after: i64, slot: i64) -> (LinkIdx, i64, usize) {
    let per_hour = problem.links[link.row()].lock.as_ref().map_or(1.0, |lock| lock.vessels_per_hour);
    let holds = (60.0 / per_hour).ceil() as i64;
    let from = after.div_euclid(slot);
    let to = (after + holds + slot - 1).div_euclid(slot);
    (link, from, (to - from) as usize)
}

/// Berthing slots of the first sailing, call by call, with their cost in TEU-slots.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    pub berthing: Vec<i64>,
    pub cost: f64,
}

/// What a berthing costs at each slot of the cycle, by call; infinite where it is impossible.
pub type CallCosts = Vec<Vec<f64>>;

/// The cheapest pattern whose first berthing is at `first`, if there is one.
pub fn best_from(shape: &Shape, costs: &CallCosts, first: i64) -> Option<Pattern> {
    let slots = costs[0].len() as i64;
    let earliest = shape.earliest();
    let at = |call: usize, slack: i64| costs[call][(first + earliest[call] + slack).rem_euclid(slots) as usize];
    let width = shape.slack as usize + 1;
    let mut value = vec![f64::INFINITY; width];
    value[0] = at(0, 0);
    let mut choice: Vec<Vec<usize>> = Vec::new();
    for call in 1..shape.calls.len() {
        let (next, from) = step(&value, shape.aboard[call - 1], |slack| at(call, slack as i64));
        value = next;
        choice.push(from);
    }
    let last = shape.aboard[shape.calls.len() - 1];
    let rest = |slack: usize| value[slack] + last * (width - 1 - slack) as f64;
    let end = (0..width).min_by(|a, b| rest(*a).total_cmp(&rest(*b)))?;
    if !rest(end).is_finite() {
        return None;
    }
    let mut slack = vec![end; shape.calls.len()];
    for call in (1..shape.calls.len()).rev() {
        slack[call - 1] = choice[call - 1][slack[call]];
    }
    let berthing = (0..shape.calls.len()).map(|call| first + earliest[call] + slack[call] as i64).collect();
    Some(Pattern { berthing, cost: rest(end) })
}

/// One leg of the programme: slack may grow on it, at `weight` a slot.
fn step(value: &[f64], weight: f64, cost: impl Fn(usize) -> f64) -> (Vec<f64>, Vec<usize>) {
    let mut next = vec![f64::INFINITY; value.len()];
    let mut from = vec![0; value.len()];
    let (mut running, mut origin) = (f64::INFINITY, 0);
    for slack in 0..value.len() {
        running += weight;
        if value[slack] <= running {
            (running, origin) = (value[slack], slack);
        }
        next[slack] = running + cost(slack);
        from[slack] = origin;
    }
    (next, from)
}
