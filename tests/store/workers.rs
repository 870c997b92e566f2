//! Workers on the queue. The planner is a stand-in where the test is about the queue, and the real one where jobs must be real.

use super::engines::{Database, on_both_engines};
use super::sample::{self, CLEAN, add_job, planner_of, request, settings, toy};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use waterbus::domain::Limit;
use waterbus::optimize::pipeline::{self, Outcome};
use waterbus::publish::FIRST_CYCLE;
use waterbus::service::jobs::{Planner, WorkerSettings, run_worker};
use waterbus::service::store::{JobRequest, JobRow, JobState, Page, Store};

on_both_engines!(
    two_workers_do_two_hundred_jobs_each_once,
    a_planner_that_panics_fails_its_job_and_not_the_worker,
    a_worker_told_to_stop_gives_its_job_back_at_once,
    a_cancel_reaches_the_planner,
    long_planning_keeps_its_lease_and_shows_its_progress,
    a_request_of_several_seeds_is_planned_by_two_workers,
    the_part_that_is_worth_most_is_the_answer,
    a_start_plan_is_handed_to_the_planner,
    calls_within_the_freeze_horizon_are_pinned,
    two_workers_drain_faster_than_one,
);

struct Working {
    stop: oneshot::Sender<()>,
    worker: JoinHandle<()>,
}

impl Working {
    /// A worker with connections of its own, as one on another machine has them.
    async fn start(database: &Database, settings: WorkerSettings) -> Self {
        let (stop, stopped) = oneshot::channel();
        let store = database.store().await;
        let stopped = async {
            let _ = stopped.await;
        };
        Self { stop, worker: tokio::spawn(run_worker(store, settings, stopped)) }
    }

    async fn stop(self) {
        self.stop.send(()).expect("the worker still works");
        self.worker.await.expect("the worker ends without a panic");
    }
}

/// Waits until all jobs have ended. No test says how long that may take.
async fn ended(store: &Store, jobs: &[JobRow]) -> Vec<JobRow> {
    let mut rows = Vec::new();
    for job in jobs {
        rows.push(until(store, &job.id, |row| row.state.is_final()).await);
    }
    rows
}

