//! What the clock and a publication do to bookings.

use super::booking::now;
use super::state::AppState;
use crate::service::ledger::{Booking, Carriage, LedgerError, LegRow, StrandReason};
use crate::service::store::StoreError;

impl AppState {
    /// Moves bookings to the plan that has been published, if that is still to be done.
    ///
    /// # Errors
    /// When the database fails; what was moved stays, and the rest is moved later.
    pub async fn carry_bookings(&self) -> Result<(), StoreError> {
        let Some(to) = self.ledger.carrying_to().await.map_err(cause)? else { return Ok(()) };
        let shown = self.current.load();
        if shown.as_ref().map(|plan| &plan.id) != to.as_ref() {
            return Ok(()); // yet another plan is current; the next look finds it
        }
        let (terms, now) = (self.ledger.terms().await?, now(self));
        let look_up = |booking: &Booking, booked: Option<&[LegRow]>| match &shown {
            Some(plan) => plan.carriage(booking, booked, &terms, now),
            None => nothing_sails(booking),
        };
        let carried = self.ledger.carry_over(to.as_deref(), now, look_up).await.map_err(cause)?;
        tracing::info!(carried, "bookings follow to the published timetable");
        Ok(())
    }

    /// Does what is due: offers run out, allotments return, voyages end.
    pub async fn settle_ledger(&self) {
        let settled = async {
            self.ledger.settle_due(now(self)).await?;
            self.ledger.forget_old_answers().await
        };
        if let Err(error) = settled.await {
            tracing::error!(%error, "the ledger's clock could not be served");
        }
    }
}

fn cause(error: LedgerError) -> StoreError {
    match error {
        LedgerError::Store(error) => error,
        other => StoreError::Damaged(other.to_string()),
    }
}

fn nothing_sails(booking: &Booking) -> Carriage {
    Carriage {
        version: booking.version,
        plan_id: String::new(),
        ways: Vec::new(),
        reason: StrandReason::NothingPublished,
        alternative: None,
        knows_room: true,
    }
}
