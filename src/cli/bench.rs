//! `waterbus bench`: designs networks and makes timetables on public benchmarks, for evaluators that know nothing of this program.

use super::args::{LinerlibArgs, PesplibArgs};
use super::plan::{OnInterrupt, start_search};
use super::{Exit, output};
use crate::audit::check_tensions;
use crate::input::{LinerChoice, read_linerlib, read_pesplib};
use crate::optimize::design::liner::{LinerOptions, design};
use crate::optimize::timetable::periodic::{Outcome, PeriodicOptions, schedule};
use crate::publish;

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
        Outcome::Contradiction { activity } => {
            output::tell(&format!("no timetable: activity {} contradicts others whose durations are fixed", activity + 1));
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
