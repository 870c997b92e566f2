//! Generated alliances: members with slots on shared legs and cargo of their own, and games drawn at random.

use num_rational::BigRational;
use proptest::prelude::*;
use waterbus::domain::*;
use waterbus::optimize::alliance::{Chosen, Divisions, Game, Number, certify, nucleolus};
use waterbus::optimize::flow::lp::{CommodityIdx, FlowLp, NoPricing, RowIdx, Way};

/// Slots of each member on each leg, and cargo: bringer, volume, first and last leg, what a TEU earns.
#[derive(Clone, Debug)]
struct Alliance {
    slots: Vec<Vec<i64>>,
    cargo: Vec<(usize, i64, usize, usize, i64)>,
    costs: Vec<i64>,
}

impl Alliance {
    fn members(&self) -> usize {
        self.costs.len()
    }

    /// What a set earns, solved from nothing.
    fn earns(&self, set: usize) -> f64 {
        let mut lp = FlowLp::new();
        for leg in &self.slots {
            lp.add_row(members_of(set).map(|member| leg[member] as f64).sum());
        }
        for (row, (member, volume, first, last, value)) in self.cargo.iter().enumerate() {
            lp.add_commodity(if set >> member & 1 == 1 { *volume as f64 } else { 0.0 });
            let uses = (*first..=*last).map(|leg| (RowIdx::nth(leg as u32), 1.0)).collect();
            lp.add_way(&Way { commodity: CommodityIdx::nth(row as u32), value: *value as f64, uses });
        }
        assert!(lp.solve(&mut NoPricing, 100_000, f64::NEG_INFINITY));
        lp.value()
    }

    fn values(&self) -> Vec<Cents> {
        let cost = |set: usize| -> i64 { members_of(set).map(|member| self.costs[member]).sum() };
        let value = |set: usize| Cents((self.earns(set) * 100.0 + 1e-4).floor() as i64 - cost(set));
        (0..1 << self.members()).map(|set| if set == 0 { Cents(0) } else { value(set) }).collect()
    }
}

prop_compose! {
    fn alliances()(members in 1..6_usize, legs in 1..6_usize)(
        slots in prop::collection::vec(prop::collection::vec(0..40_i64, members), legs),
        cargo in prop::collection::vec((0..members, 1..60_i64, 0..legs, 0..legs, 1..500_i64), 1..12),
        costs in prop::collection::vec(0..300_000_i64, members),
    ) -> Alliance {
        let cargo = cargo.into_iter().map(|(who, teu, a, b, value)| (who, teu, a.min(b), a.max(b), value)).collect();
        Alliance { slots, cargo, costs }
    }
}

fn whole(shares: &[f64], total: Cents) -> Vec<Cents> {
    waterbus::optimize::alliance::in_cents(total, shares)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// What the settlement promises, on five hundred alliances: all of the profit is divided, nobody gets less than alone, and where any division
    /// pleases all sets, the chosen one does.
    #[test]
    fn shares_add_up_please_each_and_stay_in_the_core(alliance in alliances()) {
        let values = alliance.values();
        let total = values[values.len() - 1];
        let divisions = Divisions::new(&values, vec![0.0; alliance.members()]);
        let Chosen { division, shares, .. } = divisions.choose(&values, SharingRule::Fair);
        let cents = whole(&shares, total);
        prop_assert_eq!(cents.iter().copied().sum::<Cents>(), total);
        for (member, share) in cents.iter().enumerate() {
            prop_assert!(*share >= values[1 << member] - Cents(1), "member {} of {:?}", member, cents);
        }
        // slots and cargo add up, so no set can block: rounding of values down to hundredths is all there is
        prop_assert!(divisions.least_core <= 1e-6 || alliance.members() == 1, "{}", divisions.least_core);
        prop_assert!(division != Division::Nucleolus || alliance.members() == 1);
        let game = Game::new(values.iter().map(|value| value.0 as f64).collect());
        prop_assert!(game.worst(&shares).is_none_or(|worst| worst <= 1e-3), "{:?}: {:?}", division, game.worst(&shares));
    }
}

proptest! {
    // in fractions, which take their time
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    /// The same members in another order get the same, by every rule.
    #[test]
    fn renaming_members_changes_nothing(alliance in alliances(), turn in 0..6_usize) {
        let values = alliance.values();
        let members = alliance.members();
        let place = |member: usize| (member + turn) % members;
        let mut renamed = vec![Cents(0); values.len()];
        for (set, value) in values.iter().enumerate() {
            renamed[members_of(set).map(|member| 1_usize << place(member)).sum::<usize>()] = *value;
        }
        let (own, other) = (Divisions::new(&values, vec![0.0; members]), Divisions::new(&renamed, vec![0.0; members]));
        for rule in [SharingRule::Fair, SharingRule::Shapley, SharingRule::Nucleolus] {
            let (shares, theirs) = (own.choose(&values, rule).shares, other.choose(&renamed, rule).shares);
            for (member, share) in shares.iter().enumerate() {
                prop_assert!((share - theirs[place(member)]).abs() <= 1e-4, "{:?}: {:?} and {:?}", rule, shares, theirs);
            }
        }
    }

    /// Fractions and machine numbers come to the same nucleolus on games without any structure, and Kohlberg's criterion holds in fractions.
    #[test]
    fn any_game_of_up_to_six_is_certified_in_fractions(members in 1..=6_usize, drawn in prop::collection::vec(-50..200_i64, 64)) {
        let exact = Game::of(members, |set| BigRational::of(drawn[set]));
        let machine = Game::of(members, |set| drawn[set] as f64);
        let shares = nucleolus(&exact);
        prop_assert!(certify(&exact, &shares, 100).is_some() || members == 1);
        let (scaled, size) = machine.scaled();
        for (exact, machine) in shares.iter().zip(nucleolus(&scaled)) {
            prop_assert!((exact.to_machine() - machine * size).abs() <= 1e-7);
        }
    }
}
