//! What the standard's own conformance scenarios ask for.

use super::asking::{ask, delta, published, service, toy};
use serde_json::Value;
use std::collections::BTreeSet;
use waterbus::domain::Regime;

const ROUTES: &str = "/v1/point-to-point-routes?placeOfReceipt=CNHUB&placeOfDelivery=CNRIC";
const WEEK: &str = "&departureStartDate=2026-11-23&departureEndDate=2026-11-29";

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

/// All values that a pointer finds in the items.
fn all<'a>(items: &'a [Value], pointer: &str) -> Vec<&'a str> {
    items.iter().map(|item| text(item.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {item}")))).collect()
}

fn transport_calls(schedules: &[Value]) -> Vec<&Value> {
    let vessels = schedules.iter().flat_map(|s| s["vesselSchedules"].as_array().expect("a list of the standard"));
    vessels.flat_map(|v| v["transportCalls"].as_array().expect("a list of the standard")).collect()
}

fn readable(body: &Value) -> String {
    serde_json::to_string_pretty(body).expect("a list of the standard")
}

/// One answer of each endpoint, to be read by people who know the standard.
#[tokio::test]
async fn the_toy_answers_each_endpoint() {
    let service = service(Some(toy()));
    insta::assert_snapshot!("routes", readable(&ask(&service, &format!("{ROUTES}{WEEK}&limit=1")).await.body));
    insta::assert_snapshot!(
        "port",
        readable(&ask(&service, "/v1/port-schedules?UNLocationCode=CNRIC&date=2026-11-23").await.body)
    );
    let vessels =
        "/v1/vessel-schedules?carrierServiceCode=T2&startDate=2026-11-23&endDate=2026-11-29&responseScope=MATCHED_CALLS";
    insta::assert_snapshot!("vessels", readable(&ask(&service, vessels).await.body));
}

/// Days are local days of the first departure, both included.
#[tokio::test]
async fn routes_leave_and_arrive_within_the_days_asked_for() {
    let service = service(Some(toy()));
    let week = ask(&service, &format!("{ROUTES}{WEEK}")).await;
    let departures = all(week.items(), "/legs/0/departure/dateTime");
    assert!(
        !departures.is_empty() && departures.iter().all(|at| ("2026-11-23".."2026-11-30").contains(&&at[..10])),
        "{departures:?}"
    );
    let one = departures[0][..10].to_owned();
    let day = ask(&service, &format!("{ROUTES}&departureStartDate={one}&departureEndDate={one}")).await;
    assert!(!day.items().is_empty() && all(day.items(), "/legs/0/departure/dateTime").iter().all(|at| at[..10] == one));
    let arriving = ask(&service, &format!("{ROUTES}&arrivalStartDate=2026-11-23&arrivalEndDate=2026-12-10")).await;
    let arrivals: Vec<&str> =
        arriving.items().iter().map(|r| text(&r["legs"].as_array().unwrap().last().unwrap()["arrival"]["dateTime"])).collect();
    assert!(!arrivals.is_empty() && arrivals.iter().all(|at| ("2026-11-23".."2026-12-11").contains(&&at[..10])), "{arrivals:?}");
    let open = ask(&service, ROUTES).await;
    assert!(all(open.items(), "/legs/0/departure/dateTime").iter().all(|at| ("2026-11-20".."2026-12-18").contains(&&at[..10])));
}

/// The hub and the upper port have no barge in common: a box changes barges once, and is ashore four hours before the next one berths.
#[tokio::test]
async fn a_change_of_barges_is_offered_only_where_it_is_allowed() {
    let service = service(Some(toy()));
    assert!(ask(&service, &format!("{ROUTES}{WEEK}&maxTranshipment=0")).await.items().is_empty());
    let answer = ask(&service, &format!("{ROUTES}{WEEK}&maxTranshipment=1")).await;
    let legs = answer.items()[0]["legs"].as_array().unwrap();
    assert_eq!(legs.len(), 2);
    assert_eq!(legs[0]["arrival"]["location"], legs[1]["departure"]["location"]);
    assert_eq!(legs[0]["cutOffTimes"][0]["cutOffDateTimeCode"], "FCO");
    assert_eq!(legs[1]["cutOffTimes"][0]["cutOffDateTimeCode"], "TCO");
    assert_eq!(legs[0]["transport"]["modeOfTransport"], "BARGE");
    assert_eq!(legs[0]["intermediateCalls"][0]["location"]["facility"]["facilityCode"], "RIV1");
    let numbers: Vec<_> = answer.items().iter().map(|route| route["solutionNumber"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
}

/// The alliance works from yard to yard, and one of the toy's services has no plugs.
#[tokio::test]
async fn what_the_alliance_does_not_offer_is_an_empty_list() {
    let service = service(Some(toy()));
    assert!(
        !ask(&service, &format!("{ROUTES}{WEEK}&receiptTypeAtOrigin=CY&deliveryTypeAtDestination=CY")).await.items().is_empty()
    );
    assert!(ask(&service, &format!("{ROUTES}{WEEK}&receiptTypeAtOrigin=SD")).await.items().is_empty());
    assert!(ask(&service, &format!("{ROUTES}{WEEK}&deliveryTypeAtDestination=CFS")).await.items().is_empty());
    assert!(!ask(&service, &format!("{ROUTES}{WEEK}&cargoType=DRY")).await.items().is_empty());
    assert!(ask(&service, &format!("{ROUTES}{WEEK}&cargoType=REEFER")).await.items().is_empty());
    let plugs = "/v1/point-to-point-routes?placeOfReceipt=CNHUB&placeOfDelivery=CNRIB&cargoType=REEFER";
    assert!(!ask(&service, plugs).await.items().is_empty());
    assert!(ask(&service, "/v1/point-to-point-routes?placeOfReceipt=NLRTM&placeOfDelivery=CNHUB").await.items().is_empty());
    assert!(ask(&service, "/v1/port-schedules?UNLocationCode=NLRTM&date=2026-11-23").await.items().is_empty());
}

/// A barge for foreign cargo and one for domestic cargo make no way together: no box may ride both.
#[tokio::test]
async fn a_way_is_open_to_one_kind_of_cargo_from_end_to_end() {
    let mut document = toy().document.as_ref().clone();
    document.plan.services[0].regime = Regime::Foreign;
    document.plan.services[1].regime = Regime::Domestic;
    let plan = published("toy-2", document, "toy");
    let service = service(Some(plan));
    assert!(ask(&service, &format!("{ROUTES}{WEEK}")).await.items().is_empty());
    let alone = "/v1/point-to-point-routes?placeOfReceipt=CNRIB&placeOfDelivery=CNRIC";
    assert!(!ask(&service, alone).await.items().is_empty());
}

/// Nothing is published: that is no mistake of the caller.
#[tokio::test]
async fn without_a_published_plan_there_is_nothing_to_list() {
    let service = service(None);
    for path in [ROUTES, "/v1/port-schedules?UNLocationCode=CNHUB&date=2026-11-23", "/v1/vessel-schedules?carrierServiceCode=T1"]
    {
        assert!(ask(&service, path).await.items().is_empty());
    }
}

/// Fourteen days of calls, each with arrival and departure, in the order of arrival.
#[tokio::test]
async fn a_port_sees_all_its_calls_of_two_weeks() {
    let service = service(Some(delta()));
    let answer = ask(&service, "/v1/port-schedules?UNLocationCode=CNNSA&date=2026-11-23").await;
    let schedules = answer.items()[0]["vesselSchedules"].as_array().unwrap();
    let arrivals = all(schedules, "/timestamps/0/eventDateTime");
    assert!(arrivals.is_sorted() && arrivals.iter().all(|at| at.ends_with("+08:00")), "{arrivals:?}");
    let plan = delta().document.plan.clone();
    let a_cycle: usize =
        plan.services.iter().map(|s| s.calls.iter().filter(|call| call.0 == "NSA").count() * s.sailings_per_cycle as usize).sum();
    let more_or_less = schedules.len().abs_diff(2 * a_cycle);
    assert!(more_or_less <= a_cycle, "{} calls, {a_cycle} in a week", schedules.len());
    assert!(schedules.iter().all(|call| call["isDummyVessel"] == true && call["cutOffTimes"][0]["cutOffDateTimeCode"] == "FCO"));
}

/// A service, one of its voyages, a place, a terminal: what matches one call brings the whole voyage, or only the call.
#[tokio::test]
async fn vessels_are_found_by_service_voyage_and_place() {
    let service = service(Some(delta()));
    let days = "startDate=2026-11-23&endDate=2026-12-20";
    let base = format!("/v1/vessel-schedules?{days}");
    let all_of_service = ask(&service, &format!("{base}&carrierServiceCode=S01")).await;
    assert_eq!(all(all_of_service.items(), "/carrierServiceCode"), ["S01"]);
    let numbers: BTreeSet<String> =
        transport_calls(all_of_service.items()).iter().map(|c| text(&c["carrierExportVoyageNumber"]).to_owned()).collect();
    let number = numbers.iter().nth(2).unwrap();
    for name in ["carrierVoyageNumber", "universalVoyageReference"] {
        let voyage = ask(&service, &format!("{base}&carrierServiceCode=S01&{name}={number}")).await;
        let calls = transport_calls(voyage.items());
        let rotation = delta().document.plan.services[0].calls.len();
        assert_eq!(calls.len(), rotation + 1, "all calls and the one that ends the voyage");
        assert!(calls.iter().all(|c| c["carrierExportVoyageNumber"] == **number || c["carrierImportVoyageNumber"] == **number));
        assert_eq!(calls[rotation]["carrierImportVoyageNumber"], **number);
        assert_eq!(calls[rotation]["location"], calls[0]["location"]);
    }
    let matched = ask(&service, &format!("{base}&UNLocationCode=CNBIJ&facilitySMDGCode=BIJ&responseScope=MATCHED_CALLS")).await;
    assert!(!transport_calls(matched.items()).is_empty());
    assert!(transport_calls(matched.items()).iter().all(|call| call["location"]["UNLocationCode"] == "CNBIJ"));
    let whole = ask(&service, &format!("{base}&UNLocationCode=CNBIJ")).await;
    assert!(transport_calls(whole.items()).len() > transport_calls(matched.items()).len());
    assert!(ask(&service, &format!("{base}&UNLocationCode=CNBIJ&facilitySMDGCode=NSA")).await.items().is_empty());
}

/// Calls are named once, and each vessel's calls are in the order of time.
#[tokio::test]
async fn a_vessels_calls_follow_each_other() {
    let service = service(Some(toy()));
    let answer = ask(&service, "/v1/vessel-schedules?vesselOperatorCarrierCode=PORT").await;
    let vessels = answer.items()[0]["vesselSchedules"].as_array().unwrap();
    assert_eq!(vessels.len(), 2, "two vessels sail the weekly service");
    let mut references = BTreeSet::new();
    for vessel in vessels {
        let calls = vessel["transportCalls"].as_array().unwrap();
        assert!(all(calls, "/timestamps/0/eventDateTime").is_sorted());
        assert!(calls.iter().all(|call| references.insert(text(&call["transportCallReference"]).to_owned())));
        for pair in calls.windows(2) {
            assert_eq!(pair[0]["carrierExportVoyageNumber"], pair[1]["carrierImportVoyageNumber"], "one voyage after the other");
        }
    }
    let days = all(vessels[0]["transportCalls"].as_array().unwrap(), "/timestamps/0/eventDateTime");
    let span = ("2026-08-11".to_owned(), "2027-06-01".to_owned());
    assert_eq!(
        (days[0][..10].to_owned(), days.last().unwrap()[..10].to_owned()),
        span,
        "three months back, six ahead, whole voyages"
    );
}

/// No barge is assigned, and DCSA has given out no reference: these filters are valid and find nothing.
#[tokio::test]
async fn vessels_that_are_not_assigned_are_not_found() {
    let service = service(Some(toy()));
    for filter in [
        "vesselIMONumber=9321483",
        "vesselName=King%20of%20the%20Seas",
        "universalServiceReference=SR12345A",
        "carrierVoyageNumber=2601R&universalVoyageReference=2602R",
        "carrierServiceCode=T9",
        "vesselOperatorCarrierCode=MAEU",
    ] {
        assert!(ask(&service, &format!("/v1/vessel-schedules?{filter}")).await.items().is_empty(), "{filter}");
    }
}
