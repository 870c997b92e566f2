//! `waterbus settle`: who brings, uses, receives and pays what, and the proof.

use super::args::SettleArgs;
use super::plan::{OnInterrupt, start_search};
use super::{Exit, output};
use crate::audit::audit;
use crate::domain::{Limit, OperatorCode, Plan, Problem};
use crate::input::read_instance;
use crate::optimize::alliance::{Terms, exchange, settle};
use crate::optimize::control::Control;
use crate::optimize::pipeline::{Redesign, redesign};
use crate::publish::{self, PlanDocument};
use crate::waterway::Waterway;
use anyhow::Context;
use std::path::Path;

/// Settles a plan by the rule that is asked for; what its file says of a settlement counts for nothing.
pub fn run(args: &SettleArgs) -> anyhow::Result<Exit> {
    let problem = read_instance(&args.instance)?;
    let waterway = Waterway::new(&problem);
    let Some(document) = settled(args, &problem, &waterway)? else { return Ok(Exit::Negative) };
    let plan = &document.plan;
    match (&args.member, args.redesign, &args.exchange) {
        (Some(member), _, _) => show_member(plan, member, args.json)?,
        (None, Some(size), _) => show_redesign(args, size.into(), &problem, &waterway, plan)?,
        (None, None, Some(wishes)) => show_swaps(plan, wishes, args.json)?,
        (None, None, None) if args.json => output::print_json(&plan.settlement)?,
        (None, None, None) => output::print(&publish::settlement_text(plan).unwrap_or_default())?,
    }
    Ok(Exit::Success)
}

/// The plan with its settlement, audited; `None` with the violations told when the plan or its settlement breaks a rule.
fn settled(args: &SettleArgs, problem: &Problem, waterway: &Waterway) -> anyhow::Result<Option<PlanDocument>> {
    let plan = Plan { settlement: None, ..publish::read_plan(&args.plan)?.plan };
    let report = audit(problem, waterway, &plan);
    if !report.violations.is_empty() {
        output::tell(&publish::findings(&PlanDocument { plan, report }));
        return Ok(None);
    }
    let terms = Terms { rule: args.rule(), threads: args.threads(), deadline: None };
    // no clock: a settlement is the same however long it takes
    let control = Control::silent(Limit::Work(1));
    let settlement = settle(problem, waterway, &plan, &report, &terms, &control)?;
    let plan = Plan { settlement: Some(settlement), ..plan };
    let report = audit(problem, waterway, &plan);
    let document = PlanDocument { plan, report };
    if !document.report.violations.is_empty() {
        output::tell(&publish::findings(&document));
        return Ok(None);
    }
    Ok(Some(document))
}

fn show_member(plan: &Plan, member: &str, json: bool) -> anyhow::Result<()> {
    let seen = publish::member_settlement(plan, &OperatorCode::from(member));
    let seen = seen.with_context(|| format!("{member} is no member; there are {}", members(plan)))?;
    match json {
        true => output::print_json(&seen)?,
        false => output::print(&publish::member_settlement_text(&plan.made_from.instance, &seen))?,
    }
    Ok(())
}

/// The swaps that a file of wishes allows.
fn show_swaps(plan: &Plan, path: &Path, json: bool) -> anyhow::Result<()> {
    let wishes = publish::read_wishes(path)?;
    let swaps = exchange(plan, &wishes, &Control::silent(Limit::Work(1))).with_context(|| path.display().to_string())?;
    match json {
        true => output::print_json(&swaps)?,
        false => output::print(&publish::swaps(&wishes, &swaps))?,
    }
    Ok(())
}

fn members(plan: &Plan) -> String {
    let accounts = plan.settlement.iter().flat_map(|settlement| &settlement.members);
    accounts.map(|account| account.member.0.as_str()).collect::<Vec<_>>().join(" ")
}

fn show_redesign(args: &SettleArgs, size: usize, problem: &Problem, waterway: &Waterway, plan: &Plan) -> anyhow::Result<()> {
    let limit = Limit::Work(args.work_limit);
    let (display, control) = start_search(limit, OnInterrupt::EndProgram)?;
    let auditor = |problem: &Problem, waterway: &Waterway, plan: &Plan| audit(problem, waterway, plan);
    let asked = Redesign { size, limit, seed: args.seed, threads: args.threads() };
    let alone = redesign(problem, waterway, plan, &asked, &auditor, &control);
    display.finish();
    match args.json {
        true => output::print_json(&alone)?,
        false => output::print(&publish::standing_alone(plan, &alone))?,
    }
    Ok(())
}
