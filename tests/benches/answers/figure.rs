//! Figures: from many durations to a few numbers.

use std::{fmt, time::Duration};

/// Durations in milliseconds, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Durations(Vec<f64>);

impl FromIterator<Duration> for Durations {
    fn from_iter<I: IntoIterator<Item = Duration>>(durations: I) -> Self {
        let mut all: Vec<f64> = durations
            .into_iter()
            .map(|duration| duration.as_secs_f64() * 1_000.0)
            .collect();
        all.sort_by(f64::total_cmp);
        Self(all)
    }
}

impl Durations {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that this share (0 to 1) of all does not exceed: the nearest rank, so that it is
    /// one that was measured. In milliseconds; NaN of none.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rank within a list that fits in memory"
        )]
        let rank = (share * self.0.len() as f64).ceil() as usize;
        self.0
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or(f64::NAN)
    }

    /// The longest, in milliseconds; NaN of none.
    pub(crate) fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

/// A number with three digits that count, and `–` where there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure(pub(crate) f64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.0 {
            none if !none.is_finite() => "–".to_owned(),
            large if large.abs() >= 99.95 => format!("{large:.0}"),
            middle if middle.abs() >= 9.995 => format!("{middle:.1}"),
            small => format!("{small:.2}"),
        };
        f.pad(&text)
    }
}
