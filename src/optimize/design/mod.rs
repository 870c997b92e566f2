//! Network design: which services to run. In: problem, waterway, the practice. Out: [`Line`]s with planned stays, and a proof that names the
//! pool its bound covers. Formulation: `models/network-design.md`.

mod columns;
mod decode;
mod greedy;
mod model;
mod pool;
mod prices;
mod rotation;
mod search;

use crate::domain::{Line, Practice, Problem};
use crate::optimize::control::Control;
use crate::optimize::flow::Groups;
use crate::waterway::Waterway;
pub use pool::PoolSize;
pub use rotation::{Choice, Rotation, Scene};
pub use search::SearchLimits;

/// What the design stage hands on.
#[derive(Clone, Debug)]
pub struct Design {
    pub lines: Vec<Line>,
    /// By line and leg: mean TEU on board of a sailing.
    pub aboard: Vec<Vec<f64>>,
    /// Boxes that change vessels.
    pub transfers: Vec<Transfer>,
    /// Money a cycle by the stage's own count.
    pub value: f64,
    /// No choice of services from the pool earns more under the planning times.
    pub bound: f64,
    pub rotations: usize,
    pub choices: usize,
}

/// Boxes that change from a call of one line to a call of another, TEU a cycle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transfer {
    pub from: usize,
    pub from_call: usize,
    pub to: usize,
    pub to_call: usize,
    pub teu: f64,
}

/// Chooses services. `None` when the limit was reached before anything could be said.
pub fn design(
    problem: &Problem,
    waterway: &Waterway,
    practice: Practice,
    size: &PoolSize,
    limits: &SearchLimits,
    control: &Control,
) -> Option<Design> {
    let groups = Groups::new(problem, waterway);
    let scene = Scene { problem, waterway, groups: &groups, practice };
    control.report("pool", None, None, "growing rotations");
    let pool = pool::generate(&scene, size, control);
    let found = search::search(&scene, &pool, limits, control)?;
    let chosen: Vec<&Rotation> = found.rows.iter().map(|row| &pool[*row]).collect();
    let (lines, origin) = decode::lines(problem, &chosen, &found.design, &found.values);
    let aboard = decode::aboard(&chosen, &found.design, &found.values, &origin);
    let transfers = decode::transfers(&scene, &chosen, &found.design, &found.values, &origin);
    let choices = pool.iter().map(|rotation| rotation.choices.len()).sum();
    Some(Design { lines, aboard, transfers, value: found.value, bound: found.bound, rotations: pool.len(), choices })
}
