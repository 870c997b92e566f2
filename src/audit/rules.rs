//! The codes of `models/audit.md` and how a breach is written down.

use crate::domain::Violation;

/// Every rule the auditor checks: its stable code and what must hold, in one line. In the order of `models/audit.md`.
pub const RULES: &[(&str, &str)] = &[
    ("A-INSTANCE", "the plan names this instance, its hash and its cycle"),
    ("A-CODE", "every code named exists, keys occur once, a sailing has times for each call"),
    ("A-ROTATION", "number of calls, visits of one terminal, no call follows itself"),
    ("A-FREQUENCY", "sailings a cycle are an allowed number, and all of them are there"),
    ("A-ROUNDTRIP", "the round trip is not longer than allowed"),
    ("A-FLEET", "no more vessels are used than the operators have"),
    ("A-WATERWAY", "every leg has a passage for the class"),
    ("A-RANGE", "no way between two calls with charging is longer than an electric vessel's range"),
    ("A-PIN", "services and times that had to stay have stayed"),
    ("A-R1", "registered vessels do not mix trades; domestic cargo stays off services to Hong Kong and Macau"),
    ("A-R4", "cargo is lifted only at terminals with its trade; services to Hong Kong or Macau call at foreign trade terminals"),
    ("A-R5", "services to Hong Kong or Macau use registered vessels"),
    ("A-R6", "exports are loaded with imports on board only where every call allows it"),
    ("A-R7", "mixed services call only where mixed trade is allowed"),
    ("A-R8", "mainland cargo does not pass Hong Kong or Macau unless the path is listed"),
    ("A-REGIME", "a service carries only cargo of its regime"),
    ("A-GRID", "times are whole slots, the first berthing lies in the cycle"),
    ("A-SAIL", "the passage fits between departure and arrival"),
    ("A-WAIT", "the terminal's wait is kept before berthing"),
    ("A-DWELL", "time at the berth is enough for the lifts"),
    ("A-VOYAGE", "a vessel's next voyage starts where and when the last one ends"),
    ("A-HEADWAY", "sailings are evenly spaced at every call"),
    ("A-BERTH", "berths are not used twice at once"),
    ("A-WINDOW", "calls lie inside the agreed windows"),
    ("A-OPEN", "calls lie inside the opening hours of one day"),
    ("A-LOCK", "lockages do not overlap"),
    ("A-RIDE", "rides are in range and join origin to destination"),
    ("A-TRANSFER", "transshipment only where the terminal allows it"),
    ("A-TRANSIT", "cargo arrives within its longest transit time"),
    ("A-CUTOFF", "cargo meets its mother vessel without waiting too long"),
    ("A-TEU", "slots of a leg are not oversold"),
    ("A-TONNES", "cargo mass is within deadweight and depth"),
    ("A-PLUGS", "reefers have plugs"),
    ("A-DANGEROUS", "dangerous goods have their slots"),
    ("A-MINCALL", "calls lift at least the terminal's least volume"),
    ("A-DEMAND", "carried and left behind add up to the demand"),
    ("A-SLOTS", "slot rows agree with the cargo"),
    ("A-ALLOT", "allotments are within the leg, follow the committed shares, and go to members that may use them"),
    ("A-PRACTICE", "separate trades mean hub shuttles with neither trade nor direction mixed"),
    ("A-PROOF", "gaps, values and bounds agree"),
    ("A-PRICE", "no cargo earns more than the bid prices, and the prices bound what members earn"),
    ("A-GAME", "shares are those of their rule and add up to the profit, and what sets of members earn fits together"),
    ("A-SETTLE", "members' accounts agree with cargo, slots and costs, and add up to zero"),
];

/// The breaches found so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Violation>);

impl Findings {
    /// Notes a breach of `rule` at `place`.
    pub fn add(&mut self, rule: &'static str, place: impl Into<String>, message: impl Into<String>) {
        self.0.push(Violation { rule: rule.to_owned(), place: place.into(), message: message.into() });
    }

    /// All breaches, by rule in the order of [`RULES`], then by place and words.
    pub fn sorted(mut self) -> Vec<Violation> {
        let rank = |v: &Violation| RULES.iter().position(|(code, _)| *code == v.rule);
        self.0.sort_by(|a, b| (rank(a), &a.place, &a.message).cmp(&(rank(b), &b.place, &b.message)));
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;

    /// A rule that is documented but not listed, or listed but not documented, misleads the reader of a report.
    #[test]
    fn the_documented_rules_are_the_listed_rules() {
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/models/audit.md")).unwrap();
        let rows = text.lines().filter(|line| line.starts_with("| A-"));
        let documented: Vec<&str> = rows.flat_map(|row| row.split('|').nth(1).unwrap().split(',').map(str::trim)).collect();
        let listed: Vec<&str> = RULES.iter().map(|(code, _)| *code).collect();
        assert_eq!(documented, listed);
    }
}
