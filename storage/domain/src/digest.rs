//! The weekly digest (週のまとめ): when the desk is told what waits and what is coming.
//!
//! On Mondays at nine, on the next business day where Monday is none, unless the office has set another
//! schedule. What stands in it is read when it is sent.

use crate::{
    calendar::{Calendar, Shift},
    schedule::Schedule,
    setting::Key,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// The schedule of an office that has set none.
const STANDARD: &str = "0 9 * * 1 shift=next";
/// How many of the coming days are looked at for a schedule that comes too often.
const LOOKED_AT: usize = 40;

/// Regular posts that have a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// 週のまとめ
    Digest,
    /// 月次の進捗
    Progress,
    /// フィードバックの下書き
    Feedback,
    /// 引継ぎの準備
    Handover,
}

crate::codes!(What {
    Digest = "digest",
    Progress = "progress",
    Feedback = "feedback",
    Handover = "handover",
});

impl What {
    /// The setting behind it.
    #[must_use]
    pub const fn key(self) -> Key {
        match self {
            Self::Digest => Key::Digest,
            Self::Progress => Key::Progress,
            Self::Feedback => Key::Feedback,
            Self::Handover => Key::Handover,
        }
    }
}

/// Why a schedule does not fit a regular post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DigestFault {
    /// More often than once a day.
    #[error("more often than once a day")]
    TooOften,
    /// Never.
    #[error("never due")]
    Never,
}

/// Mondays at nine, or the next business day.
///
/// ```
/// assert_eq!(domain::digest::standard().words(), "毎週月曜 9:00（休みなら翌営業日）");
/// ```
#[must_use]
pub fn standard() -> Schedule {
    Schedule::parse(STANDARD).expect("the schedule of this module can be read")
}

/// Whether a schedule fits a post that comes once a day at most.
///
/// # Errors
/// [`DigestFault`].
pub fn fit(
    schedule: &Schedule,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &Calendar,
) -> Result<(), DigestFault> {
    let plain = schedule.clone().shifting(Shift::None);
    let coming: Vec<_> = plain
        .upcoming(now, zone, calendar)
        .take(LOOKED_AT)
        .collect();
    if coming.is_empty() || schedule.next_moment(now, zone, calendar).is_none() {
        return Err(DigestFault::Never);
    }
    let a_day = TimeDelta::days(1);
    let too_often = coming.windows(2).any(|pair| {
        pair[1].date.and_time(pair[1].time) - pair[0].date.and_time(pair[0].time) < a_day
    });
    if too_often {
        return Err(DigestFault::TooOften);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Tokyo;

    #[test]
    fn a_digest_comes_once_a_day_at_most() {
        let now = "2026-11-20T01:00:00Z".parse().expect("an instant");
        for (written, expected) in [
            (STANDARD, Ok(())),
            ("0 9 * * *", Ok(())),
            ("0 9 B1 * *", Ok(())),
            ("0 9,15 * * 1", Err(DigestFault::TooOften)),
            ("0 * * * 1", Err(DigestFault::TooOften)),
        ] {
            let schedule = Schedule::parse(written).expect("a schedule");
            let found = fit(&schedule, now, Tokyo, &Calendar::default());
            assert_eq!(found, expected, "{written}");
        }
    }
}
