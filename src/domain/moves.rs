//! What becomes of the calls of a former plan in a new one.

use super::ids::*;
use super::plan::{CallTimes, Plan, Sailing, Service};
use super::units::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Orders of a service's sailings that are tried; no service sails so often in a cycle.
const MOST_TURNS: usize = 200;

/// A call of a former plan that the new plan makes at other times, or no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedCall {
    /// As the former plan names it, with its sailing and the position in its rotation.
    pub service: ServiceCode,
    pub sailing: u32,
    pub call: CallPos,
    pub terminal: TerminalCode,
    /// Former times, in minutes from the start of the sailing's cycle.
    pub berthing_min: Minutes,
    pub departure_min: Minutes,
    /// How much later it is berthed now, negative for earlier, the shorter way round the cycle; none where nobody calls any more. Zero where
    /// only the departure moved.
    pub later_min: Option<Minutes>,
}

impl Plan {
    /// The calls of this plan that another one makes at other times or no more, by service, sailing and call. A service goes on where class
    /// and rotation are the same, under its own code if that is there; its sailings are then those that leave most calls where they were.
    pub fn calls_moved_by(&self, other: &Self) -> Vec<MovedCall> {
        let pairs = self.successors(other).into_iter();
        pairs.flat_map(|(former, now)| self.moved_of(former, now, other)).collect()
    }

    /// Each service with the one that takes its place in another plan.
    fn successors<'a>(&'a self, other: &'a Self) -> Vec<(&'a Service, Option<&'a Service>)> {
        let alike = |a: &Service, b: &Service| a.class == b.class && a.calls == b.calls;
        let mut free: Vec<&Service> = other.services.iter().collect();
        let mut take = |fits: &dyn Fn(&Service) -> bool| {
            let place = free.iter().position(|known| fits(known))?;
            Some(free.remove(place))
        };
        let namesake = |former: &Service, known: &Service| alike(former, known) && known.service == former.service;
        let mut pairs: Vec<(&Service, Option<&Service>)> =
            self.services.iter().map(|former| (former, take(&|known| namesake(former, known)))).collect();
        for (former, now) in pairs.iter_mut().filter(|(_, now)| now.is_none()) {
            *now = take(&|known| alike(former, known));
        }
        pairs
    }

    fn sailings_of(&self, service: &Service) -> Vec<&Sailing> {
        self.sailings.iter().filter(|sailing| sailing.service == service.service).collect()
    }

    fn moved_of(&self, former: &Service, now: Option<&Service>, other: &Self) -> Vec<MovedCall> {
        let before = self.sailings_of(former);
        let after = now.map_or(Vec::new(), |now| other.sailings_of(now));
        let most = before.len().max(after.len());
        let turned = |turn: usize| -> Vec<MovedCall> {
            let pairs = before.iter().enumerate().map(|(row, sailing)| (*sailing, after.get((row + turn) % most).copied()));
            pairs.flat_map(|(sailing, now)| self.moved_calls(former, sailing, now)).collect()
        };
        let far = |moved: &MovedCall| moved.later_min.map_or(self.cycle_min.0, |later| later.0.abs());
        let all = (0..most.min(MOST_TURNS)).map(turned).min_by_key(|moved| (moved.len(), moved.iter().map(far).sum::<i64>()));
        all.unwrap_or_default()
    }

    fn moved_calls(&self, former: &Service, sailing: &Sailing, now: Option<&Sailing>) -> Vec<MovedCall> {
        let cycle = self.cycle_min.0.max(1);
        let later = |old: &CallTimes, new: &CallTimes| {
            let ahead = (new.berthing_min - old.berthing_min).0.rem_euclid(cycle);
            Minutes(if ahead > cycle / 2 { ahead - cycle } else { ahead })
        };
        let stay = |times: &CallTimes| times.departure_min - times.berthing_min;
        let mut moved = Vec::new();
        for (row, (terminal, old)) in former.calls.iter().zip(&sailing.calls).enumerate() {
            let new = now.and_then(|now| now.calls.get(row));
            if new.is_some_and(|new| later(old, new) == Minutes(0) && stay(new) == stay(old)) {
                continue;
            }
            moved.push(MovedCall {
                service: former.service.clone(),
                sailing: sailing.number,
                call: CallPos(row as u16),
                terminal: terminal.clone(),
                berthing_min: old.berthing_min,
                departure_min: old.departure_min,
                later_min: new.map(|new| later(old, new)),
            });
        }
        moved
    }
}
