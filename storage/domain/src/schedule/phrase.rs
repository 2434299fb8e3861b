//! Phrases (いつ): when something is due, as people say it, read and shown again.
//!
//! A phrase is a day with a time (`来週金曜 14時`), or what repeats (`毎月第2火曜 14時`), or an expression
//! of [`Schedule`]. What is shown back reads the same. A place in the month without a month
//! (`月末の平日`, `第1営業日`) is meant for every month: one reminder too many is seen and stopped, one
//! too few is not missed until it is too late. A day number or a weekday (`15日`, `金曜`) is the next one.
//!
//! ```
//! use chrono::NaiveTime;
//! use domain::{calendar::Calendar, occurrence::Moment, schedule::When};
//!
//! let now = Moment {
//!     date: "2026-11-20".parse().expect("a date"),
//!     time: NaiveTime::from_hms_opt(10, 0, 0).expect("a time"),
//! };
//! let read = |written| When::read(written, now, &Calendar::default()).map(|when| when.words());
//! assert_eq!(read("第２火曜 午後２時"), Ok("毎月第2火曜 14:00".to_owned()));
//! assert_eq!(read("来週金曜"), Ok("令和8年11月27日(金) 9:00".to_owned()));
//! ```

use chrono::{NaiveDate, NaiveTime};
use thiserror::Error;

use super::{BUSINESS_DAY_NUMBER_MAX, Schedule, ScheduleFault};
use crate::{
    calendar::Calendar,
    era::{DateFault, TimeFault, format_date},
    occurrence::Moment,
};

mod once;
mod part;
mod place;
mod repeated;
mod words;

/// Longest phrase, in characters.
pub const PHRASE_MAX: usize = 120;
/// How many years ahead one date may lie.
pub const YEARS_AHEAD_MAX: u32 = 10;

/// The time of day of a phrase without one: nine in the morning, when offices open (DESIGN section 4).
pub const DEFAULT_TIME: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine is a time");

/// What can be written, for whoever wrote something else.
pub const EXAMPLES: [&str; 12] = [
    "12/1 14:00",
    "明日 午後2時",
    "3日後",
    "5営業日後",
    "来週金曜 10時",
    "来月末",
    "毎週月曜 9時",
    "隔週火曜 13時30分",
    "毎月第2火曜 14時",
    "毎月25日 9時（休みなら前営業日）",
    "毎月第1営業日",
    "毎年4月1日",
];

/// When something is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Once.
    Once(Moment),
    /// Again and again.
    Repeated(Schedule),
}

/// Why a phrase cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WhenFault {
    /// Longer than [`PHRASE_MAX`].
    #[error("longer than {PHRASE_MAX} characters")]
    TooLong,
    /// This part is not understood. See [`EXAMPLES`] for what is.
    #[error("{0} is not understood")]
    NotUnderstood(String),
    /// It is a date that does not exist, or contradicts its weekday.
    #[error(transparent)]
    Date(DateFault),
    /// It is a time that does not exist, or may mean two.
    #[error(transparent)]
    Time(TimeFault),
    /// It is an expression that cannot be used.
    #[error(transparent)]
    Schedule(#[from] ScheduleFault),
    /// It has passed.
    #[error("{} has passed", format_date(.0.date))]
    Past(Moment),
    /// More than [`YEARS_AHEAD_MAX`] years ahead.
    #[error("more than {YEARS_AHEAD_MAX} years ahead")]
    TooFar,
    /// Several times for one date, or times that are not each at the same minutes: one phrase each.
    #[error("several times that need a phrase each")]
    SeveralTimes,
    /// Days that cannot be said in one phrase: one phrase each.
    #[error("several days that need a phrase each")]
    SeveralDays,
    /// No month has such a place: 第6火曜, 32日, 第16営業日 (see [`BUSINESS_DAY_NUMBER_MAX`]).
    #[error("{0} is in no month; business days are counted to {BUSINESS_DAY_NUMBER_MAX}")]
    NoSuchPlace(String),
    /// The month that is meant has no such day: 来月31日.
    #[error("the month has no such day")]
    NotThatMonth,
    /// So many months do not fit into a year evenly.
    #[error("{0} months do not divide a year")]
    MonthStep(u32),
}

impl When {
    /// Reads a phrase. `now` is the present on the office's wall; a time that is left out is
    /// [`DEFAULT_TIME`].
    ///
    /// # Errors
    /// [`WhenFault`]: what was not understood, or why it cannot be used.
    pub fn read(written: &str, now: Moment, calendar: &Calendar) -> Result<Self, WhenFault> {
        if written.chars().count() > PHRASE_MAX {
            return Err(WhenFault::TooLong);
        }
        if part::is_expression(written) {
            return Ok(Self::Repeated(Schedule::parse(written)?));
        }
        let parts = part::Parts::of(written)?;
        if let Some(rhythm) = repeated::rhythm(&parts.day)? {
            return rhythm.schedule(&parts, now, calendar).map(Self::Repeated);
        }
        if let Some(from) = parts.from {
            return Err(WhenFault::NotUnderstood(from));
        }
        once::moment(&parts, now, calendar).map(Self::Once)
    }

    /// The phrase for people, which [`Self::read`] reads the same: 令和8年11月27日(金) 9:00,
    /// 毎月第2火曜 14:00.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Once(moment) => words::moment(*moment),
            Self::Repeated(schedule) => schedule.words(),
        }
    }
}

impl Schedule {
    /// The phrase for people: 毎月第2火曜 14:00. What has no phrase is shown as its expression.
    #[must_use]
    pub fn words(&self) -> String {
        words::schedule(self).unwrap_or_else(|| self.to_string())
    }
}

/// The furthest day that may be meant.
fn furthest(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_months(chrono::Months::new(12 * YEARS_AHEAD_MAX))
        .unwrap_or(NaiveDate::MAX)
}
