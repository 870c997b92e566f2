//! What all handlers share: the store, the current plan, answers kept ready, and how much room is left.

use super::body::Prepared;
use super::limits::Rates;
use super::problem::HttpProblem;
use super::rooms::BookedRooms;
use super::settings::Settings;
use super::shelf::Shelf;
use crate::domain::Problem;
use crate::publish::PlanDocument;
use crate::service::ledger::Ledger;
use crate::service::published::{CurrentPlan, PublishedPlan};
use crate::service::store::{Store, StoreError, to_hex};
use arc_swap::ArcSwapOption;
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use chrono::{DateTime, Utc};
use metrics_exporter_prometheus::PrometheusHandle;
use moka::sync::Cache;
use sha2::{Digest, Sha512};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, Semaphore, watch};

/// How often other servers' publications are looked for.
const REFRESH: Duration = Duration::from_secs(1);

/// Answers about free slots that are kept.
const MOST_FREE_LEGS: u64 = 256;

/// Name of the shared setting that signs session cookies.
const COOKIE_SECRET: &str = "cookie_secret";

/// The state of a service; clones are the same service.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What the clones share.
pub struct Shared {
    pub store: Store,
    pub current: CurrentPlan,
    pub ledger: Ledger,
    pub settings: Settings,
    pub(super) shelf: Shelf,
    pub(super) rates: Rates,
    /// Room for requests, uploads and streams.
    pub(super) requests: Arc<Semaphore>,
    pub(super) uploads: Arc<Semaphore>,
    pub(super) streams: Arc<Semaphore>,
    pub(super) cookie_key: Key,
    pub(super) metrics: Option<PrometheusHandle>,
    /// The API description.
    pub(super) description: Prepared,
    closing: watch::Sender<bool>,
    worker_alive: AtomicBool,
    refreshing: Mutex<()>,
    pub(super) rooms: ArcSwapOption<BookedRooms>,
    pub(super) reading_rooms: Mutex<()>,
    /// Free slots as they are told, by plan, reading, cycle, service and member.
    pub(super) free_legs: Cache<FreeLegs, Prepared>,
}

/// Which free slots: plan, reading of the rooms, cycle, service, member.
type FreeLegs = (String, u64, i64, Option<String>, Option<String>);

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<AppState> for CurrentPlan {
    fn from_ref(state: &AppState) -> Self {
        state.current.clone()
    }
}

/// Opens the database and gets a service ready; the plan that is published there is the current one.
///
/// # Errors
/// When the database cannot be opened, or what it holds is damaged.
pub async fn open(settings: Settings) -> Result<AppState, StoreError> {
    let store = Store::open(&settings.database).await?;
    AppState::new(store, settings).await
}

impl AppState {
    /// A service on a store that is open.
    ///
    /// # Errors
    /// When the database fails, or its current plan is damaged.
    pub async fn new(store: Store, settings: Settings) -> Result<Self, StoreError> {
        let first = to_hex(&rand::random::<[u8; 64]>());
        let secret = store.shared_setting(COOKIE_SECRET, &first).await?;
        let limits = settings.limits;
        let state = Self(Arc::new(Shared {
            current: CurrentPlan::nothing(),
            shelf: Shelf::new(limits.shelf_bytes),
            rates: Rates::new(&limits),
            requests: Arc::new(Semaphore::new(limits.at_once)),
            uploads: Arc::new(Semaphore::new(limits.uploads_at_once)),
            streams: Arc::new(Semaphore::new(limits.streams_at_once)),
            cookie_key: Key::from(&Sha512::digest(secret)),
            metrics: super::observe::recorder(),
            description: super::describe::description(),
            closing: watch::Sender::new(false),
            worker_alive: AtomicBool::new(false),
            refreshing: Mutex::new(()),
            rooms: ArcSwapOption::empty(),
            reading_rooms: Mutex::new(()),
            free_legs: Cache::new(MOST_FREE_LEGS),
            ledger: Ledger::new(store.clone()),
            store,
            settings,
        }));
        state.refresh().await?;
        Ok(state)
    }

    /// Makes the plan that the database says is current the one that is shown, and moves bookings of the plan before to it.
    ///
    /// # Errors
    /// When the database fails, or the plan is damaged; the plan before stays.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        // one at a time, so that an older answer of the database never replaces a newer one
        let _alone = self.refreshing.lock().await;
        let found = self.store.find_current().await?;
        let shown = self.current.load();
        match (found, shown) {
            (None, None) => {}
            (None, Some(_)) => self.current.replace(None),
            (Some((id, at)), shown) => {
                let is_shown = shown.is_some_and(|plan| plan.id == id && plan.published_at == read_time(&at));
                if !is_shown {
                    self.current.replace(Some(Arc::new(self.read_published(id, &at).await?)));
                }
            }
        }
        self.carry_bookings().await
    }

    async fn read_published(&self, id: String, at: &str) -> Result<PublishedPlan, StoreError> {
        let document = self.read_document(&id).await?;
        let instance = self.store.find_plan(&id).await?.instance_id;
        let problem: Problem = self.store.read_problem(&instance).await?;
        let at = read_time(at);
        let build = move || PublishedPlan::new(id, at, document, Some(Arc::new(problem)));
        let built = tokio::task::spawn_blocking(build).await;
        built.map_err(|error| StoreError::Damaged(format!("the current plan cannot be indexed: {error}")))
    }

    /// A plan's document, from memory when it was read lately.
    ///
    /// # Errors
    /// When there is no such plan, it is damaged, or the database fails.
    pub async fn read_document(&self, id: &str) -> Result<Arc<PlanDocument>, StoreError> {
        if let Some(document) = self.shelf.find_document(id) {
            return Ok(document);
        }
        let document = Arc::new(self.store.read_plan(id).await?);
        self.shelf.keep_document(id, &document);
        Ok(document)
    }

    /// Looks for other servers' publications, does what the ledger's clock asks for, and forgets callers that went away, until the service closes. To be spawned once.
    pub async fn keep_fresh(self) {
        let mut closing = self.closed();
        let mut ticks = tokio::time::interval(REFRESH);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = closing.wait_for(|closed| *closed) => return,
                _ = ticks.tick() => {}
            }
            if let Err(error) = self.refresh().await {
                tracing::error!(%error, "the current plan cannot be looked up");
            }
            self.settle_ledger().await;
            self.rates.forget_idle();
        }
    }

    /// Ends all streams of events and the look-out for publications; requests at work are answered.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Ready when the service closes.
    pub fn until_closed(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut closing = self.closed();
        async move {
            // the sender lives as long as the state, whose end is a closing too
            let _ = closing.wait_for(|closed| *closed).await;
        }
    }

    /// Turns true when the service closes.
    pub(super) fn closed(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// The worker in this process tells whether it runs, for `/readyz`.
    pub fn set_worker_alive(&self, alive: bool) {
        self.worker_alive.store(alive, Ordering::Relaxed);
    }

    /// Every worker that is promised runs.
    pub(super) fn has_its_worker(&self) -> bool {
        !self.settings.worker_inside || self.worker_alive.load(Ordering::Relaxed)
    }
}

/// Does long work away from the threads that answer requests.
///
/// # Errors
/// When the work panics.
pub(super) async fn compute<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HttpProblem> {
    tokio::task::spawn_blocking(work).await.map_err(|error| HttpProblem::internal(&error))
}

/// A time as the store writes it; times it wrote are always readable.
fn read_time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).map_or(DateTime::UNIX_EPOCH, |time| time.with_timezone(&Utc))
}
