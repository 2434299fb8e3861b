//! Who may talk to the page: this machine's browser, from the page itself.
//!
//! The page lets anybody be anybody, so it must answer nobody else. Listening on loopback keeps other
//! machines out; it does not keep out a web site opened in the same browser. Such a site can reach
//! loopback under a name of its own (DNS rebinding), which the `Host` header gives away, or send a
//! form there, which the `Origin` header gives away.

use axum::extract::Request;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::refusal::Refusal;

/// Nothing but this page's own files, and no page around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Lets a request through if it comes from here.
pub(super) async fn keep_strangers_out(request: Request, next: Next) -> Response {
    let mut response = match admit(request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let fixed: [(HeaderName, &str); 3] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn admit(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = text(headers, &HOST).unwrap_or_default();
    if !is_loopback(host) {
        return Err(Refusal::foreign("このパソコンの中からだけ開けます。"));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    match text(headers, &ORIGIN) {
        Some(origin) if origin == format!("http://{host}") => Ok(()),
        _ => Err(Refusal::foreign("この画面からの操作だけを受けつけます。")),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a `Host` header names this machine itself, with or without a port.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_the_names_of_this_machine_are_a_host() {
        for (host, expected) in [
            ("127.0.0.1:4646", true),
            ("localhost:4646", true),
            ("localhost", true),
            ("[::1]:4646", true),
            ("127.0.0.1.example.org:4646", false),
            ("renkei.example.org:4646", false),
            ("localhost.example.org", false),
            ("localhost:4646.example.org", false),
            ("192.0.2.1:4646", false),
            ("", false),
        ] {
            assert_eq!(is_loopback(host), expected, "{host}");
        }
    }

    #[test]
    fn a_change_needs_the_origin_of_this_page() {
        let own = ("host", "127.0.0.1:4646");
        for (origin, expected) in [
            (Some("http://127.0.0.1:4646"), true),
            (Some("http://127.0.0.1:8080"), false),
            (Some("https://127.0.0.1:4646"), false),
            (Some("http://example.org"), false),
            (Some("null"), false),
            (None, false),
        ] {
            let mut pairs = vec![own];
            pairs.extend(origin.map(|origin| ("origin", origin)));
            let admitted = admit(&Method::POST, &headers(&pairs));
            assert_eq!(admitted.is_ok(), expected, "{origin:?}");
        }
        assert!(admit(&Method::GET, &headers(&[own])).is_ok());
    }
}
