//! Vessels that differ in their owner only. The search counts them together; an owner is found for each service at the end.

use crate::domain::{Fleet, FleetIdx, Problem};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

fn is_alike(a: &Fleet, b: &Fleet) -> bool {
    a.class == b.class && a.registered == b.registered
}

/// Vessels like those of a fleet row, by owner.
pub fn alike(problem: &Problem, fleet: FleetIdx) -> impl Iterator<Item = (FleetIdx, u32)> {
    let own = problem.fleet(fleet);
    let rows = problem.fleets.iter().enumerate().filter(move |(_, other)| is_alike(own, other));
    rows.map(|(row, other)| (FleetIdx::from(row), other.vessels))
}

/// The row that stands for all rows like a fleet's: the first of its kind that has vessels.
pub fn kind_of(problem: &Problem, fleet: FleetIdx) -> FleetIdx {
    alike(problem, fleet).find(|(_, vessels)| *vessels > 0).map_or(fleet, |(first, _)| first)
}

/// Rows that stand for all rows like them: the first of each kind that has vessels.
pub fn kinds(problem: &Problem) -> impl Iterator<Item = FleetIdx> {
    let has_vessels = |fleet: &FleetIdx| problem.fleet(*fleet).vessels > 0;
    (0..problem.fleets.len()).map(FleetIdx::from).filter(has_vessels).filter(|fleet| kind_of(problem, *fleet) == *fleet)
}

/// One owner for each service, given by kind and number of vessels, so that nobody lends more than there are; `None` if there is no such
/// way. `lent` are vessels of owners that are taken already.
pub fn find_owners(problem: &Problem, lent: &[(FleetIdx, u32)], services: &[(FleetIdx, u32)]) -> Option<Vec<FleetIdx>> {
    let mut by_kind: BTreeMap<FleetIdx, Vec<usize>> = BTreeMap::new();
    for (row, (kind, _)) in services.iter().enumerate() {
        by_kind.entry(*kind).or_default().push(row);
    }
    let mut owners = vec![FleetIdx::from(0); services.len()];
    for (kind, mut rows) in by_kind {
        rows.sort_by_key(|row| Reverse(services[*row].1));
        let (fleets, mut left): (Vec<FleetIdx>, Vec<u32>) = alike(problem, kind).unzip();
        for (owner, left) in fleets.iter().zip(&mut left) {
            let lent: u32 = lent.iter().filter(|(fleet, _)| fleet == owner).map(|(_, vessels)| vessels).sum();
            *left = left.saturating_sub(lent);
        }
        let wanted = rows.iter().map(|row| services[*row].1).collect();
        let chosen = Lending { wanted, left, chosen: Vec::new(), dead: BTreeSet::new() }.find()?;
        rows.iter().zip(chosen).for_each(|(row, owner)| owners[*row] = fleets[owner]);
    }
    Some(owners)
}

/// The services of one kind of vessel and what its owners have left.
struct Lending {
    /// Vessels by service, most first.
    wanted: Vec<u32>,
    left: Vec<u32>,
    /// Owners of the first services.
    chosen: Vec<usize>,
    /// What owners had left, in order of size, where the rest of the services found none.
    dead: BTreeSet<(usize, Vec<u32>)>,
}

impl Lending {
    fn find(mut self) -> Option<Vec<usize>> {
        self.place(0).then_some(self.chosen)
    }

    /// The largest services first, each with every owner in turn; owners that have as many vessels left are as good as one another.
    fn place(&mut self, service: usize) -> bool {
        let Some(vessels) = self.wanted.get(service).copied() else { return true };
        if !self.may_do(service) {
            return false;
        }
        let state = (service, self.in_order());
        if self.dead.contains(&state) {
            return false;
        }
        for owner in 0..self.left.len() {
            let has = self.left[owner];
            if has < vessels || self.left[..owner].contains(&has) {
                continue;
            }
            self.left[owner] -= vessels;
            self.chosen.push(owner);
            if self.place(service + 1) {
                return true;
            }
            self.chosen.pop();
            self.left[owner] = has;
        }
        self.dead.insert(state);
        false
    }

