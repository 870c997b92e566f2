//! A-TRANSFER, A-TRANSIT, A-CUTOFF, A-TEU, A-TONNES, A-PLUGS, A-DANGEROUS, A-MINCALL, A-DEMAND: cargo on its way and on board.

use super::book::{Book, Consignment, Run};
use super::journey::{find_journey, find_wait_for_mother};
use super::loads::Loads;
use super::rules::Findings;
use std::collections::BTreeMap;

/// Checks shipments, vessels' capacities and volumes.
pub(super) fn check_cargo(book: &Book, loads: &Loads, findings: &mut Findings) {
    for cargo in &book.consignments {
        check_transfers(book, cargo, findings);
        check_transit(book, cargo, findings);
    }
    for (row, run) in book.runs.iter().enumerate() {
        for number in run.sailings.keys() {
            for leg in 0..run.calls.len() {
                check_capacity(book, loads, (row, run), *number, leg, findings);
            }
        }
        for call in 0..run.calls.len() {
            check_least_volume(book, loads, (row, run), call, findings);
        }
    }
    check_volumes(book, findings);
}

/// A-TRANSFER. The time between the vessels is kept by waiting for the next berthing; see A-TRANSIT.
fn check_transfers(book: &Book, cargo: &Consignment, findings: &mut Findings) {
    let transfers = cargo.rides.len().saturating_sub(1);
    for ride in cargo.rides.iter().take(transfers) {
        let at = book.runs.get(ride.run).and_then(|run| run.terminal_at(ride.to));
        if let Some(terminal) = at.map(|at| book.problem.terminal(at)).filter(|terminal| !terminal.transshipment) {
            findings.add("A-TRANSFER", &cargo.place, format!("transshipped at {}, which does not transship", terminal.code));
        }
    }
}

/// A-TRANSIT and A-CUTOFF.
fn check_transit(book: &Book, cargo: &Consignment, findings: &mut Findings) {
    let Some(journey) = find_journey(book, cargo) else { return };
    let demand = book.problem.demand(cargo.demand);
    let most = i128::from(demand.max_transit.0);
    if journey.transit > most {
        findings.add("A-TRANSIT", &cargo.place, format!("under way for {} minutes; {most} are allowed", journey.transit));
    }
    let mother = demand.mother.and_then(|mother| book.problem.mothers.get(mother.row()));
    if let (Some(mother), Some(wait)) = (mother, find_wait_for_mother(book, demand, journey.arrival)) {
        let longest = i128::from(mother.longest_wait.0);
        if wait > longest {
            let message = format!("arrives {wait} minutes before the cut-off of {}; at most {longest} are allowed", mother.code);
            findings.add("A-CUTOFF", &cargo.place, message);
        }
    }
}

/// A-TEU, A-TONNES, A-PLUGS, A-DANGEROUS.
fn check_capacity(book: &Book, loads: &Loads, (row, run): (usize, &Run), number: u32, leg: usize, findings: &mut Findings) {
    let (class, load) = (book.class(run), loads.leg(row, number, leg));
    let limits = [
        ("A-TEU", load.teu, i128::from(class.teu.0), "TEU on board", "TEU"),
        ("A-TONNES", load.kg, run.kg_capacity(book.problem, leg), "kg of cargo on board", "kg"),
        ("A-PLUGS", load.reefer, i128::from(class.reefer_plugs.0), "TEU of reefers on board", "plugs"),
        ("A-DANGEROUS", load.dangerous, i128::from(class.dangerous.0), "TEU of dangerous goods on board", "TEU"),
    ];
    for (rule, has, most, what, unit) in limits {
        if has > most {
            findings.add(rule, book.leg_place(run, number, leg), format!("{has} {what}; the limit is {most} {unit}"));
        }
    }
}

/// A-MINCALL.
fn check_least_volume(book: &Book, loads: &Loads, (row, run): (usize, &Run), call: usize, findings: &mut Findings) {
    let Some(terminal) = run.terminal_at(call).map(|at| book.problem.terminal(at)) else { return };
    let lifted: i128 = run.sailings.keys().map(|number| loads.lifts(row, *number, call).both()).sum();
    let least = run.frequency() * i128::from(terminal.min_call.0);
    if lifted < least {
        let message = format!("{lifted} TEU lifted in a cycle; {} calls must lift {least} TEU", run.frequency());
        findings.add("A-MINCALL", book.position_place(run, call), message);
    }
}

/// A-DEMAND.
fn check_volumes(book: &Book, findings: &mut Findings) {
    let mut given: BTreeMap<&str, i128> = BTreeMap::new();
    for shipment in &book.plan.shipments {
        *given.entry(&shipment.demand.0).or_default() += i128::from(shipment.volume_teu.0);
    }
    for left in &book.plan.left_behind {
        *given.entry(&left.demand.0).or_default() += i128::from(left.volume_teu.0);
        if left.volume_teu.0 < 0 {
            findings.add("A-DEMAND", &left.demand.0, format!("{} TEU left behind", left.volume_teu.0));
        }
    }
    for demand in &book.problem.demands {
        let given = given.get(demand.code.0.as_str()).copied().unwrap_or(0);
        if given != i128::from(demand.volume.0) {
            let message = format!("carried and left behind add up to {given} TEU; the demand is {} TEU", demand.volume.0);
            findings.add("A-DEMAND", &demand.code.0, message);
        }
    }
}
