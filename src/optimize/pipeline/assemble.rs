//! From the stages' answers to a plan in codes.

use super::Request;
use crate::domain::*;
use crate::optimize::alliance::{self, LegCapacity};
use crate::optimize::flow::{Hop, sailing_shifts};
use crate::optimize::slots::SlotPlan;
use crate::waterway::Waterway;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the plan; `proofs` and settlement follow once the auditor has counted its money.
pub fn plan(
    problem: &Problem,
    waterway: &Waterway,
    request: &Request,
    timed: &[TimedLine],
    pins: &[Option<&Pin>],
    cargo: &SlotPlan,
) -> Plan {
    let codes = codes(pins);
    let services: Vec<Service> = timed.iter().zip(&codes).map(|(timed, code)| service(problem, &timed.line, code)).collect();
    let sailings = timed.iter().zip(&codes).flat_map(|(timed, code)| sailings(problem, timed, code)).collect();
    let shipments = cargo.carried.iter().map(|carried| shipment(problem, &codes, carried)).collect();
    let left = cargo.left.iter();
    let mut plan = Plan {
        format: 1,
        made_from: MadeFrom {
            instance: problem.settings.name.clone(),
            instance_hash: problem.hash.clone(),
            seed: request.seed,
            limit: request.limit,
            program_version: request.program_version.clone(),
            pins: request.pins.clone(),
            weights: request.weights,
        },
        practice: request.practice,
        cycle_min: problem.settings.cycle,
        terminals: Vec::new(),
        services,
        sailings,
        shipments,
        slots: Vec::new(),
        left_behind: left
            .map(|(demand, volume, reason)| LeftBehind {
                demand: problem.demand(*demand).code.clone(),
                volume_teu: *volume,
                reason: *reason,
            })
            .collect(),
        proofs: Vec::new(),
        settlement: None,
    };
    plan.slots = slots(problem, waterway, timed, &codes, cargo);
    plan.terminals = names(problem, &plan);
    plan
}

/// A service that stays keeps its code; the others are numbered past it.
fn codes(pins: &[Option<&Pin>]) -> Vec<ServiceCode> {
    let kept: BTreeSet<&ServiceCode> = pins.iter().flatten().map(|pin| &pin.service.service).collect();
    let numbered = (1..).map(|number| ServiceCode(format!("S{number:02}"))).filter(|code| !kept.contains(code));
    let own = |(pin, next): (&Option<&Pin>, ServiceCode)| pin.map_or(next, |pin| pin.service.service.clone());
    pins.iter().zip(numbered).map(own).collect()
}

fn service(problem: &Problem, line: &Line, code: &ServiceCode) -> Service {
    let fleet = problem.fleet(line.fleet);
    Service {
        service: code.clone(),
        operator: problem.operator(fleet.operator).code.clone(),
        class: problem.class(fleet.class).code.clone(),
        registered: fleet.registered,
        regime: line.regime,
        mixed_direction: line.mixed_direction,
        vessels: line.vessels,
        sailings_per_cycle: line.sailings,
        calls: line.calls.iter().map(|call| problem.terminal(*call).code.clone()).collect(),
    }
}

fn sailings(problem: &Problem, timed: &TimedLine, code: &ServiceCode) -> Vec<Sailing> {
    let shifts = sailing_shifts(problem, timed.line.sailings);
    let buffer = |call: usize| {
        let turnaround = if call == 0 { problem.on_grid(problem.settings.turnaround_buffer) } else { Minutes(0) };
        problem.on_grid(problem.terminal(timed.line.calls[call]).wait) + turnaround
    };
    let number_of = |next: usize| (next % shifts.len(), (next / shifts.len()) as i64);
    shifts
        .iter()
        .enumerate()
        .map(|(number, shift)| {
            let call = |call: usize| CallTimes {
                arrival_min: timed.berthing[call] + *shift - buffer(call),
                berthing_min: timed.berthing[call] + *shift,
                departure_min: timed.berthing[call] + *shift + timed.line.dwell[call],
                berth: timed.berths[number][call],
            };
            let (next, cycles) = number_of(number + timed.line.vessels as usize);
            let back = timed.berthing[0] + shifts[next] + problem.settings.cycle * cycles - buffer(0);
            let calls = (0..timed.line.calls.len()).map(call).collect();
            Sailing { service: code.clone(), number: number as u32, calls, back_at_min: back }
        })
        .collect()
}

