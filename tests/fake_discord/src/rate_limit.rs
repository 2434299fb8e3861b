//! Rate limits (topics/rate-limits): per route and main resource, global, hidden ones on names, and
//! the count of requests that Discord calls invalid.
//!
//! Real time: clients sleep in it.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::clock::machine_now;
use crate::rest::Refusal;

/// Requests in a window where no rule says otherwise: generous, but present in the headers.
const DEFAULT_LIMIT: u32 = 1000;
const DEFAULT_WINDOW: Duration = Duration::from_secs(1);
/// Discord counts invalid requests over this span.
const INVALID_WINDOW: Duration = Duration::from_secs(600);

#[derive(Debug)]
struct Rule {
    method: String,
    route: String,
    limit: u32,
    window: Duration,
}

#[derive(Debug)]
struct Bucket {
    used: u32,
    ends_at: Instant,
}

/// All counters of one stand-in.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    rules: Vec<Rule>,
    buckets: HashMap<(String, u64), Bucket>,
    global: Option<Bucket>,
    spans: HashMap<(&'static str, u64), VecDeque<Instant>>,
    invalid: VecDeque<Instant>,
    limited: u64,
}

impl RateLimits {
    pub(crate) fn set(&mut self, method: &str, route: &str, limit: u32, window: Duration) {
        self.rules
            .retain(|rule| rule.method != method || rule.route != route);
        let (method, route) = (method.to_owned(), route.to_owned());
        self.rules.push(Rule {
            method,
            route,
            limit,
            window,
        });
        self.buckets.clear();
    }

    /// Counts a request in its bucket. Always gives the headers; refuses when it is full.
    pub(crate) fn count(
        &mut self,
        method: &str,
        route: &str,
        major: u64,
    ) -> (Headers, Option<Refusal>) {
        let rule = self
            .rules
            .iter()
            .find(|rule| rule.method == method && rule.route == route);
        let (limit, window) = rule.map_or((DEFAULT_LIMIT, DEFAULT_WINDOW), |rule| {
            (rule.limit, rule.window)
        });
        let name = bucket_name(method, route);
        let now = Instant::now();
        let fresh = || Bucket {
            used: 0,
            ends_at: now + window,
        };
        let bucket = self
            .buckets
            .entry((name.clone(), major))
            .or_insert_with(fresh);
        if bucket.ends_at <= now {
            *bucket = fresh();
        }
        let wait = bucket.ends_at - now;
        let refused = bucket.used >= limit;
        bucket.used = (bucket.used + 1).min(limit);
        let headers = Headers {
            limit,
            remaining: limit - bucket.used,
            reset_after: wait,
            name,
        };
        let refusal = refused.then(|| self.refuse(wait, "user"));
        (headers, refusal)
    }

    /// Counts a request against the global limit.
    pub(crate) fn count_global(&mut self, limit: u32) -> Option<Refusal> {
        let now = Instant::now();
        let bucket = self.global.get_or_insert(Bucket {
            used: 0,
            ends_at: now,
        });
        if bucket.ends_at <= now {
            *bucket = Bucket {
                used: 0,
                ends_at: now + Duration::from_secs(1),
            };
        }
        let wait = bucket.ends_at - now;
        if bucket.used >= limit {
            return Some(self.refuse(wait, "global"));
        }
        bucket.used += 1;
        None
    }

    /// Counts against a limit that headers do not show, such as renames of one channel.
    pub(crate) fn count_hidden(
        &mut self,
        what: &'static str,
        thing: u64,
        (limit, window): (u32, Duration),
    ) -> Result<(), Refusal> {
        let now = Instant::now();
        let times = self.spans.entry((what, thing)).or_default();
        while times.front().is_some_and(|time| *time + window <= now) {
            times.pop_front();
        }
        if times.len() >= limit as usize {
            let wait = times.front().map_or(window, |first| *first + window - now);
            return Err(self.refuse(wait, "shared"));
        }
        times.push_back(now);
        Ok(())
    }

