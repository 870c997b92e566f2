//! Passages on rivers small enough to work out by hand.

use super::*;
use crate::domain::*;

/// A river of terminals `T0`, `T1`, ... with one diesel class: 15 km/h, 100 t on 1.0 m to 3.0 m draught, air draught 8 m, 45 kg/h.
struct River(Problem);

impl River {
    fn with_terminals(count: usize) -> Self {
        let terminals: Vec<_> = (0..count).map(terminal).collect();
        let nodes = terminals.iter().map(|t| node(&t.code.0)).collect();
        Self(Problem {
            settings: settings(),
            hash: String::new(),
            terminals,
            nodes,
            links: Vec::new(),
            classes: vec![barge()],
            operators: Vec::new(),
            fleets: Vec::new(),
            demands: Vec::new(),
            mothers: Vec::new(),
            cross_border: Vec::new(),
        })
    }

    /// Adds a deep, high, still stretch; `change` makes it special.
    fn link(mut self, from: usize, to: usize, km: i64, change: impl Fn(&mut Link)) -> Self {
        let mut link = Link {
            code: format!("L{}", self.0.links.len()),
            from: NodeIdx::from(from),
            to: NodeIdx::from(to),
            name: String::new(),
            length: Metres(km * 1000),
            class: WaterwayClass::III,
            depth_m: 5.0,
            low_water_at: None,
            air_draft_m: 10.0,
            current_kmh: 0.0,
            speed_limit_kmh: 30.0,
            through_traffic: true,
            lock: None,
            border: false,
        };
        change(&mut link);
        self.0.links.push(link);
        self
    }

    fn change(mut self, change: impl Fn(&mut Problem)) -> Self {
        change(&mut self.0);
        self
    }

    fn passage(&self, from: usize, to: usize) -> Option<Passage> {
        let waterway = Waterway::new(&self.0);
        waterway.passage(ClassIdx(0), TerminalIdx::from(from), TerminalIdx::from(to)).cloned()
    }
}

fn settings() -> Settings {
    Settings {
        name: "river".into(),
        title: String::new(),
        cycle: Minutes(10_080),
        slot: Minutes(15),
        under_keel_m: 0.5,
        teu_per_move: 1.5,
        min_handling: Minutes(30),
        headway_tolerance: Minutes(0),
        turnaround_buffer: Minutes(0),
        transfer: Minutes(240),
        allotment_return: Minutes(0),
        freeze: Minutes(240),
        border_station: Minutes(30),
        border_sealing: Minutes(15),
        second_clearance: Minutes(1440),
        longest_round_trip: Minutes(20_160),
        most_calls: 8,
        most_visits: 2,
        least_sailings: 1,
        frequencies: vec![1],
        diesel_cents_per_t: Cents(0),
        lng_fuel_factor: 1.0,
        electricity_cents_per_kwh: 0.0,
        transit_cents_per_teu_day: Cents(0),
        expect: Expectation { profit_rmb_min: 0.0, carried_share_min: 0.0 },
    }
}

fn node(code: &str) -> Node {
    Node { code: code.into(), name: String::new(), name_zh: String::new(), lat: 0.0, lon: 0.0 }
}

fn terminal(number: usize) -> Terminal {
    Terminal {
        code: TerminalCode(format!("T{number}")),
        unlocode: None,
        facility: format!("CNXXX-T{number}"),
        name: String::new(),
        name_zh: String::new(),
        region: Region::Guangdong,
        role: Role::Feeder,
        lat: 0.0,
        lon: 0.0,
        foreign_trade: true,
        domestic_trade: true,
        border_station: BorderStation::Dachan,
        mixed_trade: true,
        mixed_direction: true,
        one_clearance: Vec::new(),
        transshipment: true,
        charging: true,
        berths: 1,
        moves_per_berth_hour: 20.0,
        wait: Minutes(0),
        open: None,
        handling: Cents(0),
        call_cost: Cents(0),
        min_call: Teu(0),
        windows: Vec::new(),
    }
}

