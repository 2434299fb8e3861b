//! A plan table as cities keep it (seed 001), read row by row: what was understood, what was guessed,
//! and what was not.
//!
//! In go sheets of plain cells; bytes of files are read elsewhere. Nothing is stored here and nothing
//! is decided for good: every guess carries its doubt, so that a person can look before anything is kept.
//!
//! | module | what |
//! |---|---|
//! | `header` | which column holds what |
//! | `row` | where the cells of a row stand |
//! | `content` | what is in them: goals, lines, figures |
//! | `area` | areas written apart, garbled, or a row too early |
//! | `again` | 再掲 linked to where it stands first |
//! | `cell` | words of a cell, and cells that are one |
//! | [`written`] | what is kept, written into the city's columns |
//! | [`compared`] | what a table brings beside what is kept |

mod again;
mod area;
mod cell;
pub mod compared;
mod content;
mod header;
mod row;
mod told;
pub mod written;

use super::{bullet::Bullet, figure::Figure, number::ItemNumber};
use crate::{era::FiscalYear, sheet::Sheet};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows of all sheets that are read.
pub const ROWS_MAX: usize = 5_000;
/// Most columns of a sheet that are read.
pub const COLUMNS_MAX: usize = 64;
/// Most items of a plan; a city's has some fifty.
pub const ITEMS_MAX: usize = 1_000;

/// What is known besides the file.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The year of columns whose heading names none.
    pub year: Option<FiscalYear>,
    /// Areas the office has already: their names are never taken for garbled ones.
    pub areas: &'a [String],
    /// The month fiscal years begin in.
    pub start_month: u32,
    /// Today.
    pub today: NaiveDate,
}

/// A plan as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Years that have a goal, in the order of time.
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

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The sheet of the workbook, from 0.
    pub sheet: usize,
    /// The row of the sheet, counted from 1 as people count.
    pub line: usize,
}

/// One item of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// Where it stands.
    pub place: Place,
    /// The area, without spaces; 全体 where none was named.
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
    /// The fiscal year its heading names, or the one that was guessed ([`TableDoubt::YearGuessed`]).
    pub year: FiscalYear,
    /// As of which day it is told (2020年1月時点: the last of the month), where the heading says so.
    pub as_of: Option<NaiveDate>,
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
    /// Said to be given up (中止, 取り下げ).
    pub withdrawn: bool,
    /// Listed again (再掲), or one cell with the goal of a row above.
    pub again: bool,
    /// The row of the table (its place in [`Plan::rows`]) where it stands first.
    pub first: Option<usize>,
}

/// What a cell of progress or plan tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The whole of it as written.
    pub written: String,
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
    /// The row on this line has no number and goes on with this one.
    Continued(usize),
    /// 再掲, but nothing like it stands elsewhere.
    AgainWithoutFirst,
    /// 再掲 of something that is worded otherwise: this row was taken for it.
    AgainGuessed(usize),
    /// The figure of this year's goal was read from what is planned, not from the goal.
    FigureFromPlan(FiscalYear),
    /// Several figures stand in this year's goal, and which one is meant is open: none was taken.
    FiguresOpen(FiscalYear),
    /// A cell shows an error in place of words (#REF!); it was left out.
    Faulty(String),
    /// A cell was computed by a formula: its last result was taken.
    Formula,
}

/// Why a row was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub why: WhyUnread,
    /// Its first words, to find it again.
    pub words: String,
}

/// Reasons for [`Unread`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyUnread {
    /// There is no number in it.
    NoNumber,
    /// There is a number but no item.
    NoItem,
    /// Area and number stand in an earlier row.
    Twice(Place),
    /// It stands before any heading.
    BeforeHeading,
    /// Its number or its item shows an error (#REF!).
    Faulty,
    /// The plan has [`ITEMS_MAX`] items already.
    Beyond,
}

/// What is doubtful about the table as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableDoubt {
    /// A column has different headings on different pages: the one taken, and another one.
    HeadingsDiffer(String, String),
    /// A column that tells something names no year; this one was taken.
    YearGuessed(String, FiscalYear),
    /// A sheet of this name holds no plan and was left aside.
    SheetLeft(String),
}

/// Why a file is no plan table.
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

/// Reads a plan table; sheets without one are left aside.
///
/// # Errors
/// Why there is none.
pub fn read(sheets: &[Sheet], known: &Known<'_>) -> Result<Plan, PlanFault> {
    let rows: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
    if rows > ROWS_MAX {
        return Err(PlanFault::TooLong);
    }
    let mut plan = Plan::default();
    let headings = header::find(sheets, &mut plan.doubts);
    if headings.is_empty() {
        return Err(PlanFault::NoHeading);
    }
    if known.year.is_none() && headings.iter().any(header::Heading::lacks_year) {
        return Err(PlanFault::NoYear);
    }
    let mut found = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let headings: Vec<_> = headings.iter().filter(|it| it.sheet == at).collect();
        if !headings.is_empty() {
            let grid = cell::Grid::new(sheet, COLUMNS_MAX);
            row::all(grid, at, &headings, known, &mut found, &mut plan.unread);
        } else if let Some(name) = &sheet.name {
            plan.doubts.push(TableDoubt::SheetLeft(name.clone()));
        }
    }
    let columns = told::columns(sheets, &headings, known);
    plan.columns = columns.all;
    plan.doubts.extend(columns.doubts);
    plan.areas = area::name(&mut found, known.areas);
    row::settle(found, known, &columns.places, &mut plan);
    again::link(&mut plan.rows);
    for row in &mut plan.rows {
        row.doubt_figures(&plan.columns);
    }
    let years = plan.rows.iter().flat_map(|row| row.goals.keys().copied());
    plan.years = years.collect::<BTreeSet<_>>().into_iter().collect();
    if plan.rows.is_empty() && plan.unread.is_empty() {
        return Err(PlanFault::Empty);
    }
    Ok(plan)
}

#[cfg(test)]
mod tests;
