//! Schedules (くり返し): what is due again and again, in the wall-clock time of an office.
//!
//! A schedule is a cron expression in five fields (minute, hour, day, month, weekday) or six (second
//! first), with what should happen on days off. Day and weekday must both fit. Besides the usual it
//! knows `L` (the last day; `5L` the last Friday), `2#1` (the first Tuesday), `B`, `B3` and `BL` (every,
//! the third, the last business day), and every other week. People write phrases, see [`When`].
//!
//! Where clocks are changed, a time that does not exist is due once, at the end of the gap, and a time
//! that comes twice is due the first time only (DESIGN section 4). Nothing is kept or waited for here.
//!
//! ```
//! use domain::{calendar::Calendar, schedule::Schedule};
//! use chrono_tz::Asia::Tokyo;
//!
//! let monthly = Schedule::parse("0 9 1 * * shift=next")?;
//! let after = "2026-12-31T15:00:00Z".parse().expect("an instant");
//! let next = monthly.next(after, Tokyo, &Calendar::default()).expect("every month");
//! assert_eq!(next.to_rfc3339(), "2027-01-04T00:00:00+00:00");
//! # Ok::<(), domain::schedule::ScheduleFault>(())
//! ```

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use std::fmt;
use thiserror::Error;

use crate::{
    calendar::{Calendar, SHIFT_DAYS_MAX, Shift},
    occurrence::Moment,
    text::normalise,
};
use expression::{Expression, Fields, YEARS};

mod expression;
mod field;
mod phrase;

pub use field::{BUSINESS_DAY_NUMBER_MAX, Field};
pub use phrase::{DEFAULT_TIME, EXAMPLES, PHRASE_MAX, When, WhenFault, YEARS_AHEAD_MAX};

/// Longest written schedule, in bytes.
pub const SCHEDULE_BYTES_MAX: usize = 200;
/// Most weeks from one week of a schedule to the next.
pub const WEEKS_MAX: u32 = 12;

/// Why a schedule cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScheduleFault {
    /// Longer than [`SCHEDULE_BYTES_MAX`].
    #[error("longer than {SCHEDULE_BYTES_MAX} bytes")]
    TooLong,
    /// So many fields, neither five nor six.
    #[error("{0} fields, not five or six")]
    FieldCount(usize),
    /// This part of the field is not written like one.
    #[error("{1} is no value of the field {0}")]
    Unreadable(Field, String),
    /// A number that the field does not have.
    #[error("{value} is not within {least} to {most} in the field {field}")]
    OutOfRange {
        /// The field.
        field: Field,
        /// The number.
        value: u32,
        /// The lowest there is.
        least: u32,
        /// The highest there is.
        most: u32,
    },
    /// A range that ends before it begins (22-2).
    #[error("{1} runs backwards in the field {0}")]
    Backwards(Field, String),
    /// A step that is no number, 0, or wider than the field.
    #[error("{1} has no usable step in the field {0}")]
    Step(Field, String),
    /// Due more often than once a minute.
    #[error("due more often than once a minute")]
    TooOften,
    /// Never due (30 February).
    #[error("never due")]
    Never,
    /// Business days together with weekdays: a business day is not asked for its weekday.
    #[error("business days together with weekdays")]
    BusinessDayAndWeekday,
    /// This is none of `shift=next|previous|none`, `weeks=2` and `from=2026-11-24`, or stands twice.
    #[error("{0} is not known")]
    Option(String),
    /// `weeks=` with days of the month, places in it, or months, or without `from=`, or the other way
    /// round.
    #[error("weeks are counted by weekdays from a day on only")]
    Weeks,
}

/// Every so many weeks, counted from the week (Monday to Sunday) of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Weeks {
    /// 2 to [`WEEKS_MAX`].
    every: u32,
    /// The first day that counts.
    from: NaiveDate,
}

impl Weeks {
    fn holds(self, date: NaiveDate) -> bool {
        let week = |day: NaiveDate| {
            day.num_days_from_ce()
                - i32::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
        };
        let apart = (week(date) - week(self.from)) / 7;
        date >= self.from && apart.unsigned_abs().is_multiple_of(self.every)
    }
}

/// Something due again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    expression: Expression,
    weeks: Option<Weeks>,
    shift: Shift,
}