fn shipment(problem: &Problem, codes: &[ServiceCode], carried: &crate::optimize::slots::Carried) -> Shipment {
    let demand = problem.demand(carried.demand);
    let ride = |hop: &Hop| Ride {
        service: codes[hop.line].clone(),
        sailing: hop.sailing as u32,
        from_call: CallPos(hop.from as u16),
        to_call: CallPos(hop.to as u16),
    };
    Shipment {
        demand: demand.code.clone(),
        origin: problem.terminal(demand.origin).code.clone(),
        destination: problem.terminal(demand.destination).code.clone(),
        trade: demand.trade,
        cargo: demand.cargo,
        volume_teu: carried.volume,
        rides: carried.hops.iter().map(ride).collect(),
    }
}

/// What rides on a leg: TEU, kg, plugs.
type Load = (Teu, Kg, Teu);

fn slots(problem: &Problem, waterway: &Waterway, timed: &[TimedLine], codes: &[ServiceCode], cargo: &SlotPlan) -> Vec<LegSlots> {
    let loads = loads(problem, timed, cargo);
    let mut rows = Vec::new();
    for (row, (timed, code)) in timed.iter().zip(codes).enumerate() {
        let line = &timed.line;
        let class_row = problem.fleet(line.fleet).class;
        let class = problem.class(class_row);
        let lawful = alliance::lawful_members(problem, line);
        for sailing in 0..line.sailings as usize {
            for leg in 0..line.calls.len() {
                let passage = waterway.passage(class_row, line.calls[leg], line.terminal_at(leg + 1));
                let mass = passage.map_or(Kg(0), |passage| passage.max_load.min(class.deadweight));
                let whole = LegCapacity { slots: class.teu, mass, plugs: class.reefer_plugs, dangerous: class.dangerous };
                let (used_teu, used_kg, used_plugs) = loads.get(&(row, sailing, leg)).copied().unwrap_or_default();
                rows.push(LegSlots {
                    service: code.clone(),
                    sailing: sailing as u32,
                    leg: CallPos(leg as u16),
                    capacity_teu: class.teu,
                    used_teu,
                    free_teu: class.teu - used_teu,
                    capacity_kg: mass,
                    used_kg,
                    reefer_plugs: class.reefer_plugs,
                    used_plugs,
                    allotments: alliance::allot(problem, line, &lawful, whole),
                });
            }
        }
    }
    rows
}

fn loads(problem: &Problem, timed: &[TimedLine], cargo: &SlotPlan) -> BTreeMap<(usize, usize, usize), Load> {
    let mut loads: BTreeMap<(usize, usize, usize), Load> = BTreeMap::new();
    for carried in &cargo.carried {
        let demand = problem.demand(carried.demand);
        let plugs = if demand.cargo == Cargo::Reefer { carried.volume } else { Teu(0) };
        for hop in &carried.hops {
            let line = &timed[hop.line].line;
            for position in hop.from..hop.to {
                let voyage = position / line.calls.len() * line.vessels as usize;
                let sailing = (hop.sailing + voyage) % line.sailings as usize;
                let load = loads.entry((hop.line, sailing, position % line.calls.len())).or_default();
                load.0 += carried.volume;
                load.1 += demand.kg_per_teu * carried.volume.0;
                load.2 += plugs;
            }
        }
    }
    loads
}

fn names(problem: &Problem, plan: &Plan) -> Vec<TerminalName> {
    let used: BTreeSet<&TerminalCode> = plan
        .services
        .iter()
        .flat_map(|service| &service.calls)
        .chain(plan.shipments.iter().flat_map(|shipment| [&shipment.origin, &shipment.destination]))
        .collect();
    let of = |terminal: &Terminal| TerminalName {
        terminal: terminal.code.clone(),
        facility: terminal.facility.clone(),
        name: terminal.name.clone(),
        name_zh: terminal.name_zh.clone(),
    };
    problem.terminals.iter().filter(|terminal| used.contains(&terminal.code)).map(of).collect()
}
