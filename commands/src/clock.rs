//! The office clock: due dates, months, today. It can be moved in tests and in the rehearsal.
//!
//! Not the wire clock (deadlines and heartbeats of Discord), which is the machine's own.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

/// Tells the time of the office and waits on it.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, cut to microseconds as databases keep it.
    fn now(&self) -> DateTime<Utc>;

    /// Completes when the clock has reached `at`; at once when it has already.
    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()>;
}
