//! The settlement as text: for the alliance, and for one member.

use super::*;
use crate::publish::settlement::{MemberSettlement, exact, in_words, names};

/// Rows of a table of which there may be hundreds.
const MOST_ROWS: usize = 12;

/// Who brings, uses, receives and pays what; `None` for a plan without a settlement.
pub fn settlement(plan: &Plan) -> Option<String> {
    let settlement = plan.settlement.as_ref()?;
    let mut text = titled(&cut(&format!("Settlement of {}", plan.made_from.instance), WIDTH), '=');
    let per = figures::per_cycle(plan.cycle_min);
    text += &fact("Divides", &format!("{} RMB {per}, the audited profit", exact(settlement.profit_cents)));
    text += &fact("Rule", &rule(settlement.rule, settlement.division));
    text += &fact("Stability", &stability(settlement));
    text += &fact("Bound", &bound_of_prices(settlement));
    text += &fact("Allotments", &returns(settlement.returns_before_min));
    text += &accounts(settlement);
    text += &transfers(settlement);
    text += &divisions(settlement);
    text += &worst_sets(settlement);
    text += &dearest(settlement);
    Some(clean(text))
}

fn rule(rule: SharingRule, division: Division) -> String {
    let asked = match rule {
        SharingRule::Fair => {
            "fair: Shapley if no set of members would do better alone, else the nearest such division, else the nucleolus"
        }
        SharingRule::Shapley => "the Shapley value",
        SharingRule::Nucleolus => "the nucleolus",
        SharingRule::Owen => "the Owen point",
    };
    let came_to = match division {
        Division::Shapley => "the Shapley value",
        Division::NearestCore => "the division nearest to the Shapley value at which no set would do better alone",
        Division::Nucleolus => "the nucleolus",
        Division::Owen => "slots and cargo at their bid prices",
    };
    if rule == SharingRule::Fair { format!("{asked}; here: {came_to}") } else { asked.to_owned() }
}

/// Who would do better alone, and what would mend it.
fn stability(settlement: &Settlement) -> String {
    let losers: Vec<String> = settlement
        .members
        .iter()
        .enumerate()
        .filter(|(member, account)| account.share_cents < settlement.alone(*member))
        .map(|(member, account)| format!("{} by {}", account.member, exact(settlement.alone(member) - account.share_cents)))
        .collect();
    let each = match losers.is_empty() {
        true => "every member gains against standing alone".to_owned(),
        false => format!("less than alone: {}; a payment of that much would mend it", losers.join(", ")),
    };
    let slack = settlement.members.len() as i64;
    let Some(worst) = settlement.worst_off() else { return each };
    let excess = settlement.excess(worst);
    let who = in_words(&names(settlement, worst));
    let sets = match excess.0 > slack {
        true => format!("{who} would earn {} more alone", exact(excess)),
        false => format!("no set of members would do better alone; nearest to it {who}, by {}", exact(-excess)),
    };
    let core = match settlement.least_core_cents.0 > slack {
        true => format!("; no division pleases all sets: each would need up to {} to stay", exact(settlement.least_core_cents)),
        false => String::new(),
    };
    format!("{each}; {sets}{core}")
}

fn bound_of_prices(settlement: &Settlement) -> String {
    let lost = settlement.bound_cents - settlement.profit_cents;
    format!(
        "with parts of boxes and without smallest calls the alliance would earn {}, by the bid prices; whole boxes cost {}",
        exact(settlement.bound_cents),
        exact(lost)
    )
}

fn returns(before: Minutes) -> String {
    format!("unbooked slots return to the pool {} h before the berthing at which their leg starts", figures::duration(before))
}

fn row(name: &str, cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>13}")).collect();
    format!("{:<10}{}\n", cut(name, 9), cells.join(""))
}

