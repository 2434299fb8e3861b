//! Dates, times and fiscal years as people write them, read.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use regex::{Captures, Regex};
use thiserror::Error;

use super::{ERAS, FiscalYear, era_of, weekday_name};
use crate::text::normalise;

/// How far back, in days, a day written without a year may lie before the next one of that name is meant instead.
pub const YEARLESS_DAYS_BACK: i64 = 60;

/// Characters of a written date or time beyond which it is not looked at.
const WRITTEN_MAX: usize = 40;

/// Why a written date could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateFault {
    /// It is not written like any date that is known here.
    #[error("not a date")]
    NotADate,
    /// It is written like a date, but the calendar has no such day (2月30日).
    #[error("there is no day {year}-{month}-{day}")]
    NoSuchDay {
        /// Western year.
        year: i32,
        /// Month as written.
        month: u32,
        /// Day as written.
        day: u32,
    },
    /// The weekday in brackets is not that of the date.
    #[error("{date} is not the weekday that was written")]
    WrongWeekday {
        /// The date as read.
        date: NaiveDate,
        /// The weekday that was written.
        written: Weekday,
    },
}

/// Why a written time could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TimeFault {
    /// It is not written like any time that is known here.
    #[error("not a time")]
    NotATime,
    /// It is written like a time, but the clock does not show it (25時, 午後13時).
    #[error("there is no such time")]
    NoSuchTime,
    /// 午前12時: noon by the letter of the law, midnight to many readers.
    #[error("noon or midnight")]
    NoonOrMidnight,
}

/// A written fiscal year could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a fiscal year")]
pub struct FiscalYearFault;

/// A date as read, with what the reader may want to mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateReading {
    /// The day.
    pub date: NaiveDate,
    /// The era as written did not hold on that day: 平成33年3月31日 stands in official texts written before the change of era
    /// (seed 002) and is 令和3年3月31日. Accepted, because refusing it would refuse those texts.
    pub beyond_era: bool,
}

/// Reads a date as [`read_date`] does, without the remark.
///
/// # Errors
/// As [`read_date`].
pub fn parse_date(written: &str, today: NaiveDate) -> Result<NaiveDate, DateFault> {
    read_date(written, today).map(|reading| reading.date)
}

/// Reads a date: 2026-12-01, 2026/12/1, 20261201, 令和8年12月1日, R8.12.1, 12/1, 12月1日, 8年12月1日, 明日 …, in any width,
/// with kanji numerals, and with the weekday behind it, which is then checked.
///
/// A year below 1868 without an era is a year of today's era. A day without a year is the next one of that name, unless the
/// last one is no more than [`YEARLESS_DAYS_BACK`] days past: minutes are entered late, plans are made ahead, and a past day
/// that is refused as past does less harm than one moved a year on in silence.
///
/// # Errors
/// [`DateFault`]: not a date, no such day, or a weekday that contradicts it.
pub fn read_date(written: &str, today: NaiveDate) -> Result<DateReading, DateFault> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?<era>令和|平成|昭和|大正|明治|[RHSTM])?(?<year>\d{1,4})(?:年度?|[-/.]))?(?<month>\d{1,2})(?:月|[-/.])(?<day>\d{1,2})日?(?:\(?(?<weekday>[月火水木金土日])(?:曜日?)?\)?)?$",
        )
    });
    static DIGITS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$"));
    let plain = plain(written).ok_or(DateFault::NotADate)?;
    if let Some(offset) = spoken_day(&plain) {
        let date = today
            .checked_add_signed(chrono::TimeDelta::days(offset))
            .ok_or(DateFault::NotADate)?;
        return Ok(DateReading {
            date,
            beyond_era: false,
        });
    }
    let parts = DIGITS
        .captures(&plain)
        .or_else(|| DATE.captures(&plain))
        .ok_or(DateFault::NotADate)?;
    let (month, day) = (number(&parts, "month"), number(&parts, "day"));
    let era = parts.name("era").and_then(|found| {
        ERAS.iter()
            .find(|era| found.as_str().starts_with([era.letter]) || found.as_str() == era.name)
    });
    let year = match parts
        .name("year")
        .map(|_| number(&parts, "year").cast_signed())
    {
        None => yearless(month, day, today),
        Some(0) => return Err(DateFault::NotADate),
        Some(year) => {
            match era.or_else(|| era_of(today).filter(|_| year < 100 && plain.contains('年'))) {
                Some(era) => era.first_year + year - 1,
                None if year < 1868 => return Err(DateFault::NotADate),
                None => year,
            }
        }
    };
    let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::NoSuchDay {
        year,
        month,
        day,
    })?;
    if let Some(weekday) = parts
        .name("weekday")
        .and_then(|name| weekday_named(name.as_str()))
        && weekday != date.weekday()
    {
        return Err(DateFault::WrongWeekday {
            date,
            written: weekday,
        });
    }
    let beyond_era =
        era.is_some_and(|written| era_of(date).is_none_or(|held| held.letter != written.letter));
    Ok(DateReading { date, beyond_era })
}

