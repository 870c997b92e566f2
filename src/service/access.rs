//! Who may do what: the roles, and the holder of a key.

use super::store::KeyRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a key's holder is to the alliance. Without a key a visitor is the public, which sees published timetables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the service: members and keys, and all that planners do.
    Admin,
    /// Brings instances, asks for plans, publishes and withdraws them.
    AlliancePlanner,
    /// Compares plans and sees berths and loads, but no customer.
    PortPlanner,
    /// A company of the alliance: its own allotments and bookings, never a rival's.
    Member,
    /// Sees timetables and free slots, and books.
    Shipper,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Admin, Self::AlliancePlanner, Self::PortPlanner, Self::Member, Self::Shipper];

    /// As it is written in requests and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::AlliancePlanner => "alliance_planner",
            Self::PortPlanner => "port_planner",
            Self::Member => "member",
            Self::Shipper => "shipper",
        }
    }
}

impl TryFrom<String> for Role {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or_else(|| format!("{text} is no role"))
    }
}

/// The holder of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Principal {
    /// Identifier of the key, written down with whatever its holder does.
    pub key: String,
    pub role: Role,
    /// The company, for the role `member` alone.
    pub member: Option<String>,
    pub label: String,
}

impl From<KeyRow> for Principal {
    fn from(row: KeyRow) -> Self {
        Self { key: row.id, role: row.role, member: row.member, label: row.label }
    }
}

/// Whom an endpoint answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The public, and everybody with a key.
    Everybody,
    /// Holders of a key with one of these roles.
    Roles(&'static [Role]),
    /// Whoever is on the machine itself, and holders of a key with one of these roles.
    Machine(&'static [Role]),
}

/// One row of the table of who may do what.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub method: &'static str,
    /// Template of the path, as the API description writes it.
    pub path: &'static str,
    pub who: Who,
}

const fn rule(method: &'static str, path: &'static str, who: Who) -> Rule {
    Rule { method, path, who }
}

const ALL: Who = Who::Everybody;
const HOLDERS: Who = Who::Roles(&Role::ALL);
const ADMIN: Who = Who::Roles(&[Role::Admin]);
/// Who makes plans.
const MAKERS: Who = Who::Roles(&[Role::Admin, Role::AlliancePlanner]);
/// Who reads plans before they are published.
const PLANNERS: Who = Who::Roles(&[Role::Admin, Role::AlliancePlanner, Role::PortPlanner]);
/// Who books: a member through itself, a shipper for itself, planners for anybody.
const BOOKERS: Who = Who::Roles(&[Role::Admin, Role::AlliancePlanner, Role::Member, Role::Shipper]);
/// Who sees slots by owner; a member sees its own.
const OWNERS: Who = Who::Roles(&[Role::Admin, Role::AlliancePlanner, Role::PortPlanner, Role::Member]);

