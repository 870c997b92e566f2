//! Where a rule ends: cases that an auditor off by one, by a lock's offset or by a call would judge otherwise.

use super::fixture::{audited, plan, problem};
use waterbus::domain::*;

/// Rules broken after a change of problem and plan.
fn rules_broken(change: fn(&mut Problem, &mut Plan)) -> Vec<String> {
    let mut problem = problem();
    let mut plan = plan(&problem);
    // what follows from slots, cargo and money would be broken with them
    plan.settlement = None;
    for own in plan.slots.iter_mut().flat_map(|row| &mut row.allotments) {
        (own.mass_kg, own.reefer_plugs, own.dangerous_teu) = (Kg(0), Teu(0), Teu(0));
    }
    change(&mut problem, &mut plan);
    audited(&problem, &plan).violations.into_iter().map(|violation| violation.rule).collect()
}

/// A lock on the middle river that takes no time itself, only room for so many vessels an hour.
fn hold_the_middle_river(problem: &mut Problem, vessels_per_hour: f64) {
    let link = problem.links.iter_mut().find(|link| link.code == "L2").unwrap();
    link.lock = Some(Lock { name: "Weir".into(), transit: Minutes(0), wait: Minutes(0), vessels_per_hour });
}

/// Going up from the hub the lock lies 120 minutes ahead, coming from MID it lies at the start. S3 leaves the hub at 5160 and MID at 5490,
/// so it enters at 5280 and at 5490: 210 minutes apart, and not 330. 0.28 an hour hold the lock for 215 minutes, 0.2858 for 210.
#[test]
fn a_lock_is_held_from_when_the_vessel_reaches_it() {
    assert_eq!(rules_broken(|problem, _| hold_the_middle_river(problem, 0.28)), ["A-LOCK"]);
    assert_eq!(rules_broken(|problem, _| hold_the_middle_river(problem, 0.2858)), [""; 0]);
}

/// R6 is about imports that stay on board: at Hong Kong, S2 loads imports and exports at one call, and none is on board already.
#[test]
fn imports_loaded_at_the_same_call_do_not_stay_on_board() {
    let broken = rules_broken(|problem, plan| {
        problem.demands.iter_mut().filter(|demand| demand.code.0 == "TR-HKG-MID").for_each(|demand| demand.trade = Trade::Export);
        plan.shipments.iter_mut().filter(|row| row.demand.0 == "TR-HKG-MID").for_each(|row| row.trade = Trade::Export);
    });
    assert_eq!(broken, [""; 0]);
}

/// Five TEU of dangerous goods ride one leg of S1.
#[test]
fn a_vessel_may_be_full() {
    assert_eq!(rules_broken(|problem, _| problem.classes[0].dangerous = Teu(5)), [""; 0]);
    assert_eq!(rules_broken(|problem, _| problem.classes[0].dangerous = Teu(4)), ["A-DANGEROUS"]);
}

/// 30 and 15 of 100 slots are due exactly: 29 and 16 are a whole slot off, which is not less than one.
#[test]
fn a_whole_slot_off_the_committed_share_is_too_much() {
    let broken = rules_broken(|_, plan| {
        plan.slots[0].allotments[1].volume_teu = Teu(29);
        plan.slots[0].allotments[2].volume_teu = Teu(16);
    });
    assert_eq!(broken, ["A-ALLOT", "A-ALLOT"]);
}

/// With Hong Kong a hub, 20 TEU go from hub to hub; to the hubs go 38 + 30, from them 40 + 3.
#[test]
fn cargo_between_hubs_goes_neither_way() {
    let mut problem = problem();
    let plan = plan(&problem);
    problem.terminals.iter_mut().filter(|terminal| terminal.code.0 == "HKG").for_each(|terminal| terminal.role = Role::Hub);
    assert_eq!(audited(&problem, &plan).indicators.two_way_balance, 43.0 / 68.0);
}
