//! The plan that is published now, ready to answer from.

use super::journey::JourneyIndex;
use crate::domain::{Problem, ServiceCode};
use crate::publish::PlanDocument;
use crate::publish::dcsa::Dcsa;
use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A published plan with everything that requests need worked out beforehand. The plan repeats every cycle; its cycles are counted from
/// Monday 1 January 2024, 00:00 in Asia/Shanghai ([`crate::publish::FIRST_CYCLE`]), so that each date belongs to one week of a
/// fortnightly plan whoever asks and whenever.
#[derive(Clone, Debug)]
pub struct PublishedPlan {
    /// Names this version of the plan for ever.
    pub id: String,
    pub published_at: DateTime<Utc>,
    pub document: Arc<PlanDocument>,
    /// The instance it was made from, where the service holds it. Without it no way with a transshipment is offered.
    pub problem: Option<Arc<Problem>>,
    pub journeys: JourneyIndex,
    /// Rows of the plan's slots, by service, sailing and leg.
    pub(super) slot_rows: BTreeMap<(ServiceCode, u32, usize), usize>,
    pub dcsa: Dcsa,
}

impl PublishedPlan {
    /// Works out the indexes of a plan that the auditor has passed.
    pub fn new(id: String, published_at: DateTime<Utc>, document: Arc<PlanDocument>, problem: Option<Arc<Problem>>) -> Self {
        Self {
            id,
            published_at,
            slot_rows: (0..)
                .zip(&document.plan.slots)
                .map(|(row, slots)| ((slots.service.clone(), slots.sailing, slots.leg.row()), row))
                .collect(),
            journeys: JourneyIndex::new(&document.plan, problem.as_deref()),
            dcsa: Dcsa::new(Arc::clone(&document), problem.as_deref()),
            document,
            problem,
        }
    }
}

/// The plan that handlers answer from: read by every request without waiting, replaced in one step. Clones see the same plan.
#[derive(Clone)]
pub struct CurrentPlan {
    plan: Arc<ArcSwapOption<PublishedPlan>>,
    clock: fn() -> DateTime<Utc>,
}

impl CurrentPlan {
    /// Nothing is published yet.
    pub fn nothing() -> Self {
        Self::with_clock(Utc::now)
    }

    /// Nothing is published yet, and the time of requests comes from a clock of the caller's, such as one that stands still in a test.
    pub fn with_clock(clock: fn() -> DateTime<Utc>) -> Self {
        Self { plan: Arc::new(ArcSwapOption::empty()), clock }
    }

    /// The plan as it is published now; whoever holds it keeps it while another one takes its place.
    pub fn load(&self) -> Option<Arc<PublishedPlan>> {
        self.plan.load_full()
    }

    /// Publishes another plan, or withdraws the current one.
    pub fn replace(&self, plan: Option<Arc<PublishedPlan>>) {
        self.plan.store(plan);
    }

    /// The time of a request.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }
}

impl std::fmt::Debug for CurrentPlan {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_tuple("CurrentPlan").field(&self.load().map(|plan| plan.id.clone())).finish()
    }
}
