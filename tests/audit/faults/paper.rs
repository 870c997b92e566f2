//! Names, slot rows and proofs that do not agree with the rest of the plan.

use super::*;
use crate::fixture::ride;

pub const FAULTS: &[Fault] = &[
    ("the plan is of another instance", "A-INSTANCE", |_, plan| plan.made_from.instance = "elsewhere".to_owned()),
    ("the tables were changed since", "A-INSTANCE", |_, plan| plan.made_from.instance_hash = "0".repeat(64)),
    ("the plan has another cycle", "A-INSTANCE", |_, plan| plan.cycle_min = Minutes(1440)),
    ("a service calls at no known terminal", "A-CODE", |_, plan| service(plan, "S1").calls[1] = "XYZ".into()),
    ("a service runs no known class", "A-CODE", |_, plan| service(plan, "S1").class = "RAFT".into()),
    ("a service has no known operator", "A-CODE", |_, plan| service(plan, "S1").operator = "OPX".into()),
    ("two services have one code", "A-CODE", |_, plan| service(plan, "S5").service = "S2".into()),
    ("two sailings have one number", "A-CODE", |_, plan| sailing(plan, "S1", 1).number = 0),
    ("a sailing of no service", "A-CODE", |_, plan| sailing(plan, "S1", 1).service = "S9".into()),
    ("a sailing lacks the times of a call", "A-CODE", |_, plan| {
        sailing(plan, "S1", 1).calls.pop();
    }),
    ("cargo of no demand", "A-CODE", |_, plan| shipment(plan, "EX-UPR-HUB").demand = "EX-NOBODY".into()),
    ("cargo to no known terminal", "A-CODE", |_, plan| shipment(plan, "EX-UPR-HUB").destination = "XYZ".into()),
    ("cargo on no known service", "A-CODE", |_, plan| shipment(plan, "EX-UPR-HUB").rides = vec![ride("S9", 0, 0, 2)]),
    ("cargo on no known sailing", "A-CODE", |_, plan| shipment(plan, "EX-UPR-HUB").rides = vec![ride("S1", 2, 0, 2)]),
    ("cargo of no demand is left behind", "A-CODE", |_, plan| plan.left_behind[0].demand = "EX-NOBODY".into()),
    ("slots of no known service", "A-CODE", |_, plan| plan.slots[0].service = "S9".into()),
    ("slots of no known sailing", "A-CODE", |_, plan| plan.slots[0].sailing = 7),
    ("a terminal is named that is not there", "A-CODE", |_, plan| plan.terminals[0].terminal = "XYZ".into()),
    ("a leg has no row of slots", "A-SLOTS", |_, plan| {
        plan.slots.remove(3);
    }),
    ("a leg has two rows of slots", "A-SLOTS", |_, plan| plan.slots.push(plan.slots[3].clone())),
    ("a row of slots of a leg beyond the rotation", "A-SLOTS", |_, plan| plan.slots[0].leg = CallPos(4)),
    ("the row promises more slots than there are", "A-SLOTS", |_, plan| plan.slots[0].capacity_teu = Teu(101)),
    ("the row hides boxes", "A-SLOTS", |_, plan| plan.slots[0].used_teu = Teu(7)),
    ("the row sells slots twice", "A-SLOTS", |_, plan| plan.slots[0].free_teu = Teu(93)),
    ("the row overstates the water", "A-SLOTS", |_, plan| plan.slots[0].capacity_kg = Kg(2_000_000)),
    ("the row understates the weight", "A-SLOTS", |_, plan| plan.slots[0].used_kg = Kg(0)),
    ("the row promises plugs that are not there", "A-SLOTS", |_, plan| plan.slots[0].reefer_plugs = Teu(11)),
    ("the row hides a reefer", "A-SLOTS", |_, plan| plan.slots[0].used_plugs = Teu(7)),
    ("a proof belittles its gap", "A-PROOF", |_, plan| plan.proofs[1].gap = 0.0),
    ("a proof of a timetable belittles its gap", "A-PROOF", |_, plan| plan.proofs[0].bound = 9.0),
    ("the plan claims a better profit", "A-PROOF", |_, plan| plan.proofs[1] = of_the_plan(17_702.01, 20_000.0)),
    ("the profit is above its bound", "A-PROOF", |_, plan| plan.proofs[1] = of_the_plan(17_702.0, 17_000.0)),
    ("the plan weighs what its proof does not", "A-PROOF", |_, plan| plan.made_from.weights.carried_cents_per_teu = Cents(1)),
    ("a proof has no number", "A-PROOF", |_, plan| plan.proofs[1].bound = f64::NAN),
    ("fuel became dearer since the proof", "A-PROOF", |problem, _| problem.settings.diesel_cents_per_t = Cents(800_100)),
];

fn of_the_plan(value: f64, bound: f64) -> Proof {
    Proof::new(Stage::Plan, "the plan".to_owned(), value, bound)
}
