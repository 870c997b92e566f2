//! Documents of the standard from a rolled-out plan.

use super::*;
use crate::domain::*;
use crate::publish::document::PlanDocument;
use crate::publish::rollout::{DatedRide, Rollout, Voyage, shown_at};
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Longest texts of the standard, in characters.
const MOST_NAME: usize = 100;
const MOST_SERVICE_NAME: usize = 50;
const MOST_SERVICE_CODE: usize = 11;
const MOST_FACILITY: usize = 6;
const MOST_CARRIER: usize = 10;
const MOST_PARTNER: usize = 4;

/// A published plan that answers in documents of the standard.
#[derive(Clone, Debug)]
pub struct Dcsa {
    rollout: Rollout,
    places: BTreeMap<TerminalCode, Place>,
    services: Vec<ServiceWords>,
    transfer: Option<Minutes>,
}

/// A terminal in the words of the standard.
#[derive(Clone, Debug)]
struct Place {
    kind: FacilityTypeCode,
    name: Option<String>,
    un_location_code: Option<String>,
    facility_code: Option<String>,
    /// UN/LOCODE and own code together, for references.
    reference: String,
}

/// A service in the words of the standard.
#[derive(Clone, Debug)]
struct ServiceWords {
    code: String,
    name: String,
    operator: String,
    partner: Option<String>,
}

/// A call of a vessel: the voyage that departs from it, and its place in the rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PortCall {
    voyage: Voyage,
    position: usize,
}

/// Which transport calls a service schedule is asked for. What is `None` is not asked.
#[derive(Clone, Debug, Default)]
pub struct CallFilter {
    pub un_location_code: Option<String>,
    pub facility_code: Option<String>,
    /// Import or export voyage.
    pub voyage_number: Option<String>,
    /// Arrival or departure at this minute or later, counted from [`crate::publish::FIRST_CYCLE`].
    pub from: Minutes,
    /// And before this minute.
    pub until: Minutes,
    /// Only the calls that match, not the whole voyages that they belong to.
    pub matched_only: bool,
}

impl Dcsa {
    /// Words and dates of a published plan. The instance tells hubs from inland terminals and gives the least transfer time; without it
    /// every terminal is a port terminal and transshipment cut-offs are left out.
    pub fn new(document: Arc<PlanDocument>, problem: Option<&Problem>) -> Self {
        let plan = &document.plan;
        let is_inland = |code: &TerminalCode| {
            let terminal = problem.and_then(|problem| Some(problem.terminal(problem.find_terminal(code)?)));
            terminal.is_some_and(|terminal| terminal.role != Role::Hub)
        };
        let place = |name: &TerminalName| (name.terminal.clone(), Place::new(name, is_inland(&name.terminal)));
        let mut places: BTreeMap<_, _> = plan.terminals.iter().map(place).collect();
        for code in plan.services.iter().flat_map(|service| &service.calls) {
            places.entry(code.clone()).or_insert_with(|| Place::unnamed(code, is_inland(code)));
        }
        Self {
            places,
            services: plan.services.iter().map(ServiceWords::new).collect(),
            transfer: problem.map(|problem| problem.settings.transfer),
            rollout: Rollout::new(document),
        }
    }

    /// The plan by date.
    pub fn rollout(&self) -> &Rollout {
        &self.rollout
    }

    /// Terminals of a place, in the order of their codes; none when the plan does not know the place.
    pub fn terminals_at(&self, un_location_code: &str) -> Vec<&TerminalCode> {
        let here = self.places.iter().filter(|(_, place)| place.un_location_code.as_deref() == Some(un_location_code));
        here.map(|(code, _)| code).collect()
    }

    /// Rows of the services that carry the code and are sailed by the member, where these are asked for; in the plan's order.
    pub fn services(&self, code: Option<&str>, operator: Option<&str>) -> Vec<usize> {
        let fits = |words: &ServiceWords| {
            code.is_none_or(|code| words.code == code) && operator.is_none_or(|operator| words.operator == operator)
        };
        self.services.iter().enumerate().filter(|(_, words)| fits(words)).map(|(row, _)| row).collect()
    }

