//! What a worker may do with a job it holds. Each write names the worker and the attempt: whoever lost the lease to another writes nothing.

use super::claim::{Claim, milliseconds};
use super::parts::{end_job, hold_row, settle_parent};
use crate::optimize::control::Progress;
use crate::publish::PlanDocument;
use crate::service::AuditedPlan;
use crate::service::store::{JobState, NewPlan, Store, StoreError, canonical};
use sqlx::{Any, AssertSqlSafe, Transaction};

/// What a worker learns with each heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Go,
    /// Somebody asked for the job's end.
    Cancelled,
    /// The lease ran out and the job is another worker's, or it has ended.
    Lost,
}

/// What came of planning.
#[derive(Clone, Debug)]
pub enum Ending {
    Plan(Box<AuditedPlan>),
    NoPlan { reason: String },
}

macro_rules! if_held {
    ($update:literal) => {
        concat!($update, " WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running'")
    };
}

impl Store {
    /// Holds the job for another lease and tells how it stands.
    ///
    /// # Errors
    /// When the database fails; the worker goes on, and no other takes the job before the lease is over.
    pub async fn heartbeat(&self, claim: &Claim) -> Result<Signal, StoreError> {
        let now = self.engine().now_ms();
        let update = format!(
            "UPDATE jobs SET lease_until_ms = {now} + $4, worked_ms = worked_ms + ({now} - seen_ms), seen_ms = {now} \
             WHERE id = $1 AND worker = $2 AND attempt = $3 AND state = 'running' RETURNING cancel_asked"
        );
        let mut tx = self.write().await?;
        let asked: Option<i64> = sqlx::query_scalar(AssertSqlSafe(update))
            .bind(claim.job_id.clone())
            .bind(claim.worker.clone())
            .bind(claim.attempt)
            .bind(milliseconds(claim.lease))
            .fetch_optional(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(match asked {
            None => Signal::Lost,
            Some(1) => Signal::Cancelled,
            Some(_) => Signal::Go,
        })
    }

    /// Shows watchers how far planning has come. The caller keeps these apart; each is an event that stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_progress(&self, claim: &Claim, progress: &Progress) -> Result<(), StoreError> {
        let finite = |number: Option<f64>| number.filter(|number| number.is_finite());
        let Progress { stage, elapsed_s, time_left_s, note, .. } = progress;
        let [incumbent, bound, gap] = [progress.incumbent, progress.bound, progress.gap].map(finite);
        let mut tx = self.write().await?;
        let update = sqlx::query(if_held!("UPDATE jobs SET stage = $4, incumbent = $5, bound = $6, gap = $7"));
        let update = update.bind(&claim.job_id).bind(&claim.worker).bind(claim.attempt);
        let held = update.bind(*stage).bind(incumbent).bind(bound).bind(gap).execute(&mut *tx).await?;
        if held.rows_affected() == 1 {
            let body = serde_json::json!({
                "stage": stage, "incumbent": incumbent, "bound": bound, "gap": gap, "elapsed_s": elapsed_s,
                "time_left_s": time_left_s, "note": note,
            });
            Self::add_event(&mut tx, &claim.job_id, "progress", &body).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Keeps the best audited plan so far, for whoever takes the job after this worker; a plan that is worth less is not kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_best(&self, claim: &Claim, best: &PlanDocument) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        insert_best(&mut tx, claim, best).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends a job: plan, last state, event, and what the end means for the request it is a part of, all of it or nothing. Returns the state
    /// it ended in, which is `cancelled` when that was asked; `None` when the worker had lost it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_job(&self, claim: &Claim, ending: &Ending) -> Result<Option<JobState>, StoreError> {
        let mut tx = self.write().await?;
        let Some(cancelled) = hold_claim(&mut tx, claim).await? else {
            return Ok(None);
        };
        let (state, plan, reason) = match ending {
            _ if cancelled => (JobState::Cancelled, None, None),
            Ending::NoPlan { reason } => (JobState::Failed, None, Some(reason.as_str())),
            Ending::Plan(plan) if claim.parent_id.is_some() => {
                insert_best(&mut tx, claim, plan.document()).await?;
                (JobState::Done, None, None)
            }
            Ending::Plan(plan) => {
                insert_best(&mut tx, claim, plan.document()).await?;
                let (instance_id, made_by) = (claim.instance_id.as_str(), claim.made_by.as_str());
                let new = NewPlan { instance_id, plan, job_id: Some(&claim.job_id), made_by };
                (JobState::Done, Some(Self::insert_plan(&mut tx, new).await?.id), None)
            }
        };
        end_job(&mut tx, &claim.job_id, state, plan.as_deref(), reason).await?;
        settle_parent(&mut tx, claim.parent_id.as_deref()).await?;
        tx.commit().await?;
        self.work_added().notify_one();
        Ok(Some(state))
    }

    /// Puts a job back for another worker, such as when this one is told to stop; this does not count as a death. A job whose end was asked
    /// for ends. Returns whether the worker still held it.
    ///
    /// # Errors
    /// When the database fails; the job is taken again when its lease is over.
    pub async fn give_back(&self, claim: &Claim) -> Result<bool, StoreError> {
        let mut tx = self.write().await?;
        let Some(cancelled) = hold_claim(&mut tx, claim).await? else {
            return Ok(false);
        };
        if cancelled {
            end_job(&mut tx, &claim.job_id, JobState::Cancelled, None, None).await?;
            settle_parent(&mut tx, claim.parent_id.as_deref()).await?;
        } else {
            let now = self.engine().now_ms();
            let update = format!(
                "UPDATE jobs SET state = 'queued', worker = NULL, lease_until_ms = NULL, worked_ms = worked_ms + ({now} - seen_ms) \
                 WHERE id = $1"
            );
            sqlx::query(AssertSqlSafe(update)).bind(claim.job_id.clone()).execute(&mut *tx).await?;
            Self::add_event(&mut tx, &claim.job_id, "state", &serde_json::json!({ "state": JobState::Queued })).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// Holds the rows of a claim until the transaction ends, the parent's first. Returns whether the job's end was asked for; `None` when
/// the worker has lost it.
async fn hold_claim(tx: &mut Transaction<'static, Any>, claim: &Claim) -> Result<Option<bool>, StoreError> {
    if let Some(parent) = &claim.parent_id {
        hold_row(tx, parent).await?;
    }
    let held = sqlx::query(if_held!("UPDATE jobs SET attempt = attempt"));
    let held = held.bind(&claim.job_id).bind(&claim.worker).bind(claim.attempt).execute(&mut **tx).await?;
    if held.rows_affected() == 0 {
        return Ok(None);
    }
    let asked = sqlx::query_scalar("SELECT cancel_asked FROM jobs WHERE id = $1").bind(claim.job_id.clone());
    let asked: i64 = asked.fetch_one(&mut **tx).await?;
    Ok(Some(asked == 1))
}

async fn insert_best(tx: &mut Transaction<'static, Any>, claim: &Claim, best: &PlanDocument) -> Result<(), StoreError> {
    let update = concat!(
        if_held!("UPDATE jobs SET best = $4, best_profit_cents = $5, best_worth_cents = $6"),
        " AND (best_worth_cents IS NULL OR best_worth_cents <= $6)"
    );
    sqlx::query(update)
        .bind(&claim.job_id)
        .bind(&claim.worker)
        .bind(claim.attempt)
        .bind(canonical(best))
        .bind(best.report.ledger.profit_cents.0)
        .bind(claim.request.weights.worth(&best.report).0)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
