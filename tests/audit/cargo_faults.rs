//! Faults of shipments, loads and slots.

use super::faults::Fault;
use super::network::{B64, HUB, L100, RIV, UPPER, cargo};
use super::plan::shipments;
use waterbus::domain::*;

pub const FAULTS: &[Fault] = &[
    ("a ride beyond one round", &["A-RIDE", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].rides[0].to_call = CallPos(8);
    }),
    ("a ride that ends where it begins", &["A-RIDE", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].rides[0].to_call = CallPos(3);
    }),
    // at position 4 the upper port is reached, not the hub
    ("a ride to another terminal", &["A-RIDE", "A-SLOTS"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].rides[0].to_call = CallPos(4);
    }),
    // one ride less, one transshipment less
    ("cargo left at the hub", &["A-RIDE", "A-SLOTS", "A-PROOF"], |_, plan| {
        drop(plan.shipments[shipments::REEFER_EXPORT].rides.pop());
    }),
    ("a shipment without rides", &["A-RIDE", "A-SLOTS"], |_, plan| plan.shipments[shipments::ROUND_EXPORT].rides.clear()),
    ("a shipment of nothing", &["A-RIDE", "A-DEMAND", "A-SLOTS", "A-PROOF"], |_, plan| {
        plan.shipments[shipments::ROUND_EXPORT].volume_teu = Teu(0);
    }),
    ("another origin than the demand's", &["A-RIDE"], |_, plan| plan.shipments[0].origin = "RIV".into()),
    ("another trade than the demand's", &["A-RIDE"], |_, plan| plan.shipments[0].trade = Trade::Transit),
    ("a transshipment where there is none", &["A-TRANSFER"], |problem, _| problem.terminals[HUB].transshipment = false),
    ("a shipment too slow", &["A-TRANSIT"], |problem, _| problem.demands[cargo::IMPORT].max_transit = Minutes(14_069)),
    // a minute too late for the vessel of this week, so a week later; the ocean ship of that week is met as well
    ("a transfer missed by a minute", &["A-TRANSIT"], |problem, _| problem.settings.transfer = Minutes(301)),
    ("a second clearance forgotten", &["A-TRANSIT"], |problem, _| problem.terminals[RIV].one_clearance.clear()),
    ("a box too long at the hub", &["A-CUTOFF"], |problem, _| problem.mothers[0].longest_wait = Minutes(914)),
    ("a cut-off missed by a minute", &["A-CUTOFF"], |problem, _| problem.mothers[0].berthing = Minutes(2684)),
    // the slot rows state the limits too
    ("more cargo than slots", &["A-TEU", "A-SLOTS"], |problem, _| problem.classes[B64].teu = Teu(19)),
    ("more mass than the vessel carries", &["A-TONNES", "A-SLOTS"], |problem, _| {
        problem.classes[L100].deadweight = Kg(153_999);
    }),
    ("more mass than the river floats", &["A-TONNES", "A-SLOTS"], |problem, _| problem.links[UPPER].depth_m = 2.0),
    ("more reefers than plugs", &["A-PLUGS", "A-SLOTS"], |problem, _| problem.classes[B64].reefer_plugs = Teu(3)),
    ("more dangerous goods than slots for them", &["A-DANGEROUS"], |problem, _| problem.classes[L100].dangerous = Teu(2)),
    ("calls for too little cargo", &["A-MINCALL"], |problem, _| problem.terminals[RIV].min_call = Teu(7)),
    ("cargo forgotten", &["A-DEMAND"], |_, plan| drop(plan.left_behind.pop())),
    ("cargo invented", &["A-DEMAND"], |problem, _| problem.demands[cargo::UNSERVED].volume = Teu(6)),
    ("less than nothing left behind", &["A-DEMAND"], |_, plan| {
        let row = |volume, reason| LeftBehind { demand: "UPP-RIV-DO".into(), volume_teu: Teu(volume), reason };
        plan.left_behind[1] = row(9, Reason::NoService);
        plan.left_behind.push(row(-2, Reason::Full));
    }),
    ("a leg without slots", &["A-SLOTS"], |_, plan| drop(plan.slots.pop())),
    ("a leg with slots twice", &["A-SLOTS"], |_, plan| plan.slots.push(plan.slots[0].clone())),
    // and the leg that it stood for has none
    ("slots of a leg that is not there", &["A-SLOTS"], |_, plan| plan.slots[0].leg = CallPos(4)),
    ("a wrong capacity", &["A-SLOTS"], |_, plan| plan.slots[0].capacity_teu = Teu(65)),
    ("slots sold that are empty", &["A-SLOTS"], |_, plan| plan.slots[0].used_teu = Teu(13)),
    ("slots to sell that are taken", &["A-SLOTS"], |_, plan| plan.slots[0].free_teu = Teu(53)),
    ("a depth forgotten", &["A-SLOTS"], |_, plan| plan.slots[0].capacity_kg = Kg(1_000_000)),
    ("another mass of cargo", &["A-SLOTS"], |_, plan| plan.slots[0].used_kg = Kg(136_001)),
    ("other reefer plugs", &["A-SLOTS"], |_, plan| plan.slots[0].reefer_plugs = Teu(7)),
    ("other reefers on board", &["A-SLOTS"], |_, plan| plan.slots[1].used_plugs = Teu(3)),
    ("slots for a stranger", &["A-SLOTS"], |_, plan| plan.slots[0].allotments[2].member = "OP9".into()),
    ("slots that do not add up", &["A-SLOTS"], |_, plan| plan.slots[0].allotments[1].volume_teu = Teu(20)),
    // 32 are due of 64; 20 of 19.2 are still within one
    ("a member short of a slot", &["A-SLOTS"], |_, plan| {
        plan.slots[0].allotments[0].volume_teu = Teu(31);
        plan.slots[0].allotments[1].volume_teu = Teu(20);
    }),
];