    /// A way for a box as a route; `None` when a ride is no ride of the plan.
    pub fn point_to_point(&self, rides: &[DatedRide], solution_number: i32) -> Option<PointToPoint> {
        let (first, last) = (rides.first()?, rides.last()?);
        let (loading, discharge) = (self.times(*first, first.from)?, self.times(*last, last.to)?);
        let legs: Option<Vec<Leg>> = rides.iter().enumerate().map(|(row, ride)| self.leg(row, *ride)).collect();
        let minutes = discharge.arrival_min.0 - loading.departure_min.0;
        let (origin, destination) = (self.place(self.call_of(*first, first.from)), self.place(self.call_of(*last, last.to)));
        Some(PointToPoint {
            place_of_receipt: PlaceOfReceipt {
                facility_type_code: origin.kind,
                location: origin.location(),
                date_time: shown_at(loading.berthing_min)?,
            },
            place_of_delivery: PlaceOfDelivery {
                facility_type_code: destination.kind,
                location: destination.location(),
                date_time: shown_at(discharge.departure_min)?,
            },
            receipt_type_at_origin: ReceiptDeliveryType::ContainerYard,
            delivery_type_at_destination: ReceiptDeliveryType::ContainerYard,
            cut_off_times: self.cut_offs(loading, true)?,
            solution_number,
            routing_reference: self.routing_reference(rides),
            transit_time: i32::try_from((minutes + 24 * 60 - 1).div_euclid(24 * 60)).ok()?,
            legs: legs?,
        })
    }

    fn leg(&self, row: usize, ride: DatedRide) -> Option<Leg> {
        let (loading, discharge) = (self.times(ride, ride.from)?, self.times(ride, ride.to)?);
        let (start, end) = (self.call_of(ride, ride.from), self.call_of(ride, ride.to));
        let between = (ride.from.0 + 1..ride.to.0).map(|position| self.intermediate_call(ride, CallPos(position)));
        Some(Leg {
            sequence_number: i32::try_from(row + 1).ok()?,
            transport: self.transport(start, end),
            departure: PlaceOfDeparture {
                transport_call_reference: self.call_reference(start),
                facility_type_code: self.place(start).kind,
                location: self.place(start).location(),
                date_time: shown_at(loading.departure_min)?,
            },
            intermediate_calls: between.collect::<Option<_>>()?,
            arrival: PlaceOfArrival {
                transport_call_reference: self.call_reference(end),
                facility_type_code: self.place(end).kind,
                location: self.place(end).location(),
                date_time: shown_at(discharge.arrival_min)?,
            },
            cut_off_times: self.cut_offs(loading, row == 0)?,
        })
    }

    fn intermediate_call(&self, ride: DatedRide, at: CallPos) -> Option<IntermediateCall> {
        let (call, times) = (self.call_of(ride, at), self.times(ride, at)?);
        Some(IntermediateCall {
            transport_call_reference: self.call_reference(call),
            facility_type_code: self.place(call).kind,
            location: self.place(call).location(),
            arrival_date_time: shown_at(times.arrival_min)?,
            departure_date_time: shown_at(times.departure_min)?,
        })
    }

    fn transport(&self, start: PortCall, end: PortCall) -> BargeTransport {
        let words = &self.services[start.voyage.service];
        let (export, import) = (self.rollout.voyage_number(start.voyage), self.rollout.voyage_number(self.import_voyage(end)));
        let partner = ServicePartner {
            carrier_code: words.partner.clone(),
            carrier_service_name: words.name.clone(),
            carrier_service_code: words.code.clone(),
            carrier_import_voyage_number: import.clone(),
            carrier_export_voyage_number: export.clone(),
        };
        BargeTransport {
            mode_of_transport: ModeOfTransport::Barge,
            service_partners: vec![partner],
            universal_export_voyage_reference: export,
            universal_import_voyage_reference: import,
            barge: Barge { operator_carrier_code: words.operator.clone() },
        }
    }

