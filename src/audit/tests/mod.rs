//! A faultless plan is left in peace, each fault is named, and nothing stops the auditor.

mod river;

use crate::domain::*;
use river::{audit, plan, problem};

/// A fault put into the plan or the problem and the rule that must name it.
type Fault = (&'static str, fn(&mut Problem, &mut Plan));

/// An auditor that complains about a good plan is soon ignored.
#[test]
fn a_faultless_plan_has_no_violations() {
    assert_eq!(audit(&problem(), &plan()).violations, []);
}

/// Added up by hand: 30 TEU at 300, 110 of lifts each; four legs of 90 kg, 160 hours at 6 kg; diesel at 6 a kg; a barge for a week.
#[test]
fn the_ledger_is_the_sum_made_by_hand() {
    let ledger = Ledger {
        revenue_cents: Cents(900_000),
        handling_cents: Cents(330_000),
        transshipment_cents: Cents(0),
        call_cents: Cents(170_000),
        energy_cents: Cents(4 * 54_000 + 576_000),
        vessel_cents: Cents(2_968_000),
        profit_cents: Cents(-3_360_000),
    };
    assert_eq!(audit(&problem(), &plan()).ledger, ledger);
}

/// The first leg leaves half an hour earlier and arrives as before: 30 km in 150 minutes are 12 km/h, 0.8^3 of 45 kg/h for 2.5 h are 57.6 kg, and
/// half an hour less is spent at rest. A class that may not sail so slowly burns as much as before.
#[test]
fn energy_is_that_of_the_slowest_speed_for_which_there_is_time() {
    let (mut problem, mut plan) = (problem(), plan());
    plan.sailings[0].calls[0].departure_min = Minutes(450);
    let energy = |problem: &Problem| audit(problem, &plan).ledger.energy_cents;
    assert_eq!(energy(&problem), Cents(4 * 54_000 + 576_000));
    problem.classes[0].least_speed_kmh = Some(12.0);
    assert_eq!(energy(&problem), Cents(34_560 + 3 * 54_000 + 574_200));
    let co2 = audit(&problem, &plan).indicators.co2_t;
    assert!((co2 - (57.6 + 3.0 * 90.0 + 957.0) * 3.206 / 1000.0).abs() < 1e-9, "{co2}");
}

/// Two hours under way for all cargo, half as much to the river as to the hub.
#[test]
fn indicators_are_those_made_by_hand() {
    let found = audit(&problem(), &plan()).indicators;
    assert_eq!((found.carried_teu, found.demand_teu, found.mean_transit_h), (Teu(30), Teu(35), 2.0));
    assert_eq!((found.two_way_balance, found.vessel_days, found.mean_transfer_h), (0.5, 7.0, 0.0));
    assert_eq!((found.utilisation, found.legs[0].utilisation), (30.0 / 256.0, 20.0 / 128.0));
    assert_eq!((found.sailing_share, found.berth_share, found.waiting_share), (8.0 / 168.0, 8.0 / 168.0, 152.0 / 168.0));
    assert!((found.co2_t - (4.0 * 90.0 + 960.0) * 3.206 / 1000.0).abs() < 1e-9);
}

/// The plan repeats: cargo that misses the vessel at the quay takes the same sailing a cycle later. Discharged when the barge leaves
/// HUB at minute 780, it cannot be loaded at its berthing at 660 of this cycle, so it leaves at 10860 and is back at RIV at 10980.
#[test]
fn transshipped_cargo_waits_for_the_next_berthing() {
    let (mut problem, mut plan) = (problem(), plan());
    plan.shipments.truncate(1);
    let shipment = &mut plan.shipments[0];
    problem.demands[0].destination = TerminalIdx(0);
    shipment.destination = "RIV".into();
    shipment.rides.push(Ride { from_call: CallPos(1), to_call: CallPos(2), ..shipment.rides[0].clone() });
    let report = audit(&problem, &plan);
    assert_eq!(report.indicators.mean_transfer_h, 168.0);
    assert_eq!(report.indicators.mean_transit_h, f64::from(10_980 - 480) / 60.0);
    assert_eq!(report.ledger.transshipment_cents, Cents(20 * 2 * 6_000));
}

/// There and back are 60 km, with charging at one end.
#[test]
fn a_battery_may_last_for_more_than_one_leg() {
    let (mut problem, plan) = (problem(), plan());
    problem.classes[0].energy = Energy::Electric;
    problem.classes[0].range = Some(Metres(60_000));
    problem.terminals[1].charging = false;
    assert_eq!(audit(&problem, &plan).violations.iter().find(|violation| violation.rule == "A-RANGE"), None);
}

const FAULTS: &[Fault] = &[
    ("A-INSTANCE", |_, plan| plan.made_from.instance_hash.push('0')),
    ("A-CODE", |_, plan| plan.sailings.push(plan.sailings[0].clone())),
    ("A-CODE", |_, plan| plan.sailings[0].calls.clear()),
    ("A-CODE", |_, plan| plan.shipments[0].rides[0].sailing = 7),
    ("A-ROTATION", |problem, _| problem.settings.most_calls = 1),
    ("A-FREQUENCY", |_, plan| plan.services[0].sailings_per_cycle = 3),
    ("A-FREQUENCY", |_, plan| plan.services[0].sailings_per_cycle = 0),
    ("A-ROUNDTRIP", |problem, _| problem.settings.longest_round_trip = Minutes(5039)),
    ("A-FLEET", |problem, _| problem.fleets[0].registered = true),
    ("A-WATERWAY", |problem, _| problem.links[0].class = WaterwayClass::V),
    ("A-RANGE", |problem, _| {
        problem.classes[0].energy = Energy::Electric;
        problem.classes[0].range = Some(Metres(29_999));
    }),
    ("A-RANGE", |problem, _| {
        problem.classes[0].energy = Energy::Electric;
        problem.classes[0].range = Some(Metres(59_999));
        problem.terminals[1].charging = false;
    }),
    ("A-RANGE", |problem, _| {
        problem.classes[0].energy = Energy::Electric;
        problem.classes[0].range = Some(Metres(60_000));
        problem.terminals.iter_mut().for_each(|terminal| terminal.charging = false);
    }),
    ("A-PIN", |_, plan| {
        let service = Service { vessels: 9, ..plan.services[0].clone() };
        plan.made_from.pins = vec![Pin { service, calls: Vec::new(), meets: Vec::new() }];
    }),
    ("A-R1", |_, plan| {
        plan.services[0].registered = true;
        plan.services[0].regime = Regime::Mixed;
    }),
    ("A-R1", |problem, _| {
        problem.terminals[1].region = Region::HongKong;
        problem.demands[0].trade = Trade::Domestic;
    }),
    ("A-R4", |problem, _| problem.terminals[1].foreign_trade = false),
    ("A-R5", |problem, _| problem.terminals[1].region = Region::Macau),
    ("A-R6", |_, plan| plan.services[0].mixed_direction = true),
    ("A-R6", |_, plan| {
        plan.shipments[0].rides[0].sailing = 1;
        plan.shipments[1].rides[0].to_call = CallPos(3);
    }),
    ("A-R7", |problem, plan| {
        plan.services[0].regime = Regime::Mixed;
        problem.terminals[0].mixed_trade = false;
    }),
    ("A-R8", |problem, plan| {
        problem.terminals[1].region = Region::HongKong;
        problem.demands[0].destination = TerminalIdx(0);
        plan.shipments[0].rides[0].to_call = CallPos(2);
    }),
    ("A-REGIME", |_, plan| plan.services[0].regime = Regime::Domestic),
    ("A-GRID", |_, plan| plan.sailings[0].calls[0].departure_min = Minutes(481)),
    ("A-GRID", |_, plan| plan.sailings[0].calls[0].berthing_min = Minutes(-30)),
    ("A-SAIL", |_, plan| plan.sailings[0].calls[1].arrival_min = Minutes(570)),
    ("A-SAIL", |_, plan| plan.sailings[1].back_at_min = Minutes(5910)),
    ("A-WAIT", |_, plan| plan.sailings[0].calls[1].arrival_min = Minutes(660)),
    ("A-DWELL", |problem, _| problem.terminals[0].moves_per_berth_hour = 5.0),
    ("A-VOYAGE", |_, plan| plan.sailings[1].calls[0].arrival_min = Minutes(930)),
    ("A-VOYAGE", |problem, _| problem.settings.turnaround_buffer = Minutes(4471)),
    ("A-HEADWAY", |_, plan| plan.sailings[1].calls[1].berthing_min = Minutes(5790)),
    ("A-BERTH", |_, plan| plan.sailings[1].calls[1].berth = 1),
    ("A-BERTH", |_, plan| plan.sailings[0].calls[1].departure_min = Minutes(5730)),
    ("A-WINDOW", |problem, _| {
        problem.terminals[1].windows = vec![Window { from: Minutes(0), to: Minutes(779), berths: 1 }];
    }),
    ("A-OPEN", |problem, _| problem.terminals[0].open = Some((Minutes(390), Minutes(1320)))),
    ("A-LOCK", |problem, _| {
        problem.links[0].lock = Some(Lock { name: "slow".into(), transit: Minutes(0), wait: Minutes(0), vessels_per_hour: 0.1 });
    }),
    ("A-RIDE", |_, plan| plan.shipments[0].rides[0].to_call = CallPos(3)),
    ("A-RIDE", |_, plan| plan.shipments[0].rides[0].to_call = CallPos(2)),
    ("A-RIDE", |_, plan| plan.shipments[0].volume_teu = Teu(0)),
    ("A-TRANSFER", |_, plan| {
        let rides = &mut plan.shipments[0].rides;
        rides.push(Ride { from_call: CallPos(1), ..rides[0].clone() });
        rides[1].to_call = CallPos(2);
    }),
    ("A-TRANSIT", |problem, _| problem.demands[0].max_transit = Minutes(119)),
    ("A-TRANSIT", |problem, _| {
        problem.demands[0].max_transit = Minutes(1559);
        problem.terminals[0].one_clearance.clear();
        problem.terminals[1].one_clearance.clear();
    }),
    ("A-CUTOFF", |problem, _| {
        let (code, terminal, name) = ("M".into(), TerminalIdx(1), "ship".into());
        let (berthing, barge_cut_off, longest_wait) = (Minutes(0), Minutes(600), Minutes(8879));
        problem.mothers.push(MotherVessel { code, terminal, name, berthing, barge_cut_off, longest_wait });
        problem.demands[0].mother = Some(MotherIdx(0));
    }),
    ("A-TEU", |problem, _| problem.classes[0].teu = Teu(19)),
    ("A-TONNES", |problem, _| problem.demands[0].kg_per_teu = Kg(50_001)),
    ("A-PLUGS", |problem, _| problem.demands[0].cargo = Cargo::Reefer),
    ("A-DANGEROUS", |problem, _| problem.demands[0].cargo = Cargo::Dangerous),
    ("A-MINCALL", |problem, _| problem.terminals[0].min_call = Teu(16)),
    ("A-DEMAND", |_, plan| plan.left_behind.clear()),
    ("A-SLOTS", |_, plan| plan.slots[0].free_teu = Teu(43)),
    ("A-SLOTS", |_, plan| plan.slots.truncate(3)),
    ("A-ALLOT", |_, plan| plan.slots[0].allotments.reverse_shares()),
    ("A-PRICE", |_, plan| settled(plan).legs.clear()),
    ("A-PRICE", |_, plan| settled(plan).demands.iter_mut().for_each(|demand| demand.price_per_teu = 0.0)),
    ("A-GAME", |_, plan| settled(plan).values_cents.clear()),
    ("A-GAME", |_, plan| settled(plan).members.iter_mut().for_each(|own| own.shapley_cents += Cents(1))),
    ("A-SETTLE", |_, plan| settled(plan).members[0].receives_cents += Cents(1)),
    ("A-SETTLE", |_, plan| settled(plan).members.clear()),
    ("A-PRACTICE", |problem, plan| {
        plan.practice = Practice::SeparateTrades;
        problem.terminals[1].role = Role::Relay;
    }),
    ("A-PROOF", |_, plan| plan.proofs[0].gap = 0.0),
    ("A-PROOF", |_, plan| plan.proofs[0] = Proof::new(Stage::Plan, String::new(), -33_600.0, -33_601.0)),
];

fn settled(plan: &mut Plan) -> &mut Settlement {
    plan.settlement.as_mut().unwrap()
}

/// Swaps what two members are allotted.
trait ReverseShares {
    fn reverse_shares(&mut self);
}

impl ReverseShares for Vec<Allotment> {
    fn reverse_shares(&mut self) {
        let volumes: Vec<Teu> = self.iter().rev().map(|allotment| allotment.volume_teu).collect();
        self.iter_mut().zip(volumes).for_each(|(allotment, volume)| allotment.volume_teu = volume);
    }
}

/// A rule that nothing can break guards nothing: every rule names its fault.
#[test]
fn every_fault_is_named_by_its_rule() {
    for (row, (rule, spoil)) in FAULTS.iter().enumerate() {
        let (mut problem, mut plan) = (problem(), plan());
        spoil(&mut problem, &mut plan);
        let found = audit(&problem, &plan).violations;
        assert!(found.iter().any(|v| v.rule == *rule), "fault {row} of {rule}: {found:#?}");
    }
    for (rule, _) in super::RULES {
        assert!(FAULTS.iter().any(|(named, _)| named == rule), "no fault breaks {rule}");
    }
}

/// A plan is a file anyone may write: any number, code or missing row in it is a violation at worst.
#[test]
fn no_plan_that_can_be_read_stops_the_auditor() {
    let (problem, text) = (problem(), serde_json::to_value(plan()).unwrap());
    let mut paths = Vec::new();
    find_paths(&text, String::new(), &mut paths);
    let numbers = [0, 1, 3, 65_535, i64::from(u32::MAX), i64::MAX, i64::MIN].map(|number| serde_json::json!(number));
    let others = [serde_json::json!([]), serde_json::json!("X"), serde_json::json!(1e308), serde_json::json!(-1e308)];
    let mut read = 0;
    for path in &paths {
        for value in numbers.iter().chain(&others) {
            let mut spoilt = text.clone();
            *spoilt.pointer_mut(path).unwrap() = value.clone();
            if let Ok(plan) = serde_json::from_value::<Plan>(spoilt) {
                read += 1;
                let report = serde_json::to_string(&audit(&problem, &plan)).unwrap();
                assert!(!report.contains("null"), "{path} = {value}: a number is not finite");
            }
        }
    }
    assert!(read > 500, "only {read} plans were read");
}

fn find_paths(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(rows) => {
            rows.iter().enumerate().for_each(|(row, v)| find_paths(v, format!("{path}/{row}"), paths))
        }
        serde_json::Value::Object(fields) => fields.iter().for_each(|(key, v)| find_paths(v, format!("{path}/{key}"), paths)),
        _ => {}
    }
    paths.push(path);
}
