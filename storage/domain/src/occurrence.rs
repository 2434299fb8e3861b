//! Occurrences (予定): what is due later, and when (DESIGN section 8).
//!
//! Each has a key that says what it is about, as of which date, and how far from that date it is:
//! `issue:12@3:proposal:7d` is the seventh day after the third date of issue 12 as far as its proposal
//! is concerned. When the date changes its revision does, so a key of an older date never equals one of
//! a newer, and what was due by the older can be taken back without touching the newer.
//!
//! Nothing is kept or waited for here. Reminders are what people read when something has come due.
//!
//! ```
//! use domain::occurrence::{Key, Lead, Matter, Series};
//!
//! let series = Series { matter: Matter::Proposal, id: 12, revision: 3 };
//! let key = series.at(Lead::days(7).expect("a week is short"));
//! assert_eq!(key.to_string(), "issue:12@3:proposal:7d");
//! assert_eq!(Key::parse("issue:12@3:proposal:7d"), Some(key));
//! ```

use crate::era::FiscalYear;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use std::fmt;

mod moment;

pub use moment::Moment;

/// Farthest lead, in days: ten years, longer than any record is kept.
pub const LEAD_DAYS_MAX: u16 = 3_660;
/// Longest key, in bytes; the longest there can be is shorter.
pub const KEY_BYTES_MAX: usize = 120;

/// On which days after it was made a proposal to share is remembered, until it is decided.
pub const PROPOSAL_LEADS: [Lead; 2] = [Lead(3), Lead(7)];

/// On the day itself.
pub const ON_THE_DAY: Lead = Lead(0);

/// What something due is for (用件); with it goes the noun that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// A proposal to share an issue that nobody has decided yet. The date is the day it was made, and
    /// the date's revision the version of the wording, which counts per issue.
    Proposal,
    /// An issue put off to a later fiscal year (次年度以降) comes back. The date is the first day of that
    /// year, and the date's revision the revision with which the issue was put off.
    Return,
    /// A card went away under a thread people had talked in, which is looked at by a person. The date is
    /// the day it went, and the date's revision the issue's at that time.
    Thread,
    /// A task of a project is to be done soon. The date is its due date, and the date's revision counts
    /// the dates and the places of reminding it has had.
    TaskBefore,
    /// A task of a project is late, as [`Self::TaskBefore`] counts.
    TaskOverdue,
    /// A review (反省会) is near, or today. The date is the review's, and the date's revision counts the
    /// dates it has had.
    ReviewBefore,
    /// A review was due and nothing was written down of it. As [`Matter::ReviewBefore`].
    ReviewOverdue,
    /// Somebody wanted to be told of a review again some days later. The date is the day that was said,
    /// and the date's revision the instant, in microseconds, which tells two of them apart.
    ReviewSnooze,
    /// Something asks to be looked back on, and nobody has settled a day. The date is the day it was
    /// proposed, and the date's revision counts the days suggested.
    ReviewProposed,
    /// A session (連携の場) is to come. The date is its day, and the date's revision the one the session
    /// counts.
    SessionBefore,
    /// The day of a session has passed, and nothing was written down of it. As above.
    SessionAccount,
    /// A memo is to be said. The date is the day it is said, and the date's revision its turn.
    Memo,
    /// A memo was dropped, because the place it was for is no more; the desk is told. The date is the day
    /// it was dropped, and the date's revision its turn.
    MemoDropped,
    /// The desk's weekly digest. The record is its day as a number (20261124), and the date's revision the
    /// minute of that day, from 1.
    Digest,
    /// A council should be planned. The record is the fiscal year, by the western year in which it starts,
    /// and the date's revision is 1: it is proposed once a year, at whatever hour.
    Council,
    /// The desk is reminded to hand over (引継ぎ). The record is the day as a number (20270301), and the
    /// date's revision the minute of that day, from 1.
    Handover,
    /// The desk sees the month (月次) that is going to be posted. The record is the month as a number
    /// (202611), and the date's revision the moment, which tells two of them apart.
    MonthPreview,
    /// A month is posted. As above.
    MonthPost,
    /// The desk gets the month's drafts of feedback. As above.
    FeedbackMonth,
    /// What a rule asks for is due soon. The record is the rule as it is switched for one association, and
    /// the date's revision is the due day as a number (20261130).
    RuleDeadline,
    /// A rule takes effect soon. As above.
    RuleEffect,
    /// A transition of a rule ends soon. As above.
    RuleTransition,
    /// A bulletin that nobody of its association has confirmed. The date is the day it was posted, the
    /// date's revision is 1, and the lead counts business days.
    Bulletin,
    /// The desk is told what was kept long enough. The record is the fiscal year, by the western year in
    /// which it starts, and the date's revision is 1: it is said once a year, at whatever hour.
    Retention,
}

