//! The desk: where orders and acts are taken in and answered. On SQLite, which has one writer, those that come while a transaction is being
//! written to the disk are done together in the next one, and answered when it is durable: orders that follow one another on one savepoint,
//! each act on its own. On PostgreSQL each has a transaction of its own.

use super::booking::{Booking, Order};
use super::carry::Carriage;
use super::room::Resource;
use super::rules::{Act, Terms};
use super::sql::Tx;
use super::{act, book, booking::State, carry, due};
use crate::domain::Minutes;
use crate::service::store::{Engine, Store, StoreError, hash_text};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Most requests of one transaction: the last of them waits for all of them.
const MOST_TOGETHER: usize = 64;

/// Requests that wait for the desk; more wait at the door.
const QUEUE: usize = 1024;

/// On PostgreSQL a transaction that met another is tried so often.
const TRIES: u32 = 8;

/// Why there is no answer, or the answer is no.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rules say no.
    #[error("{0}")]
    Refused(Refusal),
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The first request with this key is not answered yet.
    #[error("a request with this idempotency key is being answered")]
    InFlight,
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// An answer that is no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A leg has not enough room.
    #[error("there is no room: leg {leg} of service {service}, sailing {sailing} lacks {}", resource.words())]
    Full { service: String, sailing: u32, leg: u16, resource: Resource },
    /// The cut-off has passed.
    #[error("the cut-off has passed")]
    Closed,
    /// What was offered is no longer kept.
    #[error("the offer has run out")]
    OfferOver,
    /// A booking in this state does not take this act.
    #[error("a booking that is {} does not take this: {}", state.name(), act.name())]
    NotNow { state: State, act: Act },
    /// Another plan has been published since the way was looked up.
    #[error("another timetable has been published: look for ways again")]
    PlanChanged,
    /// Bookings are being moved to the plan that has just been published.
    #[error("bookings are being moved to the new timetable; come again in a moment")]
    Carrying,
    /// Somebody has changed the booking since it was read.
    #[error("the booking has changed: it is version {version} now")]
    Version { version: i64 },
}

impl Resource {
    fn words(self) -> &'static str {
        match self {
            Self::Slots => "slots",
            Self::Tonnes => "tonnes",
            Self::Plugs => "reefer plugs",
            Self::DangerousGoods => "slots for dangerous goods",
        }
    }
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Confirmed, or on the waiting list.
    Booked(Box<Booking>),
    Refused(Refusal),
}

impl Answer {
    /// The booking that was made.
    pub fn booking(&self) -> Option<&Booking> {
        match self {
            Self::Booked(booking) => Some(booking),
            Self::Refused(_) => None,
        }
    }
}

/// An idempotency key with what was asked under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    id: String,
    asked: String,
}

impl Key {
    /// `caller` is the holder of the access key: two callers may use one text.
    pub fn new(caller: &str, text: &str, asked: &str) -> Self {
        Self { id: hash_text(&format!("{caller}\n{text}")), asked: hash_text(asked) }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn asked(&self) -> &str {
        &self.asked
    }
}

/// What a shipper does with a booking.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Cancel,
    Accept,
    DeclineOffer,
    Amend(Box<Order>),
}

/// What the desk is asked to do.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Book { order: Box<Order>, key: Option<Key> },
    Change { id: String, version: Option<i64>, made_by: String, change: Change },
    Due { id: String, act: Act },
    Return { place: String },
    Serve,
    Carry { id: String, carriage: Box<Carriage> },
    EndCarrying { plan: String },
    SetTerms { terms: Terms },
}

/// How a command ended.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Answer(Answer),
    Booking(Box<Booking>),
    /// Whether anything was done.
    Done(bool),
}

/// How tasks ended, in their order.
type Replies = Vec<Result<Reply, LedgerError>>;

/// A transaction at work, and the time it is told.
pub(super) struct Work<'a> {
    pub tx: &'a mut Tx,
    pub engine: Engine,
    pub now: Minutes,
}

/// When a simulated crash may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    BeforeCommit,
    AfterCommit,
}

/// Says at each moment whether the program dies there; only simulations have one.
type Crash = Arc<dyn Fn(Moment) -> bool + Send + Sync>;

struct Task {
    command: Command,
    now: Minutes,
    reply: oneshot::Sender<Result<Reply, LedgerError>>,
    /// Kept until the answer is durable.
    in_flight: Option<InFlight>,
}

impl Task {
    fn order(&self) -> Option<book::Asked<'_>> {
        match &self.command {
            Command::Book { order, key } => Some((order, key.as_ref())),
            _ => None,
        }
    }

    /// Both are orders of the same minute.
    fn is_like(&self, other: &Self) -> bool {
        self.now == other.now && self.order().is_some() && other.order().is_some()
    }

    /// Gives the answer, which is durable; its key may be used again from before it is heard.
    fn answer(self, answer: Result<Reply, LedgerError>) {
        drop(self.in_flight);
        // whoever asked may be gone; the answer stands in the database
        let _ = self.reply.send(answer);
    }
}