fn barge() -> VesselClass {
    VesselClass {
        code: "B1".into(),
        name: String::new(),
        teu: Teu(10),
        deadweight: Kg(100_000),
        draft_full_m: 3.0,
        draft_light_m: 1.0,
        air_draft_m: 8.0,
        speed_kmh: 15.0,
        least_speed_kmh: None,
        energy: Energy::Diesel,
        fuel_kg_per_h_sailing: 45.0,
        fuel_kg_per_h_port: 5.0,
        kwh_per_km: 0.0,
        range: None,
        reefer_plugs: Teu(0),
        dangerous: Teu(0),
        fixed_per_day: Cents(0),
        min_waterway_class: WaterwayClass::III,
    }
}

fn lock(transit: i64, wait: i64) -> Option<Lock> {
    Some(Lock { name: String::new(), transit: Minutes(transit), wait: Minutes(wait), vessels_per_hour: 1.0 })
}

/// 36 km with 3 km/h of current: 36 / 18 = 2 h down, 36 / 12 = 3 h up; fuel 45 kg/h.
#[test]
fn sailing_upstream_takes_longer_than_downstream() {
    let river = River::with_terminals(2).link(0, 1, 36, |link| link.current_kmh = 3.0);
    let (down, up) = (river.passage(0, 1).unwrap(), river.passage(1, 0).unwrap());
    assert_eq!((down.steaming.sailing, up.steaming.sailing), (Minutes(120), Minutes(180)));
    assert_eq!((down.steaming.fuel_g, up.steaming.fuel_g), (90_000, 135_000));
    assert_eq!((down.links, up.links), (vec![(LinkIdx(0), true)], vec![(LinkIdx(0), false)]));
    assert_eq!(down.distance, Metres(36_000));
}

/// At 12 of 15 km/h through water, 36 km with 3 km/h of current take 36 / 15 = 2.4 h down and 36 / 9 = 4 h up, on 0.8^3 of 45 kg/h.
#[test]
fn slower_vessels_burn_by_the_cube_of_their_speed() {
    let slow = |problem: &mut Problem| problem.classes[0].least_speed_kmh = Some(12.0);
    let river = River::with_terminals(2).link(0, 1, 36, |link| link.current_kmh = 3.0).change(slow);
    let (down, up) = (river.passage(0, 1).unwrap(), river.passage(1, 0).unwrap());
    let slowest = |passage: &Passage| passage.slower.last().map(|own| (own.sailing, own.fuel_g));
    assert_eq!((slowest(&down), slowest(&up)), (Some((Minutes(144), 55_296)), Some((Minutes(240), 92_160))));
    assert_eq!((down.slower.len(), down.steaming.fuel_g, down.duration()), (4, 90_000, Minutes(120)));
    // 12.75 km/h and the current: 36 / 15.75 h, which is 137.1 min
    let minutes = [-1, 0, 17, 18, 23, 24, 999].map(|spare| down.with_spare(Minutes(spare)).sailing.0);
    assert_eq!(minutes, [120, 120, 131, 138, 138, 144, 144]);
}

/// Against 3 km/h, sailing below 4.5 km/h through water burns more for the same way; and at 4 km/h the vessel stands still over ground.
#[test]
fn no_speed_is_slower_than_saves_fuel() {
    let slow = |problem: &mut Problem| problem.classes[0].least_speed_kmh = Some(1.0);
    let river = River::with_terminals(2).link(0, 1, 36, |link| link.current_kmh = 3.0).change(slow);
    let up = river.passage(1, 0).unwrap();
    assert_eq!(up.slower.last().map(|own| own.sailing), Some(Minutes(36 * 60 * 2 / 3)));
}

/// 15 km, lock, 15 km, lock, 15 km: only the last 15 km are sailed slower, at 12 km/h.
#[test]
fn the_way_to_the_last_lock_takes_as_long_at_any_speed() {
    let slow = |problem: &mut Problem| problem.classes[0].least_speed_kmh = Some(12.0);
    let river = River::with_terminals(4).link(0, 1, 15, |_| ()).link(1, 2, 15, |link| link.lock = lock(60, 90));
    let passage = river.link(2, 3, 15, |link| link.lock = lock(20, 30)).change(slow).passage(0, 3).unwrap();
    let slowest = passage.slower.last().unwrap();
    assert_eq!((slowest.sailing, slowest.fuel_g), (Minutes(195), 118_800));
}

