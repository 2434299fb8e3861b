//! A month (月次): how the targets stand on its last day, and what else the office looks at then.

use super::row::Row;
use crate::{
    era::FiscalYear,
    session,
    setting::Language,
    tally::{Merged, Totals},
    target::{mark::Marks, number::ItemNumber},
    tier::Tier,
};
use chrono::{Datelike, Months, NaiveDate, NaiveTime};

/// A month of the calendar, by which a monthly post is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: i32,
    month: u32,
}

impl YearMonth {
    /// The month that holds a day.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// The month of a number such as 202611; `None` when it is none.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        let (year, month) = (number.div_euclid(100), number.rem_euclid(100));
        let (year, month) = (i32::try_from(year).ok()?, u32::try_from(month).ok()?);
        NaiveDate::from_ymd_opt(year, month, 1)
            .filter(|_| (1_000..=9_999).contains(&year))
            .map(Self::of)
    }

    /// 202611
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.year) * 100 + i64::from(self.month)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("a month of the calendar has days")
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.first_day() + Months::new(1))
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.first_day() - Months::new(1))
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }
}

/// What a month consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// What the office is called.
    pub office: String,
    /// The language posts and sheets are written in.
    pub language: Language,
    /// The month.
    pub month: YearMonth,
    /// The day it is told as of: the month's last, or today while it runs.
    pub as_of: NaiveDate,
    /// The fiscal year of that day.
    pub year: FiscalYear,
    /// Whether it is the first month of the fiscal year: there is nothing before it to compare with.
    pub first_of_year: bool,
    /// What the office says its marks mean.
    pub marks: Marks,
    /// The years whose goals have a column, in the order of time.
    pub years: Vec<FiscalYear>,
    /// The targets, in the order of the table.
    pub rows: Vec<Row>,
    /// Issues on the day and a month before.
    pub issues: Issues,
    /// Reviews whose day has passed without being held, the oldest first.
    pub overdue: Vec<Overdue>,
    /// What has a date in the month after, the nearest first.
    pub ahead: Vec<Ahead>,
    /// What was corrected after the month was posted, the oldest first.
    pub corrected: Vec<Corrected>,
}

/// Issues as a wide audience is told of them (DESIGN section 2, rule 9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issues {
    /// By tier and status on the day.
    pub now: Totals,
    /// The same on the last day of the month before.
    pub before: Totals,
    /// By category, small ones together; the order of the office's list.
    pub categories: Vec<Counted>,
}

/// Issues of one category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its name; none for the small ones together (その他).
    pub name: Option<String>,
    /// On the day.
    pub now: u64,
    /// On the last day of the month before.
    pub before: u64,
}

impl Counted {
    /// Categories that were merged in both months alike (see [`crate::tally::merge`]), with their names.
    #[must_use]
    pub fn named<K>(merged: Merged<K, 2>, name: impl Fn(K) -> String) -> Vec<Self> {
        let apart = merged.apart.into_iter().map(|(key, [now, before])| Self {
            name: Some(name(key)),
            now,
            before,
        });
        let rest = merged.rest.map(|[now, before]| Self {
            name: None,
            now,
            before,
        });
        apart.chain(rest).collect()
    }
}

/// A review that was not held on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// Its number.
    pub number: i64,
    /// Its day.
    pub date: NaiveDate,
    /// What it looks back on; none where the audience may not know.
    pub name: Option<String>,
}

/// Something with a date in the month after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Its day.
    pub date: NaiveDate,
    /// When it begins.
    pub start: Option<NaiveTime>,
    /// What it is.
    pub of: AheadOf,
    /// What it is called; none where the audience may not know.
    pub name: Option<String>,
}

/// What is ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AheadOf {
    /// A session of a tier and kind.
    Session(Tier, session::Kind),
    /// A review, by its number.
    Review(i64),
    /// The day of a support project's event.
    Project,
}

/// A target of which something was corrected after the month was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Its area.
    pub area: String,
    /// Its number.
    pub number: ItemNumber,
    /// The day of the correction.
    pub on: NaiveDate,
}

/// What the first line of a month says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// There is no target yet.
    NoTarget,
    /// The first month of the fiscal year, in which nothing was recorded.
    Begins,
    /// Nothing has changed since the month before.
    Unchanged,
    /// Something has changed: how many targets, and whether the issues have.
    Changed {
        /// Targets that stand otherwise than a month before.
        targets: usize,
        /// Whether the counts of issues differ.
        issues: bool,
    },
}

impl Month {
    /// What its first line says.
    #[must_use]
    pub fn headline(&self) -> Headline {
        let targets = self.rows.iter().filter(|row| row.is_changed()).count();
        let issues = self.issues.now != self.issues.before;
        if targets > 0 || (issues && !self.rows.is_empty()) {
            Headline::Changed { targets, issues }
        } else if self.rows.is_empty() {
            Headline::NoTarget
        } else if self.first_of_year {
            Headline::Begins
        } else {
            Headline::Unchanged
        }
    }
}
