//! Planning again for a task that has changed: which services of the plan before can go on. In: that plan, the task as it is now. Out: pins
//! for the services that go on, in the order of the plan, and why others cannot. Where not all can, those with most cargo come first.

use crate::domain::{Pin, PinWish, Plan, Practice, Problem, Ride, Service, Teu, WishFault};
use crate::optimize::design::{CannotStay, Pinned};
use crate::waterway::Waterway;

/// The services that go on beside those that the planner pins, with the times of the calls that are still open then; and those that cannot.
pub fn going_on(
    problem: &Problem,
    waterway: &Waterway,
    practice: Practice,
    pins: &[Pin],
    before: &Plan,
) -> (Vec<Pin>, Vec<CannotStay>) {
    let is_free = |service: &&Service| pins.iter().all(|pin| pin.service.service != service.service);
    let mut services: Vec<&Service> = before.services.iter().filter(is_free).collect();
    services.sort_by_key(|service| std::cmp::Reverse(carried(before, service)));
    let (mut all, mut refused) = (pins.to_vec(), Vec::new());
    for service in services {
        let wish = PinWish { service: service.service.clone(), times: true, calls: Vec::new(), meets: Vec::new() };
        match before.pins(&[wish]) {
            Ok(whole) => all.extend(whole.into_iter().map(|whole| while_open(problem, whole))),
            Err(faults) => {
                let why = |fault: WishFault| CannotStay { service: service.service.clone(), reason: fault.why.what() };
                refused.extend(faults.into_iter().map(why));
                continue;
            }
        }
        if let Err(faults) = Pinned::read(problem, waterway, practice, &all, pins.len()) {
            all.pop();
            refused.extend(faults);
        }
    }
    let mut going_on = all.split_off(pins.len());
    going_on.sort_by_key(|pin| before.services.iter().position(|service| service.service == pin.service.service));
    (going_on, refused)
}

/// A pin without the times at which a terminal is closed now.
fn while_open(problem: &Problem, whole: Pin) -> Pin {
    let open = whole.calls.iter().filter(|call| Pinned::is_open(problem, &whole, call)).copied();
    Pin { calls: open.collect(), ..whole }
}

/// TEU of a cycle that ride on a service.
fn carried(plan: &Plan, service: &Service) -> Teu {
    let rides = |ride: &Ride| ride.service == service.service;
    plan.shipments.iter().filter(|shipment| shipment.rides.iter().any(rides)).map(|shipment| shipment.volume_teu).sum()
}
