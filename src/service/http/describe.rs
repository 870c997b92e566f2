//! The API description: made from the handlers, completed with what the layers around them answer and with the table of who may do what.

use super::availability::Availability;
use super::body::Prepared;
use super::booking::{AmendRequest, BookingBody, BookingRequest, BookingRows, EventRows};
use super::jobs::{JobBody, JobRows};
use super::journeys::JourneyRows;
use super::network::Network;
use super::parts::{Account, Berths, LoadLists, ServiceDetail, Services, Slots, TerminalDetail, Terminals, Timetable};
use super::plans::PlanRequest;
use super::upload::JsonInstance;
use super::view::{PlanBody, ShownSettlement};
use crate::domain::Tariff;
use crate::publish::Comparison;
use crate::service::access::{Role, Rule, Who, find_rule};
use crate::service::ledger::Terms;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use utoipa::openapi::{Ref, RefOr, Schema};

/// Bodies made of the words of a plan. Their schemas come from the same source as that of plan documents.
macro_rules! described {
    ($($body:ident),*) => {
        $(
            impl utoipa::PartialSchema for $body {
                fn schema() -> RefOr<Schema> {
                    Ref::from_schema_name(stringify!($body)).into()
                }
            }

            impl utoipa::ToSchema for $body {}
        )*

        fn definitions() -> Map<String, Value> {
            let settings = SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = "/components/schemas".into());
            let mut generator = settings.for_serialize().into_generator();
            $(generator.subschema_for::<$body>();)*
            generator.take_definitions(true)
        }
    };
}

described!(
    Account,
    AmendRequest,
    Availability,
    Berths,
    BookingBody,
    BookingRequest,
    BookingRows,
    Comparison,
    EventRows,
    JobBody,
    JobRows,
    JourneyRows,
    JsonInstance,
    LoadLists,
    Network,
    PlanBody,
    PlanRequest,
    ServiceDetail,
    Services,
    ShownSettlement,
    Slots,
    Tariff,
    TerminalDetail,
    Terminals,
    Terms,
    Timetable
);

/// What the interface is for, at the head of its description.
const ABOUT: &str = "Plans and publishes a water freight bus. Timetables are public; everything else needs a key \
(`Authorization: Bearer KEY`) or a session. `x-roles` of an operation names the roles that may do it; what of a plan a role sees is said \
there. Errors are `application/problem+json` (RFC 9457). Answers that are stable carry an ETag.";

/// The description as it is served.
pub fn description() -> Prepared {
    let (_, document) = super::routes().merge(super::upload_routes()).split_for_parts();
    // a description is texts and lists, which always become JSON
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"] = json!({ "title": "Waterbus", "version": env!("CARGO_PKG_VERSION"), "description": ABOUT,
        "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" } });
    document["components"]["securitySchemes"] = json!({
        "key": { "type": "http", "scheme": "bearer" },
        "session": { "type": "apiKey", "in": "cookie", "name": super::guard::SESSION_COOKIE },
    });
    for (name, schema) in definitions() {
        document["components"]["schemas"][name] = schema;
    }
    for (path, methods) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
                parameter.get_mut("schema").into_iter().for_each(forbid_null);
            }
            if let Some(rule) = find_rule(&method.to_uppercase(), path) {
                complete(operation, rule);
            }
        }
    }
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    Prepared::new(super::body::JSON, text + "\n")
}

/// A parameter that may be missing is not one that may be null: there is no null in an address or a header.
fn forbid_null(schema: &mut Value) {
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [kind] = &kinds[..] {
            schema["type"] = kind.clone();
        }
    }
    if let Some([first, second]) = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice)
        && first["type"] == "null"
    {
        *schema = second.clone();
    }
}

/// Adds who may do it, and the errors that come before the handler.
fn complete(operation: &mut Value, rule: &Rule) {
    let (security, roles) = match rule.who {
        Who::Everybody => {
            (json!([{}, { "key": [] }, { "session": [] }]), std::iter::once("public").chain(names(&Role::ALL)).collect())
        }
        Who::Roles(roles) => (json!([{ "key": [] }, { "session": [] }]), names(roles).collect()),
        Who::Machine(roles) => {
            (json!([{}, { "key": [] }, { "session": [] }]), std::iter::once("machine").chain(names(roles)).collect::<Vec<_>>())
        }
    };
    operation["security"] = security;
    operation["x-roles"] = json!(roles);
    let mut answers = vec![
        ("401", "The key opens nothing, or none was sent where one is needed"),
        ("429", "Too many requests of this caller"),
        ("503", "No room or no time now"),
    ];
    if rule.who != Who::Everybody || rule.method != "GET" {
        answers.push(("403", "The role may not do this, or a session was used from another page"));
    }
    for (status, description) in answers {
        let schema = json!({ "$ref": "#/components/schemas/HttpProblem" });
        let mut answer = json!({ "description": description, "content": { "application/problem+json": { "schema": schema } } });
        if matches!(status, "429" | "503") {
            answer["headers"] =
                json!({ "Retry-After": { "description": "Seconds", "schema": { "type": "integer", "minimum": 1 } } });
        }
        operation["responses"][status] = answer;
    }
}

fn names(roles: &'static [Role]) -> impl Iterator<Item = &'static str> {
    roles.iter().map(|role| role.name())
}
