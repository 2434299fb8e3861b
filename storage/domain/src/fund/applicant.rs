//! Who may apply for a fund, and what is left out, read from the words of a line.
//!
//! A catalogue has no column for it (seed 004): 「都道府県が…実施するため」 says who carries it out, 「介護施設
//! 等とのマッチング」 only names somebody. Both are told apart and shown with their words; where nothing is
//! said, nothing is claimed.

use crate::text::Normalised;
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// Longest words shown as a reason, in letters.
const WORDS_LETTERS_MAX: usize = 40;
/// Longest words of a condition, in letters; what is longer is cut.
const CONDITION_LETTERS_MAX: usize = 120;
/// Most conditions of one line.
const CONDITIONS_MAX: usize = 5;

/// Somebody who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicant {
    /// 都道府県
    Prefecture,
    /// 市町村
    Municipality,
    /// 介護施設・事業所
    Facility,
    /// 養成施設・学校
    School,
    /// 団体・協議会・センター
    Body,
}

crate::codes!(Applicant {
    Prefecture = "prefecture",
    Municipality = "municipality",
    Facility = "facility",
    School = "school",
    Body = "body",
});

impl Applicant {
    /// The words that stand for it, as a pattern over evened text.
    fn words(self) -> &'static str {
        match self {
            Self::Prefecture => "都道府県",
            Self::Municipality => "市区町村|市町村",
            Self::Facility => {
                "介護(?:保険)?施設・(?:介護)?事業所|介護サービス(?:事業者・施設|事業者|事業所)|介護事業所|介護事業者|介護(?:保険)?施設|施設・事業所|事業所|受入施設|小規模事業者"
            }
            Self::School => "介護福祉士養成施設|福祉系高校|養成施設|登録研修機関",
            Self::Body => {
                "職能団体|公益団体|関連団体|事業者団体|関係団体|医師会|住民組織|ボランティアセンター|シルバー人材センター|福祉人材センター"
            }
        }
    }
}

/// How clearly the words say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It carries it out (都道府県が, 事業所において).
    Acts,
    /// It is named.
    Named,
}

/// Somebody who may apply, with the words that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub who: Applicant,
    /// How clearly.
    pub standing: Standing,
    /// The words, as written.
    pub words: String,
}

/// What is left out or asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// `true` for what is left out (を除く, 対象外), `false` for what is asked for (場合に対象となる).
    pub excludes: bool,
    /// The words, as written.
    pub words: String,
}

/// Who may apply, in the order of [`Applicant::ALL`]: each once, by its clearest words.
#[must_use]
pub fn read(text: &str) -> Vec<Reading> {
    static PATTERNS: LazyLock<Vec<(Applicant, Regex)>> = LazyLock::new(|| {
        let pattern = |who: &Applicant| {
            let acts = r"(?:等|など)?(?:\([^)]*\))?(?:が|において|における|による|により|単位|ごと|を主体|自ら)";
            let pattern = format!("(?<name>{})(?<acts>{acts})?", who.words());
            let pattern = Regex::new(&pattern).expect("a pattern of this module compiles");
            (*who, pattern)
        };
        Applicant::ALL.iter().map(pattern).collect()
    });
    let even = Normalised::new(text);
    PATTERNS
        .iter()
        .filter_map(|(who, pattern)| {
            let mut best: Option<(Standing, Range<usize>)> = None;
            for found in pattern.captures_iter(even.as_str()) {
                let whole = found.get(0)?.range();
                // 職能団体 within 都道府県単位で…団体 is another noun's word: each is read by its own pattern.
                let standing = if found.name("acts").is_some() {
                    Standing::Acts
                } else {
                    Standing::Named
                };
                if best.as_ref().is_none_or(|(known, _)| standing < *known) {
                    best = Some((standing, whole));
                }
            }
            let (standing, range) = best?;
            let words = &text[even.original(range)];
            Some(Reading {
                who: *who,
                standing,
                words: crate::text::cut(words, WORDS_LETTERS_MAX),
            })
        })
        .collect()
}

