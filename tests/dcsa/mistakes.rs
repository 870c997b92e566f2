//! Requests that are wrong, and how that is said.

use super::asking::{ask, ask_version, service, toy};

const ROUTES: &str = "/v1/point-to-point-routes?placeOfReceipt=CNHUB&placeOfDelivery=CNRIC";
const VESSELS: &str = "/v1/vessel-schedules?carrierServiceCode=T1";

fn mistake(code: u64, property: &str) -> (u64, String) {
    (code, property.to_owned())
}

/// One question with everything wrong: a caller who hears of one mistake at a time gives up.
#[tokio::test]
async fn all_mistakes_are_said_at_once() {
    let path = "/v1/point-to-point-routes?placeOfReceipt=cnhub&departureStartDate=2026-02-30&maxTranshipment=-1&cargoType=GAS\
                &limit=0&limit=5&surprise=1&cursor=abc&arrivalStartDate=2026-03-02&arrivalEndDate=2026-03-01";
    let answer = ask_version(&service(Some(toy())), path, Some("2")).await;
    let mut mistakes = answer.mistakes();
    mistakes.sort();
    let expected = [
        mistake(7001, "surprise"),
        mistake(7002, "placeOfDelivery"),
        mistake(7003, "cargoType"),
        mistake(7003, "departureStartDate"),
        mistake(7003, "maxTranshipment"),
        mistake(7003, "placeOfReceipt"),
        mistake(7004, "limit"),
        mistake(7005, "limit"),
        mistake(7006, "arrivalEndDate"),
        mistake(7008, "cursor"),
        mistake(7009, "API-Version"),
    ];
    assert_eq!(mistakes, expected);
    assert_eq!(answer.body["requestUri"], path);
    assert_eq!(answer.body["httpMethod"], "GET");
    assert_eq!(answer.body["errorDateTime"], "2026-11-20T10:00:00+08:00");
    let value = answer.body["errors"].as_array().unwrap().iter().find(|e| e["property"] == "placeOfReceipt").unwrap();
    assert_eq!(value["value"], "cnhub");
}

/// Each parameter is held to its pattern.
#[tokio::test]
async fn every_parameter_is_read_strictly() {
    let service = service(Some(toy()));
    let cases = [
        (ROUTES, "departureStartDate=2026-1-5", 7003),
        (ROUTES, "departureStartDate=%2B026-01-05", 7003),
        (ROUTES, "departureEndDate=2026-11-20T00:00:00Z", 7003),
        (ROUTES, "departureStartDate=1999-12-31", 7004),
        (ROUTES, "arrivalEndDate=9999-01-01", 7004),
        (ROUTES, "departureStartDate=2026-01-01&departureEndDate=2026-12-31", 7007),
        (ROUTES, "maxTranshipment=99999999999", 7004),
        (ROUTES, "maxTranshipment=", 7003),
        (ROUTES, "limit=1001", 7004),
        (ROUTES, "limit=ten", 7003),
        (ROUTES, "receiptTypeAtOrigin=cy", 7003),
        (ROUTES, "deliveryTypeAtDestination=YARD", 7003),
        (ROUTES, "cursor=", 7003),
        (VESSELS, "vesselIMONumber=123456", 7003),
        (VESSELS, "vesselName=%20King", 7003),
        (VESSELS, "universalServiceReference=SR1234AA", 7003),
        (VESSELS, "universalVoyageReference=2103X", 7003),
        (VESSELS, "universalVoyageReference=%E4%B8%80103N", 7003),
        (VESSELS, "UNLocationCode=CN1SA", 7003),
        (VESSELS, "facilitySMDGCode=TOOLONG", 7003),
        (VESSELS, "vesselOperatorCarrierCode=12345678901", 7003),
        (VESSELS, "responseScope=ALL", 7003),
        (VESSELS, "startDate=2026-01-01&endDate=2027-06-01", 7007),
        (VESSELS, "placeOfReceipt=CNHUB", 7001),
    ];
    for (path, parameter, code) in cases {
        let mistakes = ask(&service, &format!("{path}&{parameter}")).await.mistakes();
        let property = parameter.rsplit('&').next().unwrap().split('=').next().unwrap();
        assert_eq!(mistakes, [mistake(code, property)], "{parameter}");
    }
}

/// A question for everything would hold the server.
#[tokio::test]
async fn vessel_schedules_need_a_filter_besides_days() {
    let service = service(Some(toy()));
    let answer = ask(&service, "/v1/vessel-schedules?startDate=2026-11-20&limit=5").await;
    assert_eq!(answer.mistakes(), [mistake(7010, "carrierServiceCode")]);
    let port = ask(&service, "/v1/port-schedules").await;
    assert_eq!(port.mistakes(), [mistake(7002, "UNLocationCode"), mistake(7002, "date")]);
}

/// The version is the major one, or left out.
#[tokio::test]
async fn only_major_version_1_is_spoken() {
    let service = service(Some(toy()));
    assert!(!ask_version(&service, ROUTES, Some("1")).await.items().is_empty());
    for version in ["1.0", "1.0.3", "2", "", "v1"] {
        assert_eq!(ask_version(&service, ROUTES, Some(version)).await.mistakes(), [mistake(7009, "API-Version")], "{version}");
    }
}

/// A value may be as long and as odd as it likes; the answer repeats it cut to what the standard allows.
#[tokio::test]
async fn odd_values_are_repeated_and_cut() {
    let service = service(Some(toy()));
    let long = "x".repeat(3000);
    let answer = ask(&service, &format!("{ROUTES}&{long}=%FF%00&limit={long}")).await;
    assert_eq!(answer.mistakes(), [mistake(7001, &long[..100]), mistake(7003, "limit")]);
    assert_eq!(answer.body["errors"][1]["value"].as_str().unwrap().len(), 500);
    let many: String = (0..500).map(|number| format!("&p{number}=1")).collect();
    assert_eq!(ask(&service, &format!("{ROUTES}{many}")).await.mistakes().len(), 100);
}