/// Electric vessels use power by the square: 12 kWh/km on 30 km at 0.8 of the speed.
#[test]
fn slower_electric_vessels_use_power_by_the_square_of_their_speed() {
    let electric = |problem: &mut Problem| {
        let class = &mut problem.classes[0];
        (class.energy, class.kwh_per_km, class.least_speed_kmh) = (Energy::Electric, 12.0, Some(12.0));
    };
    let passage = River::with_terminals(2).link(0, 1, 30, |_| ()).change(electric).passage(0, 1).unwrap();
    assert_eq!(passage.slower.last().map(|own| (own.sailing, own.energy_wh)), Some((Minutes(150), 230_400)));
}

/// The limit of 16 km/h holds over ground: 15 + 3 km/h is cut to 16, so 36 km take 2.25 h; upstream 12 km/h is under it.
#[test]
fn the_speed_limit_holds_over_ground() {
    let river = River::with_terminals(2).link(0, 1, 36, |link| (link.current_kmh, link.speed_limit_kmh) = (3.0, 16.0));
    assert_eq!(river.passage(0, 1).unwrap().steaming.sailing, Minutes(135));
    assert_eq!(river.passage(1, 0).unwrap().steaming.sailing, Minutes(180));
}

/// 8 km at 14 km/h are 34.29 min, so 35; twice that is 68.57 min, so 69 and not 70.
#[test]
fn time_is_rounded_up_once_for_the_passage() {
    let slow = |link: &mut Link| link.speed_limit_kmh = 14.0;
    let river = River::with_terminals(3).link(0, 1, 8, slow).link(1, 2, 8, slow);
    assert_eq!(river.passage(0, 1).unwrap().steaming.sailing, Minutes(35));
    assert_eq!(river.passage(0, 2).unwrap().steaming.sailing, Minutes(69));
}

#[test]
fn a_current_as_fast_as_the_vessel_closes_the_way_up_only() {
    let river = River::with_terminals(2).link(0, 1, 36, |link| link.current_kmh = 14.0);
    assert!(river.passage(0, 1).is_some());
    assert_eq!(river.passage(1, 0), None);
}

#[test]
fn a_bridge_exactly_as_high_as_the_vessel_can_be_passed() {
    let bridge = |height: f64| River::with_terminals(2).link(0, 1, 10, move |link| link.air_draft_m = height).passage(0, 1);
    assert!(bridge(8.0).is_some());
    assert_eq!(bridge(7.9), None);
}

/// Two ways from T0 to T1, one under a low bridge, one over a shallow bar behind a stretch of a lower class; a third stretch, as shallow, leads
/// elsewhere. Each way is closed by one obstacle that is named; the other one of the second way is not needed to close it.
#[test]
fn obstacles_are_those_that_close_every_way() {
    let river = River::with_terminals(4)
        .link(0, 1, 10, |link| link.air_draft_m = 7.0)
        .link(0, 2, 10, |link| link.class = WaterwayClass::IV)
        .link(2, 1, 10, |link| link.depth_m = 1.0)
        .link(1, 3, 10, |link| link.depth_m = 1.0);
    let found = find_obstacles(&river.0, ClassIdx(0), TerminalIdx(0), TerminalIdx(1));
    assert_eq!(found, [(LinkIdx(0), Bar::AirDraft), (LinkIdx(2), Bar::Depth)]);
    let open = River::with_terminals(2).link(0, 1, 10, |_| {});
    assert_eq!(find_obstacles(&open.0, ClassIdx(0), TerminalIdx(0), TerminalIdx(1)), []);
}

#[test]
fn a_local_stretch_on_the_way_is_an_obstacle() {
    let river = River::with_terminals(4).link(0, 1, 10, |_| {}).link(1, 2, 10, |link| link.through_traffic = false).link(
        2,
        3,
        10,
        |_| {},
    );
    assert_eq!(find_obstacles(&river.0, ClassIdx(0), TerminalIdx(0), TerminalIdx(3)), [(LinkIdx(1), Bar::LocalOnly)]);
}

