//! What the API answers: every body is made once, when the app is built, with its ETag.

use crate::domain::*;
use crate::publish::{self, CallKey, CallLoads, Clock, PlanDocument};
use axum::body::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const JSON: &str = "application/json";

/// A body that never changes.
#[derive(Clone, Debug)]
pub struct Body {
    pub bytes: Bytes,
    pub content_type: &'static str,
    /// Strong validator: SHA-256 of the bytes, quoted.
    pub etag: String,
}

impl Body {
    fn new(content_type: &'static str, text: String) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { bytes: Bytes::from(text), content_type, etag: format!("\"{hex}\"") }
    }

    fn json(value: &impl Serialize) -> Self {
        // structs with text keys and no failing serializer always become JSON
        Self::new(JSON, serde_json::to_string(value).unwrap_or_default())
    }
}

/// All bodies of a plan.
#[derive(Debug)]
pub struct Bodies {
    pub page: Body,
    pub plan: Body,
    pub text: Body,
    pub services: Body,
    pub service: BTreeMap<String, Body>,
    pub terminals: Body,
    pub ready: Body,
}

impl Bodies {
    pub fn new(document: &PlanDocument) -> Self {
        let plan = &document.plan;
        let loads = publish::build_loads(plan);
        let one = |service: &Service| (service.service.0.clone(), Body::json(&ServiceDetail::new(plan, service, &loads)));
        let rows: Vec<_> = plan.services.iter().map(ServiceRow::new).collect();
        let body = Body::new(JSON, publish::to_json(document));
        Self {
            page: Body::new("text/html; charset=utf-8", publish::page(document, Clock::Weekdays)),
            text: Body::new("text/plain; charset=utf-8", publish::timetable(document, Clock::Weekdays)),
            services: Body::json(&serde_json::json!({ "services": rows })),
            service: plan.services.iter().map(one).collect(),
            terminals: Body::json(&serde_json::json!({ "terminals": terminals(plan) })),
            ready: Body::json(&serde_json::json!({ "status": "ready", "plan": body.etag.trim_matches('"') })),
            plan: body,
        }
    }
}

/// A service in the list.
#[derive(Serialize)]
struct ServiceRow<'a> {
    #[serde(flatten)]
    service: &'a Service,
    href: String,
}

impl<'a> ServiceRow<'a> {
    fn new(service: &'a Service) -> Self {
        Self { service, href: format!("/api/v1/services/{}", service.service) }
    }
}

/// A service with its timetable.
#[derive(Serialize)]
struct ServiceDetail<'a> {
    #[serde(flatten)]
    service: &'a Service,
    cycle_min: Minutes,
    sailings: Vec<SailingDetail<'a>>,
}

#[derive(Serialize)]
struct SailingDetail<'a> {
    number: u32,
    calls: Vec<CallDetail<'a>>,
    back_at_min: Minutes,
    back_at: String,
}

#[derive(Serialize)]
struct CallDetail<'a> {
    terminal: &'a TerminalCode,
    #[serde(flatten)]
    times: CallTimes,
    /// The berthing and departure as weekday and local time in Asia/Shanghai.
    berthing: String,
    departure: String,
    discharged_teu: Teu,
    loaded_teu: Teu,
    /// Slots of the leg to the next call.
    capacity_teu: Option<Teu>,
    free_teu: Option<Teu>,
}

impl<'a> ServiceDetail<'a> {
    fn new(plan: &'a Plan, service: &'a Service, loads: &BTreeMap<CallKey, CallLoads>) -> Self {
        let sailings = plan.sailings.iter().filter(|s| s.service == service.service);
        Self { service, cycle_min: plan.cycle_min, sailings: sailings.map(|s| sailing_detail(plan, service, s, loads)).collect() }
    }
}

fn sailing_detail<'a>(
    plan: &'a Plan,
    service: &'a Service,
    sailing: &Sailing,
    loads: &BTreeMap<CallKey, CallLoads>,
) -> SailingDetail<'a> {
    let call = |(place, (terminal, times)): (usize, (&'a TerminalCode, &CallTimes))| {
        let key = CallKey { service: service.service.clone(), sailing: sailing.number, call: CallPos(place as u16) };
        let slots = plan.slots.iter().find(|s| s.service == key.service && s.sailing == key.sailing && s.leg == key.call);
        let lists = loads.get(&key);
        CallDetail {
            terminal,
            times: *times,
            berthing: Clock::Weekdays.show(times.berthing_min),
            departure: Clock::Weekdays.show(times.departure_min),
            discharged_teu: lists.map_or(Teu(0), CallLoads::discharged),
            loaded_teu: lists.map_or(Teu(0), CallLoads::loaded),
            capacity_teu: slots.map(|s| s.capacity_teu),
            free_teu: slots.map(|s| s.free_teu),
        }
    };
    SailingDetail {
        number: sailing.number,
        calls: service.calls.iter().zip(&sailing.calls).enumerate().map(call).collect(),
        back_at_min: sailing.back_at_min,
        back_at: Clock::Weekdays.show(sailing.back_at_min),
    }
}

/// A terminal with the services that call there.
#[derive(Serialize)]
struct TerminalRow<'a> {
    #[serde(flatten)]
    terminal: &'a TerminalName,
    services: Vec<&'a ServiceCode>,
}

fn terminals(plan: &Plan) -> Vec<TerminalRow<'_>> {
    let calling = |terminal: &TerminalName| {
        let services = plan.services.iter().filter(|s| s.calls.contains(&terminal.terminal));
        services.map(|s| &s.service).collect()
    };
    plan.terminals.iter().map(|terminal| TerminalRow { terminal, services: calling(terminal) }).collect()
}
