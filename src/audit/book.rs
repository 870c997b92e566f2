//! The plan with its codes turned into rows of the problem: what the checks read. Times and volumes are `i128`, so that no number a
//! plan can hold overflows a sum.

use crate::domain::{ClassIdx, DemandIdx, Minutes, OperatorIdx, Plan, Problem, Sailing, Service, TerminalIdx, VesselClass};
use crate::waterway::{Passage, Steaming};
use std::collections::BTreeMap;

/// A plan as far as it can be understood.
pub(super) struct Book<'a> {
    pub problem: &'a Problem,
    pub plan: &'a Plan,
    pub runs: Vec<Run<'a>>,
    pub consignments: Vec<Consignment>,
}

/// A service with its sailings.
pub(super) struct Run<'a> {
    pub service: &'a Service,
    pub class: ClassIdx,
    /// `None` when the plan names an operator that does not exist.
    pub operator: Option<OperatorIdx>,
    pub calls: Vec<TerminalIdx>,
    /// Passage of each leg; `None` where the waterway has none.
    pub legs: Vec<Option<&'a Passage>>,
    /// By number; each has as many calls as the rotation.
    pub sailings: BTreeMap<u32, &'a Sailing>,
}

/// Cargo of a shipment with a positive volume.
pub(super) struct Consignment {
    /// Row of the shipment in the plan and its demand, for the reader.
    pub place: String,
    pub demand: DemandIdx,
    pub volume: i128,
    /// The rides that are in range.
    pub rides: Vec<Boarding>,
    /// All rides are in range and join the demand's origin to its destination.
    pub whole: bool,
}

/// A ride that is in range: both ends are calls of sailings in the plan.
#[derive(Clone, Copy)]
pub(super) struct Boarding {
    /// Row of [`Book::runs`].
    pub run: usize,
    pub sailing: u32,
    pub from: usize,
    pub to: usize,
}

/// A call of a sailing that a position stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stop {
    pub run: usize,
    pub sailing: u32,
    pub call: usize,
}

/// Times of a call in minutes, counted from the cycle of the sailing it was asked for.
#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub arrival: i128,
    pub berthing: i128,
    pub departure: i128,
}

