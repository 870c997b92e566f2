//! Vessels that differ in their owner only. The search counts them together; an owner is found for each service at the end.

use crate::domain::{Fleet, FleetIdx, Problem};
use std::cmp::Reverse;

fn is_alike(a: &Fleet, b: &Fleet) -> bool {
    a.class == b.class && a.registered == b.registered
}

/// Vessels like those of a fleet row, by owner.
pub fn alike(problem: &Problem, fleet: FleetIdx) -> impl Iterator<Item = (FleetIdx, u32)> {
    let own = problem.fleet(fleet);
    let rows = problem.fleets.iter().enumerate().filter(move |(_, other)| is_alike(own, other));
    rows.map(|(row, other)| (FleetIdx::from(row), other.vessels))
}

/// Rows that stand for all rows like them: the first of each kind that has vessels.
pub fn kinds(problem: &Problem) -> impl Iterator<Item = FleetIdx> {
    (0..problem.fleets.len())
        .map(FleetIdx::from)
        .filter(|fleet| alike(problem, *fleet).find(|(_, vessels)| *vessels > 0).is_some_and(|(first, _)| first == *fleet))
}

/// One owner for each service, given by kind and number of vessels, so that nobody lends more than there are; `None` if there is no such
/// way.
pub fn find_owners(problem: &Problem, services: &[(FleetIdx, u32)]) -> Option<Vec<FleetIdx>> {
    let mut left: Vec<u32> = problem.fleets.iter().map(|fleet| fleet.vessels).collect();
    let mut order: Vec<usize> = (0..services.len()).collect();
    order.sort_by_key(|row| Reverse(services[*row].1));
    let mut owners = vec![FleetIdx::from(0); services.len()];
    place(problem, services, &order, &mut left, &mut owners).then_some(owners)
}

/// The largest services first, each with every owner in turn.
fn place(problem: &Problem, services: &[(FleetIdx, u32)], order: &[usize], left: &mut [u32], owners: &mut [FleetIdx]) -> bool {
    let Some((service, rest)) = order.split_first() else { return true };
    let (kind, vessels) = services[*service];
    for (owner, _) in alike(problem, kind) {
        if left[owner.row()] >= vessels {
            left[owner.row()] -= vessels;
            owners[*service] = owner;
            if place(problem, services, rest, left, owners) {
                return true;
            }
            left[owner.row()] += vessels;
        }
    }
    false
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
        let owners = find_owners(&problem, &[(kind, 1), (kind, 2), (kind, 2)]).expect("3 = 2 + 1 and 2 = 2");
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
        assert_eq!(find_owners(&problem, &[(kind, 2), (kind, 2), (kind, 1)]), None);
    }

    /// Rows alike are one kind, named by the first that has vessels.
    #[test]
    fn rows_alike_are_one_kind() {
        assert_eq!(kinds(&problem(&[0, 2, 1])).collect::<Vec<_>>(), [FleetIdx::from(1)]);
    }
}
