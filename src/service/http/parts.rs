//! The parts of a plan that are resources of their own, as bodies. Each is made once for each view and kept on the shelf.

use super::body::Prepared;
use super::network::{Network, network};
use super::view::{PlanBody, View};
use crate::domain::*;
use crate::publish::{self, CallKey, CallLoads, Clock, LoadLine, PlanDocument, Table, Weeks};
use chrono::{DateTime, Utc};
use chrono_tz::Asia::Shanghai;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A part of a plan; those with a code show one service or terminal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Whole,
    Text,
    Services,
    Service(String),
    Terminals,
    Terminal(String),
    Timetable,
    TimetableCsv,
    TimetableXlsx,
    Slots,
    SlotsCsv,
    Settlement,
    Berths,
    BerthsCsv,
    LoadLists,
    Ledger,
    Network,
    ServiceCalendar(String),
    TerminalCalendar(String),
}

const CSV: &str = "text/csv; charset=utf-8";
const CALENDAR: &str = "text/calendar; charset=utf-8";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A plan to make bodies of.
pub struct Source {
    pub document: Arc<PlanDocument>,
    /// The document as it is stored, for who sees all of it.
    pub text: String,
    /// When the plan was made: the date that files carry.
    pub made_at: DateTime<Utc>,
    /// What the plan was made from, for parts that show it.
    pub instance: Option<(Problem, Chart)>,
}

impl Source {
    fn network(&self, view: &View) -> Option<Network> {
        let (problem, chart) = self.instance.as_ref()?;
        Some(network(problem, chart.clone(), &self.document.plan, view))
    }
}

impl Part {
    /// The body of this part; `None` when the plan has no such service or terminal.
    ///
    /// # Errors
    /// When the plan does not fit a workbook.
    pub fn build(&self, source: &Source, view: &View) -> Result<Option<Prepared>, String> {
        let (document, plan) = (&source.document, &source.document.plan);
        Ok(Some(match self {
            Self::Whole if view.sees_customers() => Prepared::new(super::body::JSON, source.text.clone()),
            Self::Whole => Prepared::json(&PlanBody::new(document, view)),
            Self::Text => Prepared::new("text/plain; charset=utf-8", publish::timetable(document, Clock::Weekdays)),
            Self::Services => Prepared::json(&services(plan)),
            Self::Service(code) => return Ok(service(plan, code, view).as_ref().map(Prepared::json)),
            Self::Terminals => Prepared::json(&Terminals { terminals: terminals(plan) }),
            Self::Terminal(code) => return Ok(terminal(plan, code).as_ref().map(Prepared::json)),
            Self::Timetable => Prepared::json(&timetable(plan)),
            Self::TimetableCsv => csv(&publish::timetable_table(plan, Clock::Weekdays)),
            Self::TimetableXlsx => workbook(source, view)?,
            Self::Slots => Prepared::json(&Slots { slots: view.slots(plan).unwrap_or_default() }),
            Self::SlotsCsv => csv(&publish::slots_table(&view.reduce(plan))),
            Self::Settlement => return Ok(view.settlement(plan).as_ref().map(Prepared::json)),
            Self::Berths => Prepared::json(&berths(document)),
            Self::BerthsCsv => csv(&publish::berth_plan_table(plan, Clock::Weekdays)),
            Self::LoadLists => Prepared::json(&load_lists(plan, view)),
            Self::Ledger => Prepared::json(&ledger(document, view)),
            Self::Network => return Ok(source.network(view).as_ref().map(Prepared::json)),
            Self::ServiceCalendar(code) => return Ok(service_calendar(source, code)),
            Self::TerminalCalendar(code) => return Ok(terminal_calendar(source, code)),
        }))
    }
}

fn csv(table: &Table) -> Prepared {
    Prepared::new(CSV, table.to_csv())
}

/// The timetable, and for who may see them berths and slots, as sheets.
fn workbook(source: &Source, view: &View) -> Result<Prepared, String> {
    let plan = &source.document.plan;
    let mut sheets = vec![publish::timetable_table(plan, Clock::Weekdays)];
    if view.sees_operations() {
        sheets.push(publish::berth_plan_table(plan, Clock::Weekdays));
    }
    if view.slots(plan).is_some() {
        sheets.push(publish::slots_table(&view.reduce(plan)));
    }
    let bytes = publish::workbook(&sheets, source.made_at).map_err(|error| error.to_string())?;
    Ok(Prepared::new(WORKBOOK, bytes))
}

/// Every call, repeated each cycle, from the cycle in which the plan was made.
fn weeks(source: &Source) -> Weeks {
    Weeks::Every(source.made_at.with_timezone(&Shanghai).date_naive())
}

fn service_calendar(source: &Source, code: &str) -> Option<Prepared> {
    let calendar = publish::service_calendar(&source.document, &code.into(), source.made_at, weeks(source))?;
    Some(Prepared::new(CALENDAR, calendar))
}

fn terminal_calendar(source: &Source, code: &str) -> Option<Prepared> {
    let calendar = publish::terminal_calendar(&source.document, &code.into(), source.made_at, weeks(source))?;
    Some(Prepared::new(CALENDAR, calendar))
}

