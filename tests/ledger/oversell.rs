//! Nobody oversells the ledger, and the check would see it if somebody did.

use super::crowd::{Desk, Holding, NOW, find_halves, find_oversold, load_of, rush};
use super::engines::{Database, Engine, on_both_engines, run};
use super::world::{Rotation, load, open, random, size};
use sqlx::{AnyPool, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use waterbus::domain::{Kg, Teu};
use waterbus::service::ledger::{Answer, IfFull, Ledger, Load, Order, State};

on_both_engines!(
    a_crowd_oversells_no_leg_and_no_resource,
    the_last_slot_goes_to_exactly_one_of_a_thousand,
    five_slots_go_to_five_of_five_hundred,
);

/// Clients at once.
const CLIENTS: u64 = 64;

fn attempts(engine: Engine) -> u64 {
    match engine {
        Engine::Sqlite => size("WATERBUS_OVERSELL_ATTEMPTS", 6_000),
        Engine::Postgres => size("WATERBUS_OVERSELL_ATTEMPTS_POSTGRES", 2_500),
    }
}

/// As many rotations as let the crowd fill them: two hundred for a million attempts.
fn rotations(attempts: u64) -> Arc<Vec<Rotation>> {
    let mut rng = random(200);
    let count = usize::try_from((attempts / 150).clamp(5, 200)).unwrap();
    Arc::new((0..count).map(|number| Rotation::random(&mut rng, number)).collect())
}

async fn read_holdings(raw: &AnyPool) -> (Vec<Holding>, BTreeMap<String, i64>) {
    let select = "SELECT b.id, l.place, l.account, b.teu, b.kg, b.plugs, b.dangerous FROM booking_legs l JOIN bookings b \
         ON b.id = l.booking_id WHERE l.account IS NOT NULL";
    let rows = sqlx::query(select).fetch_all(raw).await.unwrap();
    let holding = |row: &sqlx::any::AnyRow| Holding {
        booking: row.get("id"),
        place: row.get("place"),
        account: row.get("account"),
        load: load_of(row.get("teu"), row.get("kg"), row.get("plugs"), row.get("dangerous")),
    };
    let wanted = "SELECT booking_id, COUNT(*) AS legs FROM booking_legs GROUP BY booking_id";
    let wanted = sqlx::query(wanted).fetch_all(raw).await.unwrap();
    (rows.iter().map(holding).collect(), wanted.iter().map(|row| (row.get("booking_id"), row.get("legs"))).collect())
}

/// Whatever a crowd tries at once: on no leg is more held than there is, of nothing; and a booking holds all its legs or none.
async fn a_crowd_oversells_no_leg_and_no_resource(database: Database) {
    let store = open(&database).await;
    let raw = database.raw().await;
    let (ledger, attempts) = (Arc::new(Ledger::new(store.clone())), attempts(database.engine));
    let rotations = rotations(attempts);
    let tally = rush(&ledger, &rotations, CLIENTS, attempts, 1).await;
    let (holdings, wanted) = read_holdings(&raw).await;
    assert_eq!(find_oversold(&rotations, &holdings), Vec::<String>::new());
    assert_eq!(find_halves(&holdings, &wanted), Vec::<String>::new());
    assert_eq!(tally.booked + tally.refused, attempts);
    assert!(tally.refused > attempts / 10 && tally.booked > attempts / 100, "too easy: {tally:?}");
    assert_eq!(store.verify().await.unwrap(), []);
    println!("{:?}: {tally:?}, {} rotations, {} holdings", database.engine, rotations.len(), holdings.len());
}

/// A rotation with one leg and so many slots, all of them open.
fn narrow(teu: i64) -> Rotation {
    let capacity = Load { teu: Teu(teu), kg: Kg(1_000_000), plugs: Teu(0), dangerous: Teu(0) };
    Rotation { service: "S1".to_owned(), capacity, shares: Vec::new(), legs: 1, start: 5_000 }
}

async fn winners(database: &Database, slots: i64, clients: u64) -> u64 {
    let ledger = Arc::new(Ledger::new(open(database).await));
    let mut crowd = tokio::task::JoinSet::new();
    for client in 0..clients {
        let ledger = Arc::clone(&ledger);
        crowd.spawn(async move {
            let order = narrow(slots).order(0, 0, 1, load(1), None);
            // half of them would rather wait than be refused
            match client % 2 {
                0 => Desk::book(&*ledger, order).await.is_some(),
                _ => {
                    let order = Order { if_full: IfFull::Wait, ..order };
                    let answer = ledger.book(order, None, NOW).await.unwrap();
                    matches!(answer, Answer::Booked(booking) if booking.state == State::Confirmed)
                }
            }
        });
    }
    crowd.join_all().await.into_iter().map(u64::from).sum()
}

/// All at once on one slot: one has it, and everybody else is told so.
async fn the_last_slot_goes_to_exactly_one_of_a_thousand(database: Database) {
    assert_eq!(winners(&database, 1, size("WATERBUS_LAST_SLOT_CLIENTS", 1_000)).await, 1);
}

async fn five_slots_go_to_five_of_five_hundred(database: Database) {
    assert_eq!(winners(&database, 5, 500).await, 5);
}

/// A ledger as one should not write it: it looks whether there is room, and then acts on what it saw.
struct CheckThenAct {
    raw: AnyPool,
    number: std::sync::atomic::AtomicU64,
}

impl CheckThenAct {
    async fn new(raw: AnyPool) -> Self {
        let table = "CREATE TABLE careless (booking TEXT, place TEXT, account TEXT, teu BIGINT, kg BIGINT, plugs BIGINT, dangerous BIGINT)";
        sqlx::query(table).execute(&raw).await.unwrap();
        Self { raw, number: 0.into() }
    }

    async fn has_room(&self, order: &Order) -> bool {
        for leg in &order.legs {
            let used = "SELECT COALESCE(SUM(teu), 0), COALESCE(SUM(kg), 0), COALESCE(SUM(plugs), 0), COALESCE(SUM(dangerous), 0) \
                 FROM careless WHERE place = $1";
            let (teu, kg, plugs, dangerous): (i64, i64, i64, i64) =
                sqlx::query_as(used).bind(leg.place()).fetch_one(&self.raw).await.unwrap();
            let (capacity, load) = (leg.capacity, order.load);
            let kept: Teu = leg.shares.iter().map(|(_, teu)| *teu).sum();
            let fits = teu + load.teu.0 <= (capacity.teu - kept).0
                && kg + load.kg.0 <= capacity.kg.0
                && plugs + load.plugs.0 <= capacity.plugs.0
                && dangerous + load.dangerous.0 <= capacity.dangerous.0;
            if !fits {
                return false;
            }
        }
        true
    }
}

impl Desk for CheckThenAct {
    async fn book(&self, order: Order) -> Option<String> {
        if !self.has_room(&order).await {
            return None;
        }
        let booking = self.number.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
        for leg in &order.legs {
            let insert = "INSERT INTO careless VALUES ($1, $2, '', $3, $4, $5, $6)";
            let row = sqlx::query(insert).bind(booking.clone()).bind(leg.place()).bind(order.load.teu.0).bind(order.load.kg.0);
            row.bind(order.load.plugs.0).bind(order.load.dangerous.0).execute(&self.raw).await.unwrap();
        }
        Some(booking)
    }

    async fn cancel(&self, booking: &str) {
        sqlx::query("DELETE FROM careless WHERE booking = $1").bind(booking.to_owned()).execute(&self.raw).await.unwrap();
    }
}

/// The check itself is checked: the same crowd oversells a ledger that checks first and acts later, long before its attempts are over.
#[test]
fn the_same_crowd_oversells_a_ledger_that_checks_first_and_acts_later() {
    run(Engine::Sqlite, async |database: Database| {
        // the file is made by the store
        database.store().await.close().await;
        let raw = database.raw().await;
        let rotations = rotations(0);
        let careless = Arc::new(CheckThenAct::new(raw.clone()).await);
        for round in 0..20 {
            rush(&careless, &rotations, CLIENTS, 200, round).await;
            let rows = sqlx::query("SELECT * FROM careless").fetch_all(&raw).await.unwrap();
            let holding = |row: &sqlx::any::AnyRow| Holding {
                booking: row.get("booking"),
                place: row.get("place"),
                account: row.get("account"),
                load: load_of(row.get("teu"), row.get("kg"), row.get("plugs"), row.get("dangerous")),
            };
            let holdings: Vec<Holding> = rows.iter().map(holding).collect();
            if !find_oversold(&rotations, &holdings).is_empty() {
                return;
            }
        }
        panic!("the check sees nothing");
    });
}
