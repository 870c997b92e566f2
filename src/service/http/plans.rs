//! Plans: asked for, listed, compared, published, withdrawn.

use super::body::Prepared;
use super::extract::{Asked, Id, Name, Names, Paging, Rows, Sent, Whole, is_id, read_whole, read_whole_or_none};
use super::guard::Caller;
use super::jobs::JobBody;
use super::parts::{Part, Source};
use super::problem::{Fault, HttpProblem};
use super::state::{AppState, compute};
use super::view::View;
use crate::domain::{Chart, Limit, PinWish, Practice, Problem, Weights, WishFault};
use crate::publish::{self, Comparison, YEARS};
use crate::service::AuditedPlan;
use crate::service::store::{JobRequest, NewJob, PlanRow, PlanStatus, PublicationRow};
use crate::waterway::Waterway;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The search goes on for this long where the request names no limit.
const USUAL_TIME_S: u64 = 60;

/// Seeds are numbers that every JSON reader keeps.
const MOST_SEED: u64 = (1 << 53) - 1;

/// More services than any plan has.
const MOST_PINS: usize = 1_000;

/// Longest note on a publication, in characters.
const LONGEST_NOTE: usize = 500;

/// A request for a plan.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("not" = {"required": ["time_limit_s", "work_limit"], "properties": {"time_limit_s": {"type": "integer"}, "work_limit": {"type": "integer"}}}))]
pub struct PlanRequest {
    #[schemars(extend("format" = "uuid"))]
    pub instance_id: String,
    #[serde(default = "water_bus")]
    pub practice: Practice,
    /// The same seed and work limit give the same plan.
    #[serde(default = "first_seed", deserialize_with = "read_whole")]
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_u64))]
    pub seed: u64,
    /// Seconds of search; 60 where neither limit is given.
    #[serde(default, deserialize_with = "read_whole_or_none")]
    #[schemars(range(min = 1, max = 3600))]
    pub time_limit_s: Option<u64>,
    /// Units of work instead of seconds, for plans that can be made again.
    #[serde(default, deserialize_with = "read_whole_or_none")]
    #[schemars(range(min = 1, max = 1_000_000_000))]
    pub work_limit: Option<u64>,
    /// Searches from this many seeds, each on any worker; the best plan is the answer.
    #[serde(default, deserialize_with = "read_whole_or_none")]
    #[schemars(range(min = 1, max = 64))]
    pub seeds: Option<u16>,
    /// A plan of an instance of the same name. Of the very same instance, the answer is not worse.
    #[schemars(extend("format" = "uuid"))]
    pub start_plan: Option<String>,
    /// Services of the start plan that stay as they are, and times of their calls.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub pins: Vec<PinWish>,
    /// Services and times of the start plan go on as far as the instance still lets them: the plan that moves fewest calls is the answer.
    #[serde(default)]
    pub stay: bool,
    /// The moment of planning, beside `stay`: calls that are alongside then, or berthed within the instance's freeze horizon after it, keep
    /// their times where the instance lets them. Now, where it is not given.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub from: Option<DateTime<Utc>>,
    /// What counts beside money; the answer is then the plan that is worth most, not the one that earns most.
    #[serde(default, deserialize_with = "read_weights")]
    pub weights: Weights,
}

fn read_weights<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weights, D::Error> {
    Whole::deserialize(deserializer).map(|Whole(weights)| weights)
}

fn water_bus() -> Practice {
    Practice::WaterBus
}

fn first_seed() -> u64 {
    1
}

