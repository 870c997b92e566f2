//! A-SETTLE: the members' accounts, from cargo, slots and costs. Prices and shares have files of their own.

use super::book::{Book, Stop};
use super::game::check_game;
use super::prices::{PriceList, check_prices};
use super::rules::Findings;
use crate::domain::*;
use std::collections::BTreeMap;

/// Members up to which sets are looked at; a plan that states more cannot be checked.
const MOST_MEMBERS: usize = 16;

/// A settlement with what the auditor counted for it, by member in the order of the instance.
pub(super) struct Deal<'a> {
    pub settlement: &'a Settlement,
    /// Slots, tonnes, plugs, dangerous TEU by leg and member.
    pub held: BTreeMap<Stop, Vec<[f64; 4]>>,
    /// The same of what named cargo takes; common cargo stands last.
    pub used: BTreeMap<Stop, Vec<[f64; 4]>>,
    /// Operating costs by slots held, hundredths, before rounding.
    pub borne: Vec<f64>,
    /// How far costs borne may be off by rounding, each service for itself, hundredths.
    pub slack: f64,
}

/// Checks the settlement of a plan that has one.
pub(super) fn check_settlement(book: &Book, ledger: &Ledger, costs: &[ServiceCost], findings: &mut Findings) {
    let Some(settlement) = &book.plan.settlement else { return };
    let named: Vec<&OperatorCode> = settlement.members.iter().map(|account| &account.member).collect();
    let known: Vec<&OperatorCode> = book.problem.operators.iter().map(|member| &member.code).collect();
    if named != known || known.len() > MOST_MEMBERS {
        let message = "the members are not those of the instance, in its order, or too many to be checked";
        findings.add("A-SETTLE", "settlement", message);
        return;
    }
    if settlement.profit_cents != ledger.profit_cents {
        let (has, right) = (settlement.profit_cents.units(), ledger.profit_cents.units());
        findings.add("A-SETTLE", "settlement", format!("divides {has:.2}; the audited profit is {right:.2}"));
    }
    if settlement.returns_before_min != book.problem.settings.allotment_return {
        findings.add("A-SETTLE", "settlement", "allotments return at another time than the instance says");
    }
    let (held, used, slack) = (count_held(book), count_used(book), costs.len() as f64);
    let deal = Deal { settlement, held, used, borne: count_borne(book, costs), slack };
    let prices = PriceList::read(book, settlement, findings);
    check_prices(book, &deal, &prices, findings);
    check_game(&deal, &prices.worths(book, &deal), findings);
    check_accounts(book, &deal, costs, findings);
    check_legs(book, &deal, &prices, findings);
}

fn members(book: &Book) -> usize {
    book.problem.operators.len()
}

/// Slots alone, as earlier versions stated them, mean mass, plugs and dangerous goods in proportion.
fn count_held(book: &Book) -> BTreeMap<Stop, Vec<[f64; 4]>> {
    let mut held: BTreeMap<Stop, Vec<[f64; 4]>> = BTreeMap::new();
    for slots in &book.plan.slots {
        let Some(number) = book.runs.iter().position(|run| run.service.service == slots.service) else { continue };
        let Some(run) = book.runs.get(number) else { continue };
        let own = held.entry(Stop { run: number, sailing: slots.sailing, call: slots.leg.row() }).or_default();
        own.resize(members(book), [0.0; 4]);
        let (class, kg) = (book.class(run), run.kg_capacity(book.problem, slots.leg.row()));
        let whole = [kg as f64 / 1000.0, class.reefer_plugs.0 as f64, class.dangerous.0 as f64];
        let all: f64 = slots.allotments.iter().map(|part| part.volume_teu.0 as f64).sum();
        let alone =
            slots.allotments.iter().all(|part| part.mass_kg.0 == 0 && part.reefer_plugs.0 == 0 && part.dangerous_teu.0 == 0);
        for part in &slots.allotments {
            let Some(member) = book.problem.find_operator(&part.member) else { continue };
            let teu = part.volume_teu.0 as f64;
            let rest = match alone && all > 0.0 {
                true => whole.map(|whole| whole * teu / all),
                false => [part.mass_kg.0 as f64 / 1000.0, part.reefer_plugs.0 as f64, part.dangerous_teu.0 as f64],
            };
            own[member.row()] = [teu, rest[0], rest[1], rest[2]];
        }
    }
    held
}

