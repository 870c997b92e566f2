//! Whole histories against the model: a virtual clock, crashes before and after a commit, retries, unknown results, cancels, amendments,
//! offers and returns. A history is told by its seed, and a failure prints it.

use super::engines::{Database, Engine, run};
use super::model::Model;
use super::world::{MEMBERS, PLAN, Rotation, random, random_load, size};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use waterbus::domain::{Kg, Minutes, Teu};
use waterbus::service::ledger::{
    Answer, Booking, Change, IfFull, Key, Ledger, LedgerError, Load, Moment, Order, Refusal, State, Terms,
};
use waterbus::service::store::{Page, Store, StoreError};

/// Before a release 2,000 seeds of 1,000 acts.
const SEEDS: u64 = 12;
const ACTS: u64 = 250;

/// Acts between two looks at everything.
const LOOK: u64 = 25;

/// A ledger that dies when its turn comes, and is opened again.
struct Fragile {
    store: Store,
    ledger: Ledger,
    /// Moments left to live; below zero for ever.
    life: Arc<AtomicI64>,
}

impl Fragile {
    fn new(store: Store) -> Self {
        let life = Arc::new(AtomicI64::new(-1));
        Self { ledger: Self::open(&store, &life), store, life }
    }

    fn open(store: &Store, life: &Arc<AtomicI64>) -> Ledger {
        let life = Arc::clone(life);
        let dies = move |_: Moment| life.load(Ordering::SeqCst) >= 0 && life.fetch_sub(1, Ordering::SeqCst) == 0;
        Ledger::with_crashes(store.clone(), Arc::new(dies))
    }

    /// Whether it died in the act before; then another one takes its place.
    fn revive(&mut self) -> bool {
        let died = self.life.swap(-1, Ordering::SeqCst) < 0;
        if died {
            self.ledger = Self::open(&self.store, &self.life);
        }
        died
    }
}

/// One history.
struct History {
    rng: ChaCha8Rng,
    rotations: Vec<Rotation>,
    real: Fragile,
    model: Model,
    now: Minutes,
    /// Identifiers of the model's bookings.
    ids: Vec<String>,
    /// Keys used so far, with what was asked and answered.
    keys: Vec<(Key, Order, Answer)>,
    /// Acts whose answer was lost in a crash.
    crashes: u64,
}

impl History {
    async fn new(seed: u64, database: &Database) -> Self {
        let real = Fragile::new(super::world::open(database).await);
        let mut rng = random(seed);
        let rotations = (0..2).map(|number| Self::small(&mut rng, number)).collect();
        Self { rng, rotations, real, model: Model::default(), now: Minutes(0), ids: Vec::new(), keys: Vec::new(), crashes: 0 }
    }

    /// Few slots, so that there is always too little of something.
    fn small(rng: &mut ChaCha8Rng, number: usize) -> Rotation {
        let teu = rng.random_range(4..=14);
        Rotation {
            service: format!("S{number}"),
            capacity: Load {
                teu: Teu(teu),
                kg: Kg(teu * 12_000),
                plugs: Teu(rng.random_range(0..=4)),
                dangerous: Teu(rng.random_range(0..=3)),
            },
            shares: MEMBERS[..2].iter().map(|member| ((*member).to_owned(), Teu(rng.random_range(1..=teu / 3)))).collect(),
            legs: rng.random_range(2..=4),
            start: rng.random_range(4_000..7_000),
        }
    }

    fn order(&mut self) -> Order {
        let rotation = self.rotations[self.rng.random_range(0..self.rotations.len())].clone();
        // voyages around now, so that closed ones are asked for too
        let cycle = (self.now.0 - rotation.start).div_euclid(super::world::CYCLE) + self.rng.random_range(0..=2);
        let from = self.rng.random_range(0..rotation.legs);
        let to = self.rng.random_range(from + 1..=rotation.legs);
        let member = [None, Some("A"), Some("B"), Some("C")][self.rng.random_range(0..4)];
        let if_full = if self.rng.random_bool(0.6) { IfFull::Wait } else { IfFull::Refuse };
        let load = random_load(&mut self.rng, 5);
        Order { if_full, ..rotation.order(cycle.max(0), from, to, load, member) }
    }

    /// Lets the ledger die at one of the next moments, now and then.
    fn arm(&mut self) -> bool {
        let armed = self.rng.random_ratio(1, 8);
        if armed {
            self.real.life.store(self.rng.random_range(0..2), Ordering::SeqCst);
        }
        armed
    }

    async fn act(&mut self) {
        match self.rng.random_range(0..100) {
            0..40 => self.book().await,
            40..50 => self.ask_again().await,
            50..62 => self.change(Change::Cancel).await,
            62..72 => self.change(Change::Accept).await,
            72..75 => self.change(Change::DeclineOffer).await,
            75..84 => {
                let order = Box::new(self.order());
                self.change(Change::Amend(order)).await;
            }
            84..86 => self.set_terms().await,
            _ => self.let_time_pass().await,
        }
    }

