//! Areas: named once and meant for the rows below, written apart, garbled, or a row too early.

use super::{Doubt, row::Raw};
use crate::target::number::ItemNumber;
use std::collections::BTreeMap;

/// The area of what has none: a table without such a column is one whole.
const NO_AREA: &str = "全体";
/// Of the letters of a garbled name so many percent are letters of the name it stands for: letters are
/// lost or out of order, but hardly any is another one (医療・介護 is not a garbled 医療・看護).
const KNOWN_LETTERS_PERCENT_MIN: usize = 90;
/// At least so many percent of the letters of the right name are left in a garbled one.
const LEFT_LETTERS_PERCENT_MIN: usize = 40;
/// Shorter names are not taken for garbled: too little to go by.
const GARBLED_LETTERS_MIN: usize = 5;

/// Gives every row its area, and names the areas in the order of the table. Names the office has already
/// are never taken for garbled ones.
pub(super) fn name(rows: &mut [Raw<'_>], known: &[String]) -> Vec<String> {
    let mut areas: Vec<String> = Vec::new();
    let mut written_times: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter() {
        *written_times
            .entry(closed_up(&row.area_written))
            .or_default() += 1;
    }
    let mut last: BTreeMap<String, ItemNumber> = BTreeMap::new();
    let mut current: Option<String> = None;
    for at in 0..rows.len() {
        let written = std::mem::take(&mut rows[at].area_written);
        let name = closed_up(&written);
        if name.is_empty() {
            match &current {
                Some(area) => rows[at].area.clone_from(area),
                None => {
                    rows[at].area = NO_AREA.to_owned();
                    rows[at].doubts.push(Doubt::AreaMissing);
                    if areas.is_empty() {
                        areas.push(NO_AREA.to_owned());
                    }
                }
            }
        } else {
            // What is written the same way again is meant: letters are never lost twice alike.
            let is_meant = written_times.get(&name).is_some_and(|times| *times > 1);
            let is_known = is_meant || areas.contains(&name) || known.contains(&name);
            let meant = areas.iter().find(|area| {
                let goes_on = last.get(*area).is_none_or(|last| *last < rows[at].number);
                !is_known && goes_on && is_garbled(&name, area)
            });
            if let Some(meant) = meant.cloned() {
                rows[at].area.clone_from(&meant);
                rows[at].doubts.push(Doubt::AreaGarbled(written));
                current = Some(meant);
            } else {
                if is_spaced(&written) {
                    rows[at].doubts.push(Doubt::AreaSpaced(written.clone()));
                }
                let new = !areas.contains(&name);
                let before = current.clone().filter(|_| new && comes_early(rows, at));
                if let Some(before) = before {
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
        }
        last.insert(rows[at].area.clone(), rows[at].number.clone());
    }
    areas
}

/// Whether the row goes on counting where the one before stopped, and the next begins anew: then the area
/// named here, in the middle of a cell that is none in the file any more, begins there. Where cells are
/// joined it is seen where they begin.
fn comes_early(rows: &[Raw<'_>], at: usize) -> bool {
    let number = |at: usize| rows.get(at).map(|row| &row.number);
    let before = at.checked_sub(1).and_then(number);
    let next_is_unnamed = rows
        .get(at + 1)
        .is_some_and(|next| next.area_written.trim().is_empty() && next.at.0 == rows[at].at.0);
    rows[at].area_rows == 1 && next_is_unnamed && before < number(at) && number(at + 1) < number(at)
}

/// The name without the spaces and line breaks between letters of full width.
fn closed_up(written: &str) -> String {
    let words: Vec<&str> = written.split_whitespace().collect();
    let mut name = String::new();
    for word in words {
        let latin = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii());
        if latin(name.chars().last()) && latin(word.chars().next()) {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

/// Written apart: spaces stand between letters of full width. A line break is that of a narrow column.
fn is_spaced(written: &str) -> bool {
    written
        .lines()
        .any(|line| closed_up(line) != line.trim().replace('\u{3000}', " "))
}

/// Whether a name is made of the letters of another one, lost in part or out of order.
fn is_garbled(name: &str, meant: &str) -> bool {
    let count = |name: &str| {
        let mut letters: BTreeMap<char, usize> = BTreeMap::new();
        for letter in name.chars() {
            *letters.entry(letter).or_default() += 1;
        }
        letters
    };
    let (has, wanted) = (name.chars().count(), meant.chars().count());
    if has.min(wanted) < GARBLED_LETTERS_MIN || name == meant {
        return false;
    }
    let of_meant = count(meant);
    let shared: usize = count(name)
        .iter()
        .map(|(letter, times)| *times.min(of_meant.get(letter).unwrap_or(&0)))
        .sum();
    shared * 100 >= has * KNOWN_LETTERS_PERCENT_MIN
        && shared * 100 >= wanted * LEFT_LETTERS_PERCENT_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_same_letters_is_garbled_and_one_with_another_letter_is_not() {
        let meant = "本人の選択・本人家族の心構え";
        for (name, meant, expected) in [
            ("人本家族の選択・本", meant, true),
            ("医療・介護", "医療・看護", false),
            ("生活支援", "生活支援体制", false),
            ("認知症の予防と", "認知症の予防と支援", true),
            ("住まいの確保", "住まい", false),
            (meant, meant, false),
        ] {
            assert_eq!(is_garbled(name, meant), expected, "{name}");
        }
    }

    #[test]
    fn names_are_closed_up_between_letters_of_full_width_only() {
        for (written, name, spaced) in [
            ("生 活 支 援", "生活支援", true),
            ("生　活　支　援", "生活支援", true),
            (
                "介護・\nリハビリテーション",
                "介護・リハビリテーション",
                false,
            ),
            ("Home care", "Home care", false),
            (" 医療 ", "医療", false),
        ] {
            assert_eq!(
                (closed_up(written).as_str(), is_spaced(written)),
                (name, spaced)
            );
        }
    }
}
