//! The services and cargo of a plan, given times anew: the timetable stage alone, as a problem that another solver can answer too.

use super::rerouting;
use crate::domain::{Line, Minutes, Plan, Problem, Sailing, Service, Shipment, TimetableCase};
use crate::optimize::control::Control;
use crate::optimize::flow::Hop;
use crate::optimize::slots::Carried;
use crate::optimize::timetable::{self, Expected, SearchLimits};
use crate::waterway::Waterway;

/// Makes the timetable of an audited plan's services anew, from nothing; `None` for a plan of another instance.
pub fn retime(
    problem: &Problem,
    waterway: &Waterway,
    plan: &Plan,
    limits: &SearchLimits,
    control: &Control,
) -> Option<TimetableCase> {
    let lines: Vec<Line> = plan.services.iter().map(|service| line(problem, plan, service)).collect::<Option<_>>()?;
    let carried: Vec<Carried> = plan.shipments.iter().map(|shipment| carried(problem, plan, shipment)).collect::<Option<_>>()?;
    let all: Vec<usize> = (0..lines.len()).collect();
    let loads = rerouting::loads(problem, &lines, &all, &carried);
    let free = || vec![Vec::new(); lines.len()];
    let expected = Expected { loads, pinned: free(), meets: vec![Vec::new(); lines.len()], former: free() };
    Some(timetable::solve_case(problem, waterway, &lines, &expected, limits, control))
}

fn line(problem: &Problem, plan: &Plan, service: &Service) -> Option<Line> {
    let (operator, class) = (problem.find_operator(&service.operator)?, problem.find_class(&service.class)?);
    let fleet = problem
        .fleets
        .iter()
        .position(|fleet| (fleet.operator, fleet.class, fleet.registered) == (operator, class, service.registered))?;
    let first: &Sailing = plan.sailings.iter().find(|sailing| sailing.service == service.service)?;
    Some(Line {
        calls: service.calls.iter().map(|code| problem.find_terminal(code)).collect::<Option<_>>()?,
        fleet: fleet.into(),
        regime: service.regime,
        mixed_direction: service.mixed_direction,
        vessels: service.vessels,
        sailings: service.sailings_per_cycle,
        dwell: first.calls.iter().map(|call| call.departure_min - call.berthing_min).collect(),
        handling: Minutes(0),
    })
}

fn carried(problem: &Problem, plan: &Plan, shipment: &Shipment) -> Option<Carried> {
    let hops = shipment.rides.iter().map(|ride| {
        let line = plan.services.iter().position(|service| service.service == ride.service)?;
        Some(Hop { line, sailing: ride.sailing as usize, from: ride.from_call.row(), to: ride.to_call.row() })
    });
    let demand = problem.find_demand(&shipment.demand)?;
    Some(Carried { demand, hops: hops.collect::<Option<_>>()?, volume: shipment.volume_teu })
}
