//! Swaps of slots between members: of all sets of wishes that can be met together, the one that is worth most to those who made them, and of
//! these one with most lots. Many-sided swaps come of themselves: a wish may give on one leg and take on another.

use super::allotments::divide;
use crate::domain::*;
use crate::optimize::control::Control;
use crate::optimize::solver::{Answer, Col, Limits, Model, Sense, solve};
use std::collections::BTreeMap;

/// Why wishes cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotSwap {
    #[error("wish {wish}: {member} is no member of the alliance")]
    UnknownMember { wish: usize, member: OperatorCode },
    #[error("wish {wish}: the plan has no leg {leg} of sailing {sailing} of service {service}")]
    UnknownLeg { wish: usize, service: ServiceCode, sailing: u32, leg: u16 },
    #[error("wish {wish}: {volume} TEU on a leg; give whole TEU from 1 to {MOST_TEU}")]
    BadVolume { wish: usize, volume: i64 },
    #[error("wish {wish}: {pays} hundredths are beyond any price of slots")]
    BadPrice { wish: usize, pays: i64 },
    #[error("{0} wishes are more than can be looked at together: at most {MOST_WISHES}")]
    TooManyWishes(usize),
    /// The solver's own words.
    #[error("no swaps were found: {0}")]
    Failed(String),
}

const MOST_WISHES: usize = 5_000;
const MOST_TEU: i64 = 30_000;
/// A wish's price in hundredths and its lots stay within what machine numbers add up exactly.
const MOST_PRICE: i64 = 1_000_000_000;
const MOST_NODES: u64 = 20_000;

type Leg<'a> = (&'a ServiceCode, u32, CallPos);

/// Finds the swaps. Nobody ends with less than nothing on a leg, no leg gives out more slots than its members hold, nobody pays more than it
/// would, and what all pay adds up to zero.
///
/// # Errors
/// When a wish names what the plan does not have, or holds numbers beyond all measure.
pub fn exchange(plan: &Plan, wishes: &[Wish], control: &Control) -> Result<Vec<Swap>, CannotSwap> {
    let held = holdings(plan);
    check(plan, &held, wishes)?;
    if wishes.is_empty() {
        return Ok(Vec::new());
    }
    let mut model = Model::new();
    // whole hundredths first: all lots together weigh less than one
    let all: f64 = 1.0 + wishes.iter().map(|wish| f64::from(wish.lots)).sum::<f64>();
    let worth = |wish: &Wish| wish.pays_at_most_cents.0 as f64 + 0.5 / all;
    let lots: Vec<Col> = wishes.iter().map(|wish| model.add_integer(worth(wish), 0.0, f64::from(wish.lots))).collect();
    add_leg_rows(wishes, &lots, &mut model);
    add_member_rows(&held, wishes, &lots, &mut model);
    let limits = Limits { nodes: Some(MOST_NODES), ..Limits::default() };
    let answer = solve(&model, &limits, control, &|_, _| {});
    let counts = counts(&answer, &lots)?;
    // a search that broke off may hold something worse than no swap at all
    let surplus: i64 = wishes.iter().zip(&counts).map(|(wish, lots)| wish.pays_at_most_cents.0 * lots).sum();
    Ok(if surplus < 0 { Vec::new() } else { settle(wishes, &counts) })
}

/// Slots by leg and member.
type Held<'a> = BTreeMap<Leg<'a>, BTreeMap<&'a OperatorCode, i64>>;

fn holdings(plan: &Plan) -> Held<'_> {
    plan.slots
        .iter()
        .map(|slots| {
            let parts = slots.allotments.iter().map(|own| (&own.member, own.volume_teu.0)).collect();
            ((&slots.service, slots.sailing, slots.leg), parts)
        })
        .collect()
}

