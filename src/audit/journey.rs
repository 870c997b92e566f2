//! How long cargo is under way.

use super::book::{Book, Consignment};
use crate::domain::{Demand, Trade};

/// The way of a shipment in minutes.
pub(super) struct Journey {
    /// Departure at the origin to arrival at the destination, customs delay included.
    pub transit: i128,
    /// Of each transshipment, departure of the discharging vessel to departure of the next one.
    pub transfers: Vec<i128>,
    /// Arrival at the destination, a minute of the cycle.
    pub arrival: i128,
}

/// Follows a shipment through the timetable; `None` when its rides do not join origin to destination.
pub(super) fn find_journey(book: &Book, cargo: &Consignment) -> Option<Journey> {
    if !cargo.whole {
        return None;
    }
    let (cycle, transfer) = (book.cycle(), i128::from(book.problem.settings.transfer.0));
    let mut transfers = Vec::new();
    let mut start = None;
    // departure and arrival of the discharging vessel at the end of the rides so far, minutes since the origin's cycle began
    let mut end: Option<(i128, i128)> = None;
    for ride in &cargo.rides {
        let run = book.runs.get(ride.run)?;
        let (from, to) = (run.clock(cycle, ride.sailing, ride.from)?, run.clock(cycle, ride.sailing, ride.to)?);
        let shift = match end {
            None => 0,
            Some((departure, _)) => {
                let ready = departure + transfer;
                let berthing = ready + (from.berthing - ready).rem_euclid(cycle);
                let shift = berthing - from.berthing;
                transfers.push(from.departure + shift - departure);
                shift
            }
        };
        start = start.or(Some(from.departure));
        end = Some((to.departure + shift, to.arrival + shift));
    }
    let arrival = end?.1;
    let transit = arrival - start? + customs_delay(book, book.problem.demand(cargo.demand));
    Some(Journey { transit, transfers, arrival: arrival.rem_euclid(cycle) })
}

/// R9: imports and exports between two mainland terminals without one clearance are cleared a second time.
fn customs_delay(book: &Book, demand: &Demand) -> i128 {
    let (origin, destination) = (book.problem.terminal(demand.origin), book.problem.terminal(demand.destination));
    let mainland = !origin.region.is_outside() && !destination.region.is_outside();
    let joined = origin.one_clearance.contains(&demand.destination) || destination.one_clearance.contains(&demand.origin);
    if matches!(demand.trade, Trade::Import | Trade::Export) && mainland && !joined {
        return i128::from(book.problem.settings.second_clearance.0);
    }
    0
}

/// Barge arrival to the mother vessel's berthing less the cut-off, modulo the cycle; `None` for cargo without a mother vessel.
pub(super) fn find_wait_for_mother(book: &Book, demand: &Demand, arrival: i128) -> Option<i128> {
    let mother = book.problem.mothers.get(demand.mother?.row())?;
    let latest = i128::from(mother.berthing.0) - i128::from(mother.barge_cut_off.0);
    Some((latest - arrival).rem_euclid(book.cycle()))
}