#[test]
fn a_waterway_of_a_lower_class_is_closed() {
    let of_class = |class| River::with_terminals(2).link(0, 1, 10, move |link| link.class = class).passage(0, 1);
    assert_eq!(of_class(WaterwayClass::IV), None);
    assert!(of_class(WaterwayClass::Sea).is_some());
}

/// 2.5 m less 0.5 m under the keel leaves 2.0 m of draught: half way from 1.0 m light to 3.0 m full, so half of 100 t.
#[test]
fn the_shallowest_stretch_limits_the_load() {
    let river = River::with_terminals(3).link(0, 1, 10, |_| ()).link(1, 2, 10, |link| link.depth_m = 2.5);
    assert_eq!(river.passage(0, 1).unwrap().max_load, Kg(100_000));
    assert_eq!(river.passage(0, 2).unwrap().max_load, Kg(50_000));
}

/// 1.71 m of depth: 10.5 % of the deadweight; 1.69 m: 9.5 %, too little to sail for.
#[test]
fn a_stretch_too_shallow_for_a_useful_load_is_closed() {
    let of_depth = |depth: f64| River::with_terminals(2).link(0, 1, 10, move |link| link.depth_m = depth).passage(0, 1);
    assert_eq!(of_depth(1.71).unwrap().max_load, Kg(10_500));
    assert_eq!(of_depth(1.69), None);
    assert_eq!(of_depth(1.2), None);
}

/// T0 - T1 - T2 on local stretches of 10 km, and a way round by T3 of 60 km: vessels of these terminals take the local stretches.
#[test]
fn a_local_stretch_is_open_only_to_vessels_that_call_on_it() {
    let local = |link: &mut Link| link.through_traffic = false;
    let river =
        River::with_terminals(4).link(0, 1, 10, local).link(1, 2, 10, local).link(0, 3, 30, |_| ()).link(3, 2, 30, |_| ());
    let links = |from, to| river.passage(from, to).unwrap().links.iter().map(|(link, _)| link.0).collect::<Vec<_>>();
    assert_eq!(links(0, 1), [0]);
    assert_eq!(links(1, 2), [1]);
    assert_eq!(links(3, 1), [2, 0]);
    assert_eq!(links(1, 3), [0, 2]);
    // T0 and T2 lie at the ends of the local stretches, so a vessel between them may use both.
    assert_eq!(links(0, 2), [0, 1]);
}

/// T0 - T1 - T2 - T3 in a row, the middle stretch local: T0 to T3 must go round, T1 to T3 starts on it and may use it.
#[test]
fn through_traffic_goes_round_a_local_stretch() {
    let river = River::with_terminals(4)
        .link(0, 1, 10, |_| ())
        .link(1, 2, 10, |link| link.through_traffic = false)
        .link(2, 3, 10, |_| ())
        .link(0, 3, 100, |_| ());
    let links = |from, to| river.passage(from, to).unwrap().links.iter().map(|(link, _)| link.0).collect::<Vec<_>>();
    assert_eq!(links(0, 3), [3]);
    assert_eq!(links(1, 3), [1, 2]);
    assert_eq!(links(0, 2), [0, 1]);
}

/// 15 km (60 min), lock with 90 min wait and 60 min lockage, 15 km, lock with 30 and 20, 15 km.
#[test]
fn locks_are_entered_after_the_way_before_and_the_wait() {
    let river =
        River::with_terminals(4)
            .link(0, 1, 15, |_| ())
            .link(1, 2, 15, |link| link.lock = lock(60, 90))
            .link(2, 3, 15, |link| link.lock = lock(20, 30));
    let passage = river.passage(0, 3).unwrap();
    assert_eq!((passage.steaming.sailing, passage.locks_time, passage.duration()), (Minutes(180), Minutes(200), Minutes(380)));
    // First: 60 + 90. Second: 120 under way, 150 in and before the first lock, 30 of wait.
    let entered: Vec<_> = passage.locks.iter().map(|lock| (lock.link.0, lock.entered_after.0)).collect();
    assert_eq!(entered, [(1, 150), (2, 300)]);
    // Back: 30 of wait; then 50 at that lock, 60 under way, 90 of wait.
    let back: Vec<_> = river.passage(3, 0).unwrap().locks.iter().map(|lock| (lock.link.0, lock.entered_after.0)).collect();
    assert_eq!(back, [(2, 30), (1, 200)]);
}

