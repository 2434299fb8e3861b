//! Pace: whether a target is behind (DESIGN section 5).
//!
//! A target with a figure is behind when less was done than the whole part of its share of the year:
//! `actual < floor(goal × elapsed months / 12)`. So what happens once a year is not behind in December,
//! and what happens monthly and was done 6 times of 12 is.

use crate::era::FiscalYear;
use chrono::{Datelike, NaiveDate};

/// Months of a year.
const MONTHS: i64 = 12;

/// How a target gets on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 達成: the goal of the year is reached.
    Reached,
    /// 順調: begun, and not behind.
    OnTrack,
    /// 要確認: behind.
    Behind,
    /// 未着手: nothing was done yet, and nothing had to be.
    NotBegun,
    /// 目標なし: the year has no goal for it.
    NoGoal,
}

crate::codes!(State {
    Reached = "reached",
    OnTrack = "on-track",
    Behind = "behind",
    NotBegun = "not-begun",
    NoGoal = "no-goal",
});

/// What a year's goal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// None, or withdrawn.
    Nothing,
    /// Words only.
    Words,
    /// A figure for the whole year.
    Figure(i64),
}

/// What was done in the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The sum of the figures recorded.
    pub amount: i64,
    /// How many records there are, those in words among them.
    pub records: u32,
    /// A coordinator's own word for a goal in words.
    pub word: Option<State>,
}

/// How a target gets on at a date.
#[must_use]
pub fn state(aim: Aim, done: Done, elapsed_months: i64) -> State {
    match aim {
        Aim::Nothing => State::NoGoal,
        Aim::Words => done.word.unwrap_or(if done.records > 0 {
            State::OnTrack
        } else {
            State::NotBegun
        }),
        Aim::Figure(goal) if done.amount >= goal => State::Reached,
        Aim::Figure(goal) => {
            let share = goal.saturating_mul(elapsed_months.clamp(0, MONTHS)) / MONTHS;
            if done.amount < share {
                State::Behind
            } else if done.amount == 0 && done.records == 0 {
                State::NotBegun
            } else {
                State::OnTrack
            }
        }
    }
}

/// Whole months of a fiscal year that are over on a date: 0 in its first month, 12 after its end.
#[must_use]
pub fn elapsed_months(year: FiscalYear, start_month: u32, on: NaiveDate) -> i64 {
    let first = year.first_day(start_month);
    let months = i64::from(on.year() - first.year()) * MONTHS + i64::from(on.month())
        - i64::from(first.month());
    months.clamp(0, MONTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a real day")
    }

    #[test]
    fn a_target_is_behind_when_less_was_done_than_its_share_of_the_year() {
        use State::*;
        let december = elapsed_months(FiscalYear::starting_in(2026), 4, day(2026, 12, 1));
        assert_eq!(december, 8);
        let done = |amount, records| Done {
            amount,
            records,
            word: None,
        };
        for (goal, amount, records, months, expected) in [
            (12, 6, 6, december, Behind),
            (12, 8, 8, december, OnTrack),
            (1, 0, 0, december, NotBegun),
            (1, 0, 0, 12, Behind),
            (1, 1, 1, december, Reached),
            (120, 0, 0, 1, Behind),
            (120, 0, 0, 0, NotBegun),
            (12, 13, 13, december, Reached),
            (4, 0, 2, 2, OnTrack),
            (i64::MAX, 5, 1, 12, Behind),
        ] {
            assert_eq!(
                state(Aim::Figure(goal), done(amount, records), months),
                expected,
                "{amount} of {goal} after {months} months"
            );
        }
    }

    #[test]
    fn goals_in_words_go_by_their_records_and_the_coordinators_word() {
        let done = |records, word| Done {
            amount: 0,
            records,
            word,
        };
        assert_eq!(state(Aim::Words, done(0, None), 11), State::NotBegun);
        assert_eq!(state(Aim::Words, done(2, None), 11), State::OnTrack);
        let word = Some(State::Behind);
        assert_eq!(state(Aim::Words, done(2, word), 11), State::Behind);
        assert_eq!(state(Aim::Nothing, done(2, word), 11), State::NoGoal);
    }

    #[test]
    fn months_are_counted_from_the_first_of_the_fiscal_year() {
        let year = FiscalYear::starting_in(2026);
        for (on, expected) in [
            (day(2026, 3, 31), 0),
            (day(2026, 4, 30), 0),
            (day(2026, 5, 1), 1),
            (day(2027, 1, 1), 9),
            (day(2027, 3, 31), 11),
            (day(2027, 4, 1), 12),
            (day(2030, 4, 1), 12),
        ] {
            assert_eq!(elapsed_months(year, 4, on), expected, "{on}");
        }
    }
}
