//! Categories (カテゴリ) of an office's own list, and which of them a new issue might be in.
//!
//! The manual's second form ranks issues by category (seed 000, chapter 2 (1), example 2); every office has its own list.
//! Here are the rules for names, for sorting an issue, and the [`suggest`]ion: the nearest past issues vote, and the words of
//! a category's own name count as well. Who may sort what is asked in `commands`; a share never says a category.
//!
//! ```
//! use domain::{category::{Category, Past, suggest}, id::{CategoryId, IssueId}, profession::Vocabulary};
//! let list = [Category { id: CategoryId(1), name: "退院時の連携".into(), retired: false }];
//! let past = [Past { issue: IssueId(3), text: "退院の日取りが急に決まる", categories: &[CategoryId(1)] }];
//! let found = suggest("退院の日取りを早く知りたい", &past, &list, &Vocabulary::standard());
//! assert_eq!((found[0].category, &found[0].past[..]), (CategoryId(1), &[IssueId(3)][..]));
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::id::CategoryId;
use crate::issue::CATEGORIES_MAX;
use crate::personal_data;
use crate::text::{Unclean, clean, fold};

mod suggestion;

pub use suggestion::{PAST_MAX, Past, SUGGESTIONS_MAX, Suggestion, suggest};

/// Longest name of a category, in UTF-16 units.
pub const NAME_UNITS_MAX: usize = 30;

/// Most categories of an office, those that are no longer offered included.
pub const LIST_MAX: usize = 100;

/// Signs a name may not hold: they part names in a list, mention somebody, or quote the name in a sentence.
const SIGNS_REFUSED: &[char] = &[
    '\n', '、', ',', '，', '@', '＠', '<', '>', '`', '「', '」', '『', '』',
];

/// One category of an office's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Our id.
    pub id: CategoryId,
    /// 退院時の連携, 情報共有, …
    pub name: String,
    /// No longer offered; issues keep it.
    pub retired: bool,
}

/// Why a name cannot be a category's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameFault {
    /// Nothing is left, or it is too long.
    #[error(transparent)]
    Unclean(#[from] Unclean),
    /// It holds a sign that parts names, mentions somebody or quotes.
    #[error("the name holds a sign that is not allowed")]
    Sign,
    /// It has no letter to be found by.
    #[error("the name has no letter")]
    Wordless,
    /// It holds personal data, or tells of one patient.
    #[error("the name holds personal data")]
    PersonalData,
}

