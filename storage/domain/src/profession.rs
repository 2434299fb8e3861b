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
    words: HashMap<char, Vec<Word>>,
}

/// A word as it is looked for: normalised, and whom it names. Words that only contain a profession's word name nobody.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    names: Option<usize>,
}

/// The professions of 在宅医療・介護連携 with the wordings usual in the field: what a new office begins with.
#[must_use]
pub fn standard() -> Vec<ProfessionWords> {
    standard::professions()
}

impl Vocabulary {
    /// The vocabulary of `professions`. Of two professions that claim the same word the first has it.
    #[must_use]
    pub fn new(professions: Vec<ProfessionWords>) -> Self {
        let mut words: HashMap<char, Vec<Word>> = HashMap::new();
        let mut add = |word: &str, names: Option<usize>| {
            let text = Normalised::new(word.trim()).as_str().to_owned();
            if let Some(first) = text.chars().next() {
                let list = words.entry(first).or_default();
                if list.iter().all(|known| known.text != text) {
                    list.push(Word { text, names });
                }
            }
        };
        for (index, profession) in professions.iter().enumerate() {
            add(&profession.name, Some(index));
            profession
                .aliases
                .iter()
                .for_each(|alias| add(alias, Some(index)));
        }
        standard::NOBODY.iter().for_each(|word| add(word, None));
        for list in words.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        }
        let names = professions
            .into_iter()
            .map(|profession| profession.name)
            .collect();
        Self { names, words }
    }

    /// The professions of 在宅医療・介護連携 with the wordings usual in the field ([`standard`]).
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
        let list = self.words.get(&first)?;
        list.iter()
            .find(|known| known.text == word.as_str())
            .and_then(|known| known.names)
    }

    /// Who is mentioned in `text`, in order; the longest word wins, and no two overlap (歯科医師 is not also 医師).
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let even = Normalised::new(text);
        let spans = self.spans(even.as_str()).into_iter();
        spans
            .map(|(profession, span)| {
                let range = even.original(span);
                Mention {
                    profession,
                    word: text[range.clone()].to_owned(),
                    range,
                }
            })
            .collect()
    }

    /// The mentions as ranges of a text that is normalised already.
    pub(crate) fn spans(&self, even: &str) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before = None;
        while let Some(letter) = even[at..].chars().next() {
            let rest = &even[at..];
            let here = |word: &&Word| {
                rest.strip_prefix(word.text.as_str())
                    .is_some_and(|after| stands_alone(&word.text, before, after.chars().next()))
            };
            let word = self
                .words
                .get(&letter)
                .and_then(|list| list.iter().find(here));
            let step = word.map_or(letter.len_utf8(), |word| word.text.len());
            if let Some(profession) = word.and_then(|word| word.names) {
                found.push((profession, at..at + step));
            }
            before = rest[..step].chars().next_back();
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
