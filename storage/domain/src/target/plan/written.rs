//! A plan as the city's table has it: what is kept, written into the city's own columns.
//!
//! What is written here and read again says the same ([`super::compared`] relies on it). Which words head
//! the columns, and how the table looks, is not said here.

use super::{COLUMNS_MAX, Told, cell, content};
use crate::{
    era::FiscalYear,
    id::TargetId,
    sheet::{Merged, Sheet},
    target::{
        Goal, Record, Target,
        bullet::{self, Bullet},
        figure,
        goal::{Content, State},
        mark::{self, Place},
        number::ItemNumber,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Most years that stand side by side; further ones have tables of their own.
pub const YEARS_MAX: usize = 10;
/// Before what has no mark of its own among others.
const PLAIN_MARK: char = '・';
/// Behind what is listed again.
const AGAIN: &str = "（再掲）";

/// What an office has, as a table takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The targets that stand, in the order of the table.
    pub targets: Vec<Target>,
    /// Their goals by year, as they hold.
    pub goals: BTreeMap<(TargetId, FiscalYear), Goal>,
    /// What was done, in the order of its days; nothing that was withdrawn.
    pub records: Vec<Record>,
    /// The month fiscal years begin in.
    pub start_month: u32,
}

/// A table of one year: goals of the years around it, what was done in it, and what is planned for the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The years that have a column of goals, in the order of time.
    pub years: Vec<FiscalYear>,
    /// The items, in the order of the table.
    pub rows: Vec<WrittenRow>,
}

/// One item of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRow {
    /// The target.
    pub target: TargetId,
    /// 領域
    pub area: String,
    /// 番号
    pub number: ItemNumber,
    /// 項目
    pub item: String,
    /// The goals, one for each of [`Written::years`].
    pub goals: Vec<String>,
    /// What was done, line by line with its marks.
    pub done: String,
    /// What is planned for the year after.
    pub planned: String,
}

/// The words above the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    /// 領域
    pub area: String,
    /// 番号
    pub number: String,
    /// 項目
    pub item: String,
    /// 年度の進捗目標, above the years.
    pub goals: String,
    /// The years, one for each of [`Written::years`].
    pub years: Vec<String>,
    /// 令和8年度の進捗
    pub done: String,
    /// 令和9年度の計画案
    pub planned: String,
}

impl Written {
    /// The table of a year.
    #[must_use]
    pub fn of(kept: &Kept, year: FiscalYear) -> Self {
        let years = years(kept, year);
        let rows = kept
            .targets
            .iter()
            .filter(|target| is_in(kept, target.id, year, &years))
            .map(|target| WrittenRow {
                target: target.id,
                area: target.area.clone(),
                number: target.number.clone(),
                item: target.item.clone(),
                goals: years
                    .iter()
                    .map(|year| {
                        let goal = kept.goals.get(&(target.id, *year));
                        goal.map(|goal| goal_cell(&goal.content))
                            .unwrap_or_default()
                    })
                    .collect(),
                done: done_cell(&kept.done(target.id, year)).words,
                planned: kept.plan(target.id, year.next()).to_owned(),
            });
        Self {
            rows: rows.collect(),
            years,
        }
    }

    /// The table as plain cells, below two rows of headings; the cells of an area are one.
    #[must_use]
    pub fn sheet(&self, headings: &Headings) -> Sheet {
        let mut sheet = Sheet::default();
        let years = headings.years.len();
        let mut first = vec![
            headings.area.clone(),
            headings.number.clone(),
            headings.item.clone(),
            headings.goals.clone(),
        ];
        first.resize(3 + years.max(1), String::new());
        first.extend([headings.done.clone(), headings.planned.clone()]);
        let mut second = vec![String::new(); 3];
        second.extend(headings.years.iter().cloned());
        sheet.rows.extend([first, second]);
        for row in &self.rows {
            let mut cells = vec![row.area.clone(), row.number.to_string(), row.item.clone()];
            cells.extend(row.goals.iter().cloned());
            cells.resize(3 + years.max(1), String::new());
            cells.extend([row.done.clone(), row.planned.clone()]);
            debug_assert!(cells.len() <= COLUMNS_MAX);
            sheet.rows.push(cells);
        }
        for (begun, rows) in self.areas() {
            for below in begun + 1..begun + rows {
                sheet.rows[below + 2][0].clear();
            }
            if rows > 1 {
                sheet.merged.push(Merged {
                    top: begun + 2,
                    left: 0,
                    bottom: begun + rows + 1,
                    right: 0,
                });
            }
        }
        sheet
    }

    /// Rows of one area that stand below each other: where they begin among [`Self::rows`], and how many.
    #[must_use]
    pub fn areas(&self) -> Vec<(usize, usize)> {
        let mut areas: Vec<(usize, usize)> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            match areas.last_mut() {
                Some((begun, rows)) if self.rows[*begun].area == row.area => *rows += 1,
                _ => areas.push((at, 1)),
            }
        }
        areas
    }
}

