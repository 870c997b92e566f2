//! Changes of a liner network: what the search tries next.

use super::cost::Costing;
use super::market::{Liner, Service};
use crate::domain::ClassIdx;
use crate::domain::liner::PortIdx;
use crate::optimize::design::anneal::Change;
use crate::optimize::design::moves::merge_neighbours;
use crate::optimize::flow::lp::FlowLp;
use rand::RngExt;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// Distances as the changes need them.
#[derive(Clone, Debug)]
pub struct Charts {
    ports: usize,
    /// By class and pair: shortest way open, nautical miles.
    distance: Vec<f64>,
    /// By port: the others, nearest first.
    near: Vec<Vec<PortIdx>>,
}

impl Charts {
    /// Reads the shortest ways.
    pub fn new(costing: &Costing) -> Self {
        let ports = costing.problem().ports.len();
        let all = || (0..ports).map(PortIdx::from);
        let classes = (0..costing.problem().classes.len()).map(ClassIdx::from);
        let shortest = |class, from, to| costing.routes(class, from, to).first().map_or(f64::INFINITY, |way| way.distance_nm);
        let pairs = classes.flat_map(|class| all().flat_map(move |from| all().map(move |to| (class, from, to))));
        let distance: Vec<f64> = pairs.map(|(class, from, to)| shortest(class, from, to)).collect();
        let any = |from: PortIdx, to: PortIdx| {
            let of_classes = (0..costing.problem().classes.len()).map(|class| (class * ports + from.row()) * ports + to.row());
            of_classes.map(|place| distance[place]).fold(f64::INFINITY, f64::min)
        };
        let near = all().map(|from| {
            let mut others: Vec<PortIdx> = all().filter(|to| *to != from).collect();
            others.sort_by(|a, b| any(from, *a).total_cmp(&any(from, *b)));
            others
        });
        let near = near.collect();
        Self { ports, distance, near }
    }

    /// Shortest way open to a class, nautical miles; infinite when there is none.
    pub fn distance(&self, class: ClassIdx, from: PortIdx, to: PortIdx) -> f64 {
        self.distance[(class.row() * self.ports + from.row()) * self.ports + to.row()]
    }

    /// The others of the fourteen ports nearest to one, sooner a nearer one.
    fn neighbour(&self, of: PortIdx, rng: &mut ChaCha8Rng) -> Option<PortIdx> {
        let near = &self.near[of.row()];
        let most = near.len().min(14);
        let widest = (most > 0).then(|| rng.random_range(0..most))?;
        Some(near[rng.random_range(0..=widest)])
    }
}

/// Kinds of change with their weights.
const KINDS: [(Kind, u32); 16] = [
    (Kind::Insert, 24),
    (Kind::Remove, 20),
    (Kind::Several, 10),
    (Kind::MoveCall, 10),
    (Kind::Swap, 3),
    (Kind::Replace, 7),
    (Kind::Shift, 7),
    (Kind::Reverse, 3),
    (Kind::Class, 4),
    (Kind::Drop, 2),
    (Kind::New, 4),
    (Kind::Split, 2),
    (Kind::Merge, 2),
    (Kind::Cross, 2),
    (Kind::Rebuild, 3),
    (Kind::Vessels, 8),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Insert,
    Remove,
    Several,
    MoveCall,
    Swap,
    Replace,
    Shift,
    Reverse,
    Class,
    Drop,
    New,
    Split,
    Merge,
    Cross,
    Rebuild,
    Vessels,
}

/// A random change, `None` when the draw led nowhere.
pub fn change(liner: &Liner, services: &[Service], lp: &FlowLp, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
    let draw = Draw { liner, services, lp };
    let timed = liner.problem().limits_transit;
    let all: u32 = KINDS.iter().map(|(_, weight)| weight).sum();
    let mut left = rng.random_range(0..all);
    let drawn = KINDS.iter().find(|(_, weight)| {
        let hit = left < *weight;
        left = left.saturating_sub(*weight);
        hit
    });
    let kind = match drawn {
        _ if services.is_empty() => Kind::New,
        Some((Kind::Vessels, _)) if !timed => Kind::Insert,
        Some((kind, _)) => *kind,
        None => return None,
    };
    draw.make(kind, rng)
}

