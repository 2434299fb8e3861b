//! The wire for changes: one request, sent once.
//!
//! serenity's own limiter would wait out a limit and then send what was decided before the wait. Who
//! may read a channel may have changed by then, so a limit comes back here as something to do again,
//! and whoever asked proves the channel anew. What Discord says of its limits (topics/rate-limits) is
//! remembered, so that a request that would be refused is not made.

use super::{Outcome, upload::with_one_length};
use reqwest::{Client, StatusCode, header::HeaderMap, multipart::Form};
use serde::Deserialize;
use serenity::{
    all::Http,
    http::{LightMethod, RatelimitingBucket, Request},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Most limits that are remembered; beyond it those that are over are forgotten first.
const CLOSED_MAX: usize = 4_096;
/// The wait where a limit does not say how long it lasts.
const UNSAID: Duration = Duration::from_secs(5);
/// The longest wait that is believed; a limit that lasts longer is asked about again.
const BELIEVED_MAX: Duration = Duration::from_secs(3_600);

/// What is limited together: a route with its channel, by method.
type Key = (RatelimitingBucket, LightMethod);

/// Sends changes.
pub(super) struct Wire {
    http: Arc<Http>,
    client: Client,
    closed: Mutex<Closed>,
}

/// Until when nothing may be sent.
#[derive(Default)]
struct Closed {
    all: Option<Instant>,
    by_key: HashMap<Key, Instant>,
}

/// A limit that was run into (topics/rate-limits, "Exceeding A Rate Limit").
#[derive(Clone, Copy, Debug, PartialEq)]
struct Limit {
    after: Duration,
    scope: Scope,
}

/// What a limit is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Everything the bot sends.
    All,
    /// This route and channel.
    Key,
    /// Something that the headers do not show, such as the names of one channel.
    Hidden,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: Option<isize>,
    #[serde(default)]
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

impl Wire {
    pub(super) fn new(http: Arc<Http>, client: Client) -> Self {
        Self {
            http,
            client,
            closed: Mutex::default(),
        }
    }

    /// How long requests like this one are not to be made; zero when they may be.
    pub(super) fn closed_for(&self, request: &Request<'_>) -> Duration {
        let closed = self.closed();
        let until = closed.by_key.get(&key_of(request)).copied();
        let until = until.max(closed.all);
        until.map_or(Duration::ZERO, |until| {
            until.saturating_duration_since(Instant::now())
        })
    }

    /// Makes a request, once, with the form that it carries, if any; the bytes of its answer.
    pub(super) async fn send(&self, request: Request<'_>, form: Option<Form>) -> Outcome<Vec<u8>> {
        let closed = self.closed_for(&request);
        if !closed.is_zero() {
            return Outcome::Again(closed);
        }
        let key = key_of(&request);
        let request = match request.build(&self.client, self.http.token(), None) {
            Ok(request) => request,
            Err(error) => return Outcome::judge(Err(error)),
        };
        let request = match form {
            Some(form) => request.multipart(form).build().map(with_one_length),
            None => request.build(),
        };
        let sent = match request {
            Ok(request) => self.client.execute(request).await,
            Err(error) => Err(error),
        };
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => return Outcome::of_transport(&error),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        self.note_left(key, &headers);
        let body = match answer.bytes().await {
            Ok(body) => body,
            // It was taken; what it became is not known.
            Err(_) if status.is_success() => return Outcome::Doubtful(true),
            Err(_) => return Outcome::of_status(status.as_u16(), -1),
        };
        if status.is_success() {
            return Outcome::Done(body.to_vec());
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            let limit = limit_of(&headers, &body);
            self.note_limit(key, limit);
            return Outcome::Again(limit.after);
        }
        let refusal: Option<Refusal> = serde_json::from_slice(&body).ok();
        let code = refusal.and_then(|refusal| refusal.code).unwrap_or(-1);
        Outcome::of_status(status.as_u16(), code)
    }

    /// Remembers that nothing is left before the window of a limit ends.
    fn note_left(&self, key: Key, headers: &HeaderMap) {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.parse::<f64>().ok();
        if number("x-ratelimit-remaining") == Some(0.0)
            && let Some(after) = number("x-ratelimit-reset-after").and_then(seconds)
        {
            self.closed().close(key, Instant::now() + after);
        }
    }

    fn note_limit(&self, key: Key, limit: Limit) {
        metrics::counter!("renkei_requests_limited_total").increment(1);
        let until = Instant::now() + limit.after;
        let mut closed = self.closed();
        match limit.scope {
            Scope::All => closed.all = closed.all.max(Some(until)),
            Scope::Key => closed.close(key, until),
            // Only some requests of the route meet it; whoever asked waits.
            Scope::Hidden => {}
        }
    }

    fn closed(&self) -> std::sync::MutexGuard<'_, Closed> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Closed {
    fn close(&mut self, key: Key, until: Instant) {
        if self.by_key.len() >= CLOSED_MAX {
            let now = Instant::now();
            self.by_key.retain(|_, until| *until > now);
        }
        let entry = self.by_key.entry(key).or_insert(until);
        *entry = until.max(*entry);
    }
}

fn key_of(request: &Request<'_>) -> Key {
    (
        request.route_ref().ratelimiting_bucket(),
        *request.method_ref(),
    )
}

/// What an answer 429 says. One that does not come from Discord's own limits (its edge answers in
/// HTML) is of everything.
fn limit_of(headers: &HeaderMap, body: &[u8]) -> Limit {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let refusal: Option<Refusal> = serde_json::from_slice(body).ok();
    let header = text("retry-after").and_then(|value| value.parse().ok());
    let said = refusal.as_ref().and_then(|refusal| refusal.retry_after);
    let after = header.into_iter().chain(said).filter_map(seconds).max();
    let scope = match (text("x-ratelimit-scope"), &refusal) {
        (Some("shared"), _) => Scope::Hidden,
        (Some("global"), _) | (_, None) => Scope::All,
        (_, Some(refusal)) if refusal.global => Scope::All,
        _ => Scope::Key,
    };
    Limit {
        after: after.unwrap_or(UNSAID),
        scope,
    }
}

/// A number of seconds as a header or a body says it, within what is believed.
fn seconds(number: f64) -> Option<Duration> {
    let length = Duration::try_from_secs_f64(number).ok()?;
    Some(length.min(BELIEVED_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a plain value"));
        }
        headers
    }

    #[test]
    fn a_limit_says_how_long_it_lasts_and_what_it_is_of() {
        for (pairs, body, after, scope) in [
            (
                &[("retry-after", "1"), ("x-ratelimit-scope", "user")][..],
                r#"{"retry_after": 0.6, "global": false}"#,
                1.0,
                Scope::Key,
            ),
            (
                &[("x-ratelimit-scope", "shared")],
                r#"{"retry_after": 512.25, "global": false}"#,
                512.25,
                Scope::Hidden,
            ),
            (
                &[],
                r#"{"retry_after": 0.5, "global": true}"#,
                0.5,
                Scope::All,
            ),
            (&[("retry-after", "7")], "<html>", 7.0, Scope::All),
            (&[], r#"{"message": "slow down"}"#, 5.0, Scope::Key),
            (&[("retry-after", "-1")], "", 5.0, Scope::All),
            (&[("retry-after", "1e300")], "{}", 5.0, Scope::Key),
            (&[("retry-after", "90000")], "{}", 3_600.0, Scope::Key),
        ] {
            let expected = Limit {
                after: Duration::from_secs_f64(after),
                scope,
            };
            assert_eq!(
                limit_of(&headers(pairs), body.as_bytes()),
                expected,
                "{body}"
            );
        }
    }

    #[test]
    fn limits_that_are_over_give_way_to_newer_ones() {
        let mut closed = Closed::default();
        let key = |id: u64| {
            let route = serenity::http::Route::ChannelMessages {
                channel_id: serenity::all::ChannelId::new(id + 1),
            };
            key_of(&Request::new(route, LightMethod::Post))
        };
        let now = Instant::now();
        for id in 0..CLOSED_MAX as u64 {
            closed.close(key(id), now);
        }
        closed.close(key(9_999), now + Duration::from_secs(60));
        assert_eq!(closed.by_key.len(), 1);
        // A shorter one does not open what a longer one keeps closed.
        closed.close(key(9_999), now);
        assert_eq!(closed.by_key[&key(9_999)], now + Duration::from_secs(60));
    }
}
