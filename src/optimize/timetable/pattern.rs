//! The times of one service: a pattern of berthings that every sailing repeats, shifted evenly over the cycle. With all other services
//! fixed, the best pattern is found exactly by dynamic programming over calls and slack.

use super::LOST_CYCLES;
use super::speeds::speeds;
use crate::domain::{Delivery, Line, LinkIdx, Minutes, MotherIdx, Problem, Speed, TerminalIdx, Urgent, round_trip};
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
    /// By leg: the speeds at which it may be sailed, from the usual one down [TT-17].
    pub speeds: Vec<Vec<Speed>>,
    /// Boxes that some way to spend the slack would make late.
    pub urgent: Vec<Urgent>,
    /// By call: the berthing of the first sailing that stays [TT-14].
    pub pinned: Vec<Option<i64>>,
    /// Mother vessels that some sailing must reach [TT-16].
    pub meets: Vec<Ship>,
    /// By call: the berthing of the first sailing in the plan before, to be kept where that is possible [TT-15].
    pub former: Vec<Option<i64>>,
}

/// The times at which a barge that arrives at a call reaches a mother vessel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ship {
    pub call: usize,
    pub mother: MotherIdx,
    /// Slot by which the barge must arrive.
    pub cut_off: i64,
    /// Slots that it may be there before.
    pub longest_wait: i64,
}

impl Ship {
    /// Reads a ship's cut-off, rounded to slots so that a whole slot is never too long.
    pub fn new(problem: &Problem, call: usize, mother: MotherIdx) -> Self {
        let (ship, slot) = (&problem.mothers[mother.row()], problem.settings.slot.0);
        let cut_off = (ship.berthing.0 - ship.barge_cut_off.0).div_euclid(slot);
        Self { call, mother, cut_off, longest_wait: ship.longest_wait.0 / slot }
    }
}

