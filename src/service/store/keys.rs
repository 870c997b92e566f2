//! Members and keys: who may come in, and as what. A key's secret is shown once and kept as a hash only.

use super::{Page, Store, StoreError, chain::hash_text, chain::to_hex, new_id, now};
use crate::service::access::{Principal, Role};
use serde::Serialize;
use utoipa::ToSchema;

/// What opens the door: 256 random bits behind the identifier of their row. Since they cannot be guessed, one round of SHA-256 keeps
/// them; the slow hashes of passwords would only slow every request down.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The text to hand to the holder, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewKey<'a> {
    pub role: Role,
    /// For the role `member` alone.
    pub member: Option<&'a str>,
    pub label: &'a str,
    pub made_by: &'a str,
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct KeyRow {
    pub id: String,
    #[sqlx(try_from = "String")]
    pub role: Role,
    pub member: Option<String>,
    pub label: String,
    pub created_at: String,
    pub revoked_at: Option<String>,
}

/// A company of the alliance.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, sqlx::FromRow)]
pub struct MemberRow {
    pub code: String,
    pub name: String,
    pub name_zh: String,
    pub created_at: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, role, member, label, created_at, revoked_at FROM keys ", $rest)
    };
}

impl Store {
    /// Makes a key. Its secret cannot be read again.
    ///
    /// # Errors
    /// When the role needs a member and there is none, or the other way round; when the member is not known; when the database fails.
    pub async fn create_key(&self, new: NewKey<'_>) -> Result<(KeyRow, Secret), StoreError> {
        let mut tx = self.write().await?;
        if (new.role == Role::Member) != new.member.is_some() {
            return Err(StoreError::Conflict("a member's key names its member, and no other key does".to_owned()));
        }
        if let Some(member) = new.member {
            let known: Option<String> =
                sqlx::query_scalar("SELECT code FROM members WHERE code = $1").bind(member).fetch_optional(&mut *tx).await?;
            known.ok_or_else(|| StoreError::NotFound { kind: "member", id: member.to_owned() })?;
        }
        let id = new_id();
        let random = to_hex(&rand::random::<[u8; 32]>());
        let secret = Secret(format!("wb_{}_{random}", id.replace('-', "")));
        sqlx::query("INSERT INTO keys (id, hash, role, member, label, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&id)
            .bind(hash_text(&secret.0))
            .bind(new.role.name())
            .bind(new.member)
            .bind(new.label)
            .bind(now())
            .execute(&mut *tx)
            .await?;
        let row: KeyRow = sqlx::query_as(select!("WHERE id = $1")).bind(&id).fetch_one(&mut *tx).await?;
        Self::note(&mut tx, new.made_by, "key.created", &id, new.role.name()).await?;
        tx.commit().await?;
        Ok((row, secret))
    }

    /// Who holds this secret; `None` when nobody does or the key was revoked. A key that was revoked through another server may open this
    /// one for a second more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_principal(&self, secret: &str) -> Result<Option<Principal>, StoreError> {
        let hash = hash_text(secret);
        self.holders.find(hash.clone(), self.look_up(select!("WHERE hash = $1 AND revoked_at IS NULL"), hash)).await
    }

    /// The holder of a key that is known to have been shown before, such as by a signed cookie; `None` when it was revoked since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_principal_by_key(&self, id: &str) -> Result<Option<Principal>, StoreError> {
        self.holders.find(id.to_owned(), self.look_up(select!("WHERE id = $1 AND revoked_at IS NULL"), id.to_owned())).await
    }

    async fn look_up(&self, select: &'static str, what: String) -> Result<Option<Principal>, StoreError> {
        let row: Option<KeyRow> = sqlx::query_as(select).bind(what).fetch_optional(&self.readers).await?;
        Ok(row.map(Principal::from))
    }

    /// Whether there is any key at all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_keys(&self) -> Result<bool, StoreError> {
        let any: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM keys").fetch_one(&self.readers).await?;
        Ok(any > 0)
    }

    /// Newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_keys(&self, page: &Page) -> Result<Vec<KeyRow>, StoreError> {
        let rows = sqlx::query_as(select!("WHERE $1 = '' OR id < $1 ORDER BY id DESC LIMIT $2"));
        Ok(rows.bind(page.after.clone().unwrap_or_default()).bind(page.limit).fetch_all(&self.readers).await?)
    }

    /// A revoked key opens nothing: here from the next request on, on other servers within a second. Revoked already is no error.
    ///
    /// # Errors
    /// When there is no such key, or the database fails.
    pub async fn revoke_key(&self, id: &str, made_by: &str) -> Result<KeyRow, StoreError> {
        let mut tx = self.write().await?;
        let revoke = "UPDATE keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
        let revoked = sqlx::query(revoke).bind(id).bind(now()).execute(&mut *tx).await?;
        let row: Option<KeyRow> = sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(&mut *tx).await?;
        let row = row.ok_or_else(|| StoreError::NotFound { kind: "key", id: id.to_owned() })?;
        if revoked.rows_affected() == 1 {
            Self::note(&mut tx, made_by, "key.revoked", id, row.role.name()).await?;
        }
        tx.commit().await?;
        self.holders.forget_all();
        Ok(row)
    }

    /// Adds a company; the same code again is an error.
    ///
    /// # Errors
    /// When the code is taken, or the database fails.
    pub async fn add_member(&self, code: &str, name: &str, name_zh: &str, made_by: &str) -> Result<MemberRow, StoreError> {
        let mut tx = self.write().await?;
        let insert =
            "INSERT INTO members (code, name, name_zh, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING";
        let added = sqlx::query(insert).bind(code).bind(name).bind(name_zh).bind(now()).execute(&mut *tx).await?;
        if added.rows_affected() == 0 {
            return Err(StoreError::Conflict(format!("there is a member {code} already")));
        }
        Self::note(&mut tx, made_by, "member.added", code, name).await?;
        let row = sqlx::query_as("SELECT code, name, name_zh, created_at FROM members WHERE code = $1");
        let row = row.bind(code.to_owned()).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Whether there is a member of this code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_member(&self, code: &str) -> Result<bool, StoreError> {
        let known = sqlx::query("SELECT 1 FROM members WHERE code = $1").bind(code.to_owned());
        Ok(known.fetch_optional(&self.readers).await?.is_some())
    }

    /// By code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_members(&self, page: &Page) -> Result<Vec<MemberRow>, StoreError> {
        let rows = sqlx::query_as("SELECT code, name, name_zh, created_at FROM members WHERE code > $1 ORDER BY code LIMIT $2");
        Ok(rows.bind(page.after.clone().unwrap_or_default()).bind(page.limit).fetch_all(&self.readers).await?)
    }

    /// A setting that all servers of a database share, such as the secret that signs cookies; made by `first` where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shared_setting(&self, name: &str, first: &str) -> Result<String, StoreError> {
        let mut tx = self.write().await?;
        let insert = "INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        sqlx::query(insert).bind(name).bind(first).execute(&mut *tx).await?;
        let value = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name).fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(value)
    }
}
