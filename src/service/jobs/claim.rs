//! Taking a job: the oldest that waits, or one whose worker has died.

use super::parts::{end_job, hold_row, settle_parent};
use crate::service::store::{Engine, JobRequest, JobState, Store, StoreError, now};
use sqlx::{AssertSqlSafe, FromRow};
use std::time::Duration;

/// A worker may die this often with a job before the job is given up.
const MOST_LOST: i64 = 3;

/// A job that a worker holds until its lease runs out. The attempt tells it from every other claim of the same job.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub job_id: String,
    /// The request of several seeds that the job is a part of.
    pub parent_id: Option<String>,
    pub instance_id: String,
    pub request: JobRequest,
    pub made_by: String,
    pub worker: String,
    pub attempt: i64,
    /// How long the job stays with its worker after each heartbeat.
    pub lease: Duration,
    /// Times a worker has died with it.
    pub lost: i64,
    /// Planning time of the attempts before.
    pub worked: Duration,
    /// The best audited plan that the attempts before or the parts left: a plan document as JSON.
    pub best: Option<String>,
}

impl Claim {
    /// Nothing is left but to audit and keep the best plan: all parts of the request are through, or planning again would only lose
    /// more workers.
    pub fn only_keeps_best(&self) -> bool {
        self.request.seeds > 1 || (self.lost >= MOST_LOST && self.best.is_some())
    }
}

#[derive(FromRow)]
struct Candidate {
    id: String,
    parent_id: Option<String>,
    given_up: i64,
}

#[derive(FromRow)]
struct Taken {
    id: String,
    parent_id: Option<String>,
    instance_id: String,
    request: String,
    made_by: String,
    attempt: i64,
    lost: i64,
    worked_ms: i64,
    best: Option<String>,
}

/// The conditions, in the words of an engine.
struct Conditions {
    now: &'static str,
    /// Waits, or its worker has died.
    open: String,
    /// Its worker has died, and nobody takes it again.
    given_up: String,
}

impl Conditions {
    fn of(engine: Engine) -> Self {
        let now = engine.now_ms();
        let lapsed = format!("(state = 'running' AND lease_until_ms < {now})");
        // one more death than `lost` counts: the one that nobody has noticed yet
        let too_often = format!("lost >= {MOST_LOST} OR (lost >= {MOST_LOST} - 1 AND best IS NULL)");
        Self {
            now,
            open: format!("(state = 'queued' OR {lapsed})"),
            given_up: format!("({lapsed} AND (cancel_asked = 1 OR {too_often}))"),
        }
    }
}

impl Store {
    /// Takes the oldest job that waits or whose worker has died; `None` when there is none. Jobs whose workers died too often end as
    /// interrupted on the way, for want of anybody else who could end them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_job(&self, worker: &str, lease: Duration) -> Result<Option<Claim>, StoreError> {
        let conditions = Conditions::of(self.engine());
        while let Some(candidate) = self.find_candidate(&conditions).await? {
            if candidate.given_up == 1 {
                self.give_up(&candidate, &conditions).await?;
            } else if let Some(claim) = self.take_job(worker, lease, &conditions).await? {
                return Ok(Some(claim));
            } else {
                // another worker took it; what is left waits for the next look
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Looks without a lock, so that idle workers never hold up those who write.
    async fn find_candidate(&self, conditions: &Conditions) -> Result<Option<Candidate>, StoreError> {
        let Conditions { open, given_up, .. } = conditions;
        let select = format!(
            "SELECT id, parent_id, CAST(CASE WHEN {given_up} THEN 1 ELSE 0 END AS BIGINT) AS given_up FROM jobs WHERE {open} \
             ORDER BY created_at, id LIMIT 1"
        );
        Ok(sqlx::query_as(AssertSqlSafe(select)).fetch_optional(self.readers()).await?)
    }

    async fn take_job(&self, worker: &str, lease: Duration, conditions: &Conditions) -> Result<Option<Claim>, StoreError> {
        let Conditions { now: now_ms, open, given_up } = conditions;
        let skip_locked = self.engine().skip_locked();
        let update = format!(
            "UPDATE jobs SET lost = lost + CASE WHEN state = 'running' THEN 1 ELSE 0 END, state = 'running', worker = $1, \
             attempt = attempt + 1, lease_until_ms = {now_ms} + $2, seen_ms = {now_ms}, started_at = COALESCE(started_at, $3) \
             WHERE id = (SELECT id FROM jobs WHERE {open} AND NOT {given_up} ORDER BY created_at, id LIMIT 1 {skip_locked}) \
             RETURNING id, parent_id, instance_id, request, made_by, attempt, lost, worked_ms, best"
        );
        let mut tx = self.write().await?;
        let taken: Option<Taken> = sqlx::query_as(AssertSqlSafe(update))
            .bind(worker.to_owned())
            .bind(milliseconds(lease))
            .bind(now())
            .fetch_optional(&mut *tx)
            .await?;
        let Some(taken) = taken else {
            return Ok(None);
        };
        let body = serde_json::json!({ "state": JobState::Running, "attempt": taken.attempt, "worker": worker });
        Self::add_event(&mut tx, &taken.id, "state", &body).await?;
        let claim = taken.into_claim(worker, lease)?;
        tx.commit().await?;
        Ok(Some(claim))
    }

    /// Ends a job that nobody takes again. Whoever comes second finds it ended.
    async fn give_up(&self, job: &Candidate, conditions: &Conditions) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        if let Some(parent) = &job.parent_id {
            hold_row(&mut tx, parent).await?;
        }
        let still = format!(
            "UPDATE jobs SET lost = lost + 1 WHERE id = $1 AND {} RETURNING CAST(cancel_asked AS BIGINT)",
            conditions.given_up
        );
        let cancelled: Option<i64> = sqlx::query_scalar(AssertSqlSafe(still)).bind(&job.id).fetch_optional(&mut *tx).await?;
        match cancelled {
            None => return Ok(()),
            Some(1) => end_job(&mut tx, &job.id, JobState::Cancelled, None, None).await?,
            Some(_) => {
                let reason = format!("its workers died or lost the database {MOST_LOST} times");
                end_job(&mut tx, &job.id, JobState::Interrupted, None, Some(&reason)).await?;
            }
        }
        settle_parent(&mut tx, job.parent_id.as_deref()).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Taken {
    fn into_claim(self, worker: &str, lease: Duration) -> Result<Claim, StoreError> {
        let request = serde_json::from_str(&self.request);
        let request = request.map_err(|error| StoreError::Damaged(format!("the request of job {}: {error}", self.id)))?;
        Ok(Claim {
            job_id: self.id,
            parent_id: self.parent_id,
            instance_id: self.instance_id,
            request,
            made_by: self.made_by,
            worker: worker.to_owned(),
            attempt: self.attempt,
            lease,
            lost: self.lost,
            worked: Duration::from_millis(u64::try_from(self.worked_ms).unwrap_or(0)),
            best: self.best,
        })
    }
}

/// A time as the database counts it; more than it can count is for ever.
pub(super) fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}