fn count_used(book: &Book) -> BTreeMap<Stop, Vec<[f64; 4]>> {
    let mut used: BTreeMap<Stop, Vec<[f64; 4]>> = BTreeMap::new();
    for cargo in &book.consignments {
        let demand = book.problem.demand(cargo.demand);
        let teu = cargo.volume as f64;
        let only = |kind: Cargo| if demand.cargo == kind { teu } else { 0.0 };
        let load = [teu, teu * demand.kg_per_teu.0 as f64 / 1000.0, only(Cargo::Reefer), only(Cargo::Dangerous)];
        let bringer = demand.member.map_or(members(book), OperatorIdx::row);
        for ride in &cargo.rides {
            for leg in (ride.from..ride.to).filter_map(|position| book.stop(ride, position)) {
                let own = used.entry(leg).or_insert_with(|| vec![[0.0; 4]; members(book) + 1]);
                own[bringer].iter_mut().zip(load).for_each(|(sum, part)| *sum += part);
            }
        }
    }
    used
}

/// Slots times legs that a member owns of a service, or of all.
fn slot_legs(book: &Book, of: Option<&ServiceCode>) -> Vec<i128> {
    let mut held = vec![0; members(book)];
    for slots in book.plan.slots.iter().filter(|slots| of.is_none_or(|service| slots.service == *service)) {
        for part in &slots.allotments {
            if let Some(member) = book.problem.find_operator(&part.member) {
                held[member.row()] += i128::from(part.volume_teu.0);
            }
        }
    }
    held
}

/// All of a service's costs, which may be beyond any sum of money in a plan that is no plan.
fn total(cost: &ServiceCost) -> f64 {
    [cost.call_cents, cost.energy_cents, cost.vessel_cents].iter().map(|cents| cents.0 as f64).sum()
}

fn count_borne(book: &Book, costs: &[ServiceCost]) -> Vec<f64> {
    let mut borne = vec![0.0; members(book)];
    for cost in costs {
        let held = slot_legs(book, Some(&cost.service));
        let all: i128 = held.iter().sum();
        for (sum, own) in borne.iter_mut().zip(held).filter(|_| all > 0) {
            *sum += total(cost) * own as f64 / all as f64;
        }
    }
    borne
}

/// Numbers of the members: their own cargo, and of common cargo the committed share.
fn by_member(book: &Book, of: impl Fn(&super::book::Consignment) -> i128) -> Vec<f64> {
    let mut counts = vec![0.0; members(book)];
    for cargo in &book.consignments {
        let number = of(cargo) as f64;
        match book.problem.demand(cargo.demand).member {
            Some(owner) => counts[owner.row()] += number,
            None => counts.iter_mut().zip(&book.problem.operators).for_each(|(sum, own)| *sum += number * own.committed_share),
        }
    }
    counts
}

fn lifts_of(book: &Book, cargo: &super::book::Consignment) -> i128 {
    let demand = book.problem.demand(cargo.demand);
    let lift = |at: TerminalIdx| i128::from(book.problem.terminal(at).handling.0);
    let transfers = cargo.rides.iter().take(cargo.rides.len().saturating_sub(1));
    let changes = transfers.filter_map(|ride| book.runs.get(ride.run)?.terminal_at(ride.to));
    cargo.volume * (lift(demand.origin) + lift(demand.destination) + changes.map(|at| 2 * lift(at)).sum::<i128>())
}

