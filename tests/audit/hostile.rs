//! Plans that no stage would make. A plan is a file that anyone may write, so the worst it may get is a list of violations.

use super::network::problem;
use super::plan::{plan, report};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use waterbus::domain::*;

/// What may happen to one value of the document.
#[derive(Clone, Debug)]
enum Change {
    Number(i64),
    Add(i64),
    Text(&'static str),
    Drop,
    Twice,
}

fn change() -> impl Strategy<Value = Change> {
    let ends = vec![i64::MIN, i64::MIN + 1, -1, 0, 1, 2, 65_535, i64::from(u32::MAX), i64::MAX - 1, i64::MAX];
    let words = vec!["HUB", "RIV", "HKT", "S01", "S02", "S03", "B64", "OP2", "XXX", "", "RIV-HUB-EX", "domestic", "reefer"];
    prop_oneof![
        4 => select(ends).prop_map(Change::Number),
        2 => (-20_000_i64..20_000).prop_map(Change::Number),
        2 => (-100_i64..100).prop_map(Change::Add),
        2 => select(words).prop_map(Change::Text),
        1 => Just(Change::Drop),
        1 => Just(Change::Twice),
    ]
}

/// Paths of everything in the document.
fn find_paths(value: &Value, path: &str, paths: &mut Vec<String>) {
    let mut step = |key: &str, inner: &Value| {
        let path = format!("{path}/{key}");
        paths.push(path.clone());
        find_paths(inner, &path, paths);
    };
    match value {
        Value::Array(rows) => rows.iter().enumerate().for_each(|(row, inner)| step(&row.to_string(), inner)),
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| step(key, inner)),
        _ => {}
    }
}

/// Drops or doubles a row of a list, or puts another number or word into a value of its kind; else nothing.
fn apply(document: &mut Value, path: &str, change: &Change) {
    let row = path.rsplit_once('/').and_then(|(parent, row)| Some((parent, row.parse::<usize>().ok()?)));
    if let (Change::Drop | Change::Twice, Some((parent, row))) = (change, row) {
        let Some(Value::Array(rows)) = document.pointer_mut(parent) else { return };
        match change {
            Change::Drop => drop(rows.remove(row)),
            _ => rows.push(rows[row].clone()),
        }
        return;
    }
    let Some(value) = document.pointer_mut(path) else { return };
    match (change, value.as_i64()) {
        (Change::Number(number), _) if value.is_number() => *value = (*number).into(),
        (Change::Add(number), Some(known)) => *value = known.saturating_add(*number).into(),
        (Change::Text(text), _) if value.is_string() => *value = (*text).into(),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// Some changes at once, of which any may be the last that arithmetic or a lookup can bear.
    #[test]
    fn no_plan_that_can_be_read_stops_the_auditor(changes in prop::collection::vec((any::<Index>(), change()), 1..6)) {
        let mut document = serde_json::to_value(plan()).unwrap();
        for (at, change) in &changes {
            let mut paths = Vec::new();
            find_paths(&document, "", &mut paths);
            apply(&mut document, at.get(&paths).as_str(), change);
        }
        if let Ok(plan) = serde_json::from_value::<Plan>(document) {
            let report = report(&problem(), &plan);
            let text = serde_json::to_string(&report).unwrap();
            prop_assert!(!text.contains("null"), "a number of the report is not finite");
            prop_assert_eq!(serde_json::from_str::<Report>(&text).unwrap().violations, report.violations);
        }
    }
}

/// Every number at its end at once: sums of products of the largest volumes, rates and times.
#[test]
fn the_largest_numbers_do_not_stop_the_auditor() {
    for end in [i64::MIN, i64::MAX] {
        let mut plan = plan();
        for service in &mut plan.services {
            (service.vessels, service.sailings_per_cycle) = (u32::MAX, u32::MAX);
        }
        for sailing in &mut plan.sailings {
            sailing.back_at_min = Minutes(end);
            for call in &mut sailing.calls {
                *call = CallTimes {
                    arrival_min: Minutes(end),
                    berthing_min: Minutes(end),
                    departure_min: Minutes(end),
                    berth: u32::MAX,
                };
            }
        }
        plan.shipments.iter_mut().for_each(|shipment| shipment.volume_teu = Teu(end));
        plan.left_behind.iter_mut().for_each(|left| left.volume_teu = Teu(end));
        for row in &mut plan.slots {
            row.allotments.iter_mut().for_each(|allotment| allotment.volume_teu = Teu(end));
        }
        assert!(!report(&problem(), &plan).violations.is_empty());
    }
}

/// Nothing at all is a plan without services: it carries nothing and says so of every demand.
#[test]
fn an_empty_plan_is_short_of_every_demand() {
    let mut plan = plan();
    (plan.services, plan.sailings, plan.shipments) = (vec![], vec![], vec![]);
    (plan.slots, plan.left_behind, plan.proofs) = (vec![], vec![], vec![]);
    let report = report(&problem(), &plan);
    assert!(report.violations.iter().all(|violation| violation.rule == "A-DEMAND"));
    assert_eq!((report.violations.len(), report.ledger), (11, Ledger::default()));
    assert_eq!(
        (report.indicators.carried_share, report.indicators.utilisation, report.indicators.mean_transit_h),
        (0.0, 0.0, 0.0)
    );
}
