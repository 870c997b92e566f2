//! From the MILP's values to services with planned stays.

use super::owners::find_owners;
use super::pinned;
use super::rotation::{Choice, Rotation, Scene, handling_minutes};
use super::search::{Network, Part};
use crate::domain::{Delivery, FleetIdx, Line, Minutes, Problem, TerminalIdx, Transfer, round_trip};
use crate::optimize::flow::{GroupIdx, Ride, customs_delay};
use std::collections::BTreeMap;

/// The services that are run, in pool order.
#[derive(Clone, Debug, Default)]
pub struct Services {
    pub lines: Vec<Line>,
    /// By line: rows of its rotation and of the choice.
    pub origin: Vec<(usize, usize)>,
    /// By line and call: the stay that the load needs. The planned stay may be longer.
    pub shortest: Vec<Vec<Minutes>>,
    /// By line: which of the services that stay it is.
    pub pinned: Vec<Option<usize>>,
}

/// Reads the services of a network.
pub fn services(scene: &Scene, pool: &[Rotation], stay: &[pinned::Row], network: &Network) -> Services {
    let problem = scene.problem;
    let mut services = Services::default();
    for (row, part) in &network.parts {
        let rotation = &pool[*row];
        let run: Vec<(usize, &Choice)> = running(rotation, part).collect();
        let crane = crane_minutes(problem, rotation, part);
        let slots = |choice: &Choice| f64::from(choice.sailings) * problem.class(problem.fleet(choice.fleet).class).teu.0 as f64;
        let all: f64 = run.iter().map(|(_, choice)| slots(choice)).sum();
        for (place, choice) in run {
            let share = slots(choice) / all.max(1.0);
            let mut shortest = stays(problem, choice, &crane, share);
            let mut line = line(problem, rotation, choice, &shortest);
            let pinned = stay.iter().position(|own| *own == (*row, place));
            if let Some(pinned) = pinned.map(|own| &scene.pinned[own]) {
                line.fleet = pinned.owner;
                for (call, stay) in pinned.stays.iter().enumerate().filter_map(|(call, stay)| Some((call, (*stay)?))) {
                    (line.dwell[call], shortest[call]) = (stay, stay);
                }
            }
            services.lines.push(line);
            services.origin.push((*row, place));
            services.shortest.push(shortest);
            services.pinned.push(pinned);
        }
    }
    let free = services.lines.iter_mut().zip(&services.pinned).filter(|(_, pinned)| pinned.is_none());
    let free: Vec<&mut Line> = free.map(|(line, _)| line).collect();
    let wanted: Vec<(FleetIdx, u32)> = free.iter().map(|line| (line.fleet, line.vessels)).collect();
    let owners = find_owners(problem, &scene.lent(), &wanted).expect("the search keeps networks only that its owners can run");
    free.into_iter().zip(owners).for_each(|(line, owner)| line.fleet = owner);
    services
}

/// True when each service of a network finds one owner with vessels enough, beside the services that stay.
pub fn has_owners(scene: &Scene, pool: &[Rotation], stay: &[pinned::Row], network: &Network) -> bool {
    let parts = network.parts.iter();
    let run = parts.flat_map(|(row, part)| running(&pool[*row], part).map(move |(place, choice)| ((*row, place), choice)));
    let free = run.filter(|(own, _)| !stay.contains(own));
    let wanted: Vec<(FleetIdx, u32)> = free.map(|(_, choice)| (choice.fleet, choice.vessels)).collect();
    find_owners(scene.problem, &scene.lent(), &wanted).is_some()
}

/// The choices of a rotation that are run, with their rows.
fn running<'a>(rotation: &'a Rotation, part: &'a Part) -> impl Iterator<Item = (usize, &'a Choice)> {
    rotation.choices.iter().enumerate().zip(&part.run).filter(|(_, run)| **run > 0.5).map(|(choice, _)| choice)
}

/// A box that would be late if all free time of the round trip fell into its way counts this many times on board.
const IN_A_HURRY: f64 = 4.0;

