//! A network of four terminals that meets every rule: a lock, a shallow stretch, a current, a border, agreed windows, opening hours, an
//! ocean ship, three kinds of energy.
//!
//! ```text
//! UPP --10 km, shallow--> J --20 km, lock--> RIV --30 km--> HUB --60 km, sea, border-- HKT
//! ```
//!
//! The river runs at 3 km/h. Minutes under way, down and up:
//!
//! | class | UPP-RIV | RIV-HUB | HUB-HKT |
//! |---|---|---|---|
//! | B64, 15 km/h | 100 and 150, lock 60 more | 100 and 150 | |
//! | L100, 20 km/h | | | 180 both ways, border 45 more |
//! | E30, 12 km/h | | 120 and 200 | |
//!
//! The lock is entered 64 minutes after departure from UPP (34 under way, 30 of wait) and 30 minutes after departure from RIV.

use waterbus::domain::*;

pub const HUB: usize = 0;
pub const RIV: usize = 1;
pub const UPP: usize = 2;
pub const HKT: usize = 3;
const JUNCTION: usize = 4;

pub const UPPER: usize = 0;
pub const GATE: usize = 1;
pub const LOWER: usize = 2;
pub const SEA: usize = 3;

pub const B64: usize = 0;
pub const L100: usize = 1;
pub const E30: usize = 2;

pub fn problem() -> Problem {
    let terminals = vec![hub(), river_port(), upper_port(), hong_kong()];
    let node = |code: &str| Node { code: code.into(), name: code.into(), lat: 22.0, lon: 113.0 };
    Problem {
        settings: settings(),
        hash: "c0ffee".into(),
        nodes: terminals.iter().map(|terminal| node(&terminal.code.0)).chain([node("J")]).collect(),
        terminals,
        links: links(),
        classes: classes(),
        operators: vec![operator("OP1", 0.5), operator("OP2", 0.3), operator("PORT", 0.2)],
        fleets: vec![fleet(0, B64, 1, false), fleet(1, L100, 1, true), fleet(0, E30, 2, false), fleet(1, B64, 1, false)],
        demands: demands(),
        mothers: vec![ocean_ship()],
        cross_border: Vec::new(),
    }
}

fn settings() -> Settings {
    Settings {
        name: "four-terminals".into(),
        title: "Four terminals".into(),
        cycle: Minutes(10_080),
        slot: Minutes(15),
        under_keel_m: 0.5,
        teu_per_move: 1.5,
        min_handling: Minutes(30),
        headway_tolerance: Minutes(60),
        turnaround_buffer: Minutes(30),
        transfer: Minutes(240),
        border_station: Minutes(30),
        border_sealing: Minutes(15),
        second_clearance: Minutes(1440),
        longest_round_trip: Minutes(20_160),
        most_calls: 4,
        most_visits: 2,
        least_sailings: 1,
        frequencies: vec![1, 2, 3],
        diesel_cents_per_t: Cents(600_000),
        lng_fuel_factor: 0.8,
        electricity_cents_per_kwh: 80.0,
        expect: Expectation { profit_rmb_min: 0.0, carried_share_min: 0.0 },
    }
}

/// Two berths, 30 TEU an hour, transshipment.
fn hub() -> Terminal {
    Terminal {
        code: "HUB".into(),
        unlocode: None,
        facility: "CNHUB-HUB".into(),
        name: "Hub".into(),
        name_zh: String::new(),
        region: Region::Guangdong,
        role: Role::Hub,
        lat: 22.6,
        lon: 113.6,
        foreign_trade: true,
        domestic_trade: true,
        border_station: BorderStation::Dachan,
        mixed_trade: true,
        mixed_direction: true,
        one_clearance: Vec::new(),
        transshipment: true,
        berths: 2,
        moves_per_berth_hour: 20.0,
        wait: Minutes(30),
        open: None,
        handling: Cents(6_000),
        call_cost: Cents(60_000),
        min_call: Teu(5),
        windows: Vec::new(),
    }
}

