//! Jobs: listed, looked at, cancelled, watched.

use super::extract::{Asked, Id, Paging, Rows};
use super::guard::Caller;
use super::problem::HttpProblem;
use super::state::AppState;
use crate::domain::{Limit, PinWish, Practice, Weights};
use crate::service::store::{JobEvent, JobRow, JobState};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures_util::stream;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};

/// Events read from the store at once.
const EVENTS_AT_ONCE: i64 = 100;

/// A job.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JobBody {
    pub id: String,
    /// The request of several seeds that this job is a part of.
    pub parent_id: Option<String>,
    pub instance_id: String,
    pub practice: Practice,
    pub seed: u64,
    pub limit: Limit,
    pub seeds: u16,
    pub start_plan: Option<String>,
    /// What of the start plan stays.
    pub pins: Vec<PinWish>,
    /// As few calls of the start plan as possible move.
    pub stay: bool,
    /// The moment of planning where calls should stay: those within the freeze horizon after it keep their times.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub from: Option<DateTime<Utc>>,
    /// What counts beside money.
    pub weights: Weights,
    #[schemars(extend("enum" = ["waiting", "queued", "running", "done", "failed", "cancelled", "interrupted"]))]
    pub state: String,
    /// Somebody asked to cancel it.
    pub cancel_asked: bool,
    /// Times a worker has taken it.
    pub attempt: i64,
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
    pub href: String,
    /// Where its events are.
    pub events: String,
}

impl From<JobRow> for JobBody {
    fn from(row: JobRow) -> Self {
        Self {
            href: format!("/api/v1/jobs/{}", row.id),
            events: format!("/api/v1/jobs/{}/events", row.id),
            id: row.id,
            parent_id: row.parent_id,
            instance_id: row.instance_id,
            practice: row.request.practice,
            seed: row.request.seed,
            limit: row.request.limit,
            seeds: row.request.seeds,
            start_plan: row.request.start_plan,
            pins: row.request.pins,
            stay: row.request.stay,
            from: row.request.from,
            weights: row.request.weights,
            state: row.state.name().to_owned(),
            cancel_asked: row.cancel_asked,
            attempt: row.attempt,
            stage: row.stage,
            incumbent: row.incumbent,
            bound: row.bound,
            gap: row.gap,
            best_profit_cents: row.best_profit_cents,
            plan_id: row.plan_id,
            reason: row.reason,
            made_by: row.made_by,
            created_at: row.created_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
        }
    }
}

/// Which jobs are asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct JobQuery {
    /// Most rows of the answer.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,64}$")]
    cursor: Option<String>,
    /// Jobs in this state.
    #[param(inline)]
    state: Option<JobState>,
}

/// A page of jobs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JobRows {
    pub items: Vec<JobBody>,
    /// Names the next page; `null` on the last one.
    pub next_cursor: Option<String>,
}

