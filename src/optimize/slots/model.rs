//! Cargo on the timed network as an LP over ways: `models/slots.md`, tag by tag.

use crate::domain::{Cargo, DemandIdx, Problem};
use crate::optimize::flow::{Network, Path, Place, teu_per_minute};
use crate::optimize::solver::{Col, Model, Sense};
use std::collections::BTreeMap;

/// The LP; column `i` of `ways` is the TEU on path `i`.
pub struct SlotModel {
    pub model: Model,
    pub ways: Vec<Col>,
}

/// Price of a TEU below the smallest call: above any freight, so that it is used only where nothing else is possible.
const SHORT_PENALTY: f64 = 1e5;

/// Builds the model over `paths`; with `whole`, in whole TEU.
pub fn build(network: &Network, paths: &[Path], whole: bool) -> SlotModel {
    let problem = network.problem;
    let mut model = Model::new();
    let ways: Vec<Col> = paths.iter().map(|path| add_way(problem, path, whole, &mut model)).collect();
    add_demand_rows(problem, paths, &ways, &mut model);
    add_leg_rows(network, paths, &ways, &mut model);
    add_call_rows(network, paths, &ways, &mut model);
    SlotModel { model, ways }
}

fn add_way(problem: &Problem, path: &Path, whole: bool, model: &mut Model) -> Col {
    let most = problem.demand(path.demand).volume.0 as f64;
    let margin = path.margin.units();
    if whole { model.add_integer(margin, 0.0, most) } else { model.add_continuous(margin, 0.0, most) }
}

/// [SL-1] no more than there is.
fn add_demand_rows(problem: &Problem, paths: &[Path], ways: &[Col], model: &mut Model) {
    let mut by_demand: BTreeMap<DemandIdx, Vec<(Col, f64)>> = BTreeMap::new();
    for (path, col) in paths.iter().zip(ways) {
        by_demand.entry(path.demand).or_default().push((*col, 1.0));
    }
    for (demand, terms) in by_demand {
        model.add_row("SL-1", terms, Sense::AtMost, problem.demand(demand).volume.0 as f64);
    }
}

/// [SL-2] slots, [SL-3] tonnes by depth, [SL-4] reefer plugs, [SL-5] dangerous goods: each leg of each sailing.
fn add_leg_rows(network: &Network, paths: &[Path], ways: &[Col], model: &mut Model) {
    let problem = network.problem;
    let mut aboard: BTreeMap<Place, Vec<(Col, DemandIdx)>> = BTreeMap::new();
    for (path, col) in paths.iter().zip(ways) {
        for leg in path.hops.iter().flat_map(|hop| network.legs_of(hop)) {
            aboard.entry(leg).or_default().push((*col, path.demand));
        }
    }
    for ((line, _, leg), cargo) in aboard {
        let class = network.class(line);
        let of = |kind: Cargo| {
            let own = cargo.iter().filter(move |(_, demand)| problem.demand(*demand).cargo == kind);
            own.map(|(col, _)| (*col, 1.0)).collect::<Vec<_>>()
        };
        let tonnes = cargo.iter().map(|(col, demand)| (*col, problem.demand(*demand).kg_per_teu.0 as f64 / 1000.0)).collect();
        model.add_row("SL-2", cargo.iter().map(|(col, _)| (*col, 1.0)).collect(), Sense::AtMost, class.teu.0 as f64);
        model.add_row("SL-3", tonnes, Sense::AtMost, network.lines[line].leg_load[leg].0 as f64 / 1000.0);
        model.add_row("SL-4", of(Cargo::Reefer), Sense::AtMost, class.reefer_plugs.0 as f64);
        model.add_row("SL-5", of(Cargo::Dangerous), Sense::AtMost, class.dangerous.0 as f64);
    }
}

/// [SL-6] crane time of each call within its stay, [SL-7] berth time of all calls of a service within what its round trips leave, [SL-8]
/// the smallest call on average.
fn add_call_rows(network: &Network, paths: &[Path], ways: &[Col], model: &mut Model) {
    let mut lifted: BTreeMap<Place, Vec<(Col, f64)>> = BTreeMap::new();
    for (path, col) in paths.iter().zip(ways) {
        for place in path.hops.iter().flat_map(|hop| network.lifts_of(hop)) {
            lifted.entry(place).or_default().push((*col, 1.0));
        }
    }
    let mut by_call: BTreeMap<(usize, usize), Vec<(Col, f64)>> = BTreeMap::new();
    for (place, terms) in lifted {
        by_call.entry((place.0, place.2)).or_default().extend(&terms);
        model.add_row("SL-6", terms, Sense::AtMost, network.lifts_at(place) as f64);
    }
    add_berth_rows(network, &by_call, model);
    add_call_size_rows(network, by_call, model)
}

/// [SL-7] as the design counts it: the berth time of a call in a cycle is its crane time, and at least its sailings' shortest stays.
fn add_berth_rows(network: &Network, by_call: &BTreeMap<(usize, usize), Vec<(Col, f64)>>, model: &mut Model) {
    for (row, line) in network.lines.iter().enumerate() {
        let shortest = (network.problem.settings.min_handling * line.sailings() as i64).0 as f64;
        let mut all = Vec::new();
        for (call, terminal) in line.line.calls.iter().enumerate() {
            let minutes = 1.0 / teu_per_minute(network.problem, *terminal);
            let berth = model.add_continuous(0.0, shortest, f64::INFINITY);
            let lifts = by_call.get(&(row, call)).into_iter().flatten();
            let mut crane: Vec<(Col, f64)> = lifts.map(|(col, count)| (*col, count * minutes)).collect();
            crane.push((berth, -1.0));
            model.add_row("SL-7", crane, Sense::AtMost, 0.0);
            all.push((berth, 1.0));
        }
        model.add_row("SL-7", all, Sense::AtMost, line.line.handling.0 as f64);
    }
}

fn add_call_size_rows(network: &Network, mut by_call: BTreeMap<(usize, usize), Vec<(Col, f64)>>, model: &mut Model) {
    for (row, line) in network.lines.iter().enumerate() {
        for (call, terminal) in line.line.calls.iter().enumerate() {
            let least = network.problem.terminal(*terminal).min_call.0 as f64 * line.sailings() as f64;
            if least > 0.0 {
                let mut terms = by_call.remove(&(row, call)).unwrap_or_default();
                let missing = model.add_continuous(-SHORT_PENALTY, 0.0, least);
                terms.push((missing, 1.0));
                model.add_row("SL-8", terms, Sense::AtLeast, least);
            }
        }
    }
}
