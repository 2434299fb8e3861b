//! What to do about a pair: which of the manual's three examples fits, and why.
//!
//! Seed 000, chapter 2 (2): a meeting for exchange of a few chosen people (例1), a joint training for whoever wants (例2), a
//! visit received by one of each (例3), and the part the office takes in each. It is a proposal; the coordinator and the
//! associations decide.

use super::{Pair, Reason, Theme};
use crate::text::Normalised;

/// The manual's examples of a tier 2 gathering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Example {
    /// 例1 情報交換会: 選任された数名が、お互いの現状を報告しあう。連携拠点が主催する。
    Exchange,
    /// 例2 合同研修会: 希望する人が参加し、講演会とグループワークで構成する。職能団体が主催し、連携拠点は開催支援。
    Training,
    /// 例3 視察応対: 各組織1名が代表し、取組を紹介する。連携拠点が主催する。
    Visit,
}

crate::codes!(Example { Exchange = "exchange", Training = "training", Visit = "visit" });

/// A gathering proposed for a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The example that fits.
    pub example: Example,
    /// The words of the texts that say so; empty where it is the theme, or the rule for the rest.
    pub words: Vec<String>,
    /// The theme that says so, where no word does.
    pub theme: Option<Theme>,
}

/// Wishing to learn: a training serves whoever wants to come.
#[rustfmt::skip] // A table: rows wrapped by width, not one word to a line.
const LEARNING: &[&str] = &[
    "研修", "勉強会", "学び", "学ぶ", "習い", "教わ", "教えてもら", "教えてほし", "講師", "講座", "講演", "知識",
    "技術", "やり方", "仕方", "コツ", "こつ", "目安", "見立て", "スキル", "事例検討", "見てもらいた",
];
/// Wishing to show or to see: a visit lets each present what it does.
#[rustfmt::skip] // A table: rows wrapped by width, not one word to a line.
const SHOWING: &[&str] = &[
    "視察", "見学", "取組", "取り組み", "紹介した", "発信", "アピール", "知られていない", "知ってほし", "知ってもら",
    "何をする", "何ができ", "先進", "見てほし", "見てみた",
];
/// Matters of knowledge and skill, where no word says what is wished for.
const OF_SKILL: &[Theme] = &[
    Theme::Medicine,
    Theme::Mouth,
    Theme::Nutrition,
    Theme::Movement,
    Theme::Dementia,
];

/// What the manual would do about a pair with these two wordings.
#[must_use]
pub fn propose(pair: &Pair, first: &str, second: &str) -> Proposal {
    let of = |example, words: Vec<String>| Proposal {
        example,
        words,
        theme: None,
    };
    let learning = words(LEARNING, first, second);
    let showing = words(SHOWING, first, second);
    if !learning.is_empty() && learning.len() >= showing.len() {
        return of(Example::Training, learning);
    }
    if !showing.is_empty() {
        return of(Example::Visit, showing);
    }
    let theme = pair.reasons.iter().find_map(|reason| match reason {
        Reason::Theme(theme, ..) => Some(*theme),
        _ => None,
    });
    let example = match theme {
        Some(theme) if OF_SKILL.contains(&theme) => Example::Training,
        // Dealings with each other, and all the rest: first let each hear how the other stands.
        _ => Example::Exchange,
    };
    Proposal {
        example,
        words: Vec::new(),
        theme,
    }
}

/// The words of the list that stand in either text, as they are written there, each once.
fn words(list: &[&str], first: &str, second: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in [first, second] {
        let even = Normalised::new(text);
        for word in list {
            if let Some(at) = even.as_str().find(word) {
                let written = text[even.original(at..at + word.len())].to_owned();
                if !found.contains(&written) {
                    found.push(written);
                }
            }
        }
    }
    found
}