/// TEU on board of all sailings of a cycle, by line and leg, boxes in a hurry several times. Lines of one rotation share its cargo evenly.
pub fn aboard(scene: &Scene, pool: &[Rotation], network: &Network, lines: &[Line], origin: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let of_line = |(line, (row, _)): (&Line, &(usize, usize))| {
        let (rotation, part) = (&pool[*row], &network.parts[row]);
        let legs = rotation.calls.len();
        let sharing = running(rotation, part).count().max(1) as f64;
        let latest = Latest::new(scene, line);
        let mut teu = vec![0.0; legs];
        for (ride, carried) in rotation.rides.iter().zip(&part.ride).filter(|(_, carried)| **carried > 0.0) {
            let limit = scene.groups.limit_at(ride.group, rotation.calls[ride.to % legs]);
            let hurry = limit.is_some_and(|limit| latest.duration(ride.from, ride.to) > limit);
            let weight = if hurry { IN_A_HURRY } else { 1.0 };
            (ride.from..ride.to).for_each(|position| teu[position % legs] += weight * carried / sharing);
        }
        teu
    };
    lines.iter().zip(origin).map(of_line).collect()
}

/// Boxes that each line brings to their destination. Lines of one rotation share its cargo evenly, and so do rides of a group that end at
/// one terminal share what is delivered there.
pub fn deliveries(scene: &Scene, pool: &[Rotation], network: &Network, origin: &[(usize, usize)]) -> Vec<Vec<Delivery>> {
    let end = |row: usize, ride: &Ride| (ride.group, pool[row].calls[ride.to % pool[row].calls.len()]);
    let mut arriving: BTreeMap<(GroupIdx, TerminalIdx), f64> = BTreeMap::new();
    for (row, part) in &network.parts {
        for (ride, teu) in pool[*row].rides.iter().zip(&part.ride) {
            *arriving.entry(end(*row, ride)).or_default() += teu;
        }
    }
    let of_line = |(row, _): &(usize, usize)| {
        let (rotation, part) = (&pool[*row], &network.parts[row]);
        let sharing = running(rotation, part).count().max(1) as f64;
        let mut found = Vec::new();
        for (ride, teu) in rotation.rides.iter().zip(&part.ride).filter(|(_, teu)| **teu > 1e-6) {
            let group = scene.groups.group(ride.group);
            let (_, to) = end(*row, ride);
            let share = teu / sharing / arriving[&(ride.group, to)].max(1e-6);
            for (_, row) in group.deliveries.iter().filter(|(at, _)| *at == to) {
                let demand = scene.problem.demand(*row);
                let limit = demand.max_transit - customs_delay(scene.problem, demand);
                found.push(Delivery {
                    from: ride.from,
                    to: ride.to,
                    teu: network.delivered.get(row).copied().unwrap_or(0.0) * share,
                    limit: (rotation.calls[ride.from] == group.origin).then_some(limit),
                    mother: demand.mother,
                });
            }
        }
        found
    };
    origin.iter().map(of_line).collect()
}

/// How long rides take at most: passages, waits and stays of the line, and all time that its round trip leaves.
struct Latest<'a> {
    line: &'a Line,
    /// By leg: departure to berthing at the next call.
    legs: Vec<Minutes>,
    free: Minutes,
}

impl<'a> Latest<'a> {
    fn new(scene: &Scene, line: &'a Line) -> Self {
        let class = scene.problem.fleet(line.fleet).class;
        let leg = |call: usize| {
            let next = line.terminal_at(call + 1);
            let passage = scene.waterway.passage(class, line.calls[call], next).map_or(Minutes(0), |passage| passage.duration());
            scene.problem.on_grid(passage) + scene.problem.on_grid(scene.problem.terminal(next).wait)
        };
        let legs: Vec<Minutes> = (0..line.calls.len()).map(leg).collect();
        let busy = legs.iter().copied().sum::<Minutes>() + line.dwell.iter().copied().sum::<Minutes>();
        Self { line, legs, free: round_trip(scene.problem, line.vessels, line.sailings) - busy }
    }

    fn duration(&self, from: usize, to: usize) -> Minutes {
        let count = self.legs.len();
        let sailing: Minutes = (from..to).map(|leg| self.legs[leg % count]).sum();
        let stays: Minutes = (from + 1..to).map(|call| self.line.dwell[call % count]).sum();
        sailing + stays + self.free
    }
}

