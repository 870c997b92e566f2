//! Passages between terminals.

use super::graph::River;
use super::stretch;
use crate::domain::{BorderStation, ClassIdx, Energy, Kg, LinkIdx, Metres, Minutes, Problem, TerminalIdx, VesselClass};

/// All passages of all classes between all terminals.
#[derive(Clone, Debug)]
pub struct Waterway {
    terminals: usize,
    /// By class, origin, destination.
    passages: Vec<Option<Passage>>,
}

/// The fastest way of a vessel class between two terminals.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// In sailing order; true when sailed downstream.
    pub links: Vec<(LinkIdx, bool)>,
    pub distance: Metres,
    /// Under way, with the current; locks and border not included. Rounded up to a whole minute for the passage as a whole.
    pub sailing: Minutes,
    /// Lock passages and the expected waits before them.
    pub locks_time: Minutes,
    /// R2 stop and R3 allowance.
    pub border: Minutes,
    /// Fuel burnt under way, grams; 0 for electric vessels.
    pub fuel_g: i64,
    /// Electricity used, watt-hours; 0 for others.
    pub energy_wh: i64,
    /// Cargo mass that the shallowest stretch allows, at most the class's deadweight.
    pub max_load: Kg,
    /// In sailing order.
    pub locks: Vec<LockPassage>,
}

/// A lock on a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockPassage {
    pub link: LinkIdx,
    /// From departure until the vessel enters the lock (after the expected wait). Locks stand at the start of their stretch; the border
    /// stop counts at the end of the passage.
    pub entered_after: Minutes,
}

impl Passage {
    /// Departure to arrival.
    pub fn duration(&self) -> Minutes {
        self.sailing + self.locks_time + self.border
    }
}

impl Waterway {
    /// Finds all passages: the least sailing and lock minutes; among equally fast ways the fewest metres, then the lower links.
    pub fn new(problem: &Problem) -> Self {
        let terminals = problem.terminals.len();
        let mut passages = Vec::with_capacity(problem.classes.len() * terminals * terminals);
        for class in (0..problem.classes.len()).map(ClassIdx::from) {
            let river = River::new(problem, class);
            for from in (0..terminals).map(TerminalIdx::from) {
                let ways = river.ways_from(from);
                let others = (0..terminals).map(TerminalIdx::from);
                passages.extend(others.map(|to| {
                    let links = (to != from).then(|| ways.to(to))??;
                    measure(problem, problem.class(class), (from, to), links)
                }));
            }
        }
        Self { terminals, passages }
    }

    /// The passage of a class, or `None` where no admissible way exists (also from a terminal to itself).
    pub fn passage(&self, class: ClassIdx, from: TerminalIdx, to: TerminalIdx) -> Option<&Passage> {
        self.passages[(class.row() * self.terminals + from.row()) * self.terminals + to.row()].as_ref()
    }
}

/// Time, distance, energy, locks and load of a way. `None` never happens for a way the river graph found: all its links are sailable.
fn measure(
    problem: &Problem,
    class: &VesselClass,
    (from, to): (TerminalIdx, TerminalIdx),
    links: Vec<(LinkIdx, bool)>,
) -> Option<Passage> {
    let (mut hours, mut metres, mut lock_minutes, mut load_share) = (0.0, Metres(0), Minutes(0), 1.0_f64);
    let mut locks = Vec::new();
    for &(index, downstream) in &links {
        let link = &problem.links[index.row()];
        if let Some(lock) = &link.lock {
            locks.push(LockPassage {
                link: index,
                entered_after: Minutes::from_hours(hours) + lock_minutes + lock.wait,
            });
            lock_minutes += Minutes(stretch::lock_minutes(lock));
        }
        hours += stretch::sailing_hours(link, class, downstream)?;
        metres += link.length;
        load_share = load_share.min(stretch::load_share(problem, link, class));
    }
    let (fuel_g, energy_wh) = energy_under_way(class, hours, metres);
    Some(Passage {
        links,
        distance: metres,
        sailing: Minutes::from_hours(hours),
        locks_time: lock_minutes,
        border: border_minutes(problem, from, to),
        fuel_g,
        energy_wh,
        max_load: load_by_depth(class, load_share),
        locks,
    })
}

/// The share of the deadweight, rounded down to a kilogram (a share that is whole but for float noise is not cut).
fn load_by_depth(class: &VesselClass, load_share: f64) -> Kg {
    Kg((class.deadweight.0 as f64 * load_share + 1e-6).floor() as i64)
}

/// Fuel in grams by the hour under way, or electricity in watt-hours by distance (kWh/km is Wh/m).
fn energy_under_way(class: &VesselClass, hours: f64, distance: Metres) -> (i64, i64) {
    match class.energy {
        Energy::Diesel | Energy::Lng => ((class.fuel_kg_per_h_sailing * hours * 1000.0).round() as i64, 0),
        Energy::Electric => (0, (class.kwh_per_km * distance.0 as f64).round() as i64),
    }
}

/// R2 and R3: a vessel between Hong Kong or Macau and the mainland stops at the mainland terminal's station, unless it is exempt.
fn border_minutes(problem: &Problem, from: TerminalIdx, to: TerminalIdx) -> Minutes {
    let (from, to) = (problem.terminal(from), problem.terminal(to));
    let mainland = match (from.region.is_outside(), to.region.is_outside()) {
        (true, false) => to,
        (false, true) => from,
        _ => return Minutes(0),
    };
    match mainland.border_station {
        BorderStation::Exempt => Minutes(0),
        _ => problem.settings.border_station + problem.settings.border_sealing,
    }
}
