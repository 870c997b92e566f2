//! The map of an instance, from GeoJSON (RFC 7946): land as polygons, channels as lines. Only the shapes that are drawn are read.

use super::ErrorCode::*;
use super::errors::{At, Errors, shown};
use super::files::Files;
use super::schema::{COASTLINE, WATERWAYS};
use crate::domain::{Channel, Chart, Position, Problem};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A map for a page is far smaller.
const MOST_BYTES: usize = 2_000_000;

#[derive(Deserialize)]
struct Collection<Feature> {
    features: Vec<Feature>,
    /// Who made it; RFC 7946, 6.1 lets a file say more than the standard asks.
    #[serde(default)]
    credit: String,
}

#[derive(Deserialize)]
struct Land {
    geometry: Area,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Area {
    Polygon { coordinates: Vec<Vec<Position>> },
}

#[derive(Deserialize)]
struct Course {
    properties: CourseOf,
    geometry: Line,
}

#[derive(Deserialize)]
struct CourseOf {
    link: String,
    #[serde(default)]
    name_zh: String,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Line {
    LineString { coordinates: Vec<Position> },
}

/// Reads both files; a missing one leaves its part of the map empty. Links are looked up where there is a problem.
pub(super) fn read_chart(files: &Files, problem: Option<&Problem>, errors: &mut Errors) -> Chart {
    let mut chart = Chart::default();
    if let Some(land) = read::<Collection<Land>>(COASTLINE, files, errors) {
        chart.credits.extend(Some(land.credit).filter(|credit| !credit.is_empty()));
        chart.land = land.features.into_iter().flat_map(|Land { geometry: Area::Polygon { coordinates } }| coordinates).collect();
        check_positions(COASTLINE, chart.land.iter().flatten(), errors);
    }
    if let Some(courses) = read::<Collection<Course>>(WATERWAYS, files, errors) {
        chart.credits.extend(Some(courses.credit).filter(|credit| !credit.is_empty()));
        for Course { properties, geometry: Line::LineString { coordinates: line } } in courses.features {
            check_link(&properties.link, problem, errors);
            check_positions(WATERWAYS, line.iter(), errors);
            chart.channels.insert(properties.link, Channel { line, name_zh: properties.name_zh });
        }
    }
    chart
}

fn read<T: DeserializeOwned>(file: &str, files: &Files, errors: &mut Errors) -> Option<T> {
    let bytes = files.open(file, true, errors)?;
    if bytes.len() > MOST_BYTES {
        let what = format!("the file is larger than {} MB", MOST_BYTES / 1_000_000);
        errors.add(FileTooLarge, At::file(file), what, "leave out what is too small to be seen");
        return None;
    }
    let read = serde_json::from_slice(bytes);
    let report = |error: &serde_json::Error, errors: &mut Errors| {
        let what = format!("it is not a map that can be read ({})", shown(&error.to_string()));
        errors.add(BadMap, At::line(file, error.line() as u64), what, "write the GeoJSON that instances/README.md describes");
    };
    read.map_err(|error| report(&error, errors)).ok()
}

fn check_positions<'a>(file: &str, mut positions: impl Iterator<Item = &'a Position>, errors: &mut Errors) {
    let is_on_earth = |[lon, lat]: &Position| (-180.0..=180.0).contains(lon) && (-90.0..=90.0).contains(lat);
    if let Some([lon, lat]) = positions.find(|position| !is_on_earth(position)) {
        let what = format!("{lon}, {lat} is no place on earth");
        errors.add(OutOfRange, At::file(file).field("coordinates"), what, "give longitude and latitude in degrees");
    }
}

fn check_link(link: &str, problem: Option<&Problem>, errors: &mut Errors) {
    if problem.is_some_and(|problem| problem.links.iter().all(|known| known.code != link)) {
        let what = format!("{} is not in links.csv", shown(link));
        errors.add(UnknownLink, At::file(WATERWAYS).field("link"), what, "add the link or correct the code");
    }
}