/// A stay may be this share longer than its mean load needs, where the round trip has time: sailings are not loaded alike.
const LONGER_STAY: f64 = 0.3;

/// Spends the free time of a round trip on longer stays, the longest first, slot by slot.
fn lengthen(dwell: &mut [i64], longest: &[Minutes], room: i64, slot: i64) {
    let most: Vec<i64> =
        dwell.iter().zip(longest).map(|(stay, open)| open.0.min((*stay as f64 * (1.0 + LONGER_STAY)) as i64)).collect();
    let mut order: Vec<usize> = (0..dwell.len()).collect();
    order.sort_by_key(|call| (-dwell[*call], *call));
    let mut free = room - dwell.iter().sum::<i64>();
    let mut grown = true;
    while grown {
        grown = false;
        for call in &order {
            if free >= slot && dwell[*call] + slot <= most[*call] {
                dwell[*call] += slot;
                free -= slot;
                grown = true;
            }
        }
    }
}

/// A ride of a group at a terminal: line, call, TEU.
type Stub = (usize, usize, f64);

/// Boxes that change vessels: what rides on from a terminal is shared out over what came in.
pub fn transfers(scene: &Scene, pool: &[Rotation], network: &Network, origin: &[(usize, usize)]) -> Vec<Transfer> {
    let mut into: BTreeMap<(GroupIdx, TerminalIdx), Vec<Stub>> = BTreeMap::new();
    let mut onward: BTreeMap<(GroupIdx, TerminalIdx), Vec<Stub>> = BTreeMap::new();
    for (line, (row, _)) in origin.iter().enumerate() {
        if origin[..line].iter().any(|(before, _)| before == row) {
            continue;
        }
        let calls = &pool[*row].calls;
        for (ride, teu) in pool[*row].rides.iter().zip(&network.parts[row].ride).filter(|(_, teu)| **teu > 1e-6) {
            let (from, to) = (ride.from, ride.to % calls.len());
            into.entry((ride.group, calls[to])).or_default().push((line, to, *teu));
            if calls[from] != scene.groups.group(ride.group).origin {
                onward.entry((ride.group, calls[from])).or_default().push((line, from, *teu));
            }
        }
    }
    let mut total: BTreeMap<[usize; 4], f64> = BTreeMap::new();
    for (place, out) in &onward {
        let sources = into.get(place).map(Vec::as_slice).unwrap_or_default();
        let arriving: f64 = sources.iter().map(|source| source.2).sum();
        for (to, to_call, teu) in out {
            for (from, from_call, part) in sources {
                *total.entry([*from, *from_call, *to, *to_call]).or_default() += teu * part / arriving.max(1e-9);
            }
        }
    }
    total.into_iter().map(|([from, from_call, to, to_call], teu)| Transfer { from, from_call, to, to_call, teu }).collect()
}

/// Crane minutes a cycle at each call of a rotation.
fn crane_minutes(problem: &Problem, rotation: &Rotation, part: &Part) -> Vec<f64> {
    let calls = rotation.calls.len();
    let mut crane = vec![0.0; calls];
    for (ride, teu) in rotation.rides.iter().zip(&part.ride) {
        for call in [ride.from, ride.to % calls] {
            crane[call] += teu * handling_minutes(problem, rotation.calls[call]);
        }
    }
    crane
}

/// Stays for a share of the rotation's crane time, cut back where the grid's rounding would break the round trip.
fn stays(problem: &Problem, choice: &Choice, crane: &[f64], share: f64) -> Vec<Minutes> {
    let slot = problem.settings.slot.0;
    let grid = |minutes: f64| ((minutes - 1e-6) / slot as f64).ceil() as i64 * slot;
    let shortest = grid(problem.settings.min_handling.0 as f64);
    let stay = |minutes: &f64| grid(minutes * share / f64::from(choice.sailings)).max(shortest);
    let mut dwell: Vec<i64> = crane.iter().zip(&choice.longest_stay).map(|(minutes, most)| stay(minutes).min(most.0)).collect();
    while dwell.iter().sum::<i64>() > room(problem, choice, dwell.len()) {
        let Some(longest) = dwell.iter_mut().max().filter(|longest| **longest > shortest) else { break };
        *longest -= slot;
    }
    dwell.into_iter().map(Minutes).collect()
}

