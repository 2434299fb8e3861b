//! What changed within a sentence: the longest stretch both sides share stays, and so on before and behind it.
//!
//! A stretch counts only where it says something: letters that both sides happen to have between two changes
//! are part of the change, so that a person reads words and not crumbs.

use super::Span;
use crate::text::normalise;
use std::ops::Range;

/// Letters compared with letters in one comparison, all sentences together (some tenths of a second). Beyond
/// that what is left of a sentence counts as changed in one piece.
const WORK_MAX: usize = 100_000_000;
/// So many letters in a row are kept whatever they are.
const KEPT_MIN: usize = 4;
/// So many are where they carry a meaning: kanji, katakana, digits, Latin letters.
const KEPT_CONTENT_MIN: usize = 2;

/// How much work is left.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(WORK_MAX)
    }
}

/// Both sides of a pair, each with what the other has not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) old: Vec<Span>,
    pub(super) new: Vec<Span>,
}

/// Words nothing of which has changed.
pub(super) fn same(words: &str) -> Vec<Span> {
    vec![Span {
        words: words.to_owned(),
        changed: false,
    }]
}

/// Compares the words of a pair.
pub(super) fn difference(old: &str, new: &str, budget: &mut Budget) -> Difference {
    let (old, new) = (Letters::of(old), Letters::of(new));
    let (mut kept_old, mut kept_new) = (vec![false; old.len()], vec![false; new.len()]);
    // Ties are broken alike whichever side is called the old one.
    if old.keys <= new.keys {
        keep(&old, &new, (&mut kept_old, &mut kept_new), budget);
    } else {
        keep(&new, &old, (&mut kept_new, &mut kept_old), budget);
    }
    Difference {
        old: old.spans(&kept_old),
        new: new.spans(&kept_new),
    }
}

/// The letters of a sentence, each with the spaces behind it.
struct Letters {
    pieces: Vec<String>,
    /// What is compared: width evened out, spaces left away.
    keys: Vec<String>,
}

impl Letters {
    fn of(words: &str) -> Self {
        let mut letters = Self {
            pieces: Vec::new(),
            keys: Vec::new(),
        };
        for letter in words.chars() {
            match letters.pieces.last_mut() {
                Some(last) if letter.is_whitespace() => last.push(letter),
                _ => {
                    letters.pieces.push(letter.to_string());
                    letters.keys.push(normalise(&letter.to_string()));
                }
            }
        }
        letters
    }

    fn len(&self) -> usize {
        self.keys.len()
    }

    fn spans(&self, kept: &[bool]) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (piece, kept) in self.pieces.iter().zip(kept) {
            match spans.last_mut() {
                Some(last) if last.changed != *kept => last.words.push_str(piece),
                _ => spans.push(Span {
                    words: piece.clone(),
                    changed: !kept,
                }),
            }
        }
        spans
    }
}

/// Notes what both have: the ends they share, then stretch by stretch between them.
fn keep(
    one: &Letters,
    other: &Letters,
    (kept_one, kept_other): (&mut [bool], &mut [bool]),
    budget: &mut Budget,
) {
    let shorter = one.len().min(other.len());
    let alike = |(a, b): &(&String, &String)| a == b;
    let before = one.keys.iter().zip(&other.keys);
    let before = before.take_while(alike).count();
    let behind = one.keys.iter().rev().zip(other.keys.iter().rev());
    let behind = behind.take_while(alike).count().min(shorter - before);
    for (kept, length) in [(&mut *kept_one, one.len()), (&mut *kept_other, other.len())] {
        kept[..before].fill(true);
        kept[length - behind..].fill(true);
    }
    let mut waiting = vec![(before..one.len() - behind, before..other.len() - behind)];
    while let Some((a, b)) = waiting.pop() {
        let Some((at_one, at_other, length)) = longest(one, other, (&a, &b), budget) else {
            continue;
        };
        kept_one[at_one..at_one + length].fill(true);
        kept_other[at_other..at_other + length].fill(true);
        waiting.push((at_one + length..a.end, at_other + length..b.end));
        waiting.push((a.start..at_one, b.start..at_other));
    }
}

/// The longest stretch both have that says something, the first of equals: where it begins on each side, and
/// how many letters it has.
fn longest(
    one: &Letters,
    other: &Letters,
    (a, b): (&Range<usize>, &Range<usize>),
    budget: &mut Budget,
) -> Option<(usize, usize, usize)> {
    let work = a.len() * b.len();
    if work == 0 || work > budget.0 {
        return None;
    }
    budget.0 -= work;
    let mut best: Option<(usize, usize, usize)> = None;
    // running[j]: letters shared that end with the one before b[j].
    let mut running = vec![0_usize; b.len() + 1];
    for i in a.clone() {
        let mut before = 0;
        for j in 0..b.len() {
            let ending = if one.keys[i] == other.keys[b.start + j] {
                before + 1
            } else {
                0
            };
            before = std::mem::replace(&mut running[j + 1], ending);
            let longer = best.is_none_or(|(_, _, length)| ending > length);
            if ending > 0 && longer && says_something(&one.keys[i + 1 - ending..=i]) {
                best = Some((i + 1 - ending, b.start + j + 1 - ending, ending));
            }
        }
    }
    best
}

fn says_something(keys: &[String]) -> bool {
    let content = |key: &&String| {
        key.chars()
            .any(|letter| letter.is_alphanumeric() && !('\u{3041}'..='\u{309F}').contains(&letter))
    };
    keys.len() >= KEPT_MIN || keys.iter().filter(content).count() >= KEPT_CONTENT_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What changed between «and», the rest plain.
    fn shown(spans: &[Span]) -> String {
        let spans = spans.iter();
        spans
            .map(|Span { words, changed }| match changed {
                true => format!("«{words}»"),
                false => words.clone(),
            })
            .collect()
    }

    #[test]
    fn what_changed_is_marked_as_words_and_not_as_crumbs() {
        for (old, new, old_shown, new_shown) in [
            (
                "介護支援専門員であって、",
                "主任介護支援専門員であって、",
                "介護支援専門員であって、",
                "«主任»介護支援専門員であって、",
            ),
            (
                "意見を求めなければならない。",
                "意見を求めるとともに、計画を交付しなければならない。",
                "意見を求め«»なければならない。",
                "意見を求め«るとともに、計画を交付し»なければならない。",
            ),
            (
                "翌月の 10日までに届け出る。",
                "翌月の末日までに届け出る。",
                "翌月の «10»日までに届け出る。",
                "翌月の«末»日までに届け出る。",
            ),
            // Width and spaces are no change.
            (
                "第 13 号・第13号の2。前。",
                "第13号・第１３号の２。後。",
                "第 13 号・第13号の2。«前»。",
                "第13号・第１３号の２。«後»。",
            ),
            ("甲", "乙", "«甲»", "«乙»"),
        ] {
            let found = difference(old, new, &mut Budget::default());
            assert_eq!(shown(&found.old), old_shown.replace("«»", ""), "{old}");
            assert_eq!(shown(&found.new), new_shown, "{new}");
        }
    }

    #[test]
    fn where_the_work_ends_the_rest_counts_as_changed() {
        let found = difference("甲乙丙丁戊己庚", "乙辛丙丁戊壬庚", &mut Budget(3));
        assert_eq!(shown(&found.old), "«甲乙丙丁戊己»庚");
        assert_eq!(shown(&found.new), "«乙辛丙丁戊壬»庚");
    }
}
