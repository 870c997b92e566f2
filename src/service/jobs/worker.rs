//! The worker: takes jobs, plans them, and tends each while it is planned. Told to stop it gives its jobs back and does not wait for
//! threads that are deep in a solve.

use super::claim::Claim;
use super::held::{Ending, Signal};
use super::planning::{Desk, News, Planner, plan_job};
use crate::optimize::pipeline;
use crate::service::store::{JobState, Store, StoreError};
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tracing::{info, warn};

/// An idle worker looks for jobs this often; one added by its own process wakes it at once.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Between two heartbeats, and between two progress events of a job, at most.
const TEND_EVERY: Duration = Duration::from_secs(1);
/// After the database has failed.
const PATIENCE: Duration = Duration::from_secs(1);
/// The end of a job is tried this often before its lease is left to run out.
const MOST_TRIES: u32 = 10;

/// How a worker works.
#[derive(Clone)]
pub struct WorkerSettings {
    /// As it stands in the jobs it takes; no two workers of a database have the same.
    pub name: String,
    /// Jobs planned at the same time.
    pub jobs: usize,
    /// Threads of each job's search.
    pub threads: usize,
    /// A job whose worker was not heard of for this time goes to another.
    pub lease: Duration,
    pub planner: Arc<Planner>,
}

impl WorkerSettings {
    /// One job at a time, leases of five seconds, the planner of this program.
    pub fn new(threads: usize) -> Self {
        Self {
            name: format!("worker-{}", uuid::Uuid::now_v7().simple()),
            jobs: 1,
            threads,
            lease: Duration::from_secs(4),
            planner: Arc::new(pipeline::plan),
        }
    }
}

/// Works until `stop` is ready, then gives its jobs back and returns within moments. A planning thread may run a little longer: end the
/// runtime with `shutdown_background` or `shutdown_timeout`, since dropping it waits for such threads.
pub async fn run_worker(store: Store, settings: WorkerSettings, stop: impl Future<Output = ()> + Send) {
    let (stopping, stopped) = watch::channel(false);
    let settings = Arc::new(settings);
    let mut lanes = JoinSet::new();
    for _ in 0..settings.jobs.max(1) {
        let lane = Lane { store: store.clone(), settings: Arc::clone(&settings), stopped: stopped.clone() };
        lanes.spawn(lane.run());
    }
    info!(worker = %settings.name, jobs = settings.jobs, threads = settings.threads, "worker takes jobs");
    stop.await;
    stopping.send_replace(true);
    while lanes.join_next().await.is_some() {}
    info!(worker = %settings.name, "worker has stopped");
}

/// One of the jobs that a worker plans at the same time, one after another.
struct Lane {
    store: Store,
    settings: Arc<WorkerSettings>,
    stopped: watch::Receiver<bool>,
}

impl Lane {
    async fn run(mut self) {
        while !*self.stopped.borrow() {
            match self.store.claim_job(&self.settings.name, self.settings.lease).await {
                Ok(Some(claim)) => self.work(claim).await,
                Ok(None) => self.rest(LOOK_EVERY).await,
                Err(error) => {
                    warn!(%error, "no job could be taken");
                    self.rest(PATIENCE).await;
                }
            }
        }
    }

    async fn rest(&mut self, time: Duration) {
        tokio::select! {
            () = sleep(time) => {}
            () = self.store.work_added().notified() => {}
            () = stop_asked(&mut self.stopped) => {}
        }
    }

    async fn work(&mut self, claim: Claim) {
        info!(job = %claim.job_id, attempt = claim.attempt, "job taken");
        let desk = Arc::new(Desk::new(&claim));
        let mut planning = self.start_planning(&claim, &desk);
        let mut stopped = self.stopped.clone();
        let mut beat = interval(TEND_EVERY.min(self.settings.lease / 3));
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beat.tick().await;
        loop {
            tokio::select! {
                biased;
                () = stop_asked(&mut stopped) => return self.give_back(&claim, &desk).await,
                planned = &mut planning => return self.finish(&claim, &desk, planned).await,
                _ = beat.tick() => if self.tend(&claim, &desk).await == Signal::Lost {
                    warn!(job = %claim.job_id, "job lost to another worker");
                    return;
                }
            }
        }
    }

