//! Two plans side by side as text.

use super::*;
use crate::publish::{CargoChange, Comparison, Difference, ServiceChange, SideFacts};

/// Column of the names, wide enough for the longest indicator.
const NAME: usize = 36;

/// The comparison of two plans as tables: A, B, the difference and its percentage.
pub fn comparison(comparison: &Comparison) -> String {
    let mut text = titled(&cut(&format!("Two plans of {}", comparison.instance), WIDTH), '=');
    text += &fact("A", &side(&comparison.a));
    text += &fact("B", &side(&comparison.b));
    text += &fact("Efficiency", &comparison.efficiency.in_words());
    text += &differences("Money, RMB a cycle", &comparison.money, 0);
    text += &differences("Indicators", &comparison.indicators, 1);
    text += &services(&comparison.services);
    text += &differences("Berth hours, where they change most", &comparison.berth_hours, 2);
    text += &cargo("Cargo that B carries more of", &comparison.cargo_won);
    text += &cargo("Cargo that B carries less of", &comparison.cargo_lost);
    clean(text)
}

fn side(side: &SideFacts) -> String {
    let found = match side.violations {
        0 => "no violation".to_owned(),
        number => format!("{}: its numbers are of a plan that cannot be run", figures::counted(number as u32, "violation")),
    };
    let name = figures::practice(side.practice);
    let short = name.split(':').next().unwrap_or(name);
    format!("{short}, waterbus {}, seed {}, {found}", side.program_version, side.seed)
}

fn heading(title: &str) -> String {
    format!("\n{title:<NAME$} {:>14} {:>14} {:>14} {:>10}\n", "A", "B", "B - A", "change")
}

fn differences(title: &str, rows: &[Difference], decimals: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let title = if title.chars().count() > NAME { cut(title, NAME) } else { title.to_owned() };
    let mut text = heading(&title);
    for row in rows {
        let [a, b, difference] = [row.a, row.b, row.difference].map(|value| number(value, decimals));
        let change = figures::change(row.change_percent);
        text +=
            &format!("  {:<width$} {a:>14} {b:>14} {difference:>14} {change:>10}\n", cut(&row.name, NAME - 2), width = NAME - 2);
    }
    text
}

/// A number with a comma between thousands and a fixed number of decimals.
fn number(value: f64, decimals: usize) -> String {
    // half away from zero, as everywhere money is rounded
    let scale = 10_f64.powi(decimals as i32);
    let text = format!("{:.decimals$}", (value.abs() * scale).round() / scale);
    let (units, rest) = text.split_once('.').unwrap_or((&text, ""));
    let units = units.parse().map_or(units.to_owned(), figures::whole);
    let negative = value < 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0');
    format!("{}{units}{}{rest}", if negative { "-" } else { "" }, if rest.is_empty() { "" } else { "." })
}

fn services(changes: &[ServiceChange]) -> String {
    if changes.is_empty() {
        return "\nServices: the same rotations, sailings and vessels\n".to_owned();
    }
    let mut text = format!("\n{:<22} {:<22} Rotation that changes\n", "A", "B");
    for change in changes {
        let stops: Vec<_> = change.rotation.iter().map(|code| code.0.as_str()).collect();
        let lead = format!("{:<22} {:<22} ", run(change.sailings_a, change.vessels_a), run(change.sailings_b, change.vessels_b));
        text += &hanging(&lead, &format!("{} ({})", stops.join(" - "), change.class));
    }
    text
}

fn run(sailings: u32, vessels: u32) -> String {
    if sailings == 0 {
        return "-".to_owned();
    }
    format!("{}, {}", figures::counted(sailings, "sailing"), figures::counted(vessels, "vessel"))
}

fn cargo(title: &str, changes: &[CargoChange]) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let mut text = heading(&format!("{title}, TEU"));
    for change in changes {
        let row = [change.carried_a_teu, change.carried_b_teu, change.difference_teu].map(|teu| figures::whole(teu.0));
        let name = cut(&change.demand.0, NAME - 2);
        text += &format!("  {name:<width$} {:>14} {:>14} {:>14}\n", row[0], row[1], row[2], width = NAME - 2);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nothing_has_no_sign() {
        assert_eq!(number(-1234.56, 1), "-1,234.6");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(1e6, 0), "1,000,000");
    }
}
