//! A review as it is kept: what it looks back on, when it is due, and what came of it.

use crate::{
    calendar::{Calendar, Shift},
    id::{IssueId, ProjectId, ReviewId, SessionId, UserId},
    text::normalise,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Longest place, in UTF-16 units.
pub const PLACE_UNITS_MAX: usize = 100;
/// Longest note, in UTF-16 units.
pub const NOTE_UNITS_MAX: usize = 500;
/// Longest account of what was done, and of what worked, in UTF-16 units.
pub const OUTCOME_UNITS_MAX: usize = 1_000;
/// How far ahead a review is planned, in days: farther is a mistake in the year.
pub const AHEAD_DAYS_MAX: i64 = 3 * 366;
/// How many days after a measure, a session or a project a review is suggested.
pub const SUGGESTED_DAYS: u64 = 14;
/// On which days after a press *snooze* a review is spoken of again.
pub const SNOOZE_DAYS: [u16; 3] = [1, 3, 7];
/// Every how many days a proposal is spoken of at the desk until somebody decides.
pub const PROPOSED_EVERY_DAYS: u16 = 7;

/// What a review looks back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of", content = "id")]
pub enum Of {
    /// The measure for an issue.
    Issue(IssueId),
    /// A gathering.
    Session(SessionId),
    /// A support project.
    Project(ProjectId),
}

impl Of {
    /// The noun: `issue`, `session`, `project`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Issue(_) => "issue",
            Self::Session(_) => "session",
            Self::Project(_) => "project",
        }
    }

    /// The number of the record.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Issue(id) => id.0,
            Self::Session(id) => id.0,
            Self::Project(id) => id.0,
        }
    }

    /// The record of a noun and a number; `None` for another noun.
    #[must_use]
    pub fn new(noun: &str, number: i64) -> Option<Self> {
        Some(match noun {
            "issue" => Self::Issue(IssueId(number)),
            "session" => Self::Session(SessionId(number)),
            "project" => Self::Project(ProjectId(number)),
            _ => return None,
        })
    }

    /// Reads `issue:12`, `session:3`, `project:2` as suggestions give them, and `#12` or `12` for an
    /// issue; any width.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let plain = normalise(written);
        let word = plain.split_whitespace().next()?;
        let (noun, digits) = word.split_once(':').unwrap_or(("issue", word));
        let number: i64 = digits.trim_start_matches('#').parse().ok()?;
        Self::new(noun, number).filter(|_| number > 0)
    }
}

/// `issue:12`.
impl std::fmt::Display for Of {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.noun(), self.number())
    }
}

/// How far a review has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 提案: something asks to be looked back on, and nobody has settled a day.
    Proposed,
    /// 予定
    Planned,
    /// 実施済: with its outcome.
    Held,
    /// 見送り: the desk needs none, or what it was to look back on has gone.
    Dropped,
}

crate::codes!(State {
    Proposed = "proposed",
    Planned = "planned",
    Held = "held",
    Dropped = "dropped",
});

impl State {
    /// Whether it is still to come; of one thing there is one at a time.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Proposed | Self::Planned)
    }
}

/// What comes next, as the review decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// 完了: the issue is done.
    Done,
    /// 継続: the measure goes on, and is looked back on again.
    Continue,
    /// 新しい課題: this one is done, and what has come to light becomes an issue of its own.
    NewIssue,
    /// 次年度以降: put off to a later fiscal year.
    Later,
}

crate::codes!(Next {
    Done = "done",
    Continue = "continue",
    NewIssue = "new-issue",
    Later = "later",
});

/// What came of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The day it was held.
    pub held_on: NaiveDate,
    /// What was done.
    pub done: String,
    /// What worked and what did not.
    pub worked: Option<String>,
    /// What comes next.
    pub next: Next,
    /// The fiscal year of [`Next::Later`], by the western year it begins in.
    pub year: Option<i32>,
}

/// One review as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The number people read as 反省会 3.
    pub id: ReviewId,
    /// Counts every change; starts at 1.
    pub revision: i64,
    /// What it looks back on.
    pub of: Of,
    /// How far it has come.
    pub state: State,
    /// The day it is due; of a proposal the day that is suggested.
    pub date: Option<NaiveDate>,
    /// When it begins, on the office's wall.
    pub start: Option<NaiveTime>,
    /// Counts the days it has had, from 1: what is due by an older day has a key of its own.
    pub dated: i64,
    /// Where.
    pub place: Option<String>,
    /// The free note.
    pub note: Option<String>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Who planned or proposed it (Discord's id).
    pub planned_by: UserId,
    /// When it was written down.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
    /// Taken back by undo: only the desk's audit still knows of it.
    pub retracted: bool,
}

