//! A-GAME: what sets of members earn, and the shares that follow from it, worked out anew. A set is a number whose bit `i` stands for member
//! `i` of the settlement.

use super::rules::Findings;
use super::settlement::Deal;
use crate::domain::*;

/// Checks values, divisions and the chosen shares.
pub(super) fn check_game(deal: &Deal, worths: &[f64], findings: &mut Findings) {
    let settlement = deal.settlement;
    let members = settlement.members.len();
    if settlement.values_cents.len() != 1 << members {
        let message =
            format!("states {} values; {members} members make {} sets", settlement.values_cents.len(), 1_u64 << members);
        findings.add("A-GAME", "settlement", message);
        return;
    }
    let game = Sets { members, values: settlement.values_cents.iter().map(|value| i128::from(value.0)).collect() };
    check_values(deal, &game, worths, findings);
    check_divisions(deal, &game, worths, findings);
    check_rule(settlement, &game, findings);
    check_certificate(settlement, &game, findings);
}

/// The values of all sets.
struct Sets {
    members: usize,
    values: Vec<i128>,
}

/// Shares of one division, hundredths.
type Shares<'a> = &'a dyn Fn(&MemberAccount) -> Cents;

impl Sets {
    fn everybody(&self) -> usize {
        self.values.len() - 1
    }

    /// By set, what its members get.
    fn sums(&self, settlement: &Settlement, of: Shares) -> Vec<i128> {
        let mut sums = vec![0; self.values.len()];
        for set in 1..sums.len() {
            let last = set.trailing_zeros() as usize;
            sums[set] = sums[set & (set - 1)] + settlement.members.get(last).map_or(0, |account| i128::from(of(account).0));
        }
        sums
    }

    /// The set that does worst, neither empty nor whole, and by how much.
    fn worst(&self, settlement: &Settlement, of: Shares) -> Option<(usize, i128)> {
        let sums = self.sums(settlement, of);
        (1..self.everybody())
            .map(|set| (set, self.values[set] - sums[set]))
            .max_by_key(|(set, excess)| (*excess, usize::MAX - set))
    }

    /// Rounding of shares to hundredths.
    fn rounding(&self) -> i128 {
        self.members as i128
    }

    /// By member, its contribution averaged over all orders, each order as likely: factorials of up to sixteen fit.
    fn averages(&self) -> Vec<f64> {
        let factorial = |number: usize| (1..=number as u64).map(|factor| factor as f64).product::<f64>();
        let mut averages = vec![0.0; self.members];
        for set in 1..self.values.len() {
            let size = set.count_ones() as usize;
            let weight = factorial(size - 1) * factorial(self.members - size) / factorial(self.members);
            for member in (0..self.members).filter(|member| set >> member & 1 == 1) {
                averages[member] += weight * (self.values[set] - self.values[set & !(1 << member)]) as f64;
            }
        }
        averages
    }
}

/// The whole set earns the profit; no set earns more than the prices allow, or less than two parts of it.
fn check_values(deal: &Deal, game: &Sets, worths: &[f64], findings: &mut Findings) {
    let (profit, all) = (i128::from(deal.settlement.profit_cents.0), game.everybody());
    if game.values[0] != 0 || game.values[all] != profit {
        findings.add("A-GAME", "settlement", "the empty set earns something, or all members do not earn the profit");
    }
    for set in 1..all {
        let members = (0..game.members).filter(|member| set >> member & 1 == 1);
        let bound: f64 = members.map(|member| worths[member] * 100.0 - deal.borne[member]).sum();
        let slack = 2.0 + deal.slack * game.members as f64;
        if game.values[set] as f64 > bound + slack {
            let message = format!("states {} hundredths; at the bid prices it is at most {bound:.0}", game.values[set]);
            findings.add("A-GAME", place(deal.settlement, set), message);
        }
        let last = set & set.wrapping_neg();
        check_parts(deal.settlement, game, set, last, findings);
    }
}

/// A set earns what it would earn in two parts, but for the rounding of three values.
fn check_parts(settlement: &Settlement, game: &Sets, set: usize, last: usize, findings: &mut Findings) {
    let rest = set & !last;
    let mut part = rest;
    while part > 0 {
        let other = set & !part;
        if game.values[part] + game.values[other] > game.values[set] + 2 {
            let message = format!(
                "earns {} hundredths, less than {} and {} apart",
                game.values[set], game.values[part], game.values[other]
            );
            findings.add("A-GAME", place(settlement, set), message);
            return;
        }
        part = (part - 1) & rest;
    }
}

