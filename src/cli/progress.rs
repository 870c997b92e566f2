//! Progress of a search on standard error: a bar on a terminal, lines elsewhere.

use super::output;
use crate::domain::Limit;
use crate::optimize::control::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lines are at least this far apart, but for the first of a stage.
const LINE_EVERY: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(120);

/// Where progress is shown.
pub enum Display {
    Bar(ProgressBar),
    Lines(Mutex<Throttle>),
}

/// Keeps lines apart.
#[derive(Debug, Default)]
pub struct Throttle {
    last: Option<(Instant, &'static str)>,
}

impl Throttle {
    /// Whether a line of a stage is due.
    fn is_due(&mut self, stage: &'static str, now: Instant) -> bool {
        let due = self.last.is_none_or(|(last, known)| known != stage || now.duration_since(last) >= LINE_EVERY);
        if due {
            self.last = Some((now, stage));
        }
        due
    }
}

impl Display {
    /// A bar that fills with the time limit, a spinner when there is none, or lines.
    pub fn start(limit: Limit) -> Self {
        if !stderr().is_terminal() {
            return Self::Lines(Mutex::default());
        }
        let (bar, template) = match limit {
            Limit::TimeS(seconds) => (ProgressBar::new(seconds), "{spinner} {bar:20} {wide_msg}"),
            Limit::Work(_) => (ProgressBar::new_spinner(), "{spinner} {wide_msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self::Bar(bar)
    }

    /// Shows where a stage stands.
    pub fn show(&self, progress: &Progress) {
        match self {
            Self::Bar(bar) => {
                bar.set_position(progress.elapsed_s as u64);
                bar.set_message(line(progress));
            }
            Self::Lines(throttle) => {
                let mut throttle = throttle.lock().unwrap_or_else(PoisonError::into_inner);
                if throttle.is_due(progress.stage, Instant::now()) {
                    output::tell(&line(progress));
                }
            }
        }
    }

    /// Tells something between the progress.
    pub fn say(&self, text: &str) {
        match self {
            Self::Bar(bar) => bar.suspend(|| output::tell(text)),
            Self::Lines(_) => output::tell(text),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

/// Progress in a line: time, stage, best value, bound, gap, time left and note, as far as they are known.
fn line(progress: &Progress) -> String {
    let mut text = format!("{:>6.1} s  {:<10}", progress.elapsed_s, progress.stage);
    for (name, value) in [("best", progress.incumbent), ("bound", progress.bound)] {
        // a bound that is not there yet may be infinite; adding 0 takes the sign from -0
        if let Some(value) = value.filter(|value| value.is_finite()) {
            text += &format!("  {name} {:.0}", value.round() + 0.0);
        }
    }
    if let Some(gap) = progress.gap.filter(|gap| gap.is_finite()) {
        text += &format!("  gap {:.1} %", 100.0 * gap);
    }
    if let Some(left) = progress.time_left_s {
        text += &format!("  left {left:.0} s");
    }
    if !progress.note.is_empty() {
        text += &format!("  {}", progress.note);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_known() {
        let mut progress = Progress {
            stage: "design",
            incumbent: Some(1200.4),
            bound: Some(1300.0),
            gap: Some(0.0766),
            elapsed_s: 12.34,
            time_left_s: Some(47.66),
            note: "42 rotations".to_owned(),
        };
        assert_eq!(line(&progress), "  12.3 s  design      best 1200  bound 1300  gap 7.7 %  left 48 s  42 rotations");
        progress = Progress {
            incumbent: None,
            bound: Some(f64::INFINITY),
            gap: None,
            time_left_s: None,
            note: String::new(),
            ..progress
        };
        assert_eq!(line(&progress).trim_end(), "  12.3 s  design");
    }

    #[test]
    fn lines_come_once_a_second_and_with_every_stage() {
        let (mut throttle, now) = (Throttle::default(), Instant::now());
        let due: Vec<_> = [("design", 0), ("design", 900), ("slots", 950), ("slots", 1949), ("slots", 1950)]
            .into_iter()
            .map(|(stage, ms)| throttle.is_due(stage, now + Duration::from_millis(ms)))
            .collect();
        assert_eq!(due, [true, false, true, false, true]);
    }
}
