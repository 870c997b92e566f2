//! Network design: which services to run. In: problem, waterway, the practice. Out: [`Line`]s with planned stays, and a proof that names the
//! pool its bound covers. Formulation: `models/network-design.md`.

mod anneal;
mod decode;
mod greedy;
mod grow;
pub mod liner;
mod model;
mod moves;
mod owners;
mod pinned;
mod pool;
mod river;
mod rotation;
mod rounds;
mod search;

use crate::domain::{Line, Loads, Minutes, Practice, Problem};
use crate::optimize::control::Control;
use crate::optimize::solver::Model;
use crate::waterway::Waterway;
pub use pinned::{CannotStay, Kept, Pinned, PinnedService};
pub use pool::PoolSize;
pub use rotation::{Choice, Rotation, Scene};
pub use search::SearchLimits;
use std::time::Instant;

/// What the design stage hands on.
#[derive(Clone, Debug)]
pub struct Design {
    pub lines: Vec<Line>,
    /// By line and call: the stay that the load needs. The planned stay may be longer.
    pub shortest_stays: Vec<Vec<Minutes>>,
    pub loads: Loads,
    /// Money a cycle by the stage's own count.
    pub value: f64,
    /// No choice of services from the pool earns more under the planning times.
    pub bound: f64,
    pub rotations: usize,
    pub choices: usize,
    /// By line: which pin it is, where it had to stay.
    pub pinned: Vec<Option<usize>>,
    /// By line: rows of its rotation and choice in what was found.
    origin: Vec<(usize, usize)>,
    found: search::Found,
}

impl Design {
    fn new(scene: &Scene, found: search::Found) -> Self {
        let search::Found { network, bound, pool, candidates, pinned } = &found;
        let decode::Services { lines, origin, shortest, pinned } = decode::services(scene, candidates, pinned, network);
        Self {
            shortest_stays: shortest,
            loads: Loads {
                aboard: decode::aboard(scene, candidates, network, &lines, &origin),
                deliveries: decode::deliveries(scene, candidates, network, &origin),
                transfers: decode::transfers(scene, candidates, network, &origin),
            },
            lines,
            value: network.value,
            bound: *bound,
            rotations: pool.len(),
            choices: pool.iter().map(|row| candidates[*row].choices.len()).sum(),
            pinned,
            origin,
            found,
        }
    }

    /// The same design when there are no services at all.
    #[must_use]
    pub fn idle(self) -> Self {
        Self { lines: Vec::new(), pinned: Vec::new(), loads: Loads::default(), ..self }
    }

    /// The design with another service, or none, in place of one that found no times; the bound stays that of the whole pool. `None` when
    /// the limits leave no time for it.
    pub fn without(
        &self,
        problem: &Problem,
        waterway: &Waterway,
        wanted: &Wanted,
        line: usize,
        limits: &SearchLimits,
        control: &Control,
    ) -> Option<Self> {
        let scene = wanted.scene(problem, waterway);
        let network = search::without(&scene, &self.found, self.origin[line], limits, control)?;
        Some(Self::new(&scene, search::Found { network, ..self.found.clone() }))
    }
}

/// Share of the stage's time after which no more rotations are grown.
const GROWING_ENDS: f64 = 0.3;

/// What the planner wants of every network.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub practice: Practice,
    /// Services that are run whatever they earn.
    pub pinned: Pinned,
}

impl Wanted {
    /// Services under the rules of a practice, all of them free.
    pub fn free(practice: Practice) -> Self {
        Self { practice, pinned: Pinned::default() }
    }

    fn scene<'a>(&self, problem: &'a Problem, waterway: &'a Waterway) -> Scene<'a> {
        Scene { pinned: self.pinned.services().to_vec(), ..Scene::new(problem, waterway, self.practice) }
    }
}

/// Chooses services.
pub fn design(
    problem: &Problem,
    waterway: &Waterway,
    wanted: &Wanted,
    size: &PoolSize,
    limits: &SearchLimits,
    control: &Control,
) -> Design {
    let scene = wanted.scene(problem, waterway);
    control.report("pool", None, None, "growing rotations");
    let now = Instant::now();
    let growing = limits.deadline.map(|end| now + end.saturating_duration_since(now).mul_f64(GROWING_ENDS));
    let mut candidates = pool::generate(&scene, size, limits.threads, growing, control);
    let pinned = pinned::add(&scene, &mut candidates);
    control.report("pool", None, None, format!("{} candidates", candidates.len()));
    Design::new(&scene, search::search(&scene, candidates, pinned, limits, control))
}

/// The candidates of [`design`] with the ways to run them. Its bound covers them all where they are no more than [`SearchLimits::pool`].
pub fn pool(problem: &Problem, waterway: &Waterway, practice: Practice, size: &PoolSize, control: &Control) -> Vec<Rotation> {
    let scene = Scene::new(problem, waterway, practice);
    pool::generate(&scene, size, 1, None, control)
}

/// The MILP over that pool, for a second solver: the optimum of [`design`] is its largest objective.
pub fn pool_model(problem: &Problem, waterway: &Waterway, practice: Practice, size: &PoolSize, control: &Control) -> Model {
    let scene = Scene::new(problem, waterway, practice);
    let pool = pool::generate(&scene, size, 1, None, control);
    model::build(&scene, &pool.iter().collect::<Vec<_>>()).model
}
