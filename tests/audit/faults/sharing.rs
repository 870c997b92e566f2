//! Allotments, prices, shares and accounts that are not as they should be.

use super::*;

pub const FAULTS: &[Fault] = &[
    ("slots are allotted to a stranger", "A-ALLOT", |_, plan| plan.slots[0].allotments[0].member = "OPX".into()),
    ("a member is named twice", "A-ALLOT", |_, plan| plan.slots[0].allotments[1].member = "OPA".into()),
    ("allotments exceed the slots", "A-ALLOT", |_, plan| plan.slots[0].allotments[0].volume_teu = Teu(56)),
    ("allotments exceed the mass that floats", "A-ALLOT", |_, plan| plan.slots[0].allotments[0].mass_kg += Kg(1_000)),
    ("allotments exceed the plugs", "A-ALLOT", |_, plan| plan.slots[0].allotments[0].reefer_plugs += Teu(1)),
    ("allotments exceed the slots for dangerous goods", "A-ALLOT", |_, plan| plan.slots[0].allotments[0].dangerous_teu += Teu(1)),
    ("a member has less than nothing", "A-ALLOT", |_, plan| {
        plan.slots[0].allotments[0].reefer_plugs = Teu(10);
        plan.slots[0].allotments[2].reefer_plugs = Teu(-3);
    }),
    ("a member has all the plugs", "A-ALLOT", |_, plan| {
        let own = [Teu(10), Teu(0), Teu(0)];
        plan.slots[0].allotments.iter_mut().zip(own).for_each(|(allotment, plugs)| allotment.reefer_plugs = plugs);
    }),
    ("a member has a slot less than its share", "A-ALLOT", |_, plan| {
        plan.slots[0].allotments[0].volume_teu = Teu(54);
        plan.slots[0].allotments[1].volume_teu = Teu(31);
    }),
    ("nobody is allotted anything", "A-ALLOT", |_, plan| plan.slots[0].allotments.clear()),
    ("domestic cargo's owner has slots of a foreign service", "A-ALLOT", |_, plan| {
        let row = plan.slots.iter_mut().find(|row| row.service.0 == "S3").unwrap();
        row.allotments[0].volume_teu -= Teu(9);
        let allotment = Allotment { member: "POR".into(), volume_teu: Teu(9), ..row.allotments[1].clone() };
        row.allotments.push(allotment);
    }),
    ("domestic cargo's owner has slots to Hong Kong", "A-ALLOT", |problem, _| {
        demand(problem, "DO-MID-HUB").trade = Trade::CrossBorderDomestic;
        demand(problem, "DO-MID-HUB").member = None;
    }),
    ("a leg has no prices", "A-PRICE", |_, plan| {
        settled(plan).legs.remove(2);
    }),
    ("a leg has two prices", "A-PRICE", |_, plan| {
        let leg = settled(plan).legs[2].clone();
        settled(plan).legs.push(leg);
    }),
    ("a slot costs less than nothing", "A-PRICE", |_, plan| settled(plan).legs[0].price_per_teu = -1.0),
    ("cargo earns more than it is priced at", "A-PRICE", |_, plan| {
        settled(plan).demands.clear();
    }),
    ("cargo is priced twice", "A-PRICE", |_, plan| {
        let demand = settled(plan).demands[0].clone();
        settled(plan).demands.push(demand);
    }),
    ("cargo is priced that is not there", "A-PRICE", |_, plan| settled(plan).demands[0].demand = "EX-NOBODY".into()),
    ("cargo changes hands", "A-PRICE", |_, plan| settled(plan).demands[0].member = Some("POR".into())),
    ("a bound is stated that the prices do not give", "A-PRICE", |_, plan| settled(plan).bound_cents += Cents(100)),
    ("the profit is above the bound", "A-PRICE", |_, plan| settled(plan).bound_cents = Cents(0)),
    ("a crane has time for more lifts than the stay", "A-PRICE", |_, plan| {
        let call = CallPrice { service: "S1".into(), sailing: 0, call: CallPos(0), lifts_teu: Teu(900), price_per_lift: 0.0 };
        settled(plan).calls.push(call);
    }),
    ("a set has no value", "A-GAME", |_, plan| {
        settled(plan).values_cents.pop();
    }),
    ("all members earn something else than the profit", "A-GAME", |_, plan| settled(plan).values_cents[7] += Cents(1)),
    ("a set claims more than its slots and cargo are worth", "A-GAME", |_, plan| {
        settled(plan).values_cents[3] += Cents(1_000_000)
    }),
    ("a set is said to earn less than its members apart", "A-GAME", |_, plan| settled(plan).values_cents[3] = Cents(-10_000_000)),
    ("shares do not add up to the profit", "A-GAME", |_, plan| settled(plan).members[0].share_cents += Cents(1)),
    ("a Shapley value is wrong", "A-GAME", |_, plan| move_cents(plan, 500, |own| &mut own.shapley_cents)),
    ("an Owen point is wrong", "A-GAME", |_, plan| move_cents(plan, 5_000, |own| &mut own.owen_cents)),
    ("a nucleolus is wrong", "A-GAME", |_, plan| move_cents(plan, 500, |own| &mut own.nucleolus_cents)),
    ("shares are not those of their division", "A-GAME", |_, plan| move_cents(plan, 500, |own| &mut own.share_cents)),
    ("nothing holds the shares where they are", "A-GAME", |_, plan| settled(plan).pushes.clear()),
    ("a member gets less than it earns alone", "A-GAME", |_, plan| {
        settled(plan).rule = SharingRule::Nucleolus;
        settled(plan).division = Division::Nucleolus;
        move_cents(plan, 10_000_000, |own| &mut own.share_cents);
        move_cents(plan, 10_000_000, |own| &mut own.nucleolus_cents);
    }),
    ("another division than the rule's", "A-GAME", |_, plan| settled(plan).division = Division::Owen),
    ("a least core is overstated", "A-GAME", |_, plan| settled(plan).least_core_cents = Cents(10_000_000)),
    ("a level states another excess", "A-GAME", |_, plan| settled(plan).certificate[0].excess_cents += 1_000.0),
    ("a level does not hold its sets", "A-GAME", |_, plan| settled(plan).certificate[0].weights[0].weight += 0.1),
    ("a level weighs a set at nothing", "A-GAME", |_, plan| settled(plan).certificate[0].weights[0].weight = 0.0),
    ("the settlement divides another profit", "A-SETTLE", |_, plan| settled(plan).profit_cents += Cents(1)),
    ("a member is left out of the settlement", "A-SETTLE", |_, plan| {
        settled(plan).members.pop();
    }),
    ("allotments return at another time", "A-SETTLE", |_, plan| settled(plan).returns_before_min = Minutes(60)),
    ("a leg's allotments return at another time", "A-SETTLE", |_, plan| settled(plan).legs[1].returns_at_min += Minutes(15)),
    ("freight is credited to another member", "A-SETTLE", |_, plan| move_cents(plan, 500, |own| &mut own.freight_cents)),
    ("lifts are charged to another member", "A-SETTLE", |_, plan| move_cents(plan, 500, |own| &mut own.lifts_cents)),
    ("a service is credited to another operator", "A-SETTLE", |_, plan| move_cents(plan, 500, |own| &mut own.operated_cents)),
    ("costs are borne by another member", "A-SETTLE", |_, plan| move_cents(plan, 500, |own| &mut own.borne_cents)),
    ("slots held are miscounted", "A-SETTLE", |_, plan| settled(plan).members[0].held_slot_legs += Teu(1)),
    ("slots used are miscounted", "A-SETTLE", |_, plan| settled(plan).members[0].used_slot_legs += Teu(1)),
    ("cargo carried is miscounted", "A-SETTLE", |_, plan| settled(plan).members[0].carried_teu -= Teu(1)),
    ("a member receives more than is paid", "A-SETTLE", |_, plan| settled(plan).members[0].receives_cents += Cents(1)),
    ("the balance does not close the account", "A-SETTLE", |_, plan| settled(plan).members[0].balance_cents += Cents(1)),
    ("slots are paid for beyond the legs", "A-SETTLE", |_, plan| settled(plan).members[0].slots_cents += Cents(1)),
    ("a leg makes money", "A-SETTLE", |_, plan| settled(plan).legs[0].accounts[0].receives_cents += Cents(1)),
    ("a leg hides the use of slots", "A-SETTLE", |_, plan| settled(plan).legs[0].accounts[0].used_teu -= Teu(1)),
    ("a leg pays what the prices do not ask", "A-SETTLE", |_, plan| {
        let accounts = &mut settled(plan).legs[0].accounts;
        accounts[0].receives_cents += Cents(100);
        accounts[1].receives_cents -= Cents(100);
    }),
];

