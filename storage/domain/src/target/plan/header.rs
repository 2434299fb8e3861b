//! Headings: which column holds what. They are found by their words, in any order, in Japanese or English,
//! and come again on every page of a long table.

use super::{COLUMNS_MAX, TableDoubt, ToldColumn};
use crate::{
    era::{FiscalYear, parse_fiscal_year},
    sheet::Sheet,
    text::{fold, normalise},
};
use regex::Regex;
use std::{collections::BTreeMap, sync::LazyLock};

/// Longest heading kept as written, in letters.
const HEADING_LETTERS_MAX: usize = 80;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Area,
    Number,
    Item,
    /// Goals of a year; `None` when the heading names none.
    Goal(Option<FiscalYear>),
    /// What was done.
    Progress,
    /// What is planned.
    Planned,
}

/// One heading: a row, or two with the years below the goals.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Its first row.
    pub(super) row: usize,
    /// Its last row.
    pub(super) last: usize,
    /// What the columns hold.
    parts: BTreeMap<usize, Part>,
}

impl Heading {
    pub(super) fn column(&self, wanted: Part) -> Option<usize> {
        let mut parts = self.parts.iter();
        parts.find(|(_, part)| **part == wanted).map(|(at, _)| *at)
    }

    /// Columns of goals with their years.
    pub(super) fn goals(&self) -> impl Iterator<Item = (usize, Option<FiscalYear>)> + '_ {
        self.parts.iter().filter_map(|(at, part)| match part {
            Part::Goal(year) => Some((*at, *year)),
            _ => None,
        })
    }

    /// Columns that tell something, in the order of the table.
    pub(super) fn told(&self) -> impl Iterator<Item = usize> + '_ {
        let told = self
            .parts
            .iter()
            .filter(|(_, part)| matches!(part, Part::Progress | Part::Planned));
        told.map(|(at, _)| *at)
    }

    pub(super) fn lacks_year(&self) -> bool {
        self.goals().any(|(_, year)| year.is_none())
    }
}

/// The columns that tell something, called as the first heading that names them rightly does.
pub(super) fn told_columns(sheet: &Sheet, headings: &[Heading]) -> Vec<ToldColumn> {
    let rightly = |heading: &&Heading| {
        let mut told = heading.told();
        told.all(|at| part_of(sheet.cell(heading.row, at)) == heading.parts.get(&at).copied())
    };
    let Some(named) = headings.iter().find(rightly).or_else(|| headings.first()) else {
        return Vec::new();
    };
    let column = |at| {
        let words: Vec<&str> = sheet.cell(named.row, at).split_whitespace().collect();
        let heading = words.join(" ");
        ToldColumn {
            planned: named.parts.get(&at) == Some(&Part::Planned),
            year: year_in(&heading),
            as_of: as_of(&heading),
            heading: heading.chars().take(HEADING_LETTERS_MAX).collect(),
        }
    };
    named.told().map(column).collect()
}

/// Every heading of a sheet. Where pages with the same columns name one differently, what most of them say
/// is taken.
pub(super) fn find(sheet: &Sheet, doubts: &mut Vec<TableDoubt>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for row in 0..sheet.rows.len() {
        if headings.last().is_some_and(|above| row <= above.last) {
            continue;
        }
        headings.extend(heading(sheet, row));
    }
    agree(sheet, &mut headings, doubts);
    headings
}

fn heading(sheet: &Sheet, row: usize) -> Option<Heading> {
    let columns = sheet.rows.get(row)?.len().min(COLUMNS_MAX);
    let mut parts: BTreeMap<usize, Part> = (0..columns)
        .filter_map(|at| Some((at, part_of(sheet.cell(row, at))?)))
        .collect();
    let has = |wanted| parts.values().any(|part| *part == wanted);
    if !has(Part::Number) || !has(Part::Item) {
        return None;
    }
    let below: BTreeMap<usize, FiscalYear> = years_below(sheet, row + 1);
    let first_goal = parts
        .iter()
        .find(|(_, part)| matches!(part, Part::Goal(_)))
        .map(|(at, _)| *at);
    let mut last = row;
    if let Some(first_goal) = first_goal.filter(|_| !below.is_empty()) {
        last = row + 1;
        parts.retain(|_, part| !matches!(part, Part::Goal(None)));
        for (at, year) in below {
            if at >= first_goal && !parts.contains_key(&at) {
                parts.insert(at, Part::Goal(Some(year)));
            }
        }
    }
    Some(Heading { row, last, parts })
}

