//! What is on board and what is lifted, by sailing.

use super::book::{Book, Stop};
use crate::domain::Cargo;
use std::collections::BTreeMap;

/// Cargo on board of a sailing between two calls, each cycle.
#[derive(Clone, Copy, Default)]
pub(super) struct Load {
    pub teu: i128,
    pub kg: i128,
    pub reefer: i128,
    pub dangerous: i128,
}

/// TEU over the quay at a call.
#[derive(Clone, Copy, Default)]
pub(super) struct Lifts {
    pub loaded: i128,
    pub discharged: i128,
}

impl Lifts {
    pub fn both(self) -> i128 {
        self.loaded + self.discharged
    }
}

/// Loads of all legs and lifts of all calls; what is missing is empty. A leg is known by the call it starts from.
#[derive(Default)]
pub(super) struct Loads {
    legs: BTreeMap<Stop, Load>,
    calls: BTreeMap<Stop, Lifts>,
}

impl Loads {
    /// Counts all rides in range; cargo that stays on board into the vessel's next voyage loads the legs of the sailing that follows.
    pub fn new(book: &Book) -> Self {
        let mut loads = Self::default();
        for cargo in &book.consignments {
            let demand = book.problem.demand(cargo.demand);
            for ride in &cargo.rides {
                for leg in (ride.from..ride.to).filter_map(|position| book.stop(ride, position)) {
                    let load = loads.legs.entry(leg).or_default();
                    load.teu += cargo.volume;
                    load.kg += cargo.volume * i128::from(demand.kg_per_teu.0);
                    match demand.cargo {
                        Cargo::Dry => {}
                        Cargo::Reefer => load.reefer += cargo.volume,
                        Cargo::Dangerous => load.dangerous += cargo.volume,
                    }
                }
                if let Some(call) = book.stop(ride, ride.from) {
                    loads.calls.entry(call).or_default().loaded += cargo.volume;
                }
                if let Some(call) = book.stop(ride, ride.to) {
                    loads.calls.entry(call).or_default().discharged += cargo.volume;
                }
            }
        }
        loads
    }

    /// On board on the leg that starts at a call.
    pub fn leg(&self, run: usize, sailing: u32, call: usize) -> Load {
        self.legs.get(&Stop { run, sailing, call }).copied().unwrap_or_default()
    }

    /// Lifted at a call.
    pub fn lifts(&self, run: usize, sailing: u32, call: usize) -> Lifts {
        self.calls.get(&Stop { run, sailing, call }).copied().unwrap_or_default()
    }
}
