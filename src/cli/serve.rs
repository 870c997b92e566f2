//! `waterbus serve`: the service, with a plan of its own to show where one is asked for.

use super::args::{self, ServeArgs};
use super::key::COMMAND_LINE;
use super::plan::{OnInterrupt, make_plan};
use super::settings::{DATABASE, Settings};
use super::{Exit, logging, output, runtime};
use crate::domain::{Limit, Plan, Problem, Report, Tariff};
use crate::input::{read_instance_and_tables, read_tariff};
use crate::optimize::pipeline::Request;
use crate::publish;
use crate::service::access::Role;
use crate::service::jobs::{WorkerSettings, run_worker};
use crate::service::store::{NewInstance, NewKey, NewPlan};
use crate::service::{self, AppState, AuditedPlan};
use crate::waterway::Waterway;
use anyhow::Context;
use std::collections::BTreeMap;
use std::net::TcpListener;

pub fn run(args: ServeArgs) -> anyhow::Result<Exit> {
    let shows_a_plan = args.demo || args.plan.is_some();
    // what is only shown is not kept, unless the user says where
    let passing = shows_a_plan.then(tempfile::tempdir).transpose().context("there is no place for a database")?;
    let database = passing.as_ref().map(|folder| format!("sqlite://{}", folder.path().join("waterbus.db").display()));
    let settings = args.settings.settle(Some(database.as_deref().unwrap_or(DATABASE)))?;
    logging::start(&settings.log, settings.log_format)?;
    // an address in use is known before the search, and early visitors wait in the queue
    let listener = TcpListener::bind(settings.listen).with_context(|| format!("cannot listen on {}", settings.listen))?;
    let shown = match shows_a_plan.then(|| find_shown(&args)).transpose()? {
        Some(Err(exit)) => return Ok(exit),
        Some(Ok(shown)) => Some(shown),
        None => None,
    };
    let runtime = runtime()?;
    let served = runtime.block_on(serve(listener, &settings, shown));
    // a search may be deep in a solve; its job was given back
    runtime.shutdown_background();
    served
}

/// A plan to publish at once, with what it was made from.
struct Shown {
    tables: BTreeMap<String, Vec<u8>>,
    problem: Problem,
    plan: AuditedPlan,
    /// Its price list, if there is one beside the instance.
    tariff: Option<Tariff>,
}

/// The plan that is given, or one made now; the exit status where there is none to show.
fn find_shown(args: &ServeArgs) -> anyhow::Result<Result<Shown, Exit>> {
    let folder = args.plan.as_ref().and_then(|paths| paths.first()).unwrap_or(&args.instance);
    let (problem, tables) = read_instance_and_tables(folder)?;
    let tariff = read_tariff(folder)?;
    let waterway = Waterway::new(&problem);
    let plan = match args.plan.as_ref().and_then(|paths| paths.get(1)) {
        Some(path) => publish::read_plan(path)?.plan,
        None => match demo_plan(&problem, &waterway, args)? {
            Ok(plan) => plan,
            Err(reason) => {
                output::tell(&format!("no plan: {reason}"));
                return Ok(Err(Exit::NoPlan));
            }
        },
    };
    match AuditedPlan::new(&problem, &waterway, plan) {
        Ok(plan) => Ok(Ok(Shown { tables, problem, plan, tariff })),
        Err(report) => Ok(Err(refuse(&report))),
    }
}

fn demo_plan(problem: &Problem, waterway: &Waterway, args: &ServeArgs) -> anyhow::Result<Result<Plan, String>> {
    let limit = Limit::TimeS(args.time_limit.as_secs());
    output::tell(&format!("planning {} for {} s", problem.settings.title, args.time_limit.as_secs()));
    let request = Request::new(limit, args::cores(), env!("CARGO_PKG_VERSION"));
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

/// Keeps the plan and publishes it.
async fn publish(state: &AppState, shown: &Shown) -> anyhow::Result<()> {
    let new = NewInstance { problem: &shown.problem, tables: &shown.tables, made_by: COMMAND_LINE };
    let (instance, _) = state.store.add_instance(new).await?;
    let new = NewPlan { instance_id: &instance.id, plan: &shown.plan, job_id: None, made_by: COMMAND_LINE };
    let row = state.store.add_plan(new).await?;
    if let Some(tariff) = &shown.tariff {
        state.ledger.set_tariff(tariff).await?;
    }
    state.store.publish_plan(&row.id, "", COMMAND_LINE).await?;
    Ok(state.refresh().await?)
}

/// A service that nobody holds a key of gets one for its first admin.
async fn create_first_key(state: &AppState) -> anyhow::Result<()> {
    if !state.store.has_keys().await? {
        let new = NewKey { role: Role::Admin, member: None, label: "first", made_by: COMMAND_LINE };
        let (_, secret) = state.store.create_key(new).await?;
        output::tell(&format!("admin key, shown this once: {}", secret.reveal()));
    }
    Ok(())
}

async fn serve(listener: TcpListener, settings: &Settings, shown: Option<Shown>) -> anyhow::Result<Exit> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let interrupted = interrupted()?;
    let state = service::open(settings.for_service()).await?;
    if let Some(shown) = shown {
        publish(&state, &shown).await?;
    }
    create_first_key(&state).await?;
    tokio::spawn(state.clone().keep_fresh());
    output::tell(&format!("open http://{}/ (Ctrl-C to end)", listener.local_addr()?));
    let closing = state.clone();
    let stop = async move {
        interrupted.await;
        closing.close();
    };
    let worker = tokio::spawn(work(state.clone(), settings.for_worker()));
    service::serve(listener, service::app(state.clone()), stop).await;
    worker.await?;
    state.store.close().await;
    Ok(Exit::Success)
}

/// The worker inside, until the service closes; none where the settings leave all to other workers.
async fn work(state: AppState, settings: WorkerSettings) {
    if !state.settings.worker_inside {
        return;
    }
    state.set_worker_alive(true);
    run_worker(state.store.clone(), settings, state.until_closed()).await;
    state.set_worker_alive(false);
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
