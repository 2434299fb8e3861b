//! Faults on purpose: errors, resets and slow answers, before or after the request took effect.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::fake::Fake;

/// What a fault is matched against.
#[derive(Debug)]
pub struct Line<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// The route with placeholders.
    pub route: &'a str,
    /// The path, without `/api/v10`.
    pub path: &'a str,
    /// The JSON body, null without one.
    pub body: &'a Value,
}

/// How an answer goes wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// This status with an empty body of an edge server (500, 502, 503, 504).
    Status(u16),
    /// The connection is reset in place of an answer.
    Reset,
    /// The answer comes this much later.
    Slow(Duration),
    /// A 429 in HTML without Discord's headers, as the edge sends it; `Retry-After` in seconds.
    Html429(u64),
    /// A 429 with Discord's body and headers; seconds to wait.
    RateLimited(f64),
    /// A refusal with this status, code and message.
    Refused(u16, u64, String),
}

type Test = Box<dyn Fn(&Line<'_>) -> bool + Send>;

/// A fault waiting for its request. Strikes once unless told otherwise, before any effect.
pub struct Fault {
    method: Option<String>,
    route: Option<String>,
    test: Option<Test>,
    trouble: Trouble,
    after_effect: bool,
    left: u64,
}

impl Fault {
    /// A fault for every request, of this kind.
    pub fn any(trouble: Trouble) -> Self {
        Self {
            method: None,
            route: None,
            test: None,
            trouble,
            after_effect: false,
            left: 1,
        }
    }

    /// A fault for a method and a route with placeholders, such as
    /// `("POST", "/channels/{channel_id}/messages")`.
    pub fn on(method: &str, route: &str, trouble: Trouble) -> Self {
        let (method, route) = (Some(method.to_owned()), Some(route.to_owned()));
        Self {
            method,
            route,
            ..Self::any(trouble)
        }
    }

    /// Strikes only where this holds as well. The test runs while the stand-in's state is locked:
    /// it must not ask the stand-in itself.
    #[must_use]
    pub fn when(mut self, test: impl Fn(&Line<'_>) -> bool + Send + 'static) -> Self {
        self.test = Some(Box::new(test));
        self
    }

    /// Strikes after the request has taken effect: the caller cannot know that it did.
    #[must_use]
    pub fn after_the_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }

    /// Strikes this many times.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.left = times;
        self
    }

    /// Strikes until the faults are cleared.
    #[must_use]
    pub fn always(self) -> Self {
        self.times(u64::MAX)
    }

    fn matches(&self, line: &Line<'_>) -> bool {
        self.left > 0
            && self
                .method
                .as_deref()
                .is_none_or(|method| method == line.method)
            && self
                .route
                .as_deref()
                .is_none_or(|route| route == line.route)
            && self.test.as_ref().is_none_or(|test| test(line))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault")
            .field("method", &self.method)
            .field("route", &self.route)
            .field("trouble", &self.trouble)
            .field("after_effect", &self.after_effect)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// Faults in the order they were added; the first that matches strikes.
#[derive(Debug, Default)]
pub(crate) struct FaultList {
    faults: Vec<Fault>,
    struck: u64,
}

/// A fault that strikes now.
#[derive(Clone, Debug)]
pub(crate) struct Strike {
    pub(crate) trouble: Trouble,
    pub(crate) after_effect: bool,
}

impl FaultList {
    pub(crate) fn strike(&mut self, line: &Line<'_>) -> Option<Strike> {
        let fault = self.faults.iter_mut().find(|fault| fault.matches(line))?;
        if fault.left != u64::MAX {
            fault.left -= 1;
        }
        self.struck += 1;
        Some(Strike {
            trouble: fault.trouble.clone(),
            after_effect: fault.after_effect,
        })
    }
}

/// The switches for faults of one stand-in; see [`Fake::faults`].
#[derive(Clone, Debug)]
pub struct Faults {
    pub(crate) fake: Fake,
}

impl Faults {
    /// Adds a fault.
    pub fn add(&self, fault: Fault) {
        self.fake
            .inner
            .change(|state| state.faults.faults.push(fault));
    }

    /// Takes all faults away.
    pub fn clear(&self) {
        self.fake.inner.change(|state| state.faults.faults.clear());
    }

    /// How often a fault has struck.
    pub fn struck(&self) -> u64 {
        self.fake.inner.look(|state| state.faults.struck)
    }

    /// Faults that have not struck as often as they were meant to (those for always left out).
    pub fn waiting(&self) -> usize {
        let waits = |fault: &&Fault| fault.left > 0 && fault.left != u64::MAX;
        self.fake
            .inner
            .look(|state| state.faults.faults.iter().filter(waits).count())
    }
}
