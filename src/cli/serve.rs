//! `waterbus serve`: a plan over HTTP, a finished one or one made for the demonstration.

use super::args::{self, ServeArgs};
use super::plan::{OnInterrupt, make_plan};
use super::{Exit, output};
use crate::domain::{Limit, Plan, Problem, Report};
use crate::input::read_instance;
use crate::optimize::pipeline::Request;
use crate::publish;
use crate::service::{self, AuditedPlan};
use crate::waterway::Waterway;
use anyhow::Context;
use std::net::TcpListener;

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
        Ok(plan) => listen(listener, &plan),
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

fn listen(listener: TcpListener, plan: &AuditedPlan) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the server cannot start")?;
    runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let stop = interrupted()?;
        output::tell(&format!("open http://{}/ (Ctrl-C to end)", listener.local_addr()?));
        service::serve(listener, service::app(plan), stop).await;
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
