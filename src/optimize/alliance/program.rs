//! The cargo of a set of members on its own slots: one linear program for all sets, in which only capacities and volumes differ.

use crate::domain::*;
use crate::optimize::flow::lp::{CommodityIdx, FlowLp, Resizable, RowIdx, Way};
use crate::optimize::flow::{Network, Path, Place};
use std::collections::BTreeMap;

/// What a row of the program is short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// [AL-3] slots of a leg, TEU.
    Slots,
    /// [AL-3] mass by depth, tonnes.
    Mass,
    Plugs,
    Dangerous,
    /// [AL-4] lifts that the stay at a call leaves time for, TEU.
    Lifts,
}

/// A capacity that members own parts of.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line, sailing, and leg or call.
    pub place: Place,
    pub resource: Resource,
    /// By member.
    pub held: Vec<f64>,
}

/// Cargo of one demand, and what each member brings of it [AL-5].
#[derive(Clone, Debug)]
pub struct Cargo {
    pub demand: DemandIdx,
    pub brought: Vec<f64>,
}

/// The program of the whole alliance.
pub struct Program {
    pub rows: Vec<Row>,
    pub cargoes: Vec<Cargo>,
    pub ways: Vec<Way>,
    pub members: usize,
}

/// What each member owns of a leg, by resource; from the plan's allotments.
pub type Holdings = BTreeMap<Place, Vec<[f64; 4]>>;

/// Changes of basis that one set may take.
const MOST_PIVOTS: u64 = 200_000;

impl Program {
    /// Rows for what the ways use, columns for the ways.
    pub fn new(network: &Network, paths: &[Path], holdings: &Holdings) -> Self {
        let problem = network.problem;
        let members = problem.operators.len();
        let mut rows: BTreeMap<(Place, Resource), Vec<f64>> = BTreeMap::new();
        let uses: Vec<Vec<((Place, Resource), f64)>> = paths.iter().map(|path| uses(network, path)).collect();
        for (key, _) in uses.iter().flatten() {
            rows.entry(*key).or_insert_with(|| held(network, holdings, *key, members));
        }
        let heaviest = heaviest(network, paths);
        rows.retain(|key, held| can_bind(network, holdings, *key, held, &heaviest));
        let index: BTreeMap<(Place, Resource), RowIdx> = rows.keys().copied().zip((0..).map(RowIdx::nth)).collect();
        let mut cargoes: Vec<Cargo> = Vec::new();
        let mut ways = Vec::with_capacity(paths.len());
        for (path, uses) in paths.iter().zip(uses) {
            if cargoes.last().is_none_or(|cargo| cargo.demand != path.demand) {
                let volume = problem.demand(path.demand).volume.0 as f64;
                let brought = |member: usize| volume * problem.brought_by(member.into(), path.demand);
                cargoes.push(Cargo { demand: path.demand, brought: (0..members).map(brought).collect() });
            }
            let commodity = CommodityIdx::nth(cargoes.len() as u32 - 1);
            let uses = uses.iter().filter_map(|(key, units)| Some((*index.get(key)?, *units))).collect();
            ways.push(Way { commodity, value: path.margin.units(), uses });
        }
        let rows = rows.into_iter().map(|((place, resource), held)| Row { place, resource, held }).collect();
        Self { rows, cargoes, ways, members }
    }

    /// The program of all members, solved; `None` when rounding keeps it from its end.
    pub fn solve(&self) -> Option<Resizable> {
        let mut lp = FlowLp::new();
        for row in &self.rows {
            lp.add_row(row.held.iter().sum());
        }
        for cargo in &self.cargoes {
            lp.add_commodity(cargo.brought.iter().sum());
        }
        self.ways.iter().for_each(|way| lp.add_way(way));
        Resizable::new(lp, MOST_PIVOTS)
    }

    /// What a set of members earns with its own slots and its own cargo, currency units a cycle. `was` is the set solved last.
    pub fn value(&self, lp: &mut Resizable, was: usize, set: usize) -> Option<f64> {
        self.resize(lp, was, set);
        lp.resolve(MOST_PIVOTS)
    }

