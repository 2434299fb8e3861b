//! What the cells of one row are. Columns are a hint only: what a cell is, is first seen from what stands in
//! it, because rows of copied pages stand a column or three to the left.

use super::{Blocks, COLUMNS_MAX, heading::Heading};
use crate::{
    fund::{
        CONTENT_UNITS_MAX, DEPARTMENT_UNITS_MAX, Doubt, Entry, HEADING_UNITS_MAX, NUMBER_MAX,
        SINCE_UNITS_MAX, SUBS, TITLE_UNITS_MAX, since,
    },
    sheet::Sheet,
    text::{normalise, utf16_len},
};

/// Longest name that is parted from its description by a space alone, in letters.
const NAME_LETTERS_MAX: usize = 60;
/// Letters of a cell from which it is a description and no name.
const SENTENCE_LETTERS_MIN: usize = 40;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An item, perhaps with its first sub-item.
    Item,
    /// A sub-item of the item above.
    Sub,
    /// The rest of the line above.
    Rest,
    /// Nothing that is known here.
    Nothing,
}

/// A row as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) large: Option<String>,
    pub(super) middle: Option<String>,
    number: Option<i64>,
    title: Option<String>,
    sub: Option<char>,
    /// The name of the sub-item.
    sub_title: Option<String>,
    content: String,
    department: String,
    since: String,
    stray: Vec<String>,
    /// Whether the department stands in its column.
    in_place: bool,
    doubts: Vec<Doubt>,
    /// Everything that stands in it.
    pub(super) words: String,
}

/// A cell with its column.
type Cell = (usize, String);

impl Row {
    /// The row; `None` for an empty one.
    pub(super) fn read(
        sheet: &Sheet,
        blocks: &Blocks,
        at: usize,
        heading: &Heading,
    ) -> Option<Self> {
        // Departments and words on since when may be one cell for several rows; headings and numbers need
        // no such look, because a blank one is as above anyway.
        let of_block = |column: usize| {
            let (top, left) = (*blocks.get(column)?.get(at)?)?;
            let is_shared = column == heading.department || column == heading.since;
            (is_shared && left == column).then(|| sheet.cell(top, left))
        };
        let own = |column| Some(sheet.cell(at, column)).filter(|text| !text.is_empty());
        if (0..COLUMNS_MAX).all(|column| own(column).is_none()) {
            return None;
        }
        let mut cells: Vec<Cell> = (0..COLUMNS_MAX)
            .filter_map(|column| Some((column, own(column).or_else(|| of_block(column))?)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, text.to_owned()))
            .collect();
        let words: Vec<&str> = cells.iter().map(|(_, text)| text.as_str()).collect();
        let mut row = Self {
            words: words.join(" "),
            ..Self::default()
        };
        if sheet.faulty.keys().any(|(line, _)| *line == at) {
            row.doubts.push(Doubt::Faulty);
        }
        row.take_since(&mut cells, heading);
        row.take_department(&mut cells, heading);
        match numbered(&cells, heading) {
            Some(found) => row.take_item(cells, found, heading),
            None => row.take_unnumbered(cells, heading),
        }
        Some(row)
    }

    fn take_since(&mut self, cells: &mut Vec<Cell>, heading: &Heading) {
        let fits = |(column, text): &Cell| {
            since::is_like(text)
                || (*column == heading.since && letters(text) <= 20 && !is_department(text))
        };
        if let Some((column, text)) = cells.pop_if(|cell| fits(cell)) {
            if column != heading.since {
                self.doubts.push(Doubt::Shifted);
            }
            self.since = text;
        }
    }

    fn take_department(&mut self, cells: &mut Vec<Cell>, heading: &Heading) {
        let fits = |(column, text): &Cell| {
            is_department(text)
                || (*column == heading.department && letters(text) <= 30 && !text.contains('。'))
        };
        if let Some((column, text)) = cells.pop_if(|cell| fits(cell)) {
            self.in_place = column == heading.department;
            if !self.in_place {
                self.doubts.push(Doubt::Shifted);
            }
            self.department = text;
        }
    }

