//! `tariff.csv`: what a shipper pays. It lies beside the tables of an instance and is none of them: plans are made without it, so a new
//! price list does not make another instance.

use super::ErrorCode::*;
use super::cells::{Raw, read_rows};
use super::errors::{At, Errors, InputErrors};
use super::files::read_file;
use super::keys::check_unique;
use super::raw::{RawCharge, read_charge};
use super::schema::TARIFF;
use super::table::read_table;
use crate::domain::{Cents, Tariff};
use std::path::Path;

/// One charge of the list: its name, unit, highest sensible value, and where it goes.
struct Known {
    name: &'static str,
    unit: &'static str,
    most: f64,
    set: fn(&mut Tariff, f64),
}

const KNOWN: [Known; 7] = [
    Known { name: "freight", unit: "RMB/TEU", most: 100_000.0, set: |t, v| t.freight_cents_per_teu = Cents::from_units(v) },
    Known {
        name: "freight_km",
        unit: "RMB/TEU-km",
        most: 1_000.0,
        set: |t, v| t.freight_cents_per_teu_km = Cents::from_units(v),
    },
    Known {
        name: "empty_freight",
        unit: "share of the freight",
        most: 1.0,
        set: |t, v| t.empty_freight_percent = (v * 100.0).round() as i64,
    },
    Known {
        name: "transshipment",
        unit: "RMB/TEU",
        most: 100_000.0,
        set: |t, v| t.transshipment_cents_per_teu = Cents::from_units(v),
    },
    Known { name: "reefer", unit: "RMB/TEU", most: 100_000.0, set: |t, v| t.reefer_cents_per_teu = Cents::from_units(v) },
    Known { name: "dangerous", unit: "RMB/TEU", most: 100_000.0, set: |t, v| t.dangerous_cents_per_teu = Cents::from_units(v) },
    Known { name: "document", unit: "RMB/booking", most: 100_000.0, set: |t, v| t.document_cents = Cents::from_units(v) },
];

/// Reads the price list of an instance's folder; `None` where there is none.
///
/// # Errors
/// All errors of the list at once.
pub fn read_tariff(folder: &Path) -> Result<Option<Tariff>, InputErrors> {
    let path = folder.join(TARIFF.file);
    if !path.exists() {
        return Ok(None);
    }
    let mut errors = Errors::default();
    let tariff = read_file(&path, TARIFF.file, &mut errors).and_then(|bytes| take_tariff(&bytes, &mut errors));
    errors.finish(tariff).map(Some)
}

fn take_tariff(bytes: &[u8], errors: &mut Errors) -> Option<Tariff> {
    let table = read_table(&TARIFF, bytes, errors);
    let rows = read_rows(&TARIFF, &table, errors, read_charge);
    let mut tariff = Tariff { currency: "RMB".to_owned(), empty_freight_percent: 100, ..Tariff::default() };
    check_unique(&rows, "charge", DuplicateKey, |raw| raw.row.charge.clone(), errors);
    for raw in &rows.rows {
        take_charge(raw, &mut tariff, errors);
    }
    rows.whole.then_some(tariff)
}

fn take_charge(raw: &Raw<RawCharge>, tariff: &mut Tariff, errors: &mut Errors) {
    let (at, charge) = (At::line(TARIFF.file, raw.line), &raw.row);
    if !raw.sound {
        return;
    }
    let Some(known) = KNOWN.iter().find(|known| known.name == charge.charge) else {
        let names: Vec<&str> = KNOWN.iter().map(|known| known.name).collect();
        let do_this = format!("remove it or correct its name; charges are {}", names.join(", "));
        errors.add(UnknownCharge, at.field("charge"), format!("{} is no charge of a price list", charge.charge), do_this);
        return;
    };
    if charge.unit != known.unit {
        let what = format!("{} is in {}", known.name, charge.unit);
        errors.add(WrongUnit, at.field("unit"), what, format!("convert the value and write {}", known.unit));
    }
    if charge.value > known.most {
        let what = format!("{} is not within 0 to {}", charge.value, known.most);
        errors.add(OutOfRange, at.field("value"), what, format!("correct the number; its unit is {}", known.unit));
    }
    (known.set)(tariff, charge.value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Metres;

    fn read(text: &str) -> Result<Option<Tariff>, InputErrors> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tariff.csv"), text).unwrap();
        read_tariff(folder.path())
    }

    #[test]
    fn a_list_is_read_and_freight_is_by_barge_and_started_kilometre() {
        let text = "charge,value,unit\nfreight,150,RMB/TEU\nfreight_km,0.9,RMB/TEU-km\nempty_freight,0.6,share of the freight\n";
        let tariff = read(text).unwrap().unwrap();
        assert_eq!(tariff.freight(Metres(10_001), false), Cents(15_000 + 11 * 90));
        assert_eq!(tariff.freight(Metres(10_000), true), Cents((15_000 + 900) * 60 / 100));
        assert_eq!((tariff.reefer_cents_per_teu, tariff.document_cents), (Cents(0), Cents(0)));
        assert_eq!(read_tariff(Path::new("nowhere")).unwrap(), None);
    }

    // everything that is wrong with a list is said at once, with its place
    #[test]
    fn errors_of_a_list_are_told_together() {
        let errors =
            read("charge,value,unit\nfreight,150,RMB\nfreight,9000000,RMB/TEU\ntip,1,RMB/TEU\nreefer,x,RMB/TEU\n").unwrap_err();
        let codes: Vec<&str> = errors.errors.iter().map(|error| error.code.text()).collect();
        assert_eq!(errors.errors.len(), 5, "{errors}");
        assert!(errors.errors.iter().all(|error| error.file == "tariff.csv" && error.line.is_some()), "{codes:?}");
    }
}