fn check_divisions(deal: &Deal, game: &Sets, worths: &[f64], findings: &mut Findings) {
    let settlement = deal.settlement;
    let divisions: [(&str, Shares); 4] = [
        ("shares", &|a| a.share_cents),
        ("Shapley values", &|a| a.shapley_cents),
        ("shares of the nucleolus", &|a| a.nucleolus_cents),
        ("shares of the Owen point", &|a| a.owen_cents),
    ];
    for (what, of) in divisions {
        let sum = game.sums(settlement, of)[game.everybody()];
        if sum != i128::from(settlement.profit_cents.0) {
            findings.add("A-GAME", "settlement", format!("{what} add up to {sum} hundredths, not to the profit"));
        }
    }
    check_near("Shapley value", &game.averages(), &|a| a.shapley_cents, settlement, 1.0, findings);
    let (total, costs): (f64, f64) = (worths.iter().sum(), deal.borne.iter().sum());
    if total > 0.0 {
        let kept = (settlement.profit_cents.0 as f64 + costs) / total;
        let owen: Vec<f64> = worths.iter().zip(&deal.borne).map(|(worth, borne)| worth * kept - borne).collect();
        check_near("worth at the prices", &owen, &|a| a.owen_cents, settlement, 1.0 + deal.slack, findings);
    }
}

fn check_near(what: &str, right: &[f64], of: Shares, settlement: &Settlement, slack: f64, findings: &mut Findings) {
    for (account, right) in settlement.members.iter().zip(right) {
        let has = of(account).0 as f64;
        if (has - right).abs() > slack + 0.5 {
            let place = format!("settlement of {}", account.member);
            findings.add("A-GAME", place, format!("{what}: {has} hundredths stated, {right:.0} worked out"));
        }
    }
}

/// The chosen shares are those that the rule comes to.
fn check_rule(settlement: &Settlement, game: &Sets, findings: &mut Findings) {
    let stable = |of: Shares| game.worst(settlement, of).is_none_or(|(_, excess)| excess <= game.rounding());
    let core_is_empty = i128::from(settlement.least_core_cents.0) > 0;
    let expected: &[Division] = match settlement.rule {
        SharingRule::Shapley => &[Division::Shapley],
        SharingRule::Nucleolus => &[Division::Nucleolus],
        SharingRule::Owen => &[Division::Owen],
        SharingRule::Fair if core_is_empty => &[Division::Nucleolus],
        // a value on the very edge of the core may be rounded out of it, or into it
        SharingRule::Fair if stable(&|a| a.shapley_cents) => &[Division::Shapley, Division::NearestCore],
        SharingRule::Fair => &[Division::NearestCore],
    };
    if !expected.contains(&settlement.division) {
        findings.add("A-GAME", "settlement", "the division is not the one that the rule comes to");
    }
    let chosen: Option<Shares> = match settlement.division {
        Division::Shapley => Some(&|a| a.shapley_cents),
        Division::Nucleolus => Some(&|a| a.nucleolus_cents),
        Division::Owen => Some(&|a| a.owen_cents),
        Division::NearestCore => None,
    };
    match chosen {
        Some(of) if settlement.members.iter().any(|account| of(account) != account.share_cents) => {
            findings.add("A-GAME", "settlement", "the shares are not those of the stated division");
        }
        None if !stable(&|a| a.share_cents) => {
            findings.add("A-GAME", "settlement", "the shares are said to be in the core, and a set would do better alone");
        }
        None if !is_nearest(settlement, game) => {
            findings.add(
                "A-GAME",
                "settlement",
                "the shares are said to be nearest to the Shapley value, and nothing holds them there",
            );
        }
        _ => {}
    }
    check_each(settlement, game, findings);
}

/// The shares differ from the Shapley value by what sets push that get just their value, but for an amount that is the same for all: then no
/// division in the core is nearer.
fn is_nearest(settlement: &Settlement, game: &Sets) -> bool {
    let sums = game.sums(settlement, &|a| a.share_cents);
    let holds = |push: &SetWeight| {
        let set = push.set as usize;
        let proper = set > 0 && set < game.everybody();
        proper && push.weight > 0.0 && game.values[set] - sums[set] >= -game.rounding()
    };
    let pushed = |member: usize| -> f64 {
        settlement.pushes.iter().filter(|push| push.set >> member & 1 == 1).map(|push| push.weight).sum()
    };
    let rest: Vec<f64> = settlement
        .members
        .iter()
        .enumerate()
        .map(|(member, own)| (i128::from(own.share_cents.0) - i128::from(own.shapley_cents.0)) as f64 - pushed(member))
        .collect();
    let mean = rest.iter().sum::<f64>() / rest.len().max(1) as f64;
    settlement.pushes.iter().all(holds) && rest.iter().all(|rest| (rest - mean).abs() <= 3.0)
}