fn settled(plan: &mut Plan) -> &mut Settlement {
    plan.settlement.as_mut().unwrap()
}

/// Moves money from the second member to the first in one column, so that the column still adds up.
fn move_cents(plan: &mut Plan, cents: i64, of: fn(&mut MemberAccount) -> &mut Cents) {
    let members = &mut settled(plan).members;
    *of(&mut members[0]) += Cents(cents);
    *of(&mut members[1]) -= Cents(cents);
}

/// 30 slots of which 55, 30 and 15 in a hundred are 16.5, 9 and 4.5: either half may be rounded up.
#[test]
fn half_a_slot_may_go_either_way() {
    let problem = problem();
    let mut plan = plan(&problem);
    // the settlement counts slots, so it goes with them
    plan.settlement = None;
    for row in plan.slots.iter_mut().filter(|row| row.service.0 == "S4") {
        let (slots, mass) = ([16, 9, 5], [320_000, 180_000, 100_000]);
        for (own, (slots, mass)) in row.allotments.iter_mut().zip(slots.into_iter().zip(mass)) {
            own.volume_teu = Teu(slots);
            own.mass_kg = Kg(mass);
        }
    }
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}

/// Plans of earlier versions state slots alone and have no settlement: they are as sound as they were.
#[test]
fn a_plan_with_slots_alone_is_sound() {
    let problem = problem();
    let mut plan = plan(&problem);
    plan.settlement = None;
    for own in plan.slots.iter_mut().flat_map(|row| &mut row.allotments) {
        (own.mass_kg, own.reefer_plugs, own.dangerous_teu) = (Kg(0), Teu(0), Teu(0));
    }
    assert_eq!(audited(&problem, &plan).violations, Vec::new());
}
