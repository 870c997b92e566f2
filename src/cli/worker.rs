//! `waterbus worker`: one more worker on a database.

use super::args::WorkerArgs;
use super::serve::interrupted;
use super::settings::Settings;
use super::{Exit, logging, output, runtime};
use crate::service::jobs::run_worker;
use crate::service::store::Store;

pub fn run(args: &WorkerArgs) -> anyhow::Result<Exit> {
    let settings = args.settings.settle(None)?;
    logging::start(&settings.log, settings.log_format)?;
    let runtime = runtime()?;
    let worked = runtime.block_on(work(&settings));
    // a search may be deep in a solve; its job was given back
    runtime.shutdown_background();
    worked?;
    Ok(Exit::Success)
}

async fn work(settings: &Settings) -> anyhow::Result<()> {
    let stop = interrupted()?;
    let store = Store::open(&settings.database).await?;
    let worker = settings.for_worker();
    output::tell(&format!("{} takes jobs (Ctrl-C to end)", worker.name));
    run_worker(store, worker, stop).await;
    Ok(())
}
