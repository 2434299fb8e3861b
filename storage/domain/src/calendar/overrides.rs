//! The override file: days that a city, or a new law, adds to the holidays or takes out of them.
//!
//! It is TOML with two tables of days and names; reading the file from disk is the caller's business.
//!
//! ```
//! use domain::calendar::{Calendar, ClosedDays, Overrides};
//!
//! let overrides = Overrides::parse(
//!     r#"
//!     [added]
//!     2027-06-01 = "市制記念日"
//!
//!     [removed]
//!     2027-02-11 = "臨時開所"
//!     "#,
//! )?;
//! let calendar = Calendar::new(overrides, ClosedDays::default());
//! let day = |written: &str| written.parse().expect("a date");
//! assert!(!calendar.is_business_day(day("2027-06-01")));
//! assert!(calendar.is_business_day(day("2027-02-11")));
//! # Ok::<(), domain::calendar::OverrideFault>(())
//! ```

use chrono::NaiveDate;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use thiserror::Error;
use toml::Spanned;

use crate::{
    era::parse_date,
    setting::says_nothing,
    text::{Unclean, clean, normalise},
};

/// Largest override file, in bytes.
pub const OVERRIDE_BYTES_MAX: usize = 65_536;
/// Most days of an override file.
pub const OVERRIDE_DAYS_MAX: usize = 1_000;
/// Longest name of a day, in UTF-16 units.
pub const OVERRIDE_NAME_MAX: usize = 40;

/// What stands in the place of a name where a day is taken out of the holidays.
const OPEN: &str = "開所";

/// The days of an override file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    added: BTreeMap<NaiveDate, String>,
    removed: BTreeSet<NaiveDate>,
}

/// An override file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {reason}")]
pub struct OverrideFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub reason: OverrideReason,
}

/// Why an override file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OverrideReason {
    /// Larger than [`OVERRIDE_BYTES_MAX`].
    #[error("the file is larger than {OVERRIDE_BYTES_MAX} bytes")]
    TooLarge,
    /// Not TOML, a table other than `[added]` and `[removed]`, or a name that is no text; with what
    /// the reader of TOML says.
    #[error("{0}")]
    Malformed(String),
    /// A key that is not a date such as 2027-06-01.
    #[error("{0} is not a date such as 2027-06-01")]
    NotADate(String),
    /// The name is empty or longer than [`OVERRIDE_NAME_MAX`].
    #[error("the name of the day: {0}")]
    Name(Unclean),
    /// The day is added as well as removed.
    #[error("{0} is both added and removed")]
    AddedAndRemoved(NaiveDate),
    /// More than [`OVERRIDE_DAYS_MAX`] days.
    #[error("more than {OVERRIDE_DAYS_MAX} days")]
    TooManyDays,
}

/// A table of the file: days and their names, each with where it stands.
type Table = BTreeMap<Spanned<String>, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    added: Table,
    #[serde(default)]
    removed: Table,
}

impl Overrides {
    /// Reads an override file. Names of removed days are remarks and are not kept.
    ///
    /// # Errors
    /// [`OverrideFault`]: the first thing that is wrong, with its line. Nothing is used then.
    pub fn parse(text: &str) -> Result<Self, OverrideFault> {
        let at = |offset: usize, reason| OverrideFault {
            line: line_of(text, offset),
            reason,
        };
        if text.len() > OVERRIDE_BYTES_MAX {
            return Err(at(0, OverrideReason::TooLarge));
        }
        let written: Written = toml::from_str(text).map_err(|fault| {
            let offset = fault.span().map_or(0, |span| span.start);
            at(
                offset,
                OverrideReason::Malformed(fault.message().to_owned()),
            )
        })?;
        let mut overrides = Self::default();
        for (key, name) in &written.added {
            let date = date(key).map_err(|reason| at(key.span().start, reason))?;
            let name = clean(name, OVERRIDE_NAME_MAX)
                .map_err(|fault| at(key.span().start, OverrideReason::Name(fault)))?;
            overrides.added.insert(date, name);
        }
        for (key, name) in &written.removed {
            let place = key.span().start;
            let date = date(key).map_err(|reason| at(place, reason))?;
            clean(name, OVERRIDE_NAME_MAX)
                .map_err(|fault| at(place, OverrideReason::Name(fault)))?;
            if overrides.added.contains_key(&date) {
                return Err(at(place, OverrideReason::AddedAndRemoved(date)));
            }
            overrides.removed.insert(date);
        }
        if overrides.added.len() + overrides.removed.len() > OVERRIDE_DAYS_MAX {
            return Err(at(0, OverrideReason::TooManyDays));
        }
        Ok(overrides)
    }

