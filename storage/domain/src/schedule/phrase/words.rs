//! Phrases as they are shown.

use chrono::{NaiveTime, Timelike};

use super::place::WEEKDAYS;
use crate::{
    calendar::Shift,
    era::format_date,
    occurrence::Moment,
    schedule::{
        Schedule, Weeks,
        field::{BUSINESS_DAY, Field, LAST_BUSINESS_DAY, LAST_DAY, LAST_PLACE, Values, place},
    },
};

/// Most times of day that are listed in words.
const TIMES_MAX: usize = 6;

/// 令和8年11月27日(金) 9:00.
pub(super) fn moment(moment: Moment) -> String {
    format!("{} {}", format_date(moment.date), time(moment.time))
}

/// 毎月第2火曜 14:00; nothing where there are no words for it.
pub(super) fn schedule(schedule: &Schedule) -> Option<String> {
    let times: Vec<NaiveTime> = schedule
        .expression
        .times_from(NaiveTime::MIN)
        .take(TIMES_MAX + 1)
        .collect();
    if times.len() > TIMES_MAX || times.iter().any(|time| time.second() != 0) {
        return None;
    }
    let times: Vec<String> = times.into_iter().map(time).collect();
    let mut remarks = Vec::new();
    if let Some(weeks) = schedule.weeks {
        remarks.push(format!("{}から", format_date(weeks.from)));
    }
    match schedule.shift {
        Shift::None => {}
        Shift::Next => remarks.push("休みなら翌営業日".to_owned()),
        Shift::Previous => remarks.push("休みなら前営業日".to_owned()),
    }
    let remarks = if remarks.is_empty() {
        String::new()
    } else {
        format!("（{}）", remarks.join("、"))
    };
    Some(format!("{} {}{remarks}", days(schedule)?, times.join("・")))
}

fn time(time: NaiveTime) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

fn days(schedule: &Schedule) -> Option<String> {
    let fields = schedule.fields();
    let every_month = fields.every_month();
    let months: Vec<String> = fields
        .months
        .iter()
        .map(|month| format!("{month}月"))
        .collect();
    let months = format!("毎年{}", months.join("・"));
    let place = match (fields.every_day(), fields.every_weekday()) {
        (true, true) => "毎日".to_owned(),
        (true, false) => {
            if let Some(weekdays) = weekly(fields.weekdays) {
                match schedule.weeks {
                    Some(Weeks { every: 2, .. }) => return Some(format!("隔週{weekdays}")),
                    Some(Weeks { every, .. }) => return Some(format!("{every}週ごと{weekdays}")),
                    None => format!("毎週{weekdays}"),
                }
            } else {
                return Some(monthly(
                    every_month,
                    &months,
                    &weekdays_of_month(fields.weekdays)?,
                ));
            }
        }
        (false, true) if fields.days == Values::one(BUSINESS_DAY) => "毎営業日".to_owned(),
        (false, true) => {
            let days = days_of_month(fields.days)?;
            // 毎年4月1日 is shorter than 毎年4月の1日.
            let is_date = fields.months.count() == 1
                && days.len() == 1
                && days[0].starts_with(|letter: char| letter.is_ascii_digit());
            if is_date {
                return Some(format!("{months}{}", days[0]));
            }
            return Some(monthly(every_month, &months, &days));
        }
        (false, false) => return None,
    };
    // 毎日 is meant even where weeks are counted.
    match (schedule.weeks, every_month) {
        (Some(_), _) => None,
        (None, true) => Some(place),
        (None, false) => Some(format!("{months}の{place}")),
    }
}

fn monthly(every_month: bool, months: &str, places: &[String]) -> String {
    let places = places.join("・");
    if every_month {
        format!("毎月{places}")
    } else {
        format!("{months}の{places}")
    }
}

/// 月・水・金曜, for weekdays of every week.
fn weekly(weekdays: Values) -> Option<String> {
    if weekdays.iter().any(|value| value >= 7) {
        return None;
    }
    let letters: Vec<String> = from_monday(weekdays)
        .into_iter()
        .map(|weekday| letter(weekday).to_string())
        .collect();
    Some(format!("{}曜", letters.join("・")))
}

/// 第1火曜・最終金曜, for weekdays that have a place.
fn weekdays_of_month(weekdays: Values) -> Option<Vec<String>> {
    weekdays
        .iter()
        .map(|value| {
            let letter = letter(value % 7);
            Some(match place(value)? {
                LAST_PLACE => format!("最終{letter}曜"),
                number => format!("第{number}{letter}曜"),
            })
        })
        .collect()
}

/// 5日・20日・末日, or 第1営業日・最終営業日.
fn days_of_month(days: Values) -> Option<Vec<String>> {
    days.iter()
        .map(|day| match day {
            1..=31 => Some(format!("{day}日")),
            LAST_DAY => Some("末日".to_owned()),
            BUSINESS_DAY => None,
            LAST_BUSINESS_DAY => Some("最終営業日".to_owned()),
            number => Some(format!("第{}営業日", number - BUSINESS_DAY)),
        })
        .collect()
}

/// Weekdays as a week runs here: Sunday last.
fn from_monday(weekdays: Values) -> Vec<u32> {
    let plain: Vec<u32> = weekdays.and(Field::Weekday.all()).iter().collect();
    let (sunday, others): (Vec<u32>, Vec<u32>) = plain.into_iter().partition(|day| *day == 0);
    others.into_iter().chain(sunday).collect()
}

fn letter(weekday: u32) -> char {
    let at = usize::try_from(weekday).unwrap_or_default();
    WEEKDAYS.chars().nth(at).expect("weekdays are 0 to 6")
}
