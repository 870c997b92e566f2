//! `charges.csv`: the published prices that the model needs.

use super::ErrorCode::*;
use super::cells::{Raw, Rows};
use super::errors::{At, Errors};
use super::raw::RawCharge;
use super::schema::CHARGES;
use crate::domain::Cents;
use std::collections::BTreeMap;

const DIESEL: &str = "diesel";
const LNG_FUEL_FACTOR: &str = "lng_fuel_factor";
const ELECTRICITY: &str = "electricity";

/// Name, unit and highest sensible value of each charge.
const KNOWN: [(&str, &str, f64); 3] =
    [(DIESEL, "RMB/t", 100_000.0), (LNG_FUEL_FACTOR, "share of the diesel cost", 10.0), (ELECTRICITY, "RMB/kWh", 100.0)];

/// The prices of energy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prices {
    pub diesel_per_t: Cents,
    pub lng_fuel_factor: f64,
    pub electricity_cents_per_kwh: f64,
}

/// Takes the prices from the table; a price that is missing or wrong is reported and stands as 0.
pub(super) fn link_prices(charges: &Rows<RawCharge>, errors: &mut Errors) -> Prices {
    let mut found: BTreeMap<&str, f64> = BTreeMap::new();
    for raw in &charges.rows {
        check_charge(raw, errors);
        found.insert(&raw.row.charge, raw.row.value);
    }
    for (name, ..) in KNOWN.iter().filter(|(name, ..)| charges.whole && !found.contains_key(name)) {
        let do_this = format!("add a row for {name}, see instances/README.md");
        errors.add(MissingCharge, At::file(CHARGES.file).field("charge"), format!("{name} is missing"), do_this);
    }
    let value = |name: &str| found.get(name).copied().unwrap_or_default();
    Prices {
        diesel_per_t: Cents::from_units(value(DIESEL)),
        lng_fuel_factor: value(LNG_FUEL_FACTOR),
        electricity_cents_per_kwh: value(ELECTRICITY) * 100.0,
    }
}

fn check_charge(raw: &Raw<RawCharge>, errors: &mut Errors) {
    let at = At::line(CHARGES.file, raw.line);
    let charge = &raw.row;
    if !raw.sound {
        return;
    }
    let Some((name, unit, most)) = KNOWN.iter().find(|(name, ..)| *name == charge.charge) else {
        let names: Vec<&str> = KNOWN.iter().map(|(name, ..)| *name).collect();
        let do_this = format!("remove it or correct its name; charges are {}", names.join(", "));
        errors.add(UnknownCharge, at.field("charge"), format!("{} is not a charge of the model", charge.charge), do_this);
        return;
    };
    if charge.unit != *unit {
        let what = format!("{name} is in {}", charge.unit);
        errors.add(WrongUnit, at.field("unit"), what, format!("convert the value and write {unit}"));
    }
    if charge.value > *most {
        let what = format!("{} is not within 0 to {most}", charge.value);
        errors.add(OutOfRange, at.field("value"), what, format!("correct the number; its unit is {unit}"));
    }
}
