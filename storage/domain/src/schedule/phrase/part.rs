//! A phrase in its parts: the day, the times, the first day that counts, what happens on days off.

use chrono::{NaiveDate, NaiveTime};
use regex::{Captures, Regex};
use std::{ops::Range, sync::LazyLock};

use super::WhenFault;
use crate::{
    calendar::Shift,
    era::{self, parse_time},
    text::normalise,
};

/// A time of day as it stands in a phrase.
const TIME: &str = r"(?:(?:(?:午前|午後|AM|PM)\s*)?\d{1,2}\s*(?:時(?:\s*\d{1,2}\s*分|半|ちょうど)?|:\d{2})(?:\s*(?:AM|PM))?|\d{1,2}\s*(?:AM|PM)|正午|零時|真夜中)";

/// What stands between the items of a list.
pub(super) const SEPARATORS: [char; 6] = ['・', '、', ',', 'と', '&', '･'];

/// The parts of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// The words for the day, without blanks and brackets, numerals as digits; may be empty.
    pub(super) day: String,
    /// The times, in the order written.
    pub(super) times: Vec<NaiveTime>,
    /// 令和8年11月24日(火)から.
    pub(super) from: Option<String>,
    /// 休みなら翌営業日.
    pub(super) shift: Option<Shift>,
}

impl Parts {
    pub(super) fn of(written: &str) -> Result<Self, WhenFault> {
        let mut rest = era::with_digits(&normalise(written).to_uppercase());
        let shift = shift(&mut rest);
        let from = from(&mut rest);
        let (day, times) = day_and_times(rest.trim())?;
        let day: String = day
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"()".contains(*letter))
            .collect();
        let day = day
            .trim_end_matches(['の', 'に', 'は', 'で', '、', ','])
            .to_owned();
        Ok(Self {
            day,
            times,
            from,
            shift,
        })
    }

    /// The first day that counts, as a date.
    pub(super) fn first_day(&self, today: NaiveDate) -> Result<Option<NaiveDate>, WhenFault> {
        let read = |written: &String| era::parse_date(written, today).map_err(WhenFault::Date);
        self.from.as_ref().map(read).transpose()
    }
}

/// Whether the phrase is a cron expression: five words or more, the first of numbers and signs; or `@…`.
pub(super) fn is_expression(written: &str) -> bool {
    let even = normalise(written);
    let mut words = even.split_whitespace();
    let first = words.next().unwrap_or_default();
    let is_field = |word: &str| {
        word.chars()
            .all(|letter| letter.is_ascii_digit() || "*/,-?".contains(letter))
    };
    first.starts_with('@') || (!first.is_empty() && is_field(first) && words.count() >= 4)
}

fn shift(text: &mut String) -> Option<Shift> {
    static SHIFT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[(、,\s]*(?:休み|休業日|休所日|休日|閉庁日|土日祝日?|土日|祝日)(?:の日)?(?:なら|の?場合は?|であれば|のときは?|の時は?|は)\s*(?<to>翌|次の?|直後の|前の?|直前の)(?:営業日|平日)(?:に(?:する|ずらす|移す)?)?[)\s]*",
        )
    });
    let found = SHIFT.captures(text)?;
    let to = if found["to"].contains('前') {
        Shift::Previous
    } else {
        Shift::Next
    };
    let range = whole(&found);
    cut(text, range);
    Some(to)
}

fn from(text: &mut String) -> Option<String> {
    static FROM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[(\s]+(?<from>(?:令和|平成|R|H)?(?:元年)?[\d./年月日-]+(?:\([月火水木金土日]\))?)\s*から[)、,\s]*",
        )
    });
    let found = FROM.captures(text)?;
    let from = found["from"].to_owned();
    let range = whole(&found);
    cut(text, range);
    Some(from)
}

/// Where the match stands.
fn whole(found: &Captures<'_>) -> Range<usize> {
    found.get(0).expect("a match has a range").range()
}

/// Takes a part out of the text.
fn cut(text: &mut String, part: Range<usize>) {
    text.replace_range(part, " ");
}

fn day_and_times(text: &str) -> Result<(&str, Vec<NaiveTime>), WhenFault> {
    static TIMES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?<day>.*?)(?<times>{TIME}(?:\s*[・、,と&･]\s*{TIME})*)\s*(?:に|から|より|頃|ごろ|~|〜)?[、。\s]*$"
        ))
    });
    let Some(found) = TIMES.captures(text) else {
        return Ok((text, Vec::new()));
    };
    let day = found.name("day").expect("the pattern has a day").as_str();
    let times = found["times"]
        .split(SEPARATORS)
        .map(|time| parse_time(time).map_err(WhenFault::Time))
        .collect::<Result<_, _>>()?;
    Ok((day, times))
}

pub(super) fn pattern(written: &str) -> Regex {
    Regex::new(written).expect("the patterns of phrases are good")
}