    fn resize(&self, lp: &mut Resizable, was: usize, set: usize) {
        let changed = was ^ set;
        let concerns = |parts: &[f64]| members_of(changed).any(|member| parts[member] != 0.0);
        let sum = |parts: &[f64]| members_of(set).map(|member| parts[member]).sum();
        for (row, own) in self.rows.iter().enumerate().filter(|(_, own)| concerns(&own.held)) {
            lp.set_capacity(RowIdx::nth(row as u32), sum(&own.held));
        }
        for (cargo, own) in self.cargoes.iter().enumerate().filter(|(_, own)| concerns(&own.brought)) {
            lp.set_volume(CommodityIdx::nth(cargo as u32), sum(&own.brought));
        }
    }

    /// How much a member brings, to let the smallest come and go most often.
    pub fn size_of(&self, member: usize) -> f64 {
        let held = self.rows.iter().filter(|row| row.resource == Resource::Slots).map(|row| row.held[member]);
        held.chain(self.cargoes.iter().map(|cargo| cargo.brought[member])).sum()
    }
}

/// What a TEU on a way takes.
fn uses(network: &Network, path: &Path) -> Vec<((Place, Resource), f64)> {
    let demand = network.problem.demand(path.demand);
    let mut uses = Vec::new();
    for hop in &path.hops {
        for leg in network.legs_of(hop) {
            uses.push(((leg, Resource::Slots), 1.0));
            uses.push(((leg, Resource::Mass), demand.kg_per_teu.0 as f64 / 1000.0));
            match demand.cargo {
                crate::domain::Cargo::Dry => {}
                crate::domain::Cargo::Reefer => uses.push(((leg, Resource::Plugs), 1.0)),
                crate::domain::Cargo::Dangerous => uses.push(((leg, Resource::Dangerous), 1.0)),
            }
        }
        uses.extend(network.lifts_of(hop).map(|call| ((call, Resource::Lifts), 1.0)));
    }
    uses
}

/// By member, what it owns of a row. Crane time at a call belongs to those who own the slots of the leg that starts there, in proportion.
fn held(network: &Network, holdings: &Holdings, (place, resource): (Place, Resource), members: usize) -> Vec<f64> {
    let Some(own) = holdings.get(&place) else { return vec![0.0; members] };
    if resource == Resource::Lifts {
        let slots: f64 = own.iter().map(|parts| parts[0]).sum();
        let lifts = network.lifts_at(place) as f64;
        return own.iter().map(|parts| if slots > 0.0 { lifts * parts[0] / slots } else { 0.0 }).collect();
    }
    own.iter().map(|parts| parts[resource as usize]).collect()
}

/// By leg, the mass of the heaviest cargo that may ride it, tonnes a TEU.
fn heaviest(network: &Network, paths: &[Path]) -> BTreeMap<Place, f64> {
    let mut heaviest: BTreeMap<Place, f64> = BTreeMap::new();
    for path in paths {
        let tonnes = network.problem.demand(path.demand).kg_per_teu.0 as f64 / 1000.0;
        for leg in path.hops.iter().flat_map(|hop| network.legs_of(hop)) {
            let known = heaviest.entry(leg).or_default();
            *known = known.max(tonnes);
        }
    }
    heaviest
}

/// False for a row that no set of members can ever use up, because its members' slots are used up before.
fn can_bind(
    network: &Network,
    holdings: &Holdings,
    (place, resource): (Place, Resource),
    held: &[f64],
    heaviest: &BTreeMap<Place, f64>,
) -> bool {
    let slots = |place: Place, member: usize| holdings.get(&place).map_or(0.0, |own| own[member][0]);
    let needed = |member: usize| match resource {
        Resource::Mass => slots(place, member) * heaviest.get(&place).copied().unwrap_or_default(),
        Resource::Lifts => slots(place, member) + slots(leg_before(network, place), member),
        Resource::Slots | Resource::Plugs | Resource::Dangerous => f64::INFINITY,
    };
    (0..held.len()).any(|member| needed(member) > held[member])
}

/// The leg that ends at a call.
fn leg_before(network: &Network, (row, sailing, call): Place) -> Place {
    if call > 0 {
        return (row, sailing, call - 1);
    }
    let line = &network.lines[row];
    let sailings = line.sailings();
    let before = (sailing + sailings - line.line.vessels as usize % sailings) % sailings;
    (row, before, line.calls() - 1)
}
