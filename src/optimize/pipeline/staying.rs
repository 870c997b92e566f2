//! Planning again for a task that has changed: what of the plan before can go on. In: that plan, the task as it is now. Out: what stays of
//! each service, and why other calls and services do not. Where not all can go on, services with most cargo come first.

use super::pinning::read_pinned;
use crate::domain::{CallPos, Minutes, Pin, PinWish, PinnedCall, Plan, Practice, Problem, Ride, Service, ServiceCode, Teu};
use crate::optimize::design::{CannotStay, Kept, Pinned};
use crate::waterway::Waterway;
use std::cmp::Reverse;

/// The planner's pins with the calls of the plan before that the freeze horizon covers from a moment on, given in minutes from the start of
/// some cycle; and which of these calls cannot stay.
pub fn freeze(
    problem: &Problem,
    waterway: &Waterway,
    practice: Practice,
    pins: &[Pin],
    before: &Plan,
    from: Minutes,
) -> (Vec<Pin>, Vec<CannotStay>) {
    let (mut all, mut refused) = (pins.to_vec(), Vec::new());
    let mut take = |service: &ServiceCode, calls: &[CallPos]| {
        let Some(due) = pinned(before, service, calls) else { return Ok(()) };
        let mut more = all.clone();
        match more.iter_mut().find(|pin| pin.service.service == *service) {
            Some(own) => {
                let is_new = |call: &PinnedCall| own.calls.iter().all(|known| known.call != call.call);
                let new: Vec<PinnedCall> = due.calls.into_iter().filter(is_new).collect();
                own.calls.extend(new);
                own.calls.sort_by_key(|call| call.call);
            }
            None => more.push(due),
        }
        let kept: Vec<Kept> = more.iter().cloned().map(Kept::from).collect();
        read_pinned(problem, waterway, practice, &kept).map(|_| all = more)
    };
    for service in by_cargo(before) {
        let due = due_calls(problem, before, service, from);
        if due.is_empty() || take(&service.service, &due).is_ok() {
            continue;
        }
        // not all of them together
        let faults = due.iter().filter_map(|call| take(&service.service, &[*call]).err());
        refused.extend(faults.flatten());
    }
    (all, refused)
}

/// Calls of a service that are due on some sailing.
fn due_calls(problem: &Problem, before: &Plan, service: &Service, from: Minutes) -> Vec<CallPos> {
    let own = || before.sailings.iter().filter(|sailing| sailing.service == service.service);
    let is_due = |call: &usize| {
        let times = own().filter_map(|sailing| sailing.calls.get(*call));
        times.into_iter().any(|times| problem.settings.is_frozen(times.berthing_min, times.departure_min, from))
    };
    (0..service.calls.len()).filter(is_due).map(|call| CallPos(call as u16)).collect()
}

/// What stays beside each other: the planner's pins with their further calls of the plan before, then services of that plan that go on, in its
/// order; and services that cannot go on.
pub fn going_on(
    problem: &Problem,
    waterway: &Waterway,
    practice: Practice,
    pins: &[Pin],
    before: &Plan,
) -> (Vec<Kept>, Vec<CannotStay>) {
    let (mut all, mut refused): (Vec<Kept>, _) = (pins.iter().cloned().map(Kept::from).collect(), Vec::new());
    for row in 0..all.len() {
        all[row].wished = wished(problem, before, &all[row].pin);
        if Pinned::read(problem, waterway, practice, &all).is_err() {
            all[row].wished.clear();
        }
    }
    let is_free = |service: &&Service| pins.iter().all(|pin| pin.service.service != service.service);
    for service in by_cargo(before).into_iter().filter(is_free) {
        let pin = Pin { service: service.clone(), calls: Vec::new(), meets: Vec::new() };
        let wished = wished(problem, before, &pin);
        all.push(Kept { pin, must: false, wished });
        if let Err(faults) = Pinned::read(problem, waterway, practice, &all) {
            all.pop();
            refused.extend(faults);
        }
    }
    let place = |kept: &Kept| before.services.iter().position(|service| service.service == kept.pin.service.service);
    all[pins.len()..].sort_by_key(place);
    (all, refused)
}

/// The calls of a service that its pin does not hold, at their times of the plan before, as far as their terminals are open then.
fn wished(problem: &Problem, before: &Plan, pin: &Pin) -> Vec<PinnedCall> {
    let all: Vec<CallPos> = (0..pin.service.calls.len()).map(|call| CallPos(call as u16)).collect();
    let same = pinned(before, &pin.service.service, &all).filter(|whole| whole.service == pin.service);
    let is_free = |call: &PinnedCall| pin.calls.iter().all(|known| known.call != call.call);
    let calls = same.into_iter().flat_map(|whole| whole.calls);
    calls.filter(|call| is_free(call) && Pinned::is_open(problem, pin, call)).collect()
}

/// A service of a plan with the times of some calls; `None` where the plan has no times of it.
fn pinned(plan: &Plan, service: &ServiceCode, calls: &[CallPos]) -> Option<Pin> {
    let wish = PinWish { service: service.clone(), times: false, calls: calls.to_vec(), meets: Vec::new() };
    plan.pins(&[wish]).ok()?.pop()
}

/// Services of a plan, those with most cargo first.
fn by_cargo(plan: &Plan) -> Vec<&Service> {
    let mut services: Vec<&Service> = plan.services.iter().collect();
    services.sort_by_key(|service| Reverse(carried(plan, service)));
    services
}

/// TEU of a cycle that ride on a service.
fn carried(plan: &Plan, service: &Service) -> Teu {
    let rides = |ride: &Ride| ride.service == service.service;
    plan.shipments.iter().filter(|shipment| shipment.rides.iter().any(rides)).map(|shipment| shipment.volume_teu).sum()
}
