//! The speeds of a leg, and what each costs in energy, in TEU-slots [TT-17].

use crate::domain::{Line, Problem, Speed};
use crate::optimize::energy;
use crate::waterway::Passage;

/// What an hour of a TEU under way counts beside energy, where the planner does not weigh it.
const CENTS_PER_TEU_HOUR: f64 = 100.0;

/// Speeds of a leg, those that take no more slots than a slower one left out.
pub fn speeds(problem: &Problem, line: &Line, passage: &Passage) -> Vec<Speed> {
    let (settings, slot) = (&problem.settings, problem.settings.slot.0);
    let class = problem.class(problem.fleet(line.fleet).class);
    let weighed = settings.transit_cents_per_teu_day.0 as f64 / 24.0;
    let cents_per_teu_slot = (CENTS_PER_TEU_HOUR + weighed) * settings.slot.hours();
    let savings = energy::savings(settings, class, passage);
    let most = savings.iter().map(|(_, saved)| *saved).fold(0.0, f64::max);
    let rounding = problem.on_grid(passage.duration()) - passage.duration();
    let mut speeds: Vec<Speed> = Vec::new();
    for (longer, saved) in savings {
        let slack = ((longer - rounding).0 + slot - 1).div_euclid(slot).max(0);
        let cost = (most - saved) * f64::from(line.sailings) / cents_per_teu_slot;
        speeds.retain(|known| known.slack < slack || known.cost < cost);
        if speeds.last().is_none_or(|known| cost < known.cost) {
            speeds.push(Speed { slack, cost });
        }
    }
    speeds
}
