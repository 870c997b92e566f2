//! Tables as the sheets of one workbook.

use super::tables::{Cell, Table};
use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// A workbook with one sheet for each table: headings stay in sight, columns can be filtered. Text is text, never a formula. The same
/// tables and publication time give the same bytes.
///
/// # Errors
/// When a table has more rows or longer texts than a sheet can hold (1,048,576 rows, 32,767 characters).
pub fn workbook(tables: &[Table], published_at: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = creation(published_at)?;
    workbook.set_properties(&DocProperties::new().set_author("Waterbus").set_creation_datetime(&created));
    let heading = Format::new().set_bold();
    for table in tables {
        fill(workbook.add_worksheet(), table, &heading)?;
    }
    workbook.save_to_buffer()
}

/// The creation date that the file names instead of the clock's.
fn creation(at: DateTime<Utc>) -> Result<ExcelDateTime, XlsxError> {
    let day = |part: u32| u8::try_from(part).unwrap_or(1);
    let year = u16::try_from(at.year()).unwrap_or(2024);
    ExcelDateTime::from_ymd(year, day(at.month()), day(at.day()))?.and_hms(
        u16::try_from(at.hour()).unwrap_or(0),
        day(at.minute()),
        f64::from(at.second().min(59)),
    )
}

fn fill(sheet: &mut Worksheet, table: &Table, heading: &Format) -> Result<(), XlsxError> {
    sheet.set_name(table.title)?.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, name, heading)?.set_column_width(column, width(table, usize::from(column)))?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Number(number) => sheet.write_number(row, column, *number as f64)?,
            };
        }
    }
    if let (Ok(rows @ 1..), Ok(columns @ 1..)) = (u32::try_from(table.rows.len()), u16::try_from(table.columns.len())) {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    Ok(())
}

/// Characters of the widest cell of a column, within reason; Chinese characters take two places.
fn width(table: &Table, column: usize) -> f64 {
    let places = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<u32>();
    let cells = table.rows.iter().filter_map(|row| match row.get(column)? {
        Cell::Text(text) => Some(places(text)),
        Cell::Number(number) => Some(number.to_string().len() as u32),
    });
    let widest = cells.chain(table.columns.get(column).map(|name| places(name))).max().unwrap_or(0);
    f64::from(widest.clamp(4, 40) + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{Clock, PlanDocument, berth_plan_table, slots_table, timetable_table};

    fn tables() -> Vec<Table> {
        let document: PlanDocument = serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap();
        let plan = &document.plan;
        vec![timetable_table(plan, Clock::Weekdays), berth_plan_table(plan, Clock::Weekdays), slots_table(plan)]
    }

    // the file names the publication, not the moment of its making
    #[test]
    fn the_same_tables_give_the_same_workbook() {
        let published: DateTime<Utc> = "2026-11-20T02:00:00Z".parse().unwrap();
        let first = workbook(&tables(), published).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert!(first == workbook(&tables(), published).unwrap());
        assert!(first.starts_with(b"PK"));
        if let Some(path) = std::env::var_os("WATERBUS_WRITE_XLSX") {
            std::fs::write(path, first).unwrap();
        }
    }

    #[test]
    fn a_text_too_long_for_a_sheet_is_an_error() {
        let mut tables = tables();
        tables[0].rows[0][0] = Cell::Text("x".repeat(40_000));
        assert!(workbook(&tables, "2026-11-20T02:00:00Z".parse().unwrap()).is_err());
    }
}
