//! The pace of changes: how soon after one request the next may be made.
//!
//! Discord takes fifty requests a second of a bot in all and says so only by refusing
//! (topics/rate-limits, "Global Rate Limit"). Whoever sends a thousand reminders would run into it again
//! and again, so changes are spread over the second before they are made. Limits of single channels are
//! the matter of [`super::wire`].

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Turns, one after the other, in the order they were asked for.
pub(super) struct Pace {
    /// From one turn to the next.
    every: Duration,
    /// When the next turn is, unless that is over.
    next: Mutex<Instant>,
}

impl Pace {
    /// So many turns a second, at least one.
    pub(super) fn new(turns_per_second: u32) -> Self {
        Self {
            every: Duration::from_secs(1) / turns_per_second.max(1),
            next: Mutex::new(Instant::now()),
        }
    }

    /// How many turns there are in a time.
    pub(super) fn turns_in(&self, time: Duration) -> usize {
        let turns = time.as_nanos() / self.every.as_nanos().max(1);
        usize::try_from(turns).unwrap_or(usize::MAX)
    }

    /// Takes the next turn; says how long it is until then. Who does not wait for it has used it up.
    pub(super) fn turn(&self) -> Duration {
        let now = Instant::now();
        self.take(now).saturating_duration_since(now)
    }

    /// Takes the next turn; says when it is.
    fn take(&self, now: Instant) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        // Turns that nobody took are not saved up.
        let at = now.max(*next);
        *next = at + self.every;
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_spread_over_the_second_and_none_are_saved_up() {
        let pace = Pace::new(50);
        let begun = Instant::now() + Duration::from_secs(1);
        let millis = |now: u64| {
            let at = pace.take(begun + Duration::from_millis(now));
            (at - begun).as_millis()
        };
        // Three ask at once, a fourth a little later, and one after a long pause.
        let asked = [0, 0, 0, 10, 60_000, 60_000, 60_025];
        let turns = [0, 20, 40, 60, 60_000, 60_020, 60_040];
        assert_eq!(asked.map(millis), turns);
    }

    #[test]
    fn a_time_has_so_many_turns() {
        let quarter = Duration::from_millis(250);
        for (a_second, turns) in [(1, 0), (45, 11), (1_000, 250)] {
            assert_eq!(Pace::new(a_second).turns_in(quarter), turns, "{a_second}");
        }
    }

    #[test]
    fn there_is_always_a_turn() {
        let now = Instant::now() + Duration::from_secs(1);
        let pace = Pace::new(0);
        assert_eq!(pace.take(now), now);
        assert_eq!(pace.take(now), now + Duration::from_secs(1));
    }
}
