//! A pack: the rules of one standard, read from TOML. An unknown key, a code that stands twice or a date that
//! is none refuses the whole pack, so that a slip of the pen is no silent rule.

use crate::{
    calendar::{Calendar, Shift, first_day_of_month, last_day_of_month},
    occurrence::Lead,
    setting::Language,
};
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::collections::BTreeSet;

/// Most rules of a pack.
pub const RULES_MAX: usize = 100;
/// Most lead times of a date or a deadline.
pub const LEADS_MAX: usize = 5;
/// Longest code of a pack or a rule, in bytes.
pub const CODE_BYTES_MAX: usize = 40;
/// Longest keeping time, in years.
pub const KEEPING_YEARS_MAX: u32 = 30;

/// Why a pack is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// It is no TOML of this shape; where and why.
    #[error("{0}")]
    Shape(String),
    /// A code that is empty, too long, not in lower case, or stands twice.
    #[error("the code {0:?} cannot be used")]
    Code(String),
    /// Lead times that are too many, too long or not from the longest down.
    #[error("the lead times of {0:?} cannot be used")]
    Leads(String),
    /// A deadline or a keeping time that cannot be.
    #[error("the time of {0:?} cannot be")]
    Time(String),
    /// There is no rule in it, or there are too many.
    #[error("a pack has from 1 to {RULES_MAX} rules")]
    Rules,
}

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Phrase {
    /// The words in a language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::Ja => &self.ja,
            Language::En => &self.en,
        }
    }
}

/// The rules of one standard.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The code under which it is kept.
    #[serde(rename = "pack")]
    pub code: String,
    /// What the standard is called.
    pub standard: Phrase,
    /// Where it stands.
    pub source: String,
    /// The day of the standard.
    #[serde(deserialize_with = "day")]
    pub issued: NaiveDate,
    /// Its rules, in the order of their articles.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

/// What became of a rule with the revision a pack was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// 新設
    New,
    /// 改正
    Changed,
    /// It was so before.
    Kept,
}

crate::codes!(Change { New = "new", Changed = "changed", Kept = "kept" });

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The code under which it is kept.
    pub code: String,
    /// Where it stands in the standard.
    pub article: String,
    /// What it asks for, in short words of ours.
    pub phrase: Phrase,
    /// Whether it is new.
    pub change: Change,
    /// The day it took or takes effect, where the source says one.
    #[serde(default, deserialize_with = "maybe_day")]
    pub effect: Option<NaiveDate>,
    /// The last day of a transition (経過措置).
    #[serde(default, deserialize_with = "maybe_day")]
    pub transition: Option<NaiveDate>,
    /// How many days before its dates they are announced, the longest first.
    #[serde(default, deserialize_with = "leads")]
    pub leads: Vec<Lead>,
    /// What is to be done month by month.
    pub deadline: Option<Deadline>,
    /// For how many years records are kept.
    pub keeping_years: Option<u32>,
}

/// What is to be done by a day, for every month.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// How many months after the month it is about.
    pub months_after: u32,
    /// On which day of that month.
    pub day: Day,
    /// Where a due day goes that is a day off; the source has to say so.
    #[serde(deserialize_with = "shift")]
    pub shift: Shift,
    /// How many days before it is reminded of, the longest first.
    #[serde(deserialize_with = "leads")]
    pub leads: Vec<Lead>,
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// 末日
    Last,
    /// This one; in a shorter month its last.
    Of(u32),
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u32),
            Word(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(day) if (1..=31).contains(&day) => Ok(Self::Of(day)),
            Written::Word(word) if word == "last" => Ok(Self::Last),
            _ => Err(D::Error::custom("a day is \"last\" or from 1 to 31")),
        }
    }
}

impl Deadline {
    /// By when something is due that is about the month of a day; `None` beyond the calendar.
    #[must_use]
    pub fn due(&self, month: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        let first = first_day_of_month(month).checked_add_months(Months::new(self.months_after))?;
        let last = last_day_of_month(first);
        let due = match self.day {
            Day::Last => last,
            Day::Of(day) => first.with_day(day.min(last.day()))?,
        };
        Some(calendar.shifted(due, self.shift))
    }

    /// The month something is about that is due on a day; a due day that was shifted may lie in the next one.
    #[must_use]
    pub fn month_of(&self, due: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        let first = first_day_of_month(due);
        (0..=2)
            .map(|more| self.months_after.saturating_sub(1) + more)
            .filter_map(|back| first.checked_sub_months(Months::new(back)))
            .find(|month| self.due(*month, calendar) == Some(due))
    }
}

impl Rule {
    /// Until when a record is kept that was finished on a day: the same day so many years later; where that
    /// year has no such day, the last of its month.
    #[must_use]
    pub fn kept_until(&self, finished: NaiveDate) -> Option<NaiveDate> {
        finished.checked_add_months(Months::new(self.keeping_years?.checked_mul(12)?))
    }
}

