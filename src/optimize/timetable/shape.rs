//! The fixed part of a service's times, and what slack on its legs costs.

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
    pub fn may_start(&self, first: i64, slots: i64) -> bool {
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
    pub fn energy(&self, leg: usize, slack: i64) -> f64 {
        match self.speeds[leg].as_slice() {
            [usual] => usual.cost,
            speeds => speeds.iter().rfind(|speed| speed.slack <= slack).map_or(0.0, |speed| speed.cost),
        }
    }

    /// TEU-slots of boxes that are late by the slack on their way.
    pub fn late(&self, slack: &[i64], slots: i64) -> f64 {
        let late = self.urgent.iter().filter(|cargo| self.spent(slack, cargo.from, cargo.to) > cargo.spare);
        late.map(|cargo| cargo.teu).sum::<f64>() * LOST_CYCLES * slots as f64
    }

    /// Slack spent before each call when some calls, from one to another, are made later. Slack is counted from the first berthing.
    pub fn moved(&self, slack: &[i64], (from, to): (usize, usize), later: i64) -> Vec<i64> {
        let by = |call: usize| match (from, (from..=to).contains(&call)) {
            (0, false) => -later,
            (0, true) | (_, false) => 0,
            (_, true) => later,
        };
        slack.iter().enumerate().map(|(call, slack)| slack + by(call)).collect()
    }

    /// Slack spent between two positions.
    pub fn spent(&self, slack: &[i64], from: usize, to: usize) -> i64 {
        let calls = slack.len();
        let before = |position: usize| slack[position % calls] + self.slack * (position / calls) as i64;
        before(to) - before(from)
    }

    /// Prices slack on the way of late boxes so that what they have too much of it costs what they are worth. False when none is late.
    pub fn make_dearer(&self, weights: &mut [f64], slack: &[i64], slots: i64) -> bool {
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

#[cfg(test)]
pub mod tests {
    use super::*;

    pub const SLOTS: i64 = 24;

    /// A service of one sailing with stays of one slot and runs of three, a wait of one in them.
    pub fn shape(aboard: &[f64], slack: i64, urgent: Vec<Urgent>) -> Shape {
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
}
