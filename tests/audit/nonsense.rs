//! Plans that make no sense. Whatever can be read can be audited.

use super::fixture::{plan, problem};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;
use waterbus::audit::{RULES, audit};
use waterbus::domain::{Plan, Problem};
use waterbus::waterway::Waterway;

static SOUND: LazyLock<(Problem, Waterway, Value)> = LazyLock::new(|| {
    let problem = problem();
    let document = serde_json::to_value(plan(&problem)).unwrap();
    let waterway = Waterway::new(&problem);
    (problem, waterway, document)
});

/// One change at one place of the document.
#[derive(Clone, Debug)]
enum Change {
    /// A number becomes this one.
    Number(i64),
    /// A number grows by this much.
    Step(i64),
    /// A number becomes this one, with decimals where those are read.
    Decimal(f64),
    /// A text becomes that of another place: a code of something else, or another word.
    Borrow(prop::sample::Index),
    /// A text becomes this one.
    Text(String),
    /// A list loses an item, or has one twice.
    Drop(prop::sample::Index),
    Twice(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let extreme = [0, 1, -1, 65_535, i64::from(u32::MAX), i64::from(i32::MIN), i64::MAX, i64::MIN, 10_080, 1_000_000_007];
    let decimal = [f64::MAX, f64::MIN, 1e-300, -0.0, 0.5];
    prop_oneof![
        4 => prop::sample::select(extreme.to_vec()).prop_map(Change::Number),
        4 => (-20_i64..20_000).prop_map(Change::Step),
        2 => (0_i64..6).prop_map(Change::Number),
        1 => any::<i64>().prop_map(Change::Number),
        1 => prop::sample::select(decimal.to_vec()).prop_map(Change::Decimal),
        4 => any::<prop::sample::Index>().prop_map(Change::Borrow),
        1 => ".{0,6}".prop_map(Change::Text),
        1 => any::<prop::sample::Index>().prop_map(Change::Drop),
        1 => any::<prop::sample::Index>().prop_map(Change::Twice),
    ]
}

/// Paths of all places that a change fits.
fn places(document: &Value, fits: fn(&Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((path, value)) = open.pop() {
        if fits(value) {
            found.push(path.clone());
        }
        match value {
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(row, item)| (format!("{path}/{row}"), item))),
            Value::Object(fields) => open.extend(fields.iter().map(|(name, item)| (format!("{path}/{name}"), item))),
            _ => {}
        }
    }
    found
}

fn has_items(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty())
}

fn apply(document: &mut Value, at: prop::sample::Index, change: &Change) {
    let fits = match change {
        Change::Number(_) | Change::Step(_) | Change::Decimal(_) => Value::is_number,
        Change::Borrow(_) | Change::Text(_) => Value::is_string,
        Change::Drop(_) | Change::Twice(_) => has_items,
    };
    let places = places(document, fits);
    if places.is_empty() {
        return;
    }
    let borrowed = |index: &prop::sample::Index| document.pointer(&places[index.index(places.len())]).cloned().unwrap();
    let new = match change {
        Change::Borrow(index) => Some(borrowed(index)),
        Change::Text(text) => Some(Value::from(text.as_str())),
        Change::Number(number) => Some(Value::from(*number)),
        Change::Decimal(number) => Some(Value::from(*number)),
        _ => None,
    };
    let value = document.pointer_mut(&places[at.index(places.len())]).unwrap();
    match (change, new) {
        (_, Some(new)) => *value = new,
        (Change::Step(step), _) => *value = Value::from(value.as_i64().unwrap_or(0).saturating_add(*step)),
        (Change::Drop(index), _) => drop_item(value.as_array_mut().unwrap(), *index),
        (Change::Twice(index), _) => repeat_item(value.as_array_mut().unwrap(), *index),
        _ => {}
    }
}

fn drop_item(items: &mut Vec<Value>, index: prop::sample::Index) {
    items.remove(index.index(items.len()));
}

fn repeat_item(items: &mut Vec<Value>, index: prop::sample::Index) {
    let item = index.get(items).clone();
    items.push(item);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any plan that can be read is answered, with rules that are written down.
    #[test]
    fn no_readable_plan_is_too_wrong_to_be_audited(
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..6),
    ) {
        let (problem, waterway, document) = &*SOUND;
        let mut document = document.clone();
        for (at, change) in &changes {
            // a change that the reader would refuse is taken back, so that the others still reach the auditor
            let before = document.clone();
            apply(&mut document, *at, change);
            if serde_json::from_value::<Plan>(document.clone()).is_err() {
                document = before;
            }
        }
        let plan: Plan = serde_json::from_value(document).unwrap();
        let report = audit(problem, waterway, &plan);
        prop_assert!(report.violations.iter().all(|found| RULES.iter().any(|(rule, _)| *rule == found.rule)));
    }
}

/// All numbers of a plan at their extremes, one after the other: what chance may miss.
#[test]
fn no_single_number_is_too_large_to_be_audited() {
    let (problem, waterway, document) = &*SOUND;
    for path in places(document, Value::is_number) {
        for extreme in [0, -1, 65_535, i64::from(u32::MAX), i64::MAX, i64::MIN] {
            let mut document = document.clone();
            *document.pointer_mut(&path).unwrap() = Value::from(extreme);
            if let Ok(plan) = serde_json::from_value::<Plan>(document) {
                audit(problem, waterway, &plan);
            }
        }
    }
}