/// One berth, 15 TEU an hour, open from 6 to 22, one clearance with the hub.
fn river_port() -> Terminal {
    Terminal {
        code: "RIV".into(),
        facility: "CNRIV-RIV".into(),
        name: "River port".into(),
        role: Role::Feeder,
        one_clearance: vec![TerminalIdx(0)],
        transshipment: false,
        berths: 1,
        moves_per_berth_hour: 10.0,
        open: Some((Minutes(360), Minutes(1320))),
        handling: Cents(5_000),
        call_cost: Cents(25_000),
        ..hub()
    }
}

/// Above the lock; no one clearance, so its foreign cargo is cleared a second time at the hub.
fn upper_port() -> Terminal {
    Terminal {
        code: "UPP".into(),
        facility: "CNUPP-UPP".into(),
        name: "Upper port".into(),
        one_clearance: Vec::new(),
        wait: Minutes(15),
        open: None,
        handling: Cents(4_000),
        call_cost: Cents(20_000),
        ..river_port()
    }
}

/// Foreign trade only, in agreed windows with one berth.
fn hong_kong() -> Terminal {
    Terminal {
        code: "HKT".into(),
        facility: "HKHKG-HKT".into(),
        name: "Hong Kong".into(),
        region: Region::HongKong,
        domestic_trade: false,
        border_station: BorderStation::Exempt,
        mixed_trade: false,
        mixed_direction: false,
        berths: 1,
        wait: Minutes(60),
        handling: Cents(9_000),
        call_cost: Cents(100_000),
        windows: vec![
            Window { from: Minutes(1800), to: Minutes(2760), berths: 1 },
            Window { from: Minutes(6120), to: Minutes(7080), berths: 1 },
        ],
        ..hub()
    }
}

fn links() -> Vec<Link> {
    let still = |code: &str, from: usize, to: usize, km: i64| Link {
        code: code.into(),
        from: NodeIdx::from(from),
        to: NodeIdx::from(to),
        name: code.into(),
        length: Metres(km * 1000),
        class: WaterwayClass::I,
        depth_m: 5.0,
        air_draft_m: 18.0,
        current_kmh: 0.0,
        speed_limit_kmh: 20.0,
        through_traffic: true,
        lock: None,
        border: false,
    };
    let lock = Lock { name: "Gate".into(), transit: Minutes(30), wait: Minutes(30), vessels_per_hour: 2.0 };
    vec![
        Link { depth_m: 2.5, current_kmh: 3.0, ..still("UPPER", UPP, JUNCTION, 10) },
        Link { current_kmh: 3.0, lock: Some(lock), ..still("GATE", JUNCTION, RIV, 20) },
        Link { current_kmh: 3.0, ..still("LOWER", RIV, HUB, 30) },
        Link { class: WaterwayClass::Sea, depth_m: 10.0, border: true, ..still("SEA", HUB, HKT, 60) },
    ]
}

/// On the upper stretch a B64 draws 2.0 m: half way from light to full, so it carries 500 t there.
fn classes() -> Vec<VesselClass> {
    let barge = VesselClass {
        code: "B64".into(),
        name: "barge".into(),
        teu: Teu(64),
        deadweight: Kg(1_000_000),
        draft_full_m: 2.8,
        draft_light_m: 1.2,
        air_draft_m: 8.0,
        speed_kmh: 15.0,
        energy: Energy::Diesel,
        fuel_kg_per_h_sailing: 45.0,
        fuel_kg_per_h_port: 6.0,
        kwh_per_km: 0.0,
        range: None,
        reefer_plugs: Teu(6),
        dangerous: Teu(6),
        fixed_per_day: Cents(424_000),
        min_waterway_class: WaterwayClass::III,
    };
    vec![
        barge.clone(),
        VesselClass {
            code: "L100".into(),
            teu: Teu(100),
            deadweight: Kg(1_500_000),
            draft_full_m: 3.3,
            draft_light_m: 1.4,
            speed_kmh: 20.0,
            energy: Energy::Lng,
            fuel_kg_per_h_sailing: 60.0,
            fuel_kg_per_h_port: 8.0,
            reefer_plugs: Teu(20),
            dangerous: Teu(10),
            fixed_per_day: Cents(600_000),
            ..barge.clone()
        },
        VesselClass {
            code: "E30".into(),
            teu: Teu(30),
            deadweight: Kg(400_000),
            draft_full_m: 2.0,
            draft_light_m: 1.0,
            speed_kmh: 12.0,
            energy: Energy::Electric,
            fuel_kg_per_h_sailing: 0.0,
            fuel_kg_per_h_port: 0.0,
            kwh_per_km: 10.0,
            range: Some(Metres(40_000)),
            reefer_plugs: Teu(2),
            dangerous: Teu(0),
            fixed_per_day: Cents(300_000),
            ..barge
        },
    ]
}

