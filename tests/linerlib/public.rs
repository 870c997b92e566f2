//! Reading and costs against the independent evaluator, on the made-up folder and on all instances of the public data.

use crate::evaluator::{Evaluator, find_data, find_instances};
use crate::{read, tiny_folder};
use assert_cmd::Command;
use serde_json::{Value, json};
use std::path::PathBuf;
use waterbus::domain::ClassIdx;
use waterbus::domain::liner::{Canals, Case, LinerProblem, PortIdx};
use waterbus::optimize::design::liner::{Costing, NotAllowed, ServiceCost};

/// Services drawn for each instance.
const SERVICES: usize = 400;

/// Folders to compare on, with their instances.
fn folders() -> Vec<(PathBuf, Vec<String>)> {
    [Some(tiny_folder()), find_data()].into_iter().flatten().map(|folder| (folder.clone(), find_instances(&folder))).collect()
}

fn close(found: f64, expected: &Value) -> bool {
    let expected = expected.as_f64().expect("a number");
    (found - expected).abs() <= 1e-9 * expected.abs().max(1e-3)
}

/// A number that may be missing.
fn close_or_none(found: Option<f64>, expected: &Value) -> bool {
    found.map_or(expected.is_null(), |found| !expected.is_null() && close(found, expected))
}

/// Ports, classes, demand and ways are what the evaluator reads, in every case, with and without transit times.
#[test]
fn instances_are_read_as_the_evaluator_reads_them() {
    let Some(evaluator) = Evaluator::find() else { return };
    for (folder, instances) in folders() {
        for instance in instances {
            for (case, transit) in [(Case::Base, false), (Case::Low, false), (Case::High, false), (Case::Base, true)] {
                // the evaluator prefers one mended file by name; there is no other in the public data
                if instance == "Mended" {
                    continue;
                }
                let problem = read(&folder, &instance, case, transit);
                compare_data(&problem, &evaluator.ask(&folder, &instance, case, transit, &[]));
            }
        }
    }
}

fn list<'a>(answer: &'a Value, name: &str, length: usize) -> &'a Vec<Value> {
    let list = answer[name].as_array().expect("a list");
    assert_eq!(list.len(), length, "{name}");
    list
}

fn compare_data(problem: &LinerProblem, answer: &Value) {
    let name = &problem.name;
    for (port, theirs) in problem.ports.iter().zip(list(answer, "ports", problem.ports.len())) {
        assert!(port.code == theirs["code"] && close_or_none(port.draft_m, &theirs["draft"]), "{name} {theirs}");
        assert!(close(port.handling_usd_per_ffe, &theirs["move"]), "{name} {theirs}");
        assert!(close(port.transshipment_usd_per_ffe, &theirs["trans"]), "{name} {theirs}");
        assert!(close(port.call_usd, &theirs["fixed"]) && close(port.call_usd_per_ffe, &theirs["var"]), "{name} {theirs}");
    }
    for (class, theirs) in problem.classes.iter().zip(list(answer, "classes", problem.classes.len())) {
        let ours = [
            (class.capacity_ffe, "cap"),
            (class.charter_usd_per_day, "tc"),
            (class.draft_m, "draft"),
            (class.min_speed_kn, "vmin"),
            (class.max_speed_kn, "vmax"),
            (class.design_speed_kn, "vdes"),
            (class.fuel_t_per_day, "fuel"),
            (class.idle_t_per_day, "idle"),
            (f64::from(class.vessels), "vessels"),
        ];
        assert!(class.name == theirs["name"] && ours.iter().all(|(value, key)| close(*value, &theirs[key])), "{name} {theirs}");
        assert!(close_or_none(class.panama_usd, &theirs["panama"]) && close_or_none(class.suez_usd, &theirs["suez"]));
    }
    for (demand, theirs) in problem.demands.iter().zip(list(answer, "demands", problem.demands.len())) {
        let ends = [demand.origin, demand.destination].map(|port| problem.port(port).code.as_str());
        assert!(ends[0] == theirs["o"] && ends[1] == theirs["d"], "{name} {theirs}");
        assert!(close(demand.ffe_per_week, &theirs["q"]) && close(demand.rate_usd_per_ffe, &theirs["rate"]), "{name} {theirs}");
        assert!(close(demand.transit_days, &theirs["tt"]), "{name} {theirs}");
    }
    compare_ways(problem, answer);
}

