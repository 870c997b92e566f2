//! A planning task as the planner weighs it: what counts beside money becomes money, so that every stage sees one measure.

use crate::domain::{CO2_DIESEL, CO2_KWH, CO2_LNG, Cents, Problem, Weights};
use crate::optimize::flow::customs_delay;
use std::borrow::Cow;

/// [ND-25] Each box brings what carrying it counts, less its customs delay; energy costs what its emissions count; time under way has its
/// price. The task itself where only money counts.
pub fn weigh(problem: &Problem, weights: Weights) -> Cow<'_, Problem> {
    if weights.are_none() {
        return Cow::Borrowed(problem);
    }
    let mut weighed = problem.clone();
    weighed.settings.transit_cents_per_teu_day = weights.transit_cents_per_teu_day;
    for row in 0..weighed.demands.len() {
        let delay = weighed.cost_of_time(customs_delay(problem, &problem.demands[row]));
        weighed.demands[row].rate += weights.carried_cents_per_teu - delay;
    }
    let co2 = weights.co2_cents_per_t.0 as f64;
    let settings = &mut weighed.settings;
    let (diesel, lng) = (problem.settings.diesel_cents_per_t.0 as f64, problem.settings.lng_fuel_factor);
    let dearer = diesel + co2 * CO2_DIESEL;
    settings.diesel_cents_per_t = Cents(dearer.round() as i64);
    settings.lng_fuel_factor = if dearer > 0.0 { (diesel * lng + co2 * CO2_LNG) / dearer } else { lng };
    settings.electricity_cents_per_kwh += co2 * CO2_KWH / 1000.0;
    Cow::Owned(weighed)
}
