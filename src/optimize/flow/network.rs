//! The timed network of one cycle: where and when each sailing calls, made of timed services or of a finished plan.

use super::ways::Hop;
use crate::domain::*;
use crate::waterway::Waterway;

/// The timed services with what each leg can carry.
pub struct Network<'a> {
    pub problem: &'a Problem,
    pub lines: Vec<NetworkLine>,
}

/// Line, sailing, and leg or call.
pub type Place = (usize, usize, usize);

/// Times of a call, minutes from the start of the cycle in which the sailing's first call is berthed.
#[derive(Clone, Copy, Debug)]
struct Times {
    arrival: Minutes,
    berthing: Minutes,
    departure: Minutes,
}

/// One timed service.
pub struct NetworkLine {
    pub line: Line,
    /// By sailing and call.
    times: Vec<Vec<Times>>,
    cycle: Minutes,
    /// Cargo mass that class and depth allow, by leg.
    pub leg_load: Vec<Kg>,
}

impl<'a> Network<'a> {
    /// Reads the timed services.
    pub fn new(problem: &'a Problem, waterway: &Waterway, timed: &[TimedLine]) -> Self {
        Self { problem, lines: timed.iter().map(|timed| NetworkLine::of_line(problem, waterway, timed)).collect() }
    }

    /// Reads the services and sailings of a plan, in their order.
    ///
    /// # Errors
    /// When the plan is not one of this problem: what the auditor calls A-CODE or A-FREQUENCY.
    pub fn of_plan(problem: &'a Problem, waterway: &Waterway, plan: &Plan) -> Result<Self, String> {
        let lines = plan.services.iter().map(|service| NetworkLine::of_service(problem, waterway, plan, service));
        Ok(Self { problem, lines: lines.collect::<Result<_, _>>()? })
    }

    /// Legs that a stay on board covers: beyond the rotation's end they belong to the vessel's next voyage.
    pub fn legs_of(&self, hop: &Hop) -> impl Iterator<Item = Place> {
        let line = &self.lines[hop.line];
        let (row, first) = (hop.line, hop.sailing);
        (hop.from..hop.to).map(move |position| {
            let (sailing, leg, _) = line.resolve(first, position);
            (row, sailing, leg)
        })
    }

    /// The calls where a stay on board begins and ends.
    pub fn lifts_of(&self, hop: &Hop) -> [Place; 2] {
        let line = &self.lines[hop.line];
        [hop.from, hop.to].map(|position| {
            let (sailing, call, _) = line.resolve(hop.sailing, position);
            (hop.line, sailing, call)
        })
    }

    /// TEU that the stay at a call leaves time to lift [SL-6].
    pub fn lifts_at(&self, (line, sailing, call): Place) -> i64 {
        let line = &self.lines[line];
        (line.stay(sailing, call).0 as f64 * teu_per_minute(self.problem, line.line.calls[call]) + 1e-9).floor() as i64
    }

    /// The class that sails a line.
    pub fn class(&self, line: usize) -> &'a VesselClass {
        self.problem.class(self.problem.fleet(self.lines[line].line.fleet).class)
    }
}

impl NetworkLine {
    fn of_line(problem: &Problem, waterway: &Waterway, timed: &TimedLine) -> Self {
        let line = timed.line.clone();
        let wait = |call: usize| grid_wait(problem, line.calls[call], call == 0);
        let times = |shift: Minutes| {
            let call = |(call, berthing): (usize, &Minutes)| {
                let berthing = *berthing + shift;
                Times { arrival: berthing - wait(call), berthing, departure: berthing + line.dwell[call] }
            };
            timed.berthing.iter().enumerate().map(call).collect()
        };
        let times = sailing_shifts(problem, line.sailings).into_iter().map(times).collect();
        let leg_load = leg_loads(problem, waterway, &line);
        Self { line, times, cycle: problem.settings.cycle, leg_load }
    }

