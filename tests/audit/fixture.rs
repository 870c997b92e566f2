//! A river made by hand and a sound plan for it, rich enough that every rule of the auditor has something to look at.

use super::tables::tables;
use waterbus::audit::audit;
use waterbus::domain::*;
use waterbus::input::read_tables;
use waterbus::optimize::alliance::{Terms, settle};
use waterbus::optimize::control::Control;
use waterbus::waterway::Waterway;

/// The checked problem of the tables.
pub fn problem() -> Problem {
    read_tables(&tables()).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What the auditor says, on the waterway of this very problem.
pub fn audited(problem: &Problem, plan: &Plan) -> Report {
    audit(problem, &Waterway::new(problem), plan)
}

/// The sound plan: five services, six sailings, thirteen shipments, cargo of two demands left behind.
pub fn plan(problem: &Problem) -> Plan {
    let mut plan = Plan {
        format: 1,
        made_from: MadeFrom {
            instance: problem.settings.name.clone(),
            instance_hash: problem.hash.clone(),
            seed: 1,
            limit: Limit::Work(1),
            program_version: "test".to_owned(),
            pins: Vec::new(),
            weights: Weights::default(),
        },
        practice: Practice::WaterBus,
        cycle_min: problem.settings.cycle,
        terminals: problem.terminals.iter().map(terminal_name).collect(),
        services: services(),
        sailings: Vec::new(),
        shipments: shipments(problem),
        slots: Vec::new(),
        left_behind: vec![left("EX-UPR-HUB", 4, Reason::Full), left("IM-HUB-TWN", 6, Reason::NoService)],
        proofs: vec![
            Proof::new(Stage::Timetable, "the timetable".to_owned(), 10.0, 10.0),
            // the profit is worked out by hand in `money.rs`
            Proof::new(Stage::Plan, "the plan".to_owned(), 17_702.0, 20_000.0),
        ],
        settlement: None,
    };
    plan.sailings = sailings(problem, &plan);
    plan.slots = slots(problem, &plan);
    plan.settlement = Some(settlement(problem, &plan));
    plan
}

/// Settled by the planner: the auditor works all of it out anew.
fn settlement(problem: &Problem, plan: &Plan) -> Settlement {
    let terms = Terms { rule: SharingRule::Fair, threads: 1, deadline: None };
    let control = Control::silent(Limit::Work(1));
    settle(problem, &Waterway::new(problem), plan, &audited(problem, plan), &terms, &control).unwrap()
}

fn terminal_name(terminal: &Terminal) -> TerminalName {
    let Terminal { code, facility, name, name_zh, .. } = terminal.clone();
    TerminalName { terminal: code, facility, name, name_zh }
}

fn left(demand: &str, volume: i64, reason: Reason) -> LeftBehind {
    LeftBehind { demand: demand.into(), volume_teu: Teu(volume), reason }
}

/// S1 mixes everything, twice a week; S2 joins Hong Kong; S3 may not load exports over imports; S4 runs on batteries; S5 takes domestic
/// cargo past Hong Kong (R8).
fn services() -> Vec<Service> {
    let service = |service: &str, of: [&str; 2], registered, regime, f, calls: &[&str]| Service {
        service: service.into(),
        operator: of[0].into(),
        class: of[1].into(),
        registered,
        regime,
        mixed_direction: false,
        vessels: 1,
        sailings_per_cycle: f,
        calls: calls.iter().map(|code| TerminalCode::from(*code)).collect(),
    };
    let mut all = vec![
        service("S1", ["OPA", "D100"], false, Regime::Mixed, 2, &["UPR", "MID", "HUB", "MID"]),
        service("S2", ["OPA", "D100"], true, Regime::Foreign, 1, &["MID", "HKG", "HUB"]),
        service("S3", ["OPB", "L60"], false, Regime::Foreign, 1, &["TWN", "HUB", "MID"]),
        service("S4", ["OPB", "E30"], false, Regime::Domestic, 1, &["DOM", "MID"]),
        service("S5", ["OPB", "L60"], true, Regime::Domestic, 1, &["MID", "HKG", "HUB"]),
    ];
    all[0].mixed_direction = true;
    all
}

/// Berthing, departure and berth of each call by hand; arrivals follow from the waterway.
fn sailings(problem: &Problem, plan: &Plan) -> Vec<Sailing> {
    let water = Waterway::new(problem);
    let sailing = |service: usize, number, calls: &[(i64, i64, u32)], round: i64| {
        timed(problem, &water, &plan.services[service], number, calls, round)
    };
    vec![
        // half a week between the two sailings of the one vessel
        sailing(0, 0, &[(480, 600, 0), (810, 930, 0), (1230, 1350, 0), (1620, 1740, 0)], 5040),
        sailing(0, 1, &[(5520, 5640, 0), (5850, 5970, 0), (6270, 6390, 0), (6660, 6780, 0)], 5040),
        sailing(1, 0, &[(2880, 3000, 0), (3555, 3675, 0), (4020, 4140, 0)], 10_080),
        // berth 1 of the hub is there in this window only
        sailing(2, 0, &[(4800, 4860, 0), (5040, 5160, 1), (5430, 5490, 0)], 10_080),
        // alongside at MID together with S1, at the other berth
        sailing(3, 0, &[(600, 660, 0), (870, 960, 1)], 10_080),
        sailing(4, 0, &[(7200, 7260, 0), (7815, 7845, 0), (8190, 8250, 0)], 10_080),
    ]
}

fn timed(problem: &Problem, water: &Waterway, service: &Service, number: u32, calls: &[(i64, i64, u32)], round: i64) -> Sailing {
    let arrivals: Vec<i64> =
        calls.iter().enumerate().map(|(leg, call)| call.1 + passage_min(problem, water, service, leg)).collect();
    let back = arrivals[arrivals.len() - 1];
    let arrival = |call: usize| if call == 0 { back - round } else { arrivals[call - 1] };
    let times = |(call, (berthing, departure, berth)): (usize, &(i64, i64, u32))| CallTimes {
        arrival_min: Minutes(arrival(call)),
        berthing_min: Minutes(*berthing),
        departure_min: Minutes(*departure),
        berth: *berth,
    };
    let calls = calls.iter().enumerate().map(times).collect();
    Sailing { service: service.service.clone(), number, calls, back_at_min: Minutes(back) }
}

/// Passage of a leg, rounded up to whole slots.
fn passage_min(problem: &Problem, water: &Waterway, service: &Service, leg: usize) -> i64 {
    let slot = problem.settings.slot.0;
    (passage(problem, water, service, leg).duration().0 + slot - 1) / slot * slot
}

fn passage<'w>(problem: &Problem, water: &'w Waterway, service: &Service, leg: usize) -> &'w waterbus::waterway::Passage {
    let at = |call: usize| problem.find_terminal(&service.calls[call % service.calls.len()]).unwrap();
    water.passage(problem.find_class(&service.class).unwrap(), at(leg), at(leg + 1)).unwrap()
}

