//! `waterbus plan`: the only place where the command line meets the planner.

use super::args::PlanArgs;
use super::progress::Display;
use super::{Exit, output};
use crate::audit::audit;
use crate::domain::{Limit, Plan, Problem};
use crate::input::{pins_not_allowed, read_instance, read_pins};
use crate::optimize::control::Control;
use crate::optimize::design::Kept;
use crate::optimize::pipeline::{self, Outcome, Request};
use crate::publish::{self, Clock, PlanDocument};
use crate::waterway::Waterway;
use anyhow::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit status of a program ended by Ctrl-C, as shells know it.
const INTERRUPTED: i32 = 130;

/// Whether Ctrl-C ends the search early with its best plan, or the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnInterrupt {
    KeepBestPlan,
    EndProgram,
}

pub fn run(args: PlanArgs) -> anyhow::Result<Exit> {
    // known before the search, not after it
    publish::check_writable(&args.output)?;
    let problem = read_instance(&args.instance)?;
    let start = args.start.as_deref().map(publish::read_plan).transpose()?.map(|document| document.plan);
    let waterway = Waterway::new(&problem);
    let practice = args.practice();
    let mut pins = match (&args.pin, &start) {
        (Some(path), Some(start)) => {
            let pins = read_pins(path, start)?;
            let kept: Vec<Kept> = pins.iter().cloned().map(Kept::from).collect();
            let allowed = pipeline::read_pinned(&problem, &waterway, practice, &kept);
            allowed.map_err(|faults| {
                pins_not_allowed(path, faults.into_iter().map(|fault| (fault.service.clone(), fault.to_string())))
            })?;
            pins
        }
        _ => Vec::new(),
    };
    let before = start.clone().filter(|_| args.stay);
    let mut refused = Vec::new();
    if let (Some(before), Some(from)) = (&before, args.from) {
        (pins, refused) = pipeline::freeze(&problem, &waterway, practice, &pins, before, from);
    }
    let request = Request {
        practice,
        seed: args.search.seed,
        limit: args.search.limit(),
        threads: args.search.threads(),
        before,
        start,
        pins,
        weights: args.weighing.weights(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    match make_plan(&problem, &waterway, &request, OnInterrupt::KeepBestPlan)? {
        Ok(document) => {
            publish::write_plan(&args.output, &document)?;
            output::print(&publish::summary(&document))?;
            if let Some(before) = &request.before {
                refused.extend(pipeline::going_on(&problem, &waterway, practice, &request.pins, before).1);
                let refused: Vec<_> = refused.into_iter().map(|fault| (fault.service, fault.reason)).collect();
                let moves = publish::moved_calls(&problem, before, &document.plan, &refused, args.from, Clock::Weekdays);
                output::print(&format!("\n{moves}"))?;
            }
            Ok(Exit::Success)
        }
        Err(reason) => {
            output::tell(&format!("no plan: {reason}"));
            Ok(Exit::NoPlan)
        }
    }
}

/// Plans with progress on standard error. The inner result is the plan, or the reason why there is none.
pub fn make_plan(
    problem: &Problem,
    waterway: &Waterway,
    request: &Request,
    on_interrupt: OnInterrupt,
) -> anyhow::Result<Result<PlanDocument, String>> {
    let (display, control) = start_search(request.limit, on_interrupt)?;
    let auditor = |plan: &Plan| audit(problem, waterway, plan);
    let outcome = pipeline::plan(problem, waterway, request, &auditor, &control);
    display.finish();
    Ok(match outcome {
        Outcome::Plan(plan, report) => Ok(PlanDocument { plan: *plan, report: *report }),
        Outcome::NoPlan { reason } if reason.is_empty() => Err("the search ended before it had one".to_owned()),
        Outcome::NoPlan { reason } => Err(reason),
    })
}

/// Starts the clock of a search whose progress goes to standard error.
pub fn start_search(limit: Limit, on_interrupt: OnInterrupt) -> anyhow::Result<(Arc<Display>, Arc<Control>)> {
    let display = Arc::new(Display::start(limit));
    let shown = Arc::clone(&display);
    let control = Arc::new(Control::new(limit, Box::new(move |progress| shown.show(progress))));
    if on_interrupt == OnInterrupt::KeepBestPlan {
        cancel_on_interrupt(&control, &display)?;
    }
    Ok((display, control))
}

/// The first Ctrl-C asks the search to end with the best it has, the second ends the program at once.
fn cancel_on_interrupt(control: &Arc<Control>, display: &Arc<Display>) -> anyhow::Result<()> {
    let asked = AtomicBool::new(false);
    let (control, display) = (Arc::clone(control), Arc::clone(display));
    let on_signal = move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED);
        }
        control.cancel();
        display.say("stopping with the best plan so far; once more to end at once");
    };
    ctrlc::set_handler(on_signal).context("Ctrl-C cannot be watched")
}