/// Nobody gets less than it earns alone, where all can be pleased and the rule promises it.
fn check_each(settlement: &Settlement, game: &Sets, findings: &mut Findings) {
    let alone: i128 = (0..game.members).map(|member| game.values[1 << member]).sum();
    let promised = matches!(settlement.rule, SharingRule::Fair | SharingRule::Nucleolus);
    if !promised || alone > game.values[game.everybody()] {
        return;
    }
    for (member, account) in settlement.members.iter().enumerate() {
        if i128::from(account.share_cents.0) < game.values[1 << member] - 1 {
            let place = format!("settlement of {}", account.member);
            findings.add("A-GAME", place, "gets less than it earns alone");
        }
    }
}

/// The least core and the levels that prove the nucleolus.
fn check_certificate(settlement: &Settlement, game: &Sets, findings: &mut Findings) {
    let nucleolus: Shares = &|a| a.nucleolus_cents;
    let Some((_, worst)) = game.worst(settlement, nucleolus) else { return };
    let least = i128::from(settlement.least_core_cents.0);
    // where somebody would have to take less than it earns alone, the nucleolus is not in the least core
    if worst < least - game.rounding() - 1 {
        findings.add(
            "A-GAME",
            "settlement",
            format!("states a least core of {least} hundredths; the nucleolus leaves no set more than {worst} behind"),
        );
    }
    let sums = game.sums(settlement, nucleolus);
    let mut seen = vec![false; game.values.len()];
    for (number, level) in settlement.certificate.iter().enumerate() {
        let place = format!("settlement, level {number} of the certificate");
        for set in &level.sets {
            let set = *set as usize;
            let known = set > 0 && set < game.everybody() && !std::mem::replace(&mut seen[set], true);
            let excess = if known { (game.values[set] - sums[set]) as f64 } else { f64::INFINITY };
            if (excess - level.excess_cents).abs() > game.rounding() as f64 + 1.0 {
                findings.add("A-GAME", place.as_str(), format!("set {set} does not have the excess that is stated"));
            }
        }
        if !is_balanced(level, &seen, game) {
            findings.add("A-GAME", place, "the weights do not hold these sets");
        }
    }
    if let Some(last) = settlement.certificate.last() {
        let above = (1..game.everybody()).filter(|set| !seen[*set]);
        let slack = game.rounding() as f64 + 1.0;
        if let Some(set) = above.into_iter().find(|set| (game.values[*set] - sums[*set]) as f64 > last.excess_cents + slack) {
            findings.add("A-GAME", place(settlement, set), "is worse off than the levels of the certificate say");
        }
        let first = settlement.certificate.first().map_or(0.0, |level| level.excess_cents);
        if least as f64 > first + 1.0 + game.rounding() as f64 {
            findings.add("A-GAME", "settlement", "the least core is above the first level of the certificate");
        }
    }
}

/// Weights above zero of all sets so far, and of single members, that cover each member just once.
fn is_balanced(level: &Level, seen: &[bool], game: &Sets) -> bool {
    let mut cover = vec![0.0; game.members];
    let mut weighed = vec![false; seen.len()];
    for own in &level.weights {
        let set = own.set as usize;
        let known = set > 0 && set < game.everybody() && own.weight > 0.0 && (seen[set] || set.is_power_of_two());
        if !known {
            return false;
        }
        weighed[set] = true;
        (0..game.members).filter(|member| set >> member & 1 == 1).for_each(|member| cover[member] += own.weight);
    }
    let all = seen.iter().zip(&weighed).all(|(seen, weighed)| !seen || *weighed);
    all && cover.iter().all(|cover| (cover - 1.0).abs() < 1e-6)
}

/// The members of a set, for the reader.
fn place(settlement: &Settlement, set: usize) -> String {
    let named = settlement.members.iter().enumerate().filter(|(member, _)| set >> member & 1 == 1);
    let codes: Vec<&str> = named.map(|(_, account)| account.member.0.as_str()).collect();
    format!("settlement, set {}", codes.join(" "))
}
