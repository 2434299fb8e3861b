//! How a text is searched: what is found is covered and the rest searched again, until nothing is left to find.
//!
//! Covering is what masking does, so a masked text that is checked again is clean by construction.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Certainty, Findings, Hit, Kind, name, number};
use crate::text::Normalised;

/// Stands for a number, date or address that is covered already, by a mask or an earlier round. No pattern reaches across it.
pub(super) const COVER: char = '\u{E004}';

/// Stands for a name that is covered already; it makes no other name a patient's.
const NAME_COVER: char = '\u{E005}';

/// Rounds after which the search ends. Each round finds something; texts of people need two.
const ROUNDS_MAX: usize = 32;

/// A find in the text it was looked for in.
pub(super) struct Find {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    pub(super) certainty: Certainty,
}

/// Finds personal data in `text`: numbers in any width, with kanji digits, era dates, names beside what makes them a
/// patient's. Counts, sums, dates of meetings and numbers of documents are not personal data.
#[must_use]
pub fn check(text: &str) -> Findings {
    let plain = Normalised::new(text);
    let digits = digits_in_place(&plain);
    let (mut covers, mut name_covers) = places_masked(&plain);
    let mut hits: Vec<Hit> = Vec::new();
    for _ in 0..ROUNDS_MAX {
        let covered = |even: &Normalised| {
            even.with_sign_over(&covers, COVER)
                .with_sign_over(&name_covers, NAME_COVER)
        };
        let mut found = apart(&covered(&digits), number::find);
        if found.is_empty() {
            found = apart(&covered(&plain), name::find);
        }
        if found.is_empty() {
            break;
        }
        for hit in found {
            let list = if hit.kind == Kind::Name {
                &mut name_covers
            } else {
                &mut covers
            };
            list.push(hit.range.clone());
            list.sort_by_key(|range| range.start);
            hits.push(hit);
        }
    }
    hits.sort_by_key(|hit| hit.range.start);
    Findings { hits }
}

/// One search; overlapping finds become one hit with the kind of the surer one.
fn apart(view: &Normalised, find: impl Fn(&str) -> Vec<Find>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = find(view.as_str())
        .into_iter()
        .map(|find| Hit {
            kind: find.kind,
            range: view.original(find.range),
            certainty: find.certainty,
        })
        .filter(|hit| !hit.range.is_empty())
        .collect();
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end)));
    let mut apart: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match apart.last_mut() {
            Some(last) if hit.range.start < last.range.end => {
                last.range.end = last.range.end.max(hit.range.end);
                if hit.certainty > last.certainty {
                    (last.kind, last.certainty) = (hit.kind, hit.certainty);
                }
            }
            _ => apart.push(hit),
        }
    }
    apart
}

/// The text with kanji digits and circles as ASCII digits, and every dash as `-`.
fn digits_in_place(plain: &Normalised) -> Normalised {
    let mut after_letter = false;
    let mut signs: Vec<(Range<usize>, char)> = Vec::new();
    for (at, letter) in plain.as_str().char_indices() {
        let sign = match letter {
            'ー' if after_letter => None,
            '−' | '‐' | '‑' | '–' | '—' | '―' | 'ー' | '─' => Some('-'),
            other => kanji_digit(other),
        };
        after_letter = sign.is_none() && letter.is_alphabetic();
        signs.extend(sign.map(|sign| (at..at + letter.len_utf8(), sign)));
    }
    plain.with_signs(&signs)
}

fn kanji_digit(letter: char) -> Option<char> {
    let position = "〇一二三四五六七八九"
        .chars()
        .position(|known| known == letter);
    let value = position.or_else(|| matches!(letter, '○' | '◯' | '零').then_some(0))?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// Where the text carries a mask already, as ranges of the original: first those of numbers, then those of names.
fn places_masked(plain: &Normalised) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    static MASKED: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        let pattern = |of_names: bool| {
            let kinds = Kind::ALL
                .iter()
                .filter(|kind| (**kind == Kind::Name) == of_names);
            let masks =
                kinds.map(|kind| regex::escape(Normalised::new(kind.placeholder()).as_str()));
            number::regex(&masks.collect::<Vec<_>>().join("|"))
        };
        [pattern(false), pattern(true)]
    });
    let places = |pattern: &Regex| {
        pattern
            .find_iter(plain.as_str())
            .map(|hit| plain.original(hit.range()))
            .collect()
    };
    (places(&MASKED[0]), places(&MASKED[1]))
}
