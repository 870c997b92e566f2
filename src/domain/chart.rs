//! The map of an instance: what is drawn below terminals and services. No plan depends on it.

use std::collections::BTreeMap;

/// Longitude and latitude in degrees (WGS 84), in the order of GeoJSON.
pub type Position = [f64; 2];

/// Land and channels as they are drawn; empty where the instance brings none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// Coasts and islands as closed rings.
    pub land: Vec<Vec<Position>>,
    /// By link.
    pub channels: BTreeMap<String, Channel>,
    /// Who made the map, to be shown with it.
    pub credits: Vec<String>,
}

/// The course of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Channel {
    /// From the link's `from` to its `to`.
    pub line: Vec<Position>,
    /// Empty where it is not given.
    pub name_zh: String,
}
