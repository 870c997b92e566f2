//! Jobs as rows: a request for a plan, how far it has come, and what came of it. The queue on top of these rows stands in `jobs`.

use super::{Page, Store, StoreError, new_id, now};
use crate::domain::{Limit, PinWish, Practice, Weights};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Any, Transaction};
use utoipa::ToSchema;

/// What a planner asks of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobRequest {
    pub practice: Practice,
    pub seed: u64,
    pub limit: Limit,
    /// The answer is not worse than this plan.
    pub start_plan: Option<String>,
    /// What of the start plan stays.
    #[serde(default)]
    pub pins: Vec<PinWish>,
    /// As few calls of the start plan as possible move.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stay: bool,
    /// The moment of planning: calls of the start plan within the freeze horizon after it keep their times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// What counts beside money.
    #[serde(default, skip_serializing_if = "Weights::are_none")]
    pub weights: Weights,
    /// Searches from this many seeds, each a job of its own that any worker may take; the best plan is the answer.
    pub seeds: u16,
}

/// A job to add to the queue.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub instance_id: &'a str,
    pub request: &'a JobRequest,
    pub made_by: &'a str,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// A request of several seeds whose parts are not all through.
    Waiting,
    Queued,
    Running,
    Done,
    /// No plan, for the reason given.
    Failed,
    Cancelled,
    /// Its workers died too often.
    Interrupted,
}

impl JobState {
    pub const ALL: [Self; 7] =
        [Self::Waiting, Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Cancelled, Self::Interrupted];

    /// As it is written in requests and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// Nothing more happens to the job.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Waiting | Self::Queued | Self::Running)
    }
}

impl TryFrom<String> for JobState {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| format!("{text} is no state of a job"))
    }
}

/// A stored job, without its best plan so far.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct JobRow {
    pub id: String,
    /// The request of several seeds that this job is a part of.
    pub parent_id: Option<String>,
    pub instance_id: String,
    #[sqlx(try_from = "RequestText")]
    pub request: JobRequest,
    #[sqlx(try_from = "String")]
    pub state: JobState,
    /// Times a worker has taken it.
    pub attempt: i64,
    pub worker: Option<String>,
    #[sqlx(try_from = "Flag")]
    pub cancel_asked: bool,
    /// Planning stage of the last progress.
    pub stage: Option<String>,
    /// Money of a cycle in whole currency units; worth, where something counts beside money.
    pub incumbent: Option<f64>,
    pub bound: Option<f64>,
    pub gap: Option<f64>,
    /// Profit of the best audited plan so far, in hundredths.
    pub best_profit_cents: Option<i64>,
    /// The plan it made.
    pub plan_id: Option<String>,
    /// Why there is no plan.
    pub reason: Option<String>,
    pub made_by: String,
    pub created_at: String,
    pub started_at: Option<String>,
    pub ended_at: Option<String>,
}

/// A request as it is stored: JSON.
#[derive(Clone, Debug, sqlx::Type)]
#[sqlx(transparent)]
struct RequestText(String);

impl TryFrom<RequestText> for JobRequest {
    type Error = serde_json::Error;

    fn try_from(text: RequestText) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&text.0)
    }
}

/// Yes or no as it is stored: 1 or 0.
#[derive(Clone, Copy, Debug, sqlx::Type)]
#[sqlx(transparent)]
struct Flag(i64);

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0 != 0
    }
}

/// Something that happened to a job.
#[derive(Clone, Debug, PartialEq, Serialize, sqlx::FromRow)]
pub struct JobEvent {
    /// From 1; a watcher who lost the connection goes on after the last one it saw.
    pub seq: i64,
    pub at: String,
    /// `state` or `progress`.
    pub kind: String,
    /// JSON.
    pub body: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, parent_id, instance_id, request, state, attempt, worker, cancel_asked, stage, incumbent, bound, gap, \
             best_profit_cents, plan_id, reason, made_by, created_at, started_at, ended_at FROM jobs ",
            $rest
        )
    };
}

