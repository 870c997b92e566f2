//! Services of a liner network as the file that evaluators of LINERLIB read.

use super::document::{PublishError, pretty, write_text};
use crate::domain::liner::{LinerNetwork, LinerProblem};
use serde::Serialize;
use std::path::Path;

/// The file: its services are what evaluators read, the rest says what they are for.
#[derive(Serialize)]
struct Document<'a> {
    instance: &'a str,
    case: &'static str,
    demand_file: &'a str,
    limits_transit: bool,
    value_usd_per_week: f64,
    /// Left out when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    bound_usd_per_week: Option<f64>,
    services: Vec<Service<'a>>,
}

/// A service in the names and units of the evaluators: speed in knots, leg k leaves port k.
#[derive(Serialize)]
struct Service<'a> {
    vessel_class: &'a str,
    n_vessels: u32,
    speed: f64,
    ports: Vec<&'a str>,
    legs: Vec<&'static str>,
}

/// The services as JSON: the same bytes for the same network.
pub fn services_json(problem: &LinerProblem, network: &LinerNetwork) -> String {
    let services = network.services.iter().map(|service| Service {
        vessel_class: &problem.class(service.class).name,
        n_vessels: service.vessels,
        speed: service.speed_kn,
        ports: service.calls.iter().map(|port| problem.port(*port).code.as_str()).collect(),
        legs: service.legs.iter().map(|canals| canals.text()).collect(),
    });
    pretty(&Document {
        instance: &problem.name,
        case: problem.case.text(),
        demand_file: &problem.demand_file,
        limits_transit: problem.limits_transit,
        value_usd_per_week: network.value,
        bound_usd_per_week: Some(network.bound).filter(|bound| bound.is_finite()),
        services: services.collect(),
    })
}

/// Writes the services, whole or not at all.
///
/// # Errors
/// When the folder is missing, full or may not be written.
pub fn write_services(path: &Path, problem: &LinerProblem, network: &LinerNetwork) -> Result<(), PublishError> {
    write_text(path, &services_json(problem, network))
}

/// A network in a few lines: what it is worth and what it uses.
pub fn services_summary(problem: &LinerProblem, network: &LinerNetwork) -> String {
    let used: u32 = network.services.iter().map(|service| service.vessels).sum();
    let vessels: u32 = problem.classes.iter().map(|class| class.vessels).sum();
    let bound = match network.bound {
        bound if bound.is_finite() => format!("{bound:.0}"),
        _ => "none".to_owned(),
    };
    format!(
        "{} ({} case, {}): {:.0} USD a week, bound {bound}\n{} services with {used} of {vessels} vessels, {:.0} FFE a week in demand from {}\n",
        problem.name,
        problem.case.text(),
        if problem.limits_transit { "transit times kept" } else { "no transit times" },
        network.value,
        network.services.len(),
        problem.demand_ffe(),
        problem.demand_file,
    )
}
