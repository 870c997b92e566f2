//! `waterbus serve`: a plan over HTTP, a finished one or one made for the demonstration.

use super::args::{self, ServeArgs};
use super::plan::{OnInterrupt, make_plan};
use super::{Exit, output};
use crate::domain::{Limit, Plan, Problem, Report};
use crate::input::read_instance;
use crate::optimize::pipeline::Request;
use crate::publish;
use crate::service::store::{NewInstance, NewPlan};
use crate::service::{self, AppState, AuditedPlan, Settings};
use crate::waterway::Waterway;
use anyhow::Context;
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;

pub fn run(args: ServeArgs) -> anyhow::Result<Exit> {
    // an address in use is known before the search, and early visitors wait in the queue
    let listener = TcpListener::bind(args.listen).with_context(|| format!("cannot listen on {}", args.listen))?;
    let folder = args.plan.as_ref().and_then(|paths| paths.first()).unwrap_or(&args.instance);
    let problem = read_instance(folder)?;
    let waterway = Waterway::new(&problem);
    let plan = match args.plan.as_ref().and_then(|paths| paths.get(1)) {
        Some(path) => publish::read_plan(path)?.plan,
        None => match demo_plan(&problem, &waterway, &args)? {
            Ok(plan) => plan,
            Err(reason) => {
                output::tell(&format!("no plan: {reason}"));
                return Ok(Exit::NoPlan);
            }
        },
    };
    match AuditedPlan::new(&problem, &waterway, plan) {
        Ok(plan) => listen(listener, &read_tables(folder)?, &problem, &plan),
        Err(report) => Ok(refuse(&report)),
    }
}

fn demo_plan(problem: &Problem, waterway: &Waterway, args: &ServeArgs) -> anyhow::Result<Result<Plan, String>> {
    let limit = Limit::TimeS(args.time_limit.as_secs());
    output::tell(&format!("planning {} for {} s", problem.settings.title, args.time_limit.as_secs()));
    let request = Request {
        practice: crate::domain::Practice::WaterBus,
        seed: 1,
        limit,
        threads: args::cores(),
        start: None,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let made = make_plan(problem, waterway, &request, OnInterrupt::EndProgram)?;
    Ok(made.map(|document| document.plan))
}

/// A plan with violations is not published.
fn refuse(report: &Report) -> Exit {
    for violation in &report.violations {
        output::tell(&format!("{} {}: {}", violation.rule, violation.place, violation.message));
    }
    output::tell("the plan has violations, so it is not served");
    Exit::Negative
}

/// The tables in a folder, for the store.
fn read_tables(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            tables.insert(name, std::fs::read(&path)?);
        }
    }
    Ok(tables)
}

/// A service on a store of its own that holds this one plan, published.
async fn open_with(
    database: &Path,
    tables: &BTreeMap<String, Vec<u8>>,
    problem: &Problem,
    plan: &AuditedPlan,
) -> anyhow::Result<AppState> {
    const MADE_BY: &str = "waterbus serve";
    let state = service::open(Settings::new(format!("sqlite://{}", database.display()))).await?;
    let (instance, _) = state.store.add_instance(NewInstance { problem, tables, made_by: MADE_BY }).await?;
    let row = state.store.add_plan(NewPlan { instance_id: &instance.id, plan, job_id: None, made_by: MADE_BY }).await?;
    state.store.publish_plan(&row.id, "", MADE_BY).await?;
    state.refresh().await?;
    Ok(state)
}

fn listen(
    listener: TcpListener,
    tables: &BTreeMap<String, Vec<u8>>,
    problem: &Problem,
    plan: &AuditedPlan,
) -> anyhow::Result<Exit> {
    let folder = tempfile::tempdir().context("there is no place for a database")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the server cannot start")?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let stop = interrupted()?;
        let state = open_with(&folder.path().join("waterbus.db"), tables, problem, plan).await?;
        output::tell(&format!("open http://{}/ (Ctrl-C to end)", listener.local_addr()?));
        let closing = state.clone();
        let stop = async move {
            stop.await;
            closing.close();
        };
        service::serve(listener, service::app(state), stop).await;
        Ok(Exit::Success)
    })
}

/// Ready at Ctrl-C or when the system asks the program to end.
#[cfg(unix)]
pub(super) fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
pub(super) fn interrupted() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // when Ctrl-C cannot be watched the system ends the program by itself
        let _ = tokio::signal::ctrl_c().await;
    })
}