struct Draw<'a> {
    liner: &'a Liner<'a>,
    services: &'a [Service],
    lp: &'a FlowLp,
}

impl Draw<'_> {
    fn make(&self, kind: Kind, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        if kind == Kind::New {
            return Some(Change { drop: Vec::new(), add: vec![self.new_service(rng)?] });
        }
        let row = rng.random_range(0..self.services.len());
        let own = &self.services[row];
        let mut calls = own.calls.to_vec();
        match kind {
            Kind::Insert => {
                let port = self.further_port(&calls, rng)?;
                self.insert(own.class, &mut calls, port, rng)?;
            }
            Kind::Remove => remove(&mut calls, rng)?,
            Kind::Several => {
                for _ in 0..rng.random_range(0..=3u32) {
                    remove(&mut calls, rng)?;
                }
                for _ in 0..rng.random_range(0..=3u32) {
                    let port = self.further_port(&calls, rng)?;
                    self.insert(own.class, &mut calls, port, rng)?;
                }
            }
            Kind::Replace => {
                let place = rng.random_range(0..calls.len());
                calls[place] = self.liner.charts.neighbour(calls[place], rng)?;
                merge_neighbours(&mut calls);
            }
            Kind::Shift => shift(&mut calls, rng)?,
            Kind::Reverse => reverse(&mut calls, rng)?,
            Kind::Class => return self.change_class(row, rng),
            Kind::Vessels => {
                let vessels = own.vessels?;
                let vessels = if rng.random_bool(0.5) { vessels + 1 } else { vessels.checked_sub(1)? };
                own.costs.usd(vessels)?;
                return one(row, Service { vessels: Some(vessels), ..own.clone() });
            }
            Kind::Drop => return Some(Change { drop: vec![row], add: Vec::new() }),
            Kind::Rebuild => return one(row, self.rebuilt(own, rng)?),
            Kind::Split => return self.split(row, rng),
            Kind::MoveCall | Kind::Swap | Kind::Merge | Kind::Cross => return self.between(kind, row, rng),
            Kind::New => return None,
        }
        one(row, self.service_like(own, &calls)?)
    }

    fn service_like(&self, own: &Service, calls: &[PortIdx]) -> Option<Service> {
        if calls == &own.calls[..] {
            return None;
        }
        self.liner.service(own.class, calls, own.vessels)
    }

    /// Changes of two services.
    fn between(&self, kind: Kind, row: usize, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let other = rng.random_range(0..self.services.len());
        if other == row {
            return None;
        }
        let (one, two) = (&self.services[row], &self.services[other]);
        let (mut first, mut second) = (one.calls.to_vec(), two.calls.to_vec());
        match kind {
            Kind::MoveCall => {
                let port = second[rng.random_range(0..second.len())];
                self.insert(one.class, &mut first, port, rng)?;
                let place = second.iter().position(|call| *call == port)?;
                second.remove(place);
                merge_neighbours(&mut second);
            }
            Kind::Swap => {
                let (place, theirs) = (rng.random_range(0..first.len()), rng.random_range(0..second.len()));
                let (mine, their) = (first.remove(place), second.remove(theirs));
                merge_neighbours(&mut first);
                merge_neighbours(&mut second);
                self.insert(one.class, &mut first, their, rng)?;
                self.insert(two.class, &mut second, mine, rng)?;
            }
            Kind::Merge => {
                let place = rng.random_range(0..first.len());
                let at = first[place];
                let theirs = second.iter().position(|call| *call == at).unwrap_or(rng.random_range(0..second.len()));
                second.rotate_left(theirs);
                first.rotate_left(place);
                first.append(&mut second);
                merge_neighbours(&mut first);
            }
            _ => {
                let common: Vec<(usize, usize)> = (0..first.len())
                    .flat_map(|place| second.iter().enumerate().map(move |(theirs, call)| (place, theirs, *call)))
                    .filter(|(place, _, call)| first[*place] == *call)
                    .map(|(place, theirs, _)| (place, theirs))
                    .collect();
                let (start, from) = *common.choose(rng)?;
                let (end, to) = *common.choose(rng)?;
                if start == end || from == to {
                    return None;
                }
                first.rotate_left(start);
                second.rotate_left(from);
                let (cut, theirs) = ((end + first.len() - start) % first.len(), (to + second.len() - from) % second.len());
                let tail = first.split_off(cut);
                let their_tail = second.split_off(theirs);
                first.extend(their_tail);
                second.extend(tail);
                merge_neighbours(&mut first);
                merge_neighbours(&mut second);
            }
        }
        let mut add = vec![self.liner.service(one.class, &first, one.vessels)?];
        if second.len() >= 2 {
            add.push(self.liner.service(two.class, &second, two.vessels)?);
        }
        Some(Change { drop: vec![row, other], add })
    }

    fn split(&self, row: usize, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let own = &self.services[row];
        let mut calls = own.calls.to_vec();
        if calls.len() < 4 {
            return None;
        }
        let start = rng.random_range(0..calls.len());
        calls.rotate_left(start);
        let again = calls.iter().skip(2).position(|call| *call == calls[0]).map(|place| place + 2);
        let cut = again.unwrap_or(rng.random_range(2..calls.len() - 1));
        let mut tail = calls.split_off(cut);
        if again.is_none() && rng.random_bool(0.5) {
            tail.insert(0, calls[0]);
        }
        merge_neighbours(&mut calls);
        merge_neighbours(&mut tail);
        let half = own.vessels.map(|vessels| vessels.div_ceil(2));
        let other = self.free_class(&tail, own.class, rng);
        let add = vec![self.liner.service(own.class, &calls, half)?, self.liner.service(other, &tail, half)?];
        Some(Change { drop: vec![row], add })
    }

    /// The class itself, or another that has vessels left.
    fn free_class(&self, calls: &[PortIdx], own: ClassIdx, rng: &mut ChaCha8Rng) -> ClassIdx {
        let other = self.random_class(rng);
        if rng.random_bool(0.5) && calls.iter().all(|port| self.liner.costing.may_call(other, *port)) { other } else { own }
    }

    fn random_class(&self, rng: &mut ChaCha8Rng) -> ClassIdx {
        let classes = &self.liner.problem().classes;
        let there: Vec<usize> = (0..classes.len()).filter(|class| classes[*class].vessels > 0).collect();
        let left = |class: usize| {
            let used: u32 = self.services.iter().filter(|own| own.class.row() == class).map(|own| own.costs.fewest).sum();
            classes[class].vessels.saturating_sub(used)
        };
        let free: Vec<usize> = there.iter().copied().filter(|class| left(*class) > 0).collect();
        free.choose(rng).or_else(|| there.choose(rng)).copied().unwrap_or(0).into()
    }

    fn change_class(&self, row: usize, rng: &mut ChaCha8Rng) -> Option<Change<Service>> {
        let own = &self.services[row];
        let class = self.random_class(rng);
        if rng.random_bool(0.5) {
            let other = rng.random_range(0..self.services.len());
            let theirs = &self.services[other];
            if theirs.class == own.class {
                return None;
            }
            let swapped = |own: &Service, class| self.fitting(own, class);
            return Some(Change { drop: vec![row, other], add: vec![swapped(own, theirs.class)?, swapped(theirs, own.class)?] });
        }
        if class == own.class {
            return None;
        }
        one(row, self.fitting(own, class)?)
    }

    /// A service with another class, without the calls that this class is too deep for.
    fn fitting(&self, own: &Service, class: ClassIdx) -> Option<Service> {
        let mut calls: Vec<PortIdx> =
            own.calls.iter().copied().filter(|port| self.liner.costing.may_call(class, *port)).collect();
        merge_neighbours(&mut calls);
        self.liner.service(class, &calls, own.vessels)
    }

    /// A service thrown away but for a few calls, and grown again.
    fn rebuilt(&self, own: &Service, rng: &mut ChaCha8Rng) -> Option<Service> {
        let mut calls = own.calls.to_vec();
        let start = rng.random_range(0..calls.len());
        calls.rotate_left(start);
        let length = calls.len();
        calls.truncate(rng.random_range(2..=length.max(2)));
        merge_neighbours(&mut calls);
        let most = length.saturating_sub(calls.len()) + 2;
        for _ in 0..rng.random_range(1..=most) {
            let port = self.further_port(&calls, rng)?;
            self.insert(own.class, &mut calls, port, rng)?;
        }
        self.service_like(own, &calls)
    }

    fn new_service(&self, rng: &mut ChaCha8Rng) -> Option<Service> {
        let class = self.random_class(rng);
        let demand = self.waiting_demand(rng)?;
        let demand = self.liner.problem().demands[demand];
        let mut calls = vec![demand.origin, demand.destination];
        for _ in 0..rng.random_range(0..6u32) {
            let port = self.further_port(&calls, rng)?;
            if self.liner.costing.may_call(class, port) {
                self.insert(class, &mut calls, port, rng)?;
            }
        }
        self.liner.service(class, &calls, Some(rng.random_range(1..12)))
    }

    /// A demand of which much is left behind.
    fn waiting_demand(&self, rng: &mut ChaCha8Rng) -> Option<usize> {
        let all = self.liner.problem().demands.len();
        if all == 0 {
            return None;
        }
        let drawn = (0..5).map(|_| rng.random_range(0..all));
        let money = |row: &usize| self.liner.left_behind(*row, self.lp) * self.liner.worth_of(*row).max(0.0);
        drawn.max_by(|a, b| money(a).total_cmp(&money(b)))
    }

    /// A port worth calling at beside some calls.
    fn further_port(&self, calls: &[PortIdx], rng: &mut ChaCha8Rng) -> Option<PortIdx> {
        let draw = rng.random_range(0..100u32);
        let some = *calls.choose(rng)?;
        if draw < 45 {
            for _ in 0..8 {
                let demand = self.liner.problem().demands[self.waiting_demand(rng)?];
                match (calls.contains(&demand.origin), calls.contains(&demand.destination)) {
                    (true, false) => return Some(demand.destination),
                    (false, true) => return Some(demand.origin),
                    _ => {}
                }
            }
        }
        match draw {
            0..75 => self.liner.charts.neighbour(some, rng),
            75..90 => Some(some),
            _ => Some(rng.random_range(0..self.liner.problem().ports.len()).into()),
        }
    }

    /// Puts a port where it lengthens the round trip little, or anywhere.
    fn insert(&self, class: ClassIdx, calls: &mut Vec<PortIdx>, port: PortIdx, rng: &mut ChaCha8Rng) -> Option<()> {
        let distance = |from, to| self.liner.charts.distance(class, from, to);
        let mut places: Vec<(f64, usize)> = (0..calls.len())
            .filter_map(|place| {
                let (from, to) = (calls[place], calls[(place + 1) % calls.len()]);
                let fits = from != port && to != port;
                fits.then(|| (distance(from, port) + distance(port, to) - distance(from, to), place))
            })
            .filter(|(detour, _)| detour.is_finite())
            .collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        let most = match rng.random_range(0..10u32) {
            0..4 => 1,
            4..8 => 3,
            _ => places.len(),
        };
        let place = places.get(rng.random_range(0..most.min(places.len()).max(1)))?.1;
        calls.insert(place + 1, port);
        Some(())
    }
}

