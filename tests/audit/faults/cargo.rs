//! Boxes on wrong ways, late boxes, full vessels, volumes that do not add up.

use super::*;
use crate::fixture::ride;

pub const FAULTS: &[Fault] = &[
    ("cargo is discharged where it is loaded", "A-RIDE", |_, plan| {
        shipment(plan, "EX-TWN-HUB").rides = vec![ride("S3", 0, 0, 0)]
    }),
    ("cargo rides for more than one round", "A-RIDE", |_, plan| shipment(plan, "EX-TWN-HUB").rides = vec![ride("S3", 0, 0, 4)]),
    ("cargo is loaded in a voyage that is not its own", "A-RIDE", |_, plan| {
        shipment(plan, "EX-TWN-HUB").rides = vec![ride("S3", 0, 3, 4)];
    }),
    ("cargo ends at another terminal", "A-RIDE", |_, plan| shipment(plan, "EX-UPR-HUB").rides = vec![ride("S1", 0, 0, 1)]),
    ("cargo starts at another terminal", "A-RIDE", |_, plan| shipment(plan, "EX-UPR-HUB").rides = vec![ride("S1", 0, 1, 2)]),
    ("cargo jumps ashore between two vessels", "A-RIDE", |_, plan| {
        shipment(plan, "DO-UPR-DOM").rides = vec![ride("S1", 1, 0, 2), ride("S4", 0, 1, 2)];
    }),
    ("cargo without a ride", "A-RIDE", |_, plan| shipment(plan, "EX-UPR-HUB").rides.clear()),
    ("a shipment of nothing", "A-RIDE", |_, plan| shipment(plan, "EX-UPR-HUB").volume_teu = Teu(0)),
    ("a shipment of less than nothing", "A-RIDE", |_, plan| shipment(plan, "EX-UPR-HUB").volume_teu = Teu(-8)),
    ("the shipment shows another trade than its demand", "A-RIDE", |_, plan| shipment(plan, "IM-HUB-MID").trade = Trade::Empty),
    ("the shipment shows another cargo than its demand", "A-RIDE", |_, plan| shipment(plan, "IM-HUB-MID").cargo = Cargo::Reefer),
    ("the shipment shows another destination than its demand", "A-RIDE", |_, plan| {
        shipment(plan, "IM-HUB-MID").destination = "TWN".into();
    }),
    ("cargo changes vessels where none may", "A-TRANSFER", |problem, _| terminal(problem, "MID").transshipment = false),
    ("cargo changes vessels on the same service where none may", "A-TRANSFER", |_, plan| {
        shipment(plan, "EX-MID-HUB").rides = vec![ride("S3", 0, 2, 3), ride("S3", 0, 0, 1)];
    }),
    ("cargo arrives too late", "A-TRANSIT", |problem, _| demand(problem, "EX-UPR-HUB").max_transit = Minutes(569)),
    ("the next vessel is missed", "A-TRANSIT", |problem, _| {
        // S4 leaves MID at 960, S1 berths at 1620 and 660 min are too short: the next S1 is half a week later
        problem.settings.transfer = Minutes(661);
        demand(problem, "DO-DOM-UPR").max_transit = Minutes(1920 - 660);
    }),
    ("cargo is cleared twice for want of one clearance", "A-TRANSIT", |problem, _| {
        terminal(problem, "UPR").one_clearance.clear();
        demand(problem, "EX-UPR-HUB").max_transit = Minutes(2009);
    }),
    ("the second clearance takes longer", "A-TRANSIT", |problem, _| problem.settings.second_clearance = Minutes(1681)),
    ("cargo misses its mother vessel by ten minutes", "A-CUTOFF", |problem, _| problem.mothers[0].berthing = Minutes(1880)),
    ("cargo waits too long for its mother vessel", "A-CUTOFF", |problem, _| {
        problem.mothers[0].longest_wait = Minutes(1109);
    }),
    ("cargo takes the sailing after its mother vessel", "A-CUTOFF", |_, plan| {
        shipment(plan, "EX-UPR-HUB").rides = vec![ride("S1", 1, 0, 2)];
    }),
    ("more boxes than slots", "A-TEU", |_, plan| shipment(plan, "EX-MID-HKG").volume_teu = Teu(101)),
    ("more boxes than slots with those of the voyage before", "A-TEU", |problem, _| {
        // 12 from TWN and 8 that come round from MID
        class(problem, "L60").teu = Teu(19);
    }),
    ("more weight than the vessel bears", "A-TONNES", |problem, _| demand(problem, "EX-MID-HKG").kg_per_teu = Kg(70_000)),
    ("more weight than the shallow stretch allows", "A-TONNES", |problem, _| {
        // 20 x 51 t, of 1000 t at that depth and 2000 t at full draught
        demand(problem, "IM-HUB-UPR").kg_per_teu = Kg(51_000);
    }),
    ("a reefer without a plug", "A-PLUGS", |problem, _| class(problem, "D100").reefer_plugs = Teu(7)),
    ("dangerous boxes without their slots", "A-DANGEROUS", |problem, _| class(problem, "D100").dangerous = Teu(4)),
    ("a call that is not worth its while", "A-MINCALL", |problem, _| terminal(problem, "MID").min_call = Teu(3)),
    ("boxes are left out of all lists", "A-DEMAND", |_, plan| plan.left_behind.clear()),
    ("a box too many is left behind", "A-DEMAND", |_, plan| plan.left_behind[0].volume_teu = Teu(5)),
    ("a box is carried and left behind", "A-DEMAND", |_, plan| shipment(plan, "EX-UPR-HUB").volume_teu = Teu(9)),
    ("a negative volume is left behind", "A-DEMAND", |_, plan| {
        shipment(plan, "EX-UPR-HUB").volume_teu = Teu(13);
        plan.left_behind[0].volume_teu = Teu(-1);
    }),
];

/// The last minute that is allowed is allowed: transit with a second clearance, and a wait for the ocean ship.
#[test]
fn cargo_may_arrive_on_the_last_minute() {
    let mut problem = problem();
    let plan = plan(&problem);
    demand(&mut problem, "EX-TWN-HUB").max_transit = Minutes(120 + 1440);
    demand(&mut problem, "EX-UPR-HUB").max_transit = Minutes(570);
    problem.mothers[0].longest_wait = Minutes(2280 - 1170);
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}

/// 660 min between two vessels at MID, and not one to spare.
#[test]
fn a_transfer_may_be_as_short_as_allowed() {
    let mut problem = problem();
    let plan = plan(&problem);
    problem.settings.transfer = Minutes(660);
    demand(&mut problem, "DO-DOM-UPR").max_transit = Minutes(1920 - 660);
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}