fn operator(code: &str, committed_share: f64) -> Operator {
    let kind = if code == "PORT" { OperatorKind::Port } else { OperatorKind::Barge };
    Operator { code: code.into(), name: code.into(), name_zh: String::new(), kind, home: None, committed_share }
}

fn fleet(operator: usize, class: usize, vessels: u32, registered: bool) -> Fleet {
    Fleet { operator: OperatorIdx::from(operator), class: ClassIdx::from(class), vessels, registered }
}

/// Berths at Hong Kong on Wednesday at noon; barges must be there a day before, and at most 20 hours before that.
fn ocean_ship() -> MotherVessel {
    MotherVessel {
        code: "OCEAN".into(),
        terminal: TerminalIdx::from(HKT),
        name: "Ocean".into(),
        berthing: Minutes(3600),
        barge_cut_off: Minutes(1440),
        longest_wait: Minutes(1200),
    }
}

/// Some rows of [`Problem::demands`].
pub mod cargo {
    pub const UPPER_EXPORT: usize = 0;
    pub const IMPORT: usize = 2;
    pub const DOMESTIC_UP: usize = 4;
    pub const DANGEROUS_IMPORT: usize = 5;
    pub const EMPTIES: usize = 6;
    pub const UNSERVED: usize = 7;
}

/// The longest transits leave little or nothing.
fn demands() -> Vec<Demand> {
    let row = |code: &str, ends: [usize; 2], trade, volume, kg, rate, max_transit| Demand {
        code: code.into(),
        origin: TerminalIdx::from(ends[0]),
        destination: TerminalIdx::from(ends[1]),
        trade,
        cargo: Cargo::Dry,
        volume: Teu(volume),
        kg_per_teu: Kg(kg),
        rate: Cents(rate),
        max_transit: Minutes(max_transit),
        mother: None,
    };
    vec![
        row("UPP-HUB-EX", [UPP, HUB], Trade::Export, 10, 12_000, 60_000, 1800),
        Demand {
            cargo: Cargo::Reefer,
            mother: Some(MotherIdx(0)),
            ..row("RIV-HKT-RF", [RIV, HKT], Trade::Export, 6, 15_000, 120_000, 1440)
        },
        row("HKT-RIV-IM", [HKT, RIV], Trade::Import, 10, 10_000, 110_000, 14_400),
        row("RIV-HUB-DO", [RIV, HUB], Trade::Domestic, 16, 10_000, 30_000, 1440),
        row("HUB-UPP-DO", [HUB, UPP], Trade::Domestic, 8, 20_000, 50_000, 1440),
        Demand { cargo: Cargo::Dangerous, ..row("HKT-HUB-DG", [HKT, HUB], Trade::Import, 3, 18_000, 90_000, 1440) },
        row("HUB-RIV-MT", [HUB, RIV], Trade::Empty, 12, 2_500, 20_000, 20_160),
        row("UPP-RIV-DO", [UPP, RIV], Trade::Domestic, 7, 10_000, 10_000, 1440),
        row("RIV-HUB-EX", [RIV, HUB], Trade::Export, 8, 11_000, 35_000, 120),
        row("HUB-UPP-IM", [HUB, UPP], Trade::Import, 2, 9_000, 55_000, 2400),
        row("RIV-HUB-E2", [RIV, HUB], Trade::Export, 2, 8_000, 40_000, 4500),
    ]
}
