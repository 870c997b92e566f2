//! Passages between terminals.

use super::river::{River, Step, hours, load_share};
use crate::domain::{BorderStation, ClassIdx, Energy, Kg, LinkIdx, Metres, Minutes, NodeIdx, Problem, TerminalIdx, VesselClass};

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
    /// At the class's speed.
    pub steaming: Steaming,
    /// The slower speeds that save energy, each slower than the one before.
    pub slower: Vec<Steaming>,
    /// Lock passages and the expected waits before them.
    pub locks_time: Minutes,
    /// R2 stop and R3 allowance.
    pub border: Minutes,
    /// Cargo mass that the shallowest stretch allows, at most the class's deadweight.
    pub max_load: Kg,
    /// In sailing order.
    pub locks: Vec<LockPassage>,
}

/// A passage at one speed through water.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steaming {
    /// Under way, with the current; locks and border not included. Rounded up to a whole minute for the passage as a whole.
    pub sailing: Minutes,
    /// Fuel burnt under way, grams; 0 for electric vessels.
    pub fuel_g: i64,
    /// Electricity used, watt-hours; 0 for others.
    pub energy_wh: i64,
}

/// A lock on a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockPassage {
    pub link: LinkIdx,
    /// From departure until the vessel enters the lock (after the expected wait). A lock stands at the start of its stretch; the border
    /// stop counts at the end of the passage.
    pub entered_after: Minutes,
}

impl Passage {
    /// Departure to arrival.
    pub fn duration(&self) -> Minutes {
        self.steaming.sailing + self.locks_time + self.border
    }

    /// How it is sailed with minutes to spare beyond its duration: at the slowest speed for which they are enough.
    pub fn with_spare(&self, spare: Minutes) -> &Steaming {
        let fits = |slower: &&Steaming| slower.sailing - self.steaming.sailing <= spare;
        self.slower.iter().rev().find(fits).unwrap_or(&self.steaming)
    }
}

impl Waterway {
    /// Finds all passages.
    pub fn new(problem: &Problem) -> Self {
        let terminals = problem.terminals.len();
        let mut passages = Vec::with_capacity(problem.classes.len() * terminals * terminals);
        for class in &problem.classes {
            let river = River::new(problem, class);
            for from in (0..terminals).map(TerminalIdx::from) {
                let mut ways = river.fastest_from(NodeIdx(from.0));
                for to in (0..terminals).map(TerminalIdx::from) {
                    let way = if from == to { None } else { ways.remove(&NodeIdx(to.0)) };
                    passages.push(way.map(|steps| passage(problem, class, from, to, &steps)));
                }
            }
        }
        Self { terminals, passages }
    }

    /// The passage of a class, or `None` where no admissible way exists (also from a terminal to itself).
    pub fn passage(&self, class: ClassIdx, from: TerminalIdx, to: TerminalIdx) -> Option<&Passage> {
        self.passages[(class.row() * self.terminals + from.row()) * self.terminals + to.row()].as_ref()
    }
}

fn passage(problem: &Problem, class: &VesselClass, from: TerminalIdx, to: TerminalIdx, steps: &[Step]) -> Passage {
    let distance: Metres = steps.iter().map(|step| problem.links[step.link.row()].length).sum();
    let steaming = steaming(problem, class, steps, 1.0).expect("a passage at the class's speed makes way");
    let (locks, locks_time) = locks(problem, steps);
    Passage {
        links: steps.iter().map(|step| (step.link, step.downstream)).collect(),
        distance,
        slower: slower(problem, class, steps, steaming),
        steaming,
        locks_time,
        border: border_stop(problem, from, to),
        max_load: max_load(problem, class, steps),
        locks,
    }
}

