//! A-PROOF: gaps, values and bounds agree with one another and with what the plan earns.

use super::rules::Findings;
use crate::domain::{Plan, Proof, Report, Stage};

/// How far a stated gap may be from the recomputed one.
const GAP_TOLERANCE: f64 = 1e-6;
/// Half a hundredth of the currency unit.
const MONEY_TOLERANCE: f64 = 0.005;

/// Checks all proofs of the plan.
pub(super) fn check_proofs(plan: &Plan, report: &Report, findings: &mut Findings) {
    for (row, proof) in plan.proofs.iter().enumerate() {
        let place = format!("proof {row} ({:?})", proof.stage);
        if ![proof.value, proof.bound, proof.gap].iter().all(|number| number.is_finite()) {
            findings.add("A-PROOF", place, "value, bound and gap must be finite");
            continue;
        }
        let gap = gap_of(proof);
        // a difference that is not a number is no agreement
        if (proof.gap - gap).abs().partial_cmp(&GAP_TOLERANCE) != Some(std::cmp::Ordering::Less) {
            findings.add("A-PROOF", place.as_str(), format!("states a gap of {}; value and bound are {gap} apart", proof.gap));
        }
        if proof.stage == Stage::Plan {
            check_worth(plan, proof, report, &place, findings);
        }
    }
}

/// Distance of value and bound over the larger of them; halved first, so that the largest numbers do not overflow.
fn gap_of(proof: &Proof) -> f64 {
    let size = proof.bound.abs().max(proof.value.abs());
    if size == 0.0 { 0.0 } else { (proof.bound / 2.0 - proof.value / 2.0).abs() / (size / 2.0) }
}

fn check_worth(plan: &Plan, proof: &Proof, report: &Report, place: &str, findings: &mut Findings) {
    let weights = &plan.made_from.weights;
    let what = if weights.are_none() { "profit" } else { "worth" };
    let worth = weights.worth(report).units();
    if (proof.value - worth).abs() > MONEY_TOLERANCE {
        findings.add("A-PROOF", place, format!("states a {what} of {:.2}; the audited {what} is {worth:.2}", proof.value));
    }
    if proof.value > proof.bound + MONEY_TOLERANCE {
        findings.add("A-PROOF", place, format!("value {:.2} is above its bound {:.2}", proof.value, proof.bound));
    }
}