impl PlanRequest {
    /// The request of a job, or everything that is wrong with it.
    fn check(self, state: &AppState) -> Result<(String, JobRequest), HttpProblem> {
        let limits = &state.settings.limits;
        let mut faults = Vec::new();
        let mut bound = |field: &str, value: Option<u64>, least: u64, most: u64| {
            if value.is_some_and(|value| !(least..=most).contains(&value)) {
                faults.push(Fault::field(field, "the number is out of bounds", format!("give {least} to {most}")));
            }
        };
        bound("seed", Some(self.seed), 0, MOST_SEED);
        bound("time_limit_s", self.time_limit_s, 1, limits.most_time_s);
        bound("work_limit", self.work_limit, 1, limits.most_work);
        bound("seeds", self.seeds.map(u64::from), 1, u64::from(limits.most_seeds));
        if self.time_limit_s.is_some() && self.work_limit.is_some() {
            faults.push(Fault::field("work_limit", "time and work are both limited", "give one of the two"));
        }
        if !self.pins.is_empty() && self.start_plan.is_none() {
            faults.push(Fault::field("pins", "there is no plan whose services could stay", "give start_plan"));
        }
        if self.stay && self.start_plan.is_none() {
            faults.push(Fault::field("stay", "there is no plan whose calls could stay", "give start_plan"));
        }
        if self.from.is_some() && !self.stay {
            faults.push(Fault::field("from", "no calls should stay, so there is no moment to freeze them at", "give stay"));
        }
        if self.from.is_some_and(|from| !YEARS.contains(&from.year())) {
            faults.push(Fault::field("from", "the time is out of bounds", "give one of the years 2000 to 2199"));
        }
        if self.stay && self.seeds.is_some_and(|seeds| seeds > 1) {
            faults.push(Fault::field("seeds", "several searches are judged by worth, not by what stays", "ask for one search"));
        }
        if self.pins.len() > MOST_PINS {
            faults.push(Fault::field("pins", "these are too many", format!("give at most {MOST_PINS}")));
        }
        for bad in self.weights.out_of_bounds() {
            let field = format!("weights.{}", bad.field);
            faults.push(Fault::field(&field, "the number is out of bounds", format!("give 0 to {}", bad.most.0)));
        }
        for (field, id) in [("instance_id", Some(&self.instance_id)), ("start_plan", self.start_plan.as_ref())] {
            if id.is_some_and(|id| !is_id(id)) {
                faults.push(Fault::field(field, "this is no identifier", "give a UUID as it was handed out"));
            }
        }
        if !faults.is_empty() {
            return Err(HttpProblem::unprocessable("the request for a plan has errors", faults));
        }
        let limit = self.work_limit.map_or(Limit::TimeS(self.time_limit_s.unwrap_or(USUAL_TIME_S)), Limit::Work);
        let Self { instance_id, practice, seed, start_plan, pins, stay, weights, .. } = self;
        let (from, seeds) = (stay.then(|| self.from.unwrap_or_else(Utc::now)), self.seeds.unwrap_or(1));
        Ok((instance_id, JobRequest { practice, seed, limit, start_plan, pins, stay, from, weights, seeds }))
    }
}

/// Asks for a plan
///
/// Answers at once with the job that makes it.
#[utoipa::path(post, path = "/api/v1/plans", tag = "Plans", operation_id = "request-plan", request_body = PlanRequest,
    responses(
        (status = 202, description = "The job that makes the plan", body = JobBody, headers(("Location" = String, description = "The job"))),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such instance or start plan", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The start plan is one of an instance with another name", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The request has errors: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn request(
    State(state): State<AppState>,
    caller: Caller,
    Sent(asked): Sent<PlanRequest>,
) -> Result<Response, HttpProblem> {
    let (instance_id, request) = asked.check(&state)?;
    if let Some(start) = &request.start_plan {
        let before = state.store.find_plan(start).await?.instance_id;
        let [before, now] = [state.store.find_instance(&before).await?, state.store.find_instance(&instance_id).await?];
        if before.name != now.name {
            return Err(HttpProblem::new(StatusCode::CONFLICT, "the start plan is one of an instance with another name"));
        }
    }
    if let Some(start) = request.start_plan.as_ref().filter(|_| !request.pins.is_empty()) {
        let start = state.store.read_plan(start).await?.plan;
        start.pins(&request.pins).map_err(|faults| bad_pins(&faults))?;
    }
    let new = NewJob { instance_id: &instance_id, request: &request, made_by: caller.key() };
    let job = state.store.add_job(new).await?;
    let location = [(header::LOCATION, format!("/api/v1/jobs/{}", job.id))];
    Ok((StatusCode::ACCEPTED, location, Json(JobBody::from(job))).into_response())
}

fn bad_pins(faults: &[WishFault]) -> HttpProblem {
    let fault = |fault: &WishFault| {
        Fault::field(&format!("pins[{}].{}", fault.wish, fault.why.field()), fault.why.what(), fault.why.do_this())
    };
    HttpProblem::unprocessable("the start plan does not have what is to stay", faults.iter().map(fault).collect())
}

/// Which plans are asked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PlanQuery {
    /// Most rows of the answer.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    #[param(pattern = "^[0-9A-Za-z_.-]{1,64}$")]
    cursor: Option<String>,
    /// Plans in this status; whoever may see published plans only gets those.
    #[param(inline)]
    status: Option<StatusFilter>,
    /// Plans of this instance.
    #[param(format = "uuid")]
    instance: Option<String>,
}

