//! Keys, sessions, members.

use super::world::{Answer, World, assert_problem};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;

async fn with_cookie(world: &World, method: &str, path: &str, cookie: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path).header("cookie", cookie).header("host", "bus.example");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    world.send(request.body(Body::empty()).unwrap()).await
}

/// The cookie of a session, as a browser sends it back.
async fn session(world: &World, role: &str) -> (String, String) {
    let answer = world.post("/api/v1/session", "public", &json!({ "key": world.keys[role].1 })).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["role"]), (200, &json!(role)), "{}", answer.text());
    let set = answer.header("set-cookie").to_owned();
    (set.split(';').next().unwrap().to_owned(), set)
}

#[tokio::test]
async fn a_session_is_a_signed_cookie_that_no_script_reads() {
    let world = World::new().await;
    let (cookie, set) = session(&world, "port_planner").await;
    for part in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(set.contains(part), "{part} in {set}");
    }
    assert!(!set.contains(&world.keys["port_planner"].1), "the secret is not in it");
    assert_eq!(with_cookie(&world, "GET", "/api/v1/me", &cookie, &[]).await.json()["role"], "port_planner");
    let own = with_cookie(&world, "GET", "/api/v1/session", &cookie, &[]).await;
    assert_eq!((&own.json()["principal"]["role"], own.header("cache-control")), (&json!("port_planner"), "no-store"));
    assert_eq!(world.get("/api/v1/session", "public").await.json(), json!({ "principal": null }));
    let forged = cookie.replace(&world.keys["port_planner"].0, &world.keys["admin"].0);
    assert_ne!(forged, cookie);
    assert_problem(&with_cookie(&world, "GET", "/api/v1/me", &forged, &[]).await, 401);
    assert_eq!(with_cookie(&world, "GET", "/api/v1/services", &forged, &[]).await.status, 200, "who forges is the public");
    assert_problem(&world.post("/api/v1/session", "public", &json!({ "key": "wb_nothing" })).await, 401);
    let plain = World::with(|settings| settings.plain_cookies = true).await;
    assert!(!session(&plain, "admin").await.1.contains("Secure"));
}

// a browser sends the cookie with whatever another page makes it send
#[tokio::test]
async fn a_session_changes_nothing_from_another_page() {
    let world = World::new().await;
    let (cookie, _) = session(&world, "admin").await;
    let path = format!("/api/v1/keys/{}", world.keys["shipper"].0);
    let foreign: [&[(&str, &str)]; 5] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://bus.example")],
        &[("sec-fetch-site", "same-site")],
    ];
    for headers in foreign {
        assert_problem(&with_cookie(&world, "DELETE", &path, &cookie, headers).await, 403);
    }
    assert_eq!(world.get("/api/v1/me", "shipper").await.status, 200, "the key is still good");
    assert_eq!(with_cookie(&world, "DELETE", &path, &cookie, &[("sec-fetch-site", "same-origin")]).await.status, 200);
    assert_problem(&world.get("/api/v1/me", "shipper").await, 401);
    let own = [("origin", "https://bus.example")];
    let ended = with_cookie(&world, "DELETE", "/api/v1/session", &cookie, &own).await;
    assert_eq!(ended.status, 204);
    assert!(ended.header("set-cookie").contains("Max-Age=0"), "{}", ended.header("set-cookie"));
}

#[tokio::test]
async fn a_revoked_key_opens_nothing_at_once_by_itself_or_by_its_session() {
    let world = World::new().await;
    let (cookie, _) = session(&world, "member").await;
    let (id, _) = &world.keys["member"];
    assert_eq!(world.get("/api/v1/availability", "member").await.status, 200);
    let revoke = world.request("DELETE", &format!("/api/v1/keys/{id}"), "admin").body(Body::empty()).unwrap();
    assert!(world.send(revoke).await.json()["revoked_at"].is_string());
    assert_problem(&world.get("/api/v1/availability", "member").await, 401);
    assert_problem(&world.get("/api/v1/services", "member").await, 401);
    assert_problem(&with_cookie(&world, "GET", "/api/v1/availability", &cookie, &[]).await, 401);
    let trail = world.get("/api/v1/audit-trail?limit=1", "admin").await.json();
    assert_eq!((&trail["items"][0]["action"], &trail["items"][0]["object"]), (&json!("key.revoked"), &json!(id)));
    assert_eq!(trail["items"][0]["made_by"], world.keys["admin"].0);
}

#[tokio::test]
async fn the_secret_of_a_key_is_shown_once() {
    let world = World::new().await;
    let answer = world.post("/api/v1/keys", "admin", &json!({ "role": "member", "member": "PORT", "label": "desk" })).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let secret = answer.json()["secret"].as_str().unwrap().to_owned();
    let request = Request::builder().uri("/api/v1/me").header("authorization", format!("bearer {secret}"));
    assert_eq!(world.send(request.body(Body::empty()).unwrap()).await.json()["member"], "PORT");
    assert!(!world.get("/api/v1/keys", "admin").await.text().contains(&secret));
    assert_problem(&world.post("/api/v1/keys", "admin", &json!({ "role": "member", "label": "x" })).await, 409);
    assert_problem(&world.post("/api/v1/keys", "admin", &json!({ "role": "member", "member": "OP7", "label": "x" })).await, 404);
    assert_problem(&world.post("/api/v1/keys", "admin", &json!({ "role": "boss", "label": "x" })).await, 422);
    assert_problem(&world.post("/api/v1/keys", "admin", &json!({ "role": "admin", "label": "a\u{0}b" })).await, 422);
}

#[tokio::test]
async fn a_key_that_opens_nothing_is_refused_even_where_none_is_needed() {
    let world = World::new().await;
    for value in ["Bearer wb_0_0", "Bearer", "Basic YTpi", "Bearer \u{e9}"] {
        let request = Request::builder().uri("/api/v1/services").header("authorization", value.as_bytes());
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_problem(&answer, 401);
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
}

#[tokio::test]
async fn a_member_is_added_once_and_with_all_its_errors_named() {
    let world = World::new().await;
    let add = async |body: serde_json::Value| world.post("/api/v1/members", "admin", &body).await;
    let added = add(json!({ "code": "OP7", "name": "Seventh", "name_zh": "七" })).await;
    assert_eq!((added.status.as_u16(), &added.json()["name_zh"]), (201, &json!("七")));
    assert_problem(&add(json!({ "code": "OP7", "name": "Seventh" })).await, 409);
    let problem = assert_problem(&add(json!({ "code": "a b", "name": "", "name_zh": "\n" })).await, 422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 3);
    let codes = world.get("/api/v1/members?limit=2", "admin").await.json();
    assert_eq!((&codes["items"][0]["code"], &codes["next_cursor"]), (&json!("OP1"), &json!("OP7")));
}
