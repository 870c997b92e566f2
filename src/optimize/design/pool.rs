//! The pool of rotations. From every pair of terminals with cargo between them a beam of rotations grows, one call at a time, by the
//! profit a single vessel could make; the best of every terminal stay.

use super::moves::from_hub;
use super::rotation::{Rotation, Scene, handling_minutes, is_hub_shuttle, rotations_of};
use crate::domain::{ClassIdx, Minutes, Practice, Problem, Regime, TerminalIdx};
use crate::optimize::control::Control;
use crate::optimize::flow::{Offer, best_load, regime_allows};
use std::collections::{BTreeMap, BTreeSet};

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

/// Generates candidates, best rotations first.
pub fn generate(scene: &Scene, size: &PoolSize, threads: usize, control: &Control) -> Vec<Rotation> {
    let estimate = Estimate::new(scene);
    let seeds = seeds(scene);
    let part = seeds.len().div_ceil(threads.max(1)).max(1);
    let grown: Vec<Scored> = std::thread::scope(|scope| {
        let work = |seeds: &[Vec<TerminalIdx>]| {
            let mut scored = Scored::new();
            for seed in seeds.iter().take_while(|_| !control.is_cancelled()) {
                grow(scene, &estimate, size, seed.clone(), &mut scored);
            }
            scored
        };
        let workers: Vec<_> = seeds.chunks(part).map(|seeds| scope.spawn(move || work(seeds))).collect();
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

/// Pairs of terminals with cargo between them, the hub first.
fn seeds(scene: &Scene) -> Vec<Vec<TerminalIdx>> {
    let pairs: BTreeSet<Vec<TerminalIdx>> =
        scene.problem.demands.iter().map(|demand| from_hub(scene.problem, &[demand.origin, demand.destination])).collect();
    let separate = scene.practice == Practice::SeparateTrades;
    pairs.into_iter().filter(|pair| !separate || is_hub_shuttle(scene.problem, pair)).collect()
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

    /// Money a cycle that one vessel of the best class earns; `None` when no vessel can sail it.
    fn score(&self, scene: &Scene, calls: &[TerminalIdx]) -> Option<f64> {
        let mut best: Option<f64> = None;
        for (class, registered, other) in &self.classes {
            for (has, registered) in [(*registered, true), (*other, false)] {
                if !has {
                    continue;
                }
                for regime in crate::optimize::flow::regimes_of(scene.problem, calls, registered) {
                    let value = self.vessel_profit(scene, calls, *class, regime);
                    best = value.map_or(best, |value| Some(best.map_or(value, |known| known.max(value))));
                }
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
        for (leg, from) in calls.iter().enumerate() {
            let passage = scene.waterway.passage(class, *from, calls[(leg + 1) % calls.len()])?;
            if vessel.range.is_some_and(|range| passage.distance > range) {
                return None;
            }
            away += passage.duration() + problem.terminal(*from).wait + problem.settings.slot;
            energy += passage.fuel_g as f64 / 1e6 * problem.settings.diesel_cents_per_t.units()
                + passage.energy_wh as f64 / 1e5 * problem.settings.electricity_cents_per_kwh;
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
