//! A plan indexed for reading. Nothing here trusts the plan: what is missing is shown as missing, so that a broken plan can be looked at.

use super::figures::{self, UNKNOWN};
use crate::domain::*;
use std::collections::BTreeMap;

/// A plan with its sailings, slots and names at hand.
pub struct View<'a> {
    pub plan: &'a Plan,
    names: BTreeMap<&'a TerminalCode, &'a TerminalName>,
    slots: BTreeMap<(&'a ServiceCode, u32, usize), &'a LegSlots>,
}

impl<'a> View<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            names: plan.terminals.iter().map(|t| (&t.terminal, t)).collect(),
            slots: plan.slots.iter().map(|s| ((&s.service, s.sailing, s.leg.row()), s)).collect(),
        }
    }

    /// The English name of a terminal, or its code when the plan does not name it.
    pub fn name(&self, terminal: &'a TerminalCode) -> &'a str {
        self.names.get(terminal).map_or(terminal.0.as_str(), |t| t.name.as_str())
    }

    /// The Chinese name of a terminal, empty when the plan does not give it.
    pub fn name_zh(&self, terminal: &TerminalCode) -> &'a str {
        self.names.get(terminal).map_or("", |t| t.name_zh.as_str())
    }

    /// The sailings of a service in the order of their numbers.
    pub fn sailings(&self, service: &Service) -> Vec<&'a Sailing> {
        let mut sailings: Vec<_> = self.plan.sailings.iter().filter(|s| s.service == service.service).collect();
        sailings.sort_by_key(|s| s.number);
        sailings
    }

    pub fn slots(&self, service: &'a ServiceCode, sailing: u32, leg: usize) -> Option<&'a LegSlots> {
        self.slots.get(&(service, sailing, leg)).copied()
    }

    /// The call after a position, the first one after the last: the rotation is a ring.
    pub fn next_call(&self, service: &'a Service, call: usize) -> Option<&'a TerminalCode> {
        service.calls.get((call + 1) % service.calls.len().max(1))
    }

    /// The call before a position, the last one before the first.
    pub fn previous_call(&self, service: &'a Service, call: usize) -> Option<&'a TerminalCode> {
        service.calls.get(call.checked_sub(1).unwrap_or(service.calls.len().saturating_sub(1)))
    }

    /// Slots used and left of a leg: `34 / 30`.
    pub fn used_and_free(&self, service: &'a ServiceCode, sailing: u32, leg: usize) -> String {
        match self.slots(service, sailing, leg) {
            Some(slots) => format!("{} / {}", slots.used_teu.0, slots.free_teu.0),
            None => UNKNOWN.to_owned(),
        }
    }

    /// Vessels, class, operator, sailings and trade of a service in a sentence.
    pub fn terms(&self, service: &Service) -> String {
        let directions =
            if service.mixed_direction { "imports and exports on board together" } else { "imports off before exports load" };
        let registered = if service.registered { ", registered for Hong Kong and Macau" } else { "" };
        format!(
            "Operator {}; {} of class {}{registered}; {} {}; {} trade, {directions}; round trip {} h.",
            service.operator,
            figures::counted(service.vessels, "vessel"),
            service.class,
            figures::counted(service.sailings_per_cycle, "sailing"),
            figures::per_cycle(self.plan.cycle_min),
            figures::regime(service.regime),
            figures::duration(self.round_trip(service)),
        )
    }

    /// Time until a vessel starts its next voyage: vessels times cycle over sailings.
    fn round_trip(&self, service: &Service) -> Minutes {
        Minutes(self.plan.cycle_min.0 * i64::from(service.vessels) / i64::from(service.sailings_per_cycle.max(1)))
    }

    /// The members' slots, one line for all legs that are shared alike: (which legs, shares).
    pub fn allotments(&self, service: &Service) -> Vec<(String, String)> {
        let mut groups: Vec<(String, Vec<&LegSlots>)> = Vec::new();
        let rows: Vec<_> = self.plan.slots.iter().filter(|s| s.service == service.service).collect();
        for row in &rows {
            let shares: Vec<_> = row.allotments.iter().map(|a| format!("{} {}", a.member, a.volume_teu.0)).collect();
            let shares = shares.join(", ");
            match groups.iter_mut().find(|(known, _)| *known == shares) {
                Some((_, group)) => group.push(row),
                None => groups.push((shares, vec![row])),
            }
        }
        groups.into_iter().map(|(shares, group)| (legs_in_words(&group, rows.len()), shares)).collect()
    }

    /// What the auditor found, in a few words.
    pub fn verdict(report: &Report) -> String {
        match report.violations.len() {
            0 => "no violation".to_owned(),
            1 => "1 violation: not to be published".to_owned(),
            number => format!("{number} violations: not to be published"),
        }
    }

    /// The statement about the whole plan's profit, when there is one.
    pub fn plan_proof(&self) -> Option<&'a Proof> {
        self.plan.proofs.iter().find(|proof| proof.stage == Stage::Plan)
    }

    /// Cargo left behind by reason, the most first.
    pub fn left_by_reason(&self) -> Vec<(Reason, Teu)> {
        let mut sums: BTreeMap<Reason, Teu> = BTreeMap::new();
        for left in &self.plan.left_behind {
            *sums.entry(left.reason).or_default() += left.volume_teu;
        }
        let mut sums: Vec<_> = sums.into_iter().filter(|(_, teu)| teu.0 != 0).collect();
        sums.sort_by_key(|(reason, teu)| (-*teu, *reason));
        sums
    }
}

/// Names a group of legs: all of them, or by sailing.
fn legs_in_words(group: &[&LegSlots], all: usize) -> String {
    if group.len() == all {
        return "every leg".to_owned();
    }
    let mut by_sailing: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for row in group {
        by_sailing.entry(row.sailing).or_default().push(row.leg.0.to_string());
    }
    let parts: Vec<_> = by_sailing.iter().map(|(sailing, legs)| format!("sailing {sailing} leg {}", legs.join(" "))).collect();
    parts.join(", ")
}