impl Kept {
    /// What was done for a target in a year, in the order of its days.
    #[must_use]
    pub fn done(&self, target: TargetId, year: FiscalYear) -> Vec<&Record> {
        let records = self.records.iter().filter(|record| {
            !record.withdrawn
                && record.targets.contains(&target)
                && year.contains(record.date, self.start_month)
        });
        let mut records: Vec<&Record> = records.collect();
        records.sort_by_key(|record| (record.date, record.id));
        records
    }

    /// What is planned for a target and year; empty when nothing is.
    #[must_use]
    pub fn plan(&self, target: TargetId, year: FiscalYear) -> &str {
        let goal = self.goals.get(&(target, year));
        goal.and_then(|goal| goal.content.plan.as_deref())
            .unwrap_or_default()
    }

    fn has_goal(&self, target: TargetId, year: FiscalYear) -> bool {
        let goal = self.goals.get(&(target, year));
        goal.is_some_and(|goal| !goal.content.text.is_empty())
    }
}

/// The years that stand beside a year: those of everything that has a part in it or in the next.
fn years(kept: &Kept, year: FiscalYear) -> Vec<FiscalYear> {
    let around: BTreeSet<TargetId> = kept
        .goals
        .keys()
        .filter(|(_, of)| *of == year || *of == year.next())
        .map(|(target, _)| *target)
        .collect();
    let mut years: Vec<FiscalYear> = kept
        .goals
        .keys()
        .filter(|(target, of)| around.contains(target) && kept.has_goal(*target, *of))
        .map(|(_, of)| *of)
        .chain([year])
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    years.sort_by_key(|of| (of.western().abs_diff(year.western()), *of));
    years.truncate(YEARS_MAX);
    years.sort_unstable();
    years
}

/// Whether a target belongs into the table: it has a goal in one of its years, or something else in it, or
/// nothing at all in any year.
fn is_in(kept: &Kept, target: TargetId, year: FiscalYear, years: &[FiscalYear]) -> bool {
    let mut goals = kept.goals.iter().filter(|((of, _), _)| *of == target);
    let has_goal = years.iter().any(|year| kept.has_goal(target, *year));
    has_goal
        || !kept.plan(target, year.next()).is_empty()
        || !kept.done(target, year).is_empty()
        || goals.all(|(_, goal)| goal.content.text.is_empty() && goal.content.plan.is_none())
}

/// A goal as its cell says it: in brackets what is not pursued, with 再掲 what stands elsewhere.
#[must_use]
pub fn goal_cell<T>(content: &Content<T>) -> String {
    let mut words = content.text.clone();
    if words.is_empty() {
        return words;
    }
    if content.again.is_some() {
        words.push_str(AGAIN);
    }
    let aside = matches!(content.state, State::Withdrawn | State::Bracketed);
    let says_so = content::read_goal(&words).is_some_and(|read| read.bracketed || read.withdrawn);
    if aside && !says_so {
        words = format!("（{words}）");
    }
    words
}

/// What was done, as a cell says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoneCell {
    /// The words, line by line.
    pub words: String,
    /// What is read from them again, and the record (its place in the list) that says it.
    pub lines: Vec<(usize, Bullet)>,
}

/// Writes records into a cell, in their order.
#[must_use]
pub fn done_cell(records: &[&Record]) -> DoneCell {
    let alone = records.len() == 1;
    let lines: Vec<String> = records.iter().map(|record| line(record, alone)).collect();
    let words = cell::tidy(&lines.join("\n"));
    let mut owners: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let parts = bullet::bullets(&cell::tidy(line)).len();
        owners.extend(std::iter::repeat_n(at, parts));
    }
    let read = Told::read(&words).lines.into_iter().map(|line| line.bullet);
    // What is read as another number of lines stands for the last of its records.
    let last = lines.len().saturating_sub(1);
    let lines = read
        .enumerate()
        .map(|(at, bullet)| (owners.get(at).copied().unwrap_or(last), bullet))
        .collect();
    DoneCell { words, lines }
}

/// A record on a line: its mark, its words, and its figure where the words do not say it.
fn line(record: &Record, alone: bool) -> String {
    let mut words = record.text.clone().unwrap_or_default();
    let imported = matches!(record.source, crate::target::record::Source::Import(_));
    if let Some(amount) = record.amount.filter(|_| !imported) {
        let unit = record.unit.as_deref().unwrap_or_default();
        let text = record.text.as_deref().unwrap_or_default();
        let said = figure::figures(text);
        let is_said = said
            .iter()
            .any(|figure| figure.amount == amount && (unit.is_empty() || figure.unit == unit));
        if text.is_empty() {
            words.push_str(&format!("{amount}{unit}"));
        } else if !is_said {
            words.push_str(&format!("（{amount}{unit}）"));
        }
    }
    if record.again.is_some() {
        words.push_str(AGAIN);
    }
    // A mark that would be read as part of the words (△3件 is less than before) is written as a plain one.
    let stands = |mark: &char| mark::begins(*mark, Place::before(&words));
    let mark = record.mark.filter(stands);
    let mark = mark.or((!alone).then_some(PLAIN_MARK)).map(String::from);
    mark.unwrap_or_default() + &words
}
