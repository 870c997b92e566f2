//! Two plans of one instance side by side: money, service, berths, and what changes for whom. All numbers are the auditor's.

use super::{PlanDocument, figures};
use crate::domain::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Terminals and cargo beyond these numbers are left out.
const MOST_ROWS: usize = 10;

/// A named number of a report.
type Line<Of, Value> = (&'static str, fn(&Of) -> Value);

/// What the pilot of January 2018 expected of a water bus, and so what an efficiency is measured against.
const PILOT: &str = "The water bus pilot of 2018 expected 20 % more from the same vessels (+20 %).";

/// Plan A against plan B; every difference is B less A.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    pub instance: String,
    pub a: SideFacts,
    pub b: SideFacts,
    pub efficiency: Efficiency,
    /// In RMB a cycle.
    pub money: Vec<Difference>,
    pub indicators: Vec<Difference>,
    /// Rotations that only one plan has, or that sail differently.
    pub services: Vec<ServiceChange>,
    /// Berth hours a cycle at the terminals where they change most.
    pub berth_hours: Vec<Difference>,
    /// Demands that B carries more of, the most first.
    pub cargo_won: Vec<CargoChange>,
    /// Demands that B carries less of, the most first.
    pub cargo_lost: Vec<CargoChange>,
}

/// What a plan is, for the head of its column.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SideFacts {
    pub practice: Practice,
    pub program_version: String,
    pub seed: u64,
    pub violations: usize,
}

/// A number of both plans.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    pub name: String,
    pub a: f64,
    pub b: f64,
    /// B less A.
    pub difference: f64,
    /// Difference over A's size, in percent; none where A is 0 and B is not.
    pub change_percent: Option<f64>,
}

/// How much more B gets out of a day of a vessel, in percent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Efficiency {
    pub teu_per_vessel_day_change_percent: Option<f64>,
    pub teu_km_per_vessel_day_change_percent: Option<f64>,
    pub yardstick: String,
}

/// A rotation with its class, in the plans.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ServiceChange {
    pub rotation: Vec<TerminalCode>,
    pub class: ClassCode,
    pub sailings_a: u32,
    pub sailings_b: u32,
    pub vessels_a: u32,
    pub vessels_b: u32,
}

/// What changes for the owner of a cargo.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CargoChange {
    pub demand: DemandCode,
    pub carried_a_teu: Teu,
    pub carried_b_teu: Teu,
    pub difference_teu: Teu,
}

impl Difference {
    fn new(name: &str, a: f64, b: f64) -> Self {
        Self { name: name.to_owned(), a, b, difference: b - a, change_percent: change_percent(a, b) }
    }
}

fn change_percent(a: f64, b: f64) -> Option<f64> {
    match (a == b, a == 0.0) {
        (true, _) => Some(0.0),
        (false, true) => None,
        (false, false) => Some(100.0 * (b - a) / a.abs()),
    }
}

/// Compares two plans with their reports.
pub fn compare(a: &PlanDocument, b: &PlanDocument) -> Comparison {
    let (mut cargo_won, mut cargo_lost) = cargo_changes(&a.plan, &b.plan);
    cargo_won.truncate(MOST_ROWS);
    cargo_lost.truncate(MOST_ROWS);
    Comparison {
        instance: a.plan.made_from.instance.clone(),
        a: side(a),
        b: side(b),
        efficiency: efficiency(&a.report.indicators, &b.report.indicators),
        money: money(&a.report.ledger, &b.report.ledger),
        indicators: indicators(&a.report.indicators, &b.report.indicators),
        services: services(&a.plan, &b.plan),
        berth_hours: berth_hours(&a.report.indicators, &b.report.indicators),
        cargo_won,
        cargo_lost,
    }
}

fn side(document: &PlanDocument) -> SideFacts {
    let made = &document.plan.made_from;
    SideFacts {
        practice: document.plan.practice,
        program_version: made.program_version.clone(),
        seed: made.seed,
        violations: document.report.violations.len(),
    }
}

fn efficiency(a: &Indicators, b: &Indicators) -> Efficiency {
    Efficiency {
        teu_per_vessel_day_change_percent: change_percent(a.teu_per_vessel_day, b.teu_per_vessel_day),
        teu_km_per_vessel_day_change_percent: change_percent(a.teu_km_per_vessel_day, b.teu_km_per_vessel_day),
        yardstick: PILOT.to_owned(),
    }
}

fn money(a: &Ledger, b: &Ledger) -> Vec<Difference> {
    let lines: [Line<Ledger, Cents>; 7] = [
        ("revenue", |l| l.revenue_cents),
        ("handling", |l| l.handling_cents),
        ("transshipment", |l| l.transshipment_cents),
        ("calls", |l| l.call_cents),
        ("energy", |l| l.energy_cents),
        ("vessels", |l| l.vessel_cents),
        ("profit", |l| l.profit_cents),
    ];
    lines.iter().map(|(name, line)| Difference::new(name, line(a).units(), line(b).units())).collect()
}

fn indicators(a: &Indicators, b: &Indicators) -> Vec<Difference> {
    let lines: [Line<Indicators, f64>; 18] = [
        ("carried, TEU", |i| i.carried_teu.0 as f64),
        ("carried, %", |i| 100.0 * i.carried_share),
        ("transshipped, TEU", |i| i.transshipped_teu.0 as f64),
        ("services", |i| f64::from(i.services)),
        ("sailings", |i| f64::from(i.sailings)),
        ("vessels", |i| f64::from(i.vessels)),
        ("vessel-days", |i| i.vessel_days),
        ("TEU per vessel-day", |i| i.teu_per_vessel_day),
        ("thousand TEU-km per vessel-day", |i| i.teu_km_per_vessel_day),
        ("slots used, %", |i| 100.0 * i.utilisation),
        ("mean transit, h", |i| i.mean_transit_h),
        ("mean transfer, h", |i| i.mean_transfer_h),
        ("mean wait for the mother vessel, h", |i| i.mean_hub_dwell_h),
        ("time sailing, %", |i| 100.0 * i.sailing_share),
        ("time at berth, %", |i| 100.0 * i.berth_share),
        ("time waiting, %", |i| 100.0 * i.waiting_share),
        ("two-way balance, %", |i| 100.0 * i.two_way_balance),
        ("CO2, t", |i| i.co2_t),
    ];
    lines.iter().map(|(name, line)| Difference::new(name, line(a), line(b))).collect()
}

