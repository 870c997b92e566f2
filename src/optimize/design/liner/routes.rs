//! Which ways are open to a vessel class, and which of them a rotation can combine: a canal saves distance and costs a fee.

use crate::domain::ClassIdx;
use crate::domain::liner::{Canals, LinerClass, LinerProblem, PortIdx, SeaRoute};

/// A way from one port to another that a class may sail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenRoute {
    pub canals: Canals,
    pub distance_nm: f64,
    /// Canal fees of one passage.
    pub canal_usd: f64,
}

/// The open ways of all classes between all ordered pairs of ports, but for those that are neither shorter nor cheaper than another.
#[derive(Clone, Debug)]
pub struct OpenRoutes {
    ports: usize,
    /// By class and pair: where its ways start; one more than there are.
    starts: Vec<u32>,
    routes: Vec<OpenRoute>,
}

impl OpenRoutes {
    /// Finds the ways that draught and canals leave open.
    pub fn new(problem: &LinerProblem) -> Self {
        let ports = problem.ports.len();
        let mut open = Self { ports, starts: vec![0], routes: Vec::new() };
        for class in &problem.classes {
            for pair in 0..ports * ports {
                let ways = problem.routes.between(PortIdx::from(pair / ports), PortIdx::from(pair % ports));
                let mut ways: Vec<OpenRoute> = ways.iter().filter_map(|way| find_open(class, way)).collect();
                keep_undominated(&mut ways, |way| [way.distance_nm, way.canal_usd]);
                open.routes.extend(ways);
                open.starts.push(open.routes.len() as u32);
            }
        }
        open
    }

    /// The ways worth a choice, from the shortest and dearest to the longest and cheapest.
    pub fn between(&self, class: ClassIdx, from: PortIdx, to: PortIdx) -> &[OpenRoute] {
        let row = (class.row() * self.ports + from.row()) * self.ports + to.row();
        &self.routes[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

/// The way as the class sails it, if its draught and the canals let it.
pub(super) fn find_open(class: &LinerClass, way: &SeaRoute) -> Option<OpenRoute> {
    let canal_usd = class.canal_usd(way.canals)?;
    let is_deep = way.draft_m.is_none_or(|draft| class.draft_m <= draft);
    is_deep.then_some(OpenRoute { canals: way.canals, distance_nm: way.distance_nm, canal_usd })
}

/// Sorts by distance and keeps what is cheaper than everything shorter. Fees are sums of the same few numbers in different orders, so what
/// differs by rounding alone counts as equal.
fn keep_undominated<T>(ways: &mut Vec<T>, distance_and_fee: impl Fn(&T) -> [f64; 2]) {
    ways.sort_by(|a, b| {
        let ([a, fee_a], [b, fee_b]) = (distance_and_fee(a), distance_and_fee(b));
        a.total_cmp(&b).then(fee_a.total_cmp(&fee_b))
    });
    let mut least = f64::INFINITY;
    ways.retain(|way| {
        let [_, fee] = distance_and_fee(way);
        let is_cheaper = fee < least - 1e-6;
        least = least.min(fee);
        is_cheaper
    });
}

/// A choice of ways for all legs of a rotation, by its sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    pub distance_nm: f64,
    /// Canal fees of one round trip.
    pub canal_usd: f64,
    /// State before the last leg with a choice, and the choice there.
    before: u32,
    chosen: u32,
}

/// The combinations of ways worth a choice for one rotation: none is both longer and dearer than another.
#[derive(Clone, Debug)]
pub struct Ways<'a> {
    legs: Vec<&'a [OpenRoute]>,
    /// After each leg that has a choice; the first layer is what the other legs add up to.
    layers: Vec<Vec<Way>>,
}

impl<'a> Ways<'a> {
    /// Combines the ways of the legs, each of which has one at least.
    pub(super) fn new(legs: Vec<&'a [OpenRoute]>) -> Self {
        let mut start = Way { distance_nm: 0.0, canal_usd: 0.0, before: 0, chosen: 0 };
        for way in legs.iter().filter(|leg| leg.len() == 1).filter_map(|leg| leg.first()) {
            start.distance_nm += way.distance_nm;
            start.canal_usd += way.canal_usd;
        }
        let mut layers = vec![vec![start]];
        let mut states = vec![start];
        for leg in legs.iter().filter(|leg| leg.len() > 1) {
            states = extend(&states, leg);
            layers.push(states.clone());
        }
        Self { legs, layers }
    }

    /// From the shortest and dearest to the longest and cheapest.
    pub fn choices(&self) -> &[Way] {
        self.layers.last().map_or(&[], Vec::as_slice)
    }

    /// The way of each leg under one of the choices.
    pub fn legs(&self, choice: &Way) -> Vec<OpenRoute> {
        let mut legs = Vec::with_capacity(self.legs.len());
        let mut state = *choice;
        let mut layers = self.layers.iter().rev().skip(1);
        for leg in self.legs.iter().rev() {
            if leg.len() == 1 {
                legs.push(leg[0]);
            } else if let Some(layer) = layers.next() {
                legs.push(leg[state.chosen as usize]);
                state = layer[state.before as usize];
            }
        }
        legs.reverse();
        legs
    }
}

fn extend(states: &[Way], leg: &[OpenRoute]) -> Vec<Way> {
    let choices = |(before, state): (usize, &Way)| {
        let (before, state) = (before as u32, *state);
        leg.iter().enumerate().map(move |(chosen, way)| Way {
            distance_nm: state.distance_nm + way.distance_nm,
            canal_usd: state.canal_usd + way.canal_usd,
            before,
            chosen: chosen as u32,
        })
    };
    let mut next: Vec<Way> = states.iter().enumerate().flat_map(choices).collect();
    keep_undominated(&mut next, |way| [way.distance_nm, way.canal_usd]);
    next
}
