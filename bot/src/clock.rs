//! The machine's clock: the only place of Renkei that reads the time of day.
//!
//! Everything else gets [`Clock`], so that tests and the rehearsal can move the time of the office.

use chrono::{DateTime, Utc};
use commands::clock::Clock;
use futures::future::BoxFuture;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Longest single sleep: the machine's clock may be set while one waits, so it is looked at again.
const SLEEP_SECONDS_MAX: u64 = 30;

/// The machine's clock, in microseconds as databases keep time.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that reads the clock"
        )]
        let elapsed = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let microseconds = i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX);
        DateTime::from_timestamp_micros(microseconds).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            while let Ok(left) = (at - self.now()).to_std()
                && !left.is_zero()
            {
                tokio::time::sleep(left.min(Duration::from_secs(SLEEP_SECONDS_MAX))).await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_cut_to_microseconds() {
        assert_eq!(SystemClock.now().timestamp_subsec_nanos() % 1_000, 0);
    }

    #[tokio::test]
    async fn a_moment_that_has_passed_is_not_waited_for() {
        let before = SystemClock.now() - chrono::TimeDelta::hours(1);
        SystemClock.sleep_until(before).await;
        assert!(SystemClock.now() > before);
    }
}