/// A rotation is the same one in both plans when it has the same calls and class; sailings and vessels are summed over such services.
fn services(a: &Plan, b: &Plan) -> Vec<ServiceChange> {
    type Key = (Vec<TerminalCode>, ClassCode);
    let totals = |plan: &Plan| -> BTreeMap<Key, (u32, u32)> {
        plan.services.iter().fold(BTreeMap::new(), |mut sums, s| {
            let sum = sums.entry((s.calls.clone(), s.class.clone())).or_insert((0_u32, 0_u32));
            *sum = (sum.0.saturating_add(s.sailings_per_cycle), sum.1.saturating_add(s.vessels));
            sums
        })
    };
    let (in_a, in_b) = (totals(a), totals(b));
    let keys: BTreeSet<&Key> = in_a.keys().chain(in_b.keys()).collect();
    let of = |side: &BTreeMap<Key, (u32, u32)>, key: &Key| side.get(key).copied().unwrap_or_default();
    keys.into_iter()
        .filter(|key| of(&in_a, key) != of(&in_b, key))
        .map(|key| {
            let ((sailings_a, vessels_a), (sailings_b, vessels_b)) = (of(&in_a, key), of(&in_b, key));
            let (rotation, class) = key.clone();
            ServiceChange { rotation, class, sailings_a, sailings_b, vessels_a, vessels_b }
        })
        .collect()
}

fn berth_hours(a: &Indicators, b: &Indicators) -> Vec<Difference> {
    let hours = |i: &Indicators| -> BTreeMap<TerminalCode, f64> {
        i.terminals.iter().map(|t| (t.terminal.clone(), t.berth_hours)).collect()
    };
    let (in_a, in_b) = (hours(a), hours(b));
    let terminals: BTreeSet<_> = in_a.keys().chain(in_b.keys()).collect();
    let of = |side: &BTreeMap<TerminalCode, f64>, code| side.get(code).copied().unwrap_or(0.0);
    let mut rows: Vec<_> = terminals.into_iter().map(|t| Difference::new(&t.0, of(&in_a, t), of(&in_b, t))).collect();
    rows.retain(|row| row.difference != 0.0);
    rows.sort_by(|x, y| y.difference.abs().total_cmp(&x.difference.abs()));
    rows.truncate(MOST_ROWS);
    rows
}

/// Demands of which B carries more, and less.
fn cargo_changes(a: &Plan, b: &Plan) -> (Vec<CargoChange>, Vec<CargoChange>) {
    let (in_a, in_b) = (carried(a), carried(b));
    let demands: BTreeSet<_> = in_a.keys().chain(in_b.keys()).collect();
    let change = |demand: &&DemandCode| {
        let of = |side: &BTreeMap<DemandCode, Teu>| side.get(*demand).copied().unwrap_or_default();
        let (carried_a_teu, carried_b_teu) = (of(&in_a), of(&in_b));
        CargoChange { demand: (*demand).clone(), carried_a_teu, carried_b_teu, difference_teu: carried_b_teu - carried_a_teu }
    };
    let mut changes: Vec<_> = demands.iter().map(change).filter(|change| change.difference_teu.0 != 0).collect();
    changes.sort_by_key(|change| -change.difference_teu.0.abs());
    changes.into_iter().partition(|change| change.difference_teu.0 > 0)
}

fn carried(plan: &Plan) -> BTreeMap<DemandCode, Teu> {
    plan.shipments.iter().fold(BTreeMap::new(), |mut sums, shipment| {
        *sums.entry(shipment.demand.clone()).or_default() += shipment.volume_teu;
        sums
    })
}

impl Efficiency {
    /// The change in words, with the yardstick.
    pub fn in_words(&self) -> String {
        format!(
            "TEU per vessel-day {}; TEU-km per vessel-day {}. {}",
            figures::change(self.teu_per_vessel_day_change_percent),
            figures::change(self.teu_km_per_vessel_day_change_percent),
            self.yardstick
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents() -> (PlanDocument, PlanDocument) {
        let read = |text| serde_json::from_str(text).unwrap();
        (read(include_str!("../../tests/cli/fixtures/plan-a.json")), read(include_str!("../../tests/cli/fixtures/plan-b.json")))
    }

    #[test]
    fn a_comparison_shows_what_changes_for_whom() {
        let (a, b) = documents();
        let comparison = compare(&a, &b);
        insta::assert_snapshot!(crate::publish::comparison(&comparison));
        assert_eq!(comparison.cargo_lost[0].demand, "HKKT-HOP-IM".into());
        assert_eq!(comparison.services.len(), 2, "one rotation goes, one comes");
    }

    #[test]
    fn a_plan_compared_with_itself_differs_in_nothing() {
        let (a, _) = documents();
        let same = compare(&a, &a);
        assert!(
            same.services.is_empty() && same.cargo_won.is_empty() && same.cargo_lost.is_empty() && same.berth_hours.is_empty()
        );
        assert!(same.money.iter().chain(&same.indicators).all(|row| row.difference == 0.0 && row.change_percent == Some(0.0)));
    }
}
