//! Which room may use which. The table stands here and in `docs/rooms.md`; change both together and give the reason there.

use super::files::{find_texts_ending, root};
use super::source::{Named, find_paths, module_of};
use std::collections::BTreeMap;

type Uses = [(&'static str, &'static [&'static str])];

/// A room of `src/` and the other rooms it may use.
const ROOMS: &Uses = &[
    ("domain", &[]),
    ("input", &["domain"]),
    ("waterway", &["domain"]),
    ("optimize", &["domain", "waterway"]),
    ("audit", &["domain", "waterway"]),
    ("publish", &["domain", "audit"]),
    ("service", &["domain", "input", "waterway", "optimize", "audit", "publish"]),
    ("cli", &["domain", "input", "waterway", "optimize", "audit", "publish", "service"]),
];

/// A part of `src/optimize/` and the other parts it may use.
const STAGES: &Uses = &[
    ("control", &[]),
    ("energy", &[]),
    ("solver", &["control"]),
    ("flow", &["control", "solver"]),
    ("design", &["control", "energy", "solver", "flow"]),
    ("timetable", &["control", "energy", "solver", "flow"]),
    ("slots", &["control", "solver", "flow"]),
    ("alliance", &["control", "solver", "flow"]),
    ("pipeline", &["control", "solver", "flow", "design", "timetable", "slots", "alliance"]),
];

/// Crates that solve; only `optimize/solver` may name them, so that another solver can take their place.
const SOLVERS: [&str; 4] = ["good_lp", "highs", "highs_sys", "microlp"];

/// A room knows only its neighbours upstream; without this every room ends up knowing every other.
#[test]
fn a_room_uses_only_the_rooms_it_may() {
    let complaints: Vec<String> = find_texts_ending("src", ".rs")
        .iter()
        .flat_map(|file| {
            check_source(&file.text, &module_of(&file.path)).into_iter().map(|text| format!("{}: {text}", file.path))
        })
        .collect();
    assert!(complaints.is_empty(), "\n{}\nThe table stands in docs/rooms.md.\n", complaints.join("\n"));
}

/// The table people read must be the one that is checked.
#[test]
fn the_documented_table_is_the_checked_table() {
    let text = std::fs::read_to_string(root().join("docs/rooms.md")).expect("docs/rooms.md is there");
    assert_eq!(read_table(&text, "Room"), expected(ROOMS));
    assert_eq!(read_table(&text, "Stage"), expected(STAGES));
}

/// The check itself is checked: each kind of breach is found, and what is allowed is not.
#[test]
fn each_kind_of_breach_is_found() {
    let breaches = [
        ("domain", "use crate::audit::Report;"),
        ("waterway", "use crate::{domain::Plan, input::read};"),
        ("audit", "fn f() { crate::optimize::solver::solve() }"),
        ("publish", "use super::super::waterway::Passage;"),
        ("input", "use crate::*;"),
        ("cellar", "use crate::domain::Plan;"),
        ("optimize/design/model", "use super::super::timetable::Times;"),
        ("optimize/slots", "use crate::optimize::alliance::Game;"),
        ("optimize/flow", "use crate::optimize::*;"),
        ("optimize/cellar", "use crate::domain::Plan;"),
        ("optimize/design", "use good_lp::variable;"),
        ("service", "fn f() { highs_sys::Highs_create() }"),
    ];
    for (place, text) in breaches {
        assert_eq!(check_source(text, &place_of(place)).len(), 1, "{place}: {text}");
    }
    let allowed = [
        (
            "optimize/design/model",
            "use crate::optimize::{control::Control, flow::route}; use crate::waterway::Waterway; use super::pool::Pool;",
        ),
        ("optimize/solver", "use highs::Model; use good_lp::variable; use super::control::Control;"),
        ("optimize", "pub mod design; pub use design::Pool; use crate::optimize::slots::Slots;"),
        ("cli", "use crate::service::http; use crate::optimize::pipeline;"),
        ("domain", "#[cfg(test)] mod tests { use super::*; use crate::input::read; }"),
    ];
    for (place, text) in allowed {
        assert_eq!(check_source(text, &place_of(place)), Vec::<String>::new(), "{place}: {text}");
    }
}

fn place_of(place: &str) -> Vec<String> {
    place.split('/').map(str::to_owned).collect()
}

/// What a file names that it may not. Modules called `tests` are free: they hold a room against its neighbours.
fn check_source(text: &str, module: &[String]) -> Vec<String> {
    if let Some(unknown) = find_unknown_part(module) {
        return vec![format!("`{unknown}` is not in the table")];
    }
    let names = find_paths(text, module);
    names.iter().filter(|named| !named.module.iter().any(|part| part == "tests")).filter_map(check_name).collect()
}

/// The room or stage of a module, when the tables do not know it.
fn find_unknown_part(module: &[String]) -> Option<&String> {
    let is_new = |table: &Uses, part: &&String| !table.iter().any(|(name, _)| name == *part);
    let room = module.first()?;
    let stage = module.get(1).filter(|_| room == "optimize");
    Some(room).filter(|room| is_new(ROOMS, room)).or(stage.filter(|stage| is_new(STAGES, stage)))
}

fn check_name(named: &Named) -> Option<String> {
    let written = named.path.join("::");
    let in_solver = named.module.starts_with(&place_of("optimize/solver"));
    if SOLVERS.contains(&named.path[0].as_str()) && !in_solver {
        return Some(format!("`{written}`: only optimize/solver names a solver"));
    }
    let to = named.absolute()?;
    let breach = check_step(ROOMS, named.module.first(), to.first()).or_else(|| {
        let both_inside = [named.module.first(), to.first()].iter().all(|room| room.is_some_and(|name| name == "optimize"));
        if both_inside { check_step(STAGES, named.module.get(1), to.get(1)) } else { None }
    });
    breach.map(|why| format!("`{written}`: {why}"))
}

/// Why a step from one part to another is not allowed. A file above all parts, such as `lib.rs`, may name each of them.
fn check_step(table: &Uses, from: Option<&String>, to: Option<&String>) -> Option<String> {
    let from = from?;
    let (_, uses) = table.iter().find(|(name, _)| name == from)?;
    match to {
        Some(to) if to == from || uses.contains(&to.as_str()) => None,
        Some(to) if to != "*" => Some(format!("`{from}` may not use `{to}`")),
        _ => Some(format!("`{from}` names everything at once")),
    }
}

type Table = BTreeMap<String, Vec<String>>;

fn expected(table: &Uses) -> Table {
    table.iter().map(|(name, uses)| ((*name).to_owned(), uses.iter().map(|used| (*used).to_owned()).collect())).collect()
}

/// The rows of the Markdown table whose first heading is `heading`: name in the first cell, names used in the last.
fn read_table(text: &str, heading: &str) -> Table {
    let start = format!("| {heading} |");
    let rows = text.lines().skip_while(|line| !line.starts_with(&start)).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let name = quoted_names(cells[0]).concat();
        (name, quoted_names(cells[cells.len() - 1]))
    })
    .collect()
}

fn quoted_names(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(|name| name.trim_end_matches('/').to_owned()).collect()
}