/// A column of the accounts: what it is, what it counts, and what it should be before rounding.
type Column = (&'static str, fn(&MemberAccount) -> i64, Vec<f64>);

fn check_accounts(book: &Book, deal: &Deal, costs: &[ServiceCost], findings: &mut Findings) {
    let accounts = &deal.settlement.members;
    let used = |cargo: &super::book::Consignment| {
        cargo.volume * cargo.rides.iter().map(|ride| (ride.to - ride.from) as i128).sum::<i128>()
    };
    let rate = |cargo: &super::book::Consignment| cargo.volume * i128::from(book.problem.demand(cargo.demand).rate.0);
    let mut operated = vec![0.0; members(book)];
    for cost in costs {
        let run = book.runs.iter().find(|run| run.service.service == cost.service);
        if let Some(operator) = run.and_then(|run| run.operator) {
            operated[operator.row()] += total(cost);
        }
    }
    let columns: [Column; 7] = [
        ("held slots", |a| a.held_slot_legs.0, slot_legs(book, None).into_iter().map(|held| held as f64).collect()),
        ("used slots", |a| a.used_slot_legs.0, by_member(book, used)),
        ("carried TEU", |a| a.carried_teu.0, by_member(book, |cargo| cargo.volume)),
        ("freight", |a| a.freight_cents.0, by_member(book, rate)),
        ("lifts", |a| a.lifts_cents.0, by_member(book, |cargo| lifts_of(book, cargo))),
        ("services operated", |a| a.operated_cents.0, operated),
        ("costs borne", |a| a.borne_cents.0, deal.borne.clone()),
    ];
    for (what, of, right) in &columns {
        check_column(accounts, what, *of, right, deal.slack, findings);
    }
    accounts.iter().for_each(|account| check_account(account, findings));
    let received: i128 = accounts.iter().map(|account| i128::from(account.receives_cents.0)).sum();
    if received != 0 {
        findings.add(
            "A-SETTLE",
            "settlement",
            format!("what members receive and pay adds up to {received} hundredths, not to zero"),
        );
    }
}

/// Each number is the right one but for rounding, and all add up to the whole.
fn check_column(
    accounts: &[MemberAccount],
    what: &str,
    of: fn(&MemberAccount) -> i64,
    right: &[f64],
    slack: f64,
    findings: &mut Findings,
) {
    let slack = if what == "costs borne" { slack.max(1.0) } else { 1.0 };
    for (account, right) in accounts.iter().zip(right) {
        let has = of(account);
        if (has as f64 - right).abs() >= slack {
            let place = format!("settlement of {}", account.member);
            findings.add("A-SETTLE", place, format!("{what}: {has} stated, {right:.0} counted"));
        }
    }
    let (has, all) = (accounts.iter().map(|account| of(account) as f64).sum::<f64>(), right.iter().sum::<f64>());
    if (has - all).abs() >= 0.5 {
        findings.add("A-SETTLE", "settlement", format!("{what} of all members: {has} stated, {all:.0} counted"));
    }
}

/// What a member receives and its share follow from the rest of its account.
fn check_account(account: &MemberAccount, findings: &mut Findings) {
    let place = format!("settlement of {}", account.member);
    let cents = |cents: Cents| i128::from(cents.0);
    let earned = cents(account.freight_cents) - cents(account.lifts_cents) - cents(account.operated_cents);
    if cents(account.share_cents) != earned + cents(account.receives_cents) {
        findings.add("A-SETTLE", place.as_str(), "the share is not what the member earns and receives");
    }
    let parts =
        cents(account.operated_cents) - cents(account.borne_cents) + cents(account.slots_cents) + cents(account.balance_cents);
    if parts != cents(account.receives_cents) {
        findings.add("A-SETTLE", place, "costs, slots and balance do not add up to what the member receives");
    }
}

/// One row per sailing and leg; what members use and owe one another there.
fn check_legs(book: &Book, deal: &Deal, prices: &PriceList, findings: &mut Findings) {
    let mut slots = vec![0_i128; members(book)];
    for (leg, row) in &prices.rows {
        let Some(run) = book.runs.get(leg.run) else { continue };
        let place = book.leg_place(run, leg.sailing, leg.call);
        let mut receives = vec![0_i128; members(book)];
        let mut used = vec![[0.0; 4]; members(book)];
        for account in &row.accounts {
            let Some(member) = book.problem.find_operator(&account.member) else {
                findings.add("A-SETTLE", place.as_str(), format!("{} is no member", account.member));
                continue;
            };
            receives[member.row()] += i128::from(account.receives_cents.0);
            let numbers = [account.used_teu.0, account.used_kg.0, account.used_plugs.0, account.used_dangerous_teu.0];
            let numbers = numbers.map(|number| number as f64);
            used[member.row()] = [numbers[0], numbers[1] / 1000.0, numbers[2], numbers[3]];
        }
        let none = vec![[0.0; 4]; members(book) + 1];
        let right = deal.used.get(leg).unwrap_or(&none);
        let differs = |member: usize| used[member].iter().zip(right[member]).any(|(has, right)| (has - right).abs() > 1e-6);
        for member in (0..members(book)).filter(|member| differs(*member)) {
            let code = &book.problem.operators[member].code;
            findings.add("A-SETTLE", place.as_str(), format!("states another use of slots by {code} than its cargo takes"));
        }
        check_payments(book, deal, *leg, row, &receives, &place, findings);
        slots.iter_mut().zip(receives).for_each(|(sum, part)| *sum += part);
        check_return(book, *leg, row, &place, findings);
    }
    for (account, right) in deal.settlement.members.iter().zip(slots) {
        if i128::from(account.slots_cents.0) != right {
            let place = format!("settlement of {}", account.member);
            findings.add("A-SETTLE", place, format!("slots: {} stated, {right} over all legs", account.slots_cents.0));
        }
    }
}

fn check_return(book: &Book, leg: Stop, row: &LegAccount, place: &str, findings: &mut Findings) {
    let berthing =
        book.runs.get(leg.run).and_then(|run| run.clock(book.cycle(), leg.sailing, leg.call)).map(|clock| clock.berthing);
    let right = berthing.map(|berthing| berthing - i128::from(book.problem.settings.allotment_return.0));
    if right.is_some_and(|right| right != i128::from(row.returns_at_min.0)) {
        findings.add("A-SETTLE", place, format!("unbooked slots return at minute {}, not as agreed", row.returns_at_min.0));
    }
}

/// Cargo beyond a member's own part pays the bid price; those who leave theirs receive it by what they leave.
fn check_payments(
    book: &Book,
    deal: &Deal,
    leg: Stop,
    row: &LegAccount,
    receives: &[i128],
    place: &str,
    findings: &mut Findings,
) {
    if receives.iter().sum::<i128>() != 0 {
        findings.add("A-SETTLE", place, "what members owe one another here does not add up to zero");
    }
    let Some(held) = deal.held.get(&leg) else { return };
    let none = vec![[0.0; 4]; members(book) + 1];
    let used = deal.used.get(&leg).unwrap_or(&none);
    let prices = [row.price_per_teu, row.price_per_tonne, row.price_per_plug, row.price_per_dangerous_teu];
    let mut right = vec![0.0; members(book)];
    for (kind, price) in prices.iter().enumerate() {
        let common = |member: usize| used[members(book)][kind] * book.problem.operators[member].committed_share;
        let over = |member: usize| (used[member][kind] - held[member][kind]).max(0.0);
        let left = |member: usize| (held[member][kind] - used[member][kind] - common(member)).max(0.0);
        let all = |of: &dyn Fn(usize) -> f64| (0..members(book)).map(of).sum::<f64>();
        let (paid, lefts) = (all(&over) * price * 100.0, all(&left));
        for (member, right) in right.iter_mut().enumerate().filter(|_| lefts > 0.0) {
            *right += paid * left(member) / lefts - over(member) * price * 100.0;
        }
    }
    // each of four resources is rounded when paid and when received
    let slack = 4.0 + members(book) as f64;
    for (member, (has, right)) in receives.iter().zip(&right).enumerate() {
        if (*has as f64 - right).abs() > slack {
            let code = &book.problem.operators[member].code;
            findings.add("A-SETTLE", place, format!("{code} receives {has} hundredths; at the bid prices it is {right:.0}"));
        }
    }
}
