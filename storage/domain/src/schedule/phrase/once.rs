//! Phrases for one date: 12/1, 明日, 3日後, 来週金曜, 来月末, 12月の第2火曜.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Timelike};
use regex::{Captures, Regex};
use std::sync::LazyLock;

use super::{
    DEFAULT_TIME, WhenFault, furthest,
    part::{Parts, SEPARATORS, pattern},
    place::{self, Places},
};
use crate::{
    calendar::{Calendar, first_day_of_month, month_days},
    era::{DateFault, read_date},
    occurrence::Moment,
    schedule::{
        Fields,
        field::{Field, Values},
    },
};

/// How many months ahead a place in a month is looked for: a leap day, and more.
const MONTHS_AHEAD_MAX: u32 = 100;

/// The moment a phrase means.
pub(super) fn moment(parts: &Parts, now: Moment, calendar: &Calendar) -> Result<Moment, WhenFault> {
    if parts.times.is_empty()
        && let Some(later) = span_of_time(&parts.day, now)?
    {
        return Ok(later);
    }
    let time = match parts.times.as_slice() {
        [] if parts.day.is_empty() => return Err(WhenFault::NotUnderstood(String::new())),
        [] => DEFAULT_TIME,
        [time] => *time,
        _ => return Err(WhenFault::SeveralTimes),
    };
    let day = Day {
        time,
        now,
        calendar,
    };
    let date = day.find(&parts.day)?;
    let date = calendar.shifted(date, parts.shift.unwrap_or_default());
    let moment = Moment { date, time };
    if moment <= now {
        return Err(WhenFault::Past(moment));
    }
    if date > furthest(now.date) {
        return Err(WhenFault::TooFar);
    }
    Ok(moment)
}

/// 30分後, 2時間後, 1時間半後.
fn span_of_time(text: &str, now: Moment) -> Result<Option<Moment>, WhenFault> {
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:(?<hours>\d{1,3})時間(?<half>半)?)?(?:(?<minutes>\d{1,4})分)?後$")
    });
    let Some(found) = SPAN.captures(text).filter(|_| text != "後") else {
        return Ok(None);
    };
    let half = if found.name("half").is_some() { 30 } else { 0 };
    let minutes = number(&found, "hours") * 60 + half + number(&found, "minutes");
    // The minute that runs has begun already: count from its beginning.
    let minute = now
        .time
        .with_second(0)
        .and_then(|time| time.with_nanosecond(0));
    let local =
        now.date.and_time(minute.unwrap_or(now.time)) + TimeDelta::minutes(i64::from(minutes));
    let moment = Moment {
        date: local.date(),
        time: local.time(),
    };
    if moment > now {
        Ok(Some(moment))
    } else {
        Err(WhenFault::Past(moment))
    }
}

/// How the day of a phrase is found.
struct Day<'a> {
    time: NaiveTime,
    now: Moment,
    calendar: &'a Calendar,
}

