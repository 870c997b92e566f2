//! Quantities with their units, so that money is never added to minutes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Defines an integer quantity: arithmetic within the quantity, and scaling by a count.
macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::ops::Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl std::ops::Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl std::ops::Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl std::ops::AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl std::ops::SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl std::ops::Mul<i64> for $name {
            type Output = Self;
            fn mul(self, count: i64) -> Self {
                Self(self.0 * count)
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                Self(items.map(|item| item.0).sum())
            }
        }
    };
}

quantity!(
    /// Twenty-foot equivalent units: the size of a slot. Whole boxes only.
    Teu
);
quantity!(
    /// Minutes: a duration, or a time since the start of the cycle (Monday 00:00 local time).
    Minutes
);
quantity!(
    /// Money in hundredths of the instance's currency (fen for RMB).
    Cents
);
quantity!(
    /// Distance along the waterway in metres.
    Metres
);
quantity!(
    /// Mass in kilograms.
    Kg
);

impl Cents {
    /// Money given in whole units with decimals, rounded half away from zero to a hundredth.
    pub fn from_units(value: f64) -> Self {
        Self((value * 100.0).round() as i64)
    }

    /// The amount in whole units, for display and for solver coefficients.
    pub fn units(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Minutes {
    /// A duration in hours, rounded up to a whole minute: a buffer is never cut short.
    pub fn from_hours(hours: f64) -> Self {
        Self((hours * 60.0 - 1e-9).ceil() as i64)
    }

    /// Weekday and time, such as `Mon 06:15`; `+1w` marks a time of the week after the cycle's first, `-1w` of the week before.
    pub fn in_week(self) -> String {
        const DAY: i64 = 24 * 60;
        const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let week = DAY * DAYS.len() as i64;
        let minute = self.0.rem_euclid(week);
        let time = format!("{} {:02}:{:02}", DAYS[(minute / DAY) as usize], minute % DAY / 60, minute % 60);
        match self.0.div_euclid(week) {
            0 => time,
            weeks => format!("{time} {weeks:+}w"),
        }
    }

    /// The duration in hours.
    pub fn hours(self) -> f64 {
        self.0 as f64 / 60.0
    }
}
