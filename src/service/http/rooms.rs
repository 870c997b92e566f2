//! Room of the published plan's legs as bookings have left it, kept for a moment: many look before one books, and a booking looks again.

use super::state::AppState;
use crate::service::ledger::{LegKey, LegRow};
use crate::service::published::PublishedPlan;
use crate::service::store::StoreError;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

/// Voyages that started so many cycles ago may still be under way.
const CYCLES_BACK: i64 = 5;

/// Legs of a plan that are booked or waited for.
#[derive(Debug)]
pub struct BookedRooms {
    plan_id: String,
    read_at: Instant,
    /// Counts the readings, so that what is made of them can be kept as long.
    pub number: u64,
    pub rows: HashMap<LegKey, LegRow>,
}

impl AppState {
    /// The rooms of a plan, at most as old as the settings allow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rooms(&self, plan: &PublishedPlan) -> Result<Arc<BookedRooms>, StoreError> {
        let fresh =
            |rooms: &Arc<BookedRooms>| rooms.plan_id == plan.id && rooms.read_at.elapsed() < self.settings.limits.room_age;
        if let Some(rooms) = self.rooms.load_full().filter(fresh) {
            return Ok(rooms);
        }
        let _alone = self.reading_rooms.lock().await;
        if let Some(rooms) = self.rooms.load_full().filter(fresh) {
            return Ok(rooms);
        }
        let cycle = plan.document.plan.cycle_min.0.max(1);
        let first = super::booking::now(self).0.div_euclid(cycle) - CYCLES_BACK;
        let read_at = Instant::now();
        let rows = self.ledger.legs(&plan.id, first).await?;
        let rows = rows.into_iter().map(|row| (row.key(), row)).collect();
        let number = self.rooms.load().as_ref().map_or(0, |rooms| rooms.number) + 1;
        let rooms = Arc::new(BookedRooms { plan_id: plan.id.clone(), read_at, number, rows });
        self.rooms.store(Some(Arc::clone(&rooms)));
        Ok(rooms)
    }
}
