//! A rotation of the pool: which cargo may ride where, and with which vessels and sailings it may be run at what cost.

use super::super::flow::{Groups, Ride, is_large, regimes_of, rides_of};
use super::owners::{alike, kind_of, kinds};
use super::pinned::PinnedService;
use crate::domain::{
    Cents, ClassIdx, FleetIdx, Kg, LinkIdx, Metres, Minutes, Practice, Problem, Regime, Role, TerminalIdx, round_trip,
};
use crate::optimize::energy;
use crate::waterway::{Passage, Waterway, describe_obstacle, find_obstacles};
use std::collections::BTreeMap;

/// What stays the same while rotations are made.
pub struct Scene<'a> {
    pub problem: &'a Problem,
    pub waterway: &'a Waterway,
    pub groups: Groups,
    pub open_times: OpenTimes,
    pub practice: Practice,
    /// Services that are run in every network.
    pub pinned: Vec<PinnedService>,
}

impl<'a> Scene<'a> {
    pub fn new(problem: &'a Problem, waterway: &'a Waterway, practice: Practice) -> Self {
        let (groups, open_times) = (Groups::new(problem, waterway), OpenTimes::new(problem));
        Self { problem, waterway, groups, open_times, practice, pinned: Vec::new() }
    }

    /// Vessels that pinned services take of their owners.
    pub fn lent(&self) -> Vec<(FleetIdx, u32)> {
        self.pinned.iter().map(|pinned| (pinned.owner, pinned.vessels)).collect()
    }
}

/// Calls under one regime: the rows of the pool.
#[derive(Clone, Debug)]
pub struct Rotation {
    pub calls: Vec<TerminalIdx>,
    pub regime: Regime,
    pub mixed_direction: bool,
    pub rides: Vec<Ride>,
    /// What a TEU costs on each ride: the lifts at both ends, and the least time under way where the planner weighs it.
    pub ride_costs: Vec<f64>,
    pub choices: Vec<Choice>,
}

impl Rotation {
    /// What tells rotations apart.
    pub fn key(&self) -> (&[TerminalIdx], Regime) {
        (&self.calls, self.regime)
    }
}

/// A way to run a rotation: vessels, sailings, and what one cycle of it costs.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The kind of vessel, named by the first fleet row of its class and registration.
    pub fleet: FleetIdx,
    pub sailings: u32,
    pub vessels: u32,
    /// Vessels, energy and calls of one cycle, as the auditor counts them.
    pub cost: Cents,
    /// Cargo mass by leg that depth and class allow on one sailing.
    pub leg_load: Vec<Kg>,
    /// By leg: departure to arrival.
    pub sailing: Vec<Minutes>,
    /// Berth time of all calls of one cycle that the round trips leave.
    pub berth_time: Minutes,
    /// By call: longest stay that evenly spaced sailings find inside windows or opening hours.
    pub longest_stay: Vec<Minutes>,
    /// Lockages a cycle by lock.
    pub lockages: BTreeMap<LinkIdx, u32>,
}

impl Choice {
    /// What tells choices of a rotation apart: kind of vessel, sailings, vessels.
    pub fn way(&self) -> (FleetIdx, u32, u32) {
        (self.fleet, self.sailings, self.vessels)
    }
}

