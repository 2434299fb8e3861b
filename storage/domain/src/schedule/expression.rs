//! A cron expression: at which times of which days something is due.
//!
//! Days and times are independent of each other, so each is one schedule of the crate `cron`, walked
//! in wall-clock time as if it were UTC. What that crate does not know (`L`, `#`, `B`, 0 and 7 for
//! Sunday) is read here, given to it as a wider set of days, and sifted afterwards.

use super::{
    ScheduleFault,
    field::{BUSINESS_DAY, Field, LAST_BUSINESS_DAY, LAST_DAY, LAST_PLACE, Values},
};
use crate::calendar::{Calendar, last_day_of_month};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use std::{fmt, sync::Arc};

/// First and last western year in which something can be due; those of the crate `cron`.
pub(super) const YEARS: (i32, i32) = (1970, 2100);

/// The values of every field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fields {
    pub(super) seconds: Values,
    pub(super) minutes: Values,
    pub(super) hours: Values,
    pub(super) days: Values,
    pub(super) months: Values,
    pub(super) weekdays: Values,
}

impl Fields {
    /// Reads five or six fields.
    fn read(written: &[&str]) -> Result<Self, ScheduleFault> {
        let (seconds, rest) = match written {
            [second, rest @ ..] if rest.len() == 5 => (Field::Second.read(second)?, rest),
            rest => (Values::one(0), rest),
        };
        let [minutes, hours, days, months, weekdays] = rest else {
            return Err(ScheduleFault::FieldCount(written.len()));
        };
        Ok(Self {
            seconds,
            minutes: Field::Minute.read(minutes)?,
            hours: Field::Hour.read(hours)?,
            days: Field::Day.read(days)?,
            months: Field::Month.read(months)?,
            weekdays: Field::Weekday.read(weekdays)?,
        })
    }

    /// The same days said once: what a plain value includes already is left out.
    fn plain(mut self) -> Self {
        if self.days.and(Field::Day.all()) == Field::Day.all() {
            self.days = Field::Day.all();
        } else if self.days.has(BUSINESS_DAY) {
            let business = Values::span(BUSINESS_DAY + 1, LAST_BUSINESS_DAY);
            self.days = self
                .days
                .iter()
                .map(Values::one)
                .filter(|day| day.and(business).is_empty())
                .collect();
        }
        let plain = self.weekdays.and(Field::Weekday.all());
        self.weekdays = self
            .weekdays
            .iter()
            .filter(|value| *value < 7 || !plain.has(value % 7))
            .map(Values::one)
            .collect();
        self
    }

    pub(super) fn every_day(&self) -> bool {
        self.days == Field::Day.all()
    }

    pub(super) fn every_weekday(&self) -> bool {
        self.weekdays == Field::Weekday.all()
    }

    pub(super) fn every_month(&self) -> bool {
        self.months == Field::Month.all()
    }

    fn needs_calendar(&self) -> bool {
        !self
            .days
            .and(Values::span(BUSINESS_DAY, LAST_BUSINESS_DAY))
            .is_empty()
    }

    /// Whether the date is one of the days. Day of month and weekday must both fit, as in the crate
    /// `cron`, so `8-14 * 2` is the second Tuesday.
    pub(super) fn holds(&self, date: NaiveDate, calendar: &Calendar) -> bool {
        self.months.has(date.month()) && self.holds_weekday(date) && self.holds_day(date, calendar)
    }

    fn holds_weekday(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday().num_days_from_sunday();
        let place = (date.day() - 1) / 7 + 1;
        let is_last = date.day() + 7 > last_day_of_month(date).day();
        self.weekdays.has(weekday)
            || self.weekdays.has(weekday + 7 * place)
            || (is_last && self.weekdays.has(weekday + 7 * LAST_PLACE))
    }

    fn holds_day(&self, date: NaiveDate, calendar: &Calendar) -> bool {
        if self.days.has(date.day()) || (self.days.has(LAST_DAY) && date == last_day_of_month(date))
        {
            return true;
        }
        if !self.needs_calendar() || !calendar.is_business_day(date) {
            return false;
        }
        let numbered = |number| {
            BUSINESS_DAY + number < LAST_BUSINESS_DAY && self.days.has(BUSINESS_DAY + number)
        };
        self.days.has(BUSINESS_DAY)
            || calendar.business_day_number(date).is_some_and(numbered)
            || (self.days.has(LAST_BUSINESS_DAY) && calendar.last_business_day(date) == Some(date))
    }

    /// The days for the crate `cron`: at least those that are meant.
    fn wide_days(&self) -> Values {
        if self.needs_calendar() {
            return Field::Day.all();
        }
        let last = if self.days.has(LAST_DAY) {
            Values::span(28, 31)
        } else {
            Values::NONE
        };
        self.days.and(Field::Day.all()).or(last)
    }

