//! The professions of home medical and nursing care, and the words a text names them by.
//!
//! A [`Vocabulary`] is data: the office's own professions and aliases, or [`Vocabulary::standard`]. It finds who is
//! mentioned; whose matter a text is, and in which tier it belongs, is decided in [`crate::tier`].
//!
//! ```
//! use domain::profession::Vocabulary;
//! let field = Vocabulary::standard();
//! let found: Vec<_> = field.mentions("歯科医師からケアマネへ").into_iter().map(|mention| field.name(mention.profession)).collect();
//! assert_eq!(found, ["歯科医師", "介護支援専門員"]);
//! ```

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::Normalised;

mod standard;

/// A profession and the other words texts use for it or for the place it works in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfessionWords {
    /// The name people are shown.
    pub name: String,
    /// Other words: ケアマネ, ケアマネジャー. The name itself need not be repeated.
    pub aliases: Vec<String>,
}

/// One place where a text names a profession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of the profession in the vocabulary; see [`Vocabulary::name`].
    pub profession: usize,
    /// The word as it stands in the text.
    pub word: String,
    /// Where it stands in the text, in bytes, on character boundaries.
    pub range: Range<usize>,
}

/// The professions of an office and their words, ready to be looked for.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    names: Vec<String>,
    /// Words by first character, longest first.
    words: HashMap<char, Vec<(String, usize)>>,
}

impl Vocabulary {
    /// The vocabulary of `professions`. Of two professions that claim the same word the first has it.
    #[must_use]
    pub fn new(professions: Vec<ProfessionWords>) -> Self {
        let mut names = Vec::with_capacity(professions.len());
        let mut words: HashMap<char, Vec<(String, usize)>> = HashMap::new();
        for (index, profession) in professions.into_iter().enumerate() {
            for word in std::iter::once(&profession.name).chain(&profession.aliases) {
                let word = Normalised::new(word.trim()).as_str().to_owned();
                if let Some(first) = word.chars().next() {
                    let list = words.entry(first).or_default();
                    if list.iter().all(|(known, _)| *known != word) {
                        list.push((word, index));
                    }
                }
            }
            names.push(profession.name);
        }
        for list in words.values_mut() {
            list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { names, words }
    }

    /// The professions of 在宅医療・介護連携 with the wordings usual in the field.
    #[must_use]
    pub fn standard() -> Self {
        Self::new(standard::professions())
    }

    /// The names, in the order given.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of profession `index`; empty when there is none.
    #[must_use]
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// The profession a single word stands for, by name or alias, in any width and case.
    #[must_use]
    pub fn find(&self, word: &str) -> Option<usize> {
        let word = Normalised::new(word.trim());
        let first = word.as_str().chars().next()?;
        self.words
            .get(&first)?
            .iter()
            .find(|(known, _)| known == word.as_str())
            .map(|(_, index)| *index)
    }

    /// Who is mentioned in `text`, in order; the longest word wins, and no two overlap (歯科医師 is not also 医師).
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.mentions_in(&Normalised::new(text), text)
    }

    pub(crate) fn mentions_in(&self, normalised: &Normalised, text: &str) -> Vec<Mention> {
        let even = normalised.as_str();
        let mut found = Vec::new();
        let mut at = 0;
        let mut before = None;
        while let Some(letter) = even[at..].chars().next() {
            let hit = self.words.get(&letter).and_then(|list| {
                list.iter().find(|(word, _)| {
                    even[at..].starts_with(word)
                        && stands_alone(word, before, even[at + word.len()..].chars().next())
                })
            });
            let step = match hit {
                Some((word, profession)) => {
                    let range = normalised.original(at..at + word.len());
                    found.push(Mention {
                        profession: *profession,
                        word: text[range.clone()].to_owned(),
                        range,
                    });
                    word.len()
                }
                None => letter.len_utf8(),
            };
            before = even[at..at + step].chars().next_back();
            at += step;
        }
        found
    }
}

/// Whether `word` between these two characters is the word itself and not a part of another (PT in STEP, 市 in 都市).
fn stands_alone(word: &str, before: Option<char>, after: Option<char>) -> bool {
    let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let first = word.chars().next();
    let last = word.chars().next_back();
    let single = word.chars().count() == 1;
    !(latin(first) && latin(before)
        || latin(last) && latin(after)
        || after == Some('ー')
        || single && (before.is_some_and(is_kanji) || after.is_some_and(is_kanji)))
}

fn is_kanji(letter: char) -> bool {
    matches!(letter, '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
