//! The calendar (暦) of an office: which days it works.
//!
//! A day off is a Saturday or Sunday, a national holiday, a day the office is closed every year
//! ([`ClosedDays`]), or one that its override file adds ([`Overrides`]). Dates are civil dates; which
//! day it is now is the caller's business. How dates are written is in [`crate::era`], what repeats is
//! in [`crate::schedule`].
//!
//! ```
//! use chrono::NaiveDate;
//! use domain::calendar::{Calendar, Shift};
//!
//! let calendar = Calendar::default();
//! let labour_day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
//! assert!(!calendar.is_business_day(labour_day));
//! assert_eq!(calendar.shifted(labour_day, Shift::Next), labour_day.succ_opt().expect("a day"));
//! ```

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

mod closed;
mod holiday;
mod overrides;

pub use closed::{CLOSED_DAYS_MAX, CLOSED_SPANS_MAX, ClosedDays, ClosedDaysFault};
pub use holiday::{NATIONAL_YEARS, national_holiday};
pub use overrides::{
    OVERRIDE_BYTES_MAX, OVERRIDE_DAYS_MAX, OVERRIDE_NAME_MAX, OverrideFault, OverrideReason,
    Overrides,
};

/// How many days away, at most, a business day is looked for. Longer than [`CLOSED_DAYS_MAX`] with the
/// weekends and holidays around it.
pub const SHIFT_DAYS_MAX: u64 = 120;
/// Most business days [`Calendar::business_days_from`] counts.
pub const BUSINESS_DAYS_MAX: u32 = 400;

/// Where a date on a day off moves to (DESIGN section 4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shift {
    /// It stays.
    #[default]
    None,
    /// To the next business day.
    Next,
    /// To the business day before.
    Previous,
}

crate::codes!(Shift {
    None = "none",
    Next = "next",
    Previous = "previous",
});

/// Why a day is no business day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOff<'a> {
    /// A national holiday or a day of the override file, with its name.
    Holiday(&'a str),
    /// One of the days the office is closed every year.
    Closed,
    /// Saturday or Sunday.
    Weekend,
}

/// The calendar of one office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    overrides: Overrides,
    closed: ClosedDays,
}

impl Calendar {
    /// A calendar with what an office adds to the national holidays.
    #[must_use]
    pub fn new(overrides: Overrides, closed: ClosedDays) -> Self {
        Self { overrides, closed }
    }

    /// The name of the holiday on this day: one the override file adds, else a national one that it
    /// does not take out.
    #[must_use]
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        if let Some(name) = self.overrides.added(date) {
            return Some(name);
        }
        national_holiday(date).filter(|_| !self.overrides.is_removed(date))
    }

    /// Why nobody works on this day; `None` for a business day.
    ///
    /// A day that the override file removes is neither a holiday nor closed, but a weekend stays one.
    #[must_use]
    pub fn day_off(&self, date: NaiveDate) -> Option<DayOff<'_>> {
        if let Some(name) = self.holiday(date) {
            return Some(DayOff::Holiday(name));
        }
        if self.closed.contains(date) && !self.overrides.is_removed(date) {
            return Some(DayOff::Closed);
        }
        matches!(date.weekday(), Weekday::Sat | Weekday::Sun).then_some(DayOff::Weekend)
    }

    /// Whether the office works on this day.
    #[must_use]
    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.day_off(date).is_none()
    }

    /// The date, moved off a day off.
    ///
    /// Where no business day lies within [`SHIFT_DAYS_MAX`] days the date stays: a reminder on a day
    /// off is better than none.
    #[must_use]
    pub fn shifted(&self, date: NaiveDate, shift: Shift) -> NaiveDate {
        let found = match shift {
            Shift::None => None,
            Shift::Next => forward(date)
                .take(within())
                .find(|day| self.is_business_day(*day)),
            Shift::Previous => backward(date)
                .take(within())
                .find(|day| self.is_business_day(*day)),
        };
        found.unwrap_or(date)
    }

    /// The date `count` business days after `date` (before it for a negative count), not counting
    /// `date` itself; for 0 the date. `None` beyond [`BUSINESS_DAYS_MAX`], or where the office works
    /// too seldom to tell.
    #[must_use]
    pub fn business_days_from(&self, date: NaiveDate, count: i32) -> Option<NaiveDate> {
        let steps = count.unsigned_abs();
        if steps > BUSINESS_DAYS_MAX {
            return None;
        }
        let mut reached = date;
        for _ in 0..steps {
            reached = if count > 0 {
                forward(reached)
                    .skip(1)
                    .take(within())
                    .find(|day| self.is_business_day(*day))?
            } else {
                backward(reached)
                    .skip(1)
                    .take(within())
                    .find(|day| self.is_business_day(*day))?
            };
        }
        Some(reached)
    }

    /// The business days of the month that holds `date`, first to last.
    pub fn business_days_of_month(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        month_days(date).filter(|day| self.is_business_day(*day))
    }

    /// The first business day of the month that holds `date`; `None` if the office does not work that
    /// month.
    #[must_use]
    pub fn first_business_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.business_days_of_month(date).next()
    }

    /// The last business day of the month that holds `date`; `None` if the office does not work that
    /// month.
    #[must_use]
    pub fn last_business_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.business_days_of_month(date).last()
    }

    /// Which business day of its month a date is, from 1; `None` on a day off.
    #[must_use]
    pub fn business_day_number(&self, date: NaiveDate) -> Option<u32> {
        if !self.is_business_day(date) {
            return None;
        }
        let before = self
            .business_days_of_month(date)
            .take_while(|day| *day <= date);
        u32::try_from(before.count()).ok()
    }

    /// Dates of the override file that change nothing: added where a holiday is anyway, removed where
    /// none is. Worth a remark to whoever keeps the file.
    #[must_use]
    pub fn idle_overrides(&self) -> Vec<NaiveDate> {
        let added = self
            .overrides
            .added_days()
            .filter(|date| national_holiday(*date).is_some());
        let removed = self
            .overrides
            .removed_days()
            .filter(|date| national_holiday(*date).is_none() && !self.closed.contains(*date));
        added.chain(removed).collect()
    }
}

/// The last day of the month that holds `date`.
#[must_use]
pub fn last_day_of_month(date: NaiveDate) -> NaiveDate {
    first_day_of_month(date)
        .checked_add_months(Months::new(1))
        .and_then(|next| next.pred_opt())
        .unwrap_or(NaiveDate::MAX)
}

/// The first day of the month that holds `date`.
#[must_use]
pub fn first_day_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).expect("every month has a first day")
}

/// The days of the month that holds `date`.
pub(crate) fn month_days(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let last = last_day_of_month(date);
    forward(first_day_of_month(date)).take_while(move |day| *day <= last)
}

/// The date and the days after it.
fn forward(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(date), |day| day.checked_add_days(Days::new(1)))
}

/// The date and the days before it.
fn backward(date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(date), |day| day.checked_sub_days(Days::new(1)))
}

/// The date itself and [`SHIFT_DAYS_MAX`] more.
fn within() -> usize {
    usize::try_from(SHIFT_DAYS_MAX).map_or(usize::MAX, |days| days + 1)
}