impl Day<'_> {
    fn find(&self, text: &str) -> Result<NaiveDate, WhenFault> {
        let today = self.now.date;
        if text.is_empty() {
            // 14時 alone: today, or tomorrow when it has struck.
            let days = u64::from(!self.is_ahead(today));
            return today
                .checked_add_days(Days::new(days))
                .ok_or(WhenFault::TooFar);
        }
        for reading in [Self::later, Self::weekday, Self::month, Self::next_place] {
            if let Some(found) = reading(self, text) {
                return found;
            }
        }
        match read_date(text, today) {
            Ok(reading) => Ok(reading.date),
            Err(DateFault::NotADate) => Err(WhenFault::NotUnderstood(text.to_owned())),
            Err(fault) => Err(WhenFault::Date(fault)),
        }
    }

    fn is_ahead(&self, date: NaiveDate) -> bool {
        let time = self.time;
        Moment { date, time } > self.now
    }

    /// 3日後, 2週間後, 1か月後, 1年後, 5営業日後, 翌営業日.
    fn later(&self, text: &str) -> Option<Result<NaiveDate, WhenFault>> {
        static LATER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"^(?<number>\d{1,4})(?<unit>日|週間?|(?:か|ヶ|ケ|カ|ヵ|箇|個)月|年|営業日)後$")
        });
        let today = self.now.date;
        if matches!(text, "翌営業日" | "次の営業日") {
            return Some(self.business_days(1));
        }
        let found = LATER.captures(text)?;
        let count = number(&found, "number");
        let date = match &found["unit"] {
            "日" => today.checked_add_days(Days::new(u64::from(count))),
            "週" | "週間" => today.checked_add_days(Days::new(7 * u64::from(count))),
            "年" => today.checked_add_months(Months::new(12 * count)),
            "営業日" => return Some(self.business_days(count)),
            _ => today.checked_add_months(Months::new(count)),
        };
        Some(date.ok_or(WhenFault::TooFar))
    }

    fn business_days(&self, count: u32) -> Result<NaiveDate, WhenFault> {
        let count = i32::try_from(count).ok();
        count
            .and_then(|count| self.calendar.business_days_from(self.now.date, count))
            .ok_or(WhenFault::TooFar)
    }

    /// 来週金曜, 金曜, 次の金曜. Weeks begin on Monday.
    fn weekday(&self, text: &str) -> Option<Result<NaiveDate, WhenFault>> {
        static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"^(?:(?<week>今週|来週|翌週|再来週)の?(?<of>[月火水木金土日])(?:曜日?)?|(?<next>次の|今度の|次回の)?(?<only>[月火水木金土日])曜日?)$",
            )
        });
        let found = WEEKDAY.captures(text)?;
        let today = self.now.date;
        let named = found.name("of").or(found.name("only"))?;
        // Days since Monday; cron begins with Sunday.
        let place = (place::weekday(named.as_str())? + 6) % 7;
        let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
        let in_week = |weeks: u64| {
            monday
                .checked_add_days(Days::new(7 * weeks + u64::from(place)))
                .ok_or(WhenFault::TooFar)
        };
        Some(match found.name("week").map(|week| week.as_str()) {
            Some("今週") => in_week(0),
            Some("来週" | "翌週") => in_week(1),
            Some(_) => in_week(2),
            None => in_week(0).and_then(|date| {
                let is_meant = if found.name("next").is_some() {
                    date > today
                } else {
                    self.is_ahead(date)
                };
                if is_meant { Ok(date) } else { in_week(1) }
            }),
        })
    }

    /// 今月15日, 来月末, 再来月の第2火曜, 来年4月の第1営業日.
    fn month(&self, text: &str) -> Option<Result<NaiveDate, WhenFault>> {
        static MONTH: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"^(?:(?<month>今月|当月|来月|翌月|再来月)|(?<year>今年|本年|来年|翌年|再来年)の?(?<of>\d{1,2})月)の?(?<rest>.+)$",
            )
        });
        let found = MONTH.captures(text)?;
        let this_month = first_day_of_month(self.now.date);
        let first = match (found.name("month"), found.name("year")) {
            (Some(month), _) => {
                let months = ahead(month.as_str());
                this_month.checked_add_months(Months::new(months))
            }
            (None, year) => {
                let years = ahead(year?.as_str()).cast_signed();
                let month = number(&found, "of");
                if !(1..=12).contains(&month) {
                    return Some(Err(WhenFault::NoSuchPlace(text.to_owned())));
                }
                NaiveDate::from_ymd_opt(this_month.year() + years, month, 1)
            }
        };
        let first = match first.ok_or(WhenFault::TooFar) {
            Ok(first) => first,
            Err(fault) => return Some(Err(fault)),
        };
        Some(places(&found["rest"]).and_then(|fields| {
            month_days(first)
                .find(|day| fields.holds(*day, self.calendar))
                .ok_or(WhenFault::NotThatMonth)
        }))
    }

    /// 15日, 12月末, 12月の第2火曜, 3月最終営業日: the next there is. 12月1日 is a date.
    fn next_place(&self, text: &str) -> Option<Result<NaiveDate, WhenFault>> {
        static PLACE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"^(?:(?<month>\d{1,2})月の?(?<rest>[^\d].*)|(?<day>\d{1,2})日(?:[月火水木金土日]曜?日?)?)$",
            )
        });
        let found = PLACE.captures(text)?;
        let (month, rest) = match found.name("day") {
            Some(_) => (None, text),
            None => (Some(number(&found, "month")), found.name("rest")?.as_str()),
        };
        if month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Some(Err(WhenFault::NoSuchPlace(text.to_owned())));
        }
        let fields = match places(rest) {
            Ok(fields) => fields,
            Err(fault) => return Some(Err(fault)),
        };
        let first = first_day_of_month(self.now.date);
        let found = (0..MONTHS_AHEAD_MAX)
            .filter_map(|ahead| first.checked_add_months(Months::new(ahead)))
            .filter(|first| month.is_none_or(|month| first.month() == month))
            .flat_map(month_days)
            .find(|day| fields.holds(*day, self.calendar) && self.is_ahead(*day));
        Some(found.ok_or(WhenFault::TooFar))
    }
}

/// One place in a month.
fn places(text: &str) -> Result<Fields, WhenFault> {
    if text.contains(SEPARATORS) {
        return Err(WhenFault::SeveralDays);
    }
    let places = Places::monthly(text)?;
    Ok(Fields {
        seconds: Values::one(0),
        minutes: Values::one(0),
        hours: Values::one(0),
        days: places.days,
        months: Field::Month.all(),
        weekdays: places.weekdays,
    })
}

/// How many months or years 今, 来, 翌 and 再来 are ahead.
fn ahead(word: &str) -> u32 {
    match word.chars().next() {
        Some('再') => 2,
        Some('来' | '翌') => 1,
        _ => 0,
    }
}

/// The number of a group; 0 when it is not there.
fn number(found: &Captures<'_>, name: &str) -> u32 {
    found
        .name(name)
        .and_then(|digits| digits.as_str().parse().ok())
        .unwrap_or(0)
}