    fn start_planning(&self, claim: &Claim, desk: &Arc<Desk>) -> JoinHandle<Result<Ending, StoreError>> {
        let (store, claim, desk) = (self.store.clone(), claim.clone(), Arc::clone(desk));
        let (planner, threads, runtime) = (Arc::clone(&self.settings.planner), self.settings.threads, Handle::current());
        tokio::task::spawn_blocking(move || plan_job(&store, &runtime, &claim, &desk, &*planner, threads))
    }

    /// Heartbeat, then what is new. A database that fails for a moment costs nothing but the news.
    async fn tend(&self, claim: &Claim, desk: &Desk) -> Signal {
        let signal = self.store.heartbeat(claim).await.unwrap_or_else(|error| {
            warn!(job = %claim.job_id, %error, "heartbeat failed");
            Signal::Go
        });
        match signal {
            Signal::Go => self.tell(claim, desk.take_news()).await,
            Signal::Cancelled | Signal::Lost => desk.control.cancel(),
        }
        signal
    }

    async fn tell(&self, claim: &Claim, news: News) {
        if let Some(best) = &news.best
            && let Err(error) = self.store.keep_best(claim, best).await
        {
            warn!(job = %claim.job_id, %error, "the best plan so far was not kept");
        }
        if let Some(progress) = &news.progress
            && let Err(error) = self.store.add_progress(claim, progress).await
        {
            warn!(job = %claim.job_id, %error, "progress was not shown");
        }
    }

    async fn finish(&mut self, claim: &Claim, desk: &Desk, planned: Result<Result<Ending, StoreError>, JoinError>) {
        let ending = match planned {
            Ok(Ok(ending)) => ending,
            Ok(Err(error)) => {
                // the lease runs out and the job is taken again: a database that is back by then loses nothing
                warn!(job = %claim.job_id, %error, "job left to its lease");
                return self.rest(PATIENCE).await;
            }
            Err(failure) => Ending::NoPlan { reason: format!("the planner failed: {}", message_of(failure)) },
        };
        self.tell(claim, News { best: None, ..desk.take_news() }).await;
        match self.end(claim, &ending).await {
            Ok(Some(state)) => info!(job = %claim.job_id, state = state.name(), "job ended"),
            Ok(None) => warn!(job = %claim.job_id, "job lost to another worker"),
            Err(error) => warn!(job = %claim.job_id, %error, "job left to its lease"),
        }
    }

    async fn end(&self, claim: &Claim, ending: &Ending) -> Result<Option<JobState>, StoreError> {
        for _ in 1..MOST_TRIES {
            match self.store.finish_job(claim, ending).await {
                Err(StoreError::Busy | StoreError::Failed(_)) if !*self.stopped.borrow() => sleep(PATIENCE).await,
                ended => return ended,
            }
        }
        self.store.finish_job(claim, ending).await
    }

    /// The best plan is kept and the lease goes first; the thread finds the cancel flag when it comes up for air.
    async fn give_back(&self, claim: &Claim, desk: &Desk) {
        self.tell(claim, desk.take_news()).await;
        match self.store.give_back(claim).await {
            Ok(_) => info!(job = %claim.job_id, "job given back"),
            Err(error) => warn!(job = %claim.job_id, %error, "job left to its lease"),
        }
        desk.control.cancel();
    }
}

/// Ready when the worker is told to stop, or nobody is left who could tell it.
async fn stop_asked(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// What a planner said when it panicked.
fn message_of(failure: JoinError) -> String {
    let said = |cause: Box<dyn Any + Send>| match cause.downcast::<String>() {
        Ok(text) => *text,
        Err(cause) => cause.downcast_ref::<&str>().map_or("without a word", |text| text).to_owned(),
    };
    failure.try_into_panic().map_or_else(|_| "it was stopped".to_owned(), said)
}
