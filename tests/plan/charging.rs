//! Electric barges where not every terminal can charge them.

use super::planning::{planned, request};
use waterbus::domain::*;
use waterbus::input::{Size, generate, read_tables};
use waterbus::optimize::pipeline::Request;

/// A network on which all vessels are electric, and come back to a hub on one charge; with charging at some terminals.
fn electric(charging: impl Fn(&Terminal) -> bool) -> Problem {
    let size = Size { terminals: 7, hubs: 2, demands: 50, mothers: 2, ..Size::default() };
    let mut problem = read_tables(&generate(&size, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    for class in &mut problem.classes {
        (class.energy, class.kwh_per_km, class.range) = (Energy::Electric, 12.0, Some(Metres(400_000)));
        (class.fuel_kg_per_h_sailing, class.fuel_kg_per_h_port) = (0.0, 0.0);
    }
    problem.terminals.iter_mut().for_each(|terminal| terminal.charging = charging(terminal));
    problem
}

fn plan(problem: &Problem) -> Plan {
    let document = planned(problem, &Request { threads: 1, ..request(1) });
    assert_eq!(document.report.violations, []);
    document.plan
}

/// Charging at hubs alone: every service calls at one. Charging nowhere: nothing sails.
#[test]
fn electric_services_call_where_they_are_charged() {
    let everywhere = plan(&electric(|_| true));
    let problem = electric(|terminal| terminal.role == Role::Hub);
    let at_hubs = plan(&problem);
    assert!(!everywhere.services.is_empty() && !at_hubs.services.is_empty());
    let is_hub = |code: &TerminalCode| problem.find_terminal(code).is_some_and(|at| problem.terminal(at).role == Role::Hub);
    assert!(at_hubs.services.iter().all(|service| service.calls.iter().any(is_hub)), "{:?}", at_hubs.services);
    assert_eq!(plan(&electric(|_| false)).services, []);
}
