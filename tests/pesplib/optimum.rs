//! The search against all timetables of a network, one after the other.

use crate::{draw, search, timetable};
use waterbus::audit::check_tensions;
use waterbus::domain::event_network::EventNetwork;
use waterbus::optimize::timetable::periodic::Outcome;

/// The least weighted slack there is; `None` when no times keep all spans.
fn least(network: &EventNetwork) -> Option<i128> {
    let mut times = vec![0; network.events.len()];
    let mut least: Option<i128> = None;
    loop {
        let report = check_tensions(network, &times);
        if report.violated.is_empty() {
            least = Some(least.map_or(report.weighted_slack, |least| least.min(report.weighted_slack)));
        }
        // the next times; the first event may stay where it is
        let Some(place) = (1..times.len()).find(|place| times[*place] + 1 < network.period) else { return least };
        times[place] += 1;
        times[1..place].fill(0);
    }
}

/// More than a thousand small networks of all kinds: the optimum where there is a timetable, none where there is not.
#[test]
fn small_networks_get_their_best_timetable() {
    let mut counts = [0; 3];
    for seed in 0..1600 {
        let network = draw::network(seed, 5, 8);
        match (least(&network), search(&network, seed, 1, 300)) {
            (Some(least), Outcome::Timetable(_)) => {
                assert_eq!(i128::from(timetable(&network, seed, 1, 300).weighted_slack), least, "network {seed}");
                counts[0] += 1;
            }
            (None, Outcome::NothingFound { violated }) => {
                assert!(violated > 0, "network {seed}");
                counts[1] += 1;
            }
            (None, Outcome::Contradiction { activities }) => {
                let only = |kept: &[usize]| EventNetwork {
                    activities: kept.iter().map(|row| network.activities[*row]).collect(),
                    ..network.clone()
                };
                assert_eq!(least(&only(&activities)), None, "network {seed}: {activities:?}");
                for gone in 0..activities.len() {
                    let rest = [&activities[..gone], &activities[gone + 1..]].concat();
                    assert!(least(&only(&rest)).is_some(), "network {seed}: {rest:?} of {activities:?}");
                }
                counts[2] += 1;
            }
            (least, outcome) => panic!("network {seed}: the best is {least:?}, the search found {outcome:?}"),
        }
    }
    assert!(counts.iter().all(|count| *count > 10), "the draw proves little: {counts:?}");
}

/// Two threads, all kinds of steps, mergers: found twice, byte for byte; another seed finds something else on the way.
#[test]
fn the_same_work_gives_the_same_timetable() {
    let network = draw::services(1, 12, 8, 30);
    for threads in [1, 2, 3] {
        let first = timetable(&network, 5, threads, 150);
        assert_eq!(first, timetable(&network, 5, threads, 150), "{threads} threads");
    }
    assert_ne!(timetable(&network, 5, 2, 20).times, timetable(&network, 6, 2, 20).times);
}

/// More work finds better timetables, far better than the first that keeps all spans.
#[test]
fn work_pays() {
    let network = draw::services(2, 12, 8, 30);
    let [little, much] = [20, 3000].map(|work| timetable(&network, 1, 2, work).weighted_slack);
    assert!(10 * much < 9 * little, "{little} and then {much}");
}

/// Networks that are odd but allowed.
#[test]
fn odd_networks_have_timetables() {
    let mut network = draw::services(3, 3, 3, 10);
    network.activities.clear();
    assert_eq!(timetable(&network, 1, 2, 5).weighted_slack, 0, "events without activities");
    for period in [1, 2, 672, 20_000] {
        let mut network = draw::services(3, 3, 3, period.max(3));
        network.period = period;
        let outcome = search(&network, 1, 2, 200);
        assert!(matches!(outcome, Outcome::Timetable(_)), "period {period}: {outcome:?}");
    }
    network.activities = draw::services(3, 3, 3, 10).activities;
    network.activities.iter_mut().for_each(|activity| activity.weight = 0);
    assert_eq!(timetable(&network, 1, 1, 5).weighted_slack, 0, "nothing has a weight");
    network.activities.iter_mut().for_each(|activity| activity.weight = 1_000_000_000_000);
    timetable(&network, 1, 1, 5);
}
