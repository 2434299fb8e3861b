//! Places in a week or month: 月・水曜, 第2火曜, 15日, 末日, 第1営業日.

use regex::Regex;
use std::sync::LazyLock;

use super::{
    WhenFault,
    part::{SEPARATORS, pattern},
};
use crate::schedule::field::{
    BUSINESS_DAY, BUSINESS_DAY_NUMBER_MAX, Field, LAST_BUSINESS_DAY, LAST_DAY, LAST_PLACE,
    PLACE_MAX, Values,
};

/// Weekdays in the order of cron: Sunday is 0.
pub(super) const WEEKDAYS: &str = "日月火水木金土";

/// Days of a month by number, by weekday, or by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) days: Values,
    pub(super) weekdays: Values,
}

impl Places {
    /// Every day.
    pub(super) fn every() -> Self {
        Self {
            days: Field::Day.all(),
            weekdays: Field::Weekday.all(),
        }
    }

    /// Every business day.
    pub(super) fn business() -> Self {
        Self {
            days: Values::one(BUSINESS_DAY),
            ..Self::every()
        }
    }

    /// These weekdays of every week; `None` if the text is no list of weekdays.
    pub(super) fn weekly(text: &str) -> Option<Self> {
        Some(Self {
            weekdays: weekdays(text)?,
            ..Self::every()
        })
    }

    /// A list of places in a month: 第1・第3火曜, 5日と20日, 末日, 最終営業日.
    ///
    /// # Errors
    /// An item is not understood or in no month, or days and weekdays stand side by side.
    pub(super) fn monthly(text: &str) -> Result<Self, WhenFault> {
        let mut days = Values::NONE;
        let mut weekdays = Values::NONE;
        // 第1・第3火曜: numbers wait for the weekday that follows them.
        let mut waiting: Vec<u32> = Vec::new();
        let mut last_places: Vec<u32> = Vec::new();
        for item in text.split(SEPARATORS) {
            let item = item.trim_start_matches('の');
            if item.is_empty() {
                return Err(WhenFault::NotUnderstood(text.to_owned()));
            }
            match one(item)? {
                Place::Day(day) => days = days.or(Values::one(day)),
                Place::Number(number) => waiting.push(number),
                Place::Weekday(place, weekday) => {
                    let places = match place {
                        Some(place) => {
                            last_places = std::mem::take(&mut waiting);
                            last_places.push(place);
                            &last_places
                        }
                        // 第2水・金曜: the place holds for what follows.
                        None if waiting.is_empty() => &last_places,
                        None => return Err(WhenFault::NotUnderstood(text.to_owned())),
                    };
                    if places.is_empty() {
                        return Err(WhenFault::NotUnderstood(item.to_owned()));
                    }
                    for place in places {
                        weekdays = weekdays.or(Values::one(weekday + 7 * place));
                    }
                }
            }
        }
        match (waiting.is_empty(), days.is_empty(), weekdays.is_empty()) {
            (false, ..) | (_, true, true) => Err(WhenFault::NotUnderstood(text.to_owned())),
            (_, false, false) => Err(WhenFault::SeveralDays),
            (_, false, true) => Ok(Self {
                days,
                ..Self::every()
            }),
            (_, true, false) => Ok(Self {
                weekdays,
                ..Self::every()
            }),
        }
    }
}

/// One item of a list.
enum Place {
    /// A value of the field of days.
    Day(u32),
    /// 第1 of 第1・第3火曜.
    Number(u32),
    /// A weekday with its place, or with the place of the one before.
    Weekday(Option<u32>, u32),
}

