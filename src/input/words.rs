//! The words of the tables and what they stand for.

use crate::domain::{BorderStation, Cargo, Energy, OperatorKind, Region, Role, Trade, WaterwayClass};

pub(super) const ROLES: [(&str, Role); 4] =
    [("hub", Role::Hub), ("regional", Role::Regional), ("relay", Role::Relay), ("feeder", Role::Feeder)];

pub(super) const REGIONS: [(&str, Region); 4] =
    [("GD", Region::Guangdong), ("GX", Region::Guangxi), ("HK", Region::HongKong), ("MO", Region::Macau)];

pub(super) const STATIONS: [(&str, BorderStation); 5] = [
    ("none", BorderStation::Exempt),
    ("Dachan", BorderStation::Dachan),
    ("Wanzai", BorderStation::Wanzai),
    ("Guishan", BorderStation::Guishan),
    ("Dasanmen", BorderStation::Dasanmen),
];

pub(super) const WATERWAY_CLASSES: [(&str, WaterwayClass); 6] = [
    ("I", WaterwayClass::I),
    ("II", WaterwayClass::II),
    ("III", WaterwayClass::III),
    ("IV", WaterwayClass::IV),
    ("V", WaterwayClass::V),
    ("sea", WaterwayClass::Sea),
];

pub(super) const ENERGIES: [(&str, Energy); 3] =
    [("diesel", Energy::Diesel), ("lng", Energy::Lng), ("electric", Energy::Electric)];

pub(super) const KINDS: [(&str, OperatorKind); 2] =
    [("barge operator", OperatorKind::Barge), ("port company", OperatorKind::Port)];

pub(super) const TRADES: [(&str, Trade); 6] = [
    ("export", Trade::Export),
    ("import", Trade::Import),
    ("transit", Trade::Transit),
    ("domestic", Trade::Domestic),
    ("cross_border_domestic", Trade::CrossBorderDomestic),
    ("empty", Trade::Empty),
];

pub(super) const CARGOES: [(&str, Cargo); 3] = [("dry", Cargo::Dry), ("reefer", Cargo::Reefer), ("dangerous", Cargo::Dangerous)];
