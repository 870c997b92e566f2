//! How much the service takes, and that all its refusals have one shape.

use super::world::{World, assert_problem};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use serde_json::json;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

fn from(path: &str, address: &str) -> Request<Body> {
    let peer: SocketAddr = address.parse().unwrap();
    let mut request = Request::builder().uri(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}

#[tokio::test]
async fn errors_have_one_shape_whoever_raises_them() {
    let world = World::new().await;
    let cases = [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/services/S99", 404),
        ("GET", "/api/v1/services/%FF", 404),
        ("GET", "/api/v1/plans/%FF/compare/x", 404),
        ("GET", "/api/v1/plans/x", 404),
        ("GET", "/docs/nothing.js", 404),
        ("GET", "/assets/nothing.js", 404),
        ("POST", "/api/v1/services", 405),
        ("DELETE", "/", 405),
        ("PATCH", "/api/v1/keys", 405),
        ("OPTIONS", "/api/v1/plans", 405),
        ("BREW", "/api/v1/plans", 405),
        ("POST", "/api/v1/plans", 415),
    ];
    for (method, path, status) in cases {
        let answer = world.send(world.request(method, path, "admin").body(Body::empty()).unwrap()).await;
        assert_problem(&answer, status);
        assert_eq!(
            answer.headers.contains_key("allow"),
            status == 405,
            "a refused method names the allowed ones: {method} {path}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!answer.header("x-request-id").is_empty());
    }
    let large = json!({ "instance_id": "x".repeat(100_000) });
    assert_problem(&world.post("/api/v1/plans", "admin", &large).await, 413);
    let allowed = world.send(world.request("PUT", "/api/v1/plans", "public").body(Body::empty()).unwrap()).await;
    assert_eq!(allowed.header("allow"), "GET, HEAD, POST");
}

#[tokio::test]
async fn every_answer_has_safe_headers_and_the_documentation_still_works() {
    let world = World::new().await;
    for path in ["/", "/healthz", "/api/v1/services", "/openapi.json", "/nowhere", "/docs/", "/v1/vessel-schedules"] {
        let answer = world.get(path, "public").await;
        assert_eq!((answer.header("x-content-type-options"), answer.header("x-frame-options")), ("nosniff", "DENY"), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src 'unsafe"), "{path}: {policy}");
        assert_eq!(policy.contains("script-src 'self'"), matches!(path, "/" | "/docs/"), "{path}");
        assert!(path != "/" || !policy.contains("unsafe"), "the page has no script and no style inside: {policy}");
    }
    let index = world.get("/docs/", "public").await.text();
    assert!(!index.contains("https://") && !index.contains("<script>"), "nothing from elsewhere, no script in the page: {index}");
    for file in index.split("src=\"./").skip(1).map(|part| part.split('"').next().unwrap()) {
        assert_eq!(world.get(&format!("/docs/{file}"), "public").await.status, 200, "{file}");
    }
    assert!(world.get("/docs/swagger-initializer.js", "public").await.text().contains("/openapi.json"));
    assert_eq!(world.get("/docs", "public").await.header("location"), "/docs/");
}

#[tokio::test]
async fn a_caller_that_asks_too_often_is_told_when_to_come_again() {
    let world = World::with(|settings| {
        settings.limits.per_address = NonZeroU32::new(2);
        settings.limits.per_key = NonZeroU32::new(3);
    })
    .await;
    for _ in 0..4 {
        assert_eq!(world.send(from("/api/v1/services", "192.0.2.1:1")).await.status, 200);
    }
    let refused = world.send(from("/api/v1/services", "192.0.2.1:2")).await;
    assert_problem(&refused, 429);
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(world.send(from("/healthz", "192.0.2.1:3")).await.status, 200, "a watcher beside the caller is not shut out");
    assert_eq!(world.send(from("/api/v1/services", "192.0.2.2:1")).await.status, 200, "others are not concerned");
    for part in 0..4 {
        assert_eq!(world.send(from("/api/v1/services", &format!("[2001:db8:0:1::{part}]:1"))).await.status, 200);
    }
    assert_problem(&world.send(from("/api/v1/services", "[2001:db8:0:1:ffff::]:1")).await, 429);
    for _ in 0..6 {
        assert_eq!(world.get("/api/v1/me", "member").await.status, 200);
    }
    assert_problem(&world.get("/api/v1/me", "member").await, 429);
    assert_eq!(world.get("/api/v1/me", "shipper").await.status, 200);
}

// behind a proxy all requests have the proxy's address: without its word one greedy caller would shut everybody out
#[tokio::test]
async fn behind_a_proxy_rates_count_by_the_address_that_the_proxy_wrote() {
    let passed_on = |by: &str| {
        let mut request = from("/api/v1/services", "127.0.0.1:1");
        request.headers_mut().insert("x-forwarded-for", by.parse().unwrap());
        request
    };
    for (behind_proxy, status) in [(true, 200), (false, 429)] {
        let world = World::with(|settings| {
            settings.limits.per_address = NonZeroU32::new(1);
            settings.behind_proxy = behind_proxy;
        })
        .await;
        for made_up in ["192.0.2.7", "192.0.2.8"] {
            assert_eq!(world.send(passed_on(&format!("{made_up}, 192.0.2.1"))).await.status, 200);
        }
        assert_eq!(world.send(passed_on("192.0.2.1, 192.0.2.2")).await.status, status, "another caller, told by the proxy");
        assert_eq!(
            world.send(passed_on("192.0.2.9, 192.0.2.1")).await.status,
            429,
            "what a client writes itself counts for nothing"
        );
    }
}

// whoever watches the service must see that it is full, not dead
#[tokio::test]
async fn a_full_service_says_so_and_still_tells_its_health() {
    let world = World::with(|settings| settings.limits.at_once = 0).await;
    let answer = world.get("/api/v1/services", "public").await;
    assert_problem(&answer, 503);
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(world.get("/healthz", "public").await.json(), json!({ "status": "ok" }));
    assert_eq!(world.get("/readyz", "public").await.status, 200);
}

// a client that never sends the rest of its body must not hold room for ever
#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let world = World::with(|settings| settings.limits.request_time = Duration::from_millis(100)).await;
    let half = Body::from_stream(futures_util::stream::pending::<Result<&[u8], std::io::Error>>());
    let request = world.request("POST", "/api/v1/plans", "admin").header("content-type", "application/json");
    assert_problem(&world.send(request.body(half).unwrap()).await, 503);
}

#[tokio::test]
async fn readiness_asks_for_the_worker_and_the_database() {
    let world = World::with(|settings| settings.worker_inside = true).await;
    assert_problem(&world.get("/readyz", "public").await, 503);
    world.state.set_worker_alive(true);
    let ready = world.get("/readyz", "public").await;
    assert_eq!(ready.json(), json!({ "status": "ready", "plan": world.published }));
    world.state.store.close().await;
    assert_problem(&world.get("/readyz", "public").await, 503);
    let broken = world.get("/api/v1/me", "admin").await;
    assert!(
        matches!(broken.status.as_u16(), 500 | 503) && !broken.text().contains("pool"),
        "causes are not sent: {}",
        broken.text()
    );
    assert_eq!(world.get("/api/v1/services", "public").await.status, 200, "what is read already needs no database");
}

#[tokio::test]
async fn counters_answer_this_machine_and_holders_of_an_admin_key() {
    let world = World::new().await;
    world.get("/api/v1/services/S01", "public").await;
    assert_problem(&world.get("/metrics", "public").await, 401);
    assert_problem(&world.send(from("/metrics", "192.0.2.1:1")).await, 401);
    let mut passed_on = from("/metrics", "127.0.0.1:1");
    passed_on.headers_mut().insert("x-forwarded-for", "192.0.2.1".parse().unwrap());
    assert_problem(&world.send(passed_on).await, 401);
    let text = world.send(from("/metrics", "127.0.0.1:1")).await.text();
    assert!(
        text.contains("waterbus_http_requests_total{method=\"GET\",route=\"/api/v1/services/{id}\",status=\"200\"}"),
        "{text}"
    );
    assert!(
        text.contains("waterbus_http_request_seconds_bucket{") && text.contains("waterbus_jobs{state=\"queued\"} 1"),
        "{text}"
    );
    let open = World::with(|settings| settings.open_metrics = true).await;
    assert_eq!(open.get("/metrics", "public").await.status, 200);
}
