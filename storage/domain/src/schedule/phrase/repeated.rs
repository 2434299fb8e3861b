//! Phrases for what repeats: 毎日, 毎週…, 隔週…, 毎月…, 隔月…, 毎年….

use chrono::{Datelike, NaiveTime, Timelike};
use chrono_tz::Tz;
use regex::Regex;
use std::sync::LazyLock;

use super::{
    DEFAULT_TIME, WhenFault,
    part::{Parts, SEPARATORS, pattern},
    place::Places,
};
use crate::{
    calendar::{Calendar, Shift},
    occurrence::Moment,
    schedule::{
        Expression, Fields, Schedule, ScheduleFault, WEEKS_MAX, Weeks,
        field::{Field, Values},
    },
};

/// Any zone without clock changes will do to walk the wall calendar.
const WALL: Tz = Tz::UTC;

/// What repeats, without the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rhythm {
    places: Places,
    months: Values,
    every: Every,
}

/// Whether weeks or months are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    One,
    Weeks(u32),
    Months(u32),
}

impl Rhythm {
    fn of(places: Places) -> Self {
        Self {
            places,
            months: Field::Month.all(),
            every: Every::One,
        }
    }

    fn fields(&self, minutes: Values, hours: Values) -> Fields {
        Fields {
            seconds: Values::one(0),
            minutes,
            hours,
            days: self.places.days,
            months: self.months,
            weekdays: self.places.weekdays,
        }
    }

    /// The schedule: with the times, from the first day that is still ahead.
    pub(super) fn schedule(
        mut self,
        parts: &Parts,
        now: Moment,
        calendar: &Calendar,
    ) -> Result<Schedule, WhenFault> {
        let (minutes, hours) = clock(&parts.times)?;
        let from = parts.first_day(now.date)?;
        let shift = parts.shift.unwrap_or_default();
        let mut weeks = None;
        match self.every {
            Every::One if from.is_some() => {
                return Err(WhenFault::NotUnderstood(
                    parts.from.clone().unwrap_or_default(),
                ));
            }
            Every::One => {}
            Every::Weeks(every) => {
                let from = match from {
                    Some(from) => from,
                    None => self.first(minutes, hours, now, calendar)?.date,
                };
                weeks = Some(Weeks { every, from });
            }
            Every::Months(step) => {
                let first = match from {
                    Some(from) => from,
                    None => self.first(minutes, hours, now, calendar)?.date,
                };
                self.months = (0..12 / step)
                    .map(|turn| Values::one((first.month0() + turn * step) % 12 + 1))
                    .collect();
            }
        }
        let expression = Expression::of(self.fields(minutes, hours))?;
        Ok(Schedule::of(expression, weeks, shift)?)
    }

    /// The next moment if no week or month were left out.
    fn first(
        &self,
        minutes: Values,
        hours: Values,
        now: Moment,
        calendar: &Calendar,
    ) -> Result<Moment, WhenFault> {
        let expression = Expression::of(self.fields(minutes, hours))?;
        let every = Schedule::of(expression, None, Shift::None)?;
        every
            .next_moment(now.instant(WALL), WALL, calendar)
            .ok_or(WhenFault::Schedule(ScheduleFault::Never))
    }
}

/// Minutes and hours, where every minute is meant in every hour.
fn clock(times: &[NaiveTime]) -> Result<(Values, Values), WhenFault> {
    let times = if times.is_empty() {
        &[DEFAULT_TIME]
    } else {
        times
    };
    let minutes: Values = times
        .iter()
        .map(|time| Values::one(time.minute()))
        .collect();
    let hours: Values = times.iter().map(|time| Values::one(time.hour())).collect();
    let mut distinct = times.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if u32::try_from(distinct.len()).ok() == Some(minutes.count() * hours.count()) {
        Ok((minutes, hours))
    } else {
        Err(WhenFault::SeveralTimes)
    }
}

