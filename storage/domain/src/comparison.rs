//! Comparison (新旧対照): an old wording beside the new one, sentence by sentence, with what changed within
//! each marked.
//!
//! Wordings come as they were pasted: broken into lines of a page, with spaces lost or added. So a wording is
//! read into sentences first ([`Sentence`]), sentences of both sides are matched in their order by how much
//! they share, and only then the letters of a matched pair are compared. Spaces and width are no change. A
//! sentence that only got another number (⑲ → ⑳) is no change of its words, and one that stands elsewhere is
//! moved, not removed and added. How it is drawn is for whoever shows it.
//!
//! ```
//! use domain::comparison::{Kind, compare};
//! let found = compare("管理者は、介護支援専門員とする。", "管理者は、主任介護支援専門員とする。").expect("short");
//! assert_eq!(found.rows[0].kind, Kind::Changed);
//! let new = found.rows[0].new.as_ref().expect("on both sides");
//! let changed: Vec<_> = new.spans.iter().filter(|span| span.changed).map(|span| &span.words[..]).collect();
//! assert_eq!(changed, ["主任"]);
//! ```

mod alignment;
mod inner;
mod sentence;
#[cfg(test)]
mod tests;

use crate::text::utf16_len;
use inner::{Budget, Difference};
pub use sentence::Sentence;
use std::collections::BTreeMap;

/// Longest wording that is compared, in UTF-16 units: some fifty pages.
pub const WORDING_UNITS_MAX: usize = 60_000;
/// Most sentences of a wording that are compared.
pub const SENTENCES_MAX: usize = 800;
/// Fewest letters of a sentence that is looked for elsewhere; shorter ones, such as （略）, are everywhere.
const MOVED_LETTERS_MIN: usize = 8;

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The same on both sides.
    Kept,
    /// The same words under another number.
    Renumbered,
    /// Some of its words are others.
    Changed,
    /// Only in the new wording (新設).
    Added,
    /// Only in the old wording (削除).
    Removed,
    /// Here in the old wording, elsewhere in the new one.
    MovedAway,
    /// Here in the new wording, elsewhere in the old one.
    MovedHere,
}

crate::codes!(Kind {
    Kept = "kept",
    Renumbered = "renumbered",
    Changed = "changed",
    Added = "added",
    Removed = "removed",
    MovedAway = "moved-away",
    MovedHere = "moved-here",
});

/// Letters that belong together, and whether the other side has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The letters.
    pub words: String,
    /// The other side does not have them here.
    pub changed: bool,
}

/// A sentence as one side has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The number or bullet it begins with (⑲, （２）, ・); empty for most.
    pub mark: String,
    /// Whether the number differs from the other side's.
    pub mark_changed: bool,
    /// Its words after the number.
    pub spans: Vec<Span>,
    /// Whether it begins a paragraph.
    pub begins: bool,
}

impl Side {
    /// The sentence as it is written, number and all.
    #[must_use]
    pub fn words(&self) -> String {
        let spans = self.spans.iter().map(|span| span.words.as_str());
        std::iter::once(self.mark.as_str()).chain(spans).collect()
    }
}

/// One line of the table: a sentence of the old wording, of the new one, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What became of it.
    pub kind: Kind,
    /// As the old wording has it.
    pub old: Option<Side>,
    /// As the new wording has it.
    pub new: Option<Side>,
}

/// How many sentences there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The same on both sides.
    pub kept: usize,
    /// Under another number.
    pub renumbered: usize,
    /// With other words.
    pub changed: usize,
    /// Only in the new wording.
    pub added: usize,
    /// Only in the old wording.
    pub removed: usize,
    /// Elsewhere.
    pub moved: usize,
}

/// Two wordings side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The table, in the order of both; what is gone stands before what came in its place.
    pub rows: Vec<Row>,
}

/// Why two wordings are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// One has more than [`WORDING_UNITS_MAX`] units or [`SENTENCES_MAX`] sentences.
    #[error("a wording is too long to be compared")]
    TooLong,
    /// One has no letters.
    #[error("a wording is empty")]
    Empty,
}

impl Comparison {
    /// Whether nothing but spaces differs.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rows.iter().all(|row| row.kind == Kind::Kept)
    }

    /// How many sentences there are of each kind.
    #[must_use]
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for row in &self.rows {
            match row.kind {
                Kind::Kept => count.kept += 1,
                Kind::Renumbered => count.renumbered += 1,
                Kind::Changed => count.changed += 1,
                Kind::Added => count.added += 1,
                Kind::Removed => count.removed += 1,
                Kind::MovedHere => count.moved += 1,
                // Counted where it went.
                Kind::MovedAway => {}
            }
        }
        count
    }
}