/// Reads a pack.
///
/// # Errors
/// See [`PackFault`].
pub fn read(written: &str) -> Result<Pack, PackFault> {
    let pack: Pack =
        toml::from_str(written).map_err(|fault| PackFault::Shape(fault.to_string()))?;
    if pack.rules.is_empty() || pack.rules.len() > RULES_MAX {
        return Err(PackFault::Rules);
    }
    let mut codes = BTreeSet::new();
    let of_rules = pack.rules.iter().map(|rule| &rule.code);
    for code in of_rules.chain([&pack.code]) {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=CODE_BYTES_MAX).contains(&code.len()) && code.bytes().all(plain);
        if !fits || !codes.insert(code) {
            return Err(PackFault::Code(code.clone()));
        }
    }
    for rule in &pack.rules {
        check(rule)?;
    }
    Ok(pack)
}

fn check(rule: &Rule) -> Result<(), PackFault> {
    let has_date = rule.effect.is_some() || rule.transition.is_some();
    let of_deadline = rule.deadline.iter().map(|deadline| &deadline.leads);
    for leads in of_deadline.chain([&rule.leads]) {
        let falls = leads.windows(2).all(|pair| pair[0] > pair[1]);
        if leads.len() > LEADS_MAX || !falls {
            return Err(PackFault::Leads(rule.code.clone()));
        }
    }
    // Lead times without a date would announce nothing, and a date without them nobody.
    let deadline_is_silent = rule.deadline.as_ref().is_some_and(|it| it.leads.is_empty());
    if has_date == rule.leads.is_empty() || deadline_is_silent {
        return Err(PackFault::Leads(rule.code.clone()));
    }
    let keeps = rule
        .keeping_years
        .is_none_or(|years| (1..=KEEPING_YEARS_MAX).contains(&years));
    let ends = rule
        .deadline
        .as_ref()
        .is_none_or(|deadline| deadline.months_after <= 12);
    let in_order = rule
        .effect
        .zip(rule.transition)
        .is_none_or(|(from, until)| from <= until);
    if keeps && ends && in_order {
        Ok(())
    } else {
        Err(PackFault::Time(rule.code.clone()))
    }
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    let date = written.date.filter(|_| written.time.is_none());
    date.and_then(|date| {
        NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into())
    })
    .ok_or_else(|| D::Error::custom("a day is written 2018-10-01"))
}

fn maybe_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    day(deserializer).map(Some)
}

fn leads<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Lead>, D::Error> {
    let days = Vec::<u16>::deserialize(deserializer)?;
    days.into_iter()
        .map(|days| Lead::days(days).ok_or_else(|| D::Error::custom("a lead time is too long")))
        .collect()
}

fn shift<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Shift, D::Error> {
    let code = String::deserialize(deserializer)?;
    Shift::from_code(&code).ok_or_else(|| D::Error::custom("a shift is none, next or previous"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
pack = "a"
standard = { ja = "基準", en = "Standard" }
source = "通知"
issued = 2020-02-29
[[rule]]
code = "b"
article = "第1条"
phrase = { ja = "届け出る", en = "Hand in" }
change = "new"
effect = 2020-04-01
leads = [30, 7]
[rule.deadline]
months_after = 1
day = "last"
shift = "none"
leads = [7]
"#;

    #[test]
    fn a_pack_with_a_slip_of_the_pen_is_refused() {
        assert!(read(WHOLE).is_ok());
        for (from, to) in [
            ("effect = 2020-04-01", "effekt = 2020-04-01"),
            ("effect = 2020-04-01", "effect = 2020-02-30"),
            ("effect = 2020-04-01", "effect = \"2020-04-01\""),
            ("effect = 2020-04-01", "effect = 2020-04-01T09:00:00"),
            ("effect = 2020-04-01", ""),
            (
                "effect = 2020-04-01",
                "effect = 2020-04-01\ntransition = 2020-03-31",
            ),
            ("day = \"last\"", "day = \"first\""),
            ("day = \"last\"", "day = 32"),
            ("day = \"last\"", "day = 0"),
            ("months_after = 1", "months_after = 13"),
            ("shift = \"none\"", "shift = \"sideways\""),
            ("leads = [7]", "leads = []"),
            ("leads = [7]", "leads = [1, 7]"),
            ("leads = [30, 7]", "leads = [30, 30]"),
            ("leads = [30, 7]", "leads = [4000]"),
            ("leads = [30, 7]", "leads = [60, 50, 40, 30, 20, 10]"),
            ("code = \"b\"", "code = \"a\""),
            ("code = \"b\"", "code = \"B b\""),
            ("change = \"new\"", "change = \"old\""),
            ("change = \"new\"", "change = \"new\"\nkeeping_years = 0"),
            (", en = \"Hand in\"", ""),
        ] {
            assert!(WHOLE.contains(from), "{from}");
            let slip = WHOLE.replacen(from, to, 1);
            assert!(read(&slip).is_err(), "{from} -> {to}");
        }
    }
}
