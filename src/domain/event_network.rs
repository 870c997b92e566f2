//! Periodic event scheduling: events that recur every period, activities between them, and times for all events. Times and spans are whole
//! slots. Fixed once read.

index!(
    /// A row of the events of an [`EventNetwork`].
    EventIdx
);

/// Events and activities of one timetable; every event takes place once in each period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventNetwork {
    /// Slots after which everything repeats; at least one.
    pub period: i64,
    /// Number of each event in its file, ascending.
    pub events: Vec<i64>,
    /// In the order of the file.
    pub activities: Vec<Activity>,
}

/// From one event to a later one: a trip, a stay, a change or a headway. It lasts from `least` to `most` slots, of which only the difference
/// modulo the period is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    pub from: EventIdx,
    pub to: EventIdx,
    /// Shortest duration; may exceed the period, and may be below zero.
    pub least: i64,
    /// Longest duration, not below the shortest.
    pub most: i64,
    /// Cost of each slot beyond the shortest duration; not below zero.
    pub weight: i64,
}

impl Activity {
    /// Slots it may last beyond the shortest duration; a whole period less one is as good as any more.
    pub fn span(&self, period: i64) -> i64 {
        self.most.saturating_sub(self.least).min(period - 1)
    }
}

/// A time for every event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodicTimetable {
    /// By event: its slot, from 0 to below the period.
    pub times: Vec<i64>,
    /// What the activities last beyond their shortest durations, each by its weight, as the planner counted it.
    pub weighted_slack: i64,
}
