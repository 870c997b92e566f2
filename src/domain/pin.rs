//! What a planner keeps of a plan when planning anew: services, and times of their calls.

use super::ids::*;
use super::plan::{Plan, Service};
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A service that stays as it is, and the calls of it whose times stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub service: Service,
    /// In the order of the rotation; without any, the timetable is free to move the service.
    pub calls: Vec<PinnedCall>,
    /// Mother vessels that the service must reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meets: Vec<Meeting>,
}

/// A mother vessel that some sailing of a service must reach: it arrives at the ship's terminal by the barge cut-off, and not earlier than the
/// longest wait before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Position in the rotation, from 0, of the call that brings the boxes.
    pub call: CallPos,
    pub mother_vessel: MotherCode,
}

/// Times of a call that stay, of the first sailing of the cycle: the others follow at even headways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PinnedCall {
    pub call: CallPos,
    /// Minutes from the start of the cycle.
    pub berthing_min: Minutes,
    pub departure_min: Minutes,
}

/// A wish to keep a service of the plan that planning starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PinWish {
    pub service: ServiceCode,
    /// The times of all calls stay too.
    #[serde(default)]
    pub times: bool,
    /// Positions in the rotation, from 0, of calls whose times stay; not beside `times`.
    #[serde(default)]
    pub calls: Vec<CallPos>,
    /// Mother vessels that it must reach, whether it did or not.
    #[serde(default)]
    pub meets: Vec<Meeting>,
}

/// A wish that a plan cannot meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WishFault {
    /// Row of the wish.
    pub wish: usize,
    pub why: BadWish,
}

/// Why a plan cannot meet a wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadWish {
    UnknownService(ServiceCode),
    /// An earlier wish is about the same service.
    Repeated(ServiceCode),
    /// A position, and the last that the service has.
    UnknownCall(CallPos, usize),
    /// The same for a call that is to meet a mother vessel.
    UnknownMeeting(CallPos, usize),
    TimesAndCalls,
    /// The plan has no sailing of the service with times for all its calls.
    NoTimes(ServiceCode),
}

impl BadWish {
    /// The part of the wish that is wrong.
    pub fn field(&self) -> &'static str {
        match self {
            Self::UnknownService(_) | Self::Repeated(_) => "service",
            Self::UnknownCall(..) => "calls",
            Self::UnknownMeeting(..) => "meets",
            Self::TimesAndCalls | Self::NoTimes(_) => "times",
        }
    }

    pub fn what(&self) -> String {
        match self {
            Self::UnknownService(service) => format!("service {service} is not in the plan"),
            Self::Repeated(service) => format!("service {service} is named before"),
            Self::UnknownCall(call, _) | Self::UnknownMeeting(call, _) => format!("the service has no call {}", call.0),
            Self::TimesAndCalls => "the times of all calls and of some are to stay".to_owned(),
            Self::NoTimes(service) => format!("the plan has no times of service {service}"),
        }
    }

    pub fn do_this(&self) -> String {
        match self {
            Self::UnknownService(_) => "name a service of the plan that planning starts from".to_owned(),
            Self::Repeated(_) => "say all of a service in one place".to_owned(),
            Self::UnknownCall(_, last) | Self::UnknownMeeting(_, last) => format!("count its calls from 0 to {last}"),
            Self::TimesAndCalls => "give `times` or `calls`".to_owned(),
            Self::NoTimes(_) => "start from a plan that the audit passes".to_owned(),
        }
    }
}

impl Plan {
    /// What wishes mean for this plan.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn pins(&self, wishes: &[PinWish]) -> Result<Vec<Pin>, Vec<WishFault>> {
        let mut seen = BTreeSet::new();
        let (mut pins, mut faults) = (Vec::new(), Vec::new());
        for (row, wish) in wishes.iter().enumerate() {
            let pinned = match seen.insert(&wish.service) {
                true => self.pin(wish),
                false => Err(vec![BadWish::Repeated(wish.service.clone())]),
            };
            match pinned {
                Ok(pin) => pins.push(pin),
                Err(reasons) => faults.extend(reasons.into_iter().map(|why| WishFault { wish: row, why })),
            }
        }
        if faults.is_empty() { Ok(pins) } else { Err(faults) }
    }

    fn pin(&self, wish: &PinWish) -> Result<Pin, Vec<BadWish>> {
        let unknown = || vec![BadWish::UnknownService(wish.service.clone())];
        let service = self.find_service(&wish.service).ok_or_else(unknown)?;
        let count = service.calls.len();
        let mut faults = Vec::new();
        if wish.times && !wish.calls.is_empty() {
            faults.push(BadWish::TimesAndCalls);
        }
        let (beyond, last) = (|call: &CallPos| call.row() >= count, count.saturating_sub(1));
        let calls = wish.calls.iter().copied().filter(beyond);
        faults.extend(calls.map(|call| BadWish::UnknownCall(call, last)));
        let meetings = wish.meets.iter().map(|meeting| meeting.call).filter(beyond);
        faults.extend(meetings.map(|call| BadWish::UnknownMeeting(call, last)));
        let stays = |call: usize| wish.times || wish.calls.iter().any(|stays| stays.row() == call);
        let own = self.sailings.iter().filter(|sailing| sailing.service == service.service && sailing.calls.len() == count);
        let first = own.min_by_key(|sailing| sailing.calls.first().map(|first| first.berthing_min));
        if first.is_none() && (0..count).any(stays) {
            faults.push(BadWish::NoTimes(service.service.clone()));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let times = first.iter().flat_map(|sailing| sailing.calls.iter().enumerate());
        let calls = times.filter(|(call, _)| stays(*call)).map(|(call, times)| PinnedCall {
            call: CallPos(call as u16),
            berthing_min: times.berthing_min,
            departure_min: times.departure_min,
        });
        Ok(Pin { service: service.clone(), calls: calls.collect(), meets: wish.meets.clone() })
    }
}
