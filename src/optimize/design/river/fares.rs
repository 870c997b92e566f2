//! What a ride on a placed service takes: the prices of its capacities, and its time.

use super::super::rotation::{Scene, handling_minutes};
use super::Placed;
use crate::domain::{Cargo, TerminalIdx};
use crate::optimize::flow::Group;
use crate::optimize::flow::lp::{FlowLp, RowIdx};

/// Prices of a service's capacities and its times, added up from call 0 to each position of two voyages.
pub struct Fares {
    /// Passages, waits and shortest stays.
    minutes: Vec<f64>,
    /// By call: wait and shortest stay.
    stays: Vec<f64>,
    slots: Vec<f64>,
    mass: Vec<f64>,
    plugs: Vec<f64>,
    dangerous: Vec<f64>,
    /// By call: the crane minutes of a lift.
    crane: Vec<f64>,
}

impl Fares {
    pub fn new(scene: &Scene, placed: &Placed, lp: &FlowLp) -> Self {
        let legs = placed.slots.len();
        let sums = |price: &dyn Fn(usize) -> f64| {
            let mut sums = Vec::with_capacity(2 * legs + 1);
            let mut sum = 0.0;
            sums.push(sum);
            for position in 0..2 * legs {
                sum += price(position % legs);
                sums.push(sum);
            }
            sums
        };
        let calls = &placed.service.rotation.calls;
        let stay = |at: &TerminalIdx| (scene.problem.terminal(*at).wait + scene.problem.settings.min_handling).0 as f64;
        let stays: Vec<f64> = calls.iter().map(stay).collect();
        let sailing = &placed.service.choice().sailing;
        let own = |row: Option<RowIdx>| row.map_or(0.0, |row| lp.row_price(row));
        let crane = |(call, at): (usize, &TerminalIdx)| lp.row_price(placed.crane[call]) * handling_minutes(scene.problem, *at);
        Self {
            minutes: sums(&|leg| sailing[leg].0 as f64 + stays[(leg + 1) % legs]),
            stays,
            slots: sums(&|leg| lp.row_price(placed.slots[leg])),
            mass: sums(&|leg| own(placed.mass[leg])),
            plugs: sums(&|leg| own(placed.plugs[leg])),
            dangerous: sums(&|leg| own(placed.dangerous[leg])),
            crane: placed.service.rotation.calls.iter().enumerate().map(crane).collect(),
        }
    }

    /// Departure at one position to arrival at a later one.
    pub fn minutes(&self, from: usize, to: usize, legs: usize) -> f64 {
        self.minutes[to] - self.minutes[from] - self.stays[to % legs]
    }

    /// Prices of all that a TEU of the group takes between two positions.
    pub fn ride(&self, group: &Group, from: usize, to: usize, legs: usize) -> f64 {
        let over = |sums: &[f64]| sums[to] - sums[from];
        let mut fare = over(&self.slots) + over(&self.mass) * group.kg_per_teu.0 as f64 / 1000.0;
        match group.cargo {
            Cargo::Reefer => fare += over(&self.plugs),
            Cargo::Dangerous => fare += over(&self.dangerous),
            _ => {}
        }
        fare + self.crane[from] + self.crane[to % legs]
    }
}