/// The services of a plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Services {
    pub services: Vec<ServiceLine>,
}

/// A service in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServiceLine {
    #[serde(flatten)]
    pub service: Service,
    /// Where the service with its timetable is, while its plan is the current one.
    pub href: String,
}

fn services(plan: &Plan) -> Services {
    let line =
        |service: &Service| ServiceLine { service: service.clone(), href: format!("/api/v1/services/{}", service.service) };
    Services { services: plan.services.iter().map(line).collect() }
}

/// A service with its timetable.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServiceDetail {
    #[serde(flatten)]
    pub service: Service,
    pub cycle_min: Minutes,
    pub sailings: Vec<SailingDetail>,
}

/// All sailings of a cycle.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Timetable {
    pub cycle_min: Minutes,
    pub sailings: Vec<SailingDetail>,
}

/// A sailing with its calls in order.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SailingDetail {
    pub service: ServiceCode,
    pub number: u32,
    pub calls: Vec<CallDetail>,
    pub back_at_min: Minutes,
    /// Weekday and local time in Asia/Shanghai.
    pub back_at: String,
}

/// A call with its times, and what moves there as far as the caller may see it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CallDetail {
    pub terminal: TerminalCode,
    #[serde(flatten)]
    pub times: CallTimes,
    /// Weekday and local time in Asia/Shanghai.
    pub berthing: String,
    /// Weekday and local time in Asia/Shanghai.
    pub departure: String,
    /// For planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discharged_teu: Option<Teu>,
    /// For planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loaded_teu: Option<Teu>,
    /// Slots of the leg to the next call, for holders of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_teu: Option<Teu>,
    /// Slots left to sell on the leg to the next call, for holders of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_teu: Option<Teu>,
}

fn service(plan: &Plan, code: &str, view: &View) -> Option<ServiceDetail> {
    let service = plan.services.iter().find(|service| service.service.0 == code)?;
    let loads = if view.sees_operations() { publish::build_loads(plan) } else { BTreeMap::new() };
    let sailings = plan.sailings.iter().filter(|sailing| sailing.service == service.service);
    let sailings = sailings.map(|sailing| sailing_detail(plan, service, sailing, view, &loads)).collect();
    Some(ServiceDetail { service: service.clone(), cycle_min: plan.cycle_min, sailings })
}

fn timetable(plan: &Plan) -> Timetable {
    let detail = |sailing: &Sailing| {
        let service = plan.find_service(&sailing.service)?;
        Some(sailing_detail(plan, service, sailing, &View::Public, &BTreeMap::new()))
    };
    Timetable { cycle_min: plan.cycle_min, sailings: plan.sailings.iter().filter_map(detail).collect() }
}

fn sailing_detail(
    plan: &Plan,
    service: &Service,
    sailing: &Sailing,
    view: &View,
    loads: &BTreeMap<CallKey, CallLoads>,
) -> SailingDetail {
    let calls = service.calls.iter().zip(&sailing.calls).enumerate();
    let call = |(place, (terminal, times)): (usize, (&TerminalCode, &CallTimes))| {
        let key = CallKey { service: service.service.clone(), sailing: sailing.number, call: CallPos(place as u16) };
        let is_leg = |slots: &&LegSlots| slots.service == key.service && slots.sailing == key.sailing && slots.leg == key.call;
        let slots = plan.slots.iter().find(is_leg).filter(|_| view.sees_free_slots());
        let moved = |of: fn(&CallLoads) -> Teu| view.sees_operations().then(|| loads.get(&key).map_or(Teu(0), of));
        CallDetail {
            terminal: terminal.clone(),
            times: *times,
            berthing: Clock::Weekdays.show(times.berthing_min),
            departure: Clock::Weekdays.show(times.departure_min),
            discharged_teu: moved(CallLoads::discharged),
            loaded_teu: moved(CallLoads::loaded),
            capacity_teu: slots.map(|slots| slots.capacity_teu),
            free_teu: slots.map(|slots| slots.free_teu),
        }
    };
    SailingDetail {
        service: service.service.clone(),
        number: sailing.number,
        calls: calls.map(call).collect(),
        back_at_min: sailing.back_at_min,
        back_at: Clock::Weekdays.show(sailing.back_at_min),
    }
}

/// The terminals of a plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Terminals {
    pub terminals: Vec<TerminalLine>,
}

/// A terminal with the services that call there.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TerminalLine {
    #[serde(flatten)]
    pub terminal: TerminalName,
    pub services: Vec<ServiceCode>,
}

/// A terminal with the calls there.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TerminalDetail {
    #[serde(flatten)]
    pub terminal: TerminalName,
    pub cycle_min: Minutes,
    /// By berthing, moved into one cycle.
    pub calls: Vec<BerthCall>,
}

/// A call as the terminal sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BerthCall {
    pub terminal: TerminalCode,
    pub berth: u32,
    pub from_min: Minutes,
    pub to_min: Minutes,
    /// Weekday and local time in Asia/Shanghai.
    pub from: String,
    /// Weekday and local time in Asia/Shanghai.
    pub to: String,
    pub service: ServiceCode,
    pub sailing: u32,
    pub call: CallPos,
}