    fn refuse(&mut self, wait: Duration, scope: &'static str) -> Refusal {
        self.limited += 1;
        limited(wait.as_secs_f64(), scope)
    }

    pub(crate) fn limited(&self) -> u64 {
        self.limited
    }

    /// Counts an answer that Discord calls invalid: 401, 403, and 429 but for shared ones.
    pub(crate) fn note_answer(&mut self, status: u16, scope: Option<&str>) {
        let counts = matches!(status, 401 | 403) || status == 429 && scope != Some("shared");
        if counts {
            self.invalid.push_back(Instant::now());
        }
    }

    pub(crate) fn invalid(&self) -> usize {
        let recent = |time: &&Instant| time.elapsed() < INVALID_WINDOW;
        self.invalid.iter().filter(recent).count()
    }
}

/// The 429 answer (topics/rate-limits, "Exceeding A Rate Limit").
pub(crate) fn limited(wait_seconds: f64, scope: &'static str) -> Refusal {
    let message = match scope {
        "shared" => "The resource is being rate limited.",
        _ => "You are being rate limited.",
    };
    let is_global = scope == "global";
    let body = json!({
        "message": message,
        "retry_after": (wait_seconds * 1000.0).ceil() / 1000.0,
        "global": is_global,
    });
    let mut headers = vec![
        ("retry-after", format!("{}", wait_seconds.ceil())),
        ("x-ratelimit-scope", scope.to_owned()),
    ];
    if is_global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    Refusal {
        status: 429,
        code: None,
        body,
        headers,
    }
}

/// The headers that say how much is left.
#[derive(Clone, Debug)]
pub(crate) struct Headers {
    limit: u32,
    remaining: u32,
    reset_after: Duration,
    name: String,
}

impl Headers {
    pub(crate) fn pairs(&self) -> [(&'static str, String); 5] {
        let after = self.reset_after.as_secs_f64();
        let reset = machine_now().timestamp_millis() as f64 / 1000.0 + after;
        [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining.to_string()),
            ("x-ratelimit-reset", format!("{reset:.3}")),
            ("x-ratelimit-reset-after", format!("{after:.3}")),
            ("x-ratelimit-bucket", self.name.clone()),
        ]
    }
}

/// An opaque name, the same for the same route.
fn bucket_name(method: &str, route: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hash = DefaultHasher::new();
    (method, route).hash(&mut hash);
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_bucket_refuses_and_others_stay_open() {
        let mut limits = RateLimits::default();
        limits.set("POST", "/a", 2, Duration::from_secs(60));
        assert!(limits.count("POST", "/a", 1).1.is_none());
        assert!(limits.count("POST", "/a", 1).1.is_none());
        let (_, refusal) = limits.count("POST", "/a", 1);
        assert_eq!(refusal.map(|refusal| refusal.status), Some(429));
        assert!(limits.count("POST", "/a", 2).1.is_none());
        assert!(limits.count("GET", "/a", 1).1.is_none());
    }

    #[test]
    fn the_global_limit_says_that_it_is_global() {
        let mut limits = RateLimits::default();
        assert!((0..50).all(|_| limits.count_global(50).is_none()));
        let refusal = limits.count_global(50).unwrap();
        assert_eq!(refusal.body["global"], true);
        assert!(
            refusal
                .headers
                .iter()
                .any(|(name, _)| *name == "x-ratelimit-global")
        );
    }

    #[test]
    fn shared_limits_are_not_held_against_the_bot() {
        let mut limits = RateLimits::default();
        limits.note_answer(429, Some("shared"));
        limits.note_answer(404, None);
        assert_eq!(limits.invalid(), 0);
        limits.note_answer(429, Some("user"));
        limits.note_answer(403, None);
        assert_eq!(limits.invalid(), 2);
    }
}
