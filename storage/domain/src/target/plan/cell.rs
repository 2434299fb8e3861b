//! Words of a cell as they are kept, and which cells are one.

use crate::sheet::Sheet;
use std::collections::BTreeMap;

/// A cell's words with the spaces and line breaks that mean nothing left out. What stands on lines of its
/// own stays there; only a line that goes on in the middle of a word (broken to fit a narrow column) is
/// joined: no Japanese line begins with hiragana of its own.
#[must_use]
pub(super) fn tidy(cell: &str) -> String {
    let mut text = String::new();
    for line in cell.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let line = words.join(" ");
        if line.is_empty() {
            continue;
        }
        let goes_on = line.starts_with(|first| matches!(first, 'ぁ'..='ん' | 'ー'));
        if !text.is_empty() && !goes_on {
            text.push('\n');
        }
        text.push_str(&line);
    }
    text
}

/// The words without any space: what is compared, because a cell that is broken elsewhere says the same.
#[must_use]
pub(super) fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Takes the brackets off what stands in them as a whole, all of them.
pub(super) fn unbracketed(text: &str) -> (&str, bool) {
    let inner = text
        .trim()
        .trim_end_matches('。')
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']));
    match inner.filter(|inner| is_one_pair(inner) && !inner.trim().is_empty()) {
        Some(inner) => (unbracketed(inner).0, true),
        None => (text.trim(), false),
    }
}

/// 「(1) …(2)」 is not one pair of brackets.
fn is_one_pair(inner: &str) -> bool {
    let mut depth = 0_i32;
    inner.chars().all(|letter| {
        depth += i32::from("(（".contains(letter)) - i32::from(")）".contains(letter));
        depth >= 0
    }) && depth == 0
}

/// A sheet whose joined cells are known by their places.
pub(super) struct Grid<'a> {
    sheet: &'a Sheet,
    /// For each column the cell in which the block of a row began, if that is another one.
    begun: Vec<Vec<Option<(usize, usize)>>>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet, columns: usize) -> Self {
        let columns = if sheet.merged.is_empty() { 0 } else { columns };
        Self {
            sheet,
            begun: (0..columns).map(|column| sheet.blocks(column)).collect(),
        }
    }

    pub(super) fn sheet(&self) -> &'a Sheet {
        self.sheet
    }

    /// The first row of the block a cell belongs to, where that is above the cell.
    pub(super) fn begun_above(&self, row: usize, column: usize) -> Option<usize> {
        let (top, _) = self.origin(row, column)?;
        (top < row).then_some(top)
    }

    /// What a cell says: its own words, or those of the cell to the left that it is one with.
    pub(super) fn words(&self, row: usize, column: usize) -> &'a str {
        match self.origin(row, column) {
            Some((top, left)) if top == row => self.sheet.cell(row, left),
            _ => self.sheet.cell(row, column),
        }
    }

    /// How many rows the block that begins in a cell holds; 1 where nothing is joined.
    pub(super) fn rows_of(&self, row: usize, column: usize) -> usize {
        let below = row + 1..self.sheet.rows.len();
        1 + below
            .take_while(|below| self.origin(*below, column) == Some((row, column)))
            .count()
    }

    /// What went wrong somewhere in a row.
    pub(super) fn fault_in(&self, row: usize) -> Option<&'a str> {
        let mut faults = self.sheet.faulty.range((row, 0)..(row + 1, 0));
        faults.next().map(|(_, fault)| fault.as_str())
    }

    /// What went wrong in a cell (#REF!), if anything did.
    pub(super) fn fault(&self, row: usize, column: usize) -> Option<&'a str> {
        self.sheet.faulty.get(&(row, column)).map(String::as_str)
    }

    fn origin(&self, row: usize, column: usize) -> Option<(usize, usize)> {
        self.begun.get(column)?.get(row).copied().flatten()
    }
}

/// Places of rows among the rows of the plan, by sheet and row.
pub(super) type Places = BTreeMap<(usize, usize), usize>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_but_for_those_that_go_on_in_the_middle_of_a_word() {
        for (cell, expected) in [
            (" 取組充実 \r\n 冊子配布\n", "取組充実\n冊子配布"),
            ("モデル実践\nの実現", "モデル実践の実現"),
            ("拡充の働き\nかけ", "拡充の働きかけ"),
            ("2019　年度", "2019 年度"),
            ("●会議\n\n●研修", "●会議\n●研修"),
            ("", ""),
        ] {
            assert_eq!(tidy(cell), expected);
            assert_eq!(tidy(&tidy(cell)), expected, "once is enough");
        }
    }

    #[test]
    fn only_one_pair_of_brackets_around_the_whole_counts() {
        for (text, expected) in [
            ("（配布）", ("配布", true)),
            (
                "(産業振興課と(連携して)開催)。",
                ("産業振興課と(連携して)開催", true),
            ),
            ("(1)会議(2)", ("(1)会議(2)", false)),
            ("実施（新規）", ("実施（新規）", false)),
            ("（）", ("（）", false)),
        ] {
            assert_eq!(unbracketed(text), expected);
        }
    }
}
