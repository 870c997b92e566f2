//! A rolled-out plan in the words of DCSA Commercial Schedules 1.0: point-to-point routes, port schedules and service schedules.
//!
//! How our network maps to the standard:
//! - every time is planned (`PLN`) and local, with its offset;
//! - no barge is assigned to a voyage when a plan is published, so every vessel is a dummy vessel that only names its operator;
//! - facility codes are the alliance's own, because several of its terminals share a UN/LOCODE and have no SMDG code;
//! - a rotation is a round trip: its first call ends one voyage (import number) and starts the next (export number);
//! - universal voyage references are the alliance's, unique together with the service code; universal service references are given out
//!   by DCSA and are left out.

mod build;
mod error;
mod routes;
mod routing;
mod schedules;
mod shared;

pub use build::{CallFilter, Dcsa, is_un_location_code};
pub use error::{DetailedError, ErrorResponse};
pub use routes::{
    Barge, BargeTransport, Facility, IntermediateCall, Leg, Location, PlaceOfArrival, PlaceOfDelivery, PlaceOfDeparture,
    PlaceOfReceipt, PointToPoint, ServicePartner,
};
pub use schedules::{
    PortSchedule, PortScheduleLocation, Schedule, ServicePartnerSchedule, ServiceSchedule, TransportCall, TransportCallLocation,
    Vessel, VesselSchedule,
};
pub use shared::{
    CutOffCode, CutOffTime, EventClassifierCode, EventTypeCode, FacilityTypeCode, ModeOfTransport, ReceiptDeliveryType, Timestamp,
};
