//! `waterbus bench`: designs networks and makes timetables on public benchmarks, for evaluators that know nothing of this program.

use super::args::{LinerlibArgs, PesplibArgs, TimetableArgs};
use super::plan::{OnInterrupt, start_search};
use super::{Exit, output};
use crate::audit::{audit, check_tensions};
use crate::domain::Limit;
use crate::input::{LinerChoice, read_instance, read_linerlib, read_pesplib};
use crate::optimize::design::liner::{LinerOptions, design};
use crate::optimize::pipeline::retime;
use crate::optimize::timetable::SearchLimits;
use crate::optimize::timetable::periodic::{Outcome, PeriodicOptions, schedule};
use crate::publish;
use crate::waterway::Waterway;
use anyhow::Context;

pub fn linerlib(args: &LinerlibArgs) -> anyhow::Result<Exit> {
    // known before the search, not after it
    publish::check_writable(&args.output)?;
    let choice = LinerChoice { instance: args.instance.clone(), case: args.case(), limits_transit: args.transit };
    let problem = read_linerlib(&args.data_dir, &choice)?;
    let options = LinerOptions {
        seed: args.search.seed,
        threads: args.search.threads(),
        most_visits: args.max_visits,
        most_weeks: args.max_weeks,
    };
    let (display, control) = start_search(args.search.limit(), OnInterrupt::KeepBestPlan)?;
    let network = design(&problem, &options, &control);
    display.finish();
    publish::write_services(&args.output, &problem, &network)?;
    output::print(&publish::services_summary(&problem, &network))?;
    Ok(Exit::Success)
}

pub fn pesplib(args: &PesplibArgs) -> anyhow::Result<Exit> {
    // known before the search, not after it
    publish::check_writable(&args.output)?;
    let network = read_pesplib(&args.file)?;
    let options = PeriodicOptions { seed: args.search.seed, threads: args.search.threads() };
    let (display, control) = start_search(args.search.limit(), OnInterrupt::KeepBestPlan)?;
    let outcome = schedule(&network, &options, &control);
    display.finish();
    let timetable = match outcome {
        Outcome::Timetable(timetable) => timetable,
        Outcome::NothingFound { violated } => {
            output::tell(&format!("no timetable: the search ended with {violated} activities outside their spans"));
            return Ok(Exit::NoPlan);
        }
        Outcome::Contradiction { activities } => {
            output::tell(&publish::contradiction_text(&network, &activities));
            return Ok(Exit::Negative);
        }
    };
    let report = check_tensions(&network, &timetable.times);
    // never write what the auditor does not pass
    anyhow::ensure!(
        report.violated.is_empty() && report.weighted_slack == i128::from(timetable.weighted_slack),
        "the auditor counts {} and finds {} activities violated; the planner counted {}",
        report.weighted_slack,
        report.violated.len(),
        timetable.weighted_slack,
    );
    publish::write_times(&args.output, &network, &timetable.times)?;
    output::print(&publish::times_summary(&network, &report))?;
    Ok(Exit::Success)
}

/// Nodes of each MILP over the times of several services.
const NODES: u64 = 200;

pub fn timetable(args: &TimetableArgs) -> anyhow::Result<Exit> {
    // known before the search, not after it
    publish::check_writable(&args.output)?;
    let problem = read_instance(&args.instance)?;
    let plan = publish::read_plan(&args.plan)?.plan;
    let waterway = Waterway::new(&problem);
    let violations = audit(&problem, &waterway, &plan).violations.len();
    if violations > 0 {
        output::tell(&format!("the auditor finds {violations} violations in the plan: `waterbus audit` lists them"));
        return Ok(Exit::Negative);
    }
    let (display, control) = start_search(args.search.limit(), OnInterrupt::KeepBestPlan)?;
    let rounds = match args.search.limit() {
        Limit::Work(work) => work,
        Limit::TimeS(_) => u64::MAX,
    };
    let limits = SearchLimits { deadline: control.deadline(1.0), rounds, nodes: NODES, seed: args.search.seed, shuffled: false };
    let case = retime(&problem, &waterway, &plan, &limits, &control).context("the plan is not one of this instance")?;
    display.finish();
    publish::write_case(&args.output, &case)?;
    output::print(&publish::case_summary(&case))?;
    Ok(Exit::Success)
}
