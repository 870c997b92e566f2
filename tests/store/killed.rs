//! Workers as processes of their own, killed in the middle of planning as a power cut or the system's memory guard kills them.

use super::engines::{Database, on_both_engines};
use super::sample::tables_of;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use waterbus::domain::{Limit, Practice, Weights};
use waterbus::input::read_tables;
use waterbus::service::store::{JobRequest, JobState, NewInstance, NewJob, Page, Store};

on_both_engines!(no_job_is_lost_or_doubled_when_workers_are_killed);

/// Rounds of kills; a release runs 20 by `WATERBUS_KILL_ROUNDS=20`.
fn rounds() -> u64 {
    std::env::var("WATERBUS_KILL_ROUNDS").map_or(5, |rounds| rounds.parse().expect("a number of rounds"))
}

/// A worker process; it goes with the test, however that ends.
struct Worker(Child);

impl Worker {
    fn start(database: &Database) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_waterbus"));
        command.args(["worker", "--threads", "1", "--database", &database.url]).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().expect("the program starts"))
    }

    /// `kill -9` by its process id.
    fn kill(&mut self) {
        self.0.kill().expect("it is ours to kill");
        self.0.wait().expect("it is gone");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reliability goal 11. In each round a worker is killed at another moment of its planning and a new one takes over: every job ends, each
/// with one plan of its own. How soon the killed job is taken again is told and not asserted: tests know no clock.
async fn no_job_is_lost_or_doubled_when_workers_are_killed(database: Database) {
    let store = database.store().await;
    let tables = tables_of("pearl-delta");
    let problem = read_tables(&tables).unwrap();
    let new = NewInstance { problem: &problem, tables: &tables, made_by: "planner" };
    let instance = store.add_instance(new).await.unwrap().0.id;
    let (mut jobs, mut longest, mut killed) = (0, Duration::ZERO, 0);
    for round in 0..rounds() {
        let request = JobRequest {
            practice: Practice::WaterBus,
            seed: round,
            limit: Limit::TimeS(2),
            start_plan: None,
            pins: Vec::new(),
            stay: false,
            from: None,
            weights: Weights::default(),
            seeds: 1,
        };
        let mut round_jobs = Vec::new();
        for _ in 0..2 {
            let job = NewJob { instance_id: &instance, request: &request, made_by: "planner" };
            round_jobs.push(store.add_job(job).await.unwrap().id);
        }
        jobs += round_jobs.len();
        let mut first = Worker::start(&database);
        until_taken(&store, &round_jobs[0], 1).await;
        tokio::time::sleep(Duration::from_millis(100 + 311 * round % 2_000)).await;
        first.kill();
        let (at, was) = (Instant::now(), store.find_job(&round_jobs[0]).await.unwrap().state);
        let _second = Worker::start(&database);
        if was == JobState::Running {
            until_taken(&store, &round_jobs[0], 2).await;
            (longest, killed) = (longest.max(at.elapsed()), killed + 1);
        }
        for job in &round_jobs {
            until_done(&store, job).await;
        }
    }
    let plans = store.list_plans(&Page { limit: 10_000, after: None }, None, None).await.unwrap();
    let by_job: BTreeSet<_> = plans.iter().filter_map(|plan| plan.job_id.clone()).collect();
    assert_eq!((plans.len(), by_job.len()), (jobs, jobs), "one plan for each job, one job for each plan");
    assert_eq!(store.verify().await.unwrap(), []);
    // straight to standard error: what a passing test prints is not shown
    let line = format!(
        "{} rounds on {:?}: {jobs} jobs done once, {killed} killed while planning, taken again within {:.1} s",
        rounds(),
        database.engine,
        longest.as_secs_f64()
    );
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}

async fn until_taken(store: &Store, job: &str, attempt: i64) {
    loop {
        let row = store.find_job(job).await.unwrap();
        if row.attempt >= attempt || row.state.is_final() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn until_done(store: &Store, job: &str) {
    loop {
        let row = store.find_job(job).await.unwrap();
        if row.state.is_final() {
            assert_eq!((row.state, row.reason), (JobState::Done, None), "{job}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