/// What a call that leaves its former time costs, in TEU-slots: more than any waiting.
const MOVED: f64 = 1e7;

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
            speeds: Vec::new(),
            urgent: Vec::new(),
            pinned: vec![None; count],
            meets: Vec::new(),
            former: vec![None; count],
        };
        for leg in 0..count {
            let passage = waterway.passage(class, line.calls[leg], line.calls[(leg + 1) % count]);
            let duration = passage.map_or(0, |passage| up(passage.duration().0));
            shape.run.push(duration + shape.wait[(leg + 1) % count]);
            shape.speeds.push(passage.map_or(vec![Speed { slack: 0, cost: 0.0 }], |passage| speeds(problem, line, passage)));
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

    /// Adds the boxes that some way to spend the slack would make late.
    pub fn with_urgent(mut self, deliveries: &[Delivery], slot: Minutes) -> Self {
        let urgent = |cargo: &Delivery| {
            let calls = self.calls.len();
            let legs: i64 = (cargo.from..cargo.to).map(|leg| self.run[leg % calls]).sum();
            let stays: i64 = (cargo.from + 1..cargo.to).map(|call| self.dwell[call % calls]).sum();
            let spare = cargo.limit?.0.div_euclid(slot.0) - (legs + stays - self.wait[cargo.to % calls]);
            (0..self.slack).contains(&spare).then_some(Urgent { from: cargo.from, to: cargo.to, spare, teu: cargo.teu })
        };
        self.urgent = deliveries.iter().filter_map(urgent).collect();
        self
    }

    /// Lets calls stay where they are: position, and berthing of the first sailing.
    pub fn with_pinned(mut self, pinned: &[(usize, Minutes)], slot: Minutes) -> Self {
        for (call, berthing) in pinned {
            self.pinned[*call] = Some(berthing.0.div_euclid(slot.0));
        }
        self
    }

    /// Lets some sailing reach mother vessels.
    pub fn with_meetings(mut self, problem: &Problem, meetings: &[(usize, MotherIdx)]) -> Self {
        self.meets = meetings.iter().map(|(call, mother)| Ship::new(problem, *call, *mother)).collect();
        self
    }

    /// Lets calls stay where they were as far as possible: position, and former berthing of the first sailing.
    pub fn with_former(mut self, former: &[(usize, Minutes)], slot: Minutes) -> Self {
        for (call, berthing) in former {
            self.former[*call] = Some(berthing.0.div_euclid(slot.0));
        }
        self
    }

    /// The same with all times free.
    pub fn without_former(mut self) -> Self {
        self.former.fill(None);
        self
    }

    /// Has calls with former times.
    pub fn was_there(&self) -> bool {
        self.former.iter().any(Option::is_some)
    }

    /// True when berthing the first sailing at a slot moves a call: no sailing is then where one was before.
    pub fn moves(&self, call: usize, slot: i64, slots: i64) -> bool {
        let round = if self.is_even(slots) { self.headway(slots) } else { slots };
        self.former[call].is_some_and(|former| (slot - former).rem_euclid(round) != 0)
    }

    /// What leaving former times costs a berthing [TT-15].
    pub fn moving_cost(&self, call: usize, slot: i64, slots: i64) -> f64 {
        if self.moves(call, slot, slots) { MOVED * self.shifts.len() as f64 } else { 0.0 }
    }

    /// The planner asks for some of its times.
    pub fn is_pinned(&self) -> bool {
        !self.meets.is_empty() || self.pinned.iter().any(Option::is_some)
    }

    /// True when the first sailing may be berthed at a call at a slot: anywhere, or where it stays [TT-14], and such that the ships that the
    /// call must reach are reached [TT-16].
    pub fn may_berth(&self, call: usize, slot: i64, slots: i64) -> bool {
        let mut ships = self.meets.iter().filter(|ship| ship.call == call);
        self.pinned[call].is_none_or(|stays| (slot - stays).rem_euclid(slots) == 0)
            && ships.all(|ship| self.waits(ship, slot, slots).any(|wait| wait <= ship.longest_wait))
    }

    /// Slots from the arrival of each sailing to a ship's cut-off, when the first is berthed at a slot.
    pub fn waits(&self, ship: &Ship, slot: i64, slots: i64) -> impl Iterator<Item = i64> {
        let arrival = slot - self.wait[ship.call];
        self.shifts.iter().map(move |shift| (ship.cut_off - arrival - shift).rem_euclid(slots))
    }

    /// First berthings of the first sailing that are worth trying: later ones only repeat these with other numbers of the sailings, unless it
    /// is the first sailing that must have some time.
    pub fn firsts(&self, slots: i64) -> std::ops::Range<i64> {
        let numbered = self.is_even(slots) && self.pinned.iter().any(Option::is_some);
        0..if numbered { slots } else { self.headway(slots) }
    }

    /// Whether the first sailing may start at a slot, in its number or another.
    fn may_start(&self, first: i64, slots: i64) -> bool {
        self.is_even(slots) || self.firsts(slots).contains(&first)
    }

    /// The same berthings of all sailings, numbered such that the first sailing starts within the first headway.
    pub fn renumbered(&self, mut berthing: Vec<i64>, slots: i64) -> Vec<i64> {
        if self.is_even(slots) {
            let headway = self.headway(slots);
            let back = berthing[0].div_euclid(headway) * headway;
            berthing.iter_mut().for_each(|at| *at -= back);
        }
        berthing
    }

    /// All headways are the same.
    fn is_even(&self, slots: i64) -> bool {
        slots % self.shifts.len() as i64 == 0
    }

    /// Slack spent before each call [TT-8].
    pub fn slack_of(&self, berthing: &[i64]) -> Vec<i64> {
        self.earliest().iter().zip(berthing).map(|(earliest, at)| at - berthing[0] - earliest).collect()
    }

    /// TEU-slots of slack with cargo aboard, of energy [TT-17], and of boxes that are late by it [TT-12].
    pub fn cost(&self, slack: &[i64], slots: i64) -> f64 {
        let leg_cost = |leg: usize| {
            let slack = self.spent(slack, leg, leg + 1);
            self.aboard[leg] * slack as f64 + self.energy(leg, slack)
        };
        (0..slack.len()).map(leg_cost).sum::<f64>() + self.late(slack, slots)
    }

    /// TEU-slots of energy on a leg with some slack, at the slowest speed that it allows.
    fn energy(&self, leg: usize, slack: i64) -> f64 {
        match self.speeds[leg].as_slice() {
            [usual] => usual.cost,
            speeds => speeds.iter().rfind(|speed| speed.slack <= slack).map_or(0.0, |speed| speed.cost),
        }
    }

    /// TEU-slots of boxes that are late by the slack on their way.
    fn late(&self, slack: &[i64], slots: i64) -> f64 {
        let late = self.urgent.iter().filter(|cargo| self.spent(slack, cargo.from, cargo.to) > cargo.spare);
        late.map(|cargo| cargo.teu).sum::<f64>() * LOST_CYCLES * slots as f64
    }

    /// Slack spent before each call when some calls, from one to another, are made later. Slack is counted from the first berthing.
    fn moved(&self, slack: &[i64], (from, to): (usize, usize), later: i64) -> Vec<i64> {
        let by = |call: usize| match (from, (from..=to).contains(&call)) {
            (0, false) => -later,
            (0, true) | (_, false) => 0,
            (_, true) => later,
        };
        slack.iter().enumerate().map(|(call, slack)| slack + by(call)).collect()
    }

    /// Slack spent between two positions.
    fn spent(&self, slack: &[i64], from: usize, to: usize) -> i64 {
        let calls = slack.len();
        let before = |position: usize| slack[position % calls] + self.slack * (position / calls) as i64;
        before(to) - before(from)
    }

    /// Prices slack on the way of late boxes so that what they have too much of it costs what they are worth. False when none is late.
    fn make_dearer(&self, weights: &mut [f64], slack: &[i64], slots: i64) -> bool {
        let mut late = false;
        for cargo in &self.urgent {
            let over = self.spent(slack, cargo.from, cargo.to) - cargo.spare;
            if over > 0 {
                late = true;
                let dearer = cargo.teu * LOST_CYCLES * slots as f64 / over as f64;
                (cargo.from..cargo.to).for_each(|leg| weights[leg % slack.len()] += dearer);
            }
        }
        late
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

/// The least that any pattern costs whose first berthing is at `first`, late boxes left out.
pub fn least_from(shape: &Shape, costs: &CallCosts, first: i64) -> Option<f64> {
    spend(shape, &shape.aboard, costs, first).map(|(_, cost)| cost)
}

/// Times that the slack of a round trip is spent anew, each with dearer slack where boxes came late.
const REPAIRS: u32 = 4;

/// A cheap pattern whose first berthing is at `first`, if there is one: the cheapest where that makes no box late.
pub fn best_from(shape: &Shape, costs: &CallCosts, first: i64) -> Option<Pattern> {
    let slots = costs[0].len() as i64;
    let earliest = shape.earliest();
    let mut weights = shape.aboard.clone();
    let mut best: Option<Pattern> = None;
    for _ in 0..=REPAIRS {
        let (slack, _) = spend(shape, &weights, costs, first)?;
        let berthing: Vec<i64> = (0..slack.len()).map(|call| first + earliest[call] + slack[call]).collect();
        let cost = cost_of(shape, costs, &berthing);
        if best.as_ref().is_none_or(|best| cost < best.cost) {
            best = Some(Pattern { berthing, cost });
        }
        if !shape.make_dearer(&mut weights, &slack, slots) {
            break;
        }
    }
    best
}

/// A pattern made cheaper by moving some calls that follow one another, which takes slack from one leg and gives it to another: boxes that are
/// late by more or less slack are not seen by [`best_from`] until they are late. Other calls stay where they are.
pub fn polished(shape: &Shape, costs: &CallCosts, mut pattern: Pattern) -> Pattern {
    let calls = shape.calls.len();
    let slots = costs[0].len() as i64;
    let blocks = || (0..calls).flat_map(|from| (from..calls).map(move |to| (from, to))).filter(|block| *block != (0, calls - 1));
    let mut slack = shape.slack_of(&pattern.berthing);
    let mut improved = !shape.urgent.is_empty();
    while improved {
        improved = false;
        for (from, to) in blocks() {
            let leg_before = (from + calls - 1) % calls;
            let at = |later: i64| -> f64 {
                let moved = pattern.berthing[from..=to].iter().map(|at| (at + later).rem_euclid(slots) as usize);
                costs[from..=to].iter().zip(moved).map(|(costs, slot)| costs[slot]).sum()
            };
            let late = shape.late(&slack, slots);
            let (before, after) = (shape.spent(&slack, leg_before, leg_before + 1), shape.spent(&slack, to, to + 1));
            let weight = shape.aboard[leg_before] - shape.aboard[to];
            let has_speeds = shape.speeds[leg_before].len() + shape.speeds[to].len() > 2;
            let energy = |later: i64| match has_speeds {
                true => shape.energy(leg_before, before + later) + shape.energy(to, after - later),
                false => 0.0,
            };
            let legs = |later: i64| weight * later as f64 + energy(later);
            let now = at(0) + legs(0);
            let [least, most] = [-before, after];
            let better =
                (least..=most).filter(|later| shape.may_start(pattern.berthing[0] + if from == 0 { *later } else { 0 }, slots));
            // boxes that are late can only add to what calls and legs cost
            let mut better = better.map(|later| (later, at(later) + legs(later) - now)).filter(|(_, more)| *more < late - 1e-9);
            let found = better.find_map(|(later, more)| {
                let slack = shape.moved(&slack, (from, to), later);
                let more = more + shape.late(&slack, slots) - late;
                (more < -1e-9).then_some((later, more, slack))
            });
            if let Some((later, more, now)) = found {
                pattern.berthing[from..=to].iter_mut().for_each(|at| *at += later);
                pattern.cost += more;
                slack = now;
                improved = true;
            }
        }
    }
    Pattern { cost: cost_of(shape, costs, &pattern.berthing), ..pattern }
}

fn cost_of(shape: &Shape, costs: &CallCosts, berthing: &[i64]) -> f64 {
    let slots = costs[0].len() as i64;
    let calls: f64 = berthing.iter().zip(costs).map(|(at, costs)| costs[at.rem_euclid(slots) as usize]).sum();
    calls + shape.cost(&shape.slack_of(berthing), slots)
}

/// Slack spent before each call so that it costs least at these weights of the legs, and that cost.
fn spend(shape: &Shape, weights: &[f64], costs: &CallCosts, first: i64) -> Option<(Vec<i64>, f64)> {
    let slots = costs[0].len() as i64;
    let earliest = shape.earliest();
    let at = |call: usize, slack: i64| costs[call][(first + earliest[call] + slack).rem_euclid(slots) as usize];
    let width = shape.slack as usize + 1;
    let mut value = vec![f64::INFINITY; width];
    value[0] = at(0, 0);
    let mut choice: Vec<Vec<usize>> = Vec::new();
    for call in 1..shape.calls.len() {
        let (next, from) = step(&value, weights[call - 1], &shape.speeds[call - 1], |slack| at(call, slack as i64));
        value = next;
        choice.push(from);
    }
    let last = shape.calls.len() - 1;
    let rest = |slack: usize| {
        let spent = width - 1 - slack;
        value[slack] + weights[last] * spent as f64 + shape.energy(last, spent as i64)
    };
    let end = (0..width).min_by(|a, b| rest(*a).total_cmp(&rest(*b)))?;
    if !rest(end).is_finite() {
        return None;
    }
    let mut slack = vec![end as i64; shape.calls.len()];
    for call in (1..shape.calls.len()).rev() {
        slack[call - 1] = choice[call - 1][slack[call] as usize] as i64;
    }
    Some((slack, rest(end)))
}

/// One leg of the programme: slack may grow on it, at `weight` a slot, and with it the speed may fall.
fn step(value: &[f64], weight: f64, speeds: &[Speed], cost: impl Fn(usize) -> f64) -> (Vec<f64>, Vec<usize>) {
    let (usual, slower) = speeds.split_first().expect("every leg has its usual speed, which needs no slack");
    let mut next = vec![f64::INFINITY; value.len()];
    let mut from = vec![0; value.len()];
    let (mut running, mut origin) = (f64::INFINITY, 0);
    for slack in 0..value.len() {
        running += weight;
        if value[slack] <= running {
            (running, origin) = (value[slack], slack);
        }
        let sailed = running + usual.cost;
        if sailed < next[slack] {
            (next[slack], from[slack]) = (sailed, origin);
        }
        for speed in slower {
            let at = slack + speed.slack as usize;
            let sailed = running + weight * speed.slack as f64 + speed.cost;
            if at < next.len() && sailed < next[at] {
                (next[at], from[at]) = (sailed, origin);
            }
        }
        // slower speeds only reach what comes later
        next[slack] += cost(slack);
    }
    (next, from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    const SLOTS: i64 = 24;

    fn shape(aboard: &[f64], slack: i64, urgent: Vec<Urgent>) -> Shape {
        let calls = aboard.len();
        Shape {
            calls: (0..calls).map(TerminalIdx::from).collect(),
            dwell: vec![1; calls],
            run: vec![3; calls],
            wait: vec![1; calls],
            locks: vec![Vec::new(); calls],
            shifts: vec![0],
            slack,
            aboard: aboard.to_vec(),
            speeds: vec![vec![Speed { slack: 0, cost: 0.0 }]; calls],
            urgent,
            pinned: vec![None; calls],
            meets: Vec::new(),
            former: vec![None; calls],
        }
    }

    fn cheapest(shape: &Shape, costs: &CallCosts) -> Pattern {
        polished(shape, costs, best_from(shape, costs, 0).expect("every slot is free"))
    }

    fn free(calls: usize) -> CallCosts {
        vec![vec![0.0; SLOTS as usize]; calls]
    }

    /// Slack is cheapest on the way out, but boxes on it can spare one slot only: the other two go where more is on board.
    #[test]
    fn slack_goes_where_it_makes_no_box_late() {
        let urgent = vec![Urgent { from: 0, to: 1, spare: 1, teu: 5.0 }];
        let shape_of = |urgent: Vec<Urgent>| shape(&[1.0, 2.0], 3, urgent);
        let slack_and_cost = |shape: Shape| {
            let pattern = cheapest(&shape, &free(2));
            (shape.slack_of(&pattern.berthing), pattern.cost)
        };
        assert_eq!(slack_and_cost(shape_of(urgent)), (vec![0, 1], 5.0));
        assert_eq!(slack_and_cost(shape_of(Vec::new())), (vec![0, 3], 3.0));
    }

    /// Two slots of slack allow a slower speed on the second leg, where four TEU more are on board: worth it where that saves more than eight.
    #[test]
    fn slack_goes_where_slower_sailing_saves_more_than_waiting_costs() {
        let spent = |saved: f64| {
            let mut shape = shape(&[1.0, 5.0, 9.0], 4, Vec::new());
            shape.speeds[1] = vec![Speed { slack: 0, cost: saved }, Speed { slack: 2, cost: 0.0 }];
            let pattern = best_from(&shape, &free(3), 0).expect("every slot is free");
            assert_eq!(least_from(&shape, &free(3), 0), Some(pattern.cost), "without urgent boxes the programme is exact");
            (shape.slack_of(&pattern.berthing), pattern.cost)
        };
        assert_eq!(spent(7.0), (vec![0, 4, 4], 11.0));
        assert_eq!(spent(9.0), (vec![0, 2, 4], 12.0));
        // nothing saves more than the rest of the round trip does
        let mut last = shape(&[1.0, 1.0], 3, Vec::new());
        last.speeds[1] = vec![Speed { slack: 0, cost: 5.0 }, Speed { slack: 3, cost: 0.0 }];
        assert_eq!(best_from(&last, &free(2), 0).map(|pattern| pattern.cost), Some(3.0));
    }

    /// Call 2 is dearer three slots later and call 1 cheaper by more, but call 1 cannot be later alone: they move together.
    #[test]
    fn calls_move_together_where_none_may_alone() {
        let calm = Urgent { from: 0, to: 1, spare: 9, teu: 1.0 };
        let shape = shape(&[1.0; 3], 6, vec![calm]);
        let mut costs = free(3);
        for (call, slots) in [(0, [0, 0]), (1, [4, 7]), (2, [8, 11])] {
            let others = costs[call].iter_mut().enumerate().filter(|(slot, _)| !slots.contains(slot));
            others.for_each(|(_, cost)| *cost = f64::INFINITY);
        }
        (costs[1][7], costs[2][11]) = (-10.0, 5.0);
        let pattern = Pattern { berthing: vec![0, 4, 8], cost: 6.0 };
        let better = polished(&shape, &costs, pattern);
        assert_eq!((better.berthing, better.cost), (vec![0, 7, 11], 1.0));
    }

    /// Boxes that ride over the end of the rotation have the rest of its slack on their way.
    #[test]
    fn slack_on_a_way_over_the_end_of_the_rotation_counts() {
        let shape = shape(&[1.0, 1.0, 1.0], 9, Vec::new());
        assert_eq!(shape.spent(&[0, 2, 5], 2, 4), 9 - 5 + 2);
        assert_eq!(shape.spent(&[0, 2, 5], 1, 2), 3);
    }

    /// A box has its limit less passages, stays between and none of the wait at its end to spare.
    #[test]
    fn boxes_that_no_slack_or_any_makes_late_are_not_urgent() {
        let cargo = |hours: i64| Delivery { from: 0, to: 2, teu: 1.0, limit: Some(Minutes(60 * hours)), mother: None };
        let spare = |hours: i64| {
            shape(&[1.0; 3], 4, Vec::new()).with_urgent(&[cargo(hours)], Minutes(60)).urgent.first().map(|own| own.spare)
        };
        // two runs of 3, a stay of 1, less a wait of 1: 6 hours
        assert_eq!([5, 6, 9, 10].map(spare), [None, Some(0), Some(3), None]);
    }

    /// A call that stays may be berthed at its slot of any cycle, and nowhere else; the others are free.
    #[test]
    fn a_pinned_call_is_berthed_where_it_was() {
        let shape = shape(&[1.0; 3], 4, Vec::new()).with_pinned(&[(1, Minutes(30 * 60))], Minutes(60));
        let open = |call: usize| (0..SLOTS).filter(|slot| shape.may_berth(call, *slot, SLOTS)).collect::<Vec<_>>();
        assert_eq!(open(1), [30 - SLOTS]);
        assert_eq!(open(2).len(), SLOTS as usize);
    }

    /// Every first berthing and every way to spend the slack, tried one by one: none is cheaper than the bound, the stated cost is true, and
    /// nearly always the least.
    #[test]
    fn patterns_cost_what_they_say_and_nearly_always_the_least() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (mut best, cases) = (0, 300);
        for case in 0..cases {
            let aboard: Vec<f64> = (0..3).map(|_| f64::from(rng.random_range(0..9u32))).collect();
            let urgent = (0..3).map(|_| {
                let from = rng.random_range(0..3usize);
                let to = from + rng.random_range(1..3usize);
                Urgent { from, to, spare: rng.random_range(0..5), teu: f64::from(rng.random_range(1..4u32)) }
            });
            let mut shape = shape(&aboard, 5, urgent.collect());
            for speeds in &mut shape.speeds {
                // up to two slower speeds, each cheaper than all before
                for _ in 0..rng.random_range(0..3) {
                    let slack = speeds.last().map_or(0, |speed| speed.slack) + rng.random_range(1..4);
                    let dearer = f64::from(rng.random_range(1..20u32));
                    speeds.iter_mut().for_each(|speed| speed.cost += dearer);
                    speeds.push(Speed { slack, cost: 0.0 });
                }
            }
            let costs: CallCosts = (0..3).map(|_| (0..SLOTS).map(|_| f64::from(rng.random_range(0..20u32))).collect()).collect();
            let cost = |first: i64, slack: &[i64]| -> f64 {
                let at = |call: usize| costs[call][((first + shape.earliest()[call] + slack[call]) % SLOTS) as usize];
                (0..3).map(at).sum::<f64>() + shape.cost(slack, SLOTS)
            };
            let spent = || (0..=5).flat_map(|one| (one..=5).map(move |other| [0, one, other]));
            let all = (0..SLOTS).flat_map(|first| spent().map(move |slack| (first, slack)));
            let least = all.map(|(first, slack)| cost(first, &slack)).fold(f64::INFINITY, f64::min);
            let patterns = shape.firsts(SLOTS).filter_map(|first| best_from(&shape, &costs, first));
            let found = patterns.map(|pattern| polished(&shape, &costs, pattern)).min_by(|a, b| a.cost.total_cmp(&b.cost));
            let found = found.expect("every slot is free");
            assert_eq!(found.cost, cost(found.berthing[0].rem_euclid(SLOTS), &shape.slack_of(&found.berthing)), "case {case}");
            let bound = shape.firsts(SLOTS).filter_map(|first| least_from(&shape, &costs, first)).fold(f64::INFINITY, f64::min);
            assert!(bound <= least && least <= found.cost, "case {case}");
            best += usize::from(found.cost <= least);
        }
        assert!(best * 100 >= cases * 95, "{best} of {cases}");
    }
}
