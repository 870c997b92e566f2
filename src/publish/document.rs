//! The plan document: the plan and the auditor's report in one JSON file.

use crate::domain::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A plan file larger than this is refused: 100 MB, about fifty times the largest plan of the sample network.
pub const MOST_BYTES: u64 = 100_000_000;

/// The shape of plan documents that this program reads and writes.
const FORMAT: u32 = 1;

/// Times and quantities beyond this are no shipping figures; within it no sum over a plan of [`MOST_BYTES`] can overflow.
const LARGEST: i64 = 1_000_000_000_000;

/// A plan with the account the auditor gave of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanDocument {
    pub plan: Plan,
    pub report: Report,
}

/// Why a plan could not be read or written, and what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The file is missing or may not be read.
    #[error("{path}: cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    /// The file is no plan: it is larger than [`MOST_BYTES`].
    #[error("{path}: larger than {MOST_BYTES} bytes, so it is no plan", path = path.display())]
    TooLarge { path: PathBuf },
    /// The file is not JSON of the kind that was asked for.
    #[error("{path} line {line} column {column}: {message}", path = path.display())]
    Parse { path: PathBuf, line: usize, column: usize, message: String },
    /// JSON of the right shape that cannot be a plan.
    #[error("{path}: {message}", path = path.display())]
    NoPlan { path: PathBuf, message: String },
    /// The folder is missing, full or may not be written; the file is as it was before.
    #[error("{path}: cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
}

/// Reads a plan document. Its numbers are of a sane size afterwards, so that they can be added without overflow; whether the plan keeps
/// the rules is the auditor's question.
///
/// # Errors
/// When the file cannot be read, is too large, is not a plan document (with line and column), or holds impossible numbers.
pub fn read_plan(path: &Path) -> Result<PlanDocument, PublishError> {
    let bytes = read_bytes(path)?;
    let document: PlanDocument = serde_json::from_slice(&bytes).map_err(|error| parse_error(path, &error))?;
    match find_nonsense(&document) {
        None => Ok(document),
        Some(message) => Err(PublishError::NoPlan { path: path.to_owned(), message }),
    }
}

/// Reads the wishes of an exchange: a JSON list.
///
/// # Errors
/// When the file cannot be read, is too large, or is not a list of wishes (with line and column).
pub fn read_wishes(path: &Path) -> Result<Vec<Wish>, PublishError> {
    serde_json::from_slice(&read_bytes(path)?).map_err(|error| parse_error(path, &error))
}

/// The file's bytes, at most [`MOST_BYTES`] of them, also from a pipe that has no length.
fn read_bytes(path: &Path) -> Result<Vec<u8>, PublishError> {
    let failed = |source| PublishError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PublishError::TooLarge { path: path.to_owned() });
    }
    Ok(bytes)
}

fn parse_error(path: &Path, error: &serde_json::Error) -> PublishError {
    let text = error.to_string();
    // the place is said once, in front
    let message = match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    };
    PublishError::Parse { path: path.to_owned(), line: error.line(), column: error.column(), message }
}

/// What is impossible about a document, whatever the instance: its format, its cycle, or a number beyond all measure.
fn find_nonsense(document: &PlanDocument) -> Option<String> {
    let plan = &document.plan;
    if plan.format != FORMAT {
        return Some(format!("format {} is not known; this program reads format {FORMAT}", plan.format));
    }
    if !(1..=LARGEST).contains(&plan.cycle_min.0) {
        return Some(format!("cycle_min is {}; it must be positive", plan.cycle_min.0));
    }
    let wild = numbers(document).find(|number| !(-LARGEST..=LARGEST).contains(number))?;
    Some(format!("the number {wild} is beyond any time, volume, mass or amount of money"))
}

/// All times, volumes, masses and amounts of a document.
fn numbers(document: &PlanDocument) -> impl Iterator<Item = i64> + '_ {
    let PlanDocument { plan, report } = document;
    let call = |c: &CallTimes| [c.arrival_min.0, c.berthing_min.0, c.departure_min.0];
    let times = plan.sailings.iter().flat_map(move |s| s.calls.iter().flat_map(call).chain([s.back_at_min.0]));
    let volumes = plan.shipments.iter().map(|s| s.volume_teu.0).chain(plan.left_behind.iter().map(|l| l.volume_teu.0));
    let slots = plan.slots.iter().flat_map(|s| {
        let row = [s.capacity_teu, s.used_teu, s.free_teu, s.reefer_plugs, s.used_plugs].map(|teu| teu.0);
        let own = |a: &Allotment| [a.volume_teu.0, a.mass_kg.0, a.reefer_plugs.0, a.dangerous_teu.0];
        row.into_iter().chain([s.capacity_kg.0, s.used_kg.0]).chain(s.allotments.iter().flat_map(own))
    });
    let settled = plan.settlement.iter().flat_map(settled_numbers);
    let costs_of = |c: &ServiceCost| [c.call_cents.0, c.energy_cents.0, c.vessel_cents.0];
    let services = report.services.iter().flat_map(costs_of);
    let l = &report.ledger;
    let costs = [l.handling_cents, l.transshipment_cents, l.call_cents, l.energy_cents, l.vessel_cents];
    let money = costs.into_iter().chain([l.revenue_cents, l.profit_cents]).map(|cents| cents.0);
    let indicators = &report.indicators;
    let totals = [indicators.demand_teu.0, indicators.carried_teu.0, indicators.transshipped_teu.0];
    let terminals = indicators.terminals.iter().flat_map(|t| [t.loaded_teu.0, t.discharged_teu.0]);
    times.chain(volumes).chain(slots).chain(money).chain(services).chain(totals).chain(terminals).chain(settled)
}

