//! Claims, leases, cancelling and parts, one step at a time.

use super::engines::{Database, on_both_engines};
use super::sample::{self, audited, request, toy};
use sqlx::AssertSqlSafe;
use std::time::Duration;
use waterbus::optimize::control::Progress;
use waterbus::service::jobs::{Claim, Ending, Signal};
use waterbus::service::store::{JobRow, JobState, Page, Store, StoreError};

on_both_engines!(
    the_oldest_job_is_taken_first_and_by_one_worker_only,
    a_job_and_its_plan_are_there_together,
    a_dead_workers_job_is_taken_again_with_its_best_plan,
    a_worker_that_lost_its_lease_writes_nothing,
    a_late_worker_goes_on_while_nobody_took_its_job,
    a_job_that_kills_its_workers_is_interrupted,
    a_job_that_kills_its_workers_keeps_the_plan_they_left,
    a_job_given_back_has_lost_no_worker,
    progress_is_shown_and_stays,
    a_queued_job_is_cancelled_at_once,
    a_running_job_is_cancelled_and_gets_no_plan,
    a_cancelled_job_whose_worker_dies_is_cancelled,
    a_request_of_several_seeds_gets_the_best_parts_plan,
    a_request_whose_parts_all_fail_says_why,
    a_cancelled_request_takes_its_parts_along,
);

const LEASE: Duration = Duration::from_secs(60);

async fn one_job(database: &Database) -> (Store, JobRow) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let job = sample::add_job(&store, &instance, &request(1)).await;
    (store, job)
}

async fn claim(store: &Store, worker: &str) -> Claim {
    store.claim_job(worker, LEASE).await.unwrap().expect("a job waits")
}

fn good() -> Ending {
    Ending::Plan(Box::new(audited(&toy().good, 1)))
}

fn poor() -> Ending {
    Ending::Plan(Box::new(audited(&toy().poor, 2)))
}

fn nothing(reason: &str) -> Ending {
    Ending::NoPlan { reason: reason.to_owned() }
}

/// As if the time of all leases had passed.
async fn let_leases_lapse(database: &Database) {
    let raw = database.raw().await;
    sqlx::query("UPDATE jobs SET lease_until_ms = 1 WHERE state = 'running'").execute(&raw).await.unwrap();
    raw.close().await;
}

async fn count(database: &Database, table: &'static str) -> i64 {
    let raw = database.raw().await;
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"))).fetch_one(&raw).await.unwrap()
}

async fn the_oldest_job_is_taken_first_and_by_one_worker_only(database: Database) {
    let (store, first) = one_job(&database).await;
    let second = sample::add_job(&store, &first.instance_id, &request(1)).await;
    let other = database.store().await;
    let (one, two) = (claim(&store, "a").await, claim(&other, "b").await);
    assert_eq!([&one.job_id, &two.job_id], [&first.id, &second.id]);
    assert_eq!(store.claim_job("c", LEASE).await.unwrap(), None);
    let running = store.find_job(&first.id).await.unwrap();
    assert_eq!((running.state, running.attempt, running.worker.as_deref()), (JobState::Running, 1, Some("a")));
    assert!(running.started_at.is_some());
}

/// Either both are written or neither: here neither, because the plan's place in its chain was taken by hand.
async fn a_job_and_its_plan_are_there_together(database: Database) {
    let (store, job) = one_job(&database).await;
    let held = claim(&store, "a").await;
    let raw = database.raw().await;
    let set = async |head: i64| {
        let update = format!("UPDATE chains SET seq = {head} WHERE name = 'plans'");
        sqlx::query(AssertSqlSafe(update)).execute(&raw).await.unwrap();
    };
    sample::add_plan(&store, &job.instance_id, 7).await;
    set(0).await;
    assert!(store.finish_job(&held, &good()).await.is_err());
    assert_eq!(store.find_job(&job.id).await.unwrap().state, JobState::Running);
    set(1).await;
    assert_eq!(store.finish_job(&held, &good()).await.unwrap(), Some(JobState::Done));
    let done = store.find_job(&job.id).await.unwrap();
    let plan = store.find_plan(done.plan_id.as_deref().expect("it has a plan")).await.unwrap();
    assert_eq!((plan.job_id.as_ref(), plan.made_by.as_str()), (Some(&job.id), "planner"));
    assert!(done.ended_at.is_some());
}

async fn a_dead_workers_job_is_taken_again_with_its_best_plan(database: Database) {
    let (store, job) = one_job(&database).await;
    let dead = claim(&store, "a").await;
    assert_eq!(store.heartbeat(&dead).await.unwrap(), Signal::Go);
    for plan in [&toy().good, &toy().poor] {
        store.keep_best(&dead, audited(plan, 1).document()).await.unwrap();
    }
    assert_eq!(store.claim_job("b", LEASE).await.unwrap(), None, "the lease still runs");
    let_leases_lapse(&database).await;
    let next = claim(&store, "b").await;
    assert_eq!((next.job_id.as_str(), next.attempt, next.lost), (job.id.as_str(), 2, 1));
    let best = serde_json::from_str(next.best.as_deref().expect("the best plan is kept")).unwrap();
    assert_eq!(audited(&toy().good, 1).document(), &best, "the poor plan did not take its place");
}

