//! Dates, times and fiscal years as Japanese offices write and say them.
//!
//! Shown is always the present form (令和8年11月20日(金)); read is whatever people type: western or era years, letters or
//! names, half or full width, kanji numerals, a weekday in brackets, 明日. This is no calendar: holidays and business days
//! are elsewhere, and `today` is an argument.
//!
//! ```
//! use chrono::NaiveDate;
//! use domain::era::{format_date, parse_date};
//! let today = NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("a real day")?;
//! let date = parse_date("Ｒ８．１２．１", today)?;
//! assert_eq!(format_date(date), "令和8年12月1日(火)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

mod reading;

pub(crate) use reading::with_digits;
pub use reading::{
    DateFault, DateReading, FiscalYearFault, TimeFault, YEARLESS_DAYS_BACK, parse_date,
    parse_fiscal_year, parse_time, read_date,
};

/// One era: name, letter, western year of its year 1, first day (month, day).
struct Era {
    name: &'static str,
    letter: char,
    first_year: i32,
    first_day: (u32, u32),
}

/// The eras since the solar calendar, newest first. Laws and cabinet orders on the change of eras.
const ERAS: [Era; 5] = [
    Era {
        name: "令和",
        letter: 'R',
        first_year: 2019,
        first_day: (5, 1),
    },
    Era {
        name: "平成",
        letter: 'H',
        first_year: 1989,
        first_day: (1, 8),
    },
    Era {
        name: "昭和",
        letter: 'S',
        first_year: 1926,
        first_day: (12, 25),
    },
    Era {
        name: "大正",
        letter: 'T',
        first_year: 1912,
        first_day: (7, 30),
    },
    Era {
        name: "明治",
        letter: 'M',
        first_year: 1868,
        first_day: (10, 23),
    },
];

/// A fiscal year (年度), named by the western year in which it starts. Which month it starts in is the office's setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(i32);

impl FiscalYear {
    /// The usual first month: April.
    pub const START_MONTH: u32 = 4;

    /// The fiscal year that starts in the western year `year`.
    #[must_use]
    pub const fn starting_in(year: i32) -> Self {
        Self(year)
    }

    /// The fiscal year that holds `date` where years start in `start_month` (1 to 12; see [`Self::START_MONTH`]).
    #[must_use]
    pub fn of(date: NaiveDate, start_month: u32) -> Self {
        Self(date.year() - i32::from(date.month() < start_month))
    }

    /// The western year in which it starts.
    #[must_use]
    pub const fn western(self) -> i32 {
        self.0
    }

    /// The year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The year before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// Its first day where years start in `start_month`; a month outside 1 to 12 counts as the nearest month.
    #[must_use]
    pub fn first_day(self, start_month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, start_month.clamp(1, 12), 1).unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }

    /// Its last day where years start in `start_month`.
    #[must_use]
    pub fn last_day(self, start_month: u32) -> NaiveDate {
        self.next()
            .first_day(start_month)
            .pred_opt()
            .unwrap_or(NaiveDate::MIN)
    }

    /// Whether `date` lies in it where years start in `start_month`.
    #[must_use]
    pub fn contains(self, date: NaiveDate, start_month: u32) -> bool {
        Self::of(date, start_month) == self
    }
}

/// 令和8年度. The era is the one three months in, as the government counts: 2019 is 令和元年度, not 平成31年度.
impl fmt::Display for FiscalYear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NaiveDate::from_ymd_opt(self.0, 7, 1).and_then(era_of) {
            Some(era) => write!(
                out,
                "{}{}年度",
                era.name,
                year_text(self.0 - era.first_year + 1)
            ),
            None => write!(out, "{}年度", self.0),
        }
    }
}

/// 令和8年11月20日(金); the first year of an era is 元年; before 明治 the western year.
#[must_use]
pub fn format_date(date: NaiveDate) -> String {
    format!(
        "{}{}日({})",
        format_month(date),
        date.day(),
        weekday_name(date.weekday())
    )
}

/// 令和8年11月: the month of a day, as lists of days begin.
#[must_use]
pub fn format_month(date: NaiveDate) -> String {
    let year = match era_of(date) {
        Some(era) => format!(
            "{}{}",
            era.name,
            year_text(date.year() - era.first_year + 1)
        ),
        None => date.year().to_string(),
    };
    format!("{year}年{}月", date.month())
}

/// R8.11.20; before 明治 2026.11.20 in the western form.
#[must_use]
pub fn format_short(date: NaiveDate) -> String {
    match era_of(date) {
        Some(era) => format!(
            "{}{}.{}.{}",
            era.letter,
            date.year() - era.first_year + 1,
            date.month(),
            date.day()
        ),
        None => format!("{}.{}.{}", date.year(), date.month(), date.day()),
    }
}

/// 令和8年度, the fiscal year of `date` where years start in `start_month`.
#[must_use]
pub fn fiscal_year(date: NaiveDate, start_month: u32) -> String {
    FiscalYear::of(date, start_month).to_string()
}

/// 月, 火, …
#[must_use]
pub const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "月",
        Weekday::Tue => "火",
        Weekday::Wed => "水",
        Weekday::Thu => "木",
        Weekday::Fri => "金",
        Weekday::Sat => "土",
        Weekday::Sun => "日",
    }
}

fn era_of(date: NaiveDate) -> Option<&'static Era> {
    ERAS.iter()
        .find(|era| (date.year(), (date.month(), date.day())) >= (era.first_year, era.first_day))
}

fn year_text(year: i32) -> String {
    if year == 1 {
        "元".to_owned()
    } else {
        year.to_string()
    }
}