/// Those of a settlement.
fn settled_numbers(s: &Settlement) -> impl Iterator<Item = i64> + '_ {
    let account = |a: &MemberAccount| {
        let slots = [a.held_slot_legs.0, a.used_slot_legs.0, a.carried_teu.0];
        let costs = [a.freight_cents, a.lifts_cents, a.operated_cents, a.borne_cents].map(|cents| cents.0);
        let receives = [a.slots_cents, a.balance_cents, a.receives_cents, a.share_cents].map(|cents| cents.0);
        let others = [a.shapley_cents, a.nucleolus_cents, a.owen_cents].map(|cents| cents.0);
        slots.into_iter().chain(costs).chain(receives).chain(others)
    };
    let used = |a: &SlotAccount| {
        let load = [a.used_teu.0, a.used_kg.0, a.used_plugs.0, a.used_dangerous_teu.0];
        load.into_iter().chain([a.receives_cents.0])
    };
    let legs = s.legs.iter().flat_map(move |leg| leg.accounts.iter().flat_map(used).chain([leg.returns_at_min.0]));
    let whole = [s.profit_cents.0, s.bound_cents.0, s.least_core_cents.0, s.returns_before_min.0];
    let lifts = s.calls.iter().map(|call| call.lifts_teu.0).chain(s.demands.iter().map(|demand| demand.volume_teu.0));
    let values = s.values_cents.iter().map(|value| value.0);
    whole.into_iter().chain(s.members.iter().flat_map(account)).chain(values).chain(legs).chain(lifts)
}

/// The document as JSON: indented, ended by a newline, and the same bytes for the same document.
pub fn to_json(document: &PlanDocument) -> String {
    pretty(document)
}

/// The JSON Schema of plan documents, committed as `models/plan.schema.json`.
pub fn schema() -> String {
    pretty(&schemars::schema_for!(PlanDocument))
}

/// Indented JSON with a newline at the end.
pub(super) fn pretty(value: &impl Serialize) -> String {
    // structs with text keys and no failing serializer always become JSON
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// Says before a long search whether its plan could be written to `path`.
///
/// # Errors
/// When the folder does not exist or may not be written, or the path is a folder.
pub fn check_writable(path: &Path) -> Result<(), PublishError> {
    let failed = |source| PublishError::Write { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    temporary_beside(path).map(drop).map_err(failed)
}

/// Writes a plan document: first beside its place, then moved there in one step, so that whenever the program or the machine stops the
/// file is the old one or the new one, whole.
///
/// # Errors
/// When the folder is missing, full or may not be written.
pub fn write_plan(path: &Path, document: &PlanDocument) -> Result<(), PublishError> {
    write_text(path, &to_json(document))
}

/// Writes any text in that way.
pub(super) fn write_text(path: &Path, text: &str) -> Result<(), PublishError> {
    write_whole(path, text.as_bytes()).map_err(|source| PublishError::Write { path: path.to_owned(), source })
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary_beside(path)?;
    file.write_all(bytes)?;
    readable_by_all(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_folder(folder_of(path))
}

fn temporary_beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".waterbus-").suffix(".part").tempfile_in(folder_of(path))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file is private; a plan is read by others than its maker.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_file: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the move itself durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = include_str!("../../tests/cli/fixtures/plan-a.json");

    fn written(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    // the schema in the tree is what other programs validate against, so it follows the types
    #[test]
    fn the_committed_schema_is_that_of_the_types() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/plan.schema.json");
        if std::env::var_os("WATERBUS_WRITE_SCHEMA").is_some() {
            std::fs::write(&path, schema()).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(committed == schema(), "run the test with WATERBUS_WRITE_SCHEMA=1 and read the difference");
    }

    #[test]
    fn a_plan_document_is_valid_by_the_schema_and_a_changed_one_is_not() {
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut document: serde_json::Value = serde_json::from_str(PLAN).unwrap();
        assert!(validator.is_valid(&document), "{:?}", validator.iter_errors(&document).next());
        document["plan"]["surprise"] = 1.into();
        assert!(!validator.is_valid(&document));
    }

    // what is written is read back as it was, and the second writing gives the same bytes
    #[test]
    fn a_plan_goes_to_a_file_and_back_unchanged() {
        let document: PlanDocument = serde_json::from_str(PLAN).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        write_plan(&path, &document).unwrap();
        write_plan(&path, &read_plan(&path).unwrap()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), to_json(&document));
        assert!(to_json(&document).ends_with("}\n"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn a_missing_folder_is_seen_before_the_search() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check_writable(&folder.path().join("no/plan.json")).is_err());
        assert!(check_writable(folder.path()).is_err());
        assert!(check_writable(&folder.path().join("plan.json")).is_ok());
    }

    #[test]
    fn a_broken_file_is_refused_with_its_line_and_column() {
        let error = read_plan(written("{\n  \"plan\": 7\n}\n").path()).unwrap_err();
        let PublishError::Parse { line, column, ref message, .. } = error else { panic!("{error}") };
        assert_eq!((line, column), (2, 11), "{error}");
        assert!(message.contains("expected struct Plan") && !message.contains("at line"), "{message}");
    }

    // a number that would overflow a sum is stopped at the door
    #[test]
    fn impossible_numbers_and_formats_are_refused() {
        let wild = PLAN.replacen("\"back_at_min\": ", "\"back_at_min\": 9000000000000", 1);
        assert!(read_plan(written(&wild).path()).unwrap_err().to_string().contains("beyond any time"));
        let other = PLAN.replacen("\"format\": 1", "\"format\": 2", 1);
        assert!(read_plan(written(&other).path()).unwrap_err().to_string().contains("format 2 is not known"));
        assert!(matches!(read_plan(Path::new("/nowhere/plan.json")), Err(PublishError::Read { .. })));
    }
}