impl Review {
    /// Whether it waits for its day or for somebody to settle one.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        self.state.is_ahead() && !self.retracted
    }

    /// Whether it is planned for a day.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.state == State::Planned && !self.retracted
    }

    /// Whether its beginning, or its whole day where no time is known, is still to come at a time on
    /// the office's wall.
    #[must_use]
    pub fn is_before(&self, date: NaiveDate, time: NaiveTime) -> bool {
        match (self.date, self.start) {
            (None, _) => false,
            (Some(day), None) => date <= day,
            (Some(day), Some(start)) => (date, time) < (day, start),
        }
    }

    /// The same on another day, which counts as one even where it is the day it once had.
    #[must_use]
    pub fn moved(self, date: NaiveDate, start: Option<NaiveTime>) -> Self {
        Self {
            date: Some(date),
            start,
            dated: self.dated + 1,
            ..self
        }
    }
}

/// Why a review cannot be on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayFault {
    /// The day, or the time of today, has passed.
    #[error("the day has passed")]
    Passed,
    /// The day is more than [`AHEAD_DAYS_MAX`] ahead.
    #[error("the day is too far ahead")]
    TooFarAhead,
}

/// Checks the day of a review that is planned or moved.
///
/// # Errors
/// What cannot be.
pub fn check_day(
    date: NaiveDate,
    start: Option<NaiveTime>,
    (today, time): (NaiveDate, NaiveTime),
) -> Result<(), DayFault> {
    if date < today || (date == today && start.is_some_and(|start| start <= time)) {
        return Err(DayFault::Passed);
    }
    if date.signed_duration_since(today) > TimeDelta::days(AHEAD_DAYS_MAX) {
        return Err(DayFault::TooFarAhead);
    }
    Ok(())
}

/// The day that is suggested for looking back on what was done on a day: a fortnight later, on a
/// business day.
#[must_use]
pub fn suggested(after: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let day = after
        .checked_add_days(Days::new(SUGGESTED_DAYS))
        .unwrap_or(after);
    calendar.shifted(day, Shift::Next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> NaiveDate {
        written.parse().expect("a day")
    }

    fn clock(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).expect("a time")
    }

    #[test]
    fn what_is_looked_back_on_is_read_in_the_ways_people_write_it() {
        for (written, expected) in [
            ("issue:12", Some(Of::Issue(IssueId(12)))),
            ("#12", Some(Of::Issue(IssueId(12)))),
            ("１２", Some(Of::Issue(IssueId(12)))),
            ("session:3", Some(Of::Session(SessionId(3)))),
            ("project:2 出前講座", Some(Of::Project(ProjectId(2)))),
            ("weather:3", None),
            ("issue:0", None),
            ("issue:-3", None),
            ("issue:", None),
            ("", None),
        ] {
            assert_eq!(Of::read(written), expected, "{written}");
        }
        let of = Of::Session(SessionId(3));
        assert_eq!(Of::read(&of.to_string()), Some(of));
    }

    #[test]
    fn a_review_is_not_planned_for_what_has_passed() {
        let now = (day("2026-11-20"), clock(10, 0));
        for (date, start, expected) in [
            ("2026-11-20", None, Ok(())),
            ("2026-11-20", Some(clock(10, 1)), Ok(())),
            ("2026-11-20", Some(clock(10, 0)), Err(DayFault::Passed)),
            ("2026-11-19", None, Err(DayFault::Passed)),
            ("2029-11-22", None, Ok(())),
            ("2029-11-23", None, Err(DayFault::TooFarAhead)),
        ] {
            assert_eq!(
                check_day(day(date), start, now),
                expected,
                "{date} {start:?}"
            );
        }
    }

    #[test]
    fn a_fortnight_later_is_suggested_on_a_business_day() {
        let calendar = Calendar::default();
        for (after, expected) in [
            ("2026-11-20", "2026-12-04"),
            // A Saturday, and the turn of the year.
            ("2026-11-21", "2026-12-07"),
            ("2026-12-17", "2027-01-04"),
        ] {
            assert_eq!(suggested(day(after), &calendar), day(expected), "{after}");
        }
    }

    #[test]
    fn a_review_is_ahead_until_it_begins_or_its_day_ends() {
        let review = |start| Review {
            id: ReviewId(1),
            revision: 1,
            of: Of::Issue(IssueId(12)),
            state: State::Planned,
            date: Some(day("2026-11-21")),
            start,
            dated: 1,
            place: None,
            note: None,
            outcome: None,
            planned_by: UserId(1),
            created_at: DateTime::UNIX_EPOCH,
            changed_at: DateTime::UNIX_EPOCH,
            retracted: false,
        };
        let evening = Some(clock(18, 30));
        for (start, date, time, expected) in [
            (None, "2026-11-20", clock(23, 59), true),
            (None, "2026-11-21", clock(23, 59), true),
            (None, "2026-11-22", clock(0, 0), false),
            (evening, "2026-11-21", clock(18, 29), true),
            (evening, "2026-11-21", clock(18, 30), false),
        ] {
            assert_eq!(
                review(start).is_before(day(date), time),
                expected,
                "{date} {time}"
            );
        }
        let moved = review(evening).moved(day("2026-11-28"), None);
        assert_eq!((moved.dated, moved.start), (2, None));
    }
}