    /// False when the services from this one on need more vessels, or more sets of two, of three and so on, than the owners have.
    fn may_do(&self, service: usize) -> bool {
        let rest = &self.wanted[service..];
        let sets = |vessels: &[u32], size: u32| vessels.iter().map(|own| own / size).sum::<u32>();
        (1..=rest[0]).all(|size| sets(rest, size) <= sets(&self.left, size))
    }

    fn in_order(&self) -> Vec<u32> {
        let mut left = self.left.clone();
        left.sort_unstable();
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Size, generate, read_tables};

    fn problem(vessels: &[u32]) -> Problem {
        let mut problem = read_tables(&generate(&Size::default(), 1)).expect("a generated instance is valid");
        let first = problem.fleets[0].clone();
        problem.fleets = vessels.iter().map(|vessels| Fleet { vessels: *vessels, ..first.clone() }).collect();
        problem
    }

    /// Owners of three and two vessels run services of 2, 2 and 1, though taking the 1 first from the three would strand a 2.
    #[test]
    fn every_service_finds_one_owner_when_there_is_a_way() {
        let problem = problem(&[3, 2]);
        let kind = FleetIdx::from(0);
        let owners = find_owners(&problem, &[], &[(kind, 1), (kind, 2), (kind, 2)]).expect("3 = 2 + 1 and 2 = 2");
        let lent = |owner: usize| -> u32 {
            [1, 2, 2].iter().zip(&owners).filter(|(_, own)| own.row() == owner).map(|(vessels, _)| vessels).sum()
        };
        assert_eq!([lent(0), lent(1)], [3, 2]);
    }

    /// Five vessels in all are not enough for two services of two and one of one when they lie 1, 1, 3.
    #[test]
    fn services_that_would_need_two_owners_find_none() {
        let problem = problem(&[1, 1, 3]);
        let kind = FleetIdx::from(0);
        assert_eq!(find_owners(&problem, &[], &[(kind, 2), (kind, 2), (kind, 1)]), None);
    }

    /// Of two owners of two vessels one has lent a vessel: a service of two goes to the other, and a second finds none.
    #[test]
    fn vessels_that_are_lent_are_not_lent_again() {
        let (problem, kind) = (problem(&[2, 2]), FleetIdx::from(0));
        let lent = [(FleetIdx::from(0), 1)];
        assert_eq!(find_owners(&problem, &lent, &[(kind, 2)]), Some(vec![FleetIdx::from(1)]));
        assert_eq!(find_owners(&problem, &lent, &[(kind, 2), (kind, 2)]), None);
    }

    /// Thirty owners of five vessels can run thirty services of three and thirty of two. With 29 of three one owner is left for two of two,
    /// so that 31 of two is the most. Both answers are known without trying every order of owners.
    #[test]
    fn many_owners_are_not_tried_in_every_order() {
        let kind = FleetIdx::from(0);
        let services = |each: &[(usize, u32)]| -> Vec<(FleetIdx, u32)> {
            each.iter().flat_map(|(count, vessels)| vec![(kind, *vessels); *count]).collect()
        };
        assert!(find_owners(&problem(&[5; 30]), &[], &services(&[(30, 3), (30, 2)])).is_some());
        assert_eq!(find_owners(&problem(&[5; 30]), &[], &services(&[(29, 3), (32, 2)])), None);
        assert_eq!(find_owners(&problem(&[4; 20]), &[], &services(&[(1, 4), (19, 3), (1, 2)])), None);
        assert!(find_owners(&problem(&[4; 20]), &[], &services(&[(1, 4), (18, 3), (2, 2)])).is_some());
    }

    /// Rows alike are one kind, named by the first that has vessels.
    #[test]
    fn rows_alike_are_one_kind() {
        assert_eq!(kinds(&problem(&[0, 2, 1])).collect::<Vec<_>>(), [FleetIdx::from(1)]);
    }
}
