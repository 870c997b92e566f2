//! Rotations that grow call by call for what cargo is worth at the prices of other services, as long as the best load on them brings more
//! than the calls cost. What cargo, calls and services are is the ground's business; see [`Ground`].

use super::moves::merge_neighbours;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Demands looked at for the first two calls.
const SEEDS: usize = 6;
/// Calls scored exactly for each further call, and most further calls.
const SCORED: usize = 3;
const MOST_FURTHER: usize = 12;
/// Services looked at for one that is related to another.
const RELATED: usize = 3;

/// A rotation as it is built.
pub struct Built<S> {
    pub service: S,
    /// Money a cycle.
    pub profit: f64,
    /// By demand wanted: what is on board.
    pub load: Vec<(usize, f64)>,
}

/// Cargo from one place to another, and the most money it can bring on the service being built.
pub struct Lane<C> {
    pub origin: C,
    pub destination: C,
    pub money: f64,
}

/// The ground on which services are built.
pub trait Ground {
    /// A place to call at.
    type Call: Copy + PartialEq + From<usize>;
    type Service;

    fn calls(service: &Self::Service) -> &[Self::Call];
    /// What cargo lacks: a lane for each demand wanted.
    fn lanes(&self) -> Vec<Lane<Self::Call>>;
    /// Number of places.
    fn places(&self) -> usize;
    /// Row of a place among all.
    fn row(place: Self::Call) -> usize;
    /// Where a further call lengthens the round trip least, as the row of the call before it, and about what it costs a cycle; `None` where
    /// the call is not allowed.
    fn detour(&self, built: &Built<Self::Service>, call: Self::Call) -> Option<(usize, f64)>;
    /// A rotation with its best load; `None` when no vessel may sail it.
    fn score(&mut self, calls: &[Self::Call]) -> Option<Built<Self::Service>>;
}

/// A rotation grown from the ends of a demand that lacks much.
pub fn grow<G: Ground>(ground: &mut G, rng: &mut ChaCha8Rng) -> Option<Built<G::Service>> {
    let lanes = ground.lanes();
    if lanes.is_empty() {
        return None;
    }
    let drawn = (0..SEEDS).map(|_| &lanes[rng.random_range(0..lanes.len())]);
    let first = drawn.max_by(|a, b| a.money.total_cmp(&b.money))?;
    let mut best = ground.score(&[first.origin, first.destination])?;
    for _ in 0..MOST_FURTHER {
        let longer = further(ground, &lanes, &best, rng);
        let longer = longer.iter().filter_map(|calls| ground.score(calls)).max_by(|a, b| a.profit.total_cmp(&b.profit));
        let Some(longer) = longer.filter(|longer| longer.profit > best.profit) else { break };
        best = longer;
    }
    Some(pruned(ground, best))
}

/// The rotation with one more call, for the places that promise most where the detour is shortest.
fn further<G: Ground>(ground: &G, lanes: &[Lane<G::Call>], built: &Built<G::Service>, rng: &mut ChaCha8Rng) -> Vec<Vec<G::Call>> {
    let calls = G::calls(&built.service);
    let mut direct = vec![0.0; ground.places()];
    for lane in lanes {
        let ends = [(lane.origin, lane.destination), (lane.destination, lane.origin)];
        for (end, _) in ends.iter().filter(|(_, other)| calls.contains(other)) {
            direct[G::row(*end)] += lane.money;
        }
    }
    let promise = |(row, money): (usize, &f64)| {
        let (before, cost) = ground.detour(built, row.into())?;
        Some((money - cost, row.into(), before))
    };
    let mut promises: Vec<(f64, G::Call, usize)> = direct.iter().enumerate().filter_map(promise).collect();
    promises.iter_mut().for_each(|(promise, _, _)| *promise *= rng.random_range(0.5..1.5));
    promises.sort_by(|a, b| b.0.total_cmp(&a.0));
    let longer = |(_, call, before): &(f64, G::Call, usize)| {
        let mut longer = calls.to_vec();
        longer.insert(before + 1, *call);
        longer
    };
    promises.iter().take(SCORED).map(longer).collect()
}

/// Takes out calls that cost more than they bring.
fn pruned<G: Ground>(ground: &mut G, mut best: Built<G::Service>) -> Built<G::Service> {
    let mut place = 0;
    loop {
        let mut calls = G::calls(&best.service).to_vec();
        if place >= calls.len() || calls.len() <= 2 {
            return best;
        }
        calls.remove(place);
        merge_neighbours(&mut calls);
        match ground.score(&calls).filter(|shorter| shorter.profit > best.profit) {
            Some(shorter) => (best, place) = (shorter, 0),
            None => place += 1,
        }
    }
}