    /// Reads what a person types in one line: `2027-06-01 市制記念日；2027-02-11 開所`, or なし. A day
    /// whose name is 開所 is taken out of the holidays and closed days.
    ///
    /// # Errors
    /// [`OverrideFault`], with the place of the day in the line. A day needs its year.
    pub fn read(written: &str) -> Result<Self, OverrideFault> {
        let mut overrides = Self::default();
        if says_nothing(written) {
            return Ok(overrides);
        }
        let even = normalise(written);
        let parts = even.split([';', '\n']).map(str::trim);
        for (index, part) in parts.filter(|part| !part.is_empty()).enumerate() {
            let fault = |reason| OverrideFault {
                line: index + 1,
                reason,
            };
            if index == OVERRIDE_DAYS_MAX {
                return Err(fault(OverrideReason::TooManyDays));
            }
            let (day, name) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let date =
                with_year(day).ok_or_else(|| fault(OverrideReason::NotADate(day.to_owned())))?;
            let name = clean(name, OVERRIDE_NAME_MAX)
                .map_err(|unclean| fault(OverrideReason::Name(unclean)))?;
            let opens = name == OPEN;
            if opens && overrides.added.contains_key(&date)
                || !opens && overrides.removed.contains(&date)
            {
                return Err(fault(OverrideReason::AddedAndRemoved(date)));
            }
            if opens {
                overrides.removed.insert(date);
            } else {
                overrides.added.insert(date, name);
            }
        }
        Ok(overrides)
    }

    /// The name of the day if the file adds it.
    pub(super) fn added(&self, date: NaiveDate) -> Option<&str> {
        self.added.get(&date).map(String::as_str)
    }

    /// Whether the file takes the day out of the holidays and closed days.
    pub(super) fn is_removed(&self, date: NaiveDate) -> bool {
        self.removed.contains(&date)
    }

    pub(super) fn added_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.added.keys().copied()
    }

    pub(super) fn removed_days(&self) -> impl Iterator<Item = NaiveDate> {
        self.removed.iter().copied()
    }
}

/// As [`Overrides::read`] reads it, by date; なし where there is none.
impl fmt::Display for Overrides {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.added.is_empty() && self.removed.is_empty() {
            return out.write_str("なし");
        }
        let added = self.added.iter().map(|(day, name)| (*day, name.as_str()));
        let removed = self.removed.iter().map(|day| (*day, OPEN));
        let days: BTreeMap<NaiveDate, &str> = added.chain(removed).collect();
        for (index, (day, name)) in days.iter().enumerate() {
            if index > 0 {
                out.write_str(";")?;
            }
            write!(out, "{day} {name}")?;
        }
        Ok(())
    }
}

/// A date with its year, in any writing: it is the same in whichever year it is read.
fn with_year(written: &str) -> Option<NaiveDate> {
    let read = |year| parse_date(written, NaiveDate::from_ymd_opt(year, 6, 1)?).ok();
    let date = read(2026)?;
    (read(2036) == Some(date)).then_some(date)
}

