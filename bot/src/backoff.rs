//! Back-off: how long to wait before the next try, longer each time, never quite the same.

use std::time::Duration;

/// Waits that double from `first` up to `most`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    /// The first wait.
    pub(crate) first: Duration,
    /// The longest wait.
    pub(crate) most: Duration,
}

impl Backoff {
    /// The wait after the given number of failed tries (0 before the first), without jitter.
    fn even(self, failed: u32) -> Duration {
        self.first
            .saturating_mul(2_u32.saturating_pow(failed.min(31)))
            .min(self.most)
    }

    /// The wait with jitter: between half of it and the whole, so that several processes that failed
    /// together do not come back together.
    pub(crate) fn wait(self, failed: u32) -> Duration {
        self.wait_with(failed, getrandom::u32().unwrap_or(u32::MAX))
    }

    fn wait_with(self, failed: u32, random: u32) -> Duration {
        let even = self.even(failed);
        even / 2 + even.mul_f64(0.5 * f64::from(random) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff {
        first: Duration::from_secs(1),
        most: Duration::from_secs(60),
    };

    #[test]
    fn waits_double_up_to_the_longest() {
        let seconds = |failed| BACKOFF.even(failed).as_secs();
        assert_eq!(
            [0, 1, 2, 5, 6, 40, u32::MAX].map(seconds),
            [1, 2, 4, 32, 60, 60, 60]
        );
    }

    #[test]
    fn jitter_stays_between_half_and_whole() {
        for random in [0, 1, u32::MAX / 2, u32::MAX] {
            let wait = BACKOFF.wait_with(3, random);
            assert!((4.0..=8.0).contains(&wait.as_secs_f64()), "{wait:?}");
        }
        assert_eq!(BACKOFF.wait_with(3, 0), Duration::from_secs(4));
        assert_eq!(BACKOFF.wait_with(3, u32::MAX), Duration::from_secs(8));
    }
}