fn shipments(problem: &Problem) -> Vec<Shipment> {
    let carry = |demand: &str, volume, rides: &[(&str, u32, u16, u16)]| {
        let row = &problem.demands[problem.find_demand(&demand.into()).unwrap().row()];
        Shipment {
            demand: demand.into(),
            origin: problem.terminal(row.origin).code.clone(),
            destination: problem.terminal(row.destination).code.clone(),
            trade: row.trade,
            cargo: row.cargo,
            volume_teu: Teu(volume),
            rides: rides.iter().map(|(service, sailing, from, to)| ride(service, *sailing, *from, *to)).collect(),
        }
    };
    vec![
        carry("EX-UPR-HUB", 8, &[("S1", 0, 0, 2)]),
        carry("IM-HUB-UPR", 20, &[("S1", 1, 2, 4)]),
        // both ways over MID, where the boxes change vessels
        carry("DO-UPR-DOM", 6, &[("S1", 1, 0, 1), ("S4", 0, 1, 2)]),
        carry("DO-DOM-UPR", 4, &[("S4", 0, 0, 1), ("S1", 0, 3, 4)]),
        carry("DO-MID-HUB", 5, &[("S1", 0, 1, 2)]),
        carry("EX-MID-HKG", 30, &[("S2", 0, 0, 1)]),
        carry("IM-HKG-HUB", 20, &[("S2", 0, 1, 2)]),
        carry("EM-HUB-MID", 10, &[("S2", 0, 2, 3)]),
        carry("EX-TWN-HUB", 12, &[("S3", 0, 0, 1)]),
        carry("IM-HUB-MID", 10, &[("S3", 0, 1, 2)]),
        // stays on board into the vessel's next voyage
        carry("EX-MID-HUB", 8, &[("S3", 0, 2, 4)]),
        carry("CB-MID-HUB", 5, &[("S5", 0, 0, 2)]),
        carry("TR-HKG-MID", 3, &[("S2", 0, 1, 3)]),
    ]
}