/// What a person wrote, as a name fit to keep: one line, single spaces, no signs that act, nothing of a person.
///
/// # Errors
/// [`NameFault`].
pub fn name(written: &str) -> Result<String, NameFault> {
    let name = clean(written, NAME_UNITS_MAX)?;
    if name.contains(SIGNS_REFUSED) {
        return Err(NameFault::Sign);
    }
    if key(&name).is_empty() {
        return Err(NameFault::Wordless);
    }
    if !personal_data::check(&name).is_empty() || personal_data::single_case(&name).is_some() {
        return Err(NameFault::PersonalData);
    }
    Ok(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What makes two names the same: width, case, kana, spaces and signs do not count (「ＩＣＴ の活用」 is 「ict・の活用」).
#[must_use]
pub fn key(name: &str) -> String {
    fold(name)
        .chars()
        .filter(|letter| letter.is_alphanumeric() || *letter == 'ー')
        .collect()
}

/// What adding categories to an issue comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// The categories after it, in their order.
    pub categories: Vec<CategoryId>,
    /// Those that were added, or taken away.
    pub changed: Vec<CategoryId>,
}

/// An issue would be in more categories than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{actual} categories, {CATEGORIES_MAX} are allowed")]
pub struct TooMany {
    /// How many it would be in.
    pub actual: usize,
}

/// The categories of an issue with more of them, the new ones last; those it is in already change nothing.
///
/// # Errors
/// [`TooMany`] when there would be more than [`CATEGORIES_MAX`].
pub fn with(before: &[CategoryId], more: &[CategoryId]) -> Result<Sorted, TooMany> {
    let mut sorted = Sorted {
        categories: before.to_vec(),
        changed: Vec::new(),
    };
    for category in more {
        if !sorted.categories.contains(category) {
            sorted.categories.push(*category);
            sorted.changed.push(*category);
        }
    }
    let actual = sorted.categories.len();
    if !sorted.changed.is_empty() && actual > CATEGORIES_MAX {
        return Err(TooMany { actual });
    }
    Ok(sorted)
}

/// The categories of an issue without some of them; those it is not in change nothing.
#[must_use]
pub fn without(before: &[CategoryId], fewer: &[CategoryId]) -> Sorted {
    let (changed, categories) = before.iter().partition(|id| fewer.contains(id));
    Sorted {
        categories,
        changed,
    }
}

/// The categories of an issue once `from` has become a part of `into`: it takes its place, unless the issue is in both.
#[must_use]
pub fn merged(before: &[CategoryId], from: CategoryId, into: CategoryId) -> Vec<CategoryId> {
    let mut after: Vec<CategoryId> = Vec::with_capacity(before.len());
    for id in before {
        let id = if *id == from { into } else { *id };
        if !after.contains(&id) {
            after.push(id);
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: CategoryId = CategoryId(1);
    const B: CategoryId = CategoryId(2);
    const C: CategoryId = CategoryId(3);

    #[test]
    fn a_name_is_one_line_of_words_about_no_person() {
        for (written, expected) in [
            ("　退院時の連携 ", Ok("退院時の連携")),
            ("情報　　共有", Ok("情報 共有")),
            ("ICT", Ok("ICT")),
            ("", Err(NameFault::Unclean(Unclean::Empty))),
            (" \u{200B} ", Err(NameFault::Unclean(Unclean::Empty))),
            ("情報\n共有", Err(NameFault::Sign)),
            ("情報、共有", Err(NameFault::Sign)),
            ("@everyone", Err(NameFault::Sign)),
            ("＠拠点", Err(NameFault::Sign)),
            ("<@123456789012345678>", Err(NameFault::Sign)),
            ("「退院」", Err(NameFault::Sign)),
            ("・・・", Err(NameFault::Wordless)),
            ("0193-00-9876へ", Err(NameFault::PersonalData)),
            ("佐藤さん87歳の件", Err(NameFault::PersonalData)),
        ] {
            assert_eq!(
                name(written).as_deref(),
                expected.as_ref().copied(),
                "{written}"
            );
        }
        let long = "長".repeat(31);
        let fault = NameFault::Unclean(Unclean::TooLong {
            limit: 30,
            actual: 31,
        });
        assert_eq!(name(&long), Err(fault));
        assert!(name(&long[..90]).is_ok());
    }

    #[test]
    fn names_that_read_alike_are_the_same() {
        for (one, other, same) in [
            ("ＩＣＴの活用", "ict の活用", true),
            ("くすりの管理", "クスリの管理", true),
            ("服薬・残薬", "服薬残薬", true),
            ("情報共有", "情報の共有", false),
            ("ケア", "ケアー", false),
        ] {
            assert_eq!(key(one) == key(other), same, "{one} | {other}");
        }
    }

    #[test]
    fn adding_keeps_the_order_and_says_what_is_new() {
        let sorted = with(&[A], &[B, A, B]).expect("room for two");
        assert_eq!((sorted.categories, sorted.changed), (vec![A, B], vec![B]));
        let full: Vec<CategoryId> = (1..=5).map(CategoryId).collect();
        assert_eq!(with(&full, &[CategoryId(6)]), Err(TooMany { actual: 6 }));
        assert!(with(&full, &[A]).expect("nothing new").changed.is_empty());
    }

    #[test]
    fn what_is_taken_away_was_there() {
        let sorted = without(&[A, B], &[B, C]);
        assert_eq!((sorted.categories, sorted.changed), (vec![A], vec![B]));
    }

    #[test]
    fn of_two_that_become_one_an_issue_keeps_one() {
        for (before, expected) in [
            (vec![A, C], vec![B, C]),
            (vec![A, B], vec![B]),
            (vec![B, C, A], vec![B, C]),
            (vec![C], vec![C]),
        ] {
            assert_eq!(merged(&before, A, B), expected);
        }
    }
}
