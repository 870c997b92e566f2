//! Faults of instance, codes, services, waterway and proofs.

use super::faults::Fault;
use super::network::{B64, E30, LOWER, SEA, UPPER};
use super::plan::{PROFIT_RMB, S01, S02, S03, S03_2, shipments};
use waterbus::domain::*;

pub const FAULTS: &[Fault] = &[
    ("another instance", &["A-INSTANCE"], |_, plan| plan.made_from.instance = "five-terminals".into()),
    ("other tables", &["A-INSTANCE"], |_, plan| plan.made_from.instance_hash = "decaf".into()),
    ("another cycle", &["A-INSTANCE"], |_, plan| plan.cycle_min = Minutes(20_160)),
    ("a listed terminal that does not exist", &["A-CODE"], |_, plan| plan.terminals[0].terminal = "XXX".into()),
    ("a sailing twice", &["A-CODE"], |_, plan| plan.sailings.push(plan.sailings[0].clone())),
    ("a service twice", &["A-CODE"], |_, plan| plan.services.push(plan.services[0].clone())),
    ("an operator that does not exist", &["A-CODE"], |_, plan| plan.services[S03].operator = "OP9".into()),
    // its cargo has no sailing and its costs are unknown
    ("a class that does not exist", &["A-CODE", "A-PROOF"], |_, plan| plan.services[S03].class = "B9".into()),
    ("a call that does not exist", &["A-CODE", "A-PROOF"], |_, plan| plan.services[S03].calls[1] = "XXX".into()),
    // the cargo's freight and slots are missing, and the demand is not met
    ("a demand that does not exist", &["A-CODE", "A-DEMAND", "A-PROOF", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].demand = "XXX".into();
    }),
    ("a ride on a service that does not exist", &["A-CODE", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].rides[0].service = "S09".into();
    }),
    ("a ride on a sailing that does not exist", &["A-CODE", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].rides[0].sailing = 2;
    }),
    ("cargo left behind of no demand", &["A-CODE"], |_, plan| {
        plan.left_behind.push(LeftBehind { demand: "XXX".into(), volume_teu: Teu(1), reason: Reason::Full });
    }),
    ("too many calls", &["A-ROTATION"], |problem, _| problem.settings.most_calls = 3),
    ("too many visits of the river port", &["A-ROTATION"], |problem, _| problem.settings.most_visits = 1),
    // a way from the hub to the hub burns nothing, and the cargo for Hong Kong does not get there
    ("a call that follows itself", &["A-ROTATION", "A-RIDE", "A-PROOF"], |_, plan| plan.services[S02].calls[1] = "HUB".into()),
    // the way up is one leg now, too short in time and with other loads; cargo to and from the last call is at the wrong terminal
    ("a call that follows itself around the end", &["A-ROTATION", "A-RIDE", "A-SAIL", "A-SLOTS", "A-PROOF"], |_, plan| {
        plan.services[S01].calls[3] = "UPP".into();
    }),
    ("a number of sailings that is not offered", &["A-FREQUENCY"], |problem, _| problem.settings.frequencies = vec![1, 3]),
    ("too few sailings", &["A-FREQUENCY"], |problem, _| problem.settings.least_sailings = 2),
    // cargo and slots of the sailing, and of the empties that end on it, hang in the air
    ("a sailing left out", &["A-FREQUENCY", "A-CODE", "A-RIDE", "A-SLOTS"], |_, plan| drop(plan.sailings.remove(S03_2))),
    ("a sailing with a number too high", &["A-FREQUENCY", "A-CODE", "A-RIDE", "A-SLOTS"], |_, plan| {
        plan.sailings[S03_2].number = 3;
    }),
    // S02 is under way for the whole week
    ("a round trip too long", &["A-ROUNDTRIP"], |problem, _| problem.settings.longest_round_trip = Minutes(10_079)),
    ("more vessels than there are", &["A-FLEET"], |problem, _| problem.fleets[2].vessels = 1),
    ("vessels of the wrong registration", &["A-FLEET"], |problem, _| problem.fleets[0].registered = true),
    ("vessels of another operator", &["A-FLEET"], |problem, _| problem.fleets[2].operator = OperatorIdx(1)),
    // without a passage no energy is burnt
    ("a waterway of too low a class", &["A-WATERWAY", "A-PROOF"], |problem, _| problem.links[LOWER].class = WaterwayClass::IV),
    ("a bridge too low", &["A-WATERWAY", "A-PROOF"], |problem, _| problem.links[SEA].air_draft_m = 7.99),
    // and the depth no longer limits the load that the slots state
    ("too little water", &["A-WATERWAY", "A-PROOF", "A-SLOTS"], |problem, _| problem.links[UPPER].depth_m = 1.8),
    ("a leg longer than the batteries last", &["A-RANGE"], |problem, _| problem.classes[E30].range = Some(Metres(29_999))),
    ("a gap that is not that of value and bound", &["A-PROOF"], |_, plan| plan.proofs[0].gap = 0.01),
    ("a profit that is not the audited one", &["A-PROOF"], |_, plan| {
        plan.proofs[1] = Proof::new(Stage::Plan, "all".into(), PROFIT_RMB + 0.01, 0.0);
    }),
    ("a profit above its bound", &["A-PROOF"], |_, plan| {
        plan.proofs[1] = Proof::new(Stage::Plan, "all".into(), PROFIT_RMB, PROFIT_RMB - 1.0);
    }),
    ("a dearer vessel than the profit says", &["A-PROOF"], |problem, _| problem.classes[B64].fixed_per_day += Cents(1)),
    ("separate trades with a shared vessel", &["A-PRACTICE"], |_, plan| plan.practice = Practice::SeparateTrades),
    ("a shuttle of separate trades without a hub", &["A-PRACTICE"], |problem, plan| {
        plan.practice = Practice::SeparateTrades;
        plan.services[S01].regime = Regime::Foreign;
        plan.services.truncate(1);
        plan.services[S01].mixed_direction = false;
        keep_river_shuttle(problem, plan);
    }),
];

/// Leaves one service between the upper port and the river port, empty.
fn keep_river_shuttle(problem: &mut Problem, plan: &mut Plan) {
    problem.demands.clear();
    problem.terminals.iter_mut().for_each(|terminal| terminal.min_call = Teu(0));
    plan.shipments.clear();
    plan.left_behind.clear();
    plan.proofs.clear();
    plan.services[0].calls.truncate(2);
    plan.sailings.truncate(2);
    for sailing in &mut plan.sailings {
        sailing.calls.truncate(2);
        sailing.back_at_min = sailing.calls[1].departure_min + Minutes(210);
    }
    plan.sailings[1].calls[0].arrival_min = plan.sailings[0].back_at_min;
    plan.sailings[0].calls[0].arrival_min = plan.sailings[1].back_at_min - problem.settings.cycle;
    plan.slots.truncate(8);
    plan.slots.retain(|row| row.leg.row() < 2);
    for row in &mut plan.slots {
        (row.used_teu, row.free_teu, row.used_kg, row.used_plugs) = (Teu(0), row.capacity_teu, Kg(0), Teu(0));
        row.capacity_kg = Kg(500_000);
    }
}