    fn of_service(problem: &Problem, waterway: &Waterway, plan: &Plan, service: &Service) -> Result<Self, String> {
        let unknown = |what: &str| format!("service {} names {what} that the instance does not have", service.service);
        let find = |code: &TerminalCode| problem.find_terminal(code).ok_or_else(|| unknown("a terminal"));
        let calls: Vec<TerminalIdx> = service.calls.iter().map(find).collect::<Result<_, _>>()?;
        let fleet = find_fleet(problem, service).ok_or_else(|| unknown("vessels"))?;
        let mut sailings: Vec<&Sailing> = plan.sailings.iter().filter(|sailing| sailing.service == service.service).collect();
        sailings.sort_by_key(|sailing| sailing.number);
        let all_there = sailings.iter().enumerate().all(|(row, sailing)| sailing.number as usize == row);
        let whole = sailings.iter().all(|sailing| sailing.calls.len() == calls.len());
        if !all_there || !whole || sailings.len() != service.sailings_per_cycle as usize || sailings.is_empty() {
            return Err(format!("service {} lacks sailings or calls", service.service));
        }
        let call =
            |call: &CallTimes| Times { arrival: call.arrival_min, berthing: call.berthing_min, departure: call.departure_min };
        let times: Vec<Vec<Times>> = sailings.iter().map(|sailing| sailing.calls.iter().map(call).collect()).collect();
        let dwell: Vec<Minutes> = times[0].iter().map(|call| call.departure - call.berthing).collect();
        let handling = times.iter().flatten().map(|call| call.departure - call.berthing).sum();
        let Service { regime, mixed_direction, vessels, sailings_per_cycle, .. } = *service;
        let line = Line { calls, fleet, regime, mixed_direction, vessels, sailings: sailings_per_cycle, dwell, handling };
        let leg_load = leg_loads(problem, waterway, &line);
        Ok(Self { line, times, cycle: problem.settings.cycle, leg_load })
    }

    pub fn calls(&self) -> usize {
        self.line.calls.len()
    }

    pub fn sailings(&self) -> usize {
        self.times.len()
    }

    /// Sailing and call that a position of a sailing stands for, and the cycles that lie between.
    pub fn resolve(&self, sailing: usize, position: usize) -> (usize, usize, i64) {
        if position < self.calls() {
            return (sailing, position, 0);
        }
        let next = sailing + self.line.vessels as usize;
        (next % self.sailings(), position - self.calls(), (next / self.sailings()) as i64)
    }

    fn at(&self, sailing: usize, position: usize, of: fn(&Times) -> Minutes) -> Minutes {
        let (at, call, cycles) = self.resolve(sailing, position);
        of(&self.times[at][call]) + self.cycle * cycles
    }

    /// Berthing at a position of a sailing, from the start of the cycle of its first call.
    pub fn berthing(&self, sailing: usize, position: usize) -> Minutes {
        self.at(sailing, position, |times| times.berthing)
    }

    pub fn departure(&self, sailing: usize, position: usize) -> Minutes {
        self.at(sailing, position, |times| times.departure)
    }

    /// Arrival off the terminal: the buffer before the berthing.
    pub fn arrival(&self, sailing: usize, position: usize) -> Minutes {
        self.at(sailing, position, |times| times.arrival)
    }

    /// Time alongside at a call.
    pub fn stay(&self, sailing: usize, call: usize) -> Minutes {
        self.departure(sailing, call) - self.berthing(sailing, call)
    }
}

fn find_fleet(problem: &Problem, service: &Service) -> Option<FleetIdx> {
    let (operator, class) = (problem.find_operator(&service.operator)?, problem.find_class(&service.class)?);
    let of = |fleet: &Fleet| fleet.operator == operator && fleet.class == class && fleet.registered == service.registered;
    problem.fleets.iter().position(of).map(FleetIdx::from)
}

fn leg_loads(problem: &Problem, waterway: &Waterway, line: &Line) -> Vec<Kg> {
    let class = problem.fleet(line.fleet).class;
    let load = |leg: usize| {
        let passage = waterway.passage(class, line.calls[leg], line.terminal_at(leg + 1));
        passage.map_or(Kg(0), |passage| passage.max_load.min(problem.class(class).deadweight))
    };
    (0..line.calls.len()).map(load).collect()
}

/// Shift of each sailing against the first: evenly over the cycle, rounded down to the grid.
pub fn sailing_shifts(problem: &Problem, sailings: u32) -> Vec<Minutes> {
    let slots = problem.slots_per_cycle();
    (0..i64::from(sailings)).map(|k| problem.settings.slot * (k * slots / i64::from(sailings))).collect()
}

/// The wait before berthing on the grid; before the first call of a voyage also the turnaround buffer.
fn grid_wait(problem: &Problem, at: TerminalIdx, first: bool) -> Minutes {
    let turnaround = if first { problem.on_grid(problem.settings.turnaround_buffer) } else { Minutes(0) };
    problem.on_grid(problem.terminal(at).wait) + turnaround
}

/// TEU that the crane of one berth lifts in a minute.
pub fn teu_per_minute(problem: &Problem, at: TerminalIdx) -> f64 {
    problem.terminal(at).moves_per_berth_hour * problem.settings.teu_per_move / 60.0
}