/// The slower speeds of a passage, each a twentieth of the class's speed below the one before, as far as they save energy and the vessel may
/// sail so slowly.
fn slower(problem: &Problem, class: &VesselClass, steps: &[Step], usual: Steaming) -> Vec<Steaming> {
    let Some(least) = class.least_speed_kmh else { return Vec::new() };
    let shares = (1..20).map(|twentieths| 1.0 - f64::from(twentieths) / 20.0);
    let mut slower: Vec<Steaming> = Vec::new();
    for share in shares.take_while(|share| class.speed_kmh * share >= least - 1e-9) {
        let before = slower.last().unwrap_or(&usual);
        match steaming(problem, class, steps, share) {
            Some(own) if own.fuel_g + own.energy_wh < before.fuel_g + before.energy_wh => slower.push(own),
            _ => break,
        }
    }
    slower
}

/// A passage whose stretches from the last lock on are sailed at a share of the class's speed through water: before that, the vessel keeps
/// its time at the locks. Power grows with the cube of the speed through water, and so does fuel by the hour; electricity by the
/// kilometre grows with the square.
fn steaming(problem: &Problem, class: &VesselClass, steps: &[Step], share: f64) -> Option<Steaming> {
    let link = |step: &Step| &problem.links[step.link.row()];
    let last_lock = steps.iter().rposition(|step| link(step).lock.is_some()).unwrap_or(0);
    // hours and metres at the class's speed that take as much
    let (mut all_h, mut full_h, mut full_m) = (0.0, 0.0, 0.0);
    for (row, step) in steps.iter().enumerate() {
        let share = if row < last_lock { 1.0 } else { share };
        let hours = hours(class.speed_kmh * share, link(step), step.downstream)?;
        all_h += hours;
        full_h += hours * share.powi(3);
        full_m += link(step).length.0 as f64 * share.powi(2);
    }
    let electric = class.energy == Energy::Electric;
    let fuel_kg = if electric { 0.0 } else { class.fuel_kg_per_h_sailing * full_h };
    let kwh = if electric { class.kwh_per_km * full_m / 1000.0 } else { 0.0 };
    Some(Steaming {
        sailing: Minutes::from_hours(all_h),
        fuel_g: (fuel_kg * 1000.0).round() as i64,
        energy_wh: (kwh * 1000.0).round() as i64,
    })
}

/// Load by the shallowest stretch, rounded down to a kilogram; a load that is whole but for float noise is not cut.
fn max_load(problem: &Problem, class: &VesselClass, steps: &[Step]) -> Kg {
    let share = steps.iter().map(|step| load_share(problem, class, &problem.links[step.link.row()])).fold(1.0, f64::min);
    Kg((class.deadweight.0 as f64 * share + 1e-6).floor() as i64)
}

/// Locks in sailing order and the time they take; a lock stands at the start of its stretch.
fn locks(problem: &Problem, steps: &[Step]) -> (Vec<LockPassage>, Minutes) {
    let mut locks = Vec::new();
    let (mut before_h, mut spent) = (0.0, Minutes(0));
    for step in steps {
        if let Some(lock) = &problem.links[step.link.row()].lock {
            let entered_after = Minutes::from_hours(before_h) + spent + lock.wait;
            locks.push(LockPassage { link: step.link, entered_after });
            spent += lock.wait + lock.transit;
        }
        before_h += step.hours;
    }
    (locks, spent)
}

/// R2 and R3: the stop of a vessel between Hong Kong or Macau and a mainland terminal that is not exempt. Passing the boundary without a
/// call outside is innocent passage and costs no stop.
fn border_stop(problem: &Problem, from: TerminalIdx, to: TerminalIdx) -> Minutes {
    let (from, to) = (problem.terminal(from), problem.terminal(to));
    let mainland = match (from.region.is_outside(), to.region.is_outside()) {
        (true, false) => to,
        (false, true) => from,
        _ => return Minutes(0),
    };
    if mainland.border_station == BorderStation::Exempt {
        return Minutes(0);
    }
    problem.settings.border_station + problem.settings.border_sealing
}