/// The rotation of a service that stays, with the one way it is run.
///
/// # Errors
/// What of the waterway or the rules leaves it none.
pub fn rotation_as_run(scene: &Scene, pinned: &PinnedService) -> Result<Rotation, String> {
    let (problem, calls) = (scene.problem, pinned.calls.as_slice());
    let registered = problem.fleet(pinned.owner).registered;
    if !is_well_formed(problem, calls) {
        return Err("the instance does not allow such a rotation".to_owned());
    }
    if !regimes_in_practice(scene, calls, registered).contains(&pinned.regime) {
        return Err("the rules for vessels and trades do not allow it to sail as it is".to_owned());
    }
    let kind = kind_of(problem, pinned.owner);
    let class = problem.fleet(kind).class;
    let legs = passages(scene, class, calls).ok_or_else(|| what_bars(scene, class, calls))?;
    let least = |call: usize| pinned.stays[call].unwrap_or_else(|| shortest_stay(problem));
    let shortest: Minutes = (0..calls.len()).map(least).sum();
    let trip = round_trip(problem, pinned.vessels, pinned.sailings);
    let berth = (trip - time_off_berth(problem, calls, &legs)).max(shortest);
    let open = |call: usize| pinned.stays[call].unwrap_or_else(|| scene.open_times.of(calls[call], pinned.sailings));
    let run = choice(problem, kind, calls, &legs, pinned.sailings, pinned.vessels, berth);
    let run = Choice { longest_stay: (0..calls.len()).map(open).collect(), ..run };
    let times: Vec<Minutes> = legs.iter().map(|passage| passage.duration()).collect();
    loaded(scene, calls, pinned.regime, &times, vec![run]).ok_or_else(|| "no cargo may ride on it".to_owned())
}

/// What keeps a class from sailing these calls: the first leg that it may not sail, or the first way on which it cannot be charged in time.
fn what_bars(scene: &Scene, class: ClassIdx, calls: &[TerminalIdx]) -> String {
    let problem = scene.problem;
    let code = |at: TerminalIdx| &problem.terminal(at).code;
    let name = &problem.class(class).code;
    let barred = || {
        let (from, to) = ends(calls).find(|(from, to)| scene.waterway.passage(class, *from, *to).is_none())?;
        let way = format!("{name} may not sail from {} to {}", code(from), code(to));
        let obstacles = find_obstacles(problem, class, from, to).into_iter();
        let told: Vec<String> = obstacles.map(|obstacle| describe_obstacle(problem, class, obstacle)).collect();
        Some(if told.is_empty() { way } else { format!("{way}: {}", told.join("; ")) })
    };
    let out_of_range = || {
        let km = |metres: Metres| metres.0 as f64 / 1000.0;
        Some(match beyond_range(problem, class, calls, &sailed(scene, class, calls)?)? {
            (_, _, None) => format!("{name} is charged at none of its calls"),
            (from, to, Some(distance)) => format!(
                "{name} may not sail from {} to {}: it is {} km without charging, and its range is {} km",
                code(calls[from]),
                code(calls[to]),
                km(distance),
                km(problem.class(class).range?)
            ),
        })
    };
    barred().or_else(out_of_range).unwrap_or_default()
}

/// Rotations with these calls, one for each regime the rules allow.
pub fn rotations_of(scene: &Scene, calls: &[TerminalIdx]) -> Vec<Rotation> {
    if !is_well_formed(scene.problem, calls) {
        return Vec::new();
    }
    let mut by_regime: BTreeMap<Regime, Vec<FleetIdx>> = BTreeMap::new();
    for kind in kinds(scene.problem) {
        for regime in regimes_in_practice(scene, calls, scene.problem.fleet(kind).registered) {
            by_regime.entry(regime).or_default().push(kind);
        }
    }
    by_regime.into_iter().filter_map(|(regime, fleets)| rotation(scene, calls, regime, &fleets)).collect()
}

fn regimes_in_practice(scene: &Scene, calls: &[TerminalIdx], registered: bool) -> Vec<Regime> {
    let regimes = regimes_of(scene.problem, calls, registered);
    match (scene.practice, regimes.as_slice()) {
        (Practice::SeparateTrades, [Regime::Mixed]) => vec![Regime::Foreign, Regime::Domestic],
        _ => regimes,
    }
}

/// [ND-11] the service rules of the instance.
fn is_well_formed(problem: &Problem, calls: &[TerminalIdx]) -> bool {
    let settings = &problem.settings;
    let visits = |terminal: &TerminalIdx| calls.iter().filter(|call| *call == terminal).count();
    (2..=settings.most_calls).contains(&calls.len())
        && ends(calls).all(|(from, to)| from != to)
        && calls.iter().all(|call| visits(call) <= settings.most_visits)
}

