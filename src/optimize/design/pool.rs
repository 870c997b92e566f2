//! The pool of rotations. From every pair of terminals with cargo between them a beam of rotations grows, one call at a time, by the
//! profit a single vessel could make; the best of every terminal stay.

use super::moves::from_hub;
use super::rotation::{Rotation, Scene, handling_minutes, is_hub_shuttle, passages, rotations_of};
use crate::domain::{ClassIdx, Minutes, Practice, Problem, Regime, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::energy;
use crate::optimize::flow::{Offer, best_load, regime_allows, regimes_of};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// How large a pool to make.
#[derive(Clone, Copy, Debug)]
pub struct PoolSize {
    /// Rotations of several calls kept for each terminal.
    pub per_terminal: usize,
    /// Pairs kept for each terminal.
    pub pairs: usize,
    /// Rotations kept while growing from one pair.
    pub beam: usize,
    /// Most calls of a rotation.
    pub calls: usize,
}

impl PoolSize {
    /// The pool for a network: a small one can afford longer rotations and more of them for each terminal. A large one is searched
    /// beyond its pool.
    pub fn for_network(terminals: usize) -> Self {
        let (beam, calls) = if terminals > 20 { (1, 4) } else { (4, 6) };
        Self { per_terminal: (24 / terminals.max(1)).max(3), pairs: 4, beam, calls }
    }
}

/// Generates candidates, best rotations first. Where the deadline comes too soon, the pairs with the least cargo grow no rotations.
pub fn generate(scene: &Scene, size: &PoolSize, threads: usize, deadline: Option<Instant>, control: &Control) -> Vec<Rotation> {
    let estimate = Estimate::new(scene);
    let seeds = seeds(scene, &estimate);
    let threads = threads.max(1);
    let grown: Vec<Scored> = std::thread::scope(|scope| {
        let (seeds, estimate) = (&seeds, &estimate);
        let work = move |thread: usize| {
            let mut scored = Scored::new();
            for seed in seeds.iter().skip(thread).step_by(threads).take_while(|_| !control.is_over(deadline)) {
                grow(scene, estimate, size, seed.clone(), &mut scored);
            }
            scored
        };
        let workers: Vec<_> = (0..threads).map(|thread| scope.spawn(move || work(thread))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
    });
    let mut ranked: Vec<(Vec<TerminalIdx>, f64)> = grown.into_iter().flatten().collect::<Scored>().into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let kept = keep(scene.problem, size, ranked);
    let mut rotations: Vec<Rotation> = kept.iter().flat_map(|calls| rotations_of(scene, calls)).collect();
    if rotations.len() > MANY {
        rotations.retain(|rotation| estimate.is_worth_running(scene, rotation));
    }
    rotations
}

/// From this many candidates on, those on which no single vessel would earn anything are left out.
const MANY: usize = 250;

/// Rotations with the most a single vessel could earn.
type Scored = BTreeMap<Vec<TerminalIdx>, f64>;

/// Pairs of terminals with cargo between them, the hub first; those whose cargo brings most come first.
fn seeds(scene: &Scene, estimate: &Estimate) -> Vec<Vec<TerminalIdx>> {
    let pairs: BTreeSet<Vec<TerminalIdx>> =
        scene.problem.demands.iter().map(|demand| from_hub(scene.problem, &[demand.origin, demand.destination])).collect();
    let separate = scene.practice == Practice::SeparateTrades;
    let mut seeds: Vec<_> = pairs.into_iter().filter(|pair| !separate || is_hub_shuttle(scene.problem, pair)).collect();
    seeds.sort_by(|a, b| estimate.cargo(b).total_cmp(&estimate.cargo(a)).then_with(|| a.cmp(b)));
    seeds
}

fn grow(scene: &Scene, estimate: &Estimate, size: &PoolSize, seed: Vec<TerminalIdx>, scored: &mut Scored) {
    let Some(score) = estimate.score(scene, &seed) else { return };
    scored.insert(seed.clone(), score);
    if scene.practice == Practice::SeparateTrades {
        return;
    }
    let mut beam = vec![seed];
    for _ in 2..size.calls.min(scene.problem.settings.most_calls) {
        let mut longer: BTreeMap<Vec<TerminalIdx>, f64> = BTreeMap::new();
        for calls in &beam {
            for next in insertions(scene.problem, calls) {
                if longer.contains_key(&next) {
                    continue;
                }
                let known = scored.get(&next).copied();
                if let Some(score) = known.or_else(|| estimate.score(scene, &next)) {
                    longer.insert(next, score);
                }
            }
        }
        let mut ranked: Vec<_> = longer.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        scored.extend(ranked.iter().take(4 * size.beam).cloned());
        beam = ranked.into_iter().take(size.beam).map(|(calls, _)| calls).collect();
    }
}

fn insertions(problem: &Problem, calls: &[TerminalIdx]) -> Vec<Vec<TerminalIdx>> {
    let mut longer = Vec::new();
    for terminal in (0..problem.terminals.len()).map(TerminalIdx::from) {
        if calls.iter().filter(|call| **call == terminal).count() >= problem.settings.most_visits {
            continue;
        }
        for place in 1..=calls.len() {
            if calls[place - 1] != terminal && calls[place % calls.len()] != terminal {
                let mut next = calls.to_vec();
                next.insert(place, terminal);
                longer.push(from_hub(problem, &next));
            }
        }
    }
    longer
}

/// Every pair once, and for every terminal its best rotations.
fn keep(problem: &Problem, size: &PoolSize, ranked: Vec<(Vec<TerminalIdx>, f64)>) -> Vec<Vec<TerminalIdx>> {
    let mut count = vec![0usize; problem.terminals.len()];
    let mut pairs = vec![0usize; problem.terminals.len()];
    let mut kept = Vec::new();
    for (calls, score) in ranked {
        let counted = if calls.len() == 2 { &mut pairs } else { &mut count };
        let most = if calls.len() == 2 { size.pairs } else { size.per_terminal };
        let wanted = calls.iter().any(|call| counted[call.row()] < most) && score.is_finite();
        if wanted {
            calls.iter().for_each(|call| counted[call.row()] += 1);
            kept.push(calls);
        }
    }
    kept
}

/// Cargo between two terminals, as the estimate sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    teu: f64,
    /// Freight less both lifts, a TEU.
    margin: f64,
}

/// A quick guess of what a single vessel earns on a rotation.
struct Estimate {
    /// By origin, destination and kind of trade (foreign, domestic, empty).
    lanes: Vec<Vec<[Lane; 3]>>,
    /// Crane minutes of a TEU lifted, by terminal.
    minutes: Vec<f64>,
    /// Classes with vessels; registered and not.
    classes: Vec<(ClassIdx, bool, bool)>,
}

impl Estimate {
    fn new(scene: &Scene) -> Self {
        let problem = scene.problem;
        let terminals = problem.terminals.len();
        let mut lanes = vec![vec![[Lane::default(); 3]; terminals]; terminals];
        for demand in &problem.demands {
            let kind = if demand.trade.is_foreign() {
                0
            } else if demand.trade.is_domestic() {
                1
            } else {
                2
            };
            let lifts = problem.terminal(demand.origin).handling + problem.terminal(demand.destination).handling;
            let lane = &mut lanes[demand.origin.row()][demand.destination.row()][kind];
            let teu = demand.volume.0 as f64;
            lane.margin = (lane.margin * lane.teu + (demand.rate - lifts).units() * teu) / (lane.teu + teu).max(1.0);
            lane.teu += teu;
        }
        let minutes = (0..terminals).map(|at| handling_minutes(problem, at.into())).collect();
        let classes = (0..problem.classes.len())
            .map(ClassIdx::from)
            .map(|class| {
                let has = |registered: bool| {
                    problem.fleets.iter().any(|fleet| fleet.class == class && fleet.registered == registered && fleet.vessels > 0)
                };
                (class, has(true), has(false))
            })
            .filter(|(_, registered, other)| *registered || *other)
            .collect();
        Self { lanes, minutes, classes }
    }

    /// Money that all cargo between two terminals brings above its lifts.
    fn cargo(&self, pair: &[TerminalIdx]) -> f64 {
        let way = |from: TerminalIdx, to: TerminalIdx| self.lanes[from.row()][to.row()].iter();
        way(pair[0], pair[1]).chain(way(pair[1], pair[0])).map(|lane| lane.teu * lane.margin.max(0.0)).sum()
    }

    /// Money a cycle that one vessel of the best class earns; `None` when no vessel can sail it.
    fn score(&self, scene: &Scene, calls: &[TerminalIdx]) -> Option<f64> {
        let [registered, other] = [true, false].map(|registered| regimes_of(scene.problem, calls, registered));
        let mut best: Option<f64> = None;
        for (class, has_registered, has_other) in &self.classes {
            let own = registered.iter().filter(|_| *has_registered);
            let others = other.iter().filter(|regime| *has_other && !(*has_registered && registered.contains(regime)));
            for regime in own.chain(others) {
                let value = self.vessel_profit(scene, calls, *class, *regime);
                best = value.map_or(best, |value| Some(best.map_or(value, |known| known.max(value))));
            }
        }
        best
    }

    /// True when some vessel earns money on the rotation under its regime.
    fn is_worth_running(&self, scene: &Scene, rotation: &Rotation) -> bool {
        let classes = rotation.choices.iter().map(|choice| scene.problem.fleet(choice.fleet).class);
        let earns =
            |class: ClassIdx| self.vessel_profit(scene, &rotation.calls, class, rotation.regime).is_some_and(|value| value > 0.0);
        classes.collect::<BTreeSet<ClassIdx>>().into_iter().any(earns)
    }

    fn vessel_profit(&self, scene: &Scene, calls: &[TerminalIdx], class: ClassIdx, regime: Regime) -> Option<f64> {
        let problem = scene.problem;
        let vessel = problem.class(class);
        let mut away = Minutes(0);
        let mut energy = 0.0;
        for (passage, from) in passages(scene, class, calls)?.into_iter().zip(calls) {
            away += passage.duration() + problem.terminal(*from).wait + problem.settings.slot;
            let slowest = passage.slower.last().unwrap_or(&passage.steaming);
            energy += energy::under_way(&problem.settings, vessel, slowest) / 100.0;
        }
        let calls_cost: f64 = calls.iter().map(|call| problem.terminal(*call).call_cost.units()).sum();
        let cycle = problem.settings.cycle.0 as f64;
        let mut trips = cycle / (away.0 as f64 + 240.0 * calls.len() as f64);
        let mut margin = 0.0;
        for _ in 0..2 {
            let (earned, crane) = self.fill(calls, regime, vessel.teu.0 as f64 * trips);
            let least = problem.settings.min_handling.0 as f64 * calls.len() as f64;
            trips = cycle / (away.0 as f64 + (crane / trips).max(least));
            margin = earned;
        }
        if away.0 > problem.settings.longest_round_trip.0 {
            return None;
        }
        let vessel_cost = vessel.fixed_per_day.units() * cycle / (24.0 * 60.0);
        Some(margin - (energy + calls_cost) * trips - vessel_cost)
    }

    /// The best load of direct cargo on a line that is empty at its first call; a lane that it offers more than once rides the fewest legs.
    /// Money earned and crane minutes, a cycle.
    fn fill(&self, calls: &[TerminalIdx], regime: Regime, slots: f64) -> (f64, f64) {
        let at = |call: usize| calls[call % calls.len()];
        let mut shortest: BTreeMap<(TerminalIdx, TerminalIdx), (usize, usize)> = BTreeMap::new();
        for from in 0..calls.len() {
            for to in from + 1..=calls.len() {
                let ride = shortest.entry((at(from), at(to))).or_insert((from, to));
                if to - from < ride.1 - ride.0 {
                    *ride = (from, to);
                }
            }
        }
        let mut offers = Vec::new();
        for ((a, b), (from, to)) in shortest.into_iter().filter(|((a, b), _)| a != b) {
            for (_, lane) in self.lanes[a.row()][b.row()].iter().enumerate().filter(|(kind, _)| allows(regime, *kind)) {
                if lane.teu > 0.0 && lane.margin > 0.0 {
                    offers.push(Offer { from, to, slots: lane.teu, gain: lane.margin });
                }
            }
        }
        let taken = best_load(calls.len() + 1, slots, &offers);
        let minutes = |offer: &Offer| self.minutes[at(offer.from).row()] + self.minutes[at(offer.to).row()];
        let earned = offers.iter().zip(&taken).map(|(offer, taken)| offer.gain * taken).sum();
        (earned, offers.iter().zip(&taken).map(|(offer, taken)| minutes(offer) * taken).sum())
    }
}

fn allows(regime: Regime, kind: usize) -> bool {
    use crate::domain::Trade;
    regime_allows(regime, [Trade::Export, Trade::Domestic, Trade::Empty][kind])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Limit;
    use crate::input::{Size, generate as generate_instance, read_tables};
    use crate::waterway::Waterway;

    fn with_scene(check: impl FnOnce(&Scene)) {
        let size = Size { terminals: 12, hubs: 2, demands: 90, ..Size::default() };
        let problem = read_tables(&generate_instance(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
        let waterway = Waterway::new(&problem);
        check(&Scene::new(&problem, &waterway, Practice::WaterBus));
    }

    /// When there is no time left, nothing grows; with time enough the number of threads does not tell.
    #[test]
    fn rotations_grow_until_the_deadline_and_the_same_on_any_number_of_threads() {
        let control = Control::silent(Limit::Work(1));
        with_scene(|scene| {
            let grown = |threads: usize, deadline: Option<Instant>| -> Vec<(Vec<TerminalIdx>, Regime)> {
                let pool = generate(scene, &PoolSize::for_network(12), threads, deadline, &control);
                pool.into_iter().map(|rotation| (rotation.calls, rotation.regime)).collect()
            };
            assert!(grown(2, Some(Instant::now())).is_empty());
            let alone = grown(1, None);
            assert!(alone.len() > 20 && alone == grown(3, None), "{} rotations", alone.len());
        });
    }

    /// When time is short, the pairs that grew rotations are those whose cargo brings most.
    #[test]
    fn the_pair_with_the_most_cargo_grows_first() {
        with_scene(|scene| {
            let estimate = Estimate::new(scene);
            let money: Vec<f64> = seeds(scene, &estimate).iter().map(|pair| estimate.cargo(pair)).collect();
            assert!(money.len() > 20 && money.is_sorted_by(|a, b| a >= b), "{money:?}");
        });
    }
}
