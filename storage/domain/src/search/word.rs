//! A word of a query with everything it may be written as.

use super::{
    WORD_LETTERS_MIN,
    folded::{Folded, grams},
};
use crate::office::Profession;
use std::{collections::BTreeSet, ops::Range};

/// Letters of an abbreviation (PT, MSW) up to which it has to stand alone when it was not typed itself.
const ABBREVIATION_LETTERS_MAX: usize = 3;

/// One word: it is there when one of its alternatives is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    alternatives: Vec<Alternative>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Alternative {
    /// Folded, as it stands in a key.
    text: String,
    /// It is found only where no other Latin letter touches it: PT is not in STEP.
    alone: bool,
}

impl Alternative {
    fn stands(&self, before: Option<char>, after: Option<char>) -> bool {
        let latin = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_alphanumeric());
        !self.alone || !(latin(before) || latin(after))
    }

    fn is_in(&self, key: &str) -> bool {
        key.match_indices(&self.text).any(|(at, found)| {
            let before = key[..at].chars().next_back();
            let after = key[at + found.len()..].chars().next();
            self.stands(before, after)
        })
    }
}

impl Word {
    /// The word as typed, by its writings, and by every name of a profession that it names; `None` when it has too few letters.
    pub(super) fn of(written: &str, professions: &[Profession]) -> Option<Self> {
        let folded = Folded::of(written);
        if folded.len() < WORD_LETTERS_MIN || grams(&folded.key()).is_empty() {
            return None;
        }
        let typed = folded.writings();
        let mut alternatives: Vec<Alternative> = Vec::new();
        for name in names(&typed, professions) {
            let folded = Folded::of(name);
            if folded.len() < WORD_LETTERS_MIN {
                continue;
            }
            let letters = folded.len();
            alternatives.extend(folded.writings().into_iter().map(|text| Alternative {
                alone: text.is_ascii() && letters <= ABBREVIATION_LETTERS_MAX,
                text,
            }));
        }
        let typed = typed
            .into_iter()
            .map(|text| Alternative { text, alone: false });
        let mut all: Vec<Alternative> = typed.chain(alternatives).collect();
        all.sort_by_key(|one| (one.text.chars().count(), one.text.clone(), one.alone));
        all.dedup_by(|one, known| one.text == known.text);
        Some(Self { alternatives: all })
    }

    /// Whether it stands in a key.
    #[must_use]
    pub fn is_in(&self, key: &str) -> bool {
        self.alternatives.iter().any(|one| one.is_in(key))
    }

    /// The grams of the alternatives, of those left out that hold another one: in a key that the word stands in, all grams of
    /// one of them are.
    #[must_use]
    pub fn grams(&self) -> Vec<BTreeSet<String>> {
        let mut least: Vec<&Alternative> = Vec::new();
        for one in &self.alternatives {
            if !least.iter().any(|known| known.is_in(&one.text)) {
                least.push(one);
            }
        }
        least.into_iter().map(|one| grams(&one.text)).collect()
    }

    pub(super) fn places(&self, folded: &Folded) -> Vec<Range<usize>> {
        self.alternatives
            .iter()
            .flat_map(|one| folded.places(&one.text, |before, after| one.stands(before, after)))
            .collect()
    }
}

/// Every name of each profession that one of these writings names.
fn names<'a>(typed: &[String], professions: &'a [Profession]) -> Vec<&'a str> {
    professions
        .iter()
        .map(|profession| {
            let aliases = profession.aliases.iter().map(String::as_str);
            std::iter::once(profession.name.as_str())
                .chain(aliases)
                .collect::<Vec<_>>()
        })
        .filter(|names| {
            names.iter().any(|name| {
                Folded::of(name)
                    .writings()
                    .iter()
                    .any(|one| typed.contains(one))
            })
        })
        .flatten()
        .collect()
}
