//! Plans: revisions of an instance's plan that never change, and the record of which were published and withdrawn.

use super::chain::{Chain, canonical, close_link, hash_record, hash_text, take_link};
use super::{Page, Store, StoreError, new_id, now};
use crate::publish::PlanDocument;
use crate::service::AuditedPlan;
use serde::Serialize;
use sqlx::{Any, Transaction};
use utoipa::ToSchema;

/// A plan to keep.
#[derive(Clone, Debug)]
pub struct NewPlan<'a> {
    pub instance_id: &'a str,
    pub plan: &'a AuditedPlan,
    /// The job that made it; a job makes one plan.
    pub job_id: Option<&'a str>,
    pub made_by: &'a str,
}

/// Whether shippers see a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// Made, not published yet.
    Draft,
    Published,
    Withdrawn,
}

/// A stored plan, without its document.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct PlanRow {
    /// Place in the chain of all plans.
    pub seq: i64,
    pub id: String,
    pub instance_id: String,
    /// From 1, one more with each plan of the instance.
    pub revision: i64,
    pub job_id: Option<String>,
    /// Audited profit of a cycle in hundredths.
    pub profit_cents: i64,
    /// SHA-256 of the plan document as canonical JSON (RFC 8785).
    pub content_hash: String,
    pub made_by: String,
    pub created_at: String,
    /// Record hash of the plan before, of any instance; empty for the first.
    pub previous_hash: String,
    /// SHA-256 of the canonical JSON of all fields before.
    pub record_hash: String,
    #[sqlx(try_from = "String")]
    pub status: PlanStatus,
}

impl PlanStatus {
    /// As it is written in requests and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl TryFrom<String> for PlanStatus {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "draft" => Ok(Self::Draft),
            "published" => Ok(Self::Published),
            "withdrawn" => Ok(Self::Withdrawn),
            _ => Err(format!("{text} is no status of a plan")),
        }
    }
}

/// A plan was published or withdrawn.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct PublicationRow {
    pub seq: i64,
    pub plan_id: String,
    #[sqlx(try_from = "String")]
    pub action: PlanStatus,
    pub note: String,
    pub made_by: String,
    pub at: String,
    pub previous_hash: String,
    pub record_hash: String,
}

impl PlanRow {
    /// What `record_hash` must be.
    pub fn recompute_hash(&self) -> String {
        let Self {
            seq, id, instance_id, revision, job_id, profit_cents, content_hash, made_by, created_at, previous_hash, ..
        } = self;
        hash_record(&(seq, id, instance_id, revision, job_id, profit_cents, content_hash, made_by, created_at, previous_hash))
    }
}

impl PublicationRow {
    /// What `record_hash` must be.
    pub fn recompute_hash(&self) -> String {
        let Self { seq, plan_id, action, note, made_by, at, previous_hash, .. } = self;
        hash_record(&(seq, plan_id, action, note, made_by, at, previous_hash))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, id, instance_id, revision, job_id, profit_cents, content_hash, made_by, created_at, previous_hash, \
             record_hash, COALESCE((SELECT action FROM publications WHERE plan_id = plans.id ORDER BY seq DESC LIMIT 1), 'draft') \
             AS status FROM plans ",
            $rest
        )
    };
}

/// The newest published plan that is not withdrawn since.
const CURRENT: &str = "SELECT plan_id, at FROM publications p WHERE action = 'published' AND NOT EXISTS \
    (SELECT 1 FROM publications later WHERE later.plan_id = p.plan_id AND later.seq > p.seq) ORDER BY seq DESC LIMIT 1";

