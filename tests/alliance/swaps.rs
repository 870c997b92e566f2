//! Swaps of slots, against trying every combination of lots.

use proptest::prelude::*;
use waterbus::domain::*;
use waterbus::optimize::alliance::{CannotSwap, exchange};
use waterbus::optimize::control::Control;

const MEMBERS: [&str; 3] = ["A", "B", "C"];
const LEGS: u16 = 3;

fn lot(leg: u16, teu: i64) -> LegLot {
    LegLot { service: "S01".into(), sailing: 0, leg: CallPos(leg), volume_teu: Teu(teu) }
}

fn wish(member: &str, gives: &[(u16, i64)], takes: &[(u16, i64)], pays: i64, lots: u32) -> Wish {
    let lots_of = |parts: &[(u16, i64)]| parts.iter().map(|(leg, teu)| lot(*leg, *teu)).collect();
    Wish { member: member.into(), gives: lots_of(gives), takes: lots_of(takes), pays_at_most_cents: Cents(pays), lots }
}

/// A plan of one sailing of three legs on which each member holds so many slots.
fn plan(held: &[[i64; 3]]) -> Plan {
    let mut plan: Plan = serde_json::from_value(serde_json::json!({
        "format": 1,
        "made_from": { "instance": "swaps", "instance_hash": "", "seed": 1, "limit": { "work": 1 }, "program_version": "test" },
        "practice": "water_bus", "cycle_min": 10080, "terminals": [], "services": [], "sailings": [], "shipments": [],
        "slots": [], "left_behind": [], "proofs": []
    }))
    .unwrap_or_else(|error| panic!("{error}"));
    for (leg, held) in held.iter().enumerate() {
        let own = |(member, teu): (&&str, &i64)| Allotment {
            member: (*member).into(),
            volume_teu: Teu(*teu),
            mass_kg: Kg(0),
            reefer_plugs: Teu(0),
            dangerous_teu: Teu(0),
        };
        let all = Teu(held.iter().sum());
        plan.slots.push(LegSlots {
            service: "S01".into(),
            sailing: 0,
            leg: CallPos(leg as u16),
            capacity_teu: all,
            used_teu: Teu(0),
            free_teu: all,
            capacity_kg: Kg(0),
            used_kg: Kg(0),
            reefer_plugs: Teu(0),
            used_plugs: Teu(0),
            allotments: MEMBERS.iter().zip(held).map(own).collect(),
        });
    }
    plan
}

fn swaps(plan: &Plan, wishes: &[Wish]) -> Vec<Swap> {
    exchange(plan, wishes, &Control::silent(Limit::Work(1))).unwrap_or_else(|why| panic!("{why}"))
}

/// What a combination of lots does to a member's slots on a leg.
fn change(wishes: &[Wish], lots: &[u32], member: Option<&str>, leg: u16) -> i64 {
    let of = |lots_of: &[LegLot]| lots_of.iter().filter(|lot| lot.leg.0 == leg).map(|lot| lot.volume_teu.0).sum::<i64>();
    let own = wishes.iter().zip(lots).filter(|(wish, _)| member.is_none_or(|member| wish.member.0 == member));
    own.map(|(wish, lots)| (of(&wish.takes) - of(&wish.gives)) * i64::from(*lots)).sum()
}

fn is_possible(held: &[[i64; 3]], wishes: &[Wish], lots: &[u32]) -> bool {
    (0..LEGS).all(|leg| {
        let member = |(row, member): (usize, &&str)| held[leg as usize][row] + change(wishes, lots, Some(member), leg) >= 0;
        change(wishes, lots, None, leg) <= 0 && MEMBERS.iter().enumerate().all(member)
    })
}

fn worth(wishes: &[Wish], lots: &[u32]) -> (i64, u32) {
    let money = wishes.iter().zip(lots).map(|(wish, lots)| wish.pays_at_most_cents.0 * i64::from(*lots)).sum();
    (money, lots.iter().sum())
}

/// The best of all combinations.
fn best(held: &[[i64; 3]], wishes: &[Wish]) -> (i64, u32) {
    let mut best = (0, 0);
    let mut lots = vec![0; wishes.len()];
    loop {
        if is_possible(held, wishes, &lots) {
            best = best.max(worth(wishes, &lots));
        }
        let Some(place) = (0..lots.len()).find(|place| lots[*place] < wishes[*place].lots) else { return best };
        lots[..place].fill(0);
        lots[place] += 1;
    }
}