    /// A booking whose answer may be lost; then it is asked for again under its key.
    async fn book(&mut self) {
        let order = self.order();
        let key = Key::new("caller", &self.keys.len().to_string(), &format!("{order:?}"));
        let armed = self.arm();
        let mut answer = self.real.ledger.book(order.clone(), Some(key.clone()), self.now).await;
        if armed {
            self.crashes += u64::from(self.real.revive() && answer.is_err());
        }
        if matches!(answer, Err(LedgerError::Store(StoreError::Busy))) {
            answer = self.real.ledger.book(order.clone(), Some(key.clone()), self.now).await;
        }
        let answer = answer.unwrap();
        match (self.model.book(&order, self.now), &answer) {
            (Ok(row), Answer::Booked(booking)) => {
                assert_eq!(row, self.ids.len());
                self.ids.push(booking.id.clone());
                self.compare(row, booking);
            }
            (Err(expected), Answer::Refused(refusal)) => assert_eq!(*refusal, expected),
            (expected, answer) => panic!("the model says {expected:?}, the ledger {answer:?}"),
        }
        self.keys.push((key, order, answer));
    }

    /// An old key, with its own request or with another.
    async fn ask_again(&mut self) {
        let Some(row) = self.keys.len().checked_sub(1).map(|last| self.rng.random_range(0..=last)) else { return };
        let (key, order, answer) = self.keys[row].clone();
        let again = self.real.ledger.book(order, Some(key), self.now).await.unwrap();
        assert_eq!(again, answer, "a key gets its first answer");
        let other = Key::new("caller", &row.to_string(), "something else");
        let order = self.order();
        let refused = self.real.ledger.book(order, Some(other), self.now).await;
        assert!(matches!(refused, Err(LedgerError::KeyReused)), "{refused:?}");
    }

    async fn change(&mut self, change: Change) {
        // rather one of the last bookings, and one for which the act is meant
        let wanted = if change == Change::Cancel { State::Confirmed } else { State::PendingUpdate };
        let rows: Vec<usize> = (0..self.ids.len()).rev().take(40).collect();
        let fitting: Vec<usize> = rows.iter().copied().filter(|row| self.model.bookings[*row].state == wanted).collect();
        let from = if fitting.is_empty() || self.rng.random_bool(0.3) { &rows } else { &fitting };
        let Some(row) = from.len().checked_sub(1).map(|last| from[self.rng.random_range(0..=last)]) else { return };
        let id = self.ids[row].clone();
        let version = self.real.ledger.find(&id).await.unwrap().version;
        let armed = self.arm();
        let mut answer = self.real.ledger.change(&id, Some(version), change.clone(), "shipper", self.now).await;
        if armed {
            self.crashes += u64::from(self.real.revive() && matches!(answer, Err(LedgerError::Store(_))));
        }
        if matches!(answer, Err(LedgerError::Store(StoreError::Busy))) {
            answer = self.real.ledger.change(&id, Some(version), change.clone(), "shipper", self.now).await;
        }
        match (self.model.change(row, &change, self.now), answer) {
            // it was done before the crash: the version it was asked for is not there any more
            (Ok(()), Err(LedgerError::Refused(Refusal::Version { .. }))) => {}
            (Ok(()), Ok(_)) => {}
            (Err(expected), Err(LedgerError::Refused(refusal))) => assert_eq!(refusal, expected),
            (expected, answer) => panic!("{change:?}: the model says {expected:?}, the ledger {answer:?}"),
        }
        let booking = self.real.ledger.find(&id).await.unwrap();
        self.compare(row, &booking);
    }

    async fn set_terms(&mut self) {
        let terms = Terms {
            overbooking_percent: self.rng.random_range(0..=30),
            return_h: self.rng.random_range(24..=72),
            offer_h: self.rng.random_range(1..=24),
            ..self.model.terms
        };
        self.real.ledger.set_terms(terms, self.now).await.unwrap();
        self.model.set_terms(terms, self.now);
    }

    /// The clock goes on and is served; a crash on the way is made up for by the next look at it.
    async fn let_time_pass(&mut self) {
        self.now += Minutes([0, 1, 30, 240, 900, 3_000][self.rng.random_range(0..6)]);
        let armed = self.arm();
        let settled = self.real.ledger.settle_due(self.now).await;
        if armed {
            self.crashes += u64::from(self.real.revive() && settled.is_err());
        }
        if let Err(error) = settled {
            assert!(matches!(error, LedgerError::Store(StoreError::Busy)), "{error}");
            self.real.ledger.settle_due(self.now).await.unwrap();
        }
        self.model.settle(self.now);
    }

    fn compare(&self, row: usize, booking: &Booking) {
        let model = &self.model.bookings[row];
        let place = format!("booking {row}, {}", booking.id);
        assert_eq!(booking.state, model.state, "{place}");
        assert_eq!(booking.legs, model.legs, "{place}");
        assert_eq!(booking.load, model.load, "{place}");
        assert_eq!(booking.offer_until_min, model.offer_until, "{place}");
        assert_eq!((booking.closes_min, booking.ends_min), (model.closes, model.ends), "{place}");
    }