crate::codes!(Matter {
    Proposal = "issue:proposal",
    Return = "issue:return",
    Thread = "issue:thread",
    TaskBefore = "task:before",
    TaskOverdue = "task:overdue",
    ReviewBefore = "review:before",
    ReviewOverdue = "review:overdue",
    ReviewSnooze = "review:snooze",
    ReviewProposed = "review:proposed",
    SessionBefore = "session:before",
    SessionAccount = "session:account",
    Memo = "memo:due",
    MemoDropped = "memo:dropped",
    Digest = "digest:week",
    Council = "council:plan",
    Handover = "handover:make",
    MonthPreview = "month:preview",
    MonthPost = "month:post",
    FeedbackMonth = "feedback:month",
    RuleDeadline = "rule:deadline",
    RuleEffect = "rule:effect",
    RuleTransition = "rule:transition",
    Bulletin = "bulletin:unconfirmed",
    Retention = "retention:propose",
});

impl Matter {
    /// The code of the noun it is about.
    #[must_use]
    pub fn noun(self) -> &'static str {
        self.parts().0
    }

    /// Noun and what it is of that noun.
    fn parts(self) -> (&'static str, &'static str) {
        self.code()
            .split_once(':')
            .expect("the code of a matter is NOUN:WHAT")
    }
}

/// How many days lie between the date of a record and what is due; `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lead(u16);

impl Lead {
    /// A lead of so many days; `None` when that is more than [`LEAD_DAYS_MAX`].
    #[must_use]
    pub fn days(days: u16) -> Option<Self> {
        (days <= LEAD_DAYS_MAX).then_some(Self(days))
    }

    /// So many days.
    #[must_use]
    pub const fn length(self) -> u16 {
        self.0
    }

    fn parse(written: &str) -> Option<Self> {
        let days = number(written.strip_suffix('d')?)?;
        Self::days(u16::try_from(days).ok()?)
    }
}

impl fmt::Display for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.0)
    }
}

/// Everything due for one matter by one date of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// What for.
    pub matter: Matter,
    /// The record, by its number within the office; from 1.
    pub id: i64,
    /// Counts the dates the record has had; from 1.
    pub revision: i64,
}

impl Series {
    /// The key of what is due at a lead.
    #[must_use]
    pub fn at(self, lead: Lead) -> Key {
        Key { series: self, lead }
    }

    /// What every key of the series begins with, and no other key does.
    #[must_use]
    pub fn prefix(self) -> String {
        let (noun, what) = self.matter.parts();
        format!("{noun}:{}@{}:{what}:", self.id, self.revision)
    }
}

/// The key of one occurrence, unique in its office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it belongs to.
    pub series: Series,
    /// How far from the date.
    pub lead: Lead,
}

impl Key {
    /// The key as it was written; `None` for anything else, another spelling of a number included, so
    /// that one occurrence has one key.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        if written.len() > KEY_BYTES_MAX {
            return None;
        }
        let mut parts = written.split(':');
        let noun = parts.next()?;
        let (id, revision) = parts.next()?.split_once('@')?;
        let what = parts.next()?;
        let lead = Lead::parse(parts.next()?)?;
        if parts.next().is_some() {
            return None;
        }
        let matter = Matter::from_code(&format!("{noun}:{what}"))?;
        let counted = |written| number(written).filter(|number| *number >= 1);
        let series = Series {
            matter,
            id: counted(id)?,
            revision: counted(revision)?,
        };
        Some(series.at(lead))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.series.prefix(), self.lead)
    }
}

/// When what is due after a day comes: the leads that are still ahead, each with its moment. Those
/// whose moment has passed are skipped, because a reminder of the past helps nobody.
#[must_use]
pub fn after(
    day: NaiveDate,
    leads: &[Lead],
    time: NaiveTime,
    zone: Tz,
    now: DateTime<Utc>,
) -> Vec<(Lead, Moment)> {
    leads
        .iter()
        .filter_map(|lead| {
            let date = day.checked_add_days(Days::new(u64::from(lead.0)))?;
            Some((*lead, Moment { date, time }))
        })
        .filter(|(_, moment)| moment.instant(zone) >= now)
        .collect()
}

/// When an issue put off to a fiscal year comes back: on the year's first day, at a time of day.
///
/// ```
/// use domain::occurrence::{Moment, return_of};
/// use chrono::{NaiveDate, NaiveTime};
///
/// let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
/// let date = NaiveDate::from_ymd_opt(2027, 4, 1).expect("a day");
/// assert_eq!(return_of(2027, 4, nine), Moment { date, time: nine });
/// ```
#[must_use]
pub fn return_of(year: i32, start_month: u32, time: NaiveTime) -> Moment {
    Moment {
        date: FiscalYear::starting_in(year).first_day(start_month),
        time,
    }
}

/// Whether a fiscal year has begun, so that what was put off to it is due.
#[must_use]
pub fn has_begun(year: i32, start_month: u32, today: NaiveDate) -> bool {
    FiscalYear::of(today, start_month).western() >= year
}

