//! The toy with two audited plans of it, and stand-ins for the planner.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use waterbus::audit::audit;
use waterbus::domain::{Cents, Limit, Plan, Practice, Problem, Weights};
use waterbus::input::read_tables;
use waterbus::optimize::control::Control;
use waterbus::optimize::pipeline::{self, Outcome, Request};
use waterbus::service::AuditedPlan;
use waterbus::service::jobs::{Planner, WorkerSettings};
use waterbus::service::store::{JobRequest, JobRow, NewInstance, NewJob, NewPlan, PlanRow, Store};
use waterbus::waterway::Waterway;

pub struct Sample {
    pub tables: BTreeMap<String, Vec<u8>>,
    pub problem: Problem,
    pub waterway: Waterway,
    /// As good as it gets.
    pub good: Plan,
    /// Earns less.
    pub poor: Plan,
    /// Stays in port: the best where emissions count more than any cargo brings.
    pub idle: Plan,
}

pub fn tables_of(instance: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instances").join(instance);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tables = files.filter(|path| path.extension().is_some_and(|end| end == "csv" || end == "toml"));
    tables.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap())).collect()
}

/// A tonne of CO2 counts more than any cargo of the toy brings.
pub const CLEAN: Weights =
    Weights { co2_cents_per_t: Cents(1_000_000), transit_cents_per_teu_day: Cents(0), carried_cents_per_teu: Cents(0) };

pub fn toy() -> &'static Sample {
    static TOY: OnceLock<Sample> = OnceLock::new();
    TOY.get_or_init(|| {
        let tables = tables_of("toy");
        let problem = read_tables(&tables).unwrap();
        let waterway = Waterway::new(&problem);
        let plan = |practice, weights| {
            let limit = Limit::Work(2);
            let request = Request { practice, weights, ..Request::new(limit, 1, "0") };
            let auditor = |plan: &Plan| audit(&problem, &waterway, plan);
            match pipeline::plan(&problem, &waterway, &request, &auditor, &Control::silent(limit)) {
                Outcome::Plan(plan, _) => *plan,
                Outcome::NoPlan { reason } => panic!("{reason}"),
            }
        };
        let money = Weights::default();
        let (good, poor) = (plan(Practice::WaterBus, money), plan(Practice::SeparateTrades, money));
        let idle = plan(Practice::WaterBus, CLEAN);
        Sample { tables, problem, waterway, good, poor, idle }
    })
}

fn numbered(plan: &Plan, seed: u64) -> Plan {
    let mut plan = plan.clone();
    plan.made_from.seed = seed;
    plan
}

/// An audited plan of the toy that no other number gives.
pub fn audited(plan: &Plan, number: u64) -> AuditedPlan {
    let toy = toy();
    AuditedPlan::new(&toy.problem, &toy.waterway, numbered(plan, number)).expect("the auditor passes it")
}

pub async fn add_toy(store: &Store) -> String {
    let toy = toy();
    let new = NewInstance { problem: &toy.problem, tables: &toy.tables, made_by: "planner" };
    store.add_instance(new).await.unwrap().0.id
}

pub async fn add_plan(store: &Store, instance_id: &str, number: u64) -> PlanRow {
    let plan = audited(&toy().good, number);
    store.add_plan(NewPlan { instance_id, plan: &plan, job_id: None, made_by: "planner" }).await.unwrap()
}

pub fn request(seeds: u16) -> JobRequest {
    JobRequest {
        practice: Practice::WaterBus,
        seed: 1,
        limit: Limit::Work(2),
        start_plan: None,
        pins: Vec::new(),
        stay: false,
        from: None,
        weights: Weights::default(),
        seeds,
    }
}

pub async fn add_job(store: &Store, instance_id: &str, request: &JobRequest) -> JobRow {
    store.add_job(NewJob { instance_id, request, made_by: "planner" }).await.unwrap()
}

/// A planner that takes no time over its plan: the queue alone is tested.
pub fn planner_of(plan: &'static Plan) -> Arc<Planner> {
    Arc::new(move |_, _, request, auditor, _| {
        let plan = numbered(plan, request.seed);
        let report = auditor(&plan);
        Outcome::Plan(Box::new(plan), Box::new(report))
    })
}

pub fn settings(planner: Arc<Planner>) -> WorkerSettings {
    WorkerSettings { planner, ..WorkerSettings::new(1) }
}
