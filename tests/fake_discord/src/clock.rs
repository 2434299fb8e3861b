//! The machine's clock, read in this one place: the stand-in's wire time is real.
//!
//! Discord's calendar (message times, ids) may run ahead of it; see [`crate::Fake::set_clock_ahead`].

use chrono::{DateTime, Utc};

/// What the machine says.
#[expect(
    clippy::disallowed_methods,
    reason = "serenity sleeps in real time, so this server does"
)]
pub(crate) fn machine_now() -> DateTime<Utc> {
    Utc::now()
}
