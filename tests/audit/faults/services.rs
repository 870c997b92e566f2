//! Services that cannot be run: rotations, frequencies, fleets, waterways.

use super::*;

pub const FAULTS: &[Fault] = &[
    ("the rotation has one call", "A-ROTATION", |_, plan| {
        service(plan, "S4").calls.truncate(1);
        sailing(plan, "S4", 0).calls.truncate(1);
    }),
    ("the rotation has more calls than allowed", "A-ROTATION", |problem, _| problem.settings.most_calls = 3),
    ("the rotation visits a terminal too often", "A-ROTATION", |problem, _| problem.settings.most_visits = 1),
    ("a call follows itself", "A-ROTATION", |_, plan| service(plan, "S2").calls[1] = "MID".into()),
    ("the first call follows itself around the end", "A-ROTATION", |_, plan| service(plan, "S2").calls[2] = "MID".into()),
    ("two sailings a week are not on the list", "A-FREQUENCY", |problem, _| problem.settings.frequencies = vec![1, 3]),
    ("one sailing a week is not enough", "A-FREQUENCY", |problem, _| problem.settings.least_sailings = 2),
    ("no sailing at all", "A-FREQUENCY", |_, plan| service(plan, "S4").sailings_per_cycle = 0),
    ("a sailing is missing", "A-FREQUENCY", |_, plan| plan.sailings.retain(|sailing| sailing.number == 0)),
    ("a sailing has a number beyond the frequency", "A-FREQUENCY", |_, plan| sailing(plan, "S4", 0).number = 1),
    ("a sailing too many", "A-FREQUENCY", |_, plan| {
        let mut extra = sailing(plan, "S4", 0).clone();
        extra.number = 1;
        plan.sailings.push(extra);
    }),
    ("the round trip takes a minute too long", "A-ROUNDTRIP", |problem, _| problem.settings.longest_round_trip = Minutes(10_079)),
    ("three vessels need three weeks for a round trip", "A-ROUNDTRIP", |_, plan| service(plan, "S4").vessels = 3),
    ("the operator has no vessel of the class", "A-FLEET", |problem, _| problem.fleets[4].vessels = 0),
    ("two services share the only vessel", "A-FLEET", |_, plan| service(plan, "S2").registered = false),
    ("a service uses the vessels of another operator", "A-FLEET", |_, plan| service(plan, "S4").operator = "OPA".into()),
    ("a service has no vessel", "A-FLEET", |_, plan| service(plan, "S4").vessels = 0),
    ("a bridge is too low", "A-WATERWAY", |problem, _| link(problem, "L1").air_draft_m = 7.9),
    ("the river is too shallow", "A-WATERWAY", |problem, _| link(problem, "L2").depth_m = 1.2),
    ("the creek is no waterway of the class", "A-WATERWAY", |problem, _| {
        class(problem, "E30").min_waterway_class = WaterwayClass::IV
    }),
    ("a large barge goes up the creek", "A-WATERWAY", |_, plan| service(plan, "S4").class = "D100".into()),
    ("a stretch is closed to through traffic", "A-WATERWAY", |problem, _| link(problem, "L3").through_traffic = false),
    ("the battery is empty before the next call", "A-RANGE", |problem, _| class(problem, "E30").range = Some(Metres(14_999))),
    ("a service that had to stay is gone", "A-PIN", |_, plan| {
        pin(plan, "S1");
        plan.services.retain(|service| service.service.0 != "S1");
    }),
    ("a service that had to stay has another vessel", "A-PIN", |_, plan| {
        pin(plan, "S1");
        service(plan, "S1").vessels += 1;
    }),
    ("a call whose time had to stay has moved", "A-PIN", |_, plan| {
        pin(plan, "S1").calls[1].berthing_min += Minutes(15);
    }),
    ("a call whose time had to stay is shorter", "A-PIN", |_, plan| {
        pin(plan, "S1").calls[1].departure_min += Minutes(15);
    }),
    ("a call that had to stay is beyond the rotation", "A-PIN", |_, plan| {
        pin(plan, "S1").calls[1].call = CallPos(9);
    }),
    ("a ship that had to be met berths elsewhere", "A-PIN", |_, plan| meet(plan, "S1", 1, "MV1")),
    ("a ship that had to be met is unknown", "A-PIN", |_, plan| meet(plan, "S1", 2, "MV9")),
    // S3 berths at the hub after minute 2280 of the week, the cut-off
    ("the barges are too late for a ship that had to be met", "A-PIN", |_, plan| meet(plan, "S3", 1, "MV1")),
];

/// Asks a service of the plan to meet a ship with one of its calls.
fn meet(plan: &mut Plan, code: &str, call: u16, ship: &str) {
    pin(plan, code).meets = vec![Meeting { call: CallPos(call), mother_vessel: ship.into() }];
}

/// Pins a service of the plan with all its times.
fn pin<'a>(plan: &'a mut Plan, code: &str) -> &'a mut Pin {
    let wish = PinWish { service: code.into(), times: true, calls: Vec::new(), meets: Vec::new() };
    plan.made_from.pins = plan.pins(&[wish]).expect("the plan has the service and its times");
    &mut plan.made_from.pins[0]
}
