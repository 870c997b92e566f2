//! Bodies that are made once and handed out many times, packed and unpacked, with their validator.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Media type of all our own resources.
pub const JSON: &str = "application/json";

/// Packing a body shorter than this saves nothing.
const LEAST_PACKED: usize = 1024;

/// A body that never changes.
#[derive(Clone, Debug)]
pub struct Prepared {
    plain: Bytes,
    /// The same by gzip, where that is shorter.
    packed: Option<Bytes>,
    content_type: &'static str,
    /// Strong validators, quoted: SHA-256 of the plain bytes, with a mark for the packed ones.
    etag: HeaderValue,
    packed_etag: HeaderValue,
}

impl Prepared {
    /// A body with its validator and its packed form.
    pub fn new(content_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        let plain = bytes.into();
        let digest: String = crate::service::store::to_hex(&Sha256::digest(&plain));
        // hexadecimal digits and quotes are visible characters
        let tag = |mark: &str| HeaderValue::try_from(format!("\"{digest}{mark}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { packed: pack(&plain), content_type, etag: tag(""), packed_etag: tag("-gzip"), plain }
    }

    /// A value as JSON.
    pub fn json(value: &impl Serialize) -> Self {
        // structs with text keys and no failing serializer always become JSON
        Self::new(JSON, serde_json::to_vec(value).unwrap_or_default())
    }

    /// Bytes that it holds.
    pub fn size(&self) -> usize {
        self.plain.len() + self.packed.as_ref().map_or(0, Bytes::len)
    }

    /// The body, packed for who takes it, or 304 for who holds it already. `caching` says who may keep it for how long.
    pub fn answer(&self, asked: &HeaderMap, caching: &'static str) -> Response {
        let packed = self.packed.as_ref().filter(|_| takes_gzip(asked));
        let etag = if packed.is_some() { &self.packed_etag } else { &self.etag };
        let mut response = match holds(asked, &self.etag, &self.packed_etag) {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => packed.unwrap_or(&self.plain).clone().into_response(),
        };
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_TYPE);
        if response.status() == StatusCode::OK {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            if packed.is_some() {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
        }
        let headers = response.headers_mut();
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, authorization, cookie"));
        response
    }
}

fn pack(plain: &Bytes) -> Option<Bytes> {
    if plain.len() < LEAST_PACKED {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(plain).and_then(|()| encoder.finish()).ok()?;
    (packed.len() < plain.len()).then(|| packed.into())
}

/// Whether `Accept-Encoding` takes gzip: named, or covered by `*`, and not with weight 0.
fn takes_gzip(asked: &HeaderMap) -> bool {
    let named = |wanted: &str| {
        values(asked, header::ACCEPT_ENCODING).find_map(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
            let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok()).unwrap_or(1.0_f32);
            name.trim().eq_ignore_ascii_case(wanted).then_some(weight > 0.0)
        })
    };
    named("gzip").or_else(|| named("*")).unwrap_or(false)
}

/// Whether `If-None-Match` names one of the tags; a weak tag of the same text counts (RFC 9110, 13.1.2).
fn holds(asked: &HeaderMap, etag: &HeaderValue, packed: &HeaderValue) -> bool {
    values(asked, header::IF_NONE_MATCH).any(|tag| {
        let bare = tag.strip_prefix("W/").unwrap_or(tag);
        tag == "*" || bare == *etag || bare == *packed
    })
}

/// The members of a header that is a list.
fn values(asked: &HeaderMap, name: header::HeaderName) -> impl Iterator<Item = &str> {
    asked.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    // a client that cannot unpack must never get packed bytes
    #[test]
    fn a_body_is_packed_only_for_who_takes_it() {
        let takes = |value| takes_gzip(&asking(header::ACCEPT_ENCODING, value));
        assert!(takes("gzip") && takes("br, GZIP;q=0.5") && takes("*"));
        assert!(!takes("gzip;q=0") && !takes("br") && !takes("gzip;q=0, *") && !takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn who_holds_a_body_in_either_form_does_not_get_it_again() {
        let body = Prepared::new(JSON, vec![b'x'; 5000]);
        let tag = body.etag.to_str().unwrap().trim_matches('"').to_owned();
        for held in [format!("\"{tag}\""), format!("W/\"{tag}\""), format!("\"a\", \"{tag}-gzip\""), "*".to_owned()] {
            let asked = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::try_from(held).unwrap())]);
            assert_eq!(body.answer(&asked, "no-cache").status(), StatusCode::NOT_MODIFIED);
        }
        let other = asking(header::IF_NONE_MATCH, "\"other\"");
        assert_eq!(body.answer(&other, "no-cache").status(), StatusCode::OK);
    }
}