impl Schedule {
    /// Reads an expression, with options behind it: `0 9 1 * * shift=next`,
    /// `0 14 * * 2 weeks=2 from=2026-11-24`. Capitals and width do not matter.
    ///
    /// # Errors
    /// [`ScheduleFault`]: the first thing that is wrong.
    pub fn parse(written: &str) -> Result<Self, ScheduleFault> {
        if written.len() > SCHEDULE_BYTES_MAX {
            return Err(ScheduleFault::TooLong);
        }
        let even = normalise(written).to_uppercase();
        let words: Vec<&str> = even.split_whitespace().collect();
        let options = words
            .iter()
            .position(|word| word.contains('='))
            .unwrap_or(words.len());
        let (fields, options) = words.split_at(options);
        let expression = Expression::read(fields)?;
        let (mut every, mut from, mut shift) = (None, None, None);
        for option in options {
            let unknown = || ScheduleFault::Option((*option).to_owned());
            let (name, value) = option.split_once('=').ok_or_else(unknown)?;
            let is_new = match name {
                "SHIFT" => {
                    let value = Shift::from_code(&value.to_lowercase()).ok_or_else(unknown)?;
                    shift.replace(value).is_none()
                }
                "WEEKS" => {
                    let value = value
                        .parse()
                        .ok()
                        .filter(|weeks| (2..=WEEKS_MAX).contains(weeks));
                    every.replace(value.ok_or_else(unknown)?).is_none()
                }
                "FROM" => {
                    let value = value.parse().map_err(|_| unknown())?;
                    from.replace(value).is_none()
                }
                _ => false,
            };
            if !is_new {
                return Err(unknown());
            }
        }
        let weeks = match (every, from) {
            (Some(every), Some(from)) => Some(Weeks { every, from }),
            (None, None) => None,
            _ => return Err(ScheduleFault::Weeks),
        };
        Self::of(expression, weeks, shift.unwrap_or_default())
    }

    /// # Errors
    /// [`ScheduleFault::Weeks`].
    fn of(
        expression: Expression,
        weeks: Option<Weeks>,
        shift: Shift,
    ) -> Result<Self, ScheduleFault> {
        let fields = expression.fields();
        let by_week = fields.every_day()
            && fields.every_month()
            && fields.weekdays.and(Field::Weekday.all()) == fields.weekdays;
        if let Some(weeks) = weeks
            && !(by_week && (YEARS.0..YEARS.1).contains(&weeks.from.year()))
        {
            return Err(ScheduleFault::Weeks);
        }
        Ok(Self {
            expression,
            weeks,
            shift,
        })
    }

    /// What happens on a day off.
    #[must_use]
    pub fn shift(&self) -> Shift {
        self.shift
    }

    /// The same schedule with another shift.
    #[must_use]
    pub fn shifting(self, shift: Shift) -> Self {
        Self { shift, ..self }
    }

    /// The first instant after `after` at which it is due in a zone; `None` beyond the year 2100, or
    /// where it asks for business days of an office that has none.
    #[must_use]
    pub fn next(
        &self,
        after: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<DateTime<Utc>> {
        self.next_moment(after, zone, calendar)
            .map(|moment| moment.instant(zone))
    }

    /// As [`Self::next`], on the wall calendar. Where a time does not exist on that day, the moment
    /// still names it.
    #[must_use]
    pub fn next_moment(
        &self,
        after: DateTime<Utc>,
        zone: Tz,
        calendar: &Calendar,
    ) -> Option<Moment> {
        // Whatever the wall showed by now, it has shown: only what is later on it can be next.
        let shown = after.with_timezone(&zone).naive_local();
        let today = shown.date();
        // A day before today may have moved to today or later.
        let first = match self.shift {
            Shift::Next => today.checked_sub_days(Days::new(SHIFT_DAYS_MAX))?,
            Shift::Previous | Shift::None => today,
        };
        // Shifting keeps days in order, and the wall clock keeps times in order: the first moment
        // whose instant is late enough is the next.
        let mut looked_at = None;
        for day in self.days_from(first, calendar) {
            let date = calendar.shifted(day, self.shift);
            if date < today || looked_at.replace(date) == Some(date) {
                continue;
            }
            let first = if date == today {
                shown.time()
            } else {
                NaiveTime::MIN
            };
            let moments = self
                .expression
                .times_from(first)
                .map(|time| Moment { date, time });
            let mut late_enough = moments.filter(|moment| moment.instant(zone) > after);
            if let Some(moment) = late_enough.next() {
                return Some(moment);
            }
        }
        None
    }

    /// The moments after `after` at which it is due, one after another: for a glance at the next few.
    /// Moments that are the same instant come once.
    pub fn upcoming<'a>(
        &'a self,
        after: DateTime<Utc>,
        zone: Tz,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = Moment> + 'a {
        std::iter::successors(self.next_moment(after, zone, calendar), move |moment| {
            self.next_moment(moment.instant(zone), zone, calendar)
        })
    }

    /// The days from `first` on, before they are shifted.
    fn days_from<'a>(
        &'a self,
        first: NaiveDate,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = NaiveDate> + 'a {
        self.expression
            .days_from(first, calendar)
            .filter(|day| self.weeks.is_none_or(|weeks| weeks.holds(*day)))
    }

    fn fields(&self) -> &Fields {
        self.expression.fields()
    }
}

/// `0 9 1 * * shift=next`, as [`Schedule::parse`] reads it; this is how it is stored.
impl fmt::Display for Schedule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.fields())?;
        if let Some(Weeks { every, from }) = self.weeks {
            write!(out, " weeks={every} from={from}")?;
        }
        if self.shift != Shift::None {
            write!(out, " shift={}", self.shift.code())?;
        }
        Ok(())
    }
}