fn table(title: &str, names: &[&str], rows: impl Iterator<Item = (String, Vec<String>)>) -> String {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let rows: String = rows.map(|(name, cells)| row(&name, &cells)).collect();
    format!("\n{title}\n{}{rows}", row("Member", &names))
}

fn accounts(settlement: &Settlement) -> String {
    let cells = |(member, a): (usize, &MemberAccount)| {
        let alone = settlement.alone(member);
        let money =
            [a.freight_cents, a.lifts_cents, a.operated_cents, a.receives_cents, a.share_cents, alone, a.share_cents - alone];
        (a.member.0.clone(), money.map(exact).to_vec())
    };
    let names = ["Freight", "Lifts", "Services", "Receives", "Share", "Alone", "Gain"];
    let title = "What each member earns: freight less lifts less the services it operates, and what it receives from the others";
    table(title, &names, settlement.members.iter().enumerate().map(cells))
}

fn transfers(settlement: &Settlement) -> String {
    let cells = |a: &MemberAccount| {
        let mut cells =
            vec![figures::whole(a.held_slot_legs.0), figures::whole(a.used_slot_legs.0), figures::whole(a.carried_teu.0)];
        let money = [a.operated_cents - a.borne_cents, a.slots_cents, a.balance_cents, a.receives_cents];
        cells.extend(money.map(exact));
        (a.member.0.clone(), cells)
    };
    let names = ["Slots held", "Slots used", "TEU carried", "Services", "Slots", "Balance", "Receives"];
    let title = "What it receives for: services it runs for others, slots of one another at bid prices, the rest to its share";
    table(title, &names, settlement.members.iter().map(cells))
}

fn divisions(settlement: &Settlement) -> String {
    let cells = |a: &MemberAccount| {
        let money = [a.share_cents, a.shapley_cents, a.nucleolus_cents, a.owen_cents];
        (a.member.0.clone(), money.map(exact).to_vec())
    };
    let names = ["Share", "Shapley", "Nucleolus", "Owen point"];
    table("The share beside other divisions of the same profit", &names, settlement.members.iter().map(cells))
}

fn worst_sets(settlement: &Settlement) -> String {
    let mut sets: Vec<usize> = (1..settlement.everybody()).collect();
    sets.sort_by_key(|set| (-settlement.excess(*set).0, *set));
    let mut text = format!("\nSets of members that gain least\n{:>14}{:>14}{:>14}  Members\n", "Alone", "Together", "Gain");
    for set in sets.iter().take(MOST_ROWS) {
        let money = [settlement.values_cents[*set], settlement.share_of(*set), -settlement.excess(*set)].map(exact);
        let lead = format!("{:>14}{:>14}{:>14}  ", money[0], money[1], money[2]);
        text += &hanging(&lead, &in_words(&names(settlement, *set)));
    }
    if sets.is_empty() { String::new() } else { text }
}

/// The legs whose slots are worth most.
fn dearest(settlement: &Settlement) -> String {
    let mut legs: Vec<&LegAccount> = settlement.legs.iter().filter(|leg| leg.price_per_teu > 0.0).collect();
    legs.sort_by(|a, b| b.price_per_teu.total_cmp(&a.price_per_teu));
    if legs.is_empty() {
        return "\nNo slot is short: one more would earn nothing\n".to_owned();
    }
    let priced = legs.len();
    let mut text = format!(
        "\nDearest slots, RMB for one more ({priced} of {} legs have a price)\n{:<10}{:>8}{:>6}{:>12}{:>12}{:>12}{:>12}\n",
        settlement.legs.len(),
        "Service",
        "Sailing",
        "Leg",
        "a TEU",
        "a tonne",
        "a plug",
        "dangerous"
    );
    for leg in legs.iter().take(MOST_ROWS) {
        let prices = [leg.price_per_teu, leg.price_per_tonne, leg.price_per_plug, leg.price_per_dangerous_teu];
        let prices = prices.map(|price| format!("{price:>12.2}")).join("");
        text += &format!("{:<10}{:>8}{:>6}{prices}\n", cut(&leg.service.0, 9), leg.sailing, leg.leg.0);
    }
    text
}