    /// A row with a number.
    fn take_item(
        &mut self,
        mut cells: Vec<Cell>,
        (at, number): (usize, Number),
        heading: &Heading,
    ) {
        let mut right = cells.split_off(at);
        let (column, _) = right.remove(0);
        let right: Vec<String> = right.into_iter().map(|(_, text)| text).collect();
        self.number = Some(number.value);
        // Where the department stands in its column, only this cell has moved.
        let is_in_title = number.rest.is_some() && column == heading.title;
        let shift = if self.in_place || is_in_title {
            0
        } else {
            offset(column, heading.number)
        };
        if shift != 0 {
            self.doubts.push(Doubt::Shifted);
        }
        let mut right = number.rest.clone().into_iter().chain(right);
        let joined = number.rest.is_some();
        let title = right.next().unwrap_or_default();
        let more: Vec<String> = right.collect();
        if joined && !heading.is_joined() {
            self.doubts.push(Doubt::Joined);
        }
        if more.is_empty() {
            // The name and the description in one, or a name without a description.
            match name_and_rest(&title) {
                Some((name, rest)) => {
                    self.doubts.push(Doubt::Joined);
                    self.title = Some(name);
                    self.take_content(&rest);
                }
                None => self.title = Some(title),
            }
        } else {
            self.title = Some(title);
            self.take_content(&more.join("\n"));
        }
        self.take_headings(cells, shift, heading);
    }

    /// A row without a number: a sub-item, the rest of the line above, or an item whose number was lost.
    fn take_unnumbered(&mut self, mut cells: Vec<Cell>, heading: &Heading) {
        let sentence = |(_, text): &Cell| letter_of(text).is_some() || is_sentence(text);
        let Some((column, content)) = cells.pop_if(|cell| sentence(cell)) else {
            self.take_name_alone(cells, heading);
            return;
        };
        if column != heading.content {
            self.doubts.push(Doubt::Shifted);
        }
        self.take_content(&content);
        // A name before the description begins an item, unless it is the second letter of one.
        let is_later = self.sub.is_some_and(|sub| sub != 'イ');
        let is_name = |(column, text): &Cell| {
            *column >= heading.number || (heading.middle <= *column && ends_like_name(text))
        };
        if !is_later && let Some((column, title)) = cells.pop_if(|cell| is_name(cell)) {
            if column != heading.title {
                self.doubts.push(Doubt::Shifted);
            }
            self.title = Some(title);
        }
        self.take_headings(cells, 0, heading);
    }

    /// A row with no description: an item that has lost it, or a heading alone.
    fn take_name_alone(&mut self, mut cells: Vec<Cell>, heading: &Heading) {
        let is_name = |(column, _): &Cell| *column == heading.title;
        self.title = cells.pop_if(|cell| is_name(cell)).map(|(_, text)| text);
        self.take_headings(cells, 0, heading);
    }

    fn take_content(&mut self, text: &str) {
        let Some((sub, rest)) = letter_of(text) else {
            self.content = text.trim().to_owned();
            return;
        };
        self.sub = Some(sub);
        match name_and_rest(rest) {
            Some((name, content)) => {
                self.sub_title = Some(name);
                self.content = content;
            }
            None => self.content = rest.trim().to_owned(),
        }
    }

    /// What stands left of everything else: the headings, as far as they have a place.
    fn take_headings(&mut self, cells: Vec<Cell>, shift: isize, heading: &Heading) {
        for (column, text) in cells {
            let place = column.checked_add_signed(-shift).unwrap_or_default();
            if place >= heading.number {
                self.stray.push(text);
            } else if place >= heading.middle {
                self.middle = Some(text);
            } else {
                self.large = Some(text);
            }
        }
        let stray = self.stray.iter().position(|stray| {
            let middle = self.middle.as_deref();
            middle.is_some_and(|middle| are_mixed_up(middle, stray))
        });
        if let Some(at) = stray {
            // The same heading twice, once with its letters mixed up: the longer one reads.
            let whole = self.stray.remove(at);
            let mixed = self.middle.replace(whole);
            self.stray.extend(mixed);
            self.doubts.push(Doubt::HeadingGarbled);
        }
    }

