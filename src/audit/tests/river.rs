//! A river of one stretch with a feeder and a hub, and a faultless plan for it that can be added up by hand.

use crate::domain::*;
use crate::optimize::alliance::{Terms, settle};
use crate::optimize::control::Control;
use crate::waterway::Waterway;

pub fn terminal(code: &str, role: Role, handling: i64, call_cost: i64) -> Terminal {
    Terminal {
        code: code.into(),
        unlocode: None,
        facility: code.to_owned(),
        name: code.to_owned(),
        name_zh: String::new(),
        region: Region::Guangdong,
        role,
        lat: 23.0,
        lon: 113.0,
        foreign_trade: true,
        domestic_trade: true,
        border_station: BorderStation::Exempt,
        mixed_trade: true,
        mixed_direction: false,
        one_clearance: vec![TerminalIdx(0), TerminalIdx(1)],
        transshipment: false,
        charging: true,
        berths: 1,
        moves_per_berth_hour: 20.0,
        wait: Minutes(30),
        open: (role == Role::Feeder).then_some((Minutes(360), Minutes(1320))),
        handling: Cents(handling),
        call_cost: Cents(call_cost),
        min_call: Teu(5),
        windows: Vec::new(),
    }
}

fn settings() -> Settings {
    Settings {
        name: "river".into(),
        title: "river".into(),
        cycle: Minutes(10080),
        slot: Minutes(30),
        under_keel_m: 0.5,
        teu_per_move: 1.5,
        min_handling: Minutes(30),
        headway_tolerance: Minutes(60),
        turnaround_buffer: Minutes(60),
        transfer: Minutes(120),
        allotment_return: Minutes(2880),
        freeze: Minutes(240),
        border_station: Minutes(60),
        border_sealing: Minutes(30),
        second_clearance: Minutes(1440),
        longest_round_trip: Minutes(10080),
        most_calls: 4,
        most_visits: 2,
        least_sailings: 1,
        frequencies: vec![1, 2, 3],
        diesel_cents_per_t: Cents(600_000),
        lng_fuel_factor: 0.8,
        electricity_cents_per_kwh: 80.0,
        transit_cents_per_teu_day: Cents(0),
        expect: Expectation { profit_rmb_min: 0.0, carried_share_min: 0.0 },
    }
}

fn class() -> VesselClass {
    VesselClass {
        code: "B64".into(),
        name: "barge".into(),
        teu: Teu(64),
        deadweight: Kg(1_000_000),
        draft_full_m: 2.8,
        draft_light_m: 1.2,
        air_draft_m: 8.0,
        speed_kmh: 15.0,
        least_speed_kmh: None,
        energy: Energy::Diesel,
        fuel_kg_per_h_sailing: 45.0,
        fuel_kg_per_h_port: 6.0,
        kwh_per_km: 0.0,
        range: None,
        reefer_plugs: Teu(6),
        dangerous: Teu(6),
        fixed_per_day: Cents(424_000),
        min_waterway_class: WaterwayClass::III,
    }
}

fn operator(code: &str, committed_share: f64) -> Operator {
    let kind = OperatorKind::Barge;
    Operator { code: code.into(), name: code.into(), name_zh: String::new(), kind, home: None, committed_share }
}

fn demand(code: &str, trade: Trade, ends: [u32; 2], volume: i64) -> Demand {
    Demand {
        code: code.into(),
        origin: TerminalIdx(ends[0]),
        destination: TerminalIdx(ends[1]),
        trade,
        cargo: Cargo::Dry,
        volume: Teu(volume),
        kg_per_teu: Kg(12_000),
        rate: Cents(30_000),
        max_transit: Minutes(2880),
        mother: None,
        member: None,
    }
}

/// 30 km at 15 km/h: two hours between `RIV` (row 0) and `HUB` (row 1).
pub fn problem() -> Problem {
    let terminals = vec![terminal("RIV", Role::Feeder, 5_000, 25_000), terminal("HUB", Role::Hub, 6_000, 60_000)];
    let node =
        |t: &Terminal| Node { code: t.code.0.clone(), name: String::new(), name_zh: String::new(), lat: t.lat, lon: t.lon };
    let lock = Lock { name: "gate".into(), transit: Minutes(0), wait: Minutes(0), vessels_per_hour: 2.0 };
    Problem {
        settings: settings(),
        hash: "00".into(),
        nodes: terminals.iter().map(node).collect(),
        terminals,
        links: vec![Link {
            code: "L".into(),
            from: NodeIdx(0),
            to: NodeIdx(1),
            name: "stretch".into(),
            length: Metres(30_000),
            class: WaterwayClass::I,
            depth_m: 5.0,
            low_water_at: None,
            air_draft_m: 20.0,
            current_kmh: 0.0,
            speed_limit_kmh: 20.0,
            through_traffic: true,
            lock: Some(lock),
            border: false,
        }],
        classes: vec![class()],
        operators: vec![operator("OP1", 0.6), operator("OP2", 0.4)],
        fleets: vec![Fleet { operator: OperatorIdx(0), class: ClassIdx(0), vessels: 1, registered: false }],
        demands: vec![demand("EX", Trade::Export, [0, 1], 20), demand("IM", Trade::Import, [1, 0], 15)],
        mothers: Vec::new(),
        cross_border: Vec::new(),
    }
}

