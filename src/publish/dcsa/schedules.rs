//! Port schedules and service schedules: which vessel calls where and when.

use super::shared::*;
use serde::Serialize;
use utoipa::ToSchema;

/// All vessels that call at one terminal.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortSchedule {
    pub location: PortScheduleLocation,
    pub vessel_schedules: Vec<Schedule>,
}

/// A terminal of a port schedule.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortScheduleLocation {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub location_name: Option<String>,
    /// Several terminals may share one.
    #[serde(rename = "UNLocationCode", skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[A-Z]{2}[A-Z2-9]{3}$", min_length = 5, max_length = 5)]
    pub un_location_code: Option<String>,
    /// The alliance's own code of the terminal, without the UN/LOCODE.
    #[serde(rename = "facilitySMDGCode", skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 6)]
    pub facility_smdg_code: Option<String>,
}

/// A terminal of a transport call.
pub type TransportCallLocation = PortScheduleLocation;

/// One call of a vessel at the port.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    #[schema(min_items = 1)]
    pub service_partners: Vec<ServicePartnerSchedule>,
    pub vessel: Vessel,
    /// True: no barge is assigned to a voyage when a plan is published.
    pub is_dummy_vessel: bool,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_import_voyage_reference: String,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_export_voyage_reference: String,
    #[schema(min_items = 1)]
    pub timestamps: Vec<Timestamp>,
    pub cut_off_times: Vec<CutOffTime>,
}

/// A member that sells the service, with the voyages that meet at the call.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServicePartnerSchedule {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4)]
    pub carrier_code: Option<String>,
    #[schema(max_length = 50)]
    pub carrier_service_name: String,
    #[schema(max_length = 11)]
    pub carrier_service_code: String,
    /// On which the vessel arrives.
    #[schema(max_length = 50)]
    pub carrier_import_voyage_number: String,
    /// On which it departs.
    #[schema(max_length = 50)]
    pub carrier_export_voyage_number: String,
}

/// A service with the timetables of its vessels.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServiceSchedule {
    #[schema(max_length = 50)]
    pub carrier_service_name: String,
    #[schema(max_length = 11)]
    pub carrier_service_code: String,
    /// One for each vessel of the service that calls in the time asked for.
    #[schema(min_items = 1)]
    pub vessel_schedules: Vec<VesselSchedule>,
}

/// The timetable of one vessel of a service.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VesselSchedule {
    pub vessel: Vessel,
    /// True: no barge is assigned to a voyage when a plan is published.
    pub is_dummy_vessel: bool,
    /// In the order of time.
    pub transport_calls: Vec<TransportCall>,
}

/// What is known of a vessel before one is assigned.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Vessel {
    /// The member that sails it, by the alliance's own code.
    #[schema(max_length = 10)]
    pub operator_carrier_code: String,
}

/// A call of a voyage at a terminal.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransportCall {
    /// Service, voyage, terminal and place in the rotation.
    #[schema(max_length = 100)]
    pub transport_call_reference: String,
    /// On which the vessel arrives.
    #[schema(max_length = 50)]
    pub carrier_import_voyage_number: String,
    /// On which it departs.
    #[schema(max_length = 50)]
    pub carrier_export_voyage_number: String,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_import_voyage_reference: String,
    #[schema(pattern = r"^\d{2}[0-9A-Z]{2}[NEWSR]$")]
    pub universal_export_voyage_reference: String,
    pub cut_off_times: Vec<CutOffTime>,
    pub location: TransportCallLocation,
    #[schema(min_items = 1)]
    pub timestamps: Vec<Timestamp>,
}