/// A date written in full, so that one day has one key and TOML itself refuses it twice.
fn date(key: &Spanned<String>) -> Result<NaiveDate, OverrideReason> {
    let written = key.get_ref();
    written
        .parse()
        .ok()
        .filter(|date: &NaiveDate| date.to_string() == *written)
        .ok_or_else(|| OverrideReason::NotADate(written.clone()))
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, OverrideReason) {
        let fault = Overrides::parse(text).expect_err(text);
        (fault.line, fault.reason)
    }

    #[test]
    fn a_file_that_is_wrong_is_refused_with_the_line() {
        let not_a_date = |written: &str| OverrideReason::NotADate(written.to_owned());
        assert_eq!(
            fault("[added]\n2027-06-01 = \"記念日\"\n2027-02-30 = \"なし\"\n"),
            (3, not_a_date("2027-02-30"))
        );
        assert_eq!(
            fault("[removed]\n2027-6-1 = \"記念日\"\n"),
            (2, not_a_date("2027-6-1"))
        );
        let day = NaiveDate::from_ymd_opt(2027, 6, 1).expect("a day");
        assert_eq!(
            fault("[added]\n2027-06-01 = \"記念日\"\n[removed]\n2027-06-01 = \"開所\"\n"),
            (4, OverrideReason::AddedAndRemoved(day))
        );
        assert_eq!(
            fault("\n[added]\n2027-06-01 = \" \"\n"),
            (3, OverrideReason::Name(Unclean::Empty))
        );
        for (text, line) in [
            ("[added]\n2027-06-01 = 5\n", 2),
            ("[added]\n2027-06-01 = \"一\"\n2027-06-01 = \"二\"\n", 3),
            ("[closed]\n2027-06-01 = \"記念日\"\n", 1),
            ("[added\n", 1),
        ] {
            let (found, reason) = fault(text);
            assert_eq!(found, line, "{text}");
            assert!(
                matches!(reason, OverrideReason::Malformed(_)),
                "{text}: {reason}"
            );
        }
    }

    #[test]
    fn a_file_has_limits() {
        let large = format!("# {}\n", "x".repeat(OVERRIDE_BYTES_MAX));
        assert_eq!(fault(&large), (1, OverrideReason::TooLarge));
        let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
        let days = |count: usize| {
            first
                .iter_days()
                .take(count)
                .fold("[added]\n".to_owned(), |text, day| {
                    text + &format!("{day} = \"休\"\n")
                })
        };
        assert!(Overrides::parse(&days(OVERRIDE_DAYS_MAX)).is_ok());
        assert_eq!(
            fault(&days(OVERRIDE_DAYS_MAX + 1)),
            (1, OverrideReason::TooManyDays)
        );
    }

    #[test]
    fn what_is_typed_in_one_line_is_read_and_shown_the_same() {
        let day = |written: &str| written.parse().expect("a date");
        let typed = Overrides::read("令和9年6月1日　市制記念日；2027-02-11 開所").expect("days");
        assert_eq!(typed.added(day("2027-06-01")), Some("市制記念日"));
        assert!(typed.is_removed(day("2027-02-11")));
        assert_eq!(typed.to_string(), "2027-02-11 開所;2027-06-01 市制記念日");
        assert_eq!(Overrides::read(&typed.to_string()), Ok(typed));
        assert_eq!(Overrides::read("なし"), Ok(Overrides::default()));
        assert_eq!(Overrides::default().to_string(), "なし");
        for (written, line) in [
            ("6/1 市制記念日", 1),
            ("2027-06-01 市制記念日;明日 休み", 2),
            ("2027-06-01", 1),
            ("2027-06-01 記念日;2027-06-01 開所", 2),
        ] {
            let fault = Overrides::read(written).expect_err(written);
            assert_eq!(fault.line, line, "{written}: {}", fault.reason);
        }
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert_eq!(Overrides::parse(""), Ok(Overrides::default()));
    }
}