/// What one member sees of it.
pub fn member_settlement(instance: &str, member: &MemberSettlement) -> String {
    let account = &member.account;
    let mut text = titled(&cut(&format!("Settlement of {instance} for {}", account.member), WIDTH), '=');
    text += &fact("Divides", &format!("{} RMB, the audited profit of a cycle", exact(member.profit_cents)));
    text += &fact("Rule", &rule(member.rule, member.division));
    text += &fact("Allotments", &returns(member.returns_before_min));
    text += "\nAccount, RMB\n";
    let lines = [
        ("freight of its cargo", account.freight_cents),
        ("lifts of its cargo", -account.lifts_cents),
        ("services it operates", -account.operated_cents),
        ("received for services it runs for others", account.operated_cents - account.borne_cents),
        ("received for slots, leg by leg", account.slots_cents),
        ("received to make up its share", account.balance_cents),
        ("share of the profit", account.share_cents),
    ];
    for (name, money) in lines {
        text += &format!("  {name:<42}{:>16}\n", exact(money));
    }
    text += "\nChecks\n";
    for check in &member.checks {
        let lead = format!("  {:<4}{:<24}", if check.holds { "yes" } else { "NO" }, check.name);
        text += &hanging(&lead, &check.says);
    }
    text += &own_sets(member);
    text += &own_slots(member);
    clean(text)
}

fn own_sets(member: &MemberSettlement) -> String {
    let title = "Sets it belongs to that gain least: earnings alone, without it, what they get, and their gain";
    let mut text = format!("\n{title}\n{:>14}{:>14}{:>14}{:>14}  Members\n", "Alone", "Without it", "Together", "Gain");
    for set in member.sets.iter().take(MOST_ROWS) {
        let money = [set.value_cents, set.without_cents, set.share_cents, -set.excess_cents].map(exact);
        let lead = format!("{:>14}{:>14}{:>14}{:>14}  ", money[0], money[1], money[2], money[3]);
        text += &hanging(&lead, &in_words(&set.members));
    }
    if member.sets.len() > MOST_ROWS {
        text += &format!("  and {} more; --json shows all\n", member.sets.len() - MOST_ROWS);
    }
    text
}

/// Its slots at the bid prices, where they are worth most.
fn own_slots(member: &MemberSettlement) -> String {
    let worth = |leg: &OwnLegWorth| leg.1;
    let mut legs: Vec<OwnLegWorth> = member
        .legs
        .iter()
        .map(|leg| {
            let tonnes = leg.held_kg.0 as f64 / 1000.0;
            let slots = leg.held_teu.0 as f64 * leg.price_per_teu + tonnes * leg.price_per_tonne;
            let more =
                leg.held_plugs.0 as f64 * leg.price_per_plug + leg.held_dangerous_teu.0 as f64 * leg.price_per_dangerous_teu;
            (leg, slots + more)
        })
        .collect();
    legs.retain(|leg| leg.1 > 0.0 || leg.0.used_teu.0 > 0);
    legs.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let title = "Its slots at the bid prices, RMB";
    let mut text = format!(
        "\n{title}\n{:<10}{:>8}{:>6}{:>10}{:>10}{:>14}{:>14}{:>14}\n",
        "Service", "Sailing", "Leg", "TEU held", "TEU used", "a TEU", "worth", "receives"
    );
    for (leg, worth) in legs.iter().take(MOST_ROWS) {
        text += &format!(
            "{:<10}{:>8}{:>6}{:>10}{:>10}{:>14.2}{:>14.2}{:>14}\n",
            cut(&leg.service.0, 9),
            leg.sailing,
            leg.leg.0,
            leg.held_teu.0,
            leg.used_teu.0,
            leg.price_per_teu,
            worth,
            exact(leg.receives_cents)
        );
    }
    if legs.len() > MOST_ROWS {
        text += &format!("  and {} more; --json shows all\n", legs.len() - MOST_ROWS);
    }
    text
}

