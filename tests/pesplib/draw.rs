//! Networks drawn by a seed.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use waterbus::domain::event_network::{Activity, EventNetwork};

/// Durations of all kinds: fixed, short, long and free, beyond the period and below zero, parallel, and from an event to itself.
pub fn network(seed: u64, most_events: usize, longest_period: i64) -> EventNetwork {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let period = rng.random_range(1..=longest_period);
    let events = rng.random_range(2..=most_events);
    let count = rng.random_range(1..=2 * events + 2);
    let activities = (0..count).map(|_| activity(&mut rng, events, period)).collect();
    EventNetwork { period, events: (1..=events as i64).collect(), activities }
}

fn activity(rng: &mut ChaCha8Rng, events: usize, period: i64) -> Activity {
    let [from, to] = [0; 2].map(|_| rng.random_range(0..events));
    let least = rng.random_range(-2 * period..3 * period);
    let span = match rng.random_range(0..6) {
        0 => 0,
        1 => rng.random_range(0..period),
        2 | 3 => (period - 1).min(1 + rng.random_range(0..period) / 3),
        _ => period + rng.random_range(-1..3),
    };
    // an event is itself after no time, or a period
    let least = if from == to { least - least.rem_euclid(period) } else { least };
    let weight = if rng.random_bool(0.2) { 0 } else { rng.random_range(0..50) };
    Activity { from: from.into(), to: to.into(), least, most: least + span, weight }
}

/// Services along one line of stops, all fast and close, with changes between them: large enough for all kinds of steps.
pub fn services(seed: u64, services: usize, stops: usize, period: i64) -> EventNetwork {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let event = |service: usize, stop: usize, leaves: usize| (2 * (service * stops + stop) + leaves).into();
    let mut activities = Vec::new();
    for service in 0..services {
        for stop in 0..stops {
            let stay = [event(service, stop, 0), event(service, stop, 1)];
            activities.push(Activity { from: stay[0], to: stay[1], least: 1, most: 4, weight: rng.random_range(1..100) });
            if stop + 1 < stops {
                let least = rng.random_range(2..period);
                let next = event(service, stop + 1, 0);
                activities.push(Activity { from: stay[1], to: next, least, most: least + 1, weight: rng.random_range(1..100) });
            }
            let other = rng.random_range(0..services);
            if other != service {
                let least = rng.random_range(2..5);
                let to = event(other, stop, 1);
                activities.push(Activity {
                    from: stay[0],
                    to,
                    least,
                    most: least + period - 1,
                    weight: rng.random_range(1..300),
                });
            }
        }
    }
    EventNetwork { period, events: (1..=(2 * services * stops) as i64).collect(), activities }
}