    /// Boxes stand in the terminal when loading starts; boxes from another barge are ashore the least transfer time before.
    fn cut_offs(&self, loading: CallTimes, first: bool) -> Option<Vec<CutOffTime>> {
        let (code, at) = match (first, self.transfer) {
            (true, _) => (CutOffCode::FullContainer, loading.berthing_min),
            (false, Some(transfer)) => (CutOffCode::Transshipment, loading.berthing_min - transfer),
            (false, None) => return Some(Vec::new()),
        };
        Some(vec![CutOffTime { cut_off_date_time_code: code, cut_off_date_time: shown_at(at)? }])
    }

    /// The calls of all vessels at a place that arrive or depart from `from` until before `until`, terminal by terminal.
    pub fn port_schedules(&self, un_location_code: &str, from: Minutes, until: Minutes) -> Vec<PortSchedule> {
        let schedules = self.terminals_at(un_location_code).into_iter().map(|code| PortSchedule {
            location: self.places[code].port_location(),
            vessel_schedules: self.calls_at(code, from, until).into_iter().filter_map(|call| self.schedule(call)).collect(),
        });
        schedules.filter(|schedule| !schedule.vessel_schedules.is_empty()).collect()
    }

    /// Calls at a terminal, by arrival.
    fn calls_at(&self, terminal: &TerminalCode, from: Minutes, until: Minutes) -> Vec<PortCall> {
        let mut calls: Vec<(Minutes, PortCall)> = Vec::new();
        for (service, row) in self.rollout.plan().services.iter().enumerate() {
            if row.calls.contains(terminal) {
                let here = self.calls(service, from, until).filter(|(call, _)| self.terminal(*call) == terminal);
                calls.extend(here.map(|(call, times)| (times.arrival_min, call)));
            }
        }
        calls.sort_unstable();
        calls.into_iter().map(|(_, call)| call).collect()
    }

