//! Ids as Discord makes them: milliseconds since 2015 in the upper bits (reference, "Snowflakes").
//!
//! Not random and not process-wide: every stand-in counts for itself, ids only grow.

use chrono::{DateTime, TimeZone, Utc};

/// First millisecond of 2015, where Discord's ids begin.
const EPOCH_MILLISECONDS: i64 = 1_420_070_400_000;

/// Hands out ids that are unique, growing, and say when they were made.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id for something made at `now`.
    pub(crate) fn next(&mut self, now: DateTime<Utc>) -> u64 {
        let since = u64::try_from(now.timestamp_millis() - EPOCH_MILLISECONDS).unwrap_or(0);
        self.last = (since << 22).max(self.last + 1);
        self.last
    }
}

/// When the thing with this id was made, UTC, to the millisecond.
pub fn made_at(id: u64) -> DateTime<Utc> {
    let since = i64::try_from(id >> 22).unwrap_or(i64::MAX);
    Utc.timestamp_millis_opt(EPOCH_MILLISECONDS + since)
        .single()
        .unwrap_or_default()
}

/// Discord's spelling of an instant: microseconds and an explicit offset.
pub(crate) fn spelled(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_goes_back() {
        let mut ids = Snowflakes::default();
        let noon = Utc.with_ymd_and_hms(2026, 11, 21, 12, 0, 0).unwrap();
        let first = ids.next(noon);
        let second = ids.next(noon - chrono::Duration::hours(1));
        assert!(second > first);
        assert_eq!(made_at(first), noon);
    }
}
