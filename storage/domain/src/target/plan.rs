//! A plan table as cities keep it (seed 001), read row by row: what was understood, what was guessed,
//! and what was not.
//!
//! In goes a sheet of plain cells; bytes of files are read elsewhere. Nothing is stored here and nothing
//! is decided for good: every guess carries its doubt, so that a person can look before anything is kept.

mod again;
mod area;
mod header;
mod row;

use super::{bullet::Bullet, figure::Figure, number::ItemNumber};
use crate::{era::FiscalYear, sheet::Sheet};
use std::collections::{BTreeMap, BTreeSet};

/// Most rows of a sheet that are read.
pub const ROWS_MAX: usize = 5_000;
/// Most columns of a sheet that are read.
pub const COLUMNS_MAX: usize = 64;

/// A plan as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Years that have a column of goals, in the order of time.
    pub years: Vec<FiscalYear>,
    /// Columns that tell what was done or is planned, in the order of the table.
    pub columns: Vec<ToldColumn>,
    /// The areas, in the order of the table.
    pub areas: Vec<String>,
    /// The rows that were understood, guesses included, in the order of the table.
    pub rows: Vec<PlanRow>,
    /// Rows that were not understood.
    pub unread: Vec<Unread>,
    /// What is doubtful about the table as a whole.
    pub doubts: Vec<TableDoubt>,
}

/// One item of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The row of the sheet, counted from 1 as people count.
    pub line: usize,
    /// The area, without spaces.
    pub area: String,
    /// Its number within the area.
    pub number: ItemNumber,
    /// The item.
    pub item: String,
    /// Goals by year; a year without a goal is left out.
    pub goals: BTreeMap<FiscalYear, Goal>,
    /// What its cells tell, one for each of [`Plan::columns`].
    pub told: Vec<Told>,
    /// What was guessed, or should be looked at.
    pub doubts: Vec<Doubt>,
}

/// A column that tells what was done or is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldColumn {
    /// Whether it is planned (計画) or done (進捗, 実績).
    pub planned: bool,
    /// The fiscal year its heading names.
    pub year: Option<FiscalYear>,
    /// As of which month (year, month) it is told (2020年1月時点).
    pub as_of: Option<(i32, u32)>,
    /// The heading as written, on one line.
    pub heading: String,
}

/// A goal of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// As written, without 再掲 and without brackets around the whole.
    pub text: String,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// Written in brackets: withdrawn, or not the office's own.
    pub bracketed: bool,
    /// Listed again (再掲).
    pub again: bool,
    /// The row of the table (its place in [`Plan::rows`]) where it stands first.
    pub first: Option<usize>,
}

/// What a cell of progress or plan tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its lines.
    pub lines: Vec<ToldLine>,
    /// Written in brackets.
    pub bracketed: bool,
    /// The cell is shared with an earlier row (its place in [`Plan::rows`]): one cell for several items.
    pub shared_with: Option<usize>,
}

/// One line of such a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLine {
    /// Mark, words, and whether it is listed again.
    pub bullet: Bullet,
    /// The figures in it.
    pub figures: Vec<Figure>,
    /// Where it stands first: place in [`Plan::rows`].
    pub first: Option<usize>,
}

/// What was guessed about a row, or should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The area's name is written apart (生 活 支 援).
    AreaSpaced(String),
    /// The area's name is garbled; as written. It was taken for the area of the row.
    AreaGarbled(String),
    /// The area named in this row begins with the next one, if the numbers are right; as written.
    AreaEarly(String),
    /// No area was named so far.
    AreaMissing,
    /// The cells stand so many columns too far left (negative: right).
    Shifted(i64),
    /// Nothing stands in the columns of progress and plan; perhaps the cell above is meant for both.
    MaybeShared,
    /// 再掲, but nothing like it stands before.
    AgainWithoutFirst,
}

/// Why a row was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The row of the sheet, counted from 1.
    pub line: usize,
    /// Why.
    pub why: WhyUnread,
}

/// Reasons for [`Unread`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnread {
    /// There is no number in it.
    NoNumber,
    /// There is a number but no item.
    NoItem,
    /// Area and number stand in an earlier row; its line.
    Twice(usize),
    /// It stands before any heading.
    BeforeHeading,
}

/// What is doubtful about the table as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableDoubt {
    /// A column has different headings on different pages: the one taken, and another one.
    HeadingsDiffer(String, String),
}

/// Why a sheet is no plan table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// No row has headings for a number and an item.
    #[error("no heading with number and item was found")]
    NoHeading,
    /// More rows than [`ROWS_MAX`].
    #[error("more than {ROWS_MAX} rows")]
    TooLong,
    /// There are headings but no row below them.
    #[error("there is no row below the heading")]
    Empty,
    /// The goals' heading names no year, and none was given.
    #[error("the heading of the goals names no year")]
    NoYear,
}

/// Reads a plan table. `year` is that of goals whose heading names none.
///
/// # Errors
/// Why it is none.
pub fn read(sheet: &Sheet, year: Option<FiscalYear>) -> Result<Plan, PlanFault> {
    if sheet.rows.len() > ROWS_MAX {
        return Err(PlanFault::TooLong);
    }
    let mut plan = Plan::default();
    let headings = header::find(sheet, &mut plan.doubts);
    if headings.is_empty() {
        return Err(PlanFault::NoHeading);
    }
    plan.columns = header::told_columns(sheet, &headings);
    if year.is_none() && headings.iter().any(header::Heading::lacks_year) {
        return Err(PlanFault::NoYear);
    }
    let (mut raw, unread) = row::all(sheet, &headings);
    plan.unread = unread;
    plan.areas = area::name(&mut raw);
    row::settle(sheet, raw, year, &mut plan);
    again::link(&mut plan.rows);
    let years = plan.rows.iter().flat_map(|row| row.goals.keys().copied());
    plan.years = years.collect::<BTreeSet<_>>().into_iter().collect();
    if plan.rows.is_empty() && plan.unread.is_empty() {
        return Err(PlanFault::Empty);
    }
    Ok(plan)
}

/// A cell's words on as few lines as it means: what was broken only to fit a narrow column is joined, and
/// a marked line begins a line.
fn tidy(cell: &str) -> String {
    let mut text = String::new();
    let mut letters = cell.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_whitespace() {
            text.push(letter);
            continue;
        }
        let mut broken = letter == '\n';
        while let Some(more) = letters.next_if(|next| next.is_whitespace()) {
            broken |= more == '\n';
        }
        let (before, after) = (text.chars().last(), letters.peek());
        let wide = |letter: Option<&char>| letter.is_some_and(|letter| !letter.is_ascii());
        if after.is_some_and(|next| "●○◎◯◆■□※・".contains(*next)) {
            text.push(if broken { '\n' } else { ' ' });
        } else if !(wide(before.as_ref()) && wide(after)) {
            text.push(' ');
        }
    }
    text
}

/// Takes the brackets off what stands in them as a whole.
fn unbracketed(text: &str) -> (&str, bool) {
    let inner = text
        .trim()
        .trim_end_matches('。')
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']));
    // 「(1) …(2)」 is not one pair of brackets.
    match inner.filter(|inner| !inner.contains(['(', '（', ')', '）'])) {
        Some(inner) => (inner, true),
        None => (text.trim(), false),
    }
}

#[cfg(test)]
mod tests;