/// [ND-11] a shuttle between a hub and one other terminal: all there is under separate trades.
pub fn is_hub_shuttle(problem: &Problem, calls: &[TerminalIdx]) -> bool {
    calls.len() == 2 && calls.iter().any(|call| problem.terminal(*call).role == Role::Hub)
}

fn rotation(scene: &Scene, calls: &[TerminalIdx], regime: Regime, fleets: &[FleetIdx]) -> Option<Rotation> {
    let mut choices = Vec::new();
    let mut fastest: Option<Vec<Minutes>> = None;
    for fleet in fleets {
        let class = scene.problem.fleet(*fleet).class;
        let Some(legs) = passages(scene, class, calls) else { continue };
        let times: Vec<Minutes> = legs.iter().map(|passage| passage.duration()).collect();
        fastest = Some(match fastest {
            None => times,
            Some(known) => known.into_iter().zip(times).map(|(a, b)| a.min(b)).collect(),
        });
        choices.extend(choices_of(scene, *fleet, calls, &legs));
    }
    let choices = if is_large(scene.problem) { without_dear(scene.problem, choices) } else { choices };
    let sailing = fastest.filter(|_| !choices.is_empty())?;
    loaded(scene, calls, regime, &sailing, choices)
}

/// A rotation with the rides that its calls offer, `sailing` being the shortest passage of each leg; `None` where there are none.
fn loaded(scene: &Scene, calls: &[TerminalIdx], regime: Regime, sailing: &[Minutes], choices: Vec<Choice>) -> Option<Rotation> {
    let mixed_direction =
        scene.practice == Practice::WaterBus && calls.iter().all(|call| scene.problem.terminal(*call).mixed_direction);
    let duration = |from: usize, to: usize| least_duration(scene.problem, calls, sailing, from, to);
    let rides = rides_of(scene.problem, &scene.groups, calls, regime, mixed_direction, &duration);
    let lift = |at: usize| scene.problem.terminal(calls[at % calls.len()]).handling;
    // nearly always time has no price, and rotations are made all the time
    let has_price = scene.problem.settings.transit_cents_per_teu_day != Cents(0);
    let time = |ride: &Ride| if has_price { scene.problem.cost_of_time(duration(ride.from, ride.to)) } else { Cents(0) };
    let ride_costs = rides.iter().map(|ride| (lift(ride.from) + lift(ride.to) + time(ride)).units()).collect();
    (!rides.is_empty()).then(|| Rotation { calls: calls.to_vec(), regime, mixed_direction, rides, ride_costs, choices })
}

/// The legs of a rotation; `None` where the class has no way or cannot be charged in time.
pub fn passages<'a>(scene: &Scene<'a>, class: ClassIdx, calls: &[TerminalIdx]) -> Option<Vec<&'a Passage>> {
    sailed(scene, class, calls).filter(|legs| beyond_range(scene.problem, class, calls, legs).is_none())
}

/// The legs of a rotation; `None` where the class has no way.
fn sailed<'a>(scene: &Scene<'a>, class: ClassIdx, calls: &[TerminalIdx]) -> Option<Vec<&'a Passage>> {
    ends(calls).map(|(from, to)| scene.waterway.passage(class, from, to)).collect()
}

/// Where each leg of a rotation begins and ends.
fn ends(calls: &[TerminalIdx]) -> impl Iterator<Item = (TerminalIdx, TerminalIdx)> {
    (0..calls.len()).map(|leg| (calls[leg], calls[(leg + 1) % calls.len()]))
}