fn one(item: &str) -> Result<Place, WhenFault> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})日?$"));
    static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:第?(?<number>\d{1,2})(?:回|週)?の?|(?<last>最終|最後の|末の))?(?<weekday>[月火水木金土日])(?<word>曜日?)?$",
        )
    });
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^第?(\d{1,2})(?:週)?$"));
    static BUSINESS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^第?(\d{1,2})(?:営業日|平日)目?$"));
    let no_such = || WhenFault::NoSuchPlace(item.to_owned());
    let number = |text: &str| text.parse::<u32>().map_err(|_| no_such());
    match item {
        "末" | "末日" | "月末" | "月末日" | "最終日" | "最後の日" => {
            return Ok(Place::Day(LAST_DAY));
        }
        "初日" | "月初" | "ついたち" | "朔日" => return Ok(Place::Day(1)),
        "最初の営業日" | "最初の平日" | "初営業日" | "月初営業日" | "月初の営業日"
        | "月初の平日" | "月初平日" => return Ok(Place::Day(BUSINESS_DAY + 1)),
        "最終営業日" | "最後の営業日" | "最終平日" | "最後の平日" | "末の営業日" | "末の平日"
        | "末営業日" | "末平日" | "月末の営業日" | "月末の平日" | "月末営業日" | "月末平日" =>
        {
            return Ok(Place::Day(LAST_BUSINESS_DAY));
        }
        _ => {}
    }
    if let Some(found) = BUSINESS.captures(item) {
        let number = number(&found[1])?;
        return if (1..=BUSINESS_DAY_NUMBER_MAX).contains(&number) {
            Ok(Place::Day(BUSINESS_DAY + number))
        } else {
            Err(no_such())
        };
    }
    // 第1 waits for its weekday; a bare number is a day.
    if item.starts_with('第')
        && let Some(found) = NUMBER.captures(item)
    {
        return match number(&found[1])? {
            place @ 1..=PLACE_MAX => Ok(Place::Number(place)),
            _ => Err(no_such()),
        };
    }
    if let Some(found) = DAY.captures(item) {
        return match number(&found[1])? {
            day @ 1..=31 => Ok(Place::Day(day)),
            _ => Err(no_such()),
        };
    }
    let found = WEEKDAY
        .captures(item)
        .ok_or_else(|| WhenFault::NotUnderstood(item.to_owned()))?;
    let weekday = weekday(&found["weekday"]).expect("the pattern names weekdays");
    match (found.name("number"), found.name("last")) {
        (Some(written), _) => match number(written.as_str())? {
            place @ 1..=PLACE_MAX => Ok(Place::Weekday(Some(place), weekday)),
            _ => Err(no_such()),
        },
        (None, Some(_)) => Ok(Place::Weekday(Some(LAST_PLACE), weekday)),
        (None, None) => Ok(Place::Weekday(None, weekday)),
    }
}

/// The value of a weekday's letter.
pub(super) fn weekday(letter: &str) -> Option<u32> {
    let at = WEEKDAYS
        .chars()
        .position(|known| letter.chars().eq([known]))?;
    u32::try_from(at).ok()
}

/// 月・水・金曜, 月水金, 月曜と木曜, 月~金, 土日.
fn weekdays(text: &str) -> Option<Values> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[月火水木金土日](?:曜日?)?(?:[・、,と&･]?[月火水木金土日](?:曜日?)?)*$")
    });
    static SPAN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?<first>[月火水木金土日])(?:曜日?)?(?:~|〜|-|から)(?<last>[月火水木金土日])(?:曜日?)?$",
        )
    });
    if let Some(found) = SPAN.captures(text) {
        let (first, last) = (weekday(&found["first"])?, weekday(&found["last"])?);
        // Sunday ends a span of a week that begins on Monday.
        let last = if last < first { last + 7 } else { last };
        return Some((first..=last).map(|day| Values::one(day % 7)).collect());
    }
    if !LIST.is_match(text) {
        return None;
    }
    let plain = text.replace("曜日", "").replace('曜', "");
    let letters = plain.chars().filter(|letter| !SEPARATORS.contains(letter));
    letters
        .map(|letter| weekday(&letter.to_string()).map(Values::one))
        .collect()
}
