//! Random but sensible instances of any size, as tables. In: a size and a seed. Out: the same bytes for the same size and seed, on every
//! machine, which [`super::read_tables`] reads without errors. One trunk river with branches; hubs at its mouth, one of them in Hong
//! Kong if wished; rates around the break-even of a service, so that a planner has something to decide. All numbers are made up.

mod river;
mod trade;
mod vessels;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt::Display;

/// Rows of demand a terminal up to which all are of the usual size. Further ones are finer: smaller, and each unlike all others.
pub const LINES_PER_TERMINAL: usize = 8;

/// How large an instance to make. Numbers beyond what an instance can hold are brought back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    /// Hubs included; 2 to 900.
    pub terminals: usize,
    /// At the mouth of the river; 1 to 3, and at least one terminal is left to the river.
    pub hubs: usize,
    /// The last hub lies in Hong Kong, which brings in registration (R1, R5) and the border (R2, R3, R8).
    pub outside_hub: bool,
    /// Vessel classes; 1 to 100.
    pub classes: usize,
    /// Members of the alliance; 1 to 500.
    pub operators: usize,
    /// Rows of demand; 1 to 50 000.
    pub demands: usize,
    /// Mother vessels' weekly berthings; up to 1000.
    pub mothers: usize,
}

impl Default for Size {
    /// Small enough to compare a planner with trying everything.
    fn default() -> Self {
        Self { terminals: 4, hubs: 1, outside_hub: false, classes: 2, operators: 2, demands: 8, mothers: 1 }
    }
}

impl Size {
    fn within_limits(&self) -> Self {
        let terminals = self.terminals.clamp(2, 900);
        Self {
            terminals,
            hubs: self.hubs.clamp(1, 3.min(terminals - 1)),
            outside_hub: self.outside_hub,
            classes: self.classes.clamp(1, 100),
            operators: self.operators.clamp(1, 500),
            demands: self.demands.clamp(1, 50_000),
            mothers: self.mothers.min(1000),
        }
    }
}

/// Makes the tables of an instance, by file name.
pub fn generate(size: &Size, seed: u64) -> BTreeMap<String, Vec<u8>> {
    let size = size.within_limits();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let terminals = river::terminals(&size, &mut random);
    let mut tables = river::tables(&terminals, &mut random);
    tables.extend(vessels::tables(&size, &terminals, &mut random));
    tables.extend(trade::tables(&size, &terminals, &mut random));
    tables.insert("instance.toml", settings(&size, seed));
    tables.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// Tables by file name, as text.
type Tables = BTreeMap<&'static str, String>;

/// A row of a table. Generated cells hold neither commas nor quotes.
macro_rules! row {
    ($($cell:expr),* $(,)?) => {
        [$($cell.to_string()),*].join(",")
    };
}
use row;

fn table(header: &str, rows: Vec<String>) -> String {
    let mut text = format!("{header}\n");
    for row in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Tenths as a decimal number, so that no float decides about bytes.
fn tenths(count: u32) -> impl Display {
    format!("{}.{}", count / 10, count % 10)
}

fn settings(size: &Size, seed: u64) -> String {
    format!(
        r#"name = "generated-{terminals}-{seed}"
title = "Generated, {terminals} terminals, seed {seed}"
cycle_h = 168
slot_min = 15
under_keel_m = 0.3
teu_per_move = 1.65
min_handling_min = 30
headway_tolerance_min = 120
turnaround_buffer_min = 0
transfer_min = 240

[customs]
border_station_min = 30
border_sealing_min = 15
second_clearance_h = 24

[service_rules]
longest_round_trip_h = 168
most_calls = 6
most_visits = 2
least_sailings = 1
frequencies = [1, 2, 3]

[expect]
profit_rmb_min = 0
carried_share_min = 0.0
"#,
        terminals = size.terminals,
    )
}