async fn a_worker_that_lost_its_lease_writes_nothing(database: Database) {
    let (store, job) = one_job(&database).await;
    let late = claim(&store, "a").await;
    let_leases_lapse(&database).await;
    // the same worker may take it again: the attempt tells the claims apart
    let next = claim(&store, "a").await;
    let before = (store.find_job(&job.id).await.unwrap(), store.list_job_events(&job.id, 0, 100).await.unwrap());
    assert_eq!(store.heartbeat(&late).await.unwrap(), Signal::Lost);
    store.add_progress(&late, &progress("slots")).await.unwrap();
    store.keep_best(&late, audited(&toy().good, 1).document()).await.unwrap();
    assert!(!store.give_back(&late).await.unwrap());
    assert_eq!(store.finish_job(&late, &good()).await.unwrap(), None);
    let after = (store.find_job(&job.id).await.unwrap(), store.list_job_events(&job.id, 0, 100).await.unwrap());
    assert_eq!(before, after);
    assert_eq!(count(&database, "plans").await, 0);
    assert_eq!(store.finish_job(&next, &good()).await.unwrap(), Some(JobState::Done));
    assert_eq!(store.finish_job(&next, &good()).await.unwrap(), None, "a job ends once");
    assert_eq!(store.ask_cancel(&job.id, "planner").await.unwrap().state, JobState::Done, "too late to cancel");
    assert_eq!(count(&database, "plans").await, 1);
}

/// A database that was away for longer than a lease costs nothing while nobody else came by.
async fn a_late_worker_goes_on_while_nobody_took_its_job(database: Database) {
    let (store, _) = one_job(&database).await;
    let late = claim(&store, "a").await;
    let_leases_lapse(&database).await;
    assert_eq!(store.heartbeat(&late).await.unwrap(), Signal::Go);
    assert_eq!(store.claim_job("b", LEASE).await.unwrap(), None);
}

async fn a_job_that_kills_its_workers_is_interrupted(database: Database) {
    let (store, job) = one_job(&database).await;
    for lost in 0..3 {
        assert_eq!(claim(&store, "a").await.lost, lost);
        let_leases_lapse(&database).await;
    }
    assert_eq!(store.claim_job("a", LEASE).await.unwrap(), None);
    let ended = store.find_job(&job.id).await.unwrap();
    assert_eq!((ended.state, ended.plan_id), (JobState::Interrupted, None));
    assert_eq!(ended.reason.as_deref(), Some("its workers died or lost the database 3 times"));
}

async fn a_job_that_kills_its_workers_keeps_the_plan_they_left(database: Database) {
    let (store, _) = one_job(&database).await;
    for lost in 0..3 {
        let held = claim(&store, "a").await;
        assert!(!held.only_keeps_best(), "death {lost}");
        store.keep_best(&held, audited(&toy().poor, 1).document()).await.unwrap();
        let_leases_lapse(&database).await;
    }
    let last = claim(&store, "a").await;
    assert!(last.only_keeps_best() && last.best.is_some());
    let_leases_lapse(&database).await;
    assert_eq!(store.claim_job("a", LEASE).await.unwrap(), None, "even keeping it kills");
    assert_eq!(store.find_job(&last.job_id).await.unwrap().state, JobState::Interrupted);
}

async fn a_job_given_back_has_lost_no_worker(database: Database) {
    let (store, job) = one_job(&database).await;
    for attempt in 1..=5 {
        let held = claim(&store, "a").await;
        assert_eq!((held.attempt, held.lost), (attempt, 0));
        assert!(store.give_back(&held).await.unwrap());
        assert_eq!(store.find_job(&job.id).await.unwrap().state, JobState::Queued);
        assert_eq!(store.heartbeat(&held).await.unwrap(), Signal::Lost);
    }
}

fn progress(stage: &'static str) -> Progress {
    Progress {
        stage,
        incumbent: Some(90.0),
        bound: Some(f64::INFINITY),
        gap: Some(f64::NAN),
        elapsed_s: 1.0,
        time_left_s: None,
        note: "".into(),
    }
}