fn check(plan: &Plan, held: &Held, wishes: &[Wish]) -> Result<(), CannotSwap> {
    if wishes.len() > MOST_WISHES {
        return Err(CannotSwap::TooManyWishes(wishes.len()));
    }
    let members: Vec<&OperatorCode> = match &plan.settlement {
        Some(settlement) => settlement.members.iter().map(|account| &account.member).collect(),
        None => held.values().flat_map(|parts| parts.keys().copied()).collect(),
    };
    for (row, wish) in wishes.iter().enumerate() {
        if !members.contains(&&wish.member) {
            return Err(CannotSwap::UnknownMember { wish: row, member: wish.member.clone() });
        }
        if wish.pays_at_most_cents.0.abs() > MOST_PRICE {
            return Err(CannotSwap::BadPrice { wish: row, pays: wish.pays_at_most_cents.0 });
        }
        for lot in wish.gives.iter().chain(&wish.takes) {
            if !held.contains_key(&key(lot)) {
                let (service, sailing, leg) = (lot.service.clone(), lot.sailing, lot.leg.0);
                return Err(CannotSwap::UnknownLeg { wish: row, service, sailing, leg });
            }
            if !(1..=MOST_TEU).contains(&lot.volume_teu.0) {
                return Err(CannotSwap::BadVolume { wish: row, volume: lot.volume_teu.0 });
            }
        }
    }
    Ok(())
}

fn key(lot: &LegLot) -> Leg<'_> {
    (&lot.service, lot.sailing, lot.leg)
}

/// What a lot takes of a leg, less what it gives.
fn takes(wish: &Wish) -> impl Iterator<Item = (Leg<'_>, f64)> {
    let given = wish.gives.iter().map(|lot| (key(lot), -(lot.volume_teu.0 as f64)));
    given.chain(wish.takes.iter().map(|lot| (key(lot), lot.volume_teu.0 as f64)))
}

/// [AL-16] On each leg no more is taken than is given.
fn add_leg_rows(wishes: &[Wish], lots: &[Col], model: &mut Model) {
    let mut legs: BTreeMap<Leg, Vec<(Col, f64)>> = BTreeMap::new();
    for (wish, col) in wishes.iter().zip(lots) {
        for (leg, units) in takes(wish) {
            legs.entry(leg).or_default().push((*col, units));
        }
    }
    for terms in legs.into_values() {
        model.add_row("AL-16", terms, Sense::AtMost, 0.0);
    }
}

/// [AL-17] On each leg no member gives more than it holds and takes.
fn add_member_rows(held: &Held, wishes: &[Wish], lots: &[Col], model: &mut Model) {
    let mut rows: BTreeMap<(Leg, &OperatorCode), Vec<(Col, f64)>> = BTreeMap::new();
    for (wish, col) in wishes.iter().zip(lots) {
        for (leg, units) in takes(wish) {
            rows.entry((leg, &wish.member)).or_default().push((*col, -units));
        }
    }
    for ((leg, member), terms) in rows {
        let own = held.get(&leg).and_then(|parts| parts.get(member)).copied().unwrap_or(0);
        model.add_row("AL-17", terms, Sense::AtMost, own as f64);
    }
}

fn counts(answer: &Answer, lots: &[Col]) -> Result<Vec<i64>, CannotSwap> {
    match answer.found() {
        Some(values) => Ok(lots.iter().map(|col| values[col.row()].round() as i64).collect()),
        None => Err(CannotSwap::Failed(format!("{:?}", answer.status))),
    }
}

/// [AL-18] Everybody pays what it would at most, less its part of what all would pay beyond zero, by lots.
fn settle(wishes: &[Wish], counts: &[i64]) -> Vec<Swap> {
    let most = |row: usize| wishes[row].pays_at_most_cents.0 * counts[row];
    let surplus: i64 = (0..wishes.len()).map(most).sum();
    let parts: Vec<f64> = counts.iter().map(|count| *count as f64).collect();
    let back = divide(surplus, &parts);
    let swap = |row: usize| Swap {
        wish: row,
        member: wishes[row].member.clone(),
        lots: counts[row] as u32,
        pays_cents: Cents(most(row) - back[row]),
    };
    (0..wishes.len()).filter(|row| counts[*row] > 0).map(swap).collect()
}