/// Reads a time of day: 14:00, 14時, 14時30分, 午後2時, 午前9時半, 午後2:30, 2pm, 正午, 1400, in any width.
///
/// 午後12時30分 is read as 12:30, as people mean it.
///
/// # Errors
/// [`TimeFault`]: not a time, no such time, or 午前12時, which means noon to some and midnight to others.
pub fn parse_time(written: &str) -> Result<NaiveTime, TimeFault> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?<half>午前|午後|AM|PM)?(?:(?<hour>\d{1,2})(?:時(?:(?<minute>\d{1,2})分|(?<thirty>半)|ちょうど)?|:(?<colon>\d{2}))|(?<packed>\d{2})(?<rest>\d{2})|(?<bare>\d{1,2}))(?<after>AM|PM)?$",
        )
    });
    let plain = plain(written).ok_or(TimeFault::NotATime)?;
    match plain.as_str() {
        "正午" => return Ok(NaiveTime::MIN + chrono::TimeDelta::hours(12)),
        "零時" | "真夜中" => return Ok(NaiveTime::MIN),
        _ => {}
    }
    let parts = TIME.captures(&plain).ok_or(TimeFault::NotATime)?;
    let half = parts
        .name("half")
        .or_else(|| parts.name("after"))
        .map(|half| half.as_str());
    if parts.name("bare").is_some() && half.is_none() {
        return Err(TimeFault::NotATime);
    }
    let first = |names: [&str; 3]| {
        names
            .into_iter()
            .find(|name| parts.name(name).is_some())
            .map_or(0, |name| number(&parts, name))
    };
    let hour = first(["hour", "packed", "bare"]);
    let minute = if parts.name("thirty").is_some() {
        30
    } else {
        first(["minute", "colon", "rest"])
    };
    let hour = match half {
        Some("午前" | "AM") if hour == 12 && minute == 0 => {
            return Err(TimeFault::NoonOrMidnight);
        }
        Some(_) if hour > 12 => return Err(TimeFault::NoSuchTime),
        Some("午前" | "AM") => hour % 12,
        Some(_) => hour % 12 + 12,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or(TimeFault::NoSuchTime)
}

/// Reads a fiscal year: 令和9年度, R9, 2027, 2027年度, 9 (of the newest era), 平成31年度 (which is 令和元年度).
///
/// # Errors
/// [`FiscalYearFault`] when it is none of these, or a western year before 1868 or after 2200.
pub fn parse_fiscal_year(written: &str) -> Result<FiscalYear, FiscalYearFault> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:FY)?(?<era>令和|平成|昭和|大正|明治|[RHSTM])?(?<year>\d{1,4})(?:年度?|FY)?$")
    });
    let plain = plain(written).ok_or(FiscalYearFault)?;
    let parts = YEAR.captures(&plain).ok_or(FiscalYearFault)?;
    let year = number(&parts, "year").cast_signed();
    let era = parts.name("era").map(|found| found.as_str());
    let era = ERAS.iter().find(|known| {
        era.map_or(year < 100, |era| {
            era == known.name || era.starts_with(known.letter)
        })
    });
    let western = match era {
        Some(era) if (1..100).contains(&year) => era.first_year + year - 1,
        None => year,
        Some(_) => return Err(FiscalYearFault),
    };
    if (1868..=2200).contains(&western) {
        Ok(FiscalYear(western))
    } else {
        Err(FiscalYearFault)
    }
}

fn weekday_named(name: &str) -> Option<Weekday> {
    let mut weekday = Weekday::Mon;
    for _ in 0..7 {
        if weekday_name(weekday) == name {
            return Some(weekday);
        }
        weekday = weekday.succ();
    }
    None
}

/// Days from today that a spoken day means.
fn spoken_day(plain: &str) -> Option<i64> {
    Some(match plain {
        "今日" | "本日" | "きょう" => 0,
        "明日" | "あした" | "あす" => 1,
        "明後日" | "あさって" => 2,
        "昨日" | "きのう" => -1,
        "一昨日" | "おととい" => -2,
        _ => return None,
    })
}

/// The year meant by a day without one; see [`read_date`].
fn yearless(month: u32, day: u32, today: NaiveDate) -> i32 {
    let earliest = today
        .checked_sub_days(Days::new(YEARLESS_DAYS_BACK.unsigned_abs()))
        .unwrap_or(today);
    if (month, day) >= (earliest.month(), earliest.day()) {
        earliest.year()
    } else {
        earliest.year() + 1
    }
}

/// The text without spaces, in one width, with kanji numerals as digits; nothing if it is too long to be a date or time.
fn plain(written: &str) -> Option<String> {
    if written.chars().count() > WRITTEN_MAX {
        return None;
    }
    let even = normalise(written);
    if spoken_day(even.trim()).is_some() {
        return Some(even.trim().to_owned());
    }
    let tight: String = even
        .to_uppercase()
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| {
            if "−‐‑–—―".contains(letter) {
                '-'
            } else {
                letter
            }
        })
        .collect();
    Some(with_digits(
        &tight
            .replace("元年", "1年")
            .replace("R元", "R1")
            .replace("H元", "H1"),
    ))
}

/// Kanji numerals as digits: 十二 → 12, 二〇二六 → 2026.
pub(crate) fn with_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<char> = Vec::new();
    for letter in text.chars() {
        if "〇一二三四五六七八九十百千".contains(letter) {
            run.push(letter);
        } else {
            out.push_str(&numeral(&run));
            run.clear();
            out.push(letter);
        }
    }
    out + &numeral(&run)
}

fn numeral(run: &[char]) -> String {
    let digit = |letter: &char| {
        "〇一二三四五六七八九"
            .chars()
            .position(|known| known == *letter)
    };
    if run.iter().all(|letter| digit(letter).is_some()) {
        return run
            .iter()
            .filter_map(digit)
            .map(|value| value.to_string())
            .collect();
    }
    let (mut sum, mut pending) = (0, None);
    for letter in run {
        let unit = match letter {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = digit(letter);
                continue;
            }
        };
        sum += pending.take().unwrap_or(1) * unit;
    }
    (sum + pending.unwrap_or(0)).to_string()
}

fn number(parts: &Captures<'_>, name: &str) -> u32 {
    parts
        .name(name)
        .and_then(|digits| digits.as_str().parse().ok())
        .unwrap_or(0)
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern of this module compiles")
}