/// The first way between two calls with charging that is longer than the range of the class: positions of these calls, and its length; no length
/// where the vessel is charged nowhere.
fn beyond_range(
    problem: &Problem,
    class: ClassIdx,
    calls: &[TerminalIdx],
    legs: &[&Passage],
) -> Option<(usize, usize, Option<Metres>)> {
    let range = problem.class(class).range?;
    let is_charged = |call: usize| problem.terminal(calls[call]).charging;
    let Some(first) = (0..calls.len()).find(|call| is_charged(*call)) else { return Some((0, 0, None)) };
    let (mut from, mut way) = (first, Metres(0));
    for leg in (first..first + calls.len()).map(|leg| leg % calls.len()) {
        way += legs[leg].distance;
        let to = (leg + 1) % calls.len();
        if is_charged(to) {
            if way > range {
                return Some((from, to, Some(way)));
            }
            (from, way) = (to, Metres(0));
        }
    }
    None
}

/// Departure at one position to arrival at a later one: the legs, and the waits and shortest stays between.
fn least_duration(problem: &Problem, calls: &[TerminalIdx], sailing: &[Minutes], from: usize, to: usize) -> Minutes {
    let legs: Minutes = (from..to).map(|leg| sailing[leg % calls.len()]).sum();
    let stays: Minutes =
        (from + 1..to).map(|call| problem.terminal(calls[call % calls.len()]).wait + problem.settings.min_handling).sum();
    legs + stays
}

fn choices_of(scene: &Scene, fleet: FleetIdx, calls: &[TerminalIdx], legs: &[&Passage]) -> Vec<Choice> {
    let problem = scene.problem;
    let settings = &problem.settings;
    let mut choices = Vec::new();
    for sailings in settings.frequencies.iter().copied().filter(|sailings| *sailings >= settings.least_sailings) {
        let longest: Vec<Minutes> = calls.iter().map(|call| scene.open_times.of(*call, sailings)).collect();
        if longest.iter().any(|stay| *stay < shortest_stay(problem)) {
            continue;
        }
        let off = time_off_berth(problem, calls, legs) + scene.open_times.waits(problem, calls, sailings);
        let mut offered = 0;
        let most = alike(problem, fleet).map(|(_, vessels)| vessels).max().unwrap_or(0);
        for vessels in 1..=most {
            let trip = round_trip(problem, vessels, sailings);
            let berth = trip - off;
            let shortest = shortest_stay(problem) * calls.len() as i64;
            if berth < shortest || trip > settings.longest_round_trip || offered == 2 {
                continue;
            }
            choices
                .push(Choice { longest_stay: longest.clone(), ..choice(problem, fleet, calls, legs, sailings, vessels, berth) });
            offered += 1;
            if berth.0 >= full_exchange(problem, fleet, calls).0 / 2 {
                break;
            }
        }
    }
    without_idle(choices)
}

/// In a large problem [CF-9] a vessel whose slot costs more than this many times that of the cheapest one on the rotation is left out.
const DEAREST_SLOT: f64 = 1.8;

fn without_dear(problem: &Problem, choices: Vec<Choice>) -> Vec<Choice> {
    let per_slot = |choice: &Choice| {
        let teu = problem.class(problem.fleet(choice.fleet).class).teu;
        choice.cost.units() / (f64::from(choice.sailings) * teu.0.max(1) as f64)
    };
    let cheapest = choices.iter().map(per_slot).fold(f64::INFINITY, f64::min);
    choices.into_iter().filter(|choice| per_slot(choice) <= DEAREST_SLOT * cheapest).collect()
}

/// A choice whose sailings cost far more than those of another number of sailings of the same vessels is left out: its vessels lie idle.
const DEAREST_SAILING: f64 = 1.35;

fn without_idle(choices: Vec<Choice>) -> Vec<Choice> {
    let per_sailing = |choice: &Choice| choice.cost.units() / f64::from(choice.sailings);
    let cheapest = choices.iter().map(per_sailing).fold(f64::INFINITY, f64::min);
    let fewest = choices.iter().map(|choice| choice.vessels).min().unwrap_or(0);
    choices.into_iter().filter(|choice| per_sailing(choice) <= DEAREST_SAILING * cheapest || choice.vessels == fewest).collect()
}