    /// Calls of a service that arrive or depart in a time.
    fn calls(&self, service: usize, from: Minutes, until: Minutes) -> impl Iterator<Item = (PortCall, CallTimes)> + '_ {
        let positions = self.rollout.plan().services[service].calls.len();
        let voyages = self.rollout.voyages(service, from, until).into_iter();
        let calls = voyages.flat_map(move |voyage| (0..positions).map(move |position| PortCall { voyage, position }));
        let within = move |at: Minutes| from <= at && at < until;
        calls
            .filter_map(|call| Some((call, self.rollout.call(call.voyage, call.position)?)))
            .filter(move |(_, times)| within(times.arrival_min) || within(times.departure_min))
    }

    fn schedule(&self, call: PortCall) -> Option<Schedule> {
        let words = &self.services[call.voyage.service];
        let times = self.rollout.call(call.voyage, call.position)?;
        let (import, export) = self.numbers(call);
        let partner = ServicePartnerSchedule {
            carrier_code: words.partner.clone(),
            carrier_service_name: words.name.clone(),
            carrier_service_code: words.code.clone(),
            carrier_import_voyage_number: import.clone(),
            carrier_export_voyage_number: export.clone(),
        };
        Some(Schedule {
            service_partners: vec![partner],
            vessel: Vessel { operator_carrier_code: words.operator.clone() },
            is_dummy_vessel: true,
            universal_import_voyage_reference: import,
            universal_export_voyage_reference: export,
            timestamps: timestamps(times)?,
            cut_off_times: self.cut_offs(times, true)?,
        })
    }

    /// The timetable of a service's vessels; `None` when no call matches.
    pub fn service_schedule(&self, service: usize, filter: &CallFilter) -> Option<ServiceSchedule> {
        let matched: Vec<PortCall> = self
            .calls(service, filter.from, filter.until)
            .map(|(call, _)| call)
            .filter(|call| self.matches(*call, filter))
            .collect();
        let calls: BTreeSet<PortCall> = match filter.matched_only {
            true => matched.into_iter().collect(),
            false => self.whole_voyages(&matched, filter).into_iter().flat_map(|voyage| self.calls_of_voyage(voyage)).collect(),
        };
        let words = self.services.get(service).filter(|_| !calls.is_empty())?;
        let vessel_schedule = |calls: Vec<TransportCall>| VesselSchedule {
            vessel: Vessel { operator_carrier_code: words.operator.clone() },
            is_dummy_vessel: true,
            transport_calls: calls,
        };
        Some(ServiceSchedule {
            carrier_service_name: words.name.clone(),
            carrier_service_code: words.code.clone(),
            vessel_schedules: self.by_vessel(calls).into_iter().map(vessel_schedule).collect(),
        })
    }

    /// Whether a service has a call that matches.
    pub fn has_calls(&self, service: usize, filter: &CallFilter) -> bool {
        self.calls(service, filter.from, filter.until).any(|(call, _)| self.matches(call, filter))
    }

    fn matches(&self, call: PortCall, filter: &CallFilter) -> bool {
        let place = self.place(call);
        let is = |asked: &Option<String>, has: &Option<String>| asked.is_none() || asked == has;
        is(&filter.un_location_code, &place.un_location_code)
            && is(&filter.facility_code, &place.facility_code)
            && filter.voyage_number.as_ref().is_none_or(|asked| {
                let (import, export) = self.numbers(call);
                *asked == import || *asked == export
            })
    }

    /// Voyages that the calls belong to: of a call at which a voyage ends and the next starts, both, unless one is asked for by number.
    fn whole_voyages(&self, matched: &[PortCall], filter: &CallFilter) -> BTreeSet<Voyage> {
        let both = matched.iter().flat_map(|call| [self.import_voyage(*call), call.voyage]);
        both.filter(|voyage| filter.voyage_number.as_ref().is_none_or(|asked| *asked == self.rollout.voyage_number(*voyage)))
            .collect()
    }

    /// All calls of a voyage and the call that ends it.
    fn calls_of_voyage(&self, voyage: Voyage) -> impl Iterator<Item = PortCall> {
        let positions = self.rollout.service(voyage).calls.len();
        let end = PortCall { voyage: self.rollout.next(voyage), position: 0 };
        (0..positions).map(move |position| PortCall { voyage, position }).chain([end])
    }

    /// Calls vessel by vessel; those of one vessel are in the order of time, as its voyages are.
    fn by_vessel(&self, calls: BTreeSet<PortCall>) -> Vec<Vec<TransportCall>> {
        let mut vessels: BTreeMap<u32, Vec<TransportCall>> = BTreeMap::new();
        for call in calls {
            let of_vessel = vessels.entry(self.rollout.vessel(call.voyage)).or_default();
            of_vessel.extend(self.transport_call(call));
        }
        vessels.into_values().collect()
    }

    fn transport_call(&self, call: PortCall) -> Option<TransportCall> {
        let times = self.rollout.call(call.voyage, call.position)?;
        let (import, export) = self.numbers(call);
        Some(TransportCall {
            transport_call_reference: self.call_reference(call),
            carrier_import_voyage_number: import.clone(),
            carrier_export_voyage_number: export.clone(),
            universal_import_voyage_reference: import,
            universal_export_voyage_reference: export,
            cut_off_times: self.cut_offs(times, true)?,
            location: self.place(call).port_location(),
            timestamps: timestamps(times)?,
        })
    }

    /// Numbers of the voyages on which the vessel arrives and departs.
    fn numbers(&self, call: PortCall) -> (String, String) {
        (self.rollout.voyage_number(self.import_voyage(call)), self.rollout.voyage_number(call.voyage))
    }

    /// The voyage that a call ends: at the first call of a rotation the vessel's one before.
    fn import_voyage(&self, call: PortCall) -> Voyage {
        if call.position == 0 { self.rollout.previous(call.voyage) } else { call.voyage }
    }

    /// The call that a position of a ride stands for.
    fn call_of(&self, ride: DatedRide, at: CallPos) -> PortCall {
        let calls = self.rollout.service(ride.voyage).calls.len();
        if at.row() < calls {
            return PortCall { voyage: ride.voyage, position: at.row() };
        }
        PortCall { voyage: self.rollout.next(ride.voyage), position: at.row() % calls.max(1) }
    }

    fn times(&self, ride: DatedRide, at: CallPos) -> Option<CallTimes> {
        self.rollout.call(ride.voyage, at.row())
    }

    fn terminal(&self, call: PortCall) -> &TerminalCode {
        &self.rollout.service(call.voyage).calls[call.position]
    }

    fn place(&self, call: PortCall) -> &Place {
        &self.places[self.terminal(call)]
    }

    /// Names a call for everyone: service, voyage that departs, terminal, place in the rotation from 1.
    fn call_reference(&self, call: PortCall) -> String {
        let (service, number) = (&self.services[call.voyage.service].code, self.rollout.voyage_number(call.voyage));
        cut(&format!("{service}-{number}-{}-{}", self.place(call).reference, call.position + 1), MOST_NAME)
    }

    /// Names a ride: service, voyage, places in the rotation from 1.
    pub(super) fn ride_reference(&self, ride: DatedRide) -> String {
        let (service, number) = (&self.services[ride.voyage.service].code, self.rollout.voyage_number(ride.voyage));
        format!("{service}-{number}-{}-{}", ride.from.0 + 1, ride.to.0 + 1)
    }
}

