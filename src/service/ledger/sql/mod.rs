//! The ledger's rows, in one SQL text for both engines. Rows of legs are locked in the order of their keys, before anything is decided;
//! every change of room repeats its condition, and the tables check it once more.

mod bookings;
mod legs;
mod state;

pub use bookings::{
    COLUMNS, add_bookings, bookings_between, by_booking, find_booking, lock_booking, lock_if_free, note_carry_over, read_booking,
    update_booking,
};
pub use legs::{Rooms, Takings, give_back, lock_rooms, lower_limits, open_legs, return_allotments, set_limits, take};
pub use state::{Ground, Kept, find_answers, keep_answers, read_ground, write_terms};

use crate::service::store::StoreError;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Transaction};

/// A transaction of the store.
pub type Tx = Transaction<'static, Any>;

type AnyQuery<'q> = Query<'q, Any, <Any as sqlx::Database>::Arguments>;

/// Rows of one statement, most first. Connections keep what they have made of a text, so texts must be few; and they must be short, since
/// SQLite looks for the name of each value among all those before it.
const BATCHES: [usize; 3] = [16, 4, 1];

/// Lists of keys are filled up to a power of this, so that their texts are few; but no longer than the other: SQLite takes 32,766 values.
const KEYS_STEP: usize = 4;
const MOST_FILLED: usize = 4_096;

/// Keys for `IN`, at least one.
pub struct Keys(Vec<String>);

impl Keys {
    /// The last is repeated up to a length that other lists have too; a row is found once however often its key is named.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> Self {
        let mut keys: Vec<String> = keys.into_iter().map(|key| key.as_ref().to_owned()).collect();
        let mut length = 1;
        while length < keys.len() {
            length *= KEYS_STEP;
        }
        if let Some(last) = keys.last().cloned().filter(|_| length <= MOST_FILLED) {
            keys.resize(length, last);
        }
        Self(keys)
    }

    /// `($1, $2, ...)` from a first place on.
    pub fn places(&self, first: usize) -> String {
        places(first, self.0.len())
    }

    /// Behind the values of the places before.
    pub fn bind(self, statement: AnyQuery<'static>) -> AnyQuery<'static> {
        self.0.into_iter().fold(statement, |statement, key| statement.bind(key))
    }
}

fn places(first: usize, count: usize) -> String {
    let list: Vec<String> = (first..first + count).map(|place| format!("${place}")).collect();
    format!("({})", list.join(", "))
}

/// How many of so many rows the next statement takes; `None` when none are left.
fn next_batch(rows: usize) -> Option<usize> {
    BATCHES.into_iter().find(|size| *size <= rows)
}

/// Places for the values of many rows.
fn rows_of_places(columns: usize, rows: usize) -> String {
    (0..rows).map(|row| places(row * columns + 1, columns)).collect::<Vec<_>>().join(", ")
}

/// Runs `{before} ($1, ...), (...) {after}` for rows of so many values each; how many rows of the database it changed.
async fn write_rows<T: Send>(
    tx: &mut Tx,
    (before, after): (&str, &str),
    columns: usize,
    rows: Vec<T>,
    bind: impl Fn(AnyQuery<'static>, T) -> AnyQuery<'static> + Send + Sync,
) -> Result<u64, StoreError> {
    let (mut changed, mut rows) = (0, rows.into_iter());
    while let Some(size) = next_batch(rows.len()) {
        let statement = query(format!("{before} {} {after}", rows_of_places(columns, size)));
        let statement = rows.by_ref().take(size).fold(statement, &bind);
        changed += statement.execute(&mut **tx).await?.rows_affected();
    }
    Ok(changed)
}

/// A statement put together from our own words and numbered places.
pub fn query(sql: String) -> AnyQuery<'static> {
    sqlx::query(AssertSqlSafe(sql))
}
