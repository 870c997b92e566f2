//! Many clients who book at once, on whatever takes bookings, and what they may not have brought about.

use super::world::{Rotation, random, random_load};
use rand::RngExt;
use std::collections::BTreeMap;
use std::sync::Arc;
use waterbus::domain::{Kg, Minutes, Teu};
use waterbus::service::ledger::{Answer, Change, Ledger, LedgerError, Load, Order, State};
use waterbus::service::store::StoreError;

pub const NOW: Minutes = Minutes(0);

/// Slots that somebody holds on a leg.
pub struct Holding {
    pub booking: String,
    pub place: String,
    /// Empty for open slots.
    pub account: String,
    pub load: Load,
}

/// Something that takes bookings.
pub trait Desk: Send + Sync + 'static {
    /// The booking's name when it was made.
    fn book(&self, order: Order) -> impl Future<Output = Option<String>> + Send;
    fn cancel(&self, booking: &str) -> impl Future<Output = ()> + Send;
}

impl Desk for Ledger {
    async fn book(&self, order: Order) -> Option<String> {
        loop {
            match Ledger::book(self, order.clone(), None, NOW).await {
                Ok(Answer::Booked(booking)) => {
                    assert_eq!(booking.state, State::Confirmed);
                    return Some(booking.id.clone());
                }
                Ok(Answer::Refused(_)) => return None,
                Err(LedgerError::Store(StoreError::Busy)) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    async fn cancel(&self, booking: &str) {
        while let Err(error) = self.change(booking, None, Change::Cancel, "shipper", NOW).await {
            assert!(matches!(error, LedgerError::Store(StoreError::Busy)), "{error}");
        }
    }
}

/// How a crowd fared.
#[derive(Debug, Default)]
pub struct Tally {
    pub booked: u64,
    pub refused: u64,
    pub cancelled: u64,
}

/// Lets clients try, each for its part of the attempts, over random rotations; one in sixteen bookings is cancelled at once.
pub async fn rush<D: Desk>(desk: &Arc<D>, rotations: &Arc<Vec<Rotation>>, clients: u64, attempts: u64, seed: u64) -> Tally {
    let mut crowd = tokio::task::JoinSet::new();
    for client in 0..clients {
        let (desk, rotations) = (Arc::clone(desk), Arc::clone(rotations));
        let mine = attempts / clients + u64::from(client < attempts % clients);
        crowd.spawn(async move {
            let mut rng = random(seed ^ (client + 1) << 20);
            let mut tally = Tally::default();
            for _ in 0..mine {
                let rotation = &rotations[rng.random_range(0..rotations.len())];
                let from = rng.random_range(0..rotation.legs);
                let to = rng.random_range(from + 1..=rotation.legs);
                let member = [None, Some("A"), Some("B"), Some("C")][rng.random_range(0..4)];
                let order = rotation.order(rng.random_range(0..2), from, to, random_load(&mut rng, 8), member);
                match desk.book(order).await {
                    None => tally.refused += 1,
                    Some(booking) => {
                        tally.booked += 1;
                        if rng.random_ratio(1, 16) {
                            desk.cancel(&booking).await;
                            tally.cancelled += 1;
                        }
                    }
                }
            }
            tally
        });
    }
    let mut sum = Tally::default();
    for tally in crowd.join_all().await {
        sum.booked += tally.booked;
        sum.refused += tally.refused;
        sum.cancelled += tally.cancelled;
    }
    sum
}

/// Every leg, resource and member's share of which more is held than there is.
pub fn find_oversold(rotations: &[Rotation], holdings: &[Holding]) -> Vec<String> {
    let mut used: BTreeMap<&str, Load> = BTreeMap::new();
    let mut of_member: BTreeMap<(&str, &str), Teu> = BTreeMap::new();
    for holding in holdings {
        let sum = used.entry(&holding.place).or_default();
        sum.teu += holding.load.teu;
        sum.kg += holding.load.kg;
        sum.plugs += holding.load.plugs;
        sum.dangerous += holding.load.dangerous;
        *of_member.entry((&holding.place, &holding.account)).or_default() += holding.load.teu;
    }
    let of = |place: &str| rotations.iter().find(|rotation| place.split(':').nth(1) == Some(&rotation.service)).unwrap();
    let mut found = Vec::new();
    for (place, sum) in used {
        let capacity = of(place).capacity;
        if sum.teu > capacity.teu || sum.kg > capacity.kg || sum.plugs > capacity.plugs || sum.dangerous > capacity.dangerous {
            found.push(format!("{place}: {sum:?} of {capacity:?}"));
        }
    }
    for ((place, account), teu) in of_member {
        let rotation = of(place);
        let kept: Teu = rotation.shares.iter().map(|(_, teu)| *teu).sum();
        let share = rotation.shares.iter().find(|(member, _)| member == account).map(|(_, teu)| *teu);
        let most = if account.is_empty() { rotation.capacity.teu - kept } else { share.unwrap_or_default() };
        if teu > most {
            found.push(format!("{place}: {teu:?} of {most:?} of account {account:?}"));
        }
    }
    found
}

/// Bookings that hold slots on some of their legs only; `wanted` is how many legs each needs.
pub fn find_halves(holdings: &[Holding], wanted: &BTreeMap<String, i64>) -> Vec<String> {
    let mut held: BTreeMap<&str, i64> = BTreeMap::new();
    for holding in holdings {
        *held.entry(&holding.booking).or_default() += 1;
    }
    held.into_iter().filter(|(booking, legs)| wanted.get(*booking) != Some(legs)).map(|(booking, _)| booking.to_owned()).collect()
}

/// The load of a row of numbers.
pub fn load_of(teu: i64, kg: i64, plugs: i64, dangerous: i64) -> Load {
    Load { teu: Teu(teu), kg: Kg(kg), plugs: Teu(plugs), dangerous: Teu(dangerous) }
}