    /// What the row is.
    pub(super) fn kind(&self) -> Kind {
        if self.number.is_some() || self.title.is_some() {
            Kind::Item
        } else if self.sub.is_some() {
            Kind::Sub
        } else if !self.content.is_empty() {
            Kind::Rest
        } else {
            Kind::Nothing
        }
    }

    /// Whether the row names an item again only to add a later sub-item to it.
    pub(super) fn is_again(&self, item: &Entry) -> bool {
        let title = self.title.as_deref().map(one_line);
        let same_title = title.is_none_or(|title| title.is_empty() || title == item.title);
        self.number.is_some()
            && self.number == item.number
            && same_title
            && self.sub.is_some_and(|sub| sub != 'イ')
    }

    /// Whether a text has no room in a line.
    pub(super) fn is_too_long(&self) -> bool {
        let long =
            |text: &Option<String>, max| text.as_deref().is_some_and(|it| utf16_len(it) > max);
        long(&self.large, HEADING_UNITS_MAX)
            || long(&self.middle, HEADING_UNITS_MAX)
            || long(&self.title, TITLE_UNITS_MAX)
            || long(&self.sub_title, TITLE_UNITS_MAX)
            || utf16_len(&self.content) > CONTENT_UNITS_MAX
            || utf16_len(&self.department) > DEPARTMENT_UNITS_MAX
            || utf16_len(&self.since) > SINCE_UNITS_MAX
            || utf16_len(&self.stray.join("\n")) > CONTENT_UNITS_MAX
    }

    /// The item the row begins, and its first sub-item where it has one.
    pub(super) fn item(self, (large, middle): (String, String)) -> (Entry, Option<Entry>) {
        let title = one_line(self.title.as_deref().unwrap_or_default());
        let mut item = Entry {
            large: one_line(&large),
            middle: one_line(&middle),
            number: self.number,
            title,
            stray: self.stray.join("\n"),
            ..Entry::default()
        };
        for doubt in &self.doubts {
            item.doubt(*doubt);
        }
        if self.number.is_none() {
            item.doubt(Doubt::NumberLost);
        }
        if self.sub.is_none() {
            item.content = self.content;
            item.department = self.department;
            item.since = self.since;
            return (item, None);
        }
        let mut sub = self.sub_of(&item);
        sub.stray = String::new();
        // What is doubtful about the row's place is doubtful of both; what is only the item's stays there.
        sub.doubts.retain(|doubt| {
            !matches!(
                doubt,
                Doubt::Joined | Doubt::HeadingGarbled | Doubt::NumberLost
            )
        });
        (item, Some(sub))
    }

    /// The sub-item the row is, of an item.
    pub(super) fn sub_of(self, item: &Entry) -> Entry {
        let title = self.sub_title.as_deref().map(one_line);
        let mut entry = Entry {
            large: item.large.clone(),
            middle: item.middle.clone(),
            number: item.number,
            sub: self.sub,
            title: title.unwrap_or_else(|| item.title.clone()),
            content: self.content,
            department: self.department,
            since: self.since,
            stray: self.stray.join("\n"),
            doubts: Vec::new(),
        };
        for doubt in self.doubts {
            entry.doubt(doubt);
        }
        entry
    }

    /// Adds what the row says to the line it goes on from.
    pub(super) fn join(self, entry: &mut Entry) {
        let parts = [entry.content.as_str(), self.content.as_str()];
        entry.content = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        if entry.department.is_empty() {
            entry.department = self.department;
        }
        if entry.since.is_empty() {
            entry.since = self.since;
        }
        for doubt in self.doubts {
            entry.doubt(doubt);
        }
        entry.doubt(Doubt::Continued);
    }
}

