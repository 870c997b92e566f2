//! Changes of a rotation's calls.

use super::rotation::Scene;
use crate::domain::{Problem, Role, TerminalIdx};
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// The same cyclic rotation, started at its first hub.
pub fn from_hub(problem: &Problem, calls: &[TerminalIdx]) -> Vec<TerminalIdx> {
    let turned =
        |start: usize| -> Vec<TerminalIdx> { (0..calls.len()).map(|step| calls[(start + step) % calls.len()]).collect() };
    let rank = |start: &usize| (problem.terminal(calls[*start]).role != Role::Hub, turned(*start));
    (0..calls.len()).min_by_key(rank).map(turned).unwrap_or_default()
}

/// A further call, mostly where the detour is shortest.
pub fn insert(scene: &Scene, calls: &[TerminalIdx], call: TerminalIdx, rng: &mut ChaCha8Rng) -> Option<Vec<TerminalIdx>> {
    if calls.len() >= scene.problem.settings.most_calls {
        return None;
    }
    let beside = |place: usize| (calls[place - 1], calls[place % calls.len()]);
    let open: Vec<usize> = (1..=calls.len()).filter(|place| beside(*place).0 != call && beside(*place).1 != call).collect();
    let place = if rng.random_range(0..3u32) > 0 {
        let detour = |place: &usize| {
            let (before, after) = beside(*place);
            let way = |a, b| scene.groups.distance(a, b).unwrap_or(i64::MAX / 4);
            way(before, call) + way(call, after) - way(before, after)
        };
        open.iter().copied().min_by_key(detour)?
    } else {
        *open.get(rng.random_range(0..open.len().max(1)))?
    };
    let mut longer = calls.to_vec();
    longer.insert(place, call);
    Some(longer)
}

/// One call less, and no terminal twice in a row.
pub fn remove(calls: &[TerminalIdx], rng: &mut ChaCha8Rng) -> Option<Vec<TerminalIdx>> {
    let shorter = without(calls, rng.random_range(0..calls.len()));
    (shorter.len() >= 2).then_some(shorter)
}

/// The calls without one; where its neighbours were the same terminal, they become one call.
pub fn without(calls: &[TerminalIdx], place: usize) -> Vec<TerminalIdx> {
    let mut shorter = calls.to_vec();
    shorter.remove(place);
    merge_neighbours(&mut shorter);
    shorter
}

/// Two services exchange the calls that follow a terminal at which both call.
pub fn exchange_tails(mine: &[TerminalIdx], theirs: &[TerminalIdx], rng: &mut ChaCha8Rng) -> Option<[Vec<TerminalIdx>; 2]> {
    let shared = |place: &usize| theirs.contains(&mine[*place]);
    let places: Vec<usize> = (0..mine.len()).filter(shared).collect();
    let place = *places.choose(rng)?;
    let other = theirs.iter().position(|call| *call == mine[place])?;
    let (mut first, mut second) = (mine.to_vec(), theirs.to_vec());
    first.rotate_left(place);
    second.rotate_left(other);
    let mut tail = first.split_off(rng.random_range(1..=first.len()));
    let mut their_tail = second.split_off(rng.random_range(1..=second.len()));
    first.append(&mut their_tail);
    second.append(&mut tail);
    merge_neighbours(&mut first);
    merge_neighbours(&mut second);
    (first.len() > 1 && second.len() > 1).then_some([first, second])
}

/// Calls that follow one another at the same place become one, also around the end.
pub fn merge_neighbours<T: PartialEq>(calls: &mut Vec<T>) {
    calls.dedup();
    while calls.len() > 1 && calls.first() == calls.last() {
        calls.pop();
    }
}

/// One call moved to another place.
pub fn relocate(calls: &[TerminalIdx], rng: &mut ChaCha8Rng) -> Option<Vec<TerminalIdx>> {
    let mut moved = calls.to_vec();
    let call = moved.remove(rng.random_range(0..calls.len()));
    moved.insert(rng.random_range(0..=moved.len()), call);
    merge_neighbours(&mut moved);
    (moved.len() >= 2 && moved != calls).then_some(moved)
}

/// A stretch of calls the other way round.
pub fn reverse(calls: &[TerminalIdx], rng: &mut ChaCha8Rng) -> Option<Vec<TerminalIdx>> {
    let (a, b) = (rng.random_range(0..calls.len()), rng.random_range(0..calls.len()));
    let mut turned = calls.to_vec();
    turned[a.min(b)..=a.max(b)].reverse();
    merge_neighbours(&mut turned);
    (turned.len() >= 2 && turned != calls).then_some(turned)
}
