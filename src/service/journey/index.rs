//! One cycle of the timetable, made ready for the search.

use super::footprint::Emissions;
use super::table::Table;
use crate::domain::*;
use crate::waterway::Waterway;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// A plan made ready for searching ways.
#[derive(Clone, Debug)]
pub struct JourneyIndex {
    pub(super) cycle: i64,
    /// Least time between two barges; `None` where no instance says so, and then nothing is transshipped.
    pub(super) transfer: Option<i64>,
    pub(super) places: Vec<Place>,
    pub(super) lines: Vec<Line>,
    /// Column by column, and in a column by berthing.
    pub(super) boardings: Vec<Boarding>,
    /// Those of a boarding lie together, in the order of calls.
    pub(super) alightings: Vec<Alighting>,
    pub(super) columns: Vec<Column>,
    rows: HashMap<TerminalCode, u32>,
    pub(super) cross_border: Vec<[u32; 3]>,
    /// Shared by all clones, which are the same timetable.
    pub(super) table: Arc<Table>,
}

/// A terminal as far as a box on its way is concerned.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// In Hong Kong or Macau.
    pub outside: bool,
    pub transshipment: bool,
    /// Opening hours as minutes of the day; `None` is day and night.
    pub open: Option<(Minutes, Minutes)>,
    pub foreign_trade: bool,
    pub domestic_trade: bool,
    /// Columns of the calls here.
    pub columns: Range<u32>,
}

/// A service as far as a box on its way is concerned.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub regime: Regime,
    /// Every leg of every sailing has plugs for reefers.
    pub plugs: bool,
    /// Terminals in Hong Kong and Macau that it calls at.
    pub outside: Vec<u32>,
    pub calls: u32,
    /// Berthing at each call of each sailing, from the start of its cycle; sailing by sailing.
    pub berthings: Vec<i64>,
}

/// The calls of all sailings of a service at one place of its rotation.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub boardings: Range<u32>,
    /// No sailing overtakes another, so the next one is always the best.
    pub in_order: bool,
}

/// Loading at a call of a sailing, once a cycle.
#[derive(Clone, Debug)]
pub(super) struct Boarding {
    pub line: u32,
    pub sailing: u32,
    pub call: u16,
    /// Minute of the cycle.
    pub berthing: i64,
    /// From the start of the cycle in which the call is berthed.
    pub departure: i64,
    /// Cycles from the start of the sailing to the berthing.
    pub cycles: i64,
    pub alightings: u32,
    /// R6: imports of the plan stay on board here and may not meet exports.
    pub imports_stay: bool,
}

/// Discharge at a later call of the same vessel.
#[derive(Clone, Debug)]
pub(super) struct Alighting {
    pub place: u32,
    /// From the start of the cycle in which the boarding is berthed.
    pub arrival: i64,
    /// The same, departure of the vessel: the box is ashore.
    pub ashore: i64,
    /// R6: exports of the plan are loaded here and may not meet imports.
    pub exports_load: bool,
    /// The leg that ends here: sailing, call where it starts, and cycles since the one in which the boarding is berthed.
    pub leg: LegOf,
    /// By water between the ends of the ride; 0 where no instance says.
    pub distance: Metres,
    /// Grams of CO2 equivalent of one TEU on this ride.
    pub co2e_g: i64,
}

/// A leg of a sailing, counted from the cycle in which a boarding is berthed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LegOf {
    pub sailing: u32,
    pub call: u16,
    pub cycles: i64,
}

/// Distances and emissions between the terminals of an instance, for the classes of a plan's services.
struct River<'a> {
    problem: &'a Problem,
    waterway: Waterway,
    emissions: Emissions,
}

/// A service with its sailings, in the order of their numbers.
struct Timed<'a> {
    row: u32,
    service: &'a Service,
    sailings: Vec<&'a Sailing>,
}

/// Calls at which the plan's exports load or its imports stay on board, where a service keeps them apart: (service row, sailing, call).
#[derive(Default)]
struct Apart {
    exports_load: BTreeSet<(u32, u32, usize)>,
    imports_stay: BTreeSet<(u32, u32, usize)>,
}

impl JourneyIndex {
    /// Indexes a plan. The instance says where boxes may change barges and which trade a terminal may handle; without it only rides on
    /// one barge are found and every terminal handles every trade. A service that lacks a sailing or a call, which no audited plan has,
    /// takes nobody.
    pub fn new(plan: &Plan, problem: Option<&Problem>) -> Self {
        let codes: BTreeSet<&TerminalCode> = plan.services.iter().flat_map(|s| &s.calls).collect();
        let rows: HashMap<TerminalCode, u32> = codes.iter().map(|code| (*code).clone()).zip(0..).collect();
        let mut index = Self {
            cycle: plan.cycle_min.0.max(1),
            transfer: problem.map(|problem| problem.settings.transfer.0),
            places: codes.iter().map(|code| Place::new(code, problem)).collect(),
            table: Arc::new(Table::new(codes.len())),
            lines: Vec::new(),
            boardings: Vec::new(),
            alightings: Vec::new(),
            columns: Vec::new(),
            cross_border: problem.map_or(Vec::new(), |problem| listed_paths(problem, &rows)),
            rows,
        };
        index.lines = plan.services.iter().map(|service| index.line(plan, service)).collect();
        let river = problem.map(|problem| River::new(problem, plan));
        index.fill(plan, river.as_ref());
        index
    }

