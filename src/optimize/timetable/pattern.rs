//! The times of one service: a pattern of berthings that every sailing repeats, shifted evenly over the cycle. With all other services
//! fixed, the best pattern is found exactly by dynamic programming over calls and slack.

use super::shape::Shape;
use crate::domain::Speed;

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

/// A cheap pattern whose first berthing is at `first`, if there is one: the cheapest where that makes no box late. In front of it stands the
/// value of [`least_from`].
pub fn best_from(shape: &Shape, costs: &CallCosts, first: i64) -> Option<(f64, Pattern)> {
    let slots = costs[0].len() as i64;
    let earliest = shape.earliest();
    let mut weights = shape.aboard.clone();
    let pattern = |slack: &[i64]| {
        let berthing: Vec<i64> = slack.iter().zip(&earliest).map(|(slack, earliest)| first + earliest + slack).collect();
        Pattern { cost: cost_of(shape, costs, &berthing), berthing }
    };
    let (mut slack, least) = spend(shape, &weights, costs, first)?;
    let mut best = pattern(&slack);
    for _ in 0..REPAIRS {
        if !shape.make_dearer(&mut weights, &slack, slots) {
            break;
        }
        (slack, _) = spend(shape, &weights, costs, first)?;
        let other = pattern(&slack);
        if other.cost < best.cost {
            best = other;
        }
    }
    Some((least, best))
}

/// TEU-slots that moving calls must save: more than rounding makes of sums that are equal, which would be moved to and fro for ever.
const LEAST_SAVING: f64 = 1e-6;

/// A pattern made cheaper by moving some calls that follow one another, which takes slack from one leg and gives it to another: boxes that are
/// late by more or less slack are not seen by [`best_from`] until they are late. Other calls stay where they are.
pub fn polished(shape: &Shape, costs: &CallCosts, mut pattern: Pattern) -> Pattern {
    let calls = shape.calls.len();
    let slots = costs[0].len() as i64;
    // the first call last: patterns that start elsewhere are looked at on their own
    let from_others = (1..calls).flat_map(|from| (from..calls).map(move |to| (from, to)));
    let blocks: Vec<(usize, usize)> = from_others.chain((0..calls - 1).map(|to| (0, to))).collect();
    let mut slack = shape.slack_of(&pattern.berthing);
    let mut improved = !shape.urgent.is_empty();
    while improved {
        improved = false;
        for (from, to) in blocks.iter().copied() {
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
            let may_start = |later: i64| from > 0 || shape.may_start(pattern.berthing[0] + later, slots);
            let mut found = (0, -LEAST_SAVING);
            for later in (least..=most).filter(|later| may_start(*later)) {
                let more = at(later) + legs(later) - now - late;
                // boxes that are late can only add to that
                if more < found.1 {
                    let more = more + shape.late(&shape.moved(&slack, (from, to), later), slots);
                    if more < found.1 {
                        found = (later, more);
                    }
                }
            }
            if found.0 != 0 {
                pattern.berthing[from..=to].iter_mut().for_each(|at| *at += found.0);
                slack = shape.moved(&slack, (from, to), found.0);
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
    use crate::domain::Urgent;
    use crate::optimize::timetable::shape::tests::{SLOTS, shape};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn cheapest(shape: &Shape, costs: &CallCosts) -> Pattern {
        polished(shape, costs, best_from(shape, costs, 0).expect("every slot is free").1)
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
            let (least, pattern) = best_from(&shape, &free(3), 0).expect("every slot is free");
            assert_eq!(least_from(&shape, &free(3), 0), Some(least));
            assert_eq!(least, pattern.cost, "without urgent boxes the programme is exact");
            (shape.slack_of(&pattern.berthing), pattern.cost)
        };
        assert_eq!(spent(7.0), (vec![0, 4, 4], 11.0));
        assert_eq!(spent(9.0), (vec![0, 2, 4], 12.0));
        // nothing saves more than the rest of the round trip does
        let mut last = shape(&[1.0, 1.0], 3, Vec::new());
        last.speeds[1] = vec![Speed { slack: 0, cost: 5.0 }, Speed { slack: 3, cost: 0.0 }];
        assert_eq!(best_from(&last, &free(2), 0).map(|(_, pattern)| pattern.cost), Some(3.0));
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

    /// Two of the six slots may be spent before call 1 and four after it. Call 1 goes there, not call 0, which would have to wait for its ship.
    #[test]
    fn a_call_that_is_well_placed_stays_there() {
        let urgent = |from: usize, spare: i64| Urgent { from, to: from + 1, spare, teu: 1.0 };
        let shape = shape(&[2.0, 1.0], 6, vec![urgent(0, 2), urgent(1, 4)]);
        let mut costs = free(2);
        costs[0] = (0..SLOTS).map(|slot| (-slot).rem_euclid(SLOTS) as f64).collect();
        let pattern = cheapest(&shape, &costs);
        assert_eq!((pattern.berthing, pattern.cost), (vec![0, 6], 8.0));
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
            let found = patterns.map(|(_, pattern)| polished(&shape, &costs, pattern)).min_by(|a, b| a.cost.total_cmp(&b.cost));
            let found = found.expect("every slot is free");
            assert_eq!(found.cost, cost(found.berthing[0].rem_euclid(SLOTS), &shape.slack_of(&found.berthing)), "case {case}");
            let bound = shape.firsts(SLOTS).filter_map(|first| least_from(&shape, &costs, first)).fold(f64::INFINITY, f64::min);
            assert!(bound <= least && least <= found.cost, "case {case}");
            best += usize::from(found.cost <= least);
        }
        assert!(best * 100 >= cases * 95, "{best} of {cases}");
    }
}