/// The ledger of one database. Clones are the same desk.
#[derive(Clone)]
pub struct Ledger {
    pub(super) store: Store,
    tasks: mpsc::Sender<Task>,
    keys_in_flight: Arc<Mutex<HashSet<String>>>,
}

/// A key whose first request is at work.
struct InFlight {
    keys: Arc<Mutex<HashSet<String>>>,
    id: String,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl Ledger {
    /// A desk on a database; it works until the last clone is gone. To be called within a tokio runtime.
    pub fn new(store: Store) -> Self {
        Self::with_crashes(store, Arc::new(|_| false))
    }

    /// A desk that dies when it is told to.
    pub fn with_crashes(store: Store, crash: Crash) -> Self {
        let (tasks, queue) = mpsc::channel(QUEUE);
        match store.engine() {
            Engine::Sqlite => tokio::spawn(work_together(store.clone(), queue, crash)),
            Engine::Postgres => tokio::spawn(work_apart(store.clone(), queue, crash)),
        };
        Self { store, tasks, keys_in_flight: Arc::default() }
    }

    /// Books, waits, or says no. With a key the answer is kept, and given again to whoever asks the same under it.
    ///
    /// # Errors
    /// When the key was used for something else or is being answered, the plan is no longer the published one, or the database fails.
    pub async fn book(&self, order: Order, key: Option<Key>, now: Minutes) -> Result<Answer, LedgerError> {
        let in_flight = key.as_ref().map(|key| self.hold(key)).transpose()?;
        match self.ask(Command::Book { order: Box::new(order), key }, now, in_flight).await? {
            Reply::Answer(answer) => Ok(answer),
            _ => Err(wrong_reply()),
        }
    }

    /// Does what a shipper asks with a booking; with a version only while it is that version.
    ///
    /// # Errors
    /// When there is no such booking, the rules say no, or the database fails.
    pub async fn change(
        &self,
        id: &str,
        version: Option<i64>,
        change: Change,
        made_by: &str,
        now: Minutes,
    ) -> Result<Booking, LedgerError> {
        let command = Command::Change { id: id.to_owned(), version, made_by: made_by.to_owned(), change };
        match self.ask(command, now, None).await? {
            Reply::Booking(booking) => Ok(*booking),
            _ => Err(wrong_reply()),
        }
    }

    /// Sets the alliance's terms; the limits of legs to come follow at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_terms(&self, terms: Terms, now: Minutes) -> Result<(), LedgerError> {
        self.ask(Command::SetTerms { terms }, now, None).await?;
        self.ask(Command::Serve, now, None).await.map(|_| ())
    }

    pub(super) async fn done(&self, command: Command, now: Minutes) -> Result<bool, LedgerError> {
        match self.ask(command, now, None).await? {
            Reply::Done(done) => Ok(done),
            _ => Err(wrong_reply()),
        }
    }

    async fn ask(&self, command: Command, now: Minutes, in_flight: Option<InFlight>) -> Result<Reply, LedgerError> {
        let (reply, answer) = oneshot::channel();
        let task = Task { command, now, reply, in_flight };
        // a desk that is gone, as after a crash, answers nobody
        self.tasks.send(task).await.map_err(|_| LedgerError::Store(StoreError::Busy))?;
        answer.await.map_err(|_| LedgerError::Store(StoreError::Busy))?
    }

    fn hold(&self, key: &Key) -> Result<InFlight, LedgerError> {
        let is_first = self.keys_in_flight.lock().unwrap_or_else(PoisonError::into_inner).insert(key.id.clone());
        match is_first {
            true => Ok(InFlight { keys: Arc::clone(&self.keys_in_flight), id: key.id.clone() }),
            false => Err(LedgerError::InFlight),
        }
    }
}

/// Each command has its kind of reply.
fn wrong_reply() -> LedgerError {
    LedgerError::Store(StoreError::Damaged("the desk answered something else".to_owned()))
}

async fn obey(work: &mut Work<'_>, command: Command) -> Result<Reply, LedgerError> {
    match command {
        Command::Book { order, key } => {
            let answers = book::book(work, &[(&order, key.as_ref())]).await?;
            answers.into_iter().next().ok_or_else(wrong_reply)?.map(Reply::Answer)
        }
        Command::Change { id, version, made_by, change } => {
            let changed = act::change(work, &id, version, change, &made_by).await;
            changed.map(|booking| Reply::Booking(Box::new(booking)))
        }
        Command::Due { id, act } => due::settle(work, &id, act).await.map(Reply::Done),
        Command::Return { place } => due::return_allotments(work, &place).await.map(Reply::Done),
        Command::Serve => due::serve_all(work).await.map(Reply::Done),
        Command::Carry { id, carriage } => carry::carry(work, &id, *carriage).await.map(Reply::Done),
        Command::EndCarrying { plan } => carry::end_carrying(work, &plan).await.map(Reply::Done),
        Command::SetTerms { terms } => due::set_terms(work, &terms).await.map(Reply::Done),
    }
}

