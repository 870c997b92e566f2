//! Holders of keys, remembered for a moment: who asks often is looked up once a second, not at each request.

use super::StoreError;
use crate::service::access::Principal;
use moka::sync::Cache;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// For so long a key that another server has revoked still opens this one.
const REMEMBERED: Duration = Duration::from_secs(1);

/// Holders that are remembered; beyond them those that came least lately are looked up again.
const MOST: u64 = 10_000;

/// Holders as they were found lately, by the hash of their secret or the identifier of their key.
#[derive(Clone, Debug)]
pub(super) struct Holders {
    found: Cache<String, Found>,
    /// Keys that this server has revoked: what was looked up before the last of them counts no more.
    revocations: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
struct Found {
    holder: Principal,
    revocations: u64,
}

impl Holders {
    pub fn new() -> Self {
        Self { found: Cache::builder().max_capacity(MOST).time_to_live(REMEMBERED).build(), revocations: Arc::default() }
    }

    /// The holder as it is remembered, or as it is looked up now. Keys that open nothing are not remembered.
    pub async fn find(
        &self,
        key: String,
        look_up: impl Future<Output = Result<Option<Principal>, StoreError>>,
    ) -> Result<Option<Principal>, StoreError> {
        let revocations = self.revocations.load(Ordering::Acquire);
        if let Some(known) = self.found.get(&key).filter(|known| known.revocations == revocations) {
            return Ok(Some(known.holder));
        }
        let holder = look_up.await?;
        if let Some(holder) = &holder {
            self.found.insert(key, Found { holder: holder.clone(), revocations });
        }
        Ok(holder)
    }

    /// To be called when a revocation is on the disk, before it is answered.
    pub fn forget_all(&self) {
        self.revocations.fetch_add(1, Ordering::Release);
    }
}
