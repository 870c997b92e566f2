//! The page: files that `make page` builds into `web/dist`, and that are part of the program.

use super::body::Prepared;
use super::problem::HttpProblem;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The built page. A tree without it still builds.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

const START: &str = "index.html";

/// What stands in the page's place where it was not built.
const UNBUILT: &str = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Waterbus</title><h1>The page is not built</h1>\
<p>This program was built from a tree without <code>web/dist</code>. Install node, run <code>make page</code>, and build the program \
again.</p><p>All that the page shows is in the <a href=\"/docs/\">interface for programs</a>.</p>\n";

/// The page
///
/// One page for planners and shippers, in English and Simplified Chinese. It knows this interface alone.
#[utoipa::path(get, path = "/", tag = "Running", operation_id = "page",
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The caller holds it already"),
    ))]
pub(super) async fn page(headers: HeaderMap) -> Response {
    static ANSWER: OnceLock<Prepared> = OnceLock::new();
    let answer = ANSWER.get_or_init(|| start_page(Dist::get(START).map(|file| file.data.into_owned())));
    answer.answer(&headers, "public, no-cache")
}

fn start_page(built: Option<Vec<u8>>) -> Prepared {
    Prepared::new(HTML, built.unwrap_or_else(|| UNBUILT.into()))
}

/// A script, style or picture of the page. Its name has its hash, so it never changes.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, HttpProblem> {
    static ANSWERS: OnceLock<BTreeMap<String, Prepared>> = OnceLock::new();
    let answer = ANSWERS.get_or_init(assets).get(&name);
    let answer = answer.ok_or_else(|| HttpProblem::not_found("the page has no such file; load it again"))?;
    Ok(answer.answer(&headers, "public, max-age=31536000, immutable"))
}

fn assets() -> BTreeMap<String, Prepared> {
    let prepare = |path: &str| Some(Prepared::new(media_type(path), Dist::get(path)?.data.into_owned()));
    let named = |path: &str| Some((path.strip_prefix("assets/")?.to_owned(), prepare(path)?));
    Dist::iter().filter_map(|path| named(&path)).collect()
}

const HTML: &str = "text/html; charset=utf-8";

/// The kinds of files that the build makes.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("html") => HTML,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    // a tree without the built page makes a program that says how to build it
    #[tokio::test]
    async fn without_a_built_page_the_start_says_how_to_build_it() {
        let answer = start_page(None).answer(&HeaderMap::new(), "no-cache");
        let text = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(String::from_utf8_lossy(&text).contains("make page"));
    }

    // what the start page asks for is there, under a name that holds its hash
    #[test]
    fn every_file_that_the_start_page_names_is_built_in() {
        let start = Dist::get(START).expect("web/dist is committed").data;
        let text = String::from_utf8(start.into_owned()).unwrap();
        let named: Vec<&str> = text.split("/assets/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(named.len() >= 2, "a script and a style: {named:?}");
        assert!(named.iter().all(|name| assets().contains_key(*name)), "{named:?}");
        // a dash, and eight signs that may be dashes too
        let has_hash = |name: &String| name.rsplit_once('.').is_some_and(|(stem, _)| stem.bytes().nth_back(8) == Some(b'-'));
        assert!(assets().keys().all(has_hash), "{:?}", assets().keys());
    }
}
