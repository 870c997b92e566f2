//! A-SLOTS: the slot plan as members read it.

use super::allotments::check_allotments;
use super::book::{Book, Run};
use super::loads::Loads;
use super::rules::Findings;
use crate::domain::LegSlots;
use std::collections::{BTreeMap, BTreeSet};

/// Checks all slot rows.
pub(super) fn check_slots(book: &Book, loads: &Loads, findings: &mut Findings) {
    let runs: BTreeMap<&str, usize> =
        book.runs.iter().enumerate().map(|(row, run)| (run.service.service.0.as_str(), row)).collect();
    let mut seen = BTreeSet::new();
    for slots in &book.plan.slots {
        let (number, leg) = (slots.sailing, slots.leg.row());
        let known = runs.get(slots.service.0.as_str()).and_then(|row| book.runs.get(*row).map(|run| (*row, run)));
        let Some((row, run)) = known.filter(|(_, run)| run.sailings.contains_key(&number)) else {
            let place = format!("{} sailing {number} leg {leg}", slots.service);
            findings.add("A-CODE", place, "slots of a sailing that does not exist or cannot be read");
            continue;
        };
        let place = book.leg_place(run, number, leg);
        if leg >= run.calls.len() {
            findings.add("A-SLOTS", place, format!("the rotation has {} legs", run.calls.len()));
        } else if !seen.insert((row, number, leg)) {
            findings.add("A-SLOTS", place, "has more than one row of slots");
        } else {
            check_row(book, loads, (row, run), slots, &place, findings);
        }
    }
    check_missing(book, &seen, findings);
}

/// Every sailing and leg has a row.
fn check_missing(book: &Book, seen: &BTreeSet<(usize, u32, usize)>, findings: &mut Findings) {
    for (row, run) in book.runs.iter().enumerate() {
        for number in run.sailings.keys() {
            for leg in (0..run.calls.len()).filter(|leg| !seen.contains(&(row, *number, *leg))) {
                findings.add("A-SLOTS", book.leg_place(run, *number, leg), "has no row of slots");
            }
        }
    }
}

fn check_row(book: &Book, loads: &Loads, (row, run): (usize, &Run), slots: &LegSlots, place: &str, findings: &mut Findings) {
    let class = book.class(run);
    let leg = slots.leg.row();
    let load = loads.leg(row, slots.sailing, leg);
    let capacity = i128::from(class.teu.0);
    let expected = [
        ("capacity", slots.capacity_teu.0, capacity, "TEU"),
        ("use", slots.used_teu.0, load.teu, "TEU"),
        ("rest", slots.free_teu.0, capacity - load.teu, "TEU"),
        ("capacity by mass", slots.capacity_kg.0, run.kg_capacity(book.problem, leg), "kg"),
        ("cargo mass", slots.used_kg.0, load.kg, "kg"),
        ("reefer plugs", slots.reefer_plugs.0, i128::from(class.reefer_plugs.0), "TEU"),
        ("used plugs", slots.used_plugs.0, load.reefer, "TEU"),
    ];
    for (what, has, right, unit) in expected {
        if i128::from(has) != right {
            findings.add("A-SLOTS", place, format!("{what}: {has} {unit} in the row, {right} {unit} counted"));
        }
    }
    check_allotments(book, run, slots, place, findings);
}
