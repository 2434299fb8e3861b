//! A catalogue of funds as prefectures keep it (seed 004), read row by row: what was understood, what was
//! guessed, and what was not.
//!
//! Such a sheet is often copied out of a document of many pages: headings repeat, cells are merged or
//! blank (as above), rows stand a column to the left, numbers are lost or stand in one cell with the name.
//! Every guess carries its [`Doubt`], so that a person can look before anything is kept.
//!
//! | module | what |
//! |---|---|
//! | `heading` | which row names the columns, and which is only a page's title |
//! | `row` | what the cells of one row are |
//! | `settled` | numbers, letters and blanks once all rows are known |

mod heading;
mod row;
mod settled;

use super::{Doubt, Entry, LINES_MAX};
use crate::{
    era::{FiscalYear, parse_fiscal_year},
    sheet::Sheet,
};
use heading::Heading;
use row::Row;
use serde::{Deserialize, Serialize};

/// Most rows of all sheets that are read.
pub const ROWS_MAX: usize = 5_000;
/// Most columns of a sheet that are looked at.
pub const COLUMNS_MAX: usize = 30;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The sheet of the workbook, from 0.
    pub sheet: usize,
    /// The row of the sheet, counted from 1 as people count.
    pub line: usize,
}

/// A catalogue as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The fiscal year it says it is of.
    pub year: Option<FiscalYear>,
    /// Its lines, in their order: an item stands before its sub-items.
    pub lines: Vec<Line>,
    /// Rows that were not understood.
    pub unread: Vec<Unread>,
    /// Numbers that are missing between others, and stand at no line.
    pub missing: Vec<i64>,
    /// How many times the heading was found; once per page.
    pub headings: usize,
}

/// One line and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its first row.
    pub place: Place,
    /// What stands in it.
    pub entry: Entry,
}

/// A row that was not understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub why: Why,
    /// What stands in it, on one line.
    pub words: String,
}

/// Why a row is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A sub-item or its rest before any item.
    NoItem,
    /// Nothing in it looks like an item or a description.
    NoContent,
    /// A text in it is longer than there is room for.
    TooLong,
    /// There are more lines than there is room for.
    Full,
    /// A line of the same number and name stands above.
    Twice,
}

crate::codes!(Why {
    NoItem = "no-item",
    NoContent = "no-content",
    TooLong = "too-long",
    Full = "full",
    Twice = "twice",
});

/// Why a file is no catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// No row names the columns.
    #[error("no row names the columns")]
    NoHeading,
    /// More rows than [`ROWS_MAX`].
    #[error("too many rows")]
    TooLong,
    /// There is a heading and nothing below it.
    #[error("nothing below the heading")]
    Empty,
}

/// Reads the sheets of a file.
///
/// # Errors
/// See [`CatalogueFault`].
pub fn read(sheets: &[Sheet]) -> Result<Catalogue, CatalogueFault> {
    if sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>() > ROWS_MAX {
        return Err(CatalogueFault::TooLong);
    }
    let mut catalogue = Catalogue::default();
    for (number, sheet) in sheets.iter().enumerate() {
        // A sheet without a heading of its own is another matter, and is left alone.
        if !(0..sheet.rows.len()).any(|row| Heading::read(sheet, row).is_some()) {
            continue;
        }
        read_sheet(&mut catalogue, number, sheet);
    }
    if catalogue.headings == 0 {
        return Err(CatalogueFault::NoHeading);
    }
    settled::settle(&mut catalogue);
    if catalogue.lines.is_empty() && catalogue.unread.is_empty() {
        return Err(CatalogueFault::Empty);
    }
    Ok(catalogue)
}

/// For each column, where the block of each row began.
type Blocks = Vec<Vec<Option<(usize, usize)>>>;

/// The fiscal year that words of a title name: メニュー一覧（令和5年度）.
fn named_year(words: &str) -> Option<FiscalYear> {
    let even = crate::text::normalise(words);
    let end = even.find("年度")? + "年度".len();
    let starts = even[..end].char_indices().rev().map(|(at, _)| at);
    // The longest ending that reads as a year: 令和5年度, and not 5年度.
    let mut years = starts.filter_map(|at| parse_fiscal_year(&even[at..end]).ok());
    years.next_back()
}