/// Minutes that the stays of one round trip may take together.
fn room(problem: &Problem, choice: &Choice, calls: usize) -> i64 {
    choice.berth_time.0 / i64::from(choice.sailings) + problem.settings.slot.0 * calls as i64
}

/// A service whose stays use what its round trip leaves.
fn line(problem: &Problem, rotation: &Rotation, choice: &Choice, shortest: &[Minutes]) -> Line {
    let mut dwell: Vec<i64> = shortest.iter().map(|stay| stay.0).collect();
    lengthen(&mut dwell, &choice.longest_stay, room(problem, choice, shortest.len()), problem.settings.slot.0);
    debug_assert!(round_trip(problem, choice.vessels, choice.sailings).0 >= dwell.iter().sum());
    Line {
        calls: rotation.calls.clone(),
        fleet: choice.fleet,
        regime: rotation.regime,
        mixed_direction: rotation.mixed_direction,
        vessels: choice.vessels,
        sailings: choice.sailings,
        dwell: dwell.into_iter().map(Minutes).collect(),
        handling: choice.berth_time,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Limit, Practice};
    use crate::input::{Size, generate, read_tables};
    use crate::optimize::control::Control;
    use crate::optimize::design::{Design, PoolSize, SearchLimits, Wanted, design};
    use crate::waterway::Waterway;

    fn problem() -> Problem {
        let size = Size { terminals: 8, hubs: 2, demands: 60, mothers: 0, ..Size::default() };
        read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"))
    }

    fn designed(problem: &Problem, waterway: &Waterway) -> Design {
        let limits = SearchLimits { deadline: None, work: Some(1), seed: 1, threads: 1, pool: 40 };
        let size = PoolSize::for_network(problem.terminals.len());
        design(problem, waterway, &Wanted::free(Practice::WaterBus), &size, &limits, &Control::silent(Limit::Work(1)))
    }

    /// The legs, stays and free time of a round trip are all of it: a box on board from a call to the same call of the next voyage misses
    /// the stay at that call only.
    #[test]
    fn a_box_that_goes_once_round_is_on_board_all_the_trip_but_one_stay() {
        let problem = problem();
        let waterway = Waterway::new(&problem);
        let scene = Scene::new(&problem, &waterway, Practice::WaterBus);
        let lines = designed(&problem, &waterway).lines;
        assert!(!lines.is_empty());
        for line in &lines {
            let trip = round_trip(&problem, line.vessels, line.sailings);
            assert_eq!(Latest::new(&scene, line).duration(0, line.calls.len()), trip - line.dwell[0]);
        }
    }

    /// What lines bring to its destination is what the design delivers, each box once.
    #[test]
    fn lines_bring_what_the_design_delivers() {
        let problem = problem();
        let waterway = Waterway::new(&problem);
        let design = designed(&problem, &waterway);
        let brought: f64 = design.loads.deliveries.iter().flatten().map(|cargo| cargo.teu).sum();
        let delivered: f64 = design.found.network.delivered.values().sum();
        assert!(delivered > 100.0 && (brought - delivered).abs() < 1e-3, "{brought} of {delivered}");
    }

    /// With a week to spare every box on board counts once, with a minute several times.
    #[test]
    fn boxes_in_a_hurry_count_several_times() {
        let problem = problem();
        let waterway = Waterway::new(&problem);
        let design = designed(&problem, &waterway);
        let weighed = |limit: Minutes| {
            let mut other = problem.clone();
            other.demands.iter_mut().for_each(|demand| demand.max_transit = limit);
            let scene = Scene::new(&other, &waterway, Practice::WaterBus);
            aboard(&scene, &design.found.candidates, &design.found.network, &design.lines, &design.origin)
        };
        let (calm, hurried) = (weighed(problem.settings.cycle * 10), weighed(Minutes(1)));
        assert!(calm.iter().flatten().sum::<f64>() > 100.0);
        for (calm, hurried) in calm.iter().flatten().zip(hurried.iter().flatten()) {
            assert!((IN_A_HURRY * calm - hurried).abs() < 1e-6, "{calm} {hurried}");
        }
    }
}
