//! Who of the alliance brings, uses, receives and pays what in one cycle, with all that a member needs to check its share.

use super::ids::*;
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the profit of a plan is divided, and why. Lists by member are in the order of `members`; a set of members is a number whose bit
/// `i` stands for member `i`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settlement {
    /// The rule that was asked for.
    pub rule: SharingRule,
    /// The division that the rule came to.
    pub division: Division,
    /// What is divided: the audited profit of a cycle.
    pub profit_cents: Cents,
    /// What the alliance would earn if boxes could be split and smallest calls were not asked for: the linear program that the
    /// prices prove best. The profit is this or less.
    pub bound_cents: Cents,
    /// Slots that a member has not booked return to the pool this long before the berthing at which their leg starts.
    pub returns_before_min: Minutes,
    pub members: Vec<MemberAccount>,
    /// By set of members, the empty one first: what it earns with its own slots and its own cargo on this timetable. Of all members: the
    /// profit.
    pub values_cents: Vec<Cents>,
    /// The largest value less share that a set other than the empty and the whole one can be left with: up to 0 no set would do better
    /// alone; above 0 nobody can divide the profit so that none would, and this is what the sets would have to be paid to stay.
    pub least_core_cents: Cents,
    /// Why no division makes the worst-off sets better off; of the nucleolus.
    pub certificate: Vec<Level>,
    /// Why no division in the core is nearer to the Shapley value: sets that get just their value, and how many hundredths each pushes its
    /// members up, before all are brought down alike. Of the division `nearest_core` alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pushes: Vec<SetWeight>,
    /// One row per sailing and leg, as in the slots of the plan.
    pub legs: Vec<LegAccount>,
    /// Calls whose crane time is short.
    pub calls: Vec<CallPrice>,
    /// Cargo of which another TEU would earn something.
    pub demands: Vec<DemandPrice>,
}

/// What the members agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SharingRule {
    /// The Shapley value if no set of members would do better alone; else the nearest division at which none would; else the nucleolus.
    Fair,
    Shapley,
    Nucleolus,
    /// Resources at their bid prices.
    Owen,
}

/// A way to divide the profit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Division {
    /// Each member's contribution, averaged over all orders in which the members may come together.
    Shapley,
    /// The division in the core that is nearest to the Shapley value.
    NearestCore,
    /// The division that makes the worst-off set of members as well off as can be, then the next.
    Nucleolus,
    /// What each member's slots and cargo are worth at the bid prices.
    Owen,
}

/// A member's account of a cycle. Money received counts up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberAccount {
    pub member: OperatorCode,
    /// Slots times legs that belong to the member, and that its own cargo takes.
    pub held_slot_legs: Teu,
    pub used_slot_legs: Teu,
    /// Its cargo that is carried.
    pub carried_teu: Teu,
    /// Freight of its cargo.
    pub freight_cents: Cents,
    /// All lifts of its cargo.
    pub lifts_cents: Cents,
    /// Vessels, energy and calls of the services it operates.
    pub operated_cents: Cents,
    /// Its part of all operating costs, by slots held.
    pub borne_cents: Cents,
    /// For slots of others and from others, leg by leg at the bid prices.
    pub slots_cents: Cents,
    /// What is left to its share after that.
    pub balance_cents: Cents,
    /// Received from the other members, or paid to them: operated less borne, slots and balance.
    pub receives_cents: Cents,
    /// Its part of the profit: freight less lifts less operated, and what it receives.
    pub share_cents: Cents,
    /// Divisions of the same profit, for comparison.
    pub shapley_cents: Cents,
    pub nucleolus_cents: Cents,
    pub owen_cents: Cents,
}

/// A step of the proof that a division is the nucleolus: no division gives one of these sets more without giving another one of them, or
/// a set of an earlier level, less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Value less share that these sets have, and all sets of later levels less than.
    pub excess_cents: f64,
    pub sets: Vec<u32>,
    /// Sets of this and all earlier levels with weights above zero, and single members that get just what they earn alone with weights of
    /// zero or more: the weights of the sets that a member belongs to add up to one, for each member.
    pub weights: Vec<SetWeight>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWeight {
    pub set: u32,
    pub weight: f64,
}

