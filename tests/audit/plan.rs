//! A faultless plan for the four terminals, worked out by hand.
//!
//! - `S01`, one B64 twice a week, domestic and foreign cargo on one vessel: UPP, RIV, HUB, RIV.
//! - `S02`, one L100 once a week: HUB, HKT.
//! - `S03`, two E30 three times a week, so that sailing 0 goes on with 2, 1 with next week's 0, 2 with next week's 1: RIV, HUB.

use waterbus::audit::audit;
use waterbus::domain::*;
use waterbus::waterway::Waterway;

/// Some rows of [`Plan::services`].
pub const S01: usize = 0;
pub const S02: usize = 1;
pub const S03: usize = 2;

/// Some rows of [`Plan::sailings`].
pub const S01_0: usize = 0;
pub const S01_1: usize = 1;
pub const S02_0: usize = 2;
pub const S03_0: usize = 3;
pub const S03_2: usize = 5;

/// Some rows of [`Plan::shipments`].
pub mod shipments {
    pub const UPPER_EXPORT: usize = 0;
    pub const REEFER_EXPORT: usize = 1;
    pub const DOMESTIC_UP: usize = 6;
    pub const DANGEROUS_IMPORT: usize = 7;
    pub const EMPTIES: usize = 8;
    pub const ROUND_EXPORT: usize = 13;
}

/// What the plan earns: see the ledger test.
pub const PROFIT_RMB: f64 = -109_636.80;

/// The auditor's word on a plan.
pub fn report(problem: &Problem, plan: &Plan) -> Report {
    audit(problem, &Waterway::new(problem), plan)
}

pub fn plan() -> Plan {
    Plan {
        format: 1,
        made_from: MadeFrom {
            instance: "four-terminals".into(),
            instance_hash: "c0ffee".into(),
            seed: 1,
            limit: Limit::Work(1),
            program_version: "0".into(),
        },
        practice: Practice::WaterBus,
        cycle_min: Minutes(10_080),
        terminals: ["HUB", "RIV", "UPP", "HKT"].map(name).to_vec(),
        services: services(),
        sailings: sailings(),
        shipments: shipments(),
        slots: slots(),
        left_behind: vec![left("RIV-HKT-RF", 2, Reason::Full), left("UPP-RIV-DO", 7, Reason::NoService)],
        proofs: vec![
            Proof::new(Stage::Timetable, "the chosen services".into(), 40.0, 40.0),
            Proof::new(Stage::Plan, "all services".into(), PROFIT_RMB, -100_000.0),
        ],
    }
}

fn name(code: &str) -> TerminalName {
    TerminalName { terminal: code.into(), facility: code.to_owned(), name: code.to_owned(), name_zh: String::new() }
}

fn left(demand: &str, volume: i64, reason: Reason) -> LeftBehind {
    LeftBehind { demand: demand.into(), volume_teu: Teu(volume), reason }
}

fn services() -> Vec<Service> {
    let mixed = Service {
        service: "S01".into(),
        operator: "OP1".into(),
        class: "B64".into(),
        registered: false,
        regime: Regime::Mixed,
        mixed_direction: true,
        vessels: 1,
        sailings_per_cycle: 2,
        calls: ["UPP", "RIV", "HUB", "RIV"].map(TerminalCode::from).to_vec(),
    };
    let border = Service {
        service: "S02".into(),
        operator: "OP2".into(),
        class: "L100".into(),
        registered: true,
        regime: Regime::Foreign,
        mixed_direction: false,
        sailings_per_cycle: 1,
        calls: ["HUB", "HKT"].map(TerminalCode::from).to_vec(),
        ..mixed.clone()
    };
    let domestic = Service {
        service: "S03".into(),
        class: "E30".into(),
        regime: Regime::Domestic,
        mixed_direction: false,
        vessels: 2,
        sailings_per_cycle: 3,
        calls: ["RIV", "HUB"].map(TerminalCode::from).to_vec(),
        ..mixed.clone()
    };
    vec![mixed, border, domestic]
}

/// Calls as (arrival, berthing, departure, berth). At the river port `S03` leaves the berth at 420, the minute `S01` takes it; at the
/// hub both lie side by side from 600 to 630.
fn sailings() -> Vec<Sailing> {
    vec![
        sailing("S01", 0, &[(-3630, 135, 225, 0), (390, 420, 465, 0), (570, 600, 660, 0), (810, 1140, 1200, 0)], 1410),
        sailing("S01", 1, &[(1410, 5175, 5265, 0), (5430, 5460, 5505, 0), (5610, 5640, 5700, 0), (5850, 6180, 6240, 0)], 6450),
        sailing("S02", 0, &[(-7995, 960, 1020, 0), (1245, 1800, 1860, 0)], 2085),
        sailing("S03", 0, &[(-5880, 360, 420, 0), (540, 570, 630, 1)], 840),
        sailing("S03", 1, &[(-2580, 3720, 3780, 0), (3900, 3930, 3990, 1)], 4200),
        sailing("S03", 2, &[(840, 7020, 7080, 0), (7200, 7230, 7290, 1)], 7500),
    ]
}

