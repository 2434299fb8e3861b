//! Headings: which column holds what. They are found by their words, in any order, in Japanese or English,
//! and come again on every page of a long table.

use super::{COLUMNS_MAX, TableDoubt};
use crate::{
    era::{FiscalYear, parse_fiscal_year},
    sheet::Sheet,
    text::{fold, normalise},
};
use regex::Regex;
use std::{collections::BTreeMap, sync::LazyLock};

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

impl Part {
    fn tells(self) -> bool {
        matches!(self, Self::Progress | Self::Planned)
    }
}

/// One heading: a row, or two with the years below the goals.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// The sheet it stands in.
    pub(super) sheet: usize,
    /// Its first row.
    pub(super) row: usize,
    /// Its last row.
    pub(super) last: usize,
    /// What the columns hold.
    parts: BTreeMap<usize, Part>,
    /// Years that stand below a column that tells something.
    years: BTreeMap<usize, FiscalYear>,
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

    /// Columns that tell something, in the order of the table, and whether they are planned.
    pub(super) fn told(&self) -> impl Iterator<Item = (usize, bool)> + '_ {
        let told = self.parts.iter().filter(|(_, part)| part.tells());
        told.map(|(at, part)| (*at, *part == Part::Planned))
    }

    /// Every column that may hold words of an item.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.keys().copied()
    }

    pub(super) fn lacks_year(&self) -> bool {
        self.goals().any(|(_, year)| year.is_none())
    }

    /// The words above a column, on one line, with the year below them.
    pub(super) fn words(&self, sheet: &Sheet, at: usize) -> String {
        let above = sheet.cell(self.row, at);
        let words: Vec<&str> = above.split_whitespace().collect();
        words.join(" ")
    }

    /// The year that stands below a column that tells something.
    pub(super) fn year_below(&self, at: usize) -> Option<FiscalYear> {
        self.years.get(&at).copied()
    }

    /// Whether the words above a column say what the column was taken for.
    pub(super) fn names_rightly(&self, sheet: &Sheet, at: usize) -> bool {
        part_of(sheet.cell(self.row, at)) == self.parts.get(&at).copied()
    }

    /// Whether another heading has the same columns.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.parts.keys().eq(other.parts.keys())
    }
}

/// Every heading of all sheets. Where pages with the same columns name one differently, what most of them
/// say is taken.
pub(super) fn find(sheets: &[Sheet], doubts: &mut Vec<TableDoubt>) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let mut from = 0;
        for row in 0..sheet.rows.len() {
            if row < from {
                continue;
            }
            if let Some(found) = heading(sheet, at, row) {
                from = found.last + 1;
                headings.push(found);
            }
        }
    }
    agree(sheets, &mut headings, doubts);
    headings
}

fn heading(sheet: &Sheet, at: usize, row: usize) -> Option<Heading> {
    let columns = sheet.rows.get(row)?.len().min(COLUMNS_MAX);
    let parts: BTreeMap<usize, Part> = (0..columns)
        .filter_map(|at| Some((at, part_of(sheet.cell(row, at))?)))
        .collect();
    let has = |wanted| parts.values().any(|part| *part == wanted);
    if !has(Part::Number) || !has(Part::Item) {
        return None;
    }
    let mut heading = Heading {
        sheet: at,
        row,
        last: row,
        parts,
        years: BTreeMap::new(),
    };
    if let Some(below) = below(sheet, row + 1) {
        heading.last = row + 1;
        heading.take(below);
    }
    Some(heading)
}

/// What stands in the second row of a heading.
#[derive(Clone, Copy)]
enum Below {
    Year(FiscalYear),
    Named(Part),
}

impl Heading {
    /// Years belong to the nearest column named to their left; names stand for themselves.
    fn take(&mut self, below: BTreeMap<usize, Below>) {
        let above = self.parts.clone();
        let has_years = |wanted: &usize| {
            let next = above.range(wanted + 1..).next().map(|(at, _)| *at);
            below
                .range(*wanted..next.unwrap_or(usize::MAX))
                .any(|(_, below)| matches!(below, Below::Year(_)))
        };
        self.parts
            .retain(|at, part| !matches!(part, Part::Goal(None)) || !has_years(at));
        for (at, below) in below {
            let owner = above.range(..=at).next_back().map(|(_, part)| *part);
            match (below, owner) {
                (Below::Named(part), _) => {
                    self.parts.insert(at, part);
                }
                (Below::Year(year), Some(Part::Goal(_))) => {
                    self.parts.insert(at, Part::Goal(Some(year)));
                }
                (Below::Year(year), Some(part)) if part.tells() => {
                    self.parts.insert(at, part);
                    self.years.insert(at, year);
                }
                (Below::Year(_), _) => {}
            }
        }
    }
}

