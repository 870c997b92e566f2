//! `waterbus audit`, `show` and `compare`: what there is to say about finished plans.

use super::args::{AuditArgs, CompareArgs, ShowArgs};
use super::{Exit, output};
use crate::audit::audit as audit_plan;
use crate::domain::{Problem, Report};
use crate::input::read_instance;
use crate::publish::{self, Clock, PlanDocument};
use crate::waterway::Waterway;
use anyhow::Context;
use std::path::Path;

/// Audits a plan from the instance and the plan alone; the report in its file counts for nothing.
pub fn audit(args: &AuditArgs) -> anyhow::Result<Exit> {
    let problem = read_instance(&args.instance)?;
    let document = read_audited(&problem, &Waterway::new(&problem), &args.plan)?;
    if args.json {
        output::print_json(&document.report)?;
    } else {
        output::print(&publish::findings(&document))?;
    }
    Ok(verdict(&document.report))
}

fn verdict(report: &Report) -> Exit {
    if report.violations.is_empty() { Exit::Success } else { Exit::Negative }
}

/// A plan from its file with a fresh report.
pub fn read_audited(problem: &Problem, waterway: &Waterway, path: &Path) -> anyhow::Result<PlanDocument> {
    let plan = publish::read_plan(path)?.plan;
    let report = audit_plan(problem, waterway, &plan);
    Ok(PlanDocument { plan, report })
}

pub fn show(args: &ShowArgs) -> anyhow::Result<Exit> {
    let document = publish::read_plan(&args.plan)?;
    let clock = match args.from_date {
        Some(date) => Clock::from_monday(date).with_context(|| format!("{date} is no Monday, on which every cycle starts"))?,
        None => Clock::Weekdays,
    };
    let text = match (&args.service, &args.terminal) {
        _ if args.json => publish::to_json(&document),
        (Some(service), _) => publish::service(&document, &service.as_str().into(), clock)
            .with_context(|| format!("the plan has no service {service}; it has {}", services(&document)))?,
        (None, Some(terminal)) => publish::board(&document, &terminal.as_str().into(), clock)
            .with_context(|| format!("the plan has no terminal {terminal}; it has {}", terminals(&document)))?,
        (None, None) => publish::timetable(&document, clock),
    };
    output::print(&text)?;
    Ok(Exit::Success)
}

fn services(document: &PlanDocument) -> String {
    let codes: Vec<_> = document.plan.services.iter().map(|s| s.service.0.as_str()).collect();
    codes.join(" ")
}

fn terminals(document: &PlanDocument) -> String {
    let codes: Vec<_> = document.plan.terminals.iter().map(|t| t.terminal.0.as_str()).collect();
    codes.join(" ")
}

/// Compares two plans by fresh reports. Plans with violations are compared too; the text says that they cannot be run.
pub fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    let problem = read_instance(&args.instance)?;
    let waterway = Waterway::new(&problem);
    let a = read_audited(&problem, &waterway, &args.a)?;
    let b = read_audited(&problem, &waterway, &args.b)?;
    let comparison = publish::compare(&a, &b);
    if args.json {
        output::print_json(&comparison)?;
    } else {
        output::print(&publish::comparison(&comparison))?;
    }
    Ok(Exit::Success)
}