    /// The weekdays for the crate `cron`, which calls Sunday 1.
    fn wide_weekdays(&self) -> Values {
        self.weekdays
            .iter()
            .map(|value| Values::one(value % 7 + 1))
            .collect()
    }
}

/// `0 14 * * 2`, in five fields, or six where the seconds are not 0.
impl fmt::Display for Fields {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds != Values::one(0) {
            write!(out, "{} ", Field::Second.write(self.seconds))?;
        }
        write!(
            out,
            "{} {} {} {} {}",
            Field::Minute.write(self.minutes),
            Field::Hour.write(self.hours),
            Field::Day.write(self.days),
            Field::Month.write(self.months),
            Field::Weekday.write(self.weekdays)
        )
    }
}

/// A cron expression that can be met.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    fields: Fields,
    // Shared, because they are large and never change: whoever copies an office copies none of them.
    days: Arc<cron::Schedule>,
    times: Arc<cron::Schedule>,
}

/// Two expressions are one when they mean the same.
impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

impl Eq for Expression {}

impl Expression {
    /// Reads five or six fields, or a name such as `@daily`; written in capitals.
    pub(super) fn read(written: &[&str]) -> Result<Self, ScheduleFault> {
        let named = match written {
            ["@YEARLY" | "@ANNUALLY"] => Some(["0", "0", "1", "1", "*"]),
            ["@MONTHLY"] => Some(["0", "0", "1", "*", "*"]),
            ["@WEEKLY"] => Some(["0", "0", "*", "*", "0"]),
            ["@DAILY" | "@MIDNIGHT"] => Some(["0", "0", "*", "*", "*"]),
            ["@HOURLY"] => Some(["0", "*", "*", "*", "*"]),
            _ => None,
        };
        Self::of(Fields::read(
            named.as_ref().map_or(written, <[_; 5]>::as_slice),
        )?)
    }

    /// The expression of these values.
    ///
    /// # Errors
    /// It is due more often than once a minute, or never.
    pub(super) fn of(fields: Fields) -> Result<Self, ScheduleFault> {
        let fields = fields.plain();
        if fields.seconds.count() > 1 {
            return Err(ScheduleFault::TooOften);
        }
        if fields.needs_calendar() && !fields.every_weekday() {
            return Err(ScheduleFault::BusinessDayAndWeekday);
        }
        let expression = Self {
            days: walker(&format!(
                "0 0 0 {} {} {}",
                listed(fields.wide_days()),
                listed(fields.months),
                listed(fields.wide_weekdays())
            )),
            times: walker(&format!(
                "{} {} {} * * *",
                listed(fields.seconds),
                listed(fields.minutes),
                listed(fields.hours)
            )),
            fields,
        };
        if expression.is_met() {
            Ok(expression)
        } else {
            Err(ScheduleFault::Never)
        }
    }

    /// The values of the fields.
    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Whether there is a day at all. Weekdays and leap years repeat after 28 years, so more need not
    /// be looked at; every month has the business days that can be written.
    fn is_met(&self) -> bool {
        let calendar = Calendar::default();
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
        self.fields.needs_calendar()
            || self
                .days_from(first, &calendar)
                .next()
                .is_some_and(|day| day.year() < 2028)
    }

    /// The days from `first` on, `first` included.
    pub(super) fn days_from<'a>(
        &'a self,
        first: NaiveDate,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = NaiveDate> + 'a {
        let earliest = NaiveDate::from_ymd_opt(YEARS.0, 1, 1).expect("a day");
        let before = just_before(first.max(earliest).and_time(NaiveTime::MIN));
        self.days
            .after_owned(before)
            .map(|midnight| midnight.date_naive())
            .filter(|day| self.fields.holds(*day, calendar))
    }

    /// The times of each of its days from `first` on, `first` included, in order.
    pub(super) fn times_from(&self, first: NaiveTime) -> impl Iterator<Item = NaiveTime> + '_ {
        // Every day has the same times, so any day will do.
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
        self.times
            .after_owned(just_before(day.and_time(first)))
            .map(|instant| instant.naive_utc())
            .take_while(move |local| local.date() == day)
            .map(|local| local.time())
    }
}

/// The second before, for a crate that looks for what comes after.
fn just_before(local: NaiveDateTime) -> DateTime<Utc> {
    (local - TimeDelta::seconds(1)).and_utc()
}

fn listed(values: Values) -> String {
    let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
    values.join(",")
}

fn walker(expression: &str) -> Arc<cron::Schedule> {
    let schedule = expression
        .parse()
        .expect("plain lists of values within their bounds are an expression of the crate");
    Arc::new(schedule)
}
