//! The price of a way: the published list, item by item, and nothing that is not on it.

use super::quote::{Quote, QuoteItem};
use crate::domain::*;

/// A ride as a charge names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedRide {
    /// Such as `S05 2603R, NSA to HKKT`.
    pub text: String,
    pub distance: Metres,
}

/// [JN-2] All charges of boxes of one kind on a way.
pub fn quote(tariff: &Tariff, rides: &[PricedRide], trade: Trade, cargo: Cargo, teu: Teu) -> Quote {
    let mut quote = Quote { currency: tariff.currency.clone(), ..Quote::default() };
    for ride in rides {
        let rate = tariff.freight(ride.distance, trade == Trade::Empty);
        quote.add("freight", &format!("Freight {}, {} km", ride.text, kilometres(ride.distance)), teu.0, "TEU", rate);
    }
    let changes = rides.len().saturating_sub(1) as i64;
    quote.add("transshipment", "Transshipment", changes * teu.0, "TEU", tariff.transshipment_cents_per_teu);
    match cargo {
        Cargo::Dry => {}
        Cargo::Reefer => quote.add("reefer", "Reefer plug", teu.0, "TEU", tariff.reefer_cents_per_teu),
        Cargo::Dangerous => quote.add("dangerous", "Dangerous goods", teu.0, "TEU", tariff.dangerous_cents_per_teu),
    }
    quote.add("document", "Papers", 1, "booking", tariff.document_cents);
    quote
}

impl Quote {
    /// A charge of nothing is left out.
    fn add(&mut self, charge: &str, text: &str, quantity: i64, unit: &str, rate: Cents) {
        let amount = rate * quantity;
        if amount == Cents(0) {
            return;
        }
        self.total_cents += amount;
        self.items.push(QuoteItem {
            charge: charge.to_owned(),
            text: text.to_owned(),
            quantity,
            unit: unit.to_owned(),
            rate_cents: rate,
            amount_cents: amount,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tariff() -> Tariff {
        Tariff {
            currency: "RMB".to_owned(),
            freight_cents_per_teu: Cents(15_000),
            freight_cents_per_teu_km: Cents(150),
            empty_freight_percent: 60,
            transshipment_cents_per_teu: Cents(8_000),
            reefer_cents_per_teu: Cents(12_000),
            document_cents: Cents(5_000),
            ..Tariff::default()
        }
    }

    fn ride(km: i64) -> PricedRide {
        PricedRide { text: "S01 2601R, A to B".to_owned(), distance: Metres(km * 1000) }
    }

    // the sum is that of the items, each is on the list, and what is not charged is not shown
    #[test]
    fn a_quote_adds_up_and_names_only_what_is_on_the_list() {
        let quote = quote(&tariff(), &[ride(30), ride(60)], Trade::Export, Cargo::Reefer, Teu(2));
        let items: Vec<(&str, i64, i64)> =
            quote.items.iter().map(|item| (item.charge.as_str(), item.quantity, item.amount_cents.0)).collect();
        assert_eq!(
            items,
            [
                ("freight", 2, 39_000),
                ("freight", 2, 48_000),
                ("transshipment", 2, 16_000),
                ("reefer", 2, 24_000),
                ("document", 1, 5_000)
            ]
        );
        assert_eq!(quote.total_cents, Cents(132_000));
    }

    #[test]
    fn empties_pay_their_part_of_the_freight_and_an_empty_list_charges_nothing() {
        let empty = quote(&tariff(), &[ride(30)], Trade::Empty, Cargo::Dry, Teu(1));
        assert_eq!(empty.items[0].amount_cents, Cents(11_700));
        assert_eq!(quote(&Tariff::default(), &[ride(30)], Trade::Export, Cargo::Dangerous, Teu(9)).items, []);
    }
}