    /// Every booking and every leg.
    async fn compare_all(&self) {
        let stored = self.real.ledger.list(&Page { limit: 1_000_000, after: None }, &everything()).await.unwrap();
        assert_eq!(stored.len(), self.ids.len(), "what a crash undid is not there, and nothing is there twice");
        let stored: BTreeMap<&str, &Booking> = stored.iter().map(|booking| (booking.id.as_str(), booking)).collect();
        for (row, id) in self.ids.iter().enumerate() {
            self.compare(row, stored[id.as_str()]);
        }
        let rows = self.real.ledger.legs(PLAN, i64::MIN).await.unwrap();
        assert_eq!(rows.len(), self.model.legs.len());
        for row in rows {
            let place = format!("{PLAN}:{}:{}:{}:{}", row.service, row.cycle, row.sailing, row.leg);
            let model = &self.model.legs[&place];
            let kept: Teu = model.shares.values().map(|(allotted, used)| *allotted - *used).sum();
            assert_eq!((row.used_teu, row.held_teu, row.limit_teu), (model.used.teu, kept, model.limit), "{place}");
            assert_eq!((row.used_kg, row.used_plugs), (model.used.kg, model.used.plugs), "{place}");
            assert_eq!((row.used_dangerous, row.returned), (model.used.dangerous, model.returned), "{place}");
            let shares: BTreeMap<String, (Teu, Teu)> =
                row.shares.iter().map(|(member, it)| (member.clone(), (it.allotted, it.used))).collect();
            assert_eq!(shares, model.shares, "{place}");
        }
    }
}

async fn live(seed: u64, acts: u64, database: &Database) -> [usize; 8] {
    let mut history = History::new(seed, database).await;
    for act in 1..=acts {
        history.act().await;
        if act % LOOK == 0 {
            history.compare_all().await;
        }
    }
    history.compare_all().await;
    // records are never changed, so one look at the end sees all that was ever written
    assert_eq!(history.real.store.verify().await.unwrap(), []);
    let count = |state| history.model.bookings.iter().filter(|booking| booking.state == state).count();
    let mut seen = State::ALL.map(count);
    // never seen in a history without publications, so its place counts crashes
    seen[3] = history.crashes as usize;
    seen
}

fn everything() -> waterbus::service::ledger::ListFilter {
    waterbus::service::ledger::ListFilter { seen: waterbus::service::ledger::Seen::All, state: None }
}

/// Lives all histories, as many at once as there are processors.
fn simulate(engine: Engine, first: u64, seeds: u64, acts: u64) -> [usize; 8] {
    let next = AtomicU64::new(first);
    let some = || {
        let mut seen = [0; 8];
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + seeds {
                return seen;
            }
            seen.iter_mut().zip(simulate_one(engine, seed, acts)).for_each(|(sum, count)| *sum += count);
        }
    };
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(some)).collect();
        let mut seen = [0; 8];
        for thread in threads {
            let counts = thread.join().unwrap_or_else(|failure| resume_unwind(failure));
            seen.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        seen
    })
}

fn simulate_one(engine: Engine, seed: u64, acts: u64) -> [usize; 8] {
    let mut seen = [0; 8];
    let lived = catch_unwind(AssertUnwindSafe(|| {
        run(engine, async |database: Database| seen = live(seed, acts, &database).await);
    }));
    if let Err(failure) = lived {
        println!("the history of seed {seed} with {acts} acts on {engine:?} differs from the model: WATERBUS_LEDGER_SEED={seed}");
        resume_unwind(failure);
    }
    seen
}

/// The ledger does what the model says, whatever happens on the way.
#[test]
fn histories_with_crashes_are_those_of_the_model() {
    let (seeds, acts) = (size("WATERBUS_LEDGER_SEEDS", SEEDS), size("WATERBUS_LEDGER_ACTS", ACTS));
    let seen = match std::env::var("WATERBUS_LEDGER_SEED") {
        Ok(_) => simulate(Engine::Sqlite, size("WATERBUS_LEDGER_SEED", 0), 1, acts),
        Err(_) => {
            let seen = simulate(Engine::Sqlite, 0, seeds, acts);
            assert!([0, 1, 2, 3, 4, 6, 7].iter().all(|state| seen[*state] > 0), "{seen:?}");
            seen
        }
    };
    println!("{seeds} seeds of {acts} acts; by state {seen:?}, crashes in the place of PENDING_AMENDMENT");
}

/// The same on PostgreSQL, where every act has a transaction of its own.
#[test]
fn histories_on_postgres_are_those_of_the_model() {
    simulate(Engine::Postgres, 1_000_000, size("WATERBUS_LEDGER_SEEDS_POSTGRES", 2), size("WATERBUS_LEDGER_ACTS", ACTS));
}
