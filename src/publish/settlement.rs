//! The settlement as one member may see it: its own account, cargo and slots, what every set of members that it belongs to would earn alone, and
//! the prices that prove it. No rival's freight, cargo or customers.

use super::figures;
use crate::domain::*;
use schemars::JsonSchema;
use serde::Serialize;

/// A settlement seen by a planner of the alliance, with what each member may check of its share.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AllianceSettlement {
    #[serde(flatten)]
    pub settlement: Settlement,
    /// Properties of the division, by member.
    pub checks: Vec<Vec<Check>>,
}

impl From<Settlement> for AllianceSettlement {
    fn from(settlement: Settlement) -> Self {
        let checks = (0..settlement.members.len()).map(|member| checks_of(&settlement, member)).collect();
        Self { settlement, checks }
    }
}

/// A settlement seen by one member.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MemberSettlement {
    pub rule: SharingRule,
    pub division: Division,
    pub profit_cents: Cents,
    pub bound_cents: Cents,
    /// Vessels, energy and calls of all services.
    pub costs_cents: Cents,
    pub least_core_cents: Cents,
    pub returns_before_min: Minutes,
    pub account: MemberAccount,
    /// What each member gets.
    pub shares: Vec<MemberShare>,
    /// Every set that the member belongs to, the worst off first.
    pub sets: Vec<SetProof>,
    pub checks: Vec<Check>,
    pub legs: Vec<OwnLeg>,
    pub calls: Vec<CallPrice>,
    /// The member's own cargo and the whole alliance's.
    pub demands: Vec<DemandPrice>,
}

/// A share without the account behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberShare {
    pub member: OperatorCode,
    pub share_cents: Cents,
}

/// What a set of members would earn alone, and what it gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SetProof {
    pub members: Vec<OperatorCode>,
    pub value_cents: Cents,
    /// What the others of the set would earn without the member: the rest is the member's contribution.
    pub without_cents: Cents,
    pub share_cents: Cents,
    /// Value less share: above zero the set would do better alone.
    pub excess_cents: Cents,
}

/// A property of the division, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    pub name: String,
    pub holds: bool,
    pub says: String,
}

/// A leg with what belongs to the member there and what its cargo takes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OwnLeg {
    pub service: ServiceCode,
    pub sailing: u32,
    pub leg: CallPos,
    pub returns_at_min: Minutes,
    pub price_per_teu: f64,
    pub price_per_tonne: f64,
    pub price_per_plug: f64,
    pub price_per_dangerous_teu: f64,
    pub held_teu: Teu,
    pub held_kg: Kg,
    pub held_plugs: Teu,
    pub held_dangerous_teu: Teu,
    pub used_teu: Teu,
    pub receives_cents: Cents,
}

/// What a member may see of a plan's settlement; `None` when there is none, or the member is not one of it.
pub fn member_settlement(plan: &Plan, member: &OperatorCode) -> Option<MemberSettlement> {
    let settlement = plan.settlement.as_ref()?;
    let row = settlement.find_member(member)?;
    let legs = own_legs(plan, settlement, member);
    let mine = |demand: &&DemandPrice| demand.member.as_ref().is_none_or(|owner| owner == member);
    Some(MemberSettlement {
        rule: settlement.rule,
        division: settlement.division,
        profit_cents: settlement.profit_cents,
        bound_cents: settlement.bound_cents,
        costs_cents: settlement.members.iter().map(|account| account.borne_cents).sum(),
        least_core_cents: settlement.least_core_cents,
        returns_before_min: settlement.returns_before_min,
        account: settlement.members[row].clone(),
        shares: settlement.members.iter().map(share).collect(),
        sets: sets_of(settlement, row),
        checks: checks_of(settlement, row),
        legs,
        calls: settlement.calls.clone(),
        demands: settlement.demands.iter().filter(mine).cloned().collect(),
    })
}

fn share(account: &MemberAccount) -> MemberShare {
    MemberShare { member: account.member.clone(), share_cents: account.share_cents }
}

fn own_legs(plan: &Plan, settlement: &Settlement, member: &OperatorCode) -> Vec<OwnLeg> {
    let key = |service: &ServiceCode, sailing: u32, leg: CallPos| (service.clone(), sailing, leg);
    let held: std::collections::BTreeMap<_, &Allotment> = plan
        .slots
        .iter()
        .filter_map(|slots| {
            let own = slots.allotments.iter().find(|own| own.member == *member)?;
            Some((key(&slots.service, slots.sailing, slots.leg), own))
        })
        .collect();
    let leg = |row: &LegAccount| {
        let held = held.get(&key(&row.service, row.sailing, row.leg));
        let own = row.accounts.iter().find(|account| account.member == *member);
        OwnLeg {
            service: row.service.clone(),
            sailing: row.sailing,
            leg: row.leg,
            returns_at_min: row.returns_at_min,
            price_per_teu: row.price_per_teu,
            price_per_tonne: row.price_per_tonne,
            price_per_plug: row.price_per_plug,
            price_per_dangerous_teu: row.price_per_dangerous_teu,
            held_teu: held.map_or(Teu(0), |own| own.volume_teu),
            held_kg: held.map_or(Kg(0), |own| own.mass_kg),
            held_plugs: held.map_or(Teu(0), |own| own.reefer_plugs),
            held_dangerous_teu: held.map_or(Teu(0), |own| own.dangerous_teu),
            used_teu: own.map_or(Teu(0), |own| own.used_teu),
            receives_cents: own.map_or(Cents(0), |own| own.receives_cents),
        }
    };
    settlement.legs.iter().map(leg).collect()
}