impl Store {
    /// Keeps an audited plan as the next revision of its instance.
    ///
    /// # Errors
    /// When the instance is not there, the job has a plan already, or the database fails.
    pub async fn add_plan(&self, new: NewPlan<'_>) -> Result<PlanRow, StoreError> {
        let mut tx = self.write().await?;
        let row = Self::insert_plan(&mut tx, new).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// The same within a transaction that does more, such as ending a job.
    pub(in crate::service) async fn insert_plan(
        tx: &mut Transaction<'static, Any>,
        new: NewPlan<'_>,
    ) -> Result<PlanRow, StoreError> {
        let link = take_link(tx, Chain::Plans).await?;
        let revision = "SELECT COALESCE(MAX(revision), 0) + 1 FROM plans WHERE instance_id = $1";
        let revision: i64 = sqlx::query_scalar(revision).bind(new.instance_id).fetch_one(&mut **tx).await?;
        let document = canonical(new.plan.document());
        let mut row = PlanRow {
            seq: link.seq,
            id: new_id(),
            instance_id: new.instance_id.to_owned(),
            revision,
            job_id: new.job_id.map(str::to_owned),
            profit_cents: new.plan.document().report.ledger.profit_cents.0,
            content_hash: hash_text(&document),
            made_by: new.made_by.to_owned(),
            created_at: now(),
            previous_hash: link.previous_hash.clone(),
            record_hash: String::new(),
            status: PlanStatus::Draft,
        };
        row.record_hash = row.recompute_hash();
        insert_row(tx, &row, &document).await?;
        close_link(tx, &link, &row.record_hash).await?;
        Self::note(tx, new.made_by, "plan.added", &row.id, &row.content_hash).await?;
        Ok(row)
    }

    /// # Errors
    /// When there is no such plan, or the database fails.
    pub async fn find_plan(&self, id: &str) -> Result<PlanRow, StoreError> {
        let row = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&self.readers).await?;
        row.ok_or_else(|| unknown_plan(id))
    }

    /// The document as it was stored: canonical JSON. Its hash is checked on the way.
    ///
    /// # Errors
    /// When there is no such plan, the text is not the one that was stored, or the database fails.
    pub async fn read_plan_text(&self, id: &str) -> Result<String, StoreError> {
        let row: Option<(String, String)> = sqlx::query_as("SELECT document, content_hash FROM plans WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.readers)
            .await?;
        let (document, content_hash) = row.ok_or_else(|| unknown_plan(id))?;
        match hash_text(&document) == content_hash {
            true => Ok(document),
            false => Err(StoreError::Damaged(format!("plan {id} is not the one that was stored"))),
        }
    }

    /// # Errors
    /// As [`Store::read_plan_text`].
    pub async fn read_plan(&self, id: &str) -> Result<PlanDocument, StoreError> {
        let text = self.read_plan_text(id).await?;
        serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("plan {id}: {error}")))
    }

    /// Newest first; a page goes on after the plan it ended with. With a status only plans that are in it now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_plans(
        &self,
        page: &Page,
        instance: Option<&str>,
        status: Option<PlanStatus>,
    ) -> Result<Vec<PlanRow>, StoreError> {
        let rows = sqlx::query_as(select!(
            "WHERE ($1 = '' OR id < $1) AND ($2 = '' OR instance_id = $2) AND ($3 = '' OR $3 = COALESCE(\
             (SELECT action FROM publications WHERE plan_id = plans.id ORDER BY seq DESC LIMIT 1), 'draft')) ORDER BY id DESC LIMIT $4"
        ));
        let after = page.after.clone().unwrap_or_default();
        let instance = instance.unwrap_or_default().to_owned();
        Ok(rows
            .bind(after)
            .bind(instance)
            .bind(status.map_or("", PlanStatus::name))
            .bind(page.limit)
            .fetch_all(&self.readers)
            .await?)
    }

    /// Shows a plan to everybody from now on. Published already is no error.
    ///
    /// # Errors
    /// When there is no such plan, it was withdrawn, or the database fails.
    pub async fn publish_plan(&self, id: &str, note: &str, made_by: &str) -> Result<PlanRow, StoreError> {
        self.act_on_plan(id, PlanStatus::Published, note, made_by).await
    }

    /// Takes a published plan back: the one published before is current again. Withdrawn already is no error.
    ///
    /// # Errors
    /// When there is no such plan, it was never published, or the database fails.
    pub async fn withdraw_plan(&self, id: &str, note: &str, made_by: &str) -> Result<PlanRow, StoreError> {
        self.act_on_plan(id, PlanStatus::Withdrawn, note, made_by).await
    }

    async fn act_on_plan(&self, id: &str, action: PlanStatus, note: &str, made_by: &str) -> Result<PlanRow, StoreError> {
        let mut tx = self.write().await?;
        // taken before the plan is read, so that two who publish and withdraw at once come one after the other
        let link = take_link(&mut tx, Chain::Publications).await?;
        let plan: Option<PlanRow> = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&mut *tx).await?;
        let plan = plan.ok_or_else(|| unknown_plan(id))?;
        match (plan.status, action) {
            (now, asked) if now == asked => return Ok(plan),
            (PlanStatus::Withdrawn, _) => {
                return Err(StoreError::Conflict("the plan was withdrawn; publish a new revision".to_owned()));
            }
            (PlanStatus::Draft, PlanStatus::Withdrawn) => {
                return Err(StoreError::Conflict("the plan was never published".to_owned()));
            }
            _ => {}
        }
        let mut row = PublicationRow {
            seq: link.seq,
            plan_id: id.to_owned(),
            action,
            note: note.to_owned(),
            made_by: made_by.to_owned(),
            at: now(),
            previous_hash: link.previous_hash.clone(),
            record_hash: String::new(),
        };
        row.record_hash = row.recompute_hash();
        insert_publication(&mut tx, &row).await?;
        close_link(&mut tx, &link, &row.record_hash).await?;
        Self::note(&mut tx, made_by, if action == PlanStatus::Published { "plan.published" } else { "plan.withdrawn" }, id, note)
            .await?;
        turn_ledger(&mut tx).await?;
        tx.commit().await?;
        Ok(PlanRow { status: action, ..plan })
    }

    /// Identifier of the current plan and when it was published; `None` when no plan is published.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_current(&self) -> Result<Option<(String, String)>, StoreError> {
        Ok(sqlx::query_as(CURRENT).fetch_optional(&self.readers).await?)
    }

    /// All that was published and withdrawn, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_publications(&self, plan: &str) -> Result<Vec<PublicationRow>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT seq, plan_id, action, note, made_by, at, previous_hash, record_hash FROM publications WHERE plan_id = $1 ORDER BY seq",
        );
        Ok(rows.bind(plan.to_owned()).fetch_all(&self.readers).await?)
    }
}