fn compare_ways(problem: &LinerProblem, answer: &Value) {
    let ports = (0..problem.ports.len()).map(PortIdx::from);
    let pairs = ports.clone().flat_map(|from| ports.clone().map(move |to| [from, to]));
    let mut ours: Vec<String> = pairs
        .flat_map(|[from, to]| problem.routes.between(from, to).iter().map(move |way| (from, to, way)))
        .map(|(from, to, way)| {
            let [from, to] = [from, to].map(|port| problem.port(port).code.clone());
            json!([from, to, way.canals.text(), way.distance_nm, way.draft_m]).to_string()
        })
        .collect();
    let mut theirs: Vec<String> = answer["ways"].as_array().expect("a list").iter().map(Value::to_string).collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs, "{}", problem.name);
}

/// Numbers that are the same on every machine (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}

/// A service to be costed: its ways chosen by us, or drawn.
struct Drawn {
    class: ClassIdx,
    calls: Vec<PortIdx>,
    vessels: u32,
    ways: Option<Vec<Canals>>,
}

fn draw(costing: &Costing, draw: &mut Draw) -> Drawn {
    let problem = costing.problem();
    let class = ClassIdx::from(draw.below(problem.classes.len()));
    let longest = if draw.below(3) == 0 { 12 } else { 4 };
    let length = 2 + draw.below(longest);
    // mostly ports that are deep enough, else hardly a long service would be allowed
    let all: Vec<PortIdx> = (0..problem.ports.len()).map(PortIdx::from).collect();
    let deep: Vec<PortIdx> = all.iter().copied().filter(|port| costing.may_call(class, *port)).collect();
    let from = if deep.len() < 2 || draw.below(10) == 0 { all } else { deep };
    let mut calls: Vec<PortIdx> = (0..length).map(|_| from[draw.below(from.len())]).collect();
    if draw.below(20) > 0 {
        calls.dedup();
    }
    // the evaluator takes a last call at the first port for the way back to it
    while calls.len() > 1 && calls.first() == calls.last() {
        calls.pop();
    }
    let most =
        costing.weekly_by_vessels(class, &calls, u32::MAX).map_or(6, |(fewest, weekly)| fewest as usize + weekly.len() - 1);
    let vessels = 1 + draw.below(most + 1) as u32;
    let drawn = |[from, to]: [PortIdx; 2], draw: &mut Draw| {
        let ways = problem.routes.between(from, to);
        ways.get(draw.below(ways.len().max(1))).map_or(Canals::None, |way| way.canals)
    };
    let by_draw = draw.below(3) == 0;
    let ends: Vec<[PortIdx; 2]> = (0..calls.len()).map(|k| [calls[k], calls[(k + 1) % calls.len()]]).collect();
    let ways = by_draw.then(|| ends.into_iter().map(|pair| drawn(pair, draw)).collect());
    Drawn { class, calls, vessels, ways }
}

fn cost(costing: &Costing, drawn: &Drawn) -> Result<ServiceCost, NotAllowed> {
    match &drawn.ways {
        None => costing.cost(drawn.class, &drawn.calls, drawn.vessels),
        Some(ways) => costing.cost_by(drawn.class, &drawn.calls, drawn.vessels, ways),
    }
}

/// The service as the evaluator takes it. What we allow has our speed and ways; what we refuse is left to the evaluator's choice.
fn written(problem: &LinerProblem, drawn: &Drawn, ours: Option<&ServiceCost>) -> Value {
    let ports: Vec<&str> = drawn.calls.iter().map(|port| problem.port(*port).code.as_str()).collect();
    let mut service = json!({ "vessel_class": problem.class(drawn.class).name, "n_vessels": drawn.vessels, "ports": ports });
    if let Some(ours) = ours {
        service["speed"] = ours.speed_kn.into();
        service["legs"] = ours.legs.iter().map(|leg| leg.canals.text()).collect();
    } else if let Some(ways) = &drawn.ways {
        service["legs"] = ways.iter().map(|way| way.text()).collect();
    }
    service
}

