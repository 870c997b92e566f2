//! The money of one cycle, in hundredths.

use super::book::{Book, Run};
use crate::domain::{Cents, Energy, Ledger, ServiceCost};
use crate::waterway::Steaming;

/// Recomputes revenue, costs and profit.
pub(super) fn count_money(book: &Book) -> Ledger {
    let (mut revenue, mut handling, mut transshipment) = (0, 0, 0);
    for cargo in &book.consignments {
        let demand = book.problem.demand(cargo.demand);
        let lift = |at| i128::from(book.problem.terminal(at).handling.0);
        revenue += cargo.volume * i128::from(demand.rate.0);
        handling += cargo.volume * (lift(demand.origin) + lift(demand.destination));
        for ride in cargo.rides.iter().take(cargo.rides.len().saturating_sub(1)) {
            let at = book.runs.get(ride.run).and_then(|run| run.terminal_at(ride.to));
            transshipment += cargo.volume * 2 * at.map_or(0, lift);
        }
    }
    let all = |costs: fn(&Book, &Run) -> i128| book.runs.iter().map(|run| costs(book, run)).sum::<i128>();
    let (calls, energy, vessels) = (all(call_costs), all(energy_costs), all(vessel_costs));
    Ledger {
        revenue_cents: cents(revenue),
        handling_cents: cents(handling),
        transshipment_cents: cents(transshipment),
        call_cents: cents(calls),
        energy_cents: cents(energy),
        vessel_cents: cents(vessels),
        profit_cents: cents(revenue - handling - transshipment - calls - energy - vessels),
    }
}

/// The operating costs of each service.
pub(super) fn count_services(book: &Book) -> Vec<ServiceCost> {
    let of = |run: &Run| ServiceCost {
        service: run.service.service.clone(),
        call_cents: cents(call_costs(book, run)),
        energy_cents: cents(energy_costs(book, run)),
        vessel_cents: cents(vessel_costs(book, run)),
    };
    book.runs.iter().map(of).collect()
}

/// Money that fits the ledger; more than that is no plan, but must not stop the audit.
fn cents(amount: i128) -> Cents {
    Cents(amount.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
}

fn call_costs(book: &Book, run: &Run) -> i128 {
    let once: i128 = run.calls.iter().map(|at| i128::from(book.problem.terminal(*at).call_cost.0)).sum();
    run.frequency() * once
}

/// Fixed costs of the vessels for all days of the cycle.
fn vessel_costs(book: &Book, run: &Run) -> i128 {
    let minutes = run.vessels() * book.cycle();
    divide_rounded(minutes * i128::from(book.class(run).fixed_per_day.0), 24 * 60)
}

fn energy_costs(book: &Book, run: &Run) -> i128 {
    let sailing = run.over_legs(book.cycle(), |steaming| sailing_energy(book, run, steaming));
    let class = book.class(run);
    let settings = &book.problem.settings;
    let factor = if class.energy == Energy::Lng { settings.lng_fuel_factor } else { 1.0 };
    let cents_per_kg = settings.diesel_cents_per_t.0 as f64 / 1000.0 * factor;
    let other = class.fuel_kg_per_h_port * cents_per_kg * (minutes_not_sailing(book, run) as f64 / 60.0);
    sailing + other.round() as i128
}

/// Energy of one leg of one sailing, in hundredths, rounded half away from zero.
fn sailing_energy(book: &Book, run: &Run, steaming: &Steaming) -> i128 {
    let settings = &book.problem.settings;
    let diesel = i128::from(steaming.fuel_g) * i128::from(settings.diesel_cents_per_t.0);
    match book.class(run).energy {
        Energy::Diesel => divide_rounded(diesel, 1_000_000),
        Energy::Lng => (diesel as f64 * settings.lng_fuel_factor / 1e6).round() as i128,
        Energy::Electric => (steaming.energy_wh as f64 * settings.electricity_cents_per_kwh / 1000.0).round() as i128,
    }
}

/// Vessel time of the service less the minutes under way of its sailings; none when the plan claims more sailing than it has vessels for.
pub(super) fn minutes_not_sailing(book: &Book, run: &Run) -> i128 {
    let sailing = run.over_legs(book.cycle(), |steaming| i128::from(steaming.sailing.0));
    (run.vessels() * book.cycle() - sailing).max(0)
}

/// Quotient rounded half away from zero; `by` is positive.
fn divide_rounded(amount: i128, by: i128) -> i128 {
    (amount.abs() + by / 2) / by * amount.signum()
}

#[cfg(test)]
mod tests {
    use super::divide_rounded;

    /// Halves of a hundredth go away from zero, for costs and for credits.
    #[test]
    fn half_a_cent_is_rounded_away_from_zero() {
        assert_eq!([5, 4, -5, -4, 15, 0].map(|amount| divide_rounded(amount, 10)), [1, 0, -1, 0, 2, 0]);
    }
}