/// Rows of services that go: none, one, or a few that share calls.
pub fn dropped<C: PartialEq>(services: &[&[C]], rng: &mut ChaCha8Rng) -> Vec<usize> {
    let count = [0, 1, 1, 1, 1, 2, 2, 3][rng.random_range(0..8usize)].min(services.len());
    let mut drop: Vec<usize> = Vec::new();
    while drop.len() < count {
        let shared = |row: &usize| {
            let own = services[*row];
            drop.iter().map(|other| services[*other].iter().filter(|call| own.contains(call)).count()).sum::<usize>()
        };
        let drawn: Vec<usize> = (0..RELATED).map(|_| rng.random_range(0..services.len())).collect();
        let Some(next) = drawn.into_iter().filter(|row| !drop.contains(row)).max_by_key(shared) else { break };
        drop.push(next);
    }
    drop
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    /// Places along a coast; a rotation costs its length and five a call, and carries what joins its calls.
    struct Coast {
        at: Vec<f64>,
        lanes: Vec<(usize, usize, f64)>,
    }

    impl Coast {
        fn length(&self, calls: &[usize]) -> f64 {
            calls.iter().zip(calls.iter().cycle().skip(1)).map(|(from, to)| (self.at[*from] - self.at[*to]).abs()).sum()
        }
    }

    impl Ground for Coast {
        type Call = usize;
        type Service = Vec<usize>;

        fn calls(service: &Vec<usize>) -> &[usize] {
            service
        }

        fn lanes(&self) -> Vec<Lane<usize>> {
            self.lanes
                .iter()
                .map(|(origin, destination, money)| Lane { origin: *origin, destination: *destination, money: *money })
                .collect()
        }

        fn places(&self) -> usize {
            self.at.len()
        }

        fn row(place: usize) -> usize {
            place
        }

        fn detour(&self, built: &Built<Vec<usize>>, call: usize) -> Option<(usize, f64)> {
            let calls = &built.service;
            let longer = |place: usize| {
                let mut longer = calls.clone();
                longer.insert(place + 1, call);
                (place, self.length(&longer) - self.length(calls) + 5.0)
            };
            (!calls.contains(&call)).then(|| (0..calls.len()).map(longer).min_by(|a, b| a.1.total_cmp(&b.1)))?
        }

        fn score(&mut self, calls: &[usize]) -> Option<Built<Vec<usize>>> {
            let joined = |(origin, destination, _): &&(usize, usize, f64)| calls.contains(origin) && calls.contains(destination);
            let money: f64 = self.lanes.iter().filter(joined).map(|(_, _, money)| money).sum();
            let profit = money - self.length(calls) - 5.0 * calls.len() as f64;
            Some(Built { service: calls.to_vec(), profit, load: Vec::new() })
        }
    }

    /// Rotations grow: on most coasts they take in more than two calls, and none has a call whose loss would earn more.
    #[test]
    fn a_rotation_grows_while_it_pays_and_keeps_no_call_that_does_not() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let mut long = 0;
        for _ in 0..100 {
            let at: Vec<f64> = (0..8).map(|_| rng.random_range(0.0..50.0)).collect();
            let end = |rng: &mut ChaCha8Rng| rng.random_range(0..8usize);
            let lanes = (0..12).map(|_| (end(&mut rng), end(&mut rng), rng.random_range(0.0..60.0)));
            let lanes = lanes.filter(|(origin, destination, _)| origin != destination).collect();
            let mut coast = Coast { at, lanes };
            let built = grow(&mut coast, &mut rng).expect("there are lanes");
            long += u32::from(built.service.len() > 2);
            for place in 0..built.service.len() {
                let mut calls = built.service.clone();
                calls.remove(place);
                let shorter = coast.score(&calls).map_or(f64::NEG_INFINITY, |shorter| shorter.profit);
                assert!(calls.len() < 2 || shorter <= built.profit, "{:?} keeps call {place}", built.service);
            }
        }
        assert!(long > 50, "only {long} of 100 grow");
    }

    /// A service that shares most calls with one that goes mostly goes with it.
    #[test]
    fn related_services_go_together() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let calls: Vec<Vec<usize>> = (0..10).map(|row| vec![row / 2, row / 2 + 10, row + 30]).collect();
        let services: Vec<&[usize]> = calls.iter().map(Vec::as_slice).collect();
        let pairs: Vec<Vec<usize>> = (0..500).map(|_| dropped(&services, &mut rng)).filter(|drop| drop.len() == 2).collect();
        let together = pairs.iter().filter(|drop| drop[0] / 2 == drop[1] / 2).count();
        assert!(together * 5 > pairs.len(), "{together} of {} pairs, one in nine by chance", pairs.len());
    }
}
