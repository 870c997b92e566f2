//! What the rules permit: exactly at the limit is within it, and what an exception allows is not a fault.

use super::faults::{Fault, find_complaint};
use super::network::{B64, GATE, HKT, HUB, L100, LOWER, RIV, UPP, cargo, problem};
use super::plan::{S01, S02, plan, report, ride, shipments};
use waterbus::domain::*;

/// Limits that the faultless plan reaches and does not pass. Where the slot rows state the limit too, they disagree.
const LIMITS: &[Fault] = &[
    ("as many calls as allowed", &[], |problem, _| problem.settings.most_calls = 4),
    ("a round trip as long as allowed", &[], |problem, _| problem.settings.longest_round_trip = Minutes(10_080)),
    ("a leg as long as the batteries last", &[], |problem, _| problem.classes[2].range = Some(Metres(30_000))),
    ("a bridge as high as the vessel", &[], |problem, _| problem.links[LOWER].air_draft_m = 8.0),
    ("all the buffer that there is", &[], |problem, _| problem.settings.turnaround_buffer = Minutes(3750)),
    ("a transfer without a minute to spare", &[], |problem, _| problem.settings.transfer = Minutes(300)),
    ("a shipment as slow as allowed", &[], |problem, _| problem.demands[cargo::IMPORT].max_transit = Minutes(14_070)),
    ("a cleared shipment as slow as allowed", &[], |problem, _| {
        problem.demands[cargo::UPPER_EXPORT].max_transit = Minutes(345 + 1440);
    }),
    ("a box as long at the hub as allowed", &[], |problem, _| problem.mothers[0].longest_wait = Minutes(915)),
    ("a cut-off just met", &[], |problem, _| problem.mothers[0].berthing = Minutes(2685)),
    ("a window just as long as the call", &[], |problem, _| {
        (problem.terminals[HKT].windows[0].from, problem.terminals[HKT].windows[0].to) = (Minutes(1800), Minutes(1860));
    }),
    ("the least cargo for a call", &[], |problem, _| problem.terminals[RIV].min_call = Teu(6)),
    // S01 enters at 289 and at 1230, 941 minutes later; 0.0638 an hour hold it for 941
    ("a lock held until the next vessel", &[], |problem, _| {
        problem.links[GATE].lock.iter_mut().for_each(|lock| lock.vessels_per_hour = 0.0638);
    }),
    ("as many dangerous goods as allowed", &[], |problem, _| problem.classes[L100].dangerous = Teu(3)),
    ("a full vessel", &["A-SLOTS"], |problem, _| problem.classes[B64].teu = Teu(20)),
    ("a laden vessel", &["A-SLOTS"], |problem, _| problem.classes[L100].deadweight = Kg(154_000)),
    ("all plugs in use", &["A-SLOTS"], |problem, _| problem.classes[B64].reefer_plugs = Teu(4)),
    ("a profit as high as its bound", &[], |_, plan| {
        plan.proofs[1] = Proof::new(Stage::Plan, "all".into(), plan.proofs[1].value, plan.proofs[1].value);
    }),
    // the hub lists the river port instead of the other way round
    ("one clearance listed at the other end", &[], |problem, _| {
        problem.terminals[RIV].one_clearance.clear();
        problem.terminals[HUB].one_clearance = vec![TerminalIdx::from(RIV)];
    }),
    ("transit cargo is not cleared twice", &[], |problem, plan| {
        problem.demands[cargo::UPPER_EXPORT].trade = Trade::Transit;
        problem.demands[cargo::UPPER_EXPORT].max_transit = Minutes(345);
        plan.shipments[shipments::UPPER_EXPORT].trade = Trade::Transit;
    }),
    // R6 is about imports that stay on board: at the hub both are loaded, at the river port no export is
    ("imports and exports loaded at one call", &["A-SLOTS"], |problem, plan| {
        plan.services[S01].mixed_direction = false;
        plan.shipments[shipments::ROUND_EXPORT].rides = vec![ride("S01", 1, 1, 2)];
        problem.demands[cargo::DOMESTIC_UP].trade = Trade::Export;
        problem.demands[cargo::DOMESTIC_UP].max_transit = Minutes(2400);
        plan.shipments[shipments::DOMESTIC_UP].trade = Trade::Export;
    }),
    // the border service calls at no terminal but the hub and Hong Kong, which need no mixed trade
    ("mixed trade forbidden where no mixed service calls", &[], |problem, _| problem.terminals[HKT].mixed_trade = false),
];

/// A rule that bites a minute too early costs a sailing.
#[test]
fn what_is_exactly_at_a_limit_is_within_it() {
    let complaints: Vec<String> = LIMITS.iter().filter_map(find_complaint).collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Domestic cargo from the hub to the river port by Hong Kong, with a list of allowed paths.
fn rules_broken_by_a_round_across_the_border(listed: Option<[usize; 3]>) -> Vec<String> {
    let (mut problem, mut plan) = (problem(), plan());
    problem.demands[cargo::EMPTIES].trade = Trade::CrossBorderDomestic;
    problem.cross_border.extend(listed.map(|path| path.map(TerminalIdx::from)));
    for shipment in plan.shipments.iter_mut().filter(|shipment| shipment.demand.0 == "HUB-RIV-MT") {
        shipment.trade = Trade::CrossBorderDomestic;
    }
    plan.shipments[shipments::EMPTIES].rides = vec![ride("S02", 0, 0, 2), ride("S03", 0, 1, 2)];
    let found = report(&problem, &plan).violations;
    found.into_iter().map(|violation| violation.rule).filter(|rule| rule == "A-R1" || rule == "A-R8").collect()
}

/// R8: a listed path is open to the cargo it is listed for, and to no other.
#[test]
fn domestic_cargo_crosses_the_border_on_listed_paths_only() {
    assert_eq!(rules_broken_by_a_round_across_the_border(None), ["A-R1", "A-R8"]);
    assert_eq!(rules_broken_by_a_round_across_the_border(Some([UPP, HKT, RIV])), ["A-R1", "A-R8"]);
    assert!(rules_broken_by_a_round_across_the_border(Some([HUB, HKT, RIV])).is_empty());
}

/// The practice before the water bus: a shuttle between a hub and one terminal, one trade, one direction after the other.
#[test]
fn a_hub_shuttle_is_a_service_of_separate_trades() {
    let mut plan = plan();
    plan.practice = Practice::SeparateTrades;
    plan.services = vec![plan.services[S02].clone()];
    assert!(report(&problem(), &plan).violations.iter().all(|violation| violation.rule != "A-PRACTICE"));
}