/// Takes what waits, does it in one transaction, and answers when that is durable.
async fn work_together(store: Store, mut queue: mpsc::Receiver<Task>, crash: Crash) {
    let mut tasks = Vec::with_capacity(MOST_TOGETHER);
    while queue.recv_many(&mut tasks, MOST_TOGETHER).await > 0 {
        match do_together(&store, &tasks, &crash).await {
            Some(replies) => {
                for (task, reply) in tasks.drain(..).zip(replies) {
                    task.answer(reply);
                }
            }
            None => return,
        }
    }
}

/// The replies, which are true once this returns; `None` when the program dies.
async fn do_together(store: &Store, tasks: &[Task], crash: &Crash) -> Option<Replies> {
    let mut replies = Vec::with_capacity(tasks.len());
    let committed = async {
        let mut tx = store.write().await?;
        for group in tasks.chunk_by(Task::is_like) {
            replies.extend(do_group(&mut tx, store.engine(), group).await?);
        }
        if crash(Moment::BeforeCommit) {
            return Ok(true);
        }
        tx.commit().await?;
        Ok::<bool, StoreError>(crash(Moment::AfterCommit))
    };
    match committed.await {
        Ok(true) => None,
        Ok(false) => Some(replies),
        Err(error) => {
            tracing::warn!(%error, "the ledger could not write");
            Some(tasks.iter().map(|_| Err(LedgerError::Store(StoreError::Busy))).collect())
        }
    }
}

/// Tasks that are done together. When that fails they are done one by one, so that what fails is undone alone.
async fn do_group(tx: &mut Tx, engine: Engine, group: &[Task]) -> Result<Replies, StoreError> {
    match on_savepoint(tx, engine, group).await? {
        Ok(replies) => Ok(replies),
        Err(error) if group.len() == 1 => Ok(vec![Err(error)]),
        Err(_) => {
            let mut replies = Vec::with_capacity(group.len());
            for task in group {
                let alone = on_savepoint(tx, engine, std::slice::from_ref(task)).await?;
                replies.extend(alone.unwrap_or_else(|error| vec![Err(error)]));
            }
            Ok(replies)
        }
    }
}

/// The replies of tasks that are alike; an error when all that was done for them is undone.
async fn on_savepoint(tx: &mut Tx, engine: Engine, group: &[Task]) -> Result<Result<Replies, LedgerError>, StoreError> {
    sqlx::query("SAVEPOINT task").execute(&mut **tx).await?;
    let replies = obey_all(&mut Work { tx, engine, now: group[0].now }, group).await;
    if replies.is_err() {
        sqlx::query("ROLLBACK TO task").execute(&mut **tx).await?;
    }
    sqlx::query("RELEASE task").execute(&mut **tx).await?;
    Ok(replies)
}

/// Orders together, anything else by itself.
async fn obey_all(work: &mut Work<'_>, group: &[Task]) -> Result<Replies, LedgerError> {
    let orders: Vec<book::Asked> = group.iter().filter_map(Task::order).collect();
    if orders.len() == group.len() {
        let answers = book::book(work, &orders).await?;
        return Ok(answers.into_iter().map(|answer| answer.map(Reply::Answer)).collect());
    }
    let mut replies = Vec::with_capacity(group.len());
    for task in group {
        replies.push(Ok(obey(work, task.command.clone()).await?));
    }
    Ok(replies)
}

/// Each task in a transaction of its own, several at once.
async fn work_apart(store: Store, mut queue: mpsc::Receiver<Task>, crash: Crash) {
    while let Some(task) = queue.recv().await {
        let (store, crash) = (store.clone(), Arc::clone(&crash));
        tokio::spawn(async move {
            let reply = do_alone(&store, &task, &crash).await;
            task.answer(reply);
        });
    }
}

/// Tries again while others are in the way: they hold what is needed, and soon will not.
async fn do_alone(store: &Store, task: &Task, crash: &Crash) -> Result<Reply, LedgerError> {
    let mut reply = do_once(store, task, crash).await;
    for tries in 1..TRIES {
        if !matches!(reply, Err(LedgerError::Store(StoreError::Busy))) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(u64::from(rand::random_range(1..=5 * tries)))).await;
        reply = do_once(store, task, crash).await;
    }
    reply
}

async fn do_once(store: &Store, task: &Task, crash: &Crash) -> Result<Reply, LedgerError> {
    let mut tx = store.write().await?;
    let reply = obey(&mut Work { tx: &mut tx, engine: store.engine(), now: task.now }, task.command.clone()).await?;
    if crash(Moment::BeforeCommit) {
        return Err(LedgerError::Store(StoreError::Busy));
    }
    tx.commit().await?;
    match crash(Moment::AfterCommit) {
        true => Err(LedgerError::Store(StoreError::Busy)),
        false => Ok(reply),
    }
}