fn unknown_plan(id: &str) -> StoreError {
    StoreError::NotFound { kind: "plan", id: id.to_owned() }
}

/// Bookings are made on the current plan from now on, once those of the plan before have their place in it.
async fn turn_ledger(tx: &mut Transaction<'static, Any>) -> Result<(), StoreError> {
    let current: Option<(String, String)> = sqlx::query_as(CURRENT).fetch_optional(&mut **tx).await?;
    let update = "UPDATE ledger_state SET carrying = 1, plan_id = $1 WHERE id = 1 AND COALESCE(plan_id, '') <> COALESCE($1, '')";
    sqlx::query(update).bind(current.map(|(plan, _)| plan)).execute(&mut **tx).await?;
    Ok(())
}

async fn insert_row(tx: &mut Transaction<'static, Any>, row: &PlanRow, document: &str) -> Result<(), StoreError> {
    let insert = "INSERT INTO plans (seq, id, instance_id, revision, job_id, profit_cents, document, content_hash, made_by, created_at, \
                  previous_hash, record_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    sqlx::query(insert)
        .bind(row.seq)
        .bind(&row.id)
        .bind(&row.instance_id)
        .bind(row.revision)
        .bind(&row.job_id)
        .bind(row.profit_cents)
        .bind(document)
        .bind(&row.content_hash)
        .bind(&row.made_by)
        .bind(&row.created_at)
        .bind(&row.previous_hash)
        .bind(&row.record_hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn insert_publication(tx: &mut Transaction<'static, Any>, row: &PublicationRow) -> Result<(), StoreError> {
    let insert = "INSERT INTO publications (seq, plan_id, action, note, made_by, at, previous_hash, record_hash) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(insert)
        .bind(row.seq)
        .bind(&row.plan_id)
        .bind(row.action.name())
        .bind(&row.note)
        .bind(&row.made_by)
        .bind(&row.at)
        .bind(&row.previous_hash)
        .bind(&row.record_hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