fn one(row: usize, service: Service) -> Option<Change<Service>> {
    Some(Change { drop: vec![row], add: vec![service] })
}

fn remove(calls: &mut Vec<PortIdx>, rng: &mut ChaCha8Rng) -> Option<()> {
    if calls.len() < 3 {
        return None;
    }
    calls.remove(rng.random_range(0..calls.len()));
    merge_neighbours(calls);
    Some(())
}

/// Moves a few calls in a row to another place.
fn shift(calls: &mut Vec<PortIdx>, rng: &mut ChaCha8Rng) -> Option<()> {
    if calls.len() < 4 {
        return None;
    }
    let start = rng.random_range(0..calls.len());
    calls.rotate_left(start);
    let length = rng.random_range(1..=3.min(calls.len() - 2));
    let moved: Vec<PortIdx> = calls.drain(..length).collect();
    let place = rng.random_range(1..calls.len());
    calls.splice(place..place, moved);
    merge_neighbours(calls);
    Some(())
}

/// Turns a part of the rotation around.
fn reverse(calls: &mut Vec<PortIdx>, rng: &mut ChaCha8Rng) -> Option<()> {
    if calls.len() < 4 {
        return None;
    }
    let start = rng.random_range(0..calls.len());
    calls.rotate_left(start);
    let length = rng.random_range(2..=calls.len());
    calls[..length].reverse();
    merge_neighbours(calls);
    Some(())
}
