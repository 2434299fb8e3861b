//! What can only be said once all rows are known: lost and doubled numbers, letters out of their order,
//! headings that were cut off, and blanks.

use super::{Catalogue, Line, Unread, Why};
use crate::fund::{Doubt, SUBS};
use std::collections::{BTreeMap, BTreeSet};

/// Most numbers that are named as missing.
const MISSING_MAX: usize = 50;

pub(super) fn settle(catalogue: &mut Catalogue) {
    number(&mut catalogue.lines);
    doubled(catalogue);
    letters(&mut catalogue.lines);
    catalogue.missing = missing(&catalogue.lines);
    around_the_missing(catalogue);
    headings(&mut catalogue.lines);
    blanks(&mut catalogue.lines);
}

/// Gives a lost number back where the numbers around it leave one only, and marks those that stand twice.
fn number(lines: &mut [Line]) {
    let known: BTreeSet<i64> = lines.iter().filter_map(|line| line.entry.number).collect();
    let mut last = 0;
    for at in 0..lines.len() {
        if let Some(number) = lines[at].entry.number {
            last = number;
            continue;
        }
        let next = lines[at..].iter().find_map(|line| line.entry.number);
        let guess = last + 1;
        let fits = !known.contains(&guess) && next.is_none_or(|next| next == guess + 1);
        if lines[at].entry.sub.is_none() && fits {
            let mut of_item = at;
            // Its sub-items have lost it with their item.
            while let Some(line) = lines.get_mut(of_item)
                && (of_item == at || line.entry.sub.is_some())
            {
                line.entry.number = Some(guess);
                line.entry
                    .doubts
                    .retain(|doubt| *doubt != Doubt::NumberLost);
                line.entry.doubt(Doubt::NumberGuessed);
                of_item += 1;
            }
            last = guess;
        }
    }
    twice(lines);
}

/// Items of one number that are called differently: told at each, with their sub-items.
fn twice(lines: &mut [Line]) {
    let mut titles: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.entry.sub.is_none()) {
        if let Some(number) = line.entry.number {
            let titles = titles.entry(number).or_default();
            titles.insert(line.entry.title.clone());
        }
    }
    for line in lines {
        let titles = line.entry.number.and_then(|number| titles.get(&number));
        if titles.is_some_and(|titles| titles.len() > 1) {
            line.entry.doubt(Doubt::NumberTwice);
        }
    }
}

/// A line that stands in the sheet once more is left out: which of the two holds is for a person to say.
fn doubled(catalogue: &mut Catalogue) {
    let mut known = BTreeSet::new();
    let (lines, again) = std::mem::take(&mut catalogue.lines)
        .into_iter()
        .partition(|line| known.insert(line.entry.key()));
    catalogue.lines = lines;
    let again: Vec<Line> = again;
    catalogue
        .unread
        .extend(again.into_iter().map(|line| Unread {
            place: line.place,
            why: Why::Twice,
            words: line.entry.name(),
        }));
}

/// Letters follow each other; one that does not may belong to another item.
fn letters(lines: &mut [Line]) {
    let mut expected = 0;
    for line in lines {
        match line.entry.sub {
            None => expected = 0,
            Some(sub) => {
                let at = SUBS.chars().position(|letter| letter == sub);
                if at != Some(expected) {
                    line.entry.doubt(Doubt::ItemGuessed);
                }
                expected = at.map_or(expected, |at| at + 1);
            }
        }
    }
}

/// The numbers that stand at no line between the first and the last.
fn missing(lines: &[Line]) -> Vec<i64> {
    let known: BTreeSet<i64> = lines.iter().filter_map(|line| line.entry.number).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return Vec::new();
    };
    (*first..*last)
        .filter(|number| !known.contains(number))
        .take(MISSING_MAX)
        .collect()
}

/// The sub-items before a missing number may be its own, where their row stood in other columns.
fn around_the_missing(catalogue: &mut Catalogue) {
    let lines = &mut catalogue.lines;
    for number in &catalogue.missing {
        let of_item = lines
            .iter_mut()
            .filter(|line| line.entry.number == Some(number - 1) && line.entry.sub.is_some());
        for line in of_item {
            if line.entry.doubts.contains(&Doubt::Shifted) {
                line.entry.doubt(Doubt::ItemGuessed);
            }
        }
    }
}

/// A large heading that is the last letters of the one above was cut off by a page: it is that one.
fn headings(lines: &mut [Line]) {
    let mut above = String::new();
    for line in lines {
        let entry = &mut line.entry;
        let is_rest = entry.large.chars().count() <= 2
            && !entry.large.is_empty()
            && above != entry.large
            && above.ends_with(&entry.large);
        if is_rest {
            let cut = std::mem::replace(&mut entry.large, above.clone());
            if entry.stray.is_empty() {
                entry.stray = cut;
            }
            entry.doubt(Doubt::HeadingGarbled);
        }
        above.clone_from(&entry.large);
    }
}

/// Departments and words on since when that are blank. An item whose sub-items have them needs none.
fn blanks(lines: &mut [Line]) {
    let mut above = String::new();
    for at in 0..lines.len() {
        let has_subs = lines[at].entry.sub.is_none()
            && lines
                .get(at + 1)
                .is_some_and(|next| next.entry.sub.is_some());
        let entry = &mut lines[at].entry;
        let is_blank = entry.department.is_empty() && entry.since.is_empty();
        if has_subs && is_blank && entry.content.is_empty() {
            continue;
        }
        if entry.content.is_empty() {
            entry.doubt(Doubt::ContentMissing);
        }
        if entry.department.is_empty() {
            if entry.sub.is_some() && !above.is_empty() {
                entry.department.clone_from(&above);
                entry.doubt(Doubt::DepartmentAbove);
            } else {
                entry.doubt(Doubt::DepartmentMissing);
            }
        }
        if let Some(doubt) = entry.since().doubt {
            entry.doubt(doubt);
        }
        above.clone_from(&entry.department);
    }
}
