//! Rotations without a plan: voyages with legs, their room, and orders on them.

use super::engines::Database;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use waterbus::domain::{CallPos, Cargo, Kg, Minutes, ServiceCode, TerminalCode, Teu, Trade};
use waterbus::service::ledger::{Detail, IfFull, Itinerary, Leg, Load, Order};
use waterbus::service::store::Store;

/// The plan that is booked on.
pub const PLAN: &str = "plan";

pub const MEMBERS: [&str; 3] = ["A", "B", "C"];

/// A service whose every sailing has the same legs.
#[derive(Clone, Debug)]
pub struct Rotation {
    pub service: String,
    pub capacity: Load,
    pub shares: Vec<(String, Teu)>,
    pub legs: u16,
    /// Berthing at the first call of the voyage of cycle 0.
    pub start: i64,
}

/// Minutes between two calls, and between two voyages.
pub const LEG: i64 = 300;
pub const CYCLE: i64 = 10_080;

impl Rotation {
    /// A rotation with room for some boats full.
    pub fn random(rng: &mut ChaCha8Rng, number: usize) -> Self {
        let teu = rng.random_range(10..=60);
        let shares: Vec<(String, Teu)> =
            MEMBERS.iter().map(|member| ((*member).to_owned(), Teu(rng.random_range(0..=teu / 4)))).collect();
        Self {
            service: format!("S{number:03}"),
            capacity: Load {
                teu: Teu(teu),
                kg: Kg(rng.random_range(teu * 6_000..=teu * 14_000)),
                plugs: Teu(rng.random_range(0..=10)),
                dangerous: Teu(rng.random_range(0..=6)),
            },
            shares: shares.into_iter().filter(|(_, teu)| *teu > Teu(0)).collect(),
            legs: rng.random_range(2..=8),
            start: rng.random_range(5_000..6_000),
        }
    }

    pub fn leg(&self, cycle: i64, leg: u16) -> Leg {
        Leg {
            plan_id: PLAN.to_owned(),
            service: ServiceCode(self.service.clone()),
            cycle,
            sailing: 0,
            leg: CallPos(leg),
            berthing: Minutes(self.start + cycle * CYCLE + i64::from(leg) * LEG),
            capacity: self.capacity,
            shares: self.shares.clone(),
        }
    }

    /// An order on some legs of a voyage.
    pub fn order(&self, cycle: i64, from: u16, to: u16, load: Load, member: Option<&str>) -> Order {
        let legs: Vec<Leg> = (from..to).map(|leg| self.leg(cycle, leg)).collect();
        let loads = legs[0].berthing;
        Order {
            plan_id: PLAN.to_owned(),
            made_by: "shipper".to_owned(),
            member: member.map(str::to_owned),
            load,
            closes: loads - Minutes(120),
            loads,
            ends: Minutes(self.start + cycle * CYCLE + i64::from(to) * LEG),
            if_full: IfFull::Refuse,
            detail: detail(),
            legs,
        }
    }
}

pub fn detail() -> Detail {
    Detail {
        origin: TerminalCode("FROM".to_owned()),
        destination: TerminalCode("TO".to_owned()),
        trade: Trade::Domestic,
        cargo: Cargo::Dry,
        reference: String::new(),
        arrive_by: None,
        itinerary: Itinerary::default(),
        quote: None,
        footprint: None,
        alternative: None,
    }
}

pub fn load(teu: i64) -> Load {
    Load::new(Teu(teu), Kg(teu * 1_000), Cargo::Dry)
}

pub fn random_load(rng: &mut ChaCha8Rng, most: i64) -> Load {
    let cargo = [Cargo::Dry, Cargo::Dry, Cargo::Dry, Cargo::Reefer, Cargo::Dangerous][rng.random_range(0..5)];
    let teu = rng.random_range(1..=most);
    Load::new(Teu(teu), Kg(teu * rng.random_range(2_000..20_000)), cargo)
}

pub fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// The store of an empty database whose ledger takes bookings on [`PLAN`], which no publication has named.
pub async fn open(database: &Database) -> Store {
    let store = database.store().await;
    sqlx::query("UPDATE ledger_state SET plan_id = $1, carrying = 0").bind(PLAN).execute(&database.raw().await).await.unwrap();
    store
}

/// A number from the environment, for the sizes that are run before a release.
pub fn size(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}
