//! Point-to-point routes: ways for a box from one place to another.

use super::shared::*;
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use utoipa::ToSchema;

/// A way for a box from the place of receipt to the place of delivery.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PointToPoint {
    pub place_of_receipt: PlaceOfReceipt,
    pub place_of_delivery: PlaceOfDelivery,
    pub receipt_type_at_origin: ReceiptDeliveryType,
    pub delivery_type_at_destination: ReceiptDeliveryType,
    pub cut_off_times: Vec<CutOffTime>,
    /// Place of this way in the whole answer, from 1.
    #[schema(minimum = 1)]
    pub solution_number: i32,
    /// Names every ride of the way, for a booking.
    #[schema(max_length = 5000)]
    pub routing_reference: String,
    /// From departure to arrival in days, a started day counting whole.
    pub transit_time: i32,
    /// One for each barge the box rides.
    #[schema(min_items = 1)]
    pub legs: Vec<Leg>,
}

/// Where and by when the box is handed over to the alliance.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOfReceipt {
    pub facility_type_code: FacilityTypeCode,
    pub location: Location,
    /// Berthing of the first barge: the box must be there.
    pub date_time: DateTime<FixedOffset>,
}

/// Where and from when the box can be fetched.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOfDelivery {
    pub facility_type_code: FacilityTypeCode,
    pub location: Location,
    /// Departure of the last barge: the box is ashore by then.
    pub date_time: DateTime<FixedOffset>,
}

/// A ride on one barge.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Leg {
    /// From 1.
    pub sequence_number: i32,
    pub transport: BargeTransport,
    pub departure: PlaceOfDeparture,
    /// Calls between, at which the box stays on board.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub intermediate_calls: Vec<IntermediateCall>,
    pub arrival: PlaceOfArrival,
    pub cut_off_times: Vec<CutOffTime>,
}

/// Departure of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOfDeparture {
    #[schema(max_length = 100)]
    pub transport_call_reference: String,
    pub facility_type_code: FacilityTypeCode,
    pub location: Location,
    /// The barge leaves the berth.
    pub date_time: DateTime<FixedOffset>,
}

/// Arrival of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOfArrival {
    #[schema(max_length = 100)]
    pub transport_call_reference: String,
    pub facility_type_code: FacilityTypeCode,
    pub location: Location,
    /// The barge arrives off the terminal.
    pub date_time: DateTime<FixedOffset>,
}

/// A call at which the box stays on board.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntermediateCall {
    #[schema(max_length = 100)]
    pub transport_call_reference: String,
    pub facility_type_code: FacilityTypeCode,
    pub location: Location,
    pub arrival_date_time: DateTime<FixedOffset>,
    pub departure_date_time: DateTime<FixedOffset>,
}

/// A terminal of a way.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub location_name: Option<String>,
    /// Several terminals may share one.
    #[serde(rename = "UNLocationCode", skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5)]
    pub un_location_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facility: Option<Facility>,
}

/// Which terminal of a UN/LOCODE.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Facility {
    /// The alliance's own code of the terminal, without the UN/LOCODE.
    #[schema(max_length = 6)]
    pub facility_code: String,
    /// Always `SMDG`: the standard has no provider for own codes, and ours are built like SMDG's.
    pub facility_code_list_provider: &'static str,
}

/// The barge of a leg.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BargeTransport {
    pub mode_of_transport: ModeOfTransport,
    pub service_partners: Vec<ServicePartner>,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_export_voyage_reference: String,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_import_voyage_reference: String,
    pub barge: Barge,
}

/// What is known of a barge before one is assigned.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Barge {
    /// The member that sails it, by the alliance's own code.
    #[schema(max_length = 10)]
    pub operator_carrier_code: String,
}

/// A member that sells the service.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServicePartner {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4)]
    pub carrier_code: Option<String>,
    #[schema(max_length = 50)]
    pub carrier_service_name: String,
    #[schema(max_length = 11)]
    pub carrier_service_code: String,
    /// On which the barge arrives at the leg's end.
    #[schema(max_length = 50)]
    pub carrier_import_voyage_number: String,
    /// On which it leaves the leg's start.
    #[schema(max_length = 50)]
    pub carrier_export_voyage_number: String,
}