/// A leg and what the member's part of it is worth, currency units.
type OwnLegWorth<'a> = (&'a crate::publish::settlement::OwnLeg, f64);

/// What sets of members would earn with networks of their own, beside their shares of a settled plan.
pub fn standing_alone(plan: &Plan, alone: &StandingAlone) -> String {
    let mut text = titled(&cut(&format!("Standing alone in {}", plan.made_from.instance), WIDTH), '=');
    let limit = match alone.limit {
        Limit::Work(work) => format!("work limit {work}"),
        Limit::TimeS(seconds) => format!("time limit {seconds} s"),
    };
    text += &fact(
        "Found by",
        &format!("a network of its own for each set, {limit}, seed {}; a longer search may find more", alone.seed),
    );
    text += &fact("Verdict", &verdict(alone));
    text += &format!("\n{:>9}{:>9}{:>9}{:>15}{:>15}{:>15}  Members\n", "Services", "Vessels", "TEU", "Alone", "Together", "Gain");
    for own in &alone.networks {
        let money = [own.profit_cents, own.share_cents, own.share_cents - own.profit_cents].map(exact);
        let lead = format!(
            "{:>9}{:>9}{:>9}{:>15}{:>15}{:>15}  ",
            own.services,
            own.vessels,
            figures::whole(own.carried_teu.0),
            money[0],
            money[1],
            money[2]
        );
        text += &hanging(&lead, &in_words(&own.members));
    }
    clean(text)
}

/// Who would do better alone, and the payment that would mend it.
fn verdict(alone: &StandingAlone) -> String {
    let losers = alone.networks.iter().filter(|own| own.profit_cents > own.share_cents);
    let losers: Vec<String> =
        losers.map(|own| format!("{} by {}", in_words(&own.members), exact(own.profit_cents - own.share_cents))).collect();
    let mut text = match losers.is_empty() {
        true => "all of them gain against standing alone".to_owned(),
        false => format!("less than alone: {}; a payment of that much would mend each", losers.join("; ")),
    };
    match alone.least_core_cents {
        Some(least) if least.0 > 0 => {
            text += &format!("; no division of the profit pleases all: each would need a subsidy of {}", exact(least));
        }
        Some(least) => text += &format!("; the profit can be divided so that each of them gains {} or more", exact(-least)),
        None => {}
    }
    text
}

/// The wishes that are met, and what is paid.
pub fn swaps(wishes: &[Wish], swaps: &[Swap]) -> String {
    if swaps.is_empty() {
        return format!("no swap: none of {} wishes can be met without making somebody worse off\n", wishes.len());
    }
    let mut text = format!("{:>5}  {:<10}{:>6}{:>14}  Swaps, each lot\n", "Wish", "Member", "Lots", "pays");
    for swap in swaps {
        let lead = format!("{:>5}  {:<10}{:>6}{:>14}  ", swap.wish, cut(&swap.member.0, 9), swap.lots, exact(swap.pays_cents));
        text += &hanging(&lead, &wishes.get(swap.wish).map_or(String::new(), wish_in_words));
    }
    clean(text)
}

/// `gives 2 TEU on S01/0 leg 3, takes 2 TEU on S02/1 leg 0`.
fn wish_in_words(wish: &Wish) -> String {
    let lots = |verb: &str, lots: &[LegLot]| -> Vec<String> {
        lots.iter()
            .map(|lot| format!("{verb} {} TEU on {}/{} leg {}", lot.volume_teu.0, lot.service, lot.sailing, lot.leg.0))
            .collect()
    };
    [lots("gives", &wish.gives), lots("takes", &wish.takes)].concat().join(", ")
}
