//! The sound plan: nothing to find, and the money and measures worked out by hand.

use super::fixture::{audited, plan, problem};
use waterbus::domain::*;

/// All rules hold at once, some of them with nothing to spare.
#[test]
fn a_sound_plan_raises_no_complaint() {
    let problem = problem();
    let report = audited(&problem, &plan(&problem));
    assert_eq!(report.violations, Vec::new());
}

/// Passages that everything else rests on: 15 km/h on still water is a kilometre in 4 minutes.
#[test]
fn arrivals_follow_from_distance_lock_border_and_current() {
    let problem = problem();
    let plan = plan(&problem);
    let leg = |sailing: usize, call: usize| {
        let calls = &plan.sailings[sailing].calls;
        let arrival = calls.get(call + 1).map_or(plan.sailings[sailing].back_at_min, |next| next.arrival_min);
        (arrival - calls[call].departure_min).0
    };
    // 30 km in 120 min, 30 min before the lock and 30 min in it
    assert_eq!([leg(0, 0), leg(0, 3)], [180, 180]);
    // 60 km
    assert_eq!([leg(0, 1), leg(0, 2)], [240, 240]);
    // 120 km, 60 km and 45 min at the border each; 60 km inland
    assert_eq!([leg(2, 0), leg(2, 1), leg(2, 2)], [525, 285, 240]);
    // 15 km at 10 - 5 km/h upstream, at 10 + 5 km/h downstream
    assert_eq!([leg(4, 0), leg(4, 1)], [180, 60]);
}

/// | cargo | TEU | rate | revenue | lifts at both ends | handling |
/// |---|---|---|---|---|---|
/// | EX-UPR-HUB | 8 | 500 | 4000 | 20 + 30 | 400 |
/// | IM-HUB-UPR | 20 | 400 | 8000 | 30 + 20 | 1000 |
/// | DO-UPR-DOM | 6 | 300 | 1800 | 20 + 5 | 150 |
/// | DO-DOM-UPR | 4 | 300 | 1200 | 5 + 20 | 100 |
/// | DO-MID-HUB | 5 | 200 | 1000 | 10 + 30 | 200 |
/// | EX-MID-HKG | 30 | 600 | 18000 | 10 + 40 | 1500 |
/// | IM-HKG-HUB | 20 | 500 | 10000 | 40 + 30 | 1400 |
/// | EM-HUB-MID | 10 | 50 | 500 | 30 + 10 | 400 |
/// | EX-TWN-HUB | 12 | 300 | 3600 | 15 + 30 | 540 |
/// | IM-HUB-MID | 10 | 250 | 2500 | 30 + 10 | 400 |
/// | EX-MID-HUB | 8 | 250 | 2000 | 10 + 30 | 320 |
/// | CB-MID-HUB | 5 | 400 | 2000 | 10 + 30 | 200 |
/// | TR-HKG-MID | 3 | 600 | 1800 | 40 + 10 | 150 |
/// | all | 141 | | 56400 | | 6760 |
///
/// Transshipment at MID: (6 + 4) x 2 x 10 = 200.
/// Calls: S1 2 x (100 + 200 + 300 + 200) = 1600, S2 and S5 200 + 500 + 300 = 1000 each, S3 100 + 300 + 200 = 600, S4 50 + 200 = 250.
/// Diesel is 8 a kg and LNG 6; a week has 168 h:
///
/// | service | h under way | fuel | h otherwise | fuel |
/// |---|---|---|---|---|
/// | S1 | 2 x 12 | x 20 kg x 8 = 3840 | 144 | x 2 kg x 8 = 2304 |
/// | S2 | 16 | x 20 kg x 8 = 2560 | 152 | x 2 kg x 8 = 2432 |
/// | S3 | 8 | x 10 kg x 6 = 480 | 160 | x 1 kg x 6 = 960 |
/// | S4 | 30 km | x 10 kWh x 0.8 = 240 | | 0 |
/// | S5 | 16 | x 10 kg x 6 = 960 | 152 | x 1 kg x 6 = 912 |
/// | all | | 8080 | | 6608 |
///
/// Vessels: 7 days x (500 + 500 + 300 + 200 + 300) = 12600.
#[test]
fn the_ledger_is_what_a_clerk_would_write() {
    let problem = problem();
    let ledger = audited(&problem, &plan(&problem)).ledger;
    let expected = Ledger {
        revenue_cents: rmb(56_400),
        handling_cents: rmb(6_760),
        transshipment_cents: rmb(200),
        call_cents: rmb(4_450),
        energy_cents: rmb(14_688),
        vessel_cents: rmb(12_600),
        // 56400 - 6760 - 200 - 4450 - 14688 - 12600
        profit_cents: rmb(17_702),
    };
    assert_eq!(ledger, expected);
}

fn rmb(units: i64) -> Cents {
    Cents(units * 100)
}

fn assert_near(name: &str, found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{name} is {found}, expected {expected}");
}

/// Volumes: the demand table adds up to 151 TEU, of which 4 and 6 stay behind.
#[test]
fn volumes_and_counts_are_those_of_the_tables() {
    let problem = problem();
    let found = audited(&problem, &plan(&problem)).indicators;
    assert_eq!((found.demand_teu, found.carried_teu, found.transshipped_teu), (Teu(151), Teu(141), Teu(10)));
    assert_eq!((found.services, found.sailings, found.vessels), (5, 6, 5));
    assert_near("share", found.carried_share, 141.0 / 151.0);
    assert_near("vessel days", found.vessel_days, 35.0);
    assert_near("TEU per vessel-day", found.teu_per_vessel_day, 141.0 / 35.0);
    // to the hub 8 + 5 + 20 + 12 + 8 + 5, from it 20 + 10 + 10
    assert_near("balance", found.two_way_balance, 40.0 / 58.0);
}

