//! Options of `waterbus plan` for what counts beside money.

use crate::domain::{Cents, Weights};
use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "What counts beside money")]
pub struct WeighingArgs {
    /// Money that each tonne of CO2 counts against the plan
    #[arg(long, value_name = "RMB", default_value = "0", value_parser = |text: &str| parse(text, Weights::MOST.co2_cents_per_t))]
    weigh_co2: Cents,
    /// Money that each TEU and day under way counts against it
    #[arg(long, value_name = "RMB", default_value = "0", value_parser = |text: &str| parse(text, Weights::MOST.transit_cents_per_teu_day))]
    weigh_transit: Cents,
    /// Money that each TEU carried counts for it
    #[arg(long, value_name = "RMB", default_value = "0", value_parser = |text: &str| parse(text, Weights::MOST.carried_cents_per_teu))]
    weigh_carried: Cents,
}

impl WeighingArgs {
    pub fn weights(&self) -> Weights {
        Weights {
            co2_cents_per_t: self.weigh_co2,
            transit_cents_per_teu_day: self.weigh_transit,
            carried_cents_per_teu: self.weigh_carried,
        }
    }
}

/// An amount in whole currency units with decimals.
fn parse(text: &str, most: Cents) -> Result<Cents, String> {
    let amount = text.parse::<f64>().ok().filter(|amount| amount.is_finite()).map(Cents::from_units);
    let fits = amount.filter(|amount| (Cents(0)..=most).contains(amount));
    fits.ok_or_else(|| format!("`{text}` is no amount from 0 to {}; write it as 500 or 12.5", most.units()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_whole_units() {
        let most = Cents(100_000);
        assert_eq!(parse("12.5", most), Ok(Cents(1_250)));
        assert_eq!(parse("1000", most), Ok(most));
        for wrong in ["1000.01", "-1", "nan", "inf", "ten", ""] {
            assert!(parse(wrong, most).is_err(), "{wrong}");
        }
    }
}