/// Compares two wordings.
///
/// # Errors
/// [`Fault::TooLong`], [`Fault::Empty`].
pub fn compare(old: &str, new: &str) -> Result<Comparison, Fault> {
    if utf16_len(old).max(utf16_len(new)) > WORDING_UNITS_MAX {
        return Err(Fault::TooLong);
    }
    let (old, new) = (sentence::read(old), sentence::read(new));
    if old.is_empty() || new.is_empty() {
        return Err(Fault::Empty);
    }
    if old.len().max(new.len()) > SENTENCES_MAX {
        return Err(Fault::TooLong);
    }
    let fates = fates(&old, &new);
    Ok(Comparison {
        rows: rows(&old, &new, &fates),
    })
}

/// What becomes of each sentence: its partner on the other side, and whether both stand in the same place.
struct Fates {
    /// Partners in order.
    pairs: Vec<(usize, usize)>,
    /// Old sentences that stand elsewhere.
    away: BTreeMap<usize, usize>,
    /// New sentences that stood elsewhere.
    here: BTreeMap<usize, usize>,
}

fn fates(old: &[Sentence], new: &[Sentence]) -> Fates {
    // Ties are broken alike whichever side is called the old one.
    let turned = sentence::keys(old).gt(sentence::keys(new));
    let pairs = if turned {
        let pairs = alignment::of_sentences(new, old);
        pairs.into_iter().map(|(new, old)| (old, new)).collect()
    } else {
        alignment::of_sentences(old, new)
    };
    let mut fates = Fates {
        pairs,
        away: BTreeMap::new(),
        here: BTreeMap::new(),
    };
    let lone = |all: &[Sentence], paired: &dyn Fn(usize) -> bool| {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, sentence) in all.iter().enumerate() {
            if !paired(at) && sentence.letters() >= MOVED_LETTERS_MIN {
                places
                    .entry(sentence.key().to_owned())
                    .or_default()
                    .push(at);
            }
        }
        places
    };
    let left = lone(old, &|at| fates.pairs.iter().any(|pair| pair.0 == at));
    let come = lone(new, &|at| fates.pairs.iter().any(|pair| pair.1 == at));
    for (key, from) in left {
        for (from, to) in from.iter().zip(come.get(&key).into_iter().flatten()) {
            fates.away.insert(*from, *to);
            fates.here.insert(*to, *from);
        }
    }
    fates
}

fn rows(old: &[Sentence], new: &[Sentence], fates: &Fates) -> Vec<Row> {
    let mut rows = Vec::with_capacity(old.len().max(new.len()));
    let mut budget = Budget::default();
    let (mut next_old, mut next_new) = (0, 0);
    let ends = std::iter::once((old.len(), new.len()));
    for (at_old, at_new) in fates.pairs.iter().copied().chain(ends) {
        for (at, alone) in old[next_old..at_old].iter().enumerate() {
            rows.push(match fates.away.get(&(next_old + at)) {
                Some(there) => Row {
                    kind: Kind::MovedAway,
                    old: Some(moved(alone, &new[*there])),
                    new: None,
                },
                None => Row {
                    kind: Kind::Removed,
                    old: Some(whole(alone)),
                    new: None,
                },
            });
        }
        for (at, alone) in new[next_new..at_new].iter().enumerate() {
            rows.push(match fates.here.get(&(next_new + at)) {
                Some(there) => Row {
                    kind: Kind::MovedHere,
                    old: None,
                    new: Some(moved(alone, &old[*there])),
                },
                None => Row {
                    kind: Kind::Added,
                    old: None,
                    new: Some(whole(alone)),
                },
            });
        }
        if let (Some(old), Some(new)) = (old.get(at_old), new.get(at_new)) {
            rows.push(pair(old, new, &mut budget));
        }
        (next_old, next_new) = (at_old + 1, at_new + 1);
    }
    rows
}

/// A sentence that only one side has.
fn whole(sentence: &Sentence) -> Side {
    Side {
        mark: sentence.mark.clone(),
        mark_changed: !sentence.mark.is_empty(),
        spans: vec![Span {
            words: sentence.words.clone(),
            changed: true,
        }],
        begins: sentence.begins,
    }
}

/// A sentence whose words stand elsewhere on the other side.
fn moved(sentence: &Sentence, there: &Sentence) -> Side {
    side(sentence, there, inner::same(&sentence.words))
}

fn side(sentence: &Sentence, other: &Sentence, spans: Vec<Span>) -> Side {
    Side {
        mark: sentence.mark.clone(),
        mark_changed: sentence.mark_key() != other.mark_key(),
        spans,
        begins: sentence.begins,
    }
}

fn pair(old: &Sentence, new: &Sentence, budget: &mut Budget) -> Row {
    let same_mark = old.mark_key() == new.mark_key();
    let (kind, difference) = if old.key() == new.key() {
        let kind = if same_mark {
            Kind::Kept
        } else {
            Kind::Renumbered
        };
        let same = Difference {
            old: inner::same(&old.words),
            new: inner::same(&new.words),
        };
        (kind, same)
    } else {
        let difference = inner::difference(&old.words, &new.words, budget);
        (Kind::Changed, difference)
    };
    Row {
        kind,
        old: Some(side(old, new, difference.old)),
        new: Some(side(new, old, difference.new)),
    }
}