async fn progress_is_shown_and_stays(database: Database) {
    let (store, job) = one_job(&database).await;
    let held = claim(&store, "a").await;
    store.add_progress(&held, &progress("design")).await.unwrap();
    let shown = store.find_job(&job.id).await.unwrap();
    assert_eq!((shown.stage.as_deref(), shown.incumbent, shown.bound, shown.gap), (Some("design"), Some(90.0), None, None));
    store.finish_job(&held, &nothing("no barge fits")).await.unwrap();
    let events = store.list_job_events(&job.id, 1, 10).await.unwrap();
    let kinds: Vec<_> = events.iter().map(|event| (event.seq, event.kind.as_str())).collect();
    assert_eq!(kinds, [(2, "state"), (3, "progress"), (4, "state")]);
    assert!(events[1].body.contains(r#""incumbent":90.0"#), "{}", events[1].body);
    assert!(events[2].body.contains("no barge fits"), "{}", events[2].body);
}

async fn a_queued_job_is_cancelled_at_once(database: Database) {
    let (store, job) = one_job(&database).await;
    assert_eq!(store.ask_cancel(&job.id, "shipper-desk").await.unwrap().state, JobState::Cancelled);
    assert_eq!(store.claim_job("a", LEASE).await.unwrap(), None);
    let before = store.list_trail(&Page { limit: 10, after: None }).await.unwrap().len();
    assert_eq!(store.ask_cancel(&job.id, "another").await.unwrap().state, JobState::Cancelled, "it stays as it is");
    assert_eq!(store.list_trail(&Page { limit: 10, after: None }).await.unwrap().len(), before, "and nobody did it twice");
    assert!(matches!(store.ask_cancel("none", "x").await, Err(StoreError::NotFound { .. })));
    let trail = store.list_trail(&Page { limit: 1, after: None }).await.unwrap();
    assert_eq!((trail[0].action.as_str(), trail[0].made_by.as_str()), ("job.cancelled", "shipper-desk"));
}

/// Whoever was told that the job will be cancelled never finds a plan of it.
async fn a_running_job_is_cancelled_and_gets_no_plan(database: Database) {
    let (store, job) = one_job(&database).await;
    let held = claim(&store, "a").await;
    for _ in 0..2 {
        let asked = store.ask_cancel(&job.id, "planner").await.unwrap();
        assert_eq!((asked.state, asked.cancel_asked), (JobState::Running, true));
    }
    assert_eq!(store.heartbeat(&held).await.unwrap(), Signal::Cancelled);
    assert_eq!(store.finish_job(&held, &good()).await.unwrap(), Some(JobState::Cancelled));
    assert_eq!(count(&database, "plans").await, 0);
}

async fn a_cancelled_job_whose_worker_dies_is_cancelled(database: Database) {
    let (store, job) = one_job(&database).await;
    claim(&store, "a").await;
    store.ask_cancel(&job.id, "planner").await.unwrap();
    let_leases_lapse(&database).await;
    assert_eq!(store.claim_job("b", LEASE).await.unwrap(), None);
    assert_eq!(store.find_job(&job.id).await.unwrap().state, JobState::Cancelled);
}

async fn three_parts(database: &Database) -> (Store, JobRow) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let parent = sample::add_job(&store, &instance, &request(3)).await;
    assert_eq!(parent.state, JobState::Waiting);
    (store, parent)
}

async fn a_request_of_several_seeds_gets_the_best_parts_plan(database: Database) {
    let (store, parent) = three_parts(&database).await;
    let parts = [claim(&store, "a").await, claim(&store, "b").await, claim(&store, "c").await];
    let seeds: Vec<u64> = parts.iter().map(|part| part.request.seed).collect();
    assert_eq!(seeds, [1, 2, 3]);
    for (part, ending) in parts.iter().zip([&poor(), &good(), &nothing("no barge fits")]) {
        assert_eq!(store.find_job(&parent.id).await.unwrap().state, JobState::Waiting);
        store.finish_job(part, ending).await.unwrap();
    }
    assert_eq!(count(&database, "plans").await, 0, "parts have none of their own");
    let merge = claim(&store, "a").await;
    assert_eq!(merge.job_id, parent.id);
    assert!(merge.only_keeps_best());
    let best = serde_json::from_str(merge.best.as_deref().expect("the best part's plan")).unwrap();
    assert_eq!(audited(&toy().good, 1).document(), &best);
    assert_eq!(store.finish_job(&merge, &good()).await.unwrap(), Some(JobState::Done));
    assert_eq!(count(&database, "plans").await, 1, "one request, one plan");
}

async fn a_request_whose_parts_all_fail_says_why(database: Database) {
    let (store, parent) = three_parts(&database).await;
    for reason in ["no barge fits", "no berth", "no berth"] {
        let part = claim(&store, "a").await;
        store.finish_job(&part, &nothing(reason)).await.unwrap();
    }
    let ended = store.find_job(&parent.id).await.unwrap();
    assert_eq!((ended.state, ended.reason.as_deref()), (JobState::Failed, Some("no barge fits; no berth")));
}

async fn a_cancelled_request_takes_its_parts_along(database: Database) {
    let (store, parent) = three_parts(&database).await;
    let running = claim(&store, "a").await;
    assert_eq!(store.ask_cancel(&parent.id, "planner").await.unwrap().state, JobState::Waiting);
    assert_eq!(store.claim_job("b", LEASE).await.unwrap(), None, "the parts that waited are cancelled");
    assert_eq!(store.heartbeat(&running).await.unwrap(), Signal::Cancelled);
    assert!(store.give_back(&running).await.unwrap());
    let ended = store.find_job(&parent.id).await.unwrap();
    assert_eq!((ended.state, ended.plan_id), (JobState::Cancelled, None));
}
