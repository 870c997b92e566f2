//! The plan as plain tables: timetable, berth plan and slots, for CSV and workbooks. Units stand in the column names. Sailings, calls, legs
//! and berths are counted from 0, as in the plan.

use super::dates::Clock;
use super::view::View;
use crate::domain::*;
use std::collections::BTreeSet;

/// A table with a heading for each column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub title: &'static str,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
}

impl Table {
    fn new(title: &'static str, columns: &[&str]) -> Self {
        Self { title, columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows: Vec::new() }
    }

    /// The table as CSV (RFC 4180, lines end with a line feed). Text that a spreadsheet would take for a formula is preceded by an
    /// apostrophe, because names come from instance data.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let headings = self.columns.iter().map(|column| harmless(column));
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::in_csv).collect::<Vec<_>>());
        let written = writer.write_record(headings).and_then(|()| rows.into_iter().try_for_each(|row| writer.write_record(row)));
        // memory takes every record, and text stays text
        written.ok().and_then(|()| writer.into_inner().ok()).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl Cell {
    fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    fn in_csv(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Text that no spreadsheet runs as a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Every call of every sailing of the cycle, in the order of services, sailings and calls. Local times are in Asia/Shanghai; minutes count
/// from the start of the cycle.
pub fn timetable_table(plan: &Plan, clock: Clock) -> Table {
    const COLUMNS: [&str; 16] = [
        "service",
        "operator",
        "class",
        "sailing",
        "call",
        "terminal",
        "terminal_name",
        "terminal_name_zh",
        "arrival_local",
        "berthing_local",
        "departure_local",
        "arrival_min",
        "berthing_min",
        "departure_min",
        "berth",
        "next_terminal",
    ];
    let view = View::new(plan);
    let mut table = Table::new("Timetable", &COLUMNS);
    for service in &plan.services {
        for sailing in view.sailings(service) {
            for (call, (terminal, times)) in service.calls.iter().zip(&sailing.calls).enumerate() {
                let mut row = vec![Cell::text(&service.service), Cell::text(&service.operator), Cell::text(&service.class)];
                row.extend([Cell::Number(i64::from(sailing.number)), Cell::Number(call as i64), Cell::text(terminal)]);
                row.extend([Cell::text(view.name(terminal)), Cell::text(view.name_zh(terminal))]);
                let moments = [times.arrival_min, times.berthing_min, times.departure_min];
                row.extend(moments.map(|at| Cell::Text(clock.show(at))));
                row.extend(moments.map(|at| Cell::Number(at.0)));
                let next = view.next_call(service, call).map_or(String::new(), TerminalCode::to_string);
                row.extend([Cell::Number(i64::from(times.berth)), Cell::Text(next)]);
                table.rows.push(row);
            }
        }
    }
    table
}

/// Who holds which berth from when to when, moved into one cycle, by terminal, berth and time.
pub fn berth_plan_table(plan: &Plan, clock: Clock) -> Table {
    const COLUMNS: [&str; 10] =
        ["terminal", "terminal_name", "berth", "from_local", "to_local", "from_min", "to_min", "service", "sailing", "call"];
    let view = View::new(plan);
    let cycle = plan.cycle_min.0.max(1);
    let mut held = Vec::new();
    for service in &plan.services {
        for sailing in view.sailings(service) {
            for (call, (terminal, times)) in service.calls.iter().zip(&sailing.calls).enumerate() {
                let shift = times.berthing_min.0.div_euclid(cycle) * cycle;
                let (from, to) = (times.berthing_min.0 - shift, times.departure_min.0 - shift);
                held.push((terminal, times.berth, from, to, &service.service, sailing.number, call));
            }
        }
    }
    held.sort_unstable();
    let mut table = Table::new("Berth plan", &COLUMNS);
    for (terminal, berth, from, to, service, sailing, call) in held {
        let mut row = vec![Cell::text(terminal), Cell::text(view.name(terminal)), Cell::Number(i64::from(berth))];
        row.extend([from, to].map(|at| Cell::Text(clock.show(Minutes(at)))));
        row.extend([from, to].map(Cell::Number));
        row.extend([Cell::text(service), Cell::Number(i64::from(sailing)), Cell::Number(call as i64)]);
        table.rows.push(row);
    }
    table
}

/// The slots of every leg of every sailing, with a column for each member's allotment.
pub fn slots_table(plan: &Plan) -> Table {
    const COLUMNS: [&str; 12] = [
        "service",
        "sailing",
        "leg",
        "from_terminal",
        "to_terminal",
        "capacity_teu",
        "used_teu",
        "free_teu",
        "reefer_plugs",
        "used_plugs",
        "capacity_kg",
        "used_kg",
    ];
    let members: BTreeSet<&OperatorCode> = plan.slots.iter().flat_map(|row| row.allotments.iter().map(|a| &a.member)).collect();
    let mut table = Table::new("Slots", &COLUMNS);
    table.columns.extend(members.iter().map(|member| format!("allotment_{member}_teu")));
    for slots in &plan.slots {
        let calls = plan.find_service(&slots.service).map_or(&[][..], |service| &service.calls);
        let end = |call: usize| Cell::Text(calls.get(call % calls.len().max(1)).map_or(String::new(), TerminalCode::to_string));
        let mut row = vec![
            Cell::text(&slots.service),
            Cell::Number(i64::from(slots.sailing)),
            Cell::Number(slots.leg.row() as i64),
            end(slots.leg.row()),
            end(slots.leg.row() + 1),
        ];
        let teu = [slots.capacity_teu, slots.used_teu, slots.free_teu, slots.reefer_plugs, slots.used_plugs];
        row.extend(teu.map(|teu| Cell::Number(teu.0)));
        row.extend([slots.capacity_kg, slots.used_kg].map(|mass| Cell::Number(mass.0)));
        let of = |member: &OperatorCode| slots.allotments.iter().filter(|a| a.member == *member).map(|a| a.volume_teu.0).sum();
        row.extend(members.iter().map(|member| Cell::Number(of(member))));
        table.rows.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::PlanDocument;

    fn plan() -> Plan {
        let document: PlanDocument = serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap();
        document.plan
    }

    /// Rows as a reader of CSV gets them.
    fn read(table: &Table) -> Vec<Vec<String>> {
        let text = table.to_csv();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_call_is_a_row_of_the_timetable_and_of_the_berth_plan() {
        let plan = plan();
        let calls: usize = plan.sailings.iter().map(|sailing| sailing.calls.len()).sum();
        let (timetable, berths) = (timetable_table(&plan, Clock::Weekdays), berth_plan_table(&plan, Clock::Weekdays));
        assert_eq!((timetable.rows.len(), berths.rows.len()), (calls, calls));
        assert_eq!(read(&timetable)[0][13], "departure_min");
        assert_eq!(read(&timetable)[1][13], plan.sailings[0].calls[0].departure_min.0.to_string());
        let within = |row: &Vec<Cell>| matches!(row[5], Cell::Number(from) if (0..plan.cycle_min.0).contains(&from));
        assert!(berths.rows.iter().all(within));
        assert!(berths.rows.windows(2).all(|pair| pair[0][0] != pair[1][0] || number(&pair[0][2]) <= number(&pair[1][2])));
    }

    fn number(cell: &Cell) -> i64 {
        match cell {
            Cell::Number(number) => *number,
            Cell::Text(text) => panic!("{text} is no number"),
        }
    }

    // what is used and free is the capacity, and the members' slots add up to it
    #[test]
    fn slots_add_up_in_their_table() {
        let plan = plan();
        let table = slots_table(&plan);
        assert_eq!(table.rows.len(), plan.slots.len());
        for row in &table.rows {
            assert_eq!(number(&row[6]) + number(&row[7]), number(&row[5]));
            assert_eq!(row[12..].iter().map(number).sum::<i64>(), number(&row[5]), "{:?}", table.columns);
        }
    }

    // a spreadsheet runs what starts with = + - @; names come from files that anyone may have written
    #[test]
    fn no_cell_of_text_is_a_formula() {
        let mut plan = plan();
        for (evil, terminal) in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"].iter().zip(0..) {
            let row = terminal % plan.terminals.len();
            plan.terminals[row].name = (*evil).to_owned();
            let rows = read(&timetable_table(&plan, Clock::Weekdays));
            let code = &plan.terminals[row].terminal.0;
            let names: Vec<_> = rows.iter().filter(|cells| cells[5] == *code).map(|cells| cells[6].clone()).collect();
            assert!(!names.is_empty() && names.iter().all(|name| *name == format!("'{evil}")), "{names:?}");
        }
        assert!(
            read(&timetable_table(&plan, Clock::Weekdays))
                .iter()
                .flatten()
                .all(|cell| harmless(cell) == *cell || cell.parse::<i64>().is_ok())
        );
    }
}