/// A whole number from 0 as we write it: digits, no sign, nothing before the first that counts.
fn number(written: &str) -> Option<i64> {
    let number: i64 = written.parse().ok()?;
    (number.to_string() == written && number >= 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Tokyo;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn series(id: i64, revision: i64) -> Series {
        Series {
            matter: Matter::Proposal,
            id,
            revision,
        }
    }

    #[test]
    fn every_matter_names_a_noun_and_what_of_it() {
        for matter in Matter::ALL {
            let (noun, what) = matter.parts();
            assert!(!noun.is_empty() && !what.is_empty() && !what.contains(':'));
            assert_eq!(matter.noun(), noun);
        }
    }

    #[test]
    fn the_longest_key_is_short_enough() {
        let far = Lead::days(LEAD_DAYS_MAX).expect("the farthest there is");
        for matter in Matter::ALL {
            let series = Series {
                matter: *matter,
                id: i64::MAX,
                revision: i64::MAX,
            };
            assert!(series.at(far).to_string().len() <= KEY_BYTES_MAX);
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for written in [
            "",
            "issue",
            "issue:12",
            "issue:12@3",
            "issue:12@3:proposal",
            "issue:12@3:proposal:",
            "issue:12@3:proposal:7",
            "issue:12@3:proposal:07d",
            "issue:12@3:proposal:-7d",
            "issue:12@3:proposal:+7d",
            "issue:12@3:proposal:3661d",
            "issue:12@3:proposal:7d:",
            "issue:12@3:proposal:7d ",
            "issue:012@3:proposal:7d",
            "issue:0@3:proposal:7d",
            "issue:12@0:proposal:7d",
            "issue:-12@3:proposal:7d",
            "issue:１２@3:proposal:7d",
            "issue:99999999999999999999@3:proposal:7d",
            "session:12@3:proposal:7d",
            "issue:12@3:weather:7d",
            "issue:proposal",
        ] {
            assert_eq!(Key::parse(written), None, "{written}");
        }
        let long = format!("issue:12@3:proposal:{}7d", "0".repeat(KEY_BYTES_MAX));
        assert_eq!(Key::parse(&long), None);
    }

    #[test]
    fn leads_that_have_passed_are_skipped() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        let at = |day: u32, hour: u32, minute: u32| {
            NaiveDate::from_ymd_opt(2026, 11, day)
                .and_then(|date| date.and_hms_opt(hour, minute, 0))
                .and_then(|local| local.and_local_timezone(Tokyo).single())
                .expect("Japan has no clock changes")
                .with_timezone(&Utc)
        };
        for (now, expected) in [
            (at(20, 10, 0), vec!["3d 23", "7d 27"]),
            (at(23, 9, 0), vec!["3d 23", "7d 27"]),
            (at(23, 9, 1), vec!["7d 27"]),
            (at(27, 9, 1), vec![]),
        ] {
            let found: Vec<String> = after(day, &PROPOSAL_LEADS, nine, Tokyo, now)
                .into_iter()
                .map(|(lead, moment)| format!("{lead} {}", moment.date.format("%d")))
                .collect();
            assert_eq!(found, expected, "{now}");
        }
        let end = NaiveDate::MAX;
        assert!(after(end, &PROPOSAL_LEADS, nine, Tokyo, at(20, 9, 0)).is_empty());
    }

    #[test]
    fn a_year_that_was_put_off_to_begins_on_its_first_day() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        for (year, start, today, begun) in [
            (2027, 4, day(2027, 3, 31), false),
            (2027, 4, day(2027, 4, 1), true),
            (2027, 4, day(2029, 1, 1), true),
            (2027, 10, day(2027, 9, 30), false),
            (2027, 10, day(2027, 10, 1), true),
            (2027, 1, day(2026, 12, 31), false),
            (2027, 1, day(2027, 1, 1), true),
        ] {
            assert_eq!(
                has_begun(year, start, today),
                begun,
                "{year} {start} {today}"
            );
            let first = return_of(year, start, NaiveTime::MIN).date;
            assert_eq!(today >= first, begun, "{year} {start} {today}");
        }
    }

    proptest! {
        #[test]
        fn a_key_comes_back_from_its_writing(
            id in 1..=i64::MAX, revision in 1..=i64::MAX, days in 0..=LEAD_DAYS_MAX,
        ) {
            let lead = Lead::days(days).expect("within the limit");
            let key = series(id, revision).at(lead);
            prop_assert_eq!(Key::parse(&key.to_string()), Some(key));
        }

        #[test]
        fn keys_of_two_dates_or_records_never_meet(
            ids in (1..2_000_i64, 1..2_000_i64),
            revisions in (1..2_000_i64, 1..2_000_i64),
            days in 0..=LEAD_DAYS_MAX,
        ) {
            let (one, other) = (series(ids.0, revisions.0), series(ids.1, revisions.1));
            prop_assume!(one != other);
            let lead = Lead::days(days).expect("within the limit");
            let keys: BTreeSet<String> =
                [one, other].iter().map(|series| series.at(lead).to_string()).collect();
            prop_assert_eq!(keys.len(), 2);
            prop_assert!(!other.at(lead).to_string().starts_with(&one.prefix()));
        }
    }
}
