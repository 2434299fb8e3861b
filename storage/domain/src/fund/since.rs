//! Since when a fund pays for something, as catalogues write it: H27～, H27補正～, R1～ (R5に拡充), R3.

use super::Doubt;
use crate::{era::FiscalYear, text::normalise};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The first year of the fund (平成26年度): what claims to be older was misread by somebody.
pub const FUND_BEGAN: FiscalYear = FiscalYear::starting_in(2014);

/// Words on since when, with what could be read of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// As written.
    pub raw: String,
    /// The first fiscal year; none where it cannot be read or cannot be.
    pub year: Option<FiscalYear>,
    /// From a supplementary budget (補正) of that year.
    pub supplementary: bool,
    /// The year in which more was paid for (R5に拡充).
    pub widened: Option<FiscalYear>,
    /// What is doubtful about it.
    pub doubt: Option<Doubt>,
}

impl Since {
    /// Reads the words.
    #[must_use]
    pub fn read(raw: &str) -> Self {
        static SINCE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(
                r"^(?<era>H|R|平成|令和)(?<year>元|\d{1,2})(?:年度?)?(?<supplementary>補正(?:予算)?)?(?<open>~|〜|-|から)?(?:\(?(?<widened_era>H|R|平成|令和)(?<widened>元|\d{1,2})(?:年度?)?[にから]*拡充\)?)?$",
            )
            .expect("a pattern of this module compiles")
        });
        let raw = raw.trim().to_owned();
        let even: String = normalise(&raw).to_uppercase().split_whitespace().collect();
        let mut since = Self {
            raw,
            ..Self::default()
        };
        if even.is_empty() {
            since.doubt = Some(Doubt::SinceMissing);
            return since;
        }
        let Some(found) = SINCE.captures(&even) else {
            since.doubt = Some(Doubt::SinceUnread);
            return since;
        };
        since.supplementary = found.name("supplementary").is_some();
        since.widened = year(&found, "widened_era", "widened");
        match year(&found, "era", "year") {
            None => since.doubt = Some(Doubt::SinceUnread),
            Some(year) if year < FUND_BEGAN => since.doubt = Some(Doubt::SinceBeforeFund),
            Some(year) => {
                since.year = Some(year);
                if found.name("open").is_none() {
                    since.doubt = Some(Doubt::SinceBare);
                }
            }
        }
        since
    }
}

/// Whether a cell looks like words on since when, read or not.
pub(super) fn is_like(cell: &str) -> bool {
    static LIKE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:H|R|S|平成|令和|昭和)\s?(?:元|\d{1,2})\D{0,20}(?:\d{1,2}\D{0,10})?$")
            .expect("a pattern of this module compiles")
    });
    LIKE.is_match(normalise(cell).trim())
}

fn year(found: &Captures<'_>, era: &str, year: &str) -> Option<FiscalYear> {
    let first = match found.name(era)?.as_str() {
        "H" | "平成" => 1989,
        _ => 2019,
    };
    let number: i32 = match found.name(year)?.as_str() {
        "元" => 1,
        digits => digits.parse().ok().filter(|number| *number >= 1)?,
    };
    Some(FiscalYear::starting_in(first + number - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn since_when_is_read_as_catalogues_write_it() {
        for (raw, year, supplementary, widened, doubt) in [
            ("H27～", Some(2015), false, None, None),
            ("H27~", Some(2015), false, None, None),
            ("Ｈ２７〜", Some(2015), false, None, None),
            ("平成27年度～", Some(2015), false, None, None),
            ("H27補正～", Some(2015), true, None, None),
            ("R2補正～", Some(2020), true, None, None),
            ("R1～", Some(2019), false, None, None),
            ("令和元年度から", Some(2019), false, None, None),
            ("R1~ (R5に拡充)", Some(2019), false, Some(2023), None),
            ("R1～（R5に拡充）", Some(2019), false, Some(2023), None),
            ("R3", Some(2021), false, None, Some(Doubt::SinceBare)),
            ("H5～", None, false, None, Some(Doubt::SinceBeforeFund)),
            ("H25～", None, false, None, Some(Doubt::SinceBeforeFund)),
            ("H26～", Some(2014), false, None, None),
            ("H0～", None, false, None, Some(Doubt::SinceUnread)),
            ("不明", None, false, None, Some(Doubt::SinceUnread)),
            ("  ", None, false, None, Some(Doubt::SinceMissing)),
        ] {
            let expected = Since {
                raw: raw.trim().to_owned(),
                year: year.map(FiscalYear::starting_in),
                supplementary,
                widened: widened.map(FiscalYear::starting_in),
                doubt,
            };
            assert_eq!(Since::read(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_cell_looks_like_since_when_or_does_not() {
        for (cell, expected) in [
            ("H27～", true),
            ("R1～ (R5に拡充)", true),
            ("H5～", true),
            ("R3", true),
            ("老健局高齢者支援課", false),
            (
                "R4年度から始まった研修に要する経費に対し助成するもの",
                false,
            ),
            ("28", false),
        ] {
            assert_eq!(is_like(cell), expected, "{cell}");
        }
    }
}