/// Bid prices of a leg of one sailing, in currency units, and what members owe one another there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegAccount {
    pub service: ServiceCode,
    pub sailing: u32,
    pub leg: CallPos,
    /// Unbooked slots return to the pool, minutes as in the sailing's calls.
    pub returns_at_min: Minutes,
    pub price_per_teu: f64,
    pub price_per_tonne: f64,
    pub price_per_plug: f64,
    pub price_per_dangerous_teu: f64,
    /// Members whose cargo rides here, or who are paid for slots that others use.
    pub accounts: Vec<SlotAccount>,
}

/// A member on a leg; what belongs to it stands in the plan's allotments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotAccount {
    pub member: OperatorCode,
    pub used_teu: Teu,
    pub used_kg: Kg,
    pub used_plugs: Teu,
    pub used_dangerous_teu: Teu,
    pub receives_cents: Cents,
}

/// Bid price of crane time at a call of one sailing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallPrice {
    pub service: ServiceCode,
    pub sailing: u32,
    pub call: CallPos,
    /// TEU that the stay leaves time to lift.
    pub lifts_teu: Teu,
    pub price_per_lift: f64,
}

/// What one more TEU of a demand would earn above the bid prices of its best way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DemandPrice {
    pub demand: DemandCode,
    /// Who brings it; nobody alone what is the whole alliance's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<OperatorCode>,
    /// All of it, carried or not.
    pub volume_teu: Teu,
    pub price_per_teu: f64,
}

/// What sets of members would earn with networks of their own, found by a search within a limit: a longer one may find more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingAlone {
    pub limit: super::plan::Limit,
    pub seed: u64,
    pub networks: Vec<OwnNetwork>,
    /// The largest earnings less share that these sets can be left with, whoever pays whom: up to 0 some division pleases all of them;
    /// above 0 none does, and a subsidy of this much to each would. Unknown when the sets looked at do not hold one another.
    pub least_core_cents: Option<Cents>,
}

/// The network of a set of members with its own vessels and its own cargo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnNetwork {
    pub set: u32,
    pub members: Vec<OperatorCode>,
    pub services: u32,
    pub vessels: u32,
    pub carried_teu: Teu,
    pub profit_cents: Cents,
    /// What the members get of the alliance's profit.
    pub share_cents: Cents,
}

/// Slots of a leg of one sailing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LegLot {
    pub service: ServiceCode,
    pub sailing: u32,
    pub leg: CallPos,
    pub volume_teu: Teu,
}

/// What a member would swap: a lot gives up slots and takes others, on any legs, and is done whole or not at all. Slots that it only gives are an
/// offer, those that it only takes are a demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    pub member: OperatorCode,
    #[serde(default)]
    pub gives: Vec<LegLot>,
    #[serde(default)]
    pub takes: Vec<LegLot>,
    /// For one lot; below zero it wants to be paid at least as much.
    pub pays_at_most_cents: Cents,
    /// Lots that it would do.
    pub lots: u32,
}

/// A wish that is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// Place of the wish in its list, from 0.
    pub wish: usize,
    pub member: OperatorCode,
    pub lots: u32,
    /// At most what it would pay; below zero it is paid.
    pub pays_cents: Cents,
}

/// Members of a set, by place in [`Settlement::members`].
pub fn members_of(set: usize) -> impl Iterator<Item = usize> {
    (0..usize::BITS as usize).filter(move |member| set >> member & 1 == 1)
}

impl Settlement {
    pub fn find_member(&self, member: &OperatorCode) -> Option<usize> {
        self.members.iter().position(|account| account.member == *member)
    }

    /// The set of all members.
    pub fn everybody(&self) -> usize {
        self.values_cents.len().saturating_sub(1)
    }

    /// What the members of a set get together.
    pub fn share_of(&self, set: usize) -> Cents {
        members_of(set).filter_map(|member| self.members.get(member)).map(|account| account.share_cents).sum()
    }

    /// What a set of members would earn more alone than it gets: above zero it had better leave.
    pub fn excess(&self, set: usize) -> Cents {
        self.values_cents.get(set).copied().unwrap_or_default() - self.share_of(set)
    }

    /// The set, neither empty nor whole, with the largest excess; `None` for an alliance of one.
    pub fn worst_off(&self) -> Option<usize> {
        (1..self.everybody()).min_by_key(|set| (-self.excess(*set), *set))
    }

    /// What a member earns alone, with its own slots and its own cargo.
    pub fn alone(&self, member: usize) -> Cents {
        self.values_cents.get(1 << member).copied().unwrap_or_default()
    }
}
