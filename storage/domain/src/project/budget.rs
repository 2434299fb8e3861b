//! What a project may cost, and where the money comes from, as people write both in one line.

use crate::text::{normalise, one_line};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Highest amount, in yen: beyond it somebody has typed too many noughts.
pub const YEN_MAX: i64 = 9_999_999_999;
/// Longest words on where the money comes from, in UTF-16 units.
pub const SOURCE_UNITS_MAX: usize = 100;

/// An amount, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Whole yen, from 0 to [`YEN_MAX`].
    pub yen: i64,
    /// Where it comes from, in free words.
    pub source: Option<String>,
}

/// Why a written budget could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BudgetFault {
    /// There is no amount in it.
    #[error("no amount")]
    NoAmount,
    /// There are several amounts, and nobody can say which is meant.
    #[error("several amounts")]
    Several,
    /// More than [`YEN_MAX`], or a part of a yen.
    #[error("no amount of money there could be")]
    OutOfRange,
}

/// One part of an amount: 15万, 5千, 150,000.
const PART: &str = r"[0-9][0-9,]*(?:\.[0-9]+)?(?:億|万|千|百)?";

impl Budget {
    /// Reads an amount and the words around it: 150,000円, 15万円 市の委託料, 参加費（1万5千円）.
    /// A bare number counts where it is the only one (令和8年度 20万円 is not two amounts).
    ///
    /// # Errors
    /// [`BudgetFault`].
    pub fn read(written: &str) -> Result<Self, BudgetFault> {
        static MARKED: LazyLock<Regex> = LazyLock::new(|| {
            let pattern = format!(
                r"(?:[¥\\]\s*((?:{PART})+)|((?:{PART})+)\s*円|((?:{PART})*[0-9](?:\.[0-9]+)?[億万](?:{PART})*))\s*円?"
            );
            Regex::new(&pattern).expect("a pattern of this module compiles")
        });
        static BARE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(&format!("((?:{PART})+)")).expect("a pattern of this module compiles")
        });
        let even = normalise(written);
        let mut found: Vec<_> = MARKED.captures_iter(&even).collect();
        if found.is_empty() {
            found = BARE.captures_iter(&even).collect();
        }
        let [amount] = found.as_slice() else {
            return Err(if found.is_empty() {
                BudgetFault::NoAmount
            } else {
                BudgetFault::Several
            });
        };
        let whole = amount.get(0).expect("a match has a whole");
        let digits = (1..amount.len())
            .find_map(|group| amount.get(group))
            .ok_or(BudgetFault::NoAmount)?;
        let yen = yen(digits.as_str()).ok_or(BudgetFault::OutOfRange)?;
        Ok(Self {
            yen,
            source: source(&even[..whole.start()], &even[whole.end()..]),
        })
    }
}

/// The sum of the parts of an amount, in yen; `None` beyond [`YEN_MAX`] and for parts of a yen.
fn yen(written: &str) -> Option<i64> {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"([0-9][0-9,]*)(?:\.([0-9]+))?(億|万|千|百)?")
            .expect("a pattern of this module compiles")
    });
    let mut sum = 0_i64;
    for part in PARTS.captures_iter(written) {
        let unit: i64 = match part.get(3).map(|unit| unit.as_str()) {
            Some("億") => 100_000_000,
            Some("万") => 10_000,
            Some("千") => 1_000,
            Some("百") => 100,
            _ => 1,
        };
        let whole: i64 = part[1].replace(',', "").parse().ok()?;
        sum = sum.checked_add(whole.checked_mul(unit)?)?;
        if let Some(fraction) = part.get(2) {
            let digits = fraction.as_str().trim_end_matches('0');
            let scale = 10_i64.checked_pow(u32::try_from(digits.len()).ok()?)?;
            if unit % scale != 0 {
                return None;
            }
            let fraction: i64 = if digits.is_empty() {
                0
            } else {
                digits.parse().ok()?
            };
            sum = sum.checked_add(fraction * (unit / scale))?;
        }
    }
    (0..=YEN_MAX).contains(&sum).then_some(sum)
}

/// What stands around the amount, without the marks that parted it from it.
fn source(before: &str, after: &str) -> Option<String> {
    let marks = |letter: char| letter.is_whitespace() || ",、。:;/・()「」[]".contains(letter);
    let words: Vec<&str> = [before, after]
        .into_iter()
        .map(|words| words.trim_matches(marks))
        .filter(|words| !words.is_empty())
        .collect();
    (!words.is_empty()).then(|| one_line(&words.join(" "), SOURCE_UNITS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (written, yen, source) in [
            ("150000", 150_000, None),
            ("150,000円", 150_000, None),
            ("１５０，０００円", 150_000, None),
            ("¥150,000", 150_000, None),
            ("15万円", 150_000, None),
            ("15万", 150_000, None),
            ("1.5万円", 15_000, None),
            ("1万5千円", 15_000, None),
            ("1万5000円", 15_000, None),
            ("1億2,000万円", 120_000_000, None),
            ("0円", 0, None),
            ("15万円 市の委託料", 150_000, Some("市の委託料")),
            ("市の委託料　15万円", 150_000, Some("市の委託料")),
            (
                "市の委託料、15万円（講師謝金）",
                150_000,
                Some("市の委託料 講師謝金"),
            ),
            ("令和8年度 基金 20万円", 200_000, Some("令和8年度 基金")),
            ("300 参加費", 300, Some("参加費")),
            ("9,999,999,999円", 9_999_999_999, None),
        ] {
            let read = Budget::read(written).unwrap_or_else(|fault| panic!("{written}: {fault}"));
            assert_eq!(
                (read.yen, read.source.as_deref()),
                (yen, source),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (written, expected) in [
            ("", BudgetFault::NoAmount),
            ("未定", BudgetFault::NoAmount),
            ("円", BudgetFault::NoAmount),
            ("10万円から15万円", BudgetFault::Several),
            ("8 15", BudgetFault::Several),
            ("100億円", BudgetFault::OutOfRange),
            ("99999999999999999999円", BudgetFault::OutOfRange),
            ("1.5円", BudgetFault::OutOfRange),
            ("0.00001万円", BudgetFault::OutOfRange),
        ] {
            assert_eq!(Budget::read(written), Err(expected), "{written}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back(yen in 0..=YEN_MAX) {
            prop_assert_eq!(Budget::read(&format!("{yen}円")).map(|read| read.yen), Ok(yen));
        }

        #[test]
        fn nothing_that_is_typed_breaks_the_reading(written in ".{0,60}") {
            if let Ok(read) = Budget::read(&written) {
                prop_assert!((0..=YEN_MAX).contains(&read.yen));
            }
        }
    }
}
