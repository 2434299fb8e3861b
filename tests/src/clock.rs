//! An office clock that stands still until it is moved: tests and the rehearsal decide what time it is.

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Asia::Tokyo;
use commands::clock::Clock;
use futures::future::BoxFuture;
use tokio::sync::watch;

/// The office clock of a test. Whoever waits on it wakes when it is moved far enough.
#[derive(Debug)]
pub struct MovableClock(watch::Sender<DateTime<Utc>>);

impl MovableClock {
    /// A clock that shows this wall-clock time of Japan, such as `2026-11-20 10:00`.
    ///
    /// # Panics
    /// The text is no such time.
    #[must_use]
    pub fn at_tokyo(written: &str) -> Self {
        Self(watch::Sender::new(in_tokyo(written)))
    }

    /// Moves the clock forward to a wall-clock time of Japan.
    ///
    /// # Panics
    /// The text is no such time, or one that has passed.
    pub fn move_to(&self, written: &str) {
        let by = in_tokyo(written) - self.now();
        assert!(by > Duration::zero(), "the clock only moves forward");
        self.advance(by);
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now += by);
    }
}

fn in_tokyo(written: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M")
        .expect("a time such as 2026-11-20 10:00");
    let instant = local.and_local_timezone(Tokyo).single();
    instant
        .expect("Japan has no clock changes")
        .with_timezone(&Utc)
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.borrow()
    }

    fn sleep_until(&self, at: DateTime<Utc>) -> BoxFuture<'_, ()> {
        let mut shown = self.0.subscribe();
        Box::pin(async move {
            // The sender lives as long as the clock, so waiting cannot fail while we borrow it.
            let _ = shown.wait_for(|now| *now >= at).await;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn who_waits_wakes_when_the_clock_is_moved_far_enough() {
        let clock = MovableClock::at_tokyo("2026-11-20 10:00");
        let due = clock.now() + Duration::hours(2);
        let mut waiting = clock.sleep_until(due);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        clock.advance(Duration::hours(1));
        assert_eq!(waiting.as_mut().now_or_never(), None);
        clock.advance(Duration::hours(1));
        waiting.await;
        assert_eq!(clock.now(), due);
    }
}