    /// Whether the plan calls at a terminal.
    pub fn knows(&self, terminal: &TerminalCode) -> bool {
        self.rows.contains_key(terminal)
    }

    pub(super) fn find_place(&self, terminal: &TerminalCode) -> Option<u32> {
        self.rows.get(terminal).copied()
    }

    fn line(&self, plan: &Plan, service: &Service) -> Line {
        let mut legs = plan.slots.iter().filter(|slots| slots.service == service.service).peekable();
        let mut outside: Vec<u32> = service.calls.iter().map(|call| self.rows[call]).collect();
        outside.retain(|place| self.places[*place as usize].outside);
        Line {
            regime: service.regime,
            plugs: legs.peek().is_some() && legs.all(|slots| slots.reefer_plugs > Teu(0)),
            outside,
            calls: service.calls.len() as u32,
            berthings: Vec::new(),
        }
    }

    /// Columns, boardings and alightings, terminal by terminal.
    fn fill(&mut self, plan: &Plan, river: Option<&River>) {
        let timed: Vec<Timed> = (0..).zip(&plan.services).filter_map(|(row, service)| Timed::new(plan, row, service)).collect();
        let apart = Apart::new(plan, &timed);
        for line in &timed {
            let times = line.sailings.iter().flat_map(|sailing| sailing.calls.iter().map(|call| call.berthing_min.0));
            self.lines[line.row as usize].berthings = times.collect();
        }
        for place in 0..self.places.len() as u32 {
            let start = self.columns.len() as u32;
            for line in &timed {
                let calls = (0..line.service.calls.len()).filter(|call| self.rows[&line.service.calls[*call]] == place);
                for call in calls.collect::<Vec<_>>() {
                    self.add_column(line, call, &apart, river);
                }
            }
            self.places[place as usize].columns = start..self.columns.len() as u32;
        }
    }

    fn add_column(&mut self, line: &Timed, call: usize, apart: &Apart, river: Option<&River>) {
        let start = self.boardings.len() as u32;
        let mut sailings: Vec<&Sailing> = line.sailings.clone();
        sailings.sort_by_key(|sailing| (sailing.calls[call].berthing_min.0.rem_euclid(self.cycle), sailing.number));
        for sailing in sailings {
            self.add_boarding(line, sailing, call, apart, river);
        }
        let boardings = start..self.boardings.len() as u32;
        let in_order = self.is_in_order(boardings.clone(), line.service.calls.len());
        self.columns.push(Column { boardings, in_order });
    }

    fn add_boarding(&mut self, line: &Timed, sailing: &Sailing, call: usize, apart: &Apart, river: Option<&River>) {
        let times = sailing.calls[call];
        let cycles = times.berthing_min.0.div_euclid(self.cycle);
        let shift = cycles * self.cycle;
        self.boardings.push(Boarding {
            line: line.row,
            sailing: sailing.number,
            call: call as u16,
            berthing: times.berthing_min.0 - shift,
            departure: times.departure_min.0 - shift,
            cycles,
            alightings: self.alightings.len() as u32,
            imports_stay: apart.imports_stay.contains(&(line.row, sailing.number, call)),
        });
        for position in call + 1..call + line.service.calls.len() {
            let (at, stop, later) = line.resolve(sailing.number, position);
            let times = line.sailings[at as usize].calls[stop];
            let base = later * self.cycle - shift;
            let (leg_sailing, leg_call, leg_later) = line.resolve(sailing.number, position - 1);
            let (distance, co2e_g) = river
                .map_or((Metres(0), 0), |river| river.ride(line.service, &line.service.calls[call], &line.service.calls[stop]));
            self.alightings.push(Alighting {
                place: self.rows[&line.service.calls[stop]],
                arrival: times.arrival_min.0 + base,
                ashore: times.departure_min.0 + base,
                exports_load: apart.exports_load.contains(&(line.row, at, stop)),
                leg: LegOf { sailing: leg_sailing, call: leg_call as u16, cycles: leg_later - cycles },
                distance,
                co2e_g,
            });
        }
    }

    /// Whether boarding later never means to arrive or to be ashore earlier, at any later call, the next cycle included.
    fn is_in_order(&self, boardings: Range<u32>, calls: usize) -> bool {
        let rows: Vec<&[Alighting]> = boardings.map(|row| self.alightings_of(&self.boardings[row as usize], calls)).collect();
        let keeps_order = |earlier: &[Alighting], later: &[Alighting], shift: i64| {
            earlier.iter().zip(later).all(|(a, b)| a.arrival <= b.arrival + shift && a.ashore <= b.ashore + shift)
        };
        let around = rows.last().zip(rows.first()).is_none_or(|(last, first)| keeps_order(last, first, self.cycle));
        around && rows.windows(2).all(|pair| keeps_order(pair[0], pair[1], 0))
    }

