//! Hash chains: each record carries the hash of the record before, so that no stored byte can change unseen.

use super::StoreError;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

/// What is appended to and never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    Plans,
    Publications,
    AuditTrail,
}

impl Chain {
    /// Its row in the table of chains, and the table of its records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Publications => "publications",
            Self::AuditTrail => "audit_trail",
        }
    }
}

/// The place of a new record.
#[derive(Clone, Debug)]
pub struct Link {
    chain: Chain,
    pub seq: i64,
    pub previous_hash: String,
}

/// Takes the next place; other writers of the chain wait until the transaction ends.
pub async fn take_link(tx: &mut Transaction<'static, Any>, chain: Chain) -> Result<Link, StoreError> {
    let row = sqlx::query("UPDATE chains SET seq = seq + 1 WHERE name = $1 RETURNING seq, hash")
        .bind(chain.name())
        .fetch_one(&mut **tx)
        .await?;
    Ok(Link { chain, seq: row.try_get("seq")?, previous_hash: row.try_get("hash")? })
}

/// Notes that the record at this place is the last one now.
pub async fn close_link(tx: &mut Transaction<'static, Any>, link: &Link, record_hash: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE chains SET hash = $2 WHERE name = $1")
        .bind(link.chain.name())
        .bind(record_hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// SHA-256 of the canonical JSON (RFC 8785) of a record, in hexadecimal.
pub fn hash_record(record: &impl Serialize) -> String {
    hash_text(&canonical(record))
}

/// One text for one value: keys in order, numbers in one form (RFC 8785).
pub fn canonical(value: &impl Serialize) -> String {
    // structs with text keys and finite numbers always have a canonical form
    serde_json_canonicalizer::to_string(value).unwrap_or_default()
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash_text(text: &str) -> String {
    to_hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