/// TEU-km: 8 x 90, 20 x 90, 6 x 45, 4 x 45, 5 x 60, 30 x 120, 20 x 60, 10 x 60, 12 x 30, 10 x 60, 8 x 60, 5 x 180, 3 x 120 = 11370.
/// Slot-km: 2 x 180 x 100, 240 x 100, 120 x 60, 30 x 30, 240 x 60 = 82500.
#[test]
fn use_of_the_slots_is_weighed_by_distance() {
    let problem = problem();
    let found = audited(&problem, &plan(&problem)).indicators;
    assert_near("use", found.utilisation, 11_370.0 / 82_500.0);
    assert_near("TEU-km", found.teu_km_per_vessel_day, 11.37 / 35.0);
    let creek: Vec<f64> = found.legs.iter().filter(|leg| leg.service.0 == "S4").map(|leg| leg.utilisation).collect();
    assert_eq!(creek, [4.0 / 30.0, 6.0 / 30.0]);
    // 8 of EX-MID-HUB come round from the voyage before, 12 are loaded at TWN
    let first = found.legs.iter().find(|leg| leg.service.0 == "S3" && leg.leg == CallPos(0)).unwrap();
    assert_near("first leg of S3", first.utilisation, 20.0 / 60.0);
}

/// Minutes from departure to arrival, times boxes, in the order of the shipments. DO-UPR-DOM leaves UPR at 5640 and waits at MID for the
/// next week's S4; EX-TWN-HUB is cleared twice (1440); EX-MID-HUB goes round over TWN.
#[test]
fn times_of_boxes_and_vessels_are_those_of_the_timetable() {
    let problem = problem();
    let found = audited(&problem, &plan(&problem)).indicators;
    let box_minutes = 8 * 570
        + 20 * 570
        + 6 * (11_100 - 5640)
        + 4 * (1920 - 660)
        + 5 * 240
        + 30 * 525
        + 20 * 285
        + 10 * 240
        + 12 * (120 + 1440)
        + 10 * 240
        + 8 * (15_060 - 5490)
        + 5 * (8130 - 7260)
        + 3 * (4380 - 3675);
    assert_near("transit", found.mean_transit_h, f64::from(box_minutes) / 141.0 / 60.0);
    // arrival at 1170 for a ship at 3000
    assert_near("hub dwell", found.mean_hub_dwell_h, 30.5);
    // S1 2 x 8 h, S2 6, S3 4, S4 2.5, S5 2.5 alongside; 2 x 14, 17.5, 8, 4, 17.5 h under way; 5 x 168 h in all
    assert_near("at berth", found.berth_share, 31.0 / 840.0);
    assert_near("under way", found.sailing_share, 75.0 / 840.0);
    assert_near("waiting", found.waiting_share, 734.0 / 840.0);
}

/// Emissions: S1 burns 2 x 12 x 20 + 144 x 2 = 768 kg of diesel and S2 624, S3 240 kg of LNG and S5 312, S4 draws 300 kWh; together 6.151752 t.
/// At 100 a tonne that is 615.1752. The boxes' 182,955 minutes at 24 a day are 3,049.25, and 141 TEU at 10 bring 1,410: the plan is worth
/// 17,702 - 615.1752 - 3,049.25 + 1,410 = 15,447.5748.
#[test]
fn what_a_plan_is_worth_follows_from_emissions_times_and_boxes() {
    let problem = problem();
    let mut plan = plan(&problem);
    let weights = Weights { co2_cents_per_t: rmb(100), transit_cents_per_teu_day: rmb(24), carried_cents_per_teu: rmb(10) };
    assert_eq!(weights.worth(&audited(&problem, &plan)), Cents(1_544_757));
    plan.made_from.weights = weights;
    plan.proofs[1] = Proof::new(Stage::Plan, "the plan".to_owned(), 15_447.57, 20_000.0);
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}

/// Five calls at the hub, four of 2 h and one of 1 h.
#[test]
fn the_hub_sees_every_box_it_lifts() {
    let problem = problem();
    let found = audited(&problem, &plan(&problem)).indicators;
    let hub = found.terminals.iter().find(|terminal| terminal.terminal.0 == "HUB").unwrap();
    assert_eq!((hub.calls, hub.loaded_teu, hub.discharged_teu), (5, Teu(40), Teu(58)));
    assert_near("berth hours", hub.berth_hours, 9.0);
}

/// A name is only a name.
#[test]
fn renaming_the_services_changes_no_money() {
    let problem = problem();
    let plan = plan(&problem);
    let mut renamed = plan.clone();
    // the order of the names is turned round as well
    let rename = |code: &mut ServiceCode| *code = ServiceCode(format!("Z{}", 9 - code.0[1..].parse::<u32>().unwrap()));
    renamed.services.iter_mut().for_each(|service| rename(&mut service.service));
    renamed.sailings.iter_mut().for_each(|sailing| rename(&mut sailing.service));
    renamed.slots.iter_mut().for_each(|row| rename(&mut row.service));
    renamed.shipments.iter_mut().flat_map(|shipment| &mut shipment.rides).for_each(|ride| rename(&mut ride.service));
    assert_eq!(audited(&problem, &renamed).ledger, audited(&problem, &plan).ledger);
}

/// Nor does it matter which box is written down first.
#[test]
fn the_order_of_the_shipments_changes_no_money() {
    let problem = problem();
    let plan = plan(&problem);
    let mut turned = plan.clone();
    turned.shipments.reverse();
    let report = audited(&problem, &turned);
    assert_eq!(report.ledger, audited(&problem, &plan).ledger);
    assert_eq!(report.violations, Vec::new());
}