/// A stay on board of one sailing.
pub fn ride(service: &str, sailing: u32, from: u16, to: u16) -> Ride {
    Ride { service: service.into(), sailing, from_call: CallPos(from), to_call: CallPos(to) }
}

/// Slot rows of the cargo on board, counted box by box.
fn slots(problem: &Problem, plan: &Plan) -> Vec<LegSlots> {
    let water = Waterway::new(problem);
    let mut rows = Vec::new();
    for sailing in &plan.sailings {
        let service = plan.find_service(&sailing.service).unwrap();
        for leg in 0..service.calls.len() {
            rows.push(leg_slots(problem, &water, plan, service, sailing.number, leg));
        }
    }
    rows
}

fn leg_slots(problem: &Problem, water: &Waterway, plan: &Plan, service: &Service, sailing: u32, leg: usize) -> LegSlots {
    let class = problem.class(problem.find_class(&service.class).unwrap());
    let on_board = || {
        let is_on_board = |ride: &&Ride| legs_of(plan, ride).contains(&(service.service.clone(), sailing, leg));
        plan.shipments.iter().filter(move |shipment| shipment.rides.iter().filter(is_on_board).count() > 0)
    };
    let kg_per_teu = |shipment: &Shipment| problem.demand(problem.find_demand(&shipment.demand).unwrap()).kg_per_teu.0;
    let used: i64 = on_board().map(|shipment| shipment.volume_teu.0).sum();
    LegSlots {
        service: service.service.clone(),
        sailing,
        leg: CallPos(u16::try_from(leg).unwrap()),
        capacity_teu: class.teu,
        used_teu: Teu(used),
        free_teu: Teu(class.teu.0 - used),
        capacity_kg: passage(problem, water, service, leg).max_load,
        used_kg: on_board().map(|shipment| Kg(shipment.volume_teu.0 * kg_per_teu(shipment))).sum(),
        reefer_plugs: class.reefer_plugs,
        used_plugs: on_board().filter(|shipment| shipment.cargo == Cargo::Reefer).map(|shipment| shipment.volume_teu).sum(),
        allotments: allotments(&service.service.0, passage(problem, water, service, leg).max_load),
    }
}

/// The legs of a ride; those past the end of the rotation belong to the vessel's next voyage.
fn legs_of(plan: &Plan, ride: &Ride) -> Vec<(ServiceCode, u32, usize)> {
    let service = plan.find_service(&ride.service).unwrap();
    let calls = service.calls.len();
    let at = |position: usize| {
        let voyages = u32::try_from(position / calls).unwrap();
        let sailing = (ride.sailing + voyages * service.vessels) % service.sailings_per_cycle;
        (ride.service.clone(), sailing, position % calls)
    };
    (ride.from_call.row()..ride.to_call.row()).map(at).collect()
}

/// Shares of 55, 30 and 15 in a hundred, by hand: slots, plugs, slots for dangerous goods. The port company brings domestic cargo alone, which
/// may not ride the foreign services S2 and S3, nor S5, which calls at Hong Kong: there the others share 55 to 30. Mass goes with the slots.
fn allotments(service: &str, load: Kg) -> Vec<Allotment> {
    let rows: &[(&str, [i64; 3])] = match service {
        "S1" => &[("OPA", [55, 6, 6]), ("OPB", [30, 3, 3]), ("POR", [15, 1, 1])],
        "S2" => &[("OPA", [65, 7, 7]), ("OPB", [35, 3, 3])],
        "S4" => &[("OPA", [17, 1, 0]), ("OPB", [9, 1, 0]), ("POR", [4, 0, 0])],
        _ => &[("OPA", [39, 4, 3]), ("OPB", [21, 2, 1])],
    };
    let all: i64 = rows.iter().map(|(_, own)| own[0]).sum();
    let allot = |(member, [slots, plugs, dangerous]): &(&str, [i64; 3])| Allotment {
        member: (*member).into(),
        volume_teu: Teu(*slots),
        mass_kg: Kg(load.0 * slots / all),
        reefer_plugs: Teu(*plugs),
        dangerous_teu: Teu(*dangerous),
    };
    rows.iter().map(allot).collect()
}