    fn alightings_of(&self, boarding: &Boarding, calls: usize) -> &[Alighting] {
        &self.alightings[boarding.alightings as usize..][..calls.saturating_sub(1)]
    }

    /// Calls at which a box can leave after boarding, in their order.
    pub(super) fn alightings(&self, boarding: &Boarding) -> &[Alighting] {
        self.alightings_of(boarding, self.lines[boarding.line as usize].calls as usize)
    }
}

impl Place {
    fn new(code: &TerminalCode, problem: Option<&Problem>) -> Self {
        let terminal = problem.and_then(|problem| Some(problem.terminal(problem.find_terminal(code)?)));
        Self {
            outside: terminal.is_some_and(|t| t.region.is_outside()),
            transshipment: terminal.is_some_and(|t| t.transshipment),
            open: terminal.and_then(|t| t.open),
            foreign_trade: terminal.is_none_or(|t| t.foreign_trade),
            domestic_trade: terminal.is_none_or(|t| t.domestic_trade),
            columns: 0..0,
        }
    }
}

impl<'a> River<'a> {
    fn new(problem: &'a Problem, plan: &Plan) -> Self {
        let waterway = Waterway::new(problem);
        Self { emissions: Emissions::new(problem, &waterway, plan), problem, waterway }
    }

    /// Distance by water between the ends of a ride, and what one TEU of it emits.
    fn ride(&self, service: &Service, from: &TerminalCode, to: &TerminalCode) -> (Metres, i64) {
        let distance = find_distance(self.problem, &self.waterway, &service.class, from, to);
        (distance, self.emissions.of_ride(&service.service, distance))
    }
}

/// The way by water that a class may sail between two terminals; 0 where there is none, as between a terminal and itself.
pub(super) fn find_distance(
    problem: &Problem,
    waterway: &Waterway,
    class: &ClassCode,
    from: &TerminalCode,
    to: &TerminalCode,
) -> Metres {
    let ends = || Some((problem.find_class(class)?, problem.find_terminal(from)?, problem.find_terminal(to)?));
    let passage = ends().and_then(|(class, from, to)| waterway.passage(class, from, to));
    passage.map_or(Metres(0), |passage| passage.distance)
}

/// R8: the paths across the border by terminals that the plan calls at.
fn listed_paths(problem: &Problem, rows: &HashMap<TerminalCode, u32>) -> Vec<[u32; 3]> {
    let row = |at: &TerminalIdx| rows.get(&problem.terminal(*at).code).copied();
    problem.cross_border.iter().filter_map(|[a, b, c]| Some([row(a)?, row(b)?, row(c)?])).collect()
}

impl<'a> Timed<'a> {
    fn new(plan: &'a Plan, row: u32, service: &'a Service) -> Option<Self> {
        let is_it = |number: u32, s: &&Sailing| {
            s.service == service.service && s.number == number && s.calls.len() == service.calls.len()
        };
        let find = |number: u32| plan.sailings.iter().find(|sailing| is_it(number, sailing));
        let sailings: Option<Vec<_>> = (0..service.sailings_per_cycle).map(find).collect();
        let sailings = sailings.filter(|_| service.vessels > 0 && u16::try_from(service.calls.len()).is_ok())?;
        Some(Self { row, service, sailings })
    }

    /// Sailing and call that a position stands for, and the cycles that lie between: past the end the vessel goes on as sailing
    /// `number + vessels`.
    fn resolve(&self, number: u32, position: usize) -> (u32, usize, i64) {
        let calls = self.service.calls.len();
        if position < calls {
            return (number, position, 0);
        }
        let (next, sailings) = (u64::from(number) + u64::from(self.service.vessels), self.sailings.len() as u64);
        ((next % sailings) as u32, position - calls, (next / sailings) as i64)
    }
}

impl Apart {
    fn new(plan: &Plan, timed: &[Timed]) -> Self {
        let mut apart = Self::default();
        let rows: BTreeMap<&ServiceCode, &Timed> = timed.iter().map(|line| (&line.service.service, line)).collect();
        for shipment in plan.shipments.iter().filter(|s| matches!(s.trade, Trade::Export | Trade::Import)) {
            for ride in &shipment.rides {
                if let Some(line) = rows.get(&ride.service).filter(|line| !line.service.mixed_direction) {
                    apart.add(line, ride, shipment.trade);
                }
            }
        }
        apart
    }

    fn add(&mut self, line: &Timed, ride: &Ride, trade: Trade) {
        let most = 2 * line.service.calls.len();
        let (from, to) = (ride.from_call.row().min(most), ride.to_call.row().min(most));
        let positions = if trade == Trade::Export { from..from + 1 } else { from + 1..to };
        for position in positions {
            let (sailing, call, _) = line.resolve(ride.sailing, position);
            let stops = if trade == Trade::Export { &mut self.exports_load } else { &mut self.imports_stay };
            stops.insert((line.row, sailing, call));
        }
    }
}