/// What is left out and what is asked for, in the order of the text.
#[must_use]
pub fn conditions(text: &str) -> Vec<Condition> {
    const LEFT_OUT: [&str; 5] = [
        "を除く",
        "は除く",
        "対象外",
        "対象とならない",
        "対象としない",
    ];
    const ASKED: [&str; 5] = [
        "場合に対象となる",
        "場合に限る",
        "に限る",
        "を要件として",
        "などの場合に対象",
    ];
    let mut found: Vec<Condition> = Vec::new();
    for words in stretches(text) {
        let even = crate::text::normalise(words);
        let excludes = LEFT_OUT.iter().any(|mark| even.contains(mark));
        if !excludes && !ASKED.iter().any(|mark| even.contains(mark)) {
            continue;
        }
        let words = crate::text::cut(words, CONDITION_LETTERS_MAX);
        if found.len() < CONDITIONS_MAX && !found.iter().any(|known| known.words == words) {
            found.push(Condition { excludes, words });
        }
    }
    found
}

/// A text in its sentences and what stands in brackets, each for itself: a bracket is a condition of its own.
fn stretches(text: &str) -> Vec<&str> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let ends = matches!(letter, '。' | '\n' | '(' | '（' | ')' | '）' | '※');
        if ends {
            stretches.push(&text[start..at]);
            start = at + letter.len_utf8();
        }
    }
    stretches.push(&text[start..]);
    stretches.retain(|words| !words.trim().is_empty());
    stretches.iter().map(|words| words.trim()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_apply_is_read_with_its_words() {
        use Applicant::{Body, Facility, Municipality, Prefecture, School};
        use Standing::{Acts, Named};
        for (text, expected) in [
            (
                "都道府県が研修を行う経費",
                &[(Prefecture, Acts, "都道府県が")][..],
            ),
            (
                "単独の市町村だけでは難しいものを都道府県等が行う",
                &[
                    (Prefecture, Acts, "都道府県等が"),
                    (Municipality, Named, "市町村"),
                ],
            ),
            (
                "市区町村単位で協議会を置く",
                &[(Municipality, Acts, "市区町村単位")],
            ),
            (
                "介護施設等による奨学金と、養成施設との橋渡し",
                &[
                    (Facility, Acts, "介護施設等による"),
                    (School, Named, "養成施設"),
                ],
            ),
            (
                "介護福祉士養成施設において学習を支える。介護施設の見学を含む",
                &[
                    (Facility, Named, "介護施設"),
                    (School, Acts, "介護福祉士養成施設において"),
                ],
            ),
            ("公益団体等が行う研修", &[(Body, Acts, "公益団体等が")]),
            (
                "介護施設・事業所における保育施設の運営",
                &[(Facility, Acts, "介護施設・事業所における")],
            ),
            ("再就業の支援に要する経費", &[]),
            ("", &[]),
        ] {
            let read: Vec<_> = read(text)
                .into_iter()
                .map(|it| (it.who, it.standing, it.words))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(who, standing, words)| (*who, *standing, (*words).to_owned()))
                .collect();
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_is_said_in_its_own_words() {
        for (text, expected) in [
            (
                "研修の経費（他制度の支援を受けている者は除く）。",
                &[(true, "他制度の支援を受けている者は除く")][..],
            ),
            (
                "保育施設の運営。※ 別の助成金を受けた事業所は対象外",
                &[(true, "別の助成金を受けた事業所は対象外")],
            ),
            (
                "広域で養成する場合に対象となる。出前研修を行う。",
                &[(false, "広域で養成する場合に対象となる")],
            ),
            (
                "記録から請求まで一気通貫となることを要件として導入する",
                &[(
                    false,
                    "記録から請求まで一気通貫となることを要件として導入する",
                )],
            ),
            ("経費に対し助成する。", &[]),
        ] {
            let read: Vec<_> = conditions(text)
                .into_iter()
                .map(|it| (it.excludes, it.words))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(excludes, words)| (*excludes, (*words).to_owned()))
                .collect();
            assert_eq!(read, expected, "{text}");
        }
    }
}
