//! Cancelling jobs, and counting them.

use super::{JobRow, JobState, Store, StoreError, now};

impl Store {
    /// Asks for the end of a job and its parts. What waits ends at once; a running job is told, and its worker ends it. A job that is
    /// through stays as it is.
    ///
    /// # Errors
    /// When there is no such job, or the database fails.
    pub async fn ask_cancel(&self, id: &str, made_by: &str) -> Result<JobRow, StoreError> {
        let job = self.find_job(id).await?;
        if job.state.is_final() {
            return Ok(job);
        }
        let mut tx = self.write().await?;
        let told =
            "UPDATE jobs SET cancel_asked = 1 WHERE (id = $1 OR parent_id = $1) AND state IN ('waiting', 'queued', 'running')";
        sqlx::query(told).bind(id).execute(&mut *tx).await?;
        let ended = "UPDATE jobs SET state = 'cancelled', ended_at = $2 WHERE (id = $1 OR parent_id = $1) AND state IN ('waiting', 'queued') \
                     RETURNING id";
        let ended: Vec<String> = sqlx::query_scalar(ended).bind(id).bind(now()).fetch_all(&mut *tx).await?;
        for job in &ended {
            Self::add_event(&mut tx, job, "state", &serde_json::json!({ "state": JobState::Cancelled })).await?;
        }
        Self::note(&mut tx, made_by, "job.cancelled", id, "").await?;
        tx.commit().await?;
        self.find_job(id).await
    }

    /// How many jobs there are in each state that has any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_jobs(&self) -> Result<Vec<(String, i64)>, StoreError> {
        Ok(sqlx::query_as("SELECT state, COUNT(*) FROM jobs GROUP BY state ORDER BY state").fetch_all(&self.readers).await?)
    }
}