/// The years in a row that holds nothing else.
fn years_below(sheet: &Sheet, row: usize) -> BTreeMap<usize, FiscalYear> {
    let Some(cells) = sheet.rows.get(row) else {
        return BTreeMap::new();
    };
    let mut years = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate().take(COLUMNS_MAX) {
        if cell.trim().is_empty() {
            continue;
        }
        // A bare 1 is a number of an item, and no year.
        let year = parse_fiscal_year(cell)
            .ok()
            .filter(|_| cell.trim().len() > 1);
        match year.or_else(|| year_in(cell)) {
            Some(year) => years.insert(at, year),
            None => return BTreeMap::new(),
        };
    }
    years
}

/// What a heading names, by its words.
fn part_of(heading: &str) -> Option<Part> {
    let words: String = fold(heading)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let is = |names: &[&str]| names.contains(&words.as_str());
    let has = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if is(&[
        "領域",
        "分野",
        "柱",
        "区分",
        "施策の柱",
        "基本目標",
        "大項目",
        "area",
        "field",
    ]) {
        return Some(Part::Area);
    }
    if is(&["番号", "項番", "no", "no.", "no。", "#", "number"]) {
        return Some(Part::Number);
    }
    if has(&["項目", "item"]) {
        return Some(Part::Item);
    }
    if has(&["目標", "goal", "target"]) && !has(&["実績", "計画"]) {
        return Some(Part::Goal(year_in(heading)));
    }
    if has(&["実績", "進捗", "結果", "progress", "result"]) {
        return Some(Part::Progress);
    }
    if has(&["計画", "予定", "plan"]) {
        return Some(Part::Planned);
    }
    has(&["取組", "取り組み", "事業", "施策", "measure"]).then_some(Part::Item)
}

/// The fiscal year a heading names: 2019年度, 令和2年度, R2年度.
fn year_in(heading: &str) -> Option<FiscalYear> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:令和|平成|昭和|[RHS])?(?:\d{1,4}|元)年度").expect("the pattern compiles")
    });
    let tight = tight(heading);
    YEAR.find(&tight)
        .and_then(|found| parse_fiscal_year(found.as_str()).ok())
}

/// The month a heading tells as of: 2020年1月時点, 令和2年1月末現在.
fn as_of(heading: &str) -> Option<(i32, u32)> {
    static AS_OF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?<year>(?:令和|平成|昭和|[RHS])?(?:\d{1,4}|元)年)(?<month>\d{1,2})月(?:\d{1,2}日|末)?(?:時点|現在)")
            .expect("the pattern compiles")
    });
    let tight = tight(heading);
    let parts = AS_OF.captures(&tight)?;
    let year = parse_fiscal_year(&parts["year"]).ok()?.western();
    let month = parts["month"].parse().ok()?;
    (1..=12).contains(&month).then_some((year, month))
}

fn tight(heading: &str) -> String {
    normalise(heading)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// Lets headings with the same columns agree on what each holds.
fn agree(sheet: &Sheet, headings: &mut [Heading], doubts: &mut Vec<TableDoubt>) {
    let Some(first) = headings.first() else {
        return;
    };
    let columns: Vec<usize> = first.parts.keys().copied().collect();
    let alike = |heading: &Heading| heading.parts.keys().copied().eq(columns.iter().copied());
    for at in columns.iter().copied() {
        let mut votes: Vec<(Part, usize, usize)> = Vec::new();
        for heading in headings.iter().filter(|heading| alike(heading)) {
            let part = heading.parts[&at];
            match votes.iter_mut().find(|(known, ..)| *known == part) {
                Some((_, count, _)) => *count += 1,
                None => votes.push((part, 1, heading.row)),
            }
        }
        let Some(&(most, _, row)) = votes.iter().rev().max_by_key(|(_, count, _)| *count) else {
            continue;
        };
        if let Some((.., other)) = votes.iter().find(|(part, ..)| *part != most) {
            let named = |row| sheet.cell(row, at).split_whitespace().collect::<String>();
            doubts.push(TableDoubt::HeadingsDiffer(named(row), named(*other)));
        }
        for heading in headings.iter_mut() {
            if alike(heading) {
                heading.parts.insert(at, most);
            }
        }
    }
}
