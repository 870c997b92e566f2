//! What steers every stage from outside: the limit, cancelling, and progress. The only clock of the planning rooms lives here.

use crate::domain::Limit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A line of progress.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    pub stage: &'static str,
    /// Value of the best answer of the stage so far, in its own measure.
    pub incumbent: Option<f64>,
    /// No answer can be better than this.
    pub bound: Option<f64>,
    pub gap: Option<f64>,
    pub elapsed_s: f64,
    /// Until the deadline of the whole plan; `None` under a work limit.
    pub time_left_s: Option<f64>,
    pub note: String,
}

/// Receives lines of progress, from any thread.
pub type Watcher = dyn Fn(&Progress) + Send + Sync;

/// The reins of one planning run. Shared by its threads and by whoever may cancel it.
pub struct Control {
    cancelled: AtomicBool,
    started: Instant,
    limit: Limit,
    watcher: Box<Watcher>,
}

impl Control {
    /// Starts the clock.
    pub fn new(limit: Limit, watcher: Box<Watcher>) -> Self {
        Self { cancelled: AtomicBool::new(false), started: Instant::now(), limit, watcher }
    }

    /// A run that tells nobody.
    pub fn silent(limit: Limit) -> Self {
        Self::new(limit, Box::new(|_| {}))
    }

    /// Asks every stage to end with the best it has.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// The moment by which `share` (0 to 1) of the time has gone; `None` under a work limit.
    pub fn deadline(&self, share: f64) -> Option<Instant> {
        match self.limit {
            Limit::TimeS(seconds) => Some(self.started + Duration::from_secs(seconds).mul_f64(share)),
            Limit::Work(_) => None,
        }
    }

    /// True when the run is cancelled or the deadline has passed.
    pub fn is_over(&self, deadline: Option<Instant>) -> bool {
        self.is_cancelled() || deadline.is_some_and(|end| Instant::now() >= end)
    }

    /// Tells the watcher where a stage stands.
    pub fn report(&self, stage: &'static str, incumbent: Option<f64>, bound: Option<f64>, note: impl Into<String>) {
        let gap = incumbent.zip(bound).map(|(value, bound)| (bound - value).abs() / bound.abs().max(value.abs()).max(1e-9));
        let elapsed = self.started.elapsed();
        let time_left_s = match self.limit {
            Limit::TimeS(seconds) => Some((seconds as f64 - elapsed.as_secs_f64()).max(0.0)),
            Limit::Work(_) => None,
        };
        let note = note.into();
        (self.watcher)(&Progress { stage, incumbent, bound, gap, elapsed_s: elapsed.as_secs_f64(), time_left_s, note });
    }
}