#[test]
fn a_slow_lock_is_avoided_when_the_way_round_is_faster() {
    let river = River::with_terminals(2).link(0, 1, 15, |link| link.lock = lock(60, 60)).link(0, 1, 40, |_| ());
    assert_eq!(river.passage(0, 1).unwrap().links, [(LinkIdx(1), true)]);
}

/// R2 30 min and R3 15 min between Hong Kong (T0) and the mainland (T1), not for an exempt terminal (T2), not inside the mainland.
#[test]
fn vessels_stop_at_the_border_station_unless_exempt() {
    let river = River::with_terminals(3).link(0, 1, 10, |_| ()).link(1, 2, 10, |_| ());
    let river = river.change(|problem| {
        problem.terminals[0].region = Region::HongKong;
        problem.terminals[0].border_station = BorderStation::Exempt;
        problem.terminals[2].border_station = BorderStation::Exempt;
    });
    let border = |from, to| river.passage(from, to).unwrap().border;
    assert_eq!((border(0, 1), border(1, 0)), (Minutes(45), Minutes(45)));
    assert_eq!((border(0, 2), border(2, 0)), (Minutes(0), Minutes(0)));
    assert_eq!(border(1, 2), Minutes(0));
}

/// 12 kWh/km on 30 km are 360 kWh and no fuel.
#[test]
fn electric_vessels_use_power_by_distance() {
    let electric = |problem: &mut Problem| (problem.classes[0].energy, problem.classes[0].kwh_per_km) = (Energy::Electric, 12.0);
    let passage = River::with_terminals(2).link(0, 1, 30, |_| ()).change(electric).passage(0, 1).unwrap();
    assert_eq!((passage.steaming.energy_wh, passage.steaming.fuel_g), (360_000, 0));
}

/// Two ways of the same length: the lower link; a shorter way of the same time wins before that.
#[test]
fn equally_fast_ways_are_told_apart_the_same_way_every_time() {
    let twins = River::with_terminals(2).link(0, 1, 10, |_| ()).link(0, 1, 10, |_| ());
    assert_eq!(twins.passage(0, 1).unwrap().links, [(LinkIdx(0), true)]);
    let slower = |link: &mut Link| link.speed_limit_kmh = 10.0;
    // 15 km at 15 km/h and 10 km at 10 km/h are both one hour.
    let river = River::with_terminals(2).link(0, 1, 15, |_| ()).link(0, 1, 10, slower);
    assert_eq!(river.passage(0, 1).unwrap().links, [(LinkIdx(1), true)]);
    assert_eq!(river.passage(0, 1), river.passage(0, 1));
}

/// The short way floats 9 % of the deadweight: it is closed, and the deep way round is the passage.
#[test]
fn a_way_too_shallow_for_a_useful_load_gives_way_to_a_deeper_one() {
    let river = River::with_terminals(2).link(0, 1, 10, |link| link.depth_m = 1.68).link(0, 1, 30, |_| ());
    let passage = river.passage(0, 1).unwrap();
    assert_eq!((passage.links, passage.max_load), (vec![(LinkIdx(1), true)], Kg(100_000)));
}

/// 4, 4 and 16 km at 14 km/h, and the same in the other order: the sums of hours differ in the last bit, but the ways are equal, so the
/// lower links win.
#[test]
fn the_order_of_summation_breaks_no_tie() {
    let slow = |link: &mut Link| link.speed_limit_kmh = 14.0;
    let river = River::with_terminals(6).link(0, 1, 4, slow).link(1, 2, 4, slow).link(2, 3, 16, slow);
    let river = river.link(0, 4, 16, slow).link(4, 5, 4, slow).link(5, 3, 4, slow);
    let links: Vec<_> = river.passage(0, 3).unwrap().links.iter().map(|(link, _)| link.0).collect();
    assert_eq!(links, [0, 1, 2]);
}

#[test]
fn there_is_no_passage_to_the_same_or_to_an_unconnected_terminal() {
    let river = River::with_terminals(3).link(0, 1, 10, |_| ());
    assert_eq!(river.passage(0, 0), None);
    assert_eq!(river.passage(0, 2), None);
}
