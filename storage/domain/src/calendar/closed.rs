//! The days an office is closed every year, such as the turn of the year.

use chrono::{Datelike, NaiveDate};
use regex::Regex;
use std::{fmt, sync::LazyLock};
use thiserror::Error;

use crate::{
    setting::{says_nothing, split_list},
    text::normalise,
};

/// Most spans of closed days.
pub const CLOSED_SPANS_MAX: usize = 20;
/// Most days in a year an office is closed besides weekends and holidays. More is a slip, such as
/// 1/3-12/29 for 12/29-1/3.
pub const CLOSED_DAYS_MAX: usize = 60;

/// A leap year, so that 29 February counts.
const LONG_YEAR: i32 = 2000;

/// A day of the year: month and day.
type YearDay = (u32, u32);

/// The days an office is closed every year; 29 December to 3 January unless it says otherwise, as
/// Japanese public offices are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedDays(Vec<(YearDay, YearDay)>);

/// Why written closed days could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClosedDaysFault {
    /// This part is not written like 12/29-1/3 or 8/15.
    #[error("{0} is not a day or a span of days")]
    Unreadable(String),
    /// No year has this day.
    #[error("no year has the day {0}/{1}")]
    NoSuchDay(u32, u32),
    /// More than [`CLOSED_SPANS_MAX`] spans.
    #[error("more than {CLOSED_SPANS_MAX} spans")]
    TooManySpans,
    /// So many days, more than [`CLOSED_DAYS_MAX`].
    #[error("{0} days are closed, at most {CLOSED_DAYS_MAX} may be")]
    TooManyDays(usize),
}

impl Default for ClosedDays {
    fn default() -> Self {
        Self(vec![((12, 29), (1, 3))])
    }
}

impl ClosedDays {
    /// No day.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Reads 12/29-1/3、8/13-8/15, 12月29日～1月3日, or なし, in any width. A span may run over the turn
    /// of the year.
    ///
    /// # Errors
    /// [`ClosedDaysFault`].
    pub fn parse(written: &str) -> Result<Self, ClosedDaysFault> {
        let even = normalise(written);
        if says_nothing(&even) {
            return Ok(Self::none());
        }
        let mut spans = Vec::new();
        for part in split_list(&even) {
            if spans.len() == CLOSED_SPANS_MAX {
                return Err(ClosedDaysFault::TooManySpans);
            }
            spans.push(span(part)?);
        }
        if spans.is_empty() {
            return Err(ClosedDaysFault::Unreadable(even.trim().to_owned()));
        }
        let closed = Self(spans);
        let count = closed.count();
        if count > CLOSED_DAYS_MAX {
            return Err(ClosedDaysFault::TooManyDays(count));
        }
        Ok(closed)
    }

    /// Whether the office is closed on this day.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        let day = (date.month(), date.day());
        self.0.iter().any(|(first, last)| {
            if first <= last {
                (*first..=*last).contains(&day)
            } else {
                day >= *first || day <= *last
            }
        })
    }

    fn count(&self) -> usize {
        NaiveDate::from_ymd_opt(LONG_YEAR, 1, 1)
            .expect("a day")
            .iter_days()
            .take_while(|day| day.year() == LONG_YEAR)
            .filter(|day| self.contains(*day))
            .count()
    }
}

/// 12/29-1/3、8/15, as [`ClosedDays::parse`] reads it; なし for none.
impl fmt::Display for ClosedDays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return out.write_str("なし");
        }
        for (index, (first, last)) in self.0.iter().enumerate() {
            if index > 0 {
                out.write_str("、")?;
            }
            write!(out, "{}/{}", first.0, first.1)?;
            if first != last {
                write!(out, "-{}/{}", last.0, last.1)?;
            }
        }
        Ok(())
    }
}

fn span(part: &str) -> Result<(YearDay, YearDay), ClosedDaysFault> {
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(\d{1,2})(?:/|月)(\d{1,2})日?(?:\s*(?:[-~〜−–―]|から)\s*(\d{1,2})(?:/|月)(\d{1,2})日?(?:まで)?)?$",
        )
        .expect("a good pattern")
    });
    let found = SPAN
        .captures(part)
        .ok_or_else(|| ClosedDaysFault::Unreadable(part.to_owned()))?;
    let number = |at: usize| found.get(at)?.as_str().parse::<u32>().ok();
    let first = year_day(number(1), number(2))?;
    let last = match number(3) {
        Some(month) => year_day(Some(month), number(4))?,
        None => first,
    };
    Ok((first, last))
}

fn year_day(month: Option<u32>, day: Option<u32>) -> Result<YearDay, ClosedDaysFault> {
    let (month, day) = (
        month.expect("the pattern has a month"),
        day.expect("the pattern has a day"),
    );
    NaiveDate::from_ymd_opt(LONG_YEAR, month, day)
        .map(|_| (month, day))
        .ok_or(ClosedDaysFault::NoSuchDay(month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed_on(closed: &ClosedDays, year: i32) -> Vec<String> {
        NaiveDate::from_ymd_opt(year, 1, 1)
            .expect("a day")
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| closed.contains(*day))
            .map(|day| day.format("%-m/%-d").to_string())
            .collect()
    }

    #[test]
    fn an_office_is_closed_over_the_turn_of_the_year() {
        assert_eq!(
            closed_on(&ClosedDays::default(), 2026),
            ["1/1", "1/2", "1/3", "12/29", "12/30", "12/31"]
        );
        assert_eq!(ClosedDays::default().to_string(), "12/29-1/3");
    }

    #[test]
    fn closed_days_are_read_as_people_write_them() {
        for (written, expected) in [
            ("12/29-1/3", "12/29-1/3"),
            ("１２／２９～１／３", "12/29-1/3"),
            ("12月29日から1月3日まで", "12/29-1/3"),
            ("12/29〜1/3、8/15", "12/29-1/3、8/15"),
            ("2/29", "2/29"),
            ("なし", "なし"),
        ] {
            let closed = ClosedDays::parse(written).expect(written);
            assert_eq!(closed.to_string(), expected, "{written}");
            assert_eq!(ClosedDays::parse(&closed.to_string()), Ok(closed));
        }
    }

    #[test]
    fn what_are_no_closed_days_is_refused_with_the_reason() {
        for (written, expected) in [
            (
                "年末年始",
                ClosedDaysFault::Unreadable("年末年始".to_owned()),
            ),
            ("", ClosedDaysFault::Unreadable(String::new())),
            ("2/30", ClosedDaysFault::NoSuchDay(2, 30)),
            ("8/13-8/32", ClosedDaysFault::NoSuchDay(8, 32)),
            ("1/3-12/29", ClosedDaysFault::TooManyDays(362)),
        ] {
            assert_eq!(ClosedDays::parse(written), Err(expected), "{written}");
        }
        let many = vec!["8/15"; CLOSED_SPANS_MAX + 1].join("、");
        assert_eq!(ClosedDays::parse(&many), Err(ClosedDaysFault::TooManySpans));
    }
}
