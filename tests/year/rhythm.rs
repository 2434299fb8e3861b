//! What comes again and again, and on which day: looked for day by day, by nothing of the product.

use crate::day::{WorkingDays, instant, wall};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};

/// No row of days off is longer: a day farther back cannot have moved to today.
const OFF_DAYS_MAX: u64 = 30;
/// Whatever comes again and again comes within so many days.
const AHEAD_DAYS_MAX: u64 = 400;

/// What becomes of a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    /// The next working day instead.
    Next,
    /// The working day before.
    Previous,
    /// It stays where it is.
    None,
}

impl Shift {
    /// As the product's settings name it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Previous => "previous",
            Self::None => "none",
        }
    }
}

/// A day of every week, at a time of day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rhythm {
    pub(crate) weekday: Weekday,
    pub(crate) at: NaiveTime,
    pub(crate) shift: Shift,
}

impl Rhythm {
    /// The first day after an instant on which it comes.
    pub(crate) fn next(self, after: DateTime<Utc>, days: &WorkingDays) -> NaiveDate {
        let (today, _) = wall(after);
        let plain = (today - Days::new(OFF_DAYS_MAX))
            .iter_days()
            .take((OFF_DAYS_MAX + AHEAD_DAYS_MAX) as usize)
            .filter(|day| day.weekday() == self.weekday);
        let mut moved = plain.map(|day| match self.shift {
            Shift::Next => days.after(day),
            Shift::Previous => days.before(day),
            Shift::None => day,
        });
        moved
            .find(|day| instant(*day, self.at) > after)
            .expect("no office is closed for a year")
    }
}