impl Store {
    /// Adds a job to the queue; a request of several seeds adds one part for each.
    ///
    /// # Errors
    /// When the instance is not there, or the database fails.
    pub async fn add_job(&self, new: NewJob<'_>) -> Result<JobRow, StoreError> {
        let mut tx = self.write().await?;
        let known: Option<String> =
            sqlx::query_scalar("SELECT id FROM instances WHERE id = $1").bind(new.instance_id).fetch_optional(&mut *tx).await?;
        known.ok_or_else(|| StoreError::NotFound { kind: "instance", id: new.instance_id.to_owned() })?;
        let several = new.request.seeds > 1;
        let id = insert_job(&mut tx, &new, None, if several { JobState::Waiting } else { JobState::Queued }).await?;
        for part in 0..u64::from(if several { new.request.seeds } else { 0 }) {
            let request = JobRequest { seed: new.request.seed.wrapping_add(part), seeds: 1, ..new.request.clone() };
            let part = NewJob { request: &request, ..new.clone() };
            insert_job(&mut tx, &part, Some(&id), JobState::Queued).await?;
        }
        Self::note(&mut tx, new.made_by, "job.added", &id, new.instance_id).await?;
        tx.commit().await?;
        self.work_added().notify_one();
        self.find_job(&id).await
    }

    /// # Errors
    /// When there is no such job, or the database fails.
    pub async fn find_job(&self, id: &str) -> Result<JobRow, StoreError> {
        let row = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&self.readers).await?;
        row.ok_or_else(|| unknown_job(id))
    }

    /// Newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_jobs(&self, page: &Page, state: Option<JobState>) -> Result<Vec<JobRow>, StoreError> {
        let rows = sqlx::query_as(select!("WHERE ($1 = '' OR id < $1) AND ($2 = '' OR state = $2) ORDER BY id DESC LIMIT $3"));
        let state = state.map_or("", JobState::name);
        Ok(rows.bind(page.after.clone().unwrap_or_default()).bind(state).bind(page.limit).fetch_all(&self.readers).await?)
    }

    /// What happened to a job after the given event, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_job_events(&self, id: &str, after: i64, limit: i64) -> Result<Vec<JobEvent>, StoreError> {
        let rows =
            sqlx::query_as("SELECT seq, at, kind, body FROM job_events WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3");
        Ok(rows.bind(id.to_owned()).bind(after).bind(limit).fetch_all(&self.readers).await?)
    }

    /// How many jobs there are in each state that has any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_jobs(&self) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(sqlx::query_as("SELECT state, COUNT(*) FROM jobs GROUP BY state ORDER BY state").fetch_all(&self.readers).await?)
    }

    /// Adds an event in the transaction that makes it true.
    pub(in crate::service) async fn add_event(
        tx: &mut Transaction<'static, Any>,
        job: &str,
        kind: &str,
        body: &impl Serialize,
    ) -> Result<(), StoreError> {
        let insert = "INSERT INTO job_events (job_id, seq, at, kind, body) \
                      SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4 FROM job_events WHERE job_id = $1";
        // structs with text keys and finite numbers always become JSON
        let body = serde_json::to_string(body).unwrap_or_default();
        sqlx::query(insert).bind(job).bind(now()).bind(kind).bind(body).execute(&mut **tx).await?;
        Ok(())
    }
}

fn unknown_job(id: &str) -> StoreError {
    StoreError::NotFound { kind: "job", id: id.to_owned() }
}

async fn insert_job(
    tx: &mut Transaction<'static, Any>,
    new: &NewJob<'_>,
    parent: Option<&str>,
    state: JobState,
) -> Result<String, StoreError> {
    let id = new_id();
    // a request is numbers and texts, which always become JSON
    let request = serde_json::to_string(new.request).unwrap_or_default();
    let insert = "INSERT INTO jobs (id, parent_id, instance_id, request, state, attempt, cancel_asked, made_by, created_at) \
                  VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7)";
    sqlx::query(insert)
        .bind(&id)
        .bind(parent)
        .bind(new.instance_id)
        .bind(request)
        .bind(state.name())
        .bind(new.made_by)
        .bind(now())
        .execute(&mut **tx)
        .await?;
    Store::add_event(tx, &id, "state", &serde_json::json!({ "state": state })).await?;
    Ok(id)
}
