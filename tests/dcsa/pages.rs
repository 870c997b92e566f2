//! Page by page.

use super::asking::{ask, delta, service, toy};
use serde_json::Value;

const ROUTES: &str = "/v1/point-to-point-routes?placeOfReceipt=CNHUB&placeOfDelivery=CNRIB";

/// All pages joined, and how many there were.
async fn joined(path: &str) -> (Vec<Value>, usize) {
    let service = service(Some(delta()));
    let (mut items, mut pages, mut cursor) = (Vec::new(), 0, None::<String>);
    loop {
        let more = cursor.as_ref().map_or(String::new(), |cursor| format!("&cursor={cursor}"));
        let answer = ask(&service, &format!("{path}{more}")).await;
        items.extend(answer.items().iter().cloned());
        pages += 1;
        match answer.next {
            Some(next) => cursor = Some(next),
            None => return (items, pages),
        }
    }
}

/// Whatever the size of a page, all of them together are the whole list: nothing twice, nothing lost.
#[tokio::test]
async fn the_pages_together_are_the_list() {
    for path in [
        "/v1/point-to-point-routes?placeOfReceipt=CNNSA&placeOfDelivery=CNBIJ&departureStartDate=2026-11-23",
        "/v1/vessel-schedules?UNLocationCode=CNNSA&startDate=2026-11-23&endDate=2026-11-30",
        "/v1/port-schedules?UNLocationCode=CNNSA&date=2026-11-23",
    ] {
        let (whole, pages) = joined(path).await;
        assert!(!whole.is_empty() && pages == 1, "{path}");
        for limit in [1, 2, 3] {
            let (parts, pages) = joined(&format!("{path}&limit={limit}")).await;
            assert_eq!(parts, whole, "{path}");
            assert_eq!(pages, whole.len().div_ceil(limit), "{path}");
        }
    }
}

/// The second page is another one than the first, and the size of a page may change on the way.
#[tokio::test]
async fn a_second_page_differs_from_the_first() {
    let service = service(Some(toy()));
    let first = ask(&service, &format!("{ROUTES}&limit=1")).await;
    let second = ask(&service, &format!("{ROUTES}&limit=2&cursor={}", first.next.as_ref().unwrap())).await;
    assert_eq!((first.items().len(), second.items().len()), (1, 2));
    assert_ne!(first.items()[0], second.items()[0]);
    assert_eq!(second.items()[0]["solutionNumber"], 2);
}

/// A cursor is for the list it came from: with other filters, another endpoint or another plan it would skip what nobody has seen.
#[tokio::test]
async fn a_cursor_is_good_for_its_own_list_only() {
    let service = service(Some(toy()));
    let cursor = ask(&service, &format!("{ROUTES}&limit=1")).await.next.unwrap();
    let refused = |path: String| {
        let service = service.clone();
        async move { assert_eq!(ask(&service, &path).await.mistakes(), [(7008, "cursor".to_owned())], "{path}") }
    };
    refused(format!("{ROUTES}&maxTranshipment=1&cursor={cursor}")).await;
    refused(format!("/v1/point-to-point-routes?placeOfReceipt=CNRIB&placeOfDelivery=CNHUB&cursor={cursor}")).await;
    refused(format!("/v1/port-schedules?UNLocationCode=CNHUB&date=2026-11-23&cursor={cursor}")).await;
    refused(format!("{ROUTES}&cursor=00")).await;
    refused(format!("{ROUTES}&cursor=%C3%A9")).await;
    refused(format!("{ROUTES}&cursor=ffffffff7fffffff{}", &cursor[16..])).await;
    let other = super::asking::service(Some(delta()));
    assert_eq!(ask(&other, &format!("{ROUTES}&cursor={cursor}")).await.mistakes(), [(7008, "cursor".to_owned())]);
    let behind = format!("ffffffff{}", &cursor[8..]);
    assert!(ask(&service, &format!("{ROUTES}&cursor={behind}")).await.items().is_empty(), "a place behind the end");
}
