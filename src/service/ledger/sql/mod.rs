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

use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Transaction};

/// A transaction of the store.
pub type Tx = Transaction<'static, Any>;

type AnyQuery<'q> = Query<'q, Any, <Any as sqlx::Database>::Arguments>;

/// `($1, $2, ...)` from a first place on.
pub fn places(first: usize, count: usize) -> String {
    let list: Vec<String> = (first..first + count).map(|place| format!("${place}")).collect();
    format!("({})", list.join(", "))
}

/// Rows of places for an insert of many rows.
fn rows_of_places(columns: usize, rows: usize) -> String {
    (0..rows).map(|row| places(row * columns + 1, columns)).collect::<Vec<_>>().join(", ")
}

/// A statement put together from our own words and numbered places.
fn query(sql: String) -> AnyQuery<'static> {
    sqlx::query(AssertSqlSafe(sql))
}
