//! Which categories a text might belong in, and why.

use super::Category;
use crate::id::{CategoryId, IssueId};
use crate::profession::Vocabulary;
use crate::similarity::{Bigrams, Index, Ratio, shared_words};

/// Most past issues that are looked at, the newest first.
pub const PAST_MAX: usize = 2_000;

/// Most categories suggested.
pub const SUGGESTIONS_MAX: usize = 3;

/// How many of the nearest past issues vote.
const VOTERS_MAX: usize = 8;

/// Past issues less alike than this do not vote.
const VOTER_LEAST: Ratio = Ratio::from_percent(8);

/// A category's name says something when this much of it stands in the text.
const NAME_LEAST: Ratio = Ratio::from_percent(55);

/// Score a category needs: as much as one past issue this near.
const SCORE_LEAST: u64 = square(Ratio::from_percent(11));

/// A category with less than this part of the best one's score is left out.
const BESIDE_BEST: u64 = 3;

/// Words and past issues named as a reason.
const WORDS_MAX: usize = 3;
const PAST_NAMED_MAX: usize = 3;

/// A past issue with its categories. Only issues the person reads whole may be given: its number and words are named.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// Its number.
    pub issue: IssueId,
    /// Its wording.
    pub text: &'a str,
    /// The categories it is in; one without any has no vote.
    pub categories: &'a [CategoryId],
}

/// A category a text might belong in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The category.
    pub category: CategoryId,
    /// Words of the text that say so, as they are written there; may be empty when only the whole is alike.
    pub words: Vec<String>,
    /// Past issues that say so, the nearest first; empty when the name alone does.
    pub past: Vec<IssueId>,
}

/// The categories of `list` a text might belong in, the likeliest first, at most [`SUGGESTIONS_MAX`].
///
/// `past` comes newest first; of more than [`PAST_MAX`] the rest is not looked at. The same arguments give the same answer.
#[must_use]
pub fn suggest(
    text: &str,
    past: &[Past<'_>],
    list: &[Category],
    vocabulary: &Vocabulary,
) -> Vec<Suggestion> {
    let voters = voters(text, past, vocabulary);
    let letters = Bigrams::of(text);
    let mut scored: Vec<(u64, Suggestion)> = list
        .iter()
        .filter(|category| !category.retired)
        .filter_map(|category| score(text, &letters, category, &voters))
        .collect();
    // A stable sort: of equal ones the older category comes first.
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scored.first().map_or(0, |(score, _)| *score);
    scored
        .into_iter()
        .filter(|(score, _)| *score >= SCORE_LEAST && *score * BESIDE_BEST >= best)
        .take(SUGGESTIONS_MAX)
        .map(|(_, suggestion)| suggestion)
        .collect()
}

/// The nearest past issues, nearest first.
fn voters<'a, 'p>(
    text: &str,
    past: &'a [Past<'p>],
    vocabulary: &Vocabulary,
) -> Vec<(&'a Past<'p>, Ratio)> {
    let texts = past
        .iter()
        .take(PAST_MAX)
        .filter(|past| !past.categories.is_empty())
        .map(|past| (past, Bigrams::of_statement(past.text, vocabulary)));
    let index = Index::new(texts);
    let asked = Bigrams::of_statement(text, vocabulary);
    index
        .nearest(&asked, VOTER_LEAST, VOTERS_MAX)
        .into_iter()
        .map(|(past, likeness)| (*past, likeness))
        .collect()
}

/// The votes for a category and what its name says; `None` when nothing speaks for it.
fn score(
    text: &str,
    letters: &Bigrams,
    category: &Category,
    voters: &[(&Past<'_>, Ratio)],
) -> Option<(u64, Suggestion)> {
    let speaking: Vec<&(&Past<'_>, Ratio)> = voters
        .iter()
        .filter(|(past, _)| past.categories.contains(&category.id))
        .collect();
    let mut score: u64 = speaking.iter().map(|(_, likeness)| square(*likeness)).sum();
    let mut words = Words::default();
    let named = letters.covers(&Bigrams::of(&category.name));
    if named >= NAME_LEAST {
        // As much as a past issue that is nearly the same.
        score += square(named) / 2;
        words.add(shared_words(text, &category.name, WORDS_MAX));
    }
    for (past, _) in &speaking {
        words.add(shared_words(text, past.text, WORDS_MAX));
    }
    let past = speaking
        .iter()
        .take(PAST_NAMED_MAX)
        .map(|(past, _)| past.issue)
        .collect();
    (score > 0).then(|| {
        let suggestion = Suggestion {
            category: category.id,
            words: words.0,
            past,
        };
        (score, suggestion)
    })
}

/// One very near issue says more than several that are a little near.
const fn square(likeness: Ratio) -> u64 {
    let parts = likeness.ten_thousandths() as u64;
    parts * parts
}

/// Words named as a reason: none that says again what another says.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn add(&mut self, more: Vec<String>) {
        for word in more {
            let said = |known: &String| known.contains(&word) || word.contains(known.as_str());
            if self.0.len() < WORDS_MAX && !self.0.iter().any(said) {
                self.0.push(word);
            }
        }
    }
}
