//! What customs would not let pass.

use super::*;
use crate::fixture::ride;

pub const FAULTS: &[Fault] = &[
    ("a registered vessel mixes the trades", "A-R1", |_, plan| service(plan, "S1").registered = true),
    ("domestic cargo rides to Hong Kong and back", "A-R1", |_, plan| {
        shipment(plan, "DO-MID-HUB").rides = vec![ride("S5", 0, 0, 2)];
    }),
    ("domestic cargo rides a service that calls at Hong Kong later", "A-R1", |_, plan| {
        // from HUB back to MID: never on board at Hong Kong, and yet on the wrong service
        let back = shipment(plan, "DO-MID-HUB");
        back.rides = vec![ride("S5", 0, 2, 3)];
    }),
    ("cross-border cargo rides without a listed path", "A-R1", |problem, _| problem.cross_border.clear()),
    ("exports are loaded where customs is absent", "A-R4", |problem, _| terminal(problem, "TWN").foreign_trade = false),
    ("imports are discharged where customs is absent", "A-R4", |problem, _| terminal(problem, "UPR").foreign_trade = false),
    ("domestic cargo is discharged at a foreign trade terminal", "A-R4", |problem, _| {
        terminal(problem, "HUB").domestic_trade = false
    }),
    ("domestic cargo is transshipped at a foreign trade terminal", "A-R4", |problem, _| {
        terminal(problem, "MID").domestic_trade = false
    }),
    ("a Hong Kong service calls at a domestic terminal", "A-R4", |problem, plan| {
        // S5 carries nothing there, so that only the call itself is wrong
        plan.shipments.retain(|shipment| shipment.rides[0].service.0 == "S5");
        terminal(problem, "HUB").foreign_trade = false;
    }),
    ("a vessel without registration calls at Hong Kong", "A-R5", |_, plan| service(plan, "S2").registered = false),
    ("exports are loaded over imports where a call forbids it", "A-R6", |_, plan| service(plan, "S3").mixed_direction = true),
    ("an import stays on board while exports are loaded", "A-R6", |_, plan| {
        // past MID, where EX-MID-HUB is loaded
        let import = shipment(plan, "IM-HUB-MID");
        import.demand = "IM-HUB-TWN".into();
        import.destination = "TWN".into();
        import.rides = vec![ride("S3", 0, 1, 3)];
    }),
    ("exports are loaded over imports of the voyage before", "A-R6", |_, plan| {
        // from HUB on sailing 0 round past UPR to MID; at UPR the vessel's next sailing loads exports
        service(plan, "S1").mixed_direction = false;
        shipment(plan, "IM-HUB-MID").rides = vec![ride("S1", 0, 2, 5)];
        shipment(plan, "EX-UPR-HUB").rides = vec![ride("S1", 1, 0, 2)];
    }),
    ("a mixed service without mixed direction loads over imports", "A-R6", |_, plan| {
        service(plan, "S1").mixed_direction = false;
        // IM-HUB-UPR passes MID on sailing 1
        let export = Shipment { rides: vec![ride("S1", 1, 3, 6)], ..shipment(plan, "EX-MID-HUB").clone() };
        plan.shipments.push(export);
    }),
    ("a mixed service calls where domestic and foreign must be apart", "A-R7", |problem, _| {
        terminal(problem, "MID").mixed_trade = false
    }),
    ("a service becomes mixed at a terminal that forbids it", "A-R7", |_, plan| service(plan, "S3").regime = Regime::Mixed),
    ("domestic cargo is on board at Hong Kong", "A-R8", |_, plan| {
        shipment(plan, "DO-MID-HUB").rides = vec![ride("S5", 0, 0, 2)];
    }),
    ("domestic cargo is transshipped in Hong Kong", "A-R8", |_, plan| {
        shipment(plan, "DO-MID-HUB").rides = vec![ride("S5", 0, 0, 1), ride("S2", 0, 1, 2)];
    }),
    ("an export between mainland terminals passes Hong Kong", "A-R8", |_, plan| {
        shipment(plan, "EX-MID-HUB").rides = vec![ride("S2", 0, 0, 2)];
    }),
    ("the listed path ends elsewhere", "A-R8", |problem, _| problem.cross_border[0].swap(0, 2)),
    ("domestic cargo passes on a path listed for cross-border cargo", "A-R8", |problem, plan| {
        demand(problem, "CB-MID-HUB").trade = Trade::Domestic;
        shipment(plan, "CB-MID-HUB").trade = Trade::Domestic;
    }),
    ("domestic cargo rides a foreign service", "A-REGIME", |_, plan| service(plan, "S4").regime = Regime::Foreign),
    ("foreign cargo rides a domestic service", "A-REGIME", |_, plan| service(plan, "S3").regime = Regime::Domestic),
    ("transit cargo rides a domestic service", "A-REGIME", |_, plan| {
        shipment(plan, "TR-HKG-MID").rides = vec![ride("S5", 0, 1, 3)];
    }),
    ("a plan of separate trades has long rotations", "A-PRACTICE", |_, plan| plan.practice = Practice::SeparateTrades),
    ("a hub shuttle of separate trades mixes directions", "A-PRACTICE", |problem, plan| {
        separate(problem, plan).mixed_direction = true;
    }),
    ("a hub shuttle of separate trades mixes trades", "A-PRACTICE", |problem, plan| {
        separate(problem, plan).regime = Regime::Mixed;
    }),
    ("a shuttle of separate trades sees no hub", "A-PRACTICE", |problem, plan| {
        separate(problem, plan);
        terminal(problem, "MID").role = Role::Regional;
    }),
];

/// Leaves only S4, which is a hub shuttle once MID is a hub.
fn separate<'a>(problem: &mut Problem, plan: &'a mut Plan) -> &'a mut Service {
    terminal(problem, "MID").role = Role::Hub;
    plan.practice = Practice::SeparateTrades;
    plan.services.retain(|service| service.service.0 == "S4");
    service(plan, "S4")
}

/// The practice before is a practice too.
#[test]
fn a_hub_shuttle_is_sound_under_separate_trades() {
    let mut problem = problem();
    let mut plan = plan(&problem);
    separate(&mut problem, &mut plan);
    assert!(audited(&problem, &plan).violations.iter().all(|found| found.rule != "A-PRACTICE"));
}
