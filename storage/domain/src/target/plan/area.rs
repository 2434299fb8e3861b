//! Areas: named once and meant for the rows below, written apart, garbled, or a row too early.

use super::{Doubt, row::Raw};
use std::collections::BTreeMap;

/// Two names that share so many of their letters are one, of which one is garbled.
const ALIKE: f64 = 0.6;
/// Shorter names are not taken for garbled: too little to go by.
const GARBLED_LETTERS_MIN: usize = 5;

/// Gives every row its area, and names the areas in the order of the table.
pub(super) fn name(rows: &mut [Raw<'_>]) -> Vec<String> {
    let mut areas: Vec<String> = Vec::new();
    let mut current: Option<String> = None;
    for at in 0..rows.len() {
        let written = std::mem::take(&mut rows[at].area_written);
        if written.trim().is_empty() {
            match &current {
                Some(area) => rows[at].area.clone_from(area),
                None => rows[at].doubts.push(Doubt::AreaMissing),
            }
            continue;
        }
        let name = squeezed(&written);
        if !areas.contains(&name)
            && let Some(known) = areas.iter().find(|known| alike(known, &name))
        {
            rows[at].area.clone_from(known);
            rows[at].doubts.push(Doubt::AreaGarbled(written));
            current = Some(known.clone());
            continue;
        }
        if written.contains([' ', '\u{3000}']) {
            rows[at].doubts.push(Doubt::AreaSpaced(written.clone()));
        }
        let new = !areas.contains(&name);
        if let Some(before) = current.clone().filter(|_| new && comes_early(rows, at)) {
            rows[at].area = before;
            rows[at].doubts.push(Doubt::AreaEarly(written));
        } else {
            rows[at].area.clone_from(&name);
        }
        if new {
            areas.push(name.clone());
        }
        current = Some(name);
    }
    areas
}

/// Whether the row goes on counting where the one before stopped, and the next begins anew: then the area
/// named here, in the middle of a merged cell, begins there.
fn comes_early(rows: &[Raw<'_>], at: usize) -> bool {
    let number = |at: usize| rows.get(at).map(|row| &row.number);
    let before = at.checked_sub(1).and_then(number);
    let next_is_unnamed = rows
        .get(at + 1)
        .is_some_and(|next| next.area_written.trim().is_empty());
    next_is_unnamed && before < number(at) && number(at + 1) < number(at)
}

fn squeezed(written: &str) -> String {
    written
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// Whether two names are made of mostly the same letters (Dice's coefficient over letters).
fn alike(one: &str, other: &str) -> bool {
    let count = |name: &str| {
        let mut letters: BTreeMap<char, usize> = BTreeMap::new();
        for letter in name.chars() {
            *letters.entry(letter).or_default() += 1;
        }
        letters
    };
    let (left, right) = (one.chars().count(), other.chars().count());
    if left.min(right) < GARBLED_LETTERS_MIN {
        return false;
    }
    let others = count(other);
    let shared: usize = count(one)
        .iter()
        .map(|(letter, times)| *times.min(others.get(letter).unwrap_or(&0)))
        .sum();
    ratio(2 * shared, left + right) >= ALIKE
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX))
        / f64::from(u32::try_from(whole).unwrap_or(u32::MAX).max(1))
}