/// A number, with what stands behind it in the same cell.
struct Number {
    value: i64,
    rest: Option<String>,
}

/// The cell with the item's number: the first that is a number or begins with one and a space.
fn numbered(cells: &[Cell], heading: &Heading) -> Option<(usize, Number)> {
    // ① is a digit to a normaliser, and a paragraph to a reader.
    let is_digit = |letter: char| matches!(letter, '0'..='9' | '０'..='９');
    let before = cells.iter().enumerate();
    let mut before = before.take_while(|(_, (column, _))| *column <= heading.content);
    before.find_map(|(at, (_, text))| {
        let digits = text.find(|letter| !is_digit(letter)).unwrap_or(text.len());
        let value: i64 = normalise(&text[..digits]).parse().ok()?;
        if !(1..=NUMBER_MAX).contains(&value) {
            return None;
        }
        let behind = &text[digits..];
        let rest =
            behind.trim_start_matches(|it: char| it.is_whitespace() || ".．、)）".contains(it));
        let parted = rest.len() < behind.len();
        let number = |rest| Number { value, rest };
        if rest.is_empty() {
            Some((at, number(None)))
        } else {
            parted.then(|| (at, number(Some(rest.to_owned()))))
        }
    })
}

/// The letter of a sub-item before a space, and what follows.
fn letter_of(text: &str) -> Option<(char, &str)> {
    let text = text.trim_start();
    let letter = text
        .chars()
        .next()
        .filter(|letter| SUBS.contains(*letter))?;
    let rest = &text[letter.len_utf8()..];
    let parted = rest.starts_with(|it: char| it.is_whitespace() || ".．)）".contains(it));
    let trimmed = rest.trim_start_matches(|it: char| it.is_whitespace() || ".．)）".contains(it));
    parted.then_some((letter, trimmed))
}

/// A name and what follows it after a space, where what stands before the space looks like a name.
fn name_and_rest(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let at = text.find(char::is_whitespace)?;
    let (name, rest) = (&text[..at], text[at..].trim_start());
    (ends_like_name(name) && !rest.is_empty()).then(|| (name.to_owned(), rest.to_owned()))
}

fn ends_like_name(text: &str) -> bool {
    const ENDINGS: [&str; 7] = ["事業", "事業等", "支援", "促進", "研修", "発信", "調査"];
    let text = text.trim();
    letters(text) <= NAME_LETTERS_MAX
        && !text.contains(['、', '。'])
        && ENDINGS.iter().any(|ending| text.ends_with(ending))
}

fn is_department(text: &str) -> bool {
    let even = normalise(text);
    let ends = even
        .trim()
        .ends_with(['課', '局', '室', '部', '省', '庁', '係']);
    ends && letters(&even) <= 80 && !even.contains('。')
}

fn is_sentence(text: &str) -> bool {
    text.contains('。') || letters(text) >= SENTENCE_LETTERS_MIN
}

/// Whether two headings are one whose letters a page has mixed up: most of the letters of the one stand in
/// the other, in another order.
fn are_mixed_up(one: &str, other: &str) -> bool {
    let mut left: Vec<char> = other.chars().collect();
    let total = one.chars().count();
    let shared = one
        .chars()
        .filter(|letter| {
            let at = left.iter().position(|known| known == letter);
            at.map(|at| left.swap_remove(at)).is_some()
        })
        .count();
    total >= 4 && one != other && shared * 10 >= total * 7
}

fn offset(column: usize, expected: usize) -> isize {
    let signed = |column: usize| isize::try_from(column).unwrap_or(isize::MAX);
    signed(column) - signed(expected)
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

fn one_line(text: &str) -> String {
    crate::text::one_line(text, usize::MAX)
}
