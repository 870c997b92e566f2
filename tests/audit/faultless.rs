//! What the auditor says of the faultless plan, against numbers worked out by hand.

use super::network::problem;
use super::plan::{plan, report};
use waterbus::domain::*;

/// An auditor that complains about a good plan is soon ignored.
#[test]
fn a_faultless_plan_has_no_violations() {
    assert_eq!(report(&problem(), &plan()).violations, []);
}

/// The profit published is this one, so every line is added up by hand.
#[test]
fn the_ledger_is_the_one_worked_out_by_hand() {
    let ledger = Ledger {
        // 10 x 600 + 4 x 1200 + 10 x 1100 + 16 x 300 + 8 x 500 + 3 x 900 + 12 x 200 + 8 x 350 + 2 x 550 + 2 x 400
        revenue_cents: Cents(4_040_000),
        // two lifts: 10 x 100 + 4 x 140 + 10 x 140 + 16 x 110 + 8 x 100 + 3 x 150 + 12 x 110 + 8 x 110 + 2 x 100 + 2 x 110
        handling_cents: Cents(859_000),
        // two lifts at the hub of 4 + 10 TEU: 14 x 2 x 60
        transshipment_cents: Cents(168_000),
        // S01 2 x (200 + 250 + 600 + 250), S02 600 + 1000, S03 3 x (250 + 600)
        call_cents: Cents(260_000 + 160_000 + 255_000),
        // S01 twice two legs of 75 kg down and two of 112.5 kg up, at 6 a kg; S02 two legs of 180 kg at 4.80; S03 six of 300 kWh at 0.80.
        // Other time: S01 9080 min at 6 kg/h, S02 9720 min at 8 kg/h, S03 nothing.
        energy_cents: Cents(450_000 + 172_800 + 144_000 + 544_800 + 622_080),
        // a week of one B64 at 4240 a day, one L100 at 6000, two E30 at 3000
        vessel_cents: Cents(2_968_000 + 4_200_000 + 4_200_000),
        profit_cents: Cents(-10_963_680),
    };
    assert_eq!(report(&problem(), &plan()).ledger, ledger);
}

/// Volumes, vessels and distances.
#[test]
fn counts_and_shares_are_those_worked_out_by_hand() {
    let found = report(&problem(), &plan()).indicators;
    assert_eq!((found.demand_teu, found.carried_teu, found.transshipped_teu), (Teu(84), Teu(75), Teu(14)));
    assert_eq!((found.services, found.sailings, found.vessels), (3, 6, 4));
    assert_eq!((found.carried_share, found.vessel_days, found.teu_per_vessel_day), (75.0 / 84.0, 28.0, 75.0 / 28.0));
    // S01 (12 + 16) x 30 + (8 + 20 + 12) x 30, S02 (4 + 13) x 60, S03 (16 + 12) x 30
    close(found.teu_km_per_vessel_day, 3.9 / 28.0);
    // slots: S01 2 x 64 x 120, S02 100 x 120, S03 3 x 30 x 60
    close(found.utilisation, 3900.0 / 32_760.0);
    // to the hubs 10 + 4 + 16 + 8 + 2, from them 10 + 8 + 12 + 2; 3 between two hubs count in neither
    close(found.two_way_balance, 32.0 / 40.0);
    let s01: Vec<f64> = found.legs.iter().take(4).map(|leg| leg.utilisation).collect();
    assert_eq!(s01, [12.0 / 128.0, 24.0 / 128.0, 20.0 / 128.0, 12.0 / 128.0]);
}

/// Times of boxes and vessels.
#[test]
fn mean_times_are_those_worked_out_by_hand() {
    let found = report(&problem(), &plan()).indicators;
    // minutes: 10 x (345 + 1440), 4 x 780, 10 x 14070, 16 x 120, 8 x 750, 3 x 225, 12 x 210, 8 x 105, 2 x (750 + 1440), 2 x 4410
    close(found.mean_transit_h, 186_825.0 / 75.0 / 60.0);
    // 4 TEU from 660 to 1020; 10 TEU from 1020 to next week's 5700
    close(found.mean_transfer_h, (4.0 * 360.0 + 10.0 * 4680.0) / 14.0 / 60.0);
    // at Hong Kong at 1245, the ocean ship berths at 3600
    close(found.mean_hub_dwell_h, 39.25);
    // four vessels; S01 2 x 620, S02 450, S03 3 x 320 under way; 2 x 255, 120 and 3 x 120 alongside
    close(found.sailing_share, 2650.0 / 40_320.0);
    close(found.berth_share, 990.0 / 40_320.0);
    close(found.waiting_share, (40_320.0 - 2650.0 - 990.0) / 40_320.0);
    // kg: S01 750 under way and 908 otherwise, diesel; S02 360 and 1296, LNG; S03 1800 kWh
    close(found.co2_t, (1658.0 * 3.206 + 1656.0 * 2.75 + 1800.0 * 0.57) / 1000.0);
}

/// What a terminal learns about its week.
#[test]
fn the_use_of_terminals_is_the_one_worked_out_by_hand() {
    let found = report(&problem(), &plan()).indicators.terminals;
    let rows: Vec<_> = found.iter().map(|t| (t.terminal.0.as_str(), t.calls, t.loaded_teu.0, t.discharged_teu.0)).collect();
    // hub: loaded 4 + 10 transshipped, 8, 12, 2; discharged 10, 4 + 10 transshipped, 16, 3, 8, 2
    assert_eq!(rows, [("HUB", 6, 36, 53), ("RIV", 7, 30, 22), ("UPP", 2, 10, 10), ("HKT", 1, 13, 4)]);
    assert_eq!(found.iter().map(|t| t.berth_hours).collect::<Vec<_>>(), [6.0, 6.5, 3.0, 1.0]);
    assert_eq!(found[0].calls_per_berth, 3.0);
}

fn close(has: f64, wanted: f64) {
    assert!((has - wanted).abs() < 1e-9, "{has} is not {wanted}");
}
