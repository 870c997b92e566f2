//! Who owns which part of every leg: whole slots by committed share among the members that may use the service.

use crate::domain::*;
use crate::optimize::flow::may_use;

/// Capacities of a leg that are shared.
#[derive(Clone, Copy, Debug)]
pub struct LegCapacity {
    pub slots: Teu,
    pub mass: Kg,
    pub plugs: Teu,
    pub dangerous: Teu,
}

/// [AL-1] Members that some cargo of their own may ride a service of this line: R1, R4, R8 and the service's regime. Slots of others would
/// be of no use to them.
pub fn lawful_members(problem: &Problem, line: &Line) -> Vec<OperatorIdx> {
    let demands = || (0..problem.demands.len()).map(DemandIdx::from);
    let brings = |member: OperatorIdx| {
        demands().any(|demand| problem.brought_by(member, demand) > 0.0 && may_use(problem, line, problem.demand(demand)))
    };
    (0..problem.operators.len()).map(OperatorIdx::from).filter(|member| brings(*member)).collect()
}

/// [AL-2] What each member owns of a leg. Slots go to the lawful members with a committed share, in proportion to it; without such a
/// member all are the operator's. Mass, plugs and slots for dangerous goods follow the slots.
pub fn allot(problem: &Problem, line: &Line, lawful: &[OperatorIdx], leg: LegCapacity) -> Vec<Allotment> {
    let share = |member: &OperatorIdx| problem.operator(*member).committed_share;
    let mut owners: Vec<(OperatorIdx, f64)> = lawful.iter().map(|member| (*member, share(member))).collect();
    owners.retain(|(_, share)| *share > 0.0);
    if owners.is_empty() {
        owners.push((problem.fleet(line.fleet).operator, 1.0));
    }
    let shares: Vec<f64> = owners.iter().map(|(_, share)| *share).collect();
    let slots = divide(leg.slots.0, &shares);
    let parts: Vec<f64> = slots.iter().map(|slots| *slots as f64).collect();
    let follow = |whole: i64| divide(whole, &parts);
    let (mass, plugs, dangerous) = (follow(leg.mass.0), follow(leg.plugs.0), follow(leg.dangerous.0));
    let allotment = |(place, (member, _)): (usize, &(OperatorIdx, f64))| Allotment {
        member: problem.operator(*member).code.clone(),
        volume_teu: Teu(slots[place]),
        mass_kg: Kg(mass[place]),
        reefer_plugs: Teu(plugs[place]),
        dangerous_teu: Teu(dangerous[place]),
    };
    owners.iter().enumerate().map(allotment).collect()
}

/// Divides a whole number in proportion to parts of zero or more: rounded down, and one more to each of the largest remainders, to the one
/// named first in a tie.
pub fn divide(whole: i64, parts: &[f64]) -> Vec<i64> {
    let total: f64 = parts.iter().sum();
    if total <= 0.0 {
        return vec![0; parts.len()];
    }
    let exact: Vec<f64> = parts.iter().map(|part| whole as f64 * part / total).collect();
    round_to(whole, &exact)
}

/// Whole numbers nearest below the exact ones, and one more to the largest remainders, so that they add up to `whole`, which the exact
/// ones do up to rounding.
pub fn round_to(whole: i64, exact: &[f64]) -> Vec<i64> {
    let mut rounded: Vec<i64> = exact.iter().map(|exact| (exact + 1e-6).floor() as i64).collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let rest = |place: &usize| exact[*place] - rounded[*place] as f64;
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let missing = whole - rounded.iter().sum::<i64>();
    let (step, order): (i64, Vec<usize>) = if missing < 0 { (-1, order.into_iter().rev().collect()) } else { (1, order) };
    for place in order.iter().cycle().take(if exact.is_empty() { 0 } else { missing.unsigned_abs() as usize }) {
        rounded[*place] += step;
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::{divide, round_to};

    /// 60 slots for shares of 28, 25, 20, 17 and 10 in a hundred: 16.8, 15, 12, 10.2 and 6.
    #[test]
    fn the_largest_remainder_gets_the_slot_that_is_left() {
        assert_eq!(divide(60, &[0.28, 0.25, 0.20, 0.17, 0.10]), [17, 15, 12, 10, 6]);
        assert_eq!(divide(10, &[1.0, 1.0, 1.0]), [4, 3, 3], "in a tie the member named first");
        assert_eq!(divide(7, &[0.0, 0.0]), [0, 0]);
    }

    /// Losses are divided as profits are, and rounding never makes money.
    #[test]
    fn whole_numbers_add_up_to_the_whole() {
        assert_eq!(round_to(-10, &[-3.4, -3.3, -3.3]).iter().sum::<i64>(), -10);
        assert_eq!(round_to(100, &[33.4, 33.3, 33.3]), [34, 33, 33]);
    }
}
