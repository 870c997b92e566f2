//! Words that all three schedules use.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether a vessel arrives or departs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum EventTypeCode {
    /// Arrives off the terminal.
    #[serde(rename = "ARRI")]
    Arrival,
    /// Leaves the berth.
    #[serde(rename = "DEPA")]
    Departure,
}

/// How sure a time is. A published plan holds planned times only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum EventClassifierCode {
    #[serde(rename = "PLN")]
    Planned,
}

/// What kind of place a call is made at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum FacilityTypeCode {
    /// A port terminal: a hub, where ocean ships call.
    #[serde(rename = "POTE")]
    PortTerminal,
    /// An inland terminal: any other terminal on the river.
    #[serde(rename = "INTE")]
    InlandTerminal,
}

/// How a leg is travelled; a water bus has barges only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum ModeOfTransport {
    #[serde(rename = "BARGE")]
    Barge,
}

/// Where the carrier takes over the box, or hands it over; the alliance works from yard to yard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum ReceiptDeliveryType {
    /// Container yard of the terminal.
    #[serde(rename = "CY")]
    ContainerYard,
}

/// What must have happened by a cut-off time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum CutOffCode {
    /// The full box stands in the terminal. A plan knows no earlier limit than the berthing, when loading starts.
    #[serde(rename = "FCO")]
    FullContainer,
    /// A transshipped box is off the barge before: the berthing of the next one less the least transfer time.
    #[serde(rename = "TCO")]
    Transshipment,
}

/// The latest time for something to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CutOffTime {
    pub cut_off_date_time_code: CutOffCode,
    /// Local time with its offset from UTC.
    pub cut_off_date_time: DateTime<FixedOffset>,
}

/// A planned arrival or departure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Timestamp {
    pub event_type_code: EventTypeCode,
    pub event_classifier_code: EventClassifierCode,
    /// Local time with its offset from UTC.
    pub event_date_time: DateTime<FixedOffset>,
}
