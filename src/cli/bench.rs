//! `waterbus bench`: designs networks on public benchmarks, for evaluators that know nothing of this program.

use super::args::LinerlibArgs;
use super::plan::{OnInterrupt, start_search};
use super::{Exit, output};
use crate::input::{LinerChoice, read_linerlib};
use crate::optimize::design::liner::{LinerOptions, design};
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