/// The second row of a heading: at least one year, and nothing that is neither a year nor a name.
fn below(sheet: &Sheet, row: usize) -> Option<BTreeMap<usize, Below>> {
    let mut found = BTreeMap::new();
    for (at, cell) in sheet.rows.get(row)?.iter().enumerate().take(COLUMNS_MAX) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        // A bare 1 is a number of an item, and no year.
        let year = parse_fiscal_year(cell).ok().filter(|_| cell.len() > 1);
        let below = match (year.or_else(|| year_in(cell)), part_of(cell)) {
            (_, Some(part)) if !matches!(part, Part::Goal(_)) => Below::Named(part),
            (Some(year), _) => Below::Year(year),
            (None, Some(part)) => Below::Named(part),
            (None, None) => return None,
        };
        found.insert(at, below);
    }
    let has_year = found.values().any(|it| matches!(it, Below::Year(_)));
    has_year.then_some(found)
}

const AREA: &[&str] = &[
    "領域",
    "領域名",
    "分野",
    "分野名",
    "重点分野",
    "柱",
    "区分",
    "施策の柱",
    "基本目標",
    "大項目",
    "大分類",
    "area",
    "field",
    "domain",
    "category",
];
const NUMBER: &[&str] = &[
    "番号",
    "項番",
    "no",
    "no.",
    "no。",
    "№",
    "#",
    "number",
    "整理番号",
    "通し番号",
    "項目番号",
    "項目no",
    "取組番号",
    "取組no",
    "itemno",
    "itemno.",
    "itemnumber",
];

/// What a heading names, by its words.
fn part_of(heading: &str) -> Option<Part> {
    let words: String = fold(heading)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let has = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if AREA.contains(&words.as_str()) {
        return Some(Part::Area);
    }
    if NUMBER.contains(&words.as_str()) {
        return Some(Part::Number);
    }
    if has(&["項目", "item"]) {
        return Some(Part::Item);
    }
    if has(&["目標", "goal", "target"]) && !has(&["実績", "計画", "達成"]) {
        return Some(Part::Goal(year_in(heading)));
    }
    if has(&["実績", "進捗", "結果", "達成", "progress", "result", "done"]) {
        return Some(Part::Progress);
    }
    if has(&["計画", "予定", "plan"]) {
        return Some(Part::Planned);
    }
    let item = ["取組", "取り組み", "事業", "施策", "measure", "action"];
    has(&item).then_some(Part::Item)
}

/// The fiscal year a heading names: 2019年度, 令和2年度, R2年度, FY2020.
pub(super) fn year_in(heading: &str) -> Option<FiscalYear> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:令和|平成|昭和|[RHS])?(?:\d{1,4}|元)年度|FY\d{4}")
            .expect("the pattern compiles")
    });
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:19|20|21)\d{2}").expect("the pattern compiles"));
    let tight = tight(heading);
    if let Some(found) = YEAR.find(&tight) {
        return parse_fiscal_year(found.as_str()).ok();
    }
    // Plan 2020: a year by itself, and not the day as of which something is told.
    let mut bare = BARE.find_iter(&tight);
    let only = bare.next().filter(|_| bare.next().is_none())?;
    let latin = heading.is_ascii() && super::told::as_of(heading).is_none();
    parse_fiscal_year(only.as_str()).ok().filter(|_| latin)
}

pub(super) fn tight(heading: &str) -> String {
    normalise(heading)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// Lets headings with the same columns agree on what each holds.
fn agree(sheets: &[Sheet], headings: &mut [Heading], doubts: &mut Vec<TableDoubt>) {
    let Some(first) = headings.first().cloned() else {
        return;
    };
    for at in first.columns() {
        let mut votes: Vec<(Part, usize, (usize, usize))> = Vec::new();
        for heading in headings.iter().filter(|heading| heading.is_like(&first)) {
            let part = heading.parts[&at];
            match votes.iter_mut().find(|(known, ..)| *known == part) {
                Some((_, count, _)) => *count += 1,
                None => votes.push((part, 1, (heading.sheet, heading.row))),
            }
        }
        let most = votes.iter().rev().max_by_key(|(_, count, _)| *count);
        let Some(&(most, _, place)) = most else {
            continue;
        };
        if let Some((.., other)) = votes.iter().find(|(part, ..)| *part != most) {
            let named = |(sheet, row): (usize, usize)| {
                let words = sheets[sheet].cell(row, at).split_whitespace();
                words.collect::<String>()
            };
            doubts.push(TableDoubt::HeadingsDiffer(named(place), named(*other)));
        }
        for heading in headings.iter_mut().filter(|it| it.is_like(&first)) {
            heading.parts.insert(at, most);
        }
    }
}
