//! `waterbus check`: validates an instance.

use super::args::CheckArgs;
use super::{Exit, output};
use crate::domain::Problem;
use crate::input::{InputErrors, read_instance};

pub fn run(args: &CheckArgs) -> anyhow::Result<Exit> {
    match read_instance(&args.instance) {
        Ok(problem) if args.json => output::print_json(&found(&problem))?,
        Ok(problem) => output::print(&summary(&problem))?,
        Err(errors) => return refuse(&errors, args.json),
    }
    Ok(Exit::Success)
}

/// Errors are the result here, so they go where results go.
fn refuse(errors: &InputErrors, json: bool) -> anyhow::Result<Exit> {
    if json {
        output::print_json(errors)?
    } else {
        output::print(&format!("{errors}\n"))?
    }
    Ok(Exit::BadInput)
}

fn found(problem: &Problem) -> serde_json::Value {
    serde_json::json!({
        "errors": [],
        "instance": problem.settings.name,
        "instance_hash": problem.hash,
        "terminals": problem.terminals.len(),
        "links": problem.links.len(),
        "classes": problem.classes.len(),
        "operators": problem.operators.len(),
        "vessels": vessels(problem),
        "demands": problem.demands.len(),
        "demand_teu": demand_teu(problem),
        "mother_vessels": problem.mothers.len(),
    })
}

fn summary(problem: &Problem) -> String {
    format!(
        "{}: no errors\n{} terminals, {} links, {} vessels in {} classes of {} operators, {} demands of {} TEU a cycle, {} mother vessels\n",
        problem.settings.name,
        problem.terminals.len(),
        problem.links.len(),
        vessels(problem),
        problem.classes.len(),
        problem.operators.len(),
        problem.demands.len(),
        demand_teu(problem),
        problem.mothers.len(),
    )
}

fn vessels(problem: &Problem) -> u64 {
    problem.fleets.iter().map(|fleet| u64::from(fleet.vessels)).sum()
}

fn demand_teu(problem: &Problem) -> i64 {
    problem.demands.iter().map(|demand| demand.volume.0).sum()
}
