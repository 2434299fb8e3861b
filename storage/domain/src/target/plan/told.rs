//! Columns that tell something: of which year they are, and as of which day.

use super::{
    Known, TableDoubt, ToldColumn,
    header::{Heading, tight, year_in},
};
use crate::{
    era::{FiscalYear, parse_fiscal_year},
    sheet::Sheet,
};
use chrono::{Datelike, NaiveDate};
use regex::Regex;
use std::{collections::BTreeMap, sync::LazyLock};

/// Longest heading kept as written, in letters.
const HEADING_LETTERS_MAX: usize = 80;

/// The columns of all headings.
pub(super) struct Columns {
    /// Each once, in the order of the table.
    pub(super) all: Vec<ToldColumn>,
    /// For the heading at (sheet, row): its columns of the sheet, and which of [`Self::all`] they are.
    pub(super) places: BTreeMap<(usize, usize), Vec<(usize, usize)>>,
    /// What was guessed.
    pub(super) doubts: Vec<TableDoubt>,
}

/// The columns that tell something, called as the first heading that names them rightly does.
pub(super) fn columns(sheets: &[Sheet], headings: &[Heading], known: &Known<'_>) -> Columns {
    let mut columns = Columns {
        all: Vec::new(),
        places: BTreeMap::new(),
        doubts: Vec::new(),
    };
    for heading in headings {
        let mut places = Vec::new();
        for (at, planned) in heading.told() {
            let rightly = |other: &&Heading| {
                other.is_like(heading) && other.names_rightly(&sheets[other.sheet], at)
            };
            let named = headings.iter().find(rightly).unwrap_or(heading);
            let column = columns.column(&sheets[named.sheet], named, (at, planned), known);
            let known = columns.all.iter().position(|other| {
                (other.planned, other.year, other.as_of)
                    == (column.planned, column.year, column.as_of)
            });
            let place = known.unwrap_or_else(|| {
                columns.all.push(column);
                columns.all.len() - 1
            });
            places.push((at, place));
        }
        columns.places.insert((heading.sheet, heading.row), places);
    }
    columns
}

impl Columns {
    fn column(
        &mut self,
        sheet: &Sheet,
        heading: &Heading,
        (at, planned): (usize, bool),
        known: &Known<'_>,
    ) -> ToldColumn {
        let words = heading.words(sheet, at);
        let as_of = as_of(&words);
        let named = heading.year_below(at).or_else(|| year_in(&words));
        let of_day = as_of.map(|day| FiscalYear::of(day, known.start_month));
        let year = named.or(of_day).unwrap_or_else(|| {
            let year = guessed(sheet, heading, planned, known);
            let doubt = TableDoubt::YearGuessed(shortened(&words), year);
            if known.year.is_none() && !self.doubts.contains(&doubt) {
                self.doubts.push(doubt);
            }
            year
        });
        ToldColumn {
            planned,
            year,
            as_of,
            heading: shortened(&words),
        }
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(HEADING_LETTERS_MAX).collect()
}

/// The year of a column that names none: the one that was given; for a plan the year after what was done;
/// else the newest year with a goal that has begun.
fn guessed(sheet: &Sheet, heading: &Heading, planned: bool, known: &Known<'_>) -> FiscalYear {
    if let Some(year) = known.year {
        return year;
    }
    if planned {
        let mut done = heading.told().filter(|(_, planned)| !planned);
        let year = done.find_map(|(at, _)| {
            let words = heading.words(sheet, at);
            let named = heading.year_below(at).or_else(|| year_in(&words));
            named.or_else(|| Some(FiscalYear::of(as_of(&words)?, known.start_month)))
        });
        if let Some(year) = year {
            return year.next();
        }
    }
    let now = FiscalYear::of(known.today, known.start_month);
    let years = heading.goals().filter_map(|(_, year)| year);
    years.filter(|year| *year <= now).max().unwrap_or(now)
}

/// The day as of which a heading tells: 2020年1月時点 and 令和2年1月末現在 (the last of the month), 2020年1月15日現在,
/// 令和8年11月30日(月)時点, as of 2020-01-31. A weekday is not looked at: the day is what was meant.
pub(super) fn as_of(heading: &str) -> Option<NaiveDate> {
    static AS_OF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?<year>(?:令和|平成|昭和|[RHS])?(?:\d{1,4}|元)年)(?<month>\d{1,2})月(?:(?<day>\d{1,2})日(?:[(（][日月火水木金土](?:曜日?)?[)）])?|末)?(?:時点|現在)",
        )
        .expect("the pattern compiles")
    });
    static AS_OF_LATIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)asof(?<year>\d{4})[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?")
            .expect("the pattern compiles")
    });
    let tight = tight(heading);
    let parts = AS_OF
        .captures(&tight)
        .or_else(|| AS_OF_LATIN.captures(&tight))?;
    let year = parse_fiscal_year(&parts["year"]).ok()?.western();
    let month = parts["month"].parse().ok()?;
    match parts.name("day") {
        Some(day) => NaiveDate::from_ymd_opt(year, month, day.as_str().parse().ok()?),
        None => last_of_month(year, month),
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    next.pred_opt().filter(|day| day.month() == month)
}

#[cfg(test)]
mod tests {
    use super::as_of;

    #[test]
    fn a_heading_says_as_of_which_day_it_tells() {
        for (heading, expected) in [
            ("2019年度の進捗（2020年1月時点）", Some("2020-01-31")),
            ("令和2年1月末現在", Some("2020-01-31")),
            ("2020年1月15日現在", Some("2020-01-15")),
            (
                "令和8年度の進捗（令和8年11月30日(月)時点）",
                Some("2026-11-30"),
            ),
            ("令和8年11月30日（月）現在", Some("2026-11-30")),
            ("令和8年11月30日（月曜日）　時点", Some("2026-11-30")),
            ("R8年11月30日(月曜)時点", Some("2026-11-30")),
            ("as of 2020-01-31", Some("2020-01-31")),
            ("As of 2020/1", Some("2020-01-31")),
            // No such day; no day at all; something else in brackets.
            ("令和8年11月31日(火)時点", None),
            ("令和8年度の進捗", None),
            ("令和8年11月30日（案）時点", None),
        ] {
            let found = as_of(heading).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{heading}");
        }
    }
}