/// Hundreds of services of every instance: the same are allowed, every term of their costs is the same, and the ways we choose cost no
/// more than those the evaluator would choose.
#[test]
fn services_cost_what_the_evaluator_says() {
    let Some(evaluator) = Evaluator::find() else { return };
    for (folder, instances) in folders() {
        for (number, instance) in instances.into_iter().enumerate() {
            for (case, seed) in [(Case::Base, 1), (Case::Low, 2)] {
                let problem = read(&folder, &instance, case, false);
                let costing = Costing::new(&problem);
                let mut draws = Draw(seed + 100 * number as u64);
                let drawn: Vec<Drawn> = (0..SERVICES).map(|_| draw(&costing, &mut draws)).collect();
                let ours: Vec<_> = drawn.iter().map(|drawn| cost(&costing, drawn)).collect();
                let fixed = drawn.iter().zip(&ours).map(|(drawn, ours)| written(&problem, drawn, ours.as_ref().ok()));
                let free = drawn.iter().map(|drawn| written(&problem, drawn, None));
                let asked: Vec<Value> = fixed.chain(free).collect();
                let answer = evaluator.ask(&folder, &instance, case, false, &asked);
                let (fixed, free) = list(&answer, "services", 2 * SERVICES).split_at(SERVICES);
                let mut allowed = 0;
                for (row, ours) in ours.iter().enumerate() {
                    compare_cost(&asked[row], ours, &fixed[row], &free[row]);
                    allowed += usize::from(ours.is_ok());
                }
                println!("{instance} {}: {SERVICES} services alike, {allowed} of them allowed", case.text());
                assert!(allowed > SERVICES / 4 && allowed < SERVICES, "{instance}: the draw proves little");
            }
        }
    }
}

fn compare_cost(asked: &Value, ours: &Result<ServiceCost, NotAllowed>, fixed: &Value, free: &Value) {
    let Ok(ours) = ours else {
        assert_ne!(free["refused"], "", "we refuse {asked}: {ours:?}, and the evaluator does not");
        return;
    };
    assert_eq!(fixed["refused"], "", "we allow {asked}");
    assert_eq!(free["refused"], "", "we allow {asked}");
    let terms = [
        (ours.charter_usd, "tc"),
        (ours.port_calls_usd, "port_calls"),
        (ours.sailing_usd, "bunker_sail"),
        (ours.idle_usd, "bunker_idle"),
        (ours.slack_usd, "slack_idle"),
        (ours.canal_usd, "canal"),
        (ours.distance_nm, "distance"),
        (ours.round_trip_h / 24.0, "round_trip_days"),
        (ours.speed_kn, "speed"),
    ];
    for (value, key) in terms {
        assert!(close(value, &fixed[key]), "{key}: {value} and {} of {asked}", fixed[key]);
    }
    let theirs: f64 = terms[..6].iter().map(|(_, key)| free[key].as_f64().expect("a number")).sum();
    let weekly = ours.weekly_usd();
    assert!(weekly <= theirs + 1e-9 * theirs.abs(), "{weekly} against {theirs} by the evaluator's choice for {asked}");
}

/// What the command writes is a network to the evaluator, free of violations, worth what the command says and no more than its bound.
#[test]
fn the_command_s_network_is_worth_what_it_says() {
    let (Some(evaluator), Some(data)) = (Evaluator::find(), find_data()) else { return };
    let folder = tempfile::tempdir().expect("a folder for the test");
    let out = folder.path().join("services.json");
    for instance in find_instances(&data) {
        let mut program = Command::new(env!("CARGO_BIN_EXE_waterbus"));
        program.args(["bench", "linerlib"]).arg(&data).args([instance.as_str(), "--time-limit", "2s", "-o"]).arg(&out);
        program.assert().success();
        let Some(verdict) = evaluator.judge(&data, &instance, &out) else { return };
        assert_eq!(verdict["feasible"], true, "{instance}: {}", verdict["violations"]);
        let written: Value = serde_json::from_slice(&std::fs::read(&out).expect("it was written")).expect("it is JSON");
        let (said, judged) = (&written["value_usd_per_week"], verdict["objective_weekly"].as_f64().expect("a number"));
        assert!((judged - said.as_f64().expect("a number")).abs() <= 1e-6 * judged.abs().max(1.0), "{instance}: {said} {judged}");
        let bound = written["bound_usd_per_week"].as_f64().expect("a number");
        assert!(bound >= judged, "{instance}: the bound {bound} is below {judged}");
        println!("{instance}: {judged:.0} and bound {bound:.0}");
    }
}