async fn until(store: &Store, id: &str, holds: impl Fn(&JobRow) -> bool) -> JobRow {
    loop {
        let row = store.find_job(id).await.unwrap();
        if holds(&row) {
            return row;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn with_jobs(database: &Database, number: usize, request: &JobRequest) -> (Store, Vec<JobRow>) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let mut jobs = Vec::new();
    for _ in 0..number {
        jobs.push(add_job(&store, &instance, request).await);
    }
    (store, jobs)
}

/// Every job has one plan of its own, and there is no other plan.
async fn check_each_done_once(store: &Store, jobs: &[JobRow]) {
    let rows = ended(store, jobs).await;
    assert!(rows.iter().all(|row| row.state == JobState::Done && row.attempt == 1), "{rows:?}");
    let named: BTreeSet<String> = rows.into_iter().filter_map(|row| row.plan_id).collect();
    let plans = store.list_plans(&Page { limit: 10_000, after: None }, None, None).await.unwrap();
    let stored: BTreeSet<String> = plans.into_iter().map(|plan| plan.id).collect();
    assert_eq!(named.len(), jobs.len());
    assert_eq!(named, stored);
    assert_eq!(store.verify().await.unwrap(), []);
}

/// Real planning of the toy; two workers with connections of their own, two lanes each.
async fn two_workers_do_two_hundred_jobs_each_once(database: Database) {
    let (store, jobs) = with_jobs(&database, 200, &request(1)).await;
    let settings = || WorkerSettings { jobs: 2, lease: Duration::from_secs(60), ..WorkerSettings::new(1) };
    let (one, other) = (Working::start(&database, settings()).await, Working::start(&database, settings()).await);
    check_each_done_once(&store, &jobs).await;
    one.stop().await;
    other.stop().await;
}

async fn a_planner_that_panics_fails_its_job_and_not_the_worker(database: Database) {
    let (store, jobs) = with_jobs(&database, 2, &request(1)).await;
    let good = planner_of(&toy().good);
    let planner: Arc<Planner> = Arc::new(move |problem, waterway, request, auditor, control| {
        assert!(request.seed != 1, "no such river");
        good(problem, waterway, request, auditor, control)
    });
    let other = add_job(&store, &jobs[0].instance_id, &JobRequest { seed: 2, ..request(1) }).await;
    let working = Working::start(&database, settings(planner)).await;
    for failed in ended(&store, &jobs).await {
        assert_eq!((failed.state, failed.reason.as_deref()), (JobState::Failed, Some("the planner failed: no such river")));
    }
    assert_eq!(until(&store, &other.id, |row| row.state.is_final()).await.state, JobState::Done);
    working.stop().await;
}

/// A planner that finds a plan at once and then does not come up for air.
fn stubborn(deaf_for: Duration) -> Arc<Planner> {
    let good = planner_of(&toy().good);
    Arc::new(move |problem, waterway, request, auditor, control| {
        let outcome = good(problem, waterway, request, auditor, control);
        control.report("design", Some(1.0), Some(2.0), "");
        std::thread::sleep(deaf_for);
        outcome
    })
}

async fn a_worker_told_to_stop_gives_its_job_back_at_once(database: Database) {
    let (store, jobs) = with_jobs(&database, 1, &request(1)).await;
    let working = Working::start(&database, settings(stubborn(Duration::from_secs(3600)))).await;
    until(&store, &jobs[0].id, |row| row.state == JobState::Running).await;
    working.stop().await;
    let back = store.find_job(&jobs[0].id).await.unwrap();
    assert_eq!((back.state, back.worker.as_ref()), (JobState::Queued, None));
    let next = store.claim_job("next", Duration::from_secs(60)).await.unwrap().expect("it waits");
    assert_eq!(next.lost, 0);
}

async fn a_cancel_reaches_the_planner(database: Database) {
    let (store, jobs) = with_jobs(&database, 1, &request(1)).await;
    let planner: Arc<Planner> = Arc::new(|_, _, _, _, control| {
        while !control.is_cancelled() {
            std::thread::sleep(Duration::from_millis(5));
        }
        Outcome::NoPlan { reason: "asked to end".to_owned() }
    });
    let working = Working::start(&database, settings(planner)).await;
    until(&store, &jobs[0].id, |row| row.state == JobState::Running).await;
    store.ask_cancel(&jobs[0].id, "planner").await.unwrap();
    assert_eq!(ended(&store, &jobs).await[0].state, JobState::Cancelled);
    working.stop().await;
}

/// Planning for three leases while another worker looks for jobs: the job stays where it is, and its best plan and progress are seen.
async fn long_planning_keeps_its_lease_and_shows_its_progress(database: Database) {
    let (store, jobs) = with_jobs(&database, 1, &request(1)).await;
    let lease = Duration::from_secs(2);
    let settings = || WorkerSettings { lease, ..settings(stubborn(3 * lease)) };
    let (one, other) = (Working::start(&database, settings()).await, Working::start(&database, settings()).await);
    let running = until(&store, &jobs[0].id, |row| row.best_profit_cents.is_some()).await;
    assert_eq!(running.state, JobState::Running);
    let done = &ended(&store, &jobs).await[0];
    assert_eq!((done.state, done.attempt, done.stage.as_deref()), (JobState::Done, 1, Some("design")));
    one.stop().await;
    other.stop().await;
}

async fn a_request_of_several_seeds_is_planned_by_two_workers(database: Database) {
    let (store, jobs) = with_jobs(&database, 1, &request(4)).await;
    let planner: Arc<Planner> = Arc::new(|problem, waterway, request, auditor, control| {
        assert!(request.seed != 2, "no such river");
        let plan = if request.seed == 3 { &toy().good } else { &toy().poor };
        planner_of(plan)(problem, waterway, request, auditor, control)
    });
    let start = async || Working::start(&database, settings(Arc::clone(&planner))).await;
    let (one, other) = (start().await, start().await);
    let done = &ended(&store, &jobs).await[0];
    assert_eq!(done.state, JobState::Done);
    let plan = store.read_plan(done.plan_id.as_deref().expect("it has a plan")).await.unwrap().plan;
    assert_eq!(plan.made_from.seed, 3, "the best part's plan");
    assert_eq!(store.list_plans(&Page { limit: 10, after: None }, None, None).await.unwrap().len(), 1);
    one.stop().await;
    other.stop().await;
}

/// Where emissions count more than money, the plan that earns less is the better one, in whichever order the parts end.
async fn the_part_that_is_worth_most_is_the_answer(database: Database) {
    let (store, jobs) = with_jobs(&database, 1, &JobRequest { weights: CLEAN, ..request(3) }).await;
    let planner: Arc<Planner> = Arc::new(|problem, waterway, request, auditor, control| {
        assert_eq!(request.weights, CLEAN);
        let plan = if request.seed == 2 { &toy().idle } else { &toy().good };
        let [idle, good] =
            [&toy().idle, &toy().good].map(auditor).map(|report| (CLEAN.worth(&report), report.ledger.profit_cents));
        assert!(idle.0 > good.0 && idle.1 < good.1, "{idle:?} and {good:?}");
        planner_of(plan)(problem, waterway, request, auditor, control)
    });
    let working = Working::start(&database, settings(planner)).await;
    let done = &ended(&store, &jobs).await[0];
    assert_eq!(done.state, JobState::Done);
    let plan = store.read_plan(done.plan_id.as_deref().expect("it has a plan")).await.unwrap().plan;
    assert_eq!(plan.made_from.seed, 2, "the plan that is worth most");
    working.stop().await;
}

async fn a_start_plan_is_handed_to_the_planner(database: Database) {
    let (store, _) = with_jobs(&database, 0, &request(1)).await;
    let instance = sample::add_toy(&store).await;
    let start = sample::add_plan(&store, &instance, 77).await;
    let planner: Arc<Planner> = Arc::new(|problem, waterway, request, auditor, control| {
        assert_eq!(request.start.as_ref().map(|plan| plan.made_from.seed), Some(77));
        assert!(matches!(request.limit, Limit::TimeS(9)));
        pipeline::plan(problem, waterway, &pipeline::Request { limit: Limit::Work(1), ..request.clone() }, auditor, control)
    });
    let request = JobRequest { start_plan: Some(start.id), limit: Limit::TimeS(9), ..request(1) };
    let job = add_job(&store, &instance, &request).await;
    let working = Working::start(&database, settings(planner)).await;
    let done = until(&store, &job.id, |row| row.state.is_final()).await;
    assert_eq!((done.state, done.reason), (JobState::Done, None));
    working.stop().await;
}

/// Half an hour before the second call of the first service, that call is among those that must stay, and not all are.
async fn calls_within_the_freeze_horizon_are_pinned(database: Database) {
    let (store, _) = with_jobs(&database, 0, &request(1)).await;
    let instance = sample::add_toy(&store).await;
    let start = sample::add_plan(&store, &instance, 77).await;
    let before = store.read_plan(&start.id).await.unwrap().plan;
    let (service, first) = (&before.services[0], &before.sailings[0]);
    assert_eq!(first.service, service.service);
    let from = FIRST_CYCLE.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::hours(8);
    let from = from + chrono::TimeDelta::minutes(first.calls[1].berthing_min.0 - 30);
    let pinned = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&pinned);
    let planner: Arc<Planner> = Arc::new(move |problem, waterway, request, auditor, control| {
        *seen.lock().expect("nobody panics with it") = request.pins.clone();
        planner_of(&toy().good)(problem, waterway, request, auditor, control)
    });
    let request = JobRequest { start_plan: Some(start.id), stay: true, from: Some(from), ..request(1) };
    let job = add_job(&store, &instance, &request).await;
    let working = Working::start(&database, settings(planner)).await;
    let done = until(&store, &job.id, |row| row.state.is_final()).await;
    assert_eq!((done.state, done.reason), (JobState::Done, None));
    working.stop().await;
    let pins = std::mem::take(&mut *pinned.lock().expect("nobody panics with it"));
    let own = pins.iter().find(|pin| pin.service.service == service.service).expect("its second call is due");
    assert!(own.calls.iter().any(|call| call.call.row() == 1 && call.berthing_min == first.calls[1].berthing_min), "{pins:?}");
    assert!(own.calls.len() < service.calls.len(), "{pins:?}");
}

/// Jobs of 100 ms that need no processor. How much faster two workers are is told and not asserted: tests know no clock.
async fn two_workers_drain_faster_than_one(database: Database) {
    const JOBS: usize = 40;
    let mut times = Vec::new();
    for workers in [1, 2] {
        let (store, jobs) = with_jobs(&database, JOBS, &request(1)).await;
        let begun = Instant::now();
        let mut working = Vec::new();
        for _ in 0..workers {
            working.push(Working::start(&database, settings(stubborn(Duration::from_millis(100)))).await);
        }
        assert!(ended(&store, &jobs).await.iter().all(|row| row.state == JobState::Done && row.attempt == 1));
        times.push(begun.elapsed().as_secs_f64());
        for one in working {
            one.stop().await;
        }
    }
    let (one, two) = (times[0], times[1]);
    let ratio = one / two;
    // straight to standard error: what a passing test prints is not shown
    let line = format!(
        "{JOBS} jobs of 100 ms on {:?}: {one:.2} s with one worker, {two:.2} s with two, {ratio:.2} times",
        database.engine
    );
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}