/// Who may do what: read by the guard at each request, written into the API description, and walked by the test of all roles. An endpoint
/// that is not here answers nobody. What of a plan a role sees is decided by its view.
pub const RULES: &[Rule] = &[
    rule("GET", "/", ALL),
    rule("GET", "/healthz", ALL),
    rule("GET", "/readyz", ALL),
    rule("GET", "/metrics", Who::Machine(&[Role::Admin])),
    rule("GET", "/openapi.json", ALL),
    rule("GET", "/assets/{file}", ALL),
    rule("GET", "/docs", ALL),
    rule("GET", "/docs/", ALL),
    rule("GET", "/docs/{*rest}", ALL),
    rule("GET", "/v1/point-to-point-routes", ALL),
    rule("GET", "/v1/port-schedules", ALL),
    rule("GET", "/v1/vessel-schedules", ALL),
    rule("GET", "/api/v1/instances", MAKERS),
    rule("POST", "/api/v1/instances", MAKERS),
    rule("GET", "/api/v1/instances/{id}", MAKERS),
    rule("GET", "/api/v1/plans", ALL),
    rule("POST", "/api/v1/plans", MAKERS),
    rule("GET", "/api/v1/plans/{id}", ALL),
    rule("GET", "/api/v1/plans/{id}/record", ALL),
    rule("GET", "/api/v1/plans/{id}/text", PLANNERS),
    rule("GET", "/api/v1/plans/{id}/services", ALL),
    rule("GET", "/api/v1/plans/{id}/timetable", ALL),
    rule("GET", "/api/v1/plans/{id}/timetable.csv", ALL),
    rule("GET", "/api/v1/plans/{id}/timetable.xlsx", ALL),
    rule("GET", "/api/v1/plans/{id}/slots", OWNERS),
    rule("GET", "/api/v1/plans/{id}/slots.csv", OWNERS),
    rule("GET", "/api/v1/plans/{id}/settlement", OWNERS),
    rule("GET", "/api/v1/plans/{id}/berths", PLANNERS),
    rule("GET", "/api/v1/plans/{id}/berths.csv", PLANNERS),
    rule("GET", "/api/v1/plans/{id}/load-lists", PLANNERS),
    rule("GET", "/api/v1/plans/{id}/ledger", PLANNERS),
    rule("GET", "/api/v1/plans/{id}/network", ALL),
    rule("GET", "/api/v1/plans/{id}/compare/{other}", PLANNERS),
    rule("POST", "/api/v1/plans/{id}/publish", MAKERS),
    rule("POST", "/api/v1/plans/{id}/withdraw", MAKERS),
    rule("GET", "/api/v1/plans/{id}/carried-bookings", BOOKERS),
    rule("GET", "/api/v1/jobs", PLANNERS),
    rule("GET", "/api/v1/jobs/{id}", PLANNERS),
    rule("DELETE", "/api/v1/jobs/{id}", MAKERS),
    rule("GET", "/api/v1/jobs/{id}/events", PLANNERS),
    rule("GET", "/api/v1/services", ALL),
    rule("GET", "/api/v1/services/{id}", ALL),
    rule("GET", "/api/v1/services/{id}/calendar.ics", ALL),
    rule("GET", "/api/v1/terminals", ALL),
    rule("GET", "/api/v1/terminals/{code}", ALL),
    rule("GET", "/api/v1/terminals/{code}/calendar.ics", ALL),
    rule("GET", "/api/v1/availability", HOLDERS),
    rule("GET", "/api/v1/journeys", HOLDERS),
    rule("GET", "/api/v1/tariff", ALL),
    rule("PUT", "/api/v1/tariff", MAKERS),
    rule("GET", "/api/v1/bookings", BOOKERS),
    rule("POST", "/api/v1/bookings", BOOKERS),
    rule("GET", "/api/v1/bookings/{id}", BOOKERS),
    rule("PUT", "/api/v1/bookings/{id}", BOOKERS),
    rule("POST", "/api/v1/bookings/{id}/cancel", BOOKERS),
    rule("POST", "/api/v1/bookings/{id}/accept", BOOKERS),
    rule("POST", "/api/v1/bookings/{id}/decline", BOOKERS),
    rule("GET", "/api/v1/bookings/{id}/events", BOOKERS),
    rule("GET", "/api/v1/bookings/{id}/calendar.ics", BOOKERS),
    rule("GET", "/api/v1/bookings/{id}/confirmation", BOOKERS),
    rule("GET", "/api/v1/booking-terms", HOLDERS),
    rule("PUT", "/api/v1/booking-terms", MAKERS),
    rule("GET", "/api/v1/members", ADMIN),
    rule("POST", "/api/v1/members", ADMIN),
    rule("GET", "/api/v1/keys", ADMIN),
    rule("POST", "/api/v1/keys", ADMIN),
    rule("DELETE", "/api/v1/keys/{id}", ADMIN),
    rule("GET", "/api/v1/session", ALL),
    rule("POST", "/api/v1/session", ALL),
    rule("DELETE", "/api/v1/session", ALL),
    rule("GET", "/api/v1/me", HOLDERS),
    rule("GET", "/api/v1/audit-trail", ADMIN),
];

/// The row of an endpoint. `HEAD` is `GET` without the body.
pub fn find_rule(method: &str, path: &str) -> Option<&'static Rule> {
    let method = if method == "HEAD" { "GET" } else { method };
    RULES.iter().find(|rule| rule.path == path && rule.method == method)
}

/// Methods of a path, for the header `Allow`; empty for a path that is not in the table.
pub fn allowed_methods(path: &str) -> String {
    let methods = RULES.iter().filter(|rule| rule.path == path).map(|rule| match rule.method {
        "GET" => "GET, HEAD",
        other => other,
    });
    methods.collect::<Vec<_>>().join(", ")
}