impl Place {
    fn new(name: &TerminalName, inland: bool) -> Self {
        let un_location_code = name.facility.split('-').next().filter(|code| is_un_location_code(code)).map(str::to_owned);
        Self {
            name: Some(cut(&name.name, MOST_NAME)).filter(|text| !text.is_empty()),
            un_location_code,
            reference: name.facility.clone(),
            ..Self::unnamed(&name.terminal, inland)
        }
    }

    fn unnamed(code: &TerminalCode, inland: bool) -> Self {
        Self {
            kind: if inland { FacilityTypeCode::InlandTerminal } else { FacilityTypeCode::PortTerminal },
            name: None,
            un_location_code: None,
            facility_code: Some(code.0.clone()).filter(|code| code.chars().count() <= MOST_FACILITY && !code.trim().is_empty()),
            reference: code.0.clone(),
        }
    }

    fn location(&self) -> Location {
        let facility = |code: &String| Facility { facility_code: code.clone(), facility_code_list_provider: "SMDG" };
        Location {
            location_name: self.name.clone(),
            un_location_code: self.un_location_code.clone(),
            facility: self.facility_code.as_ref().map(facility),
        }
    }

    fn port_location(&self) -> PortScheduleLocation {
        PortScheduleLocation {
            location_name: self.name.clone(),
            un_location_code: self.un_location_code.clone(),
            facility_smdg_code: self.facility_code.clone(),
        }
    }
}

impl ServiceWords {
    /// The name tells where the service calls.
    fn new(service: &Service) -> Self {
        let calls: Vec<_> = service.calls.iter().map(|call| call.0.as_str()).collect();
        Self {
            code: cut(&service.service.0, MOST_SERVICE_CODE),
            name: cut(&format!("{} {}", service.service, calls.join("-")), MOST_SERVICE_NAME),
            operator: cut(&service.operator.0, MOST_CARRIER),
            partner: Some(service.operator.0.clone()).filter(|code| code.len() <= MOST_PARTNER),
        }
    }
}

/// Arrival and departure as planned.
fn timestamps(times: CallTimes) -> Option<Vec<Timestamp>> {
    let planned = |kind, at: Option<DateTime<FixedOffset>>| {
        Some(Timestamp { event_type_code: kind, event_classifier_code: EventClassifierCode::Planned, event_date_time: at? })
    };
    Some(vec![
        planned(EventTypeCode::Arrival, shown_at(times.arrival_min))?,
        planned(EventTypeCode::Departure, shown_at(times.departure_min))?,
    ])
}

/// Whether a text has the form of a UN/LOCODE: two letters of the country, three letters or digits from 2 to 9.
pub fn is_un_location_code(text: &str) -> bool {
    let place = |c: &u8| c.is_ascii_uppercase() || (b'2'..=b'9').contains(c);
    text.len() == 5 && text.bytes().take(2).all(|c| c.is_ascii_uppercase()) && text.as_bytes()[2..].iter().all(place)
}

/// The text without blanks around it, at most so many characters long.
fn cut(text: &str, most: usize) -> String {
    text.trim().chars().take(most).collect::<String>().trim_end().to_owned()
}
