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
