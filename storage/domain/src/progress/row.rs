//! One target as it stands on a day: its goals, what was done, and how it gets on.

use crate::{
    era::FiscalYear,
    target::{number::ItemNumber, pace::State},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What stands of a goal.
pub use crate::target::goal::State as Wish;

/// A target as it stands on the day of a [`Month`](super::Month) or [`Year`](super::Year).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The area (領域), as the office writes it.
    pub area: String,
    /// Its number within the area (1-①).
    pub number: ItemNumber,
    /// The item (項目).
    pub item: String,
    /// What it wants, year by year, as known on the day. A year without a goal is left out.
    pub goals: BTreeMap<FiscalYear, Goal>,
    /// The figure it has this year, with what was done of it; none for goals in words, and for a goal that
    /// repeats another's (再掲): there it is counted.
    pub figure: Option<Figure>,
    /// How it gets on.
    pub state: State,
    /// How it stood at the end of the month before, within the same fiscal year; none in the first month
    /// of the year, and for a target that is new.
    pub before: Option<Before>,
    /// What was done in this fiscal year up to the day, the oldest first.
    pub told: Vec<Told>,
    /// What is planned (計画): this year's in a month, next year's in a year. Marks as written.
    pub plan: Vec<Told>,
}

/// What a target wants in one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// As the office wrote it; may have several lines.
    pub text: String,
    /// Whether it still holds as it was set.
    pub wish: Wish,
    /// It repeats the goal of another target (再掲) and is counted there.
    pub again: bool,
}

impl Goal {
    /// Whether it is still wanted of the office.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self.wish, Wish::Set | Wish::Reduced)
    }
}

/// A figure of the year against what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What is wanted in the whole year, in the unit; at least 1.
    pub goal: i64,
    /// The sum of what was done up to the day, in the unit.
    pub done: i64,
    /// 回, 件, 部, 人 …
    pub unit: String,
}

impl Figure {
    /// How much of the goal was done, in hundredths, at least 0; more than 100 when more was done than wanted.
    #[must_use]
    pub fn percent(&self) -> i64 {
        let whole = i128::from(self.done.max(0)) * 100 / i128::from(self.goal.max(1));
        i64::try_from(whole).unwrap_or(i64::MAX)
    }
}

/// How a target stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// How it got on.
    pub state: State,
    /// The sum of its figure; 0 where it has none.
    pub done: i64,
    /// How many records it had.
    pub records: usize,
}

/// One line of what was done, or is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The day it is of; none for what is planned, and for what came from a table without a date.
    pub date: Option<NaiveDate>,
    /// The mark as written (● ○ …).
    pub mark: Option<String>,
    /// The words; empty for a bare figure.
    pub text: String,
    /// The amount it adds, with its unit.
    pub amount: Option<(i64, String)>,
    /// It repeats a line of another target (再掲) and is counted there.
    pub again: bool,
}

impl Row {
    /// The line that was told last; of several on one day the last in order.
    #[must_use]
    pub fn latest(&self) -> Option<&Told> {
        // `max_by_key` keeps the last of equal keys.
        self.told.iter().max_by_key(|told| told.date)
    }

    /// Whether something is different from the month before. In the first month of a year, and for a new
    /// target, whatever was done is news.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let done = self.figure.as_ref().map_or(0, |figure| figure.done);
        match self.before {
            None => !self.told.is_empty() || done != 0,
            Some(before) => {
                before.state != self.state
                    || before.done != done
                    || before.records != self.told.len()
            }
        }
    }
}
