//! `waterbus worker`: one more worker on a database.

use super::args::WorkerArgs;
use super::serve::interrupted;
use super::{Exit, output};
use crate::service::jobs::{WorkerSettings, run_worker};
use crate::service::store::Store;
use anyhow::Context;

pub fn run(args: &WorkerArgs) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the worker cannot start")?;
    let worked = runtime.block_on(work(args));
    // a search may be deep in a solve; its job was given back
    runtime.shutdown_background();
    worked?;
    Ok(Exit::Success)
}

async fn work(args: &WorkerArgs) -> anyhow::Result<()> {
    let stop = interrupted()?;
    let store = Store::open(&args.database.url).await?;
    let settings = WorkerSettings { jobs: usize::from(args.jobs), ..WorkerSettings::new(args.threads()) };
    output::tell(&format!("{} takes jobs (Ctrl-C to end)", settings.name));
    run_worker(store, settings, stop).await;
    Ok(())
}