fn sailing(number: u32, arrival: i64, berthing: i64) -> Sailing {
    let call = |arrival: i64, berthing: i64| CallTimes {
        arrival_min: Minutes(arrival),
        berthing_min: Minutes(berthing),
        departure_min: Minutes(berthing + 120),
        berth: 0,
    };
    let calls = vec![call(arrival, berthing), call(berthing + 240, berthing + 300)];
    Sailing { service: "S01".into(), number, calls, back_at_min: Minutes(berthing + 540) }
}

fn shipment(demand: &str, trade: Trade, ends: [&str; 2], volume: i64, from: u16) -> Shipment {
    let ride = Ride { service: "S01".into(), sailing: 0, from_call: CallPos(from), to_call: CallPos(from + 1) };
    Shipment {
        demand: demand.into(),
        origin: ends[0].into(),
        destination: ends[1].into(),
        trade,
        cargo: Cargo::Dry,
        volume_teu: Teu(volume),
        rides: vec![ride],
    }
}

/// Slots alone, as plans of earlier versions state them.
fn allotment(member: &str, slots: i64) -> Allotment {
    let (mass_kg, reefer_plugs, dangerous_teu) = (Kg(0), Teu(0), Teu(0));
    Allotment { member: member.into(), volume_teu: Teu(slots), mass_kg, reefer_plugs, dangerous_teu }
}

fn slots(sailing: u32, leg: u16, used: i64) -> LegSlots {
    LegSlots {
        service: "S01".into(),
        sailing,
        leg: CallPos(leg),
        capacity_teu: Teu(64),
        used_teu: Teu(used),
        free_teu: Teu(64 - used),
        capacity_kg: Kg(1_000_000),
        used_kg: Kg(used * 12_000),
        reefer_plugs: Teu(6),
        used_plugs: Teu(0),
        allotments: vec![allotment("OP1", 38), allotment("OP2", 26)],
    }
}

/// One barge sails twice a week; 20 TEU of exports out, 10 of 15 TEU of imports back.
pub fn plan() -> Plan {
    let (problem, plan) = (problem(), unsettled());
    let waterway = Waterway::new(&problem);
    let terms = Terms { rule: SharingRule::Fair, threads: 1, deadline: None };
    let control = Control::silent(Limit::Work(1));
    let settlement = settle(&problem, &waterway, &plan, &audit(&problem, &plan), &terms, &control).unwrap();
    Plan { settlement: Some(settlement), ..plan }
}

fn unsettled() -> Plan {
    Plan {
        format: 1,
        made_from: MadeFrom {
            instance: "river".into(),
            instance_hash: "00".into(),
            seed: 1,
            limit: Limit::Work(1),
            program_version: "0".into(),
            pins: Vec::new(),
            weights: Weights::default(),
        },
        practice: Practice::WaterBus,
        cycle_min: Minutes(10080),
        terminals: Vec::new(),
        services: vec![Service {
            service: "S01".into(),
            operator: "OP1".into(),
            class: "B64".into(),
            registered: false,
            regime: Regime::Foreign,
            mixed_direction: false,
            vessels: 1,
            sailings_per_cycle: 2,
            calls: vec!["RIV".into(), "HUB".into()],
        }],
        sailings: vec![sailing(0, -4140, 360), sailing(1, 900, 5400)],
        shipments: vec![
            shipment("EX", Trade::Export, ["RIV", "HUB"], 20, 0),
            shipment("IM", Trade::Import, ["HUB", "RIV"], 10, 1),
        ],
        slots: vec![slots(0, 0, 20), slots(0, 1, 10), slots(1, 0, 0), slots(1, 1, 0)],
        left_behind: vec![LeftBehind { demand: "IM".into(), volume_teu: Teu(5), reason: Reason::Full }],
        proofs: vec![Proof::new(Stage::Plan, "all".into(), -33_600.0, -30_000.0)],
        settlement: None,
    }
}

/// The auditor's word on a plan for a problem.
pub fn audit(problem: &Problem, plan: &Plan) -> Report {
    crate::audit::audit(problem, &Waterway::new(problem), plan)
}