fn terminals(plan: &Plan) -> Vec<TerminalLine> {
    let calling = |terminal: &TerminalName| {
        let services = plan.services.iter().filter(|service| service.calls.contains(&terminal.terminal));
        services.map(|service| service.service.clone()).collect()
    };
    plan.terminals.iter().map(|terminal| TerminalLine { services: calling(terminal), terminal: terminal.clone() }).collect()
}

fn terminal(plan: &Plan, code: &str) -> Option<TerminalDetail> {
    let terminal = plan.terminals.iter().find(|terminal| terminal.terminal.0 == code)?.clone();
    let mut calls = berth_calls(plan);
    calls.retain(|call| call.terminal == terminal.terminal);
    calls.sort_by_key(|call| (call.from_min, call.berth));
    Some(TerminalDetail { terminal, cycle_min: plan.cycle_min, calls })
}

/// All calls by terminal, berth and time, each moved into the cycle.
fn berth_calls(plan: &Plan) -> Vec<BerthCall> {
    let cycle = plan.cycle_min.0.max(1);
    let mut calls = Vec::new();
    for sailing in &plan.sailings {
        let Some(service) = plan.find_service(&sailing.service) else { continue };
        for (place, (terminal, times)) in service.calls.iter().zip(&sailing.calls).enumerate() {
            let shift = Minutes(times.berthing_min.0.div_euclid(cycle) * cycle);
            let (from_min, to_min) = (times.berthing_min - shift, times.departure_min - shift);
            calls.push(BerthCall {
                terminal: terminal.clone(),
                berth: times.berth,
                from_min,
                to_min,
                from: Clock::Weekdays.show(from_min),
                to: Clock::Weekdays.show(to_min),
                service: service.service.clone(),
                sailing: sailing.number,
                call: CallPos(place as u16),
            });
        }
    }
    calls.sort_by(|a, b| (&a.terminal, a.berth, a.from_min).cmp(&(&b.terminal, b.berth, b.from_min)));
    calls
}

/// The slots of a plan, leg by leg.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Slots {
    /// With all allotments for planners, with its own for a member.
    pub slots: Vec<LegSlots>,
}

/// Who holds which berth when, and how much each terminal is used.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Berths {
    /// By terminal, berth and time, moved into one cycle.
    pub calls: Vec<BerthCall>,
    pub terminals: Vec<TerminalUse>,
}

fn berths(document: &PlanDocument) -> Berths {
    Berths { calls: berth_calls(&document.plan), terminals: document.report.indicators.terminals.clone() }
}

/// What is loaded and discharged at each call.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LoadLists {
    pub calls: Vec<CallList>,
}

/// Load list of one call.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CallList {
    pub service: ServiceCode,
    pub sailing: u32,
    pub call: CallPos,
    pub terminal: TerminalCode,
    pub discharge: Vec<LoadRow>,
    pub load: Vec<LoadRow>,
}

/// Boxes of one kind handled at a call.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LoadRow {
    /// For the alliance's planners; others see the boxes of all customers with the same ends together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<DemandCode>,
    pub trade: Trade,
    pub cargo: Cargo,
    pub volume_teu: Teu,
    pub origin: TerminalCode,
    pub destination: TerminalCode,
}

fn load_lists(plan: &Plan, view: &View) -> LoadLists {
    let list = |(key, lists): (CallKey, CallLoads)| {
        let terminal = plan.find_service(&key.service)?.calls.get(key.call.row())?.clone();
        let (discharge, load) = (load_rows(&lists.discharge, view), load_rows(&lists.load, view));
        Some(CallList { service: key.service, sailing: key.sailing, call: key.call, terminal, discharge, load })
    };
    LoadLists { calls: publish::build_loads(plan).into_iter().filter_map(list).collect() }
}

fn load_rows(lines: &[LoadLine], view: &View) -> Vec<LoadRow> {
    let mut rows: Vec<LoadRow> = Vec::new();
    for line in lines {
        let row = LoadRow {
            demand: view.sees_customers().then(|| line.demand.clone()),
            trade: line.trade,
            cargo: line.cargo,
            volume_teu: line.volume_teu,
            origin: line.origin.clone(),
            destination: line.destination.clone(),
        };
        match rows.iter_mut().find(|known| LoadRow { volume_teu: row.volume_teu, ..(*known).clone() } == row) {
            Some(known) => known.volume_teu += row.volume_teu,
            None => rows.push(row),
        }
    }
    rows
}

/// Money and measures of a plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Account {
    pub ledger: Ledger,
    pub indicators: Indicators,
    /// Bounds and gaps.
    pub proofs: Vec<Proof>,
    /// For the alliance's planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_behind: Option<Vec<LeftBehind>>,
}

fn ledger(document: &PlanDocument, view: &View) -> Account {
    Account {
        ledger: document.report.ledger,
        indicators: document.report.indicators.clone(),
        proofs: document.plan.proofs.clone(),
        left_behind: view.sees_customers().then(|| document.plan.left_behind.clone()),
    }
}