impl Run<'_> {
    /// Sailings a cycle that the service claims to have.
    pub fn frequency(&self) -> i128 {
        i128::from(self.service.sailings_per_cycle)
    }

    pub fn vessels(&self) -> i128 {
        i128::from(self.service.vessels)
    }

    /// The vessel's next sailing and how many cycles later it sails; `None` for a service without sailings.
    pub fn next(&self, sailing: u32) -> Option<(u32, i128)> {
        let ahead = u64::from(sailing) + u64::from(self.service.vessels);
        let frequency = u64::from(self.service.sailings_per_cycle);
        let number = u32::try_from(ahead.checked_rem(frequency)?).ok()?;
        Some((number, i128::from(ahead / frequency)))
    }

    /// Sailing, call and cycles later of a position that may lie in the vessel's next voyage; `None` when the plan has no such call.
    pub fn stop(&self, sailing: u32, position: usize) -> Option<(u32, usize, i128)> {
        let calls = self.calls.len();
        let (number, call, later) = match position.checked_sub(calls) {
            None => (sailing, position, 0),
            Some(call) => self.next(sailing).map(|(number, later)| (number, call, later))?,
        };
        (call < calls && self.sailings.contains_key(&number)).then_some((number, call, later))
    }

    /// Times at a position of a sailing.
    pub fn clock(&self, cycle: i128, sailing: u32, position: usize) -> Option<Clock> {
        let (number, call, later) = self.stop(sailing, position)?;
        let times = self.sailings.get(&number)?.calls.get(call)?;
        let at = |minutes: i64| i128::from(minutes) + later * cycle;
        Some(Clock { arrival: at(times.arrival_min.0), berthing: at(times.berthing_min.0), departure: at(times.departure_min.0) })
    }

    /// Sum of an amount over all legs of the sailings that the service claims to have. A leg is sailed at the slowest speed for which the time to
    /// the next arrival is enough, and at the class's speed where the plan has no times.
    pub fn over_legs(&self, cycle: i128, amount: impl Fn(&Steaming) -> i128) -> i128 {
        let legs = || self.legs.iter().enumerate().filter_map(|(leg, passage)| Some((leg, (*passage)?)));
        let timed = || self.sailings.range(..self.service.sailings_per_cycle).map(|(sailing, _)| *sailing);
        let at_times = |sailing: u32| legs().map(move |(leg, passage)| (sailing, leg, passage));
        let with_times: i128 = timed()
            .flat_map(at_times)
            .map(|(sailing, leg, passage)| amount(passage.with_spare(self.spare(cycle, sailing, leg, passage))))
            .sum();
        let without: i128 = legs().map(|(_, passage)| amount(&passage.steaming)).sum();
        with_times + (self.frequency() - timed().count() as i128) * without
    }

    /// Minutes of a leg beyond the shortest way to sail it; negative where the plan leaves too few.
    fn spare(&self, cycle: i128, sailing: u32, leg: usize, passage: &Passage) -> Minutes {
        let ends = (self.clock(cycle, sailing, leg), self.clock(cycle, sailing, leg + 1));
        let (Some(from), Some(to)) = ends else { return Minutes(0) };
        let spare = to.arrival - from.departure - i128::from(passage.duration().0);
        Minutes(spare.clamp(-1, i128::from(i32::MAX)) as i64)
    }

    /// Terminal at a position that may lie in the next voyage.
    pub fn terminal_at(&self, position: usize) -> Option<TerminalIdx> {
        self.calls.get(position.checked_rem(self.calls.len())?).copied()
    }

    /// Cargo mass that class and depth allow on a leg, in kg.
    pub fn kg_capacity(&self, problem: &Problem, leg: usize) -> i128 {
        let deadweight = problem.class(self.class).deadweight;
        let depth = self.legs.get(leg).copied().flatten().map_or(deadweight, |passage| passage.max_load);
        i128::from(deadweight.min(depth).0)
    }
}

impl<'a> Book<'a> {
    /// Length of the cycle in minutes.
    pub fn cycle(&self) -> i128 {
        i128::from(self.problem.settings.cycle.0).max(1)
    }

    pub fn class(&self, run: &Run) -> &'a VesselClass {
        self.problem.class(run.class)
    }

    /// The call of a boarding's position; in range for all positions from `from` to `to`.
    pub fn stop(&self, ride: &Boarding, position: usize) -> Option<Stop> {
        let (sailing, call, _) = self.runs.get(ride.run)?.stop(ride.sailing, position)?;
        Some(Stop { run: ride.run, sailing, call })
    }

    /// Whether the service calls at Hong Kong or Macau.
    pub fn calls_outside(&self, run: &Run) -> bool {
        run.calls.iter().any(|at| self.problem.terminal(*at).region.is_outside())
    }

    /// Such as `S03 sailing 2 call 1 (NSA)`.
    pub fn call_place(&self, run: &Run, sailing: u32, call: usize) -> String {
        format!("{} sailing {sailing} call {call} ({})", run.service.service, self.name_at(run, call))
    }

    /// Such as `S03 call 1 (NSA)`.
    pub fn position_place(&self, run: &Run, call: usize) -> String {
        format!("{} call {call} ({})", run.service.service, self.name_at(run, call))
    }

    /// Such as `S03 sailing 2 leg 1 (NSA to HOP)`.
    pub fn leg_place(&self, run: &Run, sailing: u32, leg: usize) -> String {
        let (from, to) = (self.name_at(run, leg), self.name_at(run, leg + 1));
        format!("{} sailing {sailing} leg {leg} ({from} to {to})", run.service.service)
    }

    /// Code of the terminal at a position, for the reader.
    pub fn name_at(&self, run: &Run, position: usize) -> &'a str {
        run.terminal_at(position).map_or("?", |at| &self.problem.terminal(at).code.0)
    }
}
