//! What energy costs, product by product as in `models/audit.md`, for the stages that weigh it. Money here is in hundredths before rounding.

use crate::domain::{Energy, Minutes, Settings, VesselClass};
use crate::waterway::{Passage, Steaming};

/// Energy of a leg under way.
pub fn under_way(settings: &Settings, class: &VesselClass, steaming: &Steaming) -> f64 {
    match class.energy {
        Energy::Electric => steaming.energy_wh as f64 / 1000.0 * settings.electricity_cents_per_kwh,
        Energy::Diesel | Energy::Lng => steaming.fuel_g as f64 / 1000.0 * cents_per_kg(settings, class),
    }
}

/// Energy of a vessel that is not sailing.
pub fn at_rest(settings: &Settings, class: &VesselClass, time: Minutes) -> f64 {
    match class.energy {
        Energy::Electric => 0.0,
        Energy::Diesel | Energy::Lng => class.fuel_kg_per_h_port * cents_per_kg(settings, class) * time.hours(),
    }
}

fn cents_per_kg(settings: &Settings, class: &VesselClass) -> f64 {
    let factor = if class.energy == Energy::Lng { settings.lng_fuel_factor } else { 1.0 };
    settings.diesel_cents_per_t.0 as f64 / 1000.0 * factor
}

/// The speeds of a passage from the usual one down: minutes longer than the usual one, and what that saves, the vessel being at rest so much
/// less.
pub fn savings(settings: &Settings, class: &VesselClass, passage: &Passage) -> Vec<(Minutes, f64)> {
    let cost = |steaming: &Steaming| under_way(settings, class, steaming) - at_rest(settings, class, steaming.sailing);
    let usual = &passage.steaming;
    let saving = |slower: &Steaming| (slower.sailing - usual.sailing, cost(usual) - cost(slower));
    std::iter::once(usual).chain(&passage.slower).map(saving).collect()
}

/// No way to spend so many minutes on the legs of a round trip saves more: speeds in between are allowed, which are mixtures of two.
pub fn most_saved(settings: &Settings, class: &VesselClass, legs: &[&Passage], spare: Minutes) -> f64 {
    let mut steps: Vec<(f64, f64)> = legs.iter().flat_map(|passage| concave(&savings(settings, class, passage))).collect();
    steps.sort_by(|a, b| (b.1 / b.0).total_cmp(&(a.1 / a.0)));
    let (mut left, mut saved) = (spare.0.max(0) as f64, 0.0);
    for (minutes, saving) in steps {
        let part = (left / minutes).min(1.0);
        saved += part * saving;
        left -= part * minutes;
    }
    saved
}

/// The least concave function above the savings, as steps of minutes and saving, the most for a minute first.
fn concave(savings: &[(Minutes, f64)]) -> Vec<(f64, f64)> {
    let mut at = 0;
    let mut steps = Vec::new();
    loop {
        let step = |to: usize| ((savings[to].0 - savings[at].0).0 as f64, savings[to].1 - savings[at].1);
        let ahead = (at + 1..savings.len()).filter(|to| step(*to).0 > 0.0 && step(*to).1 > 0.0);
        let rate = |to: usize| step(to).1 / step(to).0;
        let Some(best) = ahead.max_by(|a, b| rate(*a).total_cmp(&rate(*b))) else { return steps };
        steps.push(step(best));
        at = best;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(savings: &[(i64, f64)]) -> Vec<(Minutes, f64)> {
        savings.iter().map(|(longer, saved)| (Minutes(*longer), *saved)).collect()
    }

    /// A speed that saves less than a mixture of its neighbours is passed over, and so is one that takes longer and saves nothing more.
    #[test]
    fn speeds_that_a_mixture_beats_are_passed_over() {
        assert_eq!(concave(&minutes(&[(0, 0.0), (10, 50.0), (20, 90.0), (40, 90.0)])), [(10.0, 50.0), (10.0, 40.0)]);
        assert_eq!(concave(&minutes(&[(0, 0.0), (10, 10.0), (20, 60.0)])), [(20.0, 60.0)]);
        assert_eq!(concave(&minutes(&[(0, 0.0)])), []);
    }
}
