//! The room of a leg, and whether a load fits in: arithmetic only. A leg's slots are used, kept for members, or open. A booking through a
//! member uses that member's allotment where all its boxes fit there, and open slots otherwise; boxes of one booking are never split.

use super::booking::{Account, Load};
use crate::domain::{Kg, Teu};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a leg lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    Slots,
    Tonnes,
    Plugs,
    DangerousGoods,
}

/// Room of one leg of one voyage as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    pub capacity: Load,
    /// Slots that may be booked: the capacity, and what the alliance allows beyond it.
    pub limit: Teu,
    pub used: Load,
    /// Kept for members and not used by them yet.
    pub held: Teu,
    /// Unused allotments are no longer kept.
    pub returned: bool,
    pub shares: BTreeMap<String, Share>,
}

/// A member's slots on a leg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub allotted: Teu,
    pub used: Teu,
}

impl Room {
    /// Open to everybody.
    pub fn open(&self) -> Teu {
        self.limit - self.used.teu - self.held
    }

    /// Free in the allotment of a member.
    pub fn own(&self, member: &str) -> Teu {
        self.shares.get(member).map_or(Teu(0), |share| share.allotted - share.used)
    }

    /// Mass that may still be loaded.
    pub fn free_kg(&self) -> Kg {
        self.capacity.kg - self.used.kg
    }

    pub fn free_plugs(&self) -> Teu {
        self.capacity.plugs - self.used.plugs
    }

    pub fn free_dangerous(&self) -> Teu {
        self.capacity.dangerous - self.used.dangerous
    }

    /// Whose slots the load would use.
    ///
    /// # Errors
    /// The first resource that there is too little of.
    pub fn find_account(&self, load: &Load, member: Option<&str>) -> Result<Account, Resource> {
        let account = match member.filter(|member| self.own(member) >= load.teu) {
            Some(member) => Account::Member(member.to_owned()),
            None if self.open() >= load.teu => Account::Open,
            None => return Err(Resource::Slots),
        };
        match () {
            () if self.free_kg() < load.kg => Err(Resource::Tonnes),
            () if self.free_plugs() < load.plugs => Err(Resource::Plugs),
            () if self.free_dangerous() < load.dangerous => Err(Resource::DangerousGoods),
            () => Ok(account),
        }
    }

    /// Uses slots of an account that was found for the load.
    pub fn take(&mut self, load: &Load, account: &Account) {
        self.shift(load, 1);
        if let Account::Member(member) = account {
            self.shares.entry(member.clone()).or_default().used += load.teu;
            self.held -= load.teu;
        }
    }

    /// Gives slots back to where they came from; after the return of allotments to everybody.
    pub fn give_back(&mut self, load: &Load, account: &Account) {
        self.shift(load, -1);
        if let Account::Member(member) = account {
            let share = self.shares.entry(member.clone()).or_default();
            share.used -= load.teu;
            match self.returned {
                true => share.allotted -= load.teu,
                false => self.held += load.teu,
            }
        }
    }

    /// From now on unused allotments are open to everybody.
    pub fn return_allotments(&mut self) {
        self.returned = true;
        self.held = Teu(0);
        self.shares.values_mut().for_each(|share| share.allotted = share.used);
    }

    /// A limit that was lowered below what is booked sinks with what is given back.
    pub fn lower_limit(&mut self, set: Teu) {
        self.limit = self.limit.min(set.max(self.used.teu + self.held));
    }

    fn shift(&mut self, load: &Load, sign: i64) {
        self.used.teu += load.teu * sign;
        self.used.kg += load.kg * sign;
        self.used.plugs += load.plugs * sign;
        self.used.dangerous += load.dangerous * sign;
    }
}