/// Jobs, newest first
#[utoipa::path(get, path = "/api/v1/jobs", tag = "Jobs", operation_id = "list-jobs", params(JobQuery),
    responses(
        (status = 200, description = "A page of jobs", body = JobRows),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(State(state): State<AppState>, Asked(query): Asked<JobQuery>) -> Result<Response, HttpProblem> {
    let paging = Paging { limit: query.limit, cursor: query.cursor };
    let rest = query.state.map_or(String::new(), |state| format!("&state={}", state.name()));
    let rows = state.store.list_jobs(&paging.page()?, query.state).await?;
    let rows = rows.into_iter().map(JobBody::from).collect();
    Ok(Rows::new(rows, &paging, |job: &JobBody| job.id.clone()).answer("/api/v1/jobs", &paging, &rest))
}

/// One job
#[utoipa::path(get, path = "/api/v1/jobs/{id}", tag = "Jobs", operation_id = "get-job", params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The job and how far it has come", body = JobBody),
        (status = 404, description = "No such job", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn one(State(state): State<AppState>, Id(id): Id) -> Result<Json<JobBody>, HttpProblem> {
    Ok(Json(state.store.find_job(&id).await?.into()))
}

/// Cancels a job
///
/// A queued job ends at once; a running one when its worker hears of it. A job cancelled in time never gets a plan. A job that is through
/// stays as it is, and stays readable.
#[utoipa::path(delete, path = "/api/v1/jobs/{id}", tag = "Jobs", operation_id = "cancel-job", params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 202, description = "The job as it is now", body = JobBody),
        (status = 404, description = "No such job", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn cancel(State(state): State<AppState>, caller: Caller, Id(id): Id) -> Result<Response, HttpProblem> {
    let job = state.store.ask_cancel(&id, caller.key()).await?;
    Ok((axum::http::StatusCode::ACCEPTED, Json(JobBody::from(job))).into_response())
}

/// An event as it is sent.
#[derive(ToSchema)]
#[expect(dead_code, reason = "names the fields of an event for the description")]
pub struct WatchedEvent {
    /// To be sent as `Last-Event-ID`.
    id: String,
    /// `state` or `progress`.
    event: String,
    /// JSON with `at`, the time, and `body`, what happened.
    data: String,
}

/// What happens to a job, as server-sent events
///
/// `state` and `progress` with an identifier each: a watcher who lost the connection sends `Last-Event-ID` and goes on after it. The stream
/// ends after the final state, and after some minutes; then the watcher comes again.
#[utoipa::path(get, path = "/api/v1/jobs/{id}/events", tag = "Jobs", operation_id = "watch-job",
    params(
        ("id" = String, Path, format = "uuid"),
        ("Last-Event-ID" = Option<String>, Header, description = "Identifier of the last event that was seen", pattern = "^[0-9]{1,18}$"),
    ),
    responses(
        (status = 200, description = "Events", body = WatchedEvent, content_type = "text/event-stream"),
        (status = 400, description = "Last-Event-ID is no number", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such job", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn events(State(state): State<AppState>, Id(id): Id, headers: HeaderMap) -> Result<Response, HttpProblem> {
    let after = last_seen(&headers)?;
    state.store.find_job(&id).await?;
    let room = Arc::clone(&state.streams).try_acquire_owned();
    let room = room.map_err(|_| HttpProblem::unavailable("too many jobs are watched; come again later"))?;
    let until = Instant::now() + state.settings.limits.stream_time;
    let watcher = Watcher { closed: state.closed(), state, id, after, ready: VecDeque::new(), until, _room: room };
    let events = stream::unfold(watcher, |mut watcher| async move { Some((watcher.next().await?, watcher)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// The event after which a watcher goes on; 0 for one that comes for the first time.
fn last_seen(headers: &HeaderMap) -> Result<i64, HttpProblem> {
    let Some(value) = headers.get("last-event-id") else {
        return Ok(0);
    };
    let number = value.to_str().ok().filter(|text| text.len() <= 18 && text.bytes().all(|c| c.is_ascii_digit()));
    number.and_then(|text| text.parse().ok()).ok_or_else(|| HttpProblem::bad_request("Last-Event-ID is the id of an event"))
}

/// Somebody who watches a job.
struct Watcher {
    state: AppState,
    id: String,
    after: i64,
    ready: VecDeque<JobEvent>,
    until: Instant,
    closed: watch::Receiver<bool>,
    _room: OwnedSemaphorePermit,
}

impl Watcher {
    /// The next event; none after the final state, at the end of the watcher's time, and when the service closes.
    async fn next(&mut self) -> Option<Result<Event, Infallible>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                self.after = event.seq;
                return Some(Ok(sent(&event)));
            }
            // the state first: what happened before it was final is in the events that are read after it
            let is_final = self.read("job", self.state.store.find_job(&self.id).await)?.state.is_final();
            let events = self.state.store.list_job_events(&self.id, self.after, EVENTS_AT_ONCE).await;
            self.ready = self.read("events", events)?.into();
            if self.ready.is_empty() && (is_final || !self.wait().await) {
                return None;
            }
        }
    }

    /// A failure of the database ends the stream; the watcher comes again.
    fn read<T>(&self, what: &str, found: Result<T, crate::service::store::StoreError>) -> Option<T> {
        found.inspect_err(|error| tracing::error!(%error, job = self.id, what, "a watcher is sent away")).ok()
    }

    /// Waits until it makes sense to look again; false when there is no time left.
    async fn wait(&mut self) -> bool {
        let pause = self.state.settings.limits.stream_pause;
        tokio::select! {
            _ = self.closed.wait_for(|closed| *closed) => false,
            () = tokio::time::sleep(pause) => Instant::now() < self.until,
        }
    }
}

/// An event as it is sent.
fn sent(event: &JobEvent) -> Event {
    let body: serde_json::Value = serde_json::from_str(&event.body).unwrap_or_default();
    let data = serde_json::json!({ "at": event.at, "body": body });
    Event::default().id(event.seq.to_string()).event(&event.kind).data(data.to_string())
}
