//! What the public sees, asked without a socket.

use super::*;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

fn current() -> AuditedPlan {
    AuditedPlan::assumed(serde_json::from_str(include_str!("../../tests/cli/fixtures/plan-a.json")).unwrap())
}

async fn ask(method: Method, path: &str, tag: Option<&str>) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(tag) = tag {
        request = request.header("if-none-match", tag);
    }
    app(&current()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn json(path: &str) -> Value {
    let response = ask(Method::GET, path, None).await;
    assert_eq!(
        (response.status(), &response.headers()["content-type"]),
        (StatusCode::OK, &"application/json".parse().unwrap()),
        "{path}"
    );
    serde_json::from_str(&text(response).await).unwrap()
}

#[tokio::test]
async fn the_public_reads_the_timetable_as_page_text_and_json() {
    let page = ask(Method::GET, "/", None).await;
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    assert!(page.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert!(text(page).await.contains("Nansha"));
    assert!(text(ask(Method::GET, "/api/v1/plans/current/text", None).await).await.contains("sailing 2"));
    assert_eq!(json("/api/v1/plans/current").await["plan"]["format"], 1);
    assert_eq!(json("/healthz").await["status"], "ok");
    assert_eq!(json("/readyz").await["status"], "ready");
}

#[tokio::test]
async fn services_and_terminals_are_resources_that_point_to_each_other() {
    let services = json("/api/v1/services").await;
    let href = services["services"][1]["href"].as_str().unwrap().to_owned();
    let service = json(&href).await;
    assert_eq!(service["sailings"][0]["calls"][0]["departure"], "Thu 01:45");
    assert_eq!(service["sailings"][0]["calls"][0]["loaded_teu"], 59);
    assert_eq!(service["sailings"][0]["calls"][0]["free_teu"], 41);
    let terminals = json("/api/v1/terminals").await;
    assert_eq!(terminals["terminals"][1]["services"], serde_json::json!(["S01", "S02"]));
}

#[tokio::test]
async fn a_plan_that_the_client_holds_is_not_sent_again() {
    let path = "/api/v1/plans/current";
    let tag = ask(Method::GET, path, None).await.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(tag.len(), 66, "a SHA-256 in quotes");
    for held in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let response = ask(Method::GET, path, Some(&held)).await;
        assert_eq!((response.status(), response.headers()["etag"].to_str().unwrap()), (StatusCode::NOT_MODIFIED, &*tag));
        assert_eq!(text(response).await, "");
    }
    assert_eq!(ask(Method::GET, path, Some("\"other\"")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn errors_have_one_shape() {
    let cases = [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/api/v1/services/S99", 404),
        (Method::GET, "/api/v1/services/%FF", 404),
        (Method::POST, "/api/v1/services", 405),
        (Method::DELETE, "/", 405),
    ];
    for (method, path, status) in cases {
        let response = ask(method, path, None).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert_eq!(response.headers().contains_key("allow"), status == 405, "a refused method names the allowed ones");
        let problem: Value = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(problem["status"], status, "{path}");
    }
}