fn sailing(service: &str, number: u32, calls: &[(i64, i64, i64, u32)], back: i64) -> Sailing {
    let times = |(arrival, berthing, departure, berth): &(i64, i64, i64, u32)| CallTimes {
        arrival_min: Minutes(*arrival),
        berthing_min: Minutes(*berthing),
        departure_min: Minutes(*departure),
        berth: *berth,
    };
    Sailing { service: service.into(), number, calls: calls.iter().map(times).collect(), back_at_min: Minutes(back) }
}

/// Rides as (service, sailing, from, to). Two are transshipped at the hub; several go on into the vessel's next voyage.
fn shipments() -> Vec<Shipment> {
    let mut rows = vec![
        shipment("UPP-HUB-EX", Trade::Export, Cargo::Dry, 10, &[("S01", 0, 0, 2)]),
        shipment("RIV-HKT-RF", Trade::Export, Cargo::Reefer, 4, &[("S01", 0, 1, 2), ("S02", 0, 0, 1)]),
        shipment("HKT-RIV-IM", Trade::Import, Cargo::Dry, 10, &[("S02", 0, 1, 2), ("S01", 1, 2, 3)]),
    ];
    let down = [6, 5, 5].into_iter().zip(0..);
    rows.extend(down.map(|(teu, k)| shipment("RIV-HUB-DO", Trade::Domestic, Cargo::Dry, teu, &[("S03", k, 0, 1)])));
    rows.push(shipment("HUB-UPP-DO", Trade::Domestic, Cargo::Dry, 8, &[("S01", 1, 2, 4)]));
    rows.push(shipment("HKT-HUB-DG", Trade::Import, Cargo::Dangerous, 3, &[("S02", 0, 1, 2)]));
    rows.extend((0..3).map(|k| shipment("HUB-RIV-MT", Trade::Empty, Cargo::Dry, 4, &[("S03", k, 1, 2)])));
    rows.push(shipment("RIV-HUB-EX", Trade::Export, Cargo::Dry, 8, &[("S01", 1, 1, 2)]));
    rows.push(shipment("HUB-UPP-IM", Trade::Import, Cargo::Dry, 2, &[("S01", 1, 2, 4)]));
    rows.push(shipment("RIV-HUB-E2", Trade::Export, Cargo::Dry, 2, &[("S01", 1, 3, 6)]));
    rows
}

fn shipment(demand: &str, trade: Trade, cargo: Cargo, volume: i64, rides: &[(&str, u32, u16, u16)]) -> Shipment {
    Shipment {
        demand: demand.into(),
        origin: demand[..3].into(),
        destination: demand[4..7].into(),
        trade,
        cargo,
        volume_teu: Teu(volume),
        rides: rides.iter().map(|(service, number, from, to)| ride(service, *number, *from, *to)).collect(),
    }
}

pub fn ride(service: &str, sailing: u32, from: u16, to: u16) -> Ride {
    Ride { service: service.into(), sailing, from_call: CallPos(from), to_call: CallPos(to) }
}

/// Legs as (TEU, kg, reefers) on board.
fn slots() -> Vec<LegSlots> {
    let barge = |number, legs| rows("S01", number, (64, [500_000, 1_000_000, 1_000_000, 500_000], 6), [32, 19, 13], legs);
    let electric = |number, teu: i64| {
        let legs = &[(teu, teu * 10_000, 0), (4, 10_000, 0)];
        rows("S03", number, (30, [400_000; 4], 2), [15, 9, 6], legs)
    };
    [
        // 10 of the upper export and 2 of last week's round export; then 4 reefers more
        barge(0, &[(12, 136_000, 0), (16, 196_000, 4), (0, 0, 0), (0, 0, 0)]),
        // 8 of the river export; 10 + 2 imports and 8 domestic; 8 domestic, 2 imports and 2 of the round export
        barge(1, &[(0, 0, 0), (8, 88_000, 0), (20, 278_000, 0), (12, 194_000, 0)]),
        rows("S02", 0, (100, [1_500_000; 4], 20), [50, 30, 20], &[(4, 60_000, 4), (13, 154_000, 0)]),
        electric(0, 6),
        electric(1, 5),
        electric(2, 5),
    ]
    .concat()
}

fn rows(service: &str, sailing: u32, class: (i64, [i64; 4], i64), shares: [i64; 3], legs: &[(i64, i64, i64)]) -> Vec<LegSlots> {
    let (teu, kg, plugs) = class;
    let allotments = || ["OP1", "OP2", "PORT"].into_iter().zip(shares);
    let row = |(leg, (used, used_kg, reefers)): (usize, &(i64, i64, i64))| LegSlots {
        service: service.into(),
        sailing,
        leg: CallPos(leg as u16),
        capacity_teu: Teu(teu),
        used_teu: Teu(*used),
        free_teu: Teu(teu - used),
        capacity_kg: Kg(kg[leg]),
        used_kg: Kg(*used_kg),
        reefer_plugs: Teu(plugs),
        used_plugs: Teu(*reefers),
        allotments: allotments().map(|(member, teu)| Allotment { member: member.into(), volume_teu: Teu(teu) }).collect(),
    };
    legs.iter().enumerate().map(row).collect()
}