/// The codes of a set's members.
pub fn names(settlement: &Settlement, set: usize) -> Vec<OperatorCode> {
    members_of(set).filter_map(|member| settlement.members.get(member)).map(|account| account.member.clone()).collect()
}

fn sets_of(settlement: &Settlement, member: usize) -> Vec<SetProof> {
    let own = (1..settlement.values_cents.len()).filter(|set| set >> member & 1 == 1);
    let proof = |set: usize| SetProof {
        members: names(settlement, set),
        value_cents: settlement.values_cents[set],
        without_cents: settlement.values_cents[set & !(1 << member)],
        share_cents: settlement.share_of(set),
        excess_cents: settlement.excess(set),
    };
    let mut sets: Vec<SetProof> = own.map(proof).collect();
    sets.sort_by_key(|set| (-set.excess_cents.0, set.members.len()));
    sets
}

/// What one member gains by another one, whatever set they meet, is the same.
fn are_alike(settlement: &Settlement, [a, b]: [usize; 2]) -> bool {
    let values = &settlement.values_cents;
    let neither = (0..values.len()).filter(|set| set >> a & 1 == 0 && set >> b & 1 == 0);
    neither.into_iter().all(|set| values[set | 1 << a] == values[set | 1 << b])
}

/// Hundredths by which rounding may part shares that are equal.
const ROUNDING: i64 = 1;

fn checks_of(settlement: &Settlement, member: usize) -> Vec<Check> {
    let check = |name: &str, holds: bool, says: String| Check { name: name.to_owned(), holds, says };
    let account = &settlement.members[member];
    let (total, profit) = (settlement.share_of(settlement.everybody()), settlement.profit_cents);
    let alone = settlement.alone(member);
    let received: Cents = settlement.members.iter().map(|account| account.receives_cents).sum();
    let mut checks = vec![
        check(
            "efficiency",
            total == profit,
            format!("all shares add up to {}, the audited profit is {}", exact(total), exact(profit)),
        ),
        check("zero sum", received == Cents(0), format!("what members receive and pay adds up to {}", exact(received))),
        check(
            "individual rationality",
            account.share_cents >= alone,
            format!("the share is {}; alone it would be {}", exact(account.share_cents), exact(alone)),
        ),
    ];
    let own_sets = (1..settlement.everybody()).filter(|set| set >> member & 1 == 1);
    if let Some(worst) = own_sets.max_by_key(|set| (settlement.excess(*set), usize::MAX - set)) {
        let (excess, who) = (settlement.excess(worst), in_words(&names(settlement, worst)));
        let slack = Cents(settlement.members.len() as i64);
        checks.push(check(
            "core",
            excess <= slack,
            format!("the worst off of its sets, {who}, would earn {} more alone", exact(excess)),
        ));
    }
    let alike: Vec<usize> =
        (0..settlement.members.len()).filter(|other| *other != member && are_alike(settlement, [member, *other])).collect();
    let equal = |other: &usize| (settlement.members[*other].share_cents.0 - account.share_cents.0).abs() <= ROUNDING;
    let alike_names: Vec<OperatorCode> = alike.iter().map(|other| settlement.members[*other].member.clone()).collect();
    let says = match alike.is_empty() {
        true => "no other member contributes the same to every set".to_owned(),
        false => format!("{} contributes the same to every set, and gets the same", in_words(&alike_names)),
    };
    checks.push(check("symmetry", alike.iter().all(equal), says));
    let contributes = (0..settlement.values_cents.len())
        .filter(|set| set >> member & 1 == 0)
        .any(|set| settlement.values_cents[set | 1 << member] != settlement.values_cents[set]);
    let says = match contributes {
        true => "it contributes to some set".to_owned(),
        false => format!("it contributes to no set, and gets {}", exact(account.share_cents)),
    };
    checks.push(check("null player", contributes || account.share_cents.0.abs() <= ROUNDING, says));
    let proved = settlement.bound_cents >= settlement.profit_cents;
    let says = format!("at the bid prices all slots and cargo are worth {} after costs", exact(settlement.bound_cents));
    checks.push(check("dual certificate", proved, says));
    checks
}

/// Money with its hundredths: `1,234.56`.
pub fn exact(amount: Cents) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let parts = amount.0.unsigned_abs();
    format!("{sign}{}.{:02}", figures::whole((parts / 100) as i64), parts % 100)
}

/// `OP1, OP2 and OP3`.
pub fn in_words(members: &[OperatorCode]) -> String {
    let codes: Vec<&str> = members.iter().map(|code| code.0.as_str()).collect();
    match codes.split_last() {
        None => "nobody".to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