/// What members keep of a leg: the plan's free slots are open from the first day, and each member's allotment shrinks by its part of
/// them (whole slots, by largest remainder, ties by the order of the allotments).
pub fn firm_shares(capacity: Teu, free: Teu, allotments: &[(String, Teu)]) -> Vec<(String, Teu)> {
    let total: i64 = allotments.iter().map(|(_, teu)| teu.0.max(0)).sum();
    let firm = total.min(capacity.0 - free.0).max(0);
    if total == 0 {
        return Vec::new();
    }
    let mut shares: Vec<(String, Teu)> =
        allotments.iter().map(|(member, teu)| (member.clone(), Teu(teu.0.max(0) * firm / total))).collect();
    let mut rest = firm - shares.iter().map(|(_, teu)| teu.0).sum::<i64>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|row| (std::cmp::Reverse(allotments[*row].1.0.max(0) * firm % total), *row));
    for row in order {
        if rest > 0 {
            shares[row].1 += Teu(1);
            rest -= 1;
        }
    }
    shares.retain(|(_, teu)| *teu > Teu(0));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Cargo;

    fn room() -> Room {
        let capacity = Load { teu: Teu(60), kg: Kg(500_000), plugs: Teu(4), dangerous: Teu(2) };
        let shares = [("A".to_owned(), Share { allotted: Teu(30), used: Teu(0) })];
        Room { capacity, limit: Teu(60), held: Teu(30), shares: shares.into(), ..Room::default() }
    }

    fn load(teu: i64, cargo: Cargo) -> Load {
        Load::new(Teu(teu), Kg(teu * 10_000), cargo)
    }

    // a member's own slots first, open ones when they do not do, never a rival's
    #[test]
    fn a_booking_uses_the_members_slots_first_and_then_open_ones() {
        let mut room = room();
        let (own, open) = (Account::Member("A".to_owned()), Account::Open);
        assert_eq!(room.find_account(&load(30, Cargo::Dry), Some("A")), Ok(own.clone()));
        assert_eq!(room.find_account(&load(30, Cargo::Dry), Some("B")), Ok(open.clone()));
        assert_eq!(room.find_account(&load(31, Cargo::Dry), Some("A")), Err(Resource::Slots));
        room.take(&load(5, Cargo::Dry), &own);
        assert_eq!((room.own("A"), room.open(), room.held), (Teu(25), Teu(30), Teu(25)));
        assert_eq!(room.find_account(&load(26, Cargo::Dry), Some("A")), Ok(open));
    }

    #[test]
    fn every_resource_is_looked_at() {
        let mut room = room();
        assert_eq!(room.find_account(&load(5, Cargo::Reefer), None), Err(Resource::Plugs));
        assert_eq!(room.find_account(&load(3, Cargo::Dangerous), None), Err(Resource::DangerousGoods));
        room.capacity.kg = Kg(9_999);
        assert_eq!(room.find_account(&load(1, Cargo::Dry), None), Err(Resource::Tonnes));
    }

    // what is given back before the return is the member's again, after it everybody's
    #[test]
    fn slots_go_back_to_where_they_came_from() {
        let own = Account::Member("A".to_owned());
        let mut early = room();
        early.take(&load(10, Cargo::Dry), &own);
        early.give_back(&load(10, Cargo::Dry), &own);
        assert_eq!(early, room());
        let mut late = room();
        late.take(&load(10, Cargo::Dry), &own);
        late.return_allotments();
        assert_eq!((late.open(), late.own("A")), (Teu(50), Teu(0)));
        late.give_back(&load(10, Cargo::Dry), &own);
        assert_eq!((late.open(), late.own("A"), late.used), (Teu(60), Teu(0), Load::default()));
    }

    #[test]
    fn free_slots_of_the_plan_are_open_and_members_keep_the_rest_by_their_allotments() {
        let allotments = |list: &[(&str, i64)]| list.iter().map(|(m, t)| ((*m).to_owned(), Teu(*t))).collect::<Vec<_>>();
        let of = |free, list: &[(&str, i64)]| firm_shares(Teu(100), Teu(free), &allotments(list));
        let five = [("OP1", 28), ("OP2", 25), ("OP3", 20), ("OP4", 17), ("OP5", 10)];
        assert_eq!(of(0, &five), allotments(&five));
        assert_eq!(of(5, &five), allotments(&[("OP1", 27), ("OP2", 24), ("OP3", 19), ("OP4", 16), ("OP5", 9)]));
        assert_eq!(of(100, &five), []);
        assert_eq!(of(10, &[("OP1", 50)]), allotments(&[("OP1", 50)]));
        assert_eq!(of(10, &[]), []);
    }
}