fn read_sheet(catalogue: &mut Catalogue, number: usize, sheet: &Sheet) {
    let mut heading: Option<Heading> = None;
    let blocks: Blocks = (0..COLUMNS_MAX)
        .map(|column| sheet.blocks(column))
        .collect();
    for at in 0..sheet.rows.len() {
        if let Some(found) = Heading::read(sheet, at) {
            catalogue.headings += 1;
            heading = Some(found);
            continue;
        }
        let place = Place {
            sheet: number,
            line: at + 1,
        };
        if let Some(title) = heading::title(sheet, at) {
            catalogue.year = catalogue.year.or_else(|| named_year(title));
            continue;
        }
        let Some(heading) = &heading else { continue };
        let Some(row) = Row::read(sheet, &blocks, at, heading) else {
            continue;
        };
        take(catalogue, place, row);
    }
}

/// Adds what a row says to the lines.
fn take(catalogue: &mut Catalogue, place: Place, row: Row) {
    let unread = |why| Unread {
        place,
        why,
        words: crate::text::one_line(&row.words, 200),
    };
    if row.is_too_long() {
        catalogue.unread.push(unread(Why::TooLong));
        return;
    }
    if catalogue.lines.len() + 2 > LINES_MAX {
        catalogue.unread.push(unread(Why::Full));
        return;
    }
    let (large, middle, above) = above(catalogue, &row);
    let is_again = above.as_ref().is_some_and(|item| row.is_again(item));
    match row.kind() {
        // The number and the name are written at every sub-item.
        row::Kind::Item if is_again => {
            let item = above.unwrap_or_default();
            let entry = row.sub_of(&item);
            catalogue.lines.push(Line { place, entry });
        }
        row::Kind::Item => add_item(catalogue, place, row, (large, middle)),
        row::Kind::Sub => {
            let Some(mut item) = above else {
                catalogue.unread.push(unread(Why::NoItem));
                return;
            };
            item.large = large;
            item.middle = middle;
            let entry = row.sub_of(&item);
            catalogue.lines.push(Line { place, entry });
        }
        row::Kind::Rest => match catalogue.lines.last_mut() {
            Some(line) => row.join(&mut line.entry),
            None => catalogue.unread.push(unread(Why::NoItem)),
        },
        row::Kind::Nothing => catalogue.unread.push(unread(Why::NoContent)),
    }
}

fn add_item(catalogue: &mut Catalogue, place: Place, row: Row, headings: (String, String)) {
    let (item, sub) = row.item(headings);
    catalogue.lines.push(Line { place, entry: item });
    if let Some(entry) = sub {
        catalogue.lines.push(Line { place, entry });
    }
}

/// The headings of a row (blank ones as above) and the item it may belong to.
fn above(catalogue: &Catalogue, row: &Row) -> (String, String, Option<Entry>) {
    let last = catalogue.lines.last().map(|line| &line.entry);
    let item = catalogue
        .lines
        .iter()
        .rev()
        .find(|line| line.entry.sub.is_none());
    let kept = last.map(|entry| (entry.large.clone(), entry.middle.clone()));
    let (kept_large, kept_middle) = kept.unwrap_or_default();
    let large = row.large.clone().unwrap_or_else(|| kept_large.clone());
    let middle = row.middle.clone().unwrap_or({
        // A new large heading without a middle one has none; else it is as above.
        if row.large.as_ref().is_some_and(|large| *large != kept_large) {
            String::new()
        } else {
            kept_middle
        }
    });
    (large, middle, item.map(|line| line.entry.clone()))
}

impl Catalogue {
    /// Items and sub-items, counted apart.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let subs = self.lines.iter().filter(|line| line.entry.sub.is_some());
        let subs = subs.count();
        (self.lines.len() - subs, subs)
    }

    /// The lines of which something is doubtful.
    pub fn doubtful(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| !line.entry.doubts.is_empty())
    }

    /// The lines of which a doubt holds.
    pub fn with(&self, doubt: Doubt) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| line.entry.doubts.contains(&doubt))
    }
}