/// The rhythm of a day's words; `None` when they do not repeat.
pub(super) fn rhythm(day: &str) -> Result<Option<Rhythm>, WhenFault> {
    static WEEKLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:毎週|(?<other>隔週|1週おき)|(?<number>\d{1,2})週間?(?:ごと|毎|に1[回度]))の?(?<rest>.+)$",
        )
    });
    static MONTHLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:毎月|毎?(?<even>偶数月)|毎?(?<odd>奇数月)|(?<other>隔月)|(?<number>\d{1,2})(?:か|ヶ|ケ|カ|ヵ|箇|個)?月(?:ごと|毎|に1[回度]))の?(?<rest>.+)$",
        )
    });
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:第\d|\d{1,2}営業日目?$|最終|最後の|最初の|月末|月初|末日)"));
    let not_understood = || WhenFault::NotUnderstood(day.to_owned());
    if let Some(places) = daily(day) {
        return Ok(Some(Rhythm::of(places)));
    }
    if let Some(found) = WEEKLY.captures(day) {
        let rest = &found["rest"];
        let places = match found.name("number").or(found.name("other")) {
            None if matches!(rest, "平日" | "営業日") => Some(Places::business()),
            _ => Places::weekly(rest),
        };
        let rhythm = Rhythm::of(places.ok_or_else(not_understood)?);
        let every = number(found.name("number").map(|found| found.as_str()));
        let every = if found.name("other").is_some() {
            Some(2)
        } else {
            every
        };
        return Ok(Some(match every {
            None | Some(1) => rhythm,
            Some(weeks) if (2..=WEEKS_MAX).contains(&weeks) => Rhythm {
                every: Every::Weeks(weeks),
                ..rhythm
            },
            Some(_) => return Err(not_understood()),
        }));
    }
    if let Some(places) = day.strip_prefix('毎').and_then(Places::weekly)
        && day.contains('曜')
    {
        return Ok(Some(Rhythm::of(places)));
    }
    if let Some(found) = MONTHLY.captures(day) {
        let rhythm = Rhythm::of(Places::monthly(&found["rest"])?);
        let months = |first: u32| (first..=12).step_by(2).map(Values::one).collect();
        let step = number(found.name("number").map(|found| found.as_str()));
        return Ok(Some(match step {
            _ if found.name("even").is_some() => Rhythm {
                months: months(2),
                ..rhythm
            },
            _ if found.name("odd").is_some() => Rhythm {
                months: months(1),
                ..rhythm
            },
            _ if found.name("other").is_some() => Rhythm {
                every: Every::Months(2),
                ..rhythm
            },
            None | Some(1) => rhythm,
            Some(step @ (2 | 3 | 4 | 6 | 12)) => Rhythm {
                every: Every::Months(step),
                ..rhythm
            },
            Some(step) => return Err(WhenFault::MonthStep(step)),
        }));
    }
    if let Some(rest) = day.strip_prefix("毎年") {
        return yearly(rest.trim_start_matches('の')).map(Some);
    }
    if PLACE.is_match(day) {
        return Places::monthly(day).map(|places| Some(Rhythm::of(places)));
    }
    Ok(None)
}

/// 毎日, 毎朝 and 毎営業日, alone or behind a month.
fn daily(text: &str) -> Option<Places> {
    match text {
        "毎日" | "毎朝" => Some(Places::every()),
        "毎営業日" | "営業日毎" | "営業日ごと" | "平日" | "毎平日" | "平日毎日" | "平日は毎日" => {
            Some(Places::business())
        }
        _ => None,
    }
}

/// 4月1日, 4月・10月の1日と15日, 4月1日と10月1日, 6月の第2火曜, 4月の毎週月曜.
fn yearly(text: &str) -> Result<Rhythm, WhenFault> {
    static MONTH: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?<month>\d{1,2})月の?(?<rest>.*)$"));
    let not_understood = || WhenFault::NotUnderstood(format!("毎年{text}"));
    let mut months = Values::NONE;
    // Each run of months with the places that follow it.
    let mut groups: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for item in text.split(SEPARATORS) {
        let rest = match MONTH.captures(item) {
            Some(found) => {
                let month = number(Some(&found["month"])).filter(|month| (1..=12).contains(month));
                let month = month.ok_or_else(|| WhenFault::NoSuchPlace(item.to_owned()))?;
                months = months.or(Values::one(month));
                if !open {
                    groups.push(Vec::new());
                }
                found.name("rest").expect("the pattern has a rest").as_str()
            }
            None => item,
        };
        open = rest.is_empty();
        if !open {
            groups.last_mut().ok_or_else(not_understood)?.push(rest);
        }
    }
    if open {
        return Err(not_understood());
    }
    let mut places = None;
    for group in groups {
        let text = group.join("・");
        let found = match (daily(&text), text.strip_prefix("毎週")) {
            (Some(found), _) => found,
            (None, Some(weekdays)) => Places::weekly(weekdays).ok_or_else(not_understood)?,
            (None, None) => Places::monthly(&text)?,
        };
        if places.replace(found).is_some_and(|before| before != found) {
            return Err(WhenFault::SeveralDays);
        }
    }
    Ok(Rhythm {
        months,
        ..Rhythm::of(places.ok_or_else(not_understood)?)
    })
}

fn number(written: Option<&str>) -> Option<u32> {
    written?.parse().ok()
}
