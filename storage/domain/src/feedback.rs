//! Feedback (フィードバック): what an association is told of its own issues and of what became of them
//! (seed 000, chapter 2: 課題は、一次連携のメンバーと再共有します; DESIGN section 6).
//!
//! It is chosen and kept by number: which issues, which steps, which answers. What is written in it is
//! read when it is drawn, by [`Readers`], so that nobody in the association's channel is told more than
//! they may read, then as now. Its only words of its own are those a coordinator puts before and after it.
//!
//! Nothing is kept or sent here.

mod content;
mod readers;

use crate::{
    id::{AssociationId, FeedbackId, IssueId, SessionId, UserId},
    progress::YearMonth,
    schedule::Schedule,
    tally::Tally,
};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
pub use content::{Change, Item, gather};
pub use readers::{Own, Readers};
use std::collections::BTreeSet;

/// When the desk gets the month's drafts, unless the office has set another schedule: on the first business
/// day, an hour after the month (月次) of the targets is posted.
const STANDARD: &str = "0 10 B1 * *";
/// Longest words before or after a feedback, in UTF-16 units.
pub const WORDS_UNITS_MAX: usize = 300;
/// Most items of one kind that one feedback holds; an association raises far fewer between two of them.
pub const ITEMS_MAX: usize = 1_000;
/// Most issues that are left out of one feedback by hand.
pub const LEFT_OUT_MAX: usize = 100;
/// After so many months without a word an association with nothing new gets a short one: once a quarter.
pub const QUIET_MONTHS: i32 = 3;

/// The schedule of an office that has set none.
///
/// ```
/// assert_eq!(domain::feedback::standard().to_string(), "0 10 B1 * *");
/// ```
#[must_use]
pub fn standard() -> Schedule {
    Schedule::parse(STANDARD).expect("the schedule of this module can be read")
}

/// How far a feedback has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 下書き: the desk sees it.
    Draft,
    /// 送付済: it stands in the association's channel.
    Sent,
    /// 取り下げ: a sentence stands where it stood.
    Withdrawn,
    /// 見送り: the desk decided not to send it.
    Dropped,
}

crate::codes!(State {
    Draft = "draft",
    Sent = "sent",
    Withdrawn = "withdrawn",
    Dropped = "dropped",
});

/// The time it tells of: after one instant, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// What happened at this instant or before was told already; `None` from the beginning.
    pub since: Option<DateTime<Utc>>,
    /// The last instant it tells of.
    pub until: DateTime<Utc>,
}

impl Window {
    /// Whether an instant lies in it.
    #[must_use]
    pub fn holds(self, at: DateTime<Utc>) -> bool {
        self.since.is_none_or(|since| at > since) && at <= self.until
    }

    /// A month and nothing else, as far as it has passed.
    #[must_use]
    pub fn of_month(month: YearMonth, zone: Tz, now: DateTime<Utc>) -> Self {
        let begin = |month: YearMonth| beginning(month.first_day(), zone);
        let tick = chrono::TimeDelta::microseconds(1);
        Self {
            since: begin(month).map(|first| first - tick),
            until: begin(month.next()).map_or(now, |next| (next - tick).min(now)),
        }
    }
}

/// The first instant of a day; `None` only beyond the calendar.
fn beginning(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let local = day.and_time(NaiveTime::MIN);
    let at = zone.from_local_datetime(&local).earliest();
    at.map(|at| at.with_timezone(&Utc))
}

/// Why it was drafted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// After this session, of which it speaks.
    pub session: Option<SessionId>,
    /// For this month.
    pub month: Option<YearMonth>,
    /// It tells of that month only, as somebody asked; else of everything since the last feedback.
    pub month_only: bool,
}

impl Occasion {
    /// Both: a draft that waits takes in what came since.
    #[must_use]
    pub fn joined(self, newer: Self) -> Self {
        Self {
            session: newer.session.or(self.session),
            month: newer.month.or(self.month),
            month_only: newer.month_only,
        }
    }
}

/// What a coordinator writes before and after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Before.
    pub opening: Option<String>,
    /// After.
    pub closing: Option<String>,
}

/// One feedback as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Its number within the office.
    pub id: FeedbackId,
    /// Counts every change; starts at 1.
    pub revision: i64,
    /// Whom it is for.
    pub association: AssociationId,
    /// How far it has come.
    pub state: State,
    /// The time it tells of.
    pub window: Window,
    /// Why it was drafted.
    pub occasion: Occasion,
    /// What it tells of, by number.
    pub items: Vec<Item>,
    /// Issues a coordinator left out.
    pub left_out: BTreeSet<IssueId>,
    /// How far the association's issues had come in all.
    pub tally: Tally,
    /// The coordinator's words.
    pub words: Words,
    /// Who had it drafted (Discord's id), or the calendar.
    pub made_by: UserId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it was first sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was last corrected after that.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

impl Feedback {
    /// What of it is told: without what was left out.
    pub fn told(&self) -> impl Iterator<Item = &Item> {
        let left_out = |item: &&Item| {
            item.issue()
                .is_none_or(|issue| !self.left_out.contains(&issue))
        };
        self.items.iter().filter(left_out)
    }

    /// Whether there is nothing new to tell: what is to come was told already where it was planned.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.occasion.session.is_none() && !self.told().any(Item::is_news)
    }

    /// The time it tells of when it is drafted anew.
    #[must_use]
    pub fn window_at(&self, now: DateTime<Utc>, zone: Tz) -> Window {
        match self.occasion.month {
            Some(month) if self.occasion.month_only => Window::of_month(month, zone, now),
            _ => Window {
                until: now,
                ..self.window
            },
        }
    }
}

/// Whether an association with nothing new gets a short word in this month: where the last word, or the
/// desk's decision not to send one, lies a quarter back, or there was none.
///
/// ```
/// use domain::{feedback::quiet_is_due, progress::YearMonth};
///
/// let month = |number| YearMonth::from_number(number).expect("a month");
/// assert!(!quiet_is_due(Some(month(202_611)), month(202_701)));
/// assert!(quiet_is_due(Some(month(202_611)), month(202_702)));
/// ```
#[must_use]
pub fn quiet_is_due(last: Option<YearMonth>, month: YearMonth) -> bool {
    last.is_none_or(|last| months(month) - months(last) >= QUIET_MONTHS)
}

/// Months since year 0.
fn months(month: YearMonth) -> i32 {
    let day = month.first_day();
    day.year() * 12 + i32::try_from(day.month0()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