/// What windows and opening hours leave, by terminal and number of sailings: the longest stay, and the mean wait of a vessel that arrives at
/// any time for a start from which half that stay is open to all sailings.
#[derive(Clone, Debug)]
pub struct OpenTimes(Vec<BTreeMap<u32, (Minutes, Minutes)>>);

impl OpenTimes {
    pub fn new(problem: &Problem) -> Self {
        let at = |terminal: usize| {
            let each = problem.settings.frequencies.iter();
            each.map(|sailings| (*sailings, stay_and_wait(problem, terminal.into(), *sailings))).collect()
        };
        Self((0..problem.terminals.len()).map(at).collect())
    }

    pub fn of(&self, at: TerminalIdx, sailings: u32) -> Minutes {
        self.0[at.row()].get(&sailings).copied().unwrap_or_default().0
    }

    /// Time of a round trip to meet all windows: the mean waits of all calls but the worst, by which the first departure is set.
    fn waits(&self, problem: &Problem, calls: &[TerminalIdx], sailings: u32) -> Minutes {
        let waits = || calls.iter().map(|at| self.0[at.row()].get(&sailings).copied().unwrap_or_default().1);
        problem.on_grid(waits().sum::<Minutes>() - waits().max().unwrap_or_default())
    }
}

/// Longest stay with which evenly spaced sailings can all be berthed inside the terminal's windows or opening hours [ND-17], and the mean
/// wait for a start that is open for half of it.
fn stay_and_wait(problem: &Problem, at: TerminalIdx, sailings: u32) -> (Minutes, Minutes) {
    let slot = problem.settings.slot.0;
    let slots = problem.slots_per_cycle();
    let open: Vec<i64> = (0..slots).map(|start| open_after(problem, at, start * slot)).collect();
    let shift = |sailing: i64| sailing * slots / i64::from(sailings);
    let all =
        |start: i64| (0..i64::from(sailings)).map(|sailing| open[((start + shift(sailing)) % slots) as usize]).min().unwrap_or(0);
    let stays: Vec<i64> = (0..slots).map(all).collect();
    let longest = stays.iter().copied().max().unwrap_or(0).div_euclid(slot) * slot;
    let (mut waited, mut wait) = (0, 0);
    // twice round, backwards: the wait at a time is one slot more than at the next, or nothing
    for start in (0..2 * slots).rev() {
        wait = if 2 * stays[(start % slots) as usize] >= longest { 0 } else { wait + slot };
        if start < slots {
            waited += wait;
        }
    }
    (Minutes(longest), Minutes(if longest > 0 { waited / slots } else { 0 }))
}

/// Minutes from a time of the cycle until the terminal closes; 0 when it is closed.
fn open_after(problem: &Problem, at: TerminalIdx, time: i64) -> i64 {
    let terminal = problem.terminal(at);
    let inside = |from: i64, to: i64, time: i64| if from <= time && time < to { to - time } else { 0 };
    if !terminal.windows.is_empty() {
        return terminal.windows.iter().map(|window| inside(window.from.0, window.to.0, time)).max().unwrap_or(0);
    }
    terminal.open.map_or(problem.settings.cycle.0, |(from, to)| inside(from.0, to.0, time % (24 * 60)))
}

/// The shortest stay at a berth, on the grid.
pub fn shortest_stay(problem: &Problem) -> Minutes {
    problem.on_grid(problem.settings.min_handling)
}

