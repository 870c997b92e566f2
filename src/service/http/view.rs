//! What of a plan each role sees. Customers are shipments, cargo left behind and demand codes: they never leave the alliance's planners.

use super::guard::Caller;
use crate::domain::*;
use crate::publish::{AllianceSettlement, MemberSettlement, PlanDocument, member_settlement};
use crate::service::access::Role;
use schemars::JsonSchema;
use serde::Serialize;

/// Who looks at a plan, as far as it changes what is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Everything: the alliance's planners.
    Whole,
    /// Everything but customers: planners of ports.
    Operations,
    /// Timetable and slots, with the allotments of this member alone.
    Member(String),
    /// Timetable and free slots.
    Shipper,
    /// Timetable.
    Public,
}

impl View {
    /// What a caller sees.
    pub fn of(caller: &Caller) -> Self {
        let Some(principal) = caller.principal() else {
            return Self::Public;
        };
        match principal.role {
            Role::Admin | Role::AlliancePlanner => Self::Whole,
            Role::PortPlanner => Self::Operations,
            // a member's key names its member; one that did not would see what a shipper sees
            Role::Member => principal.member.clone().map_or(Self::Shipper, Self::Member),
            Role::Shipper => Self::Shipper,
        }
    }

    /// Sees plans before they are published and after they were withdrawn.
    pub fn sees_drafts(&self) -> bool {
        matches!(self, Self::Whole | Self::Operations)
    }

    /// Sees money, loads and indicators.
    pub fn sees_operations(&self) -> bool {
        matches!(self, Self::Whole | Self::Operations)
    }

    /// Sees who ships what.
    pub fn sees_customers(&self) -> bool {
        *self == Self::Whole
    }

    /// Sees what is left to sell.
    pub fn sees_free_slots(&self) -> bool {
        *self != Self::Public
    }

    /// The slots of a plan as far as they are shown: a member finds its own allotments only.
    pub fn slots(&self, plan: &Plan) -> Option<Vec<LegSlots>> {
        match self {
            Self::Whole | Self::Operations => Some(plan.slots.clone()),
            Self::Member(member) => Some(plan.slots.iter().map(|slots| own_share(slots, member)).collect()),
            Self::Shipper | Self::Public => None,
        }
    }

    /// The settlement of a plan as far as it is shown; `None` when there is none, or none of this member.
    pub fn settlement(&self, plan: &Plan) -> Option<ShownSettlement> {
        match self {
            Self::Whole => plan.settlement.clone().map(ShownSettlement::alliance),
            Self::Operations => {
                let without_customers = |settlement: Settlement| Settlement { demands: Vec::new(), ..settlement };
                plan.settlement.clone().map(without_customers).map(ShownSettlement::alliance)
            }
            Self::Member(member) => member_settlement(plan, &member.as_str().into()).map(Box::new).map(ShownSettlement::Member),
            Self::Shipper | Self::Public => None,
        }
    }

    /// The plan without what this view hides, for documents that are made from a whole plan.
    pub fn reduce(&self, plan: &Plan) -> Plan {
        let hidden = !self.sees_customers();
        Plan {
            slots: self.slots(plan).unwrap_or_default(),
            shipments: if hidden { Vec::new() } else { plan.shipments.clone() },
            left_behind: if hidden { Vec::new() } else { plan.left_behind.clone() },
            proofs: if self.sees_operations() { plan.proofs.clone() } else { Vec::new() },
            settlement: if hidden { None } else { plan.settlement.clone() },
            ..plan.clone()
        }
    }
}

fn own_share(slots: &LegSlots, member: &str) -> LegSlots {
    let own = slots.allotments.iter().filter(|allotment| allotment.member.0 == member);
    LegSlots { allotments: own.cloned().collect(), ..slots.clone() }
}

/// A settlement as far as the caller may see it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ShownSettlement {
    /// All of it, for planners.
    Alliance(Box<AllianceSettlement>),
    /// A member's own account and proof.
    Member(Box<MemberSettlement>),
}

impl ShownSettlement {
    fn alliance(settlement: Settlement) -> Self {
        Self::Alliance(Box::new(settlement.into()))
    }
}

/// A plan as far as the caller may see it. For the alliance's planners it is the stored document itself, byte by byte.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanBody {
    pub plan: ShownPlan,
    /// Money and indicators, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// The parts of a plan; those that the caller may not see are left out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPlan {
    pub format: u32,
    pub made_from: MadeFrom,
    pub practice: Practice,
    pub cycle_min: Minutes,
    pub terminals: Vec<TerminalName>,
    pub services: Vec<Service>,
    pub sailings: Vec<Sailing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<LegSlots>>,
    /// For the alliance's planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipments: Option<Vec<Shipment>>,
    /// For the alliance's planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_behind: Option<Vec<LeftBehind>>,
    /// For planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proofs: Option<Vec<Proof>>,
}

impl PlanBody {
    /// What this view shows of a document.
    pub fn new(document: &PlanDocument, view: &View) -> Self {
        let reduced = view.reduce(&document.plan);
        let operations = view.sees_operations();
        Self {
            plan: ShownPlan {
                format: reduced.format,
                made_from: reduced.made_from,
                practice: reduced.practice,
                cycle_min: reduced.cycle_min,
                terminals: reduced.terminals,
                services: reduced.services,
                sailings: reduced.sailings,
                slots: view.slots(&document.plan),
                shipments: view.sees_customers().then_some(reduced.shipments),
                left_behind: view.sees_customers().then_some(reduced.left_behind),
                proofs: operations.then_some(reduced.proofs),
            },
            report: operations.then(|| document.report.clone()),
        }
    }
}