/// A status to look for.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    Draft,
    Published,
    Withdrawn,
}

impl StatusFilter {
    fn status(self) -> PlanStatus {
        match self {
            Self::Draft => PlanStatus::Draft,
            Self::Published => PlanStatus::Published,
            Self::Withdrawn => PlanStatus::Withdrawn,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A plan as it is listed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanLine {
    pub id: String,
    /// From 1, one more with each plan of the instance.
    pub revision: i64,
    pub status: PlanStatus,
    pub created_at: String,
    /// SHA-256 of the plan document as canonical JSON (RFC 8785).
    pub content_hash: String,
    pub instance_id: String,
    /// The job that made it, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// Audited profit of a cycle in hundredths, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profit_cents: Option<i64>,
    /// Key that asked for it, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<String>,
    /// Hash of its record, which carries that of the record before.
    pub record_hash: String,
    pub href: String,
}

impl PlanLine {
    fn new(row: PlanRow, view: &View) -> Self {
        let operations = view.sees_operations();
        Self {
            href: format!("/api/v1/plans/{}", row.id),
            id: row.id,
            revision: row.revision,
            status: row.status,
            created_at: row.created_at,
            content_hash: row.content_hash,
            instance_id: row.instance_id,
            job_id: row.job_id.filter(|_| operations),
            profit_cents: operations.then_some(row.profit_cents),
            made_by: operations.then_some(row.made_by),
            record_hash: row.record_hash,
        }
    }
}

/// Plans, newest first
///
/// Planners see drafts and withdrawn plans too.
#[utoipa::path(get, path = "/api/v1/plans", tag = "Plans", operation_id = "list-plans", params(PlanQuery),
    responses(
        (status = 200, description = "A page of plans", body = Rows<PlanLine>),
        (status = 400, description = "The query cannot be read", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    Asked(query): Asked<PlanQuery>,
) -> Result<Response, HttpProblem> {
    let view = View::of(&caller);
    let paging = Paging { limit: query.limit, cursor: query.cursor };
    let mut rest = query.status.map_or(String::new(), |status| format!("&status={}", status.name()));
    if let Some(instance) = query.instance.as_ref() {
        if !is_id(instance) {
            return Err(HttpProblem::bad_request("instance is a UUID"));
        }
        rest += &format!("&instance={instance}");
    }
    let asked = query.status.map(StatusFilter::status);
    let rows = match (view.sees_drafts(), asked) {
        (false, Some(PlanStatus::Draft | PlanStatus::Withdrawn)) => Vec::new(),
        (false, _) => state.store.list_plans(&paging.page()?, query.instance.as_deref(), Some(PlanStatus::Published)).await?,
        (true, asked) => state.store.list_plans(&paging.page()?, query.instance.as_deref(), asked).await?,
    };
    let rows = rows.into_iter().map(|row| PlanLine::new(row, &view)).collect();
    Ok(Rows::new(rows, &paging, |row: &PlanLine| row.id.clone()).answer("/api/v1/plans", &paging, &rest))
}

/// Identifier of a plan that the caller may know of; `current` is the one that is published.
pub async fn find_shown(state: &AppState, view: &View, name: &str) -> Result<String, HttpProblem> {
    let current = state.current.load();
    if name == "current" {
        return current.map(|plan| plan.id.clone()).ok_or_else(nothing_published);
    }
    if current.is_some_and(|plan| plan.id == name) {
        return Ok(name.to_owned());
    }
    let unknown = || HttpProblem::not_found(format!("plan {name} is not known"));
    if !is_id(name) {
        return Err(HttpProblem::not_found("the address names no plan; identifiers are UUIDs, or `current`"));
    }
    let row = state.store.find_plan(name).await?;
    if view.sees_drafts() || row.status == PlanStatus::Published { Ok(row.id) } else { Err(unknown()) }
}

/// What callers are told while nothing is published.
pub fn nothing_published() -> HttpProblem {
    HttpProblem::not_found("no plan is published now")
}

/// A part of a plan, from the shelf or made now.
pub async fn show(state: &AppState, id: String, view: View, part: Part, headers: &HeaderMap) -> Result<Response, HttpProblem> {
    let caching = if view == View::Public { "public, no-cache" } else { "private, no-cache" };
    let place = (id, view, part);
    let body = match state.shelf.find(&place) {
        Some(body) => body,
        None => {
            let body = build(state, &place.0, &place.1, &place.2).await?;
            state.shelf.keep(place, &body);
            body
        }
    };
    Ok(body.answer(headers, caching))
}

async fn build(state: &AppState, id: &str, view: &View, part: &Part) -> Result<Prepared, HttpProblem> {
    let is_stored_text = *part == Part::Whole && view.sees_customers();
    let text = if is_stored_text { state.store.read_plan_text(id).await? } else { String::new() };
    let instance = if *part == Part::Network { Some(read_instance(state, id).await?) } else { None };
    let source = Source { document: state.read_document(id).await?, text, made_at: made_at(id), instance };
    let (view, part) = (view.clone(), part.clone());
    let built = compute(move || part.build(&source, &view)).await?;
    let built = built.map_err(|cause| HttpProblem::internal(&cause))?;
    built.ok_or_else(|| HttpProblem::not_found("the plan has no such service, terminal or settlement"))
}

async fn read_instance(state: &AppState, plan: &str) -> Result<(Problem, Chart), HttpProblem> {
    let instance = state.store.find_plan(plan).await?.instance_id;
    Ok(state.store.read_problem_and_chart(&instance).await?)
}

/// When a plan was made: its identifier says it, so every file of the plan carries the same date.
fn made_at(id: &str) -> DateTime<Utc> {
    let time = uuid::Uuid::try_parse(id).ok().and_then(|id| id.get_timestamp());
    let time = time.and_then(|time| DateTime::from_timestamp(i64::try_from(time.to_unix().0).ok()?, 0));
    time.unwrap_or(DateTime::UNIX_EPOCH)
}

/// The record of a plan
#[utoipa::path(get, path = "/api/v1/plans/{id}/record", tag = "Plans", operation_id = "get-plan-record",
    params(("id" = String, Path, description = "Identifier of the plan, or `current`", pattern = "^(current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")),
    responses(
        (status = 200, description = "The plan as it is listed, and when it was published and withdrawn", body = PlanRecord),
        (status = 404, description = "No such plan, or none that the caller may see", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn record(
    State(state): State<AppState>,
    caller: Caller,
    Name(name): Name,
) -> Result<Json<PlanRecord>, HttpProblem> {
    let view = View::of(&caller);
    let id = find_shown(&state, &view, &name).await?;
    let (row, acts) = (state.store.find_plan(&id).await?, state.store.list_publications(&id).await?);
    Ok(Json(PlanRecord {
        plan: PlanLine::new(row, &view),
        publications: acts.into_iter().map(|act| Act::new(act, &view)).collect(),
    }))
}

/// A plan's record with its publications.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanRecord {
    pub plan: PlanLine,
    /// Oldest first.
    pub publications: Vec<Act>,
}

/// A plan was published or withdrawn.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Act {
    pub action: PlanStatus,
    pub at: String,
    pub note: String,
    /// Key that did it, for planners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<String>,
    pub record_hash: String,
}

impl Act {
    fn new(row: PublicationRow, view: &View) -> Self {
        let made_by = view.sees_operations().then_some(row.made_by);
        Self { action: row.action, at: row.at, note: row.note, made_by, record_hash: row.record_hash }
    }
}

/// Compares two plans of one instance, or of instances of one name
///
/// Money, service, berths, and what changes for whom; every difference is the second plan less the first. Customers are named to the
/// alliance's planners only.
#[utoipa::path(get, path = "/api/v1/plans/{id}/compare/{other}", tag = "Plans", operation_id = "compare-plans",
    params(
        ("id" = String, Path, description = "Identifier of the first plan, or `current`", pattern = "^(current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"),
        ("other" = String, Path, description = "Identifier of the second plan, or `current`", pattern = "^(current|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"),
    ),
    responses(
        (status = 200, description = "The comparison", body = Comparison),
        (status = 304, description = "The caller holds it already"),
        (status = 404, description = "No such plan", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The plans are of instances with two names", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn compare(
    State(state): State<AppState>,
    caller: Caller,
    Names(id, other): Names,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let view = View::of(&caller);
    let (id, other) = (find_shown(&state, &view, &id).await?, find_shown(&state, &view, &other).await?);
    let (a, b) = (state.read_document(&id).await?, state.read_document(&other).await?);
    if a.plan.made_from.instance != b.plan.made_from.instance {
        return Err(HttpProblem::new(StatusCode::CONFLICT, "the plans are of instances with two names"));
    }
    let mut comparison = compute(move || publish::compare(&a, &b)).await?;
    if !view.sees_customers() {
        comparison.cargo_won.clear();
        comparison.cargo_lost.clear();
    }
    Ok(Prepared::json(&comparison).answer(&headers, "private, no-cache"))
}

/// What is said when a plan is published or withdrawn.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// For the record, at most 500 characters in one line.
    #[serde(default)]
    #[schema(max_length = 500, pattern = "^[^\\x00-\\x1f\\x7f]*$")]
    pub note: String,
}

impl Note {
    fn check(self) -> Result<String, HttpProblem> {
        let good = self.note.chars().count() <= LONGEST_NOTE && !self.note.chars().any(|c| c.is_ascii_control());
        match good {
            true => Ok(self.note),
            false => {
                let fault = Fault::field(
                    "note",
                    "the note is too long or has control characters",
                    "give one line of at most 500 characters",
                );
                Err(HttpProblem::unprocessable("the note cannot be taken", vec![fault]))
            }
        }
    }
}

/// Publishes a plan
///
/// The plan is audited once more, against the instance as it is stored; one with violations is refused with all of them. The plan is the
/// current one from now on. A plan that is published already stays so.
#[utoipa::path(post, path = "/api/v1/plans/{id}/publish", tag = "Plans", operation_id = "publish-plan",
    params(("id" = String, Path, format = "uuid")), request_body = Note,
    responses(
        (status = 200, description = "The plan is published", body = PlanLine),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such plan", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The plan was withdrawn", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The note has errors, or the plan has violations: all of them", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn publish(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Sent(note): Sent<Note>,
) -> Result<Json<PlanLine>, HttpProblem> {
    let note = note.check()?;
    audit_again(&state, &id).await?;
    let row = state.store.publish_plan(&id, &note, caller.key()).await?;
    state.refresh().await?;
    Ok(Json(PlanLine::new(row, &View::of(&caller))))
}

/// The plan keeps the rules of its instance today, by the auditor of this program.
async fn audit_again(state: &AppState, id: &str) -> Result<(), HttpProblem> {
    let row = state.store.find_plan(id).await?;
    let problem = state.store.read_problem(&row.instance_id).await?;
    let plan = state.read_document(id).await?.plan.clone();
    let audited = compute(move || AuditedPlan::new(&problem, &Waterway::new(&problem), plan)).await?;
    let Err(report) = audited else { return Ok(()) };
    let faults = report.violations.into_iter().map(|v| Fault { field: Some(v.place), ..Fault::new(&v.rule, v.message) });
    Err(HttpProblem::unprocessable("the plan has violations, so it is not published", faults.collect()))
}

/// Withdraws a published plan
///
/// The plan published before is current again. A withdrawn plan is never published again: a correction is a new revision.
#[utoipa::path(post, path = "/api/v1/plans/{id}/withdraw", tag = "Plans", operation_id = "withdraw-plan",
    params(("id" = String, Path, format = "uuid")), request_body = Note,
    responses(
        (status = 200, description = "The plan is withdrawn", body = PlanLine),
        (status = 400, description = "The body cannot be read", body = HttpProblem, content_type = "application/problem+json"),
        (status = 404, description = "No such plan", body = HttpProblem, content_type = "application/problem+json"),
        (status = 409, description = "The plan was never published", body = HttpProblem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = HttpProblem, content_type = "application/problem+json"),
        (status = 415, description = "The body is not JSON", body = HttpProblem, content_type = "application/problem+json"),
        (status = 422, description = "The note has errors", body = HttpProblem, content_type = "application/problem+json"),
    ))]
pub(super) async fn withdraw(
    State(state): State<AppState>,
    caller: Caller,
    Id(id): Id,
    Sent(note): Sent<Note>,
) -> Result<Json<PlanLine>, HttpProblem> {
    let row = state.store.withdraw_plan(&id, &note.check()?, caller.key()).await?;
    state.refresh().await?;
    Ok(Json(PlanLine::new(row, &View::of(&caller))))
}
