//! Ends of jobs, what the end of a part means for its request, and cancelling.

use crate::service::store::{JobRow, JobState, Store, StoreError, now};
use sqlx::{Any, FromRow, Transaction};

/// What a parent says when it holds no plan and no part told why.
const NO_REASON: &str = "the search ended before it had a plan";

/// Holds a job's row until the transaction ends.
pub(super) async fn hold_row(tx: &mut Transaction<'static, Any>, job: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE jobs SET attempt = attempt WHERE id = $1").bind(job.to_owned()).execute(&mut **tx).await?;
    Ok(())
}

/// Writes the last state of a job; the caller holds its row.
pub(super) async fn end_job(
    tx: &mut Transaction<'static, Any>,
    job: &str,
    state: JobState,
    plan: Option<&str>,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE jobs SET state = $2, plan_id = $3, reason = $4, ended_at = $5, lease_until_ms = NULL WHERE id = $1")
        .bind(job)
        .bind(state.name())
        .bind(plan)
        .bind(reason)
        .bind(now())
        .execute(&mut **tx)
        .await?;
    Store::add_event(tx, job, "state", &serde_json::json!({ "state": state, "plan_id": plan, "reason": reason })).await
}

/// When the last part of a request has ended, the request goes on: back to the queue with the best part's plan, for a worker to audit
/// and keep it, or to its end where no part has a plan. The caller holds its row.
pub(super) async fn settle_parent(tx: &mut Transaction<'static, Any>, parent: Option<&str>) -> Result<(), StoreError> {
    let Some(parent) = parent else {
        return Ok(());
    };
    let waiting: Option<i64> = sqlx::query_scalar("SELECT cancel_asked FROM jobs WHERE id = $1 AND state = 'waiting'")
        .bind(parent.to_owned())
        .fetch_optional(&mut **tx)
        .await?;
    let open: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM jobs WHERE parent_id = $1 AND state IN ('queued', 'running')")
        .bind(parent.to_owned())
        .fetch_one(&mut **tx)
        .await?;
    match waiting {
        Some(cancel_asked) if open == 0 && cancel_asked == 1 => end_job(tx, parent, JobState::Cancelled, None, None).await,
        Some(_) if open == 0 => merge_parts(tx, parent).await,
        _ => Ok(()),
    }
}

/// Of two parts with equal plans the one with the lower seed counts.
async fn merge_parts(tx: &mut Transaction<'static, Any>, parent: &str) -> Result<(), StoreError> {
    let merged = sqlx::query(
        "UPDATE jobs SET state = 'queued', best_profit_cents = part.profit, best_worth_cents = part.worth, best = part.document FROM \
         (SELECT best AS document, best_profit_cents AS profit, best_worth_cents AS worth FROM jobs WHERE parent_id = $1 \
         AND state <> 'cancelled' AND best IS NOT NULL ORDER BY best_worth_cents DESC, id LIMIT 1) AS part WHERE jobs.id = $1",
    );
    if merged.bind(parent.to_owned()).execute(&mut **tx).await?.rows_affected() == 1 {
        return Store::add_event(tx, parent, "state", &serde_json::json!({ "state": JobState::Queued })).await;
    }
    let reasons: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT COALESCE(reason, 'a part was cancelled') AS why FROM jobs WHERE parent_id = $1 ORDER BY why",
    )
    .bind(parent.to_owned())
    .fetch_all(&mut **tx)
    .await?;
    let reason = if reasons.is_empty() { NO_REASON.to_owned() } else { reasons.join("; ") };
    end_job(tx, parent, JobState::Failed, None, Some(&reason)).await
}

#[derive(FromRow)]
struct Asked {
    #[sqlx(try_from = "String")]
    state: JobState,
    cancel_asked: i64,
    parent_id: Option<String>,
}

impl Store {
    /// Asks for a job's end without a plan. One that waits ends at once; one that runs ends when its worker hears of it, and gets no plan
    /// whatever the worker finds until then; a request of several seeds ends with its parts. A job that has ended stays as it is.
    ///
    /// # Errors
    /// When there is no such job, or the database fails.
    pub async fn ask_cancel(&self, id: &str, made_by: &str) -> Result<JobRow, StoreError> {
        let parent = self.find_job(id).await?.parent_id;
        let mut tx = self.write().await?;
        for job in parent.iter().map(String::as_str).chain([id]) {
            hold_row(&mut tx, job).await?;
        }
        let asked: Asked = sqlx::query_as("SELECT state, cancel_asked, parent_id FROM jobs WHERE id = $1")
            .bind(id.to_owned())
            .fetch_one(&mut *tx)
            .await?;
        if asked.cancel_asked == 0 && !asked.state.is_final() {
            cancel_row(&mut tx, id, asked.state).await?;
            if asked.state == JobState::Waiting {
                cancel_parts(&mut tx, id).await?;
            }
            settle_parent(&mut tx, asked.parent_id.as_deref()).await?;
            Self::note(&mut tx, made_by, "job.cancelled", id, asked.state.name()).await?;
            tx.commit().await?;
        }
        self.find_job(id).await
    }
}

/// Marks a job; one that no worker holds ends with it. The caller holds its row.
async fn cancel_row(tx: &mut Transaction<'static, Any>, job: &str, state: JobState) -> Result<(), StoreError> {
    sqlx::query("UPDATE jobs SET cancel_asked = 1 WHERE id = $1").bind(job.to_owned()).execute(&mut **tx).await?;
    match state {
        JobState::Queued => end_job(tx, job, JobState::Cancelled, None, None).await,
        _ => Ok(()),
    }
}

async fn cancel_parts(tx: &mut Transaction<'static, Any>, parent: &str) -> Result<(), StoreError> {
    let mark = "UPDATE jobs SET cancel_asked = 1 WHERE parent_id = $1 AND state IN ('queued', 'running') RETURNING id, state";
    let parts: Vec<(String, String)> = sqlx::query_as(mark).bind(parent.to_owned()).fetch_all(&mut **tx).await?;
    for (part, _) in parts.iter().filter(|(_, state)| state == JobState::Queued.name()) {
        end_job(tx, part, JobState::Cancelled, None, None).await?;
    }
    settle_parent(tx, Some(parent)).await
}
