//! Changes that mean nothing: the same plan told in another order or in smaller pieces is the same plan.

use super::network::problem;
use super::plan::{plan, report};
use proptest::prelude::*;
use waterbus::domain::*;

/// The rows of a plan in another order, by lists of sort keys.
fn reorder<T>(rows: &mut Vec<T>, keys: &[u32]) {
    let mut keyed: Vec<(u32, T)> = std::mem::take(rows).into_iter().enumerate().map(|(row, it)| (keys[row], it)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    rows.extend(keyed.into_iter().map(|(_, it)| it));
}

proptest! {
    /// Rows are known by their keys, not by where they stand.
    #[test]
    fn the_order_of_rows_means_nothing(keys in prop::collection::vec(any::<u32>(), 16)) {
        let (problem, told, mut other) = (problem(), plan(), plan());
        reorder(&mut other.services, &keys);
        reorder(&mut other.sailings, &keys);
        reorder(&mut other.shipments, &keys);
        reorder(&mut other.slots, &keys);
        reorder(&mut other.left_behind, &keys);
        let (first, second) = (report(&problem, &told), report(&problem, &other));
        prop_assert_eq!(second.violations, vec![]);
        prop_assert_eq!(second.ledger, first.ledger);
        prop_assert_eq!(second.indicators.terminals, first.indicators.terminals);
    }

    /// Ten boxes on one row or on two rows are ten boxes.
    #[test]
    fn a_shipment_may_be_told_in_parts(row in 0_usize..14, part in 1_i64..10) {
        let (problem, mut parts) = (problem(), plan());
        let whole = parts.shipments[row].volume_teu;
        prop_assume!(part < whole.0);
        parts.shipments[row].volume_teu = Teu(part);
        let rest = Shipment { volume_teu: whole - Teu(part), ..parts.shipments[row].clone() };
        parts.shipments.push(rest);
        let (first, second) = (report(&problem, &plan()), report(&problem, &parts));
        prop_assert_eq!(second.violations, vec![]);
        prop_assert_eq!(second.ledger, first.ledger);
        prop_assert_eq!(second.indicators.transshipped_teu, first.indicators.transshipped_teu);
    }

    /// A plan that starts its week whole cycles later is the same plan; only the first berthing leaves the cycle, and that is said once.
    #[test]
    fn whole_cycles_mean_nothing_but_to_the_grid(row in 0_usize..6, weeks in prop_oneof![-3_i64..0, 1_i64..3]) {
        let (problem, mut later) = (problem(), plan());
        let shift = problem.settings.cycle * weeks;
        // all sailings of the service, for its vessels go from one to the next
        let service = later.sailings[row].service.clone();
        for sailing in later.sailings.iter_mut().filter(|sailing| sailing.service == service) {
            sailing.back_at_min += shift;
            for call in &mut sailing.calls {
                call.arrival_min += shift;
                call.berthing_min += shift;
                call.departure_min += shift;
            }
        }
        let (first, second) = (report(&problem, &plan()), report(&problem, &later));
        prop_assert!(second.violations.iter().all(|violation| violation.rule == "A-GRID"), "{:#?}", second.violations);
        prop_assert_eq!(second.indicators.mean_transit_h, first.indicators.mean_transit_h);
        prop_assert_eq!(second.ledger, first.ledger);
    }
}
