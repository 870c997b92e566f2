//! The toy's settlement, which its README derives by hand, and settlements of generated plans.

use super::kit::{generated, instance, planned, settled, settlement};
use waterbus::domain::*;
use waterbus::input::Size;
use waterbus::publish::member_settlement;

const RMB: i64 = 100;

/// Every number of the derivation: values, shares, costs, and what is paid.
#[test]
fn the_toy_is_settled_as_derived_by_hand() {
    let problem = instance("toy");
    let (plan, report) = planned(&problem, 200);
    assert_eq!(report.violations, []);
    let settlement = settlement(&plan);
    assert_eq!(settlement.values_cents, [0, -25, -1_275, 15_100].map(|rmb| Cents(rmb * RMB)));
    assert_eq!(settlement.division, Division::Shapley);
    assert_eq!(settlement.bound_cents, Cents(15_100 * RMB), "whole boxes cost nothing here");
    let of = |number: fn(&MemberAccount) -> Cents| settlement.members.iter().map(|own| number(own).0 / RMB).collect::<Vec<_>>();
    assert_eq!(of(|own| own.freight_cents - own.lifts_cents), [29_000, 16_800]);
    assert_eq!(of(|own| own.operated_cents), [23_400, 7_300]);
    assert_eq!(of(|own| own.borne_cents), [23_025, 7_675]);
    assert_eq!(of(|own| own.share_cents), [8_175, 6_925]);
    assert_eq!(of(|own| own.nucleolus_cents), [8_175, 6_925]);
    assert_eq!(of(|own| own.receives_cents), [2_575, -2_575]);
    assert_eq!(settlement.least_core_cents, Cents(-8_200 * RMB));
}

/// Each rule gives a settlement that the auditor passes.
#[test]
fn every_rule_passes_the_audit() {
    let problem = instance("toy");
    let (plan, _) = planned(&problem, 50);
    for rule in [SharingRule::Fair, SharingRule::Shapley, SharingRule::Nucleolus, SharingRule::Owen] {
        let (plan, report) = settled(&problem, &plan, rule);
        assert_eq!(report.violations, [], "{rule:?}");
        let received: Cents = settlement(&plan).members.iter().map(|own| own.receives_cents).sum();
        assert_eq!(received, Cents(0), "{rule:?}");
    }
}

/// Plans of generated networks are settled and pass, whoever may use what; what belongs to members is never more than a leg has.
#[test]
fn settlements_of_generated_plans_pass_the_audit() {
    for seed in 0..8 {
        let operators = 2 + seed as usize % 5;
        let size = Size { terminals: 6, hubs: 2, outside_hub: seed % 3 == 0, classes: 3, operators, demands: 40, mothers: 2 };
        let problem = generated(&size, seed);
        let (plan, report) = planned(&problem, 2);
        assert_eq!(report.violations, [], "seed {seed}");
        let (plan, report) = settled(&problem, &plan, SharingRule::Fair);
        assert_eq!(report.violations, [], "seed {seed}");
        for slots in &plan.slots {
            let sum = |of: fn(&Allotment) -> i64| slots.allotments.iter().map(of).sum::<i64>();
            assert_eq!(sum(|own| own.volume_teu.0), slots.capacity_teu.0);
            assert_eq!(sum(|own| own.mass_kg.0), slots.capacity_kg.0);
            assert_eq!(sum(|own| own.reefer_plugs.0), slots.reefer_plugs.0);
        }
    }
}

/// Cargo without a member is everybody's: an instance from before the column is planned, settled and passes.
#[test]
fn cargo_of_the_whole_alliance_is_settled_by_committed_share() {
    let mut problem = instance("toy");
    problem.demands.iter_mut().for_each(|demand| demand.member = None);
    let (plan, report) = planned(&problem, 50);
    assert_eq!(report.violations, []);
    let settlement = settlement(&plan);
    // slots and cargo in the same proportion: nobody gains from the other
    let shares: Vec<Cents> = settlement.members.iter().map(|own| own.share_cents).collect();
    assert_eq!(shares, [Cents(11_325 * RMB), Cents(3_775 * RMB)]);
}

/// A member reads its own account and the proof, and nothing that names another one's cargo or money.
#[test]
fn a_member_sees_no_rivals_customers() {
    let problem = instance("toy");
    let (plan, _) = planned(&problem, 50);
    let seen = member_settlement(&plan, &"PORT".into()).unwrap_or_else(|| panic!("PORT is a member"));
    assert!(seen.checks.iter().all(|check| check.holds), "{:?}", seen.checks);
    assert!(seen.demands.iter().all(|demand| demand.member.as_ref() == Some(&"PORT".into())));
    let text = serde_json::to_string(&seen).unwrap_or_default();
    for secret in ["EX3", "EX2", "EX1", "DO13", "2900000"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(member_settlement(&plan, &"NOBODY".into()).is_none());
}