/// Sailing, waiting and turning of one round trip, with one slot a call for rounding its stay up to the grid.
fn time_off_berth(problem: &Problem, calls: &[TerminalIdx], legs: &[&Passage]) -> Minutes {
    let sailing: Minutes = legs.iter().map(|passage| problem.on_grid(passage.duration())).sum();
    let waiting: Minutes = calls.iter().map(|call| problem.on_grid(problem.terminal(*call).wait)).sum();
    let rounding = problem.settings.slot * calls.len() as i64;
    sailing + waiting + rounding + problem.on_grid(problem.settings.turnaround_buffer)
}

/// Crane time of a voyage on which every slot is filled and emptied twice: more berth time is of no use.
fn full_exchange(problem: &Problem, fleet: FleetIdx, calls: &[TerminalIdx]) -> Minutes {
    let teu = problem.class(problem.fleet(fleet).class).teu;
    let slowest = calls.iter().map(|call| handling_minutes(problem, *call)).fold(0.0, f64::max);
    Minutes((4.0 * teu.0 as f64 * slowest).ceil() as i64)
}

/// Crane minutes of one lift of one TEU.
pub fn handling_minutes(problem: &Problem, at: TerminalIdx) -> f64 {
    60.0 / (problem.terminal(at).moves_per_berth_hour * problem.settings.teu_per_move)
}

fn choice(
    problem: &Problem,
    fleet: FleetIdx,
    calls: &[TerminalIdx],
    legs: &[&Passage],
    sailings: u32,
    vessels: u32,
    berth: Minutes,
) -> Choice {
    let mut lockages = BTreeMap::new();
    for lock in legs.iter().flat_map(|passage| &passage.locks) {
        *lockages.entry(lock.link).or_default() += sailings;
    }
    Choice {
        fleet,
        sailings,
        vessels,
        cost: running_cost(problem, fleet, calls, legs, sailings, vessels),
        leg_load: legs.iter().map(|passage| passage.max_load.min(problem.class(problem.fleet(fleet).class).deadweight)).collect(),
        sailing: legs.iter().map(|passage| passage.duration()).collect(),
        berth_time: berth * i64::from(sailings),
        longest_stay: Vec::new(),
        lockages,
    }
}

/// Vessels, energy and calls of one cycle, product by product as in `models/audit.md`. Where the class may sail slower, no timetable of the way
/// costs less: what its round trips leave beside the shortest stays is spent where it saves most energy.
fn running_cost(
    problem: &Problem,
    fleet: FleetIdx,
    calls: &[TerminalIdx],
    legs: &[&Passage],
    sailings: u32,
    vessels: u32,
) -> Cents {
    let settings = &problem.settings;
    let class = problem.class(problem.fleet(fleet).class);
    let whole = |cents: f64| Cents(cents.round() as i64);
    let (trips, ships) = (i64::from(sailings), i64::from(vessels));
    let under_way: Cents = legs.iter().map(|passage| whole(energy::under_way(settings, class, &passage.steaming))).sum();
    let sailing: Minutes = legs.iter().map(|passage| passage.steaming.sailing).sum();
    let at_rest = whole(energy::at_rest(settings, class, settings.cycle * ships - sailing * trips));
    let vessel_days = ships * (settings.cycle.0 / (24 * 60));
    let call_costs: Cents = calls.iter().map(|call| problem.terminal(*call).call_cost).sum();
    let all = under_way * trips + at_rest + class.fixed_per_day * vessel_days + call_costs * trips;
    if legs.iter().all(|passage| passage.slower.is_empty()) {
        return all;
    }
    let waits: Minutes = calls.iter().map(|call| problem.terminal(*call).wait).sum();
    let busy: Minutes = legs.iter().map(|passage| passage.duration()).sum::<Minutes>() + waits + settings.turnaround_buffer;
    // a slot more for round trips that are not equally long
    let longest = round_trip(problem, vessels, sailings) + settings.slot;
    let spare = longest - busy - settings.min_handling * calls.len() as i64;
    let saved = energy::most_saved(settings, class, legs, spare);
    // the auditor rounds each leg for itself
    all - Cents(saved.ceil() as i64 + legs.len() as i64) * trips
}