/// Three members each have what the next one needs: no two of them can help each other, all three can.
#[test]
fn a_swap_of_three_is_found_where_no_two_can_swap() {
    let plan = plan(&[[5, 0, 0], [0, 5, 0], [0, 0, 5]]);
    let wishes =
        [wish("A", &[(0, 2)], &[(1, 2)], 0, 2), wish("B", &[(1, 2)], &[(2, 2)], 0, 2), wish("C", &[(2, 2)], &[(0, 2)], 0, 2)];
    let found = swaps(&plan, &wishes);
    assert_eq!(
        found.iter().map(|swap| (swap.wish, swap.lots, swap.pays_cents.0)).collect::<Vec<_>>(),
        [(0, 2, 0), (1, 2, 0), (2, 2, 0)]
    );
    assert_eq!(swaps(&plan, &wishes[..2]), []);
}

/// An offer at 100 and a demand at 160 meet at a price between, and the cheaper demand stays.
#[test]
fn an_offer_goes_to_who_pays_most_and_both_gain() {
    let plan = plan(&[[1, 0, 0], [0; 3], [0; 3]]);
    let wishes = [wish("A", &[(0, 1)], &[], -100, 1), wish("B", &[], &[(0, 1)], 160, 1), wish("C", &[], &[(0, 1)], 130, 1)];
    let found = swaps(&plan, &wishes);
    assert_eq!(found.iter().map(|swap| (swap.wish, swap.pays_cents.0)).collect::<Vec<_>>(), [(0, -130), (1, 130)]);
}

/// Slots that nobody holds are not sold, whatever is paid.
#[test]
fn nobody_sells_what_it_does_not_hold() {
    let plan = plan(&[[1, 0, 0], [0; 3], [0; 3]]);
    assert_eq!(swaps(&plan, &[wish("A", &[(0, 2)], &[], -1, 1), wish("B", &[], &[(0, 2)], 500, 1)]), []);
}

/// What a plan does not have is said, not passed over.
#[test]
fn wishes_that_name_nothing_are_refused() {
    let plan = plan(&[[1, 0, 0], [0; 3], [0; 3]]);
    let refused = |wish: Wish| exchange(&plan, &[wish], &Control::silent(Limit::Work(1))).unwrap_err();
    assert!(matches!(refused(wish("X", &[], &[(0, 1)], 1, 1)), CannotSwap::UnknownMember { wish: 0, .. }));
    assert!(matches!(refused(wish("A", &[], &[(9, 1)], 1, 1)), CannotSwap::UnknownLeg { leg: 9, .. }));
    assert!(matches!(refused(wish("A", &[], &[(0, 0)], 1, 1)), CannotSwap::BadVolume { volume: 0, .. }));
    assert!(matches!(refused(wish("A", &[], &[(0, 1)], i64::MAX, 1)), CannotSwap::BadPrice { .. }));
}

prop_compose! {
    fn some_wishes()(rows in prop::collection::vec(
        (0..3_usize, prop::collection::vec((0..LEGS, 1..4_i64), 0..3), prop::collection::vec((0..LEGS, 1..4_i64), 0..3), -200..300_i64, 1..3_u32),
        1..6,
    )) -> Vec<Wish> {
        rows.into_iter().map(|(member, gives, takes, pays, lots)| wish(MEMBERS[member], &gives, &takes, pays, lots)).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// The swaps found are possible, worth as much as the best of all combinations, cost nobody more than it would pay, and add up to zero.
    #[test]
    fn swaps_are_worth_most_and_leave_nobody_worse_off(
        held in prop::collection::vec(prop::array::uniform3(0..5_i64), LEGS as usize),
        wishes in some_wishes(),
    ) {
        let found = swaps(&plan(&held), &wishes);
        let mut lots = vec![0; wishes.len()];
        found.iter().for_each(|swap| lots[swap.wish] = swap.lots);
        prop_assert!(is_possible(&held, &wishes, &lots), "{:?}", lots);
        prop_assert_eq!(worth(&wishes, &lots), best(&held, &wishes));
        prop_assert_eq!(found.iter().map(|swap| swap.pays_cents.0).sum::<i64>(), 0);
        for swap in &found {
            prop_assert!(swap.pays_cents.0 <= wishes[swap.wish].pays_at_most_cents.0 * i64::from(swap.lots), "{:?}", swap);
        }
    }
}
