//! Where the next page starts: opaque to the caller, bound to the plan, the endpoint and the filters.

use super::asked::Asked;
use super::params::{Kind, Params};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use crate::publish::{FIRST_CYCLE, date_of, minutes_at};

const BYTES: usize = 16;

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Entries before this place.
    pub offset: usize,
    /// The local day on which the first page was asked for: windows that start today stay where they are.
    pub today: NaiveDate,
    /// Of plan, endpoint and filters.
    digest: [u8; 8],
}

impl Cursor {
    /// The place that the request asks for: that of its cursor, or the start of the list.
    pub fn read(params: &mut Params, asked: &Asked, plan: &str, now: DateTime<Utc>) -> Self {
        let digest = digest_of(params, asked, plan);
        let start = Self { offset: 0, today: date_of(minutes_at(now)).unwrap_or(FIRST_CYCLE), digest };
        let Some(text) = params.cursor() else { return start };
        match decode(&text) {
            Some(cursor) if cursor.digest == digest => cursor,
            Some(_) => {
                let message =
                    "this cursor belongs to other filters or to a plan that is no longer current: start again without it";
                params.mistake(Kind::InvalidCursor, "cursor", Some(&text), message);
                start
            }
            None => {
                params.mistake(Kind::InvalidCursor, "cursor", Some(&text), "this is no Next-Page-Cursor of this service");
                start
            }
        }
    }

    /// The text for the caller of another place in the same list.
    pub fn moved_to(self, offset: usize) -> String {
        let days = self.today.signed_duration_since(FIRST_CYCLE).num_days();
        let mut bytes = [0; BYTES];
        bytes[..4].copy_from_slice(&u32::try_from(offset).unwrap_or(u32::MAX).to_be_bytes());
        bytes[4..8].copy_from_slice(&i32::try_from(days).unwrap_or(0).to_be_bytes());
        bytes[8..].copy_from_slice(&self.digest);
        crate::service::store::to_hex(&bytes)
    }
}

fn decode(text: &str) -> Option<Cursor> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let bytes: Vec<u8> = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + *digit as u8)).collect();
    let bytes: [u8; BYTES] = bytes.try_into().ok().filter(|_| text.len() == 2 * BYTES)?;
    let [a, b, c, d, e, f, g, h, digest @ ..] = bytes;
    let days = TimeDelta::try_days(i64::from(i32::from_be_bytes([e, f, g, h])))?;
    let today =
        FIRST_CYCLE.checked_add_signed(days).filter(|day| crate::publish::YEARS.contains(&chrono::Datelike::year(day)))?;
    Some(Cursor { offset: u32::from_be_bytes([a, b, c, d]) as usize, today, digest })
}

/// The size of a page may change from page to page, filters may not.
fn digest_of(params: &Params, asked: &Asked, plan: &str) -> [u8; 8] {
    let mut filters: Vec<_> = params.given().iter().filter(|(name, _)| name != "cursor" && name != "limit").collect();
    filters.sort();
    let mut hash = Sha256::new();
    let texts = filters.into_iter().flat_map(|(name, value)| [name.as_str(), value]);
    for text in [plan, asked.uri.path()].into_iter().chain(texts) {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text);
    }
    let mut digest = [0; 8];
    digest.copy_from_slice(&hash.finalize()[..8]);
    digest
}
