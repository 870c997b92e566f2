//! The numbers a division is worked out in: machine numbers for any alliance, fractions for small ones, where nothing is rounded.

use num_rational::BigRational;
use num_traits::{Num, NumCast, Signed, ToPrimitive};

/// A number with a smallest size that counts as not zero.
pub trait Number: Num + Signed + Clone + PartialOrd {
    /// Up to here a number is rounding.
    fn noise() -> Self;

    fn of(value: i64) -> Self;

    fn is_above(&self, other: &Self) -> bool {
        self.clone() - other.clone() > Self::noise()
    }

    fn is_nothing(&self) -> bool {
        self.abs() <= Self::noise()
    }

    fn to_machine(&self) -> f64;
}

impl Number for f64 {
    /// Values are brought to a size of about 1 before anything is worked out.
    fn noise() -> Self {
        1e-10
    }

    fn of(value: i64) -> Self {
        value as Self
    }

    fn to_machine(&self) -> f64 {
        *self
    }
}

impl Number for BigRational {
    fn noise() -> Self {
        Self::from_integer(0.into())
    }

    fn of(value: i64) -> Self {
        Self::from_integer(value.into())
    }

    fn to_machine(&self) -> f64 {
        let parts = self.numer().to_f64().zip(self.denom().to_f64());
        parts.and_then(|(above, below)| <f64 as NumCast>::from(above / below)).unwrap_or(f64::NAN)
    }
}
