//! Faults against the rules of customs and trade.

use super::faults::Fault;
use super::network::{HUB, RIV, UPP, cargo};
use super::plan::{S01, S02, S03, ride, shipments};
use waterbus::domain::*;

pub const FAULTS: &[Fault] = &[
    ("domestic and foreign cargo on registered vessels", &["A-R1"], |problem, plan| {
        problem.fleets[0].registered = true;
        plan.services[S01].registered = true;
    }),
    // Hong Kong has no domestic trade either, and the service is for foreign cargo
    ("domestic cargo from Hong Kong", &["A-R1", "A-R4", "A-REGIME"], |problem, plan| {
        problem.demands[cargo::DANGEROUS_IMPORT].trade = Trade::Domestic;
        plan.shipments[shipments::DANGEROUS_IMPORT].trade = Trade::Domestic;
    }),
    ("exports loaded without customs", &["A-R4"], |problem, _| problem.terminals[UPP].foreign_trade = false),
    ("domestic cargo lifted where there is none", &["A-R4"], |problem, _| problem.terminals[RIV].domestic_trade = false),
    ("a border service that calls without customs", &["A-R4"], |problem, _| problem.terminals[HUB].foreign_trade = false),
    ("unregistered vessels to Hong Kong", &["A-R5"], |problem, plan| {
        problem.fleets[1].registered = false;
        plan.services[S02].registered = false;
    }),
    ("both directions where a terminal forbids it", &["A-R6"], |problem, _| problem.terminals[UPP].mixed_direction = false),
    // at the second call of the river port, exports are loaded while imports for the upper port stay on board
    ("exports loaded over imports", &["A-R6"], |_, plan| plan.services[S01].mixed_direction = false),
    ("a mixed service where a terminal forbids it", &["A-R7"], |problem, _| problem.terminals[UPP].mixed_trade = false),
    // empties from the hub take a round by Hong Kong to the hub before they go up the river: a transshipment more, other slots
    ("mainland cargo by Hong Kong", &["A-R8", "A-PROOF", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::EMPTIES].rides = vec![ride("S02", 0, 0, 2), ride("S03", 0, 1, 2)];
    }),
    ("domestic cargo on a foreign service", &["A-REGIME"], |_, plan| plan.services[S03].regime = Regime::Foreign),
    ("foreign cargo on a domestic service", &["A-REGIME"], |_, plan| plan.services[S02].regime = Regime::Domestic),
    ("domestic cargo on a mixed service turned foreign", &["A-REGIME"], |_, plan| plan.services[S01].regime = Regime::Foreign),
];
